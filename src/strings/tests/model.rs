//! Documents as plain lists of units, and the naive scan over them.

use proptest::prelude::*;

use crate::strings::{Location, Notes, SequenceBuilder, StringIndex, SymbolLimits};

/// What a document puts into the sequence.
#[derive(Clone, Debug, Default)]
pub(super) struct Document {
    pub(super) passage: Vec<String>,
    /// Whether it continues the paragraph of the document before.
    pub(super) continues: bool,
    pub(super) notes: Vec<Vec<String>>,
}

/// A document written as its units, a `+` first where it continues a paragraph, each note behind a `|`.
pub(super) fn text(written: &str) -> Document {
    let (continues, rest) = match written.strip_prefix('+') {
        Some(rest) => (true, rest),
        None => (false, written),
    };
    let mut runs = rest
        .split('|')
        .map(|run| run.split_whitespace().map(str::to_owned).collect());
    Document {
        continues,
        passage: runs.next().unwrap_or_default(),
        notes: runs.collect(),
    }
}

/// Random documents: at most `document_count`, each of at most `unit_count` units out of `alphabet` different ones.
pub(super) fn documents(
    alphabet: usize,
    document_count: usize,
    unit_count: usize,
) -> impl Strategy<Value = Vec<Document>> {
    let unit = move || (0..alphabet).prop_map(unit);
    let notes = prop::collection::vec(prop::collection::vec(unit(), 0..5), 0..3);
    let notes = prop_oneof![3 => Just(Vec::new()), 1 => notes];
    let passage = prop_oneof![1 => Just(Vec::new()), 6 => prop::collection::vec(unit(), 0..=unit_count)];
    let document = (passage, prop::bool::weighted(0.4), notes);
    let document = document.prop_map(|(passage, continues, notes)| Document {
        passage,
        continues,
        notes,
    });
    prop::collection::vec(document, 0..=document_count)
}

/// The units of the alphabet: some are the beginning of others, and their bytes and characters order alike only in
/// UTF-8.
fn unit(number: usize) -> String {
    match number {
        0..6 => ["a", "山", "ab", "山河", "🙂", "\u{ffff}"][number].to_owned(),
        _ if number.is_multiple_of(2) => format!("u{number}"),
        _ => char::from_u32(0x4e00 + number as u32).unwrap().to_string(),
    }
}

/// The file of a segment of these documents, numbered from 0.
pub(super) fn build(documents: &[Document], limits: &SymbolLimits) -> Vec<u8> {
    let mut builder = SequenceBuilder::new();
    for (number, document) in (0..).zip(documents) {
        builder.begin_passage(number, document.continues);
        document.passage.iter().for_each(|unit| builder.push(unit));
        for note in &document.notes {
            builder.begin_note(number);
            note.iter().for_each(|unit| builder.push(unit));
        }
    }
    let mut file = Vec::new();
    let length = builder.finish(limits).unwrap().write_to(&mut file).unwrap();
    assert_eq!(length, file.len() as u64);
    file
}

pub(super) fn index_of(documents: &[Document], limits: &SymbolLimits) -> StringIndex<Vec<u8>> {
    StringIndex::open(build(documents, limits)).unwrap()
}

/// Where an occurrence starts: its document, whether and in which of its notes that have units, the units before it
/// there.
pub(super) type Place = (u32, Option<usize>, u32);

/// A stretch inside which strings match.
#[derive(Default)]
pub(super) struct Paragraph<'a> {
    units: Vec<(&'a str, Place)>,
}

impl<'a> Paragraph<'a> {
    pub(super) fn units(&self) -> Vec<&'a str> {
        self.units.iter().map(|(unit, _)| *unit).collect()
    }

    fn extend(&mut self, units: &'a [String], document: u32, note: Option<usize>) {
        self.units.extend(
            (0..)
                .zip(units)
                .map(|(offset, unit)| (unit.as_str(), (document, note, offset))),
        );
    }
}

/// All paragraphs and notes.
pub(super) fn paragraphs(documents: &[Document]) -> Vec<Paragraph<'_>> {
    let mut paragraphs = vec![Paragraph::default()];
    for (number, document) in (0..).zip(documents) {
        if !document.continues {
            paragraphs.push(Paragraph::default());
        }
        paragraphs.last_mut().unwrap().extend(&document.passage, number, None);
    }
    for (number, document) in (0..).zip(documents) {
        for (ordinal, note) in document.notes.iter().filter(|note| !note.is_empty()).enumerate() {
            let mut paragraph = Paragraph::default();
            paragraph.extend(note, number, Some(ordinal));
            paragraphs.push(paragraph);
        }
    }
    paragraphs
}

/// The occurrences that a scan finds, in order.
pub(super) fn occurrences(documents: &[Document], string: &[&str], notes: Notes) -> Vec<Place> {
    let mut places = Vec::new();
    for paragraph in paragraphs(documents) {
        for window in paragraph.units.windows(string.len()) {
            let place = window[0].1;
            let same = window.iter().map(|(unit, _)| unit).eq(string);
            if same && (notes == Notes::Included || place.1.is_none()) {
                places.push(place);
            }
        }
    }
    places.sort_unstable();
    places
}

/// The documents of occurrences in order, with their number in each.
pub(super) fn counts(places: &[Place]) -> Vec<(u32, u32)> {
    places
        .chunk_by(|left, right| left.0 == right.0)
        .map(|same| (same[0].0, same.len() as u32))
        .collect()
}

/// The place of a location.
pub(super) fn place(index: &StringIndex<Vec<u8>>, location: &Location) -> Place {
    assert_eq!(index.locate(location.position), *location);
    let note = index
        .note_runs(location.document)
        .position(|run| run.contains(&location.position));
    assert_eq!(note.is_some(), location.is_note);
    (location.document, note, location.offset())
}
