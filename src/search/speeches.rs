//! Speeches as hits: the score of a speech, from the speech as a whole, its best passages and its headings, and the passages
//! that show it.
//!
//! A speech of which only the best passage counts is found by its luckiest paragraph; one of which only the whole counts is
//! found by its length. Added together both do better than either (Callan 1994; Bendersky and Kurland 2008).

use std::cmp::Reverse;
use std::ops::Range;

use tantivy::DocId;
use tantivy::fieldnorm::FieldNormReader;

use super::filters::{SegmentFilter, Verdict};
use super::matches::{Matches, SegmentMatches};
use super::matching::{DocCounts, gallop_by};
use super::order::Candidate;
use super::parts::{PartCounter, leaf_weight, part_count};
use super::plan::Plan;
use super::request::SearchRequest;
use super::scoring::{CorpusStatistics, RankingProfile, most, rounded};
use crate::error::Result;
use crate::index::{SegmentView, Snapshot, damaged};

/// How much the best, second-best and third-best passages of a speech add to its score.
const BEST_PASSAGES: [f32; 3] = [1.0, 0.3, 0.1];

/// The parameters of BM25, those that tantivy fixes for passages.
const K1: f32 = 1.2;
const B: f32 = 0.75;

/// The speeches that match, by segment; `scores` are those of their passages.
pub(super) fn speeches(
    plan: &Plan,
    matches: &Matches,
    scores: &[Vec<f32>],
    request: &SearchRequest,
    snapshot: &Snapshot,
) -> Result<Vec<Vec<Candidate>>> {
    let wholes = WholeSpeeches::weigh(plan, matches, request, snapshot)?;
    let mut candidates = Vec::with_capacity(scores.len());
    for (number, (found, scores)) in matches.segments.iter().zip(scores).enumerate() {
        let segment = &snapshot.segments()[number];
        let speeches = found.speeches(segment)?;
        let of_wholes = wholes.scores(found, &speeches, segment)?;
        let headings = segment.headings()?;
        let mut of_segment = Vec::with_capacity(speeches.len());
        for (speech, of_whole) in speeches.into_iter().zip(of_wholes) {
            let (docs, scores) = (&found.docs[speech.clone()], &scores[speech]);
            // What a section is about adds to a speech as its title does.
            let of_heading = wholes.profile.title * of_best_heading(docs, scores, headings);
            of_segment.push(Candidate {
                segment: number as u32,
                doc: segment.start_of(docs[0])?,
                score: of_whole + of_best_passages(scores) + of_heading,
            });
        }
        candidates.push(of_segment);
    }
    Ok(candidates)
}

fn of_best_passages(scores: &[f32]) -> f32 {
    let mut best = scores.to_vec();
    best.sort_unstable_by(|left, right| right.total_cmp(left));
    best.iter().zip(BEST_PASSAGES).map(|(score, share)| score * share).sum()
}

fn of_best_heading(docs: &[DocId], scores: &[f32], headings: &[DocId]) -> f32 {
    let first = headings.partition_point(|heading| *heading < docs[0]);
    let within = headings[first..]
        .iter()
        .take_while(|heading| Some(*heading) <= docs.last());
    let of_headings = within.filter_map(|heading| Some(scores[docs.binary_search(heading).ok()?]));
    of_headings.fold(0.0, f32::max)
}

/// What speeches score as wholes: for each keyword or string of the query BM25, its frequency being the sum over the
/// passages that the filters let in, its length theirs, and the raise where the speech has all of them.
///
/// A keyword of frequency f in a speech of length l adds idf (k1 + 1) f / (f + k1 (1 - b + b l / m)), with m the mean length
/// of the speeches. The idf is that of passages: so wholes and passages weigh on one scale, and a word that is in every
/// speech of a small corpus still counts.
struct WholeSpeeches<'a> {
    snapshot: &'a Snapshot,
    request: &'a SearchRequest,
    profile: RankingProfile,
    /// The leaves that count for a match, each with the most that it can score.
    keywords: Vec<(usize, f32)>,
    /// For each leaf of the plan, the part of the query that it stands for.
    parts: Vec<Option<usize>>,
    mean_length: f32,
}

impl<'a> WholeSpeeches<'a> {
    fn weigh(plan: &Plan, matches: &Matches, request: &'a SearchRequest, snapshot: &'a Snapshot) -> Result<Self> {
        let statistics = CorpusStatistics::read(snapshot)?;
        let positive = (0..plan.leaves.len()).filter(|leaf| plan.is_positive[*leaf]);
        let keywords = positive.map(|leaf| (leaf, most(&leaf_weight(plan, leaf, matches, &statistics))));
        let mut speech_count = 0;
        for segment in snapshot.segments() {
            speech_count += segment.starts()?.len();
        }
        Ok(Self {
            snapshot,
            request,
            profile: RankingProfile::default(),
            keywords: keywords.collect(),
            parts: plan.parts.clone(),
            mean_length: (statistics.tokens() as f32 / speech_count.max(1) as f32).max(1.0),
        })
    }

