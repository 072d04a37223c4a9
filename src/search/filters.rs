//! Which passages the filters let in. Metadata stands on the first passage of a speech, so speeches are judged, and only a
//! transcript's turns passage by passage.

use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED, Term};

use super::SpeakerReading;
use super::matching::merged;
use super::request::{FilterField, Filters};
use crate::analyzer::fold_line;
use crate::corpus::Field;
use crate::error::Result;
use crate::index::{Fields, SegmentView, Snapshot, TextColumn, damaged};
use crate::text::Language;

/// What the filters say of a speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is let in.
    In,
    /// All but its date lets it in, and the date is too imprecise to tell, or absent.
    Undetermined,
    /// It is left out.
    Out,
}

/// The filters, judged on one segment.
pub(super) struct SegmentFilter<'a> {
    starts: &'a [DocId],
    /// A verdict for each speech, in the order of `starts`.
    verdicts: Vec<Verdict>,
    turns: Option<TurnFilter>,
}

/// A filter on speakers, for the passages that have a speaker of their own.
struct TurnFilter {
    /// The passages whose own speaker is let in, ascending.
    admitted: Vec<DocId>,
    /// The passages that have a speaker of their own, ascending.
    with_turn: Vec<DocId>,
    /// For each speech, whether its own speaker is let in.
    speech_speaker: Vec<bool>,
}

impl<'a> SegmentFilter<'a> {
    /// Judges the speeches of a segment; `None` where the filters let in everything.
    pub(super) fn judge(filters: &Filters, segment: &'a SegmentView, fields: &Fields) -> Result<Option<Self>> {
        if filters.is_empty() {
            return Ok(None);
        }
        let starts = segment.starts()?;
        let mut filter = Self {
            starts,
            verdicts: vec![Verdict::In; starts.len()],
            turns: None,
        };
        for (field, values) in &filters.any_of {
            let admitted = speeches_with(field, values, segment, fields)?;
            let by_speech = filter.membership(&admitted);
            if *field == FilterField::Known(Field::Speaker) {
                filter.turns = Some(turn_filter(values, segment, fields, by_speech)?);
                continue;
            }
            for (verdict, is_in) in filter.verdicts.iter_mut().zip(by_speech) {
                if !is_in {
                    *verdict = Verdict::Out;
                }
            }
        }
        if filters.from.is_some() || filters.to.is_some() {
            filter.judge_dates(filters, segment)?;
        }
        Ok(Some(filter))
    }

    fn membership(&self, admitted: &[DocId]) -> Vec<bool> {
        self.starts
            .iter()
            .map(|start| admitted.binary_search(start).is_ok())
            .collect()
    }

    fn judge_dates(&mut self, filters: &Filters, segment: &SegmentView) -> Result<()> {
        let columns = segment.reader().fast_fields();
        let first_days = columns.i64("first_day").map_err(damaged)?;
        let last_days = columns.i64("last_day").map_err(damaged)?;
        let earliest = filters.from.map_or(i64::MIN, |date| date.day_numbers().0);
        let latest = filters.to.map_or(i64::MAX, |date| date.day_numbers().1);
        for (verdict, &start) in self.verdicts.iter_mut().zip(self.starts) {
            if *verdict == Verdict::Out {
                continue;
            }
            *verdict = match (first_days.first(start), last_days.first(start)) {
                (Some(first), Some(last)) if first >= earliest && last <= latest => Verdict::In,
                (Some(first), Some(last)) if last < earliest || first > latest => Verdict::Out,
                _ => Verdict::Undetermined,
            };
        }
        Ok(())
    }

    /// What the filters say of a passage.
    pub(super) fn verdict(&self, doc: DocId) -> Verdict {
        let after = self.starts.partition_point(|start| *start <= doc);
        after
            .checked_sub(1)
            .map_or(Verdict::Out, |speech| self.verdict_in(speech, doc))
    }

    /// What the filters say of a passage of a speech, by the number of the speech in its segment.
    pub(super) fn verdict_in(&self, speech: usize, doc: DocId) -> Verdict {
        match &self.turns {
            Some(turns) if !turns.admits(doc, speech) => Verdict::Out,
            _ => self.verdicts[speech],
        }
    }
}

impl SegmentFilter<'_> {
    /// What the filters say of the speech that begins at a passage.
    pub(super) fn speech_verdict(&self, start: DocId, speakers: SpeakerReading) -> Verdict {
        let Ok(speech) = self.starts.binary_search(&start) else {
            return Verdict::Out;
        };
        let end = self.starts.get(speech + 1).copied().unwrap_or(DocId::MAX);
        match &self.turns {
            Some(turns) if !turns.admits_speech(speech, start..end, speakers) => Verdict::Out,
            _ => self.verdicts[speech],
        }
    }
}

impl TurnFilter {
    fn admits_speech(&self, speech: usize, block: std::ops::Range<DocId>, speakers: SpeakerReading) -> bool {
        let first_turn = self.admitted.partition_point(|doc| *doc < block.start);
        let has_turn = self.admitted.get(first_turn).is_some_and(|doc| block.contains(doc));
        self.speech_speaker[speech] || (has_turn && speakers == SpeakerReading::OwnOrTurn)
    }

