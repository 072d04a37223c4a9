//! A text column of a segment: the values that its passages have in one field.

use rustc_hash::FxHashMap;
use tantivy::DocId;

use super::segment_view::SegmentView;
use super::snapshot::damaged;
use crate::error::Result;

/// A text column of a segment, absent where no passage has a value.
pub struct TextColumn {
    column: Option<tantivy::columnar::StrColumn>,
    /// The values that were read: to find one again by its number takes far longer than to remember it.
    known: FxHashMap<u64, String>,
}

impl TextColumn {
    /// Opens a column by its name, such as `id` or `printed.speaker`.
    ///
    /// # Errors
    /// The segment is damaged.
    pub fn open(segment: &SegmentView, name: &str) -> Result<Self> {
        let column = segment.reader().fast_fields().str(name).map_err(damaged)?;
        Ok(Self {
            column,
            known: FxHashMap::default(),
        })
    }

    /// The first value of a passage.
    ///
    /// # Errors
    /// The segment is damaged.
    pub fn value(&mut self, doc: DocId) -> Result<Option<String>> {
        let first = self.ordinals(doc).next();
        first.map(|ordinal| self.text(ordinal)).transpose()
    }

    /// The numbers of a passage's values; they order as the values do.
    pub fn ordinals(&self, doc: DocId) -> impl Iterator<Item = u64> + '_ {
        self.column.iter().flat_map(move |column| column.term_ords(doc))
    }

    /// The number of different values; their numbers are below it.
    pub fn value_count(&self) -> usize {
        self.column.as_ref().map_or(0, |column| column.num_terms())
    }

    /// Reads all values in one go, so that none is looked up one after the other.
    ///
    /// # Errors
    /// The segment is damaged.
    pub fn read_all(&mut self) -> Result<()> {
        self.known = (0..).zip(self.texts()?).collect();
        Ok(())
    }

    /// All different values, by their numbers: read in one go, which is far quicker than one after the other.
    ///
    /// # Errors
    /// The segment is damaged.
    pub fn texts(&self) -> Result<Vec<String>> {
        let Some(column) = &self.column else {
            return Ok(Vec::new());
        };
        let mut values = column.dictionary().stream().map_err(|error| damaged(error.into()))?;
        let mut texts = Vec::with_capacity(column.num_terms());
        while values.advance() {
            texts.push(String::from_utf8_lossy(values.key()).into_owned());
        }
        Ok(texts)
    }

    /// The value of a number.
    ///
    /// # Errors
    /// The segment is damaged.
    pub fn text(&mut self, ordinal: u64) -> Result<String> {
        if let Some(text) = self.known.get(&ordinal) {
            return Ok(text.clone());
        }
        let mut text = String::new();
        if let Some(column) = &self.column {
            column
                .ord_to_str(ordinal, &mut text)
                .map_err(|error| damaged(error.into()))?;
        }
        self.known.insert(ordinal, text.clone());
        Ok(text)
    }
}
