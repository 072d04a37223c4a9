//! The text of a file as a plain reader gives it, who knows the format and nothing of speeches.

use std::cell::RefCell;
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::Command;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use pulldown_cmark::{Event, Options, Parser};
use serde_json::Value;

/// The texts of a file; none where no plain reader knows the file.
pub(super) fn text_of(path: &Path) -> Option<Vec<String>> {
    let bytes = fs::read(path).ok()?;
    let text = || String::from_utf8(bytes.clone()).ok();
    match path.extension()?.to_str()?.to_lowercase().as_str() {
        // A text with front matter is read as Markdown is.
        "txt" => text().map(|text| match text.starts_with("---\n") {
            true => of_markdown(&text),
            false => vec![text],
        }),
        "md" | "markdown" => text().map(|text| of_markdown(&text)),
        "html" | "htm" => text().map(|text| vec![of_page(&text)]),
        "csv" => text().map(|text| of_table(&text, delimiter(&text))),
        "tsv" => text().map(|text| of_table(&text, b'\t')),
        "jsonl" => text().map(|text| {
            text.lines()
                .filter_map(|line| serde_json::from_str(line).ok())
                .flat_map(of_value)
                .collect()
        }),
        "json" => text().and_then(|text| serde_json::from_str(&text).ok()).map(of_value),
        "docx" => of_document(&bytes),
        "xml" => text().and_then(|text| of_tei(&text)),
        "pdf" => of_pdf(path),
        _ => None,
    }
}

/// The values of a record, its identifier left out, which is its address.
fn of_value(value: Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![shown(&text)],
        Value::Number(_) | Value::Bool(_) => vec![value.to_string()],
        Value::Array(values) => values.into_iter().map(without_kind).flat_map(of_value).collect(),
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(name, _)| name != "id")
            .flat_map(|(_, value)| of_value(value))
            .collect(),
        Value::Null => Vec::new(),
    }
}

/// A part of a text without what kind of part it is, which is markup.
fn without_kind(mut part: Value) -> Value {
    if let Value::Object(fields) = &mut part {
        fields.retain(|name, _| name != "type" && name != "kind");
    }
    part
}

/// What a value of a record shows: that of its markup, and no comma between paragraphs that a program joined as a list.
fn shown(value: &str) -> String {
    let has_markup = ["<p", "<br", "<div", "</", "&nbsp;", "&amp;", "&#"]
        .iter()
        .any(|mark| value.contains(mark));
    if has_markup {
        return of_page(value);
    }
    if value.trim().contains('\n') {
        return value.to_owned();
    }
    let between = regex::Regex::new(r#"([a-z][.!?]|[!?])(["”’)]*), *([A-Z“"])"#).expect("the pattern is written here");
    match between.find_iter(value).count() {
        0..3 => value.to_owned(),
        _ => between
            .replace_all(value, "$1$2 $3")
            .trim_start_matches([',', ' '])
            .to_owned(),
    }
}

/// The mark that divides the names of columns most often.
fn delimiter(text: &str) -> u8 {
    let names = text.lines().next().unwrap_or_default();
    let count = |mark: &u8| names.bytes().filter(|byte| byte == mark).count();
    [b',', b';', b'|', b'\t'].into_iter().max_by_key(count).unwrap_or(b',')
}

fn of_table(text: &str, delimiter: u8) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(text.as_bytes());
    let names: Vec<String> = reader
        .headers()
        .map(|names| names.iter().map(str::to_lowercase).collect())
        .unwrap_or_default();
    let rows = reader.records().filter_map(Result::ok);
    let cells = rows.flat_map(|row| {
        let cells: Vec<String> = row
            .iter()
            .enumerate()
            .filter(|(column, _)| names.get(*column).is_none_or(|name| name != "id"))
            .map(|(_, cell)| shown(cell))
            .collect();
        cells
    });
    cells.collect()
}

/// The texts that the HTML of a document would show, front matter left out.
fn of_markdown(text: &str) -> Vec<String> {
    let content = match text.trim_start_matches('\u{FEFF}').strip_prefix("---\n") {
        Some(rest) => rest.split_once("\n---\n").map_or(text, |(_, content)| content),
        None => text,
    };
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let (mut texts, mut html) = (Vec::new(), String::new());
    for event in Parser::new_ext(content, options) {
        match event {
            Event::Text(text) | Event::Code(text) => texts.push(text.to_string()),
            Event::Html(part) => html.push_str(&part),
            _ => {}
        }
    }
    texts.push(of_page(&html));
    texts
}