    /// The score of each of the speeches, which are ranges of the passages that match.
    fn scores(&self, found: &SegmentMatches, speeches: &[Range<usize>], segment: &SegmentView) -> Result<Vec<f32>> {
        let lengths = self.lengths(found, speeches, segment)?;
        let mut scores = vec![0.0; speeches.len()];
        let mut present = PartCounter::new(&self.parts, speeches.len());
        for (leaf, most) in &self.keywords {
            let frequencies = frequencies(&found.leaves[*leaf], &found.docs, speeches);
            for (index, frequency) in frequencies.into_iter().enumerate().filter(|(_, count)| *count > 0) {
                scores[index] += self.profile.speech * most * self.saturation(frequency as f32, lengths[index]);
                present.add(*leaf, index);
            }
        }
        let part_count = part_count(&self.parts, self.keywords.iter().map(|(leaf, _)| *leaf));
        if part_count > 1 {
            for index in present.with_at_least(part_count) {
                scores[index] *= 1.0 + self.profile.all_keywords;
            }
        }
        Ok(scores)
    }

    fn saturation(&self, frequency: f32, length: f32) -> f32 {
        frequency / (frequency + K1 * (1.0 - B + B * length / self.mean_length))
    }

    /// The number of words in what the filters let in of each speech.
    fn lengths(&self, found: &SegmentMatches, speeches: &[Range<usize>], segment: &SegmentView) -> Result<Vec<f32>> {
        let fields = self.snapshot.fields();
        let words: FieldNormReader = segment.reader().get_fieldnorms_reader(fields.units).map_err(damaged)?;
        let filter = SegmentFilter::judge(&self.request.filters, segment, fields)?;
        let is_in = |doc: &DocId| filter.as_ref().is_none_or(|filter| filter.verdict(*doc) == Verdict::In);
        let mut lengths = Vec::with_capacity(speeches.len());
        for speech in speeches {
            let block = segment.block_of(segment.start_of(found.docs[speech.start])?)?;
            let length: u64 = block.filter(is_in).map(|doc| u64::from(words.fieldnorm(doc))).sum();
            lengths.push(length as f32);
        }
        Ok(lengths)
    }
}

/// How often something stands in each of the speeches, which are ranges of `docs`, in the passages of `docs` alone.
fn frequencies(counts: &DocCounts, docs: &[DocId], speeches: &[Range<usize>]) -> Vec<u32> {
    let mut rest = &counts[..];
    let mut frequency_in = |speech: &Range<usize>| {
        let mut frequency: u32 = 0;
        for &doc in &docs[speech.clone()] {
            if rest.first().is_some_and(|(other, _)| *other < doc) {
                rest = &rest[gallop_by(rest, |(other, _)| *other < doc)..];
            }
            if let Some(&(other, count)) = rest.first()
                && other == doc
            {
                frequency = frequency.saturating_add(count);
                rest = &rest[1..];
            }
        }
        frequency
    };
    speeches.iter().map(&mut frequency_in).collect()
}

/// The passages that a hit shows of a speech, best first, with their scores: the best by score, chosen so that together they
/// show the keywords that the speech has. `speech` is a range of the passages that match, `positive` are the leaves that count.
pub(super) fn shown_passages(
    found: &SegmentMatches,
    speech: Range<usize>,
    scores: &[f32],
    positive: &[usize],
) -> Vec<(f32, DocId)> {
    let docs = &found.docs[speech.clone()];
    let scores = &scores[speech];
    let keywords = keywords_in(docs, found, positive);
    let mut best_first: Vec<usize> = (0..docs.len()).collect();
    best_first.sort_by(|left, right| {
        let by_score = rounded(scores[*right]).total_cmp(&rounded(scores[*left]));
        by_score.then(left.cmp(right))
    });
    let of_best: Vec<&[usize]> = best_first.iter().map(|index| &keywords[*index][..]).collect();
    let chosen = chosen(&of_best, BEST_PASSAGES.len()).into_iter();
    chosen
        .map(|place| (scores[best_first[place]], docs[best_first[place]]))
        .collect()
}

