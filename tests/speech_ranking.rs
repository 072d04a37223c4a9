//! Speeches as hits: ranked on the whole speech, shown by the passages that show what matched.

use chancery::engine::Engine;
use chancery::search::{FilterField, Hit, HitUnit, SearchRequest, SpeechHit};
use serde_json::json;

use crate::support::indexed::TestIndex;
use crate::support::random::Random;

/// Paragraphs without either keyword, of one length.
const FILLERS: &[&str] = &[
    "我们走过了漫长的路。",
    "朋友们从远方来到这里。",
    "今天的会场坐满了人。",
    "山那边的灯已经亮了。",
];
const RAILWAY: &str = "铁路把两岸连在一起。";
const WATER: &str = "水源要大家一起守护。";

/// A speech: its id and its paragraphs.
type Speech = (String, Vec<&'static str>);

/// An index of speeches, `per_commit` of them in each commit.
fn index_of(speeches: &[Speech], per_commit: usize) -> (TestIndex, Engine) {
    let index = TestIndex::new();
    for (number, speeches) in speeches.chunks(per_commit).enumerate() {
        let folder = index.path().with_file_name(format!("part{number}"));
        std::fs::create_dir_all(&folder).expect("a folder can be made");
        let line = |(id, paragraphs): &Speech| {
            let speech = json!({"id": id, "language": "zh", "body": paragraphs.join("\n\n")});
            format!("{speech}\n")
        };
        let lines: String = speeches.iter().map(line).collect();
        std::fs::write(folder.join("speeches.jsonl"), lines).expect("a file can be written");
        index.ingest(&[folder]);
    }
    let engine = index.engine();
    (index, engine)
}

fn hits(engine: &Engine, request: &SearchRequest) -> Vec<SpeechHit> {
    let results = engine.search(request).expect("the query can be read");
    let speech = |hit| match hit {
        Hit::Speech(hit) => hit,
        Hit::Passage(hit) => panic!("{} is a passage, not a speech", hit.passage),
    };
    results.hits.into_iter().map(speech).collect()
}

fn by_speech(query: &str) -> SearchRequest {
    SearchRequest {
        by: HitUnit::Speech,
        limit: usize::MAX,
        ..SearchRequest::new(query)
    }
}

fn rank(hits: &[SpeechHit], id: &str) -> usize {
    let place = hits.iter().position(|hit| hit.speech == id);
    place.unwrap_or_else(|| panic!("{id} is not found"))
}

#[test]
fn a_speech_with_both_keywords_apart_outranks_a_like_one_with_one_of_them() {
    let mut random = Random::new(3);
    for _ in 0..12 {
        let length = random.between(3, 30);
        let mut one: Vec<&str> = (0..length).map(|_| *random.pick(FILLERS)).collect();
        let mut places: Vec<usize> = (0..length).collect();
        random.shuffle(&mut places);
        one[places[0]] = RAILWAY;
        let mut both = one.clone();
        both[places[1]] = WATER;
        // As often as both together: one keyword twice is still less than both.
        let mut twice = one.clone();
        twice[places[1]] = RAILWAY;
        let mut speeches = vec![
            ("a-one".to_owned(), one.clone()),
            ("a-twice".to_owned(), twice),
            ("b-both".to_owned(), both),
        ];
        for number in 0..random.between(2, 8) {
            let mut other: Vec<&str> = (0..random.between(2, 30)).map(|_| *random.pick(FILLERS)).collect();
            other[0] = [RAILWAY, WATER, FILLERS[0]][number % 3];
            speeches.push((format!("other{number}"), other));
        }
        let (_index, engine) = index_of(&speeches, 100);
        let found = hits(&engine, &by_speech("铁路 水源"));
        let both = rank(&found, "b-both");
        assert!(both < rank(&found, "a-one"), "{length} paragraphs");
        assert!(both < rank(&found, "a-twice"), "{length} paragraphs");
    }
}

#[test]
fn a_speech_that_keeps_to_a_subject_outranks_one_that_names_it_once() {
    let named_once = [vec![RAILWAY], FILLERS.repeat(3)].concat();
    let kept_to = [vec![RAILWAY; 6], FILLERS.repeat(3)[..7].to_vec()].concat();
    let speeches = [("a".to_owned(), named_once), ("b".to_owned(), kept_to)];
    let (_index, engine) = index_of(&speeches, 100);
    let found = hits(&engine, &by_speech("\"铁路\""));
    assert_eq!(rank(&found, "b"), 0);
    assert_eq!(found[0].matching_passages, 6);
}

#[test]
fn the_passages_shown_hold_every_keyword_of_the_speech_and_stand_in_the_order_of_their_scores() {
    // The passages with both 铁路 and 公路 score best, yet 水源, which is common, must be shown, however low it scores.
    let rich = "铁路与公路，公路与铁路。";
    let poor = "说到水源，要说的话还有很多很多，而我们今天的时间很少很少，只好留到以后再说，也请各位朋友见谅。";
    let speeches = [
        ("a".to_owned(), vec![rich, rich, rich, rich, poor]),
        ("b".to_owned(), vec![WATER; 12]),
    ];
    let (_index, engine) = index_of(&speeches, 2);
    let found = hits(&engine, &by_speech("铁路 公路 水源"));
    let shown: Vec<u32> = found[0].passages.iter().map(|passage| passage.paragraph).collect();
    assert_eq!(shown, [1, 2, 5]);
    let scores: Vec<f64> = found[0].passages.iter().map(|passage| passage.score).collect();
    assert!(scores.windows(2).all(|pair| pair[0] >= pair[1]), "{scores:?}");
    let ranks: Vec<usize> = found[0].passages.iter().map(|passage| passage.rank).collect();
    assert_eq!(ranks, [1, 2, 3]);
    let without = hits(&engine, &by_speech("铁路 公路"));
    let shown: Vec<u32> = without[0].passages.iter().map(|passage| passage.paragraph).collect();
    assert_eq!(shown, [1, 2, 3], "where the best show everything, they are shown");
}

#[test]
fn only_the_passages_that_a_filter_lets_in_count() {
    // In the first the two speakers share the keywords, in the second one of them has both.
    let ending = ["记者：谢谢您。", "沈怀川：再见。"];
    let shared = ["记者：铁路何时通车？", "沈怀川：水源要大家一起守护。"];
    let own = ["记者：请您回答。", "沈怀川：铁路和水源都要大家守护。"];
    let speeches = [("shared", shared), ("own", own)];
    let speeches = speeches.map(|(id, turns)| (id.to_owned(), [turns, ending].concat()));
    let (_index, engine) = index_of(&speeches, 2);
    let found = |query: &str, speaker: Option<&str>| -> Vec<(String, u64)> {
        let mut request = by_speech(query);
        if let Some(name) = speaker {
            let field = FilterField::Known(chancery::corpus::Field::Speaker);
            request.filters.add(field, name.to_owned());
        }
        let hits = hits(&engine, &request).into_iter();
        hits.map(|hit| (hit.speech, hit.matching_passages)).collect()
    };
    let hit = |speech: &str, passages| (speech.to_owned(), passages);
    assert_eq!(found("铁路 AND 水源", None).len(), 2);
    assert_eq!(found("铁路 AND 水源", Some("沈怀川")), [hit("own", 1)]);
    assert_eq!(found("铁路 水源", Some("沈怀川")), [hit("own", 1), hit("shared", 1)]);
    assert_eq!(found("铁路 水源", Some("记者")), [hit("shared", 1)]);
}

#[test]
fn one_order_of_speeches_whatever_the_segments() {
    let speech = |number: usize| {
        let paragraphs = (0..number % 5 + 2).map(|place| match (number + place) % 6 {
            0 => RAILWAY,
            1 => WATER,
            rest => FILLERS[rest % FILLERS.len()],
        });
        (format!("s{number:02}"), paragraphs.collect::<Vec<_>>())
    };
    let speeches: Vec<_> = (0..30).map(speech).collect();
    let (_whole, at_once) = index_of(&speeches, 30);
    let (_parts, in_parts) = index_of(&speeches, 10);
    assert!(in_parts.status().expect("the index is sound").segments > 1);
    for query in ["铁路 水源", "\"铁路\"", "大家 朋友 铁路"] {
        let order = |engine: &Engine| -> Vec<(String, f64)> {
            let found = hits(engine, &by_speech(query)).into_iter();
            found.map(|hit| (hit.speech, hit.score)).collect()
        };
        assert_eq!(order(&at_once), order(&in_parts), "{query}");
    }
}
