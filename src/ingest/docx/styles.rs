//! The styles of a document: which of them make a paragraph a heading, a title or a line of the table of contents.

use std::collections::HashMap;

use roxmltree::{Document, Node};

use super::numbering::ListPlace;
use super::{attribute, child, name, value};

/// The names under which programs keep the headings, in lower case and before the number of the level. Word itself keeps
/// the English one in every language.
#[rustfmt::skip]
const HEADINGS: &[&str] = &[
    "heading", "标题", "標題", "見出し", "titre", "título", "titulo", "заголовок", "عنوان", "überschrift", "titolo", "título do",
];

/// The most styles that one may be based on in turn.
const LONGEST_CHAIN: usize = 20;

/// The styles by their identifiers.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
}

/// A paragraph style.
#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline_level: Option<u8>,
    list: Option<ListPlace>,
}

/// What a style makes of a paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    #[default]
    Text,
    Heading,
    /// The title of the document.
    Title,
    /// A line of a table of contents.
    Contents,
}

impl Styles {
    /// Reads the part that defines the styles.
    pub(super) fn read(document: &Document) -> Self {
        let mut styles = HashMap::new();
        for node in document.root_element().children().filter(|node| name(*node) == "style") {
            if let Some(id) = attribute(node, "styleId") {
                styles.insert(id.to_owned(), Style::read(node));
            }
        }
        Self { styles }
    }

    /// What a paragraph is by its style and its own outline level.
    pub(super) fn role(&self, properties: Option<Node>) -> Role {
        let style = properties.and_then(|node| value(node, "pStyle"));
        let own_level = properties.and_then(outline_level);
        let of_style = self.chain(style).map(Style::role).find(|role| *role != Role::Text);
        match (of_style, own_level) {
            (Some(role), None) => role,
            // The outline level of a paragraph goes before that of its style; the tenth is that of text.
            (Some(Role::Heading) | None, Some(level)) => heading_at(level),
            (Some(role), Some(_)) => role,
            (None, None) => self
                .chain(style)
                .find_map(|style| style.outline_level)
                .map_or(Role::Text, heading_at),
        }
    }

    /// The place in a list that a style gives to its paragraphs.
    pub(super) fn list(&self, properties: Option<Node>) -> Option<ListPlace> {
        let style = properties.and_then(|node| value(node, "pStyle"));
        self.chain(style).find_map(|style| style.list.clone())
    }

    /// A style and those that it is based on.
    fn chain<'a>(&'a self, style: Option<&str>) -> impl Iterator<Item = &'a Style> {
        let first = style.and_then(|id| self.styles.get(id));
        let next = |style: &&'a Style| style.based_on.as_ref().and_then(|id| self.styles.get(id));
        std::iter::successors(first, next).take(LONGEST_CHAIN)
    }
}

impl Style {
    fn read(node: Node) -> Self {
        let properties = child(node, "pPr");
        Self {
            name: value(node, "name").unwrap_or_default().to_lowercase(),
            based_on: value(node, "basedOn").map(str::to_owned),
            outline_level: properties.and_then(outline_level),
            list: properties.and_then(ListPlace::read),
        }
    }

    fn role(&self) -> Role {
        let numbered = |start: &str| {
            let rest = self.name.strip_prefix(start)?.trim();
            Some(rest.len() == 1 && rest.chars().all(|digit| digit.is_ascii_digit()))
        };
        if matches!(self.name.as_str(), "title" | "subtitle") {
            return Role::Title;
        }
        if HEADINGS.iter().any(|start| numbered(start) == Some(true)) {
            return Role::Heading;
        }
        if numbered("toc") == Some(true) || self.name == "toc heading" {
            return Role::Contents;
        }
        Role::Text
    }
}

fn outline_level(properties: Node) -> Option<u8> {
    value(properties, "outlineLvl")?.parse().ok()
}

fn heading_at(level: u8) -> Role {
    if level < 9 { Role::Heading } else { Role::Text }
}
