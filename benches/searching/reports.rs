//! The tables of the bench of searching: what is asked of which set-up, and which figures have targets.

use std::hint::black_box;

use chancery::analyzer::Analyzer;
use chancery::analyzer::lexicon::UserLexicon;

use super::support::clock::{Times, asking, median};
use super::support::operators::{Kind, kinds};
use super::support::sqlite::{keyword_expression, string_expression};
use super::support::table::{self, Latency, Row, Timed};
use super::{Bench, quoted};

/// The most that 99 in 100 strings may take, in milliseconds.
const TARGET_OCCURRENCES_MS: f64 = 0.1;
const TARGET_STRING_MS: f64 = 5.0;

/// The most of the stock's time that keywords with highlights and exact totals may take.
const TARGET_KEYWORDS_MEDIAN: f64 = 0.5;
const TARGET_KEYWORDS_P99: f64 = 0.6;

/// The queries that slow set-ups are asked.
const SCANNED: usize = 60;
const READ_THROUGH: usize = 12;
const LOOKED_UP_BY_TRIGRAMS: usize = 120;

/// Strings: their occurrences, their full answer, and the stock's phrase.
pub(super) fn strings(bench: &Bench) {
    let [occurrences, answers, phrases] = Times::beside(
        &bench.strings,
        [
            &asking(|string: &String| bench.occurrences(string)),
            &asking(|string: &String| bench.search(&quoted(string))),
            &asking(|string: &String| bench.stock_phrase(string)),
        ],
    );
    let title = format!("strings of 1–12 units, {}", bench.corpus.description());
    let rows = [
        Latency::held_to("occurrences", occurrences, TARGET_OCCURRENCES_MS),
        Latency::held_to("full answer: totals, top 10 with highlights", answers, TARGET_STRING_MS),
        Latency::informing("stock, phrase: count, top 10 with snippets", phrases),
    ];
    table::print_latencies(&title, &rows);
    let missed = missed_by_the_stock(bench);
    let rows = [Row::informing(
        "passages with the string that the stock's phrase misses",
        missed,
        "%",
    )];
    table::print("strings, completeness", &rows);
}

/// The percentage of the passages with the strings that the stock's phrases do not find.
fn missed_by_the_stock(bench: &Bench) -> f64 {
    let (mut passages, mut missed) = (0, 0);
    for string in &bench.strings {
        let exact = bench.search(&quoted(string)).total.passages;
        let found = bench
            .stock
            .phrase_query(string)
            .map_or(0, |query| bench.stock.count(&*query) as u64);
        passages += exact;
        missed += exact.saturating_sub(found);
    }
    missed as f64 / passages.max(1) as f64 * 100.0
}

/// The same strings, as many as there is time for, asked of trigrams and of scans.
pub(super) fn strings_without_our_index(bench: &Bench) {
    let expressions: Vec<String> = bench
        .strings
        .iter()
        .filter_map(|string| string_expression(string))
        .take(LOOKED_UP_BY_TRIGRAMS)
        .collect();
    let [counts, answers] = Times::beside(
        &expressions,
        [
            &asking(|expression: &String| bench.trigrams.count(expression)),
            &asking(|expression: &String| bench.trigrams.answer(expression)),
        ],
    );
    let is_too_short = |string: &&String| string_expression(string).is_none();
    let short: Vec<String> = bench.strings.iter().filter(is_too_short).cloned().collect();
    let readable = short.iter().filter(|string| !string.contains(['%', '_']));
    let read_through: Vec<String> = readable.take(READ_THROUGH).cloned().collect();
    let [reads] = Times::beside(
        &read_through,
        [&asking(|string: &String| bench.trigrams.count_by_scan(string))],
    );
    let [scans] = Times::beside(
        &bench.strings[..SCANNED],
        [&asking(|string: &String| bench.scan.count(string))],
    );
    let rows = [
        Latency::informing("trigrams, three characters and more: count", counts),
        Latency::informing("trigrams, the same: top 10 with snippets", answers),
        Latency::informing("SQLite, one or two characters: LIKE", reads),
        Latency::informing("memmem in memory: occurrences and passages", scans),
    ];
    table::print_latencies("the same strings without our index", &rows);
    let share = short.len() as f64 / bench.strings.len() as f64 * 100.0;
    let rows = [Row::informing("strings too short for trigrams", share, "%")];
    table::print("strings, what trigrams can look up", &rows);
}

/// Keywords: the first ten passages with highlights. A way to search is a row, beside the stock's two.
pub(super) fn keywords(bench: &Bench) {
    let [ours, stock, counting] = Times::beside(
        &bench.keywords,
        [
            &asking(|query: &String| bench.search(query)),
            &asking(|query: &String| bench.stock_keywords(query)),
            &asking(|query: &String| bench.stock_keywords_and_count(query)),
        ],
    );
    let expressions: Vec<String> = bench
        .keywords
        .iter()
        .filter_map(|query| keyword_expression(query))
        .collect();
    let share = 100.0 - expressions.len() as f64 / bench.keywords.len() as f64 * 100.0;
    let asked = &expressions[..expressions.len().min(LOOKED_UP_BY_TRIGRAMS)];
    let [trigrams] = Times::beside(
        asked,
        [&asking(|expression: &String| bench.trigrams.answer(expression))],
    );
    let ratio = |percent: f64, beside: &Times| ours.percentile_ms(percent) / beside.percentile_ms(percent);
    let snippets = bench.keywords.iter().map(|query| bench.stock_keywords(query).panics);
    let ratios = [
        Row::held_to("p50, ours / stock", ratio(50.0, &stock), "×", TARGET_KEYWORDS_MEDIAN),
        Row::held_to("p99, ours / stock", ratio(99.0, &stock), "×", TARGET_KEYWORDS_P99),
        Row::informing("p50, ours / stock with its count", ratio(50.0, &counting), "×"),
        Row::informing("p99, ours / stock with its count", ratio(99.0, &counting), "×"),
        Row::informing(
            "snippets of the stock that panicked",
            snippets.sum::<usize>() as f64,
            "",
        ),
        Row::informing("queries without a keyword that trigrams can look up", share, "%"),
    ];
    let title = format!(
        "queries of 1–4 keywords, top 10 with highlights, {}",
        bench.corpus.description()
    );
    let rows = [
        Latency::informing("ours, with exact totals", ours),
        Latency::informing("stock", stock),
        Latency::informing("stock, with its count", counting),
        Latency::informing("trigrams, keywords of three characters and more", trigrams),
    ];
    table::print_latencies(&title, &rows);
    table::print("keywords, ratios", &ratios);
}

/// Each kind of query beside the keywords, in one run.
pub(super) fn operators(bench: &Bench) {
    let analyzer = Analyzer::new(UserLexicon::default());
    let kinds = kinds(&bench.corpus, &analyzer, &bench.keywords, &bench.strings);
    let timed = |kind: &Kind| {
        // The first pass warms, and says how much there is to find.
        let passages = kind
            .requests
            .iter()
            .map(|request| bench.answer(request).total.passages as f64);
        Timed {
            passages: median(&passages.collect::<Vec<f64>>()),
            times: Times::of(&kind.requests, |request| drop(black_box(bench.answer(request)))),
            what: kind.name,
        }
    };
    let title = format!("operators beside keywords, {}", bench.corpus.description());
    table::print_beside_first(&title, kinds.iter().map(timed));
}
