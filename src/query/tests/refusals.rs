//! What is refused: where the error points, what it says, and the way out.

use crate::error::Place;
use crate::query::parse;

/// Checks the text that an error points at, and parts of its message and of its hint.
fn check_error(query: &str, at: &str, message: &str, hint: &str) {
    let Err(error) = parse(query) else {
        panic!("{query} is read as {}", super::tree(query))
    };
    let Some(Place::Query(whole, span)) = error.place() else {
        panic!("{query}: no place in {error:?}")
    };
    assert_eq!(whole, query);
    assert_eq!(&query[span.range()], at, "{query}: {error}");
    assert!(error.message().contains(message), "{query}: {error}");
    let hinted = error.hint_text().unwrap_or_default();
    assert!(hinted.contains(hint), "{query}: {error}: {hinted}");
}

#[test]
fn what_is_opened_must_be_closed() {
    check_error("\"命运", "\"", "never closed", "close it with \"");
    check_error("“命运", "“", "never closed", "close it with ”");
    check_error("「a”", "「", "never closed", "close it with 」");
    check_error("\"a\"b\"", "\"", "never closed", "\\\"");
    check_error("\"a\\", "\"", "never closed", "close it");
    check_error("(甲 乙", "(", "never closed", "close it with )");
    check_error("甲 (", "(", "never closed", "\\(");
    check_error("甲）", "）", "closes nothing", "\\)");
    check_error("()", "()", "nothing between", "between them");
    check_error("/气候.*", "/", "never closed", "close it with /");
    check_error("／气候/", "／", "never closed", "close it with ／");
    check_error("甲\\", "\\", "backslash", "\\\\");
    check_error("  ", "  ", "empty", "keyword");
}

#[test]
fn an_operator_needs_its_parts() {
    check_error("甲 AND", "AND", "missing behind `AND`", "quote it");
    check_error("AND", "AND", "missing before `AND`", "quote it");
    check_error("OR 甲", "OR", "missing before `OR`", "keyword");
    check_error("(OR 甲)", "OR", "missing before `OR`", "keyword");
    check_error("甲 AND OR 乙", "AND", "missing behind `AND`", "keyword");
    check_error("甲 AND )", "AND", "missing behind `AND`", "keyword");
    check_error("NOT", "NOT", "missing behind `NOT`", "keyword");
    check_error("铁路 NEAR/5", "NEAR/5", "missing behind", "keyword");
    check_error("NEAR/5 铁路", "NEAR/5", "missing before", "keyword");
    check_error("+ 甲", "+", "before nothing", "directly behind it");
    check_error("甲 -", "-", "before nothing", "\\-");
    check_error("--甲", "--", "two signs", "one sign");
    check_error("+-甲", "+-", "two signs", "one sign");
    check_error("-+-+", "-+", "two signs", "one sign");
    check_error("(-)", "-", "missing behind `-`", "keyword");
    check_error("NOT -甲", "-", "cannot stand behind `NOT`", "write one of them");
    check_error("title:+甲", "+", "cannot stand behind `title:`", "before the field");
    check_error("甲 NEAR/5 -乙", "-", "cannot stand behind `NEAR/5`", "\\-");
}

#[test]
fn nearness_and_gaps_take_distances_and_places() {
    check_error("铁路 NEAR 合作", "NEAR", "distance", "NEAR/10");
    check_error("铁路 NEAR/x 合作", "NEAR/x", "distance", "\\NEAR");
    check_error("铁路 NEAR/+5 合作", "NEAR/+5", "distance", "NEAR/10");
    check_error("铁路 NEAR/1001 合作", "NEAR/1001", "1000", "NEAR/10");
    check_error("铁路 NEAR/5 (合作 发展)", "(合作 发展)", "cannot join", "OR");
    check_error("铁路 NEAR/5 /合.作/", "/合.作/", "cannot join", "into the expression");
    check_error("铁路 NEAR/5 title:合作", "title:合作", "cannot join", "AND");
    check_error("铁路 NEAR/5 合作^2", "合作^2", "cannot join", "parentheses");
    check_error("铁路 NEAR/5 。", "。", "no letter", "a word");
    check_error(
        "a NEAR/1 b NEAR/2 c NEAR/1 d NEAR/2 e NEAR/1 f NEAR/2 g",
        "NEAR/2",
        "at most 6",
        "AND",
    );
    check_error("\"互利共赢\"~5", "\"互利共赢\"~5", "parts", "space");
    check_error("\"a b c d e f g\"~5", "\"a b c d e f g\"~5", "has 7", "space");
    check_error("\"互利 共赢\"~x", "~", "distance", "~5");
    check_error("\"互利 共赢\"~5x", "~5", "directly behind", "space");
    check_error("\"互利 共赢\" ~5", "~5", "behind nothing", "directly behind");
    check_error("~2", "~2", "behind nothing", "\\~");
    check_error("\"\"", "\"\"", "nothing between", "a word");
    check_error("甲 “，。” 乙", "“，。”", "no letter", "a word");
}

