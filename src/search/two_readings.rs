//! Strings that stand over a word which a line end broke and which has two readings: what the suffix array, which has the
//! compound, does not find, is looked for from the places where a word of the string is the other reading.
//!
//! At each unit the compound is tried first, so at each place a string stands at most once; `pattern::text` does the same.

use rustc_hash::FxHashSet;
use std::ops::Range;

use crate::pattern::{UnitPattern, UnitSpan};
use crate::strings::{BROKEN_UNITS, Joined, StringIndex, Symbol};

/// The symbols that stand for a unit meant.
pub(super) enum Symbols {
    /// This one.
    One(Symbol),
    /// Those of units that begin alike.
    Between(Range<Symbol>),
    /// Any of these.
    Some(FxHashSet<Symbol>),
    /// Those of one character that are no mark.
    OneCharacter,
}

impl Symbols {
    /// Whether a symbol is one of those meant.
    pub(super) fn contains<B: AsRef<[u8]>>(&self, symbol: Symbol, strings: &StringIndex<B>) -> bool {
        match self {
            Self::One(wanted) => symbol == *wanted,
            Self::Between(wanted) => wanted.contains(&symbol),
            Self::Some(wanted) => wanted.contains(&symbol),
            Self::OneCharacter => UnitPattern::OneCharacter.matches(strings.unit(symbol), None),
        }
    }

    /// The places at which broken words are, as one, among those meant.
    fn joined<B: AsRef<[u8]>>(&self, strings: &StringIndex<B>) -> Vec<Joined> {
        let one = |symbol: Symbol| symbol..Symbol::new(symbol.number() + 1);
        match self {
            Self::One(wanted) => strings.joined_as(one(*wanted)).collect(),
            Self::Between(wanted) => strings.joined_as(wanted.clone()).collect(),
            Self::Some(wanted) => strings
                .joined()
                .filter(|joined| wanted.contains(&joined.word))
                .collect(),
            // A broken word has two parts and so two characters.
            Self::OneCharacter => Vec::new(),
        }
    }
}

/// Where a string stands that goes through the other reading of a word, before a position; ascending, never where it stands in
/// the sequence itself.
pub(super) fn spans<B: AsRef<[u8]>>(string: &[Symbols], before: u32, strings: &StringIndex<B>) -> Vec<UnitSpan> {
    if strings.joined_count() == 0 {
        return Vec::new();
    }
    let is_meant = |(symbol, wanted): (Symbol, &Symbols)| wanted.contains(symbol, strings);
    let mut starts: Vec<u32> = Vec::new();
    for (offset, wanted) in string.iter().enumerate() {
        for joined in wanted.joined(strings) {
            let start = joined
                .position
                .checked_sub(offset as u32)
                .filter(|start| *start < before);
            let stands = |start: &u32| strings.symbols_at(*start..joined.position).zip(string).all(is_meant);
            starts.extend(start.filter(stands));
        }
    }
    starts.sort_unstable();
    starts.dedup();
    let mut found = Vec::with_capacity(starts.len());
    for start in starts {
        let plain = start.saturating_add(string.len() as u32);
        if let Some(end) = end_of(string, start, strings).filter(|end| *end != plain) {
            found.push(UnitSpan { start, end });
        }
    }
    found
}

/// The same for a string of units as they are.
pub(super) fn spans_of_units<B: AsRef<[u8]>>(units: &[&str], before: u32, strings: &StringIndex<B>) -> Vec<UnitSpan> {
    let symbol = |unit: &&str| strings.symbol(unit).map(Symbols::One);
    match strings.joined_count() {
        0 => Vec::new(),
        _ => units
            .iter()
            .map(symbol)
            .collect::<Option<Vec<Symbols>>>()
            .map_or_else(Vec::new, |string| spans(&string, before, strings)),
    }
}

/// How often a string of units stands in a segment, stage directions and deleted passages included.
pub(super) fn occurrences<B: AsRef<[u8]>>(units: &[&str], strings: &StringIndex<B>) -> u64 {
    let joined = spans_of_units(units, strings.sequence_length(), strings);
    u64::from(strings.interval_of_strings(units).len()) + joined.len() as u64
}

/// Where a string ends that begins at a position, the compound tried first wherever there are two readings.
fn end_of<B: AsRef<[u8]>>(string: &[Symbols], start: u32, strings: &StringIndex<B>) -> Option<u32> {
    let (mut position, mut index) = (start, 0);
    let mut other_ways: Vec<(u32, usize)> = Vec::new();
    while let Some(wanted) = string.get(index) {
        let symbol = strings.symbols_at(position..position.saturating_add(1)).next();
        let is_unit = symbol.is_some_and(|symbol| wanted.contains(symbol, strings));
        let joined = strings.joined_at(position);
        if joined.is_some_and(|word| wanted.contains(word, strings)) {
            other_ways.push((position + BROKEN_UNITS, index + 1));
        }
        (position, index) = match is_unit {
            true => (position + 1, index + 1),
            false => other_ways.pop()?,
        };
    }
    Some(position)
}
