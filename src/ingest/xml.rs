//! XML, whatever is marked up with it: parsing within limits, looking into elements, and putting paragraphs together.
//!
//! TEI and the schemas of parliaments share this room, so a turn, a heading and a note are written alike from all of them.

pub(in crate::ingest) mod markup;
pub(in crate::ingest) mod speakers;
pub(in crate::ingest) mod writer;

use roxmltree::{Document, Error, ParsingOptions};

/// The most elements and texts of a document: a sitting of a day with every word marked up has about a tenth of that.
const MOST_NODES: u32 = 20_000_000;

/// The most bytes that the entities of a document may become.
const MOST_ENTITY_BYTES: usize = 100_000_000;

/// The name of the root element without its prefix, found without reading the document.
pub(in crate::ingest) fn root_name(xml: &str) -> Option<&str> {
    let mut rest = xml.trim_start_matches('\u{FEFF}').trim_start();
    loop {
        let end = if rest.starts_with("<?") {
            rest.find("?>")? + 2
        } else if rest.starts_with("<!--") {
            rest.find("-->")? + 3
        } else if rest.starts_with("<!") {
            end_of_declaration(rest)?
        } else {
            break;
        };
        rest = rest[end..].trim_start();
    }
    let tag = rest.strip_prefix('<')?;
    let end = tag.find(|character: char| character.is_whitespace() || "/>".contains(character))?;
    tag[..end].rsplit(':').next()
}

/// The byte after a document type declaration, whose own declarations stand between square brackets.
fn end_of_declaration(xml: &str) -> Option<usize> {
    let close = xml.find('>')?;
    match xml.find('[') {
        Some(open) if open < close => xml.find("]>").map(|end| end + 2),
        _ => Some(close + 1),
    }
}

/// Reads XML, within limits on what entities may become.
pub(in crate::ingest) fn parse(xml: &str) -> Result<Document<'_>, String> {
    if let Some(declarations) = xml.find("<!ENTITY") {
        let end = xml[declarations..].find("]>").unwrap_or(xml.len() - declarations);
        let references = xml.bytes().filter(|byte| *byte == b'&').count();
        if end.saturating_mul(references) > MOST_ENTITY_BYTES {
            return Err("declares entities that could become more than 100 MB: resolve them first".to_owned());
        }
    }
    let options = ParsingOptions {
        allow_dtd: true,
        nodes_limit: MOST_NODES,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(xml, options).map_err(|fault| match fault {
        Error::UnknownEntityReference(entity, place) => format!(
            "line {}: the entity `&{entity};` is not defined in the file: resolve it first, for example with xmllint --noent",
            place.row
        ),
        Error::UnclosedRootNode | Error::UnexpectedEndOfStream => {
            format!("is not well-formed XML: it is cut off, for line {} is its last and its root element is not closed; fetch it again", xml.lines().count())
        }
        fault => format!("is not well-formed XML: {fault}"),
    })
}
