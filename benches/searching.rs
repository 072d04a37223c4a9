//! How fast an answer comes from a warm, merged index in process, beside the stock set-up in the same run: the occurrences
//! of a string, its full answer, keywords with highlights, and every operator beside the keywords; Chinese and English each by itself.
//!
//! Corpus: `data/scale` of the shared data, generated text where it is missing; strings of 1–12 units and queries of 1–4
//! keywords are drawn from the text itself, seeded. Run with `CHANCERY_SHARED=../shared cargo bench --bench searching`;
//! `CHANCERY_BENCH_MB=10` takes 10 MB of each language. Percentiles are over the queries of one pass after a warm one;
//! criterion times the same queries one after the other. Counts are held against a literal scan of the folded text.

#[allow(dead_code, reason = "each bench uses a part of what they share")]
mod support;

use std::env;
use std::hint::black_box;

use chancery::analyzer::Analyzer;
use chancery::analyzer::lexicon::UserLexicon;
use chancery::engine::Engine;
use chancery::search::{SearchRequest, SearchResults};
use criterion::Criterion;
use support::clock::{Times, median};
use support::corpus::{Corpus, chinese, english};
use support::operators::{Kind, kinds};
use support::queries::{LiteralScan, keywords, strings};
use support::stock::{Stock, StockAnswer};
use support::table::{self, Row, Timed};
use support::{ours, stock};

const STRINGS: usize = 2_400;
const KEYWORD_QUERIES: usize = 1_200;
/// The strings whose count is held against a literal scan.
const SCANNED_STRINGS: usize = 60;

/// Both set-ups, opened, and what they are asked.
struct Bench {
    corpus: Corpus,
    ours: Engine,
    stock: Stock,
    strings: Vec<String>,
    keywords: Vec<String>,
    _folders: [tempfile::TempDir; 2],
}

fn main() {
    // A panic of the stock's snippets is counted, not printed.
    std::panic::set_hook(Box::new(|panic| {
        let is_stock = panic
            .location()
            .is_some_and(|location| location.file().contains("tantivy"));
        if !is_stock {
            table::say(&panic.to_string());
        }
    }));
    let is_test = env::args().any(|argument| argument == "--test");
    for corpus in [chinese(), english()] {
        table::say(&corpus.description());
        let bench = Bench::new(corpus);
        bench.check_counts();
        if !is_test {
            bench.report_strings();
            bench.report_keywords();
            bench.report_operators();
        }
        bench.run_criterion();
    }
}

impl Bench {
    fn new(corpus: Corpus) -> Self {
        let folders = [(); 2].map(|()| tempfile::tempdir().expect("a temporary folder can be made"));
        ours::build(folders[0].path(), &corpus);
        stock::build(folders[1].path(), &corpus);
        let analyzer = Analyzer::new(UserLexicon::default());
        Self {
            ours: Engine::open(folders[0].path()).expect("the index can be opened"),
            stock: Stock::open(folders[1].path()),
            strings: strings(&corpus, STRINGS),
            keywords: keywords(&corpus, &analyzer, KEYWORD_QUERIES),
            corpus,
            _folders: folders,
        }
    }

    fn occurrences(&self, string: &str) -> u64 {
        self.ours.occurrence_count(string).expect("the string has a word")
    }

    fn search(&self, query: &str) -> SearchResults {
        self.ours
            .search(&SearchRequest::new(query))
            .expect("the query can be read")
    }

    fn stock_phrase(&self, string: &str) -> StockAnswer {
        let query = self.stock.phrase_query(string);
        query.map_or_else(StockAnswer::default, |query| self.stock.answer(&*query))
    }

    fn stock_keywords(&self, query: &str) -> StockAnswer {
        self.stock.answer(&*self.stock.keyword_query(query))
    }

    /// Holds the counts against a literal scan, the full answer's against the interval's.
    fn check_counts(&self) {
        let scan = LiteralScan::of(&self.corpus);
        for string in &self.strings[..SCANNED_STRINGS] {
            let counted = self.occurrences(string);
            assert_eq!(counted, scan.count(string), "the occurrences of `{string}`");
            let results = self.search(&quoted(string));
            assert_eq!(
                results.total.occurrences,
                Some(counted),
                "the full answer to `{string}`"
            );
            assert_eq!(results.hits.len() as u64, results.total.passages.min(10));
        }
    }

