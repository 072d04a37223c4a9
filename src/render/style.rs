//! The page that text is set on: its width in cells, its colors, and text made safe for a terminal.

use std::fmt;

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthChar;

/// How a terminal view is set. Colors are always written; whoever owns the stream strips them where they are not wanted.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// Cells a line; Han characters take two.
    pub width: usize,
}

impl Default for Page {
    fn default() -> Self {
        Self { width: 80 }
    }
}

/// A title.
pub const TITLE: Style = Style::new().bold();
/// Speaker, date, place, addresses.
pub const DETAIL: Style = Style::new().dimmed();
/// What matched.
pub const MATCH: Style = AnsiColor::Yellow.on_default().bold();
/// What matched in the place of what was typed: a synonym or another form of a name.
pub const EXPANSION: Style = AnsiColor::Cyan.on_default().bold();
/// An error or a warning.
pub const ALERT: Style = AnsiColor::Red.on_default().bold();
/// What stands in the first of two compared texts only.
pub const DELETED: Style = AnsiColor::Red.on_default().strikethrough();
/// What stands in the second of two compared texts only.
pub const INSERTED: Style = AnsiColor::Green.on_default();
/// A hint.
pub const HINT: Style = AnsiColor::Cyan.on_default();

/// Text in a style, made safe.
pub struct Styled<'a>(pub Style, pub &'a str);

impl fmt::Display for Styled<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{}{}{}",
            self.0.render(),
            safe(self.1),
            self.0.render_reset()
        )
    }
}

/// Text without control characters, so that a corpus cannot steer the terminal; line breaks and tabs become spaces.
pub fn safe(text: &str) -> String {
    text.chars().filter_map(safe_character).collect()
}

fn safe_character(character: char) -> Option<char> {
    match character {
        '\n' | '\r' | '\t' => Some(' '),
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => None,
        _ if character.is_control() => None,
        _ => Some(character),
    }
}

/// A character of a text to set, and the style in which it stands out, if it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The character.
    pub character: char,
    /// The style of what it is a part of, such as [`MATCH`]; `None` of plain text.
    pub style: Option<Style>,
}

/// Makes characters safe and white space single.
pub fn marked_text(text: impl Iterator<Item = Marked>) -> Vec<Marked> {
    let mut kept: Vec<Marked> = Vec::new();
    for marked in text {
        let Some(character) = safe_character(marked.character) else {
            continue;
        };
        let is_space = character.is_whitespace();
        if is_space && kept.last().is_some_and(|last| last.character == ' ') {
            continue;
        }
        kept.push(Marked {
            character: if is_space { ' ' } else { character },
            ..marked
        });
    }
    kept
}

/// Sets marked text in lines of at most so many cells, broken at spaces or between Han characters; no line begins with a
/// closing mark or ends with an opening one.
pub fn wrap(text: &[Marked], width: usize) -> Vec<&[Marked]> {
    let mut lines = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (line, after) = rest.split_at(line_length(rest, width));
        lines.push(line);
        let spaces = after.iter().take_while(|marked| marked.character == ' ').count();
        rest = &after[spaces..];
    }
    lines
}

/// The number of characters that the first line takes.
fn line_length(text: &[Marked], width: usize) -> usize {
    let mut used = 0;
    let mut last_break = None;
    for (index, marked) in text.iter().enumerate() {
        if index > 0 && may_break(text[index - 1].character, marked.character) {
            last_break = Some(index);
        }
        used += cells(marked.character);
        if used > width && index > 0 {
            return last_break.unwrap_or(index);
        }
    }
    text.len()
}

/// The cells that a character takes.
fn cells(character: char) -> usize {
    character.width().unwrap_or(0)
}

fn may_break(before: char, after: char) -> bool {
    let closes = "，。、；：！？”’」』》）)]}.,;:!?%…—".contains(after);
    let opens = "“‘「『《（([{".contains(before);
    after == ' ' || (before != ' ' && !closes && !opens && (cells(before) == 2 || cells(after) == 2))
}

/// A line with what stands out in color.
pub fn colored(line: &[Marked]) -> String {
    let mut text = String::new();
    for run in line.chunk_by(|left, right| left.style == right.style) {
        let characters: String = run.iter().map(|marked| marked.character).collect();
        match run[0].style {
            Some(style) => text.push_str(&format!("{}{characters}{}", style.render(), style.render_reset())),
            None => text.push_str(&characters),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, width: usize) -> Vec<String> {
        let marked: Vec<Marked> = text
            .chars()
            .map(|character| Marked { character, style: None })
            .collect();
        wrap(&marked, width)
            .iter()
            .map(|line| line.iter().map(|marked| marked.character).collect())
            .collect()
    }

    #[test]
    fn han_counts_two_cells_and_marks_stay_with_their_text() {
        assert_eq!(lines("深化合作，共同发展。", 8), ["深化合", "作，共同", "发展。"]);
        assert_eq!(lines("the quick brown fox", 10), ["the quick", "brown fox"]);
        assert_eq!(lines("unbreakable", 4), ["unbr", "eaka", "ble"]);
        assert!(lines("", 10).is_empty());
    }

    #[test]
    fn a_corpus_cannot_steer_the_terminal() {
        assert_eq!(safe("a\u{1b}[31mb\nc\u{202e}d\u{7}"), "a[31mb cd");
    }
}
