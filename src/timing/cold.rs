//! Cold searches: a process a query, from its start to its end, the files of the index given up before it where the
//! system does so. The passes go round all kinds, as those of warm searches do.

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
    let total = request.repeat.get() * groups.iter().map(count).sum::<usize>();
    let mut passes: Vec<Vec<Vec<Duration>>> = groups.iter().map(|_| Vec::new()).collect();
    let (mut done, mut is_dropped) = (0, total > 0);
    for _ in 0..request.repeat.get() {
        for (group, passes) in groups.iter().zip(&mut passes) {
            progress(Progress {
                stage: "cold",
                done,
                total: total as u64,
            });
            let mut times = Vec::with_capacity(count(group));
            for query in &group.queries[..count(group)] {
                is_dropped &= drop_files(&request.index) == PageCache::Dropped;
                times.push(search(request, query)?);
            }
            done += times.len() as u64;
            passes.push(times);
        }
    }
    let timings = groups.iter().zip(passes).map(|(group, passes)| {
        Timing::of(Samples {
            kind: &group.kind,
            start: Start::Cold,
            threads: 1,
            matching_passages: &group.matching_passages[..count(group)],
            wall_seconds: passes.iter().flatten().map(Duration::as_secs_f64).sum(),
            samples_us: passes.into_iter().map(in_microseconds).collect(),
        })
    });
    let page_cache = match is_dropped {
        true => PageCache::Dropped,
        false => PageCache::Warm,
    };
    Ok((page_cache, timings.collect()))
}

fn in_microseconds(times: Vec<Duration>) -> Vec<f64> {
    times.into_iter().map(microseconds).collect()
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
