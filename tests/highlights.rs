//! Promise 3: every highlight is a range of the text as printed and covers what matched, nothing else.
//!
//! Of strings the oracle says where they stand, so their highlights are checked range by range; of keywords only what
//! must hold of any highlight, and that it holds something of the query.

use std::collections::{BTreeMap, BTreeSet};

use chancery::analyzer::fold;
use chancery::engine::Engine;
use chancery::highlight::Highlight;
use chancery::search::{Hit, HitUnit, PassageHit, SearchRequest, StageDirections};
use chancery::text::{CharSpan, is_han};
use serde_json::json;
use unicode_segmentation::UnicodeSegmentation;

use crate::support::indexed::{TestIndex, files_in, sample};
use crate::support::oracle::{FoldedParagraph, Oracle};
use crate::support::random::Random;
use crate::support::shared::shared_data;
use crate::support::strings::{quoted, retyped};

/// Characters that most texts lack: emoji of one and of several code points, combining marks, right-to-left text with
/// vowel signs and marks of direction, characters outside of the basic plane, ligatures, kana and Thai.
const RARE: &[&str] = &[
    "🙂🙂🙂 👩‍👩‍👧 ok 👍🏽👍🏽 🇨🇳🇫🇷 end 🙂",
    "e\u{301}te\u{301} E\u{301}TE\u{301} ştefan s\u{327}tefan 각 각 x\u{302}\u{307}y",
    "السَّلامُ عليكم ورحمة الله، والـسـلام \u{200F}(ختام)\u{200F} שָׁלוֹם עולם, ﻼ",
    "𠀀𠀁𪚥字 㐂字 ﬁnance ㎞ № ½ ²Ⅷ ﷺ",
    "日本の首相はガギグゲゴｶﾞｷﾞと言いました。 สวัสดีครับ ประเทศไทย ភាសាខ្មែរ မြန်မာ",
    "don’t ‘quote’ rock’n’roll co-\noperation co\u{AD}operate U.S. 3.5% 1,000.5",
];

fn rare_speeches() -> TestIndex {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let line = |text: &&str| json!({"body": format!("{text} {text}\n\n{}", text.repeat(20))}).to_string();
    let lines: Vec<String> = RARE.iter().map(line).collect();
    let path = folder.path().join("rare.jsonl");
    std::fs::write(&path, lines.join("\n")).expect("a file can be written");
    TestIndex::of(&[path])
}

fn passages(engine: &Engine, request: &SearchRequest) -> Vec<PassageHit> {
    let results = engine.search(request).expect("the query can be read");
    let passages = results.hits.into_iter().flat_map(|hit| match hit {
        Hit::Passage(hit) => vec![hit],
        Hit::Speech(hit) => hit.passages,
    });
    passages.collect()
}

/// What must hold of the highlights and the snippet of any hit.
fn check_any(query: &str, hit: &PassageHit) {
    let length = hit.text.chars().count();
    let place = || format!("{query} in {}: {:?}", hit.passage, hit.highlights);
    let edges: BTreeSet<usize> = hit
        .text
        .graphemes(true)
        .scan(0, |chars, cluster| {
            *chars += cluster.chars().count();
            Some(*chars)
        })
        .chain([0])
        .collect();
    let mut end_of_last = 0;
    for span in &hit.highlights {
        assert!(
            span.start < span.end && span.end <= length,
            "outside of the text: {}",
            place()
        );
        assert!(span.start >= end_of_last, "out of order: {}", place());
        assert!(
            edges.contains(&span.start) && edges.contains(&span.end),
            "inside of a visible character: {}",
            place()
        );
        end_of_last = span.end;
    }
    let snippet = hit.snippet;
    assert!(
        snippet.start < snippet.end && snippet.end <= length,
        "{snippet:?} of {}",
        place()
    );
    let is_shown = |span: &Highlight| span.start < snippet.end && snippet.start < span.end;
    let shows_any = hit.highlights.is_empty() || hit.highlights.iter().any(is_shown);
    assert!(shows_any, "the snippet {snippet:?} shows none of {}", place());
}

/// The highlights of a query, against the occurrences of strings that the oracle knows.
fn check_strings(engine: &Engine, oracle: &Oracle, query: &str, marked: &[&str]) {
    let mut expected: BTreeMap<String, Vec<CharSpan>> = BTreeMap::new();
    for string in marked {
        for (passage, spans) in oracle.spans(string) {
            expected.entry(passage).or_default().extend(spans);
        }
    }
    let mut request = SearchRequest::new(query);
    request.limit = 40;
    for hit in passages(engine, &request) {
        check_any(query, &hit);
        let spans = expected.get(&hit.passage).cloned().unwrap_or_default();
        let found: Vec<CharSpan> = hit
            .highlights
            .iter()
            .map(|found| CharSpan {
                start: found.start,
                end: found.end,
            })
            .collect();
        assert_eq!(found, joined(spans), "{query} in {}", hit.text);
    }
}

