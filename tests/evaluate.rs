//! `chancery evaluate`: what judged ids name, how queries and passages are read, and measures that agree with ir_measures.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use crate::support::command::{Run, Workplace, four_speeches};

/// Runs and judgments that `benches/evaluation/agreement.py` made, with the values that ir_measures has for them.
fn fixture(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/evaluation");
    folder.join(name)
}

fn path_of(name: &str) -> String {
    fixture(name).to_string_lossy().into_owned()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is to be a number"))
}

/// Evaluates with the files `queries` and `qrels` of a workplace, and further arguments.
fn evaluated(workplace: &Workplace, further: &[&str]) -> Value {
    let arguments = [&["evaluate", "--queries", "queries", "--qrels", "qrels"], further].concat();
    workplace.json(&arguments)
}

fn warnings(report: &Value) -> Vec<&str> {
    let warnings = report["warnings"].as_array().expect("there is a list of warnings");
    warnings.iter().filter_map(Value::as_str).collect()
}

/// Holds one of the warnings to say something.
#[track_caller]
fn assert_warned(report: &Value, message: &str) {
    let warnings = warnings(report);
    assert!(
        warnings.iter().any(|warning| warning.contains(message)),
        "{message}: {warnings:?}"
    );
}

/// Two speeches with several paragraphs, one of them divided into pieces, and a speech whose id looks like an address.
fn speeches_of_many_kinds() -> Workplace {
    let long = "别的话说了很多很多。".repeat(110) + "最后说到灯塔。";
    let speeches = [
        json!({"id": "a", "language": "zh", "body": format!("各位来宾。\n\n铁路通了。\n\n{long}")}),
        json!({"id": "a#p7", "language": "zh", "body": "桥也通了，桥上有灯。"}),
        json!({"id": "b", "language": "zh", "body": "桥是新桥，新桥。\n\n桥也是老桥。\n\n铁路，铁路，铁路。"}),
    ];
    let lines: Vec<String> = speeches.iter().map(Value::to_string).collect();
    Workplace::with_speeches(&[("speeches.jsonl", &lines.join("\n"))])
}

#[test]
fn measures_and_p_agree_with_ir_measures_on_ties_gaps_and_negative_grades() {
    let expected = fs::read_to_string(fixture("expected.json")).expect("the expected values are there");
    let expected: Value = serde_json::from_str(&expected).expect("the expected values are JSON");
    let workplace = Workplace::new();
    let qrels = path_of("qrels.tsv");
    for name in ["first.run", "second.run"] {
        let report = workplace.json(&[
            "evaluate",
            "--qrels",
            &qrels,
            "--from-run",
            &path_of(name),
            "--per-query",
        ]);
        let expected = &expected["runs"][name];
        let assert_close = |what: &str, found: &Value, values: &Value| {
            for (measure, value) in values.as_object().expect("values by measure") {
                let difference = (number(&found[measure]) - number(value)).abs();
                assert!(
                    difference < 1e-9,
                    "{name}, {what}: {measure} is {}, not {value}",
                    found[measure]
                );
            }
        };
        assert_close("all", &report["measures"], &expected["means"]);
        let queries = report["per_query"].as_array().expect("a list of queries");
        assert_eq!(queries.len(), 12);
        for query in queries {
            let id = query["id"].as_str().expect("a query has an id");
            assert_close(id, &query["measures"], &expected["per_query"][id]);
        }
    }
    let (first, second) = (path_of("first.run"), path_of("second.run"));
    let report = workplace.json(&[
        "evaluate",
        "--qrels",
        &qrels,
        "--from-run",
        &first,
        "--compare",
        &second,
    ]);
    for measure in report["comparisons"][0]["measures"]
        .as_array()
        .expect("a list of measures")
    {
        let name = measure["measure"].as_str().expect("a measure has a name");
        let p = number(&expected["randomization_p"][name]);
        assert!(
            (number(&measure["p"]) - p).abs() < 1e-9,
            "{measure} is to have the p {p}"
        );
        let means = number(&report["measures"][name]) - number(&measure["other"]);
        assert!((number(&measure["difference"]) - means).abs() < 1e-9);
    }
}

