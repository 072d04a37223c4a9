//! OpenDocument texts (.odt, .fodt): the paragraphs, headings, lists and tables of the body, notes where they are called, heads
//! and feet of pages apart, and what the properties suggest.
//!
//! What was deleted with changes tracked and comments are left out, as in a Word document; the table of contents is set apart.

use std::collections::HashMap;

use roxmltree::{Document, Node};

use crate::ingest::draft::{Aside, Draft};
use crate::ingest::editorial;
use crate::ingest::office::packed::Packed;
use crate::ingest::office::{self, Block, LONGEST_HEADING_CHARS, properties};
use crate::ingest::xml::markup::{at, child, name};

/// The depth of elements below which nothing is read.
const DEEPEST: usize = 120;

/// The most spaces that one element stands for.
const MOST_SPACES: usize = 100;

/// Reads a document: an archive, or all of it in one file of XML.
///
/// # Errors
/// In plain words, why the bytes are no OpenDocument text that can be read.
pub fn read(bytes: &[u8]) -> Result<Draft, String> {
    if !bytes.starts_with(b"PK") {
        let xml = std::str::from_utf8(bytes).map_err(|_| "is no OpenDocument text: it is not UTF-8".to_owned())?;
        let document = parse(xml.trim_start_matches('\u{FEFF}'))?;
        let root = document.root_element();
        return whole(root, Some(root), Some(&document));
    }
    let mut packed = Packed::open(bytes, "an OpenDocument text")?;
    if packed.holds("META-INF/manifest.xml")
        && packed
            .read("META-INF/manifest.xml")?
            .is_some_and(|manifest| manifest.contains("encryption-data"))
    {
        return Err("is protected by a password: save it without one".to_owned());
    }
    let content = packed
        .read("content.xml")?
        .ok_or("is no OpenDocument text: the archive holds no content.xml")?;
    let (styles, meta) = (packed.read("styles.xml")?, packed.read("meta.xml")?);
    let styles = styles.as_deref().map(parse).transpose()?;
    let meta = meta.as_deref().map(parse).transpose()?;
    let content = parse(&content)?;
    whole(
        content.root_element(),
        styles.as_ref().map(Document::root_element),
        meta.as_ref(),
    )
}

fn whole(content: Node, styles: Option<Node>, meta: Option<&Document>) -> Result<Draft, String> {
    let Some(text) = at(content, &["body", "text"]) else {
        let kind = child(content, "body").and_then(|body| body.children().find(Node::is_element));
        let kind = kind.map_or("", name);
        return Err(format!(
            "is OpenDocument, but no text: its body is a <{kind}>; save it as text or as a table"
        ));
    };
    let mut reader = Reader {
        parents: HashMap::new(),
        paragraph_notes: Vec::new(),
    };
    for part in [Some(content), styles].into_iter().flatten() {
        reader.read_styles(part);
    }
    let blocks = reader.blocks(text, 0);
    let mut draft = office::draft(&blocks).ok_or("holds no text: if its pages are pictures, save a text version")?;
    for master in styles.into_iter().flat_map(|styles| styles.descendants()) {
        let at = match name(master) {
            "header" | "header-left" | "header-first" => 0,
            "footer" | "footer-left" | "footer-first" => draft.text.len(),
            _ => continue,
        };
        let lines = reader.blocks(master, 0).into_iter().map(|block| block.text);
        draft.asides.extend(Aside::together(lines, at));
    }
    draft.asides.sort_by_key(|aside| aside.at);
    if let Some(meta) = meta {
        properties::read(meta, &mut draft.suggested);
    }
    office::suggest_title(&mut draft, &blocks);
    Ok(draft)
}

fn parse(xml: &str) -> Result<Document<'_>, String> {
    office::parse(xml, "OpenDocument text")
}

struct Reader {
    /// The style on which each style stands, by name.
    parents: HashMap<String, String>,
    /// Text boxes of the paragraph under way.
    paragraph_notes: Vec<Block>,
}

impl Reader {
    fn read_styles(&mut self, part: Node) {
        for style in part.descendants().filter(|node| name(*node) == "style") {
            let pair = attribute(style, "name").zip(attribute(style, "parent-style-name"));
            if let Some((name, parent)) = pair {
                self.parents.insert(name.to_owned(), parent.to_owned());
            }
        }
    }

    /// Whether a paragraph is in a style of a name, or in one that stands on it.
    fn is_in_style(&self, paragraph: Node, wanted: &[&str]) -> bool {
        let mut style = attribute(paragraph, "style-name");
        // Styles stand on a few others at most; a circle of them ends here.
        for _ in 0..16 {
            let Some(own) = style else { return false };
            let plain = own.replace("_20_", " ");
            let plain = plain.trim_end_matches(|character: char| character.is_ascii_digit() || character == ' ');
            if wanted.contains(&plain) {
                return true;
            }
            style = self.parents.get(own).map(String::as_str);
        }
        false
    }

