//! How long it takes from parsed speeches to a commit, and until everything is merged, and how large the index is, beside
//! the stock set-up in the same run; Chinese and English each by itself.
//!
//! Corpus: `data/scale` of the shared data, generated text where it is missing. Run with
//! `CHANCERY_SHARED=../shared cargo bench --bench indexing`; `CHANCERY_BENCH_MB=10` takes 10 MB of each language,
//! `CHANCERY_BENCH_ROUNDS=1` builds each index once. Ratios are those of one round, ours and the stock one after the
//! other; the table has their medians. Criterion times a small batch of speeches, to compare one commit with the next.

#[allow(dead_code, reason = "each bench uses a part of what they share")]
mod support;

use std::env;

use criterion::{BatchSize, Criterion, Throughput};
use support::clock::{Took, median};
use support::corpus::{Corpus, chinese, english};
use support::ours::Built;
use support::table::{self, Row};
use support::{ours, stock};

/// The most times that the stock's wall time may be taken, to the commit and until merged.
const TARGET_TO_COMMIT: f64 = 1.6;
const TARGET_TO_MERGED: f64 = 1.9;

/// The speeches that criterion indexes.
const BATCH_BYTES: u64 = 1_000_000;

/// Both set-ups, built one after the other.
struct Round {
    ours: Built,
    stock: Built,
}

fn main() {
    let is_test = env::args().any(|argument| argument == "--test");
    for (corpus, size_target) in [(chinese(), 2.8), (english(), 2.0)] {
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
    let rounds: Vec<Round> = (0..asked.unwrap_or(3)).map(|_| round(corpus)).collect();
    let Some(last) = rounds.last() else { return };
    let mut rows = time_rows("to commit", &rounds, TARGET_TO_COMMIT, |built| built.to_commit);
    rows.extend(time_rows("until merged", &rounds, TARGET_TO_MERGED, |built| {
        built.to_merged
    }));
    let share = |built: &Built| built.bytes as f64 / corpus.text_bytes as f64;
    rows.push(Row::held_to(
        "bytes on disk / bytes of text, ours",
        share(&last.ours),
        "×",
        size_target,
    ));
    rows.push(Row::informing(
        "bytes on disk / bytes of text, stock",
        share(&last.stock),
        "×",
    ));
    rows.push(Row::informing(
        "segments at the commit, ours",
        last.ours.segment_counts.0 as f64,
        "",
    ));
    rows.push(Row::informing(
        "segments at the commit, stock",
        last.stock.segment_counts.0 as f64,
        "",
    ));
    table::print(&format!("indexing, {}", corpus.description()), &rows);
}

fn round(corpus: &Corpus) -> Round {
    let folder = || tempfile::tempdir().expect("a temporary folder can be made");
    let (for_ours, for_stock) = (folder(), folder());
    let round = Round {
        ours: ours::build(for_ours.path(), corpus),
        stock: stock::build(for_stock.path(), corpus),
    };
    for built in [&round.ours, &round.stock] {
        assert_eq!(built.passage_count, corpus.passage_count, "every passage is a document");
        assert_eq!(built.segment_counts.1, 1, "everything is merged");
    }
    round
}

fn time_rows(name: &str, rounds: &[Round], target: f64, took: impl Fn(&Built) -> Took) -> Vec<Row> {
    let of = |figure: &dyn Fn(&Round) -> f64| median(&rounds.iter().map(figure).collect::<Vec<_>>());
    let wall = of(&|round| took(&round.ours).wall_seconds / took(&round.stock).wall_seconds);
    let cpu = of(&|round| took(&round.ours).cpu_seconds / took(&round.stock).cpu_seconds);
    vec![
        Row::held_to(format!("{name}: wall, ours / stock"), wall, "×", target),
        Row::informing(format!("{name}: processor, ours / stock"), cpu, "×"),
        Row::informing(
            format!("{name}: wall, ours"),
            of(&|round| took(&round.ours).wall_seconds),
            "s",
        ),
        Row::informing(
            format!("{name}: wall, stock"),
            of(&|round| took(&round.stock).wall_seconds),
            "s",
        ),
        Row::informing(
            format!("{name}: processor, ours"),
            of(&|round| took(&round.ours).cpu_seconds),
            "s",
        ),
        Row::informing(
            format!("{name}: processor, stock"),
            of(&|round| took(&round.stock).cpu_seconds),
            "s",
        ),
    ]
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
    let folder = || tempfile::tempdir().expect("a temporary folder can be made");
    group.bench_function("ours", |bencher| {
        bencher.iter_batched(
            folder,
            |folder| ours::build(folder.path(), &corpus).bytes,
            BatchSize::PerIteration,
        );
    });
    group.bench_function("stock", |bencher| {
        bencher.iter_batched(
            folder,
            |folder| stock::build(folder.path(), &corpus).bytes,
            BatchSize::PerIteration,
        );
    });
    group.finish();
}
