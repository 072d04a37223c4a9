//! A query tree → a plan: the tree over leaves that are ready to be looked up.

use super::SearchContext;
use super::expansion::{Expand, Expansion};
use super::leaf::{KeywordReading, Leaf, LeafOptions, word_terms};
use super::request::{SearchRequest, Strictness};
use crate::analyzer::{Analyzer, FoldedText, UnitKind, fold};
use crate::error::{Error, ErrorKind, Result};
use crate::query::{Clause, Expression, Keyword, Node, Occur, parse};
use crate::text::ByteSpan;

/// A query, understood.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The tree as read.
    pub tree: Node,
    /// The tree with the other forms that are looked for as well.
    pub interpreted: Node,
    /// What must hold of a passage.
    pub condition: Condition,
    /// The leaves that the condition names by number.
    pub leaves: Vec<Leaf>,
    /// For each leaf, whether it counts for a match: it does not under a `-` or NOT.
    pub is_positive: Vec<bool>,
    /// For each leaf, the part of the query that it stands for; the other forms of a keyword stand for the same part, and those
    /// of several keywords together for none.
    pub parts: Vec<Option<usize>>,
    /// The nodes of these parts, as read.
    pub part_nodes: Vec<Node>,
    /// Words whose presence raises the score.
    pub scoring_words: Vec<String>,
    /// By how much the score of each of these words is multiplied: as much as that of the keyword from which it comes.
    pub word_weights: Vec<f32>,
    /// The units of the whole query, where it is several keywords side by side.
    pub literal: Vec<String>,
    /// Whether the query is keywords side by side, so that it is relaxed where nothing matches.
    pub may_relax: bool,
    /// Stop words that were left out though a sign or an operator asks for them.
    pub left_out: Vec<String>,
}

/// How much another form of what was typed weighs beside it.
const WEIGHT_OF_FORMS: f32 = 0.8;

/// The most keywords and strings that one query may have.
const MOST_LEAVES: usize = 1_024;

/// What must hold of a passage (or, by speech, of a speech).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// The leaf matches.
    Leaf(usize),
    /// All hold.
    And(Vec<Condition>),
    /// Any holds.
    Or(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
}

impl Plan {
    /// Understands a query for a corpus with the given languages.
    ///
    /// # Errors
    /// [`ErrorKind::Query`] where it cannot be read or holds nothing to search for.
    pub fn make(request: &SearchRequest, context: &SearchContext<'_>) -> Result<Self> {
        let tree = parse(&request.query)?;
        Self::of_tree(tree, request, context)
    }

    /// The same for a query that is read already.
    ///
    /// # Errors
    /// As [`make`](Self::make).
    pub fn of_tree(tree: Node, request: &SearchRequest, context: &SearchContext<'_>) -> Result<Self> {
        let query = request.query.as_str();
        let (languages, analyzer) = (&context.languages[..], context.snapshot.analyzer());
        let is_plain = tree.is_plain();
        let reading = if is_plain {
            KeywordReading::StringOrWords
        } else {
            KeywordReading::StringOnly
        };
        let as_printed = request.strictness == Strictness::AsPrinted;
        let expand = match (as_printed, request.expand) {
            (true, Expand::Keywords) => Expand::Nothing,
            (_, expand) => expand,
        };
        let expansion = Expansion {
            names: context.names,
            expand,
        };
        let options = LeafOptions {
            query,
            expansion,
            reading,
            as_printed,
            languages,
            analyzer,
        };
        let mut planner = Planner {
            options,
            leaves: Vec::new(),
            is_positive: Vec::new(),
            parts: Vec::new(),
            part_nodes: Vec::new(),
            weight: 1.0,
            keeps_stop_words: false,
            left_out: Vec::new(),
        };
        let mut condition = planner.condition(&tree, true)?;
        if condition.is_none() && planner.leaves.is_empty() {
            planner.keeps_stop_words = true;
            planner.left_out.clear();
            condition = planner.condition(&tree, true)?;
        }
        let condition = condition.ok_or_else(|| nothing_to_search_for(query))?;
        let condition = match is_plain {
            true => planner.with_named_runs(&tree, condition),
            false => condition,
        };
        let Planner {
            leaves,
            is_positive,
            parts,
            part_nodes,
            left_out,
            ..
        } = planner;
        if leaves.len() > MOST_LEAVES {
            let message = format!(
                "the query has {} keywords and strings; {MOST_LEAVES} are the most",
                leaves.len()
            );
            return Err(Error::new(ErrorKind::Query, message)
                .in_query(query, ByteSpan::new(0, query.len()))
                .hint("search for a part of it"));
        }
        let weighed_words = scoring_words(&leaves, &is_positive, languages, analyzer);
        let (scoring_words, word_weights) = weighed_words.into_iter().unzip();
        let has_others = leaves.iter().any(|leaf| !leaf.is_keyword);
        let typed_count = leaves.iter().filter(|leaf| leaf.expansion_of.is_none()).count();
        let literal = match is_plain && !has_others && !as_printed && typed_count > 1 {
            true => fold(&plain_text(&tree)).texts().map(str::to_owned).collect(),
            false => Vec::new(),
        };
        Ok(Self {
            interpreted: expansion.interpreted(&tree),
            tree,
            condition,
            leaves,
            is_positive,
            parts,
            part_nodes,
            scoring_words,
            word_weights,
            literal,
            may_relax: is_plain && !has_others && !as_printed,
            left_out: if is_plain { Vec::new() } else { left_out },
        })
    }

