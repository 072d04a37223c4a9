//! The lines of a concordance set in columns, so that what matched stands in one column, whatever the script.
//!
//! Widths are cells of a terminal, cluster by cluster: a Han character takes two, a combining mark none. Text that is mostly
//! written from right to left is read so across the columns too: what stands before the match is set to the right of it and what
//! follows to the left, each at the edge that touches the match. Such parts are put between marks that isolate their direction
//! (U+2067 and U+2069, which a corpus cannot bring: `safe` takes them away), and the line begins with U+200E, so that a terminal
//! that reorders text does so within each column and not across them. These marks take no cell.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::style::{DETAIL, MATCH, Marked, safe};
use crate::engine::ConcordanceLine;

/// What stands where a text is cut, of one cell.
const CUT: char = '…';

/// The cells between two columns.
const GAP: usize = 2;

/// The widest that a side is set where no width is given.
const WIDEST_SIDE: usize = 120;

/// The cells that are kept for what stands to the right of a long match.
const GLANCE: usize = 4;

/// The width from which on addresses have a column.
const LEAST_FOR_ADDRESSES: usize = 100;

/// The cells of a date.
const DATE: usize = 10;

/// The columns of a concordance, in cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns {
    number: usize,
    date: usize,
    speaker: usize,
    /// What stands to the left of the match, and ends at it.
    left: usize,
    /// The match, and what stands to the right of it.
    body: usize,
    /// The address of the passage; no column where it is 0.
    address: usize,
}

impl Columns {
    /// Columns that fill a width, for lines with numbers up to `last`.
    pub fn filling(width: usize, last: usize) -> Self {
        let number = last.to_string().len();
        let speaker = (width / 10).clamp(4, 16);
        let address = match width >= LEAST_FOR_ADDRESSES {
            true => (width / 5).min(40),
            false => 0,
        };
        let taken = number + DATE + speaker + 3 * GAP + if address > 0 { address + GAP } else { 0 };
        let text = width.saturating_sub(taken + GAP).max(20);
        // The match stands with what is on its right.
        let left = text * 9 / 20;
        Self {
            number,
            date: DATE,
            speaker,
            left,
            body: text - left,
            address,
        }
    }

    /// Columns for these lines alone: in which they stand whole where a width has the room, else columns that fill it, in which
    /// what the left does not need is the match's.
    pub fn within(width: usize, lines: &[ConcordanceLine]) -> Self {
        let whole = Self::around(lines);
        if whole.width() <= width {
            return whole;
        }
        let filling = Self::filling(width, lines.iter().map(|line| line.n as usize).max().unwrap_or(1));
        let left = filling.left.min(whole.left);
        Self {
            left,
            body: filling.body + filling.left - left,
            ..filling
        }
    }

    /// Columns in which the lines stand whole: matches however long, and what is around them as far as a side goes.
    pub fn around(lines: &[ConcordanceLine]) -> Self {
        let widest = |cells: &dyn Fn(&ConcordanceLine) -> usize| lines.iter().map(cells).max().unwrap_or(0);
        let last = lines.iter().map(|line| line.n).max().unwrap_or(1);
        let side = |text: &str| cells(&clean(text)).min(WIDEST_SIDE);
        let (on_left, body) = headings(lines);
        Self {
            number: last.to_string().len(),
            date: DATE,
            speaker: widest(&|line| side(line.speaker.as_deref().unwrap_or_default())).clamp(7, 24),
            left: widest(&|line| side(Parts::of(line).on_left)).max(cells(on_left)),
            body: widest(&|line| {
                let parts = Parts::of(line);
                let right = match side(parts.on_right) {
                    0 => 0,
                    right => GAP + right,
                };
                cells(&clean(parts.node)) + right
            })
            .max(cells(body)),
            address: widest(&|line| side(&line.passage)).max(7),
        }
    }

    /// The cell at which matches begin.
    pub fn node_start(&self) -> usize {
        self.number + self.date + self.speaker + 3 * GAP + self.left + GAP
    }

    /// The cells of a line.
    fn width(&self) -> usize {
        let address = match self.address {
            0 => 0,
            address => GAP + address,
        };
        self.node_start() + self.body + address
    }

