//! `chancery bench`: which queries it asks, and what it says of them. How long they took is nobody's business here.

use std::collections::BTreeSet;
use std::fs;
use std::ops::RangeInclusive;
use std::path::Path;

use chancery::analyzer::unit_text::passage_units;
use chancery::ingest::{IngestOptions, Input, Item, open};
use chancery::workload::Kind;
use serde_json::{Value, json};

use crate::support::command::{Workplace, sample, sample_folder, texts};

/// The figures of a measurement that ascend.
const ASCENDING: &[&str] = &["p50_ms", "p90_ms", "p95_ms", "p99_ms", "max_ms"];

/// A bench that asks little.
fn bench(workplace: &Workplace, arguments: &[&str]) -> Value {
    let few = ["bench", "--count", "5", "--repeat", "2", "--cold-count", "1"];
    workplace.json(&[&few, arguments].concat())
}

/// The queries of an answer, by kind.
fn queries(answer: &Value) -> Vec<(String, Vec<Value>)> {
    let groups = answer["workload"].as_array().expect("a list of groups");
    let group = |group: &Value| {
        let kind = group["kind"].as_str().expect("a kind").to_owned();
        (kind, group["queries"].as_array().expect("queries").clone())
    };
    groups.iter().map(group).collect()
}

fn kind_names() -> Vec<&'static str> {
    Kind::ALL.map(Kind::name).to_vec()
}

fn check_figures(timing: &Value) {
    let figure = |name: &str| timing[name].as_f64().unwrap_or_else(|| panic!("{name} in {timing}"));
    let ascending: Vec<f64> = ASCENDING.iter().map(|name| figure(name)).collect();
    assert!(ascending.is_sorted() && ascending[0] > 0.0, "{timing}");
    assert!(
        figure("mean_ms") > 0.0 && figure("mean_ms") <= figure("max_ms"),
        "{timing}"
    );
    assert_eq!(figure("with_hits") + figure("without_hits"), figure("queries"));
    let passes = timing["samples_us"].as_array().expect("a list of passes");
    assert_eq!(passes.len(), 2, "{timing}");
    for pass in passes {
        assert_eq!(pass.as_array().map(Vec::len), Some(figure("queries") as usize));
    }
}

#[test]
fn every_kind_is_measured_warm_with_each_number_of_threads_and_cold() {
    let answer = bench(sample(), &["--threads", "1,3"]);
    let timings = answer["timings"].as_array().expect("a list of timings");
    for (start, threads) in [("warm", 1), ("warm", 3), ("cold", 1)] {
        let part = timings
            .iter()
            .filter(|timing| timing["start"] == start && timing["threads"] == threads);
        let kinds: Vec<&str> = part.filter_map(|timing| timing["kind"].as_str()).collect();
        assert_eq!(kinds, kind_names(), "{start}, {threads}");
    }
    timings.iter().for_each(check_figures);
    assert_eq!(answer["not_drawn"], json!([]));
    assert_eq!(answer["index"]["speeches"], 85);
    assert!(["dropped", "warm"].contains(&answer["page_cache"].as_str().unwrap_or_default()));
    assert_eq!(answer["settings"]["seed"], 1);
}

#[test]
fn the_same_corpus_and_seed_ask_the_same_queries_however_it_was_ingested() {
    let warm = ["--searches", "warm", "--threads", "1"];
    let all = queries(&bench(sample(), &warm));
    let elsewhere = Workplace::new();
    let folder = sample_folder();
    let folder = folder.to_str().expect("the path is UTF-8");
    elsewhere.run(&["ingest", folder, "-q", "--commit-every", "9"]).ended(0);
    assert_eq!(all, queries(&bench(&elsewhere, &warm)));
    let other_seed = queries(&bench(sample(), &[&warm[..], &["--seed", "2"]].concat()));
    assert_ne!(all, other_seed);
    let some = queries(&bench(sample(), &[&warm[..], &["--kinds", "near,strings"]].concat()));
    let of_kind = |kind: &str| all.iter().find(|(name, _)| name == kind).cloned();
    let names = ["near", "strings-1", "strings-2-3", "strings-4-6", "strings-7-12"];
    assert_eq!(
        some,
        names.map(|name| of_kind(name).expect("the kind is there")).to_vec()
    );
}

