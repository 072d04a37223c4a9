//! The reference evaluator: what a query tree matches in the folded paragraphs of an index, by brute force.
//!
//! It implements what the operators mean a second time, from the written rules, and shares with the search only the
//! folding of texts, the stems of words and the dictionary. Where the two differ, one of them is wrong.

pub(crate) mod evaluation;
mod filters;
mod leaves;
mod marks;
mod matchers;
mod patterns;
pub(crate) mod texts;
mod vocabulary;

pub(crate) use evaluation::{Expected, evaluate};
pub(crate) use texts::{Sequence, Texts};
