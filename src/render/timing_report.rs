//! A measurement of speed as a page to send, or as its charts alone. Everything is in the one file: nothing is fetched,
//! and no query is shown.

use std::fmt::Write;

use super::chart::{Axis, Chart, STYLE, WIDTH, escaped};
use super::figures;
use super::timings::{comparison_heading, ingest_rows, ratio_with_interval};
use crate::engine::Answer;
use crate::timing::measurement::section_name;
use crate::timing::{Comparison, Measurement, Timing};

const TITLE: &str = "How fast the index answers";

/// The letters and tables of the page.
const PAGE_STYLE: &str = "\
body { background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; \
padding: 0 1.25rem; }\n\
h1 { font-size: 1.7rem; margin: 0 0 1rem; }\n\
h2 { font-size: 1.2rem; margin: 2.5rem 0 0.5rem; }\n\
dl { display: grid; gap: 0.15rem 1.25rem; grid-template-columns: max-content 1fr; margin: 0; }\n\
dt, caption, .explained { color: var(--quiet); }\n\
dd { margin: 0; }\n\
.explained { font-size: 0.9rem; max-width: 46rem; }\n\
.scroll { overflow-x: auto; }\n\
.scroll svg { display: block; height: auto; min-width: 42rem; width: 100%; }\n\
table { border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums; margin-top: 0.75rem; }\n\
caption { font-size: 0.85rem; padding-bottom: 0.25rem; text-align: left; }\n\
th, td { border-bottom: 1px solid var(--line); padding: 0.2rem 0.7rem; text-align: right; white-space: nowrap; }\n\
th:first-child, td:first-child { padding-left: 0; text-align: left; }\n\
thead th { color: var(--quiet); font-weight: 600; }\n\
tbody th { font-weight: 400; }\n\
.slower { color: var(--tail); font-weight: 600; }\n\
.faster { color: var(--median); font-weight: 600; }\n\
@media print { body { margin: 0; max-width: none; } h2 { break-after: avoid; } table, svg { break-inside: avoid; } }\n";

const EXPLAINED: &str = "p50 is the time within which half of the searches were answered, p99 that within which 99 in 100 were. A \
warm search is one of a process that has answered the same queries before; a cold one is a process of its own, from its start to its \
end. The axis is logarithmic: every line is ten times the one before it. The heights of the bars are shares of the searches of that row.";

/// The measurement as an HTML page.
pub fn page(answer: &Answer<Measurement>) -> String {
    let measurement = &answer.body;
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"/>\n<title>{TITLE}</title>\n<style>\n{STYLE}{PAGE_STYLE}</style>\n</head>\n\
         <body>\n<h1>{TITLE}</h1>\n"
    );
    push_facts(answer, &mut html);
    push_list("Beware", &answer.warnings, &mut html);
    let _ = writeln!(html, "<p class=\"explained\">{EXPLAINED}</p>");
    for (number, (heading, timings)) in figures::sections(measurement).iter().enumerate() {
        let _ = writeln!(html, "<h2>{}</h2>", escaped(&capitalized(heading)));
        let chart = chart(heading, timings, measurement);
        let name = format!("chart-{}", number + 1);
        let _ = writeln!(html, "<div class=\"scroll\">{}</div>", svg(&chart, &name));
        push_timings(timings, &mut html);
    }
    if let Some(comparison) = &measurement.comparison {
        push_comparison(comparison, &mut html);
    }
    if let Some(ingest) = &measurement.ingest {
        html.push_str("<h2>Ingest</h2>\n");
        push_pairs(&ingest_rows(ingest), &mut html);
    }
    html.push_str("</body>\n</html>\n");
    html
}

/// The charts of the measurement as one SVG.
pub fn charts(answer: &Answer<Measurement>) -> String {
    let measurement = &answer.body;
    let (mut elements, mut description, mut height) = (String::new(), String::new(), 16.0);
    for (heading, timings) in figures::sections(measurement) {
        let chart = chart(&heading, &timings, measurement);
        let _ = writeln!(
            elements,
            "<text x=\"16\" y=\"{:.0}\" class=\"heading\">{}</text>\n<g transform=\"translate(16 {:.0})\">\n{}</g>",
            height + 16.0,
            escaped(&capitalized(chart.title)),
            height + 22.0,
            chart.elements()
        );
        let _ = write!(description, "{}. {} ", capitalized(chart.title), chart.description());
        height += 40.0 + chart.height();
    }
    let width = WIDTH + 32.0;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\" aria-labelledby=\"title description\" \
         viewBox=\"0 0 {width} {height:.0}\" width=\"{width}\" height=\"{height:.0}\">\n<title id=\"title\">{TITLE}</title>\n\
         <desc id=\"description\">{}</desc>\n<style>{STYLE}</style>\n\
         <rect width=\"100%\" height=\"100%\" style=\"fill: var(--paper)\"/>\n{elements}</svg>\n",
        escaped(description.trim_end())
    )
}

