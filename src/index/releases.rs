//! What links between versions depend on, read from the columns of an index without reading a speech.

use tantivy::columnar::BytesColumn;

use super::SpeechAddress;
use super::snapshot::{SegmentView, Snapshot, TextColumn, damaged};
use crate::corpus::Fingerprint;
use crate::corpus::versions::Release;
use crate::error::{Error, ErrorKind, Result};
use crate::text::Language;

/// The origins of a date that is no more than near the day of delivery.
const UNSTATED_DATES: &[&str] = &["file name", "dateline", "web page", "portal line", "table"];

impl Snapshot {
    /// Every speech, in the order of the index, with what links between versions depend on; the speaker as printed.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn releases(&self) -> Result<Vec<(SpeechAddress, Release)>> {
        let mut found = Vec::new();
        for (ordinal, segment) in self.segments().iter().enumerate() {
            let columns = Columns::open(segment)?;
            let starts = segment.starts()?.iter();
            for &start in starts.filter(|start| !segment.reader().is_deleted(**start)) {
                let address = SpeechAddress::new(ordinal as u32, start);
                found.push((address, columns.release(start)?));
            }
        }
        Ok(found)
    }
}

/// The columns of a segment, with all their values.
struct Columns {
    texts: [ReadColumn; 7],
    first_days: tantivy::columnar::Column<i64>,
    last_days: tantivy::columnar::Column<i64>,
    fingerprints: Vec<Fingerprint>,
    fingerprint_column: Option<BytesColumn>,
}

impl Columns {
    fn open(segment: &SegmentView) -> Result<Self> {
        let columns = segment.reader().fast_fields();
        let text = |name: &str| ReadColumn::open(segment, name);
        let fingerprint_column = columns.bytes("fingerprint").map_err(damaged)?;
        Ok(Self {
            texts: [
                text("id")?,
                text("printed.language")?,
                text("printed.date_source")?,
                text("printed.published")?,
                text("printed.speaker")?,
                text("printed.version_of")?,
                text("printed.translation_of")?,
            ],
            first_days: columns.i64("first_day").map_err(damaged)?,
            last_days: columns.i64("last_day").map_err(damaged)?,
            fingerprints: fingerprint_column.as_ref().map_or(Ok(Vec::new()), read_fingerprints)?,
            fingerprint_column,
        })
    }

    fn release(&self, doc: tantivy::DocId) -> Result<Release> {
        let [id, language, date_source, published, speaker, version_of, translation_of] =
            self.texts.each_ref().map(|column| column.value(doc));
        let number = self.fingerprint_column.iter().flat_map(|column| column.term_ords(doc)).next();
        let fingerprint = number.and_then(|number| self.fingerprints.get(number as usize));
        let days = self.first_days.first(doc).zip(self.last_days.first(doc));
        Ok(Release {
            id: id.unwrap_or_default(),
            fingerprint: fingerprint.cloned().ok_or_else(|| broken("a speech has no fingerprint"))?,
            language: language.map(|tag| Language::new(&tag).primary().to_owned()),
            days,
            is_date_stated: !date_source.is_some_and(|source| UNSTATED_DATES.contains(&source.as_str())),
            published,
            speaker,
            version_of,
            translation_of,
        })
    }
}

/// A text column with its values read in one go.
struct ReadColumn {
    column: TextColumn,
    values: Vec<String>,
}

impl ReadColumn {
    fn open(segment: &SegmentView, name: &str) -> Result<Self> {
        let column = TextColumn::open(segment, name)?;
        let values = column.texts()?;
        Ok(Self { column, values })
    }

    fn value(&self, doc: tantivy::DocId) -> Option<String> {
        let number = self.column.ordinals(doc).next()?;
        self.values.get(number as usize).cloned()
    }
}

/// The different fingerprints of a segment, by their numbers.
fn read_fingerprints(column: &BytesColumn) -> Result<Vec<Fingerprint>> {
    let mut values = column.dictionary().stream().map_err(|error| damaged(error.into()))?;
    let mut fingerprints = Vec::with_capacity(column.num_terms());
    while values.advance() {
        let read = Fingerprint::from_bytes(values.key());
        fingerprints.push(read.ok_or_else(|| broken("a fingerprint cannot be read"))?);
    }
    Ok(fingerprints)
}

fn broken(what: &str) -> Error {
    Error::new(ErrorKind::Index, format!("the index is damaged: {what}"))
        .hint("ingest the sources into a new folder, or restore the folder from a copy")
}
