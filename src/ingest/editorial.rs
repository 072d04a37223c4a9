//! How a format hands on what an editor noted: footnotes, descriptions of applause, the clerk's remarks.
//!
//! They stand in the stored text between `⟦` and `⟧`, where the analyzer keeps them apart from what was said.

use crate::analyzer::notes::{NOTE_CLOSER, NOTE_OPENER};

/// The most characters between two brackets; a longer note goes on in further brackets, so that a passage need not
/// become longer than others to hold it whole.
const LONGEST_NOTE_CHARS: usize = 800;

/// An editor's note as it stands in a text: its words, white space made one space, in one pair of brackets or several.
/// Empty where the note has no words.
pub fn note(words: &str) -> String {
    let mut marked = String::new();
    let mut length = 0;
    for word in words.split_whitespace() {
        for part in parts(word) {
            let part_length = part.chars().count();
            let fits = length > 0 && length + 1 + part_length <= LONGEST_NOTE_CHARS;
            if fits {
                marked.push(' ');
                length += 1 + part_length;
            } else {
                if length > 0 {
                    marked.push(NOTE_CLOSER);
                    marked.push(' ');
                }
                marked.push(NOTE_OPENER);
                length = part_length;
            }
            marked.extend(part.chars().map(without_meaning));
        }
    }
    if length > 0 {
        marked.push(NOTE_CLOSER);
    }
    marked
}

/// A word, or the parts of one that is too long for a note, as text without spaces is.
fn parts(word: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = word;
    while let Some((cut, _)) = rest.char_indices().nth(LONGEST_NOTE_CHARS) {
        let (part, after) = rest.split_at(cut);
        parts.push(part);
        rest = after;
    }
    parts.push(rest);
    parts
}

/// Brackets inside of a note must not end it.
fn without_meaning(character: char) -> char {
    match character {
        NOTE_OPENER => '[',
        NOTE_CLOSER => ']',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analyzer::notes::notes;

    #[test]
    fn a_note_stands_between_brackets() {
        assert_eq!(note(" See\n  above. "), "⟦See above.⟧");
        assert_eq!(note("a ⟦b⟧ c"), "⟦a [b] c⟧");
        assert_eq!(note(" \n"), "");
    }

    proptest! {
        #[test]
        fn nothing_but_notes_is_left_and_none_is_long(words in "[a-z ⟦⟧\n山]{0,60}", times in 1usize..60) {
            let marked = note(&words.repeat(times));
            let spans = notes(&marked);
            let covered: usize = spans.iter().map(|span| span.len()).sum();
            prop_assert_eq!(covered + spans.len().saturating_sub(1), marked.len());
            for span in spans {
                prop_assert!(marked[span.range()].chars().count() <= LONGEST_NOTE_CHARS + 2);
            }
        }
    }
}