/// Ranges in order, overlapping ones made one.
fn joined(mut spans: Vec<CharSpan>) -> Vec<CharSpan> {
    spans.sort_unstable();
    let mut joined: Vec<CharSpan> = Vec::new();
    for span in spans {
        match joined.last_mut().filter(|last| span.start < last.end) {
            Some(last) => last.end = last.end.max(span.end),
            None => joined.push(span),
        }
    }
    joined
}

fn random_string<'a>(oracle: &'a Oracle, longest: usize, random: &mut Random) -> &'a str {
    loop {
        let paragraph: &FoldedParagraph = random.pick(&oracle.paragraphs);
        let Some(last_unit) = paragraph.len().checked_sub(1) else {
            continue;
        };
        let first = random.between(0, last_unit);
        let string = paragraph.slice(first, (first + random.below(longest)).min(last_unit));
        if !fold(string).is_punctuation_only() {
            return string;
        }
    }
}

fn check_random_queries(engine: &Engine, oracle: &Oracle, count: usize, seed: u64) {
    let mut random = Random::new(seed);
    for _ in 0..count {
        let (one, other) = (
            random_string(oracle, 8, &mut random),
            random_string(oracle, 3, &mut random),
        );
        let typed = retyped(one, &mut random);
        let (first, second) = (quoted(&typed), quoted(other));
        check_strings(engine, oracle, &first, &[&typed]);
        check_strings(engine, oracle, &format!("{first} OR {second}"), &[&typed, other]);
        check_strings(engine, oracle, &format!("+{first} -{second}"), &[&typed]);
        check_keywords(engine, &keywords(one), &mut random);
        check_keywords(engine, &keywords(&format!("{one} {other}")), &mut random);
        check_keywords(engine, &format!("{} {second}", keywords(one)), &mut random);
    }
}

/// A string without what means something to the query language.
fn keywords(string: &str) -> String {
    let plain = |character: char| if character.is_alphanumeric() { character } else { ' ' };
    string.chars().map(plain).collect::<String>() + " 合作"
}

fn check_keywords(engine: &Engine, query: &str, random: &mut Random) {
    let units: BTreeSet<String> = fold(query).texts().map(str::to_owned).collect();
    let mut request = SearchRequest::new(query);
    request.limit = 20;
    if random.happens(30) {
        request.by = HitUnit::Speech;
    }
    for hit in passages(engine, &request) {
        check_any(query, &hit);
        assert!(
            !hit.highlights.is_empty(),
            "{query} marks nothing in {}: {}",
            hit.passage,
            hit.text
        );
        let characters: Vec<char> = hit.text.chars().collect();
        for span in &hit.highlights {
            let marked: String = characters[span.start..span.end].iter().collect();
            let holds_a_unit = fold(&marked).texts().any(|unit| units.contains(unit));
            let is_inflected = !marked.chars().any(is_han);
            assert!(
                holds_a_unit || is_inflected,
                "{query} marks {marked:?} in {}",
                hit.passage
            );
        }
    }
}

#[test]
fn highlights_of_the_sample_cover_what_matched_and_nothing_else() {
    let index = TestIndex::of(&[sample()]);
    let engine = index.engine();
    check_random_queries(&engine, &Oracle::of(&engine), 150, 21);
}

#[test]
fn highlights_never_cut_a_visible_character() {
    let index = rare_speeches();
    let engine = index.engine();
    check_random_queries(&engine, &Oracle::of(&engine), 200, 22);
}

#[test]
fn highlights_of_real_speeches_cover_what_matched_and_nothing_else() {
    let Some(data) = shared_data() else {
        return;
    };
    let index = TestIndex::of(&files_in(&data.join("speeches/xi-2013-2016")));
    index.ingest(&files_in(&data.join("speeches/un-ga79")));
    let engine = index.engine();
    check_random_queries(&engine, &Oracle::of(&engine), 60, 23);
}

#[test]
fn the_parts_of_a_string_are_not_marked_where_it_does_not_stand() {
    let index = TestIndex::of(&[sample()]);
    let engine = index.engine();
    let hits = passages(&engine, &SearchRequest::new("\"互利共赢\" OR \"互惠共赢\""));
    assert!(!hits.is_empty());
    for hit in hits {
        let characters: Vec<char> = hit.text.chars().collect();
        for span in &hit.highlights {
            let marked: String = characters[span.start..span.end].iter().collect();
            assert!(
                ["互利共赢", "互惠共赢", "互利共贏", "互惠共贏"].contains(&marked.as_str()),
                "{marked}"
            );
        }
    }
}

#[test]
fn stage_directions_are_marked_only_where_they_are_searched() {
    let index = TestIndex::of(&[sample()]);
    let engine = index.engine();
    let mut request = SearchRequest::new("\"掌声\"");
    let spoken = passages(&engine, &request);
    request.stage_directions = StageDirections::Included;
    let all = passages(&engine, &request);
    assert!(all.len() > spoken.len());
    for hit in &all {
        check_any(&request.query, hit);
        assert!(!hit.highlights.is_empty(), "{}", hit.text);
    }
}
