//! The table of the query language in the README and in `search --help`: every query in it is run, the two tables name the
//! same operators, and no kind of expression is missing.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use chancery::corpus::Field;
use chancery::query::expression::{
    Clause, Expression, FieldName, FieldQuery, FieldValue, Node, Occur, Wildcard, WildcardPiece,
};
use chancery::query::parse;
use chancery::search::SearchRequest;
use chancery::text::is_han;

use crate::support::command::sample as command_sample;
use crate::support::indexed::{TestIndex, sample};

/// What the table must show, by the names that [`collect_kinds`] gives.
const KINDS: &[&str] = &[
    "keyword",
    "string",
    "gaps",
    "words that begin so",
    "strings that begin so",
    "open letter",
    "open Han character",
    "fuzzy",
    "regular expression",
    "field",
    "group in a field",
    "further field",
    "title",
    "one date",
    "range of dates",
    "dates from",
    "dates up to",
    "near",
    "weight",
    "side by side",
    "may",
    "must",
    "must not",
    "and",
    "or",
    "not",
    "group",
    "full width",
    "escape",
];

/// The marks that open a quotation which the table must show.
const QUOTATION_MARKS: &str = "\"“„‘「『«»‹〝";

/// A row of the table in the README.
struct Row {
    /// What may be typed, each meaning the same.
    queries: Vec<String>,
    passages: u64,
}

fn rows() -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(path).expect("the README can be read");
    let table = readme.split("| typed | means | passages |").nth(1);
    let table = table.expect("the README has the table of the language");
    let lines = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    lines.map(row).collect()
}

fn row(line: &str) -> Row {
    let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
    let [typed, _, passages] = cells.as_slice() else {
        panic!("a row has three cells: {line}");
    };
    Row {
        queries: typed.split('`').skip(1).step_by(2).map(str::to_owned).collect(),
        passages: passages.parse().expect("the last cell is a number"),
    }
}

/// The queries of the table in the help.
fn help_queries() -> Vec<String> {
    let help = command_sample().run(&["search", "--help"]).ended(0).stdout;
    let table = help
        .split("The query language:\n")
        .nth(1)
        .expect("the help has the table");
    let lines = table.lines().take_while(|line| !line.is_empty());
    let typed = lines.map(|line| line.trim_start().split("  ").next().unwrap_or_default());
    typed.map(str::to_owned).collect()
}

#[test]
fn every_query_of_the_table_finds_the_passages_stated() {
    let index = TestIndex::of(&[sample()]);
    let engine = index.engine();
    let mut wrong = Vec::new();
    for row in rows() {
        for query in row.queries {
            let results = engine.search(&SearchRequest::new(&query));
            let results = results.unwrap_or_else(|error| panic!("{query}: {error}"));
            if results.relaxed || results.total.passages != row.passages {
                wrong.push(format!("{query}: {} passages", results.total.passages));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_help_shows_the_rows_of_the_readme_and_they_run() {
    let first_of_rows: Vec<String> = rows().iter().map(|row| row.queries[0].clone()).collect();
    assert_eq!(help_queries(), first_of_rows);
    for query in help_queries() {
        command_sample().run(&["search", &query, "--limit", "0"]).ended(0);
    }
}

#[test]
fn the_table_shows_every_kind_of_expression() {
    let mut shown = BTreeSet::new();
    let mut marks = BTreeSet::new();
    for query in rows().iter().flat_map(|row| &row.queries) {
        let tree = parse(query).unwrap_or_else(|error| panic!("{query}: {error}"));
        collect_kinds(&tree, &mut shown);
        let has = |mark: &str| query.contains(mark);
        let others = [("group", has("(")), ("full width", has("（")), ("escape", has("\\"))];
        shown.extend(others.iter().filter(|(_, has)| *has).map(|(kind, _)| *kind));
        let is_string = matches!(tree.expression, Expression::Phrase(_));
        marks.extend(query.chars().next().filter(|_| is_string));
    }
    assert_eq!(shown, KINDS.iter().copied().collect());
    assert_eq!(marks, QUOTATION_MARKS.chars().collect());
}

/// Adds the kinds of a tree's nodes. A new kind of expression does not compile before it has its name here.
fn collect_kinds(node: &Node, kinds: &mut BTreeSet<&'static str>) {
    kinds.insert(match &node.expression {
        Expression::Keyword(_) => "keyword",
        Expression::Phrase(_) => "string",
        Expression::Gapped(_) => "gaps",
        Expression::Wildcard(wildcard) => wildcard_kind(wildcard),
        Expression::Fuzzy(_) => "fuzzy",
        Expression::Regex(_) => "regular expression",
        Expression::Field(query) => field_kind(query),
        Expression::Near(_) => "near",
        Expression::Weighted(_) => "weight",
        Expression::Clauses(_) => "side by side",
        Expression::And(_) => "and",
        Expression::Or(parts) if is_in_field(parts) => "group in a field",
        Expression::Or(_) => "or",
        Expression::Not(_) => "not",
    });
    if let Expression::Clauses(clauses) = &node.expression {
        kinds.extend(clauses.iter().map(clause_kind));
    }
    node.parts().into_iter().for_each(|part| collect_kinds(part, kinds));
}

fn is_in_field(parts: &[Node]) -> bool {
    parts.iter().all(|part| matches!(part.expression, Expression::Field(_)))
}

fn wildcard_kind(wildcard: &Wildcard) -> &'static str {
    let is_han = |piece: &WildcardPiece| matches!(piece, WildcardPiece::Text(text) if text.chars().any(is_han));
    let is_open = wildcard.pieces.contains(&WildcardPiece::AnyCharacter);
    match (wildcard.pieces.iter().any(is_han), is_open) {
        (true, true) => "open Han character",
        (true, false) => "strings that begin so",
        (false, true) => "open letter",
        (false, false) => "words that begin so",
    }
}

fn field_kind(query: &FieldQuery) -> &'static str {
    match (&query.field, &query.value) {
        (_, FieldValue::Dates(range)) => match (range.from, range.to) {
            (Some(from), Some(to)) if from == to => "one date",
            (Some(_), Some(_)) => "range of dates",
            (Some(_), None) => "dates from",
            (None, _) => "dates up to",
        },
        (FieldName::Further(_), _) => "further field",
        (FieldName::Known(Field::Title), _) => "title",
        (FieldName::Known(_), _) => "field",
    }
}

fn clause_kind(clause: &Clause) -> &'static str {
    match clause.occur {
        Occur::Should => "may",
        Occur::Must => "must",
        Occur::MustNot => "must not",
    }
}
