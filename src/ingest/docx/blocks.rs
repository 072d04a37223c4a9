//! The body of a document as blocks: paragraphs, and rows of tables as a line each.

use roxmltree::Node;

use super::numbering::{ListPlace, Numbering};
use super::styles::{Role, Styles};
use super::{Notes, at, attribute, child, is_on, name, value};
use crate::ingest::editorial;
use crate::ingest::office::{self, Block, LONGEST_HEADING_CHARS};

/// The depth of elements below which nothing is read.
const DEEPEST: usize = 120;

/// Reads blocks.
pub(super) struct Reader<'a> {
    styles: &'a Styles,
    numbering: Numbering,
    /// The texts of footnotes and endnotes by kind and identifier.
    notes: Notes,
    /// For each field that is open, whether its instruction is being read, not its result.
    fields: Vec<bool>,
}

/// The text of a paragraph under way.
#[derive(Default)]
struct Line {
    text: String,
    notes: Vec<String>,
    boxes: Vec<Block>,
    /// What is hidden, or stands over a word to say how it is read.
    apart: String,
}

impl<'a> Reader<'a> {
    pub(super) fn new(styles: &'a Styles, numbering: Numbering) -> Self {
        Self {
            styles,
            numbering,
            notes: Notes::new(),
            fields: Vec::new(),
        }
    }

    /// Reads the notes of a part; those that only draw the line above notes have a type.
    pub(super) fn read_notes(&mut self, root: Node, kind: &str) {
        for node in root
            .children()
            .filter(|node| name(*node) == kind && attribute(*node, "type").is_none_or(|of| of == "normal"))
        {
            let Some(id) = attribute(node, "id") else {
                continue;
            };
            let blocks = self.blocks(node, 0);
            let words: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
            self.notes.insert(format!("{kind} {id}"), words.join(" "));
        }
    }

    /// The lines of a part that stands beside the document, such as the head of its pages.
    pub(super) fn read_aside(&mut self, root: Node) -> Vec<String> {
        let blocks = self.blocks(root, 0);
        blocks.into_iter().map(|block| block.text).collect()
    }

    /// The blocks of the document.
    pub(super) fn read_body(&mut self, root: Node) -> Vec<Block> {
        self.blocks(root, 0)
    }