/// The keywords in each of some passages that follow one another, as places in `positive`.
fn keywords_in(docs: &[DocId], found: &SegmentMatches, positive: &[usize]) -> Vec<Vec<usize>> {
    let mut keywords = vec![Vec::new(); docs.len()];
    let (Some(first), Some(last)) = (docs.first(), docs.last()) else {
        return keywords;
    };
    for (keyword, leaf) in positive.iter().enumerate() {
        let counts = &found.leaves[*leaf];
        let start = counts.partition_point(|(doc, _)| doc < first);
        for (doc, _) in counts[start..].iter().take_while(|(doc, _)| doc <= last) {
            if let Ok(index) = docs.binary_search(doc) {
                keywords[index].push(keyword);
            }
        }
    }
    keywords
}

/// The places, ascending, of at most `count` passages out of a list that holds the keywords of each, best first.
///
/// They are the first, unless those leave out a keyword. Then each is the one with the most keywords that are not shown yet,
/// the best of equal ones: with three this shows all of up to four keywords wherever three passages can; more may need others.
fn chosen(keywords: &[&[usize]], count: usize) -> Vec<usize> {
    let mut missing: Vec<usize> = keywords.iter().copied().flatten().copied().collect();
    missing.sort_unstable();
    missing.dedup();
    let first: Vec<usize> = (0..keywords.len().min(count)).collect();
    let is_shown = |keyword: &usize| first.iter().any(|place| keywords[*place].contains(keyword));
    if missing.iter().all(is_shown) {
        return first;
    }
    let mut chosen: Vec<usize> = Vec::with_capacity(count);
    while chosen.len() < count {
        let rest = (0..keywords.len()).filter(|place| !chosen.contains(place));
        let new_keywords = |place: usize| {
            keywords[place]
                .iter()
                .filter(|keyword| missing.contains(keyword))
                .count()
        };
        let Some(next) = rest.max_by_key(|place| (new_keywords(*place), Reverse(*place))) else {
            break;
        };
        chosen.push(next);
        missing.retain(|keyword| !keywords[next].contains(keyword));
    }
    chosen.sort_unstable();
    chosen
}

#[cfg(test)]
mod tests {
    use proptest::collection::{btree_set, vec};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_best_passages_are_shown_where_they_show_every_keyword() {
        assert_eq!(chosen(&[&[0], &[1], &[0], &[0, 1]], 3), [0, 1, 2]);
        assert_eq!(chosen(&[&[0, 1], &[], &[]], 3), [0, 1, 2]);
        assert_eq!(chosen(&[&[], &[]], 3), [0, 1]);
        assert_eq!(chosen(&[], 3), [0; 0]);
    }

    #[test]
    fn a_passage_with_a_keyword_that_the_best_leave_out_takes_the_place_of_one() {
        assert_eq!(chosen(&[&[0], &[0], &[0], &[0], &[1]], 3), [0, 1, 4]);
        assert_eq!(chosen(&[&[0], &[0], &[0], &[2], &[1]], 3), [0, 3, 4]);
        assert_eq!(chosen(&[&[0], &[0], &[0, 1], &[2], &[1]], 3), [0, 2, 3]);
    }

    proptest! {
        #[test]
        fn up_to_four_keywords_are_all_shown_where_three_passages_can(
            passages in vec(btree_set(0usize..4, 0..4), 0..12)
        ) {
            let passages: Vec<Vec<usize>> = passages.into_iter().map(|set| set.into_iter().collect()).collect();
            let keywords: Vec<&[usize]> = passages.iter().map(Vec::as_slice).collect();
            let shows_all = |places: &[usize]| {
                let mut all = passages.iter().flatten();
                all.all(|keyword| places.iter().any(|place| passages[*place].contains(keyword)))
            };
            let places = 0..passages.len();
            let triples = places.clone().flat_map(|a| places.clone().map(move |b| (a, b)));
            let possible = triples
                .flat_map(|(a, b)| places.clone().map(move |c| [a, b, c]))
                .any(|triple| shows_all(&triple));
            let chosen = chosen(&keywords, 3);
            prop_assert_eq!(chosen.len(), passages.len().min(3));
            prop_assert!(chosen.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert_eq!(shows_all(&chosen), possible || passages.is_empty());
        }
    }

    #[test]
    fn something_is_counted_in_the_passages_that_match_alone() {
        let counts: DocCounts = vec![(1, 2), (2, 5), (4, 1), (9, 3), (12, 7)];
        assert_eq!(frequencies(&counts, &[1, 3, 4, 9, 10], &[0..3, 3..5]), [3, 3]);
        assert_eq!(frequencies(&Vec::new(), &[1, 3], &[0..1, 1..2]), [0, 0]);
    }
}