#[test]
fn queries_are_of_their_kind_and_all_different() {
    let answer = sample().json(&[
        "bench",
        "--count",
        "12",
        "--repeat",
        "1",
        "--searches",
        "warm",
        "--threads",
        "1",
    ]);
    for (kind, queries) in queries(&answer) {
        assert_eq!(queries.len(), 12, "{kind}");
        let different: BTreeSet<String> = queries
            .iter()
            .map(|query| format!("{} {}", query["query"], query["options"]))
            .collect();
        assert_eq!(different.len(), queries.len(), "{kind}");
        for query in &queries {
            check_query(&kind, query["query"].as_str().expect("a query"), &query["options"]);
        }
    }
    let timings = answer["timings"].as_array().expect("timings");
    let timing = |kind: &str| timings.iter().find(|timing| timing["kind"] == kind).expect("the kind");
    // What was drawn from a passage finds at least that passage.
    for kind in [
        "keywords-rare",
        "strings-7-12",
        "boolean-and",
        "boolean-or",
        "prefix",
        "filtered",
        "speech",
    ] {
        assert_eq!(timing(kind)["without_hits"], 0, "{kind}");
    }
    let passages = |kind: &str| timing(kind)["matching_passages_mean"].as_f64().expect("a mean");
    assert!(passages("keywords-rare") < passages("keywords-medium"));
    assert!(passages("keywords-medium") < passages("keywords-frequent"));
}

/// Holds a quoted string to a number of units.
fn check_length(query: &str, lengths: RangeInclusive<usize>) {
    let inside = query.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let length = passage_units(inside.expect("the string is quoted")).speech.len();
    assert!(lengths.contains(&length), "{query} has {length} units");
}

fn check_query(kind: &str, query: &str, options: &Value) {
    let has = |part: &str| assert!(query.contains(part), "{kind}: {query}");
    match kind {
        "strings-1" => check_length(query, 1..=1),
        "strings-2-3" => check_length(query, 2..=3),
        "strings-4-6" => check_length(query, 4..=6),
        "strings-7-12" => check_length(query, 7..=12),
        "boolean-and" => has(" AND "),
        "boolean-or" => has(" OR "),
        "boolean-not" => has(" NOT "),
        "near" => has(" NEAR/10 "),
        "prefix" => assert!(query.ends_with('*')),
        "fuzzy" => assert!(query.ends_with("~1")),
        "regex" => assert!(query.starts_with('/') && query.ends_with('/')),
        "filtered" => assert!(options[0] == "--where" || options[0] == "--from", "{options}"),
        "speech" => assert_eq!(options, &json!(["--by", "speech"])),
        _ => assert!((1..=4).contains(&query.split(' ').count()), "{kind}: {query}"),
    }
}

#[test]
fn what_the_text_does_not_have_is_named_and_never_made_up() {
    let workplace = Workplace::with_speeches(&[("a.txt", "铁路合作，互利共赢。\n\n公路通了，铁路也通了。\n")]);
    let answer = bench(&workplace, &["--searches", "warm", "--kinds", "fuzzy,near,filtered"]);
    let missing = texts(&answer["not_drawn"], "kind");
    assert_eq!(missing, ["fuzzy", "filtered"]);
    assert!(
        answer["not_drawn"][0]["reason"]
            .as_str()
            .is_some_and(|reason| reason.contains("alphabetic"))
    );
    assert_eq!(texts(&answer["timings"], "kind")[0], "near");
    let warnings = answer["warnings"].to_string();
    assert!(warnings.contains("no query of the kind fuzzy was drawn"), "{warnings}");
    assert!(
        warnings.contains("different queries of the kind near were found instead of 5"),
        "{warnings}"
    );
}

