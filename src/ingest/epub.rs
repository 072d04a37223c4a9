//! Electronic books (.epub): the documents of the spine in their order, each read as a page, as one speech with the headings
//! of its chapters as sections.

use roxmltree::{Document, Node, ParsingOptions};
use serde_json::Value;

use crate::corpus::{Field, Metadata};
use crate::ingest::dates;
use crate::ingest::draft::{Aside, Draft, Layout};
use crate::ingest::html;
use crate::ingest::office::packed::Packed;
use crate::ingest::xml::markup::{child, children, name, plain_text};
use crate::text::ByteSpan;

/// The most documents of one book.
const MOST_DOCUMENTS: usize = 10_000;

/// Reads a book.
///
/// # Errors
/// In plain words, why the bytes are no book that can be read.
pub fn read(bytes: &[u8]) -> Result<Draft, String> {
    let mut packed = Packed::open(bytes, "an electronic book")?;
    if packed.holds("META-INF/encryption.xml") && packed.holds("META-INF/rights.xml") {
        return Err("is protected against copying: ingest a text that is not".to_owned());
    }
    let container = packed
        .read("META-INF/container.xml")?
        .ok_or("is no electronic book: the archive holds no META-INF/container.xml")?;
    let package_path = root_file(&container)?;
    let package = packed
        .read(&package_path)?
        .ok_or_else(|| format!("is a damaged electronic book: {package_path} is missing"))?;
    let package = parse(&package)?;
    let root = package.root_element();
    let folder = package_path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut book = Book::default();
    for item in spine(root).into_iter().take(MOST_DOCUMENTS) {
        let path = path_in(folder, &item.address);
        let Some(page) = packed.read(&path)? else {
            book.warnings.push(format!("the book names {path}, which is not in it"));
            continue;
        };
        book.add(&page, item.is_contents);
    }
    let mut draft = book.draft()?;
    if let Some(metadata) = child(root, "metadata") {
        state(metadata, &mut draft);
    }
    Ok(draft)
}

fn parse(xml: &str) -> Result<Document<'_>, String> {
    let options = ParsingOptions {
        allow_dtd: true,
        nodes_limit: 1_000_000,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(xml, options).map_err(|fault| format!("is a damaged electronic book: {fault}"))
}

/// The path of the description of the book.
fn root_file(container: &str) -> Result<String, String> {
    let container = parse(container)?;
    let path = container
        .descendants()
        .find(|node| name(*node) == "rootfile")
        .and_then(|file| file.attribute("full-path"));
    path.map(str::to_owned)
        .ok_or_else(|| "is a damaged electronic book: its container names no book".to_owned())
}

struct Item {
    address: String,
    /// Whether it is the table of contents.
    is_contents: bool,
}

/// The documents of the spine in their order, each once.
fn spine(package: Node) -> Vec<Item> {
    let items: Vec<Node> = child(package, "manifest")
        .into_iter()
        .flat_map(|manifest| manifest.children())
        .collect();
    let mut found: Vec<Item> = Vec::new();
    for reference in child(package, "spine").into_iter().flat_map(|spine| spine.children()) {
        let Some(id) = reference.attribute("idref") else {
            continue;
        };
        let item = items.iter().find(|item| item.attribute("id") == Some(id));
        let Some(address) = item.and_then(|item| item.attribute("href")) else {
            continue;
        };
        if found.iter().any(|other| other.address == address) {
            continue;
        }
        let properties = item.and_then(|item| item.attribute("properties")).unwrap_or_default();
        found.push(Item {
            address: address.to_owned(),
            is_contents: properties.split_whitespace().any(|property| property == "nav"),
        });
    }
    found
}

/// The path in the archive of an address that stands in a folder.
fn path_in(folder: &str, address: &str) -> String {
    let address = address.split('#').next().unwrap_or(address);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in address.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    unescaped(&parts.join("/"))
}

/// An address without its percent signs.
fn unescaped(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after
            .get(..2)
            .filter(|_| *first == b'%')
            .and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[derive(Default)]
struct Book {
    text: String,
    headings: Vec<ByteSpan>,
    asides: Vec<Aside>,
    warnings: Vec<String>,
}

impl Book {
    fn add(&mut self, page: &str, is_contents: bool) {
        let Some(value) = html::value(body(page)) else {
            return;
        };
        if is_contents {
            return self.asides.extend(Aside::together(value.text.lines(), self.text.len()));
        }
        if value.text.trim().is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(&value.text);
        let headings = value.headings.unwrap_or_default();
        let moved = headings
            .into_iter()
            .map(|span| ByteSpan::new(span.start + start, span.end + start));
        self.headings.extend(moved);
    }

    fn draft(self) -> Result<Draft, String> {
        if self.text.trim().is_empty() {
            return Err("holds no text: if its pages are pictures, ingest a text version".to_owned());
        }
        Ok(Draft {
            asides: self.asides,
            warnings: self.warnings,
            ..Draft::new(
                self.text,
                Layout::Body {
                    headings: Some(self.headings),
                },
            )
        })
    }
}

/// What stands in the body of a page.
fn body(page: &str) -> &str {
    let start = page
        .find("<body")
        .and_then(|open| Some(open + page[open..].find('>')? + 1));
    let end = page.rfind("</body").unwrap_or(page.len());
    start.and_then(|start| page.get(start..end)).unwrap_or(page)
}

/// States what a book says of itself. Whoever wrote a book need not be who speaks in it.
fn state(metadata: Node, draft: &mut Draft) {
    let first = |wanted: &str| {
        let found = children(metadata, wanted).map(plain_text).find(|text| !text.is_empty());
        found.unwrap_or_default()
    };
    for (of_book, field) in [("title", Field::Title), ("language", Field::Language)] {
        let value = first(of_book);
        if !value.is_empty() {
            set(&mut draft.stated, field, &value);
            draft.quoted.push((field.name().to_owned(), value));
        }
    }
    let date = first("date");
    let day = date
        .get(..10)
        .and_then(|day| day.parse().ok())
        .or_else(|| dates::whole(&date));
    if let Some(day) = day {
        draft.stated.set_date(Field::Published, day);
    }
    for (of_book, further) in [
        ("creator", "creator"),
        ("publisher", "publisher"),
        ("date", "book_date"),
        ("identifier", "identifier"),
        ("rights", "rights"),
    ] {
        let value = first(of_book);
        if !value.is_empty() {
            draft.quoted.push((format!("meta.{further}"), value.clone()));
            draft.stated.set_meta(further, Value::String(value));
        }
    }
}

fn set(metadata: &mut Metadata, field: Field, value: &str) {
    // Only dates can be refused, and these are set as dates.
    let _ = metadata.set(field, value);
}
