//! Which lines of a page become the text: those of its head, the article, and its signature; not the widgets among them.

use crate::ingest::html::article::{Article, Shown};
use crate::ingest::html::block::{Block, Break};
use crate::ingest::html::page::Page;
use crate::ingest::html::widget::is_widget;
use crate::ingest::html::{head, title};
use crate::text::ByteSpan;

/// How many short lines after the last sentence can be a signature, a date and a place.
const TAIL_LINES: usize = 12;

/// How many lines a title may run over.
const TITLE_LINES: usize = 4;

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
    let is_text = |block: &&Block| !block.is_linked() && !is_widget(&block.text);
    let leading: Vec<&Block> = blocks(0..first).filter(is_text).collect();
    let middle = blocks(first..last + 1).filter(|block| !(block.is_linked() && block.is_entry));
    let trailing = blocks(last + 1..inside.len())
        .take_while(|block| block.heading.is_none() && is_text(block))
        .take(TAIL_LINES);
    let mut selected = with_head(page, article, (inside[0], titles), &leading);
    selected.extend(middle.chain(trailing).map(|block| Selected {
        block,
        before: block.before,
        is_heading: block.heading.is_some(),
    }));
    selected
}

/// The lines before the first sentence of the article: those in it, under a title that stands in it or over it.
fn with_head<'a>(
    page: &'a Page,
    article: &Article,
    place: (usize, &[String]),
    leading: &[&'a Block],
) -> Vec<Selected<'a>> {
    let title = title_lines(leading, place.1);
    let has_heading = leading.iter().any(|block| block.heading.is_some());
    let mut selected = match title {
        Some(_) => Vec::new(),
        None => head::lines(page, article, place, !has_heading),
    };
    selected.extend(leading.iter().enumerate().map(|(at, block)| Selected {
        block,
        before: if at == 0 { Break::Paragraph } else { block.before },
        is_heading: block.heading.is_some() || title.as_ref().is_some_and(|title| title.contains(&at)),
    }));
    selected
}

/// The lines at the start of the article that are its title.
fn title_lines(leading: &[&Block], titles: &[String]) -> Option<std::ops::Range<usize>> {
    for start in 0..leading.len().min(TITLE_LINES) {
        let mut joined = String::new();
        for (end, block) in leading.iter().enumerate().skip(start).take(TITLE_LINES) {
            joined.push_str(&title::key(&block.text));
            if titles.contains(&joined) {
                return Some(start..end + 1);
            }
        }
    }
    None
}
