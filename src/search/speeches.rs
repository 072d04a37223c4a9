//! Speeches as hits: the score of a speech, from the speech as a whole, its best passages and its headings, and the passages
//! that show it.
//!
//! A speech of which only the best passage counts is found by its luckiest paragraph; one of which only the whole counts is
//! found by its length. Added together both do better than either (Callan 1994; Bendersky and Kurland 2008).

mod wholes;

use std::cmp::Reverse;
use std::ops::Range;

use tantivy::DocId;

use super::matches::{Matches, SegmentMatches};
use super::order::Candidate;
use super::plan::Plan;
use super::request::SearchRequest;
use super::scoring::rounded;
use crate::error::Result;
use crate::index::Snapshot;
pub(super) use wholes::WholeSpeeches;

/// How much the best, second-best and third-best passages of a speech add to its score.
const BEST_PASSAGES: [f32; 3] = [1.0, 0.3, 0.1];

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
            of_segment.push(Candidate {
                segment: number as u32,
                doc: segment.start_of(docs[0])?,
                is_refined: true,
                score: of_whole
                    + of_best_passages(scores)
                    + request.profile.title * of_best_heading(docs, scores, headings),
            });
        }
        candidates.push(of_segment);
    }
    Ok(candidates)
}

/// What the best passages of a speech add to its score.
pub(super) fn of_best_passages(scores: &[f32]) -> f32 {
    let mut best = scores.to_vec();
    best.sort_unstable_by(|left, right| right.total_cmp(left));
    best.iter().zip(BEST_PASSAGES).map(|(score, share)| score * share).sum()
}

/// The score of the best of its headings: what a section is about adds to a speech as its title does.
pub(super) fn of_best_heading(docs: &[DocId], scores: &[f32], headings: &[DocId]) -> f32 {
    let first = headings.partition_point(|heading| *heading < docs[0]);
    let within = headings[first..]
        .iter()
        .take_while(|heading| Some(*heading) <= docs.last());
    let of_headings = within.filter_map(|heading| Some(scores[docs.binary_search(heading).ok()?]));
    of_headings.fold(0.0, f32::max)
}

/// The number of passages that add to the score of a speech with so many that match.
pub(super) fn best_passage_count(matching: usize) -> usize {
    matching.min(BEST_PASSAGES.len())
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
}
