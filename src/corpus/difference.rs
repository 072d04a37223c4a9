//! Where two speeches differ: their words, and between Han their characters, compared as printed, and laid out by paragraphs.
//!
//! White space is never a difference, and neither is where lines and paragraphs break: a copy that lost its line breaks is
//! compared with one that has them. So both texts are compared as one sequence of tokens each, first sentence by sentence,
//! then token by token where sentences differ, and the result is cut at the ends of paragraphs.

mod rows;
mod runs;
mod tokens;

use std::time::Duration;

use crate::corpus::Speech;
use crate::text::ByteSpan;

/// What happened to a part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "http", schemars(rename = "DifferenceKind"))]
#[serde(rename_all = "lowercase")]
pub enum PartKind {
    /// It stands in both.
    Equal,
    /// It stands in the first text only.
    Delete,
    /// It stands in the second text only.
    Insert,
}

/// A part of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// What happened to it.
    pub kind: PartKind,
    /// Where it stands: of a deleted part in the first speech's text, else in the second's.
    pub span: ByteSpan,
}

/// A paragraph of the first speech beside the one of the second that it became. Where a paragraph was divided or joined to
/// another, each of its parts is a pair of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParagraphPair {
    /// The paragraph of the first speech, from 1; `None` where the whole paragraph is new.
    pub from: Option<u32>,
    /// The paragraph of the second speech, from 1; `None` where the whole paragraph is gone.
    pub to: Option<u32>,
    /// Its parts in order. Those that are equal or inserted make up the second speech's paragraph, white space included;
    /// those that are equal or deleted the first speech's, but for white space.
    pub parts: Vec<Part>,
}

impl ParagraphPair {
    /// Whether anything but white space differs.
    pub fn is_changed(&self) -> bool {
        self.parts.iter().any(|part| part.kind != PartKind::Equal)
    }
}

/// Compares two speeches: every paragraph of both, in order.
///
/// `patience` bounds the time: what is not compared by then is deleted and inserted as a whole, which is still true.
pub fn difference(from: &Speech, to: &Speech, patience: Duration) -> Vec<ParagraphPair> {
    let (from, to) = tokens::tokens(from, to);
    let runs = runs::runs(&from, &to, patience);
    rows::rows(&from, &to, &runs)
}

#[cfg(test)]
mod tests;
