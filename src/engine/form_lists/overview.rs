//! An overview of a list of formulations.

use serde::Serialize;

use super::warnings_of;
use crate::engine::Engine;
use crate::engine::question::Circumstances;
use crate::engine::uses::{End, SpeechIds, Standing, UsesRequest};
use crate::error::Result;
use crate::forms::{Formulation, Formulations, wording_query};
use crate::search::Findings;

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
    /// Speeches that have it but whose date is absent or too imprecise for the range asked for; absent without a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undetermined: Option<u64>,
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

impl Engine {
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
        let overview = Overview {
            found: &found,
            standings: &standings,
            queries: &queries,
            ids: SpeechIds::read(self.snapshot())?,
        };
        let numbered = forms.list().iter().zip(places);
        Ok(FormListing {
            circumstances: Circumstances::of(&request.search, request.versions).with_list(forms),
            forms: numbered
                .map(|(formulation, place)| overview.listed(formulation, place))
                .collect(),
            warnings: warnings_of(&found),
        })
    }
}

/// What the queries of a list found.
struct Overview<'a> {
    found: &'a [Findings],
    standings: &'a [Standing],
    queries: &'a [String],
    ids: SpeechIds,
}

impl Overview<'_> {
    /// A formulation whose query stands at a place, those of its wordings behind it.
    fn listed(&self, formulation: &Formulation, place: usize) -> ListedForm {
        let standing = &self.standings[place];
        let wordings = formulation.wordings().filter(|_| !formulation.variants.is_empty());
        let wording_count = |(wording, standing): (&str, &Standing)| WordingCount {
            wording: wording.to_owned(),
            occurrences: standing.counts.occurrences,
            speeches: standing.counts.speeches,
        };
        ListedForm {
            query: self.queries[place].clone(),
            occurrences: standing.counts.occurrences,
            passages: standing.counts.passages,
            speeches: standing.counts.speeches,
            first: self.placed(standing, End::First),
            last: self.placed(standing, End::Last),
            undated_speeches: standing.undated.len() as u64,
            undetermined: self.found[place].undetermined,
            wordings: (wordings.zip(&self.standings[place + 1..]))
                .map(wording_count)
                .collect(),
            formulation: formulation.clone(),
        }
    }

    fn placed(&self, standing: &Standing, end: End) -> Option<PlacedDate> {
        standing.extreme(end, &self.ids).map(|extreme| PlacedDate {
            date: extreme.winner.date.to_string(),
            speech: self.ids.of(extreme.winner.speech).to_owned(),
        })
    }
}
