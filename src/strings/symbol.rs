//! Symbols: the numbers that stand for units inside one segment, and how many of them the fast sort takes.

/// A unit of one segment as a number: 0 is the barrier, the units follow from 1 in the order of their code points.
///
/// The same unit has another symbol in another segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(u32);

impl Symbol {
    /// The mark between two runs that nothing matches across; it is no unit.
    pub const BARRIER: Self = Self(0);

    /// The symbol of a number.
    pub fn new(number: u32) -> Self {
        Self(number)
    }

    /// The number: 0 for the barrier, `n` for the `n`-th unit of the segment's dictionary.
    pub fn number(self) -> u32 {
        self.0
    }
}

/// How many different symbols a sequence may have before its suffixes are sorted with 32 bits a symbol.
///
/// The file does not depend on it: only the time and the memory of building do. Sixteen bits take about two thirds of
/// the time and three quarters of the memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SymbolLimits {
    sixteen_bit: usize,
}

impl SymbolLimits {
    /// Sixteen bits a symbol for sequences with fewer than `symbol_count` different symbols, the barrier counted.
    ///
    /// A limit over 65,536, what sixteen bits can hold, counts as that.
    pub fn new(symbol_count: usize) -> Self {
        Self {
            sixteen_bit: symbol_count.min(1 << 16),
        }
    }

    /// Whether so many different symbols, the barrier counted, are sorted with sixteen bits each.
    pub fn fits_sixteen_bits(&self, symbol_count: usize) -> bool {
        symbol_count < self.sixteen_bit
    }
}

impl Default for SymbolLimits {
    /// Fewer than 65,535 symbols.
    fn default() -> Self {
        Self::new(65_535)
    }
}
