//! `chancery search --queries`: many queries in one process, one JSON object a line, in order.

use serde_json::json;

use crate::support::command::four_speeches;

#[test]
fn tab_separated_queries_are_answered_in_order() {
    let workplace = four_speeches();
    workplace.write("topics.tsv", "b\t\"互利共赢\"\n\na\t\"没有的话\"\n");
    let run = workplace
        .run(&["search", "--queries", "topics.tsv", "--limit", "1"])
        .ended(0);
    let lines = run.json_lines();
    assert_eq!(lines.len(), 2);
    assert_eq!((&lines[0]["id"], &lines[1]["id"]), (&json!("b"), &json!("a")));
    assert_eq!(lines[0]["total"]["occurrences"], 5);
    assert_eq!(lines[0]["hits"].as_array().map(Vec::len), Some(1));
    assert_eq!(lines[0]["schema_version"], 1);
    assert_eq!(lines[1]["total"]["passages"], 0);
}

#[test]
fn json_queries_bring_filters_of_their_own() {
    let queries = r#"{"id": "1", "q": "\"互利共赢\"", "language": "zh"}
{"id": "2", "q": "\"互利共赢\"", "speaker": ["沈怀川", "Irvan"], "from": "2013", "to": "2017"}
"#;
    let workplace = four_speeches();
    let lines = workplace
        .run_with_input(&["search", "--queries", "-"], queries)
        .ended(0)
        .json_lines();
    assert_eq!(
        lines[0]["total"],
        json!({"passages": 3, "speeches": 3, "occurrences": 4})
    );
    assert_eq!(lines[1]["total"]["speeches"], 1);
    assert_eq!(lines[1]["hits"][0]["speech"], "one");
}

#[test]
fn a_query_that_fails_is_a_line_with_its_error() {
    let queries = "a\t合作 AND\nb\t铁路\n";
    let lines = four_speeches()
        .run_with_input(&["search", "--queries", "-"], queries)
        .ended(3)
        .json_lines();
    assert_eq!(lines[0]["id"], "a");
    assert_eq!(lines[0]["error"], "something is missing behind `AND`");
    assert_eq!(lines[0]["place"], json!({"start": 3, "end": 6}));
    assert!(lines[0]["hint"].as_str().is_some_and(|hint| hint.contains("keyword")));
    assert_eq!(lines[0]["schema_version"], 1);
    assert_eq!(lines[1]["total"]["passages"], 1);
}

#[test]
fn a_batch_that_finds_nothing_or_cannot_be_read_says_so() {
    let workplace = four_speeches();
    workplace
        .run_with_input(&["search", "--queries", "-"], "a\t\"没有的话\"\n")
        .ended(1);
    workplace.write("bad.tsv", "a\t铁路\nno tab\n");
    let lines = workplace.run(&["search", "--queries", "bad.tsv"]).ended(3).json_lines();
    assert_eq!(lines[0]["total"]["passages"], 1, "the line before is answered");
    assert_eq!(lines[1]["error"], "line 2: there is no tab between an id and a query");
    workplace
        .run(&["search", "--queries", "missing.tsv"])
        .failed_with(&["missing.tsv", "cannot read the queries"]);
}
