//! How many parts of a query each of some matches has, where a part is found by any of several leaves.

use tantivy::DocId;
use tantivy::query::Bm25Weight;

use super::leaf::Matcher;
use super::matches::Matches;
use super::matching::DocCounts;
use super::plan::Plan;
use super::request::FilterField;
use super::scoring::{CorpusStatistics, for_each_common};
use crate::corpus::Field;

/// How much a title asked for by its field weighs beside a string in the text.
const WEIGHT_OF_TITLES: f32 = 2.0;

/// Counts the parts that each match has. The leaves of one part are added one after the other.
pub(super) struct PartCounter<'a> {
    part_of_leaf: &'a [Option<usize>],
    /// For each match, how many parts it has, and the one that was counted last.
    counts: Vec<(usize, Option<usize>)>,
}

impl<'a> PartCounter<'a> {
    pub(super) fn new(part_of_leaf: &'a [Option<usize>], match_count: usize) -> Self {
        Self {
            part_of_leaf,
            counts: vec![(0, None); match_count],
        }
    }

    /// Notes the matches, ascending passages, that have a leaf.
    pub(super) fn add_leaf(&mut self, leaf: usize, counts: &DocCounts, docs: &[DocId]) {
        for_each_common(counts, docs, |matched, _| self.add(leaf, matched));
    }

    /// Notes that a match has a leaf.
    pub(super) fn add(&mut self, leaf: usize, matched: usize) {
        let part = self.part_of_leaf[leaf];
        let (count, last) = &mut self.counts[matched];
        if part.is_some() && part != *last {
            *count += 1;
            *last = part;
        }
    }

    /// The matches that have at least so many parts.
    pub(super) fn with_at_least(&self, parts: usize) -> impl Iterator<Item = usize> {
        let counted = self.counts.iter().enumerate();
        counted
            .filter(move |(_, (count, _))| *count >= parts)
            .map(|(matched, _)| matched)
    }
}

/// The number of different parts of a query that some leaves stand for.
pub(super) fn part_count(part_of_leaf: &[Option<usize>], leaves: impl Iterator<Item = usize>) -> usize {
    let mut parts: Vec<usize> = leaves.filter_map(|leaf| part_of_leaf[leaf]).collect();
    parts.sort_unstable();
    parts.dedup();
    parts.len()
}

/// The weight of a leaf: how rare it is, times what the query says. A field says where to look and scores nothing, but for
/// the title, which says what a speech is about.
pub(super) fn leaf_weight(
    plan: &Plan,
    index: usize,
    matches: &Matches,
    statistics: &CorpusStatistics<'_>,
) -> Bm25Weight {
    let leaf = &plan.leaves[index];
    let factor = match &leaf.matcher {
        Matcher::Field(condition) => match condition.field {
            FilterField::Known(Field::Title | Field::Subtitle) => WEIGHT_OF_TITLES,
            _ => 0.0,
        },
        _ => 1.0,
    };
    statistics
        .weight(matches.passages_with(index))
        .boost_by(factor * leaf.weight)
}
