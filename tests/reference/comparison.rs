//! A query is asked of the search and of the reference evaluator; where they differ, its smallest part that differs is told.

use std::collections::{BTreeMap, BTreeSet};

use chancery::engine::Engine;
use chancery::highlight::Highlight;
use chancery::query::expression::{Gapped, Near};
use chancery::query::{Expression, Node, parse};
use chancery::search::{Hit, HitUnit, PassageHit, SearchRequest, SearchResults};
use chancery::text::CharSpan;

use super::writer::node;
use crate::support::reference::{Expected, Texts, evaluate};

/// An index and its texts.
pub(crate) struct Comparison<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) texts: &'a Texts,
}

impl Comparison<'_> {
    /// Asks a query both ways; `request` says how, whatever its own query is.
    pub(crate) fn check(&self, tree: &Node, request: &SearchRequest, seed: u64) {
        let Some(mut difference) = self.difference(tree, request) else {
            return;
        };
        let mut smallest = tree.clone();
        let smaller = |node: &Node| {
            let differs = |part: Node| self.difference(&part, request).map(|difference| (part, difference));
            smaller_trees(node).into_iter().find_map(differs)
        };
        while let Some((part, of_part)) = smaller(&smallest) {
            (smallest, difference) = (part, of_part);
        }
        panic!("seed {seed}: {tree}\nsmallest: {smallest}\n{request:?}\n{difference}");
    }

    /// What the search says otherwise than the reference.
    fn difference(&self, tree: &Node, request: &SearchRequest) -> Option<String> {
        let query = tree.to_string();
        match parse(&query) {
            Ok(read) if read == *tree => {}
            read => return Some(format!("{query} was written as {tree:?} and is read as {read:?}")),
        }
        let request = SearchRequest {
            query,
            ..request.clone()
        };
        match (self.engine.search(&request), evaluate(self.texts, tree, &request)) {
            (Err(_), None) => None,
            (Err(error), Some(_)) => Some(format!("the search refuses it: {error:?}")),
            (Ok(_), None) => Some("the search answers what it should refuse".to_owned()),
            (Ok(results), Some(expected)) if results.relaxed => {
                let is_fair = expected.passages.is_empty() && tree.is_plain();
                (!is_fair).then(|| format!("relaxed, though there is {expected:?}"))
            }
            (Ok(results), Some(expected)) => self.compare(&results, &expected, &request),
        }
    }

    fn compare(&self, results: &SearchResults, expected: &Expected, request: &SearchRequest) -> Option<String> {
        let total = results.total;
        let found = (total.passages, total.speeches, total.occurrences);
        let (passages, speeches) = (expected.passages.len(), expected.speeches.len());
        let counted = (passages as u64, speeches as u64, expected.occurrences);
        if found != counted {
            let all = self.all_found(request);
            let missed: Vec<_> = expected
                .passages
                .difference(&all)
                .take(3)
                .map(|address| self.shown(address))
                .collect();
            let wrong: Vec<_> = all
                .difference(&expected.passages)
                .take(3)
                .map(|address| self.shown(address))
                .collect();
            return Some(format!(
                "passages, speeches, occurrences: found {found:?}, expected {counted:?}\nmissed: {missed:#?}\nwrongly found: {wrong:#?}"
            ));
        }
        let of_unit = if request.by == HitUnit::Speech {
            speeches
        } else {
            passages
        };
        let (matched, partial) = results.hits.split_at(of_unit.min(results.hits.len()));
        if matched.len() != of_unit.min(request.limit) {
            return Some(format!("{} hits of {of_unit}", matched.len()));
        }
        // Behind few matches come passages that do not match, and say so.
        let is_fair = |hit: &&PassageHit| hit.partial && !expected.passages.contains(&hit.passage);
        if !partial.iter().flat_map(passages_of).all(|hit| is_fair(&hit)) {
            return Some(format!("wrongly shown behind the matches: {partial:#?}"));
        }
        if let Some(fault) = matched.iter().find_map(|hit| fault_of_speech(hit, expected)) {
            return Some(fault);
        }
        let hits = matched.iter().flat_map(passages_of);
        hits.into_iter().find_map(|hit| self.fault_of_passage(hit, expected))
    }

    fn all_found(&self, request: &SearchRequest) -> BTreeSet<String> {
        let request = SearchRequest {
            limit: usize::MAX,
            ..request.clone()
        };
        let results = self.engine.search(&request).expect("it was answered before");
        let passages = results.hits.iter().flat_map(passages_of);
        let matched = passages.filter(|hit| !hit.partial);
        matched.map(|hit| hit.passage.clone()).collect()
    }

    fn fault_of_passage(&self, hit: &PassageHit, expected: &Expected) -> Option<String> {
        let Some(highlights) = expected.highlights.get(&hit.passage) else {
            return Some(format!("wrongly found: {}", self.shown(&hit.passage)));
        };
        let span = |found: &Highlight| CharSpan {
            start: found.start,
            end: found.end,
        };
        let found: Vec<CharSpan> = hit.highlights.iter().map(span).collect();
        if *highlights == found {
            return None;
        }
        let characters: Vec<char> = hit.text.chars().collect();
        let marked = |span: &CharSpan| {
            let text: String = characters[span.start..span.end].iter().collect();
            format!("{}..{} {text:?}", span.start, span.end)
        };
        let found: Vec<String> = found.iter().map(marked).collect();
        let wanted: Vec<String> = highlights.iter().map(marked).collect();
        let place = self.shown(&hit.passage);
        Some(format!("marks {found:?}\nexpected {wanted:?}\nin {place}"))
    }

    /// A passage with its address.
    fn shown(&self, address: &str) -> String {
        let passage = self.texts.passages.iter().find(|passage| passage.address == address);
        passage.map_or_else(
            || format!("{address}, which is not there"),
            |passage| {
                let text = &self.texts.paragraphs[passage.paragraph].printed[passage.bytes.clone()];
                format!("{address} {text:?} {:?}", self.texts.speeches[passage.speech].metadata)
            },
        )
    }
}

