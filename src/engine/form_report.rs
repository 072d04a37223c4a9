//! The formulations of a list in one speech, held against what was said before: present, absent though usual, said for the first
//! time, altered.

mod comparison;
mod places;
mod series;

use std::collections::HashSet;

use serde::Serialize;

use super::Engine;
use super::form_lists::warnings_of;
use super::question::Circumstances;
use super::uses::{OtherSpeeches, SpeechIds};
use crate::corpus::{Field, Speech};
use crate::error::{Error, ErrorKind, Result};
use crate::forms::{Change, Formulation, Formulations};
use crate::index::SpeechAddress;
use crate::ingest::{IngestOptions, Input, Item};
use crate::search::SearchRequest;
use crate::tally::VersionCounting;
use comparison::{Comparison, Customs, Record, usual};
use places::{Places, places};

/// A question about the formulations of one speech.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportRequest {
    /// The subcorpus that it is compared with, and how strings match; its query is not looked at.
    pub search: SearchRequest,
    /// How versions of one speech are counted.
    pub versions: VersionCounting,
}

/// A speech to report on.
#[derive(Clone, Debug, PartialEq)]
pub enum ReportedSpeech {
    /// One of the index, by its id.
    Stored(String),
    /// One that need not be in the index.
    Given(Box<Speech>),
}

impl ReportedSpeech {
    /// Reads a speech that is not in the index from a file of any input format, or from a stream; the overrides are fields to set, as
    /// name and value.
    ///
    /// # Errors
    /// The file does not exist, cannot be read, or holds no speech or several.
    pub fn read(input: Input, overrides: Vec<(String, String)>) -> Result<Self> {
        let is_stream = !matches!(input, Input::Path(_));
        let options = IngestOptions {
            // A stream has no name from which an id could be derived.
            collection: is_stream.then(|| "draft".to_owned()),
            overrides,
            ..IngestOptions::default()
        };
        let mut read: Option<Speech> = None;
        for item in crate::ingest::open(vec![input], options)? {
            match item {
                Item::Speech(ingested) if read.is_none() => read = Some(ingested.speech),
                Item::Speech(_) => {
                    let error = Error::new(ErrorKind::Usage, "the file holds several speeches");
                    return Err(error.hint("ingest it and name one of them by its id"));
                }
                Item::Rejected(rejection) => {
                    let message = format!("{}: {}", rejection.source, rejection.reason);
                    return Err(Error::new(ErrorKind::Usage, message));
                }
            }
        }
        let read = read.ok_or_else(|| Error::new(ErrorKind::Usage, "the file holds no speech"))?;
        Ok(Self::Given(Box::new(read)))
    }
}

/// The formulations of a list in one speech.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct FormReport {
    /// What else was asked.
    #[serde(flatten)]
    pub circumstances: Circumstances,
    /// The id of the speech.
    pub speech: String,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its speaker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// Its date; where it has none, it is held against all other speeches.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Its event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// The speeches of the subcorpus that are earlier for certain; versions of this speech are none of them.
    pub earlier_speeches: u64,
    /// The formulations that stand in it, in the order of the list.
    pub present: Vec<PresentForm>,
    /// Those that do not although they are usual for its speaker or for its event.
    pub absent: Vec<AbsentForm>,
    /// Those that stand in it and in no earlier speech.
    pub first_time: Vec<NewForm>,
    /// Those that stand in it and in no earlier speech of its speaker, but in one of another.
    pub first_time_by_speaker: Vec<NewForm>,
    /// Places where one stands altered, in the order of the text.
    pub altered: Vec<AlteredForm>,
    /// The formulations of the list that are too short to be told when altered.
    pub too_short: u64,
    /// What the reader should know; the frame of the answer prints it.
    #[serde(skip)]
    pub warnings: Vec<String>,
}

