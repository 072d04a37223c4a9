//! Headings of sections: which ones are found in real texts, and that they count more where they match.

use std::fs;

use chancery::corpus::heading::headings;
use chancery::corpus::passage::passages;
use chancery::engine::Engine;
use chancery::ingest::{IngestOptions, Input, Item, open};
use chancery::search::{Hit, HitUnit, SearchRequest};
use serde_json::{Value, json};

use crate::support::indexed::{TestIndex, sample};
use crate::support::shared::shared_data;

/// The headings of the report on the work of the government of a year, by the beginning of its id.
const REPORTS: &[(&str, &[&str])] = &[
    (
        "gwr-000",
        &[
            "一、2024年工作回顾",
            "二、2025年经济社会发展总体要求和政策取向",
            "三、2025年政府工作任务",
        ],
    ),
    (
        "gwr-068",
        &[
            "一、关于社会主义革命",
            "二、关于社会主义建设",
            "三、关于人民生活",
            "关于工资制度问题",
            "四、关于国家基本制度",
            "五、关于国内外团结",
        ],
    ),
    (
        "gwr-056",
        &[
            "过去五年的回顾",
            "今后五年的主要任务",
            "（一）关于经济建设",
            "（二）关于经济体制改革",
            "（三）关于教育科技文化建设",
            "（四）关于政法工作",
            "（五）关于外交工作",
            "结束语",
        ],
    ),
];

#[test]
fn the_headings_of_reports_are_found() {
    let Some(data) = shared_data() else { return };
    let text = fs::read_to_string(data.join("speeches/prc-work-reports.jsonl")).expect("the reports are readable");
    let reports: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("a report is a JSON object"))
        .collect();
    for (id, expected) in REPORTS {
        let report = reports.iter().find(|report| report["id"] == *id);
        let body = report
            .and_then(|report| report["body"].as_str())
            .expect("the report is there");
        let paragraphs: Vec<&str> = body
            .split("\n\n")
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .collect();
        let judged = headings(&paragraphs).into_iter().zip(&paragraphs);
        let found: Vec<&str> = judged
            .filter(|(is_heading, _)| *is_heading)
            .map(|(_, text)| *text)
            .collect();
        for heading in *expected {
            assert!(found.contains(heading), "{id}: `{heading}` is not in {found:?}");
        }
        let sentences = found
            .iter()
            .filter(|text| text.chars().count() > 40 || text.ends_with('，'));
        assert_eq!(sentences.count(), 0, "{id}: {found:?}");
    }
}

#[test]
fn no_address_date_or_turn_of_the_sample_is_taken_for_a_heading() {
    let items = open(vec![Input::Path(sample())], IngestOptions::default()).expect("the sample is there");
    let mut paragraph_count = 0;
    for item in items {
        let Item::Speech(ingested) = item else {
            panic!("everything of the sample is read")
        };
        let passages = passages(&ingested.speech);
        paragraph_count += passages.len();
        let found: Vec<&str> = passages
            .iter()
            .filter(|passage| passage.is_heading)
            .map(|passage| passage.text)
            .collect();
        assert_eq!(found, [""; 0], "{} has no headings", ingested.speech.id);
    }
    assert!(paragraph_count > 600);
}

const SENTENCE: &str = "我们走过了漫长的路，还要一起走下去，走到海的那一边。";

/// An index of speeches given by their ids and paragraphs.
fn index_of(speeches: &[(&str, &[&str])]) -> (TestIndex, Engine) {
    let index = TestIndex::new();
    let folder = index.path().with_file_name("sources");
    fs::create_dir_all(&folder).expect("a folder can be made");
    let line = |(id, paragraphs): &(&str, &[&str])| {
        let speech = json!({"id": id, "language": "zh", "body": paragraphs.join("\n\n")});
        format!("{speech}\n")
    };
    let lines: String = speeches.iter().map(line).collect();
    fs::write(folder.join("speeches.jsonl"), lines).expect("a file can be written");
    index.ingest(&[folder]);
    let engine = index.engine();
    (index, engine)
}

/// The ids and scores of the hits.
fn scores(engine: &Engine, query: &str, by: HitUnit) -> Vec<(String, f64)> {
    let request = SearchRequest {
        by,
        ..SearchRequest::new(query)
    };
    let hits = engine.search(&request).expect("the query can be read").hits;
    let of_hit = |hit| match hit {
        Hit::Passage(hit) => (hit.passage, hit.score),
        Hit::Speech(hit) => (hit.speech, hit.score),
    };
    hits.into_iter().map(of_hit).collect()
}

#[test]
fn a_heading_that_matches_counts_more_than_the_same_line_in_a_list() {
    let (_index, engine) = index_of(&[
        ("a", &[SENTENCE, "一、铁路合作", "二、公路通车", SENTENCE]),
        ("b", &[SENTENCE, "一、铁路合作", SENTENCE, "二、公路通车"]),
    ]);
    for query in ["\"铁路\"", "铁路", "铁路 合作", "铁路 AND 合作"] {
        let passages = scores(&engine, query, HitUnit::Passage);
        let [(first, of_heading), (second, of_item)] = &passages[..] else {
            panic!("{query}: {passages:?}");
        };
        assert_eq!((first.as_str(), second.as_str()), ("b#p2", "a#p2"), "{query}");
        let share = of_heading / of_item - 1.0;
        assert!((0.1..0.2).contains(&share), "{query}: {share}");
        let speeches = scores(&engine, query, HitUnit::Speech);
        assert_eq!((speeches[0].0.as_str(), speeches[1].0.as_str()), ("b", "a"), "{query}");
    }
}

#[test]
fn a_heading_never_makes_the_passages_under_it_hits() {
    let (_index, engine) = index_of(&[("a", &[SENTENCE, "一、铁路合作", SENTENCE])]);
    let passages = scores(&engine, "铁路", HitUnit::Passage);
    assert_eq!(passages.len(), 1);
    assert_eq!(passages[0].0, "a#p2");
}

#[test]
fn headings_are_told_again_when_an_index_is_made_anew() {
    let (index, engine) = index_of(&[
        ("a", &[SENTENCE, "铁路合作。", SENTENCE]),
        ("b", &[SENTENCE, "一、铁路合作", SENTENCE]),
    ]);
    let before = scores(&engine, "铁路", HitUnit::Passage);
    let reindexed = || chancery::engine::reindex(&index.path(), None, |_, _| {});
    crate::support::indexed::unhindered(reindexed);
    assert_eq!(scores(&index.engine(), "铁路", HitUnit::Passage), before);
}
