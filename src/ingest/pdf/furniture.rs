//! Page furniture: heads, feet and numbers, which belong to the paper and not to the speech.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::lines::Line;
use crate::ingest::furniture::shape_of;

/// How many lines at the top and at the foot of a page may be furniture.
const DEEPEST: usize = 4;

static PAGE_MARK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let pattern = concat!(
        r"(?i)^(?:[-–—|\[(/\s]*(?P<bare>\d{1,4})[-–—|\])/.\s]*",
        r"|(?:(?:page|p\.|pág(?:ina|\.)?|pagina|seite|стр(?:аница|\.)?|صفحة|第)\s*)(?P<named>\d{1,4})",
        r"(?:\s*(?:of|de|di|sur|von|из|من|/|页\s*共)\s*\d{1,4}|\s*页)?",
        r"|(?P<counted>\d{1,4})\s*(?:of|de|di|sur|von|из|/)\s*\d{1,4})$"
    );
    Regex::new(pattern).ok()
});

/// Marks the furniture of the pages. What stands above the text of the first page is none, since a letterhead tells whose
/// speech it is.
pub(super) fn mark(pages: &mut [Vec<Line>]) {
    let repeated = repeated(pages);
    let offsets = number_offsets(pages);
    let count = pages.len();
    for (index, page) in pages.iter_mut().enumerate() {
        let lines = page.len();
        for (place, line) in page.iter_mut().enumerate() {
            let is_foot = place + DEEPEST >= lines;
            let is_edge = place < DEEPEST || is_foot;
            let is_first_head = index == 0 && count > 1 && !is_foot;
            let is_number = page_number(&line.text)
                .is_some_and(|number| !number.is_bare || offsets.contains(&(number.value - index as i64)));
            let is_repeated = !is_first_head && repeated.contains_key(&shape(line));
            line.is_furniture = is_edge && (is_number || is_repeated);
        }
    }
}

/// The number that a line states about its page.
struct PageNumber {
    value: i64,
    is_bare: bool,
}

fn page_number(text: &str) -> Option<PageNumber> {
    let found = PAGE_MARK.as_ref()?.captures(text.trim())?;
    let bare = found.name("bare");
    let number = bare.or(found.name("named")).or(found.name("counted"))?;
    Some(PageNumber {
        value: number.as_str().parse().ok()?,
        is_bare: bare.is_some(),
    })
}

/// By how much bare numbers at the edges differ from the places of their pages: the difference of the first page's
/// number is one, another must be seen twice, lest a year be taken for a page number.
fn number_offsets(pages: &[Vec<Line>]) -> Vec<i64> {
    let mut seen: HashMap<i64, usize> = HashMap::new();
    for (index, page) in pages.iter().enumerate() {
        let mut offsets: Vec<i64> = edges(page)
            .filter_map(|line| page_number(&line.text))
            .map(|number| number.value - index as i64)
            .collect();
        offsets.sort_unstable();
        offsets.dedup();
        for offset in offsets {
            *seen.entry(offset).or_default() += 1;
        }
    }
    seen.into_iter()
        .filter(|(offset, count)| *offset == 1 || *count > 1)
        .map(|(offset, _)| offset)
        .collect()
}

fn edges(page: &[Line]) -> impl Iterator<Item = &Line> {
    let lines = page.len();
    page.iter()
        .enumerate()
        .filter(move |(place, _)| *place < DEEPEST || place + DEEPEST >= lines)
        .map(|(_, line)| line)
}

/// What makes lines of several pages the same: their words whatever the number in them, and their height.
fn shape(line: &Line) -> (String, i64) {
    let words = shape_of(&line.text);
    (words, (line.baseline / 4.0).round() as i64)
}

/// The lines that stand at the edges of a third of the pages, and of two at least.
fn repeated(pages: &[Vec<Line>]) -> HashMap<(String, i64), usize> {
    let mut counts: HashMap<(String, i64), usize> = HashMap::new();
    for page in pages {
        let mut shapes: Vec<(String, i64)> = edges(page).map(shape).collect();
        shapes.sort();
        shapes.dedup();
        for shape in shapes {
            *counts.entry(shape).or_default() += 1;
        }
    }
    let fewest = 2.max(pages.len().div_ceil(3));
    counts.retain(|_, count| *count >= fewest);
    counts
}
