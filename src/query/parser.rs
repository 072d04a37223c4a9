//! The grammar: clauses side by side, AND, OR, NOT, NEAR and parentheses, over keywords, strings and patterns.
//!
//! ```text
//! query   := or
//! or      := and ( "OR" and )*
//! and     := clauses ( "AND" clauses )*
//! clauses := ( sign? unary | "NOT" unary )+
//! unary   := "NOT" unary | near
//! near    := primary ( "NEAR/n" primary )*
//! primary := field? ( "(" or ")" | word | quoted gap? | regex ) weight?
//! ```

mod near;
mod primary;

use super::expression::{Clause, Expression, Node, Occur};
use super::refusal::{quoted, refusal};
use super::scanner::{Scanned, Token, scan};
use crate::error::{Error, Result};
use crate::text::ByteSpan;

/// The deepest nesting that is read: of parentheses and NOTs as typed, and of the tree. Everything that walks a tree may
/// therefore call itself.
pub(super) const DEEPEST: usize = 64;

/// The longest query that is read, in bytes.
pub(super) const LONGEST_QUERY_BYTES: usize = 64 * 1024;

/// Reads a query.
///
/// # Errors
/// [`ErrorKind::Query`](crate::error::ErrorKind::Query) with the span of what cannot be read and what to write instead.
pub fn parse(query: &str) -> Result<Node> {
    check_length(query)?;
    let tokens = scan(query)?;
    let mut parser = Parser {
        query,
        tokens: &tokens,
        next: 0,
        depth: 0,
        regex_bytes: 0,
    };
    if tokens.is_empty() {
        let span = ByteSpan::new(0, query.len());
        return Err(parser.error("the query is empty", span, "write a keyword or a \"quoted string\""));
    }
    let node = parser.or()?;
    if let Some(stray) = parser.peek() {
        let message = format!("{} closes nothing", quoted(&query[stray.span.range()]));
        return Err(parser.error(message, stray.span, "take it away, or write \\) for the mark itself"));
    }
    match below(&node, DEEPEST) {
        Some(deep) => Err(parser.too_deep(deep.span)),
        None => Ok(node),
    }
}

fn check_length(query: &str) -> Result<()> {
    if query.len() <= LONGEST_QUERY_BYTES {
        return Ok(());
    }
    let message = format!(
        "the query is {} bytes long; {LONGEST_QUERY_BYTES} is the most",
        query.len()
    );
    let is_boundary = |byte: &usize| query.is_char_boundary(*byte);
    let start = (0..=LONGEST_QUERY_BYTES).rev().find(is_boundary).unwrap_or(0);
    let rest = ByteSpan::new(start, query.len());
    Err(refusal(query, rest, message, "search for a part of it"))
}

/// A node that stands deeper in the tree than so many levels.
fn below(node: &Node, levels: usize) -> Option<&Node> {
    match levels {
        0 => Some(node),
        _ => node.parts().into_iter().find_map(|part| below(part, levels - 1)),
    }
}

