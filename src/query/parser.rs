//! The grammar: clauses side by side, AND, OR, NOT and parentheses, over keywords and quoted strings.
//!
//! ```text
//! query  := or
//! or     := and ( "OR" and )*
//! and    := clauses ( "AND" clauses )*
//! clauses:= ( sign? unary )+
//! unary  := "NOT" unary | "(" or ")" | keyword | quoted
//! ```

use super::expression::{Clause, Expression, Keyword, Node, Occur, Phrase};
use super::scanner::{Scanned, Token, scan};
use crate::error::{Error, ErrorKind, Result};
use crate::text::ByteSpan;

/// The deepest nesting of parentheses and NOTs that is read.
const DEEPEST: usize = 64;

/// The longest query that is read, in bytes.
const LONGEST_QUERY_BYTES: usize = 64 * 1024;

/// Reads a query.
///
/// # Errors
/// [`ErrorKind::Query`] with the span of what cannot be read and what to write instead.
pub fn parse(query: &str) -> Result<Node> {
    if query.len() > LONGEST_QUERY_BYTES {
        let message = format!(
            "the query is {} bytes long; {LONGEST_QUERY_BYTES} is the most",
            query.len()
        );
        return Err(Error::new(ErrorKind::Query, message).hint("search for a part of it"));
    }
    let tokens = scan(query)?;
    let mut parser = Parser {
        query,
        tokens: &tokens,
        next: 0,
        depth: 0,
    };
    if tokens.is_empty() {
        return Err(parser.error(
            "the query is empty",
            ByteSpan::new(0, query.len()),
            "write a keyword or a \"quoted string\"",
        ));
    }
    let node = parser.or()?;
    match parser.peek() {
        None => Ok(node),
        Some(stray) => {
            let (span, mark) = (stray.span, &query[stray.span.range()]);
            Err(parser.error(
                &format!("`{mark}` closes nothing"),
                span,
                "take it away, or write \\) for the mark itself",
            ))
        }
    }
}

