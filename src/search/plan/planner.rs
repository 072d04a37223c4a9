//! The nodes of a query → leaves, each once, and the condition on them.

use super::{Condition, Plan, StopWords, Wording};
use crate::error::Result;
use crate::query::expression::FieldName;
use crate::query::{Expression, Node, Occur};
use crate::search::leaf::{Leaf, LeafOptions};

/// How much another form of what was typed weighs beside it.
const WEIGHT_OF_FORMS: f32 = 0.8;

/// A plan in the making.
pub(super) struct Planner<'a> {
    options: LeafOptions<'a>,
    pub(super) leaves: Vec<Leaf>,
    is_positive: Vec<bool>,
    parts: Vec<Option<usize>>,
    part_nodes: Vec<Node>,
    texts: Vec<String>,
    /// The product of the weights around the node that is being understood.
    weight: f32,
    stop_words: StopWords,
    left_out: Vec<String>,
    /// What the clauses that were understood last say of the metadata.
    metadata: Vec<Condition>,
}

impl<'a> Planner<'a> {
    pub(super) fn new(options: LeafOptions<'a>, stop_words: StopWords) -> Self {
        Self {
            options,
            leaves: Vec::new(),
            is_positive: Vec::new(),
            parts: Vec::new(),
            part_nodes: Vec::new(),
            texts: Vec::new(),
            weight: 1.0,
            stop_words,
            left_out: Vec::new(),
            metadata: Vec::new(),
        }
    }

    /// The plan of a condition on the leaves, by which nothing is ranked yet.
    pub(super) fn plan(self, tree: Node, condition: Condition) -> Plan {
        Plan {
            interpreted: tree.clone(),
            tree,
            condition,
            leaves: self.leaves,
            is_positive: self.is_positive,
            parts: self.parts,
            part_nodes: self.part_nodes,
            texts: self.texts,
            stop_words: self.stop_words,
            scoring_words: Vec::new(),
            word_weights: Vec::new(),
            wording: Wording::default(),
            literal: Vec::new(),
            metadata: self.metadata,
            may_relax: false,
            counts_keywords: false,
            left_out: self.left_out,
        }
    }

    /// The condition of a node; `None` where it holds nothing to search for, such as a stop word or a mark.
    pub(super) fn condition(&mut self, node: &Node, positive: bool) -> Result<Option<Condition>> {
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
                if leaf.is_stop_word() && self.stop_words == StopWords::LeftOut {
                    self.left_out.extend(leaf.units().map(|units| units.concat()));
                    return Ok(None);
                }
                leaf.weight = self.weight;
                let (is_keyword, part) = (leaf.is_keyword, self.part_nodes.len());
                self.part_nodes.push(node.clone());
                let typed = self.leaf(leaf, node.to_string(), positive, Some(part));
                let forms = self.options.expansion.forms(&node.expression);
                let of = &self.options.query[node.span.range()];
                let mut any = vec![typed];
                for form in &forms {
                    if let Some(leaf) = Leaf::form(form, of, is_keyword, &self.options) {
                        any.push(self.form(leaf, form, positive, Some(part)));
                    }
                }
                Ok(Some(any_of(any)))
            }
        }
    }

    /// The condition of a plain query, or the other forms of names that its keywords make up together.
    pub(super) fn with_named_runs(&mut self, tree: &Node, condition: Condition) -> Condition {
        let mut any = vec![condition];
        for run in self.options.expansion.named_runs(tree) {
            for form in &run.forms {
                if let Some(leaf) = Leaf::form(form, &run.typed, true, &self.options) {
                    any.push(self.form(leaf, form, true, None));
                }
            }
        }
        if any.len() == 1 {
            return any_of(any);
        }
        // A name made of several keywords is restricted by the metadata as each of them is.
        let all = std::iter::once(any_of(any)).chain(self.metadata.iter().cloned());
        Condition::And(all.collect())
    }

    /// Another form of what was typed, which weighs less.
    fn form(&mut self, mut leaf: Leaf, form: &str, positive: bool, part: Option<usize>) -> Condition {
        leaf.weight = self.weight * WEIGHT_OF_FORMS;
        self.leaf(leaf, form.to_owned(), positive, part)
    }

    fn leaf(&mut self, leaf: Leaf, text: String, positive: bool, part: Option<usize>) -> Condition {
        let known = self
            .leaves
            .iter()
            .zip(&self.is_positive)
            .position(|(other, sign)| *other == leaf && *sign == positive);
        let index = known.unwrap_or_else(|| {
            self.leaves.push(leaf);
            self.is_positive.push(positive);
            self.parts.push(part);
            self.texts.push(text);
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
    /// What is said of the metadata holds besides; of several values of one field, any.
    fn clauses(&mut self, node: &Node, positive: bool) -> Result<Option<Condition>> {
        let Expression::Clauses(clauses) = &node.expression else {
            return Ok(None);
        };
        let (mut must, mut may, mut must_not) = (Vec::new(), Vec::new(), Vec::new());
        let mut metadata: Vec<(Option<&FieldName>, Vec<Condition>)> = Vec::new();
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
                Occur::Should if clause.node.is_about_metadata() => {
                    let field = clause.node.field();
                    match metadata
                        .iter_mut()
                        .find(|(other, _)| field.is_some() && *other == field)
                    {
                        Some((_, values)) => values.push(condition),
                        None => metadata.push((field, vec![condition])),
                    }
                }
                Occur::Should => may.push(condition),
                Occur::MustNot => must_not.push(Condition::Not(Box::new(condition))),
            }
        }
        if must.is_empty() && !may.is_empty() {
            must.push(Condition::Or(may));
        }
        self.metadata = metadata.into_iter().map(|(_, values)| any_of(values)).collect();
        must.extend(self.metadata.iter().cloned());
        must.extend(must_not);
        Ok(if must.is_empty() {
            None
        } else {
            Some(Condition::And(must))
        })
    }
}

/// The condition that any of some holds.
fn any_of(mut conditions: Vec<Condition>) -> Condition {
    match conditions.len() {
        1 => conditions.swap_remove(0),
        _ => Condition::Or(conditions),
    }
}
