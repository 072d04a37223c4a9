//! What links between versions depend on, read from the columns of an index without reading a speech.

use std::collections::HashSet;

use rustc_hash::FxHashMap;
use tantivy::columnar::{BytesColumn, Column};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED, Term};

use super::SpeechAddress;
use super::segment_view::SegmentView;
use super::snapshot::{Snapshot, damaged};
use super::text_column::TextColumn;
use crate::analyzer::fold_line;
use crate::corpus::Fingerprint;
use crate::corpus::versions::{MOST_WITH_ONE_HASH, Release, finding_hashes, may_be_linked};
use crate::error::{Error, ErrorKind, Result};
use crate::text::Language;

/// The origins of a date that may be that of the release.
const UNSTATED_DATES: &[&str] = &["file name", "dateline", "web page", "portal line", "table"];

impl Snapshot {
    /// Every speech, in the order of the index, with what links between versions depend on; the speaker as printed.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn releases(&self) -> Result<Vec<(SpeechAddress, Release)>> {
        let mut found = Vec::new();
        for (ordinal, segment) in self.segments().iter().enumerate() {
            let mut columns = Columns::open(segment)?;
            columns.read_all()?;
            let starts = segment.starts()?.iter();
            for &start in starts.filter(|start| !segment.reader().is_deleted(**start)) {
                let address = SpeechAddress::new(ordinal as u32, start);
                found.push((address, columns.release(start)?));
            }
        }
        Ok(found)
    }

    /// A speech with those that could be in one group of versions with it, directly or by way of others: by them alone its
    /// group is worked out as it is by all. Looked up by hashes, so the size of the index hardly matters.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn kin(&self, speech: SpeechAddress) -> Result<Vec<(SpeechAddress, Release)>> {
        let mut columns: Vec<Columns> = self.segments().iter().map(Columns::open).collect::<Result<_>>()?;
        let mut release = |address: SpeechAddress| columns[address.segment_ord as usize].release(address.doc_id);
        let mut kin = vec![(speech, release(speech)?)];
        let mut seen = HashSet::from([speech]);
        let mut next = 0;
        while next < kin.len() {
            let own = kin[next].1.clone();
            next += 1;
            for address in self.candidates(&own)? {
                if seen.contains(&address) {
                    continue;
                }
                let other = release(address)?;
                if may_be_linked(&own, &other) {
                    seen.insert(address);
                    kin.push((address, other));
                }
            }
        }
        Ok(kin)
    }

    /// The speeches that share a hash with a release, that state to be versions of it, and that it states to be one of.
    fn candidates(&self, release: &Release) -> Result<Vec<SpeechAddress>> {
        let mut found = Vec::new();
        for hash in finding_hashes(&release.fingerprint) {
            let term = Term::from_field_u64(self.fields().shingle, u64::from(*hash));
            let with_hash = self.speeches_with(&term)?;
            if with_hash.len() <= MOST_WITH_ONE_HASH {
                found.extend(with_hash);
            }
        }
        let mut stated = Term::from_field_json_path(self.fields().folded, "version_of", false);
        stated.append_type_and_str(&fold_line(&release.id));
        found.extend(self.speeches_with(&stated)?);
        found.extend(release.version_of.as_ref().and_then(|id| self.find(id).ok()));
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// The first passages that have a term.
    fn speeches_with(&self, term: &Term) -> Result<Vec<SpeechAddress>> {
        let mut found = Vec::new();
        for (ordinal, segment) in self.segments().iter().enumerate() {
            let inverted = segment.reader().inverted_index(term.field()).map_err(damaged)?;
            let postings = inverted.read_postings(term, IndexRecordOption::Basic);
            let Some(mut postings) = postings.map_err(|error| damaged(error.into()))? else {
                continue;
            };
            while postings.doc() != TERMINATED {
                if !segment.reader().is_deleted(postings.doc()) {
                    found.push(SpeechAddress::new(ordinal as u32, postings.doc()));
                }
                postings.advance();
            }
        }
        Ok(found)
    }
}

/// The columns of a segment from which releases are read.
struct Columns {
    texts: [TextColumn; 7],
    first_days: Column<i64>,
    last_days: Column<i64>,
    fingerprints: Option<BytesColumn>,
    /// The fingerprints that were read in one go, by their numbers.
    known: FxHashMap<u64, Fingerprint>,
}

impl Columns {
    fn open(segment: &SegmentView) -> Result<Self> {
        let columns = segment.reader().fast_fields();
        let text = |name: &str| TextColumn::open(segment, name);
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
            fingerprints: columns.bytes("fingerprint").map_err(damaged)?,
            known: FxHashMap::default(),
        })
    }

    /// Reads all values at once, which is far quicker than one after the other.
    fn read_all(&mut self) -> Result<()> {
        self.texts.iter_mut().try_for_each(TextColumn::read_all)?;
        let Some(column) = &self.fingerprints else {
            return Ok(());
        };
        let mut values = column.dictionary().stream().map_err(|error| damaged(error.into()))?;
        while values.advance() {
            self.known
                .insert(self.known.len() as u64, read_fingerprint(values.key())?);
        }
        Ok(())
    }

    fn release(&mut self, doc: DocId) -> Result<Release> {
        let mut values: [Option<String>; 7] = Default::default();
        for (column, value) in self.texts.iter_mut().zip(&mut values) {
            *value = column.value(doc)?;
        }
        let [
            id,
            language,
            date_source,
            published,
            speaker,
            version_of,
            translation_of,
        ] = values;
        Ok(Release {
            id: id.unwrap_or_default(),
            fingerprint: self.fingerprint(doc)?,
            language: language.map(|tag| Language::new(&tag).primary().to_owned()),
            days: self.first_days.first(doc).zip(self.last_days.first(doc)),
            is_date_stated: !date_source.is_some_and(|source| UNSTATED_DATES.contains(&source.as_str())),
            published,
            speaker,
            version_of,
            translation_of,
        })
    }

    fn fingerprint(&self, doc: DocId) -> Result<Fingerprint> {
        let missing = || broken("a speech has no fingerprint");
        let column = self.fingerprints.as_ref().ok_or_else(missing)?;
        let number = column.term_ords(doc).next().ok_or_else(missing)?;
        if let Some(known) = self.known.get(&number) {
            return Ok(known.clone());
        }
        let mut bytes = Vec::new();
        column
            .ord_to_bytes(number, &mut bytes)
            .map_err(|error| damaged(error.into()))?;
        read_fingerprint(&bytes)
    }
}

fn read_fingerprint(bytes: &[u8]) -> Result<Fingerprint> {
    Fingerprint::from_bytes(bytes).ok_or_else(|| broken("a fingerprint cannot be read"))
}

fn broken(what: &str) -> Error {
    Error::new(ErrorKind::Index, format!("the index is damaged: {what}"))
        .hint("ingest the sources into a new folder, or restore the folder from a copy")
}