    /// The names of the columns above some lines.
    pub fn header(&self, lines: &[ConcordanceLine]) -> Vec<Marked> {
        let (on_left, body) = headings(lines);
        let mut setting = Setting::default();
        setting.right("n", self.number);
        setting.gap();
        setting.left("date", self.date);
        setting.gap();
        setting.left("speaker", self.speaker);
        setting.gap();
        setting.right(on_left, self.left);
        setting.gap();
        setting.left(body, self.body);
        if self.address > 0 {
            setting.gap();
            setting.left("passage", self.address);
        }
        setting.finish(DETAIL)
    }

    /// A line in its columns: the match, and all but the text, in their styles.
    pub fn set(&self, line: &ConcordanceLine) -> Vec<Marked> {
        let parts = Parts::of(line);
        let mut setting = Setting {
            style: Some(DETAIL),
            ..Setting::default()
        };
        setting.right(&line.n.to_string(), self.number);
        setting.gap();
        setting.left(line.date.as_deref().unwrap_or("undated"), self.date);
        setting.gap();
        setting.left(line.speaker.as_deref().unwrap_or("–"), self.speaker);
        setting.gap();
        self.set_text(&parts, &mut setting);
        if self.address > 0 {
            setting.style = Some(DETAIL);
            setting.gap();
            setting.end_of(&line.passage, self.address);
        }
        setting.marked(parts.is_right_to_left)
    }

    fn set_text(&self, parts: &Parts<'_>, setting: &mut Setting) {
        let cut = match parts.is_right_to_left {
            true => cut_end,
            false => cut_start,
        };
        setting.style = None;
        setting.is_right_to_left = parts.is_right_to_left;
        setting.right(&cut(&clean(parts.on_left), self.left), self.left);
        setting.gap();
        setting.style = Some(MATCH);
        // A match is cut only where a glance at what follows would have no room.
        let on_right = clean(parts.on_right);
        let glance = match cells(&on_right) {
            0 => 0,
            right => GAP + right.min(GLANCE),
        };
        let node = cut_end(&clean(parts.node), self.body.saturating_sub(glance));
        let rest = self.body.saturating_sub(cells(&node) + GAP);
        setting.push(&node);
        setting.style = None;
        setting.gap();
        let cut = match parts.is_right_to_left {
            true => cut_start,
            false => cut_end,
        };
        setting.left(&cut(&on_right, rest), rest);
        setting.is_right_to_left = false;
    }
}

/// The names of the columns of the text: where some lines are read from right to left, what stands before the match is on either
/// side.
fn headings(lines: &[ConcordanceLine]) -> (&'static str, &'static str) {
    match lines.iter().any(is_right_to_left) {
        true => ("context", "match, then context"),
        false => ("before", "match, then what follows"),
    }
}

/// The three parts of a line by where they stand on the screen.
struct Parts<'a> {
    on_left: &'a str,
    node: &'a str,
    on_right: &'a str,
    is_right_to_left: bool,
}

impl<'a> Parts<'a> {
    fn of(line: &'a ConcordanceLine) -> Self {
        let is_right_to_left = is_right_to_left(line);
        let (on_left, on_right) = match is_right_to_left {
            true => (&line.right, &line.left),
            false => (&line.left, &line.right),
        };
        Self {
            on_left,
            node: &line.node,
            on_right,
            is_right_to_left,
        }
    }
}

/// Whether most letters of a line are written from right to left.
pub fn is_right_to_left(line: &ConcordanceLine) -> bool {
    let (mut to_left, mut to_right) = (0, 0);
    for character in [&line.left, &line.node, &line.right]
        .into_iter()
        .flat_map(|text| text.chars())
    {
        if runs_to_left(character) {
            to_left += 1;
        } else if character.is_alphabetic() {
            to_right += 1;
        }
    }
    to_left > to_right
}

