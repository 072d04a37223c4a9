//! The text of the paragraph around a passage, read from the store.

use std::ops::Range;

use tantivy::{DocAddress, DocId};

use super::request::StageDirections;
use crate::error::{Error, ErrorKind, Result};
use crate::highlight::MarkedText;
use crate::index::{SegmentView, Snapshot, StoredPassage};

/// Reads passages of one segment, and the pieces of the same paragraphs.
pub(super) struct ParagraphReader<'a> {
    snapshot: &'a Snapshot,
    segment: &'a SegmentView,
    ordinal: u32,
}

/// How much of the paragraph around a passage is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Around {
    /// What follows it, up to about so many bytes: a string that begins in it may run on.
    Following(usize),
    /// All of it.
    Everything,
}

/// A passage with what stands around it in its paragraph.
pub(super) struct PassageInParagraph {
    pub(super) passage: StoredPassage,
    pub(super) before: String,
    pub(super) continuation: String,
}

impl PassageInParagraph {
    /// The passage as what is to be marked, in a language by its primary subtag.
    pub(super) fn marked_text<'a>(&'a self, language: &'a str, directions: StageDirections) -> MarkedText<'a> {
        MarkedText {
            before: &self.before,
            text: &self.passage.text,
            continuation: &self.continuation,
            language,
            with_notes: directions == StageDirections::Included,
        }
    }
}

impl<'a> ParagraphReader<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, segment: &'a SegmentView) -> Result<Self> {
        let id = segment.reader().segment_id();
        let mut segments = snapshot.segments().iter();
        let ordinal = segments.position(|other| other.reader().segment_id() == id);
        let ordinal = ordinal.ok_or_else(|| Error::new(ErrorKind::Index, "a segment is not of this snapshot"))?;
        Ok(Self {
            snapshot,
            segment,
            ordinal: ordinal as u32,
        })
    }

    pub(super) fn passage(&self, doc: DocId) -> Result<StoredPassage> {
        self.snapshot.passage(DocAddress::new(self.ordinal, doc))
    }

    /// The texts of passages, in order.
    pub(super) fn texts(&self, docs: Range<DocId>) -> Result<Vec<String>> {
        docs.map(|doc| self.passage(doc).map(|passage| passage.text)).collect()
    }

    /// A passage with as much of its paragraph as is wanted.
    pub(super) fn read(&self, doc: DocId, around: Around) -> Result<PassageInParagraph> {
        let passage = self.passage(doc)?;
        let (mut before, mut continuation) = (String::new(), String::new());
        if let Some(piece) = passage.piece {
            let speech = self.segment.start_of(doc)?;
            let first = doc.saturating_sub(piece - 1).max(speech);
            if around == Around::Everything {
                before = self.texts(first..doc)?.concat();
            }
            let block_end = self.segment.block_of(speech)?.end;
            continuation = self.continuation(doc + 1..block_end, around)?;
        }
        Ok(PassageInParagraph {
            passage,
            before,
            continuation,
        })
    }

    fn continuation(&self, following: Range<DocId>, around: Around) -> Result<String> {
        let mut text = String::new();
        for next in following {
            if matches!(around, Around::Following(bytes) if text.len() > bytes) {
                break;
            }
            let passage = self.passage(next)?;
            if passage.piece.is_none_or(|piece| piece == 1) {
                break;
            }
            text.push_str(&passage.text);
        }
        Ok(text)
    }
}
