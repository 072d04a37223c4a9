//! Lines: glyphs that stand on one level and in one column, as text, in reading order.
//!
//! Where a word ends is told from gaps, since many files draw no blanks; where a column ends is told from a strip that
//! stays empty down the page.

use super::characters::{is_right_to_left, logical, plain};
use super::glyphs::Glyph;

/// A line of a page, or of a column of it; lengths are points, and heights grow downward.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// What is read, in the order of reading, with single blanks between words.
    pub(super) text: String,
    /// Its left edge.
    pub(super) left: f64,
    /// Its right edge.
    pub(super) right: f64,
    /// The line on which it stands.
    pub(super) baseline: f64,
    /// The size of most of its type.
    pub(super) size: f64,
    /// Whether it belongs to the page and not to the text.
    pub(super) is_furniture: bool,
}

/// A gap of this part of the type's size stands between words.
const WORD_GAP: f64 = 0.17;
/// The fewest lines on each side of a strip that makes it one between columns.
const FEWEST_COLUMN_LINES: usize = 4;
/// How often a page is divided: once for two columns, twice for four.
const MOST_DIVISIONS: usize = 3;

/// The lines of a page in reading order: down each column.
pub(super) fn lines(glyphs: Vec<Glyph>) -> Vec<Line> {
    let segments = rows(glyphs).into_iter().flat_map(segments).collect();
    in_reading_order(segments, 0).into_iter().filter_map(line).collect()
}

/// Glyphs that stand on one level, from left to right.
type Row = Vec<Glyph>;

/// Gathers glyphs by their level; what is raised or lowered by less than half its size belongs to the row.
fn rows(mut glyphs: Vec<Glyph>) -> Vec<Row> {
    glyphs.retain(|glyph| !glyph.text.is_empty());
    glyphs.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut rows: Vec<Row> = Vec::new();
    let mut level = f64::NEG_INFINITY;
    for glyph in glyphs {
        let size = rows.last().map_or(0.0, |row: &Row| largest(row)).max(glyph.size);
        match rows.last_mut() {
            Some(row) if glyph.baseline - level < size * 0.45 => row.push(glyph),
            _ => {
                level = glyph.baseline;
                rows.push(vec![glyph]);
            }
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.left.total_cmp(&b.left));
        // Bold type is sometimes made by drawing a letter twice.
        row.dedup_by(|next, glyph| {
            next.text == glyph.text && next.text != " " && (next.left - glyph.left).abs() < glyph.size * 0.12
        });
    }
    with_raised_marks(rows)
}

/// A mark is raised by no more than this part of the type beside it.
const HIGHEST_RAISE: f64 = 0.8;
/// A mark stands no further from what it belongs to than this part of the type beside it.
const WIDEST_MARK_GAP: f64 = 0.3;

/// Puts small letters that stand raised beside others, as the `rd` of 23rd, into the row that they belong to.
fn with_raised_marks(rows: Vec<Row>) -> Vec<Row> {
    let mut found: Vec<Row> = Vec::with_capacity(rows.len());
    for mut row in rows {
        if let Some(marks) = found.pop_if(|marks| are_marks_of(marks, &row)) {
            row.extend(marks);
            row.sort_by(|a, b| a.left.total_cmp(&b.left));
        }
        found.push(row);
    }
    found
}

/// Whether all glyphs of a row are small and stand right behind glyphs of the row below it, or behind each other.
fn are_marks_of(marks: &Row, row: &Row) -> bool {
    let size = largest(row);
    let seen: Vec<&Glyph> = marks.iter().filter(|glyph| !is_blank(glyph)).collect();
    let is_near = level(row) - level(marks) < size * HIGHEST_RAISE;
    let follows = |mark: &&Glyph| {
        let beside = row.iter().filter(|glyph| !is_blank(glyph)).chain(seen.iter().copied());
        let mut ends = beside
            .filter(|glyph| glyph.left < mark.left)
            .map(|glyph| mark.left - glyph.right);
        ends.any(|gap| gap.abs() < size * WIDEST_MARK_GAP)
    };
    !seen.is_empty() && is_near && seen.iter().all(|mark| mark.size < size * 0.8) && seen.iter().all(follows)
}

