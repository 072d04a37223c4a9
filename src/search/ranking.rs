//! The scores of what matches: what leaves and words score in everything (the first stage), and for the best of that what else
//! says that a passage is about the query.

mod components;
mod first_stage;

use tantivy::DocId;
use tantivy::query::Bm25Weight;

use super::leaf::Leaf;
use super::matches::Matches;
use super::matching::{DocCounts, stands_as, string_counts};
use super::parts::{PartCounter, leaf_weight, part_count};
use super::plan::Plan;
use super::profile::RankingProfile;
use super::request::SearchRequest;
use super::scoring::{CorpusStatistics, Scores, WeighedWord};
use super::titles::TitleWords;
use crate::error::Result;
use crate::index::Snapshot;
pub(super) use components::{Component, Contribution};

/// What the score of every match of a search is made of.
pub(super) struct Ranking<'a> {
    snapshot: &'a Snapshot,
    matches: &'a Matches,
    profile: RankingProfile,
    /// The leaves that count for a match, with their weights.
    leaves: Vec<(usize, Bm25Weight)>,
    /// For each leaf of the plan, the part of the query that it stands for.
    parts: Vec<Option<usize>>,
    /// For each leaf of the plan, whether it looks at metadata.
    is_field: Vec<bool>,
    words: Vec<WeighedWord>,
    /// For each word, the leaf that stands just where it does, as often.
    same_leaves: Vec<Option<usize>>,
    titles: TitleWords,
    /// Where the whole query stands as written, by segment.
    literal: Vec<DocCounts>,
    literal_weight: Bm25Weight,
}

impl<'a> Ranking<'a> {
    /// Weighs the parts of a plan.
    pub(super) fn weigh(
        plan: &Plan,
        matches: &'a Matches,
        request: &SearchRequest,
        snapshot: &'a Snapshot,
    ) -> Result<Self> {
        let statistics = CorpusStatistics::read(snapshot)?;
        let mut words = statistics.weigh_words(&plan.scoring_words)?;
        for word in &mut words {
            word.weight = word.weight.boost_by(plan.word_weight(&word.word));
        }
        let positive = (0..plan.leaves.len()).filter(|leaf| plan.is_positive[*leaf]);
        let literal_units: Vec<&str> = plan.literal.iter().map(String::as_str).collect();
        let literal_of = |segment| match plan.literal.is_empty() {
            true => Ok(Vec::new()),
            false => string_counts(&literal_units, segment, snapshot, request.stage_directions),
        };
        let literal: Vec<DocCounts> = snapshot.segments().iter().map(literal_of).collect::<Result<_>>()?;
        let same_leaf = |word: &WeighedWord| same_leaf(&word.word, plan, request, snapshot);
        Ok(Self {
            snapshot,
            matches,
            profile: request.profile,
            leaves: positive
                .map(|leaf| (leaf, leaf_weight(plan, leaf, matches, &statistics)))
                .collect(),
            parts: plan.parts.clone(),
            is_field: plan.leaves.iter().map(Leaf::is_field).collect(),
            same_leaves: words.iter().map(same_leaf).collect(),
            words,
            titles: TitleWords::weigh(&plan.scoring_words, snapshot)?,
            literal_weight: statistics.weight(literal.iter().map(|counts| counts.len() as u64).sum()),
            literal,
        })
    }

    /// The whole score of each of some passages of a segment, ascending.
    pub(super) fn scores(&self, number: usize, docs: &[DocId]) -> Result<Vec<f32>> {
        let of_first_stage = self.first_stage(number, docs)?;
        self.refined(number, docs, of_first_stage)
    }

    /// The scores of some passages of a segment, ascending, with what is looked at more closely.
    pub(super) fn refined(&self, number: usize, docs: &[DocId], scores: Vec<f32>) -> Result<Vec<f32>> {
        let segment = &self.snapshot.segments()[number];
        let mut scores = Scores::on(docs, scores, segment, self.snapshot)?;
        let present = self.parts_present(number, docs);
        for component in Component::REFINING {
            self.add(component, number, &mut scores, &present)?;
        }
        Ok(scores.into_scores())
    }

    /// The parts of the query that each of some passages has, counted where that matters.
    fn parts_present(&self, number: usize, docs: &[DocId]) -> PartCounter<'_> {
        let mut present = PartCounter::new(&self.parts, docs.len());
        if self.part_count() > 1 {
            for (leaf, _) in &self.leaves {
                present.add_leaf(*leaf, &self.matches.segments[number].leaves[*leaf], docs);
            }
        }
        present
    }

    /// The number of parts of the query that a passage can have.
    fn part_count(&self) -> usize {
        part_count(&self.parts, self.leaves.iter().map(|(leaf, _)| *leaf))
    }
}

/// The leaf that stands just where a word does, and as often.
fn same_leaf(word: &str, plan: &Plan, request: &SearchRequest, snapshot: &Snapshot) -> Option<usize> {
    (0..plan.leaves.len())
        .find(|index| plan.is_positive[*index] && stands_as(&plan.leaves[*index], word, request, snapshot))
}
