//! `--explain`: how a query was understood, and what each part of it matches by itself.

use std::sync::LazyLock;

use chancery::corpus::Field;
use chancery::engine::{Engine, remove};
use chancery::names::Names;
use chancery::query::parse;
use chancery::search::explanation::{Demand, ExplainedTerm, LeftOut, TermKind};
use chancery::search::{
    Expand, ExplainedPart, Explanation, FilterField, Filters, SearchRequest, SearchResults, Strictness,
};

use crate::explain_scores::scores;
use crate::output::check_snapshot;
use crate::support::command::{four_speeches, sample};
use crate::support::indexed::{TestIndex, sample as sample_folder, unhindered};
use crate::support::random::Random;
use crate::support::requests::random_request;
use crate::support::strings::quoted;

/// The sample corpus in several segments, some speeches deleted, in an index that no test changes.
pub(crate) static INDEX: LazyLock<TestIndex> = LazyLock::new(|| {
    let index = TestIndex::new();
    for folder in ["speeches", "summits", "press", "statements", "toasts", "un"] {
        index.ingest_collection(folder, &[sample_folder().join(folder)]);
    }
    let mut arabic = Filters::default();
    arabic.add(FilterField::Known(Field::Language), "ar".to_owned());
    let report = unhindered(|| remove(&index.path(), &[], &arabic));
    assert!(!report.removed.is_empty());
    index
});

pub(crate) fn explained(request: &SearchRequest) -> SearchRequest {
    SearchRequest {
        explain: true,
        ..request.clone()
    }
}

pub(crate) fn search(engine: &Engine, request: &SearchRequest) -> SearchResults {
    let results = engine.search(request);
    results.unwrap_or_else(|error| panic!("{}: {error}", request.query))
}

fn explanation_of(engine: &Engine, request: &SearchRequest) -> Explanation {
    let results = search(engine, &explained(request));
    results.explanation.expect("an explanation was asked for")
}

/// The parts of a tree, a part before those inside of it.
fn all_parts(tree: &ExplainedPart) -> Vec<&ExplainedPart> {
    let mut parts = vec![tree];
    tree.parts.iter().for_each(|part| parts.extend(all_parts(part)));
    parts
}

fn terms_of(part: &ExplainedPart, what: TermKind) -> Vec<&ExplainedTerm> {
    part.terms.iter().filter(|term| term.what == what).collect()
}

/// A part of a query as a query of its own in which keywords are read as in the whole: among operators, where the whole has
/// any.
fn alone(whole: &str, part: &str) -> String {
    match parse(whole).expect("it was read").is_plain() {
        true => part.to_owned(),
        false => format!("({part}) OR ({part})"),
    }
}

#[test]
fn a_part_matches_what_it_finds_when_it_is_searched_for_alone() {
    let engine = INDEX.engine();
    let mut random = Random::new(31);
    let mut counted = 0;
    for _ in 0..300 {
        let request = random_request(&engine, &mut random);
        let explanation = explanation_of(&engine, &request);
        for part in all_parts(&explanation.tree) {
            let mut own = request.clone();
            own.query = alone(&request.query, &part.text);
            own.limit = 0;
            if part.left_out.is_some() {
                assert_eq!((part.passages, part.speeches), (None, None), "{part:?}");
                continue;
            }
            let found = search(&engine, &own);
            let total = if found.relaxed { Default::default() } else { found.total };
            let expected = (Some(total.passages), Some(total.speeches));
            assert_eq!((part.passages, part.speeches), expected, "{part:?} of {request:?}");
            counted += usize::from(total.passages > 0);
        }
    }
    assert!(counted > 300, "{counted} parts match something");
}

#[test]
fn stop_words_and_punctuation_are_shown_as_left_out() {
    let engine = INDEX.engine();
    let check = |query: &str, expected: &[Option<LeftOut>]| {
        let tree = explanation_of(&engine, &SearchRequest::new(query)).tree;
        let left_out: Vec<Option<LeftOut>> = all_parts(&tree).iter().map(|part| part.left_out).collect();
        assert_eq!(left_out, expected, "{query}");
    };
    let stop_word = Some(LeftOut::StopWord);
    check("的 气候", &[None, stop_word, None]);
    check("气候 AND 的", &[None, None, stop_word]);
    check("气候 AND (the OR 的)", &[None, None, stop_word, stop_word, stop_word]);
    check("气候 AND ——", &[None, None, Some(LeftOut::Punctuation)]);
    // Near something they are looked for, and where there is nothing else.
    check("气候 NEAR/9 的", &[None, None, None]);
    check("的 the", &[None, None, None]);
}