#[test]
fn a_judged_id_names_a_speech_a_paragraph_or_a_piece() {
    let workplace = speeches_of_many_kinds();
    workplace.write("queries", "bridge\t桥\nrail\t铁路\nlight\t灯塔\n");
    // The last piece of paragraph 3 has the lighthouse; `a#p7` is a speech; of `b` the best passage counts.
    workplace.write(
        "qrels",
        "bridge 0 a#p7 1\nbridge 0 b 2\nrail 0 a#p2 1\nlight 0 a#p3 1\n",
    );
    let report = evaluated(&workplace, &["--per-query", "--run", "out.run"]);
    assert_eq!(warnings(&report), [""; 0]);
    assert_eq!(report["missing_documents"], 0);
    let found: Vec<(&str, f64, u64)> = report["per_query"]
        .as_array()
        .expect("a list of queries")
        .iter()
        .map(|query| {
            let id = query["id"].as_str().expect("a query has an id");
            let returned = query["returned"].as_u64().expect("a count");
            (id, number(&query["measures"]["R@10"]), returned)
        })
        .collect();
    // Two passages of b are one document, and so are the pieces of a paragraph.
    assert_eq!(found, [("bridge", 1.0, 2), ("light", 1.0, 1), ("rail", 1.0, 2)]);
    let run = fs::read_to_string(workplace.path().join("out.run")).expect("the run was written");
    let mut documents: Vec<&str> = run.lines().filter_map(|line| line.split('\t').nth(2)).collect();
    documents.sort_unstable();
    assert_eq!(documents, ["a#p2", "a#p3", "a#p7", "b", "b#p3"]);
}

#[test]
fn a_piece_is_told_from_the_other_pieces_of_its_paragraph() {
    let workplace = speeches_of_many_kinds();
    workplace.write("queries", "light\t灯塔\n");
    for (judged, recall) in [("a#p3.2", 1.0), ("a#p3.1", 0.0)] {
        workplace.write("qrels", &format!("light 0 {judged} 1\n"));
        let report = evaluated(&workplace, &[]);
        assert_eq!((number(&report["measures"]["R@10"]), judged), (recall, judged));
        assert_eq!(report["missing_documents"], 0);
    }
}

#[test]
fn judged_ids_that_the_index_lacks_are_missed_and_named() {
    let workplace = speeches_of_many_kinds();
    workplace.write("queries", "rail\t铁路\n");
    workplace.write("qrels", "rail 0 a#p2 1\nrail 0 a#p9 1\nrail 0 c 1\nrail 0 a#p02 0\n");
    let report = evaluated(&workplace, &[]);
    assert_eq!(number(&report["measures"]["R@10"]), 1.0 / 3.0);
    assert_eq!(report["missing_documents"], 3);
    assert_warned(&report, "3 judged documents are not in the index");
    assert_warned(&report, "a#p02, a#p9, c");
}

#[test]
fn speeches_are_ranked_where_speeches_are_judged() {
    let workplace = speeches_of_many_kinds();
    workplace.write("queries", "rail\t铁路\n");
    workplace.write("qrels", "rail 0 b 1\n");
    let report = evaluated(&workplace, &["--by", "speech"]);
    assert_eq!(report["measures"]["RR@10"], 1.0);
    workplace.write("qrels", "rail 0 b 1\nrail 0 a#p2 1\n");
    let arguments = ["evaluate", "--queries", "queries", "--qrels", "qrels", "--by", "speech"];
    workplace
        .run(&arguments)
        .failed_with(&["the judged `a#p2` is a passage", "--by speech"]);
}

