//! Text → folded units → words, always with spans in the original; the same for texts and for queries.
//!
//! Exact matching stands on the units, which need no dictionary; ranking stands on the words.

pub mod folding;
pub mod lexicon;
pub mod notes;
pub mod registry;
pub mod spelling;
pub mod stop_words;
pub mod tokenizer;
pub mod unit_text;
pub mod words;

pub use folding::{FoldedText, TextSize, Unit, UnitKind, fold, fold_line};
pub use registry::{Analyzer, AnalyzerIdentity};
