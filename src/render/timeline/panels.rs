//! A timeline divided by the values of a field: a line of standing bars a value and query, all on one scale.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::super::counts::marked_rate;
use super::super::grid::{Column, Grid, Row, Side};
use super::super::numbers::{NO_VALUE, counted, main_count, rate, separated, share};
use super::super::plot::PlotValue;
use super::super::plot::value::largest;
use super::super::stamp;
use super::super::style::{DETAIL, MATCH, Page, Styled, TITLE, safe};
use super::bars::standing;
use super::called;
use super::table::{heading, value_name};
use crate::engine::{Series, Timeline};
use crate::tally::Period;

/// Writes the timeline: a row a series that has a hit; where the bars have no room beside the figures they stand below.
pub(super) fn write(
    timeline: &Timeline,
    field: &str,
    value: PlotValue,
    output: &mut dyn Write,
    page: &Page,
) -> io::Result<()> {
    let query_count = query_count(timeline);
    let queries: Vec<&str> = timeline.series.iter().take(query_count).map(called).collect();
    writeln!(output, "{}", Styled(TITLE, &heading(&queries, timeline, page)))?;
    let largest = largest(timeline, value);
    stamp::write_quiet(&scale(timeline, value, largest), output, page)?;
    let with_hit: Vec<&Series> = timeline
        .series
        .iter()
        .filter(|series| series.total.passages > 0)
        .collect();
    let bars: Vec<String> = with_hit
        .iter()
        .map(|series| line_of_bars(series, value, largest))
        .collect();
    let mut grid = table(&with_hit, field, value, query_count > 1);
    if grid.width() + 2 + timeline.bins.len() <= page.width {
        add_bars(&mut grid, timeline, &bars);
        grid.write(output, page)?;
    } else {
        write_below(&with_hit, &bars, field, timeline, output, page)?;
    }
    let without = timeline
        .series
        .chunks(query_count)
        .filter(|panel| panel.iter().all(|series| series.total.passages == 0));
    match without.count() {
        0 => Ok(()),
        values => {
            let values = counted(values as u64, "value");
            stamp::write_quiet(
                &format!("{values} without a hit; --format csv lists them"),
                output,
                page,
            )
        }
    }
}

/// The number of queries: of the series of the first value.
fn query_count(timeline: &Timeline) -> usize {
    let first = timeline.series.first().map(|series| &series.values);
    timeline
        .series
        .iter()
        .take_while(|series| Some(&series.values) == first)
        .count()
        .max(1)
}

/// What the bars mean.
fn scale(timeline: &Timeline, value: PlotValue, largest: f64) -> String {
    let most = match value {
        PlotValue::Share => share(largest),
        PlotValue::Occurrences => separated(largest as u64),
        PlotValue::PerMillion => rate(largest),
    };
    format!("bars: {}; █ {most}, _ none, · no text", value_name(value, timeline))
}

fn line_of_bars(series: &Series, value: PlotValue, largest: f64) -> String {
    let share = |shown: f64| if largest > 0.0 { shown / largest } else { 0.0 };
    let bars = series
        .points
        .iter()
        .map(|point| standing(value.of(point).map(|shown| share(shown.value))));
    bars.collect()
}

fn table(with_hit: &[&Series], field: &str, value: PlotValue, has_queries: bool) -> Grid {
    let mut columns = vec![Column::names(field)];
    if has_queries {
        columns.push(Column::names("query"));
    }
    let headings = match value {
        PlotValue::Share => ["speeches", "share"],
        _ => ["occurrences", "per million"],
    };
    columns.extend(headings.map(Column::figures));
    let row = |series: &&Series| {
        let mut cells = vec![value_of(series, field).to_owned()];
        cells.extend(has_queries.then(|| called(series).to_owned()));
        cells.extend(figures(series, value));
        Row::Cells(cells)
    };
    let rows = with_hit.iter().map(row).collect();
    Grid { columns, rows }
}

fn figures(series: &Series, value: PlotValue) -> [String; 2] {
    let total = &series.total;
    match value {
        PlotValue::Share => [
            format!("{} of {}", separated(total.speeches), separated(total.of.speeches)),
            total.share_of_speeches.map(share).unwrap_or_default(),
        ],
        _ => [separated(main_count(total)), marked_rate(total)],
    }
}

fn add_bars(grid: &mut Grid, timeline: &Timeline, bars: &[String]) {
    let range = match (timeline.bins.first(), timeline.bins.last()) {
        (Some(first), Some(last)) => format!("{}–{}", first.bin, last.bin),
        _ => String::new(),
    };
    let heading = if range.width() <= timeline.bins.len() {
        range
    } else {
        String::new()
    };
    grid.columns.push(Column {
        heading,
        side: Side::Left,
        style: MATCH,
    });
    for (row, bars) in grid.rows.iter_mut().zip(bars) {
        if let Row::Cells(cells) = row {
            cells.push(bars.clone());
        }
    }
}

/// Writes each series as a line of figures with its bars below, in lines of whole decades or years that begin with their bin.
fn write_below(
    with_hit: &[&Series],
    bars: &[String],
    field: &str,
    timeline: &Timeline,
    output: &mut dyn Write,
    page: &Page,
) -> io::Result<()> {
    let unit = match timeline.period {
        Period::Year => 10,
        period => usize::from(period.a_year()),
    };
    let room = page.width.saturating_sub(12).max(unit);
    let a_line = room / unit * unit;
    for (series, bars) in with_hit.iter().zip(bars) {
        let name = format!("{} · {}", value_of(series, field), called(series));
        let [count, rate] = figures(series, PlotValue::PerMillion);
        let of = format!("{count} found, {} per million", rate.trim_end());
        writeln!(output, "{}  {}", safe(&name), Styled(DETAIL, &of))?;
        let bars: Vec<char> = bars.chars().collect();
        for (bins, bars) in timeline.bins.chunks(a_line).zip(bars.chunks(a_line)) {
            let bars: String = bars.iter().collect();
            writeln!(output, "  {:<8} {}", bins[0].bin, Styled(MATCH, &bars))?;
        }
    }
    Ok(())
}

fn value_of<'a>(series: &'a Series, field: &str) -> &'a str {
    series.values.get(field).map_or(NO_VALUE, String::as_str)
}
