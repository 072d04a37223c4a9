//! What of a segment stands behind a cursor: every hit that the order puts after the one that the cursor names.

use std::cmp::Ordering;
use std::ops::Range;

use tantivy::{DocAddress, DocId};

use super::cursor::Cursor;
use super::order::{Candidate, Key, SegmentOrder};
use crate::error::Result;
use crate::index::{Snapshot, TextColumn};

/// The place of a cursor among the candidates of one segment, whose commit need not be the cursor's own.
pub(super) struct Boundary<'a> {
    cursor: &'a Cursor,
    key: Key,
    /// The speeches of the segment whose ids come before the cursor's.
    ids_before: u64,
    /// Whether the segment has the cursor's speech.
    has_speech: bool,
    snapshot: &'a Snapshot,
}

impl<'a> Boundary<'a> {
    /// Finds the place of a cursor in a segment with these ids.
    ///
    /// # Errors
    /// The segment is damaged.
    pub(super) fn find(cursor: &'a Cursor, key: Key, ids: &mut TextColumn, snapshot: &'a Snapshot) -> Result<Self> {
        let count = ids.value_count() as u64;
        let ids_before = first_where(0..count, |id| Ok(ids.text(id)?.as_str() >= cursor.speech()))?;
        Ok(Self {
            cursor,
            key,
            ids_before,
            has_speech: ids_before < count && ids.text(ids_before)? == cursor.speech(),
            snapshot,
        })
    }

    /// The candidates that stand behind the cursor.
    ///
    /// # Errors
    /// The segment is damaged.
    pub(super) fn behind(&self, candidates: Vec<Candidate>, order: &SegmentOrder<'_>) -> Result<Vec<Candidate>> {
        let mut behind = Vec::with_capacity(candidates.len());
        // The passages of one speech follow one another, so the last place that was looked up serves most of them.
        let mut known: Option<(DocId, DocId)> = None;
        for candidate in candidates {
            let (key, id) = order.of(&candidate)?;
            let is_behind = match key.compare(self.key).then(id.cmp(&self.ids_before)) {
                Ordering::Less => false,
                Ordering::Equal if self.has_speech => {
                    let start = order.segment.start_of(candidate.doc)?;
                    let first = match known {
                        Some((speech, first)) if speech == start => first,
                        _ => self.first_behind(candidate.segment, order.segment.block_of(start)?)?,
                    };
                    known = Some((start, first));
                    candidate.doc >= first
                }
                Ordering::Equal | Ordering::Greater => true,
            };
            if is_behind {
                behind.push(candidate);
            }
        }
        Ok(behind)
    }

    /// The first passage of the cursor's speech that stands behind the cursor; the end where the hits are speeches.
    fn first_behind(&self, segment: u32, block: Range<DocId>) -> Result<DocId> {
        let Some(place) = self.cursor.passage() else {
            return Ok(block.end);
        };
        let range = u64::from(block.start)..u64::from(block.end);
        let first = first_where(range, |doc| {
            let passage = self.snapshot.passage(DocAddress::new(segment, doc as DocId))?;
            Ok((passage.paragraph, passage.piece.unwrap_or(0)) > place)
        })?;
        Ok(first as DocId)
    }
}

/// The first number of a range for which something holds that holds for all after it; the end where it holds for none.
fn first_where(range: Range<u64>, mut holds: impl FnMut(u64) -> Result<bool>) -> Result<u64> {
    let Range { mut start, mut end } = range;
    while start < end {
        let middle = start + (end - start) / 2;
        if holds(middle)? {
            end = middle;
        } else {
            start = middle + 1;
        }
    }
    Ok(start)
}
