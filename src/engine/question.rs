//! What was asked, as it stands in every answer of corpus analytics: with the corpus and the tool of its frame, a figure can be
//! traced and got again.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::forms::{Formulations, ListName};
use crate::search::{Expand, Filters, SearchRequest, StageDirections, Strictness};
use crate::tally::VersionCounting;

/// The circumstances of a question, the query aside.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct Circumstances {
    /// The filters as typed, by their names, the range of dates among them as `from` and `to`; absent where there are none.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub filters: BTreeMap<String, Vec<String>>,
    /// Whether strings match as printed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub strict: bool,
    /// Whether stage directions are searched too.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub include_notes: bool,
    /// What other forms are looked for of: `keywords` or `all`; absent where of nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expand: Option<&'static str>,
    /// How versions of one speech were counted.
    pub versions: VersionCounting,
    /// The list of formulations that was asked of; absent where it was a query.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<ListName>,
}

impl Circumstances {
    /// Those of a request.
    pub fn of(request: &SearchRequest, versions: VersionCounting) -> Self {
        Self {
            filters: filters(&request.filters),
            strict: request.strictness == Strictness::AsPrinted,
            include_notes: request.stage_directions == StageDirections::Included,
            expand: (request.expand != Expand::Nothing).then(|| Expand::NAMES[request.expand as usize].0),
            versions,
            list: None,
        }
    }

    /// The same for a list of formulations in the place of a query.
    #[must_use]
    pub fn with_list(self, forms: &Formulations) -> Self {
        Self {
            list: Some(forms.name().clone()),
            ..self
        }
    }

    /// All but the way versions were counted, on one line: `country=Karsu; from=2013`; empty where nothing was set. Behind
    /// the rest stands the list of formulations: `list=formulations.tsv@0123456789ab`.
    pub fn line(&self) -> String {
        let mut parts: Vec<String> = (self.filters.iter())
            .map(|(name, values)| format!("{name}={}", values.join("|")))
            .collect();
        parts.extend(self.strict.then(|| "strict".to_owned()));
        parts.extend(self.include_notes.then(|| "include-notes".to_owned()));
        parts.extend(self.expand.map(|what| format!("expand={what}")));
        parts.extend(self.list.as_ref().map(|list| format!("list={}", list.line())));
        parts.join("; ")
    }
}

fn filters(filters: &Filters) -> BTreeMap<String, Vec<String>> {
    let mut named: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (field, values) in &filters.any_of {
        named.entry(field.path()).or_default().extend(values.iter().cloned());
    }
    for (name, date) in [("from", filters.from), ("to", filters.to)] {
        named.extend(date.map(|date| (name.to_owned(), vec![date.to_string()])));
    }
    named
}
