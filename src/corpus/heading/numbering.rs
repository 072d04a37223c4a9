//! The number with which the heading of a section, or an item of a list, begins.

use crate::text::is_han;

/// Words before the number of a section, in lower case.
#[rustfmt::skip]
const DIVISIONS: &[&str] = &[
    "chapter", "part", "section", "annex", "chapitre", "partie", "section", "annexe", "capítulo", "parte", "sección",
    "anexo", "глава", "часть", "раздел", "приложение", "الفصل", "الجزء", "القسم", "الباب",
];

/// How the number of a section is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numbering {
    /// `一、`
    Han,
    /// `（一）`
    HanInBrackets,
    /// `第一章`
    HanDivision,
    /// `1.`, `1.2`, `1、`
    Digits,
    /// `(1)`
    DigitsInBrackets,
    /// `IV.`
    Roman,
    /// `Chapter 3`
    Division,
}

/// How a paragraph is numbered, and what follows the number.
pub(super) fn numbering(text: &str) -> Option<(Numbering, &str)> {
    let text = text.trim_start();
    bracketed(text)
        .or_else(|| han_division(text))
        .or_else(|| han(text))
        .or_else(|| digits(text))
        .or_else(|| roman(text))
        .or_else(|| division(text))
}

/// `（一）…`, `(1) …`
fn bracketed(text: &str) -> Option<(Numbering, &str)> {
    let inside = text.strip_prefix(['（', '('])?;
    let (number, rest) = inside.split_once(['）', ')'])?;
    let is_number = |is_digit: fn(char) -> bool| !number.is_empty() && number.chars().all(is_digit);
    if is_number(is_han_numeral) {
        return Some((Numbering::HanInBrackets, rest));
    }
    is_number(char::is_numeric).then_some((Numbering::DigitsInBrackets, rest))
}

/// `第一章…`, `第二部分…`
fn han_division(text: &str) -> Option<(Numbering, &str)> {
    let rest = text.strip_prefix('第')?;
    let (number, rest) = rest.split_at(end_of(rest, |character| {
        is_han_numeral(character) || character.is_ascii_digit()
    }));
    let rest = ["部分", "章", "节", "節", "编", "編", "篇"]
        .iter()
        .find_map(|name| rest.strip_prefix(name))?;
    (!number.is_empty()).then_some((Numbering::HanDivision, rest))
}

/// `1. …`, `1.2 …`, `１、…`; not `1.5亿` and not a year.
fn digits(text: &str) -> Option<(Numbering, &str)> {
    let end = end_of(text, |character| character.is_numeric() || character == '.');
    let (number, rest) = text.split_at(end);
    let digit_count = number.chars().filter(|character| character.is_numeric()).count();
    let starts_with_digit = number.starts_with(char::is_numeric);
    let is_closed = match number.strip_suffix('.') {
        Some(_) => rest.starts_with(char::is_whitespace) || rest.starts_with(is_han),
        None => {
            rest.starts_with(['、', '．', ')', '）']) || (number.contains('.') && rest.starts_with(char::is_whitespace))
        }
    };
    let rest = rest.trim_start_matches(['、', '．', ')', '）']);
    (starts_with_digit && digit_count <= 3 && is_closed).then_some((Numbering::Digits, rest))
}

/// `IV. …`
fn roman(text: &str) -> Option<(Numbering, &str)> {
    let (number, rest) = text.split_at(end_of(text, |character| "IVXLC".contains(character)));
    let rest = rest
        .strip_prefix('.')
        .filter(|rest| rest.starts_with(char::is_whitespace))?;
    (!number.is_empty()).then_some((Numbering::Roman, rest))
}

/// `Chapter 3 …`, `Глава II`
fn division(text: &str) -> Option<(Numbering, &str)> {
    let (word, rest) = text.split_once(char::is_whitespace)?;
    let number = rest.split_whitespace().next()?.trim_end_matches(['.', ':', ',', '،']);
    let is_number = !number.is_empty()
        && number
            .chars()
            .all(|character| character.is_numeric() || "IVXLC".contains(character));
    let is_named = DIVISIONS.contains(&word.to_lowercase().as_str());
    (is_named && is_number).then(|| {
        (
            Numbering::Division,
            rest.trim_start_matches(|character| !char::is_whitespace(character)),
        )
    })
}

/// `一、…`
fn han(text: &str) -> Option<(Numbering, &str)> {
    let (number, rest) = text.split_at(end_of(text, is_han_numeral));
    let rest = rest.strip_prefix(['、', '．', '.'])?;
    (!number.is_empty()).then_some((Numbering::Han, rest))
}

/// The byte after the characters with which a text begins that are of a kind.
fn end_of(text: &str, is_of_kind: impl Fn(char) -> bool) -> usize {
    text.find(|character| !is_of_kind(character)).unwrap_or(text.len())
}

fn is_han_numeral(character: char) -> bool {
    "一二三四五六七八九十百〇零".contains(character)
}
