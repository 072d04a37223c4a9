//! Promise 1 as a property: a quoted string finds what a literal scan of the folded paragraphs finds, none missed, none
//! false. Thousands of strings are cut at random from the texts, typed in other ways too, and counted by the oracle.

use std::fs;
use std::path::{Path, PathBuf};

use chancery::analyzer::fold;
use chancery::engine::Engine;
use chancery::error::ErrorKind;
use chancery::search::{Hit, SearchRequest};
use serde_json::json;

use crate::support::indexed::{TestIndex, all_speeches, files_in, sample};
use crate::support::oracle::{Counts, FoldedParagraph, Oracle};
use crate::support::random::Random;
use crate::support::shared::shared_data;
use crate::support::strings::{quoted, retyped};

/// The longest string that is cut, in units.
const LONGEST_STRING: usize = 12;

/// Strings in more passages than this are checked by their totals, and the hits of the first page alone.
const PAGE: usize = 100;

/// What the search finds of a string, against what the oracle counts.
pub(crate) fn check(engine: &Engine, string: &str, expected: &Counts) {
    let mut request = SearchRequest::new(quoted(string));
    request.limit = PAGE;
    if fold(string).is_punctuation_only() {
        let error = engine.search(&request).expect_err("there is nothing to search for");
        assert_eq!(error.kind(), ErrorKind::Query, "{string:?}");
        return;
    }
    let results = engine.search(&request).expect("a quoted string is a query");
    let total = results.total;
    let found = (total.occurrences, total.passages, total.speeches);
    let passages = expected.by_passage.len() as u64;
    let counted = (Some(expected.occurrences()), passages, expected.speeches);
    assert_eq!(found, counted, "occurrences, passages, speeches of {string:?}");
    assert_eq!(results.hits.len(), expected.by_passage.len().min(PAGE), "{string:?}");
    for hit in &results.hits {
        let Hit::Passage(hit) = hit else {
            panic!("{string:?}: a hit is no passage");
        };
        assert!(
            expected.by_passage.contains_key(&hit.passage),
            "{string:?} is not in {}",
            hit.passage
        );
    }
}

/// Checks `count` random strings of the texts that the oracle has read.
pub(crate) fn check_random_strings(engine: &Engine, oracle: &Oracle, count: usize, seed: u64) {
    let mut random = Random::new(seed);
    let paragraphs: Vec<&FoldedParagraph> = oracle.paragraphs.iter().filter(|text| text.len() > 0).collect();
    for _ in 0..count {
        let paragraph = *random.pick(&paragraphs);
        let first = random.below(paragraph.len());
        check_place(engine, oracle, (paragraph, first), &mut random);
    }
}

/// Checks a string of random length that begins at a unit of a paragraph, as it stands there and typed in another way.
fn check_place(engine: &Engine, oracle: &Oracle, place: (&FoldedParagraph, usize), random: &mut Random) {
    let (paragraph, first) = place;
    let last = (first + random.below(LONGEST_STRING)).min(paragraph.len() - 1);
    let string = paragraph.slice(first, last);
    let expected = oracle.count_place(paragraph, first, last);
    check(engine, string, &expected);
    if random.happens(40) {
        check(engine, &retyped(string, random), &expected);
    }
    if random.happens(20) {
        let near_miss = disturbed(string, random);
        check(engine, &near_miss, &oracle.count(&near_miss));
    }
}

/// The string with one character left out, doubled, or exchanged with the next: mostly one that stands nowhere.
fn disturbed(string: &str, random: &mut Random) -> String {
    let mut characters: Vec<char> = string.chars().collect();
    let index = random.below(characters.len());
    match random.below(3) {
        0 => drop(characters.remove(index)),
        1 => characters.insert(index, characters[index]),
        _ => characters.swap(index, (index + 1) % string.chars().count()),
    }
    characters.into_iter().collect()
}

/// Checks strings that run over each cut of each divided paragraph; returns the number of cuts.
fn check_cuts(engine: &Engine, oracle: &Oracle, seed: u64) -> usize {
    let mut random = Random::new(seed);
    let mut cuts = 0;
    for paragraph in &oracle.paragraphs {
        for cut in paragraph.cuts() {
            let first = cut.saturating_sub(random.between(1, LONGEST_STRING - 1));
            let last = random.between(cut, cut + 4).min(paragraph.len() - 1);
            check(
                engine,
                paragraph.slice(first, last),
                &oracle.count_place(paragraph, first, last),
            );
            cuts += 1;
        }
    }
    cuts
}

#[test]
fn every_string_of_the_sample_is_found_as_often_as_it_stands_there() {
    let index = TestIndex::of(&[sample()]);
    let engine = index.engine();
    let oracle = Oracle::of(&engine);
    check_random_strings(&engine, &oracle, 3_000, 1);
    assert!(
        check_cuts(&engine, &oracle, 2) > 0,
        "a paragraph of the sample is divided"
    );
}

#[test]
fn every_string_of_long_reports_is_found_as_often_as_it_stands_there() {
    let Some(data) = shared_data() else {
        return;
    };
    let index = TestIndex::of(&[data.join("speeches/prc-work-reports.jsonl")]);
    let engine = index.engine();
    let oracle = Oracle::of(&engine);
    check_random_strings(&engine, &oracle, 3_000, 3);
    check_cuts(&engine, &oracle, 4);
}

