//! Blocks: the lines that a page shows, put together from the texts of its inline elements.

use crate::ingest::html::element::{Element, Kind};
use crate::ingest::html::widget::is_widget;
use crate::text::is_han;

/// What stands between two blocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    /// The next is another line of the same paragraph or list.
    #[default]
    Line,
    /// The next begins a paragraph.
    Paragraph,
}

/// A line of a page.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// Its text, in one line, without white space around it.
    pub(super) text: String,
    /// The element that it begins in.
    pub(super) element: usize,
    /// What stands before it.
    pub(super) before: Break,
    /// The level of the heading that it is.
    pub(super) heading: Option<u8>,
    /// Whether it is an item of a list or a row of a table.
    pub(super) is_entry: bool,
    /// Whether the page does not show it.
    pub(super) is_hidden: bool,
    /// How many letters and digits it has, a Han character counting as three.
    pub(super) weight: usize,
    /// How many of these are links.
    pub(super) linked: usize,
    /// How much running text it is: its weight, or nothing where it is a short line, a heading, links or a tool.
    pub(super) prose: usize,
    /// The first link in it: the index of that element.
    pub(super) link: Option<usize>,
}

impl Block {
    /// Whether most of it is links.
    pub(super) fn is_linked(&self) -> bool {
        self.linked * 3 > self.weight * 2
    }

    /// Whether it reads as running text: it has a sentence's end, or is long.
    fn is_prose(&self) -> bool {
        const ENDS: &[char] = &['.', '!', '?', '…', '。', '！', '？', '；', '؟', '۔', '।'];
        let bare = self
            .text
            .trim_end_matches(['"', '”', '’', '»', ')', '）', '」', '』', '\'']);
        let is_sentence =
            bare.ends_with(ENDS) || self.text.contains(['。', '！', '？', '；']) || self.text.contains(". ");
        let words = self.text.split_whitespace().count();
        let is_said = is_sentence && (self.weight >= 30 || words >= 4);
        let marks = [' ', ',', '，', '、'];
        let is_long = self.weight >= 200 && self.text.matches(marks).count() * 25 > self.weight / 3;
        !self.is_linked() && self.heading.is_none() && (is_said || is_long) && !is_widget(&self.text)
    }
}

/// Writes the line that is being read.
#[derive(Debug, Default)]
pub(super) struct Writer {
    text: String,
    element: usize,
    before: Break,
    /// White space that stands before the next letter.
    gap: Gap,
    weight: usize,
    linked: usize,
    link: Option<usize>,
    is_hidden: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    /// A line end of the source, which is nothing between Han characters.
    Wrap,
    Space,
    /// The next cell of a row.
    Cell,
}

impl Writer {
    /// Whether the line has no text yet.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Adds text of an element; gives back what of it, or of the line so far, the page does not show there.
    pub(super) fn write(&mut self, text: &str, index: usize, element: &Element) -> Option<String> {
        let mut hidden = None;
        if self.text.is_empty() {
            self.element = index;
            self.is_hidden = element.is_hidden;
        } else if element.is_hidden && !self.is_hidden {
            return Some(text.to_owned());
        } else if self.is_hidden && !element.is_hidden && !text.trim().is_empty() {
            hidden = Some(std::mem::take(&mut self.text));
            self.restart(index);
        }
        for character in text.chars() {
            self.push(character, element.link);
        }
        hidden
    }

    /// Marks that a picture or the like stands here.
    pub(super) fn gap(&mut self) {
        self.gap = self.gap.max(Gap::Wrap);
    }

    /// Marks that white space stands here.
    pub(super) fn space(&mut self) {
        self.gap = self.gap.max(Gap::Space);
    }

    /// Marks that a cell begins.
    pub(super) fn cell(&mut self) {
        self.gap = Gap::Cell;
    }

    /// Ends the line; `next` tells what stands before the one after it.
    pub(super) fn finish(&mut self, next: Break, elements: &[Element]) -> Option<Block> {
        let text = std::mem::take(&mut self.text);
        let before = self.before;
        if text.is_empty() {
            // Of several ends in a row the strongest holds.
            let before = before.max(next);
            *self = Self {
                before,
                ..Self::default()
            };
            return None;
        }
        let mut block = Block {
            text,
            element: self.element,
            before,
            heading: heading_around(elements, self.element),
            is_entry: is_entry(elements, self.element),
            is_hidden: self.is_hidden,
            weight: self.weight,
            linked: self.linked,
            prose: 0,
            link: self.link,
        };
        block.prose = if block.is_prose() { block.weight } else { 0 };
        *self = Self {
            before: next,
            ..Self::default()
        };
        Some(block)
    }

    /// Takes back a line whose text so far is not shown, for what follows is.
    fn restart(&mut self, index: usize) {
        *self = Self {
            element: index,
            before: self.before,
            ..Self::default()
        };
    }

    fn push(&mut self, character: char, link: Option<usize>) {
        if character == '\n' || character == '\r' {
            self.gap = self.gap.max(Gap::Wrap);
            return;
        }
        if character.is_whitespace() {
            self.gap = self.gap.max(Gap::Space);
            return;
        }
        if character.is_control() || matches!(character, '\u{AD}' | '\u{200B}' | '\u{FEFF}') {
            return;
        }
        self.close_gap(character);
        self.text.push(character);
        if character.is_alphanumeric() {
            let weight = if is_han(character) { 3 } else { 1 };
            self.weight += weight;
            if link.is_some() {
                self.linked += weight;
                self.link = self.link.or(link);
            }
        }
    }

    fn close_gap(&mut self, next: char) {
        let gap = std::mem::take(&mut self.gap);
        let Some(last) = self.text.chars().next_back() else {
            return;
        };
        match gap {
            Gap::None => {}
            Gap::Wrap if joins(last) && joins(next) => {}
            Gap::Wrap | Gap::Space => self.text.push(' '),
            Gap::Cell => self.text.push('\t'),
        }
    }
}

/// Whether a character stands next to another without a blank.
fn joins(character: char) -> bool {
    is_han(character) || "，。！？；：、（）《》“”「」『』—…".contains(character)
}

fn heading_around(elements: &[Element], from: usize) -> Option<u8> {
    around(elements, from).find_map(|element| match element.kind {
        Kind::Heading(level) => Some(level),
        _ => None,
    })
}

fn is_entry(elements: &[Element], from: usize) -> bool {
    around(elements, from)
        .find(|element| element.kind.ends_block() || element.kind == Kind::Cell)
        .is_some_and(|element| matches!(element.kind, Kind::Item | Kind::Row | Kind::Cell))
}

/// The element and the few around it that can make it a heading or an entry.
fn around(elements: &[Element], from: usize) -> impl Iterator<Item = &Element> {
    let mut next = Some(from);
    std::iter::from_fn(move || {
        let element = elements.get(next?)?;
        next = next.filter(|index| *index > 0).map(|_| element.parent);
        Some(element)
    })
    .take(12)
}
