//! What a file is, told from its first bytes; its name decides only between formats whose content looks alike.

use std::path::Path;

use crate::ingest::{InputFormat, mail, proceedings, subtitles, tei, xml};

/// The number of bytes at the start of a file that are looked at.
pub const PREFIX_BYTES: usize = 8_192;

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A format that speeches are read from.
    Format(InputFormat),
    /// Files packed together or made small.
    Archive(Archive),
    /// Neither, with the reason and the way out.
    Unreadable(String),
}

/// A form of packing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Archive {
    /// Many files, `.zip`.
    Zip,
    /// Many files, `.tar`.
    Tar,
    /// One file, or a tar archive, `.gz` and `.tar.gz`.
    Gzip,
    /// A mail with what it brings, `.eml`.
    Mail,
    /// Many mails, `.mbox`.
    Mailbox,
}

/// Beginnings of files that hold no text, with what they are and the way out.
#[rustfmt::skip]
const OTHER_FILES: &[(&[u8], &str)] = &[
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "is a file of an old Office version (.doc, .xls or .ppt), or a protected one: save it as .docx, without a password"),
    (b"\x89PNG", "is an image, which holds no text: run text recognition (OCR) first"),
    (b"\xFF\xD8\xFF", "is an image, which holds no text: run text recognition (OCR) first"),
    (b"GIF8", "is an image, which holds no text: run text recognition (OCR) first"),
    (b"II*\0", "is an image, which holds no text: run text recognition (OCR) first"),
    (b"MM\0*", "is an image, which holds no text: run text recognition (OCR) first"),
    (b"7z\xBC\xAF\x27\x1C", "is a 7z archive: unpack it, or pack it as .zip or .tar.gz"),
    (b"Rar!", "is a RAR archive: unpack it, or pack it as .zip or .tar.gz"),
    (b"BZh", "is packed with bzip2: unpack it, or pack it with gzip"),
    (b"\xFD7zXZ\0", "is packed with xz: unpack it, or pack it with gzip"),
    (b"\x28\xB5\x2F\xFD", "is packed with zstd: unpack it, or pack it with gzip"),
    (b"SQLite format 3\0", "is a database: export its speeches as CSV or JSON Lines"),
    (b"ID3", "is a sound recording: ingest its transcript"),
    (b"RIFF", "is a sound or video recording, or an image: ingest its transcript"),
    (b"OggS", "is a sound recording: ingest its transcript"),
    (b"\x7FELF", "is a program"),
    (b"MZ\x90\0", "is a program"),
];

/// Endings of files of text that hold no speech.
#[rustfmt::skip]
const OTHER_ENDINGS: &[&str] = &[
    "bat", "bib", "c", "cfg", "conf", "cpp", "css", "h", "ini", "java", "js", "lock", "log", "py", "r", "rs", "sh", "sql",
    "svg", "tex", "toml", "ts", "yaml", "yml",
];

/// Tells what a file is from its first bytes and its name.
pub fn kind_of(prefix: &[u8], name: &Path) -> Kind {
    if let Some((_, reason)) = OTHER_FILES.iter().find(|(start, _)| prefix.starts_with(start)) {
        return Kind::Unreadable((*reason).to_owned());
    }
    if prefix.starts_with(b"\x1F\x8B") {
        return Kind::Archive(Archive::Gzip);
    }
    if prefix.starts_with(b"PK\x03\x04") || prefix.starts_with(b"PK\x05\x06") {
        return packed(prefix, name);
    }
    if prefix.get(257..262) == Some(b"ustar") {
        return Kind::Archive(Archive::Tar);
    }
    // A PDF may have some bytes of another program before it.
    if prefix[..prefix.len().min(1_024)]
        .windows(5)
        .any(|window| window == b"%PDF-")
    {
        return Kind::Format(InputFormat::Pdf);
    }
    if prefix.get(4..8) == Some(b"ftyp") {
        return Kind::Unreadable("is a video or sound recording: ingest its transcript".to_owned());
    }
    if prefix.starts_with(b"{\\rtf") {
        return Kind::Format(InputFormat::Rtf);
    }
    if mail::is_mailbox(prefix) {
        return Kind::Archive(Archive::Mailbox);
    }
    if mail::is_mail(prefix) {
        return Kind::Archive(Archive::Mail);
    }
    let extension = extension(name);
    if OTHER_ENDINGS.contains(&extension.as_str()) {
        let reason = format!("is no speech by its ending, `.{extension}`: --input-format text reads it all the same");
        return Kind::Unreadable(reason);
    }
    match text_format(prefix, name) {
        Ok(format) => Kind::Format(format),
        Err(reason) => Kind::Unreadable(reason),
    }
}

