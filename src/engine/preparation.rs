//! What the reading threads do with a speech before the writer takes it: hashes, and the documents of what is new.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::corpus::{Field, Speech};
use crate::index::{Fields, PreparedSpeech, Provenance, SpeechWriter};
use crate::ingest::{Event, IngestedSpeech};
use crate::text::hexadecimal;

/// What the reading threads do with an event: a speech that is new or changed becomes documents there.
pub(super) struct Preparation {
    fields: Fields,
    /// The content hash of each speech in the index.
    known: HashMap<String, String>,
}

/// An event, with what a reading thread has prepared.
pub(super) enum Ready {
    Speech(Box<ReadySpeech>),
    Other(Event),
}

/// A speech that was read.
pub(super) struct ReadySpeech {
    pub(super) ingested: IngestedSpeech,
    pub(super) content_hash: String,
    pub(super) text_key: String,
    /// Absent where the index has it as it is.
    pub(super) prepared: Option<PreparedSpeech>,
}

impl Preparation {
    pub(super) fn of(writer: &SpeechWriter) -> Self {
        let ledger = writer.ledger().iter();
        Self {
            fields: writer.store().fields().clone(),
            known: ledger
                .map(|(id, entry)| (id.clone(), entry.content_hash.clone()))
                .collect(),
        }
    }

    pub(super) fn prepare(&self, event: Event) -> Ready {
        let ingested = match event {
            Event::Speech(ingested) => *ingested,
            other => return Ready::Other(other),
        };
        let content_hash = content_hash(&ingested.speech);
        let text_key = text_key(&ingested.speech);
        let is_known = self.known.get(&ingested.speech.id) == Some(&content_hash);
        let provenance = Provenance {
            content_hash: &content_hash,
            text_key: &text_key,
            root: &ingested.root,
        };
        let prepared = (!is_known).then(|| PreparedSpeech::new(&self.fields, &ingested.speech, provenance));
        Ready::Speech(Box::new(ReadySpeech {
            ingested,
            content_hash,
            text_key,
            prepared,
        }))
    }
}

/// The hash of everything that is stored of a speech but where it came from: one with the same hash is not written again,
/// and a record that only moves to another line is unchanged.
pub fn content_hash(speech: &Speech) -> String {
    let mut metadata = speech.metadata.clone();
    metadata.remove(Field::Source);
    let text = (&speech.text, speech.body, &speech.paragraphs);
    short_hash(&(&speech.id, &metadata, text, &speech.matter, &speech.quoted))
}

/// The hash by which the same text is known again: the text whatever its line ends and encoding, and what is known about it.
pub fn text_key(speech: &Speech) -> String {
    let mut metadata = speech.metadata.clone();
    metadata.remove(Field::Source);
    metadata.remove(Field::Encoding);
    let text: Vec<&str> = speech.text.split_whitespace().collect();
    short_hash(&(&metadata, text))
}

fn short_hash(content: &impl serde::Serialize) -> String {
    let serialized = serde_json::to_vec(content).expect("a speech has only string keys");
    hexadecimal(&Sha256::digest(&serialized)[..16])
}
