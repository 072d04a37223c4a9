//! Bars of block characters: lying, an eighth of a cell exact, and standing, one cell a bin. And one query as a table with bars.

use std::io::{self, Write};

use super::super::grid::{Column, Grid, NO_TEXT, Row, Side, folded};
use super::super::numbers::{rates, separated, share};
use super::super::plot::PlotValue;
use super::super::plot::value::largest;
use super::super::style::{MATCH, Page, Styled, TITLE};
use super::super::{counts::marked_rate, stamp};
use super::called;
use super::table::{heading, value_name};
use crate::engine::{Series, Timeline};
use crate::tally::Figures;

/// The fewest and the most cells of a bar.
const BAR_CELLS: std::ops::RangeInclusive<usize> = 8..=40;

/// A lying bar of at most so many cells for a share of the longest; what is more than nothing has at least an eighth of a cell.
pub(super) fn lying(share: f64, cells: usize) -> String {
    let eighths = match share {
        ..=0.0 => 0,
        _ => ((share.min(1.0) * cells as f64 * 8.0).round() as usize).max(1),
    };
    let rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8];
    "█".repeat(eighths / 8) + rest
}

/// A standing bar of one cell for a share of the tallest: `_` for nothing, `·` where there is no text.
pub(super) fn standing(share: Option<f64>) -> char {
    match share {
        None => '·',
        Some(..=0.0) => '_',
        Some(share) => {
            let eighths = ((share.min(1.0) * 8.0).ceil() as usize).clamp(1, 8);
            ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'][eighths - 1]
        }
    }
}

/// Writes the timeline of one query: a bin a row.
pub(super) fn write(
    timeline: &Timeline,
    series: &Series,
    value: PlotValue,
    output: &mut dyn Write,
    page: &Page,
) -> io::Result<()> {
    writeln!(output, "{}", Styled(TITLE, &heading(&[called(series)], timeline, page)))?;
    stamp::write_quiet(&format!("bars: {}", value_name(value, timeline)), output, page)?;
    let mut table = table(timeline, series, value, *BAR_CELLS.start());
    let room = page.width.saturating_sub(table.width() - BAR_CELLS.start());
    if room > *BAR_CELLS.start() {
        table = self::table(timeline, series, value, room.min(*BAR_CELLS.end()));
    }
    table.write(output, page)
}

fn table(timeline: &Timeline, series: &Series, value: PlotValue, bar_cells: usize) -> Grid {
    let has_occurrences = series.total.occurrences.is_some();
    let bar = Column {
        heading: " ".repeat(bar_cells),
        side: Side::Left,
        style: MATCH,
    };
    let mut columns = vec![Column::names(super::table::bin_name(timeline)), bar];
    let headings: &[&str] = match has_occurrences {
        true => &["occurrences", "per million", "95 % interval", "speeches", "share"],
        false => &["passages", "speeches", "share"],
    };
    columns.extend(headings.iter().map(|heading| Column::figures(heading)));
    let largest = largest(timeline, value);
    let row = |point: &Figures| {
        let shown = value.of(point).map_or(0.0, |shown| shown.value);
        let mut cells = vec![lying(shown / largest.max(f64::MIN_POSITIVE), bar_cells)];
        match point.occurrences {
            Some(occurrences) => {
                cells.push(separated(occurrences));
                cells.push(marked_rate(point));
                cells.push(point.per_million_interval.map(rates).unwrap_or_default());
            }
            None => cells.push(separated(point.passages)),
        }
        cells.push(format!(
            "{} of {}",
            separated(point.speeches),
            separated(point.of.speeches)
        ));
        cells.push(point.share_of_speeches.map(share).unwrap_or_default());
        cells
    };
    let rows = timeline
        .bins
        .iter()
        .zip(&series.points)
        .map(|(bin, point)| match point.of.speeches {
            0 => Row::Remark(bin.bin.clone(), NO_TEXT.to_owned()),
            _ => Row::Cells(std::iter::once(bin.bin.clone()).chain(row(point)).collect()),
        });
    Grid {
        rows: folded(rows.collect()),
        columns,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_exact_to_an_eighth_and_never_missing() {
        let bars = [0.0, 1e-6, 0.5, 0.53125, 1.0, 7.0].map(|share| lying(share, 4));
        assert_eq!(bars, ["", "▏", "██", "██▏", "████", "████"]);
        let bars = [None, Some(0.0), Some(0.001), Some(0.5), Some(1.0)].map(standing);
        assert_eq!(bars, ['·', '_', '▁', '▄', '█']);
    }
}
