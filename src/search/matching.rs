//! Which passages of a segment a leaf matches, how often, and which ones a condition holds for: algebra on ascending lists.

use std::borrow::Cow;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Term};

use super::expressions::expression_counts;
use super::fields::field_counts;
use super::leaf::{Leaf, Matcher, word_terms};
use super::place::{SegmentPlace, units_counts};
use super::plan::Condition;
use super::request::{SearchRequest, StageDirections};
use super::two_readings;
use crate::analyzer::UnitKind;
use crate::analyzer::unit_text::kind_of;
use crate::error::Result;
use crate::index::{SegmentView, Snapshot, damaged};
use crate::pattern::{Pattern, UnitPattern, matches};
use crate::strings::Notes;
use crate::text::is_han;

/// Passages in ascending order, each with how often something stands in it.
pub(super) type DocCounts = Vec<(DocId, u32)>;

/// The longest word that the words index is sure to have: tantivy drops terms of 65,530 bytes.
const LONGEST_TERM_BYTES: usize = 10_000;

/// The passages of a list, without how often.
pub(super) fn docs_of(counts: &DocCounts) -> Vec<DocId> {
    counts.iter().map(|(doc, _)| *doc).collect()
}

/// What a leaf matches in one segment, deleted passages left out; an expression is looked for only `among` some passages,
/// where they are given.
pub(super) fn leaf_counts(
    leaf: &Leaf,
    among: Option<&[DocId]>,
    segment: &SegmentView,
    snapshot: &Snapshot,
    request: &SearchRequest,
) -> Result<DocCounts> {
    request.stop.check()?;
    let directions = request.stage_directions;
    let mut counts = match &leaf.matcher {
        Matcher::Pattern(pattern) => pattern_counts(pattern, segment, snapshot, request)?,
        Matcher::Expression(expression) => expression_counts(expression, among, segment, snapshot, request)?,
        Matcher::Field(condition) => field_counts(condition, segment, directions)?,
    };
    if !leaf.words.is_empty() {
        counts = union(counts, all_words(&leaf.words, segment, snapshot, directions)?);
    }
    Ok(without_deleted(counts, segment))
}

/// The passages in which matches of a pattern begin, with how many.
fn pattern_counts(
    pattern: &Pattern,
    segment: &SegmentView,
    snapshot: &Snapshot,
    request: &SearchRequest,
) -> Result<DocCounts> {
    let directions = request.stage_directions;
    if pattern.is_printed() {
        let candidates = pattern_counts(&pattern.folded(), segment, snapshot, request)?;
        return super::strict::retain_printed(pattern, candidates, segment, snapshot, directions);
    }
    let place = SegmentPlace::new(segment, snapshot, directions).until(&request.stop);
    if let Pattern::String(string) = pattern {
        // A term that is a number is that of numbers too, which are no form of the word.
        if let [UnitPattern::Inflected { word, terms }] = string.units.as_slice()
            && !terms.iter().any(|term| kind_of(term) == UnitKind::Number)
        {
            return inflected_counts(word, terms, segment, snapshot, request);
        }
        if let Some(units) = pattern.exact_units() {
            return string_counts(&units, segment, snapshot, directions);
        }
        if let Some(counts) = place.string_counts(string) {
            return Ok(counts);
        }
    }
    let place = place.for_pattern(pattern)?;
    Ok(place.counts(&matches(pattern, &place)?))
}

/// The passages with a word or an inflected form of it.
fn inflected_counts(
    word: &str,
    terms: &[String],
    segment: &SegmentView,
    snapshot: &Snapshot,
    request: &SearchRequest,
) -> Result<DocCounts> {
    let mut counts = match is_covered_by_terms(word, terms, request, snapshot) {
        true => Vec::new(),
        false => string_counts(&[word], segment, snapshot, request.stage_directions)?,
    };
    for term in terms {
        let term = Term::from_field_text(snapshot.fields().units, term);
        counts = union(counts, term_counts(&term, segment)?);
    }
    Ok(counts)
}

