//! Cold searches: a process a query, from its start to its end, the files of the index given up before it where the
//! system does so.

use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::measurement::{PageCache, Start, Timing};
use super::page_cache::drop_files;
use super::samples::{Samples, microseconds};
use super::warm::AnsweredGroup;
use super::{Progress, TimingRequest};
use crate::error::Result;
use crate::workload::{NamedQuery, search_options};

/// Times the first queries of every group, each in a process of its own; no index may be open in this one.
pub(super) fn time(
    request: &TimingRequest,
    groups: &[AnsweredGroup],
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<(PageCache, Vec<Timing>)> {
    let count = |group: &AnsweredGroup| group.queries.len().min(request.cold_count);
    let total: usize = groups.iter().map(count).sum();
    let (mut done, mut is_dropped) = (0, total > 0);
    let mut timings = Vec::with_capacity(groups.len());
    for group in groups {
        let (mut times_us, mut wall_seconds) = (Vec::new(), 0.0);
        for query in &group.queries[..count(group)] {
            progress(Progress {
                stage: "cold",
                done,
                total: total as u64,
            });
            is_dropped &= drop_files(&request.index) == PageCache::Dropped;
            let took = search(request, query)?;
            times_us.push(microseconds(took));
            wall_seconds += took.as_secs_f64();
            done += 1;
        }
        timings.push(Timing::of(Samples {
            kind: &group.kind,
            start: Start::Cold,
            threads: 1,
            matching_passages: &group.matching_passages[..count(group)],
            samples_us: vec![times_us],
            wall_seconds,
        }));
    }
    let page_cache = match is_dropped {
        true => PageCache::Dropped,
        false => PageCache::Warm,
    };
    Ok((page_cache, timings))
}

/// Asks one query in a process of its own; returns how long the process lived.
fn search(request: &TimingRequest, query: &NamedQuery) -> Result<Duration> {
    let program = &request.program;
    let mut command = program.command("search", &request.index);
    command.args(&program.search_arguments);
    command
        .args(search_options(&query.request))
        .arg("--")
        .arg(&query.request.query);
    let start = Instant::now();
    let output = command.stderr(Stdio::null()).output();
    let took = start.elapsed();
    let output = output.map_err(|cause| program.failed("cannot start the program").caused_by(cause))?;
    // Finding nothing is an answer, too.
    match matches!(output.status.code(), Some(0 | 1)) && serde_json::from_slice::<Value>(&output.stdout).is_ok() {
        true => Ok(took),
        false => Err(program.failed(&format!(
            "the query `{}` was not answered in a process of its own",
            query.id
        ))),
    }
}
