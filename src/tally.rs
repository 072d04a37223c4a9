//! How often, and against how much text? Counts become figures: rates, shares and how far chance can account for them. Pure
//! functions over counts; which passages they are of, others say.

mod figures;
mod period;

pub use figures::{Counts, Extent, Figures, HasOccurrences, LEAST_RELIABLE_CHARACTERS};
pub use period::{Bin, Period};

use serde::Serialize;

use crate::error::choices;

/// What a rate is per million of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Letters, Han characters and digits of the folded text; punctuation and white space are none.
    Characters,
    /// Words and numbers, as the units of exact matching cut them; a Han character is one.
    Words,
}

choices! { Measure, "something that a rate can be per million of",
    "characters" => Characters: "Han characters, other letters and digits",
    "words" => Words: "Words and numbers; a Han character is one",
}

/// How speeches that are versions of one another are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum VersionCounting {
    /// Each by itself, as a search finds them.
    #[default]
    Every,
    /// Once: of each group of versions one speech stands for all.
    Once,
}

choices! { VersionCounting, "a way to count versions",
    "every" => Every: "Every stored speech",
    "once" => Once: "Of the versions of one speech, one",
}