fn largest(row: &Row) -> f64 {
    // The first glyphs are enough: a row is of one size but for raised marks, and a row may be long.
    row.iter().take(8).map(|glyph| glyph.size).fold(0.0, f64::max)
}

/// Cuts a row at gaps that may lie between columns.
fn segments(row: Row) -> Vec<Row> {
    let mut found: Vec<Row> = Vec::new();
    let mut right = f64::INFINITY;
    let mut after_blank = false;
    for mut glyph in row {
        if is_blank(&glyph) {
            after_blank = true;
            continue;
        }
        // A drawn blank over which the next letter is pulled back is none.
        if std::mem::take(&mut after_blank) && glyph.left - right > glyph.size * 0.05 {
            glyph.text.insert(0, ' ');
        }
        let is_far = glyph.left - right > glyph.size;
        right = if is_far || right.is_infinite() {
            glyph.right
        } else {
            right.max(glyph.right)
        };
        match found.last_mut() {
            Some(segment) if !is_far => segment.push(glyph),
            _ => found.push(vec![glyph]),
        }
    }
    found
}

fn is_blank(glyph: &Glyph) -> bool {
    glyph.text.chars().all(char::is_whitespace)
}

fn left(row: &Row) -> f64 {
    row.iter().map(|glyph| glyph.left).fold(f64::INFINITY, f64::min)
}

fn right(row: &Row) -> f64 {
    row.iter().map(|glyph| glyph.right).fold(f64::NEG_INFINITY, f64::max)
}

fn level(row: &Row) -> f64 {
    row.first().map_or(0.0, |glyph| glyph.baseline)
}

/// Orders segments: what runs over an empty strip divides the page into bands, and within a band the columns are read
/// one after the other; a page without a strip is read row by row.
fn in_reading_order(segments: Vec<Row>, divisions: usize) -> Vec<Row> {
    let strip = if divisions < MOST_DIVISIONS {
        strip(&segments)
    } else {
        None
    };
    let Some(strip) = strip else {
        return joined(segments);
    };
    let starts_right = segments
        .iter()
        .flatten()
        .filter(|glyph| is_right_to_left(&glyph.text))
        .count()
        * 2
        > segments.iter().map(Vec::len).sum();
    let mut ordered = Vec::new();
    let mut band: [Vec<Row>; 2] = [Vec::new(), Vec::new()];
    let finish = |band: &mut [Vec<Row>; 2], ordered: &mut Vec<Row>| {
        if starts_right {
            band.reverse();
        }
        for column in band {
            ordered.extend(in_reading_order(std::mem::take(column), divisions + 1));
        }
    };
    for segment in segments {
        if right(&segment) <= strip {
            band[0].push(segment);
        } else if left(&segment) >= strip {
            band[1].push(segment);
        } else {
            finish(&mut band, &mut ordered);
            ordered.push(segment);
        }
    }
    finish(&mut band, &mut ordered);
    ordered
}

/// Left edge, right edge and level of a segment.
type Extent = (f64, f64, f64);

/// The middle of an empty strip between columns: lines stand side by side on both sides, and hardly one runs over it.
fn strip(segments: &[Row]) -> Option<f64> {
    let extents: Vec<Extent> = segments.iter().map(|row| (left(row), right(row), level(row))).collect();
    let from = extents.iter().map(|extent| extent.0).fold(f64::INFINITY, f64::min);
    let to = extents.iter().map(|extent| extent.1).fold(f64::NEG_INFINITY, f64::max);
    let width = to - from;
    (0..=60u32)
        .map(|step| from + width * (0.2 + 0.01 * f64::from(step)))
        .filter_map(|place| crossings(&extents, place).map(|crossings| (crossings, place)))
        .min_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)))
        .map(|(_, place)| place)
}

