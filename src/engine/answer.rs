//! The frame of every answer: which tool, which corpus, what to beware of.

use serde::Serialize;

use crate::index::CorpusVersion;
use crate::search::SearchResults;

/// The version of the JSON contract.
pub const SCHEMA_VERSION: u32 = 1;

/// The version of the tool.
pub const TOOL_VERSION: &str = env!("CARGO_PKG_VERSION");

/// An answer in its frame. All `start` and `end` count Unicode code points.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "http", schemars(rename = "AnswerWith{T}"))]
pub struct Answer<T> {
    /// The version of the JSON contract.
    pub schema_version: u32,
    /// The version of the tool.
    pub tool_version: &'static str,
    /// The corpus that was asked; absent where none was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corpus: Option<CorpusVersion>,
    /// What the reader of the answer should know.
    pub warnings: Vec<String>,
    /// The answer itself.
    #[serde(flatten)]
    pub body: T,
    /// How long it took, in milliseconds.
    pub took_ms: f64,
}

impl<T> Answer<T> {
    /// Frames an answer.
    pub fn new(corpus: Option<CorpusVersion>, body: T, took: std::time::Duration) -> Self {
        let took_ms = (took.as_secs_f64() * 1e6).round() / 1e3;
        Self {
            schema_version: SCHEMA_VERSION,
            tool_version: TOOL_VERSION,
            corpus,
            warnings: Vec::new(),
            body,
            took_ms,
        }
    }
}

impl<T> Answer<T> {
    /// The same with what its reader should know.
    pub fn warning(self, warnings: Vec<String>) -> Self {
        Self { warnings, ..self }
    }
}

impl Answer<SearchResults> {
    /// Frames the answer to a search, with what its reader should know.
    pub fn of_search(corpus: CorpusVersion, results: SearchResults, took: std::time::Duration) -> Self {
        let warnings = results.warnings.clone();
        Self::new(Some(corpus), results, took).warning(warnings)
    }
}
