//! The lines of a text that are not blank, with what is needed to judge them: where they lie, their indent, and
//! whether a blank line stands before them.

use crate::text::ByteSpan;

/// A line that is not blank.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'a> {
    /// The line without the white space around it.
    pub(crate) text: &'a str,
    /// Where that lies in the whole text.
    pub(crate) span: ByteSpan,
    /// Whether white space stands at the start of the line.
    pub(crate) is_indented: bool,
    /// Whether a blank line stands before this one.
    pub(crate) after_blank: bool,
}

/// The lines of a text that are not blank, in order.
pub(crate) fn lines(text: &str) -> Vec<Line<'_>> {
    lines_of(text, ByteSpan::new(0, text.len()))
}

/// The lines of a range of a text that are not blank, in order. A line ends at a line feed, a carriage return, a form
/// feed or a line separator.
pub(crate) fn lines_of(text: &str, range: ByteSpan) -> Vec<Line<'_>> {
    let mut found = Vec::new();
    let mut start = range.start;
    let mut after_blank = false;
    for raw in text[range.range()].split_inclusive(['\n', '\r', '\u{0C}', '\u{2028}', '\u{2029}', '\u{85}']) {
        let content = raw.trim_matches(is_blank);
        if content.is_empty() {
            // The two halves of a carriage return and line feed are one line end.
            let is_half = raw == "\n" && start > range.start && text.as_bytes()[start - 1] == b'\r';
            after_blank |= !is_half;
        } else {
            let indent = raw.len() - raw.trim_start_matches(is_blank).len();
            let span = ByteSpan::new(start + indent, start + indent + content.len());
            found.push(Line {
                text: content,
                span,
                is_indented: indent > 0,
                after_blank,
            });
            after_blank = false;
        }
        start += raw.len();
    }
    found
}

/// White space and characters without a shape.
pub(crate) fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200B}' | '\u{FEFF}' | '\u{200E}' | '\u{200F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_know_their_place_and_the_blank_before() {
        let text = " 甲\r\n乙\r\n\r\n　丙\n";
        let found = lines(text);
        let seen: Vec<_> = found
            .iter()
            .map(|line| (line.text, line.is_indented, line.after_blank))
            .collect();
        assert_eq!(seen, [("甲", true, false), ("乙", false, false), ("丙", true, true)]);
        assert!(found.iter().all(|line| &text[line.span.range()] == line.text));
    }
}
