//! Whether an index is sound: every file read, every speech put together, both indexes held against the stored text.

use serde::Serialize;

use super::reading::Engine;
use crate::analyzer::unit_text::{PassageUnits, passage_units};
use crate::error::{Error, ErrorKind, Result};
use crate::index::{SegmentView, StoredPassage};

/// What was read and found sound.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// Speeches.
    pub speeches: u64,
    /// Passages.
    pub passages: u64,
    /// Units of what was said.
    pub units: u64,
    /// Units of stage directions.
    pub stage_direction_units: u64,
}

impl Engine {
    /// Checks the whole index.
    ///
    /// # Errors
    /// The first damage found, with the speech or file that it lies in.
    pub fn verify(&self) -> Result<Verification> {
        let snapshot = self.snapshot();
        let mut found = Verification::default();
        for segment in snapshot.segments() {
            segment
                .strings()
                .verify()
                .map_err(|error| unsound("an exact index is damaged").caused_by(error))?;
        }
        for (address, id) in snapshot.speeches()? {
            let (speech, passages) = snapshot.speech(address)?;
            if speech.id != id || !speech.is_well_formed() || passages.is_empty() {
                return Err(unsound(&format!("the speech `{id}` cannot be put together")));
            }
            let segment = &snapshot.segments()[address.segment_ord as usize];
            for (offset, passage) in passages.iter().enumerate() {
                let units = check_units(segment, address.doc_id + offset as u32, passage, &id)?;
                found.units += units.speech.len() as u64;
                found.stage_direction_units += units.notes.iter().map(|note| note.len() as u64).sum::<u64>();
            }
            found.speeches += 1;
            found.passages += passages.len() as u64;
        }
        if found.passages != snapshot.passage_count() {
            return Err(unsound("there are passages that belong to no speech"));
        }
        let segments = snapshot.segments();
        let held: u64 = segments
            .iter()
            .map(|segment| u64::from(segment.strings().unit_count()))
            .sum();
        let has_deleted = segments.iter().any(|segment| segment.reader().has_deletes());
        if !has_deleted && found.units + found.stage_direction_units != held {
            return Err(unsound(
                "the exact index holds stage directions that the texts have not, or lacks some",
            ));
        }
        Ok(found)
    }
}

/// Holds the units that the exact index has of a passage against those of its text, and returns them.
fn check_units(segment: &SegmentView, doc: u32, passage: &StoredPassage, id: &str) -> Result<PassageUnits> {
    let strings = segment.strings();
    let indexed = strings
        .run_of_document(doc)
        .map(|run| strings.symbols_at(run))
        .into_iter()
        .flatten();
    let units = passage_units(&passage.text);
    let agree = indexed.map(|symbol| strings.unit(symbol)).eq(units.speech.texts());
    if agree {
        return Ok(units);
    }
    Err(unsound(&format!(
        "paragraph {} of `{id}` differs from what the exact index holds of it",
        passage.paragraph
    )))
}

fn unsound(message: &str) -> Error {
    Error::new(ErrorKind::Index, message)
        .hint("ingest the sources into a new folder, or restore the folder from a copy")
}