/// Whether every passage with a word has one of some terms, at least as often: whatever term the word has in a language that is
/// present is among them, and nothing but what was said is asked for.
pub(super) fn is_covered_by_terms(word: &str, terms: &[String], request: &SearchRequest, snapshot: &Snapshot) -> bool {
    let of_word = word_terms(word, &snapshot.manifest().languages);
    word.len() < LONGEST_TERM_BYTES
        && request.stage_directions == StageDirections::Excluded
        && of_word.iter().all(|term| terms.contains(term))
}

/// Whether a leaf stands just where a word of the words index does, and as often.
pub(super) fn stands_as(leaf: &Leaf, word: &str, request: &SearchRequest, snapshot: &Snapshot) -> bool {
    if !leaf.words.is_empty() || request.stage_directions == StageDirections::Included {
        return false;
    }
    if let [term] = leaf.inflections() {
        // A number is no form of a word, even of one that shares its term.
        let itself = leaf.units().map(|units| units.concat()).unwrap_or_default();
        return term == word
            && kind_of(word) != UnitKind::Number
            && is_covered_by_terms(&itself, leaf.inflections(), request, snapshot);
    }
    let units = leaf.pattern().and_then(Pattern::exact_units).unwrap_or_default();
    units.iter().all(|unit| kind_of(unit) == UnitKind::Han) && units.concat() == word
}

/// A string that stands at fewer places is looked up in the exact index alone.
const FREQUENT: u32 = 256;

/// The occurrences of a string of units by passage, deleted passages included.
///
/// The words index lists the passages of a word in their order and is read far quicker than the positions of a frequent
/// string; where it is sure to say the same, it is asked.
pub(super) fn string_counts(
    units: &[&str],
    segment: &SegmentView,
    snapshot: &Snapshot,
    directions: StageDirections,
) -> Result<DocCounts> {
    let interval = segment.strings().interval_of_strings(units);
    if interval.len() >= FREQUENT && directions == StageDirections::Excluded {
        let counts = match units {
            [only] if kind_of(only) == UnitKind::Word => only_form_counts(only, segment, snapshot)?,
            [_] | [] => None,
            several if several.iter().all(|unit| kind_of(unit) == UnitKind::Han) => {
                // A Han word of several characters is a term at each of its occurrences, or at none.
                let term = Term::from_field_text(snapshot.fields().units, &several.concat());
                Some(term_counts(&term, segment)?).filter(|counts| !counts.is_empty())
            }
            _ => None,
        };
        if let Some(counts) = counts {
            return Ok(counts);
        }
    }
    Ok(units_counts(units, segment, directions))
}

/// The occurrences of a word by the only term that it has, where no other word of the segment has that term: then there are
/// as many of the term as of the word in what was said, deleted passages included.
fn only_form_counts(word: &str, segment: &SegmentView, snapshot: &Snapshot) -> Result<Option<DocCounts>> {
    let terms = word_terms(word, &snapshot.manifest().languages);
    let [term] = terms.as_slice() else { return Ok(None) };
    if word.len() >= LONGEST_TERM_BYTES {
        return Ok(None);
    }
    let counts = term_counts(&Term::from_field_text(snapshot.fields().units, term), segment)?;
    let all: u64 = counts.iter().map(|(_, count)| u64::from(*count)).sum();
    Ok((all == said_count(&[word], segment)).then_some(counts))
}

/// The passages with a word that ranks, and how often it stands in each, deleted passages included.
pub(super) fn word_counts(word: &str, segment: &SegmentView, snapshot: &Snapshot) -> Result<DocCounts> {
    let counts = term_counts(&Term::from_field_text(snapshot.fields().units, word), segment)?;
    if !counts.is_empty() || !word.chars().all(is_han) {
        return Ok(counts);
    }
    let characters: Vec<String> = word.chars().map(String::from).collect();
    let units: Vec<&str> = characters.iter().map(String::as_str).collect();
    string_counts(&units, segment, snapshot, StageDirections::Excluded)
}

