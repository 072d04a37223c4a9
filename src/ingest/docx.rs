//! Word documents (.docx): a ZIP archive of XML parts, of which the text, the styles, the notes, the numbering and the
//! properties are read.
//!
//! Every paragraph is a block; headings are told by their styles or outline levels. What was deleted with changes tracked,
//! comments, hidden text, tables of contents and page headers are left out.

mod blocks;
mod numbering;
mod package;
mod styles;

use std::collections::HashMap;

use roxmltree::{Document, Node};

use crate::ingest::draft::{Aside, Draft};
use crate::ingest::office::{self, properties};
use blocks::Reader;
use numbering::Numbering;
use package::{Package, Part};
use styles::Styles;

/// Reads a document.
///
/// # Errors
/// In plain words, why the bytes are no Word document that can be read, and the way out: another kind of file, an encrypted
/// one, a damaged one, one that holds no text or becomes too large.
pub fn read(bytes: &[u8]) -> Result<Draft, String> {
    let mut package = Package::open(bytes)?;
    let body = package.document()?;
    let styles = package
        .part(Part::Styles)?
        .map_or(Ok(Styles::default()), |xml| parse(&xml).map(|part| Styles::read(&part)))?;
    let numbering = package.part(Part::Numbering)?.map_or(Ok(Numbering::default()), |xml| {
        parse(&xml).map(|part| Numbering::read(&part))
    })?;
    let mut reader = Reader::new(&styles, numbering);
    for (part, name) in [(Part::Footnotes, "footnote"), (Part::Endnotes, "endnote")] {
        if let Some(xml) = package.part(part)? {
            let document = parse(&xml)?;
            reader.read_notes(document.root_element(), name);
        }
    }
    let document = parse(&body)?;
    let blocks = reader.read_body(document.root_element());
    let mut draft = office::draft(&blocks).ok_or("holds no text: if its pages are pictures, save a text version")?;
    for (kind, at) in [("/header", 0), ("/footer", draft.text.len())] {
        for xml in package.parts(kind)? {
            let lines = reader.read_aside(parse(&xml)?.root_element());
            draft.asides.extend(Aside::together(lines, at));
        }
    }
    draft.asides.sort_by_key(|aside| aside.at);
    if let Some(xml) = package.part(Part::Properties)? {
        properties::read(&parse(&xml)?, &mut draft.suggested);
    }
    office::suggest_title(&mut draft, &blocks);
    Ok(draft)
}

fn parse(xml: &str) -> Result<Document<'_>, String> {
    office::parse(xml, "Word document")
}

/// The local name of an element; empty for anything else. Namespaces differ between the editions of the format.
fn name<'a>(node: Node<'a, '_>) -> &'a str {
    if node.is_element() { node.tag_name().name() } else { "" }
}

/// The first child element of a name.
fn child<'a, 'input>(node: Node<'a, 'input>, wanted: &str) -> Option<Node<'a, 'input>> {
    node.children().find(|child| name(*child) == wanted)
}

/// The element that child elements of these names lead to.
fn at<'a, 'input>(node: Node<'a, 'input>, path: &[&str]) -> Option<Node<'a, 'input>> {
    path.iter().try_fold(node, |node, wanted| child(node, wanted))
}

/// An attribute by its local name.
fn attribute<'a>(node: Node<'a, '_>, wanted: &str) -> Option<&'a str> {
    node.attributes()
        .find(|attribute| attribute.name() == wanted)
        .map(|attribute| attribute.value())
}

/// The attribute `val` of the child of a name.
fn value<'a>(node: Node<'a, '_>, wanted: &str) -> Option<&'a str> {
    attribute(child(node, wanted)?, "val")
}

/// Whether a property that is on by standing there is on.
fn is_on(node: Node, wanted: &str) -> bool {
    child(node, wanted)
        .is_some_and(|property| !matches!(attribute(property, "val"), Some("0" | "false" | "off" | "none")))
}

/// Texts by their identifiers.
type Notes = HashMap<String, String>;
