//! Strings drawn from texts, and what becomes of one when parts of it are left open.

use chancery::analyzer::{UnitKind, fold};
use chancery::query::expression::{Fuzzy, Wildcard, WildcardPiece};
use chancery::query::{Expression, parse};
use regex::escape;

use crate::support::random::Random;
use crate::support::reference::Sequence;

/// Some units of a sequence.
pub(crate) struct Place<'a> {
    sequence: &'a Sequence,
    first: usize,
    last: usize,
}

impl<'a> Place<'a> {
    /// At most `longest` units from anywhere in a sequence, which must not be empty.
    pub(crate) fn any(sequence: &'a Sequence, longest: usize, random: &mut Random) -> Self {
        Self::around(sequence, random.below(sequence.len()), longest, random)
    }

    /// At most `longest` units that mostly stand close to a unit of a sequence.
    pub(crate) fn around(sequence: &'a Sequence, unit: usize, longest: usize, random: &mut Random) -> Self {
        let is_far = random.happens(10);
        let end = if is_far { sequence.len() } else { unit + 10 };
        let first = random.between(if is_far { 0 } else { unit }, end.min(sequence.len()) - 1);
        let last = (first + random.below(longest)).min(sequence.len() - 1);
        Self { sequence, first, last }
    }

    /// The text as printed, without what does not belong to the sequence.
    pub(crate) fn text(&self) -> String {
        let bytes = self.sequence.bytes(self.first..self.last + 1);
        let mut text = String::new();
        for stretch in &self.sequence.stretches {
            let (start, end) = (bytes.start.max(stretch.start), bytes.end.min(stretch.end));
            text.push_str(self.sequence.printed.get(start..end).unwrap_or_default());
        }
        text
    }
}

/// Whether a text has a letter, a Han character or a digit.
pub(crate) fn has_content(text: &str) -> bool {
    fold(text).units().iter().any(|unit| unit.kind != UnitKind::Mark)
}

/// A text without white space, mostly: a keyword may hold some, escaped.
pub(crate) fn unspaced(text: &str, random: &mut Random) -> String {
    if random.happens(10) {
        return text.trim().to_owned();
    }
    let with_content = text.split_whitespace().find(|part| has_content(part));
    with_content.unwrap_or("合作").to_owned()
}

/// A text with some characters left open.
pub(crate) fn wildcard(text: &str, random: &mut Random) -> Wildcard {
    let mut characters: Vec<Option<char>> = text.chars().map(Some).collect();
    if random.happens(50) {
        let kept = random.between(1, characters.len());
        characters.truncate(kept);
    }
    for _ in 0..random.below(3) {
        let index = random.below(characters.len());
        characters[index] = None;
    }
    let is_content = |character: &Option<char>| character.is_some_and(char::is_alphanumeric);
    if !characters.iter().any(is_content) {
        characters.push(Some('合'));
    }
    let last_content = characters.iter().rposition(is_content);
    let ends_open = characters.iter().rposition(Option::is_none) > last_content;
    let is_whole = characters.iter().all(Option::is_some);
    let mut pieces: Vec<WildcardPiece> = Vec::new();
    for character in characters {
        match (pieces.last_mut(), character) {
            (_, None) => pieces.push(WildcardPiece::AnyCharacter),
            (Some(WildcardPiece::Text(text)), Some(character)) => text.push(character),
            (_, Some(character)) => pieces.push(WildcardPiece::Text(character.to_string())),
        }
    }
    Wildcard {
        pieces,
        open_end: ends_open || is_whole || random.happens(30),
    }
}

/// The first word of a text, misspelt.
pub(crate) fn fuzzy(text: &str, random: &mut Random) -> Fuzzy {
    let distance = random.between(1, 2) as u8;
    let folded = fold(text);
    let words = folded.units().iter().filter(|unit| unit.kind == UnitKind::Word);
    let word = words
        .map(|unit| &text[unit.span.range()])
        .next()
        .unwrap_or("cooperation");
    let mut misspelt: Vec<char> = word.chars().collect();
    for _ in 0..random.below(4) {
        misspell(&mut misspelt, random);
    }
    let mut candidates = [misspelt.iter().collect(), word.to_owned()].into_iter();
    let is_fuzzy = |word: &String| {
        let typed = parse(&format!("{word}~{distance}"));
        typed.is_ok_and(|node| {
            node.expression
                == Expression::Fuzzy(Fuzzy {
                    word: word.clone(),
                    distance,
                })
        })
    };
    let word = candidates.find(is_fuzzy).unwrap_or_else(|| "nation".to_owned());
    Fuzzy { word, distance }
}

fn misspell(word: &mut Vec<char>, random: &mut Random) {
    let index = random.below(word.len());
    match random.below(4) {
        0 if word.len() > 1 => drop(word.remove(index)),
        1 => word.insert(index, word[word.len() / 2]),
        2 if index > 0 => word.swap(index - 1, index),
        _ => word[index] = 'e',
    }
}

/// An expression that matches the text, and more.
pub(crate) fn pattern(text: &str, random: &mut Random) -> String {
    let characters: Vec<char> = text.trim().chars().collect();
    let kept = random.below(characters.len());
    let mut pattern = String::new();
    for (index, character) in characters.iter().enumerate() {
        let literal = escape(&character.to_string());
        let written = match random.below(20) {
            _ if index == kept => literal,
            0 | 1 => ".".to_owned(),
            2 => format!("{literal}.{{0,3}}"),
            3 => format!("(?:{literal}|合作|e)"),
            4 if !r"[]^-&~\".contains(*character) => format!("[{character}的a-c]"),
            5 => format!("{literal}+"),
            6 => r".{0,2}?".to_owned(),
            7 => r"\s?".to_owned() + &literal,
            8 => r"\w+".to_owned(),
            _ if character.is_ascii_digit() => r"\d+".to_owned(),
            _ => literal,
        };
        pattern.push_str(&written);
    }
    match random.below(25) {
        0 => format!("^{pattern}"),
        1 => format!("{pattern}$"),
        2 => format!(r"\b{pattern}"),
        3 => format!("{pattern}|/"),
        _ => pattern,
    }
}