/// A formulation that stands in the speech.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct PresentForm {
    /// Its id.
    pub id: String,
    /// The formulation.
    pub form: String,
    /// The earlier speeches that have it.
    pub earlier_speeches: u64,
    /// Where it stands, in the order of the text.
    pub occurrences: Vec<FormOccurrence>,
}

/// A place where a formulation stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct FormOccurrence {
    /// The wording of it that stands there.
    pub wording: String,
    /// The address of the passage.
    pub passage: String,
    /// The paragraph, from 1.
    pub paragraph: u32,
    /// The code points of the body before it.
    pub start: usize,
    /// The code points of the body up to its end.
    pub end: usize,
    /// The text as printed.
    pub text: String,
}

/// A formulation that is absent though usual.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct AbsentForm {
    /// Its id.
    pub id: String,
    /// The formulation.
    pub form: String,
    /// For whom or what it is usual.
    pub usual: Vec<Custom>,
}

/// In how many earlier speeches in the language of this one a formulation stands: at least half of them, and at least three. Of
/// the versions of a speech one counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct Custom {
    /// Whose speeches they are.
    pub of: CustomOf,
    /// The speaker or the event.
    pub value: String,
    /// Their speeches that have it.
    pub speeches: u64,
    /// All their speeches.
    pub of_speeches: u64,
}

/// Whose custom it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CustomOf {
    /// The speaker's, by any form of the name.
    Speaker,
    /// That of a series of events: those that differ by their number and year alone.
    Event,
}

/// A formulation that is new.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct NewForm {
    /// Its id.
    pub id: String,
    /// The formulation.
    pub form: String,
    /// Other dated speeches that have it and could be earlier: of the same day, or of an imprecise date.
    #[serde(skip_serializing_if = "OtherSpeeches::is_empty")]
    pub could_change: OtherSpeeches,
    /// Speeches without a date that have it.
    #[serde(skip_serializing_if = "OtherSpeeches::is_empty")]
    pub undated: OtherSpeeches,
}

/// A place where a formulation stands altered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct AlteredForm {
    /// The id of the nearest formulation.
    pub id: String,
    /// The wording of it that stands there altered.
    pub form: String,
    /// The characters or words that were inserted, left out or replaced, and the pairs that were swapped.
    pub changes: usize,
    /// The address of the passage.
    pub passage: String,
    /// The paragraph, from 1.
    pub paragraph: u32,
    /// The code points of the body before it.
    pub start: usize,
    /// The code points of the body up to its end.
    pub end: usize,
    /// The text as printed.
    pub text: String,
    /// The wording and the text side by side: the `form` of all parts is the wording, their `text` the text.
    pub parts: Vec<FormPart>,
}

/// A part of a formulation, and what stands for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct FormPart {
    /// What happened to it.
    pub change: Change,
    /// The part of the wording; absent where something was inserted.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub form: String,
    /// What stands for it; absent where it was left out.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
}

impl FormReport {
    /// Whether there is anything to report.
    pub fn is_empty(&self) -> bool {
        self.present.is_empty() && self.absent.is_empty() && self.altered.is_empty()
    }
}