/// What a file that is a ZIP archive is for the user: office formats are archives too.
fn packed(prefix: &[u8], name: &Path) -> Kind {
    let holds = |part: &[u8]| prefix.windows(part.len()).any(|window| window == part);
    if holds(b"word/") || (extension(name) == "docx" && !holds(b"xl/")) {
        return Kind::Format(InputFormat::Docx);
    }
    if holds(b"mimetypeapplication/vnd.oasis.opendocument.text") {
        return Kind::Format(InputFormat::Odt);
    }
    if holds(b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet") {
        return Kind::Unreadable("is a spreadsheet: save it as CSV, one speech a row".to_owned());
    }
    if holds(b"mimetypeapplication/vnd.oasis") {
        return Kind::Unreadable("is OpenDocument, but no text: save its text as .odt or .docx".to_owned());
    }
    if holds(b"mimetypeapplication/epub") {
        return Kind::Format(InputFormat::Epub);
    }
    match extension(name).as_str() {
        "odt" | "ott" => Kind::Format(InputFormat::Odt),
        "epub" => Kind::Format(InputFormat::Epub),
        "xlsx" | "xlsm" => Kind::Unreadable("is a spreadsheet: save it as CSV, one speech a row".to_owned()),
        "pptx" => Kind::Unreadable("is a presentation: save its text as .docx".to_owned()),
        _ => Kind::Archive(Archive::Zip),
    }
}

fn extension(name: &Path) -> String {
    let extension = name.extension().unwrap_or_default();
    extension.to_string_lossy().to_ascii_lowercase()
}

/// The format of a file of text. Marks of the encoding are ASCII in all encodings but UTF-16, whose zero bytes are
/// looked over.
///
/// # Errors
/// For XML of another kind, which kind, and the way out.
fn text_format(prefix: &[u8], name: &Path) -> Result<InputFormat, String> {
    let plain: Vec<u8> = prefix.iter().copied().filter(|byte| *byte != 0).collect();
    let start = plain
        .strip_prefix(b"\xEF\xBB\xBF")
        .or_else(|| plain.strip_prefix(b"\xFF\xFE"))
        .or_else(|| plain.strip_prefix(b"\xFE\xFF"))
        .unwrap_or(&plain)
        .trim_ascii_start();
    let extension = extension(name);
    if subtitles::is_subtitles(&String::from_utf8_lossy(start)) {
        return Ok(InputFormat::Subtitles);
    }
    if start.starts_with(b"<")
        && let Some(format) = markup_format(start, &extension)?
    {
        return Ok(format);
    }
    if (start.starts_with(b"{") || start.starts_with(b"["))
        && let Some(format) = json_format(start, &extension)
    {
        return Ok(format);
    }
    Ok(match extension.as_str() {
        "jsonl" | "ndjson" => InputFormat::JsonLines,
        "json" => InputFormat::Json,
        "eml" => InputFormat::Mail,
        "srt" | "vtt" if start.windows(3).any(|window| window == b"-->") => InputFormat::Subtitles,
        "csv" | "tsv" | "tab" => InputFormat::Table,
        "htm" | "html" | "shtml" | "xhtml" | "asp" | "aspx" | "php" | "jsp" if start.contains(&b'<') => {
            InputFormat::Html
        }
        "md" | "markdown" | "mdown" => InputFormat::Markdown,
        _ if has_front_matter(start) => InputFormat::Markdown,
        _ => InputFormat::Text,
    })
}

