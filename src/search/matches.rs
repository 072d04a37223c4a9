//! Everything that matches a plan under the filters, segment by segment, with totals and scores.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use tantivy::DocId;

use super::filters::{SegmentFilter, Verdict};
use super::leaf::{Leaf, Matcher};
use super::matching::{
    DocCounts, docs_of, gallop_by, holds, holds_at_most, intersection, leaf_counts, union_of, without, word_counts,
};
use super::occurrences::occurrences;
use super::plan::Plan;
use super::request::{HitUnit, SearchRequest, StageDirections};
use super::results::Totals;
use crate::error::Result;
use crate::index::{SegmentView, Snapshot};

/// What matches.
pub(super) struct Matches {
    /// The matches of each segment.
    pub(super) segments: Vec<SegmentMatches>,
    /// Whether nothing matched, so that passages with any word of the query are taken.
    pub(super) relaxed: bool,
}

/// What matches in one segment.
#[derive(Default)]
pub(super) struct SegmentMatches {
    /// The passages, ascending.
    pub(super) docs: Vec<DocId>,
    /// What each leaf of the plan matches, whether the whole query matches there or not.
    pub(super) leaves: Vec<DocCounts>,
    /// Whether `docs` are just those that any of the leaves matches.
    pub(super) is_any_leaf: bool,
    /// The number of speeches that match but whose date cannot be told to be in the range.
    undetermined: u64,
}

impl SegmentMatches {
    /// The matches of each speech, as ranges of `docs`.
    pub(super) fn speeches(&self, segment: &SegmentView) -> Result<Vec<Range<usize>>> {
        let starts = segment.starts()?;
        let mut ranges = Vec::new();
        let (mut first, mut next_start) = (0, 0);
        while let Some(&doc) = self.docs.get(first) {
            next_start += starts[next_start..].partition_point(|start| *start <= doc);
            let end_of_speech = starts.get(next_start).copied().unwrap_or(DocId::MAX);
            let last = first
                + self.docs[first..]
                    .iter()
                    .take_while(|doc| **doc < end_of_speech)
                    .count();
            ranges.push(first..last);
            first = last;
        }
        Ok(ranges)
    }
}

impl SegmentMatches {
    /// The number of speeches with a match.
    fn speech_count(&self, segment: &SegmentView) -> Result<u64> {
        let mut starts = segment.starts()?;
        let is_dense = self.docs.len() > starts.len() / 8;
        let (mut count, mut end_of_speech) = (0, 0);
        for &doc in &self.docs {
            if doc >= end_of_speech {
                let before = match is_dense {
                    true => starts.iter().take_while(|start| **start <= doc).count(),
                    false => gallop_by(starts, |start| *start <= doc),
                };
                starts = &starts[before..];
                end_of_speech = starts.first().copied().unwrap_or(DocId::MAX);
                count += 1;
            }
        }
        Ok(count)
    }
}

impl Matches {
    /// Finds what matches; where keywords match nothing, passages with any of their words.
    pub(super) fn find(plan: &Plan, request: &SearchRequest, snapshot: &Snapshot) -> Result<Self> {
        let mut segments = Vec::with_capacity(snapshot.segments().len());
        for segment in snapshot.segments() {
            segments.push(find_in_segment(plan, request, segment, snapshot)?);
        }
        let nothing = segments
            .iter()
            .all(|segment| segment.docs.is_empty() && segment.undetermined == 0);
        let mut matches = Self {
            segments,
            relaxed: false,
        };
        if nothing && plan.may_relax {
            matches.relax(plan, request, snapshot)?;
        }
        Ok(matches)
    }

    fn relax(&mut self, plan: &Plan, request: &SearchRequest, snapshot: &Snapshot) -> Result<()> {
        for (matches, segment) in self.segments.iter_mut().zip(snapshot.segments()) {
            let docs = passages_with_words(plan, matches, segment, snapshot)?;
            let judged = SegmentFilter::judge(&request.filters, segment, snapshot.fields())?;
            filter(docs, judged.as_ref(), segment, matches)?;
            self.relaxed |= !matches.docs.is_empty();
        }
        Ok(())
    }

    /// The number of passages with a leaf, whether the whole query matches there or not.
    pub(super) fn passages_with(&self, leaf: usize) -> u64 {
        let counts = self.segments.iter().map(|found| found.leaves[leaf].len() as u64);
        counts.sum()
    }

