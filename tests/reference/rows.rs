//! What each operator finds, row by row: a query, how often it stands in a paragraph, and what it marks there.

use std::fs;

use chancery::query::parse;
use chancery::search::{SearchRequest, StageDirections, Strictness};
use serde_json::json;

use super::comparison::Comparison;
use crate::support::indexed::TestIndex;
use crate::support::reference::{Texts, evaluate};

/// A query, the number of its occurrences, and what it marks, a line between one mark and the next.
type Row<'a> = (&'a str, u64, &'a str);

/// Checks rows against a speech of one paragraph.
fn check(text: &str, rows: &[Row<'_>]) {
    check_asked(text, &SearchRequest::new(""), rows);
}

fn check_asked(text: &str, request: &SearchRequest, rows: &[Row<'_>]) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("speeches.jsonl");
    let speech =
        json!({"language": "en", "body": text, "title": "合作共赢 for Nations", "date": "2015-03", "place": "Côte"});
    fs::write(&path, speech.to_string()).expect("a file can be written");
    let index = TestIndex::of(&[path]);
    let engine = index.engine();
    let texts = Texts::of(&engine);
    assert_eq!(texts.paragraphs.len(), 1, "{text} is one paragraph");
    let comparison = Comparison {
        engine: &engine,
        texts: &texts,
    };
    for (query, occurrences, marked) in rows {
        let tree = parse(query).unwrap_or_else(|error| panic!("{query}: {error}"));
        let expected = evaluate(&texts, &tree, request).unwrap_or_default();
        let characters: Vec<char> = texts.paragraphs[0].printed.chars().collect();
        let marks = expected.highlights.values().flatten();
        let marks: Vec<String> = marks
            .map(|span| characters[span.start..span.end].iter().collect())
            .collect();
        let found = (expected.occurrences.unwrap_or_default(), marks.join("|"));
        assert_eq!(found, (*occurrences, (*marked).to_owned()), "{query} in {text}");
        comparison.check(&tree, request, 0);
    }
}

fn strict() -> SearchRequest {
    SearchRequest {
        strictness: Strictness::AsPrinted,
        ..SearchRequest::new("")
    }
}

#[test]
fn strings_stand_wherever_their_units_do() {
    check(
        "他笑道：哈哈哈，哈哈哈哈！",
        &[
            ("\"哈哈\"", 5, "哈哈哈|哈哈哈哈"),
            ("\"哈，哈\"", 1, "哈，哈"),
            ("\"哈道\"", 0, ""),
        ],
    );
    check(
        "各位同事（掌声）先生们，讓我們合作！",
        &[
            ("\"同事先生\"", 1, "同事|先生"),
            ("\"让我们\"", 1, "讓我們"),
            ("\"掌声\"", 0, ""),
            ("我們", 0, "我們"),
        ],
    );
}

#[test]
fn keywords_are_inflected_where_they_are_one_word() {
    check(
        "Nations cooperate, a nation cooperates; the cooperation of the United Nations.",
        &[
            (
                "cooperating AND nation",
                0,
                "Nations|cooperate|nation|cooperates|cooperation|Nations",
            ),
            ("+united\\ nations -peace", 0, "United Nations"),
            ("NOT nations", 0, ""),
            ("the nations", 0, "Nations|nation|Nations"),
            ("the", 0, "the|the"),
        ],
    );
}

#[test]
fn a_question_mark_is_one_character_of_its_word_or_a_unit() {
    check(
        "Women, a woman, wom and won’t; 命运共同体、命与共同体、命，共同体 cooperat 3.5 315 co-operation",
        &[
            ("wom?n", 2, "Women|woman"),
            ("命?共同体", 2, "命运共同体|命与共同体"),
            ("命??同体", 2, "命运共同体|命与共同体"),
            ("?运", 1, "命运"),
            ("won?t", 1, "won’t"),
            ("3?5", 2, "3.5|315"),
            ("co-?peration", 1, "co-operation"),
            ("wo*", 4, "Women|woman|wom|won’t"),
            ("w?m*", 3, "Women|woman|wom"),
            ("命*", 3, "命|命|命"),
            ("命?*", 2, "命运|命与"),
            ("命，*", 1, "命，"),
            ("?omen", 1, "Women"),
            ("?共?*", 2, "运共同|与共同"),
        ],
    );
}

#[test]
fn what_is_left_open_belongs_to_the_word_that_it_touches() {
    check(
        "wom a, woman; e\u{301}te\u{301} \u{e9}t\u{e9}",
        &[
            ("wo?\\ ?*", 1, "wom a"),
            ("wom\\ *", 2, "wom|woman"),
            ("e\u{301}?é", 2, "e\u{301}te\u{301}|été"),
            ("\u{e9}*", 2, "e\u{301}te\u{301}|été"),
        ],
    );
}

#[test]
fn a_fuzzy_word_is_a_few_letters_off() {
    check(
        "cooperation coperation cooperatoin corporation 合作 Côte coté",
        &[
            ("cooperation~1", 3, "cooperation|coperation|cooperatoin"),
            ("cooperation~2", 4, "cooperation|coperation|cooperatoin|corporation"),
            ("cote~1", 2, "Côte|coté"),
        ],
    );
}

#[test]
fn strings_with_gaps_stand_in_order_in_minimal_windows() {
    check(
        "互利，共赢；互利互利合作共赢，共赢。互利的合作是为了共赢",
        &[
            ("\"互利 共赢\"~0", 1, "互利|共赢"),
            ("\"互利 共赢\"~2", 2, "互利|共赢|互利|共赢"),
            ("\"互利 合作 共赢\"~4", 2, "互利|合作|共赢|互利|合作|共赢"),
            ("\"共赢 互利\"~0", 2, "共赢|互利|共赢|互利"),
            ("\"互利 互利\"~0", 1, "互利|互利"),
        ],
    );
}

#[test]
fn near_takes_any_order_and_the_smallest_windows() {
    check(
        "铁路、公路和铁路合作。The railway of the nations, nation by nation.",
        &[
            ("铁路 NEAR/0 公路", 1, "铁路|公路"),
            ("公路 NEAR/1 铁路", 2, "铁路|公路|铁路"),
            ("合作 NEAR/0 铁路", 1, "铁路|合作"),
            ("铁路 NEAR/1 公路 NEAR/1 合作", 1, "公路|铁路|合作"),
            ("铁路 NEAR/0 公路 NEAR/0 合作", 0, ""),
            ("铁路 NEAR/1 公路 NEAR/1 铁路", 1, "铁路|公路|铁路"),
            ("(铁路 OR 公路) NEAR/1 合作", 1, "铁路|合作"),
            ("(铁路 NEAR/1 公路) NEAR/3 合作", 1, "公路|铁路|合作"),
            ("railway NEAR/2 nation", 1, "railway|nations"),
            ("nation NEAR/0 nation", 1, "nations|nation"),
            // A window may not take the same units for two operands.
            ("\"铁\" NEAR/0 \"铁路\"", 0, ""),
        ],
    );
}

#[test]
fn expressions_match_the_text_as_printed() {
    check(
        "第七届和第十八届\t大会（掌声）。The U.S. cooperation: COOPERATION",
        &[
            ("/第.{1,3}届/", 2, "第七届|第十八届"),
            ("/届.大会。/", 1, "届\t大会|。"),
            ("/掌声/", 0, ""),
            ("/coop\\w+/", 2, "cooperation|COOPERATION"),
            ("/^第/", 1, "第"),
            ("/U\\.S/", 1, "U.S"),
            ("/o{2}|P/", 4, "oo|p|OO|P"),
        ],
    );
    check(
        "coope（掌声）ration",
        &[("/cooperation/", 1, "coope|ration"), ("cooperation", 0, "")],
    );
}

#[test]
fn fields_hold_for_the_whole_speech_and_mark_nothing() {
    check(
        "Nothing of it stands here.",
        &[
            ("nothing AND title:合作", 0, "Nothing"),
            ("nothing AND title:nation", 0, ""),
            ("nothing AND title:nation*", 0, "Nothing"),
            ("nothing AND title:\"for nations\"", 0, "Nothing"),
            ("nothing AND place:COTE", 0, ""),
            ("nothing AND place:cote~1", 0, "Nothing"),
            ("nothing AND title:(合作 NEAR/2 for)", 0, "Nothing"),
            ("nothing AND title:/f.r/", 0, "Nothing"),
            ("nothing AND date:2015", 0, "Nothing"),
            ("nothing AND date:2015-03-01..", 0, "Nothing"),
            ("nothing AND date:..2015-03-30", 0, ""),
            ("nothing AND published:2015", 0, ""),
            ("nothing AND language:en", 0, "Nothing"),
            ("nothing AND language:e", 0, ""),
            ("nothing AND speaker:x", 0, ""),
            ("nothing -meta.symbol:A/79", 0, "Nothing"),
        ],
    );
}

#[test]
fn strict_queries_match_code_point_for_code_point() {
    check_asked(
        "國際合作 and 国际 合作, COOPERATION cooperation Cooperate",
        &strict(),
        &[
            ("\"国际合作\"", 0, ""),
            ("\"国际 合作\"", 1, "国际 合作"),
            ("cooperation", 0, "cooperation"),
            ("cooperat*", 1, "cooperation"),
            ("Cooperat*", 1, "Cooperate"),
            ("?ooperat*", 2, "cooperation|Cooperate"),
            ("cooperatoin~1", 1, "cooperation"),
            ("/COOP/", 1, "COOP"),
            ("国际 NEAR/0 合作", 1, "国际|合作"),
        ],
    );
    // The window as printed begins in another piece of the paragraph than the one that is folded.
    let long = format!("Alpha {} alpha beta.", "of one sea, ".repeat(150));
    check_asked(&long, &strict(), &[("Alpha NEAR/1000 beta", 1, "Alpha")]);
}

#[test]
fn stage_directions_are_sequences_of_their_own() {
    let request = SearchRequest {
        stage_directions: StageDirections::Included,
        ..SearchRequest::new("")
    };
    check_asked(
        "女士们（掌声）先生们（热烈掌声）⟦编者按：见（三）。⟧",
        &request,
        &[
            ("\"掌声\"", 2, "掌声|掌声"),
            ("\"编者按：见（三）\"", 1, "编者按：见（三）"),
            ("\"女士们先生们\"", 1, "女士们|先生们"),
            ("\"们掌声\"", 0, ""),
            ("/掌声）/", 2, "掌声）|掌声）"),
            ("/们./", 1, "们|先"),
            ("热烈 NEAR/3 先生", 0, ""),
        ],
    );
}
