//! What stands after a statement: page numbers, addresses of pages, running titles, time stamps.

use crate::ingest::header::is_sentence;
use crate::ingest::header::lines::Line;
use crate::ingest::header::western_text::{is_end_mark, is_letterhead};

/// The number of lines after a statement that are looked at.
const TAIL_LINES: usize = 14;

/// How many of the lines, counted from the body's first, belong to the body; the first always does.
pub(super) fn body_lines(lines: &[Line<'_>], head: &[Line<'_>]) -> usize {
    let mut end = lines.len();
    while end > 1 && lines.len() - end < TAIL_LINES {
        match tail_start(&lines[..end], head) {
            Some(start) if start > 0 => end = start,
            _ => break,
        }
    }
    end
}

/// Where the tail part that ends the lines starts, if they end in one. A sentence is never one, nor is a line on which a
/// sentence of the line before it goes on.
fn tail_start(lines: &[Line<'_>], head: &[Line<'_>]) -> Option<usize> {
    let last = lines.len().checked_sub(1)?;
    let text = lines[last].text;
    if is_end_mark(text) && (!goes_on(lines, last) || is_bare_mark(text)) {
        return Some(last);
    }
    if is_sentence(text) {
        return None;
    }
    if let Some(start) = closing_block(lines, head) {
        return Some(start);
    }
    if goes_on(lines, last) {
        return None;
    }
    let is_beside = is_page_address(text) || is_letterhead(text) || is_source(text) || is_time_stamp(text);
    (is_beside || repeats(text, head)).then_some(last)
}

/// Where a source or a running title over several lines starts, if the lines end in one: its first line tells.
fn closing_block(lines: &[Line<'_>], head: &[Line<'_>]) -> Option<usize> {
    let last = lines.len().checked_sub(1)?;
    let first_of_block = (0..=last).rev().take(5).find(|index| lines[*index].after_blank)?;
    let opener = lines[first_of_block].text;
    let is_running_title = repeats_title(opener, head);
    let is_block = first_of_block > 0 && (is_source(opener) || is_running_title);
    let has_sentence = lines[first_of_block..].iter().any(|line| is_sentence(line.text));
    (is_block && !has_sentence).then_some(first_of_block)
}

/// Whether a line may go on with the sentence of the line before it.
fn goes_on(lines: &[Line<'_>], index: usize) -> bool {
    let Some(before) = index.checked_sub(1).map(|before| lines[before].text) else {
        return false;
    };
    let is_closed = before.ends_with(['.', '!', '?', '…', ':', '»', '”', '"', ')', '。']);
    !lines[index].after_blank && !is_closed && !is_end_mark(before)
}

/// Whether a line is no more than digits and marks, or one address, which stands between the lines of a sentence where a page ends.
fn is_bare_mark(text: &str) -> bool {
    let has_letters = text.chars().any(char::is_alphabetic);
    !has_letters || (!text.contains(char::is_whitespace) && text.contains('/'))
}

fn is_source(text: &str) -> bool {
    let lower = text.to_lowercase();
    [
        "source:",
        "source :",
        "fuente:",
        "источник:",
        "المصدر:",
        "quelle:",
        "fonte:",
    ]
    .iter()
    .any(|label| lower.starts_with(label))
        || (text.starts_with('(') && text.ends_with(')') && text.contains('.') && !text.contains(' '))
}

/// An address of a page, also a part of a wrapped one or a misread one.
fn is_page_address(text: &str) -> bool {
    let is_one_word = !text.contains(char::is_whitespace);
    text.matches('/').count() >= 4
        || (is_one_word && text.matches(['-', '/']).count() >= 3 && text.chars().count() > 24)
}

/// `1025am 30 September 2024`: a date and a clock, or a word of hardly any letters.
fn is_time_stamp(text: &str) -> bool {
    let found = crate::ingest::dates::mentions(text);
    let Some(mention) = found.first() else {
        return false;
    };
    let rest: String = [&text[..mention.span.start], &text[mention.span.end..]].concat();
    rest.split_whitespace().count() <= 3 && rest.chars().any(|c| c.is_ascii_digit())
}

/// Whether a line stands in the head too, as protective marks and running heads do.
fn repeats(text: &str, head: &[Line<'_>]) -> bool {
    text.chars().count() > 3 && head.iter().any(|line| line.text == text)
}

/// Whether a line is a running title: it shares its first words with a line of the head, or names place and date.
fn repeats_title(text: &str, head: &[Line<'_>]) -> bool {
    let opening = |text: &str| {
        text.split_whitespace()
            .take(4)
            .map(str::to_lowercase)
            .collect::<Vec<_>>()
    };
    let own = opening(text);
    let shared = own.len() == 4 && head.iter().any(|line| opening(line.text) == own);
    let is_kind = crate::ingest::genre::of_western(text.split_whitespace().next().unwrap_or_default()).is_some();
    shared || (is_kind && text.chars().count() > 60 && !head.is_empty())
}
