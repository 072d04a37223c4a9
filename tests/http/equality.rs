//! The command line and the HTTP layer answer alike: the same bytes, apart from how long it took.

use crate::support::command::{Workplace, four_speeches, sample};
use crate::support::served::{Routes, Server};

/// Arguments of the command line, beside the address that asks the same.
const PAIRS: &[(&[&str], &str)] = &[
    (
        &["search", "互利共赢"],
        "/api/v1/search?q=%E4%BA%92%E5%88%A9%E5%85%B1%E8%B5%A2",
    ),
    (
        &[
            "search",
            "\"互利共赢\"",
            "--limit",
            "3",
            "--offset",
            "2",
            "--sort",
            "-date",
            "--facet",
            "speaker,year",
        ],
        "/api/v1/search?q=%22互利共赢%22&limit=3&offset=2&sort=-date&facet=speaker,year",
    ),
    (
        &[
            "search",
            "water cooperation",
            "--by",
            "speech",
            "--language",
            "en",
            "--language",
            "zh",
            "--from",
            "2013",
            "--to",
            "2020-05",
        ],
        "/api/v1/search?q=water+cooperation&by=speech&language=en&language=zh&from=2013&to=2020-05",
    ),
    (
        &[
            "search",
            "掌声",
            "--include-notes",
            "--strict",
            "--explain",
            "--expand=none",
            "--weight",
            "nearness=1",
        ],
        "/api/v1/search?q=掌声&include-notes=true&strict&explain=true&expand=none&weight=nearness=1",
    ),
    (
        &["search", "没有这样的话一二三", "--partial"],
        "/api/v1/search?q=没有这样的话一二三&partial=true",
    ),
    (&["list"], "/api/v1/list"),
    (&["list", "--versions"], "/api/v1/list?versions=true"),
    (
        &[
            "list",
            "--sort",
            "relevance",
            "--limit",
            "4",
            "--offset",
            "1",
            "--where",
            "language=zh",
        ],
        "/api/v1/list?sort=relevance&limit=4&offset=1&where=language=zh",
    ),
    (&["analyze", "共建“一帶一路”"], "/api/v1/analyze?text=共建“一帶一路”"),
    (&["status"], "/api/v1/status"),
    (&["count", "互利共赢 合作"], "/api/v1/count?q=互利共赢+合作"),
    (
        &[
            "count",
            "water",
            "--by",
            "speaker,year",
            "--per",
            "words",
            "--language",
            "en",
            "--versions",
            "once",
            "--from",
            "2014",
        ],
        "/api/v1/count?q=water&by=speaker,year&per=words&language=en&versions=once&from=2014",
    ),
    (
        &["timeline", "铁路", "\"互利共赢\""],
        "/api/v1/timeline?q=铁路&q=%22互利共赢%22",
    ),
    (
        &[
            "timeline",
            "合作",
            "--period",
            "quarter",
            "--by",
            "country",
            "--per",
            "characters",
            "--expand",
            "--strict",
        ],
        "/api/v1/timeline?q=合作&period=quarter&by=country&per=characters&expand=all&strict=true",
    ),
    (&["concordance", "铁路"], "/api/v1/concordance?q=铁路"),
    (
        &[
            "concordance",
            "合作 OR الماء",
            "--sort",
            "right,-date",
            "--context",
            "8w",
            "--sample",
            "9",
            "--seed",
            "3",
            "--limit",
            "4",
            "--offset",
            "2",
            "--include-notes",
        ],
        "/api/v1/concordance?q=合作+OR+الماء&sort=right,-date&context=8w&sample=9&seed=3&limit=4&offset=2&include-notes=true",
    ),
    (&["first", "铁路", "--by", "speaker"], "/api/v1/first?q=铁路&by=speaker"),
    (
        &["last", "\"互利共赢\"", "--to", "2020", "--by", "country,genre"],
        "/api/v1/last?q=%22互利共赢%22&to=2020&by=country,genre",
    ),
];

/// An answer without the line that says how long it took.
fn without_time(text: &str) -> String {
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("\"took_ms\""));
    lines.collect::<Vec<_>>().join("\n")
}

