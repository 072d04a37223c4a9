//! What the ids of judgments name: speeches, paragraphs and pieces, each counted once.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use chancery::engine::Topic;
use chancery::evaluation::Judgments;
use chancery::search::{Hit, HitUnit, SearchRequest};
use serde_json::{Value, json};

use super::{assert_warned, evaluated, number, warnings};
use crate::support::command::Workplace;
use crate::support::indexed::{TestIndex, sample};

/// Two speeches with several paragraphs, one of them divided into pieces, and a speech whose id looks like an address.
fn speeches_of_many_kinds() -> Workplace {
    let long = "别的话说了很多很多。".repeat(110) + "最后说到灯塔。";
    let speeches = [
        json!({"id": "a", "language": "zh", "body": format!("各位来宾。\n\n铁路通了。\n\n{long}")}),
        json!({"id": "a#p7", "language": "zh", "body": "桥也通了，桥上有灯。"}),
        json!({"id": "b", "language": "zh", "body": "桥是新桥，新桥。\n\n桥也是老桥。\n\n铁路，铁路，铁路。"}),
    ];
    let lines: Vec<String> = speeches.iter().map(Value::to_string).collect();
    Workplace::with_speeches(&[("speeches.jsonl", &lines.join("\n"))])
}

#[test]
fn a_judged_id_names_a_speech_a_paragraph_or_a_piece() {
    let workplace = speeches_of_many_kinds();
    workplace.write("queries", "bridge\t桥\nrail\t铁路\nlight\t灯塔\n");
    // The last piece of paragraph 3 has the lighthouse; `a#p7` is a speech; of `b` the best passage counts.
    workplace.write(
        "qrels",
        "bridge 0 a#p7 1\nbridge 0 b 2\nrail 0 a#p2 1\nlight 0 a#p3 1\n",
    );
    let report = evaluated(&workplace, &["--per-query", "--run", "out.run"]);
    assert_eq!(warnings(&report), [""; 0]);
    assert_eq!(report["missing_documents"], 0);
    let found: Vec<(&str, f64, u64)> = report["per_query"]
        .as_array()
        .expect("a list of queries")
        .iter()
        .map(|query| {
            let id = query["id"].as_str().expect("a query has an id");
            let returned = query["returned"].as_u64().expect("a count");
            (id, number(&query["measures"]["R@10"]), returned)
        })
        .collect();
    // Two passages of b are one document, and so are the pieces of a paragraph.
    assert_eq!(found, [("bridge", 1.0, 2), ("light", 1.0, 1), ("rail", 1.0, 2)]);
    let run = fs::read_to_string(workplace.path().join("out.run")).expect("the run was written");
    let mut documents: Vec<&str> = run.lines().filter_map(|line| line.split('\t').nth(2)).collect();
    documents.sort_unstable();
    assert_eq!(documents, ["a#p2", "a#p3", "a#p7", "b", "b#p3"]);
}

#[test]
fn a_piece_is_told_from_the_other_pieces_of_its_paragraph() {
    let workplace = speeches_of_many_kinds();
    workplace.write("queries", "light\t灯塔\n");
    for (judged, recall) in [("a#p3.2", 1.0), ("a#p3.1", 0.0)] {
        workplace.write("qrels", &format!("light 0 {judged} 1\n"));
        let report = evaluated(&workplace, &[]);
        assert_eq!((number(&report["measures"]["R@10"]), judged), (recall, judged));
        assert_eq!(report["missing_documents"], 0);
    }
}

/// The documents of a ranking, each once, in order.
fn unique(ids: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    ids.filter(|id| seen.insert(id.clone())).collect()
}

#[test]
fn a_run_has_the_hits_of_a_search_in_their_order() {
    let index = TestIndex::of(&[sample()]);
    let engine = index.engine();
    let judgments = |document: &str| {
        let line = format!("x 0 {document} 1");
        Judgments::parse(&line, Path::new("qrels")).expect("a judgment can be read")
    };
    for query in [
        "铁路 合作",
        "\"互利共赢\"",
        "桥 NOT 墙",
        "date:2017",
        "the railway to the north",
    ] {
        for (by, judged) in [
            (HitUnit::Passage, "speeches/2022-minerals#p3"),
            (HitUnit::Passage, "speeches/2022-minerals"),
            (HitUnit::Speech, "speeches/2022-minerals"),
        ] {
            let request = SearchRequest {
                by,
                limit: 60,
                ..SearchRequest::new(query)
            };
            let results = engine.search(&request).expect("the query can be read");
            let id = "x".to_owned();
            let ranked = engine.rank_topics(&[Topic { id, request }], &judgments(judged));
            let ranked = ranked.expect("the query can be read").run;
            let found = ranked.of_query("x").iter().map(|document| document.id.clone());
            let hits = results.hits.iter().map(|hit| match hit {
                Hit::Passage(hit) if judged.contains('#') => format!("{}#p{}", hit.speech, hit.paragraph),
                Hit::Passage(hit) => hit.speech.clone(),
                Hit::Speech(hit) => hit.speech.clone(),
            });
            assert_eq!(found.collect::<Vec<_>>(), unique(hits), "{query}");
        }
    }
}

#[test]
fn judged_ids_that_the_index_lacks_are_missed_and_named() {
    let workplace = speeches_of_many_kinds();
    workplace.write("queries", "rail\t铁路\n");
    workplace.write("qrels", "rail 0 a#p2 1\nrail 0 a#p9 1\nrail 0 c 1\nrail 0 a#p02 0\n");
    let report = evaluated(&workplace, &[]);
    assert_eq!(number(&report["measures"]["R@10"]), 1.0 / 3.0);
    assert_eq!(report["missing_documents"], 3);
    assert_warned(&report, "3 judged documents are not in the index");
    assert_warned(&report, "a#p02, a#p9, c");
}

#[test]
fn speeches_are_ranked_where_speeches_are_judged() {
    let workplace = speeches_of_many_kinds();
    workplace.write("queries", "rail\t铁路\n");
    workplace.write("qrels", "rail 0 b 1\n");
    let report = evaluated(&workplace, &["--by", "speech"]);
    assert_eq!(report["measures"]["RR@10"], 1.0);
    workplace.write("qrels", "rail 0 b 1\nrail 0 a#p2 1\n");
    let arguments = ["evaluate", "--queries", "queries", "--qrels", "qrels", "--by", "speech"];
    workplace
        .run(&arguments)
        .failed_with(&["the judged `a#p2` is a passage", "--by speech"]);
}
