//! Two measurements beside each other: which kinds of queries are slower or faster than before, beyond chance.
//!
//! The bootstrap draws queries and passes anew, the same queries on both sides where both asked the same ones. So an
//! interval covers which queries were drawn and how the machine wavered during a run, not that it was busier in one run.

use serde::Serialize;

use super::measurement::{Measurement, Start, Timing};
use super::samples::round;
use super::saved::SavedMeasurement;
use crate::index::CorpusVersion;
use crate::statistics::{Interval, bootstrap_interval};

/// The seed of the bootstrap: the same files always compare alike.
const SEED: u64 = 1;

/// What has changed since an older measurement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// When the older one was made.
    pub old_measured_at: String,
    /// The version of the program that made it.
    pub old_measured_by: String,
    /// What both measured, in the order of the newer one.
    pub changes: Vec<Change>,
    /// What only the older one measured.
    pub only_old: Vec<String>,
    /// What only the newer one measured.
    pub only_new: Vec<String>,
    /// The wall time of the ingest, new divided by old; absent where one of them has none. It has no interval, for an ingest runs
    /// once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ingest_seconds_ratio: Option<f64>,
}

/// How a kind of query has changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The kind of the queries.
    pub kind: String,
    /// In what state the searches began.
    pub start: Start,
    /// The threads that asked at once.
    pub threads: usize,
    /// Whether both asked the same queries.
    pub same_queries: bool,
    /// The times that half of the searches take.
    pub p50: Ratio,
    /// The times that 99 in 100 take.
    pub p99: Ratio,
}

/// A new time divided by the old one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Ratio {
    /// The old time, in milliseconds.
    pub old_ms: f64,
    /// The new time, in milliseconds.
    pub new_ms: f64,
    /// New divided by old: above 1 is slower.
    pub ratio: f64,
    /// The lower end of the 95 % interval.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// Whether the interval leaves 1 out.
    pub verdict: Verdict,
}

/// What an interval says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Verdict {
    /// All of it lies above 1.
    #[serde(rename = "slower")]
    Slower,
    /// All of it lies below 1.
    #[serde(rename = "faster")]
    Faster,
    /// 1 is in it.
    #[serde(rename = "no difference")]
    NoDifference,
}

impl Verdict {
    /// The verdict in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Slower => "slower",
            Self::Faster => "faster",
            Self::NoDifference => "no difference",
        }
    }

    fn of(interval: Interval) -> Self {
        if interval.low > 1.0 {
            Self::Slower
        } else if interval.high < 1.0 {
            Self::Faster
        } else {
            Self::NoDifference
        }
    }
}

/// Compares a measurement with an older one; the texts say what makes the two hard to compare.
pub fn compare(old: &SavedMeasurement, corpus: &CorpusVersion, new: &Measurement) -> (Comparison, Vec<String>) {
    let older = &old.measurement;
    let find = |timing: &Timing, among: &[Timing]| among.iter().find(|other| is_same(other, timing)).cloned();
    let changes: Vec<Change> = (new.timings.iter())
        .filter_map(|timing| Some(change(&find(timing, &older.timings)?, timing, older, new)))
        .collect();
    let missing = |among: &[Timing], elsewhere: &[Timing]| -> Vec<String> {
        let missing = among.iter().filter(|timing| find(timing, elsewhere).is_none());
        missing.map(Timing::name).collect()
    };
    let seconds = |measurement: &Measurement| measurement.ingest.as_ref().map(|ingest| ingest.wall_seconds);
    let comparison = Comparison {
        old_measured_at: older.measured_at.clone(),
        old_measured_by: older.measured_by.clone(),
        only_old: missing(&older.timings, &new.timings),
        only_new: missing(&new.timings, &older.timings),
        ingest_seconds_ratio: seconds(new)
            .zip(seconds(older))
            .map(|(new, old)| round(new / old.max(1e-9))),
        changes,
    };
    let warnings = differences(old, corpus, new, &comparison);
    (comparison, warnings)
}

fn is_same(left: &Timing, right: &Timing) -> bool {
    (&left.kind, left.start, left.threads) == (&right.kind, right.start, right.threads)
}

