//! How long one search takes as a process of its own, from its start to its end, beside the loading of the dictionary in
//! the same run: a string must not load it, keywords may take little more than that.
//!
//! Corpus: the Chinese part of `data/scale` of the shared data, generated text where it is missing, merged; its files are
//! in the page cache. Run with `CHANCERY_SHARED=../shared cargo bench --bench cold`; `CHANCERY_BENCH_MB=10` takes 10 MB.

#[allow(dead_code, reason = "each bench uses a part of what they share")]
mod support;

use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use criterion::Criterion;
use support::clock::median;
use support::corpus::chinese;
use support::ours;
use support::table::{self, Row};
use tantivy_jieba::jieba_rs::Jieba;

const ROUNDS: usize = 31;

/// What either search may take beside the dictionary, in milliseconds.
const TARGET_MS: f64 = 30.0;

const STRING: &str = "\"合作机制\"";
const FREQUENT_STRING: &str = "\"的\"";
const KEYWORDS: &str = "国际合作 环境保护机制";

fn main() {
    let corpus = chinese();
    table::say(&corpus.description());
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    ours::build(folder.path(), &corpus);
    if !std::env::args().any(|argument| argument == "--test") {
        compare(folder.path(), &corpus.description());
    }
    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    let mut group = criterion.benchmark_group("cold");
    for (name, query) in [("string", STRING), ("keywords", KEYWORDS)] {
        group.bench_function(name, |bencher| bencher.iter(|| search(folder.path(), query)));
    }
    group.finish();
}

fn compare(index: &Path, description: &str) {
    let mut times: [Vec<f64>; 5] = Default::default();
    for _ in 0..ROUNDS {
        let round = [
            time(|| drop(black_box(Jieba::new()))),
            time(|| run(&["--version"])),
            time(|| search(index, STRING)),
            time(|| search(index, FREQUENT_STRING)),
            time(|| search(index, KEYWORDS)),
        ];
        for (times, took) in times.iter_mut().zip(round) {
            times.push(took.as_secs_f64() * 1e3);
        }
    }
    let [dictionary, start, string, frequent, keywords] = times.map(|times| median(&times));
    let rows = [
        Row::held_to("search of a string", string, "ms", TARGET_MS),
        Row::held_to("search of a frequent string", frequent, "ms", TARGET_MS),
        Row::held_to(
            "search of keywords, less Jieba::new()",
            keywords - dictionary,
            "ms",
            TARGET_MS,
        ),
        Row::informing("search of keywords", keywords, "ms"),
        Row::informing("Jieba::new() in process", dictionary, "ms"),
        Row::informing("--version", start, "ms"),
    ];
    table::print(&format!("cold, medians of {ROUNDS}, {description}"), &rows);
}

fn time(action: impl FnOnce()) -> Duration {
    let start = Instant::now();
    action();
    start.elapsed()
}

fn search(index: &Path, query: &str) {
    let index = index.to_str().expect("temporary folders have plain names");
    run(&["search", query, "--index", index, "--format", "json"]);
}

fn run(arguments: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
    command.args(arguments).stdout(Stdio::null());
    let status = command.status().expect("the program can be started");
    assert!(status.success(), "`chancery {}` finds something", arguments.join(" "));
}
