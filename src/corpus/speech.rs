//! A speech: its id, its metadata, and its text as read, with the paragraphs marked in it.

use serde::{Deserialize, Serialize};

use crate::corpus::{Matter, Metadata, Quotation};
use crate::text::ByteSpan;

/// One address, as ingested.
///
/// The text is kept as read; header and tail lines lie in it outside of the body. Paragraphs lie inside the body, in
/// ascending order, without overlap, and what lies between them is white space.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Speech {
    /// The stable id.
    pub id: String,
    /// What is known about the speech.
    pub metadata: Metadata,
    /// The text as read, header and tail included.
    pub text: String,
    /// Where the body lies in the text: from the salutation to the closing.
    pub body: ByteSpan,
    /// The paragraphs, as ranges of the text.
    pub paragraphs: Vec<Paragraph>,
    /// What the source holds beside the speech, in order.
    pub matter: Vec<Matter>,
    /// What the source says that metadata were read from, in order.
    pub quoted: Vec<Quotation>,
}

/// A paragraph of a speech; lines that the source wrapped are one paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// The range of the speech's text, line breaks of a wrap included, white space around it excluded.
    pub span: ByteSpan,
    /// The speaker of this paragraph, where a transcript has turns.
    pub speaker: Option<String>,
    /// Whether the source marks it as the heading of a section; headings that are told from their wording are not marked.
    pub is_heading: bool,
}

impl Paragraph {
    /// A paragraph of which nothing but its place is known.
    pub fn new(span: ByteSpan) -> Self {
        Self {
            span,
            speaker: None,
            is_heading: false,
        }
    }
}

impl Speech {
    /// The body as read.
    pub fn body_text(&self) -> &str {
        &self.text[self.body.range()]
    }

    /// Whether spans are ordered, disjoint, inside of the body and on character boundaries: what every reader relies on.
    pub fn is_well_formed(&self) -> bool {
        let sliceable = |span: ByteSpan| self.text.get(span.range()).is_some();
        let inside = |span: ByteSpan| span.start >= self.body.start && span.end <= self.body.end && !span.is_empty();
        let ordered = self
            .paragraphs
            .windows(2)
            .all(|pair| pair[0].span.end <= pair[1].span.start);
        sliceable(self.body) && ordered && self.paragraphs.iter().all(|p| sliceable(p.span) && inside(p.span))
    }
}
