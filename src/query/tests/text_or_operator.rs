//! What looks like an operator and is ordinary text, and what is copied along with text and means nothing.

use super::{check, tree};
use crate::query::Expression;

/// Checks that a query is one keyword, with the given text.
fn check_text(query: &str, text: &str) {
    match tree(query).expression {
        Expression::Keyword(keyword) => assert_eq!(keyword.text, text, "{query}"),
        _ => panic!("{query} is read as {}", tree(query)),
    }
}

#[test]
fn operators_are_in_capitals_and_apart() {
    check("与 或 非 and or not near", "与 或 非 and or not near");
    check("And Or NEARBY ANDORRA", "And Or NEARBY ANDORRA");
    check("a AND-b c", "a AND-b c");
}

#[test]
fn marks_inside_and_at_the_end_of_words_are_text() {
    for text in [
        "a-b",
        "C++",
        "G7+",
        "A/79/1",
        "AT&T",
        "5~10",
        "东京～大阪",
        "什么？",
        "next?",
        "a=b",
        "a<b",
        "#一带一路",
        "@UN",
        "100%",
        "$5",
        "a,b",
        "a;b",
        "《宪法》",
        "——在峰会上",
        "独家｜报道",
        "[掌声]",
        "{a",
        "和平!",
        "！和平",
        "!",
        "&",
        "呵呵~",
        "'tis",
    ] {
        check_text(text, text);
    }
    check("t\\\\itle=x", "t\\\\itle=x");
    check("[a b] TO c TO [c", "\\[a b] TO c TO \\[c");
    check(
        "url:http://un.org/a?b=* http\\://a?b",
        "url:http\\:\\/\\/un.org\\/a\\?b\\=* http\\:\\/\\/a?b",
    );
}

#[test]
fn a_colon_is_text_where_no_field_can_be() {
    for text in [
        "11:30",
        "a:b",
        "G20:峰会",
        "http://un.org/a?b",
        "注意：甲",
        "Note:",
        "re:",
        ":",
        "a:",
    ] {
        check_text(text, text);
    }
}

#[test]
fn a_quotation_touches_words_without_becoming_one() {
    check("“一带一路”倡议", "\"一带一路\" 倡议");
    check("共建“一带一路”", "共建 \"一带一路\"");
    check("\"a\"\"b\"", "\"a\" \"b\"");
    check("“a\" \"b”", "\"a\" \"b\"");
    check("(a)b", "a b");
}

#[test]
fn what_is_never_seen_changes_nothing() {
    check("\u{feff}甲 AND\u{200f} \u{200e}乙", "甲 AND 乙");
    check("\u{200f}-\u{200f}سلام\u{200f} أمن", "-سلام أمن");
    check("co\u{ad}operation~1\u{200b}", "cooperation~1");
    check("“互利 共赢”\u{200b}~5\u{200b}^2\u{200b}", "\"互利 共赢\"~5^2");
    check("ti\u{200b}tle:\u{200b}“a”", "title:\"a\"");
    check("甲\u{7}AND\u{0}乙", "甲 AND 乙");
    check("甲\nAND\t乙", "甲 AND 乙");
    check_text("a\\\u{200b}b", "a\u{200b}b");
    check_text("👩‍👩‍👧", "👩‍👩‍👧");
}
