//! The article among navigation, adverts and footers: the element that holds the running text of a page.
//!
//! Parts that name themselves as furniture (`nav`, `class="related"`) count nothing unless most of the text stands in
//! them. From the page inward the search follows the one part that holds most of the text, and stops where the text
//! divides: that element is the article.

use crate::ingest::html::block::Block;
use crate::ingest::html::element::{Element, Kind};
use crate::ingest::html::page::Page;
use crate::ingest::html::title;

/// Words of class, id and role by which parts of a page say that they are no part of its text.
#[rustfmt::skip]
const FURNITURE: &[&str] = &[
    "ad", "ads", "advert", "advertisement", "banner", "breadcrumb", "breadcrumbs", "caption", "comment", "comments",
    "complementary", "contentinfo", "cookie", "cookies", "copyright", "crumb", "crumbs", "disclaimer", "dropdown",
    "footer", "form", "gdpr", "login", "menu", "menubar", "modal", "nav", "navbar", "navigation", "newsletter",
    "pager", "pagination", "paging", "pinglun", "popup", "print", "promo", "rating", "recommend", "recommended",
    "related", "search", "selectbox", "share", "sharebar", "sharing", "sharethis", "sidebar", "sitemap", "skip",
    "social", "sponsor", "submenu", "subscribe", "tags", "toc", "toolbar", "tooltip",
];

/// What of a page is its article.
#[derive(Debug)]
pub(super) struct Article {
    /// Whether each element of the page is furniture or stands in it.
    pub(super) is_furniture: Vec<bool>,
    /// Whether each element of the page stands in the article.
    pub(super) is_inside: Vec<bool>,
}

/// How many links with a sentence after them make a list.
const LEAST_TEASERS: usize = 3;

/// Which blocks of a page count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// Those that the page shows.
    Only,
    /// Also those that it hides, as pages do that are unfolded by a script.
    Any,
}

impl Shown {
    pub(super) fn takes(self, block: &Block) -> bool {
        self == Self::Any || !block.is_hidden
    }
}

/// Finds the article; none where the page has no running text. Lines that only repeat one of the titles count nothing.
pub(super) fn find(page: &Page, shown: Shown, titles: &[String]) -> Option<Article> {
    let is_teaser = teasers(page);
    let prose = |index: usize| {
        let block = &page.blocks[index];
        if is_teaser[index] || repeats(block, titles) {
            0
        } else {
            block.prose
        }
    };
    let all = sums(page, shown, &vec![false; page.elements.len()], prose);
    let total = all[0];
    if total == 0 {
        return None;
    }
    let is_furniture = furniture(page, &all);
    let prose = sums(page, shown, &is_furniture, prose);
    let paragraphs = sums(page, shown, &is_furniture, |index| {
        usize::from(page.blocks[index].prose > 0)
    });
    if prose[0] == 0 {
        return None;
    }
    let element = inward(page, (&prose, &paragraphs), start(page, &prose));
    let is_inside = spread(&page.elements, |index| index == element);
    Some(Article {
        is_furniture,
        is_inside,
    })
}

/// Which blocks tell what the link before them leads to; none where a page has only a few such.
fn teasers(page: &Page) -> Vec<bool> {
    let follows_link = |index: usize| {
        let before = index.checked_sub(1).map(|before| &page.blocks[before]);
        before.is_some_and(|before| before.is_linked() && before.weight >= 10) && page.blocks[index].prose > 0
    };
    let found: Vec<bool> = (0..page.blocks.len()).map(follows_link).collect();
    let count = found.iter().filter(|is_teaser| **is_teaser).count();
    if count < LEAST_TEASERS {
        vec![false; found.len()]
    } else {
        found
    }
}

/// Whether a line says no more than a title of the page does, as a teaser.
fn repeats(block: &Block, titles: &[String]) -> bool {
    if block.prose == 0 || block.prose > 400 {
        return false;
    }
    let key = title::key(&block.text);
    titles.iter().any(|title| title.contains(&key))
}

