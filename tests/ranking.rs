//! The order of passages: what a reader expects to stand first, and that it hangs on the corpus alone.

use chancery::engine::{Engine, SpeechView, optimize};
use chancery::search::{Hit, HitUnit, PassageHit, RankingProfile, SearchRequest, SearchResults};
use serde_json::json;

use crate::explain_scores::scores;
use crate::support::command::Workplace;
use crate::support::indexed::{TestIndex, all_speeches, sample, unhindered};

/// An index of passages, each a speech of its own.
fn index_of(passages: &[(&str, &str)]) -> (TestIndex, Engine) {
    let index = TestIndex::new();
    let folder = index.path().with_file_name("sources");
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    let line = |(id, text): &(&str, &str)| format!("{}\n", json!({"id": id, "body": text}));
    let lines: String = passages.iter().map(line).collect();
    std::fs::write(folder.join("passages.jsonl"), lines).expect("a file can be written");
    index.ingest(&[folder]);
    let engine = index.engine();
    (index, engine)
}

fn search(engine: &Engine, request: &SearchRequest) -> SearchResults {
    engine.search(request).expect("the query can be read")
}

fn passages(results: &SearchResults) -> Vec<&PassageHit> {
    let mut passages = Vec::with_capacity(results.hits.len());
    for hit in &results.hits {
        match hit {
            Hit::Passage(hit) => passages.push(hit),
            Hit::Speech(hit) => panic!("{} is a speech", hit.speech),
        }
    }
    passages
}

/// The ids of the speeches that a query finds, in order.
fn order(engine: &Engine, query: &str) -> Vec<String> {
    let results = search(engine, &SearchRequest::new(query));
    passages(&results).iter().map(|hit| hit.speech.clone()).collect()
}

fn with_weights(query: &str, weights: &[&str]) -> SearchRequest {
    SearchRequest {
        profile: RankingProfile::default()
            .with(weights.iter().copied())
            .expect("these are weights"),
        limit: usize::MAX,
        partial: true,
        ..SearchRequest::new(query)
    }
}

#[test]
fn keywords_near_each_other_come_before_the_same_keywords_far_apart() {
    let filler = "朋友们从远方来到这里，今天的会场坐满了人，山那边的灯已经亮了";
    let far = format!("铁路已经通车。{filler}。水源也要守护。");
    let near = format!("铁路已经通车，水源也要守护。{filler}。");
    let (_index, engine) = index_of(&[("a-far", &far), ("b-near", &near), ("c", filler)]);
    assert_eq!(order(&engine, "铁路 水源"), ["b-near", "a-far"]);
    let filler = "and our friends have come from far away to sit with us in this hall tonight";
    let far = format!("The railway is open, {filler}, but the water is not safe.");
    let near = format!("The railways and waters are not safe, {filler}, but it is open.");
    let (_index, engine) = index_of(&[("a-far", &far), ("b-near", &near), ("c", filler)]);
    assert_eq!(order(&engine, "railway water"), ["b-near", "a-far"]);
}

#[test]
fn the_wording_of_the_query_comes_before_its_words_in_another_order() {
    let (_index, engine) = index_of(&[
        ("a", "We hold that right is not over might, and might is over."),
        ("b", "We hold that right stands over might, not might over right."),
    ]);
    assert_eq!(order(&engine, "right over might, not might over right")[0], "b");
}

#[test]
fn a_question_is_answered_by_what_it_asks_about_and_not_by_its_question_words() {
    let (_index, engine) = index_of(&[
        ("a", "有哪些问题？为什么会这样？如何是好？哪些人怎么说，为什么这么说？"),
        ("b", "疫情期间，我们向非洲提供了口罩、疫苗和医疗队。"),
        ("c", "我们向岛国提供了援助。"),
    ]);
    assert_eq!(order(&engine, "疫情期间为什么向非洲提供了哪些援助")[0], "b");
    let (_index, engine) = index_of(&[
        (
            "a",
            "Why did they say what they say, and what did which of them say about it?",
        ),
        ("b", "The genocide in Rwanda shook the African countries."),
        ("c", "The countries of the region met."),
    ]);
    assert_eq!(
        order(&engine, "What did African countries say about the genocide in Rwanda?")[0],
        "b"
    );
}

/// Queries in several languages and forms, among them a whole sentence.
const QUERIES: &[&str] = &[
    "澜海 合作",
    "\"互利共赢\" AND 海",
    "peace cooperation 海",
    "铁路 NEAR/20 海",
    "各国为什么要一起守护这片海",
    "sécurité eau",
];

