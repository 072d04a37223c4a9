//! The first or last uses of the formulations of a list, and which of them are new.

use serde::Serialize;

use super::{warnings_of, with_query};
use crate::engine::Engine;
use crate::engine::counting::named;
use crate::engine::question::Circumstances;
use crate::engine::uses::{
    End, FoundUse, GroupUses, SpeechIds, Standing, Standings, UseReading, UsesRequest, sort_groups,
};
use crate::error::Result;
use crate::forms::{Formulation, Formulations};
use crate::search::GroupBy;
use crate::text::Date;

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
    /// Speeches that have it but whose date is absent or too imprecise for the range asked for; absent without a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undetermined: Option<u64>,
    /// Its use by each value that has one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<GroupUses>,
}

impl Engine {
    /// The first or last uses of the formulations of a list; the query of the request is not looked at. With a day, only those
    /// formulations are shown whose first dated use is, or could be, on or after it.
    ///
    /// # Errors
    /// There are more than two fields, or the index is damaged.
    pub fn form_uses(&self, forms: &Formulations, request: &UsesRequest, new_since: Option<Date>) -> Result<FormUses> {
        self.check_fields(&request.by)?;
        let queries: Vec<String> = forms.list().iter().map(Formulation::query).collect();
        let found = self.find_all(&request.search, queries.iter().map(String::as_str))?;
        let standings = self.standings(request, &found.iter().collect::<Vec<_>>())?;
        let ids = SpeechIds::read(self.snapshot())?;
        let mut uses = FormUses {
            circumstances: Circumstances::of(&request.search, request.versions).with_list(forms),
            end: request.end,
            fields: request.by.iter().map(GroupBy::name).collect(),
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
            uses.forms.push(FormUse {
                id: formulation.id.clone(),
                form: formulation.form.clone(),
                query,
                certain: newness.map(|newness| newness == Newness::New),
                found: reading.found(standing)?,
                undetermined: found[number].undetermined,
                by: group_uses(number, &standings, &uses.fields, &reading)?,
            });
        }
        uses.forms
            .iter_mut()
            .for_each(|form| sort_groups(&mut form.by, request.end));
        Ok(uses)
    }
}

/// The uses of one of several queries by the values that have one.
fn group_uses(
    number: usize,
    standings: &Standings,
    fields: &[String],
    reading: &UseReading<'_>,
) -> Result<Vec<GroupUses>> {
    let mut uses = Vec::new();
    for group in &standings.groups {
        if !group.standings[number].is_empty() {
            uses.push(GroupUses {
                values: named(fields, &group.values),
                found: reading.found(&group.standings[number])?,
            });
        }
    }
    Ok(uses)
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