/// What the blocks of each element come to, leaving out those of some.
fn sums(page: &Page, shown: Shown, is_left_out: &[bool], value: impl Fn(usize) -> usize) -> Vec<usize> {
    let mut sums = vec![0; page.elements.len()];
    for (index, block) in page.blocks.iter().enumerate() {
        if shown.takes(block) && !is_left_out[block.element] {
            sums[block.element] += value(index);
        }
    }
    for index in (1..sums.len()).rev() {
        sums[page.elements[index].parent] += sums[index];
    }
    sums
}

/// Which elements are furniture, each with all that stands in it.
fn furniture(page: &Page, prose: &[usize]) -> Vec<bool> {
    let total = prose[0];
    spread(&page.elements, |index| {
        let element = &page.elements[index];
        prose[index] * 2 < total && is_furniture(element, &page.elements)
    })
}

/// For each element whether a test holds for it or for one around it.
fn spread(elements: &[Element], holds: impl Fn(usize) -> bool) -> Vec<bool> {
    let mut found = vec![false; elements.len()];
    for index in 0..elements.len() {
        found[index] = found[elements[index].parent] || holds(index);
    }
    found
}

/// Whether an element says by its name or its marks that it is no part of the text.
fn is_furniture(element: &Element, elements: &[Element]) -> bool {
    if element.kind == Kind::Inline && element.link.is_none() && element.marks.is_empty() {
        return false;
    }
    match &*element.name {
        "nav" | "footer" | "aside" | "form" | "dialog" | "menu" | "figcaption" => true,
        "header" => !stands_in_article(element, elements),
        "html" | "body" | "main" | "article" => false,
        _ => element.mark_words().any(|word| FURNITURE.contains(&word)),
    }
}

/// Whether a header belongs to a part of the page and not to the page itself.
fn stands_in_article(element: &Element, elements: &[Element]) -> bool {
    let mut index = element.parent;
    while index > 0 {
        if matches!(&*elements[index].name, "article" | "main" | "section") {
            return true;
        }
        index = elements[index].parent;
    }
    false
}

/// Where the search begins: what the page itself names as its article, if that holds much of its text.
fn start(page: &Page, prose: &[usize]) -> usize {
    let named = |index: &usize| {
        let element = &page.elements[*index];
        let is_body = element
            .property
            .split_whitespace()
            .any(|property| property == "articlebody");
        is_body || matches!(&*element.name, "article" | "main")
    };
    let holds_most = |index: &usize| prose[*index] * 5 >= prose[0] * 3;
    (0..page.elements.len())
        .rfind(|index| named(index) && holds_most(index))
        .unwrap_or(0)
}

/// Follows the part that holds most of the text inward, to where the text divides into paragraphs.
fn inward(page: &Page, (prose, paragraphs): (&[usize], &[usize]), start: usize) -> usize {
    let mut largest = vec![0; page.elements.len()];
    let mut second = vec![0; page.elements.len()];
    for index in 1..page.elements.len() {
        let parent = page.elements[index].parent;
        if largest[parent] == 0 || prose[index] > prose[largest[parent]] {
            second[parent] = largest[parent];
            largest[parent] = index;
        } else if second[parent] == 0 || prose[index] > prose[second[parent]] {
            second[parent] = index;
        }
    }
    let mut current = start;
    loop {
        let child = largest[current];
        let rival = prose[second[current]] * usize::from(second[current] > 0);
        let holds_most = child > 0 && prose[child] * 20 >= prose[current] * 11;
        let is_one_of_many = rival * 8 >= prose[child] && rival > 0 && are_twins(page, child, second[current]);
        let is_paragraph = rival > 0 && paragraphs[child] < 2;
        if !holds_most || !can_hold_article(page, child) || is_one_of_many || is_paragraph {
            return current;
        }
        current = child;
    }
}

/// Whether an element can hold paragraphs, not being one itself.
fn can_hold_article(page: &Page, index: usize) -> bool {
    let element = &page.elements[index];
    let is_holder = matches!(element.kind, Kind::Block | Kind::Cell | Kind::Row) && &*element.name != "blockquote";
    let is_list = matches!(&*element.name, "ul" | "ol" | "dl");
    is_holder && !is_list
}

/// Whether two parts are of the same make, as the paragraphs of a text are.
fn are_twins(page: &Page, one: usize, other: usize) -> bool {
    let (one, other) = (&page.elements[one], &page.elements[other]);
    one.name == other.name && one.marks == other.marks && one.kind != Kind::Cell
}
