//! How often what was asked for occurs in the passages that match: every distinct range counts once, whichever parts of the
//! query match it.

use std::collections::BTreeSet;

use tantivy::DocId;

use super::languages::DocLanguages;
use super::leaf::{Leaf, Matcher};
use super::matches::{Matches, SegmentMatches};
use super::matching::{DocCounts, gallop, is_covered_by_terms};
use super::paragraphs::{Around, ParagraphReader};
use super::place::SegmentPlace;
use super::plan::Plan;
use super::request::SearchRequest;
use crate::error::Result;
use crate::highlight::Paragraph;
use crate::index::{SegmentView, Snapshot};
use crate::pattern::{Pattern, UnitSpan, matches};
use crate::text::ByteSpan;

/// The number of occurrences of the strings and other patterns of a query in what matches it.
pub(super) fn occurrences(plan: &Plan, found: &Matches, request: &SearchRequest, snapshot: &Snapshot) -> Result<u64> {
    let counting = Counting::new(plan, request, snapshot);
    let mut total = 0;
    for (of_segment, segment) in found.segments.iter().zip(snapshot.segments()) {
        counting.visit(of_segment, segment, &mut |_, count| total += u64::from(count))?;
    }
    Ok(total)
}

/// For each segment, the passages that match a query, each with the number of occurrences that begin in it.
pub(super) fn occurrences_by_passage(
    plan: &Plan,
    found: &Matches,
    request: &SearchRequest,
    snapshot: &Snapshot,
) -> Result<Vec<DocCounts>> {
    let counting = Counting::new(plan, request, snapshot);
    let mut segments = Vec::with_capacity(found.segments.len());
    for (of_segment, segment) in found.segments.iter().zip(snapshot.segments()) {
        let mut counts: DocCounts = of_segment.docs.iter().map(|doc| (*doc, 0)).collect();
        counting.visit(of_segment, segment, &mut |place, count| counts[place].1 += count)?;
        segments.push(counts);
    }
    Ok(segments)
}

/// What is counted of a query.
struct Counting<'a> {
    /// The leaves whose occurrences count, each once.
    counted: Vec<usize>,
    leaves: Vec<&'a Leaf>,
    /// Whether no two of them ever occur at the same range, so that what is known of each can be added up.
    never_coincide: bool,
    request: &'a SearchRequest,
    snapshot: &'a Snapshot,
}

/// Told a place in the list of matching passages and a number of occurrences that begin there, which add up.
type Visitor<'a> = dyn FnMut(usize, u32) + 'a;

impl<'a> Counting<'a> {
    fn new(plan: &'a Plan, request: &'a SearchRequest, snapshot: &'a Snapshot) -> Self {
        let counted = counted_leaves(plan);
        let leaves: Vec<&Leaf> = counted.iter().map(|index| &plan.leaves[*index]).collect();
        let never_coincide = match leaves.as_slice() {
            [only] => is_counted_by_passage(only, request, snapshot),
            several => differ_beyond_hyphens(several),
        };
        Self {
            counted,
            leaves,
            never_coincide,
            request,
            snapshot,
        }
    }

    fn visit(&self, found: &SegmentMatches, segment: &SegmentView, visitor: &mut Visitor<'_>) -> Result<()> {
        if self.never_coincide {
            for index in &self.counted {
                visit_counts(&found.leaves[*index], &found.docs, visitor);
            }
            return Ok(());
        }
        let is_folded = |leaf: &&Leaf| leaf.pattern().is_some_and(|pattern| !pattern.is_printed());
        match self.leaves.iter().all(is_folded) {
            true => self.unit_ranges(&found.docs, segment, visitor),
            false => self.text_ranges(&found.docs, segment, visitor),
        }
    }

    /// Counts distinct ranges of units.
    fn unit_ranges(&self, docs: &[DocId], segment: &SegmentView, visitor: &mut Visitor<'_>) -> Result<()> {
        let ranges = unit_ranges(&self.leaves, segment, self.snapshot, self.request)?;
        for range in &ranges {
            let document = segment.strings().locate(range.start).document;
            if let Ok(place) = docs.binary_search(&document) {
                visitor(place, 1);
            }
        }
        Ok(())
    }