    /// The blocks in an element.
    fn blocks(&mut self, node: Node, depth: usize) -> Vec<Block> {
        let mut blocks = Vec::new();
        if depth > DEEPEST {
            return blocks;
        }
        for child in node.children() {
            match name(child) {
                "" | "tracked-changes" | "sequence-decls" | "forms" | "annotation" | "annotation-end"
                | "variable-decls" | "user-field-decls" => {}
                "table-of-content" | "alphabetical-index" | "illustration-index" | "table-index" | "user-index"
                | "object-index" => {
                    let contents = self.blocks(child, depth + 1);
                    blocks.extend(contents.into_iter().map(aside));
                }
                "p" | "h" => {
                    blocks.push(self.paragraph(child, depth + 1));
                    blocks.append(&mut self.paragraph_notes);
                }
                "table" => blocks.extend(self.table(child, depth + 1)),
                _ => blocks.extend(self.blocks(child, depth + 1)),
            }
        }
        blocks
    }

    fn paragraph(&mut self, node: Node, depth: usize) -> Block {
        let is_title = self.is_in_style(node, &["Title"]);
        let is_styled = is_title || name(node) == "h" || self.is_in_style(node, &["Heading", "Subtitle"]);
        let mut text = String::new();
        let mut notes = Vec::new();
        self.inline(node, depth, &mut text, &mut notes);
        let is_heading = is_styled && text.chars().nth(LONGEST_HEADING_CHARS).is_none() && !text.trim().is_empty();
        if is_heading {
            text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        // A note in a heading would become a part of the title.
        let (inside, behind): (Vec<_>, Vec<_>) = notes.into_iter().partition(|_| !is_heading);
        for (at, note) in inside.into_iter().rev() {
            text.insert_str(at, &note);
        }
        self.paragraph_notes.extend(behind.into_iter().map(|(_, text)| Block {
            text,
            ..Block::default()
        }));
        Block {
            text,
            is_heading,
            is_title: is_heading && is_title,
            ..Block::default()
        }
    }

    /// Reads what stands in a paragraph; notes are kept with the byte at which they are called.
    fn inline(&mut self, node: Node, depth: usize, text: &mut String, notes: &mut Vec<(usize, String)>) {
        if depth > DEEPEST {
            return;
        }
        for child in node.children() {
            match name(child) {
                "" => push(text, child.text().unwrap_or_default()),
                "s" => {
                    let count = attribute(child, "c").and_then(|count| count.parse().ok()).unwrap_or(1);
                    text.extend(std::iter::repeat_n(' ', count.min(MOST_SPACES)));
                }
                "tab" => text.push('\t'),
                "line-break" => text.push('\n'),
                "note" => {
                    let body = self::child(child, "note-body").map(|body| self.words(body, depth + 1));
                    let marked = editorial::note(&body.unwrap_or_default());
                    notes.push((text.len(), marked));
                }
                "annotation" | "annotation-end" | "ruby-text" | "change" | "change-start" | "change-end" | "title"
                | "desc" => {}
                "text-box" => {
                    let blocks = self.blocks(child, depth + 1);
                    self.paragraph_notes.extend(blocks);
                }
                _ => self.inline(child, depth + 1, text, notes),
            }
        }
    }

    /// The words of a part, its paragraphs in one line.
    fn words(&mut self, node: Node, depth: usize) -> String {
        let blocks = self.blocks(node, depth);
        let texts: Vec<String> = blocks.into_iter().map(|block| block.text).collect();
        texts.join(" ")
    }

    /// The rows of a table: a line each, the cells divided by ` | `; where a row has one cell, or cells as long as paragraphs,
    /// the paragraphs of its cells follow one another.
    fn table(&mut self, node: Node, depth: usize) -> Vec<Block> {
        let mut blocks = Vec::new();
        let rows = node
            .descendants()
            .filter(|row| name(*row) == "table-row" && nearest(*row, "table") == Some(node));
        for row in rows {
            let cells = row
                .children()
                .filter(|cell| matches!(name(*cell), "table-cell" | "covered-table-cell"));
            let mut inside: Vec<Vec<Block>> = Vec::new();
            for cell in cells {
                let cell = self.blocks(cell, depth + 1);
                if cell.iter().any(|block| !block.text.trim().is_empty()) {
                    inside.push(cell);
                }
            }
            let texts: Vec<String> = inside
                .iter()
                .map(|cell| {
                    let words = cell.iter().flat_map(|block| block.text.split_whitespace());
                    words.collect::<Vec<_>>().join(" ")
                })
                .collect();
            office::add_row(&mut blocks, inside, &texts);
        }
        blocks
    }
}

/// White space of the markup is one space.
fn push(text: &mut String, words: &str) {
    for character in words.chars() {
        if !matches!(character, ' ' | '\n' | '\r' | '\t') {
            text.push(character);
        } else if !text.ends_with([' ', '\n', '\t']) {
            text.push(' ');
        }
    }
}

fn aside(block: Block) -> Block {
    Block {
        is_aside: true,
        is_heading: false,
        is_title: false,
        ..block
    }
}

fn nearest<'a, 'input>(node: Node<'a, 'input>, wanted: &str) -> Option<Node<'a, 'input>> {
    node.ancestors().skip(1).find(|outer| name(*outer) == wanted)
}

/// An attribute by its local name.
fn attribute<'a>(node: Node<'a, '_>, wanted: &str) -> Option<&'a str> {
    let found = node.attributes().find(|attribute| attribute.name() == wanted);
    found.map(|attribute| attribute.value())
}
