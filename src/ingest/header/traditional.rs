//! Traditional characters in headers, read as the simplified ones that the lists of words hold.
//!
//! The table is that of folding. Both forms take the same number of bytes, so that a place in the one is the same place in the other.
//! What is set as metadata is written as in the text.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::analyzer::folding;

/// A text with the traditional characters of headers as simplified ones; every character keeps its place.
pub(super) fn simplified(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|character| one(character) != character) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(one).collect())
}

/// The first of the characters that the table of simplified ones covers.
const FIRST: u32 = 0x4E00;

/// For each character from [`FIRST`] on the simplified one of the same length, so that places stay what they are.
static TABLE: LazyLock<Vec<char>> = LazyLock::new(|| {
    let characters = (FIRST..=0x9FFF).filter_map(char::from_u32);
    let folded = characters.map(|character| (character, folding::simplified(character)));
    folded
        .map(
            |(character, simplified)| match simplified.len_utf8() == character.len_utf8() {
                true => simplified,
                false => character,
            },
        )
        .collect()
});

fn one(character: char) -> char {
    let place = (character as u32).checked_sub(FIRST);
    place
        .and_then(|place| TABLE.get(place as usize))
        .copied()
        .unwrap_or(character)
}

/// A value that was read in the simplified text, as the original has it: each of its parts where it first stands.
pub(super) fn as_written(value: &str, simplified: &str, original: &str) -> String {
    let parts: Vec<String> = value
        .split(' ')
        .map(|part| part_as_written(part, simplified, original))
        .collect();
    parts.join(" ")
}

fn part_as_written(part: &str, simplified: &str, original: &str) -> String {
    let found = simplified
        .find(part)
        .and_then(|start| original.get(start..start + part.len()));
    found.map_or_else(|| part.to_owned(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_have_the_same_places() {
        let text = "鷺嶼共和國總統 歐陽靜瀾";
        let folded = simplified(text);
        assert_eq!(folded.len(), text.len());
        assert_eq!(as_written("欧阳静澜", &folded, text), "歐陽靜瀾");
    }
}
