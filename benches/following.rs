//! How long it takes to follow a formulation: its count, its timeline and its concordance, in process and as a process of its
//! own; beside `rg --count-matches` over the same text and a full scan of it, folded, in memory.
//!
//! Corpus: both languages of `data/scale` of the shared data, generated text where they are missing. Run with
//! `CHANCERY_SHARED=../shared cargo bench --bench following`; `CHANCERY_BENCH_MB=10` takes 10 MB of each language. Everything
//! takes turns, and a figure is the median of its rounds. Before anything is timed the counts of 500 strings drawn from the
//! text and of 100 real formulations are held against the scan. ripgrep counts lines' matches of the printed text, without
//! folding and without whole units, so its count may differ; where it is not installed its rows are missing.

#[path = "following/scanned.rs"]
mod scanned;
#[allow(dead_code, reason = "each bench uses a part of what they share")]
mod support;

use std::env;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};

use chancery::engine::{ConcordanceRequest, CountRequest, Engine, TimelineRequest};
use criterion::Criterion;
use scanned::Scanned;
use support::clock::{median, time};
use support::corpus::{Corpus, chinese, english};
use support::ours;
use support::queries::{quoted, strings};
use support::table::{self, Row};

const ROUNDS: usize = 15;

/// The strings of the text whose counts are held against the scan.
const RANDOM_STRINGS: usize = 500;

/// The most that a timeline of a frequent word may take, in milliseconds.
const TARGET_TIMELINE_MS: f64 = 200.0;

/// The most that a concordance of 100,000 occurrences sorted by its right context may take, in milliseconds.
const TARGET_CONCORDANCE_MS: f64 = 500.0;

/// As many occurrences as a concordance is held to.
const MANY_OCCURRENCES: u64 = 100_000;

/// One language, indexed, and as plain text.
struct Bench {
    corpus: Corpus,
    engine: Engine,
    scanned: Scanned,
    folder: tempfile::TempDir,
}

fn main() {
    let is_test = env::args().any(|argument| argument == "--test");
    for corpus in [chinese(), english()] {
        table::say(&corpus.description());
        let bench = Bench::new(corpus);
        bench.check_counts();
        let word = bench.frequent_word();
        if !is_test {
            bench.report(&word);
        }
        bench.run_criterion(&word);
    }
}

