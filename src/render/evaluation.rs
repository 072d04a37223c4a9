//! An evaluation: a table of measures, a row for all queries, a group or a query; and how the run does beside others.

use std::io::{self, Write};

use serde_json::Value;

use super::style::{DETAIL, HINT, Page, Styled, TITLE, safe};
use super::{Render, json};
use crate::engine::{Answer, EvaluatedQuery, EvaluationReport};
use crate::evaluation::{Comparison, Measure, MeasureValues};

/// The cells of the longest name of a row.
const WIDEST_NAME: usize = 32;

impl Render for Answer<EvaluationReport> {
    fn text(&self, output: &mut dyn Write, _page: &Page) -> io::Result<()> {
        for warning in &self.warnings {
            writeln!(output, "{} {}", Styled(HINT, "note"), safe(warning))?;
        }
        let report = &self.body;
        writeln!(output, "{}", Styled(DETAIL, &summary(report)))?;
        write_measures(report, output)?;
        report
            .comparisons
            .iter()
            .try_for_each(|comparison| write_comparison(comparison, output))
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let mut header = super::header("id query judged relevant returned");
        header.extend(Measure::ALL.map(|measure| measure.name().to_owned()));
        header.extend(super::header("relaxed searched_as"));
        let queries = self.body.per_query.iter().map(row);
        [header].into_iter().chain(queries).collect()
    }

    fn lines(&self) -> Vec<Value> {
        self.body.per_query.iter().map(json::value).collect()
    }
}

fn row(query: &EvaluatedQuery) -> Vec<String> {
    let evaluation = &query.evaluation;
    let mut row = vec![evaluation.id.clone(), query.query.clone().unwrap_or_default()];
    row.extend([evaluation.judged, evaluation.relevant, evaluation.returned].map(|count| count.to_string()));
    row.extend(evaluation.measures.iter().map(|(_, value)| value.to_string()));
    row.push(query.relaxed.map(|relaxed| relaxed.to_string()).unwrap_or_default());
    row.push(query.searched_as.clone().unwrap_or_default());
    row
}

/// What was judged, and how the run was made.
fn summary(report: &EvaluationReport) -> String {
    let mut parts = vec![format!(
        "{}: {} queries, {} judgments, {} relevant",
        report.run, report.queries, report.judged, report.relevant
    )];
    let relaxed = report.relaxed.filter(|count| *count > 0);
    parts.extend(relaxed.map(|count| format!("{count} answered with parts of their words")));
    parts.extend(report.median_ms.map(|time| format!("{time:.2} ms a query")));
    parts.join("; ")
}

fn write_measures(report: &EvaluationReport, output: &mut dyn Write) -> io::Result<()> {
    let mut rows = vec![("all".to_owned(), report.queries.to_string(), report.measures)];
    rows.extend(report.groups.iter().map(|group| {
        let value = group.value.as_deref().unwrap_or("(none)");
        let name = format!("{} {value}", group.field);
        (name, group.queries.to_string(), group.measures)
    }));
    rows.extend(report.per_query.iter().map(|query| {
        let evaluation = &query.evaluation;
        (evaluation.id.clone(), String::new(), evaluation.measures)
    }));
    let width = rows.iter().map(|(name, ..)| name.chars().count()).max().unwrap_or(0);
    let width = width.clamp(3, WIDEST_NAME);
    let header: String = Measure::ALL.map(|measure| format!("  {:>9}", measure.name())).concat();
    writeln!(output, "{}", Styled(TITLE, &format!("{:width$}  queries{header}", "")))?;
    for (name, queries, measures) in rows {
        writeln!(output, "{:<width$}  {queries:>7}{}", safe(&name), cells(&measures))?;
    }
    Ok(())
}

fn cells(measures: &MeasureValues) -> String {
    measures.iter().map(|(_, value)| format!("  {value:>9.4}")).collect()
}

fn write_comparison(comparison: &Comparison, output: &mut dyn Write) -> io::Result<()> {
    let Comparison { with, seed, .. } = comparison;
    writeln!(output)?;
    writeln!(output, "{}", Styled(TITLE, &format!("less {with}")))?;
    let header = "           difference  95 % interval               p     better  equal  worse";
    writeln!(output, "{}", Styled(DETAIL, header))?;
    for row in &comparison.measures {
        writeln!(
            output,
            "{:<9}  {:>+10.4}  {:>+8.4} to {:>+8.4}  {:>9.5}  {:>6}  {:>5}  {:>5}",
            row.measure, row.difference, row.interval.low, row.interval.high, row.p, row.wins, row.ties, row.losses
        )?;
    }
    let method = format!("p: paired randomization test; interval: bootstrap; seed {seed}");
    writeln!(output, "{}", Styled(DETAIL, &method))
}
