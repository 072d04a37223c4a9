//! Other forms of what was typed: synonyms, abbreviations and names in other languages, from the tables of the names room.
//!
//! Every form is a part of the query like any other, shown in how the query was understood and marked apart in the hits.

use crate::names::Names;
use crate::query::expression::{Clause, Expression, Near, Node, Occur, Phrase, Weighted};
use crate::text::ByteSpan;

/// What other forms are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Expand {
    /// None: what was typed and nothing else.
    Nothing,
    /// Those of keywords.
    Keywords,
    /// Those of keywords and of quoted strings.
    Everything,
}

/// The longest name that is recognized in keywords side by side, in keywords.
const LONGEST_NAME: usize = 8;

/// The other forms of the parts of a query.
#[derive(Clone, Copy, Debug)]
pub struct Expansion<'a> {
    /// The tables.
    pub names: &'a Names,
    /// What they are used for.
    pub expand: Expand,
}

/// Keywords side by side that together are a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedRun {
    /// The keywords as typed, a space between them.
    pub typed: String,
    /// The other forms of the name.
    pub forms: Vec<String>,
}

impl Expansion<'_> {
    /// The same tables, used for nothing.
    pub fn off(self) -> Self {
        Self {
            expand: Expand::Nothing,
            ..self
        }
    }

    /// The other forms to look for beside a keyword or string.
    pub fn forms(&self, expression: &Expression) -> Vec<String> {
        let typed = match (expression, self.expand) {
            (Expression::Keyword(keyword), Expand::Keywords | Expand::Everything) => &keyword.text,
            (Expression::Phrase(phrase), Expand::Everything) => &phrase.text,
            _ => return Vec::new(),
        };
        self.names.expansions(typed).into_iter().map(str::to_owned).collect()
    }

    /// The names that several keywords of a query side by side make up, longest first, each keyword in one at most.
    pub fn named_runs(&self, tree: &Node) -> Vec<NamedRun> {
        let Expression::Clauses(clauses) = &tree.expression else {
            return Vec::new();
        };
        if self.expand == Expand::Nothing {
            return Vec::new();
        }
        let words: Vec<Option<&str>> = clauses.iter().map(keyword_of).collect();
        let mut runs = Vec::new();
        let mut first = 0;
        while first < words.len() {
            let run = (2..=LONGEST_NAME).rev().find_map(|length| {
                let words: Vec<&str> = words
                    .get(first..first + length)?
                    .iter()
                    .copied()
                    .collect::<Option<_>>()?;
                let typed = words.join(" ");
                let forms: Vec<String> = self.names.expansions(&typed).into_iter().map(str::to_owned).collect();
                (!forms.is_empty()).then_some((length, NamedRun { typed, forms }))
            });
            match run {
                Some((length, run)) => {
                    runs.push(run);
                    first += length;
                }
                None => first += 1,
            }
        }
        runs
    }

    /// The query as it is understood: each part with its other forms beside it.
    pub fn interpreted(&self, tree: &Node) -> Node {
        let mut interpreted = self.with_forms(tree);
        if let Expression::Clauses(clauses) = &mut interpreted.expression {
            let runs = self.named_runs(tree).into_iter();
            clauses.extend(runs.map(|run| Clause {
                occur: Occur::Should,
                node: any_of(
                    run.forms.iter().map(|form| phrase(form, tree.span)).collect(),
                    tree.span,
                ),
            }));
        }
        interpreted
    }

    fn with_forms(&self, node: &Node) -> Node {
        let all = |parts: &[Node]| parts.iter().map(|part| self.with_forms(part)).collect();
        let expression = match &node.expression {
            Expression::Keyword(_) | Expression::Phrase(_) => {
                let forms = self.forms(&node.expression);
                let others = forms.iter().map(|form| phrase(form, node.span));
                return any_of(std::iter::once(node.clone()).chain(others).collect(), node.span);
            }
            Expression::And(parts) => Expression::And(all(parts)),
            Expression::Or(parts) => Expression::Or(all(parts)),
            Expression::Not(part) => Expression::Not(Box::new(self.with_forms(part))),
            Expression::Near(near) => Expression::Near(Near {
                operands: all(&near.operands),
                distance: near.distance,
            }),
            Expression::Weighted(weighted) => Expression::Weighted(Weighted {
                node: Box::new(self.with_forms(&weighted.node)),
                thousandths: weighted.thousandths,
            }),
            Expression::Clauses(clauses) => {
                let clause = |clause: &Clause| Clause {
                    occur: clause.occur,
                    node: self.with_forms(&clause.node),
                };
                Expression::Clauses(clauses.iter().map(clause).collect())
            }
            other => other.clone(),
        };
        Node {
            expression,
            span: node.span,
        }
    }
}

/// The keyword of a clause that is one and nothing else.
fn keyword_of(clause: &Clause) -> Option<&str> {
    match &clause.node.expression {
        Expression::Keyword(keyword) if clause.occur == Occur::Should => Some(&keyword.text),
        _ => None,
    }
}

fn phrase(form: &str, span: ByteSpan) -> Node {
    Node {
        expression: Expression::Phrase(Phrase { text: form.to_owned() }),
        span,
    }
}

/// The only node of a list, or any of several.
fn any_of(mut nodes: Vec<Node>, span: ByteSpan) -> Node {
    if nodes.len() == 1 {
        return nodes.swap_remove(0);
    }
    Node {
        expression: Expression::Or(nodes),
        span,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    fn check(expand: Expand, query: &str, interpreted: &str) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("synonyms.tsv");
        std::fs::write(
            &file,
            "绿矿\t绿色矿产\tgreen minerals\n青金石走廊 = Lapis Lazuli Corridor\n",
        )
        .unwrap();
        let names = Names::with_files(None, Some(&file)).unwrap();
        let expansion = Expansion { names: &names, expand };
        let tree = parse(query).unwrap();
        assert_eq!(expansion.interpreted(&tree).to_string(), interpreted, "{query}");
    }

    #[test]
    fn forms_stand_beside_what_was_typed() {
        let forms = "(绿矿 OR \"绿色矿产\" OR \"green minerals\")";
        check(Expand::Keywords, "绿矿 合作", &format!("{forms} 合作"));
        check(Expand::Keywords, "+绿矿 -合作", &format!("+{forms} -合作"));
        check(
            Expand::Keywords,
            "绿矿 NEAR/5 \"绿矿\"",
            &format!("{forms} NEAR/5 \"绿矿\""),
        );
        check(Expand::Nothing, "绿矿 合作", "绿矿 合作");
        check(
            Expand::Everything,
            "\"绿矿\"^2",
            "(\"绿矿\" OR \"绿色矿产\" OR \"green minerals\")^2",
        );
        check(
            Expand::Keywords,
            "the lapis lazuli corridor 合作",
            "the lapis lazuli corridor 合作 \"青金石走廊\"",
        );
    }
}
