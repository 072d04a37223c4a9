//! What an ingest did, and how its report is put together.

use serde::Serialize;

use super::versions::LinkedSpeech;
use crate::corpus::{Field, Metadata};
use crate::index::{Assumption, Duplicate, FileRecord, SetAside};
use crate::ingest::beside::Skipped;
use crate::ingest::{Consulted, Rejection};

/// What an ingest did. Nothing of the input is in none of the counts.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct IngestReport {
    /// Speeches that are new.
    pub added: u64,
    /// Speeches whose text or metadata changed.
    pub updated: u64,
    /// Speeches that are as they were.
    pub unchanged: u64,
    /// Speeches that were pruned.
    pub removed: u64,
    /// What was not read, with the reason.
    pub rejected: Vec<Rejection>,
    /// Files that lie beside data and are no speeches: they were passed over.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub skipped: Vec<Skipped>,
    /// Texts that were found again: each is one speech with several sources.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub duplicates: Vec<Duplicate>,
    /// New and changed speeches of which the index holds other versions; nothing is merged.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<LinkedSpeech>,
    /// What the texts do not state and was taken from elsewhere.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub assumed: Vec<Assumption>,
    /// What stands beside the speeches in their sources and is kept with them; absent where nothing does.
    #[serde(skip_serializing_if = "SetAside::is_nothing")]
    pub set_aside: SetAside,
    /// Files that were read for what they say about others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub consulted: Vec<Consulted>,
    /// Whether the user interrupted it: what was done is committed, the rest is read by the next ingest.
    #[serde(skip_serializing_if = "is_false")]
    pub interrupted: bool,
    /// What was read but not understood, each with its source; the frame of the answer prints them.
    #[serde(skip)]
    pub warnings: Vec<String>,
}

fn is_false(value: &bool) -> bool {
    !value
}

impl IngestReport {
    /// Adds what came of a file that was not read again.
    pub(super) fn add_known(&mut self, record: &FileRecord) {
        self.unchanged += record.ids.len() as u64;
        self.rejected.extend(record.rejected.iter().cloned());
        self.skipped.extend(record.skipped.iter().cloned());
        self.duplicates.extend(record.duplicates.iter().cloned());
        self.warnings.extend(record.warnings.iter().cloned());
        self.set_aside.add(record.set_aside);
        record
            .assumed
            .iter()
            .for_each(|assumption| add_assumption(&mut self.assumed, assumption.clone()));
    }
}

/// What the metadata of a speech say that its text does not state.
pub(super) fn assumptions(metadata: &Metadata, source: &str) -> Vec<Assumption> {
    const SOURCES: &[(Field, Field)] = &[
        (Field::Title, Field::TitleSource),
        (Field::Speaker, Field::SpeakerSource),
        (Field::Country, Field::CountrySource),
        (Field::Date, Field::DateSource),
        (Field::Event, Field::EventSource),
        (Field::Encoding, Field::Encoding),
        (Field::Language, Field::LanguageSource),
    ];
    let assumption = |(field, source_field): &(Field, Field)| {
        let from = metadata.value(*source_field)?;
        let is_stated = matches!(from, "metadata" | "heading");
        (!is_stated).then(|| Assumption {
            field: field.name().to_owned(),
            from: from.to_owned(),
            speeches: 1,
            example: source.to_owned(),
        })
    };
    SOURCES.iter().filter_map(assumption).collect()
}

/// Adds an assumption to others of its kind.
pub(super) fn add_assumption(all: &mut Vec<Assumption>, assumption: Assumption) {
    let same = |other: &&mut Assumption| (&other.field, &other.from) == (&assumption.field, &assumption.from);
    match all.iter_mut().find(same) {
        Some(other) => other.speeches += assumption.speeches,
        None => all.push(assumption),
    }
}
