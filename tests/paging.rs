//! Pages by cursor: what they show is one order cut into pages, on one commit and over commits.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use chancery::engine::{Engine, remove};
use chancery::error::ErrorKind;
use chancery::search::{Cursor, FilterField, Filters, Hit, HitUnit, SearchRequest, SearchResults, Sort, Strictness};
use serde_json::{Value, json};
use walkdir::WalkDir;

use crate::support::command::{four_speeches, sample as sample_workplace};
use crate::support::indexed::{TestIndex, sample, unhindered};
use crate::support::random::Random;

const SORTS: [Sort; 3] = [Sort::Relevance, Sort::Date, Sort::DateDescending];
const UNITS: [HitUnit; 2] = [HitUnit::Passage, HitUnit::Speech];

/// Keywords in several languages, strings, an operator, a negation, and a word that nothing matches as such.
const QUERIES: &[&str] = &[
    "澜海 合作",
    "\"互利共赢\"",
    "peace cooperation 海",
    "铁路 AND 海",
    "-合作",
    "\"的\"",
    "sécurité eau",
];

/// The sample in many segments, with texts that score equal, speeches without a date, and a removed speech.
static SEGMENTED: LazyLock<(TestIndex, Engine)> = LazyLock::new(|| {
    let index = TestIndex::new();
    let mut files: Vec<_> = WalkDir::new(sample())
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("the sample is readable").into_path())
        .filter(|path| path.is_file() && !path.to_string_lossy().ends_with(".meta.json"))
        .collect();
    Random::new(5).shuffle(&mut files);
    for (number, files) in files.chunks(25).enumerate() {
        // Few enough commits that their segments are not merged yet.
        index.ingest_collection(&format!("part{number}"), files);
    }
    // The same text under several ids scores equal.
    for name in ["twins", "others"] {
        index.ingest_collection(name, &[sample().join("toasts"), sample().join("statements")]);
    }
    let listing = index.engine().list(&Filters::default(), Sort::Date, 0, 1);
    let oldest = listing.expect("the speeches can be listed").speeches[0].id.clone();
    unhindered(|| remove(&index.path(), std::slice::from_ref(&oldest), &Filters::default()));
    let engine = index.engine();
    let status = engine.status().expect("the index is sound");
    assert!(
        status.segments > 2 && status.undated_speeches > 0 && status.deleted_passages > 0,
        "{status:?}"
    );
    (index, engine)
});

fn request(query: &str, by: HitUnit, sort: Sort) -> SearchRequest {
    SearchRequest {
        by,
        sort,
        ..SearchRequest::new(query)
    }
}

fn page(engine: &Engine, request: &SearchRequest, limit: usize, after: Option<Cursor>) -> SearchResults {
    let request = SearchRequest {
        limit,
        after,
        ..request.clone()
    };
    engine.search(&request).expect("the query can be read")
}

/// All hits, gone through by cursor with pages of the sizes that `limit` gives.
fn paged(engine: &Engine, request: &SearchRequest, mut limit: impl FnMut() -> usize) -> Vec<Hit> {
    let (mut hits, mut after) = (Vec::new(), None);
    loop {
        let results = page(engine, request, limit(), after.take());
        assert_eq!(
            results.offset,
            hits.len(),
            "the hits before a page are those of the pages before it"
        );
        assert!(!results.corpus_changed, "nothing was ingested");
        hits.extend(results.hits);
        match results.next {
            Some(cursor) => after = Some(cursor),
            None => return hits,
        }
    }
}

#[test]
fn pages_by_cursor_are_one_order_cut_into_pages() {
    let engine = &SEGMENTED.1;
    let mut random = Random::new(17);
    for query in QUERIES {
        for (by, sort) in UNITS.into_iter().flat_map(|by| SORTS.map(|sort| (by, sort))) {
            let request = request(query, by, sort);
            let whole = page(engine, &request, usize::MAX, None);
            assert!(whole.next.is_none(), "the whole order has no next page");
            assert!(whole.hits.len() > 3, "{query} finds several hits");
            let smallest = whole.hits.len() / 12 + 1;
            let hits = paged(engine, &request, || random.between(smallest, smallest * 4));
            assert_eq!(hits, whole.hits, "{query} by {by:?}, {sort:?}");
        }
    }
}

