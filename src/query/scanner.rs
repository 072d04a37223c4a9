//! A query string → tokens with spans. Knows which marks are operators; the grammar stands in the parser.

mod enclosed;
mod numbers;

use super::expression::FieldName;
use super::foreign::{is_exclamation, not_with, opens_range};
use super::marks::{Typed, closers, ends_word, half_width, is_blank, is_passed_over};
use super::refusal::refusal;
use super::words::Word;
use crate::error::{Error, Result};
use crate::text::ByteSpan;

/// A token of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A run of text that may hold the marks of wildcards and fuzzy words.
    Word(Vec<Typed>),
    /// What stands between quotation marks, escapes taken out.
    Quoted(String),
    /// `~5` directly behind a quotation.
    Gap(u32),
    /// What stands between slashes.
    Regex(String),
    /// `speaker:`
    Field(FieldName),
    /// `^2`, in thousandths.
    Weight(u32),
    /// `NEAR/10`
    Near(u32),
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `(`
    Open,
    /// `)`
    Close,
    /// `AND`
    And,
    /// `OR`
    Or,
    /// `NOT`
    Not,
}

/// A token and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Scanned {
    pub(super) token: Token,
    pub(super) span: ByteSpan,
    /// Whether a blank, or the end of the query, follows.
    pub(super) blank_after: bool,
}

/// Cuts a query into tokens, in time linear in its length.
pub(super) fn scan(query: &str) -> Result<Vec<Scanned>> {
    let mut scanner = Scanner {
        query,
        position: 0,
        tokens: Vec::new(),
    };
    scanner.position = scanner.visible_from(0);
    while let Some(character) = scanner.character_at(scanner.position) {
        scanner.take(character)?;
    }
    Ok(scanner.tokens)
}

struct Scanner<'a> {
    query: &'a str,
    /// The byte of the next character; never one that is passed over.
    position: usize,
    tokens: Vec<Scanned>,
}

impl Scanner<'_> {
    fn character_at(&self, byte: usize) -> Option<char> {
        self.query[byte..].chars().next()
    }

    /// The first byte from `byte` on whose character is not passed over.
    fn visible_from(&self, byte: usize) -> usize {
        let rest = &self.query[byte..];
        byte + rest.len() - rest.trim_start_matches(is_passed_over).len()
    }

    /// The token that ends where the next one begins.
    fn adjacent(&self) -> Option<&Token> {
        let last = self.tokens.last().filter(|last| !last.blank_after);
        last.map(|last| &last.token)
    }

    fn error(&self, span: ByteSpan, message: impl Into<String>, hint: impl Into<String>) -> Error {
        refusal(self.query, span, message, hint)
    }

    fn take(&mut self, character: char) -> Result<()> {
        let end = self.position + character.len_utf8();
        if is_blank(character) {
            self.position = self.visible_from(end);
            return Ok(());
        }
        if let Some(closers) = closers(character) {
            return self.take_quoted(character, closers);
        }
        match half_width(character) {
            '(' => self.push(Token::Open, end),
            ')' => self.push(Token::Close, end),
            '+' => self.push(Token::Plus, end),
            '-' | '−' => self.push(Token::Minus, end),
            '/' => self.take_regex(character)?,
            '^' => self.take_weight(character)?,
            '~' if matches!(self.adjacent(), Some(Token::Quoted(_))) => self.take_gap(character)?,
            _ => self.take_word()?,
        }
        Ok(())
    }

    fn push(&mut self, token: Token, end: usize) {
        let span = ByteSpan::new(self.position, end);
        self.position = self.visible_from(end);
        let blank_after = self.character_at(self.position).is_none_or(is_blank);
        self.tokens.push(Scanned {
            token,
            span,
            blank_after,
        });
    }

    /// The characters of a word, and where it ends.
    fn typed_word(&self) -> Result<(Vec<Typed>, usize)> {
        let mut typed = Vec::new();
        let mut start = self.position;
        let mut characters = self.query[start..].chars();
        while let Some(first) = characters.next() {
            let escaped = first == '\\';
            // A quotation mark inside of a word opens a quotation of its own, but an apostrophe-like mark does not.
            if !escaped && ends_word(first) {
                break;
            }
            let character = if escaped { characters.next() } else { Some(first) };
            let Some(character) = character else {
                let span = ByteSpan::new(start, start + 1);
                let message = "a backslash at the end escapes nothing";
                return Err(self.error(span, message, "write `\\\\` for a backslash itself"));
            };
            let end = start + usize::from(escaped) + character.len_utf8();
            if escaped || !is_passed_over(character) {
                typed.push(Typed {
                    character,
                    escaped,
                    span: ByteSpan::new(start, end),
                });
            }
            start = end;
        }
        let end = typed.last().map_or(start, |last| last.span.end);
        Ok((typed, end))
    }

    fn take_word(&mut self) -> Result<()> {
        let (typed, end) = self.typed_word()?;
        let word = Word {
            query: self.query,
            span: ByteSpan::new(self.position, end),
            typed: &typed,
        };
        if matches!(self.adjacent(), Some(Token::Field(_))) {
            word.refuse_field()?;
            self.push(Token::Word(typed), end);
            return Ok(());
        }
        let escaped_any = typed.iter().any(|typed| typed.escaped);
        let text: String = typed.iter().map(|typed| half_width(typed.character)).collect();
        let token = match text.as_str() {
            "AND" if !escaped_any => Token::And,
            "OR" if !escaped_any => Token::Or,
            "NOT" if !escaped_any => Token::Not,
            "TO" if !escaped_any && self.stands_in_range() => return Err(self.range_of_others(end)),
            near if !escaped_any && (near == "NEAR" || near.starts_with("NEAR/")) => self.near(near, end)?,
            _ => return self.take_field_or_word(word),
        };
        self.push(token, end);
        Ok(())
    }

    fn take_field_or_word(&mut self, word: Word<'_>) -> Result<()> {
        let next = self.character_at(self.visible_from(word.span.end));
        let opens_value = next.is_some_and(|next| half_width(next) == '(' || closers(next).is_some());
        if opens_value && matches!(word.typed, [mark] if is_exclamation(mark)) {
            let foreign = not_with(word.typed);
            return Err(word.error(foreign.message, foreign.hint));
        }
        match word.field(opens_value)? {
            None => self.push(Token::Word(word.typed.to_vec()), word.span.end),
            Some((name, length)) => self.push(Token::Field(name), word.typed[length - 1].span.end),
        }
        Ok(())
    }

    /// Whether the last token is the beginning of `[2013 TO 2017]`.
    fn stands_in_range(&self) -> bool {
        matches!(self.tokens.last(), Some(Scanned { token: Token::Word(typed), .. }) if opens_range(typed))
    }

    fn range_of_others(&self, end: usize) -> Error {
        let start = self.tokens.last().map_or(self.position, |last| last.span.start);
        let message = "a range is not written with TO";
        let hint = "write date:2013..2017, date:2013.. or date:..2017, or \\TO for the word itself";
        self.error(ByteSpan::new(start, end), message, hint)
    }
}