    /// The number of passages and of speeches that match.
    pub(super) fn count(&self, snapshot: &Snapshot) -> Result<(u64, u64)> {
        let (mut passages, mut speeches) = (0, 0);
        for (matches, segment) in self.segments.iter().zip(snapshot.segments()) {
            passages += matches.docs.len() as u64;
            speeches += matches.speech_count(segment)?;
        }
        Ok((passages, speeches))
    }

    /// The speeches that match but whose date is absent or too imprecise for the range asked for; `None` without a range.
    pub(super) fn undetermined(&self, request: &SearchRequest) -> Option<u64> {
        let has_range = request.filters.from.is_some() || request.filters.to.is_some();
        has_range.then(|| self.segments.iter().map(|matches| matches.undetermined).sum())
    }

    /// The totals. Occurrences are those of the different quoted strings, in the passages that match.
    pub(super) fn totals(&self, plan: &Plan, request: &SearchRequest, snapshot: &Snapshot) -> Result<Totals> {
        let (passages, speeches) = self.count(snapshot)?;
        let mut totals = Totals {
            passages,
            speeches,
            ..Totals::default()
        };
        if plan.counts_occurrences() {
            totals.occurrences = Some(occurrences(plan, self, request, snapshot)?);
        }
        totals.undetermined = self.undetermined(request);
        Ok(totals)
    }
}

/// The passages of a segment with any word of a plain query, of speeches of which holds what it says of the metadata.
pub(super) fn passages_with_words(
    plan: &Plan,
    matches: &SegmentMatches,
    segment: &SegmentView,
    snapshot: &Snapshot,
) -> Result<Vec<DocId>> {
    let words = plan.scoring_words.iter();
    let with_word = |word: &String| Ok(Cow::Owned(docs_of(&word_counts(word, segment, snapshot)?)));
    let mut docs = union_of(words.map(with_word).collect::<Result<_>>()?).into_owned();
    docs.retain(|doc| !segment.reader().is_deleted(*doc));
    let lists: Vec<Vec<DocId>> = matches.leaves.iter().map(docs_of).collect();
    let universe = || segment.reader().doc_ids_alive().collect();
    // None of these is matter, of which the words index holds nothing.
    for condition in &plan.metadata {
        docs = intersection(&docs, &holds(condition, &lists, &universe));
    }
    Ok(docs)
}

fn find_in_segment(
    plan: &Plan,
    request: &SearchRequest,
    segment: &SegmentView,
    snapshot: &Snapshot,
) -> Result<SegmentMatches> {
    let judged = SegmentFilter::judge(&request.filters, segment, snapshot.fields())?;
    let is_out = |doc: DocId| {
        judged
            .as_ref()
            .is_some_and(|filter| filter.verdict(doc) == Verdict::Out)
    };
    let leaves = leaves_in_segment(plan, request, segment, snapshot, &is_out)?;
    // Whole speeches are judged by the passages that the filters let in, so that one speaker's turns are taken by themselves.
    let drops_early = request.by == HitUnit::Speech && judged.is_some();
    let docs_of = |counts: &DocCounts| -> Vec<DocId> {
        let docs = counts.iter().map(|(doc, _)| *doc);
        docs.filter(|doc| !drops_early || !is_out(*doc)).collect()
    };
    let lists: Vec<Vec<DocId>> = leaves.iter().map(docs_of).collect();
    let matter = unasked_matter(request, segment)?;
    let alive = || without(segment.reader().doc_ids_alive().collect(), matter);
    let docs = match request.by {
        HitUnit::Passage => holds(&plan.condition, &lists, &alive).into_owned(),
        HitUnit::Speech => passages_of_speeches(plan, &lists, segment, matter)?,
    };
    let mut matches = SegmentMatches {
        docs: Vec::new(),
        leaves,
        is_any_leaf: request.by == HitUnit::Passage
            && judged.is_none()
            && plan.condition.is_any_leaf(plan.leaves.len()),
        undetermined: 0,
    };
    filter(docs, judged.as_ref(), segment, &mut matches)?;
    Ok(matches)
}

/// The matter of a segment, where only passages are asked for; nothing where matter is searched too.
fn unasked_matter<'a>(request: &SearchRequest, segment: &'a SegmentView) -> Result<&'a [DocId]> {
    match request.stage_directions {
        StageDirections::Excluded => segment.matter(),
        StageDirections::Included => Ok(&[]),
    }
}