/// Whether a character is of a script written from right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko and what follows them.
pub(super) fn runs_to_left(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// A line while it is set.
#[derive(Default)]
struct Setting {
    marked: Vec<Marked>,
    style: Option<anstyle::Style>,
    is_right_to_left: bool,
}

impl Setting {
    /// A text, isolated where it has another direction than the line.
    fn push(&mut self, text: &str) {
        let isolates = !text.is_empty() && (self.is_right_to_left || text.chars().any(runs_to_left));
        let opener = if self.is_right_to_left { '\u{2067}' } else { '\u{2068}' };
        let opened = isolates.then_some(opener);
        let closed = isolates.then_some('\u{2069}');
        let style = self.style;
        let characters = opened.into_iter().chain(text.chars()).chain(closed);
        self.marked
            .extend(characters.map(|character| Marked { character, style }));
    }

    fn spaces(&mut self, count: usize) {
        let space = Marked {
            character: ' ',
            style: None,
        };
        self.marked.extend(std::iter::repeat_n(space, count));
    }

    fn gap(&mut self) {
        self.spaces(GAP);
    }

    /// A text at the left of its column, its end cut where it is wider.
    fn left(&mut self, text: &str, width: usize) {
        let text = cut_end(&clean(text), width);
        self.push(&text);
        self.spaces(width.saturating_sub(cells(&text)));
    }

    /// A text at the right of its column, its beginning cut where it is wider.
    fn right(&mut self, text: &str, width: usize) {
        let text = cut_start(&clean(text), width);
        self.spaces(width.saturating_sub(cells(&text)));
        self.push(&text);
    }

    /// A text at the left of its column, its beginning cut where it is wider.
    fn end_of(&mut self, text: &str, width: usize) {
        let text = cut_start(&clean(text), width);
        self.push(&text);
        self.spaces(width.saturating_sub(cells(&text)));
    }

    fn marked(mut self, is_right_to_left: bool) -> Vec<Marked> {
        let end = self.marked.iter().rposition(|marked| marked.character != ' ');
        self.marked.truncate(end.map_or(0, |end| end + 1));
        if is_right_to_left || self.marked.iter().any(|marked| runs_to_left(marked.character)) {
            let mark = Marked {
                character: '\u{200E}',
                style: None,
            };
            self.marked.insert(0, mark);
        }
        self.marked
    }

    fn finish(self, style: anstyle::Style) -> Vec<Marked> {
        let marked = self.marked(false);
        let styled = |marked: Marked| Marked {
            style: Some(style),
            ..marked
        };
        marked.into_iter().map(styled).collect()
    }
}

/// Text without control characters and outer white space.
fn clean(text: &str) -> String {
    safe(text).trim().to_owned()
}

/// The cells that a text takes.
pub fn cells(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// The beginning of a text, of at most so many cells.
pub fn cut_end(text: &str, width: usize) -> String {
    if cells(text) <= width {
        return text.to_owned();
    }
    let mut kept = first_clusters(text.graphemes(true), width.saturating_sub(1)).concat();
    kept.extend((width > 0).then_some(CUT));
    kept
}

/// The end of a text, of at most so many cells.
pub fn cut_start(text: &str, width: usize) -> String {
    if cells(text) <= width {
        return text.to_owned();
    }
    let mut kept = first_clusters(text.graphemes(true).rev(), width.saturating_sub(1));
    kept.reverse();
    (width > 0).then_some(CUT).into_iter().collect::<String>() + &kept.concat()
}

fn first_clusters<'t>(clusters: impl Iterator<Item = &'t str>, width: usize) -> Vec<&'t str> {
    let mut used = 0;
    clusters
        .take_while(|cluster| {
            used += cluster.width();
            used <= width
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(left: &str, node: &str, right: &str) -> ConcordanceLine {
        ConcordanceLine {
            n: 7,
            speech: "a".to_owned(),
            passage: "a#p1".to_owned(),
            paragraph: 1,
            start: 0,
            end: 1,
            title: None,
            date: Some("2013".to_owned()),
            date_source: None,
            speaker: Some("محمد".to_owned()),
            country: None,
            place: None,
            event: None,
            language: None,
            left: left.to_owned(),
            node: node.to_owned(),
            right: right.to_owned(),
            left_cut: false,
            right_cut: false,
        }
    }

    fn shown(marked: &[Marked]) -> String {
        marked.iter().map(|marked| marked.character).collect()
    }

    /// The cell at which the match begins, and the cells of the whole line.
    fn measured(marked: &[Marked]) -> (usize, usize) {
        let first = marked.iter().position(|marked| marked.style == Some(MATCH)).unwrap();
        (cells(&shown(&marked[..first])), cells(&shown(marked)))
    }

    #[test]
    fn matches_of_all_scripts_stand_in_one_column() {
        let lines = [
            line("我们愿同各方一道，深化互利共赢的", "合作", "，共同发展，造福各国人民。"),
            line(
                "we shall deepen our mutually beneficial ",
                "cooperation",
                ", and grow together.",
            ),
            line("نعمل معا من أجل تعزيز ", "التعاون", " بين الدول كافة في العالم"),
            line("", "合作", ""),
            line("e\u{301}\u{302} 👩‍👩‍👧 ｆｕｌｌ ", "n\u{303}", " ½ 한국어"),
            line(&"很".repeat(300), &"长".repeat(300), &"句".repeat(300)),
        ];
        for width in [1, 40, 79, 80, 100, 133, 200] {
            let columns = Columns::filling(width, 1_000);
            for line in &lines {
                let (start, total) = measured(&columns.set(line));
                assert_eq!(start, columns.node_start(), "{line:?}");
                assert!(total <= width.max(60), "{total} cells of {width}: {line:?}");
            }
        }
        let columns = Columns::around(&lines);
        for line in &lines {
            assert_eq!(measured(&columns.set(line)).0, columns.node_start());
        }
    }

    #[test]
    fn a_match_is_not_cut_where_there_is_room() {
        let short = [line("", "命运共同体", "")];
        let text =
            |columns: Columns, of: &[ConcordanceLine]| shown(&columns.header(of)) + "\n" + &shown(&columns.set(&of[0]));
        for columns in [
            Columns::around(&short),
            Columns::filling(80, 9),
            Columns::within(80, &short),
        ] {
            let text = text(columns, &short);
            assert!(text.contains("命运共同体") && text.contains("before"), "{text}");
        }
        let long = [line("for ", &"peace and security ".repeat(40), " and")];
        let whole = text(Columns::around(&long), &long);
        assert!(!whole.contains(CUT) && whole.contains("  and  a#p1"), "{whole}");
        let columns = Columns::within(80, &long);
        let (start, total) = measured(&columns.set(&long[0]));
        assert!(
            start < Columns::filling(80, 7).node_start() && total <= 80,
            "{columns:?}"
        );
        let cut = text(columns, &long);
        assert!(cut.contains("…  and") && cut.contains("before"), "{cut}");
    }

    #[test]
    fn right_to_left_text_is_read_from_right_to_left_across_the_columns() {
        let marked = Columns::filling(80, 9).set(&line("قبل", "التعاون", "بعد"));
        let text = shown(&marked);
        let place = |part: &str| text.find(part).unwrap();
        assert!(
            place("بعد") < place("التعاون") && place("التعاون") < place("قبل"),
            "{text}"
        );
        assert!(
            text.contains("\u{2067}التعاون\u{2069}") && text.starts_with('\u{200E}'),
            "{text:?}"
        );
        assert!(!shown(&Columns::filling(80, 9).header(&[])).contains('\u{2067}'));
    }

    #[test]
    fn texts_are_cut_between_clusters() {
        assert_eq!(cut_end("合作共赢", 5), "合作…");
        assert_eq!(cut_start("合作共赢", 5), "…共赢");
        assert_eq!(cut_start("合作共赢", 4), "…赢");
        assert_eq!(cut_end("ne\u{301}e", 2), "n…");
        assert_eq!(cut_end("合作", 0), "");
    }

    #[test]
    fn a_corpus_cannot_steer_the_terminal() {
        let marked = Columns::filling(120, 9).set(&line("a\u{1b}[2J\u{202e}", "\u{1b}]0;x\u{7}b", "\u{9b}31mc"));
        assert!(!shown(&marked).contains(['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}']));
    }
}
