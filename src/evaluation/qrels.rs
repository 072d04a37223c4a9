//! Relevance judgments in the form of TREC: which documents answer a query, and how well.

use std::collections::BTreeMap;
use std::path::Path;

use super::lines;
use crate::error::Result;

/// The form of a line.
const FORM: &str = "`QUERY 0 DOCUMENT GRADE`, such as `q1 0 summit/astana#p9 2`";

/// The grades of documents, by query and document. A grade above 0 says that the document is relevant; a document without a
/// grade is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judgments {
    by_query: BTreeMap<String, BTreeMap<String, i32>>,
}

impl Judgments {
    /// Reads a file of lines `QUERY 0 DOCUMENT GRADE`.
    ///
    /// # Errors
    /// The file cannot be read, or as [`parse`](Self::parse).
    pub fn read(path: &Path) -> Result<Self> {
        Self::parse(&lines::read(path, "judgments")?, path)
    }

    /// Reads lines `QUERY 0 DOCUMENT GRADE`; the path is named in errors. Blank lines are passed over.
    ///
    /// # Errors
    /// A line has another number of fields or a grade that is no whole number, judges a document for the second time and
    /// otherwise, or there is no line.
    pub fn parse(text: &str, path: &Path) -> Result<Self> {
        let mut judgments = Self::default();
        for line in lines::fields(text, path, FORM) {
            let (number, [query, _, document, grade]) = line?;
            let grade: i32 = grade.parse().map_err(|_| {
                let message = format!("the grade `{grade}` is not a whole number");
                lines::fault(path, number, message, FORM)
            })?;
            let grades = judgments.by_query.entry(query.to_owned()).or_default();
            let known = grades.insert(document.to_owned(), grade);
            if let Some(known) = known.filter(|known| *known != grade) {
                let message =
                    format!("`{document}` has the grade {known} for `{query}` in a line above, and {grade} here");
                return Err(lines::fault(
                    path,
                    number,
                    message,
                    "one grade for each query and document",
                ));
            }
        }
        match judgments.by_query.is_empty() {
            true => Err(lines::fault(path, 1, "there is no judgment", FORM)),
            false => Ok(judgments),
        }
    }

    /// The queries in the order of their ids, with the grades of their documents.
    pub fn queries(&self) -> impl Iterator<Item = (&str, &BTreeMap<String, i32>)> {
        self.by_query.iter().map(|(query, grades)| (query.as_str(), grades))
    }

    /// The grades of the documents that were judged for a query.
    pub fn of_query(&self, query: &str) -> Option<&BTreeMap<String, i32>> {
        self.by_query.get(query)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Judgments> {
        Judgments::parse(text, Path::new("q.tsv"))
    }

    #[test]
    fn fields_are_apart_by_tabs_or_white_space() {
        let judgments =
            parsed("\u{feff}q1 0  a#p1 2\r\n\nq1\t0\tan id with spaces\t-1\nq2 0 a 0").expect("it can be read");
        let grades: Vec<(&str, &str, i32)> = judgments
            .queries()
            .flat_map(|(query, grades)| {
                grades
                    .iter()
                    .map(move |(document, grade)| (query, document.as_str(), *grade))
            })
            .collect();
        assert_eq!(
            grades,
            [("q1", "a#p1", 2), ("q1", "an id with spaces", -1), ("q2", "a", 0)]
        );
    }

    #[test]
    fn a_bad_line_is_named_with_the_way_out() {
        let rows = [
            ("q1 0 a 1\nq1 0 a", "q.tsv:2: there are 3 fields in this line, not 4"),
            ("q1 0 a good", "q.tsv:1: the grade `good` is not a whole number"),
            (
                "q1 0 a 1\n\nq1 0 a 2",
                "q.tsv:3: `a` has the grade 1 for `q1` in a line above, and 2 here",
            ),
            ("\n", "q.tsv:1: there is no judgment"),
        ];
        for (text, message) in rows {
            let error = parsed(text).expect_err(message);
            assert_eq!(error.to_string(), message);
            assert!(error.hint_text().is_some());
        }
        assert!(
            parsed("q1 0 a 1\nq1 0 a 1").is_ok(),
            "the same said twice is no contradiction"
        );
    }
}
