//! What the parts of a query, its terms and the parts of a score are, in the words in which an answer says it.

use std::fmt;

use serde::Serialize;

use crate::query::expression::{Clause, Expression, Occur};

/// An enum whose variants are written as the words beside them.
macro_rules! named {
    ($(#[doc = $doc:literal])+ pub enum $name:ident { $($(#[doc = $variant_doc:literal])* $variant:ident => $words:literal,)* }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
        #[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
        pub enum $name {
            $($(#[doc = $variant_doc])* #[serde(rename = $words)] $variant,)*
        }

        impl From<$name> for &'static str {
            fn from(named: $name) -> Self {
                match named { $($name::$variant => $words,)* }
            }
        }
    };
}

named! {
    /// What a part of a query is.
    pub enum PartKind {
        /// A keyword.
        Keyword => "keyword",
        /// A string in quotation marks.
        String => "string",
        /// Strings with gaps between them.
        Gapped => "string with gaps",
        /// Words or a string of which some characters are left open.
        Open => "words left open",
        /// A word that may be spelled otherwise.
        Fuzzy => "fuzzy word",
        /// A regular expression.
        Expression => "regular expression",
        /// A condition on metadata.
        Field => "field",
        /// Several parts near each other.
        Near => "near",
        /// A part that weighs more or less.
        Weight => "weight",
        /// All of the parts.
        And => "and",
        /// Any of the parts.
        Or => "or",
        /// What the part does not match.
        Not => "not",
        /// Clauses side by side.
        Clauses => "clauses",
    }
}

named! {
    /// Whether a clause must, may or must not match, or restricts the others.
    pub enum Demand {
        /// It was written with `+`.
        Must => "must",
        /// It was written without a sign.
        May => "may",
        /// It was written without a sign and is about the metadata, which restricts whatever stands beside it.
        Only => "only",
        /// It was written with `-` or NOT.
        MustNot => "must not",
    }
}

named! {
    /// Why a part of a query is not looked for.
    pub enum LeftOut {
        /// It is a stop word, or several.
        StopWord => "stop word",
        /// It holds punctuation only.
        Punctuation => "punctuation",
    }
}

named! {
    /// What a term is.
    pub enum TermKind {
        /// Units that follow each other.
        String => "string",
        /// The normal form that inflected forms of a word share.
        Inflection => "inflections",
        /// One of the words that together match as well as the string.
        Word => "word",
        /// Another form of what was typed.
        OtherForm => "other form",
        /// Units of the texts that something left open stands for.
        Match => "match",
        /// A value of a field.
        Value => "value",
    }
}

named! {
    /// What a part of a score is for.
    pub enum ScoreKind {
        /// A keyword, string or pattern that stands in the passage.
        String => "string",
        /// A word of the query that stands in the passage.
        Word => "word",
        /// A condition on metadata that holds.
        Field => "field",
        /// Words of the query in the title of the speech.
        Title => "title",
        /// The whole query, standing there as written.
        Literal => "literal",
        /// All parts of the query in one passage or speech.
        AllKeywords => "all keywords",
        /// The passage is the heading of a section, or the speech has such a one that matches.
        Heading => "heading",
        /// A keyword, string or pattern in the speech as a whole.
        WholeSpeech => "whole speech",
        /// The best passages of the speech.
        BestPassages => "best passages",
        /// Units of the query, where the passage was among the best and was read.
        Units => "units",
        /// Units side by side in the query and in such a passage.
        Pairs => "pairs",
        /// Words of the query near each other in such a passage.
        Nearness => "nearness",
    }
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

impl fmt::Display for ScoreKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str((*self).into())
    }
}
