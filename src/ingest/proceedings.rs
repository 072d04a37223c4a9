//! Minutes of parliaments in the markup of their publishers: Akoma Ntoso, the protocols of the German Bundestag, the Hansard of
//! the United Kingdom as its archive and TheyWorkForYou keep it, and the minutes of the Japanese Diet.
//!
//! A sitting is one speech whose paragraphs have speakers of their own, as in TEI: each schema says what its elements are
//! (`minutes::Schema`), and one reader makes turns, sections and notes of all of them.

use roxmltree::Node;

use crate::ingest::draft::Draft;
use crate::ingest::xml::markup::name;
use crate::ingest::xml::{parse, root_name};

mod akoma;
mod bundestag;
pub(in crate::ingest) mod diet;
mod hansard;
mod label;
mod minutes;
mod publicwhip;

/// What the schemas are called where a file of another kind is refused.
pub const READ_KINDS: &str =
    "TEI, Akoma Ntoso, protocols of the Bundestag, Hansard, publicwhip, minutes of the Diet and web pages";

/// A schema in which minutes are published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Published {
    AkomaNtoso,
    Bundestag,
    Hansard,
    PublicWhip,
    Diet,
}

/// The schema that a root element, or the first element below a root with a name that says little, belongs to.
fn schema_of(root: &str, first_child: Option<&str>) -> Option<Published> {
    match root {
        "akomaNtoso" => Some(Published::AkomaNtoso),
        "dbtplenarprotokoll" => Some(Published::Bundestag),
        "hansard" => Some(Published::Hansard),
        "publicwhip" => Some(Published::PublicWhip),
        root if hansard::is_sitting(root) => Some(Published::Hansard),
        "data" if first_child.is_some_and(diet::is_of_answer) => Some(Published::Diet),
        "records" | "record" | "meetingRecord" | "speechRecord" => Some(Published::Diet),
        _ => None,
    }
}

/// Whether a text is minutes that can be read, by its root element; only its beginning is needed.
pub fn is_known(xml: &str) -> bool {
    let Some(root) = root_name(xml) else {
        return false;
    };
    let first_child = first_child_name(xml, root);
    match schema_of(root, first_child) {
        // Other programs write records too.
        Some(Published::Diet) => ["<speechRecord", "<meetingRecord", "<nameOfHouse", "<numberOfRecords"]
            .iter()
            .any(|mark| xml.contains(mark)),
        Some(_) => true,
        None => false,
    }
}

/// The name of the first element in the root, found without reading the document.
fn first_child_name<'a>(xml: &'a str, root: &str) -> Option<&'a str> {
    let start = xml.find(&format!("<{root}"))?;
    let inside = &xml[start + xml[start..].find('>')? + 1..];
    root_name(inside)
}

/// Reads the sittings of a document.
///
/// # Errors
/// In plain words, why the text is no XML or holds no minutes.
pub fn read(xml: &str) -> Result<Vec<Draft>, String> {
    let document = parse(xml)?;
    let root = document.root_element();
    let first_child = root.children().find(Node::is_element).map(name);
    let drafts = match schema_of(name(root), first_child) {
        Some(Published::AkomaNtoso) => akoma::read(root)?,
        Some(Published::Bundestag) => bundestag::read(root),
        Some(Published::Hansard) => hansard::read(root),
        Some(Published::PublicWhip) => publicwhip::read(root),
        Some(Published::Diet) => diet::read(root),
        None => return Err(other_root(name(root))),
    };
    match drafts.is_empty() {
        true => Err(format!(
            "is XML with the root element <{}>, but holds no words of a sitting",
            name(root)
        )),
        false => Ok(drafts),
    }
}

/// Why XML with a root element that no reader knows is refused, and the way out.
pub(in crate::ingest) fn other_root(root: &str) -> String {
    format!(
        "is XML with the root element <{root}>; read are {READ_KINDS}: convert it to one of them, or to a table or JSON with a speech a record"
    )
}

#[cfg(test)]
mod tests;
