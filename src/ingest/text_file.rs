//! A plain-text file: bytes to text, its header to metadata, the rest to body and paragraphs.
//!
//! It stands apart from the reader because the text of any other format ends up here too.

use crate::corpus::{Field, Metadata, Paragraph};
use crate::ingest::draft::{Draft, Layout};
use crate::ingest::{header, language, paragraphs, turns};
use crate::text::ByteSpan;

/// What a text says about itself.
#[derive(Clone, Debug)]
pub struct ReadText {
    /// What the header, the head and the tail state, and the language.
    pub metadata: Metadata,
    /// Where the body lies in the text.
    pub body: ByteSpan,
    /// The paragraphs of the body.
    pub paragraphs: Vec<Paragraph>,
}

/// Reads the header, the body and the paragraphs of a draft.
///
/// What the format states wins over the lines of the text; what it only suggests is left to the caller.
pub fn read(draft: &Draft) -> ReadText {
    let text = &draft.text;
    let (mut metadata, body) = match &draft.layout {
        Layout::Lines => {
            let header = header::read(text);
            (header.metadata, header.body)
        }
        Layout::Blocks { headings } => {
            let published = draft.stated.value(Field::Published).and_then(|date| date.parse().ok());
            let header = header::read_blocks(text, headings, published);
            (header.metadata, header.body)
        }
        Layout::Body => {
            let body = ByteSpan::new(text.len() - text.trim_start().len(), text.trim_end().len());
            (Metadata::default(), body)
        }
        Layout::Marked { body, .. } => (Metadata::default(), *body),
    };
    metadata.lay_over(&draft.stated);
    detect_language(&text[body.range()], &mut metadata);
    let mut paragraphs = match &draft.layout {
        Layout::Lines | Layout::Body => paragraphs::rebuild(text, body),
        Layout::Blocks { headings } => paragraphs::of_blocks(text, body, headings),
        Layout::Marked { paragraphs, .. } => paragraphs.clone(),
    };
    turns::name_speaker(&mut paragraphs, &metadata);
    ReadText {
        metadata,
        body,
        paragraphs,
    }
}

/// Sets the detected language unless one is stated.
pub fn detect_language(body: &str, metadata: &mut Metadata) {
    if metadata.has(Field::Language) {
        return;
    }
    if let Some(found) = language::detect(body) {
        metadata
            .set(Field::Language, found.tag())
            .expect("only date fields can be refused");
        metadata
            .set(Field::LanguageSource, "detected")
            .expect("only date fields can be refused");
    }
}