#[test]
fn an_index_without_text_is_measured_without_figures() {
    let workplace = Workplace::with_speeches(&[("a.txt", "铁路通了。\n")]);
    workplace.run(&["remove", "a"]).ended(0);
    let answer = bench(&workplace, &[]);
    assert_eq!(answer["timings"], json!([]));
    assert_eq!(answer["not_drawn"].as_array().map(Vec::len), Some(Kind::ALL.len()));
}

#[test]
fn the_queries_of_a_file_are_asked_with_their_filters() {
    let workplace = crate::support::command::four_speeches();
    let lines = "a\t\"互利共赢\"\n\n{\"id\": \"b\", \"q\": \"互利共赢\", \"speaker\": \"沈怀川\", \"to\": \"2015\"}\nc\t\"没有的话\"\n";
    workplace.write("topics.tsv", lines);
    let answer = workplace.json(&["bench", "--queries", "topics.tsv", "--repeat", "2", "--threads", "1"]);
    let expected = json!([{"kind": "queries", "queries": [
        {"id": "a", "query": "\"互利共赢\""},
        {"id": "b", "query": "互利共赢", "options": ["--where", "speaker=沈怀川", "--to", "2015"]},
        {"id": "c", "query": "\"没有的话\""},
    ]}]);
    assert_eq!(answer["workload"], expected);
    let warm = &answer["timings"][0];
    assert_eq!((&warm["queries"], &warm["without_hits"]), (&json!(3), &json!(1)));
    assert_eq!(warm["matching_passages_median"], 1.0);
    assert_eq!(
        (&answer["settings"]["queries"], &answer["settings"]["seed"]),
        (&json!("file"), &Value::Null)
    );
}

#[test]
fn a_bad_file_of_queries_is_refused_at_its_line() {
    let workplace = crate::support::command::four_speeches();
    let check = |text: &str, messages: &[&str]| {
        workplace.write("bad.tsv", text);
        workplace.run(&["bench", "--queries", "bad.tsv"]).failed_with(messages);
    };
    check(
        "a\t铁路\nno tab\n",
        &["bad.tsv:2: there is no tab", "hint: write `id<TAB>query`"],
    );
    check(
        "a\t铁路\nb\t合作 AND\n",
        &["bad.tsv:2: the query `b` cannot be answered", "behind `AND`", "hint: "],
    );
    check("{\"id\": \"a\"}\n", &["bad.tsv:1: this is not a query"]);
    check(
        "{\"id\": \"a\", \"q\": \"铁路\", \"colour\": 1}\n",
        &["bad.tsv:1: `colour` is neither"],
    );
    check("\n", &["bad.tsv: there is no query in the file", "hint: "]);
    workplace
        .run(&["bench", "--queries", "missing.tsv"])
        .failed_with(&["missing.tsv: cannot read the queries"]);
}

/// The speeches of the sample and the bytes of their texts, read by themselves.
fn sample_texts() -> (u64, u64) {
    let input = vec![Input::Path(sample_folder())];
    let reader = open(input, IngestOptions::default()).expect("the sample is there");
    let sizes = reader.filter_map(|item| match item {
        Item::Speech(ingested) => Some(ingested.speech.text.len() as u64),
        Item::Rejected(_) => None,
    });
    let sizes: Vec<u64> = sizes.collect();
    (sizes.len() as u64, sizes.iter().sum())
}

