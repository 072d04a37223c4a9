//! From a string to its interval of the suffix array: the binary search.
//!
//! The search stays inside the bucket of the string's first unit and does not compare again what both ends of the range
//! are known to share with the string (Manber and Myers 1993, the simple form).

use std::cmp::Ordering;
use std::ops::Range;

use super::dictionary::integer_at;
use super::format::Section;
use super::index::StringIndex;
use super::packed::PackedIntegers;
use super::symbol::Symbol;

/// The ranks of the suffixes that begin with a string: one for each of its occurrences, those in notes included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Interval {
    /// The interval of a string that does not occur.
    pub const EMPTY: Self = Self { start: 0, end: 0 };

    /// The number of occurrences, those in notes included.
    pub fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether the string does not occur.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
}

impl<B: AsRef<[u8]>> StringIndex<B> {
    /// The interval of a string; that of the string without a unit is the whole array.
    pub fn interval(&self, string: &[Symbol]) -> Interval {
        match string {
            [] => Interval {
                start: 0,
                end: self.counts().unit_count,
            },
            [only] => self.bucket(*only..Symbol::new(only.number().saturating_add(1))),
            [first, ..] => {
                let bucket = self.bucket(*first..Symbol::new(first.number().saturating_add(1)));
                Search {
                    array: self.array(),
                    symbols: self.symbols(),
                    string,
                }
                .interval(bucket)
            }
        }
    }

    /// The interval of a string given as its units.
    pub fn interval_of_strings(&self, units: &[&str]) -> Interval {
        let string: Option<Vec<Symbol>> = units.iter().map(|unit| self.symbol(unit)).collect();
        string.map_or(Interval::EMPTY, |string| self.interval(&string))
    }

    /// The interval of all strings that are `string` and then one unit that begins with `prefix`.
    pub fn interval_with_last_prefix(&self, string: &[Symbol], prefix: &str) -> Interval {
        let last = self.symbols_with_prefix(prefix);
        if string.is_empty() {
            return self.bucket(last);
        }
        let all = self.interval(string);
        let search = Search {
            array: self.array(),
            symbols: self.symbols(),
            string,
        };
        Interval {
            start: search.first_followed_by(last.start, all),
            end: search.first_followed_by(last.end, all),
        }
    }

    /// The interval of all suffixes that start with one of these symbols.
    pub fn interval_of_symbols(&self, symbols: Range<Symbol>) -> Interval {
        self.bucket(symbols)
    }

    fn bucket(&self, symbols: Range<Symbol>) -> Interval {
        let unit_count = self.counts().unit_count;
        let table = self.section(Section::BucketStarts);
        let start_of = |symbol: Symbol| match symbol.number().checked_sub(1) {
            Some(index) if index <= self.counts().distinct_unit_count => {
                integer_at(table, index as usize).min(unit_count)
            }
            _ => 0,
        };
        let (start, end) = (start_of(symbols.start), start_of(symbols.end));
        Interval {
            start,
            end: end.max(start),
        }
    }
}

/// A string being looked up.
struct Search<'a> {
    array: PackedIntegers<'a>,
    symbols: PackedIntegers<'a>,
    string: &'a [Symbol],
}

impl Search<'_> {
    /// The part of `bucket`, all of whose suffixes share the first unit, that begins with the whole string.
    fn interval(&self, bucket: Interval) -> Interval {
        let Interval {
            start: mut low,
            end: mut high,
        } = bucket;
        let (mut low_shared, mut high_shared) = (1, 1);
        while low < high {
            let middle = low + (high - low) / 2;
            let (ordering, shared) = self.compare(middle, low_shared.min(high_shared));
            match ordering {
                Ordering::Less => (low, low_shared) = (middle + 1, shared),
                Ordering::Greater => (high, high_shared) = (middle, shared),
                Ordering::Equal => {
                    let start = self.first_where(low..middle, low_shared, |ordering| ordering != Ordering::Less);
                    let end = self.first_where(middle + 1..high, high_shared, |ordering| ordering == Ordering::Greater);
                    return Interval { start, end };
                }
            }
        }
        Interval::EMPTY
    }

    /// The first rank of a range that `is_behind`; its suffixes share `shared` units with the string, and one end of it
    /// lies beside suffixes that begin with the whole string.
    fn first_where(&self, ranks: Range<u32>, mut shared: usize, is_behind: impl Fn(Ordering) -> bool) -> u32 {
        let Range {
            start: mut low,
            end: mut high,
        } = ranks;
        while low < high {
            let middle = low + (high - low) / 2;
            let (ordering, depth) = self.compare(middle, shared);
            if ordering != Ordering::Equal {
                shared = depth;
            }
            if is_behind(ordering) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }

    /// How the suffix of a rank stands to the string, whose first `shared` units it is known to have, and how many
    /// units they share. A suffix that begins with the string is equal to it.
    #[inline]
    fn compare(&self, rank: u32, shared: usize) -> (Ordering, usize) {
        let position = self.array.at(rank as usize) as usize;
        for (depth, symbol) in self.string.iter().enumerate().skip(shared) {
            let found = self.symbols.at(position + depth);
            if found != symbol.number() {
                return (found.cmp(&symbol.number()), depth);
            }
        }
        (Ordering::Equal, self.string.len())
    }

    /// The first rank of the string's interval at which `next` or a greater symbol follows the string.
    fn first_followed_by(&self, next: Symbol, interval: Interval) -> u32 {
        let (mut low, mut high) = (interval.start, interval.end);
        while low < high {
            let middle = low + (high - low) / 2;
            let position = self.array.at(middle as usize) as usize + self.string.len();
            if self.symbols.at(position) < next.number() {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}
