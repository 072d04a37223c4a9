//! The lines of a block of Markdown: whether they were wrapped in mid-sentence and are one paragraph, or were ended on purpose, as
//! the lines of a header, of an address, of a poem or of a dialog.

use unicode_width::UnicodeWidthStr;

use crate::ingest::turns;
use crate::text::is_han;

/// The least width of the longest line of a block, in columns, that was wrapped.
const WRAPPED_WIDTH: usize = 40;

/// The lines of a block: those that were wrapped are joined, those that were ended on purpose are not. A carriage return is a hard
/// break, which ends a line on purpose unless it stands in the middle of a sentence.
pub(super) fn lines_of(block: &str, is_verbatim: bool) -> Vec<String> {
    if is_verbatim {
        return block.lines().map(str::to_owned).collect();
    }
    let mut lines: Vec<String> = Vec::new();
    for part in block.split('\r') {
        let part: Vec<&str> = part.split('\n').collect();
        for turn in turns_in(&part) {
            if are_as_long(turn) || reads_as_one(turn) {
                lines.push(joined(&turn.join("\n")));
            } else {
                lines.extend(turn.iter().map(|line| (*line).to_owned()));
            }
        }
    }
    lines
}

/// Lines divided before each that a speaker's label begins.
fn turns_in<'a, 'b>(lines: &'b [&'a str]) -> impl Iterator<Item = &'b [&'a str]> {
    lines.chunk_by(|_, next| turns::label(next.trim()).is_none())
}

/// Whether all lines but the last are about as long as the longest.
fn are_as_long(lines: &[&str]) -> bool {
    let Some((_, full)) = lines.split_last() else {
        return false;
    };
    let longest = widest(lines);
    longest >= WRAPPED_WIDTH && full.iter().all(|line| line.trim().width() * 10 >= longest * 7)
}

fn widest(lines: &[&str]) -> usize {
    lines.iter().map(|line| line.trim().width()).max().unwrap_or(0)
}

/// Whether lines read as one paragraph: they are prose that ends as a sentence does, and most that do not end so themselves break
/// off in its middle.
fn reads_as_one(lines: &[&str]) -> bool {
    let Some((last, others)) = lines.split_last() else {
        return false;
    };
    if others.is_empty() || widest(lines) < WRAPPED_WIDTH || !ends_sentence(last) || !is_prose(lines) {
        return false;
    }
    let open: Vec<usize> = (0..others.len())
        .filter(|index| !ends_sentence(others[*index]))
        .collect();
    let broken = open
        .iter()
        .filter(|index| breaks_off(lines[**index], lines[**index + 1]))
        .count();
    broken > 0 && broken * 2 >= open.len()
}

/// Whether most words are written small, or in letters that know no capitals.
fn is_prose(lines: &[&str]) -> bool {
    let words = || {
        let words = lines.iter().flat_map(|line| line.split_whitespace());
        words.filter_map(|word| word.chars().find(|character| character.is_alphabetic()))
    };
    let capitals = words().filter(|first| first.is_uppercase()).count();
    capitals * 2 <= words().count()
}

/// Whether a sentence goes on from one line to the next.
fn breaks_off(line: &str, next: &str) -> bool {
    let (Some(last), Some(first)) = (line.trim_end().chars().next_back(), next.trim_start().chars().next()) else {
        return false;
    };
    let last_word = line.split_whitespace().next_back().unwrap_or_default();
    let ends_small = last_word.starts_with(char::is_lowercase) && last.is_alphanumeric();
    let is_han_text = is_han(first) && (is_han(last) || "，、".contains(last));
    first.is_lowercase() || ends_small || matches!(last, ',' | '-' | '–') || is_han_text
}

/// Whether a line ends as a sentence does.
fn ends_sentence(line: &str) -> bool {
    let bare = line
        .trim_end()
        .trim_end_matches(['"', '”', '’', '»', ')', '）', '」', '』', '*', '_', '\'', ']', '⟧']);
    bare.ends_with([
        '.', '!', '?', '…', ':', ';', '。', '！', '？', '：', '；', '؟', '؛', '۔',
    ])
}

/// The lines of a text in one, with a blank between them except between Han characters.
pub(super) fn joined(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for part in text.split(['\n', '\r']).map(str::trim).filter(|part| !part.is_empty()) {
        let is_wide = |character: Option<char>| {
            character.is_some_and(|c| {
                is_han(c) || ('\u{3000}'..='\u{303F}').contains(&c) || ('\u{FF00}'..='\u{FF60}').contains(&c)
            })
        };
        let is_seamless = is_wide(line.chars().next_back()) && is_wide(part.chars().next());
        if !line.is_empty() && !is_seamless {
            line.push(' ');
        }
        line.push_str(part);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrapped_paragraph_is_one_line() {
        for block in [
            "I have rowed on this water with the late\nHarbourmaster Osk Delar of Orlen, who lost his straw hat in the spring of\n1987, and who asked for it.",
            "The bridge has four lanes and a place for bicycles, with\nPresident Marant as its first walker, and it is for\nCaptain Venn to say.",
            "Hola,\n¿cómo están todos y todas? Muy buenas tardes: la verdad que hoy es un día\nmuy especial.",
        ] {
            assert_eq!(lines_of(block, false).len(), 1, "{block}");
        }
    }

    #[test]
    fn lines_that_end_on_purpose_stay() {
        for block in [
            "Statement by His Excellency Mr. Odo Kern\nMinister for Waterways\nat the General Debate",
            "The lamp is lit.\nThe fees are halved.",
            "Journalist: Will the harbour open before the winter?\nMr Dorn: It will open in the first week of October.",
            "海在远方\n灯在岸上",
        ] {
            assert_eq!(lines_of(block, false).len(), block.lines().count(), "{block}");
        }
    }
}
