//! The query as a tree. Every node knows where in the query it stands; printing a tree and parsing it again gives the same tree.

use std::fmt;

use crate::text::ByteSpan;

/// A node of the tree: what it asks for, and where it was written.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it asks for.
    pub expression: Expression,
    /// Where in the query.
    pub span: ByteSpan,
}

/// Two nodes are equal if they ask for the same, wherever it was written.
impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.expression == other.expression
    }
}

impl Eq for Node {}

/// What a part of a query asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    /// A word or a run of words without quotation marks.
    Keyword(Keyword),
    /// A string in quotation marks.
    Phrase(Phrase),
    /// Several clauses side by side.
    Clauses(Vec<Clause>),
    /// All of the parts.
    And(Vec<Node>),
    /// Any of the parts.
    Or(Vec<Node>),
    /// Everything that the part does not match.
    Not(Box<Node>),
}

/// An unquoted keyword, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keyword {
    /// The text between white space and operators.
    pub text: String,
}

/// A string in quotation marks, as typed between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// The text between the marks.
    pub text: String,
}

/// One of several clauses side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Whether it may, must or must not match.
    pub occur: Occur,
    /// What it asks for.
    pub node: Node,
}

/// Whether a clause may, must or must not match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occur {
    /// No sign.
    Should,
    /// `+`
    Must,
    /// `-`
    MustNot,
}

impl Node {
    /// The keywords and strings that count for a match, in the order of the query; those under a `-` or NOT are left out.
    pub fn positive_leaves(&self) -> Vec<&Node> {
        let mut leaves = Vec::new();
        self.collect_positive(&mut leaves);
        leaves
    }

    fn collect_positive<'a>(&'a self, leaves: &mut Vec<&'a Node>) {
        match &self.expression {
            Expression::Keyword(_) | Expression::Phrase(_) => leaves.push(self),
            Expression::Clauses(clauses) => {
                for clause in clauses.iter().filter(|clause| clause.occur != Occur::MustNot) {
                    clause.node.collect_positive(leaves);
                }
            }
            Expression::And(parts) | Expression::Or(parts) => {
                for part in parts {
                    part.collect_positive(leaves);
                }
            }
            Expression::Not(_) => {}
        }
    }

    /// Whether the query has no sign and no operator, so that its keywords match by their words too.
    pub fn is_plain(&self) -> bool {
        match &self.expression {
            Expression::Keyword(_) | Expression::Phrase(_) => true,
            Expression::Clauses(clauses) => clauses.iter().all(|clause| {
                let is_leaf = matches!(clause.node.expression, Expression::Keyword(_) | Expression::Phrase(_));
                clause.occur == Occur::Should && is_leaf
            }),
            _ => false,
        }
    }
}

impl fmt::Display for Node {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.expression {
            Expression::Keyword(keyword) => write!(formatter, "{keyword}"),
            Expression::Phrase(phrase) => write!(formatter, "{phrase}"),
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
        let is_reserved = super::reserved::needs_escape(&self.text);
        for (index, character) in self.text.chars().enumerate() {
            let special_at_start = index == 0 && (is_reserved || super::scanner::is_sign(character));
            let escape = if special_at_start || super::scanner::is_special(character) {
                "\\"
            } else {
                ""
            };
            write!(formatter, "{escape}{character}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("\"")?;
        for character in self.text.chars() {
            let special = character == '\\' || super::scanner::closes_double(character);
            write!(formatter, "{}{character}", if special { "\\" } else { "" })?;
        }
        formatter.write_str("\"")
    }
}

/// A part of a larger expression: in parentheses where it has parts of its own.
struct Grouped<'a>(&'a Node);

impl fmt::Display for Grouped<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.expression {
            Expression::Keyword(_) | Expression::Phrase(_) => write!(formatter, "{}", self.0),
            _ => write!(formatter, "({})", self.0),
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
