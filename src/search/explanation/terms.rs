//! What the parts of a query became to be looked up, each with how much has it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::{DocId, Term};

use super::subcorpus::Subcorpus;
use super::{ExplainedTerm, TermKind};
use crate::error::Result;
use crate::index::Snapshot;
use crate::pattern::{NearPattern, Pattern, StringPattern, UnitPattern, matches};
use crate::query::{Expression, Node};
use crate::search::expressions::{narrowed_by, paragraph_count};
use crate::search::fields::admitted_values;
use crate::search::leaf::{FieldLeaf, Leaf, Matcher, TextExpression};
use crate::search::matches::Matches;
use crate::search::matching::{DocCounts, leaf_counts, term_counts};
use crate::search::place::SegmentPlace;
use crate::search::plan::Plan;
use crate::search::request::SearchRequest;
use crate::strings::Symbol;

/// The most terms that are listed of something left open.
const MOST_LISTED: usize = 20;

/// What a part of a query became.
#[derive(Default)]
pub(super) struct Terms {
    pub(super) terms: Vec<ExplainedTerm>,
    /// The number of all terms, where only the most frequent are listed.
    pub(super) count: Option<u64>,
    /// What stands in every paragraph that is read for an expression.
    pub(super) narrowed_by: Option<String>,
    /// The number of paragraphs that are read for an expression.
    pub(super) paragraphs_read: Option<u64>,
}

/// Counts the terms of a query in a subcorpus.
pub(super) struct TermReader<'a> {
    subcorpus: Subcorpus<'a>,
    request: &'a SearchRequest,
    snapshot: &'a Snapshot,
}

impl<'a> TermReader<'a> {
    pub(super) fn new(subcorpus: Subcorpus<'a>, request: &'a SearchRequest, snapshot: &'a Snapshot) -> Self {
        Self {
            subcorpus,
            request,
            snapshot,
        }
    }

    /// What a part that is one thing to look up became: the first leaf of its plan; the others are other forms of it.
    pub(super) fn of(&self, node: &Node, plan: &Plan, found: Option<&Matches>) -> Result<Terms> {
        let Some(leaf) = plan.leaves.first() else {
            return Ok(Terms::default());
        };
        match (&node.expression, &leaf.matcher) {
            (_, Matcher::Expression(expression)) => Ok(self.of_expression(expression)),
            (_, Matcher::Field(condition)) => self.of_field(condition),
            (Expression::Wildcard(_) | Expression::Fuzzy(_), Matcher::Pattern(pattern)) => match found {
                Some(found) => self.of_open_pattern(pattern, found),
                None => Ok(Terms::default()),
            },
            (Expression::Near(_), _) => Ok(Terms::default()),
            (_, Matcher::Pattern(pattern)) => {
                let mut terms = self.of_strings(pattern)?;
                terms.extend(self.of_words(leaf)?);
                if let Some(found) = found {
                    terms.extend(self.of_forms(plan, found, |_| true)?);
                }
                Ok(Terms {
                    terms,
                    ..Terms::default()
                })
            }
        }
    }

    /// The other forms of names that keywords of a query make up together.
    pub(super) fn named_runs(&self, plan: &Plan, found: &Matches) -> Result<Vec<ExplainedTerm>> {
        self.of_forms(plan, found, |leaf| plan.parts[leaf].is_none())
    }

    /// The strings that a pattern is made of, with the terms of inflected forms.
    fn of_strings(&self, pattern: &Pattern) -> Result<Vec<ExplainedTerm>> {
        match pattern {
            Pattern::String(string) => {
                let units: Vec<String> = string
                    .units
                    .iter()
                    .filter_map(UnitPattern::unit)
                    .map(str::to_owned)
                    .collect();
                let typed = StringPattern {
                    units: units.iter().cloned().map(UnitPattern::Exactly).collect(),
                    printed: string.printed.clone(),
                };
                let passages = self.passages_with(Pattern::String(typed))?;
                let mut terms = vec![term(TermKind::String, units.join(" "), passages)];
                if let [UnitPattern::Inflected { terms: shared, .. }] = string.units.as_slice() {
                    terms.extend(self.of_inflections(shared)?);
                }
                Ok(terms)
            }
            Pattern::Near(NearPattern { parts, .. }) | Pattern::Any(parts) => {
                let of_parts: Vec<Vec<ExplainedTerm>> =
                    parts.iter().map(|part| self.of_strings(part)).collect::<Result<_>>()?;
                Ok(of_parts.concat())
            }
        }
    }

    fn of_inflections(&self, shared: &[String]) -> Result<Vec<ExplainedTerm>> {
        let mut terms = Vec::with_capacity(shared.len());
        for text in shared {
            let of_index = Term::from_field_text(self.snapshot.fields().units, text);
            let passages = self.subcorpus.count(|segment| term_counts(&of_index, segment))?;
            terms.push(term(TermKind::Inflection, text.clone(), passages));
        }
        Ok(terms)
    }

