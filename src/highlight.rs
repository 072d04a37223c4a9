//! What matched, as ranges of the original text: computed from the query's leaves, never from the words index.
//!
//! A string is marked as the string; words are marked where words matched.

use std::cell::RefCell;

use crate::analyzer::tokenizer::alphabetic::WordTerms;
use crate::analyzer::unit_text::{PassageUnits, passage_units, span_of};
use crate::analyzer::{FoldedText, UnitKind};
use crate::text::{ByteSpan, CharSpan, char_spans, is_han};

pub mod extract;

/// What a passage is marked by; the search room makes one of each leaf of the query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marker {
    /// The string, as units.
    pub units: Vec<String>,
    /// The string as typed, where it must stand as printed.
    pub printed: Option<String>,
    /// Terms that mark every word of theirs.
    pub inflections: Vec<String>,
    /// Strings that are marked where `units` does not stand but all of them do.
    pub words: Vec<Vec<String>>,
    /// Strings that are marked wherever they stand.
    pub parts: Vec<Vec<String>>,
}

/// A passage to mark.
#[derive(Clone, Copy, Debug)]
pub struct MarkedText<'a> {
    /// The text of the passage.
    pub text: &'a str,
    /// The text of the pieces of the same paragraph that follow: a string may run on into them.
    pub continuation: &'a str,
    /// The primary subtag of the language.
    pub language: &'a str,
    /// Whether stage directions are marked too.
    pub with_notes: bool,
}

/// The highlights of a passage and its best extract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Highlights {
    /// What matched, ascending, overlapping ranges merged.
    pub spans: Vec<CharSpan>,
    /// The best extract.
    pub snippet: CharSpan,
}

/// Marks a passage.
pub fn highlight(passage: MarkedText<'_>, markers: &[Marker]) -> Highlights {
    let spans = matched_spans(passage, markers);
    let extract = extract::best_extract(passage.text, &spans);
    let mut all = merged(spans.into_iter().map(|(span, _)| span).collect());
    all.push(extract);
    let mut chars = char_spans(passage.text, &all);
    let snippet = chars.pop().unwrap_or(CharSpan { start: 0, end: 0 });
    Highlights { spans: chars, snippet }
}

/// What each marker matched: byte ranges of the passage, with the marker's number; ranges may overlap.
pub fn matched_spans(passage: MarkedText<'_>, markers: &[Marker]) -> Vec<(ByteSpan, usize)> {
    let whole = [passage.text, passage.continuation].concat();
    let units = passage_units(&whole);
    let mut found = Vec::new();
    for (number, marker) in markers.iter().enumerate() {
        let spans = marker_spans(&whole, &units, marker, passage)
            .into_iter()
            .flat_map(|span| around_notes(span, &units.note_spans));
        let inside = spans.filter(|span| span.start < passage.text.len());
        let clipped = inside.map(|span| ByteSpan::new(span.start, span.end.min(passage.text.len())));
        found.extend(clipped.map(|span| (span, number)));
    }
    found.sort_unstable();
    found
}

/// The parts of a match outside of the stage directions that it runs over; a match inside of one stays as it is.
fn around_notes(span: ByteSpan, notes: &[ByteSpan]) -> Vec<ByteSpan> {
    let mut parts = Vec::new();
    let mut start = span.start;
    for note in notes
        .iter()
        .filter(|note| note.start > span.start && note.end < span.end)
    {
        parts.push(ByteSpan::new(start, note.start));
        start = note.end;
    }
    parts.push(ByteSpan::new(start, span.end));
    parts
}