    /// Whether the query asks for strings, whose occurrences are then counted.
    pub fn counts_occurrences(&self) -> bool {
        self.positive_leaves().any(Leaf::is_counted)
    }

    /// By how much the score of a word is multiplied.
    pub fn word_weight(&self, word: &str) -> f32 {
        let mut words = self.scoring_words.iter().zip(&self.word_weights);
        words.find(|(own, _)| *own == word).map_or(1.0, |(_, weight)| *weight)
    }

    /// The leaves that count for a match.
    pub fn positive_leaves(&self) -> impl Iterator<Item = &Leaf> {
        self.leaves
            .iter()
            .zip(&self.is_positive)
            .filter(|(_, positive)| **positive)
            .map(|(leaf, _)| leaf)
    }
}

fn nothing_to_search_for(query: &str) -> Error {
    Error::new(
        ErrorKind::Query,
        "the query holds no letter, character or digit to search for",
    )
    .in_query(query, ByteSpan::new(0, query.len()))
    .hint("write a keyword or a \"quoted string\"")
}

/// The words of a text as keywords side by side.
pub(super) fn keywords_of(text: &str, span: ByteSpan) -> Vec<Clause> {
    let clause = |word: &str| Clause {
        occur: Occur::Should,
        node: Node {
            expression: Expression::Keyword(Keyword { text: word.to_owned() }),
            span,
        },
    };
    text.split_whitespace().map(clause).collect()
}

/// The text of keywords side by side, as typed but without their weights.
fn plain_text(node: &Node) -> String {
    match &node.expression {
        Expression::Keyword(keyword) => keyword.text.clone(),
        Expression::Weighted(weighted) => plain_text(&weighted.node),
        Expression::Clauses(clauses) => {
            let texts: Vec<String> = clauses.iter().map(|clause| plain_text(&clause.node)).collect();
            texts.join(" ")
        }
        _ => String::new(),
    }
}

/// The condition that any of some holds.
fn any_of(mut conditions: Vec<Condition>) -> Condition {
    match conditions.len() {
        1 => conditions.swap_remove(0),
        _ => Condition::Or(conditions),
    }
}

struct Planner<'a> {
    options: LeafOptions<'a>,
    leaves: Vec<Leaf>,
    is_positive: Vec<bool>,
    parts: Vec<Option<usize>>,
    part_nodes: Vec<Node>,
    /// The product of the weights around the node that is being understood.
    weight: f32,
    keeps_stop_words: bool,
    left_out: Vec<String>,
}

