//! The query language: a string becomes a tree of what is asked for. This room knows no index.

pub mod expression;
mod fields;
pub mod parser;
mod scanner;
mod words;

pub use expression::{Clause, Expression, Keyword, Node, Occur, Phrase};
pub use parser::parse;
