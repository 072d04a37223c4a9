//! Speeches that a client hands over, and what became of each: the ingest of a front end whose user waits for it.

use std::io::Read;
use std::path::Path;

use serde::Serialize;

use super::ingestion::{IngestRequest, Manner, run};
use super::reading::Engine;
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
    /// Why it was not taken, by a name that stays the same: programs decide by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<OutcomeCode>,
    /// Why it was not taken, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What was read of it but not understood.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
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

/// Why a speech was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OutcomeCode {
    /// Another speech has its id, and this one may not take its place.
    Conflict,
    /// It has no id of its own, and its text is that of another speech.
    Duplicate,
    /// It cannot be read, or is no speech.
    InvalidSpeech,
}

impl SpeechOutcome {
    /// What became of the speech in a line.
    pub(super) fn new(line: Option<u64>, result: Outcome) -> Self {
        Self {
            line,
            id: None,
            result,
            code: None,
            reason: None,
            warnings: Vec::new(),
        }
    }
}

/// Adds and updates the speeches of JSON Lines in UTF-8, and says what became of each line that is not blank, in order. A line
/// that cannot be taken leaves the others alone; everything is committed at once. Speeches without an id need a collection.
/// Where the change stands on what was `read`, it is made only as long as the index is as it was then.
///
/// # Errors
/// There is no index, it is busy or was made with another analyzer, or it cannot be written; or the collection has an empty
/// name; [`ErrorKind::Changed`](crate::error::ErrorKind::Changed) where the index is not as it was read. Nothing is committed then.
pub fn put(
    directory: &Path,
    lines: Box<dyn Read + Send>,
    collection: Option<String>,
    read: Option<&Engine>,
) -> Result<Vec<SpeechOutcome>> {
    let onto = read.map(|engine| engine.snapshot().edition().to_owned());
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
    Ok(run(directory, request, Manner::Upload { onto }, |_| {})?.outcomes)
}