impl Planner<'_> {
    /// The condition of a node; `None` where it holds nothing to search for, such as a stop word or a mark.
    fn condition(&mut self, node: &Node, positive: bool) -> Result<Option<Condition>> {
        match &node.expression {
            Expression::Clauses(_) => self.clauses(node, positive),
            Expression::And(parts) => Ok(self.all(parts, positive)?.map(Condition::And)),
            Expression::Or(parts) => Ok(self.all(parts, positive)?.map(Condition::Or)),
            Expression::Not(part) => Ok(self
                .condition(part, !positive)?
                .map(|part| Condition::Not(Box::new(part)))),
            Expression::Weighted(weighted) => {
                let outer = self.weight;
                self.weight *= weighted.factor();
                let condition = self.condition(&weighted.node, positive);
                self.weight = outer;
                condition
            }
            _ => {
                let Some(mut leaf) = Leaf::of_node(node, &self.options)? else {
                    return Ok(None);
                };
                if leaf.is_stop_word() && !self.keeps_stop_words {
                    self.left_out.extend(leaf.units().map(|units| units.concat()));
                    return Ok(None);
                }
                leaf.weight = self.weight;
                let (is_keyword, part) = (leaf.is_keyword, self.part_nodes.len());
                self.part_nodes.push(node.clone());
                let typed = self.leaf(leaf, positive, Some(part));
                let forms = self.options.expansion.forms(&node.expression);
                let of = self.options.query[node.span.range()].to_owned();
                let mut any = vec![typed];
                for form in Leaf::forms(&forms, &of, is_keyword, &self.options) {
                    any.push(self.form(form, positive, Some(part)));
                }
                Ok(Some(any_of(any)))
            }
        }
    }

    /// The condition of a plain query, or the other forms of names that its keywords make up together.
    fn with_named_runs(&mut self, tree: &Node, condition: Condition) -> Condition {
        let mut any = vec![condition];
        for run in self.options.expansion.named_runs(tree) {
            for form in Leaf::forms(&run.forms, &run.typed, true, &self.options) {
                any.push(self.form(form, true, None));
            }
        }
        any_of(any)
    }

    /// Another form of what was typed, which weighs less.
    fn form(&mut self, mut leaf: Leaf, positive: bool, part: Option<usize>) -> Condition {
        leaf.weight = self.weight * WEIGHT_OF_FORMS;
        self.leaf(leaf, positive, part)
    }

    fn leaf(&mut self, leaf: Leaf, positive: bool, part: Option<usize>) -> Condition {
        let known = self
            .leaves
            .iter()
            .zip(&self.is_positive)
            .position(|(other, sign)| *other == leaf && *sign == positive);
        let index = known.unwrap_or_else(|| {
            self.leaves.push(leaf);
            self.is_positive.push(positive);
            self.parts.push(part);
            self.leaves.len() - 1
        });
        Condition::Leaf(index)
    }

    fn all(&mut self, parts: &[Node], positive: bool) -> Result<Option<Vec<Condition>>> {
        let mut conditions = Vec::with_capacity(parts.len());
        for part in parts {
            conditions.extend(self.condition(part, positive)?);
        }
        Ok(if conditions.is_empty() { None } else { Some(conditions) })
    }

    /// Clauses side by side: what must be there, or where nothing must, any of what may be there; and nothing that must not.
    fn clauses(&mut self, node: &Node, positive: bool) -> Result<Option<Condition>> {
        let Expression::Clauses(clauses) = &node.expression else {
            return Ok(None);
        };
        let (mut must, mut may, mut must_not) = (Vec::new(), Vec::new(), Vec::new());
        for clause in clauses {
            let sign = if clause.occur == Occur::MustNot {
                !positive
            } else {
                positive
            };
            let Some(condition) = self.condition(&clause.node, sign)? else {
                continue;
            };
            match clause.occur {
                Occur::Must => must.push(condition),
                Occur::Should => may.push(condition),
                Occur::MustNot => must_not.push(Condition::Not(Box::new(condition))),
            }
        }
        if must.is_empty() && !may.is_empty() {
            must.push(Condition::Or(may));
        }
        must.extend(must_not);
        Ok(if must.is_empty() {
            None
        } else {
            Some(Condition::And(must))
        })
    }
}

/// The words of the positive keywords, with the shorter words inside of them; a query of strings alone has none, so it
/// needs no dictionary.
fn scoring_words(
    leaves: &[Leaf],
    is_positive: &[bool],
    languages: &[String],
    analyzer: &Analyzer,
) -> Vec<(String, f32)> {
    let mut words: Vec<(String, f32)> = Vec::new();
    let keywords = leaves
        .iter()
        .zip(is_positive)
        .filter(|(leaf, positive)| **positive && leaf.is_keyword && leaf.expansion_of.is_none());
    for (leaf, _) in keywords {
        let mut of_leaf = leaf.inflections().to_vec();
        match leaf.units().unwrap_or_default().as_slice() {
            [only] if of_leaf.is_empty() => of_leaf.push((*only).to_owned()),
            [] | [_] => {}
            several => of_leaf.extend(words_and_parts(&fold(&several.join(" ")), languages, analyzer)),
        }
        words.extend(of_leaf.into_iter().map(|word| (word, leaf.weight)));
    }
    let is_content = |(word, _): &(String, f32)| !crate::analyzer::stop_words::is_stop_word(word);
    if words.iter().any(is_content) {
        words.retain(is_content);
    }
    let mut seen = std::collections::HashSet::new();
    words.retain(|(word, _)| seen.insert(word.clone()));
    words
}

fn words_and_parts(folded: &FoldedText, languages: &[String], analyzer: &Analyzer) -> Vec<String> {
    let mut words = Vec::new();
    let mut run = String::new();
    for index in 0..=folded.len() {
        let unit = folded.units().get(index);
        if let Some(unit) = unit.filter(|unit| unit.kind == UnitKind::Han) {
            run.push_str(folded.text_of(unit));
            continue;
        }
        if !run.is_empty() {
            analyzer.han().words_and_parts(&run, |word| words.push(word.to_owned()));
            run.clear();
        }
        if let Some(unit) = unit.filter(|unit| unit.kind != UnitKind::Mark) {
            words.extend(word_terms(folded.text_of(unit), languages));
        }
    }
    words
}
