//! The order of hits: total, and the same whatever the segments. The best are selected before anything is read of them.

use std::cmp::{Ordering, Reverse};

use tantivy::DocId;

use super::request::Sort;
use super::scoring::rounded;
use crate::error::Result;
use crate::index::{SegmentView, Snapshot, TextColumn, damaged};

/// A hit before it is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Candidate {
    pub(super) segment: u32,
    pub(super) doc: DocId,
    pub(super) score: f32,
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
enum Key {
    Score(f64),
    Date(Option<Days>),
    DateDescending(Option<Days>),
}

impl Key {
    fn compare(self, other: Self) -> Ordering {
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

/// The first `count` of the candidates, in order. `candidates` holds those of each segment.
pub(super) fn first(
    candidates: Vec<Vec<Candidate>>,
    count: usize,
    sort: Sort,
    snapshot: &Snapshot,
) -> Result<Vec<Candidate>> {
    let mut best: Vec<Ordered> = Vec::new();
    for (segment, candidates) in snapshot.segments().iter().zip(candidates) {
        let mut ids = TextColumn::open(segment, "id")?;
        for (key, id, candidate) in first_of_segment(candidates, count, sort, segment, &ids)? {
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
    best.truncate(count);
    Ok(best.into_iter().map(|ordered| ordered.candidate).collect())
}

fn first_of_segment(
    mut candidates: Vec<Candidate>,
    count: usize,
    sort: Sort,
    segment: &SegmentView,
    ids: &TextColumn,
) -> Result<Vec<(Key, u64, Candidate)>> {
    if count == 0 || candidates.is_empty() {
        return Ok(Vec::new());
    }
    if sort == Sort::Relevance {
        keep_high_scores(&mut candidates, count);
    }
    let first_days = segment.reader().fast_fields().i64("first_day").map_err(damaged)?;
    let last_days = segment.reader().fast_fields().i64("last_day").map_err(damaged)?;
    let days = |start| Some((first_days.first(start)?, Reverse(last_days.first(start)?)));
    let mut keyed: Vec<(Key, u64, Candidate)> = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let start = segment.start_of(candidate.doc)?;
        let key = match sort {
            Sort::Relevance => Key::Score(rounded(candidate.score)),
            Sort::Date => Key::Date(days(start)),
            Sort::DateDescending => Key::DateDescending(days(start)),
        };
        keyed.push((key, ids.ordinals(start).next().unwrap_or_default(), candidate));
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
    let threshold = last.score * (1.0 - 1e-5);
    candidates.retain(|candidate| candidate.score >= threshold);
}
