//! A folded text: its units, each with its span in the original, and the words that have two readings. How a text becomes one
//! stands in the parent module.

use super::characters;
use crate::text::ByteSpan;

/// What kind of thing a unit is; distances count all but marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnitKind {
    /// A Han character.
    Han,
    /// A word of an alphabetic script, or a cluster of a script without spaces.
    Word,
    /// A number.
    Number,
    /// A punctuation mark, a symbol or an emoji.
    Mark,
}

/// One unit of a folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Where its text begins in the buffer of the folded text.
    pub(super) start: u32,
    /// Where its text ends there.
    pub(super) end: u32,
    /// Where the unit stands in the original. Units that come from one character, such as the two of `½`, share its span.
    pub span: ByteSpan,
    /// What kind of thing it is.
    pub kind: UnitKind,
}

/// A text as a sequence of units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoldedText {
    pub(super) buffer: String,
    pub(super) units: Vec<Unit>,
    /// The words that a line end broke and that may be one word as well as the compound that the units are, ascending and apart.
    pub(super) joined: Vec<JoinedWord>,
    pub(super) joined_buffer: String,
}

/// The other reading of three units: the parts of a word without the hyphen at the line end between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct JoinedWord {
    /// The unit before the hyphen.
    pub(super) first: u32,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// How much text there is, in the two measures that rates are per million of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextSize {
    /// Han characters, other letters and digits, folded.
    pub characters: u64,
    /// Words, numbers and Han characters.
    pub words: u64,
}

impl TextSize {
    /// Both together.
    pub fn and(self, other: Self) -> Self {
        Self {
            characters: self.characters + other.characters,
            words: self.words + other.words,
        }
    }
}

impl FoldedText {
    /// The units, in the order of the text.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The number of units.
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Whether the text has no unit: it is empty, or white space.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// The folded form of the unit at an index below [`len`](Self::len).
    pub fn unit_text(&self, index: usize) -> &str {
        self.text_of(&self.units[index])
    }

    /// The folded form of a unit of this text.
    pub fn text_of(&self, unit: &Unit) -> &str {
        &self.buffer[unit.start as usize..unit.end as usize]
    }

    /// The folded forms of all units, in order.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.units.iter().map(|unit| self.text_of(unit))
    }

    /// The words that a line end broke and that are written both ways: the index of the first of the
    /// [`BROKEN_WORD_UNITS`](super::BROKEN_WORD_UNITS) units that are the compound, and the same as one word; ascending, none overlapping another.
    pub fn joined_words(&self) -> impl Iterator<Item = (usize, &str)> {
        let word = |joined: &JoinedWord| &self.joined_buffer[joined.start as usize..joined.end as usize];
        self.joined
            .iter()
            .map(move |joined| (joined.first as usize, word(joined)))
    }

    /// The word that the units from an index on are, read as one.
    pub fn joined_at(&self, index: usize) -> Option<&str> {
        let found = self.joined.binary_search_by_key(&index, |joined| joined.first as usize);
        let joined = self.joined[found.ok()?];
        Some(&self.joined_buffer[joined.start as usize..joined.end as usize])
    }

    /// Whether every unit is a punctuation mark: such a string is not worth searching for. Symbols and emoji are.
    pub fn is_punctuation_only(&self) -> bool {
        self.texts().all(|text| text.chars().all(characters::is_punctuation))
    }

    /// How much text it is.
    pub fn size(&self) -> TextSize {
        let is_word = |unit: &&Unit| unit.kind != UnitKind::Mark;
        let characters = self.buffer.chars().filter(|character| character.is_alphanumeric());
        TextSize {
            characters: characters.count() as u64,
            words: self.units.iter().filter(is_word).count() as u64,
        }
    }

    pub(super) fn shift_spans(&mut self, bytes: usize) {
        for unit in &mut self.units {
            unit.span = ByteSpan::new(unit.span.start + bytes, unit.span.end + bytes);
        }
    }

    pub(super) fn append(&mut self, other: &FoldedText) {
        let before = self.units.len();
        for unit in &other.units {
            self.push(other.text_of(unit), unit.span, unit.kind);
        }
        for (first, word) in other.joined_words() {
            self.push_joined(before + first, [word, ""]);
        }
    }

    /// Adds the other reading of the units from `first` on.
    pub(super) fn push_joined(&mut self, first: usize, parts: [&str; 2]) {
        let start = self.joined_buffer.len() as u32;
        parts.iter().for_each(|part| self.joined_buffer.push_str(part));
        self.joined.push(JoinedWord {
            first: first as u32,
            start,
            end: self.joined_buffer.len() as u32,
        });
    }

    pub(super) fn push(&mut self, folded: &str, span: ByteSpan, kind: UnitKind) {
        let start = self.buffer.len() as u32;
        self.buffer.push_str(folded);
        self.units.push(Unit {
            start,
            end: self.buffer.len() as u32,
            span,
            kind,
        });
    }

    pub(super) fn push_char(&mut self, folded: char, span: ByteSpan, kind: UnitKind) {
        let start = self.buffer.len() as u32;
        self.buffer.push(folded);
        self.units.push(Unit {
            start,
            end: self.buffer.len() as u32,
            span,
            kind,
        });
    }
}
