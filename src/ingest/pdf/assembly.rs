//! From the lines of all pages to one text: a blank line where a paragraph ends, none where it runs on, also over the
//! end of a column or a page; footnotes stand after the paragraph that they interrupt, between `⟦` and `⟧`.

use super::characters::is_right_to_left;
use super::lines::{Line, median};
use crate::ingest::draft::Aside;

/// What pages hold.
pub(super) struct Assembled {
    /// Their text.
    pub(super) text: String,
    /// What belongs to the pages and not to the text.
    pub(super) asides: Vec<Aside>,
}

/// The text of the pages; `tilted` is what stands at an angle on each.
pub(super) fn assemble(pages: &[Vec<Line>], tilted: &[String]) -> Assembled {
    let size = median(texts(pages).map(|line| line.size).collect());
    let leading = leading(pages);
    let mut text = Text::default();
    for (number, whole) in pages.iter().enumerate() {
        let page: Vec<Line> = whole.iter().filter(|line| !line.is_furniture).cloned().collect();
        let first = whole.iter().position(|line| !line.is_furniture).unwrap_or(whole.len());
        let tilted = tilted.get(number).map_or("", String::as_str);
        text.set_apart(whole[..first].iter().map(|line| line.text.as_str()).chain([tilted]));
        let (body, notes) = page.split_at(page.len() - footnotes(&page, size));
        for column in body.chunk_by(|line, next| line.baseline < next.baseline) {
            text.push_column(column, leading);
        }
        text.notes.extend(joined_notes(notes));
        let below = whole[first..].iter().filter(|line| line.is_furniture);
        text.set_apart(below.map(|line| line.text.as_str()));
    }
    text.finish()
}

/// The text as it grows.
#[derive(Default)]
struct Text {
    written: String,
    notes: Vec<String>,
    asides: Vec<Aside>,
    last: Option<(Line, Frame)>,
}

impl Text {
    /// Adds lines that stand below each other.
    fn push_column(&mut self, lines: &[Line], leading: f64) {
        let frame = Frame::of(lines);
        for (index, line) in lines.iter().enumerate() {
            let ends = self.last.as_ref().is_some_and(|(last, before)| {
                if index == 0 {
                    before.is_end(last, line)
                } else {
                    is_apart(last, line, leading) || frame.is_new_paragraph(last, line)
                }
            });
            self.push(&line.text, ends);
            self.last = Some((line.clone(), frame));
        }
    }

    fn push(&mut self, line: &str, starts_paragraph: bool) {
        if starts_paragraph {
            self.end_paragraph();
        }
        self.written.push_str(line);
        self.written.push('\n');
    }

    fn end_paragraph(&mut self) {
        for note in std::mem::take(&mut self.notes) {
            self.written.push_str(&format!("\n⟦{note}⟧\n"));
        }
        self.written.push('\n');
    }

    /// Keeps lines that stand beside the text, here.
    fn set_apart<'a>(&mut self, lines: impl Iterator<Item = &'a str>) {
        let at = self.written.trim_end().len();
        self.asides.extend(Aside::together(lines.map(str::trim), at));
    }

    fn finish(mut self) -> Assembled {
        if !self.notes.is_empty() {
            self.end_paragraph();
        }
        self.written.truncate(self.written.trim_end().len());
        self.written.push('\n');
        Assembled {
            text: self.written,
            asides: self.asides,
        }
    }
}

/// The lines of the text.
fn texts(pages: &[Vec<Line>]) -> impl Iterator<Item = &Line> {
    pages.iter().flatten().filter(|line| !line.is_furniture)
}

/// The distance between most lines that follow each other, in points.
fn leading(pages: &[Vec<Line>]) -> f64 {
    let kept: Vec<Vec<&Line>> = pages
        .iter()
        .map(|page| page.iter().filter(|line| !line.is_furniture).collect())
        .collect();
    let steps = kept.iter().flat_map(|page| page.windows(2));
    let distances = steps
        .map(|pair| pair[1].baseline - pair[0].baseline)
        .filter(|distance| *distance > 0.0);
    median(distances.collect())
}

/// Whether more than the usual space, or another size of type, stands between two lines.
fn is_apart(line: &Line, next: &Line, leading: f64) -> bool {
    let ratio = line.size / next.size.max(0.1);
    let usual = leading.max(line.size.max(next.size) * 1.1);
    next.baseline - line.baseline > usual * 1.3 || !(0.8..=1.25).contains(&ratio)
}

