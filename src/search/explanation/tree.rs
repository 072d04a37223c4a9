//! A query as a tree of parts, each with what it matches by itself.

use super::subcorpus::Subcorpus;
use super::terms::{TermReader, Terms};
use super::{Demand, ExplainedPart, LeftOut, PartKind};
use crate::analyzer::fold;
use crate::error::{ErrorKind, Result};
use crate::query::{Expression, Node};
use crate::search::SearchContext;
use crate::search::matches::Matches;
use crate::search::plan::{Plan, StopWords};
use crate::search::request::SearchRequest;
use crate::text::char_spans;

/// Explains the parts of a query.
pub(super) struct TreeExplainer<'a> {
    plan: &'a Plan,
    request: &'a SearchRequest,
    context: &'a SearchContext<'a>,
    terms: TermReader<'a>,
}

impl<'a> TreeExplainer<'a> {
    pub(super) fn new(plan: &'a Plan, request: &'a SearchRequest, context: &'a SearchContext<'a>) -> Result<Self> {
        let subcorpus = Subcorpus::judge(&request.filters, context.snapshot)?;
        Ok(Self {
            plan,
            request,
            context,
            terms: TermReader::new(subcorpus, request, context.snapshot),
        })
    }

    /// The whole query, of which is known already what it matches.
    pub(super) fn whole(&self, found: &Matches) -> Result<ExplainedPart> {
        let tree = &self.plan.tree;
        let mut explained = self.found_part(tree, self.plan, Some(found))?;
        explained.terms.extend(self.terms.named_runs(self.plan, found)?);
        explained.parts = self.parts(tree, self.plan.stop_words)?;
        Ok(explained)
    }

    fn part(&self, node: &Node, stop_words: StopWords) -> Result<ExplainedPart> {
        let plan = self.plan.of_part(node, stop_words, self.request, self.context)?;
        let mut explained = match &plan {
            Some(plan) => self.found_part(node, plan, self.find(plan)?.as_ref())?,
            None => ExplainedPart {
                left_out: Some(why_left_out(node)),
                ..self.unexplained(node)
            },
        };
        explained.parts = self.parts(node, stop_words)?;
        Ok(explained)
    }

    /// The parts directly inside of one.
    fn parts(&self, node: &Node, stop_words: StopWords) -> Result<Vec<ExplainedPart>> {
        let stop_words = match &node.expression {
            // What stands in a field is no part that matches text.
            Expression::Field(_) => return Ok(Vec::new()),
            Expression::Near(_) => StopWords::Kept,
            _ => stop_words,
        };
        let parts = node.parts().into_iter();
        let mut explained: Vec<ExplainedPart> = parts.map(|part| self.part(part, stop_words)).collect::<Result<_>>()?;
        if let Expression::Clauses(clauses) = &node.expression {
            for (part, clause) in explained.iter_mut().zip(clauses) {
                part.occur = Some(Demand::from(clause));
            }
        }
        Ok(explained)
    }

    /// What a part matches by itself; `None` where an expression takes too long without the rest of the query.
    fn find(&self, plan: &Plan) -> Result<Option<Matches>> {
        match Matches::find(plan, self.request, self.context.snapshot) {
            Ok(found) => Ok(Some(found)),
            Err(error) if error.kind() == ErrorKind::Query => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// A part without the parts inside of it.
    fn found_part(&self, node: &Node, plan: &Plan, found: Option<&Matches>) -> Result<ExplainedPart> {
        let (passages, speeches) = match found {
            // What is shown instead of matches is none.
            Some(found) if found.relaxed => (Some(0), Some(0)),
            Some(found) => {
                let (passages, speeches) = found.count(self.context.snapshot)?;
                (Some(passages), Some(speeches))
            }
            None => (None, None),
        };
        let terms = match node.is_leaf() {
            true => self.terms.of(node, plan, found)?,
            false => Terms::default(),
        };
        Ok(ExplainedPart {
            passages,
            speeches,
            terms: terms.terms,
            term_count: terms.count,
            narrowed_by: terms.narrowed_by,
            paragraphs_read: terms.paragraphs_read,
            ..self.unexplained(node)
        })
    }

    /// A part of which nothing is known yet but what and where it is.
    fn unexplained(&self, node: &Node) -> ExplainedPart {
        let spans = char_spans(&self.request.query, &[node.span]);
        let (start, end) = spans.first().map_or((0, 0), |span| (span.start, span.end));
        ExplainedPart {
            kind: PartKind::from(&node.expression),
            occur: None,
            text: node.to_string(),
            start,
            end,
            left_out: None,
            passages: None,
            speeches: None,
            terms: Vec::new(),
            term_count: None,
            narrowed_by: None,
            paragraphs_read: None,
            parts: Vec::new(),
        }
    }
}

fn why_left_out(node: &Node) -> LeftOut {
    match fold(&node.to_string()).is_punctuation_only() {
        true => LeftOut::Punctuation,
        false => LeftOut::StopWord,
    }
}
