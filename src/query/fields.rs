//! A field's name before a node → the node that asks for it in the field; before a group, each part of it.

use super::expression::{
    Clause, DateRange, Expression, FieldName, FieldQuery, FieldValue, Keyword, Node, Phrase, Weighted,
};
use super::marks::half_width;
use super::refusal::{quoted, refusal};
use crate::analyzer::fold;
use crate::corpus::Field;
use crate::error::{Error, Result};
use crate::text::{ByteSpan, Date};

/// What a node asks for when it is asked of a field; `query` is for errors.
pub(super) fn in_field(field: &FieldName, node: Node, query: &str) -> Result<Node> {
    let span = node.span;
    let expression = match node.expression {
        Expression::Field(_) => {
            let message = "a field stands inside of another field";
            let hint = "join them with AND, or put the text itself in quotation marks";
            return Err(refusal(query, span, message, hint));
        }
        Expression::Weighted(weighted) => Expression::Weighted(Weighted {
            node: Box::new(in_field(field, *weighted.node, query)?),
            ..weighted
        }),
        Expression::Clauses(clauses) => {
            let clause = |clause: Clause| {
                Ok(Clause {
                    occur: clause.occur,
                    node: in_field(field, clause.node, query)?,
                })
            };
            Expression::Clauses(clauses.into_iter().map(clause).collect::<Result<_>>()?)
        }
        Expression::And(parts) => Expression::And(each_in_field(field, parts, query)?),
        Expression::Or(parts) => Expression::Or(each_in_field(field, parts, query)?),
        Expression::Not(part) => Expression::Not(Box::new(in_field(field, *part, query)?)),
        leaf => Expression::Field(FieldQuery {
            field: field.clone(),
            value: value(field, leaf, span, query)?,
        }),
    };
    Ok(Node { expression, span })
}

fn each_in_field(field: &FieldName, parts: Vec<Node>, query: &str) -> Result<Vec<Node>> {
    parts.into_iter().map(|part| in_field(field, part, query)).collect()
}

fn value(field: &FieldName, leaf: Expression, span: ByteSpan, query: &str) -> Result<FieldValue> {
    if let FieldName::Known(field @ (Field::Date | Field::Published)) = field {
        return dates(*field, &leaf, span, query).map(FieldValue::Dates);
    }
    if let Expression::Keyword(keyword) = &leaf
        && fold(&keyword.text).is_punctuation_only()
    {
        let message = format!(
            "{} holds no letter, character or digit to search for",
            quoted(&keyword.text)
        );
        return Err(refusal(query, span, message, "put a word or a Han character there"));
    }
    Ok(FieldValue::Text(Box::new(Node { expression: leaf, span })))
}

/// Reads a date or a range of dates.
fn dates(field: Field, leaf: &Expression, span: ByteSpan, query: &str) -> Result<DateRange> {
    let refuse = |message: String| -> Error {
        let hint = format!(
            "write {field}:2013, {field}:2013-03-22, or a range such as {field}:2013..2017, {field}:2013.. or {field}:..2017"
        );
        refusal(query, span, message, hint)
    };
    let (Expression::Keyword(Keyword { text }) | Expression::Phrase(Phrase { text })) = leaf else {
        return Err(refuse(format!("the field `{field}` takes a date or a range of dates")));
    };
    let text: String = text.chars().map(half_width).collect();
    let date = |text: &str| -> Result<Option<Date>> {
        match text.trim() {
            "" => Ok(None),
            text => match text.parse() {
                Ok(date) => Ok(Some(date)),
                Err(_) => Err(refuse(format!("{} is not a date", quoted(text)))),
            },
        }
    };
    let range = match text.split_once("..") {
        Some((from, to)) => DateRange {
            from: date(from)?,
            to: date(to)?,
        },
        None => {
            let only = date(&text)?;
            DateRange { from: only, to: only }
        }
    };
    match (range.from, range.to) {
        (None, None) => Err(refuse(format!("{} names no date", quoted(&text)))),
        (Some(from), Some(to)) if from.first_day() > to.last_day() => {
            Err(refuse(format!("the range {from}..{to} ends before it begins")))
        }
        _ => Ok(range),
    }
}
