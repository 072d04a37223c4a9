//! The second stage of the ranking: the best passages of the first one are read unit by unit, and what the query's wording
//! and theirs have in common is added to their scores.
//!
//! What it adds is never negative, so that passages which were not read stay behind those that were; it changes neither what
//! matches nor any count. Its numbers are those of the whole corpus, so it is the same however the index is divided.

mod passage;
mod tokens;
mod weighing;

use rustc_hash::FxHashMap;
use tantivy::DocId;

use super::order::{Candidate, Wanted, first};
use super::plan::Plan;
use super::profile::RankingProfile;
use super::request::{SearchRequest, Sort};
use super::scoring::rounded;
use crate::error::Result;
use crate::index::Snapshot;
pub(super) use passage::Likeness;
use passage::PassageReader;
use tokens::SegmentTokens;
use weighing::WeighedWording;

/// The second stage of one search.
pub(super) struct SecondStage<'a> {
    snapshot: &'a Snapshot,
    profile: RankingProfile,
    wording: WeighedWording,
}

impl<'a> SecondStage<'a> {
    /// Weighs the wording of a query.
    pub(super) fn weigh(plan: &Plan, request: &SearchRequest, snapshot: &'a Snapshot) -> Result<Self> {
        Ok(Self {
            snapshot,
            profile: request.profile,
            wording: WeighedWording::weigh(&plan.wording, snapshot)?,
        })
    }

    /// The number of passages that are read.
    pub(super) fn depth(&self) -> usize {
        self.profile.depth
    }

    /// Reads the best of some candidates, by segment, and raises their scores; says what it added to which.
    pub(super) fn refine(&self, candidates: &mut [Vec<Candidate>]) -> Result<Refined> {
        let best = self.best(candidates)?;
        let mut refined = Refined::default();
        for (number, of_segment) in candidates.iter_mut().enumerate() {
            let docs: Vec<DocId> = best
                .iter()
                .filter(|candidate| candidate.segment as usize == number)
                .map(|candidate| candidate.doc)
                .collect();
            if docs.is_empty() {
                continue;
            }
            let found = self.likenesses(number, docs)?;
            for candidate in of_segment {
                if let Some(likeness) = found.get(&candidate.doc) {
                    candidate.score += likeness.score();
                    refined.likenesses.insert((candidate.segment, candidate.doc), *likeness);
                }
            }
        }
        Ok(refined)
    }

    /// What each of some passages of a segment has in common with the query.
    fn likenesses(&self, number: usize, docs: Vec<DocId>) -> Result<FxHashMap<DocId, Likeness>> {
        let segment = &self.snapshot.segments()[number];
        let headings = segment.headings()?;
        let mut tokens = SegmentTokens::open(&self.wording, self.profile.kin, segment)?;
        let mut reader = PassageReader::new(&self.wording, &self.profile);
        let mut found = FxHashMap::default();
        for doc in docs {
            let mut likeness = reader.likeness(tokens.of(doc)?);
            if headings.binary_search(&doc).is_ok() {
                likeness.heading = self.profile.heading * likeness.score();
            }
            found.insert(doc, likeness);
        }
        Ok(found)
    }

    /// The best candidates by score. Of many with the score of the last of them, those that come first in the order.
    fn best(&self, candidates: &[Vec<Candidate>]) -> Result<Vec<Candidate>> {
        let all: Vec<Candidate> = candidates.iter().flatten().copied().collect();
        let depth = self.depth();
        if self.wording.is_empty() || depth == 0 {
            return Ok(Vec::new());
        }
        if all.len() <= depth {
            return Ok(all);
        }
        let mut scores: Vec<f32> = all.iter().map(|candidate| candidate.score).collect();
        let (_, last, _) = scores.select_nth_unstable_by(depth - 1, |left, right| right.total_cmp(left));
        let last = rounded(*last);
        let is_better = |candidate: &&Candidate| rounded(candidate.score) > last;
        let mut best: Vec<Candidate> = all.iter().filter(is_better).copied().collect();
        let tied = candidates.iter().map(|of_segment| {
            let tied = of_segment.iter().filter(|candidate| rounded(candidate.score) == last);
            tied.copied().collect()
        });
        let tied: Vec<Vec<Candidate>> = tied.collect();
        let tied_count: usize = tied.iter().map(Vec::len).sum();
        // A few more than `depth` are read rather than told apart, for which their ids would have to be read.
        if best.len() + tied_count <= 2 * depth {
            best.extend(tied.into_iter().flatten());
            return Ok(best);
        }
        let wanted = Wanted {
            sort: Sort::Relevance,
            count: depth - best.len(),
            after: None,
        };
        best.extend(first(tied, wanted, self.snapshot)?);
        Ok(best)
    }
}

/// What the second stage added to which passages.
#[derive(Default)]
pub(super) struct Refined {
    likenesses: FxHashMap<(u32, DocId), Likeness>,
}

impl Refined {
    /// Whether a passage was read.
    pub(super) fn has(&self, candidate: &Candidate) -> bool {
        self.likeness(candidate.segment, candidate.doc).is_some()
    }

    /// Takes in what was added to others.
    pub(super) fn extend(&mut self, other: Self) {
        self.likenesses.extend(other.likenesses);
    }

    /// What was added to a passage of a segment; `None` where it was not among those that were read.
    pub(super) fn likeness(&self, segment: u32, doc: DocId) -> Option<Likeness> {
        self.likenesses.get(&(segment, doc)).copied()
    }
}
