//! How a word that a line end broke at a hyphen is spelled: as a compound with its hyphen, as one word, or either.
//!
//! The lists behind it are made by `tools/spellings.py`, which says where they come from; `build.rs` turns them into maps that
//! are read in place. The rule for what no list decides stands here and, for the lists need not repeat it, in that script.

use std::sync::LazyLock;

use fst::Map;

/// Words with how well they are known: 1 known, 2 frequent, 3 so frequent that they are taken for one word whatever their parts.
static WORDS: LazyLock<Map<&'static [u8]>> = LazyLock::new(|| {
    let bytes: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/spelling_words.fst"));
    Map::new(bytes).expect("build.rs made it")
});

/// Compounds, with their hyphens, whose reading the rule does not tell, by the number of the reading.
static COMPOUNDS: LazyLock<Map<&'static [u8]>> = LazyLock::new(|| {
    let bytes: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/spelling_compounds.fst"));
    Map::new(bytes).expect("build.rs made it")
});

/// The shortest part that is believed to be a word though it is rare: shorter ones are syllables as often.
const SHORTEST_RARE_PART: usize = 5;

/// The level of words that are taken for one word whatever their parts are.
const SURELY_ONE_WORD: u64 = 3;

/// How a word broken at a hyphen is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The hyphen is the compound's own: self-determination.
    Compound,
    /// The hyphen is the typesetter's: cooperation.
    OneWord,
    /// Both are written: peace-keeping, peacekeeping.
    Either,
}

/// The reading of two parts, folded, between which a line ends with a hyphen.
///
/// Where one spelling is at most a tenth of the other in the frequency lists it is not read. What the lists have too rarely is
/// told from the parts: two words that are not known as one are a compound, one word whose parts are none is one word.
pub fn reading(before: &str, after: &str) -> Reading {
    let (before, after) = (last_letters(before), first_letters(after));
    let compound = format!("{before}-{after}");
    match COMPOUNDS.get(&compound) {
        Some(0) => return Reading::Compound,
        Some(1) => return Reading::OneWord,
        Some(_) => return Reading::Either,
        None => {}
    }
    let are_words = is_word(before) && is_word(after);
    match WORDS.get(compound.replace('-', "")) {
        Some(SURELY_ONE_WORD) => Reading::OneWord,
        Some(_) if !are_words => Reading::OneWord,
        None if are_words => Reading::Compound,
        _ => Reading::Either,
    }
}

fn is_word(part: &str) -> bool {
    match WORDS.get(part) {
        Some(1) => part.chars().count() >= SHORTEST_RARE_PART,
        level => level.is_some(),
    }
}

/// The letters behind an elision: `aide` of `l'aide`.
fn last_letters(unit: &str) -> &str {
    let is_end = |character: char| !character.is_alphabetic();
    unit.rfind(is_end)
        .and_then(|end| unit[end..].chars().next().map(|mark| &unit[end + mark.len_utf8()..]))
        .unwrap_or(unit)
}

/// The letters before an apostrophe: `keeping` of `keeping's`.
fn first_letters(unit: &str) -> &str {
    let is_end = |character: char| !character.is_alphabetic();
    &unit[..unit.find(is_end).unwrap_or(unit.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_spelling_decides_has_one_reading() {
        for (before, after) in [
            ("self", "determination"),
            ("long", "term"),
            ("decision", "making"),
            ("twenty", "first"),
            ("peut", "être"),
            ("l'aide", "mémoire's"),
            ("торгово", "экономическом"),
            ("из", "за"),
        ] {
            assert_eq!(reading(before, after), Reading::Compound, "{before}-{after}");
        }
        for (before, after) in [
            ("coope", "ration"),
            ("secu", "rity"),
            ("inter", "national"),
            ("under", "standing"),
            ("gou", "vernement"),
            ("desar", "rollo"),
            ("сотрудни", "чество"),
            ("международ", "ного"),
            ("d'ac", "cord"),
        ] {
            assert_eq!(reading(before, after), Reading::OneWord, "{before}-{after}");
        }
    }

    #[test]
    fn what_is_written_both_ways_or_is_not_known_has_both_readings() {
        for (before, after) in [
            ("peace", "keeping"),
            ("policy", "making"),
            ("co", "operation"),
            ("xyzq", "vwk"),
        ] {
            assert_eq!(reading(before, after), Reading::Either, "{before}-{after}");
        }
    }
}