#[test]
fn open_and_fuzzy_words_are_words() {
    check_error("cooperation~3", "~3", "1 or 2", "word~1");
    check_error("cooperation~", "~", "1 or 2", "word~1");
    check_error("cooperation~0.8", "~0.8", "1 or 2", "word~1");
    check_error("cooperation~1*", "cooperation~1*", "either", "wor*");
    check_error("coop?ration~1", "coop?ration~1", "either", "wor*");
    check_error("合作~1", "合作~1", "alphabetic", "命?共同体");
    check_error("co*tion", "*", "end of a word", "/…/");
    check_error("北京＊大学", "＊", "end of a word", "~5");
    check_error("a**", "*", "end of a word", "\\*");
    check_error("*", "*", "needs a letter", "before `*`");
    check_error("?*", "?*", "needs a letter", "\\*");
}

#[test]
fn fields_are_known_and_hold_something() {
    check_error("speeker:习近平", "speeker:", "no field `speeker`", "`speaker:`");
    check_error("author:习近平", "author:", "no field `author`", "meta.NAME");
    check_error("speaker: 习近平", "speaker:", "no value", "directly behind");
    check_error("title:", "title:", "no value", "\\:");
    check_error("title:“”", "“”", "nothing between", "a word");
    check_error("title:，", "，", "no letter", "a word");
    check_error("title:(speaker:李)", "(speaker:李)", "inside of another", "AND");
    check_error("title:speaker:李", "speaker:", "inside of another", "AND");
    check_error("title=绿色", "title=", "with a colon", "title:VALUE");
    check_error("date>=2013", "date>", "with a colon", "date:2013..");
    check_error("date:2013..x", "2013..x", "`x` is not a date", "date:2013..2017");
    check_error("published:2013-2017", "2013-2017", "not a date", "published:2013..2017");
    check_error("date:2017..2013", "2017..2013", "ends before", "date:2013");
    check_error("date:..", "..", "names no date", "date:2013");
    check_error("date:20?3", "20?3", "takes a date", "date:2013");
    check_error("date:2013..2017..", "2013..2017..", "not a date", "date:2013");
}

#[test]
fn regular_expressions_are_read_and_match_something() {
    check_error("/气候(/", "(", "unclosed group", "\\ before a mark");
    check_error("/a\\/b[/", "/a\\/b[/", "cannot be read", "\\ before a mark");
    check_error("甲 /气{3,1}/", "{3,1}", "cannot be read", "\\ before a mark");
    check_error("/气*/", "/气*/", "everywhere", "+");
    check_error("//", "//", "everywhere", "+");
    check_error("/气/i", "/气/", "directly behind", "space");
    check_error("中国 / 美国 / 日本", "/ 美国 /", "no regular expression", "\\/");
}

#[test]
fn weights_are_numbers_behind_something() {
    check_error("气候^", "^", "a weight is a number", "\\^");
    check_error("气候^0", "^0", "from 0.001", "^0.5");
    check_error("气候^1001", "^1001", "to 1000", "^2");
    check_error("气候^1.2345", "^1.2345", "three decimals", "^0.5");
    check_error("气候 ^2", "^2", "behind nothing", "directly behind");
    check_error("^3", "^3", "behind nothing", "\\^");
    check_error("CO^2排放", "^2", "directly behind the weight", "space");
    check_error("a^2^3", "^3", "a weight already", "one weight");
}

#[test]
fn the_marks_of_other_languages_are_refused_with_our_own() {
    check_error("a && b", "&&", "no operator", "write AND");
    check_error("a || b", "||", "no operator", "write OR");
    check_error("铁路|公路", "|", "no operator", "write OR");
    check_error("a | b", "|", "no operator", "quotation marks");
    check_error("!a", "!", "negates nothing", "write -");
    check_error("a !(b c)", "!", "negates nothing", "\\!");
    check_error("!\"a\"", "!", "negates nothing", "\\!");
    check_error("[2013 TO 2017]", "[2013 TO", "range", "date:2013..2017");
    check_error("date:[2013 TO 2017]", "[2013 TO", "range", "date:2013..2017");
    check_error("title:{a TO b}", "{a TO", "range", "\\TO");
    check_error("铁路 near/5 合作", "near/5", "no operator", "write NEAR/5");
    check_error("铁路 ＮＥＡＲ５ 合作", "ＮＥＡＲ５", "no operator", "\\NEAR5");
    check_error("铁路 w/5 合作", "w/5", "no operator", "write NEAR/5");
}

#[test]
fn a_message_quotes_a_long_word_in_part() {
    let long = "字".repeat(5_000);
    for query in [
        format!("{long}~1"),
        format!("date:{long}"),
        format!("{}:甲", "a".repeat(5_000)),
    ] {
        let error = parse(&query).expect_err(&query);
        assert!(error.to_string().chars().count() < 150, "{error}");
        assert!(error.hint_text().is_some_and(|hint| hint.len() < 200));
    }
}