/// The occurrences of a string of units in what was said, deleted passages left out.
pub(super) fn occurrence_count(units: &[&str], segment: &SegmentView) -> u64 {
    if segment.reader().has_deletes() {
        let counts = without_deleted(units_counts(units, segment, StageDirections::Excluded), segment);
        return counts.iter().map(|(_, count)| u64::from(*count)).sum();
    }
    said_count(units, segment)
}

/// The occurrences of a string of units in what was said, deleted passages included.
fn said_count(units: &[&str], segment: &SegmentView) -> u64 {
    let strings = segment.strings();
    let further = two_readings::spans_of_units(units, strings.note_start(), strings);
    strings.occurrence_count(strings.interval_of_strings(units), Notes::Excluded) + further.len() as u64
}

pub(super) fn notes(directions: StageDirections) -> Notes {
    match directions {
        StageDirections::Excluded => Notes::Excluded,
        StageDirections::Included => Notes::Included,
    }
}

/// Passages in which all of the words stand; they count once.
fn all_words(
    words: &[Vec<String>],
    segment: &SegmentView,
    snapshot: &Snapshot,
    directions: StageDirections,
) -> Result<DocCounts> {
    let mut sets: Vec<DocCounts> = Vec::with_capacity(words.len());
    for word in words {
        let units: Vec<&str> = word.iter().map(String::as_str).collect();
        let counts = string_counts(&units, segment, snapshot, directions)?;
        if counts.is_empty() {
            return Ok(Vec::new());
        }
        sets.push(counts);
    }
    sets.sort_by_key(Vec::len);
    let first = docs_of(&sets[0]);
    let shared = sets[1..]
        .iter()
        .fold(first, |shared, counts| intersection(&shared, &docs_of(counts)));
    Ok(shared.into_iter().map(|doc| (doc, 1)).collect())
}

/// The passages with a term of the words index, and its frequency in each.
pub(super) fn term_counts(term: &Term, segment: &SegmentView) -> Result<DocCounts> {
    let inverted = segment.reader().inverted_index(term.field()).map_err(damaged)?;
    let postings = inverted
        .read_block_postings(term, IndexRecordOption::WithFreqs)
        .map_err(|error| damaged(error.into()))?;
    let Some(mut postings) = postings else {
        return Ok(Vec::new());
    };
    let mut counts = Vec::with_capacity(postings.doc_freq() as usize);
    while postings.block_len() > 0 {
        let docs = postings.docs().iter().copied();
        counts.extend(docs.zip(postings.freqs().iter().copied()));
        postings.advance();
    }
    Ok(counts)
}

fn without_deleted(mut counts: DocCounts, segment: &SegmentView) -> DocCounts {
    if segment.reader().has_deletes() {
        counts.retain(|(doc, _)| !segment.reader().is_deleted(*doc));
    }
    counts
}

/// The passages that hold either; where both do, the larger count.
fn union(left: DocCounts, right: DocCounts) -> DocCounts {
    if left.is_empty() {
        return right;
    }
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    loop {
        match (left.peek().copied(), right.peek().copied()) {
            (Some(a), Some(b)) if a.0 == b.0 => {
                merged.push((a.0, a.1.max(b.1)));
                left.next();
                right.next();
            }
            (Some(a), Some(b)) if a.0 < b.0 => {
                merged.push(a);
                left.next();
            }
            (_, Some(b)) => {
                merged.push(b);
                right.next();
            }
            (Some(a), None) => {
                merged.push(a);
                left.next();
            }
            (None, None) => return merged,
        }
    }
}

/// A list so many times longer is skipped through rather than read.
const GALLOPING: usize = 8;

