//! Several queries side by side: a bin a row, for each query what was found, its rate and a bar, all bars on one scale.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::super::counts::marked_rate;
use super::super::grid::{Column, Grid, NO_TEXT, Row, Side, folded, padded, shortened};
use super::super::numbers::{main_count, separated, share};
use super::super::plot::PlotValue;
use super::super::plot::value::largest;
use super::super::stamp;
use super::super::style::{Page, Styled, TITLE};
use super::bars::lying;
use super::called;
use super::table::{bin_name, heading, value_name};
use crate::engine::{Series, Timeline};
use crate::tally::Figures;

/// The fewest and the most cells of a query.
const QUERY_CELLS: std::ops::RangeInclusive<usize> = 22..=44;

/// The fewest cells of a bar.
const LEAST_BAR: usize = 4;

/// Writes the timeline: as many queries beside each other as the page has room for, the others below.
pub(super) fn write(timeline: &Timeline, value: PlotValue, output: &mut dyn Write, page: &Page) -> io::Result<()> {
    let names: Vec<&str> = timeline.series.iter().map(called).collect();
    writeln!(output, "{}", Styled(TITLE, &heading(&names, timeline, page)))?;
    let explanation = match value {
        PlotValue::Share => format!(
            "speeches with a hit, their share, bars: {}",
            value_name(value, timeline)
        ),
        _ => format!("occurrences, rate per million, bars: {}", value_name(value, timeline)),
    };
    stamp::write_quiet(&explanation, output, page)?;
    let bin_cells = timeline
        .bins
        .first()
        .map_or(0, |bin| bin.bin.len())
        .max(bin_name(timeline).len());
    let room = page.width.saturating_sub(bin_cells);
    let most = (room / (QUERY_CELLS.start() + 2)).max(1);
    let beside = timeline.series.len().div_ceil(timeline.series.len().div_ceil(most));
    let cells = (room / beside)
        .saturating_sub(2)
        .clamp(*QUERY_CELLS.start(), *QUERY_CELLS.end());
    let largest = largest(timeline, value).max(f64::MIN_POSITIVE);
    for (place, block) in timeline.series.chunks(beside).enumerate() {
        if place > 0 {
            writeln!(output)?;
        }
        block_grid(timeline, block, value, largest, cells).write(output, page)?;
    }
    Ok(())
}

/// The table of some queries.
fn block_grid(timeline: &Timeline, block: &[Series], value: PlotValue, largest: f64, cells: usize) -> Grid {
    let mut columns = vec![Column::names(bin_name(timeline))];
    columns.extend(block.iter().map(|series| Column {
        heading: shortened(called(series), cells),
        side: Side::Left,
        style: anstyle::Style::new(),
    }));
    let of_queries: Vec<Vec<String>> = (block.iter())
        .map(|series| query_cells(series, value, largest, cells))
        .collect();
    let rows = timeline.bins.iter().enumerate().map(|(place, bin)| {
        if block.iter().all(|series| series.points[place].of.speeches == 0) {
            return Row::Remark(bin.bin.clone(), NO_TEXT.to_owned());
        }
        let cells = of_queries.iter().map(|cells| cells[place].clone());
        Row::Cells(std::iter::once(bin.bin.clone()).chain(cells).collect())
    });
    let rows = folded(rows.collect());
    Grid { columns, rows }
}

/// The cells of a query: a count, a rate or share, and a bar, each in line with those above.
fn query_cells(series: &Series, value: PlotValue, largest: f64, cells: usize) -> Vec<String> {
    let figures = |point: &Figures| match value {
        PlotValue::Share => [
            format!("{}/{}", separated(point.speeches), separated(point.of.speeches)),
            point.share_of_speeches.map(share).unwrap_or_default(),
        ],
        _ => [separated(main_count(point)), marked_rate(point)],
    };
    let texts: Vec<[String; 2]> = series.points.iter().map(figures).collect();
    let width = |of: usize| texts.iter().map(|texts| texts[of].width()).max().unwrap_or(0);
    let widths = [width(0), width(1)];
    let bar_cells = cells.saturating_sub(widths[0] + widths[1] + 2).max(LEAST_BAR);
    let cell = |(point, [count, rate]): (&Figures, &[String; 2])| {
        let bar = value.of(point).map_or(0.0, |shown| shown.value / largest);
        let (count, rate) = (
            padded(count, widths[0], Side::Right),
            padded(rate, widths[1], Side::Right),
        );
        let cell = format!("{count} {rate} {}", lying(bar, bar_cells));
        padded(&cell, cells, Side::Left)
    };
    series.points.iter().zip(&texts).map(cell).collect()
}
