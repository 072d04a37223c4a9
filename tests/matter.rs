//! What stands beside a speech in its source: kept, shown, searched on demand, counted nowhere else.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::command::Workplace;

const SPEECH: &str = "Address at the opening of the harbour conference

Theme: Trust and light along the northern coast

Adela Thornvik
Minister for Harbours of Velmora

3 June 2024

Excellencies, ladies and gentlemen,

We meet today in a harbour that has seen many ships. It is a good place to speak of trust.

Let us keep this harbour open for all who come in peace.

We ask once more: lift the embargo.

Permanent Mission of Velmora to the United Nations
";

fn workplace() -> Workplace {
    let workplace = Workplace::new();
    workplace.write("src/a.txt", SPEECH);
    workplace.run(&["ingest", "src", "-q"]);
    workplace
}

/// The JSON answer of a run, found or not.
fn answer(workplace: &Workplace, arguments: &[&str]) -> Value {
    workplace.run(&[arguments, &["--format", "json"]].concat()).json()
}

fn texts(view: &Value) -> Vec<String> {
    let passages = view["passages"].as_array().cloned().unwrap_or_default();
    passages
        .iter()
        .filter_map(|passage| passage["text"].as_str().map(str::to_owned))
        .collect()
}

#[test]
fn lines_beside_a_speech_are_kept_in_order_with_their_places() {
    let view = workplace().json(&["show", "a"]);
    let passages = texts(&view);
    assert_eq!(
        passages.first().map(String::as_str),
        Some("Excellencies, ladies and gentlemen,")
    );
    assert_eq!(
        passages.last().map(String::as_str),
        Some("We ask once more: lift the embargo.")
    );
    let matter = view["matter"].as_array().expect("matter");
    let shown: Vec<(u64, &str, u64, &str)> = matter
        .iter()
        .map(|matter| {
            let text = |name: &str| matter[name].as_str().unwrap_or_default();
            let number = |name: &str| matter[name].as_u64().unwrap_or_default();
            (number("n"), text("place"), number("after_paragraph"), text("text"))
        })
        .collect();
    assert_eq!(
        shown,
        [
            (1, "front", 0, "Theme: Trust and light along the northern coast"),
            (2, "end", 4, "Permanent Mission of Velmora to the United Nations"),
        ]
    );
    assert_eq!(view["fields"]["date"]["quoted"][0], "3 June 2024");
    assert_eq!(view["fields"]["speaker"]["quoted"][0], "Adela Thornvik");
}

#[test]
fn matter_is_found_only_where_notes_are_searched_and_is_nobodys() {
    let workplace = workplace();
    let without = answer(&workplace, &["search", "\"light along\""]);
    assert_eq!(without["total"]["passages"], 0);
    let with = workplace.json(&["search", "\"light along\"", "--include-notes"]);
    let hit = &with["hits"][0];
    assert_eq!(hit["passage"], "a#m1");
    assert_eq!(hit["matter"], 1);
    assert!(hit["speaker"].is_null() && hit["paragraph"].is_null(), "{hit}");
    assert_eq!(workplace.json(&["show", "a#m1"])["matter"][0]["n"], 1);
    let of_speaker = [
        "search",
        "\"light along\"",
        "--include-notes",
        "--speaker",
        "Adela Thornvik",
    ];
    assert_eq!(answer(&workplace, &of_speaker)["total"]["passages"], 0);
}

#[test]
fn matter_is_in_no_denominator_and_in_no_complement() {
    let workplace = workplace();
    let status = workplace.json(&["status"]);
    assert_eq!(status["passages"], 4);
    let count = ["count", "\"light\" OR \"peace\""];
    let (without, with) = (
        workplace.json(&count),
        workplace.json(&[&count[..], &["--include-notes"]].concat()),
    );
    assert_eq!(without["total"]["of"], with["total"]["of"]);
    assert_eq!(
        (&without["total"]["occurrences"], &with["total"]["occurrences"]),
        (&1.into(), &2.into())
    );
    let complement = workplace.json(&["search", "NOT \"peace\"", "--limit", "20"]);
    assert_eq!(complement["total"]["passages"], 3, "{complement}");
    let report = workplace.run(&["verify"]);
    assert!(report.stdout.contains("sound"), "{}", report.stdout);
}