    fn admits(&self, doc: DocId, speech: usize) -> bool {
        if self.with_turn.binary_search(&doc).is_ok() {
            return self.admitted.binary_search(&doc).is_ok();
        }
        self.speech_speaker[speech]
    }
}

fn turn_filter(
    values: &[String],
    segment: &SegmentView,
    fields: &Fields,
    speech_speaker: Vec<bool>,
) -> Result<TurnFilter> {
    let column = segment.reader().fast_fields().str("turn").map_err(damaged)?;
    let with_turn: Vec<DocId> = match column {
        Some(column) => (0..segment.reader().max_doc())
            .filter(|doc| column.term_ords(*doc).next().is_some())
            .collect(),
        None => Vec::new(),
    };
    // Matter has a speaker of its own: nobody.
    let with_turn = merged(with_turn.into(), segment.matter()?.into()).into_owned();
    let terms = values
        .iter()
        .map(|value| Term::from_field_text(fields.turn_folded, &fold_line(value)));
    Ok(TurnFilter {
        admitted: docs_with_any(terms, segment)?,
        with_turn,
        speech_speaker,
    })
}

/// The first passages of the speeches that have any of the values, ascending.
fn speeches_with(field: &FilterField, values: &[String], segment: &SegmentView, fields: &Fields) -> Result<Vec<DocId>> {
    match field {
        FilterField::Known(Field::Language) => speeches_in_languages(values, segment),
        FilterField::Year => speeches_of_years(values, segment),
        _ => {
            let term = |value: &String| {
                let mut term = Term::from_field_json_path(fields.folded, &escaped(&field.path()), false);
                term.append_type_and_str(&fold_line(value));
                term
            };
            docs_with_any(values.iter().map(term), segment)
        }
    }
}

/// Whether any speech of the index, deleted ones included, has a value of the field.
pub fn has_field(field: &FilterField, snapshot: &Snapshot) -> Result<bool> {
    let column = format!("printed.{}", escaped(&field.path()));
    for segment in snapshot.segments() {
        if TextColumn::open(segment, &column)?.value_count() > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether any speech of the index, deleted ones included, or any turn in one has any of the values.
pub(super) fn has_value(field: &FilterField, values: &[String], snapshot: &Snapshot) -> Result<bool> {
    let fields = snapshot.fields();
    for segment in snapshot.segments() {
        let is_speaker = *field == FilterField::Known(Field::Speaker);
        let turns = values.iter().filter(|_| is_speaker);
        let turns = turns.map(|value| Term::from_field_text(fields.turn_folded, &fold_line(value)));
        if !speeches_with(field, values, segment, fields)?.is_empty() || !docs_with_any(turns, segment)?.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A name as a path of one step: dots in it do not lead deeper.
pub(super) fn escaped(name: &str) -> String {
    name.replace('\\', "\\\\").replace('.', "\\.")
}

/// A language lets in its variants: `zh` lets in `zh-Hant`.
fn speeches_in_languages(values: &[String], segment: &SegmentView) -> Result<Vec<DocId>> {
    let wanted: Vec<Language> = values.iter().map(|value| Language::new(value)).collect();
    speeches_where("printed.language", segment, |tag| {
        wanted.iter().any(|language| language.covers(tag))
    })
}

fn speeches_of_years(values: &[String], segment: &SegmentView) -> Result<Vec<DocId>> {
    speeches_where("printed.date", segment, |date| {
        values.iter().any(|year| date.get(..4) == Some(year.as_str()))
    })
}

/// The first passages of the speeches whose value of a column passes a test, which is put once to each different value.
fn speeches_where(column: &str, segment: &SegmentView, passes: impl Fn(&str) -> bool) -> Result<Vec<DocId>> {
    let values = TextColumn::open(segment, column)?;
    let admitted: Vec<bool> = values.texts()?.iter().map(|value| passes(value)).collect();
    let is_admitted = |ordinal: u64| admitted.get(ordinal as usize).copied().unwrap_or(false);
    let starts = segment.starts()?.iter().copied();
    Ok(starts
        .filter(|start| values.ordinals(*start).any(is_admitted))
        .collect())
}

fn docs_with_any(terms: impl Iterator<Item = Term>, segment: &SegmentView) -> Result<Vec<DocId>> {
    let mut docs = Vec::new();
    for term in terms {
        let inverted = segment.reader().inverted_index(term.field()).map_err(damaged)?;
        let postings = inverted
            .read_postings(&term, IndexRecordOption::Basic)
            .map_err(|error| damaged(error.into()))?;
        let Some(mut postings) = postings else { continue };
        while postings.doc() != TERMINATED {
            debug_assert!(postings.term_freq() > 0);
            docs.push(postings.doc());
            postings.advance();
        }
    }
    docs.sort_unstable();
    docs.dedup();
    Ok(docs)
}
