//! Counts of what matches by the values of a field.

use std::collections::BTreeMap;

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

    fn count_speech(
        &mut self,
        start: DocId,
        docs: &[DocId],
        values: &mut TextColumn,
        turns: &mut TextColumn,
    ) -> Result<()> {
        let mut own = docs.len() as u64;
        if self.field == FilterField::Known(Field::Speaker) {
            let mut by_turn: BTreeMap<String, u64> = BTreeMap::new();
            for &doc in docs {
                if let Some(speaker) = turns.value(doc)? {
                    *by_turn.entry(speaker).or_default() += 1;
                    own -= 1;
                }
            }
            for (speaker, passages) in by_turn {
                self.add(speaker, passages);
            }
        }
        if own == 0 {
            return Ok(());
        }
        let ordinals: Vec<u64> = values.ordinals(start).collect();
        for ordinal in ordinals {
            let value = values.text(ordinal)?;
            let value = if self.field == FilterField::Year {
                value.chars().take(4).collect()
            } else {
                value
            };
            self.add(value, own);
        }
        Ok(())
    }

    fn add(&mut self, value: String, passages: u64) {
        let counts = self.counts.entry(value).or_default();
        counts.0 += passages;
        counts.1 += 1;
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
