//! The lines over an article that do not stand in it: its title, and what states a day, a place, a source or a person.

use crate::ingest::dates;
use crate::ingest::header::is_sentence;
use crate::ingest::html::article::Article;
use crate::ingest::html::block::{Block, Break};
use crate::ingest::html::page::Page;
use crate::ingest::html::selection::Selected;
use crate::ingest::html::title;
use crate::ingest::html::widget::is_widget;
use crate::text::is_han;

/// How many lines can stand under a title.
const MOST_LINES: usize = 12;

/// The least running text of a first paragraph that stands apart from the others.
const LEAST_LEAD: usize = 30;

/// The same where the markup calls it a summary, as which sites write a sentence of their own.
const LEAST_SUMMARY: usize = 60;

/// Words of class, id and role by which pages call a sentence a summary.
const SUMMARIES: &[&str] = &[
    "lead",
    "lede",
    "summary",
    "teaser",
    "intro",
    "standfirst",
    "abstract",
    "description",
];

/// How far before a title a line of date and source is looked for, in lines.
const LINES_BEFORE_TITLE: usize = 3;

/// How lines begin that state a day, a place or a source, in lower case.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "来源", "來源", "作者", "时间", "時間", "日期", "地点", "地點", "source", "author", "date", "place", "venue", "location",
    "published", "updated", "posted", "by ", "delivered", "speaker", "fecha", "lugar", "lieu", "auteur", "дата",
    "место", "источник", "المصدر", "التاريخ", "المكان",
];

/// The title that stands before the block `before`, and what stands around it of date, place, source and person;
/// `may_guess` allows a title that the page does not call so.
pub(super) fn lines<'a>(
    page: &'a Page,
    article: &Article,
    (before, titles): (usize, &[String]),
    may_guess: bool,
) -> Vec<Selected<'a>> {
    let is_free = |index: &usize| !article.is_furniture[page.blocks[*index].element] && !page.blocks[*index].is_hidden;
    let Some(title) = find_title(page, (before, titles), is_free, may_guess) else {
        return Vec::new();
    };
    let mut seen = vec![title::key(&page.blocks[title].text)];
    let mut lines = vec![Selected {
        block: &page.blocks[title],
        index: title,
        before: Break::Paragraph,
        is_heading: true,
        is_title: true,
    }];
    let repeats = |index: usize| {
        let key = title::key(&page.blocks[index].text);
        titles.iter().any(|title| title.contains(&key)) || title::key(&page.blocks[title].text).contains(&key)
    };
    let leads = |index: &usize| {
        let is_after = *index > title && !page.blocks[*index].is_hidden;
        is_after && is_lead(page, *index, title) && !repeats(*index)
    };
    let around = (title.saturating_sub(LINES_BEFORE_TITLE)..before).filter(|index| is_free(index) || leads(index));
    for index in around.filter(|index| *index != title) {
        let block = &page.blocks[index];
        let key = title::key(&block.text);
        let follows = index > title || lines.len() > 1;
        let states = states_something(block) || (follows && is_plain_line(block)) || leads(&index);
        if states && !seen.contains(&key) && lines.len() <= MOST_LINES {
            seen.push(key);
            // The lines under a title are one group, apart from the title and from the speech.
            let before = if lines.len() == 1 {
                Break::Paragraph
            } else {
                Break::Line
            };
            lines.push(Selected {
                block,
                index,
                before,
                is_heading: false,
                is_title: false,
            });
        }
    }
    lines
}

/// Whether a block between title and article is the first paragraph of the text, in a container of its own: it is said, and
/// stands in furniture only where the title does too. What follows a link tells what that leads to.
fn is_lead(page: &Page, index: usize, title: usize) -> bool {
    let block = &page.blocks[index];
    let before = &page.blocks[index - 1];
    let follows_link = index - 1 > title && before.is_linked() && before.weight >= 10;
    let parent = |block: &Block| page.elements[block.element].parent;
    let is_beside_title = parent(block) == parent(&page.blocks[title]);
    let is_in_main = !in_chrome(page, block.element) || is_beside_title || index == title + 1;
    let is_summary = page.elements[block.element]
        .mark_words()
        .any(|word| SUMMARIES.contains(&word));
    let least = if is_summary { LEAST_SUMMARY } else { LEAST_LEAD };
    block.prose >= least && !block.is_linked() && is_sentence(&block.text) && is_in_main && !follows_link
}

/// Whether an element or one around it is navigation, a header, a footer or an aside by its name.
fn in_chrome(page: &Page, element: usize) -> bool {
    let mut index = element;
    while index > 0 {
        let element = &page.elements[index];
        if matches!(
            &*element.name,
            "nav" | "header" | "footer" | "aside" | "form" | "figure"
        ) {
            return true;
        }
        index = element.parent;
    }
    false
}

/// The block that shows the title: a heading that says what the page calls itself, else any such line, else the nearest
/// heading of the first level, else such a line of what looks like furniture.
fn find_title(
    page: &Page,
    (before, titles): (usize, &[String]),
    is_free: impl Fn(&usize) -> bool,
    may_guess: bool,
) -> Option<usize> {
    let block = |index: &usize| &page.blocks[*index];
    let is_title = |index: &usize| titles.contains(&title::key(&block(index).text));
    let is_guess = |index: &usize| may_guess && block(index).heading == Some(1) && !block(index).is_linked();
    let free: Vec<usize> = (0..before).filter(|index| is_free(index)).collect();
    let shown: Vec<usize> = free.iter().copied().filter(is_title).collect();
    let heading = shown.iter().copied().find(|index| block(index).heading.is_some());
    heading
        .or_else(|| shown.first().copied())
        .or_else(|| free.iter().copied().rfind(is_guess))
        .or_else(|| (0..before).rfind(|index| is_title(index) && !block(index).is_linked()))
}

/// Whether a line between title and article can name a person, an office or a place: short and in letters that are not
/// Han, for of Han lines it would be taken for a title.
fn is_plain_line(block: &Block) -> bool {
    let is_short = block.weight <= 120 && !block.is_linked() && block.prose == 0 && block.heading.is_none();
    is_short && !is_widget(&block.text) && !block.text.chars().any(is_han)
}

/// Whether a line before the article states a day, a place or a source.
fn states_something(block: &Block) -> bool {
    let text = block.text.to_lowercase();
    let has_label =
        LABELS.iter().any(|label| text.starts_with(label)) || text.contains("来源") || text.contains("來源");
    let is_subtitle = block.text.starts_with('—');
    let is_short = block.weight <= 240 && !block.is_linked();
    is_short && !is_widget(&block.text) && (has_label || is_subtitle || !dates::mentions(&block.text).is_empty())
}
