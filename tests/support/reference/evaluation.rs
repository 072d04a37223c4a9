//! A query and the texts → what matches: the passages or speeches, the occurrences, and what is marked.

use std::collections::{BTreeMap, BTreeSet};

use chancery::corpus::Field;
use chancery::query::{Clause, Expression, Node, Occur};
use chancery::search::{FilterField, Filters, HitUnit, SearchRequest, StageDirections, Strictness};
use chancery::text::{ByteSpan, CharSpan, Language};

use super::filters::let_in;
use super::leaves::{LeafReading, Matches, NoLeaf, is_stop_word};
use super::marks::marked_chars;
use super::patterns::PatternMaker;
use super::texts::Texts;

/// What a search must find.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Expected {
    /// The addresses of the passages that match; by speech, those shown of the speeches that do.
    pub(crate) passages: BTreeSet<String>,
    /// The ids of the speeches that match.
    pub(crate) speeches: BTreeSet<String>,
    /// The number of occurrences, where the query asks for some.
    pub(crate) occurrences: Option<u64>,
    /// What is marked in each passage, as ranges of its code points.
    pub(crate) highlights: BTreeMap<String, Vec<CharSpan>>,
}

/// Which things a condition is true for: a yes or no for each passage or speech.
type Truth = Vec<bool>;

/// One search on the texts.
struct Evaluation<'a> {
    texts: &'a Texts,
    request: &'a SearchRequest,
    reading: LeafReading<'a>,
    keeps_stop_words: bool,
    /// For each passage, whether the filters let it in.
    is_let_in: Vec<bool>,
    /// The leaves that count for a match, with what they match.
    positive: Vec<(Node, Matches)>,
    /// Whether any leaf has been read.
    has_leaf: bool,
}

/// What a query finds; none where it must be refused.
pub(crate) fn evaluate(texts: &Texts, tree: &Node, request: &SearchRequest) -> Option<Expected> {
    let languages = languages(texts, &request.filters);
    let reading = LeafReading {
        maker: PatternMaker {
            texts,
            is_strict: request.strictness == Strictness::AsPrinted,
            languages: &languages,
        },
        is_plain: tree.is_plain(),
    };
    let mut evaluation = Evaluation {
        texts,
        request,
        reading,
        keeps_stop_words: false,
        is_let_in: let_in(
            &request.filters,
            texts,
            request.stage_directions == StageDirections::Included,
        ),
        positive: Vec::new(),
        has_leaf: false,
    };
    let mut truth = evaluation.truth(tree, true).ok()?;
    if truth.is_none() && !evaluation.has_leaf {
        evaluation.keeps_stop_words = true;
        truth = evaluation.truth(tree, true).ok()?;
    }
    Some(evaluation.expected(&truth?))
}

/// The languages whose inflections count: those filtered by, else those present.
fn languages(texts: &Texts, filters: &Filters) -> Vec<String> {
    let by_language = FilterField::Known(Field::Language);
    match filters.any_of.iter().find(|(field, _)| *field == by_language) {
        Some((_, tags)) => tags.iter().map(|tag| Language::new(tag).primary().to_owned()).collect(),
        None => texts.languages.clone(),
    }
}

/// Whether all that a node looks at is metadata.
fn is_about_metadata(node: &Node) -> bool {
    match &node.expression {
        Expression::Field(_) => true,
        Expression::Weighted(weighted) => is_about_metadata(&weighted.node),
        Expression::Not(part) => is_about_metadata(part),
        Expression::And(parts) | Expression::Or(parts) => parts.iter().all(is_about_metadata),
        Expression::Clauses(clauses) => clauses.iter().all(|clause| is_about_metadata(&clause.node)),
        _ => false,
    }
}

/// The field of a node that is one condition on it; empty where it is anything else.
fn field_name(node: &Node) -> String {
    match &node.expression {
        Expression::Field(query) => query.field.to_string(),
        Expression::Weighted(weighted) => field_name(&weighted.node),
        _ => String::new(),
    }
}

