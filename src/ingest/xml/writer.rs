//! Puts paragraphs together from the pieces of text between tags.

use crate::corpus::Paragraph;
use crate::text::{ByteSpan, is_han};

/// The white space before the next piece of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::ingest) enum Gap {
    /// None.
    #[default]
    None,
    /// A space.
    Space,
    /// The end of a line, which between Han characters is nothing.
    Line,
}

/// A text under way.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Writer {
    text: String,
    paragraphs: Vec<Paragraph>,
    /// Where the paragraph under way begins.
    start: usize,
    gap: Gap,
    /// Whether a word goes on: white space is that of the markup until its next letter.
    in_word: bool,
    /// Notes on a word that goes on after them: they stand behind it, so that it is found.
    pending: String,
    speaker: Option<String>,
    is_heading: bool,
}

impl Writer {
    /// Adds text; white space is made one space.
    pub(in crate::ingest) fn push(&mut self, text: &str) {
        for character in text.chars() {
            if !character.is_alphanumeric() {
                self.write_pending();
            }
            match character {
                space if space.is_whitespace() && self.in_word => {}
                '\n' | '\r' => self.space(Gap::Line),
                space if space.is_whitespace() => self.space(Gap::Space),
                character => {
                    self.close_gap(character);
                    self.text.push(character);
                }
            }
        }
    }

    /// Adds a note as it is marked; one inside of a word stands behind the word.
    pub(in crate::ingest) fn push_note(&mut self, marked: &str) {
        let last = self.text[self.start..].chars().next_back();
        let may_go_on = self.gap == Gap::None && last.is_some_and(|last| last.is_alphabetic() && !is_han(last));
        if may_go_on {
            self.pending.push_str(marked);
            return;
        }
        self.close_gap(' ');
        self.text.push_str(marked);
    }

    /// Adds white space.
    pub(in crate::ingest) fn space(&mut self, gap: Gap) {
        self.write_pending();
        self.gap = self.gap.max(gap);
    }

    /// A line or page ends inside of a word. Where it ends with a hyphen that is kept, for it may be the word's own.
    pub(in crate::ingest) fn break_word(&mut self) {
        self.gap = if self.ends_in_hyphen() { Gap::Line } else { Gap::None };
        self.in_word = true;
    }

    /// A page ends; whether inside of a word only a hyphen tells.
    pub(in crate::ingest) fn break_page(&mut self) {
        if self.gap == Gap::None && self.ends_in_hyphen() {
            self.break_word();
        }
    }

    fn ends_in_hyphen(&self) -> bool {
        self.text[self.start..].ends_with(['-', '\u{AD}', '\u{2010}'])
    }

    /// Takes back white space.
    pub(in crate::ingest) fn join(&mut self) {
        self.gap = Gap::None;
    }

    /// Stands between two cells of a row.
    pub(in crate::ingest) fn separate_cells(&mut self) {
        if self.text.len() > self.start {
            self.push(" | ");
        }
    }

    /// Whoever speaks from here on; returns who spoke.
    pub(in crate::ingest) fn set_speaker(&mut self, speaker: Option<String>) -> Option<String> {
        std::mem::replace(&mut self.speaker, speaker)
    }

    /// Whether paragraphs are headings from here on.
    pub(in crate::ingest) fn set_heading(&mut self, is_heading: bool) {
        self.is_heading = is_heading;
    }

    /// How much is written.
    pub(in crate::ingest) fn length(&self) -> usize {
        self.text.len()
    }

    /// Ends the paragraph under way, if it has any text.
    pub(in crate::ingest) fn end_paragraph(&mut self) {
        self.write_pending();
        self.gap = Gap::None;
        self.in_word = false;
        if self.text.len() == self.start {
            return;
        }
        self.paragraphs.push(Paragraph {
            span: ByteSpan::new(self.start, self.text.len()),
            speaker: self.speaker.clone(),
            is_heading: self.is_heading,
        });
        self.text.push_str("\n\n");
        self.start = self.text.len();
    }

    /// The text with its paragraphs.
    pub(in crate::ingest) fn finish(mut self) -> (String, Vec<Paragraph>) {
        self.end_paragraph();
        self.text.truncate(self.text.trim_end().len());
        (self.text, self.paragraphs)
    }

    fn write_pending(&mut self) {
        if !self.pending.is_empty() {
            let pending = std::mem::take(&mut self.pending);
            self.text.push_str(&pending);
        }
    }

    /// Writes the white space between what stands and the next character.
    fn close_gap(&mut self, next: char) {
        let gap = std::mem::take(&mut self.gap);
        self.in_word = false;
        let Some(last) = self.text[self.start..].chars().next_back() else {
            return;
        };
        match gap {
            Gap::Line if is_han(last) && is_han(next) => {}
            // A hyphen joins over the end of a line only.
            Gap::Line if self.ends_in_hyphen() => self.text.push('\n'),
            Gap::Space | Gap::Line => self.text.push(' '),
            Gap::None => {}
        }
    }
}