#[test]
fn a_keyword_shows_its_string_its_inflections_and_the_words_that_match_together() {
    let engine = INDEX.engine();
    let tree = explanation_of(&engine, &SearchRequest::new("關鍵礦產 opened")).tree;
    let texts = |part: &ExplainedPart, what| -> Vec<String> {
        terms_of(part, what).iter().map(|term| term.text.clone()).collect()
    };
    let [minerals, opened] = &tree.parts[..] else {
        panic!("two keywords: {tree:?}")
    };
    assert_eq!(texts(minerals, TermKind::String), ["关 键 矿 产"]);
    assert_eq!(texts(minerals, TermKind::Word), ["关键", "矿产"]);
    assert!(texts(opened, TermKind::Inflection).contains(&"open".to_owned()));
    assert_eq!((minerals.start, minerals.end), (0, 4));
    assert_eq!((opened.start, opened.end), (5, 11));
    for term in minerals.terms.iter().chain(terms_of(opened, TermKind::String)) {
        let own = search(&engine, &SearchRequest::new(quoted(&term.text)));
        assert_eq!(term.passages, Some(own.total.passages), "{term:?}");
    }
    // Among operators a keyword is its string only.
    let tree = explanation_of(&engine, &SearchRequest::new("关键矿产 AND opened")).tree;
    assert_eq!(texts(&tree.parts[0], TermKind::Word), [""; 0]);
}

#[test]
fn something_left_open_shows_what_it_stands_for_most_frequent_first() {
    let engine = INDEX.engine();
    for query in ["coop*", "g?te*", "?海", "命?共同*", "coperation~1", "co-op*", "sea~1"] {
        for strictness in [Strictness::Folded, Strictness::AsPrinted] {
            let mut request = SearchRequest::new(query);
            request.strictness = strictness;
            let tree = explanation_of(&engine, &request).tree;
            let matched = terms_of(&tree, TermKind::Match);
            assert_eq!(tree.terms.len(), matched.len(), "{tree:?}");
            let is_in_order = matched.windows(2).all(|pair| pair[0].passages >= pair[1].passages);
            assert!(is_in_order && matched.len() <= 20, "{tree:?}");
            let count = tree.term_count.expect("it has terms") as usize;
            assert_eq!(matched.len(), count.min(20));
            if strictness == Strictness::AsPrinted {
                continue;
            }
            for term in &matched {
                let own = search(&engine, &SearchRequest::new(quoted(&term.text)));
                assert_eq!(term.passages, Some(own.total.passages), "{term:?}");
            }
            if count <= 20 && count > 0 {
                let all: Vec<String> = matched.iter().map(|term| quoted(&term.text)).collect();
                let all = search(&engine, &SearchRequest::new(all.join(" OR ")));
                assert_eq!(tree.passages, Some(all.total.passages), "{query}");
            }
        }
    }
    let tree = explanation_of(&engine, &SearchRequest::new("c*")).tree;
    assert!(tree.term_count > Some(20) && tree.terms.len() == 20, "{tree:?}");
}

#[test]
fn a_field_shows_its_values_with_their_speeches() {
    let engine = INDEX.engine();
    for (query, field) in [
        ("language:zh", Field::Language),
        ("date:2017", Field::Date),
        ("country:安澜", Field::Country),
    ] {
        let tree = explanation_of(&engine, &SearchRequest::new(query)).tree;
        let values = terms_of(&tree, TermKind::Value);
        assert!(!values.is_empty(), "{query}");
        let mut speeches = 0;
        for value in values.iter().filter(|_| field != Field::Date) {
            let mut own = SearchRequest::new(query);
            own.filters.add(FilterField::Known(field), value.text.clone());
            let found = search(&engine, &own).total.speeches;
            assert!(value.speeches.is_some_and(|speeches| speeches <= found), "{value:?}");
        }
        values.iter().for_each(|value| speeches += value.speeches.unwrap_or(0));
        assert_eq!(Some(speeches), tree.speeches, "each speech has one value: {query}");
    }
    // In a transcript the speakers of turns count as well.
    let tree = explanation_of(&engine, &SearchRequest::new("speaker:沈怀川")).tree;
    let values = terms_of(&tree, TermKind::Value);
    assert!(values.iter().any(|value| value.text == "SHEN HUAICHUAN"), "{values:?}");
}

#[test]
fn a_field_beside_other_words_is_shown_as_a_restriction() {
    let explanation = explanation_of(&INDEX.engine(), &SearchRequest::new("铁路 -合作 speaker:沈怀川 OR 桥"));
    let clauses = all_parts(&explanation.tree)
        .into_iter()
        .find(|part| part.parts.len() == 3);
    let demands: Vec<Option<Demand>> = clauses.expect("clauses").parts.iter().map(|part| part.occur).collect();
    assert_eq!(demands, [Some(Demand::May), Some(Demand::MustNot), Some(Demand::Only)]);
}

