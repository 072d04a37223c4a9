//! Two runs side by side: by how much they differ in each measure, and whether chance would do as much.

use serde::Serialize;

use super::QueryEvaluation;
use super::measures::Measure;
use crate::statistics::{Interval, bootstrap_interval, mean, paired_randomization};

/// Differences that are less are taken for none: sums of the same numbers in another order differ by about 1e-16.
const NO_DIFFERENCE: f64 = 1e-9;

/// A run compared with another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The name of the other run.
    pub with: String,
    /// The number of queries.
    pub queries: usize,
    /// The seed of what was drawn at random.
    pub seed: u64,
    /// The differences, this run less the other.
    pub measures: Vec<MeasureComparison>,
}

/// The difference in one measure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MeasureComparison {
    /// The name of the measure.
    pub measure: &'static str,
    /// The mean of the other run.
    pub other: f64,
    /// The mean over the queries of the value of this run less that of the other.
    pub difference: f64,
    /// The 95 % percentile bootstrap interval of the mean difference.
    pub interval: Interval,
    /// The two-sided p of the paired randomization test.
    pub p: f64,
    /// The queries for which this run is better.
    pub wins: usize,
    /// The queries for which both are as good.
    pub ties: usize,
    /// The queries for which the other is better.
    pub losses: usize,
}

/// Compares evaluations of two runs by the same judgments, which therefore are of the same queries in the same order.
pub fn compare(run: &[QueryEvaluation], other: &[QueryEvaluation], with: &str, seed: u64) -> Comparison {
    debug_assert!(
        run.iter()
            .map(|query| &query.id)
            .eq(other.iter().map(|query| &query.id))
    );
    Comparison {
        with: with.to_owned(),
        queries: run.len(),
        seed,
        measures: Measure::ALL
            .map(|measure| compare_measure(run, other, measure, seed))
            .into(),
    }
}

fn compare_measure(
    run: &[QueryEvaluation],
    other: &[QueryEvaluation],
    measure: Measure,
    seed: u64,
) -> MeasureComparison {
    let values = |queries: &[QueryEvaluation]| -> Vec<f64> {
        queries.iter().map(|query| query.measures.value(measure)).collect()
    };
    let (own, others) = (values(run), values(other));
    let difference = |(own, other): (&f64, &f64)| Some(own - other).filter(|value| value.abs() >= NO_DIFFERENCE);
    let differences: Vec<f64> = own
        .iter()
        .zip(&others)
        .map(|pair| difference(pair).unwrap_or(0.0))
        .collect();
    let count = |is_counted: fn(&f64) -> bool| differences.iter().filter(|value| is_counted(value)).count();
    let none = Interval { low: 0.0, high: 0.0 };
    MeasureComparison {
        measure: measure.name(),
        other: mean(&others),
        difference: mean(&differences),
        interval: bootstrap_interval([&differences], |[resample]| mean(resample), seed).unwrap_or(none),
        p: paired_randomization(&differences, seed),
        wins: count(|value| *value > 0.0),
        ties: count(|value| *value == 0.0),
        losses: count(|value| *value < 0.0),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::evaluation::{Judgments, Run, evaluate};

    /// For 20 queries the first run has the one relevant document first, and the second run has it second for some.
    fn evaluations(worse: usize) -> [Vec<QueryEvaluation>; 2] {
        let judgments: String = (0..20).map(|query| format!("q{query} 0 a 1\n")).collect();
        let judgments = Judgments::parse(&judgments, Path::new("q")).expect("judgments can be read");
        let (mut first, mut second) = (Run::default(), Run::default());
        for query in 0..20 {
            let id = format!("q{query}");
            let ranking = |ids: [&str; 2]| ids.map(|id| (id.to_owned(), 1.0));
            first.set(&id, ranking(["a", "b"]));
            second.set(&id, ranking(if query < worse { ["b", "a"] } else { ["a", "b"] }));
        }
        [first, second].map(|run| evaluate(&judgments, &run))
    }

    fn reciprocal_rank(comparison: &Comparison) -> &MeasureComparison {
        &comparison.measures[Measure::ReciprocalRank10 as usize]
    }

    #[test]
    fn wins_ties_and_losses_are_counted_and_change_places_with_the_runs() {
        let [first, second] = evaluations(4);
        let forth = compare(&first, &second, "second", 1);
        let back = compare(&second, &first, "first", 1);
        let (forth, back) = (reciprocal_rank(&forth), reciprocal_rank(&back));
        assert_eq!((forth.wins, forth.ties, forth.losses), (4, 16, 0));
        assert_eq!((back.wins, back.ties, back.losses), (0, 16, 4));
        assert_eq!((forth.difference, back.difference), (0.1, -0.1));
        assert_eq!((forth.p, back.p), (2.0 / 16.0, 2.0 / 16.0));
        assert_eq!((forth.other, back.other), (0.9, 1.0));
    }

    #[test]
    fn many_differences_one_way_are_not_chance() {
        let [first, second] = evaluations(20);
        let comparison = compare(&first, &second, "second", 1);
        let found = reciprocal_rank(&comparison);
        assert!(found.p < 0.001 && found.interval.low > 0.0, "{found:?}");
    }

    #[test]
    fn a_run_does_not_differ_from_itself() {
        let [first, _] = evaluations(0);
        for found in compare(&first, &first, "itself", 1).measures {
            assert_eq!((found.difference, found.p, found.ties), (0.0, 1.0, 20));
        }
    }
}
