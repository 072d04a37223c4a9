//! A file of text that holds many speeches, one after another under the same block of lines, as somebody copied them from a site:
//! a title, and below it who put it up, when, how often it was seen, in which category.
//!
//! Only strong evidence divides a file: a block of three lines at least, each a label of its own with a value or a count, a day or
//! a count among them; the same labels in the same order three times at least, each time below one line that stands alone, and
//! nearly each time over a text.

use std::collections::{BTreeSet, HashMap};

use crate::corpus::Field;
use crate::ingest::dates;
use crate::ingest::draft::{Aside, Draft, Layout};
use crate::text::{ByteSpan, Date};

/// The least lines of a block, and how often it must stand there.
const LEAST_LINES: usize = 3;
const LEAST_BLOCKS: usize = 3;

/// The most lines of a block, and the most characters of one of them and of a title.
const MOST_LINES: usize = 8;
const LONGEST_LINE: usize = 120;
const LONGEST_TITLE: usize = 400;

/// The most characters of a line of a text that is wrapped at a column.
const LONGEST_WRAPPED: usize = 200;

/// The least characters of a text under a block.
const LEAST_TEXT: usize = 20;

/// A line that is not blank.
struct Line<'a> {
    /// The number of the line in the text, from 0.
    number: usize,
    text: &'a str,
    start: usize,
}

/// The speeches of a text; one where it is not made of many.
pub(in crate::ingest) fn divided(text: String) -> Vec<Draft> {
    match blocks(&text) {
        Some(blocks) => drafts(&text, &blocks),
        None => vec![Draft::new(text, Layout::Lines)],
    }
}

/// A block under its title.
struct Block<'a> {
    title: Line<'a>,
    lines: Vec<&'a str>,
    /// The byte behind its last line.
    end: usize,
}

/// The blocks of a text, if it is made of them.
fn blocks(text: &str) -> Option<Vec<Block<'_>>> {
    let lines = lines(text);
    let keys: Vec<Option<String>> = lines.iter().map(|line| key(line.text)).collect();
    let mut runs: HashMap<Vec<&str>, Vec<(usize, usize)>> = HashMap::new();
    let mut at = 0;
    while at < lines.len() {
        let follows = |index: usize| index == at || lines[index].number == lines[index - 1].number + 1;
        let length = (at..lines.len())
            .take(MOST_LINES)
            .take_while(|index| keys[*index].is_some() && follows(*index))
            .count();
        if length >= LEAST_LINES {
            let first = keys[at..at + LEAST_LINES]
                .iter()
                .flatten()
                .map(String::as_str)
                .collect();
            runs.entry(first).or_default().push((at, length));
        }
        at += length.max(1);
    }
    let (_, runs) = runs.into_iter().max_by_key(|(_, places)| places.len())?;
    // A sentence with a colon may follow on a block: a line is of it where all blocks have it.
    let (first, shortest) = (runs[0].0, runs.iter().map(|(_, length)| *length).min()?);
    let is_of_all = |index: &usize| runs.iter().all(|(at, _)| keys[at + index] == keys[first + index]);
    let length = (0..shortest).take_while(is_of_all).count();
    let labels: Vec<&str> = keys[first..first + length]
        .iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let places: Vec<usize> = runs.iter().map(|(at, _)| *at).collect();
    if places.len() < LEAST_BLOCKS {
        return None;
    }
    let block = |(index, at): (usize, &usize)| {
        let title = at.checked_sub(1).map(|title| &lines[title])?;
        let above = at.checked_sub(2).map(|above| &lines[above]);
        // The title stands alone, but that a line over all of them may stand above the first.
        let is_alone = index == 0 || above.is_none_or(|above| above.number + 1 < title.number);
        let is_title =
            is_alone && title.number + 1 == lines[*at].number && title.text.chars().nth(LONGEST_TITLE).is_none();
        let last = &lines[at + labels.len() - 1];
        is_title.then(|| Block {
            title: Line { ..*title },
            lines: lines[*at..at + labels.len()].iter().map(|line| line.text).collect(),
            end: last.start + last.text.len(),
        })
    };
    let found: Vec<Block<'_>> = places.iter().enumerate().map(block).collect::<Option<_>>()?;
    let distinct: BTreeSet<&str> = labels.iter().copied().collect();
    let is_of_site = found
        .iter()
        .all(|block| block.lines.iter().any(|line| day_of(line).is_some() || is_count(line)));
    let ends = found.iter().skip(1).map(|next| next.title.start).chain([text.len()]);
    let filled = found
        .iter()
        .zip(ends)
        .filter(|(block, end)| text[block.end..*end].trim().chars().count() >= LEAST_TEXT);
    let is_filled = filled.count() * 5 >= found.len() * 4;
    (distinct.len() == labels.len() && is_of_site && is_filled).then_some(found)
}

/// The day that a line states behind its label.
fn day_of(line: &str) -> Option<Date> {
    let (_, value) = line.split_once([':', '：'])?;
    dates::whole(value.trim().trim_end_matches(';').trim())
}

