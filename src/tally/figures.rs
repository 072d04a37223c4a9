//! The figures of one value, one bin or the whole of a subcorpus, with what they are relative to.

use serde::Serialize;

use super::Measure;
use crate::statistics::{Interval, poisson_interval, wilson_interval};

/// Text with fewer characters gives no reliable rate.
pub const LEAST_RELIABLE_CHARACTERS: u64 = 50_000;

/// What rates are per million of.
const MILLION: f64 = 1e6;

/// How much there is of what was selected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct Extent {
    /// Speeches.
    pub speeches: u64,
    /// Passages.
    pub passages: u64,
    /// Letters, Han characters and digits of the folded text, stage directions left out.
    pub characters: u64,
    /// Words and numbers, stage directions left out; a Han character is one.
    pub words: u64,
}

impl Extent {
    /// How much there is by a measure.
    pub fn by(self, measure: Measure) -> u64 {
        match measure {
            Measure::Characters => self.characters,
            Measure::Words => self.words,
        }
    }
}

impl std::ops::AddAssign for Extent {
    fn add_assign(&mut self, other: Self) {
        self.speeches += other.speeches;
        self.passages += other.passages;
        self.characters += other.characters;
        self.words += other.words;
    }
}

/// How often something was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Distinct ranges of text that match; 0 also where nothing in the query stands in the text.
    pub occurrences: u64,
    /// Passages that match.
    pub passages: u64,
    /// Speeches with such a passage.
    pub speeches: u64,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.occurrences += other.occurrences;
        self.passages += other.passages;
        self.speeches += other.speeches;
    }
}

/// How often something was found, and relative to what.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct Figures {
    /// Distinct ranges of text that match; absent where nothing in the query stands in the text, such as a field alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occurrences: Option<u64>,
    /// Passages that match.
    pub passages: u64,
    /// Speeches with such a passage.
    pub speeches: u64,
    /// Occurrences per million characters or words of `of`; absent where there is no text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_million: Option<f64>,
    /// The 95 % interval of the rate, for a Poisson count (Garwood 1936).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_million_interval: Option<Interval>,
    /// Speeches with a hit among the speeches of `of`, from 0 to 1; absent where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share_of_speeches: Option<f64>,
    /// The 95 % interval of the share (Wilson 1927).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share_interval: Option<Interval>,
    /// Whether the text has fewer than 50,000 characters, so that the rate is not reliable; absent where it is.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unreliable: bool,
    /// What was selected, with or without a hit: the denominators.
    pub of: Extent,
}

impl Figures {
    /// The figures of counts in a selection; `counts_occurrences` is false where nothing in the query stands in the text.
    pub fn new(counts: Counts, of: Extent, measure: Measure, has_occurrences: HasOccurrences) -> Self {
        let size = of.by(measure) as f64;
        let is_rated = size > 0.0 && has_occurrences == HasOccurrences::Yes;
        let rate = |occurrences: f64| occurrences / size * MILLION;
        let interval = poisson_interval(counts.occurrences);
        let speeches = of.speeches.max(counts.speeches);
        Self {
            occurrences: (has_occurrences == HasOccurrences::Yes).then_some(counts.occurrences),
            passages: counts.passages,
            speeches: counts.speeches,
            per_million: is_rated.then(|| rounded(rate(counts.occurrences as f64))),
            per_million_interval: is_rated.then(|| Interval {
                low: rounded(rate(interval.low)),
                high: rounded(rate(interval.high)),
            }),
            share_of_speeches: (speeches > 0).then(|| rounded(counts.speeches as f64 / speeches as f64)),
            share_interval: wilson_interval(counts.speeches, speeches).map(|interval| Interval {
                low: rounded(interval.low),
                high: rounded(interval.high),
            }),
            unreliable: of.characters < LEAST_RELIABLE_CHARACTERS,
            of,
        }
    }
}

/// Whether something in a query stands in the text, so that its occurrences are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HasOccurrences {
    /// It does.
    Yes,
    /// It is about metadata, or about what does not stand there.
    No,
}

/// To six significant digits: as many as anybody reads, and the same on every machine.
fn rounded(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return 0.0;
    }
    let digits = 5 - value.abs().log10().floor() as i32;
    let scale = 10_f64.powi(digits.abs());
    match digits < 0 {
        true => (value / scale).round() * scale,
        false => (value * scale).round() / scale,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OF: Extent = Extent {
        speeches: 4,
        passages: 40,
        characters: 20_000,
        words: 8_000,
    };

    #[test]
    fn a_rate_has_the_denominator_of_its_measure() {
        let counts = Counts {
            occurrences: 2,
            passages: 2,
            speeches: 1,
        };
        let by_characters = Figures::new(counts, OF, Measure::Characters, HasOccurrences::Yes);
        assert_eq!(by_characters.per_million, Some(100.0));
        assert_eq!(by_characters.share_of_speeches, Some(0.25));
        assert!(by_characters.unreliable);
        let by_words = Figures::new(counts, OF, Measure::Words, HasOccurrences::Yes);
        assert_eq!(by_words.per_million, Some(250.0));
    }

    #[test]
    fn nothing_is_relative_to_no_text() {
        let figures = Figures::new(
            Counts::default(),
            Extent::default(),
            Measure::Words,
            HasOccurrences::Yes,
        );
        assert_eq!((figures.per_million, figures.share_of_speeches), (None, None));
        let figures = Figures::new(Counts::default(), OF, Measure::Words, HasOccurrences::Yes);
        assert_eq!((figures.per_million, figures.share_of_speeches), (Some(0.0), Some(0.0)));
        let of_metadata = Figures::new(Counts::default(), OF, Measure::Words, HasOccurrences::No);
        assert_eq!((of_metadata.occurrences, of_metadata.per_million), (None, None));
    }

    #[test]
    fn figures_are_rounded_to_six_digits() {
        let values = [1234567.8, 0.123456789, 99.99999].map(rounded);
        assert_eq!(values, [1234570.0, 0.123457, 100.0]);
    }
}