/// How many lines run over a place, if it can lie between columns.
fn crossings(extents: &[Extent], place: f64) -> Option<usize> {
    let (before, others): (Vec<&Extent>, Vec<&Extent>) = extents.iter().partition(|extent| extent.1 <= place);
    let (after, over): (Vec<&Extent>, Vec<&Extent>) = others.into_iter().partition(|extent| extent.0 >= place);
    let fewer = before.len().min(after.len());
    let top = |side: &[&Extent]| side.iter().map(|extent| extent.2).fold(f64::INFINITY, f64::min);
    let foot = |side: &[&Extent]| side.iter().map(|extent| extent.2).fold(f64::NEG_INFINITY, f64::max);
    let shared = foot(&before).min(foot(&after)) - top(&before).max(top(&after));
    let tall = foot(&before).max(foot(&after)) - top(&before).min(top(&after));
    // The words of a column fill it; entries of a table or a list of names do not.
    let wide = |side: &[&Extent]| {
        let widest = side.iter().map(|extent| extent.1 - extent.0).fold(0.0, f64::max);
        side.iter().filter(|extent| extent.1 - extent.0 > widest * 0.6).count() * 2 >= side.len()
    };
    let is_between = fewer >= FEWEST_COLUMN_LINES && over.len() * 3 <= fewer && shared * 2.0 >= tall;
    (is_between && wide(&before) && wide(&after)).then_some(over.len())
}

/// Puts the segments of a row together again.
fn joined(segments: Vec<Row>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for segment in segments {
        match rows.last_mut() {
            Some(row) if is_beside(row, &segment) => row.extend(segment),
            _ => rows.push(segment),
        }
    }
    rows
}

fn is_beside(row: &Row, next: &Row) -> bool {
    (level(row) - level(next)).abs() < largest(row).max(largest(next)) * 0.45 && left(next) >= right(row)
}

/// Writes a row as text.
fn line(row: Row) -> Option<Line> {
    let size = median(row.iter().map(|glyph| glyph.size).collect());
    let gap = word_gap(&row, size);
    let (from, to, baseline) = (
        left(&row),
        right(&row),
        median(row.iter().map(|glyph| glyph.baseline).collect()),
    );
    let mut parts: Vec<String> = Vec::new();
    let mut end = f64::INFINITY;
    for glyph in &row {
        let is_note_mark = glyph.size < size * 0.75
            && baseline - glyph.baseline > size * 0.2
            && glyph
                .text
                .trim_start()
                .chars()
                .all(|character| character.is_ascii_digit());
        let follows_letter = parts.last().is_some_and(|part| part.ends_with(char::is_alphabetic));
        if glyph.left - end > gap || glyph.text.starts_with(' ') || (is_note_mark && follows_letter) {
            parts.push(" ".to_owned());
        }
        end = if end.is_infinite() {
            glyph.right
        } else {
            end.max(glyph.right)
        };
        parts.push(plain(glyph.text.trim_start()));
    }
    let starts_right = parts.iter().filter(|part| is_right_to_left(part)).count() * 3 > parts.len();
    let parts = if starts_right { logical(parts) } else { parts };
    let text = parts.concat().split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(Line {
        text,
        left: from,
        right: to,
        baseline,
        size,
        is_furniture: false,
    })
}

/// The gap that stands between words of a row: of spaced-out letters, every gap is wide and those between words are
/// wider still.
fn word_gap(row: &Row, size: f64) -> f64 {
    let gaps: Vec<f64> = row
        .windows(2)
        .map(|pair| (pair[1].left - pair[0].right).max(0.0))
        .collect();
    if gaps.len() < 4 {
        return size * WORD_GAP;
    }
    (median(gaps) + size * 0.08).max(size * WORD_GAP)
}

/// The middle one of some numbers, or zero of none.
pub(super) fn median(mut numbers: Vec<f64>) -> f64 {
    let middle = numbers.len() / 2;
    if numbers.is_empty() {
        return 0.0;
    }
    *numbers.select_nth_unstable_by(middle, f64::total_cmp).1
}
