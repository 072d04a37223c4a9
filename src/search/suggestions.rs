//! What to try where nothing is found: the parts of the query that stand nowhere, and the nearest readings that do find
//! something, each counted.

mod readings;
mod spellings;

use std::collections::HashSet;

use serde::Serialize;

use super::SearchContext;
use super::expansion::Expand;
use super::leaf::{Leaf, Matcher};
use super::matches::Matches;
use super::plan::Plan;
use super::request::{Filters, SearchRequest, StageDirections, Strictness};
use crate::error::Result;
use crate::query::expression::{Expression, Node};

/// The most suggestions.
const MOST: usize = 8;

/// The most searches that are tried, so that a query of a thousand words is not searched for a thousand times.
const MOST_TRIALS: usize = 40;

/// The most parts that stand nowhere for which other spellings and readings are looked for.
const MOST_PARTS: usize = 8;

/// What to try where nothing is found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct Advice {
    /// The parts of the query that match no passage of the corpus, whatever the filters.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub found_nowhere: Vec<String>,
    /// Searches that find something, the nearest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suggestions: Vec<Suggestion>,
}

/// A search that finds something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct Suggestion {
    /// How it differs from what was asked, in words.
    pub reason: String,
    /// Its query.
    pub query: String,
    /// The filters and options to leave out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<String>,
    /// The options to add.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
    /// The passages that it finds.
    pub passages: u64,
}

/// A search to try.
struct Trial {
    reason: String,
    request: SearchRequest,
    without: Vec<String>,
    with: Vec<String>,
}

impl Trial {
    fn new(reason: impl Into<String>, request: SearchRequest) -> Self {
        Self {
            reason: reason.into(),
            request,
            without: Vec::new(),
            with: Vec::new(),
        }
    }
}

/// What to try where a search finds nothing.
pub(super) fn advice(
    plan: &Plan,
    found: &Matches,
    request: &SearchRequest,
    context: &SearchContext<'_>,
) -> Result<Advice> {
    let nowhere = parts_found_nowhere(plan, found);
    let mut trials = Vec::new();
    for part in nowhere.iter().take(MOST_PARTS) {
        trials.extend(spellings::trials(part, request, context)?);
        trials.extend(readings::of_part(part, request));
    }
    trials.extend(other_options(request));
    trials.extend(without_filters(request));
    trials.extend(readings::of_whole(&plan.tree, request));
    if plan.leaves.iter().any(is_expression) {
        // With fewer restrictions an expression may have to read the whole corpus.
        trials.clear();
    }
    let mut suggestions = Vec::new();
    let mut seen: HashSet<(String, Vec<String>, Vec<String>)> = HashSet::new();
    for trial in trials.into_iter().take(MOST_TRIALS) {
        if suggestions.len() == MOST {
            break;
        }
        let is_new = seen.insert((trial.request.query.clone(), trial.without.clone(), trial.with.clone()));
        if !is_new {
            continue;
        }
        let passages = passages(&trial.request, context)?;
        if passages > 0 {
            suggestions.push(Suggestion {
                reason: trial.reason,
                query: trial.request.query,
                without: trial.without,
                with: trial.with,
                passages,
            });
        }
    }
    Ok(Advice {
        found_nowhere: named(&nowhere, request, context)?,
        suggestions,
    })
}

/// The number of passages that a search finds without being relaxed; none where its query cannot be read.
fn passages(request: &SearchRequest, context: &SearchContext<'_>) -> Result<u64> {
    let Ok(plan) = Plan::make(request, context) else {
        return Ok(0);
    };
    let found = Matches::find(&plan, request, context.snapshot)?;
    let count = found.segments.iter().map(|segment| segment.docs.len() as u64).sum();
    Ok(if found.relaxed { 0 } else { count })
}

