//! Speeches that a client hands over, and what became of each: the ingest of a front end whose user waits for it.

use std::io::Read;
use std::path::Path;

use serde::Serialize;

use super::ingestion::{IngestRequest, Manner, run};
use crate::error::Result;
use crate::index::Store;
use crate::ingest::{IngestOptions, Input};

/// What became of a speech that was handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct SpeechOutcome {
    /// The line in which it stood, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// Its id; absent where the line could not be read so far. Of a duplicate the id of the speech that it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What became of it.
    pub result: Outcome,
    /// Why it was not taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What was read of it but not understood.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// Whether it was not taken because of another speech that has its id.
    #[serde(skip)]
    pub is_conflict: bool,
}

/// What can become of a speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It is new.
    Added,
    /// It takes the place of the one with the same id.
    Updated,
    /// It is as it was.
    Unchanged,
    /// It has no id of its own, and its text is that of another speech.
    Duplicate,
    /// It was not taken.
    Rejected,
}

impl SpeechOutcome {
    /// What became of the speech in a line.
    pub(super) fn new(line: Option<u64>, result: Outcome) -> Self {
        Self {
            line,
            id: None,
            result,
            reason: None,
            warnings: Vec::new(),
            is_conflict: false,
        }
    }
}

/// Adds and updates the speeches of JSON Lines in UTF-8, and says what became of each line that is not blank, in order. A line
/// that cannot be taken leaves the others alone; everything is committed at once. Speeches without an id need a collection.
///
/// # Errors
/// There is no index, it is busy or was made with another analyzer, or it cannot be written; or the collection has an empty
/// name. Nothing is committed then.
pub fn put(directory: &Path, lines: Box<dyn Read + Send>, collection: Option<String>) -> Result<Vec<SpeechOutcome>> {
    let request = IngestRequest {
        inputs: vec![Input::Upload(lines)],
        options: IngestOptions {
            collection,
            encoding: Some(encoding_rs::UTF_8),
            ..IngestOptions::default()
        },
        lexicon: Some(Store::existing_lexicon(directory)?),
        ..IngestRequest::default()
    };
    Ok(run(directory, request, Manner::Upload, |_| {})?.outcomes)
}
