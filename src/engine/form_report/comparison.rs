//! What was said before a speech: by everybody, by its speaker, and at the events of its series.

use std::collections::HashSet;

use super::series::series_of;
use super::{Custom, CustomOf, NewForm, ReportRequest};
use crate::corpus::{Field, Speech};
use crate::engine::Engine;
use crate::engine::uses::SpeechIds;
use crate::error::Result;
use crate::forms::Formulation;
use crate::index::{SpeechAddress, TextColumn};
use crate::search::{FilterField, Filters, Findings, SearchRequest};
use crate::tally::VersionCounting;
use crate::text::Date;

/// The least number of earlier speeches that make a custom.
const LEAST_SPEECHES: u64 = 3;

/// What a speech is held against.
pub(super) struct Comparison<'a> {
    pub(super) engine: &'a Engine,
    pub(super) request: &'a ReportRequest,
    /// What each formulation finds in the subcorpus.
    pub(super) found: &'a [Findings],
    /// The addresses of its versions, and its own where it is in the index.
    pub(super) own: HashSet<SpeechAddress>,
    /// The date of the speech.
    pub(super) date: Option<Date>,
}

/// What was said before, in some part of the subcorpus.
pub(super) struct Record {
    /// The speeches that are earlier for certain.
    pub(super) earlier: u64,
    /// For each formulation the speeches that have it.
    pub(super) forms: Vec<FormRecord>,
}

/// The speeches that have a formulation.
#[derive(Clone, Default)]
pub(super) struct FormRecord {
    /// The number of those that are earlier for certain.
    pub(super) earlier: u64,
    could_be: Vec<SpeechAddress>,
    undated: Vec<SpeechAddress>,
}

/// The customs of a speaker or of a series of events.
pub(super) struct Customs {
    of: CustomOf,
    value: String,
    record: Record,
}

/// When another speech was given.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Timing {
    Earlier,
    CouldBeEarlier,
    Undated,
    Later,
}

impl Record {
    /// A formulation that no earlier speech has.
    pub(super) fn new_form(&self, number: usize, formulation: &Formulation, ids: &SpeechIds) -> NewForm {
        NewForm {
            id: formulation.id.clone(),
            form: formulation.form.clone(),
            could_change: ids.named(&self.forms[number].could_be),
            undated: ids.named(&self.forms[number].undated),
        }
    }
}

impl Comparison<'_> {
    /// What was said before in the whole subcorpus.
    pub(super) fn with_everything(&self) -> Result<Record> {
        self.record(self.request.search.filters.clone(), self.request.versions)
    }

    /// What its speaker said before; none where the speaker is not known.
    pub(super) fn with_speaker(&self, speech: &Speech) -> Result<Option<Record>> {
        let speaker = speech.metadata.value(Field::Speaker);
        let narrowed = speaker.map(|speaker| self.narrowed(&[(Field::Speaker, vec![speaker.to_owned()])]));
        narrowed
            .map(|filters| self.record(filters, self.request.versions))
            .transpose()
    }

    /// The customs of its speaker and of its event, in its language: a formulation does not stand in translations. Each text counts
    /// once, for a speech that was released often is no custom.
    pub(super) fn customs(&self, speech: &Speech) -> Result<Vec<Customs>> {
        let mut customs = Vec::new();
        let language = speech.metadata.language();
        let in_language = language.map(|language| (Field::Language, vec![language.primary().to_owned()]));
        if let Some(speaker) = speech.metadata.value(Field::Speaker) {
            let mut conditions = vec![(Field::Speaker, vec![speaker.to_owned()])];
            conditions.extend(in_language.clone());
            customs.push(Customs {
                of: CustomOf::Speaker,
                value: speaker.to_owned(),
                record: self.record(self.narrowed(&conditions), VersionCounting::Once)?,
            });
        }
        if let Some(event) = speech.metadata.value(Field::Event) {
            let events = self.events_like(event)?;
            if !events.is_empty() {
                let mut conditions = vec![(Field::Event, events)];
                conditions.extend(in_language);
                customs.push(Customs {
                    of: CustomOf::Event,
                    value: event.to_owned(),
                    record: self.record(self.narrowed(&conditions), VersionCounting::Once)?,
                });
            }
        }
        Ok(customs)
    }

    /// The filters of the subcorpus with further conditions, which stand in the place of those on the same field.
    fn narrowed(&self, conditions: &[(Field, Vec<String>)]) -> Filters {
        let mut filters = self.request.search.filters.clone();
        for (field, values) in conditions {
            let field = FilterField::Known(*field);
            filters.any_of.retain(|(other, _)| *other != field);
            filters.any_of.push((field, values.clone()));
        }
        filters
    }

    /// The events of the index that are of the same series.
    fn events_like(&self, event: &str) -> Result<Vec<String>> {
        let series = series_of(event);
        let mut events = Vec::new();
        for segment in self.engine.snapshot().segments() {
            let printed = TextColumn::open(segment, "printed.event")?.texts()?;
            events.extend(printed.into_iter().filter(|other| series_of(other) == series));
        }
        events.sort_unstable();
        events.dedup();
        Ok(events)
    }

    fn record(&self, filters: Filters, versions: VersionCounting) -> Result<Record> {
        let search = SearchRequest {
            filters,
            ..self.request.search.clone()
        };
        let mut record = Record {
            earlier: 0,
            forms: vec![FormRecord::default(); self.found.len()],
        };
        let found: Vec<&Findings> = self.found.iter().collect();
        self.engine.visit(&search, &[], versions, &found, &mut |part| {
            if self.own.contains(&part.speech) || !part.is_whole {
                return Ok(());
            }
            let timing = self.timing(part.date);
            record.earlier += u64::from(timing == Timing::Earlier);
            for (form, hits) in record.forms.iter_mut().zip(&part.hits) {
                match timing {
                    _ if hits.is_empty() => {}
                    Timing::Earlier => form.earlier += 1,
                    Timing::CouldBeEarlier => form.could_be.push(part.speech),
                    Timing::Undated => form.undated.push(part.speech),
                    Timing::Later => {}
                }
            }
            Ok(())
        })?;
        Ok(record)
    }

    /// When another speech was given; before a speech without a date all dated ones count as earlier.
    fn timing(&self, other: Option<Date>) -> Timing {
        match (other, self.date) {
            (None, _) => Timing::Undated,
            (Some(_), None) => Timing::Earlier,
            (Some(other), Some(own)) if other.last_day() < own.first_day() => Timing::Earlier,
            (Some(other), Some(own)) if other.first_day() > own.last_day() => Timing::Later,
            (Some(_), Some(_)) => Timing::CouldBeEarlier,
        }
    }
}

/// The custom that a formulation is, where it is one.
pub(super) fn usual(customs: &Customs, number: usize) -> Option<Custom> {
    let speeches = customs.record.forms[number].earlier;
    let is_usual = speeches >= LEAST_SPEECHES && speeches * 2 >= customs.record.earlier;
    is_usual.then(|| Custom {
        of: customs.of,
        value: customs.value.clone(),
        speeches,
        of_speeches: customs.record.earlier,
    })
}
