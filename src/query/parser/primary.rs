//! What a query is made of: words, strings, regular expressions, groups, each with its field before it and its weight
//! behind it.

use super::Parser;
use super::near::MOST_NEAR;
use regex_syntax::ast::Span;

use crate::analyzer::fold;
use crate::error::Result;
use crate::query::expression::{Expression, Gapped, Node, Phrase, RegexQuery, Weighted};
use crate::query::fields::in_field;
use crate::query::marks::Typed;
use crate::query::refusal::quoted;
use crate::query::scanner::Token;
use crate::query::words::Word;
use crate::text::ByteSpan;

/// The most bytes that the regular expressions of a query may have in all. Reading a class of characters in any letter
/// case, `(?i)\p{L}`, takes about a millisecond, so that a query full of them would take half a minute.
const MOST_REGEX_BYTES: usize = 1_024;

impl Parser<'_> {
    pub(super) fn primary(&mut self) -> Result<Node> {
        let Some(scanned) = self.peek() else {
            return Err(self.missing_operand());
        };
        let span = scanned.span;
        let node = match &scanned.token {
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
        let Some((Token::Weight(thousandths), weight)) = self.peek().map(|next| (&next.token, next.span)) else {
            return Ok(node);
        };
        self.next += 1;
        let span = ByteSpan::new(node.span.start, weight.end);
        let weighted = Weighted {
            node: Box::new(node),
            thousandths: *thousandths,
        };
        Ok(Node {
            expression: Expression::Weighted(weighted),
            span,
        })
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

    /// A string, or with a distance behind it a string with gaps.
    fn quoted(&mut self, text: &str, span: ByteSpan) -> Result<Node> {
        self.check_text(text, span)?;
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
            return Err(self.error(message, span, "put a space where a gap may be: \"互利 共赢\"~5"));
        }
        let gapped = Gapped {
            parts,
            distance: *distance,
        };
        Ok(self.leaf(Expression::Gapped(gapped), span))
    }

    /// Refuses a text in which there is nothing to search for.
    pub(super) fn check_text(&self, text: &str, span: ByteSpan) -> Result<()> {
        if !fold(text).is_punctuation_only() {
            return Ok(());
        }
        let message = match text {
            "" => "there is nothing between the quotation marks".to_owned(),
            _ => format!("{} holds no letter, character or digit to search for", quoted(text)),
        };
        Err(self.error(message, span, "put a word or a Han character there"))
    }

    fn regex(&mut self, pattern: &str, span: ByteSpan) -> Result<Node> {
        self.regex_bytes += pattern.len();
        if self.regex_bytes > MOST_REGEX_BYTES {
            let message = format!("the regular expressions are longer than {MOST_REGEX_BYTES} bytes in all");
            return Err(self.error(message, span, "write a shorter one, or search for its parts one by one"));
        }
        let parsed = regex_syntax::parse(pattern).map_err(|error| {
            let (reason, place) = reason(&error);
            let message = format!("the regular expression cannot be read: {reason}");
            let hint = "write \\ before a mark that is meant as text; \\p{Han} is any Han character";
            self.error(message, self.in_regex(pattern, span, place), hint)
        })?;
        if parsed.properties().minimum_len().is_none_or(|length| length == 0) {
            let message = "the regular expression matches without a character, so it would match everywhere";
            return Err(self.error(message, span, "write + for one or more in the place of * or ?"));
        }
        let pattern = pattern.to_owned();
        Ok(self.leaf(Expression::Regex(RegexQuery { pattern }), span))
    }

    /// The place in the query of a place in a regular expression; the whole expression where escapes were taken out of it.
    fn in_regex(&self, pattern: &str, span: ByteSpan, place: Option<Span>) -> ByteSpan {
        let typed = &self.query[span.range()];
        let slash = typed.chars().next().map_or(0, char::len_utf8);
        match place.filter(|_| typed.len() == pattern.len() + 2 * slash) {
            Some(place) => ByteSpan::new(
                span.start + slash + place.start.offset,
                span.start + slash + place.end.offset,
            ),
            None => span,
        }
    }

    fn leaf(&mut self, expression: Expression, span: ByteSpan) -> Node {
        self.next += 1;
        Node { expression, span }
    }

    fn group(&mut self, open: ByteSpan) -> Result<Node> {
        self.next += 1;
        let inner = self.or()?;
        let Some(close) = self.peek() else {
            return Err(self.never_closed(open));
        };
        self.next += 1;
        Ok(Node {
            expression: inner.expression,
            span: ByteSpan::new(open.start, close.span.end),
        })
    }
}

/// Why a regular expression cannot be read, and where in it.
fn reason(error: &regex_syntax::Error) -> (String, Option<Span>) {
    match error {
        regex_syntax::Error::Parse(error) => (error.kind().to_string(), Some(*error.span())),
        regex_syntax::Error::Translate(error) => (error.kind().to_string(), Some(*error.span())),
        _ => (error.to_string(), None),
    }
}
