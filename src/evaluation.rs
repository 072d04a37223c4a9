//! How good is a ranking? Judgments, runs, measures and comparisons, in the forms and by the definitions of TREC. This room
//! knows documents by their ids alone: what a document is, and how it was found, is the business of others.

pub mod comparison;
mod lines;
pub mod measures;
pub mod qrels;
pub mod run;

use std::collections::BTreeMap;

use serde::Serialize;

pub use comparison::{Comparison, MeasureComparison, compare};
pub use measures::{Measure, MeasureValues};
pub use qrels::Judgments;
pub use run::{RankedDocument, Run};

/// How good a run is for one query.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QueryEvaluation {
    /// The id of the query.
    pub id: String,
    /// The documents that were judged for it.
    pub judged: usize,
    /// Those of them that are relevant.
    pub relevant: usize,
    /// The documents that the run has for it.
    pub returned: usize,
    /// The measures.
    pub measures: MeasureValues,
}

/// Measures a run for every query that has a judgment, in the order of their ids. A query for which the run has nothing scores
/// 0, as does one without a relevant document; a query of the run that was never judged is passed over.
pub fn evaluate(judgments: &Judgments, run: &Run) -> Vec<QueryEvaluation> {
    let evaluation = |(id, grades): (&str, &BTreeMap<String, i32>)| {
        let ranking = run.of_query(id);
        QueryEvaluation {
            id: id.to_owned(),
            judged: grades.len(),
            relevant: grades.values().filter(|grade| **grade > 0).count(),
            returned: ranking.len(),
            measures: MeasureValues::of(ranking, grades),
        }
    };
    judgments.queries().map(evaluation).collect()
}
