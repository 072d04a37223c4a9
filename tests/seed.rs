//! The keynote that this product was asked for, from the release to the answer. The text is shared data: read, never copied.

use serde_json::Value;

use crate::support::command::Workplace;
use crate::support::shared::shared_data;

/// An index of the folder with the release, and the one listed speech; `None` without the shared data.
fn seed() -> Option<(Workplace, Value)> {
    let folder = shared_data()?.join("seed");
    let workplace = Workplace::new();
    let path = folder.to_str().expect("the path is UTF-8");
    workplace.run(&["ingest", path]).ended(0);
    let listing = workplace.json(&["list"]);
    assert_eq!(listing["total"], 1);
    let speech = listing["speeches"][0].clone();
    Some((workplace, speech))
}

#[test]
fn the_header_of_the_release_becomes_metadata() {
    let Some((_, speech)) = seed() else { return };
    for (field, value) in [
        ("title", "弘扬“中国—中亚精神” 推动地区合作高质量发展"),
        ("event", "第二届中国—中亚峰会"),
        ("date", "2025-06-17"),
        ("place", "阿斯塔纳"),
        ("speaker", "习近平"),
        ("role", "中华人民共和国主席"),
        ("agency", "新华社"),
        ("language", "zh"),
        ("genre", "keynote"),
    ] {
        assert_eq!(speech[field], value, "{field}");
    }
}

#[test]
fn no_line_of_the_header_is_in_the_body() {
    let Some((workplace, speech)) = seed() else { return };
    let id = speech["id"].as_str().expect("a speech has an id");
    let shown = workplace.json(&["show", id]);
    let body = shown["body"].as_str().expect("a whole speech has a body");
    assert!(body.starts_with("尊敬的托卡耶夫总统"), "{body:.60}");
    for line in ["新华社", "主旨发言", "（2025年6月17日", "中华人民共和国主席 习近平"] {
        assert!(!body.contains(line), "`{line}` is in the body");
    }
    assert_eq!(shown["passages"][0]["paragraph"], 1);
}

#[test]
fn a_formulation_is_found_wherever_it_stands() {
    let Some((workplace, _)) = seed() else { return };
    for (query, passages) in [("\"绿色矿产\"", 2), ("\"綠色礦產\"", 2), ("\"绿色矿\"", 2)] {
        let answer = workplace.json(&["search", query]);
        assert_eq!(answer["total"]["passages"], passages, "{query}");
        for hit in answer["hits"].as_array().expect("hits are a list") {
            check_highlight(hit);
        }
    }
}

/// Every highlight covers the formulation and nothing else.
fn check_highlight(hit: &Value) {
    let text: Vec<char> = hit["text"].as_str().expect("a hit has a text").chars().collect();
    for highlight in hit["highlights"].as_array().expect("highlights are a list") {
        let edge = |name: &str| highlight[name].as_u64().expect("an edge is a number") as usize;
        let marked: String = text[edge("start")..edge("end")].iter().collect();
        assert!("绿色矿产".starts_with(&marked) && !marked.is_empty(), "{marked}");
    }
}
