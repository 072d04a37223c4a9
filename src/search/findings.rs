//! What a query finds, to be counted: the passages that match, each with its number of occurrences. Nothing is ranked.

use super::matches::Matches;
use super::matching::DocCounts;
use super::occurrences::occurrences_by_passage;
use super::plan::Plan;
use super::request::SearchRequest;
use super::{SearchContext, warnings};
use crate::error::Result;
use crate::index::Snapshot;
use crate::names::Names;
use crate::tally::HasOccurrences;

/// What a query finds in a subcorpus.
#[derive(Clone, Debug)]
pub struct Findings {
    /// For each segment the passages that match, ascending, each with the number of occurrences that begin in it.
    pub segments: Vec<DocCounts>,
    /// The query as it was understood.
    pub interpreted: String,
    /// Whether anything in the query stands in the text; else there is nothing to occur.
    pub has_occurrences: HasOccurrences,
    /// Speeches that match but whose date is absent or too imprecise for the range asked for; absent without a range.
    pub undetermined: Option<u64>,
    /// What the reader should know.
    pub warnings: Vec<String>,
}

/// Finds what is to be counted.
///
/// # Errors
/// The query cannot be read, or the index is damaged.
pub fn find(snapshot: &Snapshot, names: &Names, asked: &SearchRequest) -> Result<Findings> {
    let request = &SearchRequest {
        filters: asked.filters.joined(names),
        ..asked.clone()
    };
    let context = SearchContext::new(snapshot, names, &request.filters);
    let plan = Plan::make(request, &context)?;
    let matches = Matches::find(&plan, request, snapshot)?;
    Ok(Findings {
        segments: occurrences_by_passage(&plan, &matches, request, snapshot)?,
        interpreted: plan.interpreted.to_string(),
        has_occurrences: match plan.counts_occurrences() {
            true => HasOccurrences::Yes,
            false => HasOccurrences::No,
        },
        undetermined: matches.undetermined(request),
        warnings: counting_warnings(&plan, request, snapshot)?,
    })
}

/// What the reader of counts should know.
pub(super) fn counting_warnings(plan: &Plan, request: &SearchRequest, snapshot: &Snapshot) -> Result<Vec<String>> {
    let mut warnings = warnings(plan, request, snapshot)?;
    warnings.extend(counted_apart(plan));
    Ok(warnings)
}

/// Says that keywords side by side are counted each by itself, which who types a phrase may not expect.
fn counted_apart(plan: &Plan) -> Option<String> {
    let keywords: Vec<&str> = (plan.positive_leaves().zip(&plan.texts))
        .filter(|(leaf, _)| leaf.is_keyword && leaf.expansion_of.is_none())
        .map(|(_, text)| text.as_str())
        .collect();
    let is_apart = plan.counts_keywords && plan.tree.is_plain() && keywords.len() > 1;
    is_apart.then(|| {
        let phrase = keywords.join(" ");
        format!("the keywords are counted each by itself; `\"{phrase}\"` counts them as one string")
    })
}
