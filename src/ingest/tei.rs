//! TEI documents, those of the ParlaMint corpora among them: the header to metadata, utterances and paragraphs with their
//! speakers to the text, notes of the clerks and editors kept apart from what was said.
//!
//! A sitting is one speech whose paragraphs have speakers of their own. Who the speakers are stands in other files of the same
//! corpus: a root (`teiCorpus`), lists of persons and of organizations. Those hold no speech; they make a [`Corpus`].

mod body;
mod corpora;
mod corpus;
mod header;

pub use corpora::{Corpora, is_corpus_file};
pub use corpus::Corpus;

use roxmltree::Node;

use crate::ingest::draft::{Draft, Layout};
use crate::ingest::xml::markup::{child, name};
use crate::ingest::xml::{parse, root_name};
use crate::text::ByteSpan;

/// Whether the text is a TEI document, or a file that TEI documents are read with, by its root element.
pub fn is_tei(xml: &str) -> bool {
    root_name(xml).is_some_and(|root| matches!(root, "TEI" | "TEI.2") || is_of_corpus(root))
}

/// Whether the text is a file that says who speaks in other files and holds no speech itself: the root of a corpus that
/// includes its documents, or a list of persons, organizations or terms.
pub fn is_corpus_root(xml: &str) -> bool {
    root_name(xml).is_some_and(|root| is_of_corpus(root) && (root != "teiCorpus" || !holds_documents(xml)))
}

/// Reads what a root file or a list says of persons and organizations.
///
/// # Errors
/// In plain words, why the text is no XML.
pub fn read_corpus(xml: &str) -> Result<Corpus, String> {
    let document = parse(xml)?;
    Ok(Corpus::read(document.root_element()))
}

/// Reads the speeches of a document: one, or as many as a `teiCorpus` holds in itself. The corpus says who the speakers
/// are; what the document itself says of them goes first.
///
/// # Errors
/// In plain words, why the text is no XML or holds no speech.
pub fn read(xml: &str, corpus: Option<&Corpus>) -> Result<Vec<Draft>, String> {
    let document = parse(xml)?;
    let root = document.root_element();
    let documents: Vec<Node> = root.descendants().filter(|node| is_document(*node)).collect();
    if documents.is_empty() {
        return Err(
            "holds no TEI document: its root element is neither `TEI` nor a `teiCorpus` that holds one".to_owned(),
        );
    }
    let mut known = Corpus::read(root);
    if let Some(corpus) = corpus {
        known.merge(corpus);
    }
    let drafts: Vec<Draft> = documents.into_iter().filter_map(|tei| draft(tei, &known)).collect();
    if drafts.is_empty() {
        return Err("holds no text in its `text` element".to_owned());
    }
    Ok(drafts)
}

/// A document as a draft; none where it has no text.
fn draft(tei: Node, corpus: &Corpus) -> Option<Draft> {
    let text = child(tei, "text")?;
    let heading = header::read(tei, corpus);
    let said = body::read(text, &heading.occasion, corpus);
    if said.paragraphs.is_empty() {
        return None;
    }
    let mut draft = Draft::new(said.text, Layout::Body { headings: None });
    draft.id = heading.id;
    draft.stated = heading.stated;
    draft.asides = said.asides;
    let stated = draft.stated.fields();
    draft.quoted = stated
        .map(|(field, value)| (field.name().to_owned(), value.to_owned()))
        .collect();
    draft.suggested = heading.suggested;
    header::name_speakers(&mut draft, &said.speakers, &heading.occasion, corpus);
    let unknown = said.speakers.iter().filter(|id| !corpus.knows(id)).count();
    if unknown > 0 {
        draft.warnings.push(format!(
            "{unknown} of {} speakers are in no list of persons: their identifiers stand for their names",
            said.speakers.len()
        ));
    }
    draft.layout = Layout::Marked {
        body: ByteSpan::new(0, draft.text.len()),
        paragraphs: said.paragraphs,
    };
    Some(draft)
}

fn is_document(node: Node) -> bool {
    matches!(name(node), "TEI" | "TEI.2")
}

fn is_of_corpus(root: &str) -> bool {
    matches!(root, "teiCorpus" | "listPerson" | "listOrg" | "taxonomy")
}

/// Whether a document stands in the text of a corpus, not only a reference to its file.
fn holds_documents(xml: &str) -> bool {
    let opens = |tag: &'static str| {
        xml.match_indices(tag).any(|(byte, _)| {
            let after = xml[byte + tag.len()..].chars().next();
            after.is_some_and(|after| after.is_whitespace() || "./>".contains(after))
        })
    };
    opens("<TEI") || opens("<tei:TEI")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_element_tells_what_a_file_is() {
        let prolog = "\u{FEFF}<?xml version=\"1.0\"?>\n<!-- <TEI> -->\n<!DOCTYPE TEI [<!ENTITY a \"<b>\">]>\n";
        assert_eq!(root_name(&format!("{prolog}<tei:TEI xmlns:tei=\"x\"/>")), Some("TEI"));
        assert!(is_tei("<TEI.2><text/></TEI.2>"));
        assert!(!is_tei("<html><TEI/></html>"));
        assert!(!is_tei("<TEI"));
        assert!(is_corpus_root("<teiCorpus><teiHeader/><xi:include/></teiCorpus>"));
        assert!(is_corpus_root("<listPerson/>"));
        assert!(!is_corpus_root("<teiCorpus><TEI xml:id=\"a\"></TEI></teiCorpus>"));
        assert!(!is_corpus_root("<TEI><text/></TEI>"));
    }

    #[test]
    fn entities_that_would_fill_the_memory_are_refused() {
        let entity = "x".repeat(100_000);
        let xml = format!(
            "<!DOCTYPE TEI [<!ENTITY e \"{entity}\">]><TEI><text>{}</text></TEI>",
            "&e;".repeat(2_000)
        );
        assert!(read(&xml, None).unwrap_err().contains("100 MB"));
    }

    #[test]
    fn an_undefined_entity_is_named_with_the_way_out() {
        let fault = read("<TEI><text>\n<p>a &eacute; b</p></text></TEI>", None).unwrap_err();
        assert!(
            fault.contains("line 2") && fault.contains("&eacute;") && fault.contains("xmllint"),
            "{fault}"
        );
    }
}