    /// The blocks in an element.
    fn blocks(&mut self, node: Node, depth: usize) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        if depth > DEEPEST {
            return blocks;
        }
        for child in node.children() {
            let more = match name(child) {
                "" | "del" | "moveFrom" | "Fallback" | "sectPr" | "sdtPr" | "pPr" | "rPr" => continue,
                "sdt" if is_contents(child) => {
                    let inside = self.blocks(child, depth + 1);
                    inside.into_iter().map(aside).collect()
                }
                "p" => self.paragraph(child, depth + 1),
                "tbl" => self.table(child, depth + 1),
                _ => self.blocks(child, depth + 1),
            };
            for block in more {
                match blocks.last_mut() {
                    Some(last) if last.joins_next && !block.is_aside => {
                        last.text.push_str(&block.text);
                        last.joins_next = block.joins_next;
                    }
                    _ => blocks.push(block),
                }
            }
        }
        blocks
    }

    /// A paragraph, and behind it what stands in its text boxes.
    fn paragraph(&mut self, node: Node, depth: usize) -> Vec<Block> {
        let properties = child(node, "pPr");
        let role = self.styles.role(properties);
        let mut line = Line::default();
        self.inline(node, depth, &mut line);
        // An instruction ends with its paragraph, whatever is missing behind it.
        self.fields.retain(|is_instruction| !is_instruction);
        let text = self.number(properties, &line.text) + &line.text;
        let is_contents = role == Role::Contents;
        let is_heading = role != Role::Text && !is_contents && text.chars().nth(LONGEST_HEADING_CHARS).is_none();
        let mut blocks = vec![Block {
            text: if is_heading {
                heading_line(&text)
            } else {
                with_notes(&text, &line.notes)
            },
            is_heading,
            is_title: is_heading && role == Role::Title,
            is_aside: is_contents,
            joins_next: properties
                .and_then(|node| child(node, "rPr"))
                .is_some_and(|mark| is_on(mark, "del")),
        }];
        // A note in a heading would become a part of the title.
        let notes = if is_heading { line.notes } else { Vec::new() };
        blocks.extend(notes.into_iter().map(|text| Block {
            text,
            ..Block::default()
        }));
        blocks.extend(line.boxes);
        if !line.apart.is_empty() {
            blocks.push(aside(Block {
                text: line.apart,
                ..Block::default()
            }));
        }
        blocks
    }

    /// The number or mark that the list of a paragraph puts before it; empty where there is nothing to number.
    fn number(&mut self, properties: Option<Node>, text: &str) -> String {
        let place = properties
            .and_then(ListPlace::read)
            .or_else(|| self.styles.list(properties));
        match place {
            Some(place) if !text.trim().is_empty() => self.numbering.next(&place),
            _ => String::new(),
        }
    }

    fn inline(&mut self, node: Node, depth: usize, line: &mut Line) {
        if depth > DEEPEST {
            return;
        }
        for child in node.children() {
            match name(child) {
                "" | "pPr" | "rPr" | "sdtPr" | "del" | "moveFrom" | "Fallback" | "instrText" | "delText" => {}
                "r" | "rt" if is_hidden(child) || name(child) == "rt" => {
                    let mut hidden = Line::default();
                    self.inline(child, depth + 1, &mut hidden);
                    line.apart.push_str(&hidden.text);
                }
                "fldChar" => self.field(child),
                "txbxContent" => {
                    let blocks = self.blocks(child, depth + 1);
                    line.boxes.extend(blocks);
                }
                _ if self.fields.contains(&true) => self.inline(child, depth + 1, line),
                "t" => line
                    .text
                    .extend(child.text().into_iter().flat_map(|text| text.chars().map(one_line))),
                "tab" | "ptab" => line.text.push('\t'),
                "br" | "cr" => line.text.push('\n'),
                "noBreakHyphen" => line.text.push('-'),
                kind @ ("footnoteReference" | "endnoteReference") => self.note(child, kind, line),
                _ => self.inline(child, depth + 1, line),
            }
        }
    }

    fn field(&mut self, node: Node) {
        match attribute(node, "fldCharType") {
            Some("begin") => self.fields.push(true),
            Some("separate") => {
                if let Some(is_instruction) = self.fields.last_mut() {
                    *is_instruction = false;
                }
            }
            Some("end") => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    /// Remembers a note for the place at which its mark stands.
    fn note(&mut self, node: Node, reference: &str, line: &mut Line) {
        let kind = reference.trim_end_matches("Reference");
        let id = attribute(node, "id").unwrap_or_default();
        let Some(words) = self.notes.get(&format!("{kind} {id}")) else {
            return;
        };
        let marked = editorial::note(words);
        if !marked.is_empty() {
            line.text.push(NOTE_PLACE);
            line.notes.push(marked);
        }
    }

    /// The rows of a table: a line each, the cells divided by ` | `. Where a row has one cell, or cells as long as paragraphs,
    /// the paragraphs of its cells follow one another.
    fn table(&mut self, node: Node, depth: usize) -> Vec<Block> {
        let mut blocks = Vec::new();
        for row in rows(node) {
            let mut cells: Vec<Vec<Block>> = Vec::new();
            let mut asides: Vec<Block> = Vec::new();
            for cell in row
                .descendants()
                .filter(|cell| name(*cell) == "tc" && belongs_to(*cell, row))
            {
                let all = self.blocks(cell, depth + 1);
                let (apart, inside): (Vec<Block>, Vec<Block>) = all.into_iter().partition(|block| block.is_aside);
                asides.extend(apart);
                if inside.iter().any(|block| !block.text.trim().is_empty()) {
                    cells.push(inside);
                }
            }
            let texts: Vec<String> = cells.iter().map(|cell| cell_text(cell)).collect();
            office::add_row(&mut blocks, cells, &texts);
            blocks.extend(asides);
        }
        blocks
    }
}

/// A block as one that is no part of the text.
fn aside(block: Block) -> Block {
    Block {
        is_aside: true,
        is_heading: false,
        is_title: false,
        joins_next: false,
        ..block
    }
}

/// Stands for a note until the kind of its paragraph is known; no text of XML holds it.
const NOTE_PLACE: char = '\u{1}';

/// A text with its notes in their places.
fn with_notes(text: &str, notes: &[String]) -> String {
    let mut parts = text.split(NOTE_PLACE);
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for (index, part) in parts.enumerate() {
        whole.push_str(notes.get(index).map_or("", String::as_str));
        whole.push_str(part);
    }
    whole
}

/// The text of a heading in one line, without its notes.
fn heading_line(text: &str) -> String {
    let words = text.split(|character: char| character.is_whitespace() || character == NOTE_PLACE);
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn one_line(character: char) -> char {
    if matches!(character, '\n' | '\r') {
        ' '
    } else {
        character
    }
}

fn cell_text(cell: &[Block]) -> String {
    let words = cell.iter().flat_map(|block| block.text.split_whitespace());
    words.collect::<Vec<_>>().join(" ")
}

/// The rows of a table that were not deleted.
fn rows<'a, 'input>(table: Node<'a, 'input>) -> impl Iterator<Item = Node<'a, 'input>> {
    let is_kept = |row: &Node| child(*row, "trPr").is_none_or(|properties| child(properties, "del").is_none());
    table
        .descendants()
        .filter(move |row| name(*row) == "tr" && belongs_to(*row, table))
        .filter(is_kept)
}

/// Whether an element belongs to a table or row itself, not to a table inside of it.
fn belongs_to(node: Node, owner: Node) -> bool {
    let mut inner = node.ancestors().skip(1).take_while(|ancestor| *ancestor != owner);
    !inner.any(|ancestor| matches!(name(ancestor), "tbl" | "tc"))
}

/// Whether a run is hidden.
fn is_hidden(run: Node) -> bool {
    child(run, "rPr").is_some_and(|properties| is_on(properties, "vanish"))
}

/// Whether a frame holds the table of contents.
fn is_contents(frame: Node) -> bool {
    let gallery = at(frame, &["sdtPr", "docPartObj"]).and_then(|part| value(part, "docPartGallery"));
    gallery == Some("Table of Contents")
}
