//! The terms of the words of a segment, remembered as numbers: to stem the words of a passage takes far longer than to compare
//! them.

use std::hash::Hasher;
use std::sync::atomic::{AtomicU32, Ordering};

use rustc_hash::FxHasher;

use crate::analyzer::UnitKind;
use crate::analyzer::tokenizer::alphabetic::WordTerms;
use crate::analyzer::unit_text::kind_of;
use crate::strings::{StringIndex, Symbol};

/// The number of a symbol whose term has not been asked for.
const UNKNOWN: u32 = 0;
/// The number of a symbol that is no word.
pub const NO_TERM: u32 = 1;

/// The numbers of the terms of a segment's symbols in passages of one language, each found when it is first asked for.
pub struct SymbolTerms {
    language: String,
    numbers: Vec<AtomicU32>,
}

/// The number of a term. Two terms have the same one so rarely that what ranks may overlook it.
pub fn term_number(term: &str) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(term.as_bytes());
    let hash = hasher.finish();
    ((hash >> 32) as u32 ^ hash as u32) | 2
}

impl SymbolTerms {
    /// Nothing is known yet; `language` is a primary subtag.
    pub(super) fn new(language: &str, symbol_count: usize) -> Self {
        Self {
            language: language.to_owned(),
            numbers: (0..=symbol_count).map(|_| AtomicU32::new(UNKNOWN)).collect(),
        }
    }

    /// The number of the term of a symbol.
    pub fn number<B: AsRef<[u8]>>(&self, symbol: Symbol, strings: &StringIndex<B>, words: &mut WordTerms) -> u32 {
        let Some(number) = self.numbers.get(symbol.number() as usize) else {
            return NO_TERM;
        };
        // Whoever comes first writes the same.
        match number.load(Ordering::Relaxed) {
            UNKNOWN => {
                let unit = strings.unit(symbol);
                let found = match kind_of(unit) {
                    UnitKind::Word => words.with_term(unit, &self.language, term_number),
                    _ => NO_TERM,
                };
                number.store(found, Ordering::Relaxed);
                found
            }
            known => known,
        }
    }
}
