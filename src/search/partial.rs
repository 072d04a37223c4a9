//! What is shown behind few matches: passages that have a part of the words of a plain query.
//!
//! Keywords of several words, half remembered or a whole question, are matched by a handful of passages or by the wrong ones,
//! and what was meant has most of the words. Such passages follow behind everything that matches, are marked, and count
//! in no total.

use rustc_hash::FxHashSet;
use tantivy::DocId;

use super::filters::{SegmentFilter, Verdict};
use super::matches::{Matches, passages_with_words};
use super::matching::without;
use super::order::Candidate;
use super::plan::Plan;
use super::ranking::Ranking;
use super::request::{HitUnit, SearchRequest, Sort};
use super::second_stage::{Refined, SecondStage};
use crate::error::Result;
use crate::index::Snapshot;

/// The share of the score of the last match that the best passage behind it has at most.
const BEHIND: f32 = 0.99;

/// The passages that are shown behind the matches.
#[derive(Default)]
pub(super) struct Partial {
    passages: FxHashSet<(u32, DocId)>,
    /// By how much their scores were multiplied to come behind those of the matches.
    scale: f32,
}

impl Partial {
    /// By how much the score of a passage was multiplied, where it is one of those that are shown behind the matches.
    pub(super) fn scale_of(&self, segment: u32, doc: DocId) -> Option<f32> {
        self.passages.contains(&(segment, doc)).then_some(self.scale)
    }
}

/// Looks for passages to show behind the matches of a search.
pub(super) struct PartialSearch<'a> {
    pub(super) plan: &'a Plan,
    pub(super) matches: &'a Matches,
    pub(super) request: &'a SearchRequest,
    pub(super) snapshot: &'a Snapshot,
    pub(super) ranking: &'a Ranking<'a>,
    pub(super) second_stage: &'a SecondStage<'a>,
}

impl PartialSearch<'_> {
    /// Adds to the matches, by segment and with their scores, the passages to show behind them.
    pub(super) fn add(&self, candidates: &mut [Vec<Candidate>], refined: &mut Refined) -> Result<Partial> {
        let matched = candidates.iter().flatten().map(|candidate| candidate.score);
        let last_score = matched.fold(f32::INFINITY, f32::min);
        if !self.is_wanted() || last_score <= 0.0 {
            return Ok(Partial::default());
        }
        let mut behind = vec![Vec::new(); candidates.len()];
        for (number, of_segment) in behind.iter_mut().enumerate() {
            *of_segment = self
                .ranking
                .best(number, &self.docs(number)?, self.second_stage.depth())?;
        }
        let read = self.second_stage.refine(&mut behind, self.ranking)?;
        // What was not read is not among the best of them.
        behind
            .iter_mut()
            .for_each(|of_segment| of_segment.retain(|candidate| read.has(candidate)));
        let scores = behind.iter().flatten().map(|candidate| candidate.score);
        let best_score = scores.fold(f32::MIN_POSITIVE, f32::max);
        let mut partial = Partial {
            passages: FxHashSet::default(),
            scale: (BEHIND * last_score / best_score).min(1.0),
        };
        for (of_segment, behind) in candidates.iter_mut().zip(behind) {
            for mut candidate in behind {
                candidate.score *= partial.scale;
                partial.passages.insert((candidate.segment, candidate.doc));
                of_segment.push(candidate);
            }
        }
        refined.extend(read);
        Ok(partial)
    }

    /// Whether there are few matches, and the query asks for several words.
    fn is_wanted(&self) -> bool {
        let is_ranked = self.request.by == HitUnit::Passage && self.request.sort == Sort::Relevance;
        let count: usize = self.matches.segments.iter().map(|found| found.docs.len()).sum();
        let is_few = (1..self.request.profile.page).contains(&count) && !self.matches.relaxed;
        self.request.partial && is_ranked && is_few && self.plan.may_relax && self.plan.wording.words.len() > 1
    }

    /// The passages of a segment that have a word of the query, are let in by the filters and do not match.
    fn docs(&self, number: usize) -> Result<Vec<DocId>> {
        let (found, segment) = (&self.matches.segments[number], &self.snapshot.segments()[number]);
        let with_words = passages_with_words(self.plan, found, segment, self.snapshot)?;
        let mut docs = without(with_words, &found.docs);
        if let Some(filter) = SegmentFilter::judge(&self.request.filters, segment, self.snapshot.fields())? {
            docs.retain(|doc| filter.verdict(*doc) == Verdict::In);
        }
        Ok(docs)
    }
}
