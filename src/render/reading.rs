//! A speech laid out to be read at the place of a line of a concordance.

use anstyle::Effects;

use super::passages::marked;
use super::style::{DETAIL, MATCH, Marked, TITLE, safe, wrap};
use crate::corpus::Field;
use crate::engine::{ConcordanceLine, PassageView, SpeechView};
use crate::text::CharSpan;

/// A speech in rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The rows.
    pub rows: Vec<Vec<Marked>>,
    /// The row with the beginning of the match.
    pub match_row: usize,
}

/// Lays a speech out in rows of at most so many cells, what its highlights mark and the match of the line marked.
pub fn lay_out(speech: &SpeechView, line: &ConcordanceLine, width: usize) -> Reading {
    let mut reading = Reading {
        rows: Vec::new(),
        match_row: 0,
    };
    let title = speech.metadata.value(Field::Title).unwrap_or(&speech.id);
    reading.add(&plain(title, TITLE), width);
    let fields = [Field::Speaker, Field::Date, Field::Place, Field::Event];
    let details: Vec<&str> = fields
        .iter()
        .filter_map(|field| speech.metadata.value(*field))
        .collect();
    reading.add(&plain(&details.join(" · "), DETAIL), width);
    let mut rest = 0;
    for paragraph in speech
        .passages
        .chunk_by(|left, right| left.paragraph == right.paragraph)
    {
        reading.rows.push(Vec::new());
        if let Some(speaker) = &paragraph[0].speaker {
            reading.add(&plain(speaker, DETAIL), width);
        }
        let mut text = Vec::new();
        for passage in paragraph {
            let range = own_part(passage, line, &mut rest);
            text.extend(marked_passage(passage, range));
        }
        reading.add(&text, width);
    }
    reading
}

/// The match.
fn is_match(marked: &Marked) -> bool {
    marked
        .style
        .is_some_and(|style| style.get_effects().contains(Effects::INVERT))
}

impl Reading {
    fn add(&mut self, text: &[Marked], width: usize) {
        for row in wrap(text, width) {
            if self.match_row == 0 && row.iter().any(is_match) {
                self.match_row = self.rows.len();
            }
            self.rows.push(row.to_vec());
        }
    }
}

/// The part of the match that lies in a passage; `rest` is what runs on behind it.
fn own_part(passage: &PassageView, line: &ConcordanceLine, rest: &mut usize) -> CharSpan {
    let length = passage.text.chars().count();
    let (start, end) = match passage.passage == line.passage {
        true => (line.start, line.end),
        false => (0, *rest),
    };
    *rest = end.saturating_sub(length);
    CharSpan {
        start,
        end: end.min(length),
    }
}

/// A passage with its marks, the match among them shown inverted.
fn marked_passage(passage: &PassageView, range: CharSpan) -> Vec<Marked> {
    let highlights = passage.highlights.as_deref().unwrap_or_default();
    let part = |start: usize, end: usize| marked(&passage.text, CharSpan { start, end }, highlights);
    let length = passage.text.chars().count();
    let mut text = part(0, range.start);
    text.extend(part(range.start, range.end).into_iter().map(|marked| Marked {
        style: Some(MATCH | Effects::INVERT),
        ..marked
    }));
    text.extend(part(range.end.max(range.start), length));
    text
}

fn plain(text: &str, style: anstyle::Style) -> Vec<Marked> {
    let styled = |character| Marked {
        character,
        style: Some(style),
    };
    safe(text).chars().map(styled).collect()
}
