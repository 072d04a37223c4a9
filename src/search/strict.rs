//! Strings as printed: candidates come by units, then the original text is compared code point by code point.

use tantivy::{DocAddress, DocId};

use super::matching::DocCounts;
use super::request::StageDirections;
use crate::error::{Error, ErrorKind, Result};
use crate::highlight::printed_spans;
use crate::index::{SegmentView, Snapshot};

/// Keeps the passages that hold the text as printed, with how often.
pub(super) fn retain_printed(
    printed: &str,
    candidates: DocCounts,
    segment: &SegmentView,
    snapshot: &Snapshot,
    directions: StageDirections,
) -> Result<DocCounts> {
    let ordinal = segment_ordinal(segment, snapshot)?;
    let mut kept = Vec::new();
    for (doc, _) in candidates {
        let passage = snapshot.passage(DocAddress::new(ordinal, doc))?;
        let continuation = match passage.piece {
            Some(_) => continuation(snapshot, segment, ordinal, doc, printed)?,
            None => String::new(),
        };
        let count = printed_spans(
            &passage.text,
            &continuation,
            printed,
            directions == StageDirections::Included,
        )
        .len();
        if count > 0 {
            kept.push((doc, count as u32));
        }
    }
    Ok(kept)
}

fn segment_ordinal(segment: &SegmentView, snapshot: &Snapshot) -> Result<u32> {
    let id = segment.reader().segment_id();
    let found = snapshot
        .segments()
        .iter()
        .position(|other| other.reader().segment_id() == id);
    found
        .map(|ordinal| ordinal as u32)
        .ok_or_else(|| Error::new(ErrorKind::Index, "a segment is not of this snapshot"))
}

/// The text of the pieces of the same paragraph that follow a passage, as far as a string that begins in it may reach.
pub(super) fn continuation(
    snapshot: &Snapshot,
    segment: &SegmentView,
    ordinal: u32,
    doc: DocId,
    longest: &str,
) -> Result<String> {
    let block_end = segment.block_of(segment.start_of(doc)?)?.end;
    let mut text = String::new();
    for next in doc + 1..block_end {
        if text.len() > longest.len() * 4 + 64 {
            break;
        }
        let passage = snapshot.passage(DocAddress::new(ordinal, next))?;
        if passage.piece.is_none_or(|piece| piece == 1) {
            break;
        }
        text.push_str(&passage.text);
    }
    Ok(text)
}
