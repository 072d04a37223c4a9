//! The query language by example, by property and at its limits.

mod grammar;
mod limits;
mod properties;
mod refusals;
mod text_or_operator;
mod trees;

use super::expression::Node;
use super::parse;

fn tree(query: &str) -> Node {
    parse(query).unwrap_or_else(|error| panic!("{query}: {error}"))
}

/// Checks how a query is understood, as the query that the tree is printed as.
fn check(query: &str, expected: &str) {
    assert_eq!(tree(query).to_string(), expected, "{query}");
}
