//! A query tree → a plan: the tree over leaves that are ready to be looked up.

mod planner;
mod scoring_words;
mod wording;

use super::SearchContext;
use super::expansion::{Expand, Expansion};
use super::leaf::{KeywordReading, Leaf, LeafOptions};
use super::request::{Keywords, SearchRequest, Strictness};
use crate::analyzer::fold;
use crate::error::{Error, ErrorKind, Result};
use crate::index::Snapshot;
use crate::query::{Clause, Expression, Keyword, Node, Occur, parse};
use crate::text::ByteSpan;
use planner::Planner;
use scoring_words::scoring_words;
pub use wording::{Wording, WordingUnit};

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
    /// For each leaf, what was typed, or the other form that is looked for in its place.
    pub texts: Vec<String>,
    /// What becomes of keywords that are stop words.
    pub stop_words: StopWords,
    /// Words whose presence raises the score.
    pub scoring_words: Vec<String>,
    /// By how much the score of each of these words is multiplied: as much as that of the keyword from which it comes.
    pub word_weights: Vec<f32>,
    /// The units and words of the query, with which the best passages are compared.
    pub wording: Wording,
    /// The units of the whole query, where it is several keywords side by side.
    pub literal: Vec<String>,
    /// Where the query is plain, what it says of the metadata: it holds of whatever the query is relaxed to as well.
    pub metadata: Vec<Condition>,
    /// Whether the query is keywords side by side, so that it is relaxed where nothing matches.
    pub may_relax: bool,
    /// Whether the occurrences of keywords count.
    pub counts_keywords: bool,
    /// Stop words that were left out though a sign or an operator asks for them, or though they were to be counted.
    pub left_out: Vec<String>,
}

/// What becomes of keywords that are stop words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopWords {
    /// They are left out of the query.
    LeftOut,
    /// They are looked for as other keywords are: the query has nothing else, or they stand near something.
    Kept,
}

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

impl Condition {
    /// Whether it holds where any of so many leaves matches, and nowhere else.
    pub fn is_any_leaf(&self, leaf_count: usize) -> bool {
        match self {
            Self::Leaf(_) => leaf_count == 1,
            Self::And(parts) => matches!(parts.as_slice(), [only] if only.is_any_leaf(leaf_count)),
            Self::Or(parts) => {
                let mut leaves: Vec<usize> = Vec::new();
                parts.iter().all(|part| part.add_any_leaf(&mut leaves)) && {
                    leaves.sort_unstable();
                    leaves.dedup();
                    leaves.len() == leaf_count
                }
            }
            Self::Not(_) => false,
        }
    }

    /// Adds the leaves of which any is enough; `false` where it is not so simple.
    fn add_any_leaf(&self, leaves: &mut Vec<usize>) -> bool {
        match self {
            Self::Leaf(leaf) => {
                leaves.push(*leaf);
                true
            }
            Self::Or(parts) => parts.iter().all(|part| part.add_any_leaf(leaves)),
            Self::And(_) | Self::Not(_) => false,
        }
    }
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
        let is_plain = tree.is_plain();
        let options = leaf_options(is_plain, request, context);
        let mut planner = Planner::new(options, StopWords::LeftOut);
        let mut condition = planner.condition(&tree, true)?;
        if condition.is_none() && planner.leaves.is_empty() {
            planner = Planner::new(options, StopWords::Kept);
            condition = planner.condition(&tree, true)?;
        }
        let condition = condition.ok_or_else(|| nothing_to_search_for(query))?;
        let condition = match is_plain {
            true => planner.with_named_runs(&tree, condition),
            false => condition,
        };
        if planner.leaves.len() > MOST_LEAVES {
            let message = format!(
                "the query has {} keywords and strings; {MOST_LEAVES} are the most",
                planner.leaves.len()
            );
            return Err(Error::new(ErrorKind::Query, message)
                .in_query(query, ByteSpan::new(0, query.len()))
                .hint("search for a part of it"));
        }
        let mut plan = planner.plan(tree, condition);
        plan.counts_keywords = request.keywords == Keywords::Counted;
        if is_plain && !plan.counts_keywords {
            plan.left_out.clear();
        }
        plan.interpreted = options.expansion.interpreted(&plan.tree);
        plan.score_by_words(&options, context.snapshot);
        Ok(plan)
    }

    /// The plan of a part of the query by itself, understood as it is within the whole; `None` where it is left out of the query: it holds
    /// nothing to search for, or stop words alone. What is found is not ranked by it, and it is not relaxed.
    ///
    /// # Errors
    /// As [`make`](Self::make).
    pub fn of_part(
        &self,
        part: &Node,
        stop_words: StopWords,
        request: &SearchRequest,
        context: &SearchContext<'_>,
    ) -> Result<Option<Self>> {
        let options = leaf_options(self.tree.is_plain(), request, context);
        let mut planner = Planner::new(options, stop_words);
        let condition = planner.condition(part, true)?;
        Ok(condition.map(|condition| planner.plan(part.clone(), condition)))
    }

    /// Sets what raises the score beside the leaves themselves, and whether the query may be relaxed.
    fn score_by_words(&mut self, options: &LeafOptions<'_>, snapshot: &Snapshot) {
        let weighed = scoring_words(&self.leaves, &self.is_positive, options.languages, snapshot);
        (self.scoring_words, self.word_weights) = weighed.into_iter().unzip();
        self.wording = Wording::of(&self.tree, options.languages, options.analyzer);
        let has_others = self.leaves.iter().any(|leaf| !leaf.is_keyword && !leaf.is_field());
        let is_keywords = self.tree.is_plain() && !has_others && !options.as_printed;
        let is_typed = |leaf: &&Leaf| leaf.is_keyword && leaf.expansion_of.is_none();
        let typed_count = self.leaves.iter().filter(is_typed).count();
        if is_keywords && typed_count > 1 {
            let literal = fold(&plain_text(&self.tree));
            self.literal = literal.texts().map(str::to_owned).collect();
        }
        self.may_relax = is_keywords && !self.counts_keywords;
    }

    /// Whether the query asks for something whose occurrences are counted: strings, and keywords where they are.
    pub fn counts_occurrences(&self) -> bool {
        self.positive_leaves().any(|leaf| self.counts(leaf))
    }

    /// Whether the occurrences of a leaf count.
    pub fn counts(&self, leaf: &Leaf) -> bool {
        leaf.is_counted() || (self.counts_keywords && !leaf.is_field())
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

/// What the making of the leaves of a query depends on.
fn leaf_options<'a>(is_plain: bool, request: &'a SearchRequest, context: &'a SearchContext<'_>) -> LeafOptions<'a> {
    let as_printed = request.strictness == Strictness::AsPrinted;
    let expand = match (as_printed, request.expand) {
        (true, Expand::Keywords) => Expand::Nothing,
        (_, expand) => expand,
    };
    LeafOptions {
        query: &request.query,
        expansion: Expansion {
            names: context.names,
            expand,
        },
        reading: match is_plain && request.keywords == Keywords::Ranked {
            true => KeywordReading::StringOrWords,
            false => KeywordReading::StringOnly,
        },
        as_printed,
        languages: &context.languages,
        analyzer: context.snapshot.analyzer(),
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
pub(super) fn plain_text(node: &Node) -> String {
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
