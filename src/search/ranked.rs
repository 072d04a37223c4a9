//! The order alone: the hits of a search before anything is read or marked, for those who look at many of them.

use tantivy::DocAddress;

use super::request::SearchRequest;
use super::scoring::rounded;
use super::{Found, warnings};
use crate::error::Result;
use crate::index::Snapshot;
use crate::names::Names;

/// The hits of a search, in order, without their texts.
#[derive(Clone, Debug, Default)]
pub struct Ranked {
    /// Whether no passage matched, so that these are passages with parts of the words.
    pub relaxed: bool,
    /// What the reader of the answer should know.
    pub warnings: Vec<String>,
    /// The hits.
    pub hits: Vec<RankedHit>,
}

/// A hit: where it stands in the index, and its score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankedHit {
    /// The passage; of a speech its first one.
    pub address: DocAddress,
    /// The score.
    pub score: f64,
}

/// Ranks as [`search`](super::search) does, and returns the same hits in the same order.
///
/// # Errors
/// The query cannot be read, or the index is damaged.
pub fn rank(snapshot: &Snapshot, names: &Names, asked: &SearchRequest) -> Result<Ranked> {
    let found = Found::find(snapshot, names, asked)?;
    let hits = found.page.hits.iter().map(|candidate| RankedHit {
        address: DocAddress::new(candidate.segment, candidate.doc),
        score: rounded(candidate.score),
    });
    Ok(Ranked {
        relaxed: found.matches.relaxed,
        warnings: warnings(&found.plan, &found.request, snapshot)?,
        hits: hits.collect(),
    })
}