#[test]
fn a_run_that_was_written_is_worth_as_much_when_it_is_read() {
    let workplace = four_speeches();
    // Only filtered, all passages have the same score.
    workplace.write("queries", "share\t互利共赢\nall\tdate:2013..\n");
    workplace.write("qrels", "share 0 two#p1 2\nshare 0 four#p1 1\nall 0 three#p2 1\n");
    let report = evaluated(&workplace, &["--run", "out.run", "--tag", "mine"]);
    let read = workplace.json(&[
        "evaluate",
        "--qrels",
        "qrels",
        "--from-run",
        "out.run",
        "--compare",
        "out.run",
    ]);
    assert_eq!(report["measures"], read["measures"]);
    assert_eq!((&report["run"], &read["run"]), (&json!("mine"), &json!("out.run")));
    assert_eq!(read["comparisons"][0]["measures"][0]["p"], 1.0);
    let run = fs::read_to_string(workplace.path().join("out.run")).expect("the run was written");
    let rows: Vec<Vec<&str>> = run.lines().map(|line| line.split('\t').collect()).collect();
    let score = |row: &[&str]| row[4].parse::<f32>().expect("a score is a number");
    for pair in rows.windows(2).filter(|pair| pair[0][0] == pair[1][0]) {
        assert!(score(&pair[0]) > score(&pair[1]), "{pair:?}");
    }
    assert!(
        rows.iter()
            .all(|row| row.len() == 6 && row[1] == "Q0" && row[5] == "mine")
    );
}

#[test]
fn a_query_that_cannot_be_read_is_searched_for_by_its_words_and_named() {
    let workplace = four_speeches();
    workplace.write("queries", "whole\t铁路 合作\nbroken\t\"铁路 (合作\nempty\t??\n");
    workplace.write("qrels", "whole 0 one#p2 1\nbroken 0 one#p2 1\nempty 0 one#p2 1\n");
    let report = evaluated(&workplace, &["--per-query"]);
    assert_warned(
        &report,
        "broken: cannot be read, searched for as plain keywords: the quotation mark",
    );
    assert_warned(&report, "empty: cannot be read, finds nothing: ");
    let queries = report["per_query"].as_array().expect("a list of queries");
    assert_eq!(queries[0]["searched_as"], "铁路 合作");
    assert_eq!(queries[0]["measures"], queries[2]["measures"]);
    assert_eq!(queries[1]["returned"], 0);
    assert_eq!(queries[2].get("searched_as"), None);
}

#[test]
fn plain_queries_have_no_operators() {
    let workplace = four_speeches();
    workplace.write("queries", "a\t公路 NOT 铁路\n");
    workplace.write("qrels", "a 0 one#p2 1\n");
    assert_eq!(evaluated(&workplace, &[])["measures"]["R@10"], 0.0);
    assert_eq!(evaluated(&workplace, &["--plain"])["measures"]["R@10"], 1.0);
}

#[test]
fn queries_bring_filters_and_fields_to_group_by() {
    let workplace = four_speeches();
    let queries = r#"{"id": "1", "q": "互利共赢", "language": "en", "kind": "a", "need": "…"}
{"id": "2", "text": "铁路", "kind": "b"}
{"id": "3", "query": "公路"}
"#;
    workplace.write("queries", queries);
    workplace.write("qrels", "1 0 three#p2 1\n2 0 one#p2 1\n3 0 nowhere 1\n");
    let report = evaluated(&workplace, &["--group-by", "kind", "--per-query"]);
    let groups: Vec<(&Value, f64)> = report["groups"]
        .as_array()
        .expect("a list of groups")
        .iter()
        .map(|group| (&group["value"], number(&group["measures"]["RR@10"])))
        .collect();
    assert_eq!(groups, [(&json!("a"), 1.0), (&json!("b"), 1.0), (&Value::Null, 0.0)]);
    assert_eq!(
        report["per_query"][0]["returned"], 1,
        "only the English speech is searched"
    );
    let report = evaluated(&workplace, &["--unfiltered", "--per-query"]);
    assert_eq!(report["per_query"][0]["returned"], 4);
    let arguments = [
        "evaluate",
        "--queries",
        "queries",
        "--qrels",
        "qrels",
        "--group-by",
        "knd",
    ];
    workplace
        .run(&arguments)
        .failed_with(&["no query has a field `knd`", "the queries have kind, language, need"]);
}

