//! The historic Hansard of the United Kingdom: volumes of sittings of either House, or the sitting of one House alone.

use roxmltree::Node;

use super::label;
use super::minutes::{Kind, Minutes, Schema, Speaker};
use crate::corpus::{Field, Metadata};
use crate::ingest::dates;
use crate::ingest::draft::{Aside, Draft};
use crate::ingest::xml::markup::{child, name, plain_text};

/// The elements that are sittings, or parts of a volume that are printed apart.
const SITTINGS: &[&str] = &[
    "housecommons",
    "houselords",
    "westminsterhall",
    "grandcommittee",
    "grandcommitteereport",
    "lordsreport",
    "commonsstatements",
    "writtenanswers",
    "commonswrittenanswers",
    "lordswrittenanswers",
    "writtenstatements",
    "commonswrittenstatements",
    "lordswrittenstatements",
];

/// Whether a root element is a sitting.
pub(super) fn is_sitting(root: &str) -> bool {
    SITTINGS.contains(&root)
}

/// Reads the sittings of a document, each as one speech.
pub(super) fn read(root: Node) -> Vec<Draft> {
    let is_outermost = |node: &Node| {
        let around = node.ancestors().skip(1);
        is_sitting(name(*node)) && !around.into_iter().any(|outer| is_sitting(name(outer)))
    };
    let sittings: Vec<Node> = root.descendants().filter(is_outermost).collect();
    let has_sittings = !sittings.is_empty();
    let mut drafts: Vec<Draft> = sittings.into_iter().filter_map(sitting).collect();
    if !has_sittings {
        drafts.extend(sitting(root));
    }
    // What the volume says of itself stands before its first sitting.
    if let Some(first) = drafts.first_mut() {
        let mut lines = Vec::new();
        for part in root.children().filter(|_| has_sittings && !is_sitting(name(root))) {
            if part.is_element() && !part.descendants().any(|inside| is_sitting(name(inside))) {
                lines.push(plain_text(part));
            }
        }
        first.asides.splice(0..0, Aside::together(lines, 0));
    }
    drafts
}

fn sitting(node: Node) -> Option<Draft> {
    let mut stated = Metadata::default();
    let title = child(node, "title").map(plain_text).filter(|title| !title.is_empty());
    let date = node.descendants().find(|inside| name(*inside) == "date");
    let mut minutes = Minutes::new(&Hansard);
    if let Some(title) = &title {
        // Only dates can be refused.
        let _ = stated.set(Field::Title, title);
    }
    if let Some(date) = date {
        let printed = plain_text(date);
        let of_format = date.attribute("format").and_then(|day| day.parse().ok());
        if let Some(day) = of_format.or_else(|| dates::whole(&printed)) {
            stated.set_date(Field::Date, day);
            let _ = stated.set(Field::DateSource, "metadata");
            minutes.quote(Field::Date, &printed);
        }
    }
    minutes.read(node);
    minutes.finish(stated)
}

struct Hansard;

impl Schema for Hansard {
    fn kind(&self, node: Node) -> Kind {
        let parent = node.parent().map_or("", name);
        match name(node) {
            "title" if is_sitting(parent) || parent == "hansard" => Kind::Left,
            "date" if is_first_date(node) => Kind::Left,
            "title" => Kind::Heading,
            "image" => Kind::Left,
            "col" => Kind::Aside,
            "lb" | "br" => Kind::LineBreak,
            "p" => Kind::Turn,
            "member" if speaks(node) => Kind::From,
            "membercontribution" => Kind::Said,
            "td" | "th" => Kind::Cell,
            "i"
            | "b"
            | "u"
            | "a"
            | "sub"
            | "sup"
            | "ob"
            | "abbr"
            | "span"
            | "em"
            | "strong"
            | "small"
            | "member"
            | "memberconstituency"
            | "membercontribution_continued"
            | "qnum"
            | "questionnumber"
            | "timestamp"
            | "footnote" => Kind::Inline,
            _ => Kind::Block,
        }
    }

    /// A paragraph with words of a member and no name goes on with the member before it; one without either is the clerk's.
    fn speaker(&self, turn: Node, current: Option<&Speaker>) -> Option<Speaker> {
        if let Some(member) = turn.descendants().find(|node| name(*node) == "member" && speaks(*node)) {
            return label::speaker(&without_constituency(member));
        }
        let goes_on = turn.descendants().any(|node| name(node) == "membercontribution");
        current.filter(|_| goes_on).cloned()
    }

    fn named(&self, _: Node) -> Option<Speaker> {
        None
    }
}

/// Whether a member is named as who speaks in the paragraph, not only in it.
fn speaks(member: Node) -> bool {
    let paragraph = member.ancestors().find(|outer| name(*outer) == "p");
    let has_words = |paragraph: Node| paragraph.descendants().any(|node| name(node) == "membercontribution");
    let is_first = |paragraph: Node| paragraph.descendants().find(|node| name(*node) == "member") == Some(member);
    paragraph.is_some_and(|paragraph| has_words(paragraph) && is_first(paragraph))
}

fn is_first_date(date: Node) -> bool {
    let sitting = date.ancestors().filter(|outer| is_sitting(name(*outer))).last();
    let around = sitting.unwrap_or_else(|| date.document().root_element());
    around.descendants().find(|node| name(*node) == "date") == Some(date)
}

/// The name of a member without the constituency that is marked up in it.
fn without_constituency(member: Node) -> String {
    let is_of_place = |text: &Node| text.ancestors().any(|outer| name(outer) == "memberconstituency");
    let texts = member.descendants().filter(|node| node.is_text() && !is_of_place(node));
    let words: String = texts.filter_map(|text| text.text()).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
