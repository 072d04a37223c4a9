//! Which lines of a page become the text: the title, the lines of the head that state date, place and source, the article,
//! and its signature; not the widgets among them.

use crate::ingest::dates;
use crate::ingest::html::article::{Article, Shown};
use crate::ingest::html::block::{Block, Break};
use crate::ingest::html::page::Page;
use crate::ingest::html::title;
use crate::ingest::html::widget::is_widget;
use crate::text::{ByteSpan, is_han};

/// How many short lines after the last sentence can be a signature, a date and a place.
const TAIL_LINES: usize = 12;

/// How many lines a title may run over.
const TITLE_LINES: usize = 4;

/// How far before a title a line of date and source is looked for, in lines.
const LINES_BEFORE_TITLE: usize = 3;

/// A line of the text.
#[derive(Debug)]
pub(super) struct Selected<'a> {
    /// The line.
    pub(super) block: &'a Block,
    /// What stands before it.
    pub(super) before: Break,
    /// Whether it is a heading, as which the title counts too.
    pub(super) is_heading: bool,
}

/// The lines as one text, and where the headings among them lie.
pub(super) fn joined(lines: &[Selected<'_>]) -> (String, Vec<ByteSpan>) {
    let mut text = String::new();
    let mut headings = Vec::new();
    for line in lines {
        if !text.is_empty() {
            text.push_str(if line.before == Break::Line { "\n" } else { "\n\n" });
        }
        let start = text.len();
        text.push_str(&line.block.text);
        if line.is_heading {
            headings.push(ByteSpan::new(start, text.len()));
        }
    }
    (text, headings)
}

/// The lines of the article with its head; `titles` are the keys of what the page calls itself.
pub(super) fn lines<'a>(page: &'a Page, article: &Article, shown: Shown, titles: &[String]) -> Vec<Selected<'a>> {
    let inside: Vec<usize> = (0..page.blocks.len())
        .filter(|index| {
            let block = &page.blocks[*index];
            article.is_inside[block.element] && !article.is_furniture[block.element] && shown.takes(block)
        })
        .collect();
    let is_prose = |at: &usize| page.blocks[inside[*at]].prose > 0;
    let (Some(first), Some(last)) = ((0..inside.len()).find(is_prose), (0..inside.len()).rfind(is_prose)) else {
        return Vec::new();
    };
    let blocks = |range: std::ops::Range<usize>| inside[range].iter().map(|index| &page.blocks[*index]);
    let leading: Vec<&Block> = blocks(0..first)
        .filter(|block| !block.is_linked() && !is_widget(&block.text))
        .collect();
    let middle = blocks(first..last + 1).filter(|block| !(block.is_linked() && block.is_entry));
    let trailing = blocks(last + 1..inside.len())
        .take_while(|block| block.heading.is_none() && !block.is_linked() && !is_widget(&block.text))
        .take(TAIL_LINES);
    let title = title_lines(&leading, titles);
    let mut selected = if title.is_some() {
        Vec::new()
    } else {
        outer_head(
            page,
            article,
            (inside[0], titles),
            !leading.iter().any(|block| block.heading.is_some()),
        )
    };
    let has_outer = !selected.is_empty();
    selected.extend(leading.iter().enumerate().map(|(at, block)| Selected {
        block,
        before: if at == 0 { Break::Paragraph } else { block.before },
        is_heading: block.heading.is_some() && (has_outer || title.is_none())
            || title.as_ref().is_some_and(|title| title.contains(&at)),
    }));
    selected.extend(middle.chain(trailing).map(|block| Selected {
        block,
        before: block.before,
        is_heading: block.heading.is_some(),
    }));
    selected
}

/// The lines at the start of the article that are its title.
fn title_lines(leading: &[&Block], titles: &[String]) -> Option<std::ops::Range<usize>> {
    for start in 0..leading.len().min(TITLE_LINES) {
        let mut joined = String::new();
        for end in start..leading.len().min(start + TITLE_LINES) {
            joined.push_str(&title::key(&leading[end].text));
            if titles.contains(&joined) {
                return Some(start..end + 1);
            }
        }
    }
    None
}

/// The title that stands before the article, and what stands around it of date, place, source and person.
fn outer_head<'a>(
    page: &'a Page,
    article: &Article,
    (before, titles): (usize, &[String]),
    may_guess: bool,
) -> Vec<Selected<'a>> {
    let is_free = |index: &usize| !article.is_furniture[page.blocks[*index].element] && !page.blocks[*index].is_hidden;
    let is_title = |index: &usize| titles.contains(&title::key(&page.blocks[*index].text));
    let is_heading = |index: &usize| page.blocks[*index].heading.is_some();
    let is_guess = |index: &usize| page.blocks[*index].heading == Some(1) && !page.blocks[*index].is_linked();
    let candidates = || (0..before).filter(is_free);
    let found = candidates()
        .find(|index| is_title(index) && is_heading(index))
        .or_else(|| candidates().find(is_title))
        .or_else(|| candidates().filter(|index| may_guess && is_guess(index)).next_back())
        .or_else(|| (0..before).rfind(|index| is_title(index) && !page.blocks[*index].is_linked()));
    let Some(title) = found else {
        return Vec::new();
    };
    let mut seen = vec![title::key(&page.blocks[title].text)];
    let mut lines = Vec::new();
    let around = (title.saturating_sub(LINES_BEFORE_TITLE)..before).filter(is_free);
    for index in around.filter(|index| *index != title) {
        let block = &page.blocks[index];
        let key = title::key(&block.text);
        let follows = index > title || !lines.is_empty();
        let states = states_something(block) || (follows && is_plain_line(block));
        if states && !seen.contains(&key) && lines.len() < TAIL_LINES {
            seen.push(key);
            // The lines under a title are one group, apart from the title and from the speech.
            lines.push(Selected {
                block,
                before: if lines.is_empty() {
                    Break::Paragraph
                } else {
                    Break::Line
                },
                is_heading: false,
            });
        }
    }
    let title = Selected {
        block: &page.blocks[title],
        before: Break::Paragraph,
        is_heading: true,
    };
    std::iter::once(title).chain(lines).collect()
}

/// Whether a line between title and article can name a person, an office or a place: short and in letters that are not
/// Han, for of Han lines it would be taken for a title.
fn is_plain_line(block: &Block) -> bool {
    let is_short = block.weight <= 120 && !block.is_linked() && block.prose == 0 && block.heading.is_none();
    is_short && !is_widget(&block.text) && !block.text.chars().any(is_han)
}

/// Whether a line before the article states a day, a place or a source.
fn states_something(block: &Block) -> bool {
    const LABELS: &[&str] = &[
        "来源",
        "來源",
        "作者",
        "时间",
        "時間",
        "日期",
        "地点",
        "地點",
        "source",
        "author",
        "date",
        "place",
        "venue",
        "location",
        "published",
        "updated",
        "posted",
        "by ",
        "delivered",
        "speaker",
        "fecha",
        "lugar",
        "lieu",
        "auteur",
        "дата",
        "место",
        "источник",
        "المصدر",
        "التاريخ",
        "المكان",
    ];
    let text = block.text.to_lowercase();
    let has_label =
        LABELS.iter().any(|label| text.starts_with(label)) || text.contains("来源") || text.contains("來源");
    let is_subtitle = block.text.starts_with('—');
    let is_short = block.weight <= 240 && !block.is_linked();
    is_short && !is_widget(&block.text) && (has_label || is_subtitle || !dates::mentions(&block.text).is_empty())
}