#[test]
fn queries_and_judgments_that_do_not_fit_together_are_named() {
    let workplace = four_speeches();
    workplace.write("queries", "asked\t铁路\nunjudged\t公路\n");
    workplace.write(
        "qrels",
        "asked 0 one#p2 1\nnever 0 one#p2 1\nasked 0 two#p1 0\nhopeless 0 two#p1 0\n",
    );
    let report = evaluated(&workplace, &[]);
    assert_eq!(report["queries"], 3);
    assert_eq!(number(&report["measures"]["RR@10"]), 1.0 / 3.0);
    assert_warned(
        &report,
        "hopeless, never: judged, but not among the queries: counts as 0",
    );
    assert_warned(&report, "hopeless: nothing is relevant: counts as 0");
    assert_warned(&report, "unjudged: has no judgment: left out of the means");
}

/// A folder for temporary files beside passages, queries in two languages and judgments.
fn with_passages(passages: &str) -> Workplace {
    let workplace = Workplace::new();
    workplace.write("temporary/.keep", "");
    workplace.write("passages.jsonl", passages);
    let mut compressed = GzEncoder::new(Vec::new(), Compression::fast());
    compressed
        .write_all(passages.as_bytes())
        .expect("memory can be written");
    let compressed = compressed.finish().expect("memory can be written");
    let mut file = File::create(workplace.path().join("passages.jsonl.gz")).expect("a file can be made");
    file.write_all(&compressed).expect("a file can be written");
    workplace.write(
        "queries",
        "{\"id\": \"1\", \"text\": \"railway\", \"language\": \"en\"}\n",
    );
    workplace.write("qrels", "1 0 x#p0 1\n");
    workplace
}

/// Evaluates on passages, and holds the temporary folder to be empty afterwards.
fn evaluated_on(workplace: &Workplace, passages: &str) -> Run {
    let mut command = workplace.command(&[
        "evaluate",
        "--queries",
        "queries",
        "--qrels",
        "qrels",
        "--format",
        "json",
    ]);
    command.args(["--passages", passages]);
    let temporary = workplace.path().join("temporary");
    let run = Run::of(command.env("TMPDIR", &temporary));
    let left = fs::read_dir(temporary).expect("the folder is there").count();
    assert_eq!(left, 1, "the temporary index is gone");
    run
}

#[test]
fn passages_are_indexed_for_one_command_compressed_or_not() {
    let workplace = with_passages(
        r#"{"id": "x#p0", "text": "The railway is open. 铁路通了。", "language": "zh"}
{"id": "x#p1", "text": "A railway, they say, is a road of iron.", "language": "en"}
"#,
    );
    let plain = evaluated_on(&workplace, "passages.jsonl").ended(0).json();
    let compressed = evaluated_on(&workplace, "passages.jsonl.gz").ended(0).json();
    assert_eq!(plain["measures"], compressed["measures"]);
    assert_eq!(plain["corpus"]["version"], compressed["corpus"]["version"]);
    assert_eq!(
        plain["measures"]["R@10"], 0.0,
        "languages are stated, so the query's own one filters"
    );
    assert!(!workplace.path().join("index").exists());
}

#[test]
fn a_language_that_was_only_detected_does_not_filter_passages() {
    let workplace = with_passages("{\"id\": \"x#p0\", \"text\": \"La railway est ouverte, dit-on dans la ville.\"}\n");
    let report = evaluated_on(&workplace, "passages.jsonl").ended(0).json();
    assert_eq!(report["measures"]["R@10"], 1.0);
    assert_warned(&report, "no passage states its language");
}