struct Parser<'a> {
    query: &'a str,
    tokens: &'a [Scanned],
    next: usize,
    depth: usize,
    /// The bytes of the regular expressions read so far.
    regex_bytes: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Scanned> {
        self.tokens.get(self.next)
    }

    fn next_is(&self, token: &Token) -> bool {
        self.peek().is_some_and(|scanned| scanned.token == *token)
    }

    fn error(&self, message: impl Into<String>, span: ByteSpan, hint: impl Into<String>) -> Error {
        refusal(self.query, span, message, hint)
    }

    fn too_deep(&self, span: ByteSpan) -> Error {
        let hint = format!("use fewer parentheses; {DEEPEST} levels are the most");
        self.error("the query is nested too deeply", span, hint)
    }

    fn or(&mut self) -> Result<Node> {
        self.joined(&Token::Or, Self::and, Expression::Or)
    }

    fn and(&mut self) -> Result<Node> {
        self.joined(&Token::And, Self::clauses, Expression::And)
    }

    fn joined(
        &mut self,
        operator: &Token,
        operand: fn(&mut Self) -> Result<Node>,
        join: fn(Vec<Node>) -> Expression,
    ) -> Result<Node> {
        let first = operand(self)?;
        if !self.next_is(operator) {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.next_is(operator) {
            self.next += 1;
            parts.push(operand(self)?);
        }
        let span = ByteSpan::new(parts[0].span.start, parts[parts.len() - 1].span.end);
        Ok(Node {
            expression: join(parts),
            span,
        })
    }

    fn clauses(&mut self) -> Result<Node> {
        let start = self.peek().map_or(0, |first| first.span.start);
        let mut clauses: Vec<Clause> = Vec::new();
        while let Some(scanned) = self.peek() {
            if matches!(scanned.token, Token::Close | Token::And | Token::Or) {
                break;
            }
            clauses.push(self.clause()?);
        }
        let Some(last) = clauses.pop() else {
            return Err(self.missing_operand());
        };
        let span = ByteSpan::new(start, last.node.span.end);
        let expression = match (clauses.is_empty(), last.occur) {
            (true, Occur::Should | Occur::Must) => return Ok(last.node),
            (true, Occur::MustNot) => Expression::Not(Box::new(last.node)),
            (false, _) => {
                clauses.push(last);
                Expression::Clauses(clauses)
            }
        };
        Ok(Node { expression, span })
    }

    fn clause(&mut self) -> Result<Clause> {
        let Some(sign) = self.peek() else {
            return Err(self.missing_operand());
        };
        let occur = match sign.token {
            Token::Plus => Occur::Must,
            // Side by side, `a NOT b` asks for a without b, as `a -b` does.
            Token::Minus | Token::Not => Occur::MustNot,
            _ => Occur::Should,
        };
        if occur != Occur::Should {
            self.next += 1;
        }
        if matches!(sign.token, Token::Plus | Token::Minus) {
            self.check_sign(sign)?;
        }
        Ok(Clause {
            occur,
            node: self.unary()?,
        })
    }

    /// Refuses a sign that stands before a blank or another sign.
    fn check_sign(&self, sign: &Scanned) -> Result<()> {
        let mark = &self.query[sign.span.range()];
        if sign.blank_after {
            let hint = format!("write the word directly behind it, or \\{mark} for the mark itself");
            return Err(self.error(format!("the sign `{mark}` stands before nothing"), sign.span, hint));
        }
        if let Some(next) = self
            .peek()
            .filter(|next| matches!(next.token, Token::Plus | Token::Minus))
        {
            let span = ByteSpan::new(sign.span.start, next.span.end);
            let hint = format!("write one sign, or \\{mark} for the mark itself");
            return Err(self.error("two signs stand side by side", span, hint));
        }
        Ok(())
    }

    fn unary(&mut self) -> Result<Node> {
        let Some(scanned) = self.peek() else {
            return Err(self.missing_operand());
        };
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.too_deep(scanned.span));
        }
        let node = match &scanned.token {
            Token::Not => {
                self.next += 1;
                let part = self.unary()?;
                let span = ByteSpan::new(scanned.span.start, part.span.end);
                Node {
                    expression: Expression::Not(Box::new(part)),
                    span,
                }
            }
            _ => self.near()?,
        };
        self.depth -= 1;
        Ok(node)
    }

    /// The error where an operator, field or parenthesis has nothing to work on.
    fn missing_operand(&self) -> Error {
        let before = self.next.checked_sub(1).map(|index| &self.tokens[index]);
        let hint = "put a keyword or a \"quoted string\" there; to search for the word or mark itself, quote it";
        let of = |scanned: &Scanned| quoted(&self.query[scanned.span.range()]);
        match (before, self.peek()) {
            (Some(open), Some(close)) if open.token == Token::Open && close.token == Token::Close => {
                let span = ByteSpan::new(open.span.start, close.span.end);
                let hint = "put a keyword between them, or write \\( and \\) for the marks themselves";
                self.error("there is nothing between the parentheses", span, hint)
            }
            (Some(open), None) if open.token == Token::Open => self.never_closed(open.span),
            (Some(before), Some(sign)) if matches!(sign.token, Token::Plus | Token::Minus) => {
                let message = format!("the sign {} cannot stand behind {}", of(sign), of(before));
                let way_out = match before.token {
                    Token::Not => "write one of them, not both",
                    Token::Field(_) => "put the sign before the field",
                    _ => "take it away",
                };
                let mark = &self.query[sign.span.range()];
                self.error(
                    message,
                    sign.span,
                    format!("{way_out}, or write \\{mark} for the mark itself"),
                )
            }
            (Some(before), _) if before.token != Token::Open => {
                self.error(format!("something is missing behind {}", of(before)), before.span, hint)
            }
            (_, Some(next)) => self.error(format!("something is missing before {}", of(next)), next.span, hint),
            (_, None) => {
                let end = ByteSpan::new(self.query.len(), self.query.len());
                self.error("something is missing at the end", end, hint)
            }
        }
    }

    fn never_closed(&self, open: ByteSpan) -> Error {
        let hint = "close it with ), or write \\( for the mark itself";
        self.error("the parenthesis is never closed", open, hint)
    }
}