impl Engine {
    /// Reports on the formulations of a list in one speech.
    ///
    /// A version of the speech never counts as another one: of a stored speech those of its group, of a given one the speech that its
    /// `version_of` names, with the group of that. What a given speech is like is not known: a stored copy of it that it does not
    /// name counts as another speech.
    ///
    /// # Errors
    /// No speech has the id, or the index is damaged.
    pub fn report_forms(
        &self,
        forms: &Formulations,
        reported: &ReportedSpeech,
        request: &ReportRequest,
    ) -> Result<FormReport> {
        let (speech, own) = self.reported(reported)?;
        let own = self.with_versions(&speech, own)?;
        let queries: Vec<String> = forms.list().iter().map(Formulation::query).collect();
        let found = self.find_all(&request.search, queries.iter().map(String::as_str))?;
        let comparison = Comparison {
            engine: self,
            request,
            found: &found,
            own,
            date: speech.metadata.date(),
        };
        let before = Before {
            everyone: comparison.with_everything()?,
            speaker: comparison.with_speaker(&speech)?,
            customs: comparison.customs(&speech)?,
            ids: SpeechIds::read(self.snapshot())?,
        };
        let Places {
            exact,
            altered,
            too_short,
        } = places(&speech, forms, &request.search)?;
        let field = |field| speech.metadata.value(field).map(str::to_owned);
        let mut report = FormReport {
            circumstances: Circumstances::of(&request.search, request.versions).with_list(forms),
            title: field(Field::Title),
            speaker: field(Field::Speaker),
            date: field(Field::Date),
            event: field(Field::Event),
            earlier_speeches: before.everyone.earlier,
            present: Vec::new(),
            absent: Vec::new(),
            first_time: Vec::new(),
            first_time_by_speaker: Vec::new(),
            altered,
            too_short,
            warnings: warnings_of(&found),
            speech: speech.id,
        };
        if report.date.is_none() {
            let warning = "the speech has no date, so it is held against all other speeches";
            report.warnings.push(warning.to_owned());
        }
        for (number, (formulation, occurrences)) in forms.list().iter().zip(exact).enumerate() {
            match occurrences.is_empty() {
                true => report.absent.extend(before.absent(number, formulation)),
                false => report.add_present(number, formulation, occurrences, &before),
            }
        }
        Ok(report)
    }

    fn reported(&self, reported: &ReportedSpeech) -> Result<(Speech, Option<SpeechAddress>)> {
        match reported {
            ReportedSpeech::Given(speech) => Ok((Speech::clone(speech), None)),
            ReportedSpeech::Stored(id) => {
                let address = self.snapshot().find(id)?;
                Ok((self.snapshot().speech(address)?.0, Some(address)))
            }
        }
    }

    /// The speeches of the index that are versions of the reported one, and itself where it is stored.
    fn with_versions(&self, speech: &Speech, own: Option<SpeechAddress>) -> Result<HashSet<SpeechAddress>> {
        let stated = || {
            let origin = speech.metadata.value(Field::VersionOf)?;
            self.snapshot().find(origin).ok()
        };
        let mut versions = HashSet::new();
        if let Some(address) = own.or_else(stated) {
            versions.insert(address);
            for id in self.versions_beside(address)? {
                versions.insert(self.snapshot().find(&id)?);
            }
        }
        Ok(versions)
    }
}

/// What was said before.
struct Before {
    everyone: Record,
    /// What the speaker said; none where the speaker is not known.
    speaker: Option<Record>,
    customs: Vec<Customs>,
    ids: SpeechIds,
}

impl Before {
    /// A formulation that is absent, where it is usual.
    fn absent(&self, number: usize, formulation: &Formulation) -> Option<AbsentForm> {
        let customs = self.customs.iter();
        let usual: Vec<Custom> = customs.filter_map(|custom| usual(custom, number)).collect();
        (!usual.is_empty()).then(|| AbsentForm {
            id: formulation.id.clone(),
            form: formulation.form.clone(),
            usual,
        })
    }
}

impl FormReport {
    fn add_present(
        &mut self,
        number: usize,
        formulation: &Formulation,
        occurrences: Vec<FormOccurrence>,
        before: &Before,
    ) {
        let earlier = before.everyone.forms[number].earlier;
        let by_speaker = before
            .speaker
            .as_ref()
            .filter(|speaker| speaker.forms[number].earlier == 0);
        if earlier == 0 {
            let new = before.everyone.new_form(number, formulation, &before.ids);
            self.first_time.push(new);
        } else if let Some(speaker) = by_speaker {
            let new = speaker.new_form(number, formulation, &before.ids);
            self.first_time_by_speaker.push(new);
        }
        self.present.push(PresentForm {
            id: formulation.id.clone(),
            form: formulation.form.clone(),
            earlier_speeches: earlier,
            occurrences,
        });
    }
}