impl Bench {
    fn new(corpus: Corpus) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        ours::build(&folder.path().join("index"), &corpus);
        let scanned = Scanned::of(&corpus);
        fs::write(folder.path().join("text.txt"), scanned.printed(&corpus)).expect("the text can be written");
        Self {
            engine: Engine::open(&folder.path().join("index")).expect("the index can be opened"),
            corpus,
            scanned,
            folder,
        }
    }

    fn index(&self) -> &Path {
        self.folder.path()
    }

    /// Holds the counts, as a whole and by year, against the scan.
    fn check_counts(&self) {
        let formulations = include_str!("../tests/fixtures/formulations.txt").lines();
        let formulations = formulations.filter(|line| !line.starts_with('#')).map(str::to_owned);
        let mut found = 0;
        for string in strings(&self.corpus, RANDOM_STRINGS).into_iter().chain(formulations) {
            let timeline = self.timeline(&quoted(&string));
            let scanned = self.scanned.by_year(&string);
            let series = &timeline.series[0];
            let total: u64 = scanned.values().sum();
            assert_eq!(series.total.occurrences, Some(total), "the occurrences of `{string}`");
            for (bin, point) in timeline.bins.iter().zip(&series.points) {
                let of_year = scanned.get(&bin.bin).copied().unwrap_or(0);
                assert_eq!(point.occurrences, Some(of_year), "`{string}` in {}", bin.bin);
            }
            let count = self
                .engine
                .count(&CountRequest::new(quoted(&string)))
                .expect("it is counted");
            assert_eq!(count.total.occurrences, Some(total), "the count of `{string}`");
            found += usize::from(total > 0);
        }
        table::say(&format!(
            "counts of {RANDOM_STRINGS} strings and 100 formulations equal the scan, {found} of them found"
        ));
    }

    fn timeline(&self, query: &str) -> chancery::engine::Timeline {
        self.engine
            .timeline(&TimelineRequest::new([query]))
            .expect("it is a query")
    }

    fn concordance(&self, query: &str) -> chancery::engine::Concordance {
        let sort = ["right".parse().expect("an order")];
        let request = ConcordanceRequest {
            sort: sort.to_vec(),
            ..ConcordanceRequest::new(query)
        };
        self.engine.concordance(&request).expect("it is a query")
    }

    /// A word of several letters or characters that stands about as often as a concordance is held to.
    fn frequent_word(&self) -> String {
        let words = match self.corpus.language {
            "zh" => ["的", "发展", "经济", "建设", "中国"],
            _ => ["in the", "of the", "we", "that", "development"],
        };
        let distance = |word: &&str| self.scanned.count(word).abs_diff(MANY_OCCURRENCES);
        let nearest = words.iter().min_by_key(|word| distance(word));
        nearest.map_or_else(String::new, |word| (*word).to_owned())
    }

    fn report(&self, word: &str) {
        let query = quoted(word);
        let occurrences = self.scanned.count(word);
        let index = self.index().join("index");
        let text = self.index().join("text.txt");
        let ask = |verb: &str, more: &[&str]| {
            let mut arguments = vec![verb, &query, "--index", plain(&index), "--format", "json"];
            arguments.extend(more);
            run(Command::new(env!("CARGO_BIN_EXE_chancery")).args(arguments));
        };
        let has_ripgrep = Command::new("rg")
            .arg("--version")
            .stdout(Stdio::null())
            .status()
            .is_ok();
        let mut times: [Vec<f64>; 10] = Default::default();
        for _ in 0..ROUNDS {
            let round = [
                time(|| drop(black_box(self.engine.count(&CountRequest::new(&*query))))),
                time(|| ask("count", &[])),
                time(|| drop(black_box(self.timeline(&query)))),
                time(|| ask("timeline", &[])),
                time(|| drop(black_box(self.concordance(&query)))),
                time(|| ask("concordance", &["--sort", "right", "--limit", "20"])),
                time(|| drop(black_box(self.scanned.by_year(word)))),
                time(|| drop(black_box(self.scanned.sorted_contexts(word)))),
                time(|| {
                    if has_ripgrep {
                        run(Command::new("rg").args(["--count-matches", "--ignore-case", word, plain(&text)]));
                    }
                }),
                time(|| run(Command::new(env!("CARGO_BIN_EXE_chancery")).arg("--version"))),
            ];
            for (times, took) in times.iter_mut().zip(round) {
                times.push(took.as_secs_f64() * 1e3);
            }
        }
        let [
            count,
            count_process,
            timeline,
            timeline_process,
            concordance,
            concordance_process,
            scan,
            contexts,
            ripgrep,
            start,
        ] = times.map(|times| median(&times));
        let mut rows = vec![
            Row::informing("count, in process", count, "ms"),
            Row::informing("count, as a process", count_process, "ms"),
            Row::held_to("timeline by year, in process", timeline, "ms", TARGET_TIMELINE_MS),
            Row::held_to(
                "timeline by year, as a process",
                timeline_process,
                "ms",
                TARGET_TIMELINE_MS,
            ),
            Row::held_to(
                "concordance by right context, in process",
                concordance,
                "ms",
                TARGET_CONCORDANCE_MS,
            ),
            Row::held_to(
                "concordance by right context, as a process",
                concordance_process,
                "ms",
                TARGET_CONCORDANCE_MS,
            ),
            Row::informing("a full scan of the folded text by year, in memory", scan, "ms"),
            Row::informing("a full scan that keeps and sorts the right contexts", contexts, "ms"),
            Row::informing("start and end (--version)", start, "ms"),
        ];
        if has_ripgrep {
            rows.push(Row::informing(
                "rg --count-matches --ignore-case, as a process",
                ripgrep,
                "ms",
            ));
        }
        let title = format!(
            "`{word}`, {occurrences} occurrences, medians of {ROUNDS}, {}",
            self.corpus.description()
        );
        table::print(&title, &rows);
    }

    fn run_criterion(&self, word: &str) {
        let query = quoted(word);
        let mut criterion = Criterion::default().sample_size(10).configure_from_args();
        let mut group = criterion.benchmark_group(format!("following/{}", self.corpus.language));
        group.bench_function("count", |bencher| {
            bencher.iter(|| self.engine.count(&CountRequest::new(&*query)));
        });
        group.bench_function("timeline", |bencher| bencher.iter(|| self.timeline(&query)));
        group.bench_function("concordance", |bencher| bencher.iter(|| self.concordance(&query)));
        group.finish();
    }
}

fn run(command: &mut Command) {
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    assert!(
        status
            .expect("the program can be started")
            .code()
            .is_some_and(|code| code < 2)
    );
}

fn plain(path: &Path) -> &str {
    path.to_str().expect("temporary folders have plain names")
}
