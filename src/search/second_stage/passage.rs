//! What one passage has in common with the query: its units, its pairs of units, and how near its words stand to each other.
//!
//! Units and pairs score by BM25 (Robertson & Zaragoza 2009): w (k1 + 1) f / (f + k1 (1 - b + b l / m)) for a part of weight w
//! that stands f times in a passage of l units, m being their mean number. Two words whose weights are at least w and between
//! which there are at least g units add w / (1 + g / h), as nearness does in Tao and Zhai (2007).

use super::weighing::{Token, WeighedWording};
use crate::search::profile::RankingProfile;

/// The number of units between two words at which their nearness counts half.
const HALF_NEAR: f32 = 8.0;

/// What a passage has in common with a query.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::search) struct Likeness {
    /// What its units score.
    pub(in crate::search) units: f32,
    /// How many different units of the query it has.
    pub(in crate::search) unit_count: u32,
    /// What its pairs of units score.
    pub(in crate::search) pairs: f32,
    /// How many different pairs of the query it has.
    pub(in crate::search) pair_count: u32,
    /// What the nearness of its words scores.
    pub(in crate::search) nearness: f32,
    /// How many different words of the query it has.
    pub(in crate::search) word_count: u32,
    /// What is added to all of this where the passage is the heading of a section.
    pub(in crate::search) heading: f32,
}

impl Likeness {
    /// What it adds to the score of the passage.
    pub(in crate::search) fn score(&self) -> f32 {
        self.units + self.pairs + self.nearness + self.heading
    }
}

/// Compares passages with a query, one after the other.
pub(super) struct PassageReader<'a> {
    wording: &'a WeighedWording,
    profile: &'a RankingProfile,
    /// How often each unit of the query stands in the passage.
    units: Vec<u32>,
    /// How often each pair does.
    pairs: Vec<u32>,
    /// Where each word ends that was seen last.
    ends: Vec<Option<usize>>,
    /// The fewest units between two words, by their places.
    gaps: Vec<Option<usize>>,
}

impl<'a> PassageReader<'a> {
    pub(super) fn new(wording: &'a WeighedWording, profile: &'a RankingProfile) -> Self {
        let word_count = wording.words.len();
        Self {
            wording,
            profile,
            units: vec![0; wording.units.len()],
            pairs: vec![0; wording.pairs.len()],
            ends: vec![None; word_count],
            gaps: vec![None; word_count * word_count],
        }
    }

    /// What a passage of these tokens has in common with the query.
    pub(super) fn likeness(&mut self, tokens: &[Token]) -> Likeness {
        self.units.fill(0);
        self.pairs.fill(0);
        self.ends.fill(None);
        self.gaps.fill(None);
        for (position, token) in tokens.iter().enumerate().filter(|(_, token)| **token != 0) {
            self.units[usize::from(*token) - 1] += 1;
            let before = position.checked_sub(1).map_or(0, |before| tokens[before]);
            if before != 0
                && let Some(pair) = self.wording.pairs.get(&(before, *token))
            {
                self.pairs[*pair] += 1;
            }
            self.end_words(&tokens[..=position]);
        }
        self.score(tokens.len())
    }

    /// Notes the words that end where some tokens do.
    fn end_words(&mut self, tokens: &[Token]) {
        let count = self.wording.words.len();
        for (place, word) in self.wording.words.iter().enumerate() {
            if !tokens.ends_with(&word.tokens) {
                continue;
            }
            let start = tokens.len() - word.tokens.len();
            for (other, end) in self.ends.iter().enumerate().filter(|(other, _)| *other != place) {
                let Some(end) = end else { continue };
                let gap = start.saturating_sub(*end);
                let nearest = &mut self.gaps[place.min(other) * count + place.max(other)];
                *nearest = Some(nearest.map_or(gap, |nearest| nearest.min(gap)));
            }
            self.ends[place] = Some(tokens.len());
        }
    }

    fn score(&self, length: usize) -> Likeness {
        let profile = self.profile;
        let relative_length = length as f32 / self.wording.mean_length;
        let damping = profile.saturation * (1.0 - profile.length + profile.length * relative_length);
        let bm25 = |weight: f32, count: u32| match count {
            0 => 0.0,
            _ => weight * (profile.saturation + 1.0) * count as f32 / (count as f32 + damping),
        };
        let mut likeness = Likeness::default();
        for (unit, count) in self.wording.units.iter().zip(&self.units) {
            likeness.units += profile.units * bm25(unit.weight, *count);
            likeness.unit_count += u32::from(*count > 0 && unit.weight > 0.0);
        }
        for (weight, count) in self.wording.pair_weights.iter().zip(&self.pairs) {
            likeness.pairs += profile.pairs * bm25(*weight, *count);
            likeness.pair_count += u32::from(*count > 0);
        }
        likeness.nearness = profile.nearness * self.nearness();
        likeness.word_count = self.ends.iter().flatten().count() as u32;
        likeness
    }

    fn nearness(&self) -> f32 {
        let words = &self.wording.words;
        let mut nearness = 0.0;
        for (place, gap) in self.gaps.iter().enumerate() {
            let Some(gap) = gap else { continue };
            let (left, right) = (&words[place / words.len()], &words[place % words.len()]);
            nearness += left.weight.min(right.weight) / (1.0 + *gap as f32 / HALF_NEAR);
        }
        nearness
    }
}
