//! `chancery evaluate`: how queries, judgments and runs are read, and what is said about those that do not fit together.

mod agreement;
mod documents;
mod passages;

use std::fs;

use serde_json::{Value, json};

use crate::support::command::{Workplace, four_speeches};

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
