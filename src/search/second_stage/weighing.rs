//! A wording → tokens, pairs and words, each with its weight in the corpus.
//!
//! How rare a string is follows from how often it stands, which the string index says at once: if the n occurrences were
//! strewn over the N passages, N (1 - exp(-n / N)) passages would have one.

use rustc_hash::FxHashMap;
use tantivy::Term;

use crate::error::Result;
use crate::index::{Snapshot, damaged};
use crate::search::plan::{Wording, WordingUnit};
use crate::search::two_readings;

/// The most different units of a query that are compared; a token is its place among them, counted from 1.
const MOST_TOKENS: usize = 120;
/// The most different words of a query whose nearness is looked at.
const MOST_WORDS: usize = 24;

/// A unit of a query, by its place among the different ones, from 1; 0 stands for any other unit.
pub(super) type Token = u8;

/// The wording of a query with the weights of its parts.
pub(super) struct WeighedWording {
    /// The different units; the token of each is one more than its index.
    pub(super) units: Vec<WeighedUnit>,
    /// The pairs of units that stand side by side in the query: the place of each among their weights.
    pub(super) pairs: FxHashMap<(Token, Token), usize>,
    pub(super) pair_weights: Vec<f32>,
    /// The different words that say what is asked for.
    pub(super) words: Vec<WeighedWord>,
    /// The mean number of units in a passage.
    pub(super) mean_length: f32,
}

/// A unit with its weight.
pub(super) struct WeighedUnit {
    pub(super) text: String,
    /// The terms that its inflected forms share.
    pub(super) terms: Vec<String>,
    /// How rare it is; 0 where it is part of stop words or of quoted strings alone.
    pub(super) weight: f32,
}

/// A word with its weight.
#[derive(PartialEq)]
pub(super) struct WeighedWord {
    /// Its units, in order.
    pub(super) tokens: Vec<Token>,
    pub(super) weight: f32,
}

impl WeighedWording {
    /// Weighs a wording.
    pub(super) fn weigh(wording: &Wording, snapshot: &Snapshot) -> Result<Self> {
        let rarity = Rarity::of(snapshot);
        let mut weighed = Self {
            units: Vec::new(),
            pairs: FxHashMap::default(),
            pair_weights: Vec::new(),
            words: Vec::new(),
            mean_length: rarity.mean_length(),
        };
        let mut tokens = Vec::with_capacity(wording.units.len());
        for unit in &wording.units {
            tokens.push(weighed.token(unit, &rarity)?);
        }
        weighed.add_pairs(wording, &tokens, &rarity);
        weighed.add_words(wording, &tokens, &rarity)?;
        Ok(weighed)
    }

    /// Whether there is nothing to compare.
    pub(super) fn is_empty(&self) -> bool {
        let has_units = self.units.iter().any(|unit| unit.weight > 0.0);
        !has_units && self.pairs.is_empty() && self.words.len() < 2
    }

    /// The token of a unit, which is added if it is new; 0 where there are too many.
    fn token(&mut self, unit: &WordingUnit, rarity: &Rarity<'_>) -> Result<Token> {
        let is_same =
            |known: &WeighedUnit| known.text == unit.text || known.terms.iter().any(|term| unit.terms.contains(term));
        let known = self.units.iter().position(is_same);
        if known.is_none() && self.units.len() == MOST_TOKENS {
            return Ok(0);
        }
        let weight = match unit.is_content {
            true => unit.weight * rarity.of_unit(unit)?,
            false => 0.0,
        };
        let index = known.unwrap_or(self.units.len());
        match known {
            Some(index) => self.units[index].weight = self.units[index].weight.max(weight),
            None => self.units.push(WeighedUnit {
                text: unit.text.clone(),
                terms: unit.terms.clone(),
                weight,
            }),
        }
        Ok(index as Token + 1)
    }

    fn add_pairs(&mut self, wording: &Wording, tokens: &[Token], rarity: &Rarity<'_>) {
        for (units, pair) in wording.units.windows(2).zip(tokens.windows(2)) {
            let key = (pair[0], pair[1]);
            if !units[1].follows || pair.contains(&0) || self.pairs.contains_key(&key) {
                continue;
            }
            let count = rarity.occurrences(&[&units[0].text, &units[1].text]);
            self.pairs.insert(key, self.pair_weights.len());
            let factor = units[0].weight.min(units[1].weight);
            self.pair_weights.push(factor * rarity.of_count(count));
        }
    }

    fn add_words(&mut self, wording: &Wording, tokens: &[Token], rarity: &Rarity<'_>) -> Result<()> {
        for range in &wording.words {
            let of_word = &tokens[range.clone()];
            let is_known = self.words.iter().any(|word| word.tokens == of_word);
            if is_known || of_word.contains(&0) || self.words.len() == MOST_WORDS {
                continue;
            }
            let units = &wording.units[range.clone()];
            let rarity = match units {
                [unit] => rarity.of_unit(unit)?,
                _ => {
                    let texts: Vec<&str> = units.iter().map(|unit| unit.text.as_str()).collect();
                    rarity.of_count(rarity.occurrences(&texts))
                }
            };
            self.words.push(WeighedWord {
                tokens: of_word.to_vec(),
                weight: units[0].weight * rarity,
            });
        }
        Ok(())
    }
}

/// How rare units and strings are among the passages of a corpus.
struct Rarity<'a> {
    snapshot: &'a Snapshot,
    passages: f64,
}

impl<'a> Rarity<'a> {
    fn of(snapshot: &'a Snapshot) -> Self {
        let counts = snapshot
            .segments()
            .iter()
            .map(|segment| u64::from(segment.reader().max_doc()));
        Self {
            snapshot,
            passages: counts.sum::<u64>().max(1) as f64,
        }
    }

    fn mean_length(&self) -> f32 {
        let segments = self.snapshot.segments().iter();
        let units: u64 = segments.map(|segment| u64::from(segment.strings().note_start())).sum();
        (units as f64 / self.passages).max(1.0) as f32
    }

    /// How often a string stands in the corpus.
    fn occurrences(&self, units: &[&str]) -> f64 {
        let segments = self.snapshot.segments().iter();
        let counts = segments.map(|segment| two_readings::occurrences(units, segment.strings()));
        counts.sum::<u64>() as f64
    }

    /// The inverse passage frequency of a unit: a word is counted in all its forms.
    fn of_unit(&self, unit: &WordingUnit) -> Result<f32> {
        if unit.terms.is_empty() {
            return Ok(self.of_count(self.occurrences(&[&unit.text])));
        }
        let (searcher, field) = (self.snapshot.searcher(), self.snapshot.fields().units);
        let mut passages_with = 0;
        for term in &unit.terms {
            let term = Term::from_field_text(field, term);
            passages_with = passages_with.max(searcher.doc_freq(&term).map_err(damaged)?);
        }
        Ok(self.of_passages(passages_with as f64))
    }

    /// The inverse passage frequency of something that stands so often.
    fn of_count(&self, count: f64) -> f32 {
        self.of_passages(self.passages * (1.0 - (-count / self.passages).exp()))
    }

    fn of_passages(&self, with: f64) -> f32 {
        let with = with.min(self.passages);
        (1.0 + (self.passages - with + 0.5) / (with + 0.5)).ln() as f32
    }
}
