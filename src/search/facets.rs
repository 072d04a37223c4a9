//! Counts of what matches by the values of a field. The forms of one name are one value.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use tantivy::DocId;

use super::request::{FilterField, HitUnit};
use super::results::{FacetCounts, FacetValue};
use super::values::{Counted, column_of};
use crate::corpus::Field;
use crate::error::Result;
use crate::index::{SegmentView, TextColumn};
use crate::names::Names;

/// The counts by one field, gathered over segments.
pub(super) struct FacetCounter<'a> {
    field: FilterField,
    names: &'a Names,
    /// What each printed value is counted as.
    counted_as: HashMap<String, Counted>,
    counts: BTreeMap<Counted, Counts>,
    /// The counts of each printed form.
    printed: BTreeMap<String, Counts>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    passages: u64,
    speeches: u64,
}

impl Counts {
    fn add_speech(&mut self, passages: u64) {
        self.passages += passages;
        self.speeches += 1;
    }

    /// By what values are ordered.
    fn weight(self, by: HitUnit) -> (u64, u64) {
        match by {
            HitUnit::Passage => (self.passages, self.speeches),
            HitUnit::Speech => (self.speeches, self.passages),
        }
    }
}

impl<'a> FacetCounter<'a> {
    pub(super) fn new(field: FilterField, names: &'a Names) -> Self {
        Self {
            field,
            names,
            counted_as: HashMap::new(),
            counts: BTreeMap::new(),
            printed: BTreeMap::new(),
        }
    }

    /// Counts the matches of a segment, ascending.
    pub(super) fn count(&mut self, docs: &[DocId], segment: &SegmentView) -> Result<()> {
        let mut values = TextColumn::open(segment, &column_of(&self.field))?;
        let mut turns = TextColumn::open(segment, "turn")?;
        for column in [&mut values, &mut turns] {
            // To read them all takes about as long as to look up a few one after the other.
            if docs.len() >= column.value_count() {
                column.read_all()?;
            }
        }
        let mut rest = docs;
        while let Some(&doc) = rest.first() {
            let start = segment.start_of(doc)?;
            let end = segment.block_of(start)?.end;
            let (speech, after) = rest.split_at(rest.partition_point(|doc| *doc < end));
            rest = after;
            let passages = self.passages_of_speech((start, speech), segment.matter()?, &mut values, &mut turns)?;
            self.count_speech(passages);
        }
        Ok(())
    }

    /// The number of matching passages of one speech by printed value.
    fn passages_of_speech(
        &self,
        (start, docs): (DocId, &[DocId]),
        matter: &[DocId],
        values: &mut TextColumn,
        turns: &mut TextColumn,
    ) -> Result<BTreeMap<String, u64>> {
        let mut passages: BTreeMap<String, u64> = BTreeMap::new();
        let mut without_turn = docs.len() as u64;
        if self.field == FilterField::Known(Field::Speaker) {
            for &doc in docs {
                // Matter is nobody's words.
                if matter.binary_search(&doc).is_ok() {
                    without_turn -= 1;
                    continue;
                }
                if let Some(speaker) = turns.value(doc)? {
                    *passages.entry(speaker).or_default() += 1;
                    without_turn -= 1;
                }
            }
        }
        if without_turn > 0 {
            let ordinals: BTreeSet<u64> = values.ordinals(start).collect();
            for ordinal in ordinals {
                let value = values.text(ordinal)?;
                let value = match self.field {
                    FilterField::Year => value.chars().take(4).collect(),
                    _ => value,
                };
                *passages.entry(value).or_default() += without_turn;
            }
        }
        Ok(passages)
    }

    /// Counts one speech: once by each printed value, and once by each name.
    fn count_speech(&mut self, passages: BTreeMap<String, u64>) {
        let mut by_name: BTreeMap<Counted, u64> = BTreeMap::new();
        for (value, count) in passages {
            *by_name.entry(self.counted_as(&value)).or_default() += count;
            self.printed.entry(value).or_default().add_speech(count);
        }
        for (counted, count) in by_name {
            self.counts.entry(counted).or_default().add_speech(count);
        }
    }

    fn counted_as(&mut self, value: &str) -> Counted {
        if let Some(counted) = self.counted_as.get(value) {
            return counted.clone();
        }
        let counted = Counted::of(value, &self.field, self.names);
        self.counted_as.insert(value.to_owned(), counted.clone());
        counted
    }

    /// The values, by passages (or speeches) descending, then by value.
    pub(super) fn finish(mut self, by: HitUnit) -> FacetCounts {
        let mut forms: BTreeMap<Counted, Vec<(String, Counts)>> = BTreeMap::new();
        for (printed, counts) in std::mem::take(&mut self.printed) {
            let counted = self.counted_as(&printed);
            forms.entry(counted).or_default().push((printed, counts));
        }
        let mut values = Vec::with_capacity(forms.len());
        for (counted, mut forms) in forms {
            let counts = self.counts.get(&counted).copied().unwrap_or_default();
            forms.sort_by_key(|(_, counts)| Reverse(counts.weight(by)));
            values.push((counts, forms.into_iter().map(|(form, _)| form).collect::<Vec<_>>()));
        }
        values.sort_by(|(left, left_forms), (right, right_forms)| {
            let heavier = right.weight(by).cmp(&left.weight(by));
            heavier.then_with(|| left_forms.cmp(right_forms))
        });
        FacetCounts {
            field: self.field.path(),
            values: values.into_iter().filter_map(facet_value).collect(),
        }
    }
}

fn facet_value((counts, forms): (Counts, Vec<String>)) -> Option<FacetValue> {
    Some(FacetValue {
        value: forms.first()?.clone(),
        forms: if forms.len() > 1 { forms } else { Vec::new() },
        passages: counts.passages,
        speeches: counts.speeches,
    })
}