    /// Counts distinct ranges of the text, which is read.
    fn text_ranges(&self, docs: &[DocId], segment: &SegmentView, visitor: &mut Visitor<'_>) -> Result<()> {
        let reader = ParagraphReader::new(self.snapshot, segment)?;
        let languages = DocLanguages::open(segment)?;
        for (place, &doc) in docs.iter().enumerate() {
            self.request.stop.check()?;
            let read = reader.read(doc, Around::Everything)?;
            let text = read.marked_text(languages.tag(languages.of(doc)?), self.request.stage_directions);
            visitor(place, text_ranges(&self.leaves, &Paragraph::read(text)).len() as u32);
        }
        Ok(())
    }
}

/// The leaves whose occurrences count, each once.
pub(super) fn counted_leaves(plan: &Plan) -> Vec<usize> {
    let mut counted: Vec<usize> = Vec::new();
    for (index, leaf) in plan.leaves.iter().enumerate() {
        let is_known = |other: &usize| plan.leaves[*other].matcher == leaf.matcher;
        if plan.is_positive[index] && plan.counts(leaf) && !counted.iter().any(is_known) {
            counted.push(index);
        }
    }
    counted
}

/// The units of a leaf that is a string, and whether it must stand as printed: two such leaves that differ never coincide.
fn exact(leaf: &Leaf) -> Option<Vec<&str>> {
    leaf.pattern().and_then(Pattern::exact_units)
}

/// Whether leaves are strings that never occur at the same range: different ones do not, unless a line end broke a word that is
/// written with its hyphen and without.
fn differ_beyond_hyphens(leaves: &[&Leaf]) -> bool {
    let letters = |leaf: &&Leaf| -> Option<String> {
        let units = exact(leaf)?;
        Some(units.into_iter().filter(|unit| *unit != "-").collect())
    };
    let all: Option<BTreeSet<String>> = leaves.iter().map(letters).collect();
    all.is_some_and(|all| all.len() == leaves.len())
}

/// Whether the passages of a leaf are known with the number of its occurrences: an inflected word that is looked up by several
/// terms, or beside its term as itself, is not.
fn is_counted_by_passage(leaf: &Leaf, request: &SearchRequest, snapshot: &Snapshot) -> bool {
    match (leaf.inflections(), leaf.units().as_deref()) {
        ([], _) => true,
        ([_], Some([word])) => is_covered_by_terms(word, leaf.inflections(), request, snapshot),
        _ => false,
    }
}

/// The distinct ranges of units of a segment that leaves match, ascending; none of the leaves is as printed.
pub(super) fn unit_ranges(
    leaves: &[&Leaf],
    segment: &SegmentView,
    snapshot: &Snapshot,
    request: &SearchRequest,
) -> Result<Vec<UnitSpan>> {
    let place = SegmentPlace::new(segment, snapshot, request.stage_directions).until(&request.stop);
    let mut ranges: Vec<UnitSpan> = Vec::new();
    for leaf in leaves {
        if let Matcher::Pattern(pattern) = &leaf.matcher {
            ranges.extend(matches(pattern, &place)?);
        }
    }
    ranges.sort_unstable();
    ranges.dedup();
    Ok(ranges)
}

/// The distinct ranges of a paragraph that leaves match and that begin in its own passage, ascending.
pub(super) fn text_ranges(leaves: &[&Leaf], paragraph: &Paragraph<'_>) -> Vec<ByteSpan> {
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
    ranges
}

/// Tells the counts of the passages that match, of a list of passages with counts.
fn visit_counts(counts: &DocCounts, docs: &[DocId], visitor: &mut Visitor<'_>) {
    let is_same = counts.len() == docs.len() && counts.iter().zip(docs).all(|((doc, _), other)| doc == other);
    if is_same {
        // Every passage with the string matches.
        let places = counts.iter().enumerate();
        return places.for_each(|(place, (_, count))| visitor(place, *count));
    }
    let mut before = 0;
    for (doc, count) in counts {
        before += gallop(&docs[before..], *doc);
        if docs.get(before) == Some(doc) {
            visitor(before, *count);
        }
    }
}