fn is_count(line: &str) -> bool {
    line.starts_with(|first: char| first.is_ascii_digit()) && key(line).is_some()
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let indent = line.len() - line.trim_start().len();
            lines.push(Line {
                number,
                text: trimmed,
                start: at + indent,
            });
        }
        at += line.len();
    }
    lines
}

/// What a line of a block is whatever its value: its label, or what it counts.
fn key(line: &str) -> Option<String> {
    if line.chars().nth(LONGEST_LINE).is_some() {
        return None;
    }
    if let Some((label, value)) = line.split_once([':', '：']) {
        let words = label.split_whitespace().count();
        let is_label = (1..=4).contains(&words)
            && label.chars().count() <= 40
            && label
                .chars()
                .all(|character| character.is_alphabetic() || " -_".contains(character));
        return (is_label && !value.trim().is_empty()).then(|| label.trim().to_lowercase());
    }
    let mut words = line.split_whitespace();
    let count = words.next()?;
    let unit: Vec<&str> = words.collect();
    let is_count = count
        .chars()
        .all(|digit| digit.is_ascii_digit() || matches!(digit, '.' | ','))
        && (1..=2).contains(&unit.len())
        && unit.iter().all(|word| word.chars().all(char::is_alphabetic));
    is_count.then(|| format!("# {}", unit.join(" ").to_lowercase()))
}

fn drafts(text: &str, blocks: &[Block<'_>]) -> Vec<Draft> {
    // Where a line is as long as a paragraph none is wrapped, and the line over a block is marked as the title by its place.
    let is_wrapped = text.lines().all(|line| line.chars().nth(LONGEST_WRAPPED).is_none());
    let ends = blocks.iter().skip(1).map(|next| next.title.start).chain([text.len()]);
    let mut drafts: Vec<Draft> = blocks
        .iter()
        .zip(ends)
        .map(|(block, end)| draft(text, block, end, is_wrapped))
        .collect();
    let over = text[..blocks[0].title.start]
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty());
    let over: Vec<Aside> = over
        .enumerate()
        .map(|(index, line)| aside(0, line, index > 0))
        .collect();
    if let Some(first) = drafts.first_mut() {
        first.asides.splice(0..0, over);
    }
    drafts
}

/// A title and what stands below its block; the lines of the block are beside the text, but for the day on which it was put up.
fn draft(text: &str, block: &Block<'_>, end: usize, is_wrapped: bool) -> Draft {
    let said = text[block.end..end]
        .lines()
        .map(str::trim)
        .collect::<Vec<_>>()
        .join("\n");
    let at = block.title.text.len();
    let title = ByteSpan::new(0, at);
    let layout = match is_wrapped {
        true => Layout::Lines,
        false => Layout::Blocks {
            headings: vec![title],
            title: Some(title),
        },
    };
    let mut draft = Draft::new(format!("{}\n\n{}\n", block.title.text, said.trim()), layout);
    for line in &block.lines {
        match day_of(line).filter(|_| !draft.stated.has(Field::Published)) {
            Some(day) => {
                draft.stated.set_date(Field::Published, day);
                draft
                    .quoted
                    .push((Field::Published.name().to_owned(), (*line).to_owned()));
            }
            None => {
                let follows = !draft.asides.is_empty();
                draft.asides.push(aside(at, line, follows));
            }
        }
    }
    draft
}

fn aside(at: usize, line: &str, is_continued: bool) -> Aside {
    Aside {
        at,
        text: line.to_owned(),
        is_continued,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(title: &str, said: &str) -> String {
        format!("   {title}\n\tBy: Office ;\n\tPosted on: 4 Mar 2016 ;\n\t120 Views\n\t\t{said}\nThank you.\n\n")
    }

    #[test]
    fn many_speeches_under_the_same_block_are_many() {
        let text = format!(
            "Speeches\n{}{}{}",
            part("At the lock", "We meet by the water."),
            part("At the mole", "We part again here."),
            part("At sea", "We sail to the north.")
        );
        let drafts = divided(text);
        assert_eq!(drafts.len(), 3);
        assert_eq!(drafts[1].text, "At the mole\n\nWe part again here.\nThank you.\n");
        assert_eq!(drafts[1].stated.value(Field::Published), Some("2016-03-04"));
        let asides: Vec<&str> = drafts[0].asides.iter().map(|aside| aside.text.as_str()).collect();
        assert_eq!(asides, ["Speeches", "By: Office ;", "120 Views"]);
    }

    #[test]
    fn a_transcript_whose_labels_repeat_is_one() {
        let turns = "Mr. Olm: Is it deep?\nMs. Pelleray: It is.\nMr. Olm: And lit?\n\nMs. Pelleray: At night.\nMr. Olm: Good.\n";
        assert_eq!(divided(turns.repeat(5)).len(), 1);
        let asked = "On lamps\nQ: Is it lit?\nA: It is, since May.\nQ: And deep?\n\nThe keeper waits for the ferry of the north.\n\n";
        assert_eq!(divided(asked.repeat(4)).len(), 1);
        let twice = part("At the lock", "We meet.").repeat(2);
        assert_eq!(divided(twice).len(), 1);
    }
}
