//! Ranks: numbers that order as values do, also where the values lie in several segments.

use std::hash::Hash;

use rustc_hash::FxHashMap;

use crate::index::SegmentView;
use crate::strings::Symbol;

/// The rank of what is not known: behind all that is.
pub(super) const UNKNOWN: u32 = u32::MAX;

/// The ranks of some values, equal ones the same; what is absent last.
pub(super) fn ranks_of<T: Ord + Hash>(values: impl Iterator<Item = Option<T>>) -> Vec<u32> {
    let mut numbers: FxHashMap<T, u32> = FxHashMap::default();
    let mut given: Vec<u32> = Vec::new();
    for value in values {
        let next = numbers.len() as u32;
        given.push(value.map_or(UNKNOWN, |value| *numbers.entry(value).or_insert(next)));
    }
    let mut different: Vec<(T, u32)> = numbers.into_iter().collect();
    different.sort_unstable();
    let mut ranks = vec![0; different.len()];
    for (rank, (_, number)) in (0..).zip(different) {
        ranks[number as usize] = rank;
    }
    let rank = |number: u32| ranks.get(number as usize).copied().unwrap_or(UNKNOWN);
    given.into_iter().map(rank).collect()
}

/// The ranks of the symbols of one segment.
pub(super) enum SymbolRanks {
    /// The symbols themselves.
    Same,
    /// For each symbol its rank.
    Table(Vec<u32>),
}

impl SymbolRanks {
    /// The rank of a symbol that is used; that of the barrier is 0, before all others.
    pub(super) fn of(&self, symbol: u32) -> u32 {
        match self {
            Self::Same => symbol,
            Self::Table(ranks) => ranks.get(symbol as usize).copied().unwrap_or_default(),
        }
    }
}

/// For each segment which of its symbols are compared: few of all, so that few units are read.
pub(super) struct UsedSymbols(Vec<Vec<bool>>);

impl UsedSymbols {
    /// None yet.
    pub(super) fn of(segments: &[SegmentView]) -> Self {
        let count = |segment: &SegmentView| segment.strings().distinct_unit_count() as usize + 1;
        Self(segments.iter().map(|segment| vec![false; count(segment)]).collect())
    }

    /// One more symbol of a segment.
    pub(super) fn add(&mut self, segment: usize, symbol: u32) {
        if let Some(is_used) = self.0[segment].get_mut(symbol as usize) {
            *is_used = true;
        }
    }

    /// The ranks of the symbols of each segment, by their units.
    pub(super) fn ranks(self, segments: &[SegmentView]) -> Vec<SymbolRanks> {
        let mut units: Vec<(&str, usize, usize)> = Vec::new();
        for (ordinal, (used, segment)) in self.0.iter().zip(segments).enumerate() {
            let unit = |symbol: usize| segment.strings().unit(Symbol::new(symbol as u32));
            let symbols = (1..used.len()).filter(|symbol| used[*symbol]);
            units.extend(symbols.map(|symbol| (unit(symbol), ordinal, symbol)));
        }
        units.sort_unstable();
        let mut tables: Vec<Vec<u32>> = self.0.iter().map(|used| vec![0; used.len()]).collect();
        let (mut rank, mut last) = (0, "");
        for (unit, ordinal, symbol) in units {
            rank += u32::from(unit != last);
            last = unit;
            tables[ordinal][symbol] = rank;
        }
        tables.into_iter().map(SymbolRanks::Table).collect()
    }
}