    /// The words that together match as well as the string.
    fn of_words(&self, leaf: &Leaf) -> Result<Vec<ExplainedTerm>> {
        let mut terms = Vec::with_capacity(leaf.words.len());
        for word in &leaf.words {
            let passages = self.passages_with(Pattern::string(word))?;
            terms.push(term(TermKind::Word, word.concat(), passages));
        }
        Ok(terms)
    }

    /// The leaves that are other forms of what was typed; `is_meant` is told their numbers.
    fn of_forms(&self, plan: &Plan, found: &Matches, is_meant: impl Fn(usize) -> bool) -> Result<Vec<ExplainedTerm>> {
        let mut terms = Vec::new();
        for (number, leaf) in plan.leaves.iter().enumerate() {
            if leaf.expansion_of.is_some() && is_meant(number) {
                terms.push(ExplainedTerm {
                    expansion_of: leaf.expansion_of.clone(),
                    ..term(
                        TermKind::OtherForm,
                        plan.texts[number].clone(),
                        self.passages_of_leaf(number, found),
                    )
                });
            }
        }
        Ok(terms)
    }

    fn passages_of_leaf(&self, leaf: usize, found: &Matches) -> u64 {
        let segments = 0..found.segments.len();
        segments
            .map(|number| self.docs_of_leaf(leaf, number, found).len() as u64)
            .sum()
    }

    /// The passages of a segment that have a leaf and are let in, ascending.
    fn docs_of_leaf(&self, leaf: usize, number: usize, found: &Matches) -> Vec<DocId> {
        let counts: &DocCounts = &found.segments[number].leaves[leaf];
        let docs = counts.iter().map(|(doc, _)| *doc);
        docs.filter(|doc| self.subcorpus.is_in(number, *doc)).collect()
    }

    fn passages_with(&self, pattern: Pattern) -> Result<u64> {
        let leaf = Leaf::of_pattern(pattern);
        self.subcorpus
            .count(|segment| leaf_counts(&leaf, None, segment, self.snapshot, self.request))
    }

    /// The units that something left open stands for, in the passages that it matches.
    fn of_open_pattern(&self, pattern: &Pattern, found: &Matches) -> Result<Terms> {
        let mut passages: BTreeMap<String, u64> = BTreeMap::new();
        for (number, segment) in self.subcorpus.segments().enumerate() {
            let place =
                SegmentPlace::new(segment, self.snapshot, self.request.stage_directions).until(&self.request.stop);
            let strings = segment.strings();
            let docs = self.docs_of_leaf(0, number, found);
            let mut with: FxHashMap<Vec<Symbol>, FxHashSet<DocId>> = FxHashMap::default();
            for span in matches(&pattern.folded(), &place)? {
                let doc = strings.locate(span.start).document;
                if docs.binary_search(&doc).is_ok() {
                    let symbols: Vec<Symbol> = strings.symbols_at(span.start..span.end).collect();
                    with.entry(symbols).or_default().insert(doc);
                }
            }
            for (symbols, docs) in with {
                let units: Vec<&str> = symbols.into_iter().map(|symbol| strings.unit(symbol)).collect();
                *passages.entry(units.join(" ")).or_default() += docs.len() as u64;
            }
        }
        Ok(most_frequent(passages, |text, passages| {
            term(TermKind::Match, text, passages)
        }))
    }

    /// The values of a field that pass its test.
    fn of_field(&self, condition: &FieldLeaf) -> Result<Terms> {
        let mut speeches: BTreeMap<String, u64> = BTreeMap::new();
        for (number, segment) in self.subcorpus.segments().enumerate() {
            let is_in = |doc| self.subcorpus.is_in(number, doc);
            for (value, count) in admitted_values(condition, segment, &is_in)? {
                *speeches.entry(value).or_default() += count;
            }
        }
        Ok(most_frequent(speeches, |text, speeches| ExplainedTerm {
            passages: None,
            speeches: Some(speeches),
            ..term(TermKind::Value, text, 0)
        }))
    }

    fn of_expression(&self, expression: &TextExpression) -> Terms {
        let read = self.subcorpus.segments().enumerate().map(|(number, segment)| {
            let among = self.subcorpus.not_left_out(number);
            paragraph_count(expression, &among, segment, self.request)
        });
        Terms {
            narrowed_by: narrowed_by(expression),
            paragraphs_read: Some(read.sum()),
            ..Terms::default()
        }
    }
}

fn term(what: TermKind, text: String, passages: u64) -> ExplainedTerm {
    ExplainedTerm {
        what,
        text,
        expansion_of: None,
        passages: Some(passages),
        speeches: None,
    }
}

/// The terms that most have, the most frequent first, equal ones in the order of their letters.
fn most_frequent(counts: BTreeMap<String, u64>, term: impl Fn(String, u64) -> ExplainedTerm) -> Terms {
    let count = counts.len() as u64;
    let mut ordered: Vec<(String, u64)> = counts.into_iter().collect();
    ordered.sort_by_key(|(_, count)| Reverse(*count));
    ordered.truncate(MOST_LISTED);
    Terms {
        terms: ordered.into_iter().map(|(text, count)| term(text, count)).collect(),
        count: Some(count),
        ..Terms::default()
    }
}