/// The format of a text that begins with a tag; none where it is no markup.
fn markup_format(start: &[u8], extension: &str) -> Result<Option<InputFormat>, String> {
    let text = String::from_utf8_lossy(start);
    if xml::root_name(&text) == Some("document") && text.contains("urn:oasis:names:tc:opendocument") {
        return Ok(Some(InputFormat::Odt));
    }
    if proceedings::is_known(&text) {
        return Ok(Some(InputFormat::Proceedings));
    }
    let lower = start[..start.len().min(4_096)].to_ascii_lowercase();
    let holds = |part: &[u8]| lower.windows(part.len()).any(|window| window == part);
    if holds(b"<tei") || holds(b"http://www.tei-c.org/ns") || tei::is_tei(&text) {
        return Ok(Some(InputFormat::Tei));
    }
    let root = xml::root_name(&text);
    let is_of_page = root.is_some_and(|root| PAGE_ELEMENTS.contains(&root.to_ascii_lowercase().as_str()));
    // A Markdown file may begin with a heading in HTML.
    let is_markdown = matches!(extension, "md" | "markdown" | "mdown");
    if holds(b"<!doctype html") || is_of_page && (is_whole_page(&lower) || closes_elements(&text) && !is_markdown) {
        return Ok(Some(InputFormat::Html));
    }
    if root.is_none() && start.starts_with(b"<?xml") && !is_whole_page(&lower) {
        return Err(format!(
            "is XML whose root element does not stand in its first {PREFIX_BYTES} bytes: take the declarations before it out"
        ));
    }
    if let Some(root) = root.filter(|root| is_xml(start, &text, root, extension)) {
        return Err(proceedings::other_root(root));
    }
    Ok(is_whole_page(&lower).then_some(InputFormat::Html))
}

/// Whether a text holds a tag that only pages have.
fn is_whole_page(lower: &[u8]) -> bool {
    let marks: [&[u8]; 6] = [b"<!doctype html", b"<html", b"<head", b"<body", b"<meta", b"<div"];
    let holds = |part: &[u8]| lower.windows(part.len()).any(|window| window == part);
    marks.iter().any(|mark| holds(mark))
}

/// Whether a text that begins with a tag closes elements, as markup does and a sentence in angle brackets does not.
fn closes_elements(text: &str) -> bool {
    text.matches("</").count() >= 2
}

/// Whether a text is XML: it is declared so, or named so, or tag follows on tag from the root on.
fn is_xml(start: &[u8], text: &str, root: &str, extension: &str) -> bool {
    let is_name = root.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && root
            .chars()
            .all(|character| character.is_alphanumeric() || "_-.".contains(character));
    if start.starts_with(b"<?xml") {
        return true;
    }
    let begins = text.find('<').and_then(|tag| Some(tag + text[tag..].find('>')? + 1));
    let next_is_tag = begins.is_some_and(|end| text[end..].trim_start().starts_with('<'));
    is_name && (matches!(extension, "xml" | "rss" | "atom" | "rdf") || (next_is_tag && closes_elements(text)))
}

/// Elements with which a page, or a part of one, begins.
#[rustfmt::skip]
const PAGE_ELEMENTS: &[&str] = &[
    "html", "head", "body", "meta", "title", "div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "center", "font", "span",
    "article", "section", "main", "header", "nav", "aside", "footer", "ul", "ol", "dl", "blockquote", "pre", "br", "hr", "a", "b",
    "i", "em", "strong", "img", "script", "style", "link", "base", "form", "figure", "iframe", "noscript", "tbody", "tr", "td",
];

