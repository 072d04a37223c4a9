//! Lists of formulations in a subcorpus: how often each occurs, when it is used first or last, and an overview of all of them.

mod counts;
mod overview;
mod series;
mod uses;

use super::Engine;
use crate::error::Result;
use crate::search::{Findings, SearchRequest, find};
pub use counts::{FormCount, FormCounts, FormGrain};
pub use overview::{FormListing, ListedForm, PlacedDate, WordingCount};
pub use uses::{FormUse, FormUses};

impl Engine {
    /// What each of several queries finds in the subcorpus of a request.
    pub(super) fn find_all<'a>(
        &self,
        search: &SearchRequest,
        queries: impl Iterator<Item = &'a str>,
    ) -> Result<Vec<Findings>> {
        let mut found = Vec::new();
        for query in queries {
            search.stop.check()?;
            found.push(find(self.snapshot(), self.names(), &with_query(search, query))?);
        }
        Ok(found)
    }
}

/// A request with another query.
fn with_query(search: &SearchRequest, query: &str) -> SearchRequest {
    SearchRequest {
        query: query.to_owned(),
        ..search.clone()
    }
}

/// The warnings of several findings, each once.
pub(super) fn warnings_of(found: &[Findings]) -> Vec<String> {
    let mut warnings: Vec<String> = Vec::new();
    for warning in found.iter().flat_map(|findings| &findings.warnings) {
        if !warnings.contains(warning) {
            warnings.push(warning.clone());
        }
    }
    warnings
}
