//! A segment of a commit, to read: its exact index, where its speeches begin, which of its documents are headings or matter.

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use rustc_hash::FxHashMap;
use tantivy::DocId;
use tantivy::directory::OwnedBytes;
use tantivy::index::SegmentReader;

use super::documents::FIRST_MATTER_ORDINAL;
use super::plugin;
use super::snapshot::damaged;
use super::symbol_terms::SymbolTerms;
use crate::error::{Error, ErrorKind, Result};
use crate::strings::StringIndex;

/// A segment: tantivy's part of it, the exact index, where its speeches begin and which passages are headings.
pub struct SegmentView {
    pub(super) reader: SegmentReader,
    pub(super) strings: StringIndex<OwnedBytes>,
    starts: OnceLock<Vec<DocId>>,
    headings: OnceLock<Vec<DocId>>,
    matter: OnceLock<Vec<DocId>>,
    symbol_terms: RwLock<FxHashMap<String, Arc<SymbolTerms>>>,
}

impl SegmentView {
    pub(super) fn open(reader: &SegmentReader) -> tantivy::Result<Self> {
        Ok(Self {
            reader: reader.clone(),
            strings: plugin::open(reader)?,
            starts: OnceLock::new(),
            headings: OnceLock::new(),
            matter: OnceLock::new(),
            symbol_terms: RwLock::default(),
        })
    }

    /// tantivy's part.
    pub fn reader(&self) -> &SegmentReader {
        &self.reader
    }

    /// The exact index.
    pub fn strings(&self) -> &StringIndex<OwnedBytes> {
        &self.strings
    }

    /// The terms of its symbols in passages of a language, a primary subtag.
    pub fn symbol_terms(&self, language: &str) -> Arc<SymbolTerms> {
        let known = self.symbol_terms.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(terms) = known.get(language) {
            return Arc::clone(terms);
        }
        drop(known);
        let symbol_count = self.strings.distinct_unit_count() as usize;
        let mut known = self.symbol_terms.write().unwrap_or_else(PoisonError::into_inner);
        let terms = known
            .entry(language.to_owned())
            .or_insert_with(|| Arc::new(SymbolTerms::new(language, symbol_count)));
        Arc::clone(terms)
    }

    /// The first passage of each speech, deleted ones included, ascending.
    ///
    /// # Errors
    /// The segment is damaged.
    pub fn starts(&self) -> Result<&[DocId]> {
        if self.starts.get().is_none() {
            let found = self.read_starts().map_err(damaged)?;
            return Ok(self.starts.get_or_init(|| found));
        }
        Ok(self.starts.get().map(Vec::as_slice).unwrap_or_default())
    }

    fn read_starts(&self) -> tantivy::Result<Vec<DocId>> {
        let ordinals = self.reader.fast_fields().u64("ordinal")?;
        Ok((0..self.reader.max_doc())
            .filter(|doc| ordinals.first(*doc) == Some(0))
            .collect())
    }

    /// What is no passage but matter beside a speech, deleted ones included, ascending.
    ///
    /// # Errors
    /// The segment is damaged.
    pub fn matter(&self) -> Result<&[DocId]> {
        if self.matter.get().is_none() {
            let ordinals = self.reader.fast_fields().u64("ordinal").map_err(damaged)?;
            let mut found = Vec::new();
            let all = 0..self.reader.max_doc();
            ordinals.get_docids_for_value_range(FIRST_MATTER_ORDINAL..=u64::MAX, all, &mut found);
            return Ok(self.matter.get_or_init(|| found));
        }
        Ok(self.matter.get().map(Vec::as_slice).unwrap_or_default())
    }

    /// Whether a document is matter.
    ///
    /// # Errors
    /// The segment is damaged.
    pub fn is_matter(&self, doc: DocId) -> Result<bool> {
        Ok(self.matter()?.binary_search(&doc).is_ok())
    }

    /// How many of its documents that are not deleted are passages.
    pub(super) fn passage_count(&self) -> Result<u64> {
        let matter = self
            .matter()?
            .iter()
            .filter(|doc| !self.reader.is_deleted(**doc))
            .count();
        Ok(u64::from(self.reader.num_docs()).saturating_sub(matter as u64))
    }

    /// The passages that are headings of sections, deleted ones included, ascending.
    ///
    /// # Errors
    /// The segment is damaged.
    pub fn headings(&self) -> Result<&[DocId]> {
        if self.headings.get().is_none() {
            let found = self.read_headings().map_err(damaged)?;
            return Ok(self.headings.get_or_init(|| found));
        }
        Ok(self.headings.get().map(Vec::as_slice).unwrap_or_default())
    }

    fn read_headings(&self) -> tantivy::Result<Vec<DocId>> {
        let column = self.reader.fast_fields().bool("heading")?;
        let mut headings = Vec::new();
        column.get_docids_for_value_range(true..=true, 0..self.reader.max_doc(), &mut headings);
        Ok(headings)
    }

    /// The heading under which a passage stands, if it is none itself.
    ///
    /// # Errors
    /// The segment is damaged.
    pub fn heading_above(&self, doc: DocId) -> Result<Option<DocId>> {
        let headings = self.headings()?;
        if self.is_matter(doc)? {
            return Ok(None);
        }
        let before = headings.partition_point(|heading| *heading <= doc);
        let above = before.checked_sub(1).map(|index| headings[index]);
        let start = self.start_of(doc)?;
        Ok(above.filter(|heading| *heading >= start && *heading != doc))
    }

    /// The first passage of the speech that a passage belongs to.
    ///
    /// # Errors
    /// The segment is damaged.
    pub fn start_of(&self, doc: DocId) -> Result<DocId> {
        let starts = self.starts()?;
        let after = starts.partition_point(|start| *start <= doc);
        after
            .checked_sub(1)
            .map(|index| starts[index])
            .ok_or_else(|| Error::new(ErrorKind::Index, "a passage has no speech"))
    }

    /// The passages of the speech that begins at a passage, without the matter behind them.
    ///
    /// # Errors
    /// The segment is damaged.
    pub fn passages_of(&self, start: DocId) -> Result<std::ops::Range<DocId>> {
        let block = self.block_of(start)?;
        let matter = self.matter()?;
        let first = matter.partition_point(|doc| *doc < block.start);
        let end = matter.get(first).map_or(block.end, |doc| block.end.min(*doc));
        Ok(block.start..end)
    }

    /// The passages of the speech that begins at a passage, and its matter.
    ///
    /// # Errors
    /// The segment is damaged.
    pub fn block_of(&self, start: DocId) -> Result<std::ops::Range<DocId>> {
        let starts = self.starts()?;
        let after = starts.partition_point(|other| *other <= start);
        Ok(start..starts.get(after).copied().unwrap_or(self.reader.max_doc()))
    }
}