#[test]
fn a_page_of_each_single_hit_loses_none_among_equal_scores() {
    let engine = &SEGMENTED.1;
    for by in UNITS {
        let request = request("\"朋友\"", by, Sort::Relevance);
        let whole = page(engine, &request, usize::MAX, None).hits;
        let score = |hit: &Hit| match hit {
            Hit::Passage(hit) => hit.score.to_bits(),
            Hit::Speech(hit) => hit.score.to_bits(),
        };
        let scores: BTreeSet<u64> = whole.iter().map(score).collect();
        assert!(scores.len() < whole.len(), "some hits score equal");
        assert_eq!(paged(engine, &request, || 1), whole);
    }
}

#[test]
fn a_cursor_goes_on_from_a_page_by_offset_with_other_limits_and_facets() {
    let engine = &SEGMENTED.1;
    let by_offset = SearchRequest {
        offset: 5,
        limit: 5,
        ..SearchRequest::new("澜海 合作")
    };
    let first = engine.search(&by_offset).expect("the query can be read");
    let onward = SearchRequest {
        after: first.next,
        limit: 7,
        facets: vec![FilterField::Year],
        ..SearchRequest::new("澜海 合作")
    };
    let onward = engine.search(&onward).expect("the query can be read");
    let whole = page(engine, &SearchRequest::new("澜海 合作"), 17, None);
    assert_eq!(onward.hits, whole.hits[10..]);
    assert_eq!((onward.offset, onward.total), (10, whole.total));
    assert!(!onward.facets.is_empty());
}

#[test]
fn the_last_page_and_a_page_of_no_hits_have_no_cursor() {
    let engine = &SEGMENTED.1;
    let request = SearchRequest::new("\"互利共赢\"");
    let count = page(engine, &request, usize::MAX, None).hits.len();
    assert!(page(engine, &request, count, None).next.is_none());
    assert!(page(engine, &request, count - 1, None).next.is_some());
    assert!(page(engine, &request, 0, None).next.is_none());
}

#[test]
fn a_cursor_is_held_to_the_request_that_it_came_from() {
    let engine = &SEGMENTED.1;
    let request = SearchRequest::new("澜海 合作");
    let cursor = page(engine, &request, 3, None).next;
    let check = |change: &dyn Fn(&mut SearchRequest)| {
        let mut other = request.clone();
        other.after = cursor.clone();
        change(&mut other);
        let error = engine.search(&other).expect_err("the cursor is of another request");
        assert_eq!(error.kind(), ErrorKind::Usage, "{error}");
        assert!(error.hint_text().is_some(), "{error}");
    };
    check(&|other| other.query.push('x'));
    check(&|other| other.sort = Sort::Date);
    check(&|other| other.by = HitUnit::Speech);
    check(&|other| other.strictness = Strictness::AsPrinted);
    check(&|other| other.filters.from = "2013".parse().ok());
    check(&|other| other.offset = 3);
}

/// Speeches as JSON Lines, dated one a month, with a body each.
fn lines(range: std::ops::Range<usize>, body: impl Fn(usize) -> String) -> String {
    let line = |number: usize| {
        let date = format!("{}-{:02}", 2000 + number / 12, number % 12 + 1);
        let mut speech = json!({"id": format!("s{number:03}"), "date": date, "language": "zh", "body": body(number)});
        if number % 7 == 3
            && let Some(fields) = speech.as_object_mut()
        {
            fields.remove("date");
        }
        format!("{speech}\n")
    };
    range.map(line).collect()
}

fn write(folder: &Path, name: &str, text: &str) {
    fs::create_dir_all(folder).expect("a folder can be made");
    fs::write(folder.join(name), text).expect("a file can be written");
}

/// The passages of hits, of the speeches that both commits hold unchanged.
fn unchanged(hits: &[Hit]) -> Vec<String> {
    let speech_number = |id: &str| id[1..].parse::<usize>().expect("ids are s and a number");
    let of_hit = |hit: &Hit| match hit {
        Hit::Passage(hit) => (hit.speech.clone(), hit.passage.clone()),
        Hit::Speech(hit) => (hit.speech.clone(), hit.speech.clone()),
    };
    let hits = hits.iter().map(of_hit);
    hits.filter(|(speech, _)| (20..60).contains(&speech_number(speech)))
        .map(|(_, passage)| passage)
        .collect()
}

