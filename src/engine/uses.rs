//! The earliest and the latest dated use of what a query finds, as a whole and by the values of fields, with what could change
//! the answer.

mod citing;
mod finding;

use std::collections::BTreeMap;

use serde::Serialize;

use super::Engine;
use super::counting::named;
use super::question::Circumstances;
use crate::corpus::passage::is_matter;
use crate::error::{Result, choices};
use crate::search::{GroupBy, SearchRequest, find};
use crate::tally::VersionCounting;
use crate::text::CharSpan;
pub(super) use citing::UseReading;
pub(super) use finding::{SpeechIds, Standing, Standings, sort_groups};

/// Which end of the time in which something is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// The earliest use.
    #[default]
    First,
    /// The latest use.
    Last,
}

choices! { End, "an end of the time in which something is used",
    "first" => First: "The earliest use",
    "last" => Last: "The latest use",
}

/// A question of the first or the last use.
#[derive(Clone, Debug, PartialEq)]
pub struct UsesRequest {
    /// The query, the subcorpus and how strings match; see [`SearchRequest::to_count`].
    pub search: SearchRequest,
    /// Which use is looked for.
    pub end: End,
    /// What is divided by; at most two.
    pub by: Vec<GroupBy>,
    /// How versions of one speech are counted.
    pub versions: VersionCounting,
}

impl UsesRequest {
    /// A question about the whole corpus.
    pub fn new(query: impl Into<String>, end: End) -> Self {
        Self {
            search: SearchRequest::to_count(query),
            end,
            by: Vec::new(),
            versions: VersionCounting::default(),
        }
    }
}

/// The first or the last use of what a query finds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct Uses {
    /// The query as typed.
    pub query: String,
    /// The query as it was understood.
    pub interpreted: String,
    /// What else was asked.
    #[serde(flatten)]
    pub circumstances: Circumstances,
    /// Which use was looked for.
    #[serde(rename = "use")]
    pub end: End,
    /// The use in all that is let in.
    #[serde(flatten)]
    pub overall: FoundUse,
    /// Speeches that match but whose date is absent or too imprecise for the range asked for; absent without a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undetermined: Option<u64>,
    /// What was divided by, as typed.
    pub fields: Vec<String>,
    /// The use of each value that has one, in the order of their dates, from the earliest for `first` and from the latest for
    /// `last`; values with undated uses alone stand behind.
    pub by: Vec<GroupUses>,
    /// What the reader should know; the frame of the answer prints it.
    #[serde(skip)]
    pub warnings: Vec<String>,
}

/// The use of one value, or of one combination of values.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct GroupUses {
    /// The values by field; a field that the speeches of the group lack is absent.
    #[serde(flatten)]
    pub values: BTreeMap<String, String>,
    /// Their use.
    #[serde(flatten)]
    pub found: FoundUse,
}

/// A first or last use, and what could change it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct FoundUse {
    /// The earliest dated use, where that was asked for and there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<Use>,
    /// The latest dated use, where that was asked for and there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<Use>,
    /// Occurrences, dated or not; absent where nothing in the query stands in the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occurrences: Option<u64>,
    /// Speeches with one, dated or not.
    pub speeches: u64,
    /// Other speeches of the very same day.
    #[serde(skip_serializing_if = "OtherSpeeches::is_empty")]
    pub same_day: OtherSpeeches,
    /// Other dated speeches that could change the answer: earlier (later) where the date of the use is imprecise, else on the same
    /// day, because their date is.
    #[serde(skip_serializing_if = "OtherSpeeches::is_empty")]
    pub could_change: OtherSpeeches,
    /// The number of speeches without a date that have it: any of them could be earlier (later).
    pub undated_speeches: u64,
    /// The ids of the first twenty of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub undated: Vec<String>,
}

impl FoundUse {
    /// The use that was asked for, where there is one.
    pub fn found(&self) -> Option<&Use> {
        self.first.as_ref().or(self.last.as_ref())
    }
}

/// Some speeches, of which the first are named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct OtherSpeeches {
    /// How many they are.
    pub total: u64,
    /// The ids of the first twenty, in the order of ids.
    pub speeches: Vec<String>,
}

impl OtherSpeeches {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }
}

/// How precise a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DatePrecision {
    /// The year is known.
    Year,
    /// The month is known.
    Month,
    /// The day is known.
    Day,
}

/// An occurrence, with the sentence it stands in and the reference to it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct Use {
    /// The date of the speech.
    pub date: String,
    /// How precise it is.
    pub date_precision: DatePrecision,
    /// Where the date came from: `metadata`, `heading`, `dateline` or `file name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_source: Option<String>,
    /// The id of the speech.
    pub speech: String,
    /// The address of the passage.
    pub passage: String,
    /// The paragraph, from 1; absent where it is matter.
    #[serde(skip_serializing_if = "is_matter")]
    pub paragraph: u32,
    /// The title of the speech.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The speaker: of the passage, where it has its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// The office of the speaker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The state that the speaker speaks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Where the speech was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The occasion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// The language as a BCP-47 tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The passage as printed.
    pub text: String,
    /// The code points of `text` before the occurrence; absent where nothing in the query stands in the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    /// The code points of `text` up to its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<usize>,
    /// The sentence of `text` in which it stands.
    pub sentence: CharSpan,
    /// The reference to the passage by GB/T 7714, ready to be copied.
    pub citation: String,
}

impl Engine {
    /// The first or the last dated use of what a query finds.
    ///
    /// Dates are intervals of their precision. The first use is the one whose interval begins earliest, then the one with the
    /// more precise date, then by speech id, paragraph and position; the last use mirrors it.
    ///
    /// # Errors
    /// The query cannot be read, there are more than two fields, or the index is damaged.
    pub fn uses(&self, request: &UsesRequest) -> Result<Uses> {
        self.check_fields(&request.by)?;
        let findings = find(self.snapshot(), self.names(), &request.search)?;
        let mut standings = self.standings(request, &[&findings])?;
        let ids = SpeechIds::read(self.snapshot())?;
        let asked = (request.end, findings.has_occurrences);
        let reading = UseReading::new(self, &request.search, asked, &ids)?;
        let fields: Vec<String> = request.by.iter().map(GroupBy::name).collect();
        let overall = reading.found(&standings.overall[0])?;
        let mut by = Vec::new();
        for group in std::mem::take(&mut standings.groups) {
            if !group.standings[0].is_empty() {
                by.push(GroupUses {
                    values: named(&fields, &group.values),
                    found: reading.found(&group.standings[0])?,
                });
            }
        }
        sort_groups(&mut by, request.end);
        Ok(Uses {
            query: request.search.query.clone(),
            interpreted: findings.interpreted,
            circumstances: Circumstances::of(&request.search, request.versions),
            end: request.end,
            overall,
            undetermined: findings.undetermined,
            fields,
            by,
            warnings: findings.warnings,
        })
    }
}
