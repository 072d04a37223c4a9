//! `chancery bench`.

use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};
use tempfile::TempDir;

use chancery::engine::Answer;
use chancery::error::{Error, ErrorKind, Result};
use chancery::render::{json, timing_report};
use chancery::search::SearchRequest;
use chancery::timing::{
    IngestInput, Measured, Measurement, Program, Progress, Queries, SavedMeasurement, TimingRequest, compare, measure,
};
use chancery::workload::{DrawRequest, Kind, NamedQuery, QueryGroup};

use super::common::{CommonArgs, Outcome};
use super::ingest::progress_bar;
use super::names::NameArgs;
use super::output::{print, remark};
use super::queries;

/// The name under which the queries of a file are measured.
const FILE_KIND: &str = "queries";

/// Measure how fast the index answers, and how fast one is made
///
/// Asks queries that are drawn from the index's own text, or those of a file. Warm: in one process, after a pass that is not
/// timed, by one or several threads at once. Cold: each query in a process of its own, with the index out of memory where the
/// system allows it. The same corpus, --kinds, --count and --seed ask the same queries.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chancery bench                                       every kind of query, warm and cold
  chancery bench --kinds keywords,near --repeat 20     some kinds, more often
  chancery bench --queries topics.tsv --searches warm  one's own queries
  chancery bench --save before.json                    keep the figures, and later:
  chancery bench --compare before.json --report now.html
  chancery bench --searches none --ingest speeches/    the making of an index

Kinds: keywords-rare, keywords-medium, keywords-frequent, strings-1, strings-2-3, strings-4-6, strings-7-12, boolean-and,
boolean-or, boolean-not, near, prefix, fuzzy, regex, filtered, speech; keywords, strings and boolean stand for their families.

Of fewer than 100 samples (queries times --repeat) p99 is next to the longest time. A kept result holds the queries, a report does not.")]
pub(super) struct Args {
    /// Ask the queries of a file: lines `id<TAB>query`, or JSON objects with `id`, `q` and filters; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["kinds", "count", "seed"])]
    queries: Option<PathBuf>,
    /// The kinds of queries to draw; without it all
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    kinds: Vec<String>,
    /// The queries to draw of each kind
    #[arg(long, value_name = "N", default_value = "200", value_parser = up_to::<10_000>)]
    count: NonZeroUsize,
    /// Draw other queries
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Which searches to measure
    #[arg(long, value_enum, value_name = "WHICH", default_value = "both")]
    searches: Searches,
    /// How often to ask each query
    #[arg(long, value_name = "N", default_value = "5", value_parser = up_to::<1_000>)]
    repeat: NonZeroUsize,
    /// The threads that ask at once, each number measured by itself; without it one thread, and one a processor
    #[arg(long, value_name = "N", value_delimiter = ',', value_parser = up_to::<256>)]
    threads: Vec<NonZeroUsize>,
    /// The queries of each kind to ask cold
    #[arg(long, value_name = "N", default_value = "10", value_parser = up_to::<10_000>)]
    cold_count: NonZeroUsize,
    /// Measure an ingest of these files and folders too, into a temporary folder
    #[arg(long, value_name = "PATH", num_args = 1..)]
    ingest: Vec<PathBuf>,
    /// Keep the figures, every sample included, as JSON
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// Say what has become slower or faster since a measurement that was kept
    #[arg(long, value_name = "FILE")]
    compare: Option<PathBuf>,
    /// Write a report: a page where the name ends in .html, the charts alone where it ends in .svg
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Take the figures from a measurement that was kept, and measure nothing
    #[arg(long, value_name = "FILE", 
        conflicts_with_all = ["queries", "kinds", "count", "seed", "searches", "repeat", "threads", "cold_count", "ingest", "save"])]
    load: Option<PathBuf>,
    #[command(flatten)]
    names: NameArgs,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Searches {
    /// Both
    Both,
    /// Again and again in one process
    Warm,
    /// Each in a process of its own
    Cold,
    /// None, where only an ingest is measured
    None,
}

impl Args {
    pub(super) fn run(self, common: &CommonArgs) -> Result<Outcome> {
        let start = Instant::now();
        let form = self.report.as_deref().map(report_form).transpose()?;
        // What cannot be compared with is said before anything is measured.
        let old = self.compare.as_deref().map(SavedMeasurement::read).transpose()?;
        let Measured {
            corpus,
            mut measurement,
            mut warnings,
        } = self.measured(common)?;
        if let Some(old) = &old {
            let told = warnings.clone();
            let (comparison, differences) = compare(old, &corpus, &measurement);
            measurement.comparison = Some(comparison);
            // Kept figures bring what was told of them.
            warnings.extend(differences.into_iter().filter(|text| !told.contains(text)));
        }
        let answer = Answer::new(Some(corpus), measurement, start.elapsed());
        let answer = Answer { warnings, ..answer };
        if let Some(path) = &self.save {
            let mut saved = Vec::new();
            json::write_line(&answer, &mut saved)
                .and_then(|()| fs::write(path, saved))
                .map_err(|cause| cannot_keep(path, cause))?;
            remark(&format!("saved: {}", path.display()), common);
        }
        if let (Some(path), Some(form)) = (&self.report, form) {
            fs::write(path, form(&answer)).map_err(|cause| cannot_keep(path, cause))?;
            remark(&format!("report: {}", path.display()), common);
        }
        print(&answer, common)?;
        Ok(Outcome::Done)
    }

