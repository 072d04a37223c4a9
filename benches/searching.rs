//! How fast an answer comes from a warm, merged index in process: the occurrences of a string, its full answer, keywords with
//! highlights, every operator beside the keywords; and beside them, in the same run and on the same passages, the stock
//! set-up, SQLite's trigrams and a literal scan in memory. Chinese and English each by itself.
//!
//! Corpus: `data/scale` of the shared data, generated text where it is missing; strings of 1–12 units and queries of 1–4
//! keywords are drawn from the text itself, seeded. Run with `CHANCERY_SHARED=../shared cargo bench --bench searching`;
//! `CHANCERY_BENCH_MB=10` takes 10 MB of each language. The set-ups take turns; the time of a query is the middle one of
//! three passes after one that warms (operators: of one pass), and percentiles are over the queries. What is slow, trigrams and
//! scans, is asked a part of the queries. Criterion times the same queries one after the other. Counts are held against the literal scan.

#[path = "searching/reports.rs"]
mod reports;
#[allow(dead_code, reason = "each bench uses a part of what they share")]
mod support;

use std::env;

use chancery::analyzer::Analyzer;
use chancery::analyzer::lexicon::UserLexicon;
use chancery::engine::Engine;
use chancery::search::{SearchRequest, SearchResults};
use criterion::Criterion;
use support::corpus::{Corpus, chinese, english};
use support::queries::{keywords, quoted, strings};
use support::scan::LiteralScan;
use support::sqlite::{self, Trigrams, string_expression};
use support::stock::{Stock, StockAnswer};
use support::table;
use support::{ours, stock};

const STRINGS: usize = 2_400;
const KEYWORD_QUERIES: usize = 1_200;
/// The strings whose count is held against a literal scan.
const SCANNED_STRINGS: usize = 60;

/// All set-ups, opened, and what they are asked.
struct Bench {
    corpus: Corpus,
    ours: Engine,
    stock: Stock,
    trigrams: Trigrams,
    scan: LiteralScan,
    strings: Vec<String>,
    keywords: Vec<String>,
    _folders: [tempfile::TempDir; 3],
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
            reports::strings(&bench);
            reports::strings_without_our_index(&bench);
            reports::keywords(&bench);
            reports::operators(&bench);
        }
        bench.run_criterion();
    }
}

impl Bench {
    fn new(corpus: Corpus) -> Self {
        let folders = [(); 3].map(|()| tempfile::tempdir().expect("a temporary folder can be made"));
        ours::build(folders[0].path(), &corpus);
        stock::build(folders[1].path(), &corpus);
        sqlite::build(folders[2].path(), &corpus);
        let analyzer = Analyzer::new(UserLexicon::default());
        Self {
            ours: Engine::open(folders[0].path()).expect("the index can be opened"),
            stock: Stock::open(folders[1].path()),
            trigrams: Trigrams::open(folders[2].path()),
            scan: LiteralScan::of(&corpus),
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
        self.answer(&SearchRequest::new(query))
    }

    fn answer(&self, request: &SearchRequest) -> SearchResults {
        self.ours.search(request).expect("the query can be read")
    }

    fn stock_phrase(&self, string: &str) -> StockAnswer {
        let query = self.stock.phrase_query(string);
        query.map_or_else(StockAnswer::default, |query| self.stock.answer_and_count(&*query))
    }

    fn stock_keywords(&self, query: &str) -> StockAnswer {
        self.stock.answer(&*self.stock.keyword_query(query))
    }

    fn stock_keywords_and_count(&self, query: &str) -> StockAnswer {
        self.stock.answer_and_count(&*self.stock.keyword_query(query))
    }

    /// Holds the counts against the literal scan, the full answer's against the interval's; and what is drawn from a passage
    /// as printed must be found by the trigrams too.
    fn check_counts(&self) {
        for string in &self.strings[..SCANNED_STRINGS] {
            let counted = self.occurrences(string);
            let scanned = self.scan.count(string);
            assert_eq!(counted, scanned.occurrences, "the occurrences of `{string}`");
            let results = self.search(&quoted(string));
            assert_eq!(
                results.total.occurrences,
                Some(counted),
                "the full answer to `{string}`"
            );
            assert_eq!(results.total.passages, scanned.passages, "the passages with `{string}`");
            assert_eq!(results.hits.len() as u64, results.total.passages.min(10));
            if let Some(expression) = string_expression(string) {
                let found = self.trigrams.count(&expression);
                assert!(found > 0, "the trigrams find `{string}`");
                assert_eq!(self.trigrams.answer(&expression).hits as u64, found.min(10));
            }
        }
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

fn cycle<'a>(queries: &'a [String]) -> impl FnMut() -> &'a str {
    let mut queries = queries.iter().cycle();
    move || queries.next().map_or("", String::as_str)
}
