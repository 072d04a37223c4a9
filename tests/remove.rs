//! `chancery remove`: by id and by filters.

use serde_json::json;

use crate::support::command::four_speeches;

#[test]
fn speeches_are_removed_by_id_and_by_filters() {
    let workplace = four_speeches();
    assert_eq!(workplace.run(&["remove", "one"]).ended(0).stdout, "removed one\n");
    let report = workplace.json(&["remove", "--language", "zh"]);
    assert_eq!(
        (&report["removed"], &report["not_found"]),
        (&json!(["four", "two"]), &json!([]))
    );
    assert_eq!(workplace.json(&["list"])["total"], 1);
    assert_eq!(workplace.json(&["search", "\"互利共赢\""])["total"]["occurrences"], 1);
}

#[test]
fn what_is_not_there_is_said() {
    let workplace = four_speeches();
    let run = workplace.run(&["remove", "nobody"]).ended(1);
    assert_eq!(run.stdout, "not found there is no speech `nobody`\n");
    let report = workplace.json(&["remove", "one", "nobody"]);
    assert_eq!(
        (&report["removed"], &report["not_found"]),
        (&json!(["one"]), &json!(["nobody"]))
    );
}

#[test]
fn nothing_is_removed_unless_something_is_named() {
    let workplace = four_speeches();
    workplace
        .run(&["remove"])
        .failed_with(&["nothing to remove was named", "hint: "]);
    workplace
        .run(&["remove", "--index", "nowhere", "one"])
        .failed_with(&["there is no index here"]);
    assert_eq!(workplace.json(&["list"])["total"], 4);
    assert!(!workplace.path().join("nowhere").exists());
}
