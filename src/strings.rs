//! The exact index: every occurrence of every string of a segment, through a suffix array over its units.
//!
//! A *unit* is a folded string that matches as a whole: a Han character, a word, a number, a punctuation mark. A
//! segment's text is the sequence of its units, one *run* of units a document, with a *barrier* wherever nothing may
//! match across. Each different unit is a [`Symbol`], numbered in the order of its code points; the suffix array
//! lists the positions of the sequence in the order of what stands there, so a string is an [`Interval`] of it. A
//! word that a line end broke and that is written both ways stands in the sequence as a compound, and once more in a
//! table as one word ([`Joined`]). This
//! room knows neither the engine nor the analyzer: it takes strings and document numbers, and hands back document
//! numbers and positions.
//!
//! ```
//! use chancery::strings::{Notes, SequenceBuilder, StringIndex, SymbolLimits};
//!
//! let mut builder = SequenceBuilder::new();
//! builder.begin_passage(0, false);
//! for unit in ["命", "运", "共", "同", "体"] {
//!     builder.push(unit);
//! }
//! let mut file = Vec::new();
//! builder.finish(&SymbolLimits::default())?.write_to(&mut file)?;
//!
//! let index = StringIndex::open(file)?;
//! let interval = index.interval_of_strings(&["共", "同"]);
//! assert_eq!(index.passage_counts(interval, Notes::Excluded), [(0, 1)]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod symbol;
// What a file is made of.
mod dictionary;
mod format;
mod joined;
mod packed;
mod runs;
mod writer;
// From units to a file.
mod interner;
mod sequence;
mod sorted;
// From a file to answers.
mod index;
mod interval;
mod occurrences;
mod verify;
// From files to a file.
mod merge;

#[cfg(test)]
mod tests;

pub use format::FormatError;
pub use index::StringIndex;
pub use interval::Interval;
pub use joined::{BROKEN_UNITS, Joined};
pub use merge::merge;
pub use occurrences::{Location, Notes};
pub use sequence::SequenceBuilder;
pub use sorted::{BuildError, SortedSequence};
pub use symbol::{Symbol, SymbolLimits};
