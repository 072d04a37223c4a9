//! Arbitrary strings: each is read, and then printed and read again the same; or refused, at a place inside of it.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::error::{ErrorKind, Place};
use crate::query::expression::Node;
use crate::query::parse;
use crate::text::ByteSpan;

/// What queries are made of, and what could be mistaken for it.
const PARTS: &[&str] = &[
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "NEAR/5",
    "NEAR/",
    "and",
    "ＡＮＤ",
    "ＮＥＡＲ／３",
    "TO",
    "+",
    "-",
    "＋",
    "－",
    "−",
    "(",
    ")",
    "（",
    "）",
    "\"",
    "＂",
    "“",
    "”",
    "„",
    "‟",
    "「",
    "」",
    "｢",
    "｣",
    "『",
    "』",
    "«",
    "»",
    "‹",
    "›",
    "〝",
    "〞",
    "‘",
    "’",
    "‚",
    "'",
    "`",
    "《",
    "》",
    "\\",
    "＼",
    "*",
    "＊",
    "?",
    "？",
    "~",
    "～",
    "〜",
    "~1",
    "~2",
    "~5",
    "^",
    "＾",
    "^2",
    "^0.5",
    "^1000",
    "/",
    "／",
    "/a.b/",
    "/[",
    ":",
    "：",
    "title:",
    "Title：",
    "speaker:",
    "date:",
    "date:2013..2017",
    "..",
    "2013",
    "meta.",
    "meta.a:",
    "foo:",
    "http://",
    "|",
    "||",
    "&&",
    "&",
    "!",
    "[",
    "]",
    "{",
    "}",
    "=",
    "<",
    "1",
    "９",
    ".",
    ",",
    "。",
    "，",
    "a",
    "b",
    "coop",
    "É",
    "e\u{301}",
    "ß",
    "İ",
    "国",
    "國",
    "𠮷",
    "々",
    "か",
    "ガ",
    "한",
    "ไทย",
    "سلام",
    "א",
    "Ж",
    "🙂",
    "👩\u{200d}👩\u{200d}👧",
    "🇨🇳",
    "\u{301}",
    "\u{200b}",
    "\u{200c}",
    "\u{200d}",
    "\u{200f}",
    "\u{202e}",
    "\u{feff}",
    "\u{ad}",
    "\u{640}",
    "\u{fe0f}",
    " ",
    " ",
    " ",
    "\u{3000}",
    "\u{a0}",
    "\t",
    "\n",
    "\r\n",
    "\0",
    "\u{7}",
    "\u{85}",
    "\u{2028}",
    "\u{fffd}",
    "\u{10ffff}",
];

fn check_spans(node: &Node, outer: ByteSpan, query: &str) -> Result<(), TestCaseError> {
    prop_assert!(
        query.get(node.span.range()).is_some_and(|text| !text.is_empty()),
        "{:?}",
        node
    );
    prop_assert!(
        outer.start <= node.span.start && node.span.end <= outer.end,
        "{:?}",
        node
    );
    let mut start = node.span.start;
    for part in node.parts() {
        prop_assert!(start <= part.span.start, "{:?} stands before {:?}", part, start);
        check_spans(part, node.span, query)?;
        start = part.span.start;
    }
    Ok(())
}

fn check(query: &str) -> Result<(), TestCaseError> {
    match parse(query) {
        Ok(tree) => {
            check_spans(&tree, ByteSpan::new(0, query.len()), query)?;
            let printed = tree.to_string();
            let again = parse(&printed).map_err(|error| TestCaseError::fail(format!("{printed}: {error}")))?;
            prop_assert_eq!(&again, &tree, "{} became {}", query, printed);
            prop_assert_eq!(again.to_string(), printed);
        }
        Err(error) => {
            let Some(Place::Query(whole, span)) = error.place() else {
                return Err(TestCaseError::fail(format!("{query}: no place in {error:?}")));
            };
            prop_assert_eq!(error.kind(), ErrorKind::Query);
            prop_assert_eq!(whole, query);
            prop_assert!(query.get(span.range()).is_some(), "{:?}", span);
            prop_assert!(error.hint_text().is_some_and(|hint| !hint.is_empty()));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn any_string_of_operators_and_text_is_read_or_refused(parts in vec(select(PARTS), 0..20)) {
        check(&parts.concat())?;
    }

    #[test]
    fn any_words_and_operators_apart_are_read_or_refused(parts in vec(select(PARTS), 0..12)) {
        check(&parts.join(" "))?;
    }

    #[test]
    fn any_characters_are_read_or_refused(query in any::<String>()) {
        check(&query)?;
    }
}