/// JSON Lines where the first line is an object and more follows it; else one JSON value, if that is what it looks like.
fn json_format(start: &[u8], extension: &str) -> Option<InputFormat> {
    if matches!(extension, "jsonl" | "ndjson") {
        return Some(InputFormat::JsonLines);
    }
    let line = start.split(|byte| *byte == b'\n').next().unwrap_or(start).trim_ascii();
    let is_object_line = line.starts_with(b"{") && serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok();
    if extension != "json" && (is_object_line || (line.starts_with(b"{\"") && line.len() + 1 >= start.len())) {
        return Some(InputFormat::JsonLines);
    }
    let looks_like_json = match start {
        [b'{', rest @ ..] => rest.trim_ascii_start().starts_with(b"\""),
        [b'[', rest @ ..] => rest.trim_ascii_start().starts_with(b"{"),
        _ => false,
    };
    let one_line_objects = is_object_line && start.trim_ascii_end().contains(&b'\n');
    match (looks_like_json || extension == "json", one_line_objects) {
        (_, true) => Some(InputFormat::JsonLines),
        (true, false) => Some(InputFormat::Json),
        (false, false) => None,
    }
}

/// Whether a text begins with a block of YAML between lines of three dashes, the first of whose lines is a field.
fn has_front_matter(start: &[u8]) -> bool {
    let mut lines = start.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    if lines.next() != Some(b"---") {
        return false;
    }
    let is_field = |line: &[u8]| line.first().is_some_and(u8::is_ascii_alphabetic) && line.contains(&b':');
    lines.next().is_some_and(is_field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, content: &[u8], format: InputFormat) {
        assert_eq!(kind_of(content, Path::new(name)), Kind::Format(format), "{name}");
    }

    #[test]
    fn content_tells_the_format_whatever_the_name() {
        check("a.txt", b"%PDF-1.7 ...", InputFormat::Pdf);
        check("a", b"<!DOCTYPE html><html><body>x", InputFormat::Html);
        check(
            "a.xml",
            b"<?xml version=\"1.0\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">",
            InputFormat::Tei,
        );
        check(
            "a",
            b"{\"id\": \"x\", \"body\": \"y\"}\n{\"id\": \"z\"}\n",
            InputFormat::JsonLines,
        );
        check("a.json", b"{\"id\": \"x\"}\n{\"id\": \"z\"}\n", InputFormat::JsonLines);
        check("a.json", b"{\n  \"id\": \"x\"\n}\n", InputFormat::Json);
        check("a", b"[ {\"id\": \"x\"} ]", InputFormat::Json);
        check("a.txt", b"---\ntitle: A\n---\nText", InputFormat::Markdown);
        check("a.docx", b"PK\x03\x04 [Content_Types].xml", InputFormat::Docx);
        check(
            "a",
            b"\xFF\xFE{\0\"\0b\0o\0d\0y\0\"\0:\0\"\0x\0\"\0}\0\n\0",
            InputFormat::JsonLines,
        );
    }

    #[test]
    fn names_decide_where_contents_look_alike() {
        check("a.csv", b"title,text\nx,y\n", InputFormat::Table);
        check("a.txt", b"title,text\nx,y\n", InputFormat::Text);
        check("a.md", b"# Title\n", InputFormat::Markdown);
        check("a", b"[applause] We meet again.", InputFormat::Text);
        check("a.txt", b"--- \n\nWe meet again.", InputFormat::Text);
        check("a.txt", b"< 1 > We meet again.", InputFormat::Text);
    }

    #[test]
    fn archives_and_files_without_text_are_known() {
        assert_eq!(kind_of(b"\x1F\x8B\x08", Path::new("a")), Kind::Archive(Archive::Gzip));
        assert_eq!(
            kind_of(b"PK\x03\x04 speeches/a.txt", Path::new("a")),
            Kind::Archive(Archive::Zip)
        );
        for (name, start) in [
            ("a.doc", &b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..]),
            ("a.png", b"\x89PNG\r\n"),
            ("a.xlsx", b"PK\x03\x04"),
            ("a.xml", b"<?xml version=\"1.0\"?><rss>"),
            ("a.css", b"p {}"),
        ] {
            assert!(matches!(kind_of(start, Path::new(name)), Kind::Unreadable(_)), "{name}");
        }
    }
}
