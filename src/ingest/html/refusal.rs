//! Why a page gives no speech: it lists links, its text is in another file, or it holds none.

use crate::ingest::html::article::{Article, Shown};
use crate::ingest::html::block::Block;
use crate::ingest::html::page::Page;

/// How much running text makes a speech; a Han character counts as three letters.
const LEAST_TEXT: usize = 30;

/// How many links make a list.
const LEAST_LINKS: usize = 5;

/// Why the page gives no speech; nothing where it gives one.
pub(super) fn reason(page: &Page, article: Option<&Article>, shown: Shown) -> Option<String> {
    let Some(article) = article else {
        return Some(without_text(page, None, shown));
    };
    let inside: Vec<&Block> = free_blocks(page, Some(article), shown)
        .filter(|block| article.is_inside[block.element])
        .collect();
    let prose: usize = inside.iter().map(|block| block.prose).sum();
    if prose < LEAST_TEXT {
        return Some(without_text(page, Some(article), shown));
    }
    is_list(&inside, prose).then(|| links_reason(inside.iter().filter(|block| block.is_linked()).count()))
}

/// Whether links and what is said of each make up the text.
fn is_list(inside: &[&Block], prose: usize) -> bool {
    let is_link = |block: &&&Block| block.is_linked() && block.weight >= 10;
    let links = inside.iter().filter(is_link).count();
    let linked: usize = inside.iter().filter(is_link).map(|block| block.weight).sum();
    let sentences = inside.iter().filter(|block| block.prose > 0).count();
    let first = inside.iter().position(|block| block.prose > 0).unwrap_or(0);
    let last = inside.iter().rposition(|block| block.prose > 0).unwrap_or(0);
    let between = inside[first..=last.max(first)].iter().filter(is_link).count();
    links >= LEAST_LINKS && (linked > prose * 2 || between * 10 >= sentences * 6)
}

fn links_reason(count: usize) -> String {
    let links = if count == 1 { "a link" } else { "a list of links" };
    format!("holds {links}, not a speech: ingest the pages that it links to")
}

fn without_text(page: &Page, article: Option<&Article>, shown: Shown) -> String {
    let document = free_blocks(page, article, shown).find_map(|block| document_of(page, block));
    if let Some(name) = document {
        return format!("holds no text; the text is in the linked document {name}: ingest that file");
    }
    let count = |article| {
        let blocks = free_blocks(page, article, shown);
        blocks.filter(|block| block.is_linked() && block.weight >= 10).count()
    };
    let (free, all) = (count(article), count(None));
    if all >= LEAST_LINKS && free > 0 {
        return links_reason(free);
    }
    "holds no text of a speech: save the page as the browser shows it, or give the text as a .txt file".to_owned()
}

/// The blocks that are no furniture.
fn free_blocks<'a>(page: &'a Page, article: Option<&'a Article>, shown: Shown) -> impl Iterator<Item = &'a Block> {
    let is_free = move |block: &&Block| article.is_none_or(|article| !article.is_furniture[block.element]);
    page.blocks
        .iter()
        .filter(move |block| shown.takes(block))
        .filter(is_free)
}

/// The name of the document that a block links to.
fn document_of(page: &Page, block: &Block) -> Option<String> {
    const ENDINGS: &[&str] = &[".pdf", ".doc", ".docx", ".odt", ".rtf"];
    let address = page.elements[block.link?].address.as_deref()?;
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let lower = name.to_lowercase();
    let is_document = name.chars().count() <= 120 && ENDINGS.iter().any(|ending| lower.ends_with(ending));
    is_document.then(|| name.to_owned())
}