    fn report_strings(&self) {
        let occurrences = self.times(&self.strings, |string| self.occurrences(string));
        let answers = self.times(&self.strings, |string| self.search(&quoted(string)));
        let stock = self.times(&self.strings, |string| self.stock_phrase(string));
        let (mut passages, mut missed) = (0, 0);
        for string in &self.strings {
            let exact = self.search(&quoted(string)).total.passages;
            let found = self
                .stock
                .phrase_query(string)
                .map_or(0, |query| self.stock.count(&*query) as u64);
            passages += exact;
            missed += exact.saturating_sub(found);
        }
        let mut rows = rows("occurrences of a string", &occurrences, Some((0.05, 0.25)));
        rows.extend(rows_of_answers(
            "a string's full answer",
            &answers,
            &stock,
            Some((0.5, 8.0)),
        ));
        let share = missed as f64 / passages.max(1) as f64 * 100.0;
        rows.push(Row::informing(
            "passages with the string that the stock's phrase misses",
            share,
            "%",
        ));
        let title = format!(
            "{} strings of 1–12 units, {}",
            self.strings.len(),
            self.corpus.description()
        );
        table::print(&title, &rows);
    }

    fn report_keywords(&self) {
        let ours = self.times(&self.keywords, |query| self.search(query));
        let stock = self.times(&self.keywords, |query| self.stock_keywords(query));
        let panics: usize = self
            .keywords
            .iter()
            .map(|query| self.stock_keywords(query).panics)
            .sum();
        let mut rows = rows_of_answers("keywords with highlights", &ours, &stock, None);
        let ratio = ours.percentile_ms(50.0) / stock.percentile_ms(50.0);
        rows.push(Row::held_to(
            "keywords with highlights: median, ours / stock",
            ratio,
            "×",
            1.0,
        ));
        rows.push(Row::informing("snippets of the stock that panicked", panics as f64, ""));
        let title = format!(
            "{} queries of 1–4 keywords, {}",
            self.keywords.len(),
            self.corpus.description()
        );
        table::print(&title, &rows);
    }

    /// Each kind of query beside the keywords, in one run.
    fn report_operators(&self) {
        let analyzer = Analyzer::new(UserLexicon::default());
        let kinds = kinds(&self.corpus, &analyzer, &self.keywords, &self.strings);
        let ask = |request: &SearchRequest| self.ours.search(request).expect("the query can be read");
        let timed = |kind: &Kind| {
            // The first pass warms, and says how much there is to find.
            let passages = kind.requests.iter().map(|request| ask(request).total.passages as f64);
            Timed {
                passages: median(&passages.collect::<Vec<f64>>()),
                times: Times::of(&kind.requests, |request| drop(black_box(ask(request)))),
                what: kind.name,
            }
        };
        let title = format!("operators beside keywords, {}", self.corpus.description());
        table::print_beside_first(&title, kinds.iter().map(timed));
    }

    /// The times of a second pass over the queries: the first one warms.
    fn times<A>(&self, queries: &[String], mut ask: impl FnMut(&str) -> A) -> Times {
        Times::of(queries, |query| drop(black_box(ask(query))));
        Times::of(queries, |query| drop(black_box(ask(query))))
    }

    fn run_criterion(&self) {
        let mut criterion = Criterion::default().sample_size(20).configure_from_args();
        let mut group = criterion.benchmark_group(format!("searching/{}", self.corpus.language));
        let mut next = cycle(&self.strings);
        group.bench_function("occurrences", |bencher| bencher.iter(|| self.occurrences(next())));
        let mut next = cycle(&self.strings);
        group.bench_function("string", |bencher| bencher.iter(|| self.search(&quoted(next()))));
        let mut next = cycle(&self.strings);
        group.bench_function("string/stock", |bencher| bencher.iter(|| self.stock_phrase(next())));
        let mut next = cycle(&self.keywords);
        group.bench_function("keywords", |bencher| bencher.iter(|| self.search(next())));
        let mut next = cycle(&self.keywords);
        group.bench_function("keywords/stock", |bencher| bencher.iter(|| self.stock_keywords(next())));
        group.finish();
    }
}

fn quoted(string: &str) -> String {
    format!("\"{string}\"")
}

fn cycle<'a>(queries: &'a [String]) -> impl FnMut() -> &'a str {
    let mut queries = queries.iter().cycle();
    move || queries.next().map_or("", String::as_str)
}

fn rows(name: &str, times: &Times, targets: Option<(f64, f64)>) -> Vec<Row> {
    let row = |percent: f64, target: Option<f64>| Row {
        what: format!("{name}: p{percent}"),
        figure: times.percentile_ms(percent),
        unit: "ms",
        target,
    };
    vec![
        row(50.0, targets.map(|(median, _)| median)),
        row(90.0, None),
        row(99.0, targets.map(|(_, p99)| p99)),
    ]
}

fn rows_of_answers(name: &str, ours: &Times, stock: &Times, targets: Option<(f64, f64)>) -> Vec<Row> {
    let mut all = rows(name, ours, targets);
    all.extend(rows(&format!("{name}, stock"), stock, None));
    all
}