struct Parser<'a> {
    query: &'a str,
    tokens: &'a [Scanned],
    next: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Scanned> {
        self.tokens.get(self.next)
    }

    fn next_is(&self, token: &Token) -> bool {
        self.peek().is_some_and(|scanned| scanned.token == *token)
    }

    fn error(&self, message: &str, span: ByteSpan, hint: &str) -> Error {
        Error::new(ErrorKind::Query, message)
            .in_query(self.query, span)
            .hint(hint)
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
        let mut clauses: Vec<Clause> = Vec::new();
        while let Some(scanned) = self.peek() {
            if matches!(scanned.token, Token::Close | Token::And | Token::Or) {
                break;
            }
            clauses.push(self.clause()?);
        }
        let span = match (clauses.first(), clauses.last()) {
            (Some(first), Some(last)) => ByteSpan::new(first.node.span.start, last.node.span.end),
            _ => return Err(self.missing_operand()),
        };
        match <[Clause; 1]>::try_from(clauses) {
            Ok(
                [
                    Clause {
                        occur: Occur::Should | Occur::Must,
                        node,
                    },
                ],
            ) => Ok(node),
            Ok(
                [
                    Clause {
                        occur: Occur::MustNot,
                        node,
                    },
                ],
            ) => Ok(Node {
                expression: Expression::Not(Box::new(node)),
                span,
            }),
            Err(clauses) => Ok(Node {
                expression: Expression::Clauses(clauses),
                span,
            }),
        }
    }

    /// The error where an operator or parenthesis has nothing to work on.
    fn missing_operand(&self) -> Error {
        let end = ByteSpan::new(self.query.len(), self.query.len());
        let before = self.next.checked_sub(1).map(|index| &self.tokens[index]);
        let place = self.peek().or(before).map_or(end, |scanned| scanned.span);
        let text = &self.query[place.range()];
        let hint = "put a keyword or a \"quoted string\" on each side; to search for the word itself, quote it";
        self.error(&format!("something is missing beside `{text}`"), place, hint)
    }

    fn clause(&mut self) -> Result<Clause> {
        let Some(scanned) = self.peek() else {
            return Err(self.missing_operand());
        };
        let occur = match scanned.token {
            Token::Plus => Occur::Must,
            Token::Minus => Occur::MustNot,
            // Side by side, `a NOT b` asks for a without b, as `a -b` does.
            Token::Not => {
                self.next += 1;
                return Ok(Clause {
                    occur: Occur::MustNot,
                    node: self.unary()?,
                });
            }
            _ => {
                return Ok(Clause {
                    occur: Occur::Should,
                    node: self.unary()?,
                });
            }
        };
        self.next += 1;
        let stands_alone = scanned.space_after
            || self
                .peek()
                .is_some_and(|next| matches!(next.token, Token::Plus | Token::Minus));
        if stands_alone || self.peek().is_none() {
            let sign = &self.query[scanned.span.range()];
            let hint = format!("write the word directly behind it, or \\{sign} for the mark itself");
            return Err(self.error(&format!("the sign `{sign}` stands before nothing"), scanned.span, &hint));
        }
        Ok(Clause {
            occur,
            node: self.unary()?,
        })
    }

    fn unary(&mut self) -> Result<Node> {
        let Some(scanned) = self.peek() else {
            return Err(self.missing_operand());
        };
        let span = scanned.span;
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.error("the query is nested too deeply", span, "use fewer parentheses"));
        }
        let node = match &scanned.token {
            Token::Word(text) => self.leaf(Expression::Keyword(Keyword { text: text.clone() }), span),
            Token::Quoted(text) => self.leaf(Expression::Phrase(Phrase { text: text.clone() }), span),
            Token::Not => {
                self.next += 1;
                let part = self.unary()?;
                let span = ByteSpan::new(span.start, part.span.end);
                Node {
                    expression: Expression::Not(Box::new(part)),
                    span,
                }
            }
            Token::Open => self.group(span)?,
            Token::Plus | Token::Minus | Token::Close | Token::And | Token::Or => return Err(self.missing_operand()),
        };
        self.depth -= 1;
        Ok(node)
    }

    fn leaf(&mut self, expression: Expression, span: ByteSpan) -> Node {
        self.next += 1;
        Node { expression, span }
    }

    fn group(&mut self, open: ByteSpan) -> Result<Node> {
        self.next += 1;
        let inner = self.or()?;
        let Some(close) = self.peek() else {
            return Err(self.error(
                "the parenthesis is never closed",
                open,
                "close it with ), or write \\( for the mark itself",
            ));
        };
        self.next += 1;
        Ok(Node {
            expression: inner.expression,
            span: ByteSpan::new(open.start, close.span.end),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::error::Place;

    fn check(query: &str, expected: &str) {
        let tree = parse(query).unwrap_or_else(|error| panic!("{query}: {error}"));
        assert_eq!(tree.to_string(), expected, "{query}");
    }

    fn check_error(query: &str, at: &str, message: &str) {
        let error = parse(query).expect_err(query);
        let Some(Place::Query(_, span)) = error.place() else {
            panic!("{query}: no place in {error:?}")
        };
        assert_eq!(&query[span.range()], at, "{query}: {error}");
        assert!(error.message().contains(message), "{query}: {error}");
        assert!(error.hint_text().is_some());
    }

    #[test]
    fn keywords_and_strings_in_any_quotation_marks() {
        check("绿色矿产 合作", "绿色矿产 合作");
        check("“命运共同体”", "\"命运共同体\"");
        check(
            "「命運共同體」『甲』 «мир» 〝乙〞",
            "\"命運共同體\" \"甲\" \"мир\" \"乙\"",
        );
        check("＋气候　－贸易", "+气候 -贸易");
        check("don't G20 COVID-19 11:30 什么？", "don't G20 COVID-19 11:30 什么？");
        check("‘命运共同体’ O‘zbekiston", "\"命运共同体\" O‘zbekiston");
        check("\\cooperat* \\NEAR", "\\cooperat* \\NEAR");
        check("a\\ b \\AND \\+x", "a\\ b \\AND \\+x");
        check("\"say \\\"no\\\"\"", "\"say \\\"no\\\"\"");
    }

    #[test]
    fn operators_bind_as_usual() {
        check("气候 AND NOT 贸易", "气候 AND (NOT 贸易)");
        check("（铁路 OR 公路） 中亚", "(铁路 OR 公路) 中亚");
        check("a AND b OR c", "(a AND b) OR c");
        check("-贸易", "NOT 贸易");
        check("气候 NOT 贸易", "气候 -贸易");
        check("气候 OR NOT 贸易", "气候 OR (NOT 贸易)");
        check("与 或 非 and or", "与 或 非 and or");
    }

    #[test]
    fn errors_point_at_the_place() {
        check_error("\"命运", "\"", "never closed");
        check_error("甲 AND", "AND", "missing");
        check_error("OR 甲", "OR", "missing");
        check_error("(甲 乙", "(", "never closed");
        check_error("甲）", "）", "closes nothing");
        check_error("+ 甲", "+", "before nothing");
        check_error("甲 -", "-", "before nothing");
        check_error("()", ")", "missing");
        check_error("甲\\", "\\", "backslash");
        check_error("铁路 NEAR/10 合作", "NEAR/10", "distance");
        check_error("\"互利 共赢\"~5", "~5", "distance");
        check_error("cooperation~1", "cooperation~1", "fuzzy");
        check_error("cooperat*", "cooperat*", "prefix");
        check_error("speaker:习近平", "speaker:习近平", "field");
        check_error("/气候.*/", "/气候.*/", "regular");
        check_error("气候^2", "气候^2", "weight");
        check_error("  ", "  ", "empty");
        check_error(&"(".repeat(200), "(", "nested too deeply");
    }

    proptest! {
        #[test]
        fn any_input_is_read_or_refused_with_a_span_inside_of_it(query in "[ +\\-()（）\"“”「」«»\\\\a-c中国ANDORNOT'‘’~^*/?:1]{0,30}") {
            match parse(&query) {
                Ok(tree) => {
                    let printed = tree.to_string();
                    let again = parse(&printed).map_err(|error| TestCaseError::fail(format!("{printed}: {error}")))?;
                    prop_assert_eq!(&again, &tree, "{} became {}", query, printed);
                }
                Err(error) => {
                    let Some(Place::Query(_, span)) = error.place() else { return Err(TestCaseError::fail("no place")) };
                    prop_assert!(query.get(span.range()).is_some());
                }
            }
        }
    }
}
