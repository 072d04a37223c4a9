//! The second stage of the ranking: the best passages of the first one are read unit by unit, and what the query's wording
//! and theirs have in common is added to their scores.
//!
//! What it adds is never negative, so that passages which were not read stay behind those that were; it changes neither what
//! matches nor any count. Its numbers are those of the whole corpus, so it is the same however the index is divided.

mod kin;
mod passage;
mod tokens;
mod weighing;

use rustc_hash::FxHashMap;
use tantivy::DocId;

use super::order::{Candidate, Wanted, first};
use super::plan::Plan;
use super::profile::RankingProfile;
use super::ranking::Ranking;
use super::request::{SearchRequest, Sort};
use super::scoring::rounded;
use crate::error::Result;
use crate::index::Snapshot;
use crate::stop::Stop;
pub(super) use passage::Likeness;
use passage::PassageReader;
use tokens::SegmentTokens;
use weighing::WeighedWording;

/// How many passages are read before it is asked whether to go on.
const BETWEEN_LOOKS: usize = 64;

/// The second stage of one search.
pub(super) struct SecondStage<'a> {
    snapshot: &'a Snapshot,
    profile: RankingProfile,
    wording: WeighedWording,
    stop: Stop,
}

impl<'a> SecondStage<'a> {
    /// Weighs the wording of a query.
    pub(super) fn weigh(plan: &Plan, request: &SearchRequest, snapshot: &'a Snapshot) -> Result<Self> {
        Ok(Self {
            snapshot,
            profile: request.profile,
            wording: WeighedWording::weigh(&plan.wording, snapshot)?,
            stop: request.stop.clone(),
        })
    }

    /// The number of passages that are read.
    pub(super) fn depth(&self) -> usize {
        self.profile.depth
    }

    /// Looks at the best of some candidates, by segment with the scores of the first stage, more closely; says what was added
    /// to which.
    pub(super) fn refine(&self, candidates: &mut [Vec<Candidate>], ranking: &Ranking<'_>) -> Result<Refined> {
        let docs_by_segment = self.best(candidates)?;
        for (number, (of_segment, docs)) in candidates.iter_mut().zip(&docs_by_segment).enumerate() {
            let mut chosen: Vec<&mut Candidate> = of_segment
                .iter_mut()
                .filter(|candidate| docs.binary_search(&candidate.doc).is_ok())
                .collect();
            chosen.sort_unstable_by_key(|candidate| candidate.doc);
            let scores = chosen.iter().map(|candidate| candidate.score).collect();
            for (candidate, score) in chosen.into_iter().zip(ranking.refined(number, docs, scores)?) {
                candidate.score = score;
                candidate.is_refined = true;
            }
        }
        self.add_likenesses(candidates, docs_by_segment)
    }

    /// Reads the best of some candidates, by segment with their whole scores but for this; says what was added to which.
    pub(super) fn compare(&self, candidates: &mut [Vec<Candidate>]) -> Result<Refined> {
        let docs_by_segment = self.best(candidates)?;
        self.add_likenesses(candidates, docs_by_segment)
    }

    /// Reads all of some passages, by segment with their whole scores but for this; says what was added to which.
    pub(super) fn compare_all(&self, candidates: &mut [Vec<Candidate>]) -> Result<Refined> {
        let docs = |of_segment: &Vec<Candidate>| of_segment.iter().map(|candidate| candidate.doc).collect();
        let docs_by_segment = match self.depth() {
            0 => vec![Vec::new(); candidates.len()],
            _ => candidates.iter().map(docs).collect(),
        };
        self.add_likenesses(candidates, docs_by_segment)
    }

    /// Adds to the scores of some passages of each segment what they have in common with the query.
    fn add_likenesses(&self, candidates: &mut [Vec<Candidate>], docs_by_segment: Vec<Vec<DocId>>) -> Result<Refined> {
        let mut refined = Refined::default();
        for (number, (of_segment, docs)) in candidates.iter_mut().zip(docs_by_segment).enumerate() {
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
        if self.wording.is_empty() {
            return Ok(FxHashMap::default());
        }
        let segment = &self.snapshot.segments()[number];
        let headings = segment.headings()?;
        let mut tokens = SegmentTokens::open(&self.wording, self.profile.kin, segment)?;
        let mut reader = PassageReader::new(&self.wording, &self.profile);
        let mut found = FxHashMap::default();
        for (index, doc) in docs.into_iter().enumerate() {
            if index % BETWEEN_LOOKS == 0 {
                self.stop.check()?;
            }
            let mut likeness = reader.likeness(tokens.of(doc)?);
            if headings.binary_search(&doc).is_ok() {
                likeness.heading = self.profile.heading * likeness.score();
            }
            found.insert(doc, likeness);
        }
        Ok(found)
    }

    /// The best candidates by score, the passages of each segment ascending. Of many with the score of the last of them, those
    /// that come first in the order.
    fn best(&self, candidates: &[Vec<Candidate>]) -> Result<Vec<Vec<DocId>>> {
        let mut docs: Vec<Vec<DocId>> = vec![Vec::new(); candidates.len()];
        let depth = self.depth();
        let mut scores: Vec<f32> = candidates.iter().flatten().map(|candidate| candidate.score).collect();
        if depth == 0 {
            return Ok(docs);
        }
        let last = match scores.len() <= depth {
            true => -1.0,
            false => {
                let (_, last, _) = scores.select_nth_unstable_by(depth - 1, |left, right| right.total_cmp(left));
                rounded(*last)
            }
        };
        let mut best: Vec<Candidate> = Vec::with_capacity(depth);
        let mut tied: Vec<Vec<Candidate>> = vec![Vec::new(); candidates.len()];
        for candidate in candidates.iter().flatten() {
            let score = rounded(candidate.score);
            if score > last {
                best.push(*candidate);
            } else if score == last {
                tied[candidate.segment as usize].push(*candidate);
            }
        }
        // A few more than `depth` are read rather than told apart, for which their ids would have to be read.
        let tied_count: usize = tied.iter().map(Vec::len).sum();
        if best.len() + tied_count <= 2 * depth {
            best.extend(tied.into_iter().flatten());
        } else {
            let wanted = Wanted {
                sort: Sort::Relevance,
                count: depth.saturating_sub(best.len()),
                after: None,
            };
            best.extend(first(tied, wanted, self.snapshot)?);
        }
        for candidate in best {
            docs[candidate.segment as usize].push(candidate.doc);
        }
        docs.iter_mut().for_each(|docs| docs.sort_unstable());
        Ok(docs)
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
