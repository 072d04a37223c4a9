//! The answer to a search, as plain data in the shape of the contract.

use serde::{Serialize, Serializer};

use super::cursor::Cursor;
use super::explanation::{Explanation, ScorePart};
use super::suggestions::Advice;
use crate::corpus::Metadata;
use crate::corpus::passage::is_matter;
use crate::highlight::Highlight;
use crate::text::CharSpan;

/// What was found.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct SearchResults {
    /// The query as typed.
    pub query: String,
    /// The query as it was understood.
    pub interpreted: String,
    /// Whether other forms were looked for beside those typed; a terminal then shows how the query was understood.
    #[serde(skip)]
    pub is_expanded: bool,
    /// What the reader of the answer should know; the frame of the answer prints it.
    #[serde(skip)]
    pub warnings: Vec<String>,
    /// Whether no passage matched, so that passages with parts of the words are shown.
    pub relaxed: bool,
    /// Exact totals.
    pub total: Totals,
    /// Where nothing matches, what does.
    #[serde(flatten)]
    pub advice: Advice,
    /// The hits before the first of the page.
    pub offset: usize,
    /// The most hits asked for.
    pub limit: usize,
    /// The hits, in order.
    pub hits: Vec<Hit>,
    /// Where to go on from with [`SearchRequest::after`](super::SearchRequest::after); absent where no hit is shown or none
    /// is left.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "http", schemars(with = "Option<String>"))]
    pub next: Option<Cursor>,
    /// Whether the speeches are no longer those that the cursor gone on from was an answer about.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub corpus_changed: bool,
    /// How the query was understood, where that was asked for.
    #[serde(rename = "explain", skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Explanation>,
    /// The counts by field, in the order asked for.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "by_field")]
    #[cfg_attr(
        feature = "http",
        schemars(with = "std::collections::BTreeMap<String, Vec<FacetValue>>")
    )]
    pub facets: Vec<FacetCounts>,
}

/// How much matches the query and the filters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct Totals {
    /// Passages.
    pub passages: u64,
    /// Speeches.
    pub speeches: u64,
    /// Occurrences of the quoted strings; absent where the query has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occurrences: Option<u64>,
    /// Speeches that match but whose date is absent or too imprecise for the range asked for; absent without a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undetermined: Option<u64>,
}

/// A hit.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Hit {
    /// A passage.
    Passage(PassageHit),
    /// A speech.
    Speech(SpeechHit),
}

/// A passage that matches.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct PassageHit {
    /// Its place in the order, from 1.
    pub rank: usize,
    /// Its score.
    pub score: f64,
    /// Whether it does not match and has a part of the words: such passages fill up the page behind few matches, and no
    /// total counts them.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub partial: bool,
    /// Its address.
    pub passage: String,
    /// The id of its speech.
    pub speech: String,
    /// Its paragraph, from 1; absent where the hit is matter.
    #[serde(skip_serializing_if = "is_matter")]
    pub paragraph: u32,
    /// The number of the matter that it is, from 1: text that stood beside the speech and is nobody's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matter: Option<u32>,
    /// Its piece, from 1, where the paragraph is divided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub piece: Option<u32>,
    /// The number of code points of the body before it.
    pub body_start: usize,
    /// The heading of the section that it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// The metadata of the speech; in a transcript the speaker is the passage's own.
    #[serde(flatten)]
    pub metadata: Metadata,
    /// The text as printed.
    pub text: String,
    /// What matched, as ranges of code points of the text.
    pub highlights: Vec<Highlight>,
    /// The best extract, as a range of code points of the text.
    pub snippet: CharSpan,
    /// What the score is made of, where that was asked for; the largest part first.
    #[serde(rename = "explain", skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Vec<ScorePart>>,
}

/// A speech that matches.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct SpeechHit {
    /// Its place in the order, from 1.
    pub rank: usize,
    /// Its score.
    pub score: f64,
    /// Its id.
    pub speech: String,
    /// Its metadata.
    #[serde(flatten)]
    pub metadata: Metadata,
    /// Its best passages, at most three.
    pub passages: Vec<PassageHit>,
    /// The number of its passages that match.
    pub matching_passages: u64,
    /// What the score is made of, where that was asked for; the largest part first.
    #[serde(rename = "explain", skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Vec<ScorePart>>,
}

/// The counts by one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCounts {
    /// The name of the field.
    pub field: String,
    /// The values, the most frequent first.
    pub values: Vec<FacetValue>,
}

/// How much of what matches has a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct FacetValue {
    /// The value as printed; of a name that is printed in several forms, the most frequent.
    pub value: String,
    /// The forms of the name as printed, the most frequent first; empty where there is only one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<String>,
    /// Passages.
    pub passages: u64,
    /// Speeches.
    pub speeches: u64,
}

/// Writes facets as one object: the values by the name of the field.
fn by_field<S: Serializer>(facets: &[FacetCounts], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(facets.iter().map(|facet| (&facet.field, &facet.values)))
}
