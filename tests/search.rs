//! `chancery search`: filters, orders, pages, facets and ways of matching, as the command line offers them.

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use crate::support::command::{Workplace, four_speeches, sample, texts};

/// A string that stands in each of the four speeches, twice in the undated one.
const STRING: &str = "\"互利共赢\"";

/// The speeches of the hits, in order.
fn speeches(workplace: &Workplace, arguments: &[&str]) -> Vec<String> {
    let run = workplace.run(&[&["search"], arguments, &["--format", "json"]].concat());
    assert!(matches!(run.code, 0 | 1), "{run:#?}");
    let answer = run.json();
    texts(&answer["hits"], "speech")
        .into_iter()
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_search_prints_the_frame_the_totals_and_the_hits() {
    let answer = four_speeches().json(&["search", STRING]);
    assert_eq!(answer["schema_version"], 1);
    assert_eq!(answer["tool_version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(answer["warnings"], json!([]));
    assert_eq!(answer["total"], json!({"passages": 4, "speeches": 4, "occurrences": 5}));
    assert_eq!((&answer["offset"], &answer["limit"]), (&json!(0), &json!(10)));
    assert!(
        answer["corpus"]["version"]
            .as_str()
            .is_some_and(|version| version.len() == 64)
    );
    assert!(answer["took_ms"].is_number());
    let hits = answer["hits"].as_array().expect("there are hits");
    let ranks: Vec<&Value> = hits.iter().map(|hit| &hit["rank"]).collect();
    assert_eq!(ranks, [&json!(1), &json!(2), &json!(3), &json!(4)]);
    let undated = hits
        .iter()
        .find(|hit| hit["passage"] == "four#p1")
        .expect("it is found");
    assert_eq!(
        undated["highlights"],
        json!([{"start": 0, "end": 4}, {"start": 11, "end": 15}])
    );
    assert!(undated.get("date").is_none(), "what is not known is absent");
}

#[test]
fn hits_are_rows_and_lines_too() {
    let workplace = four_speeches();
    let lines = workplace
        .run(&["search", STRING, "--format", "jsonl"])
        .ended(0)
        .json_lines();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[2]["speech"], "one");
    let csv = workplace.run(&["search", STRING, "--format", "csv"]).ended(0).stdout;
    let header = "rank,score,passage,speech,paragraph,title,speaker,date,place,language,text,highlights\n";
    assert!(csv.starts_with(header), "{csv}");
    assert!(
        csv.contains(",three#p2,three,2,Opening,Irvan,2018,,en,\"Every party cooperates, 互利共赢 included.\",24-28\n")
    );
    let tsv = workplace.run(&["search", STRING, "--format", "tsv"]).ended(0).stdout;
    assert_eq!(tsv.lines().count(), 5);
    assert!(tsv.lines().all(|line| line.split('\t').count() == 12), "{tsv}");
}

#[test]
fn filters_let_in_any_of_the_values_and_all_of_the_fields() {
    let workplace = four_speeches();
    let check = |arguments: &[&str], expected: &[&str]| {
        let mut found = speeches(&workplace, &[&[STRING, "--sort", "date"], arguments].concat());
        found.sort();
        assert_eq!(found, expected, "{arguments:?}");
    };
    check(&["--speaker", "沈怀川"], &["one"]);
    check(&["--speaker", "沈怀川", "--speaker", "IRVAN"], &["one", "three"]);
    check(&["--country", "鹭屿"], &["two"]);
    check(&["--language", "zh"], &["four", "one", "two"]);
    check(&["--language", "zh-hant"], &["two"]);
    check(
        &["--organization", "外交部", "--event", "首届峰会", "--genre", "keynote"],
        &["one"],
    );
    check(&["--collection", "main", "--speaker", "Irvan"], &[]);
    check(&["--where", "place=望潮", "--where", "place=鷺港"], &["one", "two"]);
    check(&["--where", "translator=甲"], &["one"]);
    check(&["--where", "meta.translator=甲"], &["one"]);
    check(&["--where", "translator=乙"], &[]);
}

#[test]
fn a_range_of_dates_says_how_many_speeches_it_could_not_tell() {
    let workplace = four_speeches();
    let check = |range: &[&str], passages: u64, undetermined: u64| {
        let run = workplace.run(&[&["search", STRING, "--format", "json"], range].concat());
        let total = &run.json()["total"];
        assert_eq!(total["passages"], passages, "{range:?}");
        assert_eq!(total["undetermined"], undetermined, "{range:?}");
        assert_eq!(run.code, i32::from(passages == 0), "{range:?}");
    };
    check(&["--from", "2013"], 3, 1);
    check(&["--to", "2016-09"], 2, 1);
    check(&["--from", "2013-10-17", "--to", "2013-10-17"], 1, 1);
    check(&["--from", "2016-09-15"], 1, 2);
    check(&["--from", "2018-06"], 0, 2);
    let text = workplace
        .run(&["search", STRING, "--from", "2016-09-15"])
        .ended(0)
        .stdout;
    assert!(
        text.ends_with("; left out: 2 speeches whose date is absent or too imprecise\n"),
        "{text}"
    );
}

#[test]
fn hits_come_in_the_order_asked_for_undated_last() {
    let workplace = four_speeches();
    let check = |order: &str, expected: [&str; 4]| {
        assert_eq!(speeches(&workplace, &[STRING, "--sort", order]), expected, "{order}");
    };
    check("date", ["one", "two", "three", "four"]);
    check("-date", ["three", "two", "one", "four"]);
    check("relevance", ["two", "four", "one", "three"]);
}

#[test]
fn pages_follow_one_another_without_gap_or_repetition() {
    let passages = |offset: usize, limit: usize| -> Vec<Value> {
        let (offset, limit) = (offset.to_string(), limit.to_string());
        let answer = sample().json(&["search", "澜海 合作", "--offset", &offset, "--limit", &limit]);
        answer["hits"].as_array().expect("hits are a list").clone()
    };
    let whole = passages(0, 60);
    let pages: Vec<Value> = (0..6).flat_map(|page| passages(page * 10, 10)).collect();
    assert_eq!(whole.len(), 60);
    assert_eq!(pages, whole);
    let ranks: Vec<u64> = whole.iter().filter_map(|hit| hit["rank"].as_u64()).collect();
    assert!(ranks.into_iter().eq(1..=60));
}

#[test]
fn by_speech_a_condition_looks_at_the_whole_speech() {
    let workplace = four_speeches();
    workplace.run(&["search", "铁路 AND 共饮一海水"]).ended(1);
    let answer = workplace.json(&["search", "铁路 AND 共饮一海水", "--by", "speech"]);
    assert_eq!(answer["total"], json!({"passages": 2, "speeches": 1}));
    let hit = &answer["hits"][0];
    assert_eq!((&hit["speech"], &hit["matching_passages"]), (&json!("one"), &json!(2)));
    assert_eq!(texts(&hit["passages"], "passage"), ["one#p1", "one#p2"]);
    let limited = workplace
        .run(&["search", STRING, "--by", "speech", "--limit", "4"])
        .ended(0);
    assert!(
        limited.stdout.ends_with("5 occurrences in 4 passages of 4 speeches\n"),
        "{limited:#?}"
    );
    let page = workplace.run(&["search", STRING, "--by", "speech", "--limit", "1", "--offset", "1"]);
    assert!(page.stdout.ends_with("; shown: 2 to 2\n"), "{page:#?}");
}

#[test]
fn facets_count_passages_and_speeches_by_value() {
    let workplace = four_speeches();
    let answer = workplace.json(&[
        "search",
        STRING,
        "--facet",
        "year,language",
        "--facet",
        "meta.translator",
    ]);
    assert_eq!(
        answer["facets"]["year"],
        json!([
            {"value": "2013", "passages": 1, "speeches": 1},
            {"value": "2016", "passages": 1, "speeches": 1},
            {"value": "2018", "passages": 1, "speeches": 1}
        ])
    );
    assert_eq!(
        answer["facets"]["language"][0],
        json!({"value": "zh", "passages": 2, "speeches": 2})
    );
    assert_eq!(
        answer["facets"]["meta.translator"],
        json!([{"value": "甲", "passages": 1, "speeches": 1}])
    );
    assert!(workplace.json(&["search", STRING]).get("facets").is_none());
}

#[test]
fn strings_match_folded_or_as_printed_with_or_without_stage_directions() {
    let workplace = four_speeches();
    let check = |arguments: &[&str], occurrences: u64| {
        let run = workplace.run(&[&["search", "--format", "json"], arguments].concat());
        assert_eq!(run.json()["total"]["occurrences"], occurrences, "{arguments:?}");
    };
    check(&["\"互利共贏\""], 5);
    check(&["\"互利共贏\"", "--strict"], 1);
    check(&["\"ART\""], 1);
    check(&["\"ART\"", "--strict"], 0);
    check(&["\"掌声\""], 0);
    check(&["\"掌声\"", "--include-notes"], 1);
}

#[test]
fn a_query_may_begin_with_a_hyphen_or_be_several_words() {
    let workplace = four_speeches();
    let check = |arguments: &[&str], expected: &[&str]| {
        let mut found = speeches(&workplace, arguments);
        found.dedup();
        found.sort();
        assert_eq!(found, expected, "{arguments:?}");
    };
    check(
        &["-合作", "--limit", "100", "--by", "speech"],
        &["four", "three", "two"],
    );
    check(&["+铁路 -公路"], &["one"]);
    check(&["--sort", "date", "-互利共赢"], &["one", "three", "two"]);
    check(&["one", "water"], &["three"]);
}

#[test]
fn nothing_found_is_exit_code_1_with_an_answer() {
    let workplace = four_speeches();
    let text = workplace.run(&["search", "\"没有的话\""]).ended(1);
    assert_eq!(
        (text.stdout.as_str(), text.stderr.as_str()),
        (
            "nothing found for \"没有的话\"\n   no passage of the corpus has \"没有的话\"\n",
            ""
        )
    );
    let answer = workplace
        .run(&["search", "\"没有的话\"", "--format", "json"])
        .ended(1)
        .json();
    assert_eq!(answer["total"], json!({"passages": 0, "speeches": 0, "occurrences": 0}));
    assert_eq!(answer["hits"], json!([]));
}

#[test]
fn an_error_shows_of_a_long_query_what_stands_around_the_place() {
    let query = format!("{}AND OR {}", "互利共赢 ".repeat(2_500), "合作 ".repeat(2_500));
    let run = four_speeches()
        .run(&["search", &query])
        .failed_with(&["互利共赢 AND OR 合作"]);
    let lines: Vec<&str> = run.stderr.lines().collect();
    assert!(lines.iter().all(|line| line.width() <= 120), "{run:#?}");
    let place = lines[1].find("AND").expect("the place is shown");
    assert_eq!(lines[2].find('^'), Some(lines[1][..place].width()), "{run:#?}");
}

#[test]
fn an_error_points_at_the_place_and_says_what_to_write() {
    let workplace = four_speeches();
    let check = |arguments: &[&str], messages: &[&str]| {
        workplace.run(&[&["search"], arguments].concat()).failed_with(messages);
    };
    check(
        &["\"命运"],
        &["error: the quotation mark \" is never closed\n  \"命运\n  ^\nhint: close it"],
    );
    check(&["命运 AND"], &["\n  命运 AND\n       ^^^\n", "hint: "]);
    check(&["（甲", "乙"], &["\n  （甲 乙\n  ^^\n", "hint: "]);
    check(
        &["e\u{301}\t甲\n|| 乙"],
        &["\n  e\u{301} 甲 || 乙\n       ^^\n", "write OR"],
    );
    check(&["\"。\""], &["no letter, character or digit", "hint: "]);
    check(&[STRING, "--where", "place"], &["`place` has no `=`", "hint: "]);
    check(&[STRING, "--from", "2013-13"], &["`2013-13` is not a date: write 2013"]);
    check(&[STRING, "--format", "xml"], &["'xml'", "text", "jsonl"]);
    check(&[STRING, "--sort", "size"], &["'size'", "relevance"]);
    check(&[], &["QUERY"]);
    check(
        &["--index", "nowhere", STRING],
        &["nowhere: there is no index here", "hint: make one with"],
    );
}
