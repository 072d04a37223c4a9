//! Where exactly a query occurs in a passage: the ranges that are counted, read from the store for the passages that are shown.

use tantivy::DocAddress;

use super::SearchContext;
use super::leaf::Leaf;
use super::occurrences::{counted_leaves, text_ranges};
use super::paragraphs::{Around, ParagraphReader};
use super::plan::Plan;
use super::request::SearchRequest;
use crate::error::Result;
use crate::highlight::Paragraph;
use crate::index::{Snapshot, StoredPassage};
use crate::names::Names;
use crate::text::ByteSpan;

/// Reads the occurrences of one query.
pub struct OccurrenceReader<'a> {
    snapshot: &'a Snapshot,
    request: &'a SearchRequest,
    plan: Plan,
}

/// A passage with what occurs in it.
#[derive(Clone, Debug, PartialEq)]
pub struct PassageOccurrences {
    /// The passage.
    pub passage: StoredPassage,
    /// The distinct ranges of its text that the query matches, ascending; one that runs on into the next piece of the paragraph
    /// ends with the text. Empty where nothing in the query stands in the text.
    pub ranges: Vec<ByteSpan>,
}

impl<'a> OccurrenceReader<'a> {
    /// Makes a query ready to be looked up in passages.
    ///
    /// # Errors
    /// The query cannot be read.
    pub fn new(snapshot: &'a Snapshot, names: &Names, request: &'a SearchRequest) -> Result<Self> {
        let context = SearchContext::new(snapshot, names, &request.filters);
        let plan = Plan::make(request, &context)?;
        Ok(Self {
            snapshot,
            request,
            plan,
        })
    }

    /// Reads a passage.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn read(&self, address: DocAddress) -> Result<PassageOccurrences> {
        let segment = &self.snapshot.segments()[address.segment_ord as usize];
        let start = DocAddress::new(address.segment_ord, segment.start_of(address.doc_id)?);
        let record = self.snapshot.remembered_record(start)?;
        let language = record.metadata.language();
        let read = ParagraphReader::new(self.snapshot, segment)?.read(address.doc_id, Around::Everything)?;
        let text = read.marked_text(
            language.as_ref().map_or("", |language| language.primary()),
            self.request.stage_directions,
        );
        let leaves: Vec<&Leaf> = counted_leaves(&self.plan)
            .into_iter()
            .map(|index| &self.plan.leaves[index])
            .collect();
        let length = read.passage.text.len();
        let mut ranges = text_ranges(&leaves, &Paragraph::read(text));
        ranges.iter_mut().for_each(|range| range.end = range.end.min(length));
        Ok(PassageOccurrences {
            passage: read.passage,
            ranges,
        })
    }
}