/// What stands in both ascending lists, read side by side without a branch on the data.
fn common(left: &[DocId], right: &[DocId]) -> Vec<DocId> {
    let mut shared = vec![0; left.len().min(right.len())];
    let (mut from_left, mut from_right, mut count) = (0, 0, 0);
    while from_left < left.len() && from_right < right.len() {
        let (a, b) = (left[from_left], right[from_right]);
        // A list never runs out of room: there are as many places as the shorter list has passages.
        shared[count] = a;
        count += usize::from(a == b);
        from_left += usize::from(a <= b);
        from_right += usize::from(b <= a);
        if count == shared.len() {
            break;
        }
    }
    shared.truncate(count);
    shared
}

/// What stands in both ascending lists.
pub(super) fn intersection(left: &[DocId], right: &[DocId]) -> Vec<DocId> {
    let (small, large) = if left.len() <= right.len() {
        (left, right)
    } else {
        (right, left)
    };
    if large.len() / small.len().max(1) < GALLOPING {
        return common(small, large);
    }
    let mut rest = large;
    let mut shared = Vec::with_capacity(small.len());
    for &doc in small {
        let before = gallop(rest, doc);
        rest = &rest[before..];
        if rest.first() == Some(&doc) {
            shared.push(doc);
        }
    }
    shared
}

/// The number of leading elements below a value, found in steps that double.
pub(super) fn gallop(list: &[DocId], value: DocId) -> usize {
    gallop_by(list, |doc| *doc < value)
}

/// The number of leading elements that come before what is sought, found in steps that double.
pub(super) fn gallop_by<T>(list: &[T], comes_before: impl Fn(&T) -> bool) -> usize {
    let mut bound = 1;
    while bound < list.len() && comes_before(&list[bound]) {
        bound *= 2;
    }
    let start = bound / 2;
    let end = (bound + 1).min(list.len());
    start + list[start..end].partition_point(comes_before)
}

/// What stands in either ascending list.
pub(super) fn merged<'a>(left: Cow<'a, [DocId]>, right: Cow<'a, [DocId]>) -> Cow<'a, [DocId]> {
    if left.is_empty() {
        return right;
    }
    if right.is_empty() {
        return left;
    }
    let mut all = vec![0; left.len() + right.len()];
    let (mut from_left, mut from_right, mut count) = (0, 0, 0);
    // Written without a branch on the data: which list goes on cannot be foretold.
    while from_left < left.len() && from_right < right.len() {
        let (a, b) = (left[from_left], right[from_right]);
        all[count] = a.min(b);
        from_left += usize::from(a <= b);
        from_right += usize::from(b <= a);
        count += 1;
    }
    all.truncate(count);
    all.extend_from_slice(&left[from_left..]);
    all.extend_from_slice(&right[from_right..]);
    Cow::Owned(all)
}

/// Lists with more passages together than these are united by a bit for each passage.
const MANY: usize = 4_096;

