//! A run: which documents a system found for each query, in which order; and the form of TREC for it.

use std::collections::BTreeMap;
use std::collections::HashSet;
use std::io::{self, Write};
use std::path::Path;

use super::lines;
use crate::error::Result;

/// The form of a line.
const FORM: &str = "`QUERY Q0 DOCUMENT RANK SCORE NAME`, such as `q1 Q0 summit/astana#p9 1 17.25 mine`";

/// How far below the one before it a score is set that is not less: two steps of a number in single precision.
const STEP: f32 = f32::EPSILON * 2.0;

/// A document of a ranking.
#[derive(Clone, Debug, PartialEq)]
pub struct RankedDocument {
    /// Its id.
    pub id: String,
    /// Its score, in the single precision in which trec_eval reads it.
    pub score: f32,
}

/// The documents found for each query, the best first. The scores of a query always descend strictly: whoever sorts by
/// them, whatever is done with ties, gets the same order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    by_query: BTreeMap<String, Vec<RankedDocument>>,
}

impl Run {
    /// Sets the documents of a query, the best first, with their scores. A document that comes again is left out, and a score
    /// that is not less than the one before it is set just below that one.
    pub fn set(&mut self, query: &str, ranking: impl IntoIterator<Item = (String, f64)>) {
        let (mut seen, mut documents) = (HashSet::new(), Vec::new());
        let mut before: Option<f32> = None;
        for (id, score) in ranking {
            if !seen.insert(id.clone()) {
                continue;
            }
            let score = match before {
                Some(before) if score as f32 >= before => just_below(before),
                _ => score as f32,
            };
            before = Some(score);
            documents.push(RankedDocument { id, score });
        }
        self.by_query.insert(query.to_owned(), documents);
    }

    /// The documents of a query, the best first; none where the run lacks the query.
    pub fn of_query(&self, query: &str) -> &[RankedDocument] {
        self.by_query.get(query).map_or(&[], Vec::as_slice)
    }

    /// The queries in the order of their ids, with their documents.
    pub fn queries(&self) -> impl Iterator<Item = (&str, &[RankedDocument])> {
        self.by_query
            .iter()
            .map(|(query, documents)| (query.as_str(), documents.as_slice()))
    }

    /// Reads a file of lines `QUERY Q0 DOCUMENT RANK SCORE NAME`.
    ///
    /// # Errors
    /// The file cannot be read, or as [`parse`](Self::parse).
    pub fn read(path: &Path) -> Result<Self> {
        Self::parse(&lines::read(path, "run")?, path)
    }

    /// Reads lines `QUERY Q0 DOCUMENT RANK SCORE NAME`; the path is named in errors. As trec_eval does, it goes by the
    /// scores in single precision and not by the ranks, and of equal scores takes the greater id first.
    ///
    /// # Errors
    /// A line has another number of fields or a score that is no number, has a document for the second time, or there is
    /// no line.
    pub fn parse(text: &str, path: &Path) -> Result<Self> {
        let mut read: BTreeMap<&str, Vec<(&str, f32)>> = BTreeMap::new();
        let mut seen = HashSet::new();
        for line in lines::fields(text, path, FORM) {
            let (number, [query, _, document, _, score, _]) = line?;
            let score = score.parse().ok().filter(|score: &f32| score.is_finite());
            let score = score.ok_or_else(|| lines::fault(path, number, "the score is not a number", FORM))?;
            if !seen.insert((query, document)) {
                let message = format!("`{document}` stands in a line above for `{query}` too");
                return Err(lines::fault(path, number, message, "every document of a query once"));
            }
            read.entry(query).or_default().push((document, score));
        }
        if read.is_empty() {
            return Err(lines::fault(path, 1, "there is no line in the run", FORM));
        }
        let mut run = Self::default();
        for (query, mut documents) in read {
            documents.sort_by(|left, right| right.1.total_cmp(&left.1).then_with(|| right.0.cmp(left.0)));
            run.set(
                query,
                documents
                    .iter()
                    .map(|(id, score)| ((*id).to_owned(), f64::from(*score))),
            );
        }
        Ok(run)
    }

    /// Writes lines `QUERY Q0 DOCUMENT RANK SCORE NAME`, apart by tabs, with ranks from 1.
    ///
    /// # Errors
    /// The output cannot be written.
    pub fn write(&self, name: &str, output: &mut dyn Write) -> io::Result<()> {
        for (query, documents) in self.queries() {
            for (index, document) in documents.iter().enumerate() {
                let rank = index + 1;
                writeln!(
                    output,
                    "{query}\tQ0\t{}\t{rank}\t{}\t{name}",
                    document.id, document.score
                )?;
            }
        }
        Ok(())
    }
}

/// A score that is less than another in single precision, by as little as is safe.
fn just_below(score: f32) -> f32 {
    score - score.abs().max(1.0) * STEP
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ids(run: &Run, query: &str) -> Vec<String> {
        run.of_query(query).iter().map(|document| document.id.clone()).collect()
    }

    fn parsed(text: &str) -> Result<Run> {
        Run::parse(text, Path::new("a.run"))
    }

    #[test]
    fn scores_order_a_run_and_greater_ids_come_first_among_equals() {
        let text = "q Q0 a 1 1.5 x\nq Q0 b 2 3 x\nq Q0 c 3 1.50000001 x\nq Q0 d 4 -1e-3 x";
        assert_eq!(ids(&parsed(text).expect("it can be read"), "q"), ["b", "c", "a", "d"]);
    }

    #[test]
    fn a_bad_line_is_named_with_the_way_out() {
        let rows = [
            (
                "q Q0 a 1 2 x\nq Q0 b 2 x",
                "a.run:2: there are 5 fields in this line, not 6",
            ),
            ("q Q0 a 1 high x", "a.run:1: the score is not a number"),
            ("q Q0 a 1 nan x", "a.run:1: the score is not a number"),
            (
                "q Q0 a 1 2 x\nq Q0 a 2 1 x",
                "a.run:2: `a` stands in a line above for `q` too",
            ),
            ("", "a.run:1: there is no line in the run"),
        ];
        for (text, message) in rows {
            let error = parsed(text).expect_err(message);
            assert_eq!(error.to_string(), message);
            assert!(error.hint_text().is_some());
        }
    }

    proptest! {
        #[test]
        fn a_run_that_is_written_is_read_back_in_the_same_order(
            scores in prop::collection::vec(prop_oneof![-2.0..2.0_f64, Just(0.0), 0.0..1e-6_f64, 100.0..100.001_f64], 1..60),
        ) {
            let mut descending = scores;
            descending.sort_by(|left, right| right.total_cmp(left));
            let ranking = descending.iter().enumerate().map(|(index, score)| (format!("d{}", (index * 7) % 61), *score));
            let mut run = Run::default();
            run.set("q", ranking);
            let mut written = Vec::new();
            run.write("x", &mut written).expect("memory can be written");
            let text = String::from_utf8(written).expect("ids are text");
            let shuffled: Vec<&str> = text.lines().rev().collect();
            prop_assert_eq!(parsed(&shuffled.join("\n")).expect("it can be read"), run);
        }
    }
}
