//! The report of an evaluation: the measures of a run over all queries, by group and by query, and beside those of other runs.

use std::collections::BTreeMap;

use serde::Serialize;

use super::topics::{TopicSearch, named};
use crate::evaluation::{Comparison, Judgments, MeasureValues, QueryEvaluation, Run, compare, evaluate};

/// A run to evaluate, with what is known about its queries.
#[derive(Clone, Copy, Debug)]
pub struct EvaluatedRun<'a> {
    /// The name of the run.
    pub name: &'a str,
    /// What was found for each query.
    pub run: &'a Run,
    /// The judgments.
    pub judgments: &'a Judgments,
    /// The queries by their ids, each with its fields; `None` where they are not known.
    pub queries: Option<&'a BTreeMap<String, QueryFields>>,
    /// How each query was searched for; empty where the run was made elsewhere.
    pub searches: &'a BTreeMap<String, TopicSearch>,
}

/// A query as it was given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueryFields {
    /// Its text.
    pub query: String,
    /// Its further fields, such as its language and kind, each with its values joined by a comma.
    pub fields: BTreeMap<String, String>,
}

/// How good a run is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EvaluationReport {
    /// The name of the run.
    pub run: String,
    /// The queries that have a judgment; all means are over them.
    pub queries: usize,
    /// The judgments.
    pub judged: usize,
    /// Those of them that call a document relevant.
    pub relevant: usize,
    /// The judged documents that the index lacks; absent for a run from a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing_documents: Option<usize>,
    /// The queries that no passage matches, so that passages with parts of the words were ranked; absent for a run from a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relaxed: Option<usize>,
    /// The median time to rank the documents of a query, in milliseconds; absent for a run from a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub median_ms: Option<f64>,
    /// The means over all queries.
    pub measures: MeasureValues,
    /// The means over groups of queries.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<GroupEvaluation>,
    /// The queries one by one, where that was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub per_query: Vec<EvaluatedQuery>,
    /// The run beside others, in the order asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub comparisons: Vec<Comparison>,
}

/// The means over the queries that have a value of a field.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupEvaluation {
    /// The field.
    pub field: String,
    /// The value; absent for the queries that lack the field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The number of queries.
    pub queries: usize,
    /// The means.
    pub measures: MeasureValues,
}

/// The measures of one query.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EvaluatedQuery {
    /// Its id, what was judged and returned, and the measures.
    #[serde(flatten)]
    pub evaluation: QueryEvaluation,
    /// Its text; absent where it is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// The query that was searched for, where that is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub searched_as: Option<String>,
    /// Whether no passage matched; absent for a run from a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relaxed: Option<bool>,
}

impl EvaluationReport {
    /// Measures a run over all queries and by the values of fields; returns the warnings that it calls for too.
    pub fn new(evaluated: EvaluatedRun<'_>, group_by: &[String]) -> (Self, Vec<String>) {
        let per_query = evaluate(evaluated.judgments, evaluated.run);
        let groups = group_by.iter().flat_map(|field| groups(&per_query, field, evaluated));
        let report = Self {
            run: evaluated.name.to_owned(),
            queries: per_query.len(),
            judged: per_query.iter().map(|query| query.judged).sum(),
            relevant: per_query.iter().map(|query| query.relevant).sum(),
            missing_documents: None,
            relaxed: None,
            median_ms: None,
            measures: MeasureValues::means(per_query.iter().map(|query| &query.measures)),
            groups: groups.collect(),
            per_query: Vec::new(),
            comparisons: Vec::new(),
        };
        let warnings = warnings(&per_query, evaluated);
        let described = per_query.into_iter().map(|query| described(query, evaluated));
        let report = Self {
            per_query: described.collect(),
            ..report
        };
        (report, warnings)
    }

    /// Compares with another run by the same judgments.
    pub fn compare_with(&mut self, name: &str, other: &Run, judgments: &Judgments, seed: u64) {
        let own: Vec<QueryEvaluation> = self.per_query.iter().map(|query| query.evaluation.clone()).collect();
        let comparison = compare(&own, &evaluate(judgments, other), name, seed);
        self.comparisons.push(comparison);
    }
}

/// The groups by a field, in the order of its values; queries without the field come last.
fn groups(per_query: &[QueryEvaluation], field: &str, evaluated: EvaluatedRun<'_>) -> Vec<GroupEvaluation> {
    let mut by_value: BTreeMap<(bool, Option<&str>), Vec<&MeasureValues>> = BTreeMap::new();
    for query in per_query {
        let given = evaluated.queries.and_then(|queries| queries.get(&query.id));
        let value = given.and_then(|given| given.fields.get(field)).map(String::as_str);
        by_value
            .entry((value.is_none(), value))
            .or_default()
            .push(&query.measures);
    }
    let group = |((_, value), measures): ((bool, Option<&str>), Vec<&MeasureValues>)| GroupEvaluation {
        field: field.to_owned(),
        value: value.map(str::to_owned),
        queries: measures.len(),
        measures: MeasureValues::means(measures.iter().copied()),
    };
    by_value.into_iter().map(group).collect()
}

fn described(evaluation: QueryEvaluation, evaluated: EvaluatedRun<'_>) -> EvaluatedQuery {
    let given = evaluated.queries.and_then(|queries| queries.get(&evaluation.id));
    let search = evaluated.searches.get(&evaluation.id);
    EvaluatedQuery {
        query: given.map(|given| given.query.clone()),
        searched_as: search.and_then(|search| search.searched_as.clone()),
        relaxed: search.map(|search| search.relaxed),
        evaluation,
    }
}

/// Which queries do not fit together, or can score nothing.
fn warnings(per_query: &[QueryEvaluation], evaluated: EvaluatedRun<'_>) -> Vec<String> {
    let ids = |is_meant: &dyn Fn(&QueryEvaluation) -> bool| -> Vec<String> {
        let meant = per_query.iter().filter(|query| is_meant(query));
        meant.map(|query| query.id.clone()).collect()
    };
    let is_judged = |id: &str| evaluated.judgments.of_query(id).is_some();
    let is_asked = |id: &str| match evaluated.queries {
        Some(queries) => queries.contains_key(id),
        None => !evaluated.run.of_query(id).is_empty(),
    };
    let asked: Vec<&str> = match evaluated.queries {
        Some(queries) => queries.keys().map(String::as_str).collect(),
        None => evaluated.run.queries().map(|(id, _)| id).collect(),
    };
    let unjudged: Vec<String> = asked
        .into_iter()
        .filter(|id| !is_judged(id))
        .map(str::to_owned)
        .collect();
    let rows = [
        (
            ids(&|query| !is_asked(&query.id)),
            "judged, but not among the queries: counts as 0",
        ),
        (ids(&|query| query.relevant == 0), "nothing is relevant: counts as 0"),
        (unjudged, "has no judgment: left out of the means"),
    ];
    let warning =
        |(ids, message): (Vec<String>, &str)| (!ids.is_empty()).then(|| format!("{}: {message}", named(&ids)));
    rows.into_iter().filter_map(warning).collect()
}
