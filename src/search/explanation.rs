//! How a query was understood, part by part, and what the score of a hit is made of.
//!
//! Nothing is computed by a second formula: a part is planned and looked up as a query is, and a score is added up once more
//! with a look at every step.

mod kinds;
mod scores;
mod subcorpus;
mod terms;
mod tree;

use serde::Serialize;

use super::SearchContext;
use super::matches::Matches;
use super::plan::Plan;
use super::request::SearchRequest;
use super::scoring::{CorpusStatistics, rarity, rounded};
use crate::error::Result;
pub use kinds::{Demand, LeftOut, PartKind, ScoreKind, TermKind};
pub(super) use scores::ScoreExplainer;
use tree::TreeExplainer;

/// How a query was understood.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct Explanation {
    /// The query as a tree.
    pub tree: ExplainedPart,
    /// The words that raise the score of what matches; those that the corpus does not have are left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<ScoringWord>,
}

/// A part of a query, and what it became. All counts are of the passages and speeches that the filters let in.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct ExplainedPart {
    /// What it is.
    pub kind: PartKind,
    /// Of several clauses side by side, whether it must, may or must not match, or restricts the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occur: Option<Demand>,
    /// The part in the query language.
    pub text: String,
    /// Its first code point in the query.
    pub start: usize,
    /// One past its last code point in the query.
    pub end: usize,
    /// Why it is not looked for, where it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_out: Option<LeftOut>,
    /// The passages that it matches by itself, whatever the rest of the query asks for; by speech, those that show it in the
    /// speeches that it matches. Absent where it is left out, or where reading all paragraphs for an expression takes too long.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passages: Option<u64>,
    /// The speeches of these passages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speeches: Option<u64>,
    /// What it became to be looked up.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<ExplainedTerm>,
    /// Of something left open or a field, the number of all its terms; the most frequent are listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub term_count: Option<u64>,
    /// Of a regular expression, what stands in every paragraph that is read for it; absent where the index tells nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub narrowed_by: Option<String>,
    /// Of a regular expression, the number of paragraphs that are read to look it up by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraphs_read: Option<u64>,
    /// The parts inside of it, in the order of the query.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<ExplainedPart>,
}

/// Something that a part of a query became to be looked up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct ExplainedTerm {
    /// What it is.
    pub what: TermKind,
    /// The term; of several units, with spaces between them.
    pub text: String,
    /// What was typed, where this is another form of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expansion_of: Option<String>,
    /// The passages with it; absent for a value of a field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passages: Option<u64>,
    /// The speeches with it; for a value of a field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speeches: Option<u64>,
}

/// A word that raises the score of the passages in which it stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct ScoringWord {
    /// The word, in its normal form.
    pub word: String,
    /// Its inverse document frequency among the passages of the whole corpus: how rare it is.
    pub idf: f64,
    /// What the query multiplies it by.
    pub weight: f64,
}

/// A part of a score.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct ScorePart {
    /// What it is for.
    pub what: ScoreKind,
    /// The keyword, string or words that it is for; absent where it is for the passage or speech.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// What was typed, where the part is another form of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expansion_of: Option<String>,
    /// How often that is there: occurrences, or the number of words, parts or passages.
    pub count: u64,
    /// What it adds to the score, to six significant digits.
    pub score: f64,
    /// Its share of the score, from 0 to 1.
    pub share: f64,
}

/// Explains how a query was understood; `found` is what it matches.
pub(super) fn explain(
    plan: &Plan,
    found: &Matches,
    request: &SearchRequest,
    context: &SearchContext<'_>,
) -> Result<Explanation> {
    Ok(Explanation {
        tree: TreeExplainer::new(plan, request, context)?.whole(found)?,
        words: scoring_words(plan, context)?,
    })
}

fn scoring_words(plan: &Plan, context: &SearchContext<'_>) -> Result<Vec<ScoringWord>> {
    let weighed = CorpusStatistics::read(context.snapshot)?.weigh_words(&plan.scoring_words)?;
    let explained = weighed.into_iter().map(|word| ScoringWord {
        idf: rounded(rarity(&word.weight)),
        weight: rounded(plan.word_weight(&word.word)),
        word: word.word,
    });
    Ok(explained.collect())
}
