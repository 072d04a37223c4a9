//! The grammar: clauses side by side, AND, OR, NOT, NEAR and parentheses, over keywords, strings and patterns.
//!
//! ```text
//! query   := or
//! or      := and ( "OR" and )*
//! and     := clauses ( "AND" clauses )*
//! clauses := ( sign? unary )+
//! unary   := "NOT" unary | near
//! near    := primary ( "NEAR/n" primary )*
//! primary := ( field? ( "(" or ")" | word | quoted gap? | regex ) ) weight*
//! ```

use super::expression::{Clause, Expression, Gapped, Near, Node, Occur, Phrase, RegexQuery, Weighted};
use super::fields::in_field;
use super::scanner::{Scanned, Token, scan};
use super::words::{Typed, Word};
use crate::analyzer::fold;
use crate::error::{Error, ErrorKind, Result};
use crate::text::ByteSpan;

/// The deepest nesting of parentheses and NOTs that is read.
const DEEPEST: usize = 64;

/// The longest query that is read, in bytes.
const LONGEST_QUERY_BYTES: usize = 64 * 1024;

/// The most parts that one chain of NEAR, or one string with gaps, may have: the ways to order them multiply.
const MOST_NEAR: usize = 6;

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
            Token::Not => {
                self.next += 1;
                let part = self.unary()?;
                let span = ByteSpan::new(span.start, part.span.end);
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

    /// Parts near each other; a part joined with another distance is near the whole that stands before it.
    fn near(&mut self) -> Result<Node> {
        let mut left = self.primary()?;
        let mut is_chain = false;
        while let Some((Token::Near(distance), operator)) = self.peek().map(|next| (&next.token, next.span)) {
            self.next += 1;
            let right = self.primary()?;
            self.check_operand(&left, is_chain)?;
            self.check_operand(&right, false)?;
            let span = ByteSpan::new(left.span.start, right.span.end);
            let operands = match left.expression {
                Expression::Near(near) if is_chain && near.distance == *distance => {
                    [near.operands, vec![right]].concat()
                }
                _ => vec![left, right],
            };
            if operands.len() > MOST_NEAR {
                let hint = "put some of the parts in parentheses";
                return Err(self.error(&format!("NEAR joins at most {MOST_NEAR} parts"), operator, hint));
            }
            let near = Near {
                operands,
                distance: *distance,
            };
            left = Node {
                expression: Expression::Near(near),
                span,
            };
            is_chain = true;
        }
        Ok(left)
    }

    /// Refuses what has no place of its own in the text, and so cannot be near something.
    fn check_operand(&self, node: &Node, is_chain: bool) -> Result<()> {
        let hint = match &node.expression {
            Expression::Keyword(_)
            | Expression::Phrase(_)
            | Expression::Gapped(_)
            | Expression::Wildcard(_)
            | Expression::Fuzzy(_) => return Ok(()),
            Expression::Near(_) if is_chain => return Ok(()),
            Expression::Near(near) => {
                return near
                    .operands
                    .iter()
                    .try_for_each(|part| self.check_operand(part, false));
            }
            Expression::Or(parts) => return parts.iter().try_for_each(|part| self.check_operand(part, false)),
            Expression::Weighted(_) => "put the whole in parentheses and the weight behind it: (a NEAR/10 b)^2",
            Expression::Clauses(_) => "write OR between the words, or put them in quotation marks",
            Expression::Field(_) => "join the field with AND: speaker:NAME AND (a NEAR/10 b)",
            Expression::Regex(_) => "write the distance into the expression: /a.{0,10}b/",
            Expression::And(_) | Expression::Not(_) => "join it with AND: (a NEAR/10 b) AND c",
        };
        Err(self.error("NEAR cannot join this", node.span, hint))
    }

    fn primary(&mut self) -> Result<Node> {
        let Some(scanned) = self.peek() else {
            return Err(self.missing_operand());
        };
        let span = scanned.span;
        let mut node = match &scanned.token {
            Token::Word(typed) => self.word(typed, span)?,
            Token::Quoted(text) => self.quoted(text, span)?,
            Token::Regex(pattern) => self.regex(pattern, span)?,
            Token::Open => self.group(span)?,
            Token::Field(name) => {
                self.next += 1;
                let value = self.primary()?;
                let end = value.span.end;
                let mut node = in_field(name, value, self.query)?;
                node.span = ByteSpan::new(span.start, end);
                node
            }
            _ => return Err(self.missing_operand()),
        };
        while let Some((Token::Weight(thousandths), weight)) = self.peek().map(|next| (&next.token, next.span)) {
            self.next += 1;
            let span = ByteSpan::new(node.span.start, weight.end);
            let weighted = Weighted {
                node: Box::new(node),
                thousandths: *thousandths,
            };
            node = Node {
                expression: Expression::Weighted(weighted),
                span,
            };
        }
        Ok(node)
    }

    fn word(&mut self, typed: &[Typed], span: ByteSpan) -> Result<Node> {
        let word = Word {
            query: self.query,
            span,
            typed,
        };
        let expression = word.read()?;
        Ok(self.leaf(expression, span))
    }

    /// A string, or behind it a distance that makes it a string with gaps.
    fn quoted(&mut self, text: &str, span: ByteSpan) -> Result<Node> {
        let phrase = self.leaf(Expression::Phrase(Phrase { text: text.to_owned() }), span);
        let Some((Token::Gap(distance), gap)) = self.peek().map(|next| (&next.token, next.span)) else {
            return Ok(phrase);
        };
        let has_text = |part: &&str| !fold(part).is_punctuation_only();
        let parts: Vec<String> = text.split_whitespace().filter(has_text).map(str::to_owned).collect();
        let span = ByteSpan::new(span.start, gap.end);
        if !(2..=MOST_NEAR).contains(&parts.len()) {
            let message = format!(
                "a string with gaps has from 2 to {MOST_NEAR} parts, this one has {}",
                parts.len()
            );
            return Err(self.error(&message, span, "put a space where a gap may be: \"互利 共赢\"~5"));
        }
        let gapped = Gapped {
            parts,
            distance: *distance,
        };
        Ok(self.leaf(Expression::Gapped(gapped), span))
    }

    fn regex(&mut self, pattern: &str, span: ByteSpan) -> Result<Node> {
        let refuse = |message: String, hint| self.error(&message, span, hint);
        let parsed = regex_syntax::parse(pattern).map_err(|error| {
            let reason = match &error {
                regex_syntax::Error::Parse(error) => error.kind().to_string(),
                regex_syntax::Error::Translate(error) => error.kind().to_string(),
                _ => error.to_string(),
            };
            let message = format!("the regular expression cannot be read: {reason}");
            refuse(
                message,
                "write \\ before a mark that is meant as text; \\p{Han} is any Han character",
            )
        })?;
        if parsed.properties().minimum_len().is_none_or(|length| length == 0) {
            let message = "the regular expression matches without a character, so it would match everywhere".to_owned();
            return Err(refuse(message, "write + for one or more in the place of * or ?"));
        }
        let expression = Expression::Regex(RegexQuery {
            pattern: pattern.to_owned(),
        });
        Ok(self.leaf(expression, span))
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
        check(
            "cooperat\\* \\NEAR \\/a 5~10 http://un.org",
            "\\cooperat\\* \\NEAR \\/a 5~10 http://un.org",
        );
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
    fn patterns_fields_and_weights() {
        check("铁路 NEAR/10 合作 中亚", "(铁路 NEAR/10 合作) 中亚");
        check("a NEAR/5 b NEAR/5 c", "a NEAR/5 b NEAR/5 c");
        check("a NEAR/5 b NEAR/3 c", "(a NEAR/5 b) NEAR/3 c");
        check("+a ＮＥＡＲ／５ (b OR \"c d\")", "a NEAR/5 (b OR \"c d\")");
        check("“互利　共赢”～5", "\"互利 共赢\"~5");
        check(
            "cooperat* 北京＊ wom?n 命？共同体 什么？",
            "cooperat* 北京* wom?n 命?共同体 什么？",
        );
        check("cooperation~1 coöperation～２", "cooperation~1 coöperation~2");
        check("speaker:习近平 Place：“阿斯塔纳”", "speaker:习近平 place:\"阿斯塔纳\"");
        check(
            "date:2013..2017 year:2013-03 published:..2014",
            "date:2013..2017 date:2013-03 published:..2014",
        );
        check("title:(绿色 OR -\"贸易\"^2)", "title:绿色 OR (NOT title:\"贸易\"^2)");
        check(
            "title:(a NEAR/2 b) meta.symbol:A/79/1",
            "title:(a NEAR/2 b) meta.symbol:A/79/1",
        );
        check("/第.{1,3}届/ ／\\d+\\/\\d+／^0.5", "/第.{1,3}届/ /\\d+\\/\\d+/^0.5");
        check("source:/\\/2\\d+/", "source:/\\/2\\d+/");
        check("气候^2 (a OR b)^1.250", "气候^2 (a OR b)^1.25");
        check("气候\\^2 a\\~1 a\\:b", "气候\\^2 \\a\\~1 \\a\\:b");
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
        check_error("铁路 NEAR 合作", "NEAR", "distance");
        check_error("铁路 NEAR/x 合作", "NEAR/x", "distance");
        check_error("铁路 NEAR/5", "NEAR/5", "missing");
        check_error("NEAR/5 铁路", "NEAR/5", "missing");
        check_error("铁路 NEAR/5 (合作 发展)", "(合作 发展)", "cannot join");
        check_error("铁路 NEAR/5 /合.作/", "/合.作/", "cannot join");
        check_error("\"互利共赢\"~5", "\"互利共赢\"~5", "parts");
        check_error("\"互利 共赢\"~x", "~", "distance");
        check_error("cooperation~3", "cooperation~3", "1 or 2");
        check_error("合作~1", "合作~1", "alphabetic");
        check_error("co*tion", "co*tion", "end of a word");
        check_error("*", "*", "needs a letter");
        check_error("speeker:习近平", "speeker:习近平", "no field");
        check_error("speaker: 习近平", "speaker:", "no value");
        check_error("date:2013..x", "2013..x", "date");
        check_error("date:2017..2013", "2017..2013", "ends before");
        check_error("title:(speaker:李)", "(speaker:李)", "inside of another");
        check_error("/气候.*", "/", "never closed");
        check_error("/气候(/", "/气候(/", "cannot be read");
        check_error("/气*/", "/气*/", "everywhere");
        check_error("/气/i", "/气/", "behind");
        check_error("气候^", "^", "weight");
        check_error("气候^0", "^0", "weight");
        check_error("气候 ^2", "^2", "behind nothing");
        check_error("  ", "  ", "empty");
        check_error(&"(".repeat(200), "(", "nested too deeply");
    }

    proptest! {
        #[test]
        fn any_input_is_read_or_refused_with_a_span_inside_of_it(query in "[ +\\-()（）\"“”「」«»\\\\a-c中国ANDORNOTE'‘’~^*/?:1.～＊？：／]{0,30}") {
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