#[test]
fn an_expression_shows_what_the_index_narrows_it_by_and_how_much_is_read() {
    let engine = INDEX.engine();
    let all = search(&engine, &SearchRequest::new("/./"));
    let check = |query: &str, narrowed_by: Option<&str>| -> u64 {
        let tree = explanation_of(&engine, &SearchRequest::new(query)).tree;
        assert_eq!(tree.narrowed_by.as_deref(), narrowed_by, "{query}");
        let read = tree.paragraphs_read.expect("paragraphs are read");
        assert!(read > 0 && tree.passages <= Some(all.total.passages), "{tree:?}");
        read
    };
    let everything = check("/[0-9]+/", None);
    let some = check("/第.{1,3}届/", Some("\"第\" and \"届\""));
    assert!(some < everything / 10, "{some} of {everything}");
}

/// An engine over the four speeches that knows names of its own.
fn with_synonyms(lines: &str) -> (TestIndex, Engine) {
    let index = TestIndex::of(&[sample_folder()]);
    let file = index.path().with_file_name("synonyms.tsv");
    std::fs::write(&file, lines).expect("a file can be written");
    let names = Names::with_files(None, Some(&file)).expect("the file can be read");
    let engine = index.engine().with_names(names.into());
    (index, engine)
}

#[test]
fn other_forms_are_shown_with_what_they_match() {
    let (_index, engine) = with_synonyms("绿矿\t关键矿产\t不会有的词\n两岸通车 = 共饮一海水\nlan sea\t澜海\n");
    let form = |engine: &Engine, request: &SearchRequest, text: &str| -> (Option<String>, Option<u64>) {
        let tree = explanation_of(engine, request).tree;
        let parts = all_parts(&tree);
        let mut terms = parts.iter().flat_map(|part| terms_of(part, TermKind::OtherForm));
        let term = terms.find(|term| term.text == text);
        term.map_or((None, None), |term| (term.expansion_of.clone(), term.passages))
    };
    let count = |query: &str| Some(search(&engine, &SearchRequest::new(query)).total.passages);
    let mut request = SearchRequest::new("绿矿 AND 海");
    let typed = |text: &str| Some(text.to_owned());
    assert_eq!(
        form(&engine, &request, "关键矿产"),
        (typed("绿矿"), count("\"关键矿产\""))
    );
    assert_eq!(form(&engine, &request, "不会有的词"), (typed("绿矿"), Some(0)));
    // Keywords side by side that are a name together.
    request.query = "lan sea 气候".to_owned();
    assert_eq!(form(&engine, &request, "澜海"), (typed("lan sea"), count("\"澜海\"")));
    // Strings have other forms only where that is asked for, near something too.
    request.query = "\"两岸通车\" NEAR/30 书".to_owned();
    assert_eq!(form(&engine, &request, "共饮一海水"), (None, None));
    assert_eq!(search(&engine, &request).total.passages, 0);
    request.expand = Expand::Everything;
    assert_eq!(
        form(&engine, &request, "共饮一海水"),
        (typed("\"两岸通车\""), count("\"共饮一海水\""))
    );
    let typed_itself = count("\"共饮一海水\" NEAR/30 书");
    assert!(typed_itself > Some(0), "the sample has both near each other");
    assert_eq!(Some(search(&engine, &request).total.passages), typed_itself);
    // The score of a hit names the form and what was typed.
    request.query = "绿矿".to_owned();
    let results = search(&engine, &explained(&request));
    let of_form = scores(&results).into_iter().flat_map(|(_, parts)| parts);
    assert!(
        of_form
            .into_iter()
            .any(|part| part.part == typed("关键矿产") && part.expansion_of == typed("绿矿"))
    );
}

#[test]
fn the_program_explains_in_every_form_that_has_room_for_it() {
    let text = sample().run(&["search", "关键矿产 AND (开采 OR g?te*)", "--explain", "--limit", "1"]);
    check_snapshot("explain.txt", &text.ended(0).stdout);
    let workplace = four_speeches();
    let answer = workplace.json(&["search", "+铁路 的", "--explain"]);
    assert_eq!(answer["explain"]["tree"]["kind"], "clauses");
    assert_eq!(answer["explain"]["tree"]["parts"][0]["occur"], "must");
    assert_eq!(answer["explain"]["tree"]["parts"][0]["terms"][0]["what"], "string");
    assert_eq!(answer["explain"]["tree"]["parts"][1]["left_out"], "stop word");
    assert!(answer["hits"][0]["explain"][0]["share"].is_number());
    let line = workplace
        .run(&["search", "铁路", "--explain", "--format", "jsonl"])
        .ended(0)
        .json_lines();
    assert!(line[0]["explain"][0]["score"].is_number());
    let batch = workplace
        .run_with_input(&["search", "--queries", "-", "--explain"], "a\t铁路\n")
        .ended(0);
    assert_eq!(batch.json_lines()[0]["explain"]["tree"]["passages"], 1);
    for format in ["csv", "tsv"] {
        let rows = |options: &[&str]| {
            let arguments = [&["search", "铁路", "--format", format], options].concat();
            workplace.run(&arguments).ended(0).stdout
        };
        assert_eq!(rows(&["--explain"]), rows(&[]), "{format} has no room for it");
    }
}
