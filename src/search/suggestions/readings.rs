//! Other readings of a query that finds nothing: as a string, as keywords, without a part, without nearness, without a field.

use super::super::plan::keywords_of;
use super::{MOST_TRIALS, Trial};
use crate::query::expression::{Clause, Expression, FieldQuery, FieldValue, Keyword, Node, Occur, Phrase};
use crate::query::parse;
use crate::search::request::SearchRequest;

/// The readings of a part that stands nowhere: strings near each other wherever they stand in a passage, open characters
/// in quotation marks as such, the value of a field anywhere in the text.
pub(super) fn of_part(part: &Node, request: &SearchRequest) -> Option<Trial> {
    let (expression, reason) = match &part.expression {
        Expression::Near(near) => (
            Expression::And(near.operands.clone()),
            "anywhere in the same passage".to_owned(),
        ),
        Expression::Gapped(gapped) => {
            let strings = gapped.parts.iter().map(|text| node_at(part, phrase(text)));
            (
                Expression::And(strings.collect()),
                "anywhere in the same passage".to_owned(),
            )
        }
        Expression::Phrase(phrase) => match parse(&phrase.text).ok()?.expression {
            open @ Expression::Wildcard(_) => (
                open,
                "with `?` and `*` left open, outside of quotation marks".to_owned(),
            ),
            _ => return None,
        },
        Expression::Field(FieldQuery {
            field,
            value: FieldValue::Text(value),
        }) => (value.expression.clone(), format!("in the text, not in `{field}`")),
        _ => return None,
    };
    let is_group = matches!(
        expression,
        Expression::And(_) | Expression::Or(_) | Expression::Clauses(_)
    );
    let node = node_at(part, expression);
    let (before, after) = (&request.query[..part.span.start], &request.query[part.span.end..]);
    let is_whole = before.trim().is_empty() && after.trim().is_empty();
    let mut other = request.clone();
    other.query = match is_group && !is_whole {
        true => format!("{before}({node}){after}"),
        false => format!("{before}{node}{after}"),
    };
    Some(Trial::new(reason, other))
}

/// The query as one string, or its string as keywords; names of several words in fields; the query without each of its parts.
pub(super) fn of_whole(tree: &Node, request: &SearchRequest) -> Vec<Trial> {
    let read_as = |expression: Expression, reason: String| {
        let mut other = request.clone();
        other.query = node_at(tree, expression).to_string();
        Trial::new(reason, other)
    };
    let mut trials = vec![match &tree.expression {
        Expression::Phrase(phrase) => read_as(
            Expression::Clauses(keywords_of(&phrase.text, tree.span)),
            "as keywords, of which any may match".to_owned(),
        ),
        _ => read_as(phrase(request.query.trim()), "as the literal string".to_owned()),
    }];
    let without = |left_out: &Node, rest: Expression| read_as(rest, format!("without `{left_out}`"));
    match &tree.expression {
        Expression::And(parts) => {
            let rest = |index| Expression::And(all_but(parts, index));
            let parts = parts.iter().enumerate().take(MOST_TRIALS);
            trials.extend(parts.map(|(index, part)| without(part, rest(index))));
        }
        Expression::Clauses(clauses) => {
            let name = with_whole_name(clauses).map(Expression::Clauses);
            trials.extend(name.map(|name| read_as(name, "with all words behind the field as its value".to_owned())));
            let rest = |index| Expression::Clauses(all_but(clauses, index));
            let clauses = clauses.iter().enumerate().take(MOST_TRIALS);
            trials.extend(clauses.map(|(index, clause)| without(&clause.node, rest(index))));
        }
        _ => {}
    }
    trials
}

/// The clauses with the keywords behind a field as part of its value: `speaker:Xi Jinping` as `speaker:"Xi Jinping"`.
fn with_whole_name(clauses: &[Clause]) -> Option<Vec<Clause>> {
    let (index, query, mut name) = clauses.iter().enumerate().find_map(|(index, clause)| {
        let Expression::Field(query) = &clause.node.expression else {
            return None;
        };
        let FieldValue::Text(value) = &query.value else {
            return None;
        };
        Some((index, query, keyword(value)?.to_owned()))
    })?;
    let is_beside = |clause: &&Clause| clause.occur == Occur::Should;
    let behind = clauses[index + 1..].iter().take_while(is_beside);
    let words: Vec<&str> = behind.map_while(|clause| keyword(&clause.node)).collect();
    if words.is_empty() {
        return None;
    }
    for word in &words {
        name.push(' ');
        name.push_str(word);
    }
    let mut joined = clauses[..=index].to_vec();
    let node = &clauses[index].node;
    joined[index].node = node_at(
        node,
        Expression::Field(FieldQuery {
            field: query.field.clone(),
            value: FieldValue::Text(Box::new(node_at(node, phrase(&name)))),
        }),
    );
    joined.extend_from_slice(&clauses[index + 1 + words.len()..]);
    Some(joined)
}

fn keyword(node: &Node) -> Option<&str> {
    match &node.expression {
        Expression::Keyword(Keyword { text }) => Some(text),
        _ => None,
    }
}

fn phrase(text: &str) -> Expression {
    Expression::Phrase(Phrase { text: text.to_owned() })
}

/// An expression in the place of a node.
fn node_at(node: &Node, expression: Expression) -> Node {
    Node {
        expression,
        span: node.span,
    }
}

/// The elements of a list without one of them.
fn all_but<T: Clone>(parts: &[T], left_out: usize) -> Vec<T> {
    [&parts[..left_out], &parts[left_out + 1..]].concat()
}
