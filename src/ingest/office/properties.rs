//! What the properties of a document suggest. Whoever made the file is no speaker, and the title is often that of a template.

use roxmltree::Document;
use serde_json::Value;

use crate::corpus::{Field, Metadata};
use crate::ingest::xml::markup::name;

/// Titles that programs give by themselves, in lower case.
const MADE_UP: &[&str] = &[
    "microsoft word",
    "document",
    "untitled",
    "无标题",
    "文档",
    "powerpoint",
    "документ",
];

/// Reads the core properties.
pub(in crate::ingest) fn read(document: &Document, suggested: &mut Metadata) {
    for node in document.root_element().descendants() {
        let text = node.text().unwrap_or_default().trim();
        match name(node) {
            "title" => set_title(suggested, text),
            "language" => set(suggested, Field::Language, text),
            "creator" if !text.is_empty() => suggested.set_meta("creator", Value::from(text)),
            _ => {}
        }
    }
}

/// Suggests a title, unless it is one that a program made up.
pub(in crate::ingest) fn set_title(suggested: &mut Metadata, title: &str) {
    let lower = title.to_lowercase();
    let is_made_up = MADE_UP.iter().any(|start| {
        let rest = lower.strip_prefix(start);
        rest.is_some_and(|rest| rest.starts_with(" -") || rest.chars().all(|c| c.is_ascii_digit() || c.is_whitespace()))
    });
    if !is_made_up {
        let line = title.split_whitespace().collect::<Vec<_>>().join(" ");
        set(suggested, Field::Title, &line);
    }
}

fn set(metadata: &mut Metadata, field: Field, value: &str) {
    metadata.set(field, value).expect("only date fields can be refused");
}
