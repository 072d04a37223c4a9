//! The query language: a string becomes a tree of what is asked for. This room knows no index.

pub mod expression;
mod field_names;
mod fields;
mod foreign;
mod literal;
mod marks;
pub mod parser;
mod refusal;
mod scanner;
mod words;

#[cfg(test)]
mod tests;

pub use expression::{Clause, Expression, Keyword, Node, Occur, Phrase};
pub use literal::keywords_query;
pub use parser::parse;