/// The sample's speeches as records, in as many commits as asked for.
fn sample_in(commits: usize) -> (TestIndex, Engine) {
    let speeches = all_speeches(&TestIndex::of(&[sample()]).engine());
    let index = TestIndex::new();
    for (number, speeches) in speeches.chunks(speeches.len().div_ceil(commits)).enumerate() {
        let folder = index.path().with_file_name(format!("part{number}"));
        std::fs::create_dir_all(&folder).expect("a folder can be made");
        let line = |speech: &SpeechView| {
            let language = speech.metadata.language().map(|language| language.primary().to_owned());
            format!(
                "{}\n",
                json!({"id": speech.id, "body": speech.body, "language": language})
            )
        };
        let lines: String = speeches.iter().map(line).collect();
        std::fs::write(folder.join("speeches.jsonl"), lines).expect("a file can be written");
        index.ingest(&[folder]);
    }
    let engine = index.engine();
    (index, engine)
}

#[test]
fn the_order_and_the_scores_are_the_same_however_the_index_is_divided() {
    let (_several, divided) = sample_in(3);
    let (one, _) = sample_in(3);
    unhindered(|| optimize(&one.path()));
    let whole = one.engine();
    let segments = |engine: &Engine| engine.status().expect("the index is sound").segments;
    assert_eq!(segments(&whole), 1);
    assert!(segments(&divided) > 1);
    for query in QUERIES {
        // With a depth of few, equal scores at its end must be told apart alike.
        for depth in ["depth=100", "depth=3"] {
            for by in [HitUnit::Passage, HitUnit::Speech] {
                let request = SearchRequest {
                    by,
                    ..with_weights(query, &[depth])
                };
                let hits = search(&whole, &request).hits;
                assert!(!hits.is_empty(), "{query}");
                assert_eq!(search(&divided, &request).hits, hits, "{query}, {depth}, {by:?}");
            }
        }
    }
}

#[test]
fn passages_that_are_read_stay_before_the_others_and_nothing_else_changes() {
    let engine = TestIndex::of(&[sample()]).engine();
    for query in QUERIES {
        let unread = search(&engine, &with_weights(query, &["depth=0"]));
        for depth in [1, 3, 10, 10_000] {
            let read = search(&engine, &with_weights(query, &[&format!("depth={depth}")]));
            assert_eq!((read.total, read.relaxed), (unread.total, unread.relaxed), "{query}");
            let (read, unread) = (passages(&read), passages(&unread));
            assert!(read.windows(2).all(|pair| pair[0].score >= pair[1].score), "{query}");
            let mut addresses = [&read, &unread].map(|hits| {
                let matched = hits.iter().filter(|hit| !hit.partial);
                matched.map(|hit| hit.passage.clone()).collect::<Vec<String>>()
            });
            // Those that are read are the best so many, and at most as many again that score as the last of them.
            let read_count = addresses[0].len().min(2 * depth);
            let mut best = addresses[1].iter().take(depth);
            assert!(
                best.all(|address| addresses[0][..read_count].contains(address)),
                "{query}"
            );
            addresses.iter_mut().for_each(|list| list.sort_unstable());
            assert_eq!(addresses[0], addresses[1], "{query}");
        }
    }
}

#[test]
fn pages_are_one_order_whatever_the_depth() {
    let engine = TestIndex::of(&[sample()]).engine();
    for query in QUERIES {
        for depth in ["depth=2", "depth=5", "depth=100"] {
            let whole = search(&engine, &with_weights(query, &[depth])).hits;
            let (mut by_cursor, mut by_offset, mut after) = (Vec::new(), Vec::new(), None);
            while by_offset.len() < whole.len() {
                let page = SearchRequest {
                    limit: 3,
                    ..with_weights(query, &[depth])
                };
                let results = search(
                    &engine,
                    &SearchRequest {
                        after: after.take(),
                        ..page.clone()
                    },
                );
                by_cursor.extend(results.hits);
                after = results.next;
                let offset = by_offset.len();
                by_offset.extend(search(&engine, &SearchRequest { offset, ..page }).hits);
            }
            assert!(after.is_none(), "{query}");
            assert!(by_cursor == whole && by_offset == whole, "{query}, {depth}");
        }
    }
}

/// A formulation that one passage has, another has in parts, and a third in another order.
const FORMULATIONS: &[(&str, &str)] = &[
    ("a", "工作队逢山要开道，架桥也遇水。"),
    ("b", "我们要逢山开道、遇水架桥，走到海的那一边。"),
    ("c", "架桥的工人来了。"),
    ("d", "今天的会场坐满了人。"),
];

