//! The figures of a measurement, as plain data: printed, saved, and read again to compare.

use jiff::{Timestamp, Unit};
use serde::{Deserialize, Serialize};

use super::comparison::Comparison;
use super::machine::{Build, Machine};
use super::{Queries, TimingRequest};
use crate::engine::{Status, TOOL_VERSION};
use crate::workload::{NamedQuery, NotDrawn, search_options};

/// The version of the form in which measurements are saved.
pub const MEASUREMENT_VERSION: u32 = 1;

/// Everything that was measured in one run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measurement {
    /// The version of this form; no other answer has the field.
    pub measurement_version: u32,
    /// The version of the program that measured.
    pub measured_by: String,
    /// When, as an RFC 3339 time in UTC.
    pub measured_at: String,
    /// How the program was built.
    pub build: Build,
    /// The machine.
    pub machine: Machine,
    /// The index that was asked.
    pub index: IndexSize,
    /// What was asked for.
    pub settings: Settings,
    /// Whether the files of the index were in memory when cold searches began; absent without cold searches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_cache: Option<PageCache>,
    /// The figures, a kind of query, start and number of threads each.
    pub timings: Vec<Timing>,
    /// The kinds that nothing could be drawn of.
    pub not_drawn: Vec<NotDrawn>,
    /// The ingest; absent where none was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ingest: Option<IngestTiming>,
    /// What has changed since an older measurement; absent where none was compared with.
    #[serde(default, skip_deserializing, skip_serializing_if = "Option::is_none")]
    pub comparison: Option<Comparison>,
    /// The queries, by kind.
    pub workload: Vec<AskedGroup>,
}

/// How large an index is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexSize {
    /// Speeches.
    pub speeches: u64,
    /// Passages.
    pub passages: u64,
    /// Units of text.
    pub units: u64,
    /// Segments.
    pub segments: u64,
    /// Bytes on the disk.
    pub bytes: u64,
}

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Where the queries came from.
    pub queries: QuerySource,
    /// The seed that they were drawn by; absent where they came from a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// How often each query was asked.
    pub repeat: usize,
    /// The numbers of threads that asked at once.
    pub threads: Vec<usize>,
    /// The most queries of a kind that were asked cold.
    pub cold_count: usize,
}

/// Where queries came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuerySource {
    /// They were drawn from the index.
    Drawn,
    /// A file had them.
    File,
}

/// Whether the files of the index were in memory when a cold search began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageCache {
    /// They were not: the system had given them up.
    Dropped,
    /// They were, or the system does not say.
    Warm,
}

/// In what state a search began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Start {
    /// In a process that has answered the same queries before.
    Warm,
    /// In a process of its own, from its start to its end.
    Cold,
}

/// How long the queries of a kind took, from one start, with one number of threads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Timing {
    /// The kind of the queries.
    pub kind: String,
    /// In what state the searches began.
    pub start: Start,
    /// The threads that asked at once.
    pub threads: usize,
    /// The different queries.
    pub queries: usize,
    /// Those of them that find something.
    pub with_hits: usize,
    /// Those that find nothing.
    pub without_hits: usize,
    /// The passages that a query matches, in the middle.
    pub matching_passages_median: f64,
    /// The passages that a query matches, on average.
    pub matching_passages_mean: f64,
    /// The time within which half of the searches were answered, in milliseconds.
    pub p50_ms: f64,
    /// The same for 90 in 100.
    pub p90_ms: f64,
    /// The same for 95 in 100.
    pub p95_ms: f64,
    /// The same for 99 in 100.
    pub p99_ms: f64,
    /// The longest time.
    pub max_ms: f64,
    /// The mean time.
    pub mean_ms: f64,
    /// The searches of all threads in a second of wall time.
    pub queries_per_second: f64,
    /// The time of each search in microseconds: a list a pass, in it a number a query, in the order of the workload.
    pub samples_us: Vec<Vec<f64>>,
}

/// The queries of a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedGroup {
    /// The kind.
    pub kind: String,
    /// The queries, in order.
    pub queries: Vec<AskedQuery>,
}

