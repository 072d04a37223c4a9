//! Which lines of a page become the text: those of its head, the article, and its signature; not the widgets among them.

use crate::ingest::header::is_sentence;
use crate::ingest::html::article::{Article, Shown};
use crate::ingest::html::block::{Block, Break};
use crate::ingest::html::page::Page;
use crate::ingest::html::widget::{is_notice, is_widget};
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
    /// Its place among the blocks of the page.
    pub(super) index: usize,
    /// What stands before it.
    pub(super) before: Break,
    /// Whether it is a heading, as which the title counts too.
    pub(super) is_heading: bool,
    /// Whether it is a line of what the page calls its title.
    pub(super) is_title: bool,
}

/// The lines as one text.
#[derive(Debug, Default)]
pub(super) struct Joined {
    pub(super) text: String,
    /// Where the headings among them lie.
    pub(super) headings: Vec<ByteSpan>,
    /// Where the title lies, if the text begins with it.
    pub(super) title: Option<ByteSpan>,
    /// For each line the block that it is, and where it ends.
    pub(super) ends: Vec<(usize, usize)>,
}

/// The lines as one text.
pub(super) fn joined(lines: &[Selected<'_>]) -> Joined {
    let mut joined = Joined::default();
    let mut is_title = true;
    for line in lines {
        if !joined.text.is_empty() {
            joined
                .text
                .push_str(if line.before == Break::Line { "\n" } else { "\n\n" });
        }
        let start = joined.text.len();
        joined.text.push_str(&line.block.text);
        let span = ByteSpan::new(start, joined.text.len());
        if line.is_heading {
            joined.headings.push(span);
        }
        // The first heading is the title, with those that the page itself calls so.
        is_title &= line.is_title || (line.is_heading && joined.title.is_none());
        if is_title {
            joined.title = Some(ByteSpan::new(0, span.end));
        }
        joined.ends.push((line.index, span.end));
    }
    joined
}

/// The lines of the article with its head; `titles` are the keys of what the page calls itself.
pub(super) fn lines<'a>(page: &'a Page, article: &Article, shown: Shown, titles: &[String]) -> Vec<Selected<'a>> {
    let inside: Vec<usize> = (0..page.blocks.len())
        .filter(|index| {
            let block = &page.blocks[*index];
            let is_of_article = article.is_inside[block.element] && !article.is_furniture[block.element];
            is_of_article && shown.takes(block) && !is_of_player(page, block)
        })
        .collect();
    let is_prose = |at: &usize| page.blocks[inside[*at]].prose > 0;
    let (Some(first), Some(last)) = ((0..inside.len()).find(is_prose), (0..inside.len()).rfind(is_prose)) else {
        return Vec::new();
    };
    let block = |index: &usize| &page.blocks[*index];
    let is_text = |index: &usize| {
        let text = &block(index).text;
        !block(index).is_linked() && (!is_widget(text) || (is_sentence(text) && !is_notice(text)))
    };
    let leading: Vec<usize> = inside[..first].iter().copied().filter(is_text).collect();
    let middle = inside[first..=last]
        .iter()
        .copied()
        .filter(|index| is_said(block(index)));
    let trailing = trailing(page, inside[last], &inside[last + 1..]);
    let mut selected = with_head(page, article, (inside[0], titles), &leading);
    selected.extend(middle.chain(trailing).map(|index| Selected {
        block: &page.blocks[index],
        index,
        before: page.blocks[index].before,
        is_heading: page.blocks[index].heading.is_some(),
        is_title: false,
    }));
    selected
}

/// Whether a block stands in the frame of a player.
fn is_of_player(page: &Page, block: &Block) -> bool {
    let mut index = block.element;
    while index > 0 {
        let element = &page.elements[index];
        if element.is_frame_of_player() {
            return true;
        }
        index = element.parent;
    }
    false
}

/// The most words of a line of a tool among paragraphs.
const MOST_TOOL_WORDS: usize = 4;

/// Whether a block between two sentences of an article is said: no list of links, no tool.
fn is_said(block: &Block) -> bool {
    let is_menu = block.is_linked() && (block.is_entry || block.heading.is_none());
    let is_tool = is_widget(&block.text) && block.text.split_whitespace().count() <= MOST_TOOL_WORDS;
    !is_notice(&block.text) && (is_sentence(&block.text) || !(is_menu || is_tool))
}

/// The blocks behind the last sentence that belong to the text: short lines up to the next heading; behind a link or a tool
/// only what is a sentence and of the same make as the last.
fn trailing<'a>(page: &'a Page, last: usize, behind: &'a [usize]) -> impl Iterator<Item = usize> + 'a {
    let twin = move |index: usize| {
        let (own, other) = (page.blocks[last].element, page.blocks[index].element);
        let (own, other) = (&page.elements[own], &page.elements[other]);
        own.parent == other.parent && own.name == other.name
    };
    let mut is_behind_tool = false;
    let lines = behind
        .iter()
        .copied()
        .take_while(move |index| page.blocks[*index].heading.is_none());
    let told = move |index: &usize| {
        let block = &page.blocks[*index];
        let is_tool = block.is_linked() || is_widget(&block.text);
        if is_notice(&block.text) || (is_tool && !is_sentence(&block.text)) {
            is_behind_tool = true;
            return false;
        }
        !is_behind_tool || (is_sentence(&block.text) && twin(*index))
    };
    lines.filter(told).take(TAIL_LINES)
}

/// The lines before the first sentence of the article: those in it, under a title that stands in it or over it.
fn with_head<'a>(page: &'a Page, article: &Article, place: (usize, &[String]), leading: &[usize]) -> Vec<Selected<'a>> {
    let blocks: Vec<&Block> = leading.iter().map(|index| &page.blocks[*index]).collect();
    let title = title_lines(&blocks, place.1);
    let has_heading = blocks.iter().any(|block| block.heading.is_some());
    let mut selected = match title {
        Some(_) => Vec::new(),
        None => head::lines(page, article, place, !has_heading),
    };
    selected.extend(leading.iter().enumerate().map(|(at, index)| {
        let block = &page.blocks[*index];
        let is_title = title.as_ref().is_some_and(|title| title.contains(&at));
        Selected {
            block,
            index: *index,
            before: if at == 0 { Break::Paragraph } else { block.before },
            is_heading: block.heading.is_some() || is_title,
            is_title,
        }
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
