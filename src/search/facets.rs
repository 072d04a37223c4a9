//! Counts of what matches by the values of a field.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::DocId;

use super::filters::escaped;
use super::request::{FilterField, HitUnit};
use super::results::{FacetCounts, FacetValue};
use crate::corpus::Field;
use crate::error::Result;
use crate::index::{SegmentView, TextColumn};

/// The counts by one field, gathered over segments.
pub(super) struct FacetCounter {
    field: FilterField,
    counts: BTreeMap<String, (u64, u64)>,
}

impl FacetCounter {
    pub(super) fn new(field: FilterField) -> Self {
        Self {
            field,
            counts: BTreeMap::new(),
        }
    }

    /// Counts the matches of a segment, ascending.
    pub(super) fn count(&mut self, docs: &[DocId], segment: &SegmentView) -> Result<()> {
        let column = match &self.field {
            FilterField::Year => "printed.date".to_owned(),
            field => format!("printed.{}", escaped(&field.path())),
        };
        let mut values = TextColumn::open(segment, &column)?;
        let mut turns = TextColumn::open(segment, "turn")?;
        let mut rest = docs;
        while let Some(&doc) = rest.first() {
            let start = segment.start_of(doc)?;
            let end = segment.block_of(start)?.end;
            let (speech, after) = rest.split_at(rest.partition_point(|doc| *doc < end));
            rest = after;
            self.count_speech(start, speech, &mut values, &mut turns)?;
        }
        Ok(())
    }

    /// Counts the matches of one speech: each value once a passage, and once the speech.
    fn count_speech(
        &mut self,
        start: DocId,
        docs: &[DocId],
        values: &mut TextColumn,
        turns: &mut TextColumn,
    ) -> Result<()> {
        let mut passages: BTreeMap<String, u64> = BTreeMap::new();
        let mut with_own_value = docs.len() as u64;
        if self.field == FilterField::Known(Field::Speaker) {
            for &doc in docs {
                if let Some(speaker) = turns.value(doc)? {
                    *passages.entry(speaker).or_default() += 1;
                    with_own_value -= 1;
                }
            }
        }
        if with_own_value > 0 {
            let ordinals: BTreeSet<u64> = values.ordinals(start).collect();
            for ordinal in ordinals {
                let value = values.text(ordinal)?;
                let is_year = self.field == FilterField::Year;
                let value = if is_year {
                    value.chars().take(4).collect()
                } else {
                    value
                };
                *passages.entry(value).or_default() += with_own_value;
            }
        }
        for (value, count) in passages {
            let counts = self.counts.entry(value).or_default();
            counts.0 += count;
            counts.1 += 1;
        }
        Ok(())
    }

    /// The values, by passages (or speeches) descending, then by value.
    pub(super) fn finish(self, by: HitUnit) -> FacetCounts {
        let value = |(value, (passages, speeches))| FacetValue {
            value,
            passages,
            speeches,
        };
        let mut values: Vec<FacetValue> = self.counts.into_iter().map(value).collect();
        values.sort_by_key(|value| {
            std::cmp::Reverse(match by {
                HitUnit::Passage => (value.passages, value.speeches),
                HitUnit::Speech => (value.speeches, value.passages),
            })
        });
        FacetCounts {
            field: self.field.path(),
            values,
        }
    }
}