#[test]
fn the_report_says_what_was_set_aside_and_where_it_is_seen() {
    let workplace = Workplace::new();
    workplace.write("src/a.txt", SPEECH);
    workplace.write(
        "src/b.html",
        "<html><body><nav>Menu</nav><article><h1>Remarks</h1><p>We meet today in a harbour that has seen many ships.</p></article></body></html>",
    );
    let report = workplace.run(&["ingest", "src"]).stdout;
    assert!(
        report.contains("set aside as front or end matter: 2 lines in 1 speech; chancery show ID --matter"),
        "{report}"
    );
    assert!(report.contains("4 bytes of navigation"), "{report}");
    let again = workplace.json(&["ingest", "src"]);
    assert_eq!(
        again["set_aside"]["lines"], 2,
        "an unchanged file says it again: {again}"
    );
    let shown = workplace.run(&["show", "a", "--matter"]).stdout;
    assert!(
        shown.contains("matter 1 · front\nTheme: Trust and light along the northern coast"),
        "{shown}"
    );
}

#[test]
fn a_date_that_is_not_understood_is_said_to_be_one() {
    let workplace = Workplace::new();
    workplace.write("src/a.txt", &SPEECH.replace("3 June 2024", "Date: 3 Prairial 2024"));
    workplace.run(&["ingest", "src", "-q"]);
    let view = workplace.json(&["show", "a"]);
    assert_eq!(view["meta"]["date_as_given"], "Date: 3 Prairial 2024", "{view}");
    assert!(view["date"].is_null());
}

/// A folder as the layout before matter left it, made of a text like the one above and a further field.
#[test]
fn an_index_of_the_layout_before_is_refused_and_made_anew_with_all_it_held() {
    let workplace = Workplace::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/layout-4");
    let index = workplace.path().join("index");
    fs::create_dir_all(&index).expect("a folder");
    for file in fs::read_dir(folder).expect("the fixture").filter_map(Result::ok) {
        fs::copy(file.path(), index.join(file.file_name())).expect("a copy");
    }
    let refused = workplace.run(&["show", "harbour/stdin"]);
    assert!(
        refused.stderr.contains("layout 4") && refused.stderr.contains("chancery reindex"),
        "{}",
        refused.stderr
    );
    workplace.run(&["reindex"]);
    let view = workplace.json(&["show", "harbour/stdin"]);
    assert_eq!(view["meta"]["topic"], "tides");
    assert_eq!(view["matter"][0]["text"], "Theme: Trust and light along the coast");
    assert!(workplace.run(&["verify"]).stdout.contains("sound"));
}

/// The texts of the passages of a file.
fn passages_of(name: &str, text: &str) -> Vec<String> {
    let workplace = Workplace::new();
    workplace.write(&format!("src/{name}"), text);
    workplace.run(&["ingest", "src", "-q"]).ended(0);
    texts(&workplace.json(&["show", "a"]))
}

#[test]
fn the_heading_of_the_first_section_is_no_part_of_the_title() {
    let markdown = "# Remarks at the harbour\n\n## 1. Trust comes first\n\nWe meet in a harbour that has seen many ships, and trust is what we need.\n";
    let page = "<html><body><article><h1>Remarks at the harbour</h1><h2>1. Trust comes first</h2><p>Excellencies, the harbour opens today for all who come in peace and with good will.</p></article></body></html>";
    for (name, text) in [("a.md", markdown), ("a.html", page)] {
        assert_eq!(passages_of(name, text)[0], "1. Trust comes first", "{name}");
    }
    let dated = "# 在造船会议上的讲话\n（一九五二年四月六日）\n\n## 船台的任务\n\n今年要造三条船，木料已经到了两批，第三批月底到。\n";
    assert_eq!(passages_of("a.md", dated)[0], "船台的任务");
}

#[test]
fn a_greeting_in_an_unknown_form_is_said() {
    let text = "Speech by Mr. Luc Ferrand, Minister for Coasts, at the opening of the northern lighthouse\n\nPortmere, 2 August 2021\n\nGood afternoon.\n\nWhat a day for the cape.\n\nAbel Quintas, captain of the port,\n\nLadies and gentlemen,\n\nThe lamp is lit again, and the ferries will find their way home tonight.\n";
    let passages = passages_of("a.txt", text);
    assert_eq!(passages[0], "Good afternoon.", "{passages:?}");
    assert!(passages.concat().contains("What a day for the cape."), "{passages:?}");
}

#[test]
fn what_is_said_behind_a_link_closes_the_text_of_a_page() {
    let page = "<html><body><h1>Tea with the press</h1><p>The ferry will run again from the first of the month, and the fares stay as they are.</p><p>(<a href=\"/t\">All lines, fares and times of the ferries</a>)</p><p>I thank all who came.</p></body></html>";
    let passages = passages_of("a.html", page);
    assert_eq!(
        passages.last().map(String::as_str),
        Some("I thank all who came."),
        "{passages:?}"
    );
}
