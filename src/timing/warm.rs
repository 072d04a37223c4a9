//! Warm searches: one index, opened once, asked by one or several threads of this process.
//!
//! The passes go round all kinds before any kind is asked again, so that what slows a machine for a while touches every
//! kind and shows as a difference between passes.

use std::hint::black_box;
use std::num::NonZeroUsize;
use std::sync::RwLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{Builder, ScopedJoinHandle};
use std::time::{Duration, Instant};

use super::measurement::{Start, Timing, section_name};
use super::samples::{Samples, microseconds};
use super::{Progress, Queries};
use crate::engine::Engine;
use crate::error::{Error, ErrorKind, Result};
use crate::search::SearchRequest;
use crate::workload::{NamedQuery, QueryGroup};

/// Queries that can be answered, with how much each of them finds.
pub(super) struct AnsweredGroup {
    pub(super) kind: String,
    pub(super) queries: Vec<NamedQuery>,
    /// The passages that each query matches.
    pub(super) matching_passages: Vec<u64>,
    requests: Vec<SearchRequest>,
}

/// Asks every query once, which warms, and says what it finds. A drawn query that cannot be answered is left out with a
/// warning; one of a file is an error.
pub(super) fn first_pass(
    engine: &Engine,
    groups: Vec<QueryGroup>,
    source: &Queries,
    warnings: &mut Vec<String>,
) -> Result<Vec<AnsweredGroup>> {
    let mut answered = Vec::with_capacity(groups.len());
    for group in groups {
        let (mut queries, mut matching_passages) = (Vec::new(), Vec::new());
        for query in group.queries {
            match (engine.search(&query.request), source) {
                (Ok(results), _) => {
                    matching_passages.push(results.total.passages);
                    queries.push(query);
                }
                (Err(error), Queries::Given(path, _)) => {
                    return Err(refused(&query, &error).at_line(path, query.line.unwrap_or(0)));
                }
                (Err(error), Queries::Drawn(_)) => {
                    let NamedQuery { id, request, .. } = &query;
                    warnings.push(format!("{id}, `{}`, was left out: {error}", request.query));
                }
            }
        }
        if !queries.is_empty() {
            answered.push(AnsweredGroup {
                kind: group.kind,
                requests: queries.iter().map(|query| query.request.clone()).collect(),
                queries,
                matching_passages,
            });
        }
    }
    Ok(answered)
}

/// An error of a query of a file, which stands at its line.
fn refused(query: &NamedQuery, error: &Error) -> Error {
    let message = format!("the query `{}` cannot be answered: {}", query.id, error.message());
    let refused = Error::new(error.kind(), message);
    match error.hint_text() {
        Some(hint) => refused.hint(hint),
        None => refused,
    }
}

/// Times the queries of every group with a number of threads, pass by pass.
pub(super) fn time(
    engine: &Engine,
    groups: &[AnsweredGroup],
    repeat: NonZeroUsize,
    threads: NonZeroUsize,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<Vec<Timing>> {
    let mut passes: Vec<Vec<Pass>> = groups.iter().map(|_| Vec::with_capacity(repeat.get())).collect();
    let asked: usize = groups.iter().map(|group| group.requests.len()).sum();
    let stage = section_name(Start::Warm, threads.get());
    let mut done = 0;
    for _ in 0..repeat.get() {
        for (group, passes) in groups.iter().zip(&mut passes) {
            progress(Progress {
                stage: &stage,
                done,
                total: (asked * repeat.get()) as u64,
            });
            passes.push(ask_all(engine, &group.requests, threads)?);
            done += group.requests.len() as u64;
        }
    }
    let timings = groups.iter().zip(passes).map(|(group, passes)| {
        Timing::of(Samples {
            kind: &group.kind,
            start: Start::Warm,
            threads: threads.get(),
            matching_passages: &group.matching_passages,
            wall_seconds: passes.iter().map(|pass| pass.wall.as_secs_f64()).sum(),
            samples_us: passes.into_iter().map(|pass| pass.times_us).collect(),
        })
    });
    Ok(timings.collect())
}

/// What one pass over the queries of a kind took.
struct Pass {
    /// The time of each query, in microseconds.
    times_us: Vec<f64>,
    /// From the first question of any thread to the last answer.
    wall: Duration,
}

/// What one thread did of a pass.
struct Share {
    times: Vec<(usize, Duration)>,
    start: Instant,
    end: Instant,
}

/// Asks every query once with a number of threads.
fn ask_all(engine: &Engine, requests: &[SearchRequest], threads: NonZeroUsize) -> Result<Pass> {
    let round = Round {
        engine,
        requests,
        next: AtomicUsize::new(0),
        gate: RwLock::new(()),
    };
    let shares = round.run(threads)?;
    let start = shares.iter().map(|share| share.start).min();
    let end = shares.iter().map(|share| share.end).max();
    let mut times_us = vec![0.0; requests.len()];
    for (number, time) in shares.into_iter().flat_map(|share| share.times) {
        times_us[number] = microseconds(time);
    }
    let wall = start.zip(end).map_or(Duration::ZERO, |(start, end)| end - start);
    Ok(Pass { times_us, wall })
}

/// One pass while it runs: each thread takes the next query that no thread has taken.
struct Round<'a> {
    engine: &'a Engine,
    requests: &'a [SearchRequest],
    /// The number of the next query.
    next: AtomicUsize,
    /// Held shut until all threads are there.
    gate: RwLock<()>,
}

impl Round<'_> {
    fn run(&self, threads: NonZeroUsize) -> Result<Vec<Share>> {
        std::thread::scope(|scope| {
            let shut = self.gate.write();
            let start = |_| Builder::new().spawn_scoped(scope, || self.share());
            let started: std::io::Result<Vec<_>> = (0..threads.get()).map(start).collect();
            if started.is_err() {
                // Those that are there have nothing to do.
                self.next.store(self.requests.len(), Ordering::Relaxed);
            }
            drop(shut);
            let started = started.map_err(|cause| {
                let error = Error::new(ErrorKind::Io, format!("cannot start {threads} threads")).caused_by(cause);
                error.hint("ask with fewer, such as --threads 2")
            })?;
            started.into_iter().map(joined).collect()
        })
    }

    fn share(&self) -> Result<Share> {
        let mut times = Vec::with_capacity(self.requests.len());
        drop(self.gate.read());
        let start = Instant::now();
        while let number = self.next.fetch_add(1, Ordering::Relaxed)
            && let Some(request) = self.requests.get(number)
        {
            let asked = Instant::now();
            let results = self.engine.search(request)?;
            times.push((number, asked.elapsed()));
            drop(black_box(results));
        }
        let end = Instant::now();
        Ok(Share { times, start, end })
    }
}

fn joined(handle: ScopedJoinHandle<'_, Result<Share>>) -> Result<Share> {
    let ended = handle.join();
    ended.unwrap_or_else(|_| {
        Err(Error::new(
            ErrorKind::Index,
            "a thread that searched ended before its time",
        ))
    })
}