#[test]
fn passages_that_cannot_be_read_are_named() {
    let workplace = with_passages("{\"id\": \"x#p0\", \"text\": \"railway\"}\n{\"id\": \"y\"}\n");
    let report = evaluated_on(&workplace, "passages.jsonl").ended(3).json();
    assert_warned(&report, "passages.jsonl:2: not read: ");
    workplace.write("none.jsonl", "[]\n");
    evaluated_on(&workplace, "none.jsonl").failed_with(&[
        "none.jsonl",
        "there is no passage that can be read",
        "`text`",
    ]);
    evaluated_on(&workplace, "missing.jsonl").failed_with(&["missing.jsonl", "cannot read the passages"]);
}

#[test]
fn wrong_files_are_refused_with_the_line_and_the_way_out() {
    let workplace = four_speeches();
    workplace.write("queries", "1\t铁路\n");
    workplace.write("qrels", "1 0 one#p2 1\n");
    workplace.write("bad", "1 0 one#p2 1\n1 0 one#p2\n");
    workplace.write("twice", "1\t铁路\n\n1\t公路\n");
    workplace.write("untabbed", "铁路\n");
    let rows: [(&[&str], &[&str]); 7] = [
        (
            &["--queries", "queries", "--qrels", "bad"],
            &["bad:2: there are 3 fields", "`QUERY 0 DOCUMENT GRADE`"],
        ),
        (
            &["--queries", "twice", "--qrels", "qrels"],
            &["twice:3: the id `1` is that of the query in line 1"],
        ),
        (
            &["--queries", "untabbed", "--qrels", "qrels"],
            &["untabbed:1: there is no tab", "id<TAB>query"],
        ),
        (
            &["--queries", "queries", "--qrels", "qrels", "--compare", "bad"],
            &["bad:1: there are 4 fields"],
        ),
        (
            &["--from-run", "none", "--qrels", "qrels"],
            &["none: cannot read the run"],
        ),
        (&["--qrels", "qrels"], &["--queries"]),
        (
            &["--queries", "queries", "--qrels", "qrels", "--tag", "two words"],
            &["without white space"],
        ),
    ];
    for (arguments, messages) in rows {
        workplace
            .run(&[&["evaluate"], arguments].concat())
            .failed_with(messages);
    }
}

#[test]
fn tables_and_json_lines_have_a_row_for_each_query() {
    let workplace = Workplace::new();
    let (qrels, run) = (path_of("qrels.tsv"), path_of("first.run"));
    let arguments = ["evaluate", "--qrels", &qrels, "--from-run", &run, "--format"];
    let table = workplace.run(&[&arguments[..], &["csv"]].concat()).ended(0).stdout;
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 13);
    assert_eq!(
        lines[0],
        "id,query,judged,relevant,returned,nDCG@10,RR@10,R@10,R@100,AP,Judged@10,relaxed,searched_as"
    );
    let objects = workplace
        .run(&[&arguments[..], &["jsonl"]].concat())
        .ended(0)
        .json_lines();
    assert_eq!(objects.len(), 12);
    assert_eq!(objects[10]["id"], "q11");
    assert_eq!(
        (&objects[10]["judged"], &objects[10]["returned"]),
        (&json!(30), &json!(0))
    );
}

#[test]
fn the_same_comparison_is_the_same_every_time() {
    let workplace = Workplace::new();
    let (qrels, first, second) = (path_of("qrels.tsv"), path_of("first.run"), path_of("second.run"));
    let compared = |seed: &str| {
        let files = [
            "--qrels",
            &qrels,
            "--from-run",
            &first,
            "--compare",
            &second,
            "--compare",
            &first,
        ];
        let report = workplace.json(&[&["evaluate", "--seed", seed], &files[..]].concat());
        report["comparisons"].clone()
    };
    let comparisons = compared("7");
    assert_eq!(comparisons, compared("7"));
    assert_eq!(comparisons[0]["seed"], 7);
    assert_eq!(comparisons[0]["with"], json!(second));
    assert_eq!(comparisons[1]["measures"][0]["ties"], 12);
    assert_ne!(
        comparisons[0]["measures"][0]["interval"],
        compared("8")[0]["measures"][0]["interval"]
    );
}
