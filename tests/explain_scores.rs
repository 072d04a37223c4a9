//! `--explain`: what the score of a hit is made of, and that saying so changes nothing else.

use chancery::search::{Hit, HitUnit, ScorePart, SearchRequest, SearchResults, Sort};

use crate::explain::{INDEX, explained, search};
use crate::support::indexed::TestIndex;
use crate::support::random::Random;
use crate::support::requests::random_request;

/// The scores of the hits of an answer with what they are made of, those of shown passages of speeches included.
pub(crate) fn scores(results: &SearchResults) -> Vec<(f64, &[ScorePart])> {
    let mut scores = Vec::new();
    for hit in &results.hits {
        match hit {
            Hit::Passage(hit) => {
                assert!(hit.explanation.is_some(), "a hit is explained");
                scores.extend(hit.explanation.as_deref().map(|parts| (hit.score, parts)));
            }
            Hit::Speech(hit) => {
                assert!(hit.explanation.is_some(), "a hit is explained");
                scores.extend(hit.explanation.as_deref().map(|parts| (hit.score, parts)));
                for passage in &hit.passages {
                    scores.extend(passage.explanation.as_deref().map(|parts| (passage.score, parts)));
                }
            }
        }
    }
    scores
}

#[test]
fn the_parts_of_a_score_add_up_to_it_and_their_shares_to_one() {
    let engine = INDEX.engine();
    let mut random = Random::new(32);
    let (mut checked, mut kinds) = (0, std::collections::BTreeSet::new());
    for round in 0..400 {
        let mut request = random_request(&engine, &mut random);
        if round % 4 == 0 {
            let queries = [
                "关键 矿产 开采",
                "win-win cooperation",
                "澜海 合作^3",
                "Lan Sea gates",
                "互利 共赢 的",
            ];
            request.query = (*random.pick(&queries)).to_owned();
            request.sort = *random.pick(&[Sort::Relevance, Sort::Date]);
        }
        let results = search(&engine, &explained(&request));
        for (score, parts) in scores(&results) {
            let sum: f64 = parts.iter().map(|part| part.score).sum();
            assert!(
                (sum - score).abs() <= score * 2e-5,
                "{sum} is not {score}: {parts:?} of {request:?}"
            );
            let shares: f64 = parts.iter().map(|part| part.share).sum();
            let whole = if score > 0.0 { 1.0 } else { 0.0 };
            assert!((shares - whole).abs() < 2e-5, "{shares}: {parts:?} of {request:?}");
            let in_order = parts.windows(2).all(|pair| pair[0].score >= pair[1].score);
            assert!(in_order && parts.iter().all(|part| part.score >= 0.0), "{parts:?}");
            kinds.extend(parts.iter().map(|part| part.what.to_string()));
            checked += 1;
        }
    }
    assert!(checked > 500, "{checked} scores");
    let all = [
        "all keywords",
        "best passages",
        "field",
        "literal",
        "string",
        "title",
        "whole speech",
        "word",
    ];
    all.iter()
        .for_each(|kind| assert!(kinds.contains(*kind), "{kind} is in {kinds:?}"));
}

#[test]
fn what_a_heading_adds_is_a_part_of_its_score_and_of_that_of_its_speech() {
    let index = TestIndex::new();
    let folder = index.path().with_file_name("sources");
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    let long = "我们走过了漫长的路，还要一起走下去，走到海的那一边。";
    let body = format!("{long}\\n\\n一、铁路合作\\n\\n{long}\\n\\n二、公路通车\\n\\n{long}");
    let line = format!("{{\"id\": \"a\", \"language\": \"zh\", \"body\": \"{body}\"}}");
    std::fs::write(folder.join("speeches.jsonl"), line).expect("a file can be written");
    index.ingest(&[folder]);
    let engine = index.engine();
    for by in [HitUnit::Passage, HitUnit::Speech] {
        let mut request = SearchRequest::new("铁路");
        request.by = by;
        let results = search(&engine, &explained(&request));
        for (score, parts) in scores(&results) {
            let sum: f64 = parts.iter().map(|part| part.score).sum();
            assert!((sum - score).abs() <= score * 2e-5, "{sum} is not {score}: {parts:?}");
            let of_heading = parts.iter().filter(|part| part.what.to_string() == "heading");
            assert_eq!(of_heading.count(), 1, "{parts:?}");
        }
    }
}

#[test]
fn an_explanation_changes_nothing_else_and_is_absent_unless_asked_for() {
    let engine = INDEX.engine();
    let mut random = Random::new(33);
    for _ in 0..100 {
        let request = random_request(&engine, &mut random);
        let plain = search(&engine, &request);
        let mut explained = search(&engine, &explained(&request));
        let json = serde_json::to_string(&plain).expect("an answer is JSON");
        assert!(!json.contains("\"explain\""), "{json}");
        assert!(explained.explanation.take().is_some());
        for hit in &mut explained.hits {
            match hit {
                Hit::Passage(hit) => assert!(hit.explanation.take().is_some()),
                Hit::Speech(hit) => {
                    assert!(hit.explanation.take().is_some());
                    let passages = hit.passages.iter_mut();
                    passages.for_each(|passage| assert!(passage.explanation.take().is_some()));
                }
            }
        }
        assert_eq!(plain, explained, "{request:?}");
    }
}

#[test]
fn a_page_goes_on_with_or_without_an_explanation() {
    let engine = INDEX.engine();
    let mut request = SearchRequest::new("澜海 合作");
    request.limit = 3;
    let first = search(&engine, &request);
    request.after = first.next;
    let second = search(&engine, &explained(&request));
    assert!(matches!(&second.hits[0], Hit::Passage(hit) if hit.rank == 4 && hit.explanation.is_some()));
}