/// The passages of a hit that are shown.
fn passages_of(hit: &Hit) -> &[PassageHit] {
    match hit {
        Hit::Passage(hit) => std::slice::from_ref(hit),
        Hit::Speech(hit) => &hit.passages,
    }
}

/// Whether a speech is not to be found, or has another number of matching passages.
fn fault_of_speech(hit: &Hit, expected: &Expected) -> Option<String> {
    let Hit::Speech(hit) = hit else {
        return None;
    };
    // Matter is at `ID#mN`, passages are at `ID#pN`.
    let is_of_speech = |address: &str| address.rsplit_once('#').is_some_and(|(speech, _)| speech == hit.speech);
    let count = expected.passages.iter().filter(|address| is_of_speech(address)).count();
    let is_right = expected.speeches.contains(&hit.speech) && hit.matching_passages == count as u64;
    (!is_right).then(|| format!("{} has {count} passages, not {}", hit.speech, hit.matching_passages))
}

/// The trees that lack something of a tree.
fn smaller_trees(tree: &Node) -> Vec<Node> {
    match &tree.expression {
        Expression::Not(part) => vec![*part.clone()],
        Expression::Weighted(weighted) => vec![*weighted.node.clone()],
        Expression::And(parts) => [parts.clone(), without_one(parts, Expression::And)].concat(),
        Expression::Or(parts) => [parts.clone(), without_one(parts, Expression::Or)].concat(),
        Expression::Clauses(clauses) => {
            let nodes = clauses.iter().map(|clause| clause.node.clone()).collect();
            [nodes, without_one(clauses, Expression::Clauses)].concat()
        }
        Expression::Near(near) => {
            let distance = near.distance;
            let shorter = without_one(&near.operands, |operands| Expression::Near(Near { operands, distance }));
            [near.operands.clone(), shorter].concat()
        }
        Expression::Gapped(gapped) => {
            let distance = gapped.distance;
            without_one(&gapped.parts, |parts| Expression::Gapped(Gapped { parts, distance }))
        }
        _ => Vec::new(),
    }
}

/// The same with one part less, where two are left.
fn without_one<T: Clone>(parts: &[T], join: impl Fn(Vec<T>) -> Expression) -> Vec<Node> {
    if parts.len() < 3 {
        return Vec::new();
    }
    let without = |left_out: usize| {
        let mut kept = parts.to_vec();
        kept.remove(left_out);
        node(join(kept))
    };
    (0..parts.len()).map(without).collect()
}

/// How many queries of each kind were asked.
#[derive(Default)]
pub(crate) struct Tally(BTreeMap<&'static str, usize>);

impl Tally {
    /// Counts the operators of a query.
    pub(crate) fn add(&mut self, tree: &Node) {
        *self.0.entry(name_of(tree)).or_default() += 1;
        let parts: Vec<&Node> = match &tree.expression {
            Expression::Not(part) => vec![part],
            Expression::Weighted(weighted) => vec![&weighted.node],
            Expression::And(parts) | Expression::Or(parts) => parts.iter().collect(),
            Expression::Clauses(clauses) => clauses.iter().map(|clause| &clause.node).collect(),
            Expression::Near(near) => near.operands.iter().collect(),
            _ => Vec::new(),
        };
        parts.into_iter().for_each(|part| self.add(part));
    }

    /// The counts, to be printed.
    pub(crate) fn shown(&self) -> String {
        format!("{:?}", self.0)
    }
}

fn name_of(tree: &Node) -> &'static str {
    match &tree.expression {
        Expression::Keyword(_) => "keyword",
        Expression::Phrase(_) => "phrase",
        Expression::Gapped(_) => "gapped",
        Expression::Wildcard(_) => "wildcard",
        Expression::Fuzzy(_) => "fuzzy",
        Expression::Regex(_) => "regex",
        Expression::Field(_) => "field",
        Expression::Near(_) => "near",
        Expression::Weighted(_) => "weighted",
        Expression::Clauses(_) => "clauses",
        Expression::And(_) => "and",
        Expression::Or(_) => "or",
        Expression::Not(_) => "not",
    }
}