/// The text of the body of a page, without what is no part of it by its markup.
pub(super) fn of_page(page: &str) -> String {
    let sink = Sink(RefCell::default());
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(page));
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    tokenizer.sink.0.into_inner().text
}

#[derive(Default)]
struct Seen {
    text: String,
    /// The elements that leave their text out, as they stand in each other.
    left_out: Vec<String>,
}

struct Sink(RefCell<Seen>);

const LEFT_OUT: &[&str] = &[
    "head", "nav", "header", "footer", "aside", "script", "style", "title", "iframe", "noembed", "noframes",
];

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut seen = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => {
                let name = tag.name.to_string();
                if name == "body" && tag.kind == TagKind::StartTag {
                    seen.left_out.retain(|open| open != "head");
                    seen.text.clear();
                } else if LEFT_OUT.contains(&name.as_str()) && !tag.self_closing {
                    match tag.kind {
                        TagKind::StartTag => seen.left_out.push(name.clone()),
                        TagKind::EndTag => {
                            if let Some(open) = seen.left_out.iter().rposition(|open| *open == name) {
                                seen.left_out.truncate(open);
                            }
                        }
                    }
                }
                if tag.kind == TagKind::StartTag {
                    return match name.as_str() {
                        "script" => TokenSinkResult::RawData(RawKind::ScriptData),
                        "style" | "iframe" | "noembed" | "noframes" | "xmp" => {
                            TokenSinkResult::RawData(RawKind::Rawtext)
                        }
                        "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
                        _ => TokenSinkResult::Continue,
                    };
                }
            }
            Token::CharacterTokens(text) if seen.left_out.is_empty() => seen.text.push_str(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// What the runs of a document show: moved text once, at its new place, and no fallback of a drawing.
fn of_document(bytes: &[u8]) -> Option<Vec<String>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut xml = String::new();
    archive
        .by_name("word/document.xml")
        .ok()?
        .read_to_string(&mut xml)
        .ok()?;
    let document = roxmltree::Document::parse(&xml).ok()?;
    let is_twice = |node: &roxmltree::Node<'_, '_>| matches!(node.tag_name().name(), "moveFrom" | "Fallback");
    let texts = document
        .descendants()
        .filter(|node| node.tag_name().name() == "t" && !node.ancestors().any(|node| is_twice(&node)));
    Some(texts.filter_map(|node| node.text().map(str::to_owned)).collect())
}

/// What the `text` of a TEI document holds, without the entries of its index and, of a note in several languages, with the
/// description in that of the document alone.
fn of_tei(xml: &str) -> Option<Vec<String>> {
    let document = roxmltree::Document::parse(xml).ok()?;
    let root = document.root_element();
    if !matches!(root.tag_name().name(), "TEI" | "teiCorpus") {
        return None;
    }
    let language = |node: &roxmltree::Node<'_, '_>| {
        node.attribute(("http://www.w3.org/XML/1998/namespace", "lang"))
            .map(str::to_owned)
    };
    let is_other = |node: &roxmltree::Node<'_, '_>| {
        node.tag_name().name() == "desc" && language(node).is_some_and(|of| Some(of) != language(&root))
    };
    let texts = document.descendants().filter(|node| {
        let mut around = node.ancestors();
        node.is_text()
            && around.clone().any(|node| node.tag_name().name() == "text")
            && !around.any(|node| node.tag_name().name() == "index" || is_other(&node))
    });
    Some(texts.filter_map(|node| node.text().map(str::to_owned)).collect())
}

/// The text layer as poppler reads it; none where it is not installed.
#[allow(clippy::print_stdout, reason = "a skipped test must say so")]
fn of_pdf(path: &Path) -> Option<Vec<String>> {
    let Ok(output) = Command::new("pdftotext")
        .arg("-enc")
        .arg("UTF-8")
        .arg(path)
        .arg("-")
        .output()
    else {
        let is_required = std::env::var("CHANCERY_REQUIRE_SHARED").is_ok_and(|value| value == "1");
        assert!(!is_required, "pdftotext is missing: install poppler-utils");
        println!("skipped: pdftotext is not installed");
        return None;
    };
    output
        .status
        .success()
        .then(|| vec![String::from_utf8_lossy(&output.stdout).into_owned()])
}