fn change(old: &Timing, new: &Timing, older: &Measurement, newer: &Measurement) -> Change {
    let same_queries = old.queries == new.queries && asked(older, old) == asked(newer, new);
    let resampling = Resampling {
        old: Resampled::of(old),
        new: Resampled::of(new),
        same_queries,
    };
    Change {
        kind: new.kind.clone(),
        start: new.start,
        threads: new.threads,
        same_queries,
        p50: resampling.ratio(0.5, old.p50_ms, new.p50_ms),
        p99: resampling.ratio(0.99, old.p99_ms, new.p99_ms),
    }
}

/// The queries of a timing, each with its options.
fn asked<'a>(measurement: &'a Measurement, timing: &Timing) -> Vec<(&'a str, &'a [String])> {
    let groups = measurement.workload.iter().filter(|group| group.kind == timing.kind);
    let queries = groups.flat_map(|group| group.queries.iter().take(timing.queries));
    queries
        .map(|query| (query.query.as_str(), query.options.as_slice()))
        .collect()
}

/// The samples of two timings, to draw from.
struct Resampling {
    old: Resampled,
    new: Resampled,
    same_queries: bool,
}

impl Resampling {
    fn ratio(&self, share: f64, old_ms: f64, new_ms: f64) -> Ratio {
        let numbers = |count: usize| -> Vec<f64> { (0..count).map(|number| number as f64).collect() };
        let (old, new) = (&self.old, &self.new);
        let drawn_from = [old.query_count, new.query_count, old.pass_count, new.pass_count].map(numbers);
        let ratio = |[old_queries, new_queries, old_passes, new_passes]: &mut [Vec<f64>; 4]| {
            let new_queries = if self.same_queries {
                old_queries.as_slice()
            } else {
                new_queries
            };
            new.percentile(share, new_queries, new_passes) / old.percentile(share, old_queries, old_passes)
        };
        let drawn_from = drawn_from.each_ref().map(Vec::as_slice);
        let interval = bootstrap_interval(drawn_from, ratio, SEED).unwrap_or(Interval { low: 1.0, high: 1.0 });
        Ratio {
            old_ms,
            new_ms,
            ratio: round(new_ms.max(LEAST_MS) / old_ms.max(LEAST_MS)),
            low: round(interval.low),
            high: round(interval.high),
            verdict: Verdict::of(interval),
        }
    }
}

/// The shortest time that is told from none: what stands below a ratio is never zero.
const LEAST_MS: f64 = 1e-4;

/// The samples of a timing in ascending order. Drawn anew, each sample counts as often as its query and its pass were
/// drawn; so a percentile is found by a walk, without sorting again.
struct Resampled {
    /// Time in microseconds, pass, query.
    ascending: Vec<(f64, usize, usize)>,
    query_count: usize,
    pass_count: usize,
}

impl Resampled {
    fn of(timing: &Timing) -> Self {
        let passes = timing.samples_us.iter().enumerate();
        let mut ascending: Vec<(f64, usize, usize)> = passes
            .flat_map(|(pass, times)| times.iter().enumerate().map(move |(query, time)| (*time, pass, query)))
            .collect();
        ascending.sort_unstable_by(|left, right| left.0.total_cmp(&right.0));
        Self {
            ascending,
            query_count: timing.queries,
            pass_count: timing.samples_us.len(),
        }
    }

    /// The percentile of the samples whose queries and passes were drawn, interpolated as `statistics::percentile` does.
    fn percentile(&self, share: f64, queries: &[f64], passes: &[f64]) -> f64 {
        let (by_query, by_pass) = (counts(queries, self.query_count), counts(passes, self.pass_count));
        let place = share * (queries.len() * passes.len() - 1) as f64;
        let (mut before, mut below) = (0, None);
        for (time, pass, query) in &self.ascending {
            before += by_query[*query] * by_pass[*pass];
            if below.is_none() && before as f64 > place.floor() {
                below = Some(*time);
            }
            if let Some(below) = below.filter(|_| before as f64 > place.ceil()) {
                return (below + (time - below) * place.fract()).max(LEAST_MS * 1e3);
            }
        }
        below.unwrap_or(0.0).max(LEAST_MS * 1e3)
    }
}

/// How often each number below a bound was drawn.
fn counts(drawn: &[f64], bound: usize) -> Vec<usize> {
    let mut counts = vec![0; bound];
    for number in drawn {
        counts[*number as usize] += 1;
    }
    counts
}

