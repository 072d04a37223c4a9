//! Timelines for a terminal, as rows and as lines: one query as a table with bars, several side by side, and a line of small bars a
//! value where a timeline is divided.

mod bars;
mod columns;
mod panels;
mod table;

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value};

use super::counts::UNRELIABLE_NOTE;
use super::numbers::{FIGURE_COLUMNS, cells, counted, main_count, unit};
use super::plot::PlotValue;
use super::style::{HINT, Page, Styled, TITLE, safe};
use super::{Render, json, stamp};
use crate::engine::{Answer, Series, Timeline};
use crate::tally::Figures;

/// The most queries that are named below a table.
const MOST_NAMED: usize = 7;

/// A timeline with what a chart of it is to show.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChartedTimeline {
    /// The timeline.
    #[serde(flatten)]
    pub timeline: Timeline,
    /// What is shown.
    #[serde(skip)]
    pub value: PlotValue,
}

impl Render for Answer<ChartedTimeline> {
    fn text(&self, output: &mut dyn Write, page: &Page) -> io::Result<()> {
        write_text(self, &self.body.timeline, self.body.value, output, page)
    }

    fn rows(&self) -> Vec<Vec<String>> {
        rows(self, &self.body.timeline)
    }

    fn lines(&self) -> Vec<Value> {
        lines(self, &self.body.timeline)
    }
}

impl Render for Answer<Timeline> {
    fn text(&self, output: &mut dyn Write, page: &Page) -> io::Result<()> {
        write_text(self, &self.body, PlotValue::default(), output, page)
    }

    fn rows(&self) -> Vec<Vec<String>> {
        rows(self, &self.body)
    }

    fn lines(&self) -> Vec<Value> {
        lines(self, &self.body)
    }
}

fn write_text<T>(
    answer: &Answer<T>,
    timeline: &Timeline,
    value: PlotValue,
    output: &mut dyn Write,
    page: &Page,
) -> io::Result<()> {
    for warning in &answer.warnings {
        writeln!(output, "{} {}", Styled(HINT, "note"), safe(warning))?;
    }
    let value = value.possible(timeline);
    match (&timeline.field, timeline.series.as_slice()) {
        (_, []) => writeln!(output, "{}", Styled(TITLE, "no text"))?,
        (Some(field), _) => panels::write(timeline, field, value, output, page)?,
        (None, [series]) => bars::write(timeline, series, value, output, page)?,
        (None, _) => columns::write(timeline, value, output, page)?,
    }
    writeln!(output)?;
    write_undated(timeline, output, page)?;
    let points = timeline.series.iter().flat_map(|series| &series.points);
    if points
        .filter(|point| point.of.speeches > 0 && point.per_million.is_some())
        .any(|point| point.unreliable)
    {
        stamp::write_quiet(UNRELIABLE_NOTE, output, page)?;
    }
    let interpreted = match interpreted(timeline).as_slice() {
        queries if queries.len() > MOST_NAMED => None,
        queries => Some(queries.join(" · ")),
    };
    stamp::write_line(interpreted.as_deref(), &timeline.circumstances, answer, output, page)
}

/// The queries as they were understood, each once.
fn interpreted(timeline: &Timeline) -> Vec<&str> {
    let mut queries: Vec<&str> = Vec::new();
    for series in &timeline.series {
        if !queries.contains(&series.interpreted.as_str()) {
            queries.push(&series.interpreted);
        }
    }
    queries
}

/// Says what of each query is in no bin.
fn write_undated(timeline: &Timeline, output: &mut dyn Write, page: &Page) -> io::Result<()> {
    for (name, undated) in undated_by_query(timeline) {
        let what = if undated.0 == 1 { "passage" } else { "occurrence" };
        let text = format!(
            "not in the chart: {} of {name} in speeches without a date, or with one too imprecise",
            counted(undated.1, what)
        );
        stamp::write_quiet(&text, output, page)?;
    }
    Ok(())
}

/// For each query that has some, what of it is undated: 0 and occurrences, or 1 and passages.
fn undated_by_query(timeline: &Timeline) -> Vec<(&str, (u8, u64))> {
    let mut sums: Vec<(&str, (u8, u64))> = Vec::new();
    for series in &timeline.series {
        let kind = u8::from(series.undated.occurrences.is_none());
        let count = main_count(&series.undated);
        match sums.iter_mut().find(|(name, _)| *name == called(series)) {
            Some((_, (_, sum))) => *sum += count,
            None => sums.push((called(series), (kind, count))),
        }
    }
    sums.retain(|(_, (_, count))| *count > 0);
    sums
}

/// What the query of a series is called.
pub(super) fn called(series: &Series) -> &str {
    series.name.as_deref().unwrap_or(&series.query)
}

/// A row of a series: `total`, `undated` or `bin`, the bin with its dates, and the figures.
type Part<'a> = (&'static str, [&'a str; 3], &'a Figures);

fn parts<'a>(timeline: &'a Timeline, series: &'a Series) -> Vec<Part<'a>> {
    let mut parts: Vec<Part<'a>> = vec![("total", [""; 3], &series.total), ("undated", [""; 3], &series.undated)];
    let bins = timeline.bins.iter().zip(&series.points);
    parts.extend(bins.map(|(bin, point)| ("bin", [&*bin.bin, &*bin.from, &*bin.to], point)));
    parts
}

fn rows<T>(answer: &Answer<T>, timeline: &Timeline) -> Vec<Vec<String>> {
    let mut header = super::header("row name interpreted");
    header.extend(timeline.field.iter().cloned());
    header.extend(super::header("bin from to"));
    header.extend(super::header(FIGURE_COLUMNS));
    header.extend(stamp::header().map(str::to_owned));
    let mut rows = vec![header];
    for series in &timeline.series {
        for (kind, bin, figures) in parts(timeline, series) {
            let name = series.name.clone().unwrap_or_default();
            let mut row = vec![kind.to_owned(), name, series.interpreted.clone()];
            let of = |field: &String| series.values.get(field).cloned().unwrap_or_default();
            row.extend(timeline.field.iter().map(of));
            row.extend(bin.map(str::to_owned));
            row.extend(cells(figures, timeline.per));
            row.extend(stamp::row(&series.query, &timeline.circumstances, answer));
            rows.push(row);
        }
    }
    rows
}

fn lines<T>(answer: &Answer<T>, timeline: &Timeline) -> Vec<Value> {
    let mut lines = Vec::new();
    for series in &timeline.series {
        for (kind, bin, figures) in parts(timeline, series) {
            let mut line = Map::new();
            line.insert("row".to_owned(), kind.into());
            line.extend(series.name.iter().map(|name| ("name".to_owned(), name.clone().into())));
            line.insert("interpreted".to_owned(), series.interpreted.clone().into());
            let values = series.values.iter();
            line.extend(values.map(|(field, value)| (field.clone(), value.clone().into())));
            let bin = ["bin", "from", "to"]
                .into_iter()
                .zip(bin)
                .filter(|(_, text)| !text.is_empty());
            line.extend(bin.map(|(name, text)| (name.to_owned(), text.into())));
            if let Value::Object(figures) = json::value(figures) {
                line.extend(figures);
            }
            line.insert("per".to_owned(), unit(timeline.per).into());
            line.extend(stamp::members(&series.query, &timeline.circumstances, answer));
            lines.push(Value::Object(line));
        }
    }
    lines
}
