//! The measures and comparisons of runs, held to the values that ir_measures has for them.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::number;
use crate::support::command::Workplace;

/// Runs and judgments that `benches/evaluation/agreement.py` made, with the values that ir_measures has for them.
fn fixture(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/evaluation");
    folder.join(name)
}

fn path_of(name: &str) -> String {
    fixture(name).to_string_lossy().into_owned()
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
