//! What matched, as ranges of the original text: computed from the query's leaves, never from the words index.
//!
//! A string is marked as the string; words are marked where words matched.

use regex::Regex;
use serde::Serialize;

use crate::pattern::Pattern;
use crate::text::{ByteSpan, CharSpan, char_spans, is_han};

pub mod extract;
mod paragraph;

pub use paragraph::{MarkedText, Paragraph, expression_spans};

/// What a passage is marked by; the search room makes one of each leaf of the query.
#[derive(Clone, Debug)]
pub struct Marker {
    /// What is marked.
    pub marked: Marked,
    /// What was typed, where this marks another form of it.
    pub expansion_of: Option<String>,
}

/// What is marked in a passage.
#[derive(Clone, Debug)]
pub enum Marked {
    /// What the pattern matches.
    Pattern(Pattern),
    /// A string, or where it does not stand and all of some words do, the words.
    StringOrWords {
        /// The string.
        string: Pattern,
        /// The words.
        words: Vec<Pattern>,
    },
    /// What a regular expression matches.
    Expression(Regex),
}

/// A marked range of a passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct Highlight {
    /// The first code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// What was typed, where another form of it is marked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expansion_of: Option<String>,
}

impl From<CharSpan> for Highlight {
    /// A range in which stands what was typed.
    fn from(span: CharSpan) -> Self {
        Self {
            start: span.start,
            end: span.end,
            expansion_of: None,
        }
    }
}

/// The highlights of a passage and its best extract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Highlights {
    /// What matched, ascending, overlapping ranges merged.
    pub highlights: Vec<Highlight>,
    /// The best extract.
    pub snippet: CharSpan,
}

/// Marks a passage.
pub fn highlight(passage: MarkedText<'_>, markers: &[Marker]) -> Highlights {
    let spans = matched_spans(passage, markers);
    let extract = extract::best_extract(passage.text, &spans);
    let joined = joined(&spans, markers);
    let mut all: Vec<ByteSpan> = joined.iter().map(|(span, _)| *span).collect();
    all.push(extract);
    let mut chars = char_spans(passage.text, &all);
    let snippet = chars.pop().unwrap_or(CharSpan { start: 0, end: 0 });
    let highlight = |(span, (_, expansion_of)): (CharSpan, (ByteSpan, Option<String>))| Highlight {
        start: span.start,
        end: span.end,
        expansion_of,
    };
    Highlights {
        highlights: chars.into_iter().zip(joined).map(highlight).collect(),
        snippet,
    }
}

/// What each marker matched: byte ranges of the passage, with the marker's number; ranges may overlap.
pub fn matched_spans(passage: MarkedText<'_>, markers: &[Marker]) -> Vec<(ByteSpan, usize)> {
    let paragraph = Paragraph::read(passage);
    let mut found = Vec::new();
    for (number, marker) in markers.iter().enumerate() {
        let spans = match &marker.marked {
            Marked::Pattern(pattern) => paragraph.marks(pattern),
            Marked::StringOrWords { string, words } => string_or_words(&paragraph, string, words),
            Marked::Expression(expression) => paragraph.expression_matches(expression),
        };
        found.extend(paragraph.own_parts(spans).into_iter().map(|span| (span, number)));
    }
    found.sort_unstable();
    found
}

fn string_or_words(paragraph: &Paragraph<'_>, string: &Pattern, words: &[Pattern]) -> Vec<ByteSpan> {
    let marks = |pattern| paragraph.beginning_here(paragraph.marks(pattern));
    let spans = marks(string);
    if !spans.is_empty() {
        return spans;
    }
    let of_words: Vec<Vec<ByteSpan>> = words.iter().map(marks).collect();
    match of_words.iter().any(Vec::is_empty) {
        true => Vec::new(),
        false => of_words.concat(),
    }
}

/// Overlapping ranges joined; a joined range shows another form only if nothing typed is in it.
fn joined(spans: &[(ByteSpan, usize)], markers: &[Marker]) -> Vec<(ByteSpan, Option<String>)> {
    let mut joined: Vec<(ByteSpan, Option<String>)> = Vec::with_capacity(spans.len());
    for (span, number) in spans {
        let expansion_of = &markers[*number].expansion_of;
        match joined.last_mut() {
            Some((last, last_expansion)) if span.start < last.end => {
                last.end = last.end.max(span.end);
                if expansion_of.is_none() {
                    *last_expansion = None;
                }
            }
            _ => joined.push((*span, expansion_of.clone())),
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
