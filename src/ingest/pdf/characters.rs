//! Characters of a PDF as plain letters, and lines of right-to-left script in the order in which they are read.
//!
//! A PDF stores shapes: ligatures, the four forms of an Arabic letter, bullets of private fonts, and lines from left
//! to right whatever the script.

use unicode_normalization::UnicodeNormalization;

/// Takes a glyph's text apart into plain letters; what has no shape becomes a blank or nothing.
pub(super) fn plain(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\u{FB00}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' => letters.extend(character.to_string().nfkc()),
            '\u{F0A7}' | '\u{F0B7}' | '\u{F0D8}' | '\u{F0FC}' => letters.push('•'),
            '\u{FEFF}' | '\u{200B}' => {}
            _ if character.is_whitespace() => letters.push(' '),
            _ if character.is_control() => {}
            _ => letters.push(character),
        }
    }
    letters
}

/// Writes the yeh and heh of Arabic, where a font has those of Persian and Urdu for their shapes: both languages share
/// the shapes, and a text of theirs shows by letters that Arabic has not.
pub(super) fn with_arabic_letters(text: String) -> String {
    let count = |is_counted: fn(char) -> bool| text.chars().filter(|character| is_counted(*character)).count();
    let foreign = count(|character| matches!(character, 'پ' | 'چ' | 'ژ' | 'گ' | 'ٹ' | 'ڈ' | 'ے'));
    let arabic = count(is_right_to_left_letter);
    if arabic == 0 || foreign * 300 > arabic || !text.contains(['\u{6CC}', '\u{6BE}']) {
        return text;
    }
    let mut written = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let is_final = !characters.peek().is_some_and(|next| next.is_alphabetic());
        written.push(match character {
            '\u{6BE}' => 'ه',
            '\u{6CC}' if is_final => 'ى',
            '\u{6CC}' => 'ي',
            _ => character,
        });
    }
    written
}

/// Whether a text has letters that are read from right to left.
pub(super) fn is_right_to_left(text: &str) -> bool {
    text.chars().any(is_right_to_left_letter)
}

fn is_right_to_left_letter(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
        && !matches!(character, '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}')
}

/// Puts the parts of a line that stand from left to right into the order in which a right-to-left line is read: the
/// whole is turned round, and numbers and words of other scripts in it are turned back.
pub(super) fn logical(parts: Vec<String>) -> Vec<String> {
    let mut turned: Vec<String> = parts.into_iter().rev().map(|part| mirrored(&part)).collect();
    let mut start = 0;
    while start < turned.len() {
        let end = end_of_island(&turned, start);
        if end > start {
            turned[start..end].reverse();
            for part in &mut turned[start..end] {
                *part = mirrored(part);
            }
        }
        start = end.max(start + 1);
    }
    turned
}

/// Where a stretch that is read from left to right ends: it starts and ends with a letter or digit of such a script.
fn end_of_island(parts: &[String], start: usize) -> usize {
    let mut end = start;
    for (index, part) in parts.iter().enumerate().skip(start) {
        if is_right_to_left(part) || (end == start && !is_left_to_right(part)) {
            break;
        }
        if is_left_to_right(part) {
            end = index + 1;
        }
    }
    end
}

fn is_left_to_right(part: &str) -> bool {
    part.chars()
        .next()
        .is_some_and(|character| character.is_alphanumeric() && !is_right_to_left_letter(character))
}

/// Brackets look the other way in a line that is turned round.
fn mirrored(part: &str) -> String {
    match part {
        "(" => ")",
        ")" => "(",
        "[" => "]",
        "]" => "[",
        "«" => "»",
        "»" => "«",
        _ => part,
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ligatures_and_presentation_forms_are_plain_letters() {
        assert_eq!(plain("ﬁ"), "fi");
        assert_eq!(plain("ﻟ"), "ل");
        assert_eq!(plain("\u{A0}"), " ");
        assert_eq!(plain("½"), "½");
    }

    #[test]
    fn arabic_is_written_with_its_own_letters_and_persian_too() {
        assert_eq!(with_arabic_letters("الأمین على ھذه".to_owned()), "الأمين على هذه");
        assert_eq!(with_arabic_letters("گفتگوی یک".to_owned()), "گفتگوی یک");
    }

    #[test]
    fn a_right_to_left_line_is_turned_round_but_for_its_numbers() {
        let drawn = ["ة", "ن", "س", " ", "2", "0", "2", "4", " ", "(", "و", "ه", ")"];
        let parts = drawn.into_iter().map(str::to_owned).collect();
        assert_eq!(logical(parts).concat(), "(هو) 2024 سنة");
    }
}