fn formulations() -> Workplace {
    let line = |(id, text): &(&str, &str)| format!("{}\n", json!({"id": id, "body": text}));
    let lines: String = FORMULATIONS.iter().map(line).collect();
    Workplace::with_speeches(&[("passages.jsonl", &lines)])
}

#[test]
fn few_matches_of_several_words_are_followed_by_passages_with_a_part_of_them() {
    let (_index, engine) = index_of(FORMULATIONS);
    let request = with_weights("逢山开道 遇水架桥的工人", &["depth=100"]);
    let results = search(
        &engine,
        &SearchRequest {
            explain: true,
            ..request
        },
    );
    let hits = passages(&results);
    let first_partial = hits.iter().position(|hit| hit.partial).expect("the page is filled");
    assert_eq!(results.total.passages, first_partial as u64, "no total counts them");
    assert!(
        hits[first_partial..]
            .iter()
            .all(|hit| hit.partial && !hit.highlights.is_empty())
    );
    assert!(hits.iter().all(|hit| hit.speech != "d"), "it has no word of the query");
    assert!(hits[first_partial - 1].score > hits[first_partial].score);
    for (score, parts) in scores(&results) {
        let sum: f64 = parts.iter().map(|part| part.score).sum();
        assert!((sum - score).abs() <= score * 2e-5, "{sum} is not {score}: {parts:?}");
    }
}

#[test]
fn strings_names_and_operators_find_what_matches_and_nothing_besides() {
    let (_index, engine) = index_of(FORMULATIONS);
    for query in [
        "\"遇水架桥\"",
        "架桥",
        "遇水 AND 架桥",
        "+逢山 +开道",
        "\"逢山\" 架桥 遇水",
    ] {
        let results = search(&engine, &with_weights(query, &[]));
        assert!(passages(&results).iter().all(|hit| !hit.partial), "{query}");
        assert_eq!(results.hits.len() as u64, results.total.passages, "{query}");
    }
}

#[test]
fn the_program_says_which_hits_are_partial_and_leaves_them_out_of_tables() {
    let workplace = formulations();
    let query = "逢山开道 遇水架桥的工人";
    let matches = workplace.json(&["search", query]);
    let answer = workplace.json(&["search", query, "--partial"]);
    assert_eq!(matches["total"], answer["total"]);
    assert_eq!(
        matches["hits"].as_array().map(Vec::len),
        matches["total"]["passages"].as_u64().map(|n| n as usize)
    );
    let hits = answer["hits"].as_array().expect("there are hits");
    let partial = hits.iter().filter(|hit| hit["partial"] == true).count();
    assert!(partial > 0 && hits[0].get("partial").is_none(), "{answer}");
    let text = workplace.run(&["search", query, "--partial"]).ended(0).stdout;
    assert_eq!(text.matches("these do not match").count(), 1, "{text}");
    let rows = workplace
        .run(&["search", query, "--partial", "--format", "csv"])
        .ended(0)
        .stdout;
    assert_eq!(rows.lines().count(), 1 + hits.len() - partial, "{rows}");
}

#[test]
fn a_weight_is_set_by_its_name_and_a_wrong_one_is_refused() {
    let workplace = formulations();
    let score = |weight: &str| {
        let answer = workplace.json(&["search", "架桥", "--weight", weight]);
        answer["hits"][0]["score"].as_f64().expect("a score")
    };
    assert!(score("units=2") > score("units=1") && score("units=1") > score("depth=0"));
    let wrong = workplace.run(&["search", "架桥", "--weight", "unit=2"]);
    wrong.failed_with(&["the ranking has no weight `unit`", "units, pairs, nearness"]);
}

#[test]
fn a_passage_has_its_score_in_whatever_order_the_hits_come() {
    let engine = TestIndex::of(&[sample()]).engine();
    for query in QUERIES {
        let by_score = search(&engine, &with_weights(query, &["depth=10000", "page=0"]));
        let by_date = SearchRequest {
            sort: chancery::search::Sort::Date,
            ..with_weights(query, &["depth=10000", "page=0"])
        };
        let by_date = search(&engine, &by_date);
        let scores = |results: &SearchResults| {
            let scored = passages(results).into_iter();
            scored
                .map(|hit| (hit.passage.clone(), hit.score))
                .collect::<std::collections::BTreeMap<_, _>>()
        };
        let (by_score, by_date) = (scores(&by_score), scores(&by_date));
        assert!(by_score.keys().eq(by_date.keys()), "{query}");
        for (passage, score) in &by_score {
            let other = by_date[passage];
            assert!(
                (score - other).abs() <= score * 1e-4,
                "{query}: {passage} has {score} and {other}"
            );
        }
    }
}
