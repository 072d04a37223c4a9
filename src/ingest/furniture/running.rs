//! The heads and feet of pages in a text that was taken from paper: lines that come again and again, with a running number in
//! them or beside them, and stand in the middle of sentences.

use std::collections::HashMap;

use super::beside;
use crate::ingest::header::is_sentence;
use crate::ingest::header::lines::Line;
use crate::text::is_han;

/// The longest head or foot, in characters.
const LONGEST: usize = 120;

/// The longest line that is no more than the number of a page, in bytes.
const LONGEST_NUMBER: usize = 24;

/// The least characters of a line on which a sentence goes on over a page.
const LEAST_OPEN: usize = 20;

/// The same where the characters are Han.
const LEAST_OPEN_HAN: usize = 10;

/// Of so many places at which a line stands one at least must cut a sentence in two.
const PLACES_FOR_A_CUT: usize = 4;

/// Which of some lines are heads or feet of pages.
pub(super) fn heads_and_feet(lines: &[Line<'_>]) -> Vec<bool> {
    let mut groups: HashMap<String, Vec<usize>> = HashMap::new();
    let mut is_candidate = vec![false; lines.len()];
    let has_digit: Vec<bool> = lines
        .iter()
        .map(|line| line.text.bytes().any(|byte| byte.is_ascii_digit()))
        .collect();
    let is_number = |index: usize| {
        has_digit.get(index) == Some(&true)
            && lines[index].text.len() <= LONGEST_NUMBER
            && !lines[index].text.contains(char::is_alphabetic)
    };
    for (index, line) in lines.iter().enumerate() {
        // A number runs in the line or stands beside it.
        let may_run = has_digit[index] || is_number(index + 1) || (index > 0 && is_number(index - 1));
        if let Some(shape) = Some(line.text).filter(|_| may_run).and_then(shape) {
            groups.entry(shape).or_default().push(index);
        }
    }
    groups.retain(|_, places| places.len() > 1);
    for index in groups.values().flatten() {
        is_candidate[*index] = true;
    }
    let beside = beside(&is_candidate);
    let cuts = |index: usize| {
        let (before, after) = beside[index];
        before
            .zip(after)
            .is_some_and(|(before, after)| goes_on(lines[before].text, lines[after].text))
    };
    let mut is_running = vec![false; lines.len()];
    for places in groups.values() {
        let numbers: Vec<Option<u64>> = places
            .iter()
            .map(|index| number_at(lines, *index, &is_candidate))
            .collect();
        let is_ascending = numbers.windows(2).all(|pair| pair[0].is_some() && pair[0] < pair[1]);
        let cut = places.iter().filter(|index| cuts(**index)).count();
        if is_ascending && cut > 0 && cut * PLACES_FOR_A_CUT >= places.len() {
            for index in places {
                is_running[*index] = true;
            }
        }
    }
    is_running
}

/// Whether a sentence that one line leaves open goes on in another.
pub(super) fn goes_on(before: &str, after: &str) -> bool {
    let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else {
        return false;
    };
    let length = before.chars().count();
    if is_han(first) {
        return length >= LEAST_OPEN_HAN && (is_han(last) || "，、".contains(last));
    }
    let is_open = last.is_alphanumeric() || matches!(last, ',' | '-' | '\u{AD}' | '\u{2010}' | '’' | ';');
    let has_small = before.chars().any(char::is_lowercase);
    first.is_lowercase() && is_open && has_small && length >= LEAST_OPEN
}

/// What makes lines the same: their words, whatever the numbers in them; none of a line that is no head or foot.
fn shape(text: &str) -> Option<String> {
    if text.len() > LONGEST * 4 {
        return None;
    }
    // A line that begins small goes on with a sentence.
    let begins_small = text
        .chars()
        .find(|character| character.is_alphanumeric())
        .is_some_and(char::is_lowercase);
    if begins_small || text.chars().count() > LONGEST || is_sentence(text) {
        return None;
    }
    Some(shape_of(text))
}

/// The words of a text whatever the numbers in it, those of one digit and of several alike, in lower case.
pub(crate) fn shape_of(text: &str) -> String {
    let mut shape = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            digit if digit.is_numeric() && shape.ends_with('0') => {}
            digit if digit.is_numeric() => shape.push('0'),
            blank if blank.is_whitespace() && shape.ends_with(' ') => {}
            blank if blank.is_whitespace() => shape.push(' '),
            other => shape.extend(other.to_lowercase()),
        }
    }
    shape
}

/// The number that runs with a line: the last one in it, or that of a line beside it that holds nothing else.
fn number_at(lines: &[Line<'_>], index: usize, is_candidate: &[bool]) -> Option<u64> {
    let bare = |at: usize| {
        let text = lines.get(at)?.text;
        let is_bare = is_candidate[at] && !text.chars().any(char::is_alphabetic);
        is_bare.then(|| last_number(text)).flatten()
    };
    bare(index)
        .or_else(|| bare(index + 1))
        .or_else(|| index.checked_sub(1).and_then(bare))
        .or_else(|| last_number(lines[index].text))
}

fn last_number(text: &str) -> Option<u64> {
    let mut numbers = text.split(|character: char| !character.is_ascii_digit());
    numbers.rfind(|number| !number.is_empty())?.parse().ok()
}
