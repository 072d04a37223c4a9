//! Where nothing is found, the answer says which part of the query stands nowhere, and what does find something.

use chancery::search::{Expand, FilterField, SearchRequest, SearchResults, StageDirections, Strictness};

use crate::support::indexed::{TestIndex, sample};

fn search(index: &TestIndex, request: &SearchRequest) -> SearchResults {
    index.engine().search(request).expect("the query can be read")
}

/// Every suggestion finds exactly what it says, when it is followed.
fn check_suggestions(index: &TestIndex, request: &SearchRequest) -> Vec<String> {
    let results = search(index, request);
    assert_eq!(results.total.passages, 0, "{} finds nothing", request.query);
    for suggestion in &results.advice.suggestions {
        let mut followed = request.clone();
        followed.query.clone_from(&suggestion.query);
        for left_out in &suggestion.without {
            match left_out.as_str() {
                "strict" => followed.strictness = Strictness::Folded,
                "from" => followed.filters.from = None,
                "to" => followed.filters.to = None,
                field => followed.filters.any_of.retain(|(other, _)| other.path() != field),
            }
        }
        for added in &suggestion.with {
            match added.as_str() {
                "expand" => followed.expand = Expand::Everything,
                "include-notes" => followed.stage_directions = StageDirections::Included,
                other => panic!("there is no option {other}"),
            }
        }
        let found = search(index, &followed).total.passages;
        assert_eq!(found, suggestion.passages, "{suggestion:?} of {}", request.query);
        assert!(found > 0, "{suggestion:?}");
    }
    results
        .advice
        .suggestions
        .iter()
        .map(|suggestion| suggestion.query.clone())
        .collect()
}

#[test]
fn a_misspelt_word_or_string_is_offered_as_the_corpus_spells_it() {
    let index = TestIndex::of(&[sample()]);
    let queries = |query: &str| check_suggestions(&index, &SearchRequest::new(query));
    assert!(queries("\"cooperatoin\"").contains(&"\"cooperation\"".to_owned()));
    assert!(queries("\"互利公赢\"").contains(&"\"互利共赢\"".to_owned()));
    assert!(queries("+合作 +\"互利共共赢\"").contains(&"+合作 +\"互利共赢\"".to_owned()));
}

#[test]
fn the_part_that_stands_nowhere_is_named() {
    let index = TestIndex::of(&[sample()]);
    let results = search(&index, &SearchRequest::new("合作 AND \"不存在的话语\""));
    assert_eq!(results.advice.found_nowhere, ["\"不存在的话语\""]);
    assert!(check_suggestions(&index, &SearchRequest::new("合作 AND \"不存在的话语\"")).contains(&"合作".to_owned()));
    let found = search(&index, &SearchRequest::new("合作"));
    assert!(found.advice.found_nowhere.is_empty() && found.advice.suggestions.is_empty());
}

#[test]
fn what_a_filter_or_an_option_keeps_out_is_counted() {
    let index = TestIndex::of(&[sample()]);
    let mut request = SearchRequest::new("\"合作\"");
    request.filters.add(
        FilterField::Known(chancery::corpus::Field::Speaker),
        "nobody".to_owned(),
    );
    request.filters.from = Some("2013".parse().expect("a date"));
    check_suggestions(&index, &request);
    assert_eq!(
        search(&index, &request).warnings,
        ["no speech has the value `nobody` in `speaker`"]
    );
    let reasons: Vec<String> = search(&index, &request)
        .advice
        .suggestions
        .into_iter()
        .map(|one| one.reason)
        .collect();
    assert_eq!(reasons, ["without the filter `speaker`", "without the filters"]);

    let mut printed = SearchRequest::new("\"合 作\"");
    printed.strictness = Strictness::AsPrinted;
    check_suggestions(&index, &printed);
    assert!(!search(&index, &printed).advice.suggestions.is_empty());
}

#[test]
fn of_strings_near_each_other_the_one_that_stands_nowhere_is_named() {
    let index = TestIndex::of(&[sample()]);
    let results = search(&index, &SearchRequest::new("合作 NEAR/5 不存在的话语"));
    assert_eq!(results.advice.found_nowhere, ["不存在的话语"]);
    let apart = SearchRequest::new("桥 NEAR/0 铁路");
    assert_eq!(search(&index, &apart).advice.found_nowhere, ["桥 NEAR/0 铁路"]);
    assert!(check_suggestions(&index, &apart).contains(&"桥 AND 铁路".to_owned()));
    let in_order = SearchRequest::new("合作 AND \"铁路 桥\"~0");
    let suggestions = check_suggestions(&index, &in_order);
    assert!(suggestions.contains(&"合作".to_owned()), "{suggestions:?}");
}

#[test]
fn what_was_likely_meant_by_marks_and_fields_is_offered() {
    let index = TestIndex::of(&[sample()]);
    let queries = |query: &str| check_suggestions(&index, &SearchRequest::new(query));
    assert!(queries("\"cooperat*\"").contains(&"cooperat*".to_owned()));
    assert!(queries("speaker:Shen Huaichuan").contains(&"speaker:\"Shen Huaichuan\"".to_owned()));
    assert!(queries("place:铁路").contains(&"铁路".to_owned()));
}

#[test]
fn every_part_that_stands_nowhere_is_named_once() {
    let index = TestIndex::of(&[sample()]);
    let words: Vec<String> = (0..300).map(|number| format!("zqx{number}")).collect();
    let results = search(&index, &SearchRequest::new(format!("合作 AND {}", words.join(" AND "))));
    assert_eq!(results.advice.found_nowhere.len(), 300);
    let twice = search(&index, &SearchRequest::new("zqx1 OR zqx1 OR zqx1"));
    assert_eq!(twice.advice.found_nowhere, ["zqx1"]);
}