/// A query as it can be asked again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedQuery {
    /// Its name.
    pub id: String,
    /// The query.
    pub query: String,
    /// The options that `chancery search` takes beside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
}

/// What making an index took.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IngestTiming {
    /// Speeches.
    pub speeches: u64,
    /// Passages.
    pub passages: u64,
    /// Parts of the input that were rejected.
    pub rejected: u64,
    /// Bytes of the texts of the speeches, in UTF-8.
    pub text_bytes: u64,
    /// Bytes of the files of the index.
    pub index_bytes: u64,
    /// Bytes on the disk for each byte of text.
    pub index_bytes_per_text_byte: f64,
    /// From the start of the process to its end, in seconds.
    pub wall_seconds: f64,
    /// The processor time of all its threads, in seconds; absent where the system does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cpu_seconds: Option<f64>,
    /// The most memory that it held at once, files mapped into it included, in bytes; absent where the system does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peak_memory_bytes: Option<u64>,
    /// Megabytes (10⁶ bytes) of text in a second of wall time.
    pub megabytes_per_second: f64,
    /// Passages in a second of wall time.
    pub passages_per_second: f64,
    /// Speeches in a second of wall time.
    pub speeches_per_second: f64,
}

impl Measurement {
    /// A measurement without figures, begun now.
    pub(super) fn begun(index: IndexSize, settings: Settings, build: Build) -> Self {
        let now = Timestamp::now();
        Self {
            measurement_version: MEASUREMENT_VERSION,
            measured_by: TOOL_VERSION.to_owned(),
            measured_at: now.round(Unit::Second).unwrap_or(now).to_string(),
            build,
            machine: Machine::read(),
            index,
            settings,
            page_cache: None,
            timings: Vec::new(),
            not_drawn: Vec::new(),
            ingest: None,
            comparison: None,
            workload: Vec::new(),
        }
    }
}

impl IndexSize {
    pub(super) fn of(status: &Status) -> Self {
        Self {
            speeches: status.speeches,
            passages: status.passages,
            units: status.units,
            segments: status.segments,
            bytes: status.bytes,
        }
    }
}

impl Settings {
    pub(super) fn of(request: &TimingRequest) -> Self {
        let (queries, seed) = match &request.queries {
            Queries::Drawn(draw) => (QuerySource::Drawn, Some(draw.seed)),
            Queries::Given(..) => (QuerySource::File, None),
        };
        Self {
            queries,
            seed,
            repeat: request.repeat.get(),
            threads: request.threads.iter().map(|threads| threads.get()).collect(),
            cold_count: request.cold_count,
        }
    }
}

impl AskedGroup {
    pub(super) fn of(kind: &str, queries: &[NamedQuery]) -> Self {
        let asked = |query: &NamedQuery| AskedQuery {
            id: query.id.clone(),
            query: query.request.query.clone(),
            options: search_options(&query.request),
        };
        Self {
            kind: kind.to_owned(),
            queries: queries.iter().map(asked).collect(),
        }
    }
}

impl Timing {
    /// The times in the order in which tables show them: p50, p90, p95, p99, the longest and the mean, in milliseconds.
    pub fn times_ms(&self) -> [f64; 6] {
        [
            self.p50_ms,
            self.p90_ms,
            self.p95_ms,
            self.p99_ms,
            self.max_ms,
            self.mean_ms,
        ]
    }

    /// The kind, the start and the threads in words, such as `near, warm, 2 threads`.
    pub fn name(&self) -> String {
        format!("{}, {}", self.kind, section_name(self.start, self.threads))
    }
}

/// What a section of a report is called: `cold`, `warm, 1 thread`, `warm, 2 threads`.
pub fn section_name(start: Start, threads: usize) -> String {
    match (start, threads) {
        (Start::Cold, _) => "cold".to_owned(),
        (Start::Warm, 1) => "warm, 1 thread".to_owned(),
        (Start::Warm, threads) => format!("warm, {threads} threads"),
    }
}
