//! Ingest, measured: a process of its own makes an index of the input in a folder that is empty.

use std::fs::{self, File};
use std::path::Path;

use serde_json::Value;

use super::IngestInput;
use super::child::{Program, Took};
use super::measurement::IngestTiming;
use super::samples::round;
use crate::engine::Engine;
use crate::error::{Error, ErrorKind, Result};

/// Ingests the input and measures it.
///
/// # Errors
/// The program cannot be started, or the ingest fails.
pub(super) fn time_ingest(program: &Program, input: &IngestInput) -> Result<IngestTiming> {
    let index = input.folder.join("index");
    // Files, not pipes: a long report must not make the process wait for its reader.
    let (report, errors) = (input.folder.join("report.json"), input.folder.join("errors.txt"));
    let mut command = program.command("ingest", &index);
    command.arg("--").args(&input.paths);
    command.stdout(create(&report)?).stderr(create(&errors)?);
    let (code, took) = program.run(command)?;
    if !matches!(code, Some(0 | 3)) {
        let said = fs::read_to_string(&errors).unwrap_or_default();
        return Err(ingest_failed(&said));
    }
    let rejected = fs::read_to_string(&report)
        .ok()
        .and_then(|text| serde_json::from_str::<Value>(&text).ok())
        .and_then(|report| report.get("rejected")?.as_array().map(Vec::len));
    figures(&index, took, rejected.unwrap_or(0) as u64)
}

fn create(path: &Path) -> Result<File> {
    File::create(path).map_err(|cause| {
        let error = Error::new(ErrorKind::Io, "cannot write beside the index").at_path(path);
        error.caused_by(cause)
    })
}

/// The error that the process has told, as ours.
fn ingest_failed(said: &str) -> Error {
    let line = |start: &str| said.lines().find_map(|line| line.strip_prefix(start));
    let message = line("error: ").unwrap_or("the ingest ended before its time");
    let error = Error::new(ErrorKind::Io, format!("cannot measure the ingest: {message}"));
    match line("hint: ") {
        Some(hint) => error.hint(hint),
        None => error,
    }
}

fn figures(index: &Path, took: Took, rejected: u64) -> Result<IngestTiming> {
    let engine = Engine::open(index)?;
    let status = engine.status()?;
    let text_bytes = engine.text_bytes()?;
    let wall_seconds = took.wall.as_secs_f64();
    let per_second = |count: u64| round(count as f64 / wall_seconds.max(1e-9));
    Ok(IngestTiming {
        speeches: status.speeches,
        passages: status.passages,
        rejected,
        text_bytes,
        index_bytes: status.bytes,
        index_bytes_per_text_byte: round(status.bytes as f64 / text_bytes.max(1) as f64),
        wall_seconds: round(wall_seconds),
        cpu_seconds: took.cpu_seconds.map(round),
        peak_memory_bytes: took.peak_memory_bytes,
        megabytes_per_second: round(text_bytes as f64 / 1e6 / wall_seconds.max(1e-9)),
        passages_per_second: per_second(status.passages),
        speeches_per_second: per_second(status.speeches),
    })
}
