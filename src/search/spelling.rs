//! The words of a segment that are spelled almost as a word is.
//!
//! The words come in the order of their letters, so the table of distances is kept as far as a word shares its beginning with
//! the one before it, and a beginning that is too far off already is skipped with all its words.

use crate::pattern::is_alphabetic_word;
use crate::strings::{StringIndex, Symbol};

/// The symbols of the words within a distance of a word, ascending, each with its distance (optimal string alignment: a
/// letter missing, too many, another, or swapped with its neighbor counts one).
pub(super) fn symbols_within<B: AsRef<[u8]>>(word: &str, most: u8, strings: &StringIndex<B>) -> Vec<(Symbol, u8)> {
    let most = usize::from(most);
    let mut table = Distances::of(word);
    let mut found = Vec::new();
    let mut number = 1;
    while number <= strings.distinct_unit_count() {
        let symbol = Symbol::new(number);
        let unit = strings.unit(symbol);
        match table.distance(unit, most) {
            Ok(distance) => {
                if distance <= most && is_alphabetic_word(unit) {
                    found.push((symbol, distance as u8));
                }
                number += 1;
            }
            Err(prefix_bytes) => {
                let hopeless = strings.symbols_with_prefix(&unit[..prefix_bytes]);
                number = hopeless.end.number().max(number + 1);
            }
        }
    }
    found
}

/// The distances between the beginnings of a word and those of the unit looked at last.
struct Distances {
    word: Vec<char>,
    unit: Vec<char>,
    /// Row `n` holds the distances of the first `n` letters of the unit to each beginning of the word.
    rows: Vec<Vec<usize>>,
}

impl Distances {
    fn of(word: &str) -> Self {
        let word: Vec<char> = word.chars().collect();
        Self {
            rows: vec![(0..=word.len()).collect()],
            unit: Vec::new(),
            word,
        }
    }

    /// The distance to a unit; or, where no unit with the same beginning can be near enough, the bytes of that beginning.
    fn distance(&mut self, unit: &str, most: usize) -> Result<usize, usize> {
        let shared = unit
            .chars()
            .zip(&self.unit)
            .take_while(|(new, old)| new == *old)
            .count();
        self.unit.truncate(shared);
        self.rows.truncate(shared + 1);
        for (byte, letter) in unit.char_indices().skip(shared) {
            self.push(letter);
            let least = |row: &[usize]| row.iter().copied().min().unwrap_or(0);
            let last = self.rows.len() - 1;
            // A swap reaches back over one row.
            if least(&self.rows[last]) > most && least(&self.rows[last - 1]) >= most {
                return Err(byte + letter.len_utf8());
            }
        }
        Ok(self.rows[self.unit.len()][self.word.len()])
    }

    fn push(&mut self, letter: char) {
        let last = &self.rows[self.unit.len()];
        let mut row = vec![last[0] + 1];
        for (index, own) in self.word.iter().enumerate() {
            let replaced = last[index] + usize::from(*own != letter);
            let mut least = replaced.min(last[index + 1] + 1).min(row[index] + 1);
            let is_swap = index > 0 && self.unit.last() == Some(own) && self.word[index - 1] == letter;
            if is_swap {
                least = least.min(self.rows[self.unit.len() - 1][index - 1] + 1);
            }
            row.push(least);
        }
        self.unit.push(letter);
        self.rows.push(row);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::strings::{SequenceBuilder, SymbolLimits};

    proptest! {
        #[test]
        fn words_within_a_distance_are_those_found_by_comparing_each(
            words in proptest::collection::btree_set("[ab]{1,6}|[a-cé]{1,5}|[12]{1,2}", 1..40),
            word in "[a-cé]{1,6}",
            most in 1_u8..3,
        ) {
            let mut builder = SequenceBuilder::new();
            builder.begin_passage(0, false);
            words.iter().for_each(|word| builder.push(word));
            let mut file = Vec::new();
            builder.finish(&SymbolLimits::default()).unwrap().write_to(&mut file).unwrap();
            let index = StringIndex::open(file).unwrap();
            let found: Vec<(String, u8)> = symbols_within(&word, most, &index)
                .into_iter()
                .map(|(symbol, distance)| (index.unit(symbol).to_owned(), distance))
                .collect();
            let expected: Vec<(String, u8)> = words
                .iter()
                .filter(|other| is_alphabetic_word(other))
                .map(|other| (other.clone(), strsim::osa_distance(&word, other) as u8))
                .filter(|(_, distance)| *distance <= most)
                .collect();
            prop_assert_eq!(found, expected);
        }
    }
}