/// Where the lines of a column start and end, in points.
#[derive(Clone, Copy, Debug)]
struct Frame {
    start: f64,
    end: f64,
    is_mirrored: bool,
}

impl Frame {
    fn of(lines: &[Line]) -> Self {
        let mirrored = lines.iter().filter(|line| is_right_to_left(&line.text)).count() * 2 > lines.len();
        let mut frame = Self {
            start: 0.0,
            end: 0.0,
            is_mirrored: mirrored,
        };
        // The short lines of a title page must not narrow the frame, so the outer lines tell.
        let mut starts: Vec<f64> = lines.iter().map(|line| frame.start_of(line)).collect();
        let mut ends: Vec<f64> = lines.iter().map(|line| frame.end_of(line)).collect();
        starts.sort_by(f64::total_cmp);
        ends.sort_by(f64::total_cmp);
        frame.start = starts.get(starts.len() / 5).copied().unwrap_or_default();
        frame.end = ends.get(ends.len() * 4 / 5).copied().unwrap_or_default();
        frame
    }

    fn start_of(&self, line: &Line) -> f64 {
        if self.is_mirrored { -line.right } else { line.left }
    }

    fn end_of(&self, line: &Line) -> f64 {
        if self.is_mirrored { -line.left } else { line.right }
    }

    /// Whether a line begins a paragraph after another of the same column: it is indented, or the one before stops
    /// short at the end of a sentence.
    fn is_new_paragraph(&self, line: &Line, next: &Line) -> bool {
        let indent = self.start_of(next) - self.start_of(line);
        let is_centered = ((self.start_of(next) - self.start) - (self.end - self.end_of(next))).abs() < next.size;
        let is_inside = indent > next.size * 0.9 && indent < next.size * 8.0;
        let is_indented = is_inside && !is_centered && !starts_lower(&next.text);
        let is_full = self.end_of(line) > self.end - line.size;
        (is_indented && (is_full || ends_sentence(&line.text)))
            || (ends_sentence(&line.text) && self.is_short(line, next))
    }

    /// Whether a paragraph ends with the last line of a column or page.
    fn is_end(&self, line: &Line, next: &Line) -> bool {
        let runs_on = starts_lower(&next.text);
        let is_heading = self.end_of(line) - self.start < (self.end - self.start) * 0.6;
        !runs_on && ((ends_sentence(&line.text) && self.is_short(line, next)) || is_heading)
    }

    /// Whether the first word of the next line would have found room on this one.
    fn is_short(&self, line: &Line, next: &Line) -> bool {
        let letters = next.text.chars().count().max(1);
        let first = next.text.split(' ').next().map_or(0, |word| word.chars().count() + 2);
        let width = (next.right - next.left) / letters as f64 * first.min(letters) as f64;
        self.end_of(line) + width < self.end
    }
}

fn starts_lower(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_lowercase)
}

fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(['"', '”', '’', '»', ')', '）', '」', '』', '\'']);
    bare.ends_with([
        '.', '!', '?', '…', ':', ';', '。', '！', '？', '：', '；', '؟', '؛', '۔',
    ])
}

/// How many lines at the foot of a page are footnotes: small type from a line on that starts with a mark.
fn footnotes(page: &[Line], size: f64) -> usize {
    let small = page.iter().rev().take_while(|line| line.size < size * 0.9).count();
    if small == page.len() {
        return 0;
    }
    let foot = &page[page.len() - small..];
    let first = foot.iter().position(|line| starts_with_mark(&line.text));
    first.map_or(0, |first| small - first)
}

fn starts_with_mark(text: &str) -> bool {
    let rest = text.trim_start_matches(|character: char| character.is_ascii_digit());
    let digits = text.len() - rest.len();
    text.starts_with(['*', '†', '¹', '²', '³']) || ((1..=3).contains(&digits) && rest.starts_with([' ', '.', ')']))
}

/// Notes as one line each.
fn joined_notes(lines: &[Line]) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    for line in lines {
        match notes.last_mut().filter(|_| !starts_with_mark(&line.text)) {
            Some(note) => {
                note.push(' ');
                note.push_str(&line.text);
            }
            None => notes.push(line.text.clone()),
        }
    }
    notes
}
