//! Documents of word processors, whatever their format: blocks that become a draft, and the archive in which they lie.
//!
//! Word, OpenDocument, RTF and EPUB share it, so that headings, titles and what stands beside a text are taken alike.

use roxmltree::{Document, ParsingOptions};

use crate::ingest::draft::{Aside, Draft, Layout};
use crate::text::ByteSpan;

pub(in crate::ingest) mod packed;
pub(in crate::ingest) mod properties;

/// The most elements and texts of one part.
const MOST_NODES: u32 = 10_000_000;

/// The most characters of a cell that stands in a line with the others of its row; the cells of a table that is there for
/// the layout of a page are longer.
const LONGEST_CELL_CHARS: usize = 300;

/// The most characters of a heading; what is longer is a paragraph in the wrong style.
pub(in crate::ingest) const LONGEST_HEADING_CHARS: usize = 300;

/// A paragraph or a row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::ingest) struct Block {
    /// The text; the lines of a paragraph are divided where its author divided them.
    pub(in crate::ingest) text: String,
    pub(in crate::ingest) is_heading: bool,
    pub(in crate::ingest) is_title: bool,
    /// Whether it is no part of the text: a line of a table of contents, hidden text.
    pub(in crate::ingest) is_aside: bool,
    /// Whether its end was deleted, so that the next paragraph goes on with it.
    pub(in crate::ingest) joins_next: bool,
}

/// The blocks as a text, a line each; none where there is no text.
pub(in crate::ingest) fn draft(blocks: &[Block]) -> Option<Draft> {
    let mut text = String::new();
    let mut headings = Vec::new();
    let mut title: Option<ByteSpan> = None;
    let mut asides = Vec::new();
    for block in blocks {
        if block.is_aside {
            asides.extend(Aside::together(block.text.lines(), text.len()));
            continue;
        }
        // The title, over several blocks perhaps, or the heading that the text begins with.
        let is_at_start = title.is_none_or(|title| title.end == text.len());
        let begins = (text.is_empty() && block.is_heading) || (block.is_title && title.is_some() && is_at_start);
        for line in block.text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if !text.is_empty() {
                text.push('\n');
            }
            let start = text.len();
            text.push_str(line);
            if block.is_heading {
                headings.push(ByteSpan::new(start, text.len()));
            }
            if begins {
                title = Some(ByteSpan::new(0, text.len()));
            }
        }
    }
    (!text.is_empty()).then(|| Draft {
        asides,
        ..Draft::new(text, Layout::Blocks { headings, title })
    })
}

/// Reads the XML of a part; `what` names the document in the reason of a fault.
///
/// # Errors
/// In plain words, that the document is damaged and where.
pub(in crate::ingest) fn parse<'a>(xml: &'a str, what: &str) -> Result<Document<'a>, String> {
    let options = ParsingOptions {
        nodes_limit: MOST_NODES,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(xml, options).map_err(|fault| format!("is a damaged {what}: {fault}"))
}

/// Suggests the title that a style marks among the blocks.
pub(in crate::ingest) fn suggest_title(draft: &mut Draft, blocks: &[Block]) {
    if let Some(title) = blocks.iter().find(|block| block.is_title && !block.text.is_empty()) {
        properties::set_title(&mut draft.suggested, &title.text);
    }
}

/// Adds a row of a table, whose cells come to `texts`: a line, or one after another the blocks of its cells where it has one cell, or
/// cells as long as paragraphs.
pub(in crate::ingest) fn add_row(blocks: &mut Vec<Block>, cells: Vec<Vec<Block>>, texts: &[String]) {
    let is_short = |text: &String| text.chars().nth(LONGEST_CELL_CHARS).is_none();
    if texts.len() > 1 && texts.iter().all(is_short) {
        blocks.push(Block {
            text: texts.join(" | "),
            ..Block::default()
        });
    } else {
        blocks.extend(cells.into_iter().flatten());
    }
}
