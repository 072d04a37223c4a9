//! Lists of formulations in a subcorpus: how often each occurs, when it is used first or last, and an overview of all of them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Engine;
use super::counting::{CountRequest, GroupFigures, TalliedGroup, check_fields, named, order};
use super::question::Circumstances;
use super::timeline::{NamedQuery, Series, Timeline};
use super::uses::{End, FoundUse, GroupUses, SpeechIds, Standing, UseReading, UsesRequest, sort_groups};
use crate::error::Result;
use crate::forms::{Formulation, Formulations, wording_query};
use crate::search::{Findings, GroupBy, SearchRequest, find};
use crate::tally::{Figures, Measure};
use crate::text::Date;

/// What stands in a row of the counts of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FormGrain {
    /// A formulation, its variants counted with it.
    #[default]
    Formulation,
    /// Each wording of a formulation by itself.
    Wording,
}

/// How often the formulations of a list occur.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct FormCounts {
    /// What else was asked.
    #[serde(flatten)]
    pub circumstances: Circumstances,
    /// What rates are per million of.
    pub per: Measure,
    /// What was counted by, as typed.
    pub fields: Vec<String>,
    /// The formulations in the order of the list, or their wordings.
    pub forms: Vec<FormCount>,
    /// What the reader should know; the frame of the answer prints it.
    #[serde(skip)]
    pub warnings: Vec<String>,
}

/// How often a formulation occurs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct FormCount {
    /// The id of the formulation.
    pub id: String,
    /// The formulation, or the one wording of it that was counted.
    pub form: String,
    /// The query that was counted.
    pub query: String,
    /// The figures of all that is let in.
    pub total: Figures,
    /// Speeches that match but whose date is absent or too imprecise for the range asked for; absent without a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undetermined: Option<u64>,
    /// The figures of the values that have it, the most occurrences first, or by periods in their order.
    pub by: Vec<GroupFigures>,
}

/// The first or last uses of the formulations of a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct FormUses {
    /// What else was asked.
    #[serde(flatten)]
    pub circumstances: Circumstances,
    /// Which use was looked for.
    #[serde(rename = "use")]
    pub end: End,
    /// What was divided by, as typed.
    pub fields: Vec<String>,
    /// The day since which a formulation must be new to be shown; absent where all are shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_since: Option<String>,
    /// The formulations that are found, in the order of the list.
    pub forms: Vec<FormUse>,
    /// The ids of the formulations that are found nowhere.
    pub never_found: Vec<String>,
    /// The number of formulations that are not shown, for they were used before; absent where all are shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub used_before: Option<u64>,
    /// What the reader should know; the frame of the answer prints it.
    #[serde(skip)]
    pub warnings: Vec<String>,
}

/// The first or last use of a formulation.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct FormUse {
    /// The id of the formulation.
    pub id: String,
    /// The formulation.
    pub form: String,
    /// The query that was looked for.
    pub query: String,
    /// Whether it is new for certain: its first use is on or after the day, and no speech that could be earlier has it. Absent where
    /// new ones were not asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certain: Option<bool>,
    /// Its use.
    #[serde(flatten)]
    pub found: FoundUse,
    /// Its use by each value that has one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<GroupUses>,
}

/// An overview of a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct FormListing {
    /// What else was asked.
    #[serde(flatten)]
    pub circumstances: Circumstances,
    /// The formulations, in the order of the list.
    pub forms: Vec<ListedForm>,
    /// What the reader should know; the frame of the answer prints it.
    #[serde(skip)]
    pub warnings: Vec<String>,
}

/// A formulation of an overview.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct ListedForm {
    /// The formulation.
    #[serde(flatten)]
    pub formulation: Formulation,
    /// The query that finds it.
    pub query: String,
    /// Its occurrences.
    pub occurrences: u64,
    /// Passages with one.
    pub passages: u64,
    /// Speeches with one.
    pub speeches: u64,
    /// The earliest dated speech that has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<PlacedDate>,
    /// The latest dated speech that has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<PlacedDate>,
    /// Speeches without a date that have it.
    pub undated_speeches: u64,
    /// How often each wording occurs, the form itself first; absent where there is but one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub wordings: Vec<WordingCount>,
}

/// A date and the speech that has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct PlacedDate {
    /// The date.
    pub date: String,
    /// The id of the speech.
    pub speech: String,
}

/// How often one wording of a formulation occurs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct WordingCount {
    /// The wording.
    pub wording: String,
    /// Its occurrences.
    pub occurrences: u64,
    /// Speeches with one.
    pub speeches: u64,
}

impl NamedQuery {
    /// The queries of a list of formulations, each called by its id.
    pub fn of_forms(forms: &Formulations) -> Vec<Self> {
        let named = |formulation: &Formulation| Self {
            name: Some(formulation.id.clone()),
            query: formulation.query(),
        };
        forms.list().iter().map(named).collect()
    }
}

