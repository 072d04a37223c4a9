//! The query as a tree. Every node knows where in the query it stands; printing a tree and parsing it again gives the same tree.

mod display;

use crate::corpus::Field;
use crate::text::{ByteSpan, Date};

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
    /// Strings that follow each other with gaps: `"互利 共赢"~5`.
    Gapped(Gapped),
    /// A word or string of which some characters are left open: `wom?n`, `命?共同体`, `cooperat*`, `北京*`.
    Wildcard(Wildcard),
    /// A word that may be spelled a little otherwise: `cooperation~1`.
    Fuzzy(Fuzzy),
    /// A regular expression over the text: `/第.{1,3}届/`.
    Regex(RegexQuery),
    /// Something in a metadata field: `speaker:习近平`, `date:2013..2017`.
    Field(FieldQuery),
    /// Several strings near each other, in any order: `铁路 NEAR/10 合作`.
    Near(Near),
    /// A part that weighs more or less: `气候^2`.
    Weighted(Weighted),
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

/// Strings that follow each other in this order, with at most so many units from one to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gapped {
    /// The strings, at least two, as typed.
    pub parts: Vec<String>,
    /// The most units (Han characters, words, numbers) between one part and the next.
    pub distance: u32,
}

/// A keyword of which some characters are left open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wildcard {
    /// What it is made of, from left to right; at least one piece is text.
    pub pieces: Vec<WildcardPiece>,
    /// Whether anything may follow in the last word: it was written with `*`.
    pub open_end: bool,
}

/// A piece of a keyword of which some characters are left open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WildcardPiece {
    /// Text that stands there.
    Text(String),
    /// Any one character: it was written with `?`.
    AnyCharacter,
}

/// An alphabetic word that may be spelled otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fuzzy {
    /// The word as typed.
    pub word: String,
    /// The most letters that may be wrong, missing, too many or swapped with their neighbor: 1 or 2.
    pub distance: u8,
}

/// A regular expression, with its slashes taken off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegexQuery {
    /// The expression, in the syntax of the `regex` crate.
    pub pattern: String,
}

/// A condition on the metadata of the speech.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldQuery {
    /// The field.
    pub field: FieldName,
    /// What its value must hold.
    pub value: FieldValue,
}

/// The name of a metadata field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldName {
    /// A field of the contract.
    Known(Field),
    /// A further field that a source brought, without its `meta.`.
    Further(String),
}

/// What the value of a metadata field must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldValue {
    /// A keyword, string or other pattern that stands in it.
    Text(Box<Node>),
    /// The interval in which the date lies wholly.
    Dates(DateRange),
}

/// An interval of dates, inclusive; an end that is absent is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateRange {
    /// The first date.
    pub from: Option<Date>,
    /// The last date.
    pub to: Option<Date>,
}

/// Several strings near each other, in any order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// What must stand near each other; each is a keyword, string or pattern, an OR of such, or nearness itself.
    pub operands: Vec<Node>,
    /// The most units (Han characters, words, numbers) between one of them and the next in the text.
    pub distance: u32,
}

/// A part that weighs more or less.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighted {
    /// The part.
    pub node: Box<Node>,
    /// By how much its score is multiplied, in thousandths.
    pub thousandths: u32,
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

impl Weighted {
    /// The factor by which the score of the part is multiplied.
    pub fn factor(&self) -> f32 {
        self.thousandths as f32 / 1_000.0
    }
}

impl Node {
    /// The nodes directly inside of this one, in the order of the query.
    pub fn parts(&self) -> Vec<&Node> {
        match &self.expression {
            Expression::Field(field) => match &field.value {
                FieldValue::Text(node) => vec![node],
                FieldValue::Dates(_) => Vec::new(),
            },
            Expression::Near(near) => near.operands.iter().collect(),
            Expression::Weighted(weighted) => vec![&weighted.node],
            Expression::Clauses(clauses) => clauses.iter().map(|clause| &clause.node).collect(),
            Expression::And(parts) | Expression::Or(parts) => parts.iter().collect(),
            Expression::Not(part) => vec![part],
            _ => Vec::new(),
        }
    }

    /// Whether the node is one thing to look up: no operator joins or negates parts in it.
    pub fn is_leaf(&self) -> bool {
        !matches!(
            self.expression,
            Expression::Clauses(_)
                | Expression::And(_)
                | Expression::Or(_)
                | Expression::Not(_)
                | Expression::Weighted(_)
        )
    }

    /// Whether the query is things to look up side by side, without signs and operators, so that its keywords match by their
    /// words too.
    pub fn is_plain(&self) -> bool {
        match &self.expression {
            Expression::Near(_) | Expression::And(_) | Expression::Or(_) | Expression::Not(_) => false,
            Expression::Weighted(weighted) => weighted.node.is_leaf() && weighted.node.is_plain(),
            Expression::Clauses(clauses) => clauses.iter().all(|clause| {
                let is_group = matches!(clause.node.expression, Expression::Clauses(_));
                clause.occur == Occur::Should && !is_group && clause.node.is_plain()
            }),
            _ => true,
        }
    }

    /// Whether the node asks for nothing but metadata.
    pub fn is_about_metadata(&self) -> bool {
        match &self.expression {
            Expression::Field(_) => true,
            Expression::Weighted(weighted) => weighted.node.is_about_metadata(),
            Expression::Not(part) => part.is_about_metadata(),
            Expression::And(parts) | Expression::Or(parts) => parts.iter().all(Self::is_about_metadata),
            Expression::Clauses(clauses) => clauses.iter().all(|clause| clause.node.is_about_metadata()),
            _ => false,
        }
    }

    /// The field that the node asks for a value in, if that is all that it does.
    pub fn field(&self) -> Option<&FieldName> {
        match &self.expression {
            Expression::Field(query) => Some(&query.field),
            Expression::Weighted(weighted) => weighted.node.field(),
            _ => None,
        }
    }
}
