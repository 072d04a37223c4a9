//! The different units of a segment in the order of their code points: as built in memory, and as read from a file.
//!
//! The place of a unit is its symbol, so the two directions of the translation are a look-up and a binary search.

use std::ops::Range;

use super::symbol::Symbol;

/// A dictionary in memory: all units one after the other, and where each ends.
#[derive(Debug)]
pub(super) struct Dictionary {
    /// The units, concatenated.
    pub(super) text: String,
    /// Where unit number `n` starts in the text; one more at the end.
    pub(super) offsets: Vec<u32>,
}

impl Dictionary {
    /// The dictionary of units that ascend; `None` where they are longer than 32 bits can say.
    pub(super) fn of<'u>(units: impl IntoIterator<Item = &'u str>) -> Option<Self> {
        let (mut text, mut offsets) = (String::new(), vec![0]);
        for unit in units {
            text.push_str(unit);
            offsets.push(u32::try_from(text.len()).ok()?);
        }
        Some(Self { text, offsets })
    }

    /// The number of units.
    pub(super) fn unit_count(&self) -> u32 {
        self.offsets.len() as u32 - 1
    }
}

/// A dictionary in a file. Whatever its bytes hold, every look-up stays inside them.
#[derive(Clone, Copy)]
pub(super) struct DictionaryView<'a> {
    pub(super) text: &'a [u8],
    pub(super) offsets: &'a [u8],
    pub(super) unit_count: u32,
}

impl<'a> DictionaryView<'a> {
    /// The unit of a symbol; the barrier and symbols of other segments are the empty string.
    pub(super) fn unit(&self, symbol: Symbol) -> &'a str {
        match symbol.number().checked_sub(1) {
            Some(index) if index < self.unit_count => std::str::from_utf8(self.bytes(index)).unwrap_or_default(),
            _ => "",
        }
    }

    /// The symbol of a unit.
    pub(super) fn symbol(&self, unit: &str) -> Option<Symbol> {
        let index = self.first_where(|bytes| bytes >= unit.as_bytes());
        let found = index < self.unit_count && self.bytes(index) == unit.as_bytes();
        found.then(|| Symbol::new(index + 1))
    }

    /// The symbols of the units that begin with `prefix`.
    pub(super) fn symbols_with_prefix(&self, prefix: &str) -> Range<Symbol> {
        let prefix = prefix.as_bytes();
        let start = self.first_where(|bytes| bytes >= prefix);
        let end = self.first_where(|bytes| bytes > prefix && !bytes.starts_with(prefix));
        Symbol::new(start + 1)..Symbol::new(end.max(start) + 1)
    }

    /// The bytes of the unit at an index, which counts from 0 where symbols count from 1.
    pub(super) fn bytes(&self, index: u32) -> &'a [u8] {
        let range = self.offset(index)..self.offset(index + 1);
        self.text.get(range).unwrap_or_default()
    }

    /// Where the unit at an index starts in the text.
    pub(super) fn offset(&self, index: u32) -> usize {
        integer_at(self.offsets, index as usize) as usize
    }

    /// The index of the first unit that `is_behind`, which holds for all units from some place on.
    fn first_where(&self, is_behind: impl Fn(&[u8]) -> bool) -> u32 {
        let (mut low, mut high) = (0, self.unit_count);
        while low < high {
            let middle = low + (high - low) / 2;
            if is_behind(self.bytes(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }
}

/// The 32-bit integer at an index of a table; 0 behind its end.
pub(super) fn integer_at(table: &[u8], index: usize) -> u32 {
    let bytes = table.get(index * 4..).and_then(|rest| rest.first_chunk::<4>());
    bytes.map_or(0, |bytes| u32::from_le_bytes(*bytes))
}
