//! How fast does an index answer, and how fast is it made? Queries are asked and timed, warm in this process and cold in
//! processes of their own; every sample is kept, so that two measurements can be compared.

pub mod child;
mod cold;
pub mod comparison;
mod ingestion;
pub mod machine;
pub mod measurement;
mod page_cache;
mod samples;
mod saved;
mod warm;

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;

pub use child::Program;
pub use comparison::{Comparison, compare};
pub use machine::{Build, Machine};
pub use measurement::{
    AskedGroup, AskedQuery, IndexSize, IngestTiming, MEASUREMENT_VERSION, Measurement, PageCache, QuerySource,
    Settings, Start, Timing,
};
pub use saved::SavedMeasurement;

use crate::engine::Engine;
use crate::error::{Error, ErrorKind, Result};
use crate::index::CorpusVersion;
use crate::names::Names;
use crate::workload::{DrawRequest, QueryGroup, Workload};

/// What to measure.
pub struct TimingRequest {
    /// The folder of the index.
    pub index: PathBuf,
    /// The names that searches take as one.
    pub names: Arc<Names>,
    /// What is asked.
    pub queries: Queries,
    /// How often every query is asked.
    pub repeat: NonZeroUsize,
    /// The numbers of threads that ask at once, each measured by itself; none where nothing is measured warm.
    pub threads: Vec<NonZeroUsize>,
    /// The queries of each kind that are asked cold; none where nothing is measured cold.
    pub cold_count: usize,
    /// The program to start for cold searches and for an ingest.
    pub program: Program,
    /// What to ingest, and an empty folder to do it in.
    pub ingest: Option<IngestInput>,
}

/// What is asked.
pub enum Queries {
    /// Queries drawn from the index.
    Drawn(DrawRequest),
    /// The queries of a file.
    Given(PathBuf, QueryGroup),
}

/// What to ingest, and where to.
pub struct IngestInput {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// An empty folder for the index and the reports; whoever made it takes it away.
    pub folder: PathBuf,
}

/// How far a measurement has come.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'a> {
    /// What is being measured.
    pub stage: &'a str,
    /// The searches of the stage that are done; of an ingest none.
    pub done: u64,
    /// The searches of the stage; of an ingest none.
    pub total: u64,
}

/// A measurement, and what its reader should know.
pub struct Measured {
    /// The corpus that was asked.
    pub corpus: CorpusVersion,
    /// The figures.
    pub measurement: Measurement,
    /// What is missing, and why.
    pub warnings: Vec<String>,
}

/// Measures: the ingest, the warm searches, then the cold ones, for which the index is closed.
///
/// # Errors
/// The index or the input cannot be read, a query of a file cannot be answered, or the program cannot be started.
pub fn measure(request: TimingRequest, progress: &mut dyn FnMut(Progress<'_>)) -> Result<Measured> {
    let engine = Engine::open(&request.index)?.with_names(Arc::clone(&request.names));
    let mut measured = begin(&engine, &request)?;
    if let Some(input) = &request.ingest {
        progress(stage("ingest"));
        measure_ingest(&request.program, input, &mut measured)?;
    }
    if !request.threads.is_empty() || request.cold_count > 0 {
        measure_searches(engine, &request, &mut measured, progress)?;
    }
    Ok(measured)
}

fn measure_ingest(program: &Program, input: &IngestInput, measured: &mut Measured) -> Result<()> {
    let ingested = ingestion::time_ingest(program, input)?;
    if ingested.rejected > 0 {
        let rejected = ingested.rejected;
        measured.warnings.push(format!(
            "the ingest rejected {rejected} parts of the input; `chancery ingest` says why"
        ));
    }
    measured.measurement.ingest = Some(ingested);
    Ok(())
}

/// Measures the searches; takes the engine, for what a process has mapped stays in the page cache.
fn measure_searches(
    engine: Engine,
    request: &TimingRequest,
    measured: &mut Measured,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<()> {
    progress(stage("drawing queries"));
    let mut groups = groups(&engine, &request.queries, measured)?;
    if request.threads.is_empty() {
        groups
            .iter_mut()
            .for_each(|group| group.queries.truncate(request.cold_count));
    }
    progress(stage("first pass"));
    let groups = warm::first_pass(&engine, groups, &request.queries, &mut measured.warnings)?;
    let measurement = &mut measured.measurement;
    let asked = groups.iter().map(|group| AskedGroup::of(&group.kind, &group.queries));
    measurement.workload = asked.collect();
    for threads in &request.threads {
        let warm = warm::time(&engine, &groups, request.repeat, *threads, progress)?;
        measurement.timings.extend(warm);
    }
    drop(engine);
    if request.cold_count > 0 {
        let (page_cache, cold) = cold::time(request, &groups, progress)?;
        measurement.page_cache = Some(page_cache);
        measurement.timings.extend(cold);
    }
    Ok(())
}

fn stage(stage: &str) -> Progress<'_> {
    Progress {
        stage,
        done: 0,
        total: 0,
    }
}

/// A measurement without figures yet.
fn begin(engine: &Engine, request: &TimingRequest) -> Result<Measured> {
    let build = Build::current();
    let mut warnings = Vec::new();
    if build == Build::Debug {
        warnings.push("the program was built without optimization; measure one built with --release".to_owned());
    }
    let settings = Settings::of(request);
    let measurement = Measurement::begun(IndexSize::of(&engine.status()?), settings, build);
    Ok(Measured {
        corpus: engine.corpus(),
        measurement,
        warnings,
    })
}

/// The queries to ask; what could not be drawn is named.
fn groups(engine: &Engine, queries: &Queries, measured: &mut Measured) -> Result<Vec<QueryGroup>> {
    let request = match queries {
        Queries::Given(path, group) if group.queries.is_empty() => {
            let error = Error::new(ErrorKind::Usage, "there is no query in the file").at_path(path);
            return Err(error.hint("write a query a line: `id<TAB>query`, or JSON with `id` and `q`"));
        }
        Queries::Given(_, group) => return Ok(vec![group.clone()]),
        Queries::Drawn(request) => request,
    };
    let Workload { groups, not_drawn } = engine.draw(request)?;
    for missing in &not_drawn {
        measured.warnings.push(format!(
            "no query of the kind {} was drawn: {}",
            missing.kind, missing.reason
        ));
    }
    for group in groups.iter().filter(|group| group.queries.len() < request.count.get()) {
        let (kind, drawn) = (&group.kind, group.queries.len());
        measured.warnings.push(format!(
            "{drawn} different queries of the kind {kind} were found instead of {}",
            request.count
        ));
    }
    measured.measurement.not_drawn = not_drawn;
    Ok(groups)
}