#[test]
fn an_ingest_between_two_pages_loses_and_repeats_no_unchanged_hit() {
    for (by, sort) in UNITS
        .into_iter()
        .flat_map(|by| [Sort::Date, Sort::DateDescending].map(|sort| (by, sort)))
    {
        for limit in [1, 7, 33, 50] {
            let index = TestIndex::new();
            let folder = index.path().with_file_name("sources");
            let body = |number: usize| format!("合作第{number}次。\n\n无关的话。\n\n再谈合作。");
            write(&folder, "old.jsonl", &lines(0..60, body));
            index.ingest(std::slice::from_ref(&folder));
            let request = request("合作", by, sort);
            let before = unchanged(&page(&index.engine(), &request, usize::MAX, None).hits);
            let first = page(&index.engine(), &request, limit, None);
            // The first twenty change, among them some of the page already shown; forty come anew, between and behind.
            let changed = |number: usize| match number {
                20..60 => body(number),
                _ => format!("新的开头。\n\n合作与合作。第{number}次。"),
            };
            write(&folder, "old.jsonl", &lines(0..100, changed));
            let report = index.ingest(std::slice::from_ref(&folder));
            assert_eq!((report.updated, report.added), (20, 40));
            let second = page(&index.engine(), &request, usize::MAX, first.next);
            assert!(second.corpus_changed, "the answer says that the corpus changed");
            assert!(second.warnings.iter().any(|warning| warning.contains("changed")));
            let now = engine_total(&index, &request);
            assert_eq!(second.total.passages, now, "totals are of the current commit");
            let seen = [unchanged(&first.hits), unchanged(&second.hits)].concat();
            assert_eq!(seen, before, "by {by:?}, {sort:?}, {limit} a page");
        }
    }
}

fn engine_total(index: &TestIndex, request: &SearchRequest) -> u64 {
    page(&index.engine(), request, 0, None).total.passages
}

#[test]
fn the_answer_holds_its_next_page_in_json_and_beside_the_other_forms() {
    let workplace = sample_workplace();
    let first = workplace.json(&["search", "澜海 合作", "--limit", "2"]);
    let cursor = first["next"].as_str().expect("there are more hits");
    let second = workplace.json(&["search", "澜海 合作", "--limit", "3", "--after", cursor]);
    let ranks: Vec<&Value> = second["hits"]
        .as_array()
        .expect("hits")
        .iter()
        .map(|hit| &hit["rank"])
        .collect();
    assert_eq!(ranks, [3, 4, 5]);
    assert_eq!((&second["offset"], second.get("corpus_changed")), (&json!(2), None));
    for format in ["text", "jsonl", "csv", "tsv"] {
        let run = workplace
            .run(&["search", "澜海 合作", "--limit", "2", "--format", format])
            .ended(0);
        assert_eq!(run.stderr, format!("more: --after {cursor}\n"), "{format}");
    }
    let quiet = workplace.run(&["search", "澜海 合作", "--limit", "2", "-q"]).ended(0);
    assert_eq!(quiet.stderr, "");
    let text = workplace
        .run(&["search", "澜海 合作", "--limit", "3", "--after", cursor])
        .ended(0)
        .stdout;
    assert!(text.starts_with("3. ") && text.ends_with("; shown: 3 to 5\n"), "{text}");
    let batch = workplace.run_with_input(&["search", "--queries", "-", "--limit", "2"], "a\t澜海 合作\n");
    assert_eq!(batch.ended(0).json_lines()[0]["next"], first["next"]);
}

#[test]
fn a_wrong_cursor_is_a_mistake_of_usage_that_says_what_to_do() {
    let workplace = four_speeches();
    let query = "\"互利共赢\"";
    let cursor = workplace.json(&["search", query, "--limit", "1"])["next"].clone();
    let cursor = cursor.as_str().expect("there are more hits");
    let check = |arguments: &[&str], messages: &[&str]| {
        workplace.run(&[&["search"], arguments].concat()).failed_with(messages);
    };
    check(
        &[query, "--after", "gibberish"],
        &["`gibberish` is not a cursor", "hint: copy"],
    );
    check(
        &[query, "--after", &cursor[1..]],
        &["is not a cursor, or not a whole one", "hint: copy"],
    );
    check(
        &["合作", "--after", cursor],
        &["belongs to another search", "hint: repeat"],
    );
    check(
        &[query, "--speaker", "Irvan", "--after", cursor],
        &["belongs to another search"],
    );
    check(&[query, "--offset", "1", "--after", cursor], &["--offset", "--after"]);
}

#[test]
fn filters_are_part_of_what_a_cursor_belongs_to() {
    let engine = &SEGMENTED.1;
    let mut filters = Filters::default();
    filters.add(FilterField::Known(chancery::corpus::Field::Language), "zh".to_owned());
    filters.from = "2014".parse().ok();
    let request = SearchRequest {
        filters,
        sort: Sort::DateDescending,
        ..SearchRequest::new("海")
    };
    let whole = page(engine, &request, usize::MAX, None).hits;
    assert!(whole.len() > 10);
    assert_eq!(paged(engine, &request, || 4), whole);
}
