//! Figures as people read them: four digits of a time, bytes in megabytes, what a measurement was made on in words.

use crate::timing::measurement::section_name;
use crate::timing::{Build, Machine, Measurement, PageCache, QuerySource, Start, Timing};

/// A time in milliseconds with its first four digits, in at most five characters up to 99,999.
pub(super) fn milliseconds(time: f64) -> String {
    match time {
        ..10.0 => format!("{time:.3}"),
        ..100.0 => format!("{time:.2}"),
        ..1000.0 => format!("{time:.1}"),
        _ => format!("{time:.0}"),
    }
}

/// A time with its unit, for the marks of an axis: `0.1 ms`, `10 s`.
pub(super) fn time_with_unit(time_ms: f64) -> String {
    match time_ms {
        ..1.0 => format!("{} µs", (time_ms * 1e3).round()),
        ..1000.0 => format!("{} ms", time_ms.round()),
        _ => format!("{} s", (time_ms / 1e3).round()),
    }
}

/// A count or rate: whole, or with a digit below ten.
pub(super) fn count(figure: f64) -> String {
    match figure.fract() == 0.0 || figure >= 10.0 {
        true => format!("{figure:.0}"),
        false => format!("{figure:.1}"),
    }
}

/// Bytes as megabytes of 10⁶ bytes.
pub(super) fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

/// `1 thread`, `2 threads`.
pub(super) fn counted(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

/// What a machine is, in a line.
pub(super) fn machine(machine: &Machine) -> String {
    let mut parts: Vec<String> = machine.processor.iter().cloned().collect();
    parts.push(counted(machine.processors, "processor"));
    parts.extend(
        machine
            .memory_bytes
            .map(|bytes| format!("{:.1} GB", bytes as f64 / 1e9)),
    );
    parts.push(format!("{} {}", machine.system, machine.architecture));
    parts.join(" · ")
}

/// How large the index is, in a line.
pub(super) fn index_size(measurement: &Measurement) -> String {
    let index = &measurement.index;
    let segments = counted(index.segments as usize, "segment");
    let (speeches, passages, bytes) = (index.speeches, index.passages, megabytes(index.bytes));
    format!("{speeches} speeches, {passages} passages, {segments}, {bytes} on disk")
}

/// Where the queries came from, in a line.
pub(super) fn queries(measurement: &Measurement) -> String {
    let settings = &measurement.settings;
    match (settings.queries, settings.seed) {
        (QuerySource::Drawn, Some(seed)) => format!("drawn from the index with the seed {seed}"),
        (QuerySource::Drawn, None) => "drawn from the index".to_owned(),
        (QuerySource::File, _) => "from a file".to_owned(),
    }
}

/// The version of the program and its build.
pub(super) fn program(measurement: &Measurement) -> String {
    let build = match measurement.build {
        Build::Release => "optimized",
        Build::Debug => "not optimized",
    };
    format!("chancery {} ({build})", measurement.measured_by)
}

/// The timings that belong together, with their heading.
pub(super) fn sections(measurement: &Measurement) -> Vec<(String, Vec<&Timing>)> {
    let mut sections: Vec<(String, Vec<&Timing>)> = Vec::new();
    let parts = measurement
        .timings
        .chunk_by(|left, right| (left.start, left.threads) == (right.start, right.threads));
    for part in parts {
        let name = section_name(part[0].start, part[0].threads);
        let heading = match (part[0].start, measurement.page_cache) {
            (Start::Cold, Some(PageCache::Dropped)) => format!("{name}: fresh process, page cache dropped"),
            (Start::Cold, _) => format!("{name}: fresh process, page cache warm"),
            (Start::Warm, _) => name,
        };
        sections.push((heading, part.iter().collect()));
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_keep_four_digits() {
        let shown = [0.0, 0.0042, 9.8765, 12.345, 123.45, 1234.5].map(milliseconds);
        assert_eq!(shown, ["0.000", "0.004", "9.877", "12.35", "123.5", "1234"]);
        let marks = [0.001, 0.1, 1.0, 100.0, 10_000.0].map(time_with_unit);
        assert_eq!(marks, ["1 µs", "100 µs", "1 ms", "100 ms", "10 s"]);
    }
}