/// What makes two measurements hard to compare.
fn differences(
    old: &SavedMeasurement,
    corpus: &CorpusVersion,
    new: &Measurement,
    comparison: &Comparison,
) -> Vec<String> {
    let older = &old.measurement;
    let mut warnings = Vec::new();
    let mut warn_where = |is_different: bool, what: &str| {
        if is_different {
            warnings.push(format!("the measurements differ in more than speed: {what}"));
        }
    };
    warn_where(old.corpus.version != corpus.version, "the corpora are not the same");
    let (then, now) = (&older.machine, &new.machine);
    warn_where(
        (&then.processor, then.processors, &then.system) != (&now.processor, now.processors, &now.system),
        "the machines or their systems are not the same",
    );
    warn_where(older.build != new.build, "one program is optimized, the other is not");
    warn_where(older.settings.seed != new.settings.seed, "the seeds are not the same");
    warn_where(
        older.index.segments != new.index.segments,
        "the indexes are not divided into as many segments",
    );
    warn_where(
        older
            .page_cache
            .zip(new.page_cache)
            .is_some_and(|(old, new)| old != new),
        "only one of them could have the page cache dropped",
    );
    let has_others = |change: &&Change| !change.same_queries;
    let mut kinds: Vec<&str> = comparison
        .changes
        .iter()
        .filter(has_others)
        .map(|change| change.kind.as_str())
        .collect();
    kinds.dedup();
    let what = format!("the queries are not the same: {}", kinds.join(", "));
    warn_where(!kinds.is_empty(), &what);
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::percentile;
    use crate::timing::samples::Samples;

    fn timing(samples_us: Vec<Vec<f64>>) -> Timing {
        let matching_passages = vec![1; samples_us[0].len()];
        Timing::of(Samples {
            kind: "near",
            start: Start::Warm,
            threads: 1,
            matching_passages: &matching_passages,
            samples_us,
            wall_seconds: 1.0,
        })
    }

    #[test]
    fn every_sample_drawn_once_has_the_percentile_of_the_samples() {
        let timing = timing(vec![vec![30.0, 10.0, 20.0], vec![50.0, 60.0, 40.0]]);
        let resampled = Resampled::of(&timing);
        let ascending = [10.0, 20.0, 30.0, 40.0, 50.0, 60.0];
        for share in [0.0, 0.25, 0.5, 0.9, 0.99, 1.0] {
            let found = resampled.percentile(share, &[0.0, 1.0, 2.0], &[0.0, 1.0]);
            let expected = percentile(&ascending, share).expect("there are samples");
            assert!((found - expected).abs() < 1e-9, "{share}: {found} and {expected}");
        }
        // A query that is drawn three times stands for all: 10 and 60 alone.
        assert_eq!(resampled.percentile(0.5, &[1.0, 1.0, 1.0], &[0.0, 1.0]), 35.0);
    }

    #[test]
    fn a_verdict_is_whether_the_interval_leaves_one_out() {
        let verdict = |low, high| Verdict::of(Interval { low, high });
        assert_eq!(verdict(1.01, 1.2), Verdict::Slower);
        assert_eq!(verdict(0.8, 0.99), Verdict::Faster);
        assert_eq!(verdict(1.0, 1.2), Verdict::NoDifference);
    }

    #[test]
    fn twice_the_times_are_slower_whether_the_queries_are_the_same_or_not() {
        let times: Vec<f64> = (0..50).map(|query| 100.0 + f64::from(query)).collect();
        let doubled: Vec<f64> = times.iter().map(|time| time * 2.0).collect();
        let (old, new) = (timing(vec![times; 3]), timing(vec![doubled; 3]));
        for same_queries in [true, false] {
            let resampling = Resampling {
                old: Resampled::of(&old),
                new: Resampled::of(&new),
                same_queries,
            };
            let ratio = resampling.ratio(0.5, old.p50_ms, new.p50_ms);
            assert_eq!((ratio.ratio, ratio.verdict), (2.0, Verdict::Slower));
            assert!(ratio.low <= 2.0 && 2.0 <= ratio.high, "{ratio:?}");
            // The same queries on both sides leave nothing to chance here.
            assert_eq!(same_queries, ratio.low == ratio.high, "{ratio:?}");
        }
    }
}