#[test]
fn every_string_of_real_speeches_in_many_languages_is_found_as_often_as_it_stands_there() {
    let Some(data) = shared_data() else {
        return;
    };
    let index = TestIndex::of(&real_speeches(&data));
    let extracted = texts(files_in(&data.join("formats/pdf")));
    let report = index.ingest_collection("extracted", &extracted);
    assert_eq!(report.rejected, [], "everything is read");
    let engine = index.engine();
    let oracle = Oracle::of(&engine);
    check_random_strings(&engine, &oracle, 4_000, 5);
    check_cuts(&engine, &oracle, 6);
}

/// The seed, releases, statements in several languages, and some of each session of the general debate.
fn real_speeches(data: &Path) -> Vec<PathBuf> {
    let mut files = files_in(&data.join("seed"));
    for folder in ["speeches/xi-2013-2016", "speeches/un-ga79"] {
        files.extend(files_in(&data.join(folder)));
    }
    let debate = fs::read_dir(data.join("speeches/ungdc")).expect("the sessions are there");
    let mut sessions: Vec<PathBuf> = debate.map(|entry| entry.expect("it is readable").path()).collect();
    sessions.sort();
    for session in sessions.iter().filter(|path| path.is_dir()) {
        files.extend(files_in(session).into_iter().step_by(16));
    }
    texts(files)
}

fn texts(mut files: Vec<PathBuf>) -> Vec<PathBuf> {
    files.retain(|file| file.extension().is_some_and(|extension| extension == "txt"));
    files
}

#[test]
fn a_string_over_the_cut_of_a_long_paragraph_is_found_in_the_piece_where_it_starts() {
    let sample = TestIndex::of(&[sample()]);
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let mut lines = String::new();
    for speech in all_speeches(&sample.engine()) {
        let texts: Vec<&str> = speech.passages.iter().map(|passage| passage.text.as_str()).collect();
        let body = texts.join(" ").replace('\n', " ").repeat(2);
        lines.push_str(&json!({"id": speech.id, "body": body}).to_string());
        lines.push('\n');
    }
    let path = folder.path().join("long.jsonl");
    fs::write(&path, lines).expect("a file can be written");
    let index = TestIndex::of(&[path]);
    let engine = index.engine();
    let oracle = Oracle::of(&engine);
    let cuts: usize = (0..12).map(|seed| check_cuts(&engine, &oracle, seed)).sum();
    assert!(cuts > 1_000, "there are {cuts} cuts");
    check_random_strings(&engine, &oracle, 500, 7);
}

/// The number of times that a string is found in speeches of one paragraph each.
fn check_occurrences(bodies: &[&str], rows: &[(&str, u64)]) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("speeches.jsonl");
    let lines: Vec<String> = bodies.iter().map(|body| json!({"body": body}).to_string()).collect();
    fs::write(&path, lines.join("\n")).expect("a file can be written");
    let index = TestIndex::of(&[path]);
    let engine = index.engine();
    let oracle = Oracle::of(&engine);
    for (string, expected) in rows {
        let counts = oracle.count(string);
        assert_eq!(counts.occurrences(), *expected, "the oracle on {string:?}");
        check(&engine, string, &counts);
    }
}

#[test]
fn overlapping_occurrences_all_count() {
    check_occurrences(
        &["他笑道：哈哈哈，哈哈哈哈！", "да да да", "la la la la", "🙂🙂🙂a🙂🙂"],
        &[
            ("哈哈", 5),
            ("哈哈哈", 3),
            ("哈哈哈哈哈", 0),
            ("哈", 7),
            ("да да", 2),
            ("la la la", 2),
            ("a🙂", 1),
            ("🙂a🙂🙂", 1),
        ],
    );
}

#[test]
fn a_string_matches_whole_units_only() {
    check_occurrences(
        &[
            "The party of the arts: art, ART and a po-\nem. 3.5% of 1,000.",
            "援助15亿元，其中5亿元……第３．５％",
            "ещё еще Ещё; l’eau, L'EAU and eau",
            "e\u{301}te\u{301} été ete; السـلام السلام",
            "女士们（掌声）先生们 [applause] 命 运\u{3000}共同体",
            "欢迎⟦编者按：原文如此（见注）。⟧各位⟧来宾⟦",
        ],
        &[
            ("art", 2),
            ("poem", 1),
            ("po", 0),
            ("3.5%", 2),
            ("3", 0),
            ("1,000", 1),
            ("5亿", 1),
            ("ещё", 2),
            ("еще", 1),
            ("l'eau", 2),
            ("eau", 1),
            ("été", 2),
            ("ete", 1),
            ("السلام", 2),
            ("女士们先生们", 1),
            ("掌声", 0),
            ("applause", 0),
            ("命运共同体", 1),
            ("先生们命运", 1),
            ("欢迎各位", 1),
            ("各位⟧来宾⟦", 1),
            ("原文", 0),
            ("见注", 0),
        ],
    );
}

#[test]
fn a_string_of_marks_only_is_an_error() {
    check_occurrences(&["“一带一路”……（略）", "..."], &[]);
    let index = TestIndex::of(&[sample()]);
    for string in ["", " ", "，", "……", "“”", "——", "（）", "\\"] {
        check(&index.engine(), string, &Counts::default());
    }
}
