//! Clocks and percentiles: wall time, the processor time of all threads, and what most queries take.

use std::time::{Duration, Instant};

/// The ticks a second in which Linux counts processor time for programs, whatever the kernel's own.
const TICKS_PER_SECOND: f64 = 100.0;

/// Wall and processor time since a start.
pub(crate) struct Stopwatch {
    wall: Instant,
    cpu_seconds: f64,
}

/// What something took.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Took {
    pub(crate) wall_seconds: f64,
    /// Zero where the system does not say.
    pub(crate) cpu_seconds: f64,
}

impl Stopwatch {
    pub(crate) fn start() -> Self {
        Self {
            wall: Instant::now(),
            cpu_seconds: cpu_seconds(),
        }
    }

    pub(crate) fn took(&self) -> Took {
        Took {
            wall_seconds: self.wall.elapsed().as_secs_f64(),
            cpu_seconds: cpu_seconds() - self.cpu_seconds,
        }
    }
}

/// The processor time of this process, ended threads included.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name in parentheses may hold spaces; user and system time are fields 14 and 15 of the line.
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().skip(11).take(2);
    ticks.filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() / TICKS_PER_SECOND
}

/// The times of many queries.
#[derive(Clone, Debug, Default)]
pub(crate) struct Times {
    ascending: Vec<Duration>,
}

impl Times {
    /// Asks every query once and times each by itself.
    pub(crate) fn of<Q>(queries: &[Q], mut ask: impl FnMut(&Q)) -> Self {
        let mut times: Vec<Duration> = Vec::with_capacity(queries.len());
        for query in queries {
            let start = Instant::now();
            ask(query);
            times.push(start.elapsed());
        }
        times.sort_unstable();
        Self { ascending: times }
    }

    /// The time within which so many percent of the queries were answered, in milliseconds.
    pub(crate) fn percentile_ms(&self, percent: f64) -> f64 {
        let rank = (self.ascending.len() as f64 * percent / 100.0).ceil() as usize;
        let time = self.ascending.get(rank.saturating_sub(1)).or(self.ascending.last());
        time.map_or(0.0, |time| time.as_secs_f64() * 1e3)
    }
}

/// The middle one of some numbers.
pub(crate) fn median(numbers: &[f64]) -> f64 {
    let mut ascending = numbers.to_vec();
    ascending.sort_unstable_by(f64::total_cmp);
    ascending.get(ascending.len() / 2).copied().unwrap_or_default()
}
