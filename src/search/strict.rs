//! Patterns as printed: candidates come by units, then the original text is compared code point by code point.

use tantivy::DocId;

use super::languages::DocLanguages;
use super::matching::DocCounts;
use super::paragraphs::{Around, ParagraphReader};
use super::request::StageDirections;
use crate::error::Result;
use crate::highlight::{MarkedText, Paragraph};
use crate::index::{SegmentView, Snapshot};
use crate::pattern::Pattern;

/// Keeps the passages in which the pattern matches as printed, with how often.
pub(super) fn retain_printed(
    pattern: &Pattern,
    candidates: DocCounts,
    segment: &SegmentView,
    snapshot: &Snapshot,
    directions: StageDirections,
) -> Result<DocCounts> {
    let reader = ParagraphReader::new(snapshot, segment)?;
    let languages = DocLanguages::open(segment)?;
    let mut kept = Vec::new();
    for doc in pieces(pattern, candidates, segment) {
        let read = reader.read(doc, Around::Everything)?;
        let text = MarkedText {
            before: "",
            text: &read.passage.text,
            continuation: &read.continuation,
            language: languages.tag(languages.of(doc)?),
            with_notes: directions == StageDirections::Included,
        };
        let paragraph = Paragraph::read(text);
        let count = paragraph.own(paragraph.matches(pattern)).len();
        if count > 0 {
            kept.push((doc, count as u32));
        }
    }
    Ok(kept)
}

/// The passages to look at: those of the candidates, and where the pattern is of strings near each other all pieces of their
/// paragraphs, as the strings as printed may stand further apart than those that are the same when folded.
fn pieces(pattern: &Pattern, candidates: DocCounts, segment: &SegmentView) -> Vec<DocId> {
    let candidates = candidates.into_iter().map(|(doc, _)| doc);
    if !pattern.has_windows() {
        return candidates.collect();
    }
    let mut docs: Vec<DocId> = candidates.flat_map(|doc| segment.strings().paragraph_of(doc)).collect();
    docs.sort_unstable();
    docs.dedup();
    docs
}
