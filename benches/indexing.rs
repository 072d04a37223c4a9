//! What it takes from parsed speeches to a commit, and until everything is merged, in processor and wall time, and how large
//! the index is: ours with both its indexes, the stock set-up, and SQLite's trigrams; Chinese and English each by itself.
//!
//! Corpus: `data/scale` of the shared data, generated text where it is missing. Run with
//! `CHANCERY_SHARED=../shared cargo bench --bench indexing`; `CHANCERY_BENCH_MB=10` takes 10 MB of each language,
//! `CHANCERY_BENCH_ROUNDS=1` builds each index once. In a round the set-ups follow each other, beginning with another one
//! in every round; ratios are those of one round, and the table has the medians. Dictionaries are loaded beforehand.
//! Criterion times a small batch of speeches, to compare one commit with the next.

#[allow(dead_code, reason = "each bench uses a part of what they share")]
mod support;

use std::env;
use std::path::Path;

use criterion::{BatchSize, Criterion, Throughput};
use support::built::Built;
use support::clock::median;
use support::corpus::{Corpus, chinese, english};
use support::table::{self, Row};
use support::{ours, sqlite, stock};

/// The most times that the stock's processor time may be taken up to the commit; 1.2 is the goal.
const TARGET_TO_COMMIT: f64 = 1.4;

/// The speeches that criterion indexes.
const BATCH_BYTES: u64 = 1_000_000;

/// What builds the index of a corpus in an empty folder.
struct SetUp {
    name: &'static str,
    build: fn(&Path, &Corpus) -> Built,
}

const SET_UPS: [SetUp; 3] = [
    SetUp {
        name: "ours",
        build: ours::build,
    },
    SetUp {
        name: "stock",
        build: stock::build,
    },
    SetUp {
        name: "SQLite, trigrams",
        build: sqlite::build,
    },
];

/// Their places.
const OURS: usize = 0;
const STOCK: usize = 1;
const TRIGRAMS: usize = 2;

fn main() {
    let is_test = env::args().any(|argument| argument == "--test");
    for (corpus, size_target) in [(chinese(), 2.5), (english(), 1.9)] {
        table::say(&corpus.description());
        if !is_test {
            compare(&corpus, size_target);
        }
        time_batch(corpus);
    }
}

fn compare(corpus: &Corpus, size_target: f64) {
    let asked = env::var("CHANCERY_BENCH_ROUNDS")
        .ok()
        .and_then(|rounds| rounds.parse().ok());
    let rounds: Vec<Vec<Built>> = (0..asked.unwrap_or(3)).map(|number| round(corpus, number)).collect();
    let title = format!("indexing, medians of {} rounds, {}", rounds.len(), corpus.description());
    let of_set_up = |place: usize| rounds.iter().map(|round| &round[place]).collect::<Vec<&Built>>();
    let set_ups: Vec<(&str, Vec<&Built>)> = (0..SET_UPS.len())
        .map(|place| (SET_UPS[place].name, of_set_up(place)))
        .collect();
    table::print_builds(&title, corpus.text_bytes, &set_ups);

    let ratio = |place: usize, figure: &dyn Fn(&Built) -> f64| {
        let ratios = rounds.iter().map(|round| figure(&round[place]) / figure(&round[STOCK]));
        median(&ratios.collect::<Vec<f64>>())
    };
    let to_commit = |place| ratio(place, &|built| built.to_commit.cpu_seconds);
    let until_merged = |place| ratio(place, &|built| built.to_merged.cpu_seconds);
    let shares = of_set_up(OURS)
        .into_iter()
        .map(|built| built.bytes as f64 / corpus.text_bytes as f64);
    let share = median(&shares.collect::<Vec<f64>>());
    let rows = [
        Row::held_to(
            "processor to commit, ours / stock",
            to_commit(OURS),
            "×",
            TARGET_TO_COMMIT,
        ),
        Row::informing("processor to commit, trigrams / stock", to_commit(TRIGRAMS), "×"),
        Row::informing("processor until merged, ours / stock", until_merged(OURS), "×"),
        Row::informing("processor until merged, trigrams / stock", until_merged(TRIGRAMS), "×"),
        Row::informing(
            "wall to commit, ours / stock",
            ratio(OURS, &|built| built.to_commit.wall_seconds),
            "×",
        ),
        Row::held_to("bytes on disk / bytes of text, ours", share, "×", size_target),
    ];
    table::print("indexing, ratios", &rows);
}

/// Builds every set-up once, beginning with another one in every round; what they built is in their order.
fn round(corpus: &Corpus, number: usize) -> Vec<Built> {
    let mut places: Vec<usize> = (0..SET_UPS.len()).collect();
    places.rotate_left(number % SET_UPS.len());
    let mut round: Vec<(usize, Built)> = places
        .into_iter()
        .map(|place| (place, build(&SET_UPS[place], corpus)))
        .collect();
    round.sort_by_key(|(place, _)| *place);
    round.into_iter().map(|(_, built)| built).collect()
}

fn build(set_up: &SetUp, corpus: &Corpus) -> Built {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let built = (set_up.build)(folder.path(), corpus);
    assert_eq!(
        built.passage_count, corpus.passage_count,
        "every passage is a document: {}",
        set_up.name
    );
    if let Some((_, merged)) = built.segment_counts {
        assert_eq!(merged, 1, "everything is merged: {}", set_up.name);
    }
    built
}

fn time_batch(mut corpus: Corpus) {
    let mut bytes = 0;
    corpus.speeches.retain(|speech| {
        bytes += speech.text.len() as u64;
        bytes <= BATCH_BYTES
    });
    let batch_bytes = corpus.speeches.iter().map(|speech| speech.text.len() as u64).sum();
    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    let mut group = criterion.benchmark_group(format!("indexing/{}", corpus.language));
    group.throughput(Throughput::Bytes(batch_bytes));
    for set_up in &SET_UPS {
        group.bench_function(set_up.name, |bencher| {
            bencher.iter_batched(
                || tempfile::tempdir().expect("a temporary folder can be made"),
                |folder| (set_up.build)(folder.path(), &corpus).bytes,
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}
