//! A tree → the query that asks for it, with escapes where text would be read as an operator.

use std::fmt;

use super::{
    Clause, DateRange, Expression, FieldName, FieldQuery, FieldValue, Fuzzy, Gapped, Keyword, Near, Node, Occur,
    Phrase, RegexQuery, Weighted, Wildcard, WildcardPiece,
};
use crate::query::marks::{closes_double, ends_word, is_leading_mark, is_passed_over, is_sign, is_word_mark};
use crate::query::words::is_plain_text;

impl fmt::Display for Node {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.expression {
            Expression::Keyword(keyword) => write!(formatter, "{keyword}"),
            Expression::Phrase(phrase) => write!(formatter, "{phrase}"),
            Expression::Gapped(gapped) => write!(formatter, "{gapped}"),
            Expression::Wildcard(wildcard) => write!(formatter, "{wildcard}"),
            Expression::Fuzzy(fuzzy) => write!(formatter, "{fuzzy}"),
            Expression::Regex(regex) => write!(formatter, "{regex}"),
            Expression::Field(query) => write!(formatter, "{query}"),
            Expression::Near(near) => write!(formatter, "{near}"),
            Expression::Weighted(weighted) => write!(formatter, "{weighted}"),
            Expression::Clauses(clauses) => write_joined(formatter, clauses, " "),
            Expression::And(parts) => write_joined(formatter, &grouped(parts), " AND "),
            Expression::Or(parts) => write_joined(formatter, &grouped(parts), " OR "),
            Expression::Not(part) => write!(formatter, "NOT {}", Grouped(part)),
        }
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.occur {
            Occur::Should => "",
            Occur::Must => "+",
            Occur::MustNot => "-",
        };
        write!(formatter, "{sign}{}", Grouped(&self.node))
    }
}

impl fmt::Display for Keyword {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match is_plain_text(&self.text) {
            true => write_word(formatter, &self.text, is_sign),
            // A word that would be read as an operator is text from its first escape on.
            false => write_marked(formatter, &self.text, |_| true),
        }
    }
}

/// Writes the text of a word with an escape before what ends a word and before a first character that needs one.
fn write_word(formatter: &mut fmt::Formatter<'_>, text: &str, first_needs: fn(char) -> bool) -> fmt::Result {
    write_escaped(formatter, text, |index, character| index == 0 && first_needs(character))
}

/// The same, with an escape before the marks of operators inside of words too.
fn write_marked(formatter: &mut fmt::Formatter<'_>, text: &str, first_needs: fn(char) -> bool) -> fmt::Result {
    write_escaped(formatter, text, |index, character| {
        is_word_mark(character) || (index == 0 && first_needs(character))
    })
}

fn write_escaped(
    formatter: &mut fmt::Formatter<'_>,
    text: &str,
    needs_escape: impl Fn(usize, char) -> bool,
) -> fmt::Result {
    for (index, character) in text.chars().enumerate() {
        let escape = needs_escape(index, character) || ends_word(character) || is_passed_over(character);
        write!(formatter, "{}{character}", if escape { "\\" } else { "" })?;
    }
    Ok(())
}

impl fmt::Display for Phrase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("\"")?;
        write_quoted(formatter, &self.text)?;
        formatter.write_str("\"")
    }
}

fn write_quoted(formatter: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    for character in text.chars() {
        let special = character == '\\' || closes_double(character);
        write!(formatter, "{}{character}", if special { "\\" } else { "" })?;
    }
    Ok(())
}

impl fmt::Display for Gapped {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("\"")?;
        for (index, part) in self.parts.iter().enumerate() {
            formatter.write_str(if index > 0 { " " } else { "" })?;
            write_quoted(formatter, part)?;
        }
        write!(formatter, "\"~{}", self.distance)
    }
}

impl fmt::Display for Wildcard {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, piece) in self.pieces.iter().enumerate() {
            match piece {
                WildcardPiece::Text(text) if index == 0 => write_marked(formatter, text, is_leading_mark)?,
                WildcardPiece::Text(text) => write_marked(formatter, text, |_| false)?,
                WildcardPiece::AnyCharacter => formatter.write_str("?")?,
            }
        }
        formatter.write_str(if self.open_end { "*" } else { "" })
    }
}

impl fmt::Display for Fuzzy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_marked(formatter, &self.word, is_leading_mark)?;
        write!(formatter, "~{}", self.distance)
    }
}

impl fmt::Display for RegexQuery {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "/{}/", self.pattern.replace('/', "\\/"))
    }
}

impl fmt::Display for FieldName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(field) => write!(formatter, "{field}"),
            Self::Further(name) => {
                formatter.write_str("meta.")?;
                write_marked(formatter, name, |_| false)
            }
        }
    }
}

impl fmt::Display for FieldQuery {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            FieldValue::Text(node) => write!(formatter, "{}:{}", self.field, Grouped(node)),
            FieldValue::Dates(range) => write!(formatter, "{}:{range}", self.field),
        }
    }
}

impl fmt::Display for DateRange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => write!(formatter, "{from}"),
            (from, to) => {
                let written = |date: Option<crate::text::Date>| date.map(|date| date.to_string()).unwrap_or_default();
                write!(formatter, "{}..{}", written(from), written(to))
            }
        }
    }
}

impl fmt::Display for Near {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let between = format!(" NEAR/{} ", self.distance);
        write_joined(formatter, &grouped(&self.operands), &between)
    }
}

impl fmt::Display for Weighted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, thousandths) = (self.thousandths / 1_000, self.thousandths % 1_000);
        match &self.node.expression {
            Expression::Weighted(_) => write!(formatter, "({})^{whole}", self.node)?,
            _ => write!(formatter, "{}^{whole}", Grouped(&self.node))?,
        }
        if thousandths > 0 {
            let digits = format!("{thousandths:03}");
            write!(formatter, ".{}", digits.trim_end_matches('0'))?;
        }
        Ok(())
    }
}

/// A part of a larger expression: in parentheses where it has parts of its own.
struct Grouped<'a>(&'a Node);

impl fmt::Display for Grouped<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.expression {
            Expression::Near(_)
            | Expression::Clauses(_)
            | Expression::And(_)
            | Expression::Or(_)
            | Expression::Not(_) => write!(formatter, "({})", self.0),
            _ => write!(formatter, "{}", self.0),
        }
    }
}

fn grouped(parts: &[Node]) -> Vec<Grouped<'_>> {
    parts.iter().map(Grouped).collect()
}

fn write_joined<T: fmt::Display>(formatter: &mut fmt::Formatter<'_>, parts: &[T], between: &str) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            formatter.write_str(between)?;
        }
        write!(formatter, "{part}")?;
    }
    Ok(())
}
