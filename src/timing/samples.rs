//! From the times of single searches to the figures of a kind of query.

use super::measurement::{Start, Timing};
use crate::statistics::{mean, percentile};

/// What was timed, before its figures are made.
pub(super) struct Samples<'a> {
    pub(super) kind: &'a str,
    pub(super) start: Start,
    pub(super) threads: usize,
    /// The passages that each query matches.
    pub(super) matching_passages: &'a [u64],
    /// The time of each search in microseconds, by pass and query.
    pub(super) samples_us: Vec<Vec<f64>>,
    /// The wall time of all passes, in seconds.
    pub(super) wall_seconds: f64,
}

impl Timing {
    pub(super) fn of(samples: Samples<'_>) -> Self {
        let mut ascending: Vec<f64> = samples.samples_us.concat();
        ascending.sort_unstable_by(f64::total_cmp);
        let within_ms = |share: f64| round(percentile(&ascending, share).unwrap_or(0.0) / 1e3);
        let mut passages: Vec<f64> = samples.matching_passages.iter().map(|count| *count as f64).collect();
        passages.sort_unstable_by(f64::total_cmp);
        let with_hits = passages.iter().filter(|count| **count > 0.0).count();
        Self {
            kind: samples.kind.to_owned(),
            start: samples.start,
            threads: samples.threads,
            queries: passages.len(),
            with_hits,
            without_hits: passages.len() - with_hits,
            matching_passages_median: percentile(&passages, 0.5).unwrap_or(0.0),
            matching_passages_mean: round(mean(&passages)),
            p50_ms: within_ms(0.5),
            p90_ms: within_ms(0.9),
            p95_ms: within_ms(0.95),
            p99_ms: within_ms(0.99),
            max_ms: within_ms(1.0),
            mean_ms: round(mean(&ascending) / 1e3),
            queries_per_second: round(ascending.len() as f64 / samples.wall_seconds.max(1e-9)),
            samples_us: samples.samples_us,
        }
    }

    /// Whether there is a sample of every query in every pass.
    pub(super) fn is_whole(&self) -> bool {
        let is_time = |sample: &f64| sample.is_finite() && *sample >= 0.0;
        let is_pass = |pass: &Vec<f64>| pass.len() == self.queries && pass.iter().all(is_time);
        self.queries > 0 && !self.samples_us.is_empty() && self.samples_us.iter().all(is_pass)
    }
}

/// A figure without the digits that no clock measures.
pub(super) fn round(figure: f64) -> f64 {
    (figure * 1e4).round() / 1e4
}

/// A time in microseconds, to a tenth.
pub(super) fn microseconds(time: std::time::Duration) -> f64 {
    (time.as_secs_f64() * 1e7).round() / 10.0
}