/// An address with everything that is not ASCII percent-encoded.
fn encoded(address: &str) -> String {
    let escaped = |byte: u8| match byte {
        b'"' | b' ' | 0x80.. => format!("%{byte:02X}"),
        _ => char::from(byte).to_string(),
    };
    address.bytes().map(escaped).collect()
}

fn check(workplace: &Workplace, routes: &Routes, arguments: &[&str], address: &str) {
    let typed = workplace.run(&[arguments, &["--format", "json"]].concat());
    let served = routes.get(&encoded(address)).is(200);
    assert_eq!(without_time(&typed.stdout), without_time(&served.text()), "{address}");
}

#[test]
fn every_command_is_answered_as_on_the_command_line() {
    for workplace in [sample(), &four_speeches()] {
        let routes = Routes::of(workplace);
        for (arguments, address) in PAIRS {
            check(workplace, &routes, arguments, address);
        }
    }
}

#[test]
fn every_speech_and_passage_is_shown_as_on_the_command_line() {
    let workplace = sample();
    let routes = Routes::of(workplace);
    let listed = workplace.json(&["list"]);
    for speech in listed["speeches"].as_array().expect("a list").iter().take(12) {
        let id = speech["id"].as_str().expect("an id");
        let in_path = id.replace('/', "%2F");
        check(workplace, &routes, &["show", id], &format!("/api/v1/show?speech={id}"));
        check(
            workplace,
            &routes,
            &["show", id],
            &format!("/api/v1/speeches/{in_path}"),
        );
        check(
            workplace,
            &routes,
            &["show", id, "--highlight", "合作 water"],
            &format!("/api/v1/speeches/{in_path}?highlight=合作+water"),
        );
        check(
            workplace,
            &routes,
            &["show", id, "--paragraph", "2"],
            &format!("/api/v1/speeches/{in_path}/passages/2"),
        );
    }
}

#[test]
fn the_program_behind_a_socket_answers_the_same() {
    let workplace = sample();
    let server = Server::start(workplace, &[]);
    let typed = workplace.run(&["search", "\"互利共赢\"", "--format", "json"]);
    let mut served = ureq::get(format!(
        "{}/api/v1/search?q=%22%E4%BA%92%E5%88%A9%E5%85%B1%E8%B5%A2%22",
        server.root
    ))
    .call()
    .expect("an answer");
    let served = served.body_mut().read_to_string().expect("a body in UTF-8");
    assert_eq!(without_time(&typed.stdout), without_time(&served));
}

#[test]
fn figures_are_written_as_on_the_command_line_in_every_form() {
    let workplace = sample();
    let routes = Routes::of(workplace);
    for (arguments, address) in PAIRS
        .iter()
        .filter(|(arguments, _)| matches!(arguments[0], "count" | "timeline" | "concordance" | "first" | "last"))
    {
        for format in ["csv", "tsv", "jsonl"] {
            let typed = workplace.run(&[*arguments, &["--format", format]].concat());
            let served = routes.get(&format!("{}&format={format}", encoded(address))).is(200);
            assert!(!typed.stdout.is_empty(), "{address}");
            assert_eq!(typed.stdout, served.text(), "{address} as {format}");
        }
    }
}

#[test]
fn a_chart_is_the_file_that_the_command_line_writes() {
    let workplace = sample();
    let routes = Routes::of(workplace);
    let file = workplace.path().join("chart.svg");
    let name = file.to_str().expect("a name in UTF-8");
    workplace.run(&["timeline", "铁路", "合作", "--value", "share", "--output", name]);
    let written = std::fs::read_to_string(&file).expect("a chart");
    let served = routes
        .get(&encoded("/api/v1/timeline?q=铁路&q=合作&value=share&format=svg"))
        .is(200);
    assert_eq!(served.header("content-type"), "image/svg+xml");
    assert!(served.header("content-security-policy").contains("default-src 'none'"));
    assert_eq!(served.header("x-content-type-options"), "nosniff");
    assert_eq!(served.text(), written);
}
