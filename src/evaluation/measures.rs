//! The measures of a ranking, as trec_eval and ir_measures define them.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::run::RankedDocument;
use crate::statistics::mean;

/// A measure of the ranking for one query, from 0 to 1. In the formulas g(i) is the grade of the document at rank i, 0 where
/// it is negative or was not judged, and R the number of relevant documents, those with a grade above 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// DCG / ideal DCG, where DCG = Σ g(i) / log₂(i + 1) over the first ten, and the ideal one that of the judged documents
    /// in the order of their grades (Järvelin and Kekäläinen 2002).
    Ndcg10,
    /// 1 / the rank of the first relevant document, where that is among the first ten; its mean is the MRR@10.
    ReciprocalRank10,
    /// The relevant documents among the first ten / R.
    Recall10,
    /// The relevant documents among the first hundred / R.
    Recall100,
    /// Σ over the ranks i of relevant documents of (relevant documents up to i) / i, divided by R; its mean is the MAP.
    AveragePrecision,
    /// The share of the first ten (of all where there are fewer) that was judged at all.
    Judged10,
}

impl Measure {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 6] = [
        Self::Ndcg10,
        Self::ReciprocalRank10,
        Self::Recall10,
        Self::Recall100,
        Self::AveragePrecision,
        Self::Judged10,
    ];

    /// The name, as ir_measures writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ndcg10 => "nDCG@10",
            Self::ReciprocalRank10 => "RR@10",
            Self::Recall10 => "R@10",
            Self::Recall100 => "R@100",
            Self::AveragePrecision => "AP",
            Self::Judged10 => "Judged@10",
        }
    }

    /// The value for a ranking, by the grades of what was judged; 0 where nothing is relevant or nothing was found.
    pub fn of(self, ranking: &[RankedDocument], grades: &BTreeMap<String, i32>) -> f64 {
        let found = |count: usize| {
            let first = ranking.iter().take(count);
            first.map(|document| grades.get(&document.id).copied().unwrap_or(0).max(0))
        };
        let relevant = grades.values().filter(|grade| **grade > 0).count();
        let share = |part: f64| if relevant == 0 { 0.0 } else { part / relevant as f64 };
        match self {
            Self::Ndcg10 => {
                let mut ideal: Vec<i32> = grades.values().copied().filter(|grade| *grade > 0).collect();
                ideal.sort_unstable_by(|left, right| right.cmp(left));
                let best = discounted_gain(ideal.into_iter().take(10));
                if best == 0.0 {
                    0.0
                } else {
                    discounted_gain(found(10)) / best
                }
            }
            Self::ReciprocalRank10 => {
                let first = found(10).position(|grade| grade > 0);
                first.map_or(0.0, |index| 1.0 / (index as f64 + 1.0))
            }
            Self::Recall10 => share(found(10).filter(|grade| *grade > 0).count() as f64),
            Self::Recall100 => share(found(100).filter(|grade| *grade > 0).count() as f64),
            Self::AveragePrecision => share(sum_of_precisions(found(ranking.len()))),
            Self::Judged10 => {
                let first = &ranking[..ranking.len().min(10)];
                let judged = first.iter().filter(|document| grades.contains_key(&document.id));
                judged.count() as f64 / first.len().max(1) as f64
            }
        }
    }
}

fn discounted_gain(grades: impl Iterator<Item = i32>) -> f64 {
    let gains = grades.enumerate();
    // The sum of nothing is -0.0, which would be printed so.
    gains.fold(0.0, |sum, (index, grade)| {
        sum + f64::from(grade) / (index as f64 + 2.0).log2()
    })
}

/// The sum of the precisions at the ranks of relevant documents.
fn sum_of_precisions(grades: impl Iterator<Item = i32>) -> f64 {
    let (mut relevant, mut sum) = (0.0, 0.0);
    for (index, grade) in grades.enumerate() {
        if grade > 0 {
            relevant += 1.0;
            sum += relevant / (index as f64 + 1.0);
        }
    }
    sum
}

/// A value of each measure. In JSON an object of the values by the names of the measures.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MeasureValues([f64; Measure::ALL.len()]);

impl MeasureValues {
    /// The values for a ranking, by the grades of what was judged.
    pub fn of(ranking: &[RankedDocument], grades: &BTreeMap<String, i32>) -> Self {
        Self(Measure::ALL.map(|measure| measure.of(ranking, grades)))
    }

    /// The means over queries; zeros over none.
    pub fn means<'a>(of_queries: impl Iterator<Item = &'a Self> + Clone) -> Self {
        Self(Measure::ALL.map(|measure| {
            let values: Vec<f64> = of_queries.clone().map(|values| values.value(measure)).collect();
            mean(&values)
        }))
    }

    /// The value of a measure.
    pub fn value(&self, measure: Measure) -> f64 {
        self.0[measure as usize]
    }

    /// The measures with their values, in the order in which they are shown.
    pub fn iter(&self) -> impl Iterator<Item = (Measure, f64)> + '_ {
        Measure::ALL.into_iter().zip(self.0)
    }
}

impl Serialize for MeasureValues {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(measure, value)| (measure.name(), value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(ranking: &[&str], grades: &[(&str, i32)]) -> Vec<f64> {
        let document = |id: &&str| RankedDocument {
            id: (*id).to_owned(),
            score: 0.0,
        };
        let ranking: Vec<RankedDocument> = ranking.iter().map(document).collect();
        let grades = grades.iter().map(|(id, grade)| ((*id).to_owned(), *grade)).collect();
        let values = MeasureValues::of(&ranking, &grades);
        values.iter().map(|(_, value)| value).collect()
    }

    #[test]
    fn the_measures_are_those_of_their_formulas() {
        let grades = [("a", 2), ("b", -1), ("c", 1), ("d", 1), ("e", 0)];
        let third = 1.0 / 4.0_f64.log2();
        let ideal = 2.0 + 1.0 / 3.0_f64.log2() + third;
        let gain = 2.0 / 3.0_f64.log2() + 1.0 / 5.0_f64.log2();
        let found = values(&["b", "a", "x", "c"], &grades);
        assert_eq!(
            found,
            [
                gain / ideal,
                0.5,
                2.0 / 3.0,
                2.0 / 3.0,
                (1.0 / 2.0 + 2.0 / 4.0) / 3.0,
                0.75
            ]
        );
    }

    #[test]
    fn an_ideal_ranking_reaches_one_and_nothing_reaches_zero() {
        assert_eq!(values(&["a", "b"], &[("a", 2), ("b", 1)]), [1.0; 6]);
        assert_eq!(values(&[], &[("a", 2)]), [0.0; 6]);
        assert_eq!(values(&["x"], &[("a", 2)]), [0.0; 6]);
        assert_eq!(values(&["x"], &[("x", 0)])[..5], [0.0; 5], "nothing is relevant");
    }

    #[test]
    fn ranks_beyond_the_cutoff_do_not_count() {
        let ranking: Vec<String> = (1..=101).map(|rank| rank.to_string()).collect();
        let ranking: Vec<&str> = ranking.iter().map(String::as_str).collect();
        let found = values(&ranking, &[("11", 1), ("100", 1), ("101", 1)]);
        assert_eq!(found[..4], [0.0, 0.0, 0.0, 2.0 / 3.0]);
        assert_eq!(found[4], (1.0 / 11.0 + 2.0 / 100.0 + 3.0 / 101.0) / 3.0);
    }
}