impl Timeline {
    /// The same with the named queries that are found most alone, in their order; a warning says how many others were found.
    pub fn with_most_found(mut self, count: usize) -> Self {
        let mut found: BTreeMap<&str, u64> = BTreeMap::new();
        for series in &self.series {
            let occurrences = series.total.occurrences.unwrap_or(series.total.passages);
            *found.entry(series.name.as_deref().unwrap_or_default()).or_default() += occurrences;
        }
        let mut most: Vec<(Reverse<u64>, &str)> = (found.into_iter())
            .map(|(name, occurrences)| (Reverse(occurrences), name))
            .collect();
        most.sort_unstable();
        let others = most.split_off(count.min(most.len()));
        let others = others.iter().filter(|(occurrences, _)| occurrences.0 > 0).count();
        let shown: BTreeSet<String> = most.into_iter().map(|(_, name)| name.to_owned()).collect();
        let is_shown = |series: &Series| shown.contains(series.name.as_deref().unwrap_or_default());
        self.series.retain(is_shown);
        if others > 0 {
            self.warnings.push(format!(
                "{others} more formulations are found and not shown; --top shows more of them"
            ));
        }
        self
    }
}

impl Engine {
    /// Counts the formulations of a list; the query of the request is not looked at.
    ///
    /// # Errors
    /// There are more than two fields, or the index is damaged.
    pub fn count_forms(&self, forms: &Formulations, grain: FormGrain, request: &CountRequest) -> Result<FormCounts> {
        check_fields(&request.by)?;
        let asked: Vec<(&Formulation, &str, String)> = (forms.list().iter())
            .flat_map(|formulation| match grain {
                FormGrain::Formulation => vec![(formulation, formulation.form.as_str(), formulation.query())],
                FormGrain::Wording => (formulation.wordings())
                    .map(|wording| (formulation, wording, wording_query(wording)))
                    .collect(),
            })
            .collect();
        let found = self.find_all(&request.search, asked.iter().map(|(_, _, query)| query.as_str()))?;
        let tallied = self.tally(
            &request.search,
            &request.by,
            request.versions,
            &found.iter().collect::<Vec<_>>(),
        )?;
        let per = self.measure(request.per, &request.search.filters)?;
        let fields: Vec<String> = request.by.iter().map(GroupBy::name).collect();
        let mut warnings = warnings_of(&found);
        warnings.extend(self.mixture_warning(per, &request.search.filters)?);
        let mut counted = Vec::with_capacity(asked.len());
        for (number, ((formulation, form, query), findings)) in asked.into_iter().zip(&found).enumerate() {
            let figures = |counts, of| Figures::new(counts, of, per, findings.has_occurrences);
            let mut groups: Vec<&TalliedGroup> = (tallied.groups.iter())
                .filter(|group| !fields.is_empty() && group.counts[number].passages > 0)
                .collect();
            groups.sort_by_cached_key(|group| order(group, number));
            counted.push(FormCount {
                id: formulation.id.clone(),
                form: form.to_owned(),
                query,
                total: figures(tallied.counts[number], tallied.of),
                undetermined: findings.undetermined,
                by: (groups.into_iter())
                    .map(|group| GroupFigures {
                        values: named(&fields, &group.values),
                        figures: figures(group.counts[number], group.of),
                    })
                    .collect(),
            });
        }
        Ok(FormCounts {
            circumstances: Circumstances::of(&request.search, request.versions),
            per,
            fields,
            forms: counted,
            warnings,
        })
    }

    /// The first or last uses of the formulations of a list; the query of the request is not looked at. With a day, only those
    /// formulations are shown whose first dated use is, or could be, on or after it.
    ///
    /// # Errors
    /// There are more than two fields, or the index is damaged.
    pub fn form_uses(&self, forms: &Formulations, request: &UsesRequest, new_since: Option<Date>) -> Result<FormUses> {
        check_fields(&request.by)?;
        let queries: Vec<String> = forms.list().iter().map(Formulation::query).collect();
        let found = self.find_all(&request.search, queries.iter().map(String::as_str))?;
        let standings = self.standings(request, &found.iter().collect::<Vec<_>>())?;
        let ids = SpeechIds::read(self.snapshot())?;
        let fields: Vec<String> = request.by.iter().map(GroupBy::name).collect();
        let mut uses = FormUses {
            circumstances: Circumstances::of(&request.search, request.versions),
            end: request.end,
            fields,
            new_since: new_since.map(|date| date.to_string()),
            forms: Vec::new(),
            never_found: Vec::new(),
            used_before: new_since.map(|_| 0),
            warnings: warnings_of(&found),
        };
        for (number, (formulation, query)) in forms.list().iter().zip(queries).enumerate() {
            request.search.stop.check()?;
            let standing = &standings.overall[number];
            let newness = new_since.map(|since| newness(standing, since));
            if standing.is_empty() {
                uses.never_found.push(formulation.id.clone());
                continue;
            }
            if newness == Some(Newness::UsedBefore) {
                uses.used_before = uses.used_before.map(|count| count + 1);
                continue;
            }
            let search = with_query(&request.search, &query);
            let asked = (request.end, found[number].has_occurrences);
            let reading = UseReading::new(self, &search, asked, &ids)?;
            let mut by = Vec::new();
            for group in standings
                .groups
                .iter()
                .filter(|group| !group.standings[number].is_empty())
            {
                by.push(GroupUses {
                    values: named(&uses.fields, &group.values),
                    found: reading.found(&group.standings[number])?,
                });
            }
            sort_groups(&mut by, request.end);
            let found = reading.found(standing)?;
            uses.forms.push(FormUse {
                id: formulation.id.clone(),
                form: formulation.form.clone(),
                query,
                certain: newness.map(|newness| newness == Newness::New),
                found,
                by,
            });
        }
        Ok(uses)
    }

