//! The tables at the end of a run: a figure a row, beside its target.
#![expect(clippy::print_stdout, reason = "the table is what a bench is run for")]

use super::built::Built;
use super::clock::{Times, median};

/// A figure with the most that it may be; a figure without a target informs only.
pub(crate) struct Row {
    pub(crate) what: String,
    pub(crate) figure: f64,
    pub(crate) unit: &'static str,
    pub(crate) target: Option<f64>,
}

impl Row {
    /// A figure that has a target.
    pub(crate) fn held_to(what: impl Into<String>, figure: f64, unit: &'static str, target: f64) -> Self {
        Self {
            what: what.into(),
            figure,
            unit,
            target: Some(target),
        }
    }

    /// A figure for information.
    pub(crate) fn informing(what: impl Into<String>, figure: f64, unit: &'static str) -> Self {
        Self {
            what: what.into(),
            figure,
            unit,
            target: None,
        }
    }
}

/// Says something beside the tables.
pub(crate) fn say(line: &str) {
    println!("{line}");
}

/// Prints figures, one a row.
pub(crate) fn print(title: &str, rows: &[Row]) {
    let width = rows.iter().map(|row| row.what.chars().count()).max().unwrap_or(0);
    println!("\n{title}");
    for row in rows {
        let padding = " ".repeat(width - row.what.chars().count());
        let target = verdict(row.figure, row.unit, row.target);
        println!("  {}{padding}  {:>9.3} {:<2}{target}", row.what, row.figure, row.unit);
    }
}

fn verdict(figure: f64, unit: &str, target: Option<f64>) -> String {
    match target {
        Some(target) if figure <= target => format!("  target ≤ {target} {unit}  met"),
        Some(target) => format!("  target ≤ {target} {unit}  MISSED"),
        None => String::new(),
    }
}

/// What the queries of a kind took.
pub(crate) struct Latency {
    pub(crate) what: &'static str,
    pub(crate) times: Times,
    /// The most that p99 may be, in milliseconds.
    pub(crate) p99_target: Option<f64>,
}

impl Latency {
    /// Times for information.
    pub(crate) fn informing(what: &'static str, times: Times) -> Self {
        Self {
            what,
            times,
            p99_target: None,
        }
    }

    /// Times of which all but the slowest hundredth have a target.
    pub(crate) fn held_to(what: &'static str, times: Times, p99_target: f64) -> Self {
        Self {
            what,
            times,
            p99_target: Some(p99_target),
        }
    }
}

/// Prints what queries took, a kind a row.
pub(crate) fn print_latencies(title: &str, rows: &[Latency]) {
    let width = rows.iter().map(|row| row.what.chars().count()).max().unwrap_or(0);
    println!(
        "\n{title}\n  {:width$}  {:>7}  {:>9}  {:>9}  {:>9}",
        "", "queries", "p50 ms", "p90 ms", "p99 ms"
    );
    for row in rows {
        let [p50, p90, p99] = [50.0, 90.0, 99.0].map(|percent| row.times.percentile_ms(percent));
        let target = verdict(p99, "ms", row.p99_target);
        println!(
            "  {:width$}  {:>7}  {p50:>9.3}  {p90:>9.3}  {p99:>9.3}{target}",
            row.what,
            row.times.len()
        );
    }
}

/// Prints what building took, a set-up a row: the medians of its rounds.
pub(crate) fn print_builds(title: &str, text_bytes: u64, set_ups: &[(&str, Vec<&Built>)]) {
    println!(
        "\n{title}\n  {:16}  {:^19}  {:^19}  {:>7}  {:>10}\n  {:16}  {:>9}  {:>8}  {:>9}  {:>8}  {:>7}  {:>10}",
        "",
        "to commit",
        "until merged",
        "bytes /",
        "segments at",
        "",
        "processor",
        "wall",
        "processor",
        "wall",
        "text",
        "the commit"
    );
    for (name, rounds) in set_ups {
        let middle =
            |figure: &dyn Fn(&Built) -> f64| median(&rounds.iter().map(|built| figure(built)).collect::<Vec<_>>());
        let segments = rounds.last().and_then(|built| built.segment_counts);
        println!(
            "  {name:16}  {:>7.2} s  {:>6.2} s  {:>7.2} s  {:>6.2} s  {:>5.2} ×  {:>10}",
            middle(&|built| built.to_commit.cpu_seconds),
            middle(&|built| built.to_commit.wall_seconds),
            middle(&|built| built.to_merged.cpu_seconds),
            middle(&|built| built.to_merged.wall_seconds),
            middle(&|built| built.bytes as f64 / text_bytes as f64),
            segments.map_or_else(String::new, |(at_commit, _)| at_commit.to_string()),
        );
    }
}

/// What a kind of query took, and the passages that it found in the middle.
pub(crate) struct Timed {
    pub(crate) what: &'static str,
    pub(crate) times: Times,
    pub(crate) passages: f64,
}

/// Prints what kinds of queries took, each beside the first and as soon as it is known.
pub(crate) fn print_beside_first(title: &str, rows: impl Iterator<Item = Timed>) {
    println!(
        "\n{title}\n  {:40}  {:>9}  {:>9}  {:>8}  {:>8}",
        "", "median ms", "p99 ms", "ratio", "passages"
    );
    let mut first = None;
    for row in rows {
        let [median, p99] = [50.0, 99.0].map(|percent| row.times.percentile_ms(percent));
        let ratio = median / *first.get_or_insert(median);
        println!(
            "  {:40}  {median:>9.3}  {p99:>9.3}  {ratio:>6.2} ×  {:>8}",
            row.what, row.passages
        );
    }
}
