//! Values of records and cells of tables that are markup: a fragment of a page, a whole page, or text with references to
//! characters.

use super::block::Break;
use super::{attributes, page};
use crate::text::ByteSpan;

/// Elements that stand on lines of their own, as values of records hold them.
const BLOCKS: &[&str] = &[
    "p",
    "br",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "table",
    "tr",
    "td",
    "blockquote",
    "section",
    "article",
    "hr",
];

/// Elements that run on in a line.
const INLINES: &[&str] = &[
    "a", "b", "i", "u", "em", "strong", "span", "sup", "sub", "font", "small", "img", "cite", "q", "abbr",
];

/// The text of a value that was markup.
#[derive(Debug)]
pub(in crate::ingest) struct Value {
    /// The text, with a blank line between paragraphs.
    pub(in crate::ingest) text: String,
    /// Where its headings lie, if its markup tells lines from each other; else its own lines do.
    pub(in crate::ingest) headings: Option<Vec<ByteSpan>>,
}

/// Whether a value is a whole page.
pub(in crate::ingest) fn is_page(value: &str) -> bool {
    let start: String = value
        .trim_start()
        .chars()
        .take(2_000)
        .flat_map(char::to_lowercase)
        .collect();
    start.starts_with("<!doctype html") || start.starts_with("<html") || start.contains("<body")
}

/// The text of a value; none where it has no markup.
pub(in crate::ingest) fn value(value: &str) -> Option<Value> {
    let (mut blocks, mut breaks, mut inlines) = (0, 0, 0);
    for tag in tags(value) {
        let is_break =
            tag.eq_ignore_ascii_case("p") || tag.eq_ignore_ascii_case("br") || tag.eq_ignore_ascii_case("div");
        let is_one_of = |names: &[&str]| names.iter().any(|name| tag.eq_ignore_ascii_case(name));
        breaks += usize::from(is_break);
        blocks += usize::from(is_one_of(BLOCKS));
        inlines += usize::from(is_one_of(INLINES));
    }
    let is_marked = blocks + inlines > 0;
    if (!is_marked && !has_reference(value)) || attributes::are_countless(value) {
        return None;
    }
    let blank_lines = value.trim().lines().filter(|line| line.trim().is_empty()).count();
    // Where blank lines divide the paragraphs, the markup only sets off words.
    let divides = blocks > 0 && breaks >= blank_lines;
    let shown = if divides {
        page::read(value)
    } else {
        page::read(&format!("<pre>{value}</pre>"))
    };
    let mut text = String::new();
    let mut headings = Vec::new();
    for block in shown.blocks.iter() {
        if !text.is_empty() {
            text.push_str(if block.before == Break::Line { "\n" } else { "\n\n" });
        }
        let start = text.len();
        text.push_str(&block.text);
        if block.heading.is_some() {
            headings.push(ByteSpan::new(start, text.len()));
        }
    }
    Some(Value {
        text,
        headings: divides.then_some(headings),
    })
}

/// The names of the tags in a text.
fn tags(text: &str) -> impl Iterator<Item = &str> {
    text.split('<').skip(1).filter_map(|after| {
        let after = after.strip_prefix('/').unwrap_or(after);
        let end = after.find(|character: char| !character.is_ascii_alphanumeric())?;
        let is_closed = after[end..].starts_with(['>', '/', ' ', '\n', '\t', '\r']) && after.contains('>');
        (end > 0 && is_closed).then_some(&after[..end])
    })
}

/// Whether a text holds a reference to a character: `&nbsp;`, `&#39;`.
fn has_reference(text: &str) -> bool {
    text.match_indices('&').any(|(at, _)| {
        let rest = &text.as_bytes()[at + 1..];
        let length = rest
            .iter()
            .take(12)
            .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#')
            .count();
        length >= 2 && rest.get(length) == Some(&b';')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markup: &str, text: &str) {
        assert_eq!(value(markup).map(|value| value.text).as_deref(), Some(text), "{markup}");
    }

    #[test]
    fn markup_becomes_text() {
        check(
            "<p>Mesdames,<br><br>\nLe phare&nbsp;: il éclaire.</p>",
            "Mesdames,\n\nLe phare : il éclaire.",
        );
        check("Tom &amp; Ada\n\nlit it.", "Tom & Ada\n\nlit it.");
        check(
            "One <em>lamp</em>.\n\nTwo <a href=\"x\">quays</a>.",
            "One lamp.\n\nTwo quays.",
        );
    }

    #[test]
    fn plain_text_is_no_markup() {
        for text in ["a < b & c", "He said <so> & left; then", "R&D; <3"] {
            assert!(value(text).is_none(), "{text}");
        }
    }

    #[test]
    fn headings_are_known() {
        let value = value("<h2>On lamps</h2><p>They are lit.</p>").unwrap();
        assert_eq!(value.headings, Some(vec![ByteSpan::new(0, "On lamps".len())]));
    }
}
