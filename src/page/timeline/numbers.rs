//! The figures of a timeline as tables, one for each value that it is divided by.

use maud::{Markup, html};

use super::measure;
use super::passages::Passages;
use crate::engine::{Series, Timeline, TimelineBin};
use crate::page::Address;
use crate::page::frame::Visit;
use crate::page::language::named;
use crate::page::text::Shown;
use crate::page::wording::analytics::{number, rate, share};
use crate::statistics::Interval;
use crate::tally::Figures;

/// The bins of a table that is not folded.
const UNFOLDED: usize = 40;

/// The values that have a table of their own; the files have all.
const MOST_TABLES: usize = 24;

/// The tables.
pub(super) fn numbers(visit: &Visit, found: &Timeline) -> Markup {
    let words = visit.interface.analytics();
    let queries = visit.address.values("q").count().max(1);
    let panels: Vec<&[Series]> = found.series.chunks(queries).collect();
    let is_divided = found.field.is_some();
    let is_starred = |series: &Series| series.points.iter().any(is_unreliable);
    html! {
        section.numbers aria-labelledby="in-numbers" {
            h2 #in-numbers { (words.in_numbers) }
            @if found.series.iter().any(is_starred) { p.remark { (words.unreliable) } }
            @for panel in panels.iter().take(MOST_TABLES) {
                details open[!is_divided && found.bins.len() <= UNFOLDED] {
                    summary { (title(visit, found, panel)) }
                    div.scroll tabindex="0" role="group" aria-labelledby="in-numbers" { (table(visit, found, panel)) }
                }
            }
            @if panels.len() > MOST_TABLES { p.remark { ((words.more_values)(panels.len() - MOST_TABLES)) } }
        }
    }
}

/// The value of which a table is, with what it comes to; of an undivided timeline the time that it covers.
fn title(visit: &Visit, found: &Timeline, panel: &[Series]) -> Markup {
    let words = visit.interface.analytics();
    let value = panel.first().and_then(|series| series.values.values().next());
    html! {
        @if found.field.is_some() {
            @match value { Some(value) => (named(value)), None => (words.no_value) } " "
            @for series in panel {
                span.reason { ((words.counts)(series.total.occurrences, series.total.speeches)) } " "
            }
        } @else if let (Some(first), Some(last)) = (found.bins.first(), found.bins.last()) {
            (first.bin) @if first.bin != last.bin { "–" (last.bin) }
        } @else { (words.total) }
    }
}

fn table(visit: &Visit, found: &Timeline, panel: &[Series]) -> Markup {
    let words = visit.interface.analytics();
    let passages = &Passages::new(visit, found);
    let shown = match found.period {
        crate::tally::Period::Year => words.year,
        crate::tally::Period::Quarter => words.quarter,
        crate::tally::Period::Month => words.month,
    };
    html! {
        table.figures {
            thead {
                tr {
                    th scope="col" rowspan="2" { (words.period) " (" (shown) ")" }
                    @for (index, series) in panel.iter().enumerate() {
                        th.of-query.{ "plot-series-" (index % 8) } scope="colgroup" colspan="4" {
                            span.swatch aria-hidden="true" {} bdi lang="" { (Shown(&series.query)) }
                        }
                    }
                    th scope="colgroup" colspan="2" { (words.of_text) }
                }
                tr {
                    @for _ in panel {
                        th scope="col" { (words.occurrences) }
                        th scope="col" { ((words.per_million)(measure(visit, found.per))) }
                        th scope="col" { (words.interval) }
                        th scope="col" { (words.speeches_with) }
                    }
                    th scope="col" { (words.speeches) }
                    th scope="col" { (measure(visit, found.per)) }
                }
            }
            tbody { @for (place, bin) in found.bins.iter().enumerate() { (bin_row(visit, found, panel, (place, bin), passages)) } }
            tfoot {
                @let undated = |series: &Series| series.undated;
                @if panel.iter().any(|series| has_text(&series.undated)) { (row(found, panel, words.undated, &undated, &|_| None)) }
                (row(found, panel, words.total, &|series| series.total, &|series| passages.of(series, None)))
            }
        }
    }
}

fn bin_row(
    visit: &Visit,
    found: &Timeline,
    panel: &[Series],
    (place, bin): (usize, &TimelineBin),
    passages: &Passages<'_>,
) -> Markup {
    let words = visit.interface.analytics();
    let has_text = panel.iter().filter_map(|series| series.points.get(place)).any(has_text);
    match has_text {
        true => {
            let address = |series: &Series| passages.of(series, Some(bin));
            row(found, panel, &bin.bin, &|series| series.points[place], &address)
        }
        false => html! {
            tr.void { th scope="row" { (bin.bin) } td colspan=(panel.len() * 4 + 2) { (words.no_text) } }
        },
    }
}

fn row(
    found: &Timeline,
    panel: &[Series],
    name: &str,
    figures_of: &dyn Fn(&Series) -> Figures,
    address_of: &dyn Fn(&Series) -> Option<Address>,
) -> Markup {
    let extent = panel.first().map(|series| figures_of(series).of).unwrap_or_default();
    html! {
        tr {
            th scope="row" { (name) }
            @for series in panel {
                @let figures = figures_of(series);
                @let address = (figures.passages > 0).then(|| address_of(series)).flatten();
                @let count = figures.occurrences.map_or("–".to_owned(), number);
                td { @match address { Some(address) => a href=(address) { (count) }, None => (count) } }
                td {
                    @if let Some(per_million) = figures.per_million { (rate(per_million)) @if is_unreliable(&figures) { "*" } }
                }
                td.interval { @if let Some(interval) = figures.per_million_interval { (range(interval)) } }
                td {
                    (number(figures.speeches))
                    @if let Some(of_all) = figures.share_of_speeches { " " span.reason { "(" (share(of_all)) ")" } }
                }
            }
            td { (number(extent.speeches)) }
            td { (number(extent.by(found.per))) }
        }
    }
}

fn range(interval: Interval) -> String {
    format!("{}–{}", rate(interval.low), rate(interval.high))
}

fn has_text(figures: &Figures) -> bool {
    figures.of.speeches > 0
}

fn is_unreliable(figures: &Figures) -> bool {
    figures.unreliable && has_text(figures)
}