/// A chart with the axis that it shares with the others of the same start.
fn chart<'a>(title: &'a str, timings: &'a [&'a Timing], measurement: &'a Measurement) -> Chart<'a> {
    let start = timings.first().map(|timing| timing.start);
    Chart {
        title,
        timings,
        axis: Axis::of(measurement.timings.iter().filter(|timing| Some(timing.start) == start)),
        comparison: measurement.comparison.as_ref(),
    }
}

fn svg(chart: &Chart<'_>, name: &str) -> String {
    format!(
        "<svg class=\"chart\" role=\"img\" aria-labelledby=\"{name}-title {name}-description\" \
         viewBox=\"0 0 {WIDTH} {:.0}\">\n<title id=\"{name}-title\">{}</title>\n<desc id=\"{name}-description\">{}</desc>\n{}</svg>",
        chart.height(),
        escaped(chart.title),
        escaped(&chart.description()),
        chart.elements()
    )
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}

fn push_facts(answer: &Answer<Measurement>, html: &mut String) {
    let measurement = &answer.body;
    let mut facts = Vec::new();
    if let Some(corpus) = &answer.corpus {
        let version: String = corpus.version.chars().take(12).collect();
        facts.push(("corpus", format!("{}, version {version}", corpus.name)));
    }
    let settings = &measurement.settings;
    facts.extend([
        ("index", figures::index_size(measurement)),
        ("machine", figures::machine(&measurement.machine)),
        ("program", figures::program(measurement)),
        ("measured", measurement.measured_at.clone()),
    ]);
    if !measurement.timings.is_empty() {
        let repeat = figures::counted(settings.repeat, "time");
        facts.push((
            "queries",
            format!("{}; each asked {repeat}", figures::queries(measurement)),
        ));
    }
    push_pairs(&facts, html);
}

fn push_pairs(pairs: &[(&str, String)], html: &mut String) {
    html.push_str("<dl>\n");
    for (name, value) in pairs {
        let _ = writeln!(html, "<dt>{}</dt><dd>{}</dd>", escaped(name), escaped(value));
    }
    html.push_str("</dl>\n");
}

fn push_list(heading: &str, items: &[String], html: &mut String) {
    if items.is_empty() {
        return;
    }
    let _ = writeln!(html, "<h2>{}</h2>\n<ul>", escaped(heading));
    for item in items {
        let _ = writeln!(html, "<li>{}</li>", escaped(item));
    }
    html.push_str("</ul>\n");
}

fn push_timings(timings: &[&Timing], html: &mut String) {
    let names = "kind|queries|found|p50|p90|p95|p99|max|mean|queries a second|passages";
    let caption = "Times in milliseconds; found: queries that find something; passages: those that a query matches, in the middle";
    let rows = timings.iter().map(|timing| {
        let mut row = vec![
            timing.kind.clone(),
            timing.queries.to_string(),
            timing.with_hits.to_string(),
        ];
        row.extend(timing.times_ms().map(figures::milliseconds));
        row.push(figures::count(timing.queries_per_second));
        row.push(figures::count(timing.matching_passages_median));
        row
    });
    push_table(caption, names, rows, html);
}

fn push_comparison(comparison: &Comparison, html: &mut String) {
    html.push_str("<h2>Compared with an older measurement</h2>\n");
    let rows = comparison.changes.iter().map(|change| {
        let name = format!("{}, {}", change.kind, section_name(change.start, change.threads));
        let mut row = vec![name];
        for ratio in [change.p50, change.p99] {
            row.extend([ratio_with_interval(&ratio), ratio.verdict.name().to_owned()]);
        }
        row
    });
    push_table(&comparison_heading(comparison), "kind|p50||p99|", rows, html);
    for (which, names) in [("older", &comparison.only_old), ("newer", &comparison.only_new)] {
        let names: Vec<String> = names.iter().map(|name| escaped(name)).collect();
        if !names.is_empty() {
            let _ = writeln!(html, "<p>Only in the {which} one: {}.</p>", names.join("; "));
        }
    }
    if let Some(ratio) = comparison.ingest_seconds_ratio {
        let _ = writeln!(
            html,
            "<p>The ingest took {ratio:.2} × the time; one run each, so chance is not told apart.</p>"
        );
    }
}

/// A table with a heading over every column, their names apart by `|`; the first column names the row.
fn push_table(caption: &str, names: &str, rows: impl Iterator<Item = Vec<String>>, html: &mut String) {
    let caption = escaped(caption);
    let _ = write!(
        html,
        "<div class=\"scroll\"><table>\n<caption>{caption}</caption>\n<thead><tr>"
    );
    for name in names.split('|') {
        let _ = write!(html, "<th scope=\"col\">{}</th>", escaped(name));
    }
    html.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        html.push_str("<tr>");
        for (column, cell) in row.iter().enumerate() {
            let text = escaped(cell);
            let _ = match (column, cell.as_str()) {
                (0, _) => write!(html, "<th scope=\"row\">{text}</th>"),
                (_, "slower" | "faster") => write!(html, "<td class=\"{text}\">{text}</td>"),
                _ => write!(html, "<td>{text}</td>"),
            };
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody>\n</table></div>\n");
}