fn marker_spans(whole: &str, units: &PassageUnits, marker: &Marker, passage: MarkedText<'_>) -> Vec<ByteSpan> {
    let notes = if passage.with_notes { &units.notes[..] } else { &[] };
    let texts: Vec<&FoldedText> = std::iter::once(&units.speech).chain(notes).collect();
    let of =
        |string: &[String]| -> Vec<ByteSpan> { texts.iter().flat_map(|text| string_spans(text, string)).collect() };
    if let Some(printed) = &marker.printed {
        return texts
            .iter()
            .flat_map(|text| as_printed(whole, text, printed, &marker.units))
            .collect();
    }
    let mut spans = of(&marker.units);
    if spans.is_empty() && !marker.words.is_empty() {
        let of_words: Vec<Vec<ByteSpan>> = marker.words.iter().map(|word| of(word)).collect();
        if of_words.iter().all(|spans| !spans.is_empty()) {
            spans.extend(of_words.into_iter().flatten());
        }
    }
    spans.extend(marker.parts.iter().flat_map(|part| of(part)));
    if !marker.inflections.is_empty() {
        spans.extend(inflected_spans(&units.speech, marker, passage.language));
    }
    spans
}

/// Where a string of units stands, overlapping places included.
fn string_spans(text: &FoldedText, string: &[String]) -> Vec<ByteSpan> {
    let starts = unit_matches(text, string);
    starts
        .into_iter()
        .map(|start| span_of(text, start, string.len()))
        .collect()
}

/// The units at which a string of units begins.
pub fn unit_matches(text: &FoldedText, string: &[String]) -> Vec<usize> {
    let Some(last_start) = text.len().checked_sub(string.len()).filter(|_| !string.is_empty()) else {
        return Vec::new();
    };
    let stands_at = |start: &usize| {
        string
            .iter()
            .enumerate()
            .all(|(offset, unit)| text.unit_text(start + offset) == unit)
    };
    (0..=last_start).filter(stands_at).collect()
}

fn as_printed(whole: &str, text: &FoldedText, printed: &str, units: &[String]) -> Vec<ByteSpan> {
    let spans = string_spans(text, units);
    spans
        .into_iter()
        .filter(|span| whole.get(span.range()) == Some(printed))
        .collect()
}

/// Where a text stands as printed in what was said in a passage, or in its stage directions too.
pub fn printed_spans(text: &str, continuation: &str, printed: &str, with_notes: bool) -> Vec<ByteSpan> {
    let units = crate::analyzer::fold(printed).texts().map(str::to_owned).collect();
    let marker = Marker {
        units,
        printed: Some(printed.to_owned()),
        ..Marker::default()
    };
    let passage = MarkedText {
        text,
        continuation,
        language: "",
        with_notes,
    };
    matched_spans(passage, &[marker])
        .into_iter()
        .map(|(span, _)| span)
        .collect()
}

thread_local! {
    /// The stems of words seen before: the passages of a corpus share most of theirs, and a stem costs more than the rest.
    static WORD_TERMS: RefCell<WordTerms> = RefCell::default();
}

fn inflected_spans(text: &FoldedText, marker: &Marker, language: &str) -> Vec<ByteSpan> {
    let words = text.units().iter().filter(|unit| unit.kind == UnitKind::Word);
    WORD_TERMS.with_borrow_mut(|terms| {
        let mut is_marked =
            |word: &str| terms.with_term(word, language, |term| marker.inflections.iter().any(|own| own == term));
        words
            .filter(|unit| is_marked(text.text_of(unit)))
            .map(|unit| unit.span)
            .collect()
    })
}

/// Ascending ranges with overlapping ones joined.
pub fn merged(mut spans: Vec<ByteSpan>) -> Vec<ByteSpan> {
    spans.sort_unstable();
    let mut joined: Vec<ByteSpan> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    joined
}

/// Whether a text is mostly Han, so that its characters carry about as much as half a word each.
fn is_mostly_han(text: &str) -> bool {
    let (mut han, mut other) = (0, 0);
    for character in text.chars().filter(|character| character.is_alphabetic()) {
        if is_han(character) {
            han += 1;
        } else {
            other += 1;
        }
    }
    han * 2 > other
}
