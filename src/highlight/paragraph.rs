//! The paragraph around a passage, as the place in which patterns and regular expressions are looked up.

use std::convert::Infallible;

use regex::Regex;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc, is_nfc_quick};
use unicode_segmentation::UnicodeSegmentation;

use crate::analyzer::notes::notes;
use crate::analyzer::unit_text::{PassageUnits, passage_units, span_of};
use crate::pattern::{Pattern, TextPlace, UnitSpan, marks, matches};
use crate::text::ByteSpan;

/// A passage to mark.
#[derive(Clone, Copy, Debug)]
pub struct MarkedText<'a> {
    /// The text of the pieces of the same paragraph that come before: what a regular expression matches depends on it.
    pub before: &'a str,
    /// The text of the passage.
    pub text: &'a str,
    /// The text of the pieces of the same paragraph that follow: a match may run on into them.
    pub continuation: &'a str,
    /// The primary subtag of the language.
    pub language: &'a str,
    /// Whether stage directions are searched too.
    pub with_notes: bool,
}

/// A paragraph, or as much of it as a passage needs, folded.
pub struct Paragraph<'a> {
    text: String,
    own: ByteSpan,
    units: PassageUnits,
    language: &'a str,
    with_notes: bool,
}

impl<'a> Paragraph<'a> {
    /// Folds the paragraph of a passage.
    pub fn read(passage: MarkedText<'a>) -> Self {
        let text = [passage.before, passage.text, passage.continuation].concat();
        Self {
            own: ByteSpan::new(passage.before.len(), passage.before.len() + passage.text.len()),
            units: passage_units(&text),
            language: passage.language,
            with_notes: passage.with_notes,
            text,
        }
    }

    /// What was said, and where asked for each stage direction, which is searched by itself.
    fn places(&self) -> Vec<TextPlace<'_>> {
        let notes = if self.with_notes { &self.units.notes[..] } else { &[] };
        let speech = TextPlace {
            units: &self.units.speech,
            text: &self.text,
            language: Some(self.language),
        };
        let note = |units| TextPlace {
            units,
            text: &self.text,
            language: None,
        };
        std::iter::once(speech).chain(notes.iter().map(note)).collect()
    }

    /// Where a pattern matches, as ranges of the paragraph.
    pub fn matches(&self, pattern: &Pattern) -> Vec<ByteSpan> {
        self.spans(|place| matches(pattern, place))
    }

    /// What a pattern marks, as ranges of the paragraph.
    pub fn marks(&self, pattern: &Pattern) -> Vec<ByteSpan> {
        self.spans(|place| marks(pattern, place))
    }

    fn spans(&self, find: impl Fn(&TextPlace<'_>) -> Result<Vec<UnitSpan>, Infallible>) -> Vec<ByteSpan> {
        let mut spans = Vec::new();
        for place in self.places() {
            let Ok(found) = find(&place);
            let span = |span: UnitSpan| span_of(place.units, span.start as usize, (span.end - span.start) as usize);
            spans.extend(found.into_iter().map(span));
        }
        spans
    }

    /// Where a regular expression matches, as ranges of the paragraph.
    pub fn expression_matches(&self, expression: &Regex) -> Vec<ByteSpan> {
        spans_around_notes(&self.text, &self.units.note_spans, expression, self.with_notes)
    }

    /// Of ranges of the paragraph those that begin in the passage.
    pub(super) fn beginning_here(&self, mut spans: Vec<ByteSpan>) -> Vec<ByteSpan> {
        spans.retain(|span| self.own.start <= span.start && span.start < self.own.end);
        spans
    }

    /// The same, as ranges of the passage.
    pub fn own(&self, spans: Vec<ByteSpan>) -> Vec<ByteSpan> {
        let in_passage = |span: ByteSpan| ByteSpan::new(span.start - self.own.start, span.end - self.own.start);
        self.beginning_here(spans).into_iter().map(in_passage).collect()
    }

    /// The same, cut at the end of the passage and around the stage directions that they run over.
    pub(super) fn own_parts(&self, spans: Vec<ByteSpan>) -> Vec<ByteSpan> {
        let parts = self
            .beginning_here(spans)
            .into_iter()
            .flat_map(|span| around_notes(span, &self.units.note_spans))
            .filter(|span| span.start < self.own.end && !span.is_empty());
        parts
            .map(|span| ByteSpan::new(span.start - self.own.start, span.end.min(self.own.end) - self.own.start))
            .collect()
    }
}

/// Where a regular expression matches in a paragraph: in what was said, stage directions taken out, and where asked for in
/// each stage direction. Nothing is folded.
pub fn expression_spans(text: &str, expression: &Regex, with_notes: bool) -> Vec<ByteSpan> {
    spans_around_notes(text, &notes(text), expression, with_notes)
}

