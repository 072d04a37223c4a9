//! The longest and deepest queries: each is read or refused, and no tree is deeper than it may be.

use crate::error::Place;
use crate::query::expression::Node;
use crate::query::parse;
use crate::query::parser::{DEEPEST, LONGEST_QUERY_BYTES};

/// As many repetitions of a text as a query may have.
fn filled_with(text: &str) -> String {
    text.repeat(LONGEST_QUERY_BYTES / text.len())
}

fn depth(node: &Node) -> usize {
    1 + node.parts().into_iter().map(depth).max().unwrap_or(0)
}

#[test]
fn a_query_of_the_greatest_length_is_read_or_refused() {
    for text in [
        "(",
        "a)",
        "()",
        "(a ",
        "\"~1",
        "\"a b\"~1 ",
        "“”",
        "a^2",
        "^2",
        "NOT ",
        "-",
        "-+",
        "+a",
        "a NEAR/1 ",
        "title:",
        "title:(",
        "a:",
        "meta.a:",
        "/[",
        "/",
        "/a/ ",
        "\\",
        "\\\\",
        "*",
        "a?",
        "a*",
        "~",
        "a~1 ",
        "a AND ",
        "a OR ",
        "OR ",
        "a AND b OR ",
        "&",
        "|",
        "[a TO ",
        "!",
        "字",
        "é",
        "🙂",
        "\u{301}",
        "\u{200b}",
        "\u{0}",
        " ",
        "1.",
        "date:2013.. ",
        "‘",
        "「",
        "a b) NEAR/1 (",
    ] {
        let query = filled_with(text);
        match parse(&query) {
            Ok(tree) => {
                assert!(depth(&tree) <= DEEPEST, "{text}");
                assert_eq!(tree, tree.clone());
                // Printed with its escapes a query can be longer than one may be.
                let printed = tree.to_string();
                assert!(
                    printed.len() > LONGEST_QUERY_BYTES || parse(&printed).is_ok_and(|again| again == tree),
                    "{text}"
                );
            }
            Err(error) => assert!(error.hint_text().is_some(), "{text}: {error}"),
        }
    }
}

#[test]
fn a_query_beyond_the_greatest_length_is_refused_where_it_is_too_long() {
    let query = filled_with("字") + "字";
    let error = parse(&query).expect_err("it is too long");
    let Some(Place::Query(_, span)) = error.place() else {
        panic!("no place in {error:?}")
    };
    assert_eq!(&query[span.range()], "字");
}

#[test]
fn nesting_is_read_to_its_greatest_depth_and_no_deeper() {
    let nested = |levels: usize, open: &str, close: &str| format!("{}b{}", open.repeat(levels), close.repeat(levels));
    for (open, close) in [
        ("(", ")"),
        ("NOT ", ""),
        ("-(", ")"),
        ("a (", ")"),
        ("(", " a)"),
        ("(", ")^2"),
        ("(a NEAR/1 ", ")"),
    ] {
        let deepest = (0..100)
            .rev()
            .find(|&levels| parse(&nested(levels, open, close)).is_ok());
        let deepest = deepest.expect("without nesting the query is read");
        assert!((DEEPEST - 2..=DEEPEST).contains(&deepest), "{open}: {deepest}");
        for levels in [deepest + 1, 2_000] {
            let error = parse(&nested(levels, open, close)).expect_err("it is nested too deeply");
            assert!(error.message().contains("too deeply"), "{open}: {error}");
        }
    }
}

/// Three levels of the tree come of one pair of parentheses; the tree must be readable when it is printed with all of them.
#[test]
fn a_tree_is_no_deeper_than_its_printed_form_may_be() {
    for levels in 0..100 {
        let query = format!("{}z{}", "(a b AND c OR ".repeat(levels), ")".repeat(levels));
        if let Ok(tree) = parse(&query) {
            assert!(depth(&tree) <= DEEPEST);
            assert_eq!(parse(&tree.to_string()).expect("what is printed is read"), tree);
        }
    }
}

#[test]
fn a_regular_expression_of_the_greatest_length_is_read_or_refused() {
    for text in [
        "\\p{L}",
        "a{9}",
        "a{1000}{1000}",
        "(",
        "[a&&",
        "(?i)k",
        "a|",
        "[\\p{L}\\p{Han}]",
        "\\",
        "(?:a",
    ] {
        for prefix in ["", "(?i)", "(?i)["] {
            let pattern = format!("{prefix}{}", text.repeat(1_000 / text.len()));
            for query in [format!("/{pattern}/"), format!("/{pattern}]/")] {
                if let Err(error) = parse(&query) {
                    assert!(error.hint_text().is_some(), "{query}: {error}");
                }
            }
        }
    }
    for query in [
        format!("/{}/", "a".repeat(2_000)),
        filled_with("/(?i)[\\p{L}\\p{Han}]/ "),
    ] {
        let error = parse(&query).expect_err("it is too long");
        assert!(error.message().contains("longer than 1024 bytes in all"), "{error}");
    }
}