    /// An overview of the formulations of a list; the query of the request is not looked at.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn list_forms(&self, forms: &Formulations, request: &UsesRequest) -> Result<FormListing> {
        let request = &UsesRequest {
            by: Vec::new(),
            ..request.clone()
        };
        // A formulation stands before its wordings, where it has several.
        let mut queries: Vec<String> = Vec::new();
        let mut places = Vec::with_capacity(forms.list().len());
        for formulation in forms.list() {
            places.push(queries.len());
            queries.push(formulation.query());
            if !formulation.variants.is_empty() {
                queries.extend(formulation.wordings().map(wording_query));
            }
        }
        let found = self.find_all(&request.search, queries.iter().map(String::as_str))?;
        let standings = self.standings(request, &found.iter().collect::<Vec<_>>())?.overall;
        let ids = SpeechIds::read(self.snapshot())?;
        let placed = |standing: &Standing, end: End| {
            standing.extreme(end, &ids).map(|extreme| PlacedDate {
                date: extreme.winner.date.to_string(),
                speech: ids.of(extreme.winner.speech).to_owned(),
            })
        };
        let listed = |(formulation, place): (&Formulation, &usize)| {
            let standing = &standings[*place];
            let wordings = formulation.wordings().filter(|_| !formulation.variants.is_empty());
            ListedForm {
                query: queries[*place].clone(),
                occurrences: standing.counts.occurrences,
                passages: standing.counts.passages,
                speeches: standing.counts.speeches,
                first: placed(standing, End::First),
                last: placed(standing, End::Last),
                undated_speeches: standing.undated.len() as u64,
                wordings: (wordings.zip(&standings[place + 1..]))
                    .map(|(wording, standing)| WordingCount {
                        wording: wording.to_owned(),
                        occurrences: standing.counts.occurrences,
                        speeches: standing.counts.speeches,
                    })
                    .collect(),
                formulation: formulation.clone(),
            }
        };
        Ok(FormListing {
            circumstances: Circumstances::of(&request.search, request.versions),
            forms: forms.list().iter().zip(&places).map(listed).collect(),
            warnings: warnings_of(&found),
        })
    }

    /// What each of several queries finds in the subcorpus of a request.
    pub(super) fn find_all<'a>(
        &self,
        search: &SearchRequest,
        queries: impl Iterator<Item = &'a str>,
    ) -> Result<Vec<Findings>> {
        let mut found = Vec::new();
        for query in queries {
            search.stop.check()?;
            found.push(find(self.snapshot(), self.names(), &with_query(search, query))?);
        }
        Ok(found)
    }
}

fn with_query(search: &SearchRequest, query: &str) -> SearchRequest {
    SearchRequest {
        query: query.to_owned(),
        ..search.clone()
    }
}

/// The warnings of several findings, each once.
pub(super) fn warnings_of(found: &[Findings]) -> Vec<String> {
    let mut warnings: Vec<String> = Vec::new();
    for warning in found.iter().flat_map(|findings| &findings.warnings) {
        if !warnings.contains(warning) {
            warnings.push(warning.clone());
        }
    }
    warnings
}

/// Whether something is new since a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Newness {
    New,
    Undetermined,
    UsedBefore,
}

fn newness(standing: &Standing, since: Date) -> Newness {
    let is_before = |date: Date| date.last_day() < since.first_day();
    let is_after = |date: Date| date.first_day() >= since.first_day();
    let mut dates = standing.dated.iter().map(|dated| dated.date);
    if standing.dated.iter().any(|dated| is_before(dated.date)) {
        Newness::UsedBefore
    } else if dates.all(is_after) && standing.undated.is_empty() {
        Newness::New
    } else {
        Newness::Undetermined
    }
}
