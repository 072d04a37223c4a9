//! Numbers for units in the order in which they are first seen: the fast path of building.
//!
//! Nearly every unit of Chinese text is one character, which a table by code point answers without hashing.

use rustc_hash::FxHashMap;

/// The code points of the basic plane, which the table covers.
const TABLE_LENGTH: usize = 1 << 16;

/// The provisional number of the barrier; units are numbered from 1.
pub(super) const BARRIER: u32 = 0;

/// Units seen so far with their provisional numbers.
pub(super) struct Interner {
    /// The number of each one-character unit of the basic plane; [`BARRIER`] where it was not seen.
    by_code_point: Vec<u32>,
    by_unit: FxHashMap<Box<str>, u32>,
    unit_bytes: usize,
    count: u32,
}

impl Interner {
    pub(super) fn new() -> Self {
        Self {
            by_code_point: vec![BARRIER; TABLE_LENGTH],
            by_unit: FxHashMap::default(),
            unit_bytes: 0,
            count: 0,
        }
    }

    /// The number of a unit, the next free one when it is new.
    #[inline]
    pub(super) fn number(&mut self, unit: &str) -> u32 {
        let mut characters = unit.chars();
        let only_character = characters.next().filter(|_| characters.as_str().is_empty());
        match only_character.and_then(|character| self.by_code_point.get_mut(character as usize)) {
            Some(number) => {
                if *number == BARRIER {
                    self.count += 1;
                    *number = self.count;
                }
                *number
            }
            None => self.number_of_long(unit),
        }
    }

    fn number_of_long(&mut self, unit: &str) -> u32 {
        if let Some(number) = self.by_unit.get(unit) {
            return *number;
        }
        self.count += 1;
        self.unit_bytes += unit.len();
        self.by_unit.insert(unit.into(), self.count);
        self.count
    }

    /// The number of different units.
    pub(super) fn unit_count(&self) -> usize {
        self.count as usize
    }

    /// The memory that the tables take, in bytes.
    pub(super) fn memory_bytes(&self) -> usize {
        let entry_bytes = size_of::<(Box<str>, u32)>() + 1;
        TABLE_LENGTH * size_of::<u32>() + self.by_unit.capacity() * entry_bytes + self.unit_bytes
    }

    /// All units in the order of their code points, each with its provisional number.
    pub(super) fn into_sorted_units(self) -> Vec<(Box<str>, u32)> {
        let characters = (0..).zip(&self.by_code_point).filter(|(_, number)| **number != BARRIER);
        let named = characters.filter_map(|(code_point, number)| {
            let character = char::from_u32(code_point)?;
            Some((Box::from(character.encode_utf8(&mut [0; 4]) as &str), *number))
        });
        let mut units: Vec<(Box<str>, u32)> = named.collect();
        units.extend(self.by_unit);
        units.sort_unstable();
        units
    }
}
