//! The scores of what matches, and the few passages among it that can be the best: those without the rarer keywords are
//! left unscored where even the most that the others can add stays below the last that is shown (MaxScore, Turtle and
//! Flood 1995). What is shown, and its score, is the same as if everything were scored.

mod components;

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use tantivy::DocId;
use tantivy::query::Bm25Weight;

use super::leaf::Leaf;
use super::matches::Matches;
use super::matching::{DocCounts, docs_of, intersection, merged, string_counts, without};
use super::order::Candidate;
use super::parts::{PartCounter, leaf_weight, part_count};
use super::plan::Plan;
use super::profile::RankingProfile;
use super::request::SearchRequest;
use super::scoring::{CorpusStatistics, Scores, WeighedWord, most};
use super::titles::TitleWords;
use crate::error::Result;
use crate::index::Snapshot;
pub(super) use components::{Component, Contribution};

/// Fewer matches than these are all scored.
const FEW_MATCHES: usize = 256;

/// The share by which a bound must stay below a score: more than additions in another order and rounding can differ.
const MARGIN: f32 = 1e-3;

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
    titles: TitleWords,
    /// What the titles score, by segment.
    title_scores: Vec<FxHashMap<DocId, f32>>,
    /// For each word, the leaf without which it stands nowhere.
    leaf_of_words: Vec<Option<usize>>,
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
        let literal_of = |segment| match plan.literal.is_empty() {
            true => Vec::new(),
            false => string_counts(&plan.literal, segment, request.stage_directions),
        };
        let titles = TitleWords::weigh(&plan.scoring_words, snapshot)?;
        let title_scores = snapshot
            .segments()
            .iter()
            .map(|segment| titles.scores(segment, snapshot));
        let title_scores = title_scores.collect::<Result<_>>()?;
        let literal: Vec<DocCounts> = snapshot.segments().iter().map(literal_of).collect();
        Ok(Self {
            snapshot,
            matches,
            profile: request.profile,
            leaves: positive
                .map(|leaf| (leaf, leaf_weight(plan, leaf, matches, &statistics)))
                .collect(),
            parts: plan.parts.clone(),
            is_field: plan.leaves.iter().map(Leaf::is_field).collect(),
            leaf_of_words: words.iter().map(|word| leaf_of_word(&word.word, plan)).collect(),
            words,
            titles,
            title_scores,
            literal_weight: statistics.weight(literal.iter().map(|counts| counts.len() as u64).sum()),
            literal,
        })
    }

    /// The score of each of some passages of a segment, ascending.
    pub(super) fn scores(&self, number: usize, docs: &[DocId]) -> Result<Vec<f32>> {
        let mut scores = Scores::new(docs, &self.snapshot.segments()[number], self.snapshot)?;
        let mut present = PartCounter::new(&self.parts, docs.len());
        for component in self.components() {
            self.add(component, number, &mut scores, &mut present)?;
        }
        Ok(scores.into_scores())
    }

    /// The passages of a segment that can be among the best `count`, with their scores.
    pub(super) fn best(&self, number: usize, count: usize) -> Result<Vec<Candidate>> {
        let found = &self.matches.segments[number];
        let mut candidates = Vec::new();
        if found.docs.len() <= count.max(FEW_MATCHES) || self.leaves.len() < 2 {
            self.score(number, &found.docs, &mut candidates)?;
            return Ok(candidates);
        }
        let mut rarest_first: Vec<usize> = (0..self.leaves.len()).collect();
        rarest_first.sort_by_key(|index| found.leaves[self.leaves[*index].0].len());
        let mut taken: Vec<DocId> = Vec::new();
        let mut next = intersection(&found.docs, &docs_of(&self.literal[number]));
        for (taken_leaves, index) in rarest_first.iter().enumerate() {
            let with_leaf = intersection(&found.docs, &docs_of(&found.leaves[self.leaves[*index].0]));
            next = merged(Cow::Owned(next), Cow::Owned(with_leaf)).into_owned();
            let new = without(next.clone(), &taken);
            self.score(number, &new, &mut candidates)?;
            taken = merged(Cow::Borrowed(&taken), Cow::Owned(new)).into_owned();
            next = Vec::new();
            let bound = self.most_without(&rarest_first[..=taken_leaves]);
            if last_of_best(&candidates, count).is_some_and(|last| bound < last * (1.0 - MARGIN)) {
                return Ok(candidates);
            }
        }
        self.score(number, &without(found.docs.clone(), &taken), &mut candidates)?;
        Ok(candidates)
    }

    /// Adds some passages of a segment, ascending, to the candidates.
    pub(super) fn score(&self, number: usize, docs: &[DocId], candidates: &mut Vec<Candidate>) -> Result<()> {
        let scores = self.scores(number, docs)?;
        candidates.extend(docs.iter().zip(scores).map(|(doc, score)| Candidate {
            segment: number as u32,
            doc: *doc,
            score,
        }));
        Ok(())
    }

    /// The most that a passage can score that has neither the literal query nor any of these leaves.
    fn most_without(&self, absent: &[usize]) -> f32 {
        let absent_leaves: Vec<usize> = absent.iter().map(|index| self.leaves[*index].0).collect();
        let present = self.leaves.iter().filter(|(leaf, _)| !absent_leaves.contains(leaf));
        let of_leaves: f32 = present.map(|(_, weight)| self.profile.string * most(weight)).sum();
        let words = self.words.iter().zip(&self.leaf_of_words);
        let possible = words.filter(|(_, leaf)| leaf.is_none_or(|leaf| !absent_leaves.contains(&leaf)));
        let of_words: f32 = possible.map(|(word, _)| self.profile.word * most(&word.weight)).sum();
        let of_passage = of_leaves + of_words + self.profile.title * self.titles.most();
        let most = of_passage * (1.0 + self.profile.heading);
        let may_have_all = self.part_count() > 1 && self.part_count_without(&absent_leaves) == self.part_count();
        if may_have_all {
            most * (1.0 + self.profile.all_keywords)
        } else {
            most
        }
    }

    /// The number of parts of the query that a passage can have.
    fn part_count(&self) -> usize {
        self.part_count_without(&[])
    }

    fn part_count_without(&self, absent: &[usize]) -> usize {
        let leaves = self.leaves.iter().map(|(leaf, _)| *leaf);
        part_count(&self.parts, leaves.filter(|leaf| !absent.contains(leaf)))
    }
}

/// The positive leaf that stands in every passage with a word.
fn leaf_of_word(word: &str, plan: &Plan) -> Option<usize> {
    (0..plan.leaves.len()).find(|index| plan.is_positive[*index] && plan.leaves[*index].stands_with(word))
}

/// The score of the last of the best `count` candidates, where there are as many.
fn last_of_best(candidates: &[Candidate], count: usize) -> Option<f32> {
    let index = count.checked_sub(1).filter(|index| *index < candidates.len())?;
    let mut scores: Vec<f32> = candidates.iter().map(|candidate| candidate.score).collect();
    let (_, last, _) = scores.select_nth_unstable_by(index, |left, right| right.total_cmp(left));
    Some(*last)
}
