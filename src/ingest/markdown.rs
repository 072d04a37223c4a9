//! Markdown: front matter in YAML, headings, and a text with the marks taken off.
//!
//! A file without any mark is a plain text that bears an ending of Markdown, and is read as one.

use serde_json::Value;

use crate::corpus::Field;
use crate::ingest::draft::{Draft, Layout};
use crate::ingest::mapping::Mapping;
use crate::ingest::record::Record;

mod front_matter;
mod text;

/// Reads a Markdown document.
///
/// Fields of the front matter are named as those of a record, with `mapping`; unknown ones are kept as further metadata.
/// Where it states no title, the only heading of the first rank is the title if it stands at the top.
///
/// # Errors
/// In plain words, with the line, what is wrong with the front matter; or that there is no text.
pub fn read(source: &str, mapping: &Mapping) -> Result<Draft, String> {
    let (front, content) = divide(source)?;
    let record = front.map(|front| record_of(front, mapping)).transpose()?;
    let rendered = text::render(content);
    let (text, layout) = if rendered.has_marks {
        let headings = rendered.headings;
        let stated = record.as_ref().and_then(|record| record.metadata.value(Field::Title));
        let first = headings.first().copied().filter(|heading| heading.start == 0);
        // A heading that says something else than the stated title is a heading of the text.
        let title =
            first.filter(|heading| stated.is_none_or(|title| are_alike(title, &rendered.text[heading.range()])));
        (rendered.text, Layout::Blocks { headings, title })
    } else {
        (content.to_owned(), Layout::Lines)
    };
    if text.trim().is_empty() {
        return Err("has no text".to_owned());
    }
    let mut draft = Draft::new(text, layout);
    if rendered.has_marks {
        draft.asides = rendered.asides;
    }
    if let Some(record) = record {
        draft.id = record.id;
        draft.stated = record.metadata;
        draft.quoted = record.quoted;
        draft.warnings = record.warnings;
    }
    if let Some(title) = rendered.title.filter(|_| !draft.stated.has(Field::Title)) {
        draft
            .stated
            .set(Field::Title, &title)
            .map_err(|fault| fault.to_string())?;
    }
    Ok(draft)
}

/// Whether of two titles one holds the other, marks and case aside.
fn are_alike(one: &str, other: &str) -> bool {
    let key = |title: &str| -> String {
        let letters = title.chars().filter(|character| character.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let (one, other) = (key(one), key(other));
    one.contains(&other) || other.contains(&one)
}

/// The front matter, if there is one, and the rest.
fn divide(source: &str) -> Result<(Option<&str>, &str), String> {
    let start = source.trim_start_matches('\u{FEFF}');
    let first = start.split_inclusive('\n').next().unwrap_or_default();
    if first.trim_end() == "+++" {
        return Err("line 1: front matter in TOML is not read: write it in YAML, between lines of ---".to_owned());
    }
    if first.trim_end() != "---" {
        return Ok((None, start));
    }
    let inner = &start[first.len()..];
    let mut at = 0;
    for line in inner.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            let front = &inner[..at];
            let is_fields = front.trim().is_empty() || begins_with_field(front);
            return Ok(if is_fields {
                (Some(front), &inner[at + line.len()..])
            } else {
                (None, start)
            });
        }
        at += line.len();
    }
    if begins_with_field(inner) {
        return Err("line 1: the front matter that begins here has no end: close it with a line of ---".to_owned());
    }
    Ok((None, start))
}

/// Whether the first line that is not blank or a comment is `name: value`.
fn begins_with_field(front: &str) -> bool {
    let mut lines = front.lines().map(str::trim_end);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with('#'));
    first.is_some_and(|line| {
        let name = line
            .split_once(':')
            .map(|(name, rest)| (name, rest.is_empty() || rest.starts_with(' ')));
        name.is_some_and(|(name, ends)| ends && !name.is_empty() && name.chars().count() <= 40)
    })
}

fn record_of(front: &str, mapping: &Mapping) -> Result<Record, String> {
    if front.trim().is_empty() {
        return Ok(Record::default());
    }
    let fields = front_matter::fields(front)?;
    let fields = fields
        .into_iter()
        .map(|(theirs, value)| own_value(mapping, theirs, value));
    Record::read_mapped(fields.collect(), mapping).map_err(|fault| format!("front matter: {fault}"))
}

/// A field with the type that ours has: a year is a number in YAML, and a field `text` is not the text of the document.
fn own_value(mapping: &Mapping, theirs: String, value: Value) -> (String, Value) {
    let ours = mapping.ours(&theirs);
    let is_field = ours.parse::<Field>().is_ok() || ours == "id";
    let is_body = ours == "body";
    let value = match value {
        Value::Number(number) if is_field => Value::String(number.to_string()),
        other => other,
    };
    let name = if is_body { format!("meta.{theirs}") } else { theirs };
    (name, value)
}
