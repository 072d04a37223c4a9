//! What of a page is not in its text: blocks that were not selected are kept as asides, but for what the markup calls
//! navigation, header, footer or aside outside of the article, of which the bytes are counted.

use crate::ingest::draft::Aside;
use crate::ingest::html::article::Article;
use crate::ingest::html::block::Break;
use crate::ingest::html::page::Page;

/// The rest of a page as asides, and the bytes of its chrome; `ends` are the blocks of the text, each with where it ends there.
pub(super) fn asides(page: &Page, article: &Article, ends: &[(usize, usize)]) -> (Vec<Aside>, u64) {
    let is_chrome = chrome(page, article);
    let mut selected = vec![None; page.blocks.len()];
    for (block, end) in ends {
        selected[*block] = Some(*end);
    }
    let mut asides: Vec<Aside> = Vec::new();
    let mut chrome_bytes = page.script_bytes;
    let mut at = 0;
    let mut follows = false;
    let mut apart = page.apart.iter().peekable();
    for index in 0..=page.blocks.len() {
        while let Some(text) = apart.next_if(|apart| apart.block <= index) {
            if is_chrome[text.element] {
                chrome_bytes += text.text.len();
            } else {
                asides.push(aside(at, &text.text, false));
            }
        }
        let Some(block) = page.blocks.get(index) else { break };
        if let Some(end) = selected.get(index).copied().flatten() {
            // The lines of a head may stand in another order than on the page.
            at = at.max(end);
            follows = false;
        } else if is_chrome[block.element] {
            chrome_bytes += block.text.len();
        } else {
            asides.push(aside(at, &block.text, follows && block.before == Break::Line));
            follows = true;
        }
    }
    (asides, chrome_bytes as u64)
}

fn aside(at: usize, text: &str, is_continued: bool) -> Aside {
    Aside {
        at,
        text: text.to_owned(),
        is_continued,
    }
}

/// For each element whether the markup calls it, or one around it, no part of the text, outside of the article.
fn chrome(page: &Page, article: &Article) -> Vec<bool> {
    let mut found = vec![false; page.elements.len()];
    let mut in_article = vec![false; page.elements.len()];
    for index in 0..page.elements.len() {
        let element = &page.elements[index];
        let around = element.parent;
        in_article[index] =
            in_article[around] || article.is_inside[index] || matches!(&*element.name, "article" | "main");
        let is_named = matches!(&*element.name, "nav" | "header" | "footer" | "aside");
        found[index] = found[around] || (is_named && !in_article[index]);
    }
    found
}
