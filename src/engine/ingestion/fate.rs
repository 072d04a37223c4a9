//! What is to become of a speech, given those that are there and those that the run has read: it stands alone, is another one's
//! text, is refused, or has to wait.

use std::fmt;

use super::super::preparation::ReadySpeech;
use super::super::run_files::FileStage;
use super::super::upload::{Outcome, OutcomeCode, SpeechOutcome};
use super::Ingestion;
use crate::ingest::record::NO_TEXT;
use crate::ingest::{FileId, IngestedSpeech, Rejection};

/// The longest id, in bytes.
const LONGEST_ID_BYTES: usize = 1_024;

/// The root of what came as a stream.
const STREAM_ROOT: &str = "-";

/// What is to become of a speech.
pub(super) enum Fate {
    /// It is a speech of its own.
    Own,
    /// Its text is that of another speech.
    Duplicate(String),
    /// It cannot be taken.
    Refused(Refusal),
    /// What it depends on has yet to be read.
    Undecided,
}

/// Why a speech cannot be taken, as the report says it.
pub(super) enum Refusal {
    /// It cannot be taken whatever else there is.
    Faulty(String),
    /// Another speech of the same run or folder has its id.
    SameId { id: String, other: Place },
    /// A speech from elsewhere has its id.
    OtherRoot { id: String, other: Place },
    /// Its id was made of its place in a stream, and another speech has it.
    OtherText { id: String },
}

/// Where a speech came from.
pub(super) struct Place {
    root: String,
    source: String,
}

impl Place {
    fn new(root: &str, source: &str) -> Self {
        Self {
            root: root.to_owned(),
            source: source.to_owned(),
        }
    }

    fn is_stream(&self) -> bool {
        self.root == STREAM_ROOT
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.is_stream(), self.source.starts_with("upload")) {
            (true, true) => write!(formatter, "what a client sent ({})", self.source),
            (true, false) => write!(formatter, "standard input ({})", self.source),
            (false, _) => write!(formatter, "{}/{}", self.root, self.source),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Faulty(reason) => formatter.write_str(reason),
            Self::SameId { id, other } => write!(
                formatter,
                "the id `{id}` is that of {other} too: rename one of the files, or give one of them another id"
            ),
            Self::OtherRoot { id, other } => write!(
                formatter,
                "the id `{id}` is that of {other}, which was ingested from another folder; \
                 use `--collection NAME`, or remove the other one first"
            ),
            Self::OtherText { id } => write!(
                formatter,
                "the id `{id}` is that of another speech that came through standard input: give each an id, in the \
                 field `id` or with --set id=ID, or use another --collection"
            ),
        }
    }
}

impl Refusal {
    /// The same for a client, who can neither see nor rename the files of the server.
    fn for_client(&self) -> String {
        match self {
            Self::Faulty(reason) => reason.clone(),
            Self::SameId { id, other } => {
                let line = line_of(&other.source).map_or_else(String::new, |line| format!(" in line {line}"));
                format!("the id `{id}` is that of the speech{line} too: give one of them another id")
            }
            Self::OtherRoot { id, .. } => format!(
                "the id `{id}` is that of a speech that was ingested from a file: give this one another id, or delete \
                 the other one first"
            ),
            Self::OtherText { id } => {
                format!(
                    "the id `{id}` is that of another speech: give each an id in the field `id`, or name another collection"
                )
            }
        }
    }

    /// What became of a speech that was refused.
    pub(super) fn outcome(&self, ingested: &IngestedSpeech) -> SpeechOutcome {
        SpeechOutcome {
            id: Some(ingested.speech.id.clone()),
            code: Some(match self {
                Self::Faulty(_) => OutcomeCode::InvalidSpeech,
                Self::SameId { .. } | Self::OtherRoot { .. } | Self::OtherText { .. } => OutcomeCode::Conflict,
            }),
            reason: Some(self.for_client()),
            ..SpeechOutcome::new(line_of(&ingested.source), Outcome::Rejected)
        }
    }
}

impl Ingestion {
    /// What is to become of a speech of a file.
    pub(super) fn fate_of(&self, ready: &ReadySpeech, file: &FileId) -> Fate {
        if let Some(reason) = fault_of(&ready.ingested) {
            return Fate::Refused(Refusal::Faulty(reason));
        }
        match self.original_of(ready, file) {
            Fate::Own => self.conflict_of(ready, file),
            fate => fate,
        }
    }