#[test]
fn an_ingest_is_measured_in_a_folder_that_is_taken_away() {
    let workplace = Workplace::new();
    workplace.write("a.txt", "铁路通了。\n");
    workplace.run(&["ingest", "a.txt", "-q"]).ended(0);
    let folder = sample_folder();
    let folder = folder.to_str().expect("the path is UTF-8");
    fs::create_dir(workplace.path().join("temporary")).expect("a folder can be made");
    let mut command = workplace.command(&["bench", "--searches", "none", "--format", "json", "--ingest", folder]);
    command.env("TMPDIR", workplace.path().join("temporary"));
    let answer = crate::support::command::Run::of(&mut command).ended(0).json();
    let ingest = &answer["ingest"];
    let (speeches, text_bytes) = sample_texts();
    assert_eq!(
        (&ingest["speeches"], &ingest["text_bytes"]),
        (&json!(speeches), &json!(text_bytes))
    );
    let status = sample().json(&["status"]);
    assert_eq!(ingest["passages"], status["passages"]);
    let figure = |name: &str| ingest[name].as_f64().unwrap_or_else(|| panic!("{name} in {ingest}"));
    let of_sample = figure("index_bytes") / status["bytes"].as_f64().expect("bytes");
    assert!(
        (0.5..2.0).contains(&of_sample),
        "the index is as large as the same one elsewhere: {of_sample}"
    );
    let ratio = figure("index_bytes") / text_bytes as f64;
    assert!((figure("index_bytes_per_text_byte") - ratio).abs() < 1e-3);
    let seconds = speeches as f64 / figure("speeches_per_second");
    assert!((seconds / figure("wall_seconds") - 1.0).abs() < 0.01, "{ingest}");
    if cfg!(target_os = "linux") {
        assert!(figure("peak_memory_bytes") > figure("index_bytes"), "{ingest}");
        assert!(figure("cpu_seconds") > 0.0, "{ingest}");
    }
    assert_eq!(answer["timings"], json!([]));
    assert_eq!(
        fs::read_dir(workplace.path().join("temporary"))
            .map(Iterator::count)
            .ok(),
        Some(0)
    );
    assert_eq!(
        workplace.json(&["status"])["speeches"],
        1,
        "the index asked is as it was"
    );
}

#[test]
fn text_and_rows_have_every_kind() {
    let few = [
        "bench",
        "--count",
        "3",
        "--repeat",
        "1",
        "--cold-count",
        "1",
        "--threads",
        "2",
    ];
    let text = sample().run(&few).ended(0).stdout;
    let tsv = sample().run(&[&few[..], &["--format", "tsv"]].concat()).ended(0).stdout;
    assert!(tsv.starts_with("kind\tstart\tthreads\tqueries\twith_hits\t"), "{tsv}");
    assert_eq!(tsv.lines().count(), 1 + 2 * Kind::ALL.len());
    for name in kind_names() {
        assert_eq!(
            text.lines()
                .filter(|line| line.starts_with(&format!("{name} ")))
                .count(),
            2,
            "{text}"
        );
    }
    assert!(
        text.contains("\nwarm, 2 threads, in milliseconds\n") && text.contains("\ncold: fresh process, page cache ")
    );
    let names = kind_names();
    let rows = text
        .lines()
        .filter(|line| names.iter().any(|name| line.starts_with(name)));
    rows.for_each(|row| assert!(row.chars().count() <= 80, "{row}"));
}

#[test]
fn wrong_usage_is_told_before_anything_is_measured() {
    let check = |arguments: &[&str], messages: &[&str]| {
        sample().run(&[&["bench"], arguments].concat()).failed_with(messages);
    };
    check(
        &["--kinds", "near,poems"],
        &["`poems` is not a kind of query", "hint: name some of keywords-rare"],
    );
    check(&["--searches", "none"], &["there is nothing to measure", "hint: "]);
    check(
        &["--report", "report.pdf"],
        &["report.pdf: the name of a report ends in .html or .svg"],
    );
    check(&["--threads", "0"], &["write a number from 1 to 256"]);
    check(&["--count", "1000000"], &["write a number from 1 to 10000"]);
    check(&["--queries", "a.tsv", "--seed", "2"], &["cannot be used with"]);
    check(
        &["--searches", "none", "--ingest", "nowhere"],
        &["cannot measure the ingest: nowhere", "hint: "],
    );
    check(&["--ingest", "-"], &["standard input cannot be measured", "hint: "]);
    check(&["--load", "kept.json", "--count", "9"], &["cannot be used with"]);
    check(&["--index", "nowhere"], &["there is no index here"]);
    assert!(!Path::new("report.pdf").exists());
}
