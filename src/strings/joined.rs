//! Units that are also one word: a compound that a line end broke at its hyphen and that is written without one as well.
//!
//! The sequence holds the compound. The table says, by position and by word, where the other reading stands; strings with
//! such a word in them are looked for from there, and match what the sequence has on both sides.

use super::format::Section;
use super::index::StringIndex;
use super::packed::PackedIntegers;
use super::symbol::Symbol;

/// The units that one word may be: what stands before the hyphen, the hyphen, and what stands behind it.
pub const BROKEN_UNITS: u32 = 3;

/// Where units are also one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Joined {
    /// The position of the first of the [`BROKEN_UNITS`] units.
    pub position: u32,
    /// The word.
    pub word: Symbol,
}

/// The table under construction, by ascending position.
#[derive(Debug, Default)]
pub(super) struct JoinedTable {
    pub(super) positions: Vec<u32>,
    pub(super) words: Vec<u32>,
}

impl JoinedTable {
    pub(super) fn push(&mut self, position: u32, word: u32) {
        self.positions.push(position);
        self.words.push(word);
    }

    pub(super) fn len(&self) -> u32 {
        self.positions.len() as u32
    }

    /// The places of the table by ascending word, those of one word by ascending position.
    pub(super) fn by_word(&self) -> Vec<u32> {
        let mut places: Vec<u32> = (0..self.len()).collect();
        places.sort_by_key(|place| self.words[*place as usize]);
        places
    }
}

impl<B: AsRef<[u8]>> StringIndex<B> {
    /// The number of places at which units are also one word.
    pub fn joined_count(&self) -> u32 {
        self.counts().joined_count
    }

    /// Every place at which units are also one word, by ascending position.
    pub fn joined(&self) -> impl Iterator<Item = Joined> {
        (0..self.joined_count()).map(|place| self.joined_place(place))
    }

    /// The places at which units are also one of some words, by ascending word, then position.
    pub fn joined_as(&self, words: std::ops::Range<Symbol>) -> impl Iterator<Item = Joined> {
        let first = self.first_place_from(words.start);
        let end = self.first_place_from(words.end).max(first);
        let by_word = self.joined_by_word();
        (first..end).map(move |rank| self.joined_place(by_word.at(rank as usize)))
    }

    /// The places of a range of positions at which units are also one word.
    pub fn joined_in(&self, positions: std::ops::Range<u32>) -> impl Iterator<Item = Joined> + use<'_, B> {
        let count = self.joined_count();
        let first = self.joined_positions().lower_bound(0, count as usize, positions.start);
        let places = (first as u32..count).map(|place| self.joined_place(place));
        places.take_while(move |joined| joined.position.saturating_add(BROKEN_UNITS) <= positions.end)
    }

    /// The word that the units from a position on also are.
    pub fn joined_at(&self, position: u32) -> Option<Symbol> {
        let place = self
            .joined_positions()
            .lower_bound(0, self.joined_count() as usize, position);
        let found = self.joined_place(place as u32);
        ((place as u32) < self.joined_count() && found.position == position).then_some(found.word)
    }

    pub(super) fn joined_place(&self, place: u32) -> Joined {
        Joined {
            position: self.joined_positions().at(place as usize),
            word: Symbol::new(self.joined_words().at(place as usize)),
        }
    }

    /// The first place, in the order of words, whose word is not below one.
    fn first_place_from(&self, word: Symbol) -> u32 {
        let (mut low, mut high) = (0, self.joined_count());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.joined_place(self.joined_by_word().at(middle as usize)).word < word {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    pub(super) fn joined_positions(&self) -> PackedIntegers<'_> {
        PackedIntegers::new(self.section(Section::JoinedPositions), self.counts().position_bits())
    }

    pub(super) fn joined_words(&self) -> PackedIntegers<'_> {
        PackedIntegers::new(self.section(Section::JoinedWords), self.counts().symbol_bits())
    }

    pub(super) fn joined_by_word(&self) -> PackedIntegers<'_> {
        PackedIntegers::new(self.section(Section::JoinedByWord), self.counts().joined_bits())
    }
}