/// What each leaf matches. Expressions, for which texts are read, come last and are looked for only where they can matter.
fn leaves_in_segment(
    plan: &Plan,
    request: &SearchRequest,
    segment: &SegmentView,
    snapshot: &Snapshot,
    is_out: &dyn Fn(DocId) -> bool,
) -> Result<Vec<DocCounts>> {
    let is_expression = |leaf: &Leaf| matches!(leaf.matcher, Matcher::Expression(_));
    let mut found: Vec<Option<DocCounts>> = Vec::with_capacity(plan.leaves.len());
    for leaf in &plan.leaves {
        found.push(match is_expression(leaf) {
            true => None,
            false => Some(leaf_counts(leaf, None, segment, snapshot, request)?),
        });
    }
    if found.iter().all(Option::is_some) {
        return Ok(found.into_iter().flatten().collect());
    }
    let lists: Vec<Option<Vec<DocId>>> = found
        .iter()
        .map(|counts| {
            counts
                .as_ref()
                .map(|counts| counts.iter().map(|(doc, _)| *doc).collect())
        })
        .collect();
    let bound = match request.by {
        HitUnit::Passage => holds_at_most(&plan.condition, &lists),
        HitUnit::Speech => None,
    };
    let matter = unasked_matter(request, segment)?;
    let mut among = bound.unwrap_or_else(|| without(segment.reader().doc_ids_alive().collect(), matter));
    among.retain(|doc| !is_out(*doc));
    let mut leaves = Vec::with_capacity(found.len());
    for (leaf, counts) in plan.leaves.iter().zip(found) {
        leaves.push(match counts {
            Some(counts) => counts,
            None => leaf_counts(leaf, Some(&among), segment, snapshot, request)?,
        });
    }
    Ok(leaves)
}

/// The passages to show of the speeches for which, taken whole, the condition holds: those with any positive leaf, or all
/// where the query has none.
fn passages_of_speeches(
    plan: &Plan,
    lists: &[Vec<DocId>],
    segment: &SegmentView,
    matter: &[DocId],
) -> Result<Vec<DocId>> {
    let mut starts_of_leaves = Vec::with_capacity(lists.len());
    for list in lists {
        let mut starts: Vec<DocId> = list.iter().map(|doc| segment.start_of(*doc)).collect::<Result<_>>()?;
        starts.dedup();
        starts_of_leaves.push(starts);
    }
    let all_starts = segment.starts()?;
    let alive = || {
        all_starts
            .iter()
            .copied()
            .filter(|start| !segment.reader().is_deleted(*start))
            .collect()
    };
    let speeches = holds(&plan.condition, &starts_of_leaves, &alive);
    // Metadata says which speeches: their passages are shown by what the text has.
    let in_text = positive_docs(plan, lists, |leaf| !leaf.is_field());
    let by_field = positive_docs(plan, lists, Leaf::is_field);
    let mut docs = Vec::new();
    for &start in speeches.iter() {
        let block = segment.block_of(start)?;
        let before = docs.len();
        for list in [&in_text, &by_field] {
            if docs.len() == before {
                let first = list.partition_point(|doc| *doc < block.start);
                docs.extend(list[first..].iter().take_while(|doc| **doc < block.end));
            }
        }
        if docs.len() == before {
            docs.extend(without(block.collect(), matter));
        }
    }
    Ok(docs)
}

/// The passages with any leaf that counts for a match and passes a test, ascending.
fn positive_docs(plan: &Plan, lists: &[Vec<DocId>], is_meant: impl Fn(&Leaf) -> bool) -> Vec<DocId> {
    let mut docs: Vec<DocId> = Vec::new();
    for (index, list) in lists.iter().enumerate() {
        if plan.is_positive[index] && is_meant(&plan.leaves[index]) {
            docs.extend(list);
        }
    }
    docs.sort_unstable();
    docs.dedup();
    docs
}

/// Keeps what the filters let in, and counts the speeches that only their dates keep out.
fn filter(
    mut docs: Vec<DocId>,
    judged: Option<&SegmentFilter<'_>>,
    segment: &SegmentView,
    matches: &mut SegmentMatches,
) -> Result<()> {
    if let Some(filter) = judged {
        let mut undetermined = HashSet::new();
        for &doc in docs.iter().filter(|doc| filter.verdict(**doc) == Verdict::Undetermined) {
            undetermined.insert(segment.start_of(doc)?);
        }
        matches.undetermined = undetermined.len() as u64;
        docs.retain(|doc| filter.verdict(*doc) == Verdict::In);
    }
    matches.docs = docs;
    Ok(())
}
