//! The verbs that look after an index: `status`, `verify`, `optimize`, `reindex`.

use serde_json::json;

use crate::support::command::{Workplace, four_speeches, sample};

#[test]
fn the_status_says_what_the_index_holds() {
    let workplace = four_speeches();
    let status = workplace.json(&["status"]);
    for (field, value) in [
        ("speeches", json!(4)),
        ("passages", json!(7)),
        ("deleted_passages", json!(0)),
        ("languages", json!(["en", "zh"])),
        ("first_date", json!("2013-10-17")),
        ("last_date", json!("2018")),
        ("undated_speeches", json!(1)),
        ("lexicon_words", json!(0)),
    ] {
        assert_eq!(status[field], value, "{field}");
    }
    assert!(status["analyzer"]["dictionary_hash"].is_string() && status["bytes"].as_u64() > Some(0));
    let text = workplace.run(&["status"]).ended(0).stdout;
    assert!(
        text.contains("dates             2013-10-17 to 2018; 1 undated\n"),
        "{text}"
    );
    assert!(
        workplace
            .run(&["status", "--format", "tsv"])
            .ended(0)
            .stdout
            .contains("speeches\t4\n")
    );
    Workplace::new()
        .run(&["status"])
        .failed_with(&["there is no index here", "hint: "]);
}

#[test]
fn a_sound_index_is_verified_with_all_of_its_units() {
    let found = sample().json(&["verify"]);
    let status = sample().json(&["status"]);
    for field in ["speeches", "passages"] {
        assert_eq!(found[field], status[field], "{field}");
    }
    let units = ["units", "stage_direction_units"].map(|field| found[field].as_u64().expect("a count"));
    assert_eq!(json!(units.iter().sum::<u64>()), status["units"]);
}

#[test]
fn deleted_text_is_off_the_disk_after_optimize() {
    let workplace = four_speeches();
    workplace.run(&["remove", "two"]).ended(0);
    let status = workplace.json(&["optimize"]);
    assert_eq!(
        (&status["speeches"], &status["deleted_passages"]),
        (&json!(3), &json!(0))
    );
    assert_eq!(workplace.json(&["search", "\"互利共赢\""])["total"]["occurrences"], 4);
    workplace.run(&["verify"]).ended(0);
}

#[test]
fn a_lexicon_travels_with_the_index() {
    let workplace = four_speeches();
    let before = workplace.json(&["list"])["corpus"]["version"].clone();
    workplace.write("words.txt", "# own words\n共饮一海水\n");
    let status = workplace.json(&["reindex", "--lexicon", "words.txt"]);
    assert_eq!((&status["speeches"], &status["lexicon_words"]), (&json!(4), &json!(1)));
    assert_ne!(status["corpus"]["version"], before);
    assert_eq!(workplace.json(&["search", "\"共饮一海水\""])["total"]["occurrences"], 2);
    workplace.run(&["verify"]).ended(0);
    workplace.write("bad.txt", "word\n");
    workplace
        .run(&["reindex", "--lexicon", "bad.txt"])
        .failed_with(&["bad.txt", "line 1", "hint: "]);
}