/// What stands in any of some ascending lists.
pub(super) fn union_of(lists: Vec<Cow<'_, [DocId]>>) -> Cow<'_, [DocId]> {
    let together: usize = lists.iter().map(|list| list.len()).sum();
    let longest = lists.iter().map(|list| list.len()).max().unwrap_or_default();
    if together == longest || together < MANY {
        return lists.into_iter().fold(Cow::Borrowed(&[] as &[DocId]), merged);
    }
    let end = lists
        .iter()
        .filter_map(|list| list.last())
        .max()
        .map_or(0, |last| *last as usize + 1);
    let mut bits = vec![0_u64; end.div_ceil(64)];
    for doc in lists.iter().flat_map(|list| list.iter()) {
        bits[*doc as usize / 64] |= 1 << (doc % 64);
    }
    Cow::Owned(docs_of_bits(&bits))
}

/// The passages whose bits are set, ascending.
pub(super) fn docs_of_bits(bits: &[u64]) -> Vec<DocId> {
    let count = bits.iter().map(|block| block.count_ones() as usize).sum();
    let mut docs = Vec::with_capacity(count);
    for (block, bits) in bits.iter().enumerate() {
        let mut rest = *bits;
        while rest != 0 {
            docs.push((block * 64) as DocId + rest.trailing_zeros());
            rest &= rest - 1;
        }
    }
    docs
}

/// The documents for which a condition holds, out of an ascending universe; `leaves` holds the ascending matches of each leaf.
pub(super) fn holds<'a>(
    condition: &Condition,
    leaves: &'a [Vec<DocId>],
    universe: &dyn Fn() -> Vec<DocId>,
) -> Cow<'a, [DocId]> {
    match condition {
        Condition::Leaf(index) => Cow::Borrowed(&leaves[*index]),
        Condition::Or(parts) => union_of(parts.iter().map(|part| holds(part, leaves, universe)).collect()),
        Condition::Not(part) => Cow::Owned(without(universe(), &holds(part, leaves, universe))),
        Condition::And(parts) => {
            let is_negation = |part: &&Condition| matches!(part, Condition::Not(_));
            let positive = parts
                .iter()
                .filter(|part| !is_negation(part))
                .map(|part| holds(part, leaves, universe));
            let mut found = positive
                .reduce(|left, right| Cow::Owned(intersection(&left, &right)))
                .unwrap_or_else(|| Cow::Owned(universe()));
            for part in parts {
                if let Condition::Not(inner) = part {
                    found = Cow::Owned(without(found.into_owned(), &holds(inner, leaves, universe)));
                }
            }
            found
        }
    }
}

/// The documents outside of which a condition cannot hold, as far as the matches of some leaves tell; `None` where they tell
/// nothing.
pub(super) fn holds_at_most(condition: &Condition, leaves: &[Option<Vec<DocId>>]) -> Option<Vec<DocId>> {
    match condition {
        Condition::Leaf(index) => leaves[*index].clone(),
        Condition::Not(_) => None,
        Condition::And(parts) => {
            let known = parts.iter().filter_map(|part| holds_at_most(part, leaves));
            known.reduce(|left, right| intersection(&left, &right))
        }
        Condition::Or(parts) => {
            let known: Option<Vec<Vec<DocId>>> = parts.iter().map(|part| holds_at_most(part, leaves)).collect();
            let union = |left: Vec<DocId>, right: Vec<DocId>| merged(left.into(), right.into()).into_owned();
            known.map(|known| known.into_iter().reduce(union).unwrap_or_default())
        }
    }
}

/// The first ascending list without what stands in the second.
pub(super) fn without(mut list: Vec<DocId>, removed: &[DocId]) -> Vec<DocId> {
    let mut rest = removed;
    list.retain(|doc| {
        let before = rest.partition_point(|other| other < doc);
        rest = &rest[before..];
        rest.first() != Some(doc)
    });
    list
}

#[cfg(test)]
mod tests {
    use proptest::collection::btree_set;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn algebra_on_lists_is_that_of_sets(left in btree_set(0u32..60, 0..30), right in btree_set(0u32..60, 0..30)) {
            let list = |set: &std::collections::BTreeSet<u32>| set.iter().copied().collect::<Vec<_>>();
            let (a, b) = (list(&left), list(&right));
            prop_assert_eq!(intersection(&a, &b), left.intersection(&right).copied().collect::<Vec<_>>());
            prop_assert_eq!(without(a.clone(), &b), left.difference(&right).copied().collect::<Vec<_>>());
            prop_assert_eq!(merged((&a).into(), (&b).into()).into_owned(), left.union(&right).copied().collect::<Vec<_>>());
            let counted = |docs: &[u32]| docs.iter().map(|doc| (*doc, 1)).collect::<DocCounts>();
            let both: Vec<u32> = union(counted(&a), counted(&b)).into_iter().map(|(doc, _)| doc).collect();
            prop_assert_eq!(both, left.union(&right).copied().collect::<Vec<_>>());
        }
    }
}
