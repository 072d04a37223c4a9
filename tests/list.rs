//! `chancery list`: the speeches, filtered, sorted and paged.

use serde_json::json;

use crate::support::command::{Workplace, four_speeches, texts};

fn ids(workplace: &Workplace, arguments: &[&str]) -> Vec<String> {
    let listing = workplace
        .run(&[&["list"], arguments, &["--format", "json"]].concat())
        .json();
    texts(&listing["speeches"], "id")
        .into_iter()
        .map(str::to_owned)
        .collect()
}

#[test]
fn speeches_are_listed_in_the_order_asked_for() {
    let workplace = four_speeches();
    assert_eq!(ids(&workplace, &[]), ["one", "two", "three", "four"]);
    assert_eq!(ids(&workplace, &["--sort", "-date"]), ["three", "two", "one", "four"]);
    assert_eq!(
        ids(&workplace, &["--sort", "relevance"]),
        ["four", "one", "three", "two"]
    );
    assert_eq!(ids(&workplace, &["--offset", "1", "--limit", "2"]), ["two", "three"]);
    assert_eq!(ids(&workplace, &["--language", "zh", "--to", "2017"]), ["one", "two"]);
}

#[test]
fn a_listing_has_the_metadata_and_the_total() {
    let workplace = four_speeches();
    let listing = workplace.json(&["list", "--limit", "1"]);
    assert_eq!(listing["total"], 4);
    let speech = &listing["speeches"][0];
    assert_eq!((&speech["id"], &speech["passages"]), (&json!("one"), &json!(2)));
    assert_eq!(
        (&speech["date"], &speech["date_source"]),
        (&json!("2013-10-17"), &json!("metadata"))
    );
    assert_eq!(speech["source"], "four.jsonl:1");
    assert_eq!(speech["meta"], json!({"translator": "甲"}));
    assert!(speech.get("salutation").is_none() && listing.get("undetermined").is_none());
    let range = workplace
        .run(&["list", "--from", "2018-06", "--format", "json"])
        .ended(1)
        .json();
    assert_eq!((&range["total"], &range["undetermined"]), (&json!(0), &json!(2)));
}

#[test]
fn a_listing_is_text_rows_and_lines_too() {
    let workplace = four_speeches();
    let text = workplace
        .run(&["list", "--sort", "-date", "--limit", "1"])
        .ended(0)
        .stdout;
    assert_eq!(
        text,
        "2018        Opening\n            Irvan · en\n            three\n1 of 4 speeches\n"
    );
    let csv = workplace.run(&["list", "--format", "csv"]).ended(0).stdout;
    assert!(csv.starts_with("id,passages,title,subtitle,speaker,"), "{csv}");
    assert_eq!(csv.lines().count(), 5);
    let tsv = workplace.run(&["list", "--format", "tsv"]).ended(0).stdout;
    let widths: Vec<usize> = tsv.lines().map(|line| line.split('\t').count()).collect();
    assert!(widths.iter().all(|width| *width == widths[0]), "{widths:?}");
    let lines = workplace.run(&["list", "--format", "jsonl"]).ended(0).json_lines();
    assert_eq!(lines[3]["id"], "four");
}
