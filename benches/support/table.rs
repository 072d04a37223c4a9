//! The tables at the end of a run: a figure a row, beside its target.
#![expect(clippy::print_stdout, reason = "the table is what a bench is run for")]

use super::clock::Times;

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

/// Prints a table.
pub(crate) fn print(title: &str, rows: &[Row]) {
    let width = rows.iter().map(|row| row.what.chars().count()).max().unwrap_or(0);
    println!("\n{title}");
    for row in rows {
        let padding = " ".repeat(width - row.what.chars().count());
        let target = match row.target {
            Some(target) if row.figure <= target => format!("  target ≤ {target} {}  met", row.unit),
            Some(target) => format!("  target ≤ {target} {}  MISSED", row.unit),
            None => String::new(),
        };
        println!("  {}{padding}  {:>9.3} {:<2}{target}", row.what, row.figure, row.unit);
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
