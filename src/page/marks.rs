//! A text with its marks: what a query matched, and the notes in it that were not said.

use std::ops::Range;

use maud::{Markup, PreEscaped, Render, html};

use super::text::{Shown, shown_character};
use super::wording::Wording;
use crate::analyzer::notes::notes;
use crate::highlight::Highlight;
use crate::text::{CharSpan, char_spans, is_han};

/// Numbers the marks of a page, so that each can be gone to.
pub(super) struct Numbering {
    next: usize,
    last: usize,
}

impl Numbering {
    /// Numbers marks from 1 on, of which there are so many.
    pub(super) fn new(count: usize) -> Self {
        Self { next: 1, last: count }
    }

    /// The number of the next mark.
    fn take(&mut self) -> usize {
        self.next += 1;
        self.next - 1
    }
}

/// A text to be marked.
pub(super) struct Marked<'a> {
    words: &'a Wording,
    characters: Vec<char>,
    /// The notes, as ranges of characters.
    notes: Vec<CharSpan>,
    highlights: &'a [Highlight],
}

impl<'a> Marked<'a> {
    /// A text with what was matched in it.
    pub(super) fn new(text: &str, highlights: &'a [Highlight], words: &'a Wording) -> Self {
        Self {
            words,
            characters: text.chars().collect(),
            notes: char_spans(text, &notes(text)),
            highlights,
        }
    }

    /// An extract of the text, with marks that are not numbered.
    pub(super) fn extract(&self, span: CharSpan) -> Markup {
        let before = if span.start > 0 { "…" } else { "" };
        let after = if span.end < self.characters.len() { "…" } else { "" };
        html! { (before) (self.part(span.start..span.end, None)) (after) }
    }

    /// The whole text; its marks are numbered.
    pub(super) fn whole(&self, numbering: &mut Numbering) -> Markup {
        self.part(0..self.characters.len(), Some(numbering))
    }

    fn part(&self, range: Range<usize>, mut numbering: Option<&mut Numbering>) -> Markup {
        let mut written = String::new();
        let mut at = range.start;
        for highlight in self.highlights {
            let (start, end) = (highlight.start.max(at), highlight.end.min(range.end));
            if start >= end {
                continue;
            }
            written.push_str(&self.plain(at..start));
            written.push_str(&self.mark(highlight, &self.plain(start..end), numbering.as_deref_mut()));
            at = end;
        }
        written.push_str(&self.plain(at..range.end.max(at)));
        // Every part of it was escaped where it was written.
        PreEscaped(written)
    }

    /// A mark around a text that is HTML already.
    fn mark(&self, highlight: &Highlight, inside: &str, numbering: Option<&mut Numbering>) -> String {
        let form = highlight.expansion_of.as_deref();
        let title = form.map(|typed| (self.words.form_of)(typed));
        let inside = PreEscaped(inside);
        let Some(numbering) = numbering else {
            return html! { mark class=[form.map(|_| "form")] title=[title.as_deref().map(Shown)] { (inside) } }
                .into_string();
        };
        let number = numbering.take();
        let words = self.words;
        html! {
            mark #{ "hit-" (number) } class=[form.map(|_| "form")] title=[title.as_deref().map(Shown)] { (inside) }
            span.walk {
                @if number > 1 { a href={ "#hit-" (number - 1) } title=(words.previous_hit) aria-label=(words.previous_hit) { "‹" } }
                @if number < numbering.last { a href={ "#hit-" (number + 1) } title=(words.next_hit) aria-label=(words.next_hit) { "›" } }
            }
        }
        .into_string()
    }

    /// A range without marks, its notes set apart.
    fn plain(&self, range: Range<usize>) -> String {
        let mut written = String::new();
        let mut at = range.start;
        for note in &self.notes {
            let (start, end) = (note.start.max(at), note.end.min(range.end));
            if start >= end {
                continue;
            }
            written.push_str(&self.escaped(at..start));
            let inside = PreEscaped(self.escaped(start..end));
            written.push_str(&html! { span.note { (inside) } }.into_string());
            at = end;
        }
        written.push_str(&self.escaped(at..range.end.max(at)));
        written
    }

    fn escaped(&self, range: Range<usize>) -> String {
        let text: String = range.filter_map(|index| self.character(index)).collect();
        text.render().into_string()
    }

    /// A character as it is shown. A line break before an indented line stays one, for the styles to show; any other is a
    /// space, and between Han characters nothing.
    fn character(&self, index: usize) -> Option<char> {
        let character = *self.characters.get(index)?;
        let before = index
            .checked_sub(1)
            .and_then(|index| self.characters.get(index))
            .copied();
        let after = self.characters.get(index + 1).copied();
        match character {
            '\n' if after.is_some_and(is_indent) => Some('\n'),
            '\n' | '\r' if before.is_some_and(is_han) && after.is_some_and(is_han) => None,
            character if is_indent(character) && self.begins_line(index) => None,
            character => shown_character(character),
        }
    }

    /// Whether only an indent stands between the beginning of the line and a character.
    fn begins_line(&self, index: usize) -> bool {
        let mut before = self.characters[..index].iter().rev();
        before.find(|character| !is_indent(**character)) == Some(&'\n')
    }
}

/// Whether a character indents a line that begins with it.
fn is_indent(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\u{3000}' | '\u{A0}')
}