    /// The measurement to tell of: a kept one, or a new one.
    fn measured(&self, common: &CommonArgs) -> Result<Measured> {
        if let Some(path) = &self.load {
            let saved = SavedMeasurement::read(path)?;
            return Ok(Measured {
                corpus: saved.corpus,
                measurement: saved.measurement,
                warnings: saved.warnings,
            });
        }
        // Taken away when the measurement is done, or has failed.
        let folder = match self.ingest.is_empty() {
            true => None,
            false => Some(temporary_folder()?),
        };
        let request = self.request(common, folder.as_ref().map(TempDir::path))?;
        let bar = progress_bar(common);
        let measured = measure(request, &mut |progress| show(&bar, progress));
        bar.finish_and_clear();
        measured
    }

    fn request(&self, common: &CommonArgs, folder: Option<&Path>) -> Result<TimingRequest> {
        if self.searches == Searches::None && self.ingest.is_empty() {
            let hint = "name what to ingest with --ingest, or leave --searches away";
            return Err(Error::new(ErrorKind::Usage, "there is nothing to measure").hint(hint));
        }
        if self.ingest.iter().any(|path| path.as_os_str() == "-") {
            let error = Error::new(ErrorKind::Usage, "an ingest of standard input cannot be measured");
            return Err(error.hint("name files or folders with --ingest"));
        }
        let path = std::env::current_exe().map_err(|cause| {
            let error = Error::new(ErrorKind::Io, "cannot find the program itself, to start it anew");
            error.caused_by(cause)
        })?;
        let is_warm = matches!(self.searches, Searches::Both | Searches::Warm);
        let is_cold = matches!(self.searches, Searches::Both | Searches::Cold);
        Ok(TimingRequest {
            index: common.index.clone(),
            names: self.names.names()?,
            queries: self.asked()?,
            repeat: self.repeat,
            threads: if is_warm { self.thread_numbers() } else { Vec::new() },
            cold_count: if is_cold { self.cold_count.get() } else { 0 },
            program: Program {
                path,
                search_arguments: self.names.arguments(),
            },
            ingest: folder.map(|folder| IngestInput {
                paths: self.ingest.clone(),
                folder: folder.to_owned(),
            }),
        })
    }

    fn asked(&self) -> Result<Queries> {
        if let Some(path) = &self.queries {
            return Ok(Queries::Given(path.clone(), read_queries(path)?));
        }
        let mut kinds: Vec<Kind> = Vec::new();
        for name in &self.kinds {
            let named = Kind::named(name)?;
            kinds.extend(
                named
                    .into_iter()
                    .filter(|kind| !kinds.contains(kind))
                    .collect::<Vec<_>>(),
            );
        }
        if kinds.is_empty() {
            kinds = Kind::ALL.to_vec();
        }
        Ok(Queries::Drawn(DrawRequest {
            kinds,
            count: self.count,
            seed: self.seed,
        }))
    }

    fn thread_numbers(&self) -> Vec<NonZeroUsize> {
        let mut numbers = self.threads.clone();
        if numbers.is_empty() {
            let processors = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
            numbers = vec![NonZeroUsize::MIN, processors];
        }
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }
}

/// Reads a number from 1 on.
fn up_to<const MOST: usize>(text: &str) -> std::result::Result<NonZeroUsize, String> {
    let number = text.parse::<NonZeroUsize>().ok().filter(|number| number.get() <= MOST);
    number.ok_or_else(|| format!("write a number from 1 to {MOST}"))
}

/// Reads the queries of a file; a line that is none is an error at that line.
fn read_queries(path: &Path) -> Result<QueryGroup> {
    let text = queries::read(path)?;
    let mut asked = Vec::new();
    for (line, text) in queries::lines(&text) {
        let query = queries::read_line(text).map_err(|unread| {
            let hint = "write `id<TAB>query`, or a JSON object with `id`, `q` and filters";
            unread.error.at_line(path, line).hint(hint)
        })?;
        let filters = query
            .filters(queries::refuse_field)
            .map_err(|error| error.at_line(path, line))?;
        asked.push(NamedQuery {
            id: query.id,
            line: Some(line),
            request: SearchRequest {
                filters,
                ..SearchRequest::new(query.query)
            },
        });
    }
    Ok(QueryGroup {
        kind: FILE_KIND.to_owned(),
        queries: asked,
    })
}

/// What writes a report of the form that the name of its file asks for.
fn report_form(path: &Path) -> Result<fn(&Answer<Measurement>) -> String> {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("html" | "htm") => Ok(timing_report::page),
        Some("svg") => Ok(timing_report::charts),
        _ => {
            let error = Error::new(ErrorKind::Usage, "the name of a report ends in .html or .svg");
            Err(error.at_path(path))
        }
    }
}

fn temporary_folder() -> Result<TempDir> {
    tempfile::Builder::new()
        .prefix("chancery-bench-")
        .tempdir()
        .map_err(|cause| {
            let error = Error::new(ErrorKind::Io, "cannot make a temporary folder to ingest into").caused_by(cause);
            error.hint("name a folder that can be written with the environment variable TMPDIR")
        })
}

fn cannot_keep(path: &Path, cause: std::io::Error) -> Error {
    let error = Error::new(ErrorKind::Io, "cannot write the figures").at_path(path);
    error.caused_by(cause)
}

fn show(bar: &ProgressBar, progress: Progress<'_>) {
    if bar.is_hidden() {
        return;
    }
    let template = match progress.total {
        0 => "{spinner} {msg}  {elapsed}",
        _ => "{bar:30} {msg}  {pos}/{len} searches  {eta} left",
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar.set_length(progress.total);
    bar.set_position(progress.done);
    bar.set_message(progress.stage.to_owned());
}