/// The parts of the query that count for a match and stand in no passage, with the other forms of them.
fn parts_found_nowhere(plan: &Plan, found: &Matches) -> Vec<Node> {
    let is_nowhere = |part: &usize| {
        let mut leaves = (0..plan.leaves.len()).filter(|leaf| plan.parts[*leaf] == Some(*part));
        let is_asked_for = (0..plan.leaves.len()).any(|leaf| plan.parts[leaf] == Some(*part) && plan.is_positive[leaf]);
        // An expression is looked for only where the rest of the query and the filters let it matter.
        is_asked_for && leaves.all(|leaf| found.passages_with(leaf) == 0 && !is_expression(&plan.leaves[leaf]))
    };
    let parts = (0..plan.part_nodes.len()).filter(is_nowhere);
    parts.map(|part| plan.part_nodes[part].clone()).collect()
}

fn is_expression(leaf: &Leaf) -> bool {
    matches!(leaf.matcher, Matcher::Expression(_))
}

/// The parts that stand nowhere, each once; of strings near each other those that do, or all together where each stands somewhere.
fn named(nowhere: &[Node], request: &SearchRequest, context: &SearchContext<'_>) -> Result<Vec<String>> {
    let mut names = Vec::new();
    let mut seen = HashSet::new();
    for (index, part) in nowhere.iter().enumerate() {
        let mut apart = Vec::new();
        for operand in part.parts().iter().filter(|_| index < MOST_PARTS) {
            let mut alone = request.clone();
            alone.query = operand.to_string();
            alone.filters = Filters::default();
            if passages(&alone, context)? == 0 {
                apart.push(alone.query);
            }
        }
        if apart.is_empty() || !matches!(part.expression, Expression::Near(_)) {
            apart = vec![part.to_string()];
        }
        names.extend(apart.into_iter().filter(|name| seen.insert(name.clone())));
    }
    Ok(names)
}

fn other_options(request: &SearchRequest) -> Vec<Trial> {
    let mut trials = Vec::new();
    if request.strictness == Strictness::AsPrinted {
        let mut folded = request.clone();
        folded.strictness = Strictness::Folded;
        let mut trial = Trial::new("whatever the letter case, width, script and white space", folded);
        trial.without.push("strict".to_owned());
        trials.push(trial);
    }
    if request.expand != Expand::Everything {
        let mut expanded = request.clone();
        expanded.expand = Expand::Everything;
        let mut trial = Trial::new("with synonyms and other forms of names", expanded);
        trial.with.push("expand".to_owned());
        trials.push(trial);
    }
    if request.stage_directions == StageDirections::Excluded {
        let mut with_notes = request.clone();
        with_notes.stage_directions = StageDirections::Included;
        let mut trial = Trial::new("in stage directions too", with_notes);
        trial.with.push("include-notes".to_owned());
        trials.push(trial);
    }
    trials
}

/// The search without each of its filters, and without all of them.
fn without_filters(request: &SearchRequest) -> Vec<Trial> {
    let mut names: Vec<String> = request.filters.any_of.iter().map(|(field, _)| field.path()).collect();
    names.extend(request.filters.from.map(|_| "from".to_owned()));
    names.extend(request.filters.to.map(|_| "to".to_owned()));
    let mut trials = Vec::new();
    for name in names.iter().filter(|_| names.len() > 1) {
        let mut fewer = request.clone();
        fewer.filters.any_of.retain(|(field, _)| field.path() != *name);
        fewer.filters.from = fewer.filters.from.filter(|_| name != "from");
        fewer.filters.to = fewer.filters.to.filter(|_| name != "to");
        let mut trial = Trial::new(format!("without the filter `{name}`"), fewer);
        trial.without.push(name.clone());
        trials.push(trial);
    }
    if !names.is_empty() {
        let mut all = request.clone();
        all.filters = Filters::default();
        let reason = if names.len() == 1 {
            "without the filter"
        } else {
            "without the filters"
        };
        let mut trial = Trial::new(reason, all);
        trial.without = names;
        trials.push(trial);
    }
    trials
}
