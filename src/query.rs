//! The query language: a string becomes a tree of what is asked for. This room knows no index.

pub mod expression;
pub mod parser;
mod reserved;
mod scanner;

pub use expression::{Clause, Expression, Keyword, Node, Occur, Phrase};
pub use parser::parse;
