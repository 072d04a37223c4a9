//! What the parts of a query, its terms and the parts of a score are, in the words in which an answer says it.

use std::fmt;

use serde::Serialize;

use crate::query::expression::{Clause, Expression, Occur};

/// What a part of a query is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(into = "&'static str")]
pub enum PartKind {
    /// A keyword.
    Keyword,
    /// A string in quotation marks.
    String,
    /// Strings with gaps between them.
    Gapped,
    /// Words or a string of which some characters are left open.
    Open,
    /// A word that may be spelled otherwise.
    Fuzzy,
    /// A regular expression.
    Expression,
    /// A condition on metadata.
    Field,
    /// Several parts near each other.
    Near,
    /// A part that weighs more or less.
    Weight,
    /// All of the parts.
    And,
    /// Any of the parts.
    Or,
    /// What the part does not match.
    Not,
    /// Clauses side by side.
    Clauses,
}

/// Whether a clause must, may or must not match, or restricts the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(into = "&'static str")]
pub enum Demand {
    /// It was written with `+`.
    Must,
    /// It was written without a sign.
    May,
    /// It was written without a sign and is about the metadata, which restricts whatever stands beside it.
    Only,
    /// It was written with `-` or NOT.
    MustNot,
}

/// Why a part of a query is not looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(into = "&'static str")]
pub enum LeftOut {
    /// It is a stop word, or several.
    StopWord,
    /// It holds punctuation only.
    Punctuation,
}

/// What a term is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(into = "&'static str")]
pub enum TermKind {
    /// Units that follow each other.
    String,
    /// The normal form that inflected forms of a word share.
    Inflection,
    /// One of the words that together match as well as the string.
    Word,
    /// Another form of what was typed.
    OtherForm,
    /// Units of the texts that something left open stands for.
    Match,
    /// A value of a field.
    Value,
}

/// What a part of a score is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(into = "&'static str")]
pub enum ScoreKind {
    /// A keyword, string or pattern that stands in the passage.
    String,
    /// A word of the query that stands in the passage.
    Word,
    /// A condition on metadata that holds.
    Field,
    /// Words of the query in the title of the speech.
    Title,
    /// The whole query, standing there as written.
    Literal,
    /// All parts of the query in one passage or speech.
    AllKeywords,
    /// The passage is the heading of a section, or the speech has such a one that matches.
    Heading,
    /// A keyword, string or pattern in the speech as a whole.
    WholeSpeech,
    /// The best passages of the speech.
    BestPassages,
    /// Units of the query, where the passage was among the best and was read.
    Units,
    /// Units side by side in the query and in such a passage.
    Pairs,
    /// Words of the query near each other in such a passage.
    Nearness,
}

impl From<&Expression> for PartKind {
    fn from(expression: &Expression) -> Self {
        match expression {
            Expression::Keyword(_) => Self::Keyword,
            Expression::Phrase(_) => Self::String,
            Expression::Gapped(_) => Self::Gapped,
            Expression::Wildcard(_) => Self::Open,
            Expression::Fuzzy(_) => Self::Fuzzy,
            Expression::Regex(_) => Self::Expression,
            Expression::Field(_) => Self::Field,
            Expression::Near(_) => Self::Near,
            Expression::Weighted(_) => Self::Weight,
            Expression::Clauses(_) => Self::Clauses,
            Expression::And(_) => Self::And,
            Expression::Or(_) => Self::Or,
            Expression::Not(_) => Self::Not,
        }
    }
}

impl From<&Clause> for Demand {
    fn from(clause: &Clause) -> Self {
        match clause.occur {
            Occur::Must => Self::Must,
            Occur::Should if clause.node.is_about_metadata() => Self::Only,
            Occur::Should => Self::May,
            Occur::MustNot => Self::MustNot,
        }
    }
}

impl From<PartKind> for &'static str {
    fn from(kind: PartKind) -> Self {
        match kind {
            PartKind::Keyword => "keyword",
            PartKind::String => "string",
            PartKind::Gapped => "string with gaps",
            PartKind::Open => "words left open",
            PartKind::Fuzzy => "fuzzy word",
            PartKind::Expression => "regular expression",
            PartKind::Field => "field",
            PartKind::Near => "near",
            PartKind::Weight => "weight",
            PartKind::And => "and",
            PartKind::Or => "or",
            PartKind::Not => "not",
            PartKind::Clauses => "clauses",
        }
    }
}

impl From<Demand> for &'static str {
    fn from(demand: Demand) -> Self {
        match demand {
            Demand::Must => "must",
            Demand::May => "may",
            Demand::Only => "only",
            Demand::MustNot => "must not",
        }
    }
}

impl From<LeftOut> for &'static str {
    fn from(reason: LeftOut) -> Self {
        match reason {
            LeftOut::StopWord => "stop word",
            LeftOut::Punctuation => "punctuation",
        }
    }
}

impl From<TermKind> for &'static str {
    fn from(kind: TermKind) -> Self {
        match kind {
            TermKind::String => "string",
            TermKind::Inflection => "inflections",
            TermKind::Word => "word",
            TermKind::OtherForm => "other form",
            TermKind::Match => "match",
            TermKind::Value => "value",
        }
    }
}

impl From<ScoreKind> for &'static str {
    fn from(kind: ScoreKind) -> Self {
        match kind {
            ScoreKind::String => "string",
            ScoreKind::Word => "word",
            ScoreKind::Field => "field",
            ScoreKind::Title => "title",
            ScoreKind::Literal => "literal",
            ScoreKind::AllKeywords => "all keywords",
            ScoreKind::Heading => "heading",
            ScoreKind::WholeSpeech => "whole speech",
            ScoreKind::BestPassages => "best passages",
            ScoreKind::Units => "units",
            ScoreKind::Pairs => "pairs",
            ScoreKind::Nearness => "nearness",
        }
    }
}

impl fmt::Display for ScoreKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str((*self).into())
    }
}
