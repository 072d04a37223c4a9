//! Arbitrary text as a query: it is read, and then printed and read again as the same; or refused at a place inside of it,
//! with a hint.

#![no_main]

use chancery::error::{Error, Place};
use chancery::query::{Node, parse};
use chancery::text::ByteSpan;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let query = String::from_utf8_lossy(bytes);
    match parse(&query) {
        Ok(tree) => check_tree(&query, &tree),
        Err(error) => check_error(&query, &error),
    }
});

fn check_tree(query: &str, tree: &Node) {
    check_spans(query, tree, ByteSpan::new(0, query.len()));
    let printed = tree.to_string();
    match parse(&printed) {
        Ok(again) => {
            assert_eq!(again, *tree, "{printed}");
            assert_eq!(again.to_string(), printed);
        }
        // With its escapes a query of the greatest length can be longer than one may be.
        Err(error) => assert!(error.message().contains("bytes long"), "{printed}: {error}"),
    }
}

fn check_spans(query: &str, node: &Node, outer: ByteSpan) {
    assert!(
        query.get(node.span.range()).is_some_and(|text| !text.is_empty()),
        "{node:?}"
    );
    assert!(outer.start <= node.span.start && node.span.end <= outer.end, "{node:?}");
    for part in node.parts() {
        check_spans(query, part, node.span);
    }
}

fn check_error(query: &str, error: &Error) {
    let Some(Place::Query(whole, span)) = error.place() else {
        panic!("no place in {error:?}")
    };
    assert_eq!(whole, query);
    assert!(query.get(span.range()).is_some(), "{span:?}");
    assert!(error.hint_text().is_some_and(|hint| !hint.is_empty()), "{error}");
    assert!(error.to_string().chars().count() < 400, "{error}");
}
