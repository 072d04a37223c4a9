//! `chancery bench --report`: one file that is well formed, can be heard as well as seen, and fetches nothing.

use roxmltree::{Document, Node, ParsingOptions};

use crate::support::command::{Workplace, sample_folder};

/// What a page or drawing would fetch something by.
const FETCHING: &[&str] = &["href", "src", "srcset", "action", "data"];

/// A small corpus whose name holds marks of HTML, and a workplace to measure it in.
fn workplace() -> Workplace {
    let workplace = Workplace::new();
    let folder = sample_folder().join("press");
    let folder = folder.to_str().expect("the path is UTF-8");
    workplace
        .run(&["ingest", folder, "-q", "--corpus", "Press <b> & \"co\""])
        .ended(0);
    workplace
}

fn report(workplace: &Workplace, name: &str, arguments: &[&str]) -> String {
    let few = [
        "bench",
        "--count",
        "6",
        "--repeat",
        "8",
        "--cold-count",
        "2",
        "--threads",
        "1,2",
        "-q",
    ];
    let run = workplace
        .run(&[&few[..], &["--report", name], arguments].concat())
        .ended(0);
    assert_eq!(run.stderr, "");
    std::fs::read_to_string(workplace.path().join(name)).expect("the report was written")
}

fn parsed(text: &str) -> Document<'_> {
    let options = ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(text, options).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn check_nothing_is_fetched(document: &Document<'_>) {
    for node in document.descendants().filter(Node::is_element) {
        for attribute in node.attributes() {
            assert!(!FETCHING.contains(&attribute.name()), "{attribute:?}");
            assert!(!attribute.value().contains("url("), "{attribute:?}");
        }
        let name = node.tag_name().name();
        assert!(
            !["script", "link", "img", "image", "use", "iframe", "object"].contains(&name),
            "{name}"
        );
        if name == "style" {
            let style = node.text().unwrap_or_default();
            assert!(!style.contains("url(") && !style.contains("@import"), "{style}");
        }
    }
}

/// Every drawing is named and described by elements of its own.
fn check_charts_can_be_heard(document: &Document<'_>) -> usize {
    let charts: Vec<Node<'_, '_>> = document
        .descendants()
        .filter(|node| node.has_tag_name_of("svg"))
        .collect();
    for chart in &charts {
        assert_eq!(chart.attribute("role"), Some("img"));
        let labels = chart.attribute("aria-labelledby").expect("the chart is named");
        for label in labels.split(' ') {
            let named = chart.descendants().find(|node| node.attribute("id") == Some(label));
            let text = named.and_then(|node| node.text()).unwrap_or_default();
            assert!(!text.trim().is_empty(), "{label}");
        }
    }
    charts.len()
}

/// Elements by their name, whatever their namespace.
trait Named {
    fn has_tag_name_of(&self, name: &str) -> bool;
}

impl Named for Node<'_, '_> {
    fn has_tag_name_of(&self, name: &str) -> bool {
        self.tag_name().name() == name
    }
}

#[test]
fn a_page_is_whole_by_itself() {
    let workplace = workplace();
    let html = report(&workplace, "report.html", &["--save", "kept.json", "--ingest", "."]);
    assert!(html.starts_with("<!DOCTYPE html>"));
    let document = parsed(&html);
    check_nothing_is_fetched(&document);
    assert_eq!(check_charts_can_be_heard(&document), 3, "warm twice and cold");
    let tables = document.descendants().filter(|node| node.has_tag_name_of("table"));
    assert_eq!(tables.count(), 3, "beside each chart its figures");
    let headings: Vec<&str> = document
        .descendants()
        .filter(|node| node.has_tag_name_of("h2"))
        .filter_map(|node| node.text())
        .collect();
    assert!(
        headings.contains(&"Ingest") && headings.contains(&"Warm, 2 threads"),
        "{headings:?}"
    );
    let texts: Vec<&str> = document.descendants().filter_map(|node| node.text()).collect();
    assert!(
        texts
            .iter()
            .any(|text| text.starts_with("Press <b> & \"co\", version ")),
        "{html}"
    );
    assert!(html.contains("prefers-color-scheme: dark"));
    let kept = std::fs::read_to_string(workplace.path().join("kept.json")).expect("it was kept");
    let kept: serde_json::Value = serde_json::from_str(&kept).expect("it is JSON");
    let near = kept["workload"]
        .as_array()
        .expect("groups")
        .iter()
        .find(|group| group["kind"] == "near");
    let query = near.expect("near is asked")["queries"][0]["query"]
        .as_str()
        .expect("a query");
    assert!(!html.contains(query), "a report holds no query");
}

#[test]
fn charts_alone_are_one_drawing_with_what_they_are_compared_with() {
    let workplace = workplace();
    report(&workplace, "first.html", &["--save", "old.json"]);
    workplace
        .run(&[
            "bench",
            "--load",
            "old.json",
            "--compare",
            "old.json",
            "--report",
            "again.svg",
            "-q",
        ])
        .ended(0);
    let svg = std::fs::read_to_string(workplace.path().join("again.svg")).expect("the report was written");
    let document = parsed(&svg);
    check_nothing_is_fetched(&document);
    assert_eq!(check_charts_can_be_heard(&document), 1);
    assert!(
        svg.contains("the older measurement") && svg.contains("class=\"old\""),
        "{svg}"
    );
    assert!(
        svg.contains("class=\"bars\"") && svg.contains("class=\"dot\""),
        "bars of many, dots of few"
    );
}
