//! A measurement of speed as text, rows and lines.

use std::io::{self, Write};

use serde_json::Value;

use super::style::{ALERT, DETAIL, HINT, Page, Styled, TITLE, safe};
use super::{Render, figures, json};
use crate::engine::Answer;
use crate::timing::comparison::{Change, Ratio, Verdict};
use crate::timing::measurement::section_name;
use crate::timing::{Comparison, IngestTiming, Measurement, Timing};

/// The columns of the table for people, behind the kind.
const COLUMNS: &str = "asked found   p50   p90   p95   p99   max  mean    q/s passages";

impl Render for Answer<Measurement> {
    fn text(&self, output: &mut dyn Write, _page: &Page) -> io::Result<()> {
        let measurement = &self.body;
        for warning in &self.warnings {
            writeln!(output, "{} {}", Styled(HINT, "note"), safe(warning))?;
        }
        for line in [
            figures::index_size(measurement),
            figures::machine(&measurement.machine),
            figures::program(measurement),
        ] {
            writeln!(output, "{}", Styled(DETAIL, &line))?;
        }
        for (heading, timings) in figures::sections(measurement) {
            writeln!(output, "\n{}, in milliseconds", Styled(TITLE, &heading))?;
            writeln!(output, "{:<17}{COLUMNS}", "")?;
            timings.iter().try_for_each(|timing| write_timing(timing, output))?;
        }
        if let Some(ingest) = &measurement.ingest {
            writeln!(output, "\n{}", Styled(TITLE, "ingest"))?;
            for (name, value) in ingest_rows(ingest) {
                writeln!(output, "{name:<18}{value}")?;
            }
        }
        match &measurement.comparison {
            Some(comparison) => write_comparison(comparison, output),
            None => Ok(()),
        }
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let mut rows = vec![super::header(
            "kind start threads queries with_hits without_hits matching_passages_median matching_passages_mean p50_ms p90_ms \
             p95_ms p99_ms max_ms mean_ms queries_per_second",
        )];
        let names = rows[0].clone();
        for timing in &self.body.timings {
            let object = json::value(timing);
            let plain = |name: &String| match &object[name] {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            rows.push(names.iter().map(plain).collect());
        }
        rows
    }

    fn lines(&self) -> Vec<Value> {
        self.body.timings.iter().map(json::value).collect()
    }
}

fn write_timing(timing: &Timing, output: &mut dyn Write) -> io::Result<()> {
    let times = timing
        .times_ms()
        .map(|time| format!("{:>5}", figures::milliseconds(time)))
        .join(" ");
    writeln!(
        output,
        "{:<17}{:>5} {:>5} {times} {:>6} {:>8}",
        safe(&timing.kind),
        timing.queries,
        timing.with_hits,
        figures::count(timing.queries_per_second),
        figures::count(timing.matching_passages_median),
    )
}

/// The figures of an ingest, each with its name.
pub(super) fn ingest_rows(ingest: &IngestTiming) -> Vec<(&'static str, String)> {
    let mut rows = vec![
        ("speeches", ingest.speeches.to_string()),
        ("passages", ingest.passages.to_string()),
        ("text", figures::megabytes(ingest.text_bytes)),
        ("wall time", format!("{:.2} s", ingest.wall_seconds)),
    ];
    rows.extend(
        ingest
            .cpu_seconds
            .map(|seconds| ("processor time", format!("{seconds:.2} s"))),
    );
    rows.push(("text a second", format!("{:.2} MB", ingest.megabytes_per_second)));
    rows.push(("passages a second", figures::count(ingest.passages_per_second)));
    rows.push(("speeches a second", figures::count(ingest.speeches_per_second)));
    let ratio = ingest.index_bytes_per_text_byte;
    let size = format!("{}, {ratio:.2} × the text", figures::megabytes(ingest.index_bytes));
    rows.push(("size on disk", size));
    rows.extend(
        ingest
            .peak_memory_bytes
            .map(|bytes| ("peak memory", figures::megabytes(bytes))),
    );
    rows
}

fn write_comparison(comparison: &Comparison, output: &mut dyn Write) -> io::Result<()> {
    let heading = comparison_heading(comparison);
    writeln!(output, "\n{}", Styled(TITLE, &heading))?;
    let by_section = comparison
        .changes
        .chunk_by(|left, right| (left.start, left.threads) == (right.start, right.threads));
    for changes in by_section {
        let name = section_name(changes[0].start, changes[0].threads);
        writeln!(output, "{name:<17} {:<31} p99", "p50")?;
        changes.iter().try_for_each(|change| write_change(change, output))?;
    }
    let only = [
        ("only the older one", &comparison.only_old),
        ("only this one", &comparison.only_new),
    ];
    for (which, names) in only.iter().filter(|(_, names)| !names.is_empty()) {
        writeln!(output, "{which} measured: {}", safe(&names.join("; ")))?;
    }
    match comparison.ingest_seconds_ratio {
        Some(ratio) => writeln!(
            output,
            "ingest: {ratio:.2} × the time; one run each, so chance is not told apart"
        ),
        None => Ok(()),
    }
}

fn write_change(change: &Change, output: &mut dyn Write) -> io::Result<()> {
    let verdict = |ratio: &Ratio, width: usize| {
        let name = format!("{:<width$}", ratio.verdict.name());
        match ratio.verdict {
            Verdict::Slower => Styled(ALERT, &name).to_string(),
            Verdict::Faster => Styled(HINT, &name).to_string(),
            Verdict::NoDifference => name,
        }
    };
    let [p50, p99] = [&change.p50, &change.p99].map(ratio_with_interval);
    let kind = safe(&change.kind);
    let (of_p50, of_p99) = (verdict(&change.p50, 13), verdict(&change.p99, 0));
    writeln!(output, "{kind:<17} {p50:<17} {of_p50} {p99:<17} {of_p99}")
}

/// What a comparison is with.
pub(super) fn comparison_heading(comparison: &Comparison) -> String {
    let (version, time) = (&comparison.old_measured_by, &comparison.old_measured_at);
    format!("time now / time of version {version} at {time}, with 95 % intervals")
}

/// A ratio with its interval.
pub(super) fn ratio_with_interval(ratio: &Ratio) -> String {
    format!("{:.2} ({:.2}–{:.2})", ratio.ratio, ratio.low, ratio.high)
}
