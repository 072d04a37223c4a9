//! Queries drawn from an index's own text, by kind and by seed: what to ask of a corpus whose users nobody has watched.
//!
//! The same corpus, kinds, count and seed give the same queries, however the index is divided into segments. Nothing is
//! made up: a kind that the text has nothing for is named as not drawn, with the reason.

mod drawing;
mod kind;
mod place;

use std::num::NonZeroUsize;

use serde::{Deserialize, Serialize};

pub use drawing::draw;
pub use kind::Kind;

use crate::search::{HitUnit, SearchRequest};

/// Which queries to draw.
#[derive(Clone, Debug)]
pub struct DrawRequest {
    /// The kinds, in the order in which they are drawn.
    pub kinds: Vec<Kind>,
    /// The most queries of each kind; they are all different.
    pub count: NonZeroUsize,
    /// Where the choice begins: another seed gives other queries.
    pub seed: u64,
}

/// Queries in groups that are measured each by itself.
#[derive(Clone, Debug, Default)]
pub struct Workload {
    /// The groups that have queries, in the order asked for.
    pub groups: Vec<QueryGroup>,
    /// The kinds that nothing could be drawn of.
    pub not_drawn: Vec<NotDrawn>,
}

/// Queries of one kind.
#[derive(Clone, Debug)]
pub struct QueryGroup {
    /// The name of the kind.
    pub kind: String,
    /// The queries, all to be answered.
    pub queries: Vec<NamedQuery>,
}

/// A query with a name to speak of it by.
#[derive(Clone, Debug)]
pub struct NamedQuery {
    /// The name, such as `near/12`, or the id that a file gives.
    pub id: String,
    /// The line of the file that it came from, from 1.
    pub line: Option<u64>,
    /// The search.
    pub request: SearchRequest,
}

/// A kind that nothing could be drawn of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotDrawn {
    /// The name of the kind.
    pub kind: String,
    /// What the text lacks.
    pub reason: String,
}

/// The options by which `chancery search` asks the same of the same query: those that differ from what it does by itself,
/// among filters and the unit of the hits.
pub fn search_options(request: &SearchRequest) -> Vec<String> {
    let mut options = Vec::new();
    let mut push = |name: &str, value: String| options.extend([name.to_owned(), value]);
    for (field, values) in &request.filters.any_of {
        for value in values {
            push("--where", format!("{}={value}", field.path()));
        }
    }
    for (name, date) in [("--from", request.filters.from), ("--to", request.filters.to)] {
        if let Some(date) = date {
            push(name, date.to_string());
        }
    }
    if request.by == HitUnit::Speech {
        push("--by", "speech".to_owned());
    }
    options
}
