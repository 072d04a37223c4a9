//! Queries through time: the chart, of which each point leads to its passages, and the same in numbers.

mod numbers;
mod passages;

use maud::{Markup, PreEscaped, html};

use super::address::Address;
use super::concordance::labeled;
use super::facets::filters_in_force;
use super::form::FORM;
use super::frame::{Room, Visit, page};
use super::text::Shown;
use super::views::{narrowing, others, remarks, stamp, views};
use super::wording::analytics::rate;
use crate::engine::{Series, Timeline, TimelineBin};
use crate::index::CorpusVersion;
use crate::render::plot::{PlotOptions, PlotValue, svg};
use crate::tally::{Measure, Period};
use numbers::numbers;
use passages::Passages;

/// The width of the chart, in pixels of a screen of usual density.
const WIDTH: f64 = 960.0;

/// What a timeline is divided by, as offered.
const FIELDS: &[&str] = &["speaker", "country", "language", "event", "genre"];

/// A timeline to be shown.
#[derive(Debug)]
pub struct Lapse<'a> {
    /// The figures; nothing where nothing was asked.
    pub found: Option<&'a Timeline>,
    /// What the chart shows.
    pub value: PlotValue,
    /// The corpus that was asked.
    pub corpus: &'a CorpusVersion,
    /// The primary subtags of the languages that the corpus holds.
    pub languages: &'a [String],
}

/// The page of a timeline.
pub fn timeline(visit: &Visit, lapse: &Lapse<'_>) -> String {
    let words = visit.interface.analytics();
    let content = html! {
        div.timeline {
            @if lapse.found.is_none() { h1 { (words.timeline) } p.lead { (words.timeline_lead) } }
            (asking(visit))
            (narrowing(visit, lapse.languages))
            @match lapse.found {
                Some(found) => (answer(visit, lapse, found)),
                None => (filters_in_force(visit)),
            }
        }
    };
    let queries: Vec<&str> = visit.address.values("q").collect();
    let title = match queries.is_empty() {
        true => words.timeline.to_owned(),
        false => format!("{} · {}", queries.join(visit.wording().list_comma), words.timeline),
    };
    page(visit, &title, Room::Timeline, &content)
}

/// A box for each query, and an empty one for another.
fn asking(visit: &Visit) -> Markup {
    let words = visit.interface.analytics();
    let queries: Vec<&str> = visit.address.values("q").collect();
    html! {
        form #(FORM) .queries role="search" action="/timeline" method="get" {
            @for (index, query) in queries.iter().enumerate() {
                (query_box(visit, index, query))
            }
            (query_box(visit, queries.len(), ""))
            (others(visit))
            button type="submit" { (words.show) }
        }
    }
}

fn query_box(visit: &Visit, index: usize, query: &str) -> Markup {
    let words = visit.interface.analytics();
    let id = match index {
        0 => "q".to_owned(),
        index => format!("q-{index}"),
    };
    let label = match query {
        "" if index > 0 => words.another_query.to_owned(),
        _ => (words.query_number)(index + 1),
    };
    html! {
        div.query-box.{ "plot-series-" (index % 8) } {
            span.swatch aria-hidden="true" {}
            input #(id) name="q" type="search" value=(query) placeholder=(label) aria-label=(label) dir="auto" autocomplete="off"
                autocapitalize="none" spellcheck="false" enterkeyhint="search" autofocus[query.is_empty() && index == 0];
            @if !query.is_empty() && visit.address.values("q").count() > 1 {
                a.remove href=(visit.address.without_value("q", query)) title=(words.remove_query) {
                    span aria-hidden="true" { "×" } span.unseen { (words.remove_query) " " (Shown(query)) }
                }
            }
        }
    }
}

fn answer(visit: &Visit, lapse: &Lapse<'_>, found: &Timeline) -> Markup {
    let words = visit.interface.analytics();
    let queries: Vec<&str> = visit.address.values("q").collect();
    html! {
        section.answer aria-labelledby="totals" {
            (views(visit, Room::Timeline))
            h1 #totals .unseen lang="" { (Shown(&queries.join(" · "))) }
            @if found.field.is_none() { (legend(visit, found)) }
            (remarks(visit, &found.warnings, None))
            (filters_in_force(visit))
            (choices(visit, lapse, found))
            figure.chart { (PreEscaped(chart(visit, lapse, found))) }
            p #tooltip data-advice=(words.read_passages) role="tooltip" hidden {}
            (numbers(visit, found))
            (downloads(visit))
            (stamp(visit, None, &found.circumstances, lapse.corpus))
        }
    }
}

