//! Clocks and percentiles: wall time, the processor time of all threads, and what most queries take.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// The timed passes over the queries, after one that warms.
const PASSES: usize = 3;

/// The queries after which it is the next set-up's turn: enough for its data to be in the processor's caches.
const QUERIES_A_TURN: usize = 40;

/// Wall and processor time since a start.
pub(crate) struct Stopwatch {
    wall: Instant,
    cpu_seconds: f64,
}

/// What something took.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Took {
    pub(crate) wall_seconds: f64,
    /// User and system time of all threads; zero where the system does not say.
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

/// The processor time of this process, user and system, ended threads included.
#[cfg(unix)]
fn cpu_seconds() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

#[cfg(not(unix))]
fn cpu_seconds() -> f64 {
    0.0
}

/// The times of many queries.
#[derive(Clone, Debug, Default)]
pub(crate) struct Times {
    ascending: Vec<Duration>,
}

impl Times {
    /// Asks every query once and times each by itself.
    pub(crate) fn of<Q>(queries: &[Q], mut ask: impl FnMut(&Q)) -> Self {
        let times = queries.iter().map(|query| time(|| ask(query))).collect();
        Self::sorted(times)
    }

    /// Asks the same queries of several set-ups, which take turns, so that what else the machine does slows all alike. A
    /// first pass warms; the time of a query is the middle one of three.
    pub(crate) fn beside<Q, const SET_UPS: usize>(queries: &[Q], asks: [&dyn Fn(&Q); SET_UPS]) -> [Self; SET_UPS] {
        let mut times = asks.map(|_| vec![[Duration::ZERO; PASSES]; queries.len()]);
        for pass in 0..=PASSES {
            // The first timed pass takes the place of the one that warms.
            let place = pass.saturating_sub(1);
            for turn in 0..queries.len().div_ceil(QUERIES_A_TURN) {
                let first = turn * QUERIES_A_TURN;
                for (ask, times) in asks.iter().zip(&mut times) {
                    let asked = queries.iter().zip(times).skip(first).take(QUERIES_A_TURN);
                    asked.for_each(|(query, times)| times[place] = time(|| ask(query)));
                }
            }
        }
        times.map(|times| Self::sorted(times.into_iter().map(middle).collect()))
    }

    /// Times that were taken elsewhere.
    pub(crate) fn sorted(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        Self { ascending: times }
    }

    /// The number of queries.
    pub(crate) fn len(&self) -> usize {
        self.ascending.len()
    }

    /// The time within which so many percent of the queries were answered, in milliseconds.
    pub(crate) fn percentile_ms(&self, percent: f64) -> f64 {
        let rank = (self.ascending.len() as f64 * percent / 100.0).ceil() as usize;
        let time = self.ascending.get(rank.saturating_sub(1)).or(self.ascending.last());
        time.map_or(0.0, |time| time.as_secs_f64() * 1e3)
    }
}

/// A way to ask whose answer is made, not optimized away, and then dropped, all of it timed.
pub(crate) fn asking<Q, A>(answer: impl Fn(&Q) -> A) -> impl Fn(&Q) {
    move |query| drop(black_box(answer(query)))
}

/// The wall time that something takes.
pub(crate) fn time(action: impl FnOnce()) -> Duration {
    let start = Instant::now();
    action();
    start.elapsed()
}

fn middle(mut times: [Duration; PASSES]) -> Duration {
    times.sort_unstable();
    times[PASSES / 2]
}

/// The middle one of some numbers.
pub(crate) fn median(numbers: &[f64]) -> f64 {
    let mut ascending = numbers.to_vec();
    ascending.sort_unstable_by(f64::total_cmp);
    ascending.get(ascending.len() / 2).copied().unwrap_or_default()
}
