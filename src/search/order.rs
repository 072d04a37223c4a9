//! The order of hits: total, and the same whatever the segments. The best are selected before anything is read of them.

use std::cmp::{Ordering, Reverse};

use tantivy::DocId;
use tantivy::columnar::Column;

use super::boundary::Boundary;
use super::cursor::{Cursor, CursorKey};
use super::request::Sort;
use super::scoring::{rounded, tie_threshold};
use crate::error::Result;
use crate::index::{SegmentView, Snapshot, TextColumn, damaged};

/// A hit before it is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Candidate {
    pub(super) segment: u32,
    pub(super) doc: DocId,
    pub(super) score: f32,
    /// Whether it was looked at more closely than by what leaves and words score.
    pub(super) is_refined: bool,
}

/// A candidate with all that it is ordered by.
struct Ordered {
    candidate: Candidate,
    key: Key,
    id_order: u64,
    id: String,
}

/// The first day that a date can mean, and the last one reversed: of dates with the same first day the less precise comes
/// first, as [`Date`](crate::text::Date) orders them.
type Days = (i64, Reverse<i64>);

/// What comes before the id in the order; smaller comes first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Key {
    Score(f64),
    Date(Option<Days>),
    DateDescending(Option<Days>),
}

impl Key {
    /// The key of a cursor, in the order in which it was a key.
    fn of_cursor(key: CursorKey, sort: Sort) -> Self {
        let days = |days: Option<(i64, i64)>| days.map(|(first, last)| (first, Reverse(last)));
        match (key, sort) {
            (CursorKey::Score(bits), _) => Self::Score(f64::from_bits(bits)),
            (CursorKey::Days(dated), Sort::DateDescending) => Self::DateDescending(days(dated)),
            (CursorKey::Days(dated), _) => Self::Date(days(dated)),
        }
    }

    pub(super) fn compare(self, other: Self) -> Ordering {
        let undated_last = |date: Option<Days>| (date.is_none(), date);
        match (self, other) {
            (Self::Score(left), Self::Score(right)) => right.total_cmp(&left),
            (Self::Date(left), Self::Date(right)) => undated_last(left).cmp(&undated_last(right)),
            (Self::DateDescending(left), Self::DateDescending(right)) => {
                (left.is_none(), Reverse(left)).cmp(&(right.is_none(), Reverse(right)))
            }
            _ => Ordering::Equal,
        }
    }
}

/// Which hits of the order are wanted.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) sort: Sort,
    /// The most hits.
    pub(super) count: usize,
    /// The hit behind which they begin.
    pub(super) after: Option<&'a Cursor>,
}

/// The first of the candidates that are wanted, in order. `candidates` holds those of each segment.
pub(super) fn first(
    candidates: Vec<Vec<Candidate>>,
    wanted: Wanted<'_>,
    snapshot: &Snapshot,
) -> Result<Vec<Candidate>> {
    let mut best: Vec<Ordered> = Vec::new();
    for (segment, candidates) in snapshot.segments().iter().zip(candidates) {
        let mut ids = TextColumn::open(segment, "id")?;
        for (key, id, candidate) in first_of_segment(candidates, wanted, segment, &mut ids, snapshot)? {
            best.push(Ordered {
                candidate,
                key,
                id_order: id,
                // Within one segment the number of an id orders as the id does.
                id: if snapshot.segments().len() > 1 {
                    ids.text(id)?
                } else {
                    String::new()
                },
            });
        }
    }
    let order = |left: &Ordered, right: &Ordered| {
        let by_key = left.key.compare(right.key);
        by_key
            .then_with(|| left.id.cmp(&right.id))
            .then(left.id_order.cmp(&right.id_order))
            .then(left.candidate.doc.cmp(&right.candidate.doc))
    };
    best.sort_by(order);
    best.truncate(wanted.count);
    Ok(best.into_iter().map(|ordered| ordered.candidate).collect())
}

/// What the candidates of a segment are ordered by.
pub(super) struct SegmentOrder<'a> {
    pub(super) segment: &'a SegmentView,
    sort: Sort,
    ids: &'a TextColumn,
    first_days: Column<i64>,
    last_days: Column<i64>,
}

impl<'a> SegmentOrder<'a> {
    fn open(sort: Sort, segment: &'a SegmentView, ids: &'a TextColumn) -> Result<Self> {
        let columns = segment.reader().fast_fields();
        Ok(Self {
            segment,
            sort,
            ids,
            first_days: columns.i64("first_day").map_err(damaged)?,
            last_days: columns.i64("last_day").map_err(damaged)?,
        })
    }

    /// The key of a candidate, and the number of its speech's id among the ids of the segment.
    pub(super) fn of(&self, candidate: &Candidate) -> Result<(Key, u64)> {
        let start = self.segment.start_of(candidate.doc)?;
        let days = || Some((self.first_days.first(start)?, Reverse(self.last_days.first(start)?)));
        let key = match self.sort {
            Sort::Relevance => Key::Score(rounded(candidate.score)),
            Sort::Date => Key::Date(days()),
            Sort::DateDescending => Key::DateDescending(days()),
        };
        Ok((key, self.ids.ordinals(start).next().unwrap_or_default()))
    }
}

fn first_of_segment(
    mut candidates: Vec<Candidate>,
    wanted: Wanted<'_>,
    segment: &SegmentView,
    ids: &mut TextColumn,
    snapshot: &Snapshot,
) -> Result<Vec<(Key, u64, Candidate)>> {
    let Wanted { sort, count, after } = wanted;
    if count == 0 || candidates.is_empty() {
        return Ok(Vec::new());
    }
    let boundary = match after {
        Some(cursor) => Some(Boundary::find(
            cursor,
            Key::of_cursor(cursor.key(), sort),
            ids,
            snapshot,
        )?),
        None => None,
    };
    let segment_order = SegmentOrder::open(sort, segment, ids)?;
    if let Some(boundary) = boundary {
        candidates = boundary.behind(candidates, &segment_order)?;
    }
    if sort == Sort::Relevance {
        keep_high_scores(&mut candidates, count);
    }
    let mut keyed: Vec<(Key, u64, Candidate)> = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let (key, id) = segment_order.of(&candidate)?;
        keyed.push((key, id, candidate));
    }
    let order = |left: &(Key, u64, Candidate), right: &(Key, u64, Candidate)| {
        left.0
            .compare(right.0)
            .then(left.1.cmp(&right.1))
            .then(left.2.doc.cmp(&right.2.doc))
    };
    if keyed.len() > count {
        keyed.select_nth_unstable_by(count - 1, order);
        keyed.truncate(count);
    }
    Ok(keyed)
}

/// Keeps the candidates that may be among the first `count` by rounded score: those not clearly below the last of them.
fn keep_high_scores(candidates: &mut Vec<Candidate>, count: usize) {
    if candidates.len() <= count {
        return;
    }
    let descending = |left: &Candidate, right: &Candidate| right.score.total_cmp(&left.score);
    let (_, last, _) = candidates.select_nth_unstable_by(count - 1, descending);
    let threshold = tie_threshold(last.score);
    candidates.retain(|candidate| candidate.score >= threshold);
}
