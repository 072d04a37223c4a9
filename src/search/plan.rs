//! A query tree → a plan: the tree over leaves that are ready to be looked up.

use super::leaf::{KeywordReading, Leaf, LeafOptions, word_terms};
use super::request::{SearchRequest, Strictness};
use crate::analyzer::{Analyzer, FoldedText, UnitKind, fold};
use crate::error::{Error, ErrorKind, Result};
use crate::query::{Expression, Node, Occur, parse};
use crate::text::ByteSpan;

/// A query, understood.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The tree as read.
    pub tree: Node,
    /// What must hold of a passage.
    pub condition: Condition,
    /// The leaves that the condition names by number.
    pub leaves: Vec<Leaf>,
    /// For each leaf, whether it counts for a match: it does not under a `-` or NOT.
    pub is_positive: Vec<bool>,
    /// Words whose presence raises the score.
    pub scoring_words: Vec<String>,
    /// The units of the whole query, where it is several keywords side by side.
    pub literal: Vec<String>,
    /// Whether the query is keywords side by side, so that it is relaxed where nothing matches.
    pub may_relax: bool,
    /// Stop words that were left out though a sign or an operator asks for them.
    pub left_out: Vec<String>,
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

impl Plan {
    /// Understands a query for a corpus with the given languages.
    ///
    /// # Errors
    /// [`ErrorKind::Query`] where it cannot be read or holds nothing to search for.
    pub fn make(request: &SearchRequest, languages: &[String], analyzer: &Analyzer) -> Result<Self> {
        let query = request.query.as_str();
        let tree = parse(query)?;
        let is_plain = tree.is_plain();
        let reading = if is_plain {
            KeywordReading::StringOrWords
        } else {
            KeywordReading::StringOnly
        };
        let as_printed = request.strictness == Strictness::AsPrinted;
        let options = LeafOptions {
            query,
            reading,
            as_printed,
            languages,
            analyzer,
        };
        let mut planner = Planner {
            options,
            leaves: Vec::new(),
            is_positive: Vec::new(),
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
        let Planner {
            leaves,
            is_positive,
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
        let scoring_words = scoring_words(&leaves, &is_positive, languages, analyzer);
        let has_others = leaves.iter().any(|leaf| !leaf.is_keyword);
        let literal = match is_plain && !has_others && !as_printed && leaves.len() > 1 {
            true => fold(&plain_text(&tree)).texts().map(str::to_owned).collect(),
            false => Vec::new(),
        };
        Ok(Self {
            tree,
            condition,
            leaves,
            is_positive,
            scoring_words,
            literal,
            may_relax: is_plain && !has_others && !as_printed,
            left_out: if is_plain { Vec::new() } else { left_out },
        })
    }

    /// Whether the query asks for strings, whose occurrences are then counted.
    pub fn counts_occurrences(&self) -> bool {
        self.positive_leaves().any(Leaf::is_counted)
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

struct Planner<'a> {
    options: LeafOptions<'a>,
    leaves: Vec<Leaf>,
    is_positive: Vec<bool>,
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
                Ok(Some(self.leaf(leaf, positive)))
            }
        }
    }

    fn leaf(&mut self, leaf: Leaf, positive: bool) -> Condition {
        let known = self
            .leaves
            .iter()
            .zip(&self.is_positive)
            .position(|(other, sign)| *other == leaf && *sign == positive);
        let index = known.unwrap_or_else(|| {
            self.leaves.push(leaf);
            self.is_positive.push(positive);
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
fn scoring_words(leaves: &[Leaf], is_positive: &[bool], languages: &[String], analyzer: &Analyzer) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let keywords = leaves
        .iter()
        .zip(is_positive)
        .filter(|(leaf, positive)| **positive && leaf.is_keyword);
    for (leaf, _) in keywords {
        words.extend(leaf.inflections().iter().cloned());
        match leaf.units().unwrap_or_default().as_slice() {
            [only] if leaf.inflections().is_empty() => words.push((*only).to_owned()),
            [] | [_] => {}
            several => words.extend(words_and_parts(&fold(&several.join(" ")), languages, analyzer)),
        }
    }
    let is_content = |word: &String| !crate::analyzer::stop_words::is_stop_word(word);
    if words.iter().any(is_content) {
        words.retain(is_content);
    }
    let mut seen = std::collections::HashSet::new();
    words.retain(|word| seen.insert(word.clone()));
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
