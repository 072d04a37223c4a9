//! How often the formulations of a list occur.

use serde::Serialize;

use super::warnings_of;
use crate::engine::Engine;
use crate::engine::counting::{CountRequest, GroupFigures, named, order};
use crate::engine::question::Circumstances;
use crate::engine::tallied::{Tallied, TalliedGroup};
use crate::error::Result;
use crate::forms::{Formulation, Formulations, wording_query};
use crate::search::{Findings, GroupBy};
use crate::tally::{Figures, Measure};

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

/// A wording, or a formulation with its variants, that is counted.
struct Counted<'a> {
    formulation: &'a Formulation,
    form: &'a str,
    query: String,
}

impl Engine {
    /// Counts the formulations of a list; the query of the request is not looked at.
    ///
    /// # Errors
    /// There are more than two fields, or the index is damaged.
    pub fn count_forms(&self, forms: &Formulations, grain: FormGrain, request: &CountRequest) -> Result<FormCounts> {
        self.check_fields(&request.by)?;
        let counted = counted(forms, grain);
        let found = self.find_all(&request.search, counted.iter().map(|counted| counted.query.as_str()))?;
        let tallied = self.tally(
            &request.search,
            &request.by,
            request.versions,
            &found.iter().collect::<Vec<_>>(),
        )?;
        let per = tallied.measure(request.per);
        let fields: Vec<String> = request.by.iter().map(GroupBy::name).collect();
        let mut warnings = warnings_of(&found);
        warnings.extend(tallied.mixture_warning(per));
        let numbered = counted.into_iter().zip(&found).enumerate();
        let counts = numbered.map(|(number, (counted, findings))| {
            let figured = Figured {
                tallied: &tallied,
                findings,
                number,
                per,
            };
            figured.form_count(counted, &fields)
        });
        Ok(FormCounts {
            circumstances: Circumstances::of(&request.search, request.versions).with_list(forms),
            per,
            forms: counts.collect(),
            fields,
            warnings,
        })
    }
}

fn counted(forms: &Formulations, grain: FormGrain) -> Vec<Counted<'_>> {
    let mut counted = Vec::new();
    for formulation in forms.list() {
        match grain {
            FormGrain::Formulation => counted.push(Counted {
                formulation,
                form: &formulation.form,
                query: formulation.query(),
            }),
            FormGrain::Wording => counted.extend(formulation.wordings().map(|wording| Counted {
                formulation,
                form: wording,
                query: wording_query(wording),
            })),
        }
    }
    counted
}

/// What one of several queries found.
struct Figured<'a> {
    tallied: &'a Tallied,
    findings: &'a Findings,
    /// The number of the query.
    number: usize,
    per: Measure,
}

impl Figured<'_> {
    fn form_count(&self, counted: Counted<'_>, fields: &[String]) -> FormCount {
        let number = self.number;
        let figures = |counts, of| Figures::new(counts, of, self.per, self.findings.has_occurrences);
        let mut groups: Vec<&TalliedGroup> = (self.tallied.groups.iter())
            .filter(|group| !fields.is_empty() && group.counts[number].passages > 0)
            .collect();
        groups.sort_by_cached_key(|group| order(group, number));
        let group_figures = |group: &TalliedGroup| GroupFigures {
            values: named(fields, &group.values),
            figures: figures(group.counts[number], group.of),
        };
        FormCount {
            id: counted.formulation.id.clone(),
            form: counted.form.to_owned(),
            query: counted.query,
            total: figures(self.tallied.counts[number], self.tallied.of),
            undetermined: self.findings.undetermined,
            by: groups.into_iter().map(group_figures).collect(),
        }
    }
}