fn spans_around_notes(text: &str, notes: &[ByteSpan], expression: &Regex, with_notes: bool) -> Vec<ByteSpan> {
    if notes.is_empty() {
        return composed_spans(text, expression);
    }
    let said = WithoutNotes::of(text, notes);
    let mut spans: Vec<ByteSpan> = composed_spans(&said.text, expression)
        .into_iter()
        .map(|found| said.original(found.start, found.end))
        .collect();
    for note in notes.iter().filter(|_| with_notes) {
        let found = composed_spans(&text[note.range()], expression).into_iter();
        spans.extend(found.map(|found| ByteSpan::new(note.start + found.start, note.start + found.end)));
    }
    spans
}

/// Where a regular expression matches in a text with its letters and marks composed (NFC), as ranges of the text as it is: what
/// is one character to a reader is one to the expression.
fn composed_spans(text: &str, expression: &Regex) -> Vec<ByteSpan> {
    if is_nfc_quick(text.chars()) == IsNormalized::Yes {
        let found = expression.find_iter(text);
        return found.map(|found| ByteSpan::new(found.start(), found.end())).collect();
    }
    let composed = Composed::of(text);
    let found = expression.find_iter(&composed.text);
    found
        .map(|found| composed.original(found.start(), found.end()))
        .collect()
}

/// A text with its letters and marks composed.
struct Composed {
    text: String,
    /// Where each stretch that is as it was, or a character that was composed, begins: in the composed text, and in the original.
    parts: Vec<(usize, usize)>,
}

impl Composed {
    fn of(text: &str) -> Self {
        let mut composed = Self {
            text: String::with_capacity(text.len()),
            parts: Vec::new(),
        };
        let mut was_as_it_is = false;
        for (start, cluster) in text.grapheme_indices(true) {
            let is_as_it_is = cluster.is_ascii() || is_nfc(cluster);
            if !(was_as_it_is && is_as_it_is) {
                composed.parts.push((composed.text.len(), start));
            }
            match is_as_it_is {
                true => composed.text.push_str(cluster),
                false => composed.text.extend(cluster.nfc()),
            }
            was_as_it_is = is_as_it_is;
        }
        composed.parts.push((composed.text.len(), text.len()));
        composed
    }

    /// The range of the original that a range of the composed text stands for: of what was composed the whole.
    fn original(&self, start: usize, end: usize) -> ByteSpan {
        let from = self
            .parts
            .partition_point(|(composed, _)| *composed <= start)
            .saturating_sub(1);
        let to = self
            .parts
            .partition_point(|(composed, _)| *composed < end)
            .saturating_sub(1);
        let is_changed = |part: usize| {
            let [(composed, original), (next_composed, next_original)] = [self.parts[part], self.parts[part + 1]];
            next_composed - composed != next_original - original
        };
        let begins = match from + 1 < self.parts.len() && is_changed(from) {
            true => self.parts[from].1,
            false => self.parts[from].1 + (start - self.parts[from].0),
        };
        let ends = match to + 1 < self.parts.len() && is_changed(to) {
            true => self.parts[to + 1].1,
            false => self.parts[to].1 + (end - self.parts[to].0),
        };
        ByteSpan::new(begins, ends.max(begins))
    }
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

/// What was said in a text: the text without its stage directions.
struct WithoutNotes {
    text: String,
    /// Where each kept part begins: in the kept text, and in the original.
    parts: Vec<(usize, usize)>,
}

impl WithoutNotes {
    fn of(text: &str, notes: &[ByteSpan]) -> Self {
        let mut without = Self {
            text: String::with_capacity(text.len()),
            parts: Vec::new(),
        };
        let mut start = 0;
        let ends = notes
            .iter()
            .map(|note| (note.start, note.end))
            .chain([(text.len(), text.len())]);
        for (end, next_start) in ends {
            without.parts.push((without.text.len(), start));
            without.text.push_str(&text[start..end]);
            start = next_start;
        }
        without
    }

    /// The range of the original that a range of the kept text stands for.
    fn original(&self, start: usize, end: usize) -> ByteSpan {
        let at = |byte: usize| {
            let part = self.parts.partition_point(|(kept, _)| *kept <= byte).saturating_sub(1);
            let (kept, original) = self.parts[part];
            original + (byte - kept)
        };
        ByteSpan::new(at(start), at(end.saturating_sub(1)) + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, pattern: &str, expected: &[&str]) {
        let found = expression_spans(text, &Regex::new(pattern).unwrap(), true);
        let found: Vec<&str> = found.iter().map(|span| &text[span.range()]).collect();
        assert_eq!(found, expected, "{pattern} in {text:?}");
    }

    #[test]
    fn an_expression_sees_composed_letters() {
        let text = "La Co\u{302}te d’Azur parle de coope\u{301}ration.";
        check(text, "Côte", &["Co\u{302}te"]);
        check(text, "coop[eé]ration", &["coope\u{301}ration"]);
        check(text, "d.Azur p", &["d’Azur p"]);
        check(text, "ô", &["o\u{302}"]);
        check(text, "coop.ration\\.$", &["coope\u{301}ration."]);
        check("⟦Co\u{302}te⟧ Co\u{302}te", "ôte", &["o\u{302}te", "o\u{302}te"]);
        check("\u{1112}\u{1161}\u{11ab}국", "한국", &["\u{1112}\u{1161}\u{11ab}국"]);
    }
}
