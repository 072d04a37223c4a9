//! How long one search takes as a process of its own, from its start to its end, beside the stock set-up as a process of
//! its own: most of a search for keywords is the loading of the dictionary, which a string does not need.
//!
//! Corpus: the Chinese part of `data/scale` of the shared data, generated text where it is missing, merged; its files are
//! in the page cache. Run with `CHANCERY_SHARED=../shared cargo bench --bench cold`; `CHANCERY_BENCH_MB=10` takes 10 MB.
//! The stock's process is this program with the first argument `stock`: it opens its index, searches, prints and ends.

#[allow(dead_code, reason = "each bench uses a part of what they share")]
mod support;

use std::env;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};

use criterion::Criterion;
use support::clock::{median, time};
use support::corpus::chinese;
use support::stock::Stock;
use support::table::{self, Row};
use support::{ours, stock};
use tantivy_jieba::jieba_rs::Jieba;

const ROUNDS: usize = 31;

/// The most that a search for a string may take, in milliseconds.
const TARGET_STRING_MS: f64 = 30.0;

/// The most of the stock's time that a search for keywords may take.
const TARGET_KEYWORDS: f64 = 0.4;

const STRING: &str = "\"合作机制\"";
const FREQUENT_STRING: &str = "\"的\"";
const KEYWORDS: &str = "国际合作 环境保护机制";

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["stock"] => {}
        ["stock", index, query] => print_stock_hits(Path::new(index), query),
        options => measure(options.contains(&"--test")),
    }
}

/// What the stock's process does.
fn print_stock_hits(index: &Path, query: &str) {
    // Where a snippet panics, the hit has none.
    std::panic::set_hook(Box::new(|_| {}));
    let stock = Stock::open(index);
    for snippet in stock.answer(&*stock.keyword_query(query)).snippets {
        table::say(&snippet);
    }
}

fn measure(is_test: bool) {
    let corpus = chinese();
    table::say(&corpus.description());
    let folders = [(); 2].map(|()| tempfile::tempdir().expect("a temporary folder can be made"));
    let [of_ours, of_stock] = folders.each_ref().map(|folder| folder.path());
    ours::build(of_ours, &corpus);
    stock::build(of_stock, &corpus);
    if !is_test {
        compare(of_ours, of_stock, &corpus.description());
    }
    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    let mut group = criterion.benchmark_group("cold");
    for (name, query) in [("string", STRING), ("keywords", KEYWORDS)] {
        group.bench_function(name, |bencher| bencher.iter(|| search(of_ours, query)));
    }
    group.bench_function("keywords/stock", |bencher| bencher.iter(|| search_stock(of_stock)));
    group.finish();
}

fn compare(of_ours: &Path, of_stock: &Path, description: &str) {
    let mut times: [Vec<f64>; 7] = Default::default();
    for _ in 0..ROUNDS {
        let round = [
            time(|| search(of_ours, STRING)),
            time(|| search(of_ours, FREQUENT_STRING)),
            time(|| search(of_ours, KEYWORDS)),
            time(|| search_stock(of_stock)),
            time(|| drop(black_box(Jieba::new()))),
            time(|| run(ours(), &["--version"])),
            time(|| run(this_program(), &["stock"])),
        ];
        for (times, took) in times.iter_mut().zip(round) {
            times.push(took.as_secs_f64() * 1e3);
        }
    }
    let [string, frequent, keywords, stock, dictionary, start, stock_start] = times.map(|times| median(&times));
    let ratio = keywords / stock;
    let rows = [
        Row::held_to("search of a string", string, "ms", TARGET_STRING_MS),
        Row::held_to("search of a frequent string", frequent, "ms", TARGET_STRING_MS),
        Row::held_to("search of keywords, ours / stock", ratio, "×", TARGET_KEYWORDS),
        Row::informing("search of keywords, ours, with exact totals", keywords, "ms"),
        Row::informing("search of keywords, stock", stock, "ms"),
        Row::informing("Jieba::new() in process", dictionary, "ms"),
        Row::informing("start and end, ours (--version)", start, "ms"),
        Row::informing("start and end, stock", stock_start, "ms"),
    ];
    table::print(&format!("cold, medians of {ROUNDS}, {description}"), &rows);
}

fn search(index: &Path, query: &str) {
    run(ours(), &["search", query, "--index", plain(index), "--format", "json"]);
}

fn search_stock(index: &Path) {
    run(this_program(), &["stock", plain(index), KEYWORDS]);
}

fn plain(path: &Path) -> &str {
    path.to_str().expect("temporary folders have plain names")
}

fn ours() -> Command {
    Command::new(env!("CARGO_BIN_EXE_chancery"))
}

fn this_program() -> Command {
    Command::new(env::current_exe().expect("the program knows its path"))
}

fn run(mut program: Command, arguments: &[&str]) {
    program.args(arguments).stdout(Stdio::null());
    let status = program.status().expect("the program can be started");
    assert!(status.success(), "`{}` finds something", arguments.join(" "));
}
