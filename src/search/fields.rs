//! The passages of the speeches whose metadata passes a test.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::DocId;

use super::filters::escaped;
use super::leaf::FieldLeaf;
use super::matching::DocCounts;
use super::request::{FilterField, StageDirections};
use crate::corpus::Field;
use crate::error::Result;
use crate::index::{SegmentView, TextColumn};

/// The passages of the speeches in which a value of a field passes its test, each counted once. In a transcript a speaker
/// is that of the passage, where it has one of its own. Matter beside a speech has its metadata where it is asked for, but no
/// speaker.
pub(super) fn field_counts(
    condition: &FieldLeaf,
    segment: &SegmentView,
    directions: StageDirections,
) -> Result<DocCounts> {
    let columns = Columns::judge(condition, segment)?;
    let mut counts = DocCounts::new();
    for &start in segment.starts()? {
        let is_admitted = columns.speeches.verdict(start) == Some(true);
        let has_matter = directions == StageDirections::Included && columns.turns.is_none();
        let docs = if has_matter {
            segment.block_of(start)?
        } else {
            segment.passages_of(start)?
        };
        for doc in docs {
            let turn = columns.turns.as_ref().and_then(|turns| turns.verdict(doc));
            if turn.unwrap_or(is_admitted) {
                counts.push((doc, 1));
            }
        }
    }
    Ok(counts)
}

/// The values, as printed, by which speeches of a segment pass the test of a field, each with the number of speeches; only
/// passages that are let in count, in any order.
pub(super) fn admitted_values(
    condition: &FieldLeaf,
    segment: &SegmentView,
    is_in: &dyn Fn(DocId) -> bool,
) -> Result<BTreeMap<String, u64>> {
    let mut columns = Columns::judge(condition, segment)?;
    let mut speeches: BTreeMap<String, u64> = BTreeMap::new();
    for &start in segment.starts()? {
        let mut of_speech: BTreeSet<String> = BTreeSet::new();
        for doc in segment.passages_of(start)?.filter(|doc| is_in(*doc)) {
            let (values, holder) = columns.of(start, doc);
            for ordinal in values.admitted(holder) {
                of_speech.insert(values.column.text(ordinal)?);
            }
        }
        for value in of_speech {
            *speeches.entry(value).or_default() += 1;
        }
    }
    Ok(speeches)
}

/// The columns that hold the values of a field.
struct Columns {
    /// Those of the speeches.
    speeches: AdmittedValues,
    /// Those of passages that have one of their own: the speakers of turns.
    turns: Option<AdmittedValues>,
}

impl Columns {
    fn judge(condition: &FieldLeaf, segment: &SegmentView) -> Result<Self> {
        let column = format!("printed.{}", escaped(&condition.field.path()));
        let turns = match condition.field {
            FilterField::Known(Field::Speaker) => Some(AdmittedValues::judge("turn", condition, segment)?),
            _ => None,
        };
        Ok(Self {
            speeches: AdmittedValues::judge(&column, condition, segment)?,
            turns,
        })
    }

    /// The values that hold for a passage of the speech that begins at `start`, and the passage at which they are kept.
    fn of(&mut self, start: DocId, doc: DocId) -> (&mut AdmittedValues, DocId) {
        match &mut self.turns {
            Some(turns) if turns.verdict(doc).is_some() => (turns, doc),
            _ => (&mut self.speeches, start),
        }
    }
}

/// The values of a column, each judged once.
struct AdmittedValues {
    column: TextColumn,
    admitted: Vec<bool>,
}

impl AdmittedValues {
    fn judge(name: &str, condition: &FieldLeaf, segment: &SegmentView) -> Result<Self> {
        let column = TextColumn::open(segment, name)?;
        let admitted = column.texts()?.iter().map(|value| condition.admits(value)).collect();
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

    /// The numbers of the values of a passage that are admitted.
    fn admitted(&self, doc: DocId) -> Vec<u64> {
        let ordinals = self.column.ordinals(doc);
        ordinals
            .filter(|ordinal| self.admitted.get(*ordinal as usize) == Some(&true))
            .collect()
    }
}