impl Evaluation<'_> {
    /// For which passages (or speeches) a node is true; none where nothing of it is left to search for.
    fn truth(&mut self, node: &Node, is_positive: bool) -> Result<Option<Truth>, NoLeaf> {
        match &node.expression {
            Expression::And(parts) => self.all(parts, is_positive),
            Expression::Or(parts) => Ok(self.each(parts, is_positive)?.into_iter().reduce(either)),
            Expression::Not(part) => Ok(self.truth(part, !is_positive)?.map(|truth| self.complement(&truth))),
            Expression::Weighted(weighted) => self.truth(&weighted.node, is_positive),
            Expression::Clauses(clauses) => self.clauses(clauses, is_positive),
            _ => self.leaf(node, is_positive),
        }
    }

    fn each(&mut self, parts: &[Node], is_positive: bool) -> Result<Vec<Truth>, NoLeaf> {
        let mut found = Vec::new();
        for part in parts {
            found.extend(self.truth(part, is_positive)?);
        }
        Ok(found)
    }

    fn all(&mut self, parts: &[Node], is_positive: bool) -> Result<Option<Truth>, NoLeaf> {
        Ok(self.each(parts, is_positive)?.into_iter().reduce(both))
    }

    /// All with `+`; where there are none, any without a sign; and none with `-`. What is about metadata alone holds besides: of
    /// clauses about the same field any.
    fn clauses(&mut self, clauses: &[Clause], is_positive: bool) -> Result<Option<Truth>, NoLeaf> {
        let (mut required, mut optional) = (Vec::new(), Vec::new());
        let mut by_field: Vec<(String, Truth)> = Vec::new();
        for clause in clauses {
            let is_negated = clause.occur == Occur::MustNot;
            let Some(truth) = self.truth(&clause.node, is_positive != is_negated)? else {
                continue;
            };
            match clause.occur {
                Occur::Should if is_about_metadata(&clause.node) => {
                    let field = field_name(&clause.node);
                    match by_field
                        .iter_mut()
                        .find(|(other, _)| !field.is_empty() && *other == field)
                    {
                        Some((_, any)) => *any = either(std::mem::take(any), truth),
                        None => by_field.push((field, truth)),
                    }
                }
                Occur::Should => optional.push(truth),
                Occur::Must => required.push((truth, true)),
                Occur::MustNot => required.push((self.complement(&truth), false)),
            }
        }
        let any_optional = optional.into_iter().reduce(either);
        if !required.iter().any(|(_, has_plus)| *has_plus) {
            required.extend(any_optional.map(|truth| (truth, false)));
        }
        required.extend(by_field.into_iter().map(|(_, truth)| (truth, false)));
        Ok(required.into_iter().map(|(truth, _)| truth).reduce(both))
    }

    fn leaf(&mut self, node: &Node, is_positive: bool) -> Result<Option<Truth>, NoLeaf> {
        // As printed a keyword is a string, and no string is a stop word.
        let may_be_left_out = !self.keeps_stop_words && !self.reading.maker.is_strict;
        if may_be_left_out && is_stop_word(node) {
            return Ok(None);
        }
        let leaf = match self.reading.leaf(node) {
            Err(NoLeaf::LeftOut) => return Ok(None),
            leaf => leaf?,
        };
        self.has_leaf = true;
        let with_notes = self.request.stage_directions == StageDirections::Included;
        let matches = leaf.matches(self.texts, with_notes);
        let passages = matches.passages.iter().filter(|passage| self.is_let_in[**passage]);
        let truth = self.of_unit(passages.copied());
        if is_positive {
            self.positive.push((node.clone(), matches));
        }
        Ok(Some(truth))
    }

    /// Passages as a truth of the unit of hits: a speech is meant by any passage of it.
    fn of_unit(&self, passages: impl Iterator<Item = usize>) -> Truth {
        let by_speech = self.request.by == HitUnit::Speech;
        let count = if by_speech {
            self.texts.speeches.len()
        } else {
            self.texts.passages.len()
        };
        let mut truth = vec![false; count];
        for passage in passages {
            truth[if by_speech {
                self.texts.passages[passage].speech
            } else {
                passage
            }] = true;
        }
        truth
    }

    fn complement(&self, truth: &Truth) -> Truth {
        let let_in = (0..self.is_let_in.len()).filter(|passage| self.is_let_in[*passage]);
        let everything = self.of_unit(let_in);
        everything
            .into_iter()
            .zip(truth)
            .map(|(is_there, holds)| is_there && !holds)
            .collect()
    }

    fn expected(&self, truth: &Truth) -> Expected {
        let shown = match self.request.by {
            HitUnit::Passage => (0..truth.len()).filter(|passage| truth[*passage]).collect(),
            HitUnit::Speech => self.shown_of_speeches(truth),
        };
        let counted = self.positive.iter().filter(|(node, _)| is_counted(node));
        let occurrences = counted.clone().flat_map(|(_, matches)| &matches.occurrences);
        let paragraph = |passage: usize| self.texts.passages[passage].paragraph;
        let distinct: BTreeSet<_> = occurrences
            .filter(|(passage, _)| shown.contains(passage))
            .map(|(passage, span)| (paragraph(*passage), *span))
            .collect();
        let passages = shown.iter().map(|passage| &self.texts.passages[*passage]);
        Expected {
            passages: passages.clone().map(|passage| passage.address.clone()).collect(),
            speeches: passages
                .map(|passage| self.texts.speeches[passage.speech].id.clone())
                .collect(),
            occurrences: counted.clone().next().map(|_| distinct.len() as u64),
            highlights: shown.iter().map(|passage| self.highlights(*passage)).collect(),
        }
    }

    /// The passages shown of speeches: those that any positive leaf matches, or where none is, all.
    fn shown_of_speeches(&self, truth: &Truth) -> BTreeSet<usize> {
        let mut shown = BTreeSet::new();
        for (speech, _) in self.texts.speeches.iter().zip(truth).filter(|(_, holds)| **holds) {
            let let_in = || speech.passages.clone().filter(|passage| self.is_let_in[*passage]);
            let matched = |is_field: bool| {
                let positive = self.positive.iter();
                let meant =
                    positive.filter(move |(node, _)| matches!(node.expression, Expression::Field(_)) == is_field);
                let passages: BTreeSet<usize> = meant.flat_map(|(_, found)| found.passages.iter().copied()).collect();
                let_in()
                    .filter(|passage| passages.contains(passage))
                    .collect::<Vec<usize>>()
            };
            // Metadata shows passages only where nothing in the text does.
            let by_any = [matched(false), matched(true), let_in().collect()];
            shown.extend(
                by_any
                    .into_iter()
                    .find(|passages| !passages.is_empty())
                    .unwrap_or_default(),
            );
        }
        shown
    }

    fn highlights(&self, passage: usize) -> (String, Vec<CharSpan>) {
        let of_leaf = |matches: &Matches| -> Vec<_> {
            let before = |owner: usize| (owner, ByteSpan::new(0, 0));
            let marks = matches.marks.range(before(passage)..before(passage + 1));
            marks.map(|(_, span)| *span).collect()
        };
        let marks = self.positive.iter().flat_map(|(_, matches)| of_leaf(matches)).collect();
        let address = self.texts.passages[passage].address.clone();
        (address, marked_chars(self.texts, passage, marks))
    }
}

fn either(left: Truth, right: Truth) -> Truth {
    left.into_iter().zip(right).map(|(left, right)| left || right).collect()
}

fn both(left: Truth, right: Truth) -> Truth {
    left.into_iter().zip(right).map(|(left, right)| left && right).collect()
}

/// Whether the matches of a leaf are counted.
fn is_counted(node: &Node) -> bool {
    !matches!(node.expression, Expression::Keyword(_) | Expression::Field(_))
}