    /// Whether another speech has the same text, where the id of this one was made of a path: ids that a source gives are
    /// kept, each with its speech.
    fn original_of(&self, ready: &ReadySpeech, file: &FileId) -> Fate {
        let id = &ready.ingested.speech.id;
        let Some(original) = self
            .by_text
            .get(&ready.text_key)
            .filter(|_| !ready.ingested.has_given_id)
        else {
            return Fate::Own;
        };
        if self.seen.contains_key(original) {
            return Fate::Duplicate(original.clone());
        }
        let Some(entry) = self.writer.ledger().get(original).filter(|_| original != id) else {
            return Fate::Own;
        };
        let owner = self.files.owner_of(original, entry);
        match self.files.stage(&owner) {
            // The rows of a file have moved: each takes the place of the one before it.
            _ if owner == *file => Fate::Own,
            FileStage::Coming => Fate::Undecided,
            FileStage::Unchanged | FileStage::Elsewhere => Fate::Duplicate(original.clone()),
            FileStage::Read | FileStage::PartlyRead | FileStage::Gone => Fate::Own,
        }
    }

    /// Whether another speech has the id.
    fn conflict_of(&self, ready: &ReadySpeech, file: &FileId) -> Fate {
        let ingested = &ready.ingested;
        let id = &ingested.speech.id;
        let twice = |root: &str, source: &str| {
            Fate::Refused(Refusal::SameId {
                id: id.clone(),
                other: Place::new(root, source),
            })
        };
        if let Some((root, source)) = self.seen.get(id) {
            return twice(root, source);
        }
        let Some(entry) = self.writer.ledger().get(id) else {
            return Fate::Own;
        };
        if entry.root != ingested.root {
            return Fate::Refused(Refusal::OtherRoot {
                id: id.clone(),
                other: Place::new(&entry.root, &entry.source),
            });
        }
        let is_other_text = entry.content_hash != ready.content_hash;
        if ingested.root == STREAM_ROOT && !ingested.has_given_id && is_other_text {
            return Fate::Refused(Refusal::OtherText { id: id.clone() });
        }
        let owner = self.files.owner_of(id, entry);
        match self.files.stage(&owner) {
            _ if owner == *file => Fate::Own,
            FileStage::Coming => Fate::Undecided,
            FileStage::Unchanged => twice(&entry.root, &entry.source),
            FileStage::Read | FileStage::PartlyRead | FileStage::Elsewhere | FileStage::Gone => Fate::Own,
        }
    }
}

/// Why a speech cannot be taken whatever else there is.
fn fault_of(ingested: &IngestedSpeech) -> Option<String> {
    let id = &ingested.speech.id;
    if id.len() > LONGEST_ID_BYTES {
        let length = id.len();
        return Some(format!("its id is {length} bytes long; {LONGEST_ID_BYTES} is the most"));
    }
    ingested
        .speech
        .paragraphs
        .is_empty()
        .then(|| "there is no text to search in it".to_owned())
}

/// What became of a line that could not be read. A client has no options of the command line, so none is named to it.
pub(super) fn unread(rejection: &Rejection) -> SpeechOutcome {
    let reason = match rejection.reason.as_str() {
        NO_TEXT => "the speech has no text: give it as `body`",
        reason => reason,
    };
    SpeechOutcome {
        code: Some(OutcomeCode::InvalidSpeech),
        reason: Some(reason.to_owned()),
        ..SpeechOutcome::new(rejection.line, Outcome::Rejected)
    }
}

/// The row of the report for a speech that is not taken.
pub(super) fn rejection(source: &str, reason: String) -> Rejection {
    let line = line_of(source);
    let file = source.rsplit_once(':').filter(|_| line.is_some());
    Rejection {
        source: file.map_or(source, |(file, _)| file).to_owned(),
        line,
        reason,
    }
}

/// The line that a source names.
pub(super) fn line_of(source: &str) -> Option<u64> {
    source.rsplit_once(':').and_then(|(_, line)| line.parse().ok())
}
