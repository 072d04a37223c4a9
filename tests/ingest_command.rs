//! `chancery ingest`: what it reports, in which form and with which exit code.

use serde_json::json;

use crate::support::command::{FOUR_SPEECHES, Workplace};

#[test]
fn an_ingest_reports_in_every_format() {
    let report = |format: &str| {
        let workplace = Workplace::new();
        workplace.write("four.jsonl", FOUR_SPEECHES);
        workplace.run(&["ingest", "four.jsonl", "--format", format]).ended(0)
    };
    assert_eq!(
        report("text").stdout,
        "added 4, updated 0, unchanged 0, removed 0, rejected 0\n"
    );
    let answer = report("json").json();
    assert_eq!((&answer["added"], &answer["rejected"]), (&json!(4), &json!([])));
    assert_eq!(answer["schema_version"], 1);
    assert!(answer["corpus"]["version"].is_string() && answer["took_ms"].is_number());
    assert_eq!(report("jsonl").json_lines()[0]["added"], 4);
    assert!(report("csv").stdout.starts_with("name,value\nadded,4\nupdated,0\n"));
    assert!(report("tsv").stdout.starts_with("name\tvalue\nadded\t4\n"));
}

#[test]
fn what_has_not_changed_is_not_touched_and_what_is_gone_is_pruned() {
    let workplace = Workplace::with_speeches(&[("a.txt", "第一篇讲话。\n"), ("b.txt", "第二篇讲话。\n")]);
    let again = |arguments: &[&str]| {
        workplace
            .run(&[&["ingest", "speeches"], arguments].concat())
            .ended(0)
            .stdout
    };
    assert_eq!(again(&[]), "added 0, updated 0, unchanged 2, removed 0, rejected 0\n");
    workplace.write("speeches/a.txt", "第一篇讲话，改过了。\n");
    assert_eq!(again(&[]), "added 0, updated 1, unchanged 1, removed 0, rejected 0\n");
    std::fs::remove_file(workplace.path().join("speeches/b.txt")).expect("the file is there");
    let noted = again(&[]);
    assert!(noted.contains("1 speech is no longer in the files"), "{noted}");
    assert!(
        noted.ends_with("added 0, updated 0, unchanged 1, removed 0, rejected 0\n"),
        "{noted}"
    );
    assert_eq!(
        again(&["--prune"]),
        "added 0, updated 0, unchanged 1, removed 1, rejected 0\n"
    );
    assert_eq!(workplace.json(&["list"])["total"], 1);
}

#[test]
fn what_is_not_read_is_reported_and_the_rest_is_taken() {
    let workplace = Workplace::new();
    workplace.write("speeches/a.txt", "一篇讲话。\n");
    workplace.write("speeches/b.bin", "not a\0speech");
    workplace.write(
        "speeches/c.jsonl",
        "{\"id\": \"c\", \"body\": \"另一篇讲话。\"}\n{broken\n",
    );
    let run = workplace.run(&["ingest", "speeches"]).ended(3);
    assert!(run.stdout.contains("rejected b.bin: "), "{run:#?}");
    assert!(run.stdout.contains("rejected c.jsonl:2: "), "{run:#?}");
    assert!(
        run.stdout
            .ends_with("added 2, updated 0, unchanged 0, removed 0, rejected 2\n"),
        "{run:#?}"
    );
    let report = workplace
        .run(&["ingest", "speeches", "--format", "json"])
        .ended(3)
        .json();
    assert_eq!(report["rejected"][1]["source"], "c.jsonl");
    assert_eq!(report["rejected"][1]["line"], 2);
    assert!(report["rejected"][1]["reason"].is_string());
}

#[test]
fn standard_input_fields_set_and_collections_reach_the_index() {
    let workplace = Workplace::new();
    let input = "{\"body\": \"我们共饮一海水。\"}\n{\"id\": \"own\", \"body\": \"铁路通了。\"}\n";
    let arguments = [
        "ingest",
        "-",
        "--input-format",
        "jsonl",
        "--collection",
        "wire",
        "--set",
        "event=峰会",
        "--corpus",
        "澜海",
    ];
    workplace.run_with_input(&arguments, input).ended(0);
    let listing = workplace.json(&["list", "--where", "event=峰会", "--collection", "wire"]);
    assert_eq!(listing["total"], 2);
    assert_eq!(listing["corpus"]["name"], "澜海");
    let ids: Vec<&str> = crate::support::command::texts(&listing["speeches"], "id");
    assert!(
        ids.contains(&"own") && ids.iter().any(|id| id.starts_with("wire/")),
        "{ids:?}"
    );
}

#[test]
fn a_sidecar_lies_over_the_header() {
    let workplace = Workplace::new();
    workplace.write("speeches/a.txt", "一篇讲话。\n");
    workplace.write(
        "speeches/a.meta.json",
        "{\"speaker\": \"沈怀川\", \"date\": \"2013-10\", \"room\": \"甲\"}",
    );
    workplace.run(&["ingest", "speeches"]).ended(0);
    let speech = &workplace.json(&["list"])["speeches"][0];
    assert_eq!(
        (&speech["speaker"], &speech["date"]),
        (&json!("沈怀川"), &json!("2013-10"))
    );
    assert_eq!(speech["meta"], json!({"room": "甲"}));
}

#[test]
fn a_quiet_ingest_says_nothing_unless_something_was_rejected() {
    let workplace = Workplace::new();
    workplace.write("speeches/a.txt", "一篇讲话。\n");
    let run = workplace.run(&["ingest", "speeches", "-q"]).ended(0);
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""));
    workplace.write("speeches/b.bin", "not a\0speech");
    assert!(
        workplace
            .run(&["ingest", "speeches", "-q"])
            .ended(3)
            .stdout
            .contains("b.bin")
    );
}

#[test]
fn wrong_usage_is_told_before_anything_is_written() {
    let workplace = Workplace::new();
    workplace.write("a.txt", "一篇讲话。\n");
    let check = |arguments: &[&str], messages: &[&str]| {
        workplace.run(&[&["ingest"], arguments].concat()).failed_with(messages);
    };
    check(
        &["nowhere"],
        &["nowhere: cannot be read", "hint: name an existing file"],
    );
    check(
        &["a.txt", "--set", "date=yesterday"],
        &["`date=yesterday` cannot be set"],
    );
    check(&["a.txt", "--set", "body=x"], &["`body` cannot be set", "hint: "]);
    check(&["a.txt", "--input-format", "ods"], &["'ods'", "text", "jsonl"]);
    check(
        &["a.txt", "--lexicon", "nowhere.txt"],
        &["nowhere.txt: cannot read the lexicon"],
    );
    check(&[], &["PATH"]);
    assert!(!workplace.path().join("index/meta.json").exists());
}
