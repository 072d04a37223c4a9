//! The language of each passage of a segment.

use tantivy::DocId;

use crate::error::Result;
use crate::index::{SegmentView, TextColumn};

/// The languages of the speeches of a segment.
pub(super) struct DocLanguages<'a> {
    segment: &'a SegmentView,
    column: TextColumn,
    /// The primary subtag of each value of the column; at last that of speeches without a language.
    tags: Vec<String>,
}

impl<'a> DocLanguages<'a> {
    /// Reads the languages that a segment has.
    pub(super) fn open(segment: &'a SegmentView) -> Result<Self> {
        let column = TextColumn::open(segment, "printed.language")?;
        let primary = |tag: String| tag.split('-').next().unwrap_or_default().to_owned();
        let mut tags: Vec<String> = column.texts()?.into_iter().map(primary).collect();
        tags.push(String::new());
        Ok(Self { segment, column, tags })
    }

    /// The number of a passage's language.
    pub(super) fn of(&self, doc: DocId) -> Result<usize> {
        let start = self.segment.start_of(doc)?;
        let ordinal = self.column.ordinals(start).next();
        Ok(ordinal.map_or(self.tags.len() - 1, |ordinal| ordinal as usize))
    }

    /// The primary subtag of a language, empty where it is not known.
    pub(super) fn tag(&self, language: usize) -> &str {
        self.tags.get(language).map_or("", String::as_str)
    }
}
