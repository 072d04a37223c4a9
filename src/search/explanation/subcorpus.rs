//! The passages that the filters of a search let in.

use tantivy::DocId;

use crate::error::Result;
use crate::index::{SegmentView, Snapshot};
use crate::search::filters::{SegmentFilter, Verdict};
use crate::search::matching::DocCounts;
use crate::search::request::Filters;

/// What the filters say of each segment, judged once.
pub(super) struct Subcorpus<'a> {
    segments: Vec<(&'a SegmentView, Option<SegmentFilter<'a>>)>,
}

impl<'a> Subcorpus<'a> {
    pub(super) fn judge(filters: &Filters, snapshot: &'a Snapshot) -> Result<Self> {
        let mut segments = Vec::with_capacity(snapshot.segments().len());
        for segment in snapshot.segments() {
            let judged = SegmentFilter::judge(filters, segment, snapshot.fields())?;
            segments.push((segment, judged));
        }
        Ok(Self { segments })
    }

    /// The segments, in the order of the snapshot.
    pub(super) fn segments(&self) -> impl Iterator<Item = &'a SegmentView> {
        self.segments.iter().map(|(segment, _)| *segment)
    }

    /// Whether a passage of a segment is let in.
    pub(super) fn is_in(&self, number: usize, doc: DocId) -> bool {
        self.verdict(number, doc) == Verdict::In
    }

    /// The passages of a segment that are let in, or may be: expressions are looked for in these.
    pub(super) fn not_left_out(&self, number: usize) -> Vec<DocId> {
        let all = self.segments[number].0.reader().doc_ids_alive();
        all.filter(|doc| self.verdict(number, *doc) != Verdict::Out).collect()
    }

    /// The number of passages that are let in, where `counts` gives those of each segment.
    pub(super) fn count(&self, counts: impl Fn(&'a SegmentView) -> Result<DocCounts>) -> Result<u64> {
        let mut total = 0;
        for (number, segment) in self.segments().enumerate() {
            let docs = counts(segment)?.into_iter().map(|(doc, _)| doc);
            total += docs.filter(|doc| self.is_in(number, *doc)).count() as u64;
        }
        Ok(total)
    }

    fn verdict(&self, number: usize, doc: DocId) -> Verdict {
        let (segment, judged) = &self.segments[number];
        match judged {
            _ if segment.reader().is_deleted(doc) => Verdict::Out,
            Some(filter) => filter.verdict(doc),
            None => Verdict::In,
        }
    }
}
