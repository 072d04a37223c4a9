//! `chancery show`: one speech, one paragraph, with what a query marks.

use serde_json::json;

use crate::support::command::{four_speeches, texts};

#[test]
fn a_speech_is_shown_with_its_body_and_its_passages() {
    let shown = four_speeches().json(&["show", "one"]);
    assert_eq!((&shown["id"], &shown["title"]), (&json!("one"), &json!("开幕")));
    assert_eq!(shown["body"], "我们共饮一海水。\n\n铁路合作，互利共赢。（热烈掌声）");
    assert_eq!(texts(&shown["passages"], "passage"), ["one#p1", "one#p2"]);
    let second = &shown["passages"][1];
    assert_eq!((&second["body_start"], &second["body_end"]), (&json!(10), &json!(26)));
    assert!(second.get("highlights").is_none());
}

#[test]
fn a_paragraph_is_shown_by_number_or_by_address() {
    let workplace = four_speeches();
    for arguments in [&["show", "one", "--paragraph", "2"][..], &["show", "one#p2"]] {
        let shown = workplace.json(arguments);
        assert_eq!(texts(&shown["passages"], "passage"), ["one#p2"], "{arguments:?}");
        assert!(shown.get("body").is_none());
    }
}

#[test]
fn a_query_marks_what_it_matches() {
    let workplace = four_speeches();
    let shown = workplace.json(&["show", "four", "--highlight", "\"互利共赢\""]);
    assert_eq!(
        shown["passages"][0]["highlights"],
        json!([{"start": 0, "end": 4}, {"start": 11, "end": 15}])
    );
    let colored = workplace
        .run(&["show", "four", "--highlight", "\"互利\"", "--color", "always"])
        .ended(0);
    assert!(
        colored.stdout.contains("\u{1b}[33m互利\u{1b}[0m") || colored.stdout.contains("m互利\u{1b}[0m"),
        "{colored:#?}"
    );
    workplace
        .run(&["show", "four", "--highlight", "\"互利"])
        .failed_with(&["never closed", "^"]);
}

#[test]
fn a_speech_is_text_rows_and_lines_too() {
    let workplace = four_speeches();
    let text = workplace.run(&["show", "two"]).ended(0).stdout;
    assert!(text.starts_with("閉幕\nspeaker: 歐陽靜瀾\n"), "{text}");
    assert!(text.ends_with("\n\n¶ 2\n公路通了。\n"), "{text}");
    let text = workplace.run(&["show", "one"]).ended(0).stdout;
    assert!(text.contains("\nmeta.translator: 甲\n"), "{text}");
    let csv = workplace.run(&["show", "two", "--format", "csv"]).ended(0).stdout;
    assert!(
        csv.starts_with("passage,paragraph,speaker,body_start,body_end,text\ntwo#p1,1,,0,11,"),
        "{csv}"
    );
    let lines = workplace
        .run(&["show", "two", "--format", "jsonl"])
        .ended(0)
        .json_lines();
    assert_eq!(lines[1]["text"], "公路通了。");
}

#[test]
fn what_is_not_there_is_not_found() {
    let workplace = four_speeches();
    let check = |arguments: &[&str], message: &str| {
        let run = workplace.run(&[&["show"], arguments].concat()).ended(1);
        assert!(run.stdout.is_empty() && run.stderr.contains(message), "{run:#?}");
    };
    check(&["nobody"], "there is no speech `nobody`");
    check(&["nobody#p1"], "there is no speech `nobody#p1`");
    check(&["one#p3"], "`one` has no paragraph 3; its last is 2");
    check(&["one", "--paragraph", "0"], "`one` has no paragraph 0");
}
