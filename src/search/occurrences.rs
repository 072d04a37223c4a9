//! How often what was asked for occurs in the passages that match: every distinct range counts once, whichever parts of the
//! query match it.

use tantivy::DocId;

use super::languages::DocLanguages;
use super::leaf::{Leaf, Matcher};
use super::matches::Matches;
use super::matching::DocCounts;
use super::paragraphs::{Around, ParagraphReader};
use super::place::SegmentPlace;
use super::plan::Plan;
use super::request::{SearchRequest, StageDirections};
use crate::error::Result;
use crate::highlight::{MarkedText, Paragraph};
use crate::index::{SegmentView, Snapshot};
use crate::pattern::{Pattern, UnitSpan, matches};
use crate::text::ByteSpan;

/// The number of occurrences of the strings and other patterns of a query in what matches it.
pub(super) fn occurrences(plan: &Plan, found: &Matches, request: &SearchRequest, snapshot: &Snapshot) -> Result<u64> {
    let counted = counted_leaves(plan);
    let leaves: Vec<&Leaf> = counted.iter().map(|index| &plan.leaves[*index]).collect();
    // Different strings never occur at the same range.
    let never_coincide = leaves.len() < 2 || leaves.iter().all(|leaf| exact(leaf).is_some());
    let mut total = 0;
    for (of_segment, segment) in found.segments.iter().zip(snapshot.segments()) {
        total += if never_coincide {
            counted
                .iter()
                .map(|index| count_within(&of_segment.leaves[*index], &of_segment.docs))
                .sum()
        } else if leaves
            .iter()
            .all(|leaf| leaf.pattern().is_some_and(|pattern| !pattern.is_printed()))
        {
            unit_ranges(&leaves, &of_segment.docs, segment, snapshot, request)?
        } else {
            text_ranges(&leaves, &of_segment.docs, segment, snapshot, request)?
        };
    }
    Ok(total)
}

/// The leaves whose occurrences count, each once.
fn counted_leaves(plan: &Plan) -> Vec<usize> {
    let mut counted: Vec<usize> = Vec::new();
    for (index, leaf) in plan.leaves.iter().enumerate() {
        let is_known = |other: &usize| plan.leaves[*other].matcher == leaf.matcher;
        if plan.is_positive[index] && leaf.is_counted() && !counted.iter().any(is_known) {
            counted.push(index);
        }
    }
    counted
}

/// The units of a leaf that is a string, and whether it must stand as printed: two such leaves that differ never coincide.
fn exact(leaf: &Leaf) -> Option<Vec<&str>> {
    leaf.pattern().and_then(Pattern::exact_units)
}

/// The number of distinct ranges of units.
fn unit_ranges(
    leaves: &[&Leaf],
    docs: &[DocId],
    segment: &SegmentView,
    snapshot: &Snapshot,
    request: &SearchRequest,
) -> Result<u64> {
    let place = SegmentPlace::new(segment, snapshot, request.stage_directions).until(&request.stop);
    let mut ranges: Vec<UnitSpan> = Vec::new();
    for leaf in leaves {
        if let Matcher::Pattern(pattern) = &leaf.matcher {
            ranges.extend(matches(pattern, &place)?);
        }
    }
    ranges.sort_unstable();
    ranges.dedup();
    let document = |range: &UnitSpan| segment.strings().locate(range.start).document;
    Ok(ranges
        .iter()
        .filter(|range| docs.binary_search(&document(range)).is_ok())
        .count() as u64)
}

/// The number of distinct ranges of the text, which is read.
fn text_ranges(
    leaves: &[&Leaf],
    docs: &[DocId],
    segment: &SegmentView,
    snapshot: &Snapshot,
    request: &SearchRequest,
) -> Result<u64> {
    let reader = ParagraphReader::new(snapshot, segment)?;
    let languages = DocLanguages::open(segment)?;
    let mut total = 0;
    for &doc in docs {
        request.stop.check()?;
        let read = reader.read(doc, Around::Everything)?;
        let paragraph = Paragraph::read(MarkedText {
            before: &read.before,
            text: &read.passage.text,
            continuation: &read.continuation,
            language: languages.tag(languages.of(doc)?),
            with_notes: request.stage_directions == StageDirections::Included,
        });
        let mut ranges: Vec<ByteSpan> = Vec::new();
        for leaf in leaves {
            ranges.extend(match &leaf.matcher {
                Matcher::Pattern(pattern) => paragraph.matches(pattern),
                Matcher::Expression(expression) => paragraph.expression_matches(&expression.regex),
                Matcher::Field(_) => Vec::new(),
            });
        }
        let mut ranges = paragraph.own(ranges);
        ranges.sort_unstable();
        ranges.dedup();
        total += ranges.len() as u64;
    }
    Ok(total)
}

/// The sum of the counts of the passages in an ascending list.
fn count_within(counts: &DocCounts, docs: &[DocId]) -> u64 {
    if counts.len() == docs.len() {
        // Every passage with the string matches, or the lists differ and the slow way finds that out.
        let same = counts.iter().zip(docs).all(|((doc, _), other)| doc == other);
        if same {
            return counts.iter().map(|(_, count)| u64::from(*count)).sum();
        }
    }
    let inside = counts.iter().filter(|(doc, _)| docs.binary_search(doc).is_ok());
    inside.map(|(_, count)| u64::from(*count)).sum()
}