/// What each query comes to in all, in the color of its line.
fn legend(visit: &Visit, found: &Timeline) -> Markup {
    let words = visit.interface.analytics();
    let passages = Passages::new(visit, found);
    html! {
        ul.legend {
            @for (index, series) in found.series.iter().enumerate() {
                li.{ "plot-series-" (index % 8) } {
                    span.swatch aria-hidden="true" {}
                    a href=(passages.of(series, None).unwrap_or_else(|| visit.address.clone())) lang="" { bdi { (Shown(&series.query)) } } " "
                    span.reason {
                        ((words.counts)(series.total.occurrences, series.total.speeches))
                        @if let Some(per_million) = series.total.per_million {
                            " · " (rate(per_million)) " " ((words.per_million)(measure(visit, found.per)))
                        }
                    }
                }
            }
        }
    }
}

/// What a rate is per million of.
fn measure(visit: &Visit, per: Measure) -> &'static str {
    let words = visit.interface.analytics();
    match per {
        Measure::Characters => words.characters,
        Measure::Words => words.words,
    }
}

/// The lengths of the bins, what the chart shows, what it is divided by, what rates are of.
fn choices(visit: &Visit, lapse: &Lapse<'_>, found: &Timeline) -> Markup {
    let words = visit.interface.analytics();
    let way = |name: &str, value: &str, is_usual: bool, is_in_force: bool, label: String| -> (bool, Address, String) {
        let address = match is_usual {
            true => visit.address.without(&[name]),
            false => visit.address.with(name, value),
        };
        (is_in_force, address, label)
    };
    let period = |period: Period, value: &str, label: &str| {
        way(
            "period",
            value,
            period == Period::Year,
            found.period == period,
            label.to_owned(),
        )
    };
    let periods = [
        period(Period::Year, "year", words.year),
        period(Period::Quarter, "quarter", words.quarter),
        period(Period::Month, "month", words.month),
    ];
    let shown = |shown: PlotValue, value: &str, label: &str| {
        way(
            "value",
            value,
            shown == PlotValue::PerMillion,
            lapse.value == shown,
            label.to_owned(),
        )
    };
    let values = [
        shown(PlotValue::PerMillion, "per-million", words.rate),
        shown(PlotValue::Share, "share", words.share),
        shown(PlotValue::Occurrences, "occurrences", words.occurrences),
    ];
    let mut fields = vec![way("by", "", true, found.field.is_none(), words.undivided.to_owned())];
    for name in FIELDS {
        let is_in_force = found.field.as_deref() == Some(name);
        fields.push(way("by", name, false, is_in_force, visit.interface.field(name)));
    }
    let measures = [
        way(
            "per",
            "characters",
            false,
            found.per == Measure::Characters,
            words.characters.to_owned(),
        ),
        way(
            "per",
            "words",
            false,
            found.per == Measure::Words,
            words.words.to_owned(),
        ),
    ];
    html! {
        div.choices {
            (labeled(words.period, &periods))
            (labeled(words.shown_value, &values))
            (labeled(words.divided_by, &fields))
            (labeled(words.rate_of, &measures))
        }
    }
}

fn chart(visit: &Visit, lapse: &Lapse<'_>, found: &Timeline) -> String {
    let passages = Passages::new(visit, found);
    let link = |series: &Series, bin: &TimelineBin| {
        let address = passages.of(series, Some(bin));
        address.map_or(String::new(), |address| address.to_string())
    };
    let options = PlotOptions {
        width: WIDTH,
        value: lapse.value,
        words: visit.interface.plot(),
        corpus: Some(lapse.corpus),
        link: Some(&link),
        standalone: false,
    };
    svg(found, &options)
}

/// The same as files.
fn downloads(visit: &Visit) -> Markup {
    let address = visit.address.without(&["ui"]).on("/api/v1/timeline");
    let figures = address.without(&["value"]);
    html! {
        p.downloads {
            (visit.wording().download) " "
            a href=(address.with("format", "svg")) download="timeline.svg" { "SVG" } " · "
            a href=(figures.with("format", "csv")) download="timeline.csv" { "CSV" } " · "
            a href=(figures) download="timeline.json" { "JSON" }
        }
    }
}
