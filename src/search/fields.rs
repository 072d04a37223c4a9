//! The passages of the speeches whose metadata passes a test.

use tantivy::DocId;

use super::filters::escaped;
use super::leaf::FieldLeaf;
use super::matching::DocCounts;
use super::request::FilterField;
use crate::corpus::Field;
use crate::error::Result;
use crate::index::{SegmentView, TextColumn};

/// The passages of the speeches in which a value of a field passes its test, each counted once. In a transcript a speaker
/// is that of the passage, where it has one of its own.
pub(super) fn field_counts(condition: &FieldLeaf, segment: &SegmentView) -> Result<DocCounts> {
    let column = format!("printed.{}", escaped(&condition.field.path()));
    let values = AdmittedValues::judge(&column, condition, segment)?;
    let turns = match condition.field {
        FilterField::Known(Field::Speaker) => Some(AdmittedValues::judge("turn", condition, segment)?),
        _ => None,
    };
    let mut counts = DocCounts::new();
    for &start in segment.starts()? {
        let is_admitted = values.verdict(start) == Some(true);
        for doc in segment.block_of(start)? {
            let turn = turns.as_ref().and_then(|turns| turns.verdict(doc));
            if turn.unwrap_or(is_admitted) {
                counts.push((doc, 1));
            }
        }
    }
    Ok(counts)
}

/// The values of a column, each judged once.
struct AdmittedValues {
    column: TextColumn,
    admitted: Vec<bool>,
}

impl AdmittedValues {
    fn judge(name: &str, condition: &FieldLeaf, segment: &SegmentView) -> Result<Self> {
        let mut column = TextColumn::open(segment, name)?;
        let mut admitted = Vec::with_capacity(column.value_count());
        for ordinal in 0..column.value_count() {
            admitted.push(condition.admits(&column.text(ordinal as u64)?));
        }
        Ok(Self { column, admitted })
    }

    /// Whether any value of a passage is admitted; `None` where it has none.
    fn verdict(&self, doc: DocId) -> Option<bool> {
        let verdicts = self
            .column
            .ordinals(doc)
            .map(|ordinal| self.admitted.get(ordinal as usize) == Some(&true));
        verdicts.reduce(|any, next| any || next)
    }
}
