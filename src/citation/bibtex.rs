//! Entries of a BibTeX file, which both BibTeX and biber read.

use sha2::{Digest, Sha256};

use super::Cited;
use super::parts::month_name;
use crate::corpus::Field;
use crate::text::hexadecimal;

/// The bytes of a hash that tell one key from another.
const KEY_HASH_BYTES: usize = 6;

/// The entry: `@misc`, a field a line.
pub(super) fn entry(cited: &Cited<'_>) -> String {
    let fields: Vec<String> = fields(cited)
        .into_iter()
        .map(|(name, value)| format!("  {name} = {value}"))
        .collect();
    format!("@misc{{{},\n{}\n}}", key(cited), fields.join(",\n"))
}

/// The fields that are known, each with its value as it stands in the entry.
fn fields(cited: &Cited<'_>) -> Vec<(&'static str, String)> {
    let text = |field: Field| cited.field(field).map(|value| format!("{{{}}}", escaped(&value)));
    let date = cited.metadata.date();
    let url = cited.field(Field::Url);
    let accessed = cited.accessed.filter(|_| url.is_some());
    // Inner braces keep a name of several words whole, and a title in its own case.
    let kept = |value: String| format!("{{{{{}}}}}", escaped(&value));
    let held = [Some(cited.kind().to_owned()), cited.field(Field::Event)];
    let held = held.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let fields = [
        ("author", cited.author().map(kept)),
        ("title", Some(kept(cited.title()))),
        ("year", date.map(|date| format!("{{{:04}}}", date.calendar_year()))),
        ("month", date.and_then(|date| date.calendar_month()).map(month_macro)),
        (
            "day",
            date.and_then(|date| date.calendar_day())
                .map(|day| format!("{{{day}}}")),
        ),
        ("howpublished", Some(format!("{{{}}}", escaped(&held)))),
        ("eventtitle", text(Field::Event)),
        ("address", text(Field::Place)),
        ("url", url.map(|url| format!("{{{}}}", escaped_url(&url)))),
        ("urldate", accessed.map(|date| format!("{{{date}}}"))),
        ("language", text(Field::Language)),
        ("note", cited.passage.map(|passage| format!("{{paragraph {passage}}}"))),
    ];
    let known = fields.into_iter().filter_map(|(name, value)| Some((name, value?)));
    known.collect()
}

/// The key of the entry: the id where its characters are such that any program takes them for a key and tells them apart,
/// else what can be kept of it with a hash of all of it. Programs do not tell capitals from small letters.
fn key(cited: &Cited<'_>) -> String {
    let is_safe = |character: &char| matches!(character, 'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '.' | '_' | '/');
    let kept: String = cited.id.chars().filter(is_safe).collect();
    let is_plain = kept == cited.id && !cited.id.contains(|character: char| character.is_ascii_uppercase());
    let mut key = kept.replace('/', ":");
    if !is_plain {
        let hash = Sha256::digest(cited.id.as_bytes());
        let separator = if key.is_empty() { "speech:" } else { ":" };
        key.push_str(separator);
        key.push_str(&hexadecimal(&hash[..KEY_HASH_BYTES]));
    }
    if let Some(passage) = cited.passage {
        key.push_str(&format!("+p{passage}"));
    }
    key
}

/// The macro of a month, which every style of BibTeX knows.
fn month_macro(month: i8) -> String {
    month_name(month)
        .chars()
        .take(3)
        .collect::<String>()
        .to_ascii_lowercase()
}

/// A text with the characters that TeX would act on named instead. BibTeX counts braces even behind a backslash, so a brace
/// is named by a command.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '{' => escaped.push_str("\\textbraceleft{}"),
            '}' => escaped.push_str("\\textbraceright{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '%' | '&' | '$' | '#' | '_' => escaped.extend(['\\', character]),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// An address: styles set this field as it is, so what would break the entry is percent-encoded, which leaves the address the
/// same, and nothing gets a backslash.
fn escaped_url(url: &str) -> String {
    let mut escaped = String::with_capacity(url.len());
    for character in url.chars() {
        match character {
            '{' | '}' | '\\' | '^' | ' ' | '"' | '<' | '>' | '`' | '|' => {
                escaped.push_str(&format!("%{:02X}", u32::from(character)));
            }
            _ => escaped.push(character),
        }
    }
    escaped
}
