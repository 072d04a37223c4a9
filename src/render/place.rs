//! A place in a query, shown: a line of the query, cut around the place where it is long, and where in the line it stands.
//!
//! Columns are counted in cells of the terminal, cluster by cluster: a Han character takes two, a combining mark none.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::style::safe;
use crate::text::ByteSpan;

/// What stands where a line is cut, of one cell.
const CUT: &str = "…";

/// A line of a query in which a place is marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedLine {
    /// The line, safe for a terminal.
    pub text: String,
    /// The cells before the place.
    pub indent: usize,
    /// The cells of the place, at least one.
    pub length: usize,
}

/// A cluster of characters as it is shown.
struct Cell {
    text: String,
    width: usize,
}

/// Sets a query on one line of at most `width` cells with the place in it; a place that is longer shows its beginning.
pub fn marked_line(query: &str, place: ByteSpan, width: usize) -> MarkedLine {
    let mut cells = Vec::new();
    let (mut first, mut last) = (None, 0);
    for (start, cluster) in query.grapheme_indices(true) {
        if first.is_none() && start + cluster.len() > place.start {
            first = Some(cells.len());
        }
        if start < place.end {
            last = cells.len() + 1;
        }
        let text = safe(cluster);
        cells.push(Cell {
            width: text.width(),
            text,
        });
    }
    let first = first.unwrap_or(cells.len());
    cut_around(&cells, first, last.max(first), width)
}

/// The line of the cells that fit, those from `first` to `last` before all others.
fn cut_around(cells: &[Cell], first: usize, last: usize, width: usize) -> MarkedLine {
    let total = width_of(cells);
    let (start, end) = match total <= width {
        true => (0, cells.len()),
        false => window(cells, first, last, width.saturating_sub(2 * CUT.width())),
    };
    let marked_end = last.min(end);
    let left = if start > 0 { CUT } else { "" };
    let right = if end < cells.len() { CUT } else { "" };
    let shown: String = cells[start..end].iter().map(|cell| cell.text.as_str()).collect();
    MarkedLine {
        text: format!("{left}{shown}{right}"),
        indent: left.width() + width_of(&cells[start..first]),
        length: width_of(&cells[first..marked_end]).max(1),
    }
}

/// The cells that fit: from the first marked one on, then as many on each side as there is room for.
fn window(cells: &[Cell], first: usize, last: usize, room: usize) -> (usize, usize) {
    let (mut start, mut end) = (first, first);
    let mut left = room;
    while end < last && cells[end].width <= left {
        left -= cells[end].width;
        end += 1;
    }
    loop {
        let before = start.checked_sub(1).filter(|&index| cells[index].width <= left);
        if let Some(index) = before {
            left -= cells[index].width;
            start = index;
        }
        let after = cells.get(end).filter(|cell| cell.width <= left);
        if let Some(cell) = after {
            left -= cell.width;
            end += 1;
        }
        if before.is_none() && after.is_none() {
            return (start, end);
        }
    }
}

fn width_of(cells: &[Cell]) -> usize {
    cells.iter().map(|cell| cell.width).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the line and the marks under it of the first place of a text in a query.
    fn check(query: &str, place: &str, width: usize, text: &str, marks: &str) {
        let start = query.find(place).expect("the place is in the query");
        let line = marked_line(query, ByteSpan::new(start, start + place.len()), width);
        let drawn = " ".repeat(line.indent) + &"^".repeat(line.length);
        assert_eq!((line.text.as_str(), drawn.as_str()), (text, marks), "{query}");
    }

    #[test]
    fn marks_stand_under_their_place_whatever_stands_before_it() {
        check("甲 AND", "AND", 80, "甲 AND", "   ^^^");
        check("（绿色 OR", "OR", 80, "（绿色 OR", "       ^^");
        check("e\u{301}té AND", "AND", 80, "e\u{301}té AND", "    ^^^");
        check("a\tb\nAND", "AND", 80, "a b AND", "    ^^^");
        check("\u{1b}[31m\u{202e}x AND", "AND", 80, "[31mx AND", "      ^^^");
        check(
            "👩\u{200d}👩\u{200d}👧 AND",
            "AND",
            80,
            "👩\u{200d}👩\u{200d}👧 AND",
            "   ^^^",
        );
        check("سلام AND", "AND", 80, "سلام AND", "     ^^^");
        check("字~1", "字", 80, "字~1", "^^");
        check("e\u{301}x", "\u{301}", 80, "e\u{301}x", "^");
        check("ab", "", 80, "ab", "^");
    }

    #[test]
    fn a_place_at_the_end_or_without_a_cell_has_one_mark() {
        let end = marked_line("甲", ByteSpan::new(3, 3), 80);
        assert_eq!((end.indent, end.length), (2, 1));
        let empty = marked_line("", ByteSpan::new(0, 0), 80);
        assert_eq!((empty.text.as_str(), empty.indent, empty.length), ("", 0, 1));
        let control = marked_line("a\u{7}b", ByteSpan::new(1, 2), 80);
        assert_eq!((control.text.as_str(), control.indent, control.length), ("ab", 1, 1));
    }

    #[test]
    fn a_long_query_is_cut_around_the_place() {
        check("aaaaaaaaaa AND bbbbbbbbbb", "AND", 13, "…aaa AND bbb…", "     ^^^");
        check("AND bbbbbbbbbb", "AND", 10, "AND bbbb…", "^^^");
        check("aaaaaaaaaa AND", "AND", 10, "…aaaa AND", "      ^^^");
        check("一二三四五六七八九十", "五", 9, "…四五六…", "   ^^");
        check("aa bbbbbbbbbbbbbbb cc", "bbbbbbbbbbbbbbb", 8, "…bbbbbb…", " ^^^^^^");
    }

    #[test]
    fn no_line_is_wider_than_it_may_be() {
        let query = "绿色 e\u{301} 🙂 mining ".repeat(30);
        for (start, _) in query.char_indices() {
            let line = marked_line(&query, ByteSpan::new(start, query.len()), 20);
            assert!(line.text.width() <= 20 && line.indent + line.length <= 20, "{line:?}");
        }
    }
}
