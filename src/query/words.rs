//! A word of a query → what it asks for: plain text, a word left open, a fuzzy word.

use super::expression::{Expression, Fuzzy, Keyword, Wildcard, WildcardPiece};
use super::field_names::{before_colon, is_address};
use super::foreign::{foreign_mark, opens_range};
use super::marks::{Typed, half_width};
use super::refusal::{quoted, refusal};
use crate::analyzer::{UnitKind, fold};
use crate::error::{Error, Result};
use crate::text::{ByteSpan, is_han};

/// A word of a query, of at least one character.
#[derive(Clone, Copy)]
pub(super) struct Word<'a> {
    /// The whole query, for errors.
    pub(super) query: &'a str,
    /// Where the word stands in it.
    pub(super) span: ByteSpan,
    /// Its characters.
    pub(super) typed: &'a [Typed],
}

/// Whether a word typed without escapes is read as the text itself.
pub(super) fn is_plain_text(text: &str) -> bool {
    let typed: Vec<Typed> = text
        .char_indices()
        .map(|(start, character)| Typed {
            character,
            escaped: false,
            span: ByteSpan::new(start, start + character.len_utf8()),
        })
        .collect();
    let half: String = text.chars().map(half_width).collect();
    let is_operator = matches!(half.as_str(), "AND" | "OR" | "NOT" | "NEAR") || half.starts_with("NEAR/");
    let word = Word {
        query: text,
        span: ByteSpan::new(0, text.len()),
        typed: &typed,
    };
    let means_something = is_operator || half.starts_with('/') || opens_range(&typed) || before_colon(&typed).is_some();
    !means_something && matches!(word.read(), Ok(Expression::Keyword(_)))
}

/// The characters without their spans.
fn text_of(typed: &[Typed]) -> String {
    typed.iter().map(|typed| typed.character).collect()
}

impl Word<'_> {
    pub(super) fn error(self, message: impl Into<String>, hint: impl Into<String>) -> Error {
        refusal(self.query, self.span, message, hint)
    }

    /// An error that points at some of the characters.
    pub(super) fn error_at(self, typed: &[Typed], message: impl Into<String>, hint: impl Into<String>) -> Error {
        let span = match typed {
            [first, .., last] => ByteSpan::new(first.span.start, last.span.end),
            [only] => only.span,
            [] => self.span,
        };
        refusal(self.query, span, message, hint)
    }

    /// What the word asks for, where it is neither an operator nor the name of a field.
    pub(super) fn read(self) -> Result<Expression> {
        if let Some(foreign) = foreign_mark(self.typed) {
            return Err(self.error_at(foreign.typed, foreign.message, foreign.hint));
        }
        match self.fuzzy()? {
            Some(fuzzy) => Ok(Expression::Fuzzy(fuzzy)),
            None => self.wildcard(),
        }
    }

    /// Reads `word~1`. A tilde behind a number or between letters is a mark: 5~10, 东京～大阪.
    fn fuzzy(self) -> Result<Option<Fuzzy>> {
        let Some(tilde) = self.typed.iter().rposition(|typed| typed.operator() == Some('~')) else {
            return Ok(None);
        };
        let (before, after) = (&self.typed[..tilde], &self.typed[tilde + 1..]);
        let number: String = after.iter().map(|typed| half_width(typed.character)).collect();
        let is_number = number.is_empty() || number.starts_with(|mark: char| mark.is_ascii_digit());
        if !is_number || !number.chars().all(|mark| mark.is_ascii_digit() || "*?.".contains(mark)) {
            return Ok(None);
        }
        let word = text_of(before);
        let folded = fold(&word);
        let is_word = folded.len() == 1 && folded.units()[0].kind == UnitKind::Word && !word.chars().any(is_han);
        let ends_in_letter = !number.is_empty() && word.chars().next_back().is_some_and(char::is_alphabetic);
        if !is_word && !ends_in_letter {
            return Ok(None);
        }
        if self
            .typed
            .iter()
            .any(|typed| matches!(typed.operator(), Some('?' | '*')))
        {
            let message = "a word is either fuzzy or left open";
            let hint = "write word~1 or wor*, or a backslash before the mark that is meant as text";
            return Err(self.error(message, hint));
        }
        if !is_word {
            let message = format!(
                "{} is not one alphabetic word, and only such a word is fuzzy",
                quoted(&word)
            );
            let hint = "leave single characters open with `?`, as in 命?共同体, or write \\~ for the mark itself";
            return Err(self.error(message, hint));
        }
        let distance = match number.as_str() {
            "1" => 1,
            "2" => 2,
            _ => {
                let message = "a fuzzy word takes a distance of 1 or 2";
                let hint = "write word~1 or word~2, or \\~ for the mark itself";
                return Err(self.error_at(&self.typed[tilde..], message, hint));
            }
        };
        Ok(Some(Fuzzy { word, distance }))
    }

    /// Reads `wom?n`, `cooperat*` or plain text. Question marks with nothing but marks behind them are punctuation.
    fn wildcard(self) -> Result<Expression> {
        let ends_in_star = self.typed.last().is_some_and(|typed| typed.operator() == Some('*'));
        let typed = &self.typed[..self.typed.len() - usize::from(ends_in_star)];
        if let Some(star) = typed.iter().position(|typed| typed.operator() == Some('*')) {
            return Err(self.error_at(
                &typed[star..=star],
                "`*` stands only at the end of a word, and once",
                "write `?` for each open character, \"one two\"~5 for a gap, /…/ for more, or \\* for the mark itself",
            ));
        }
        let last_text = typed.iter().rposition(|typed| typed.character.is_alphanumeric());
        let open_until = match last_text {
            // The question mark of http://un.org/?a is text.
            _ if typed.windows(3).any(is_address) => 0,
            _ if ends_in_star => typed.len(),
            last_text => last_text.unwrap_or(0),
        };
        let pieces = pieces(typed, open_until);
        let has_open_character = pieces.contains(&WildcardPiece::AnyCharacter);
        if !has_open_character && !ends_in_star {
            return Ok(Expression::Keyword(Keyword { text: text_of(typed) }));
        }
        if last_text.is_none() {
            return Err(self.error(
                "a word that is left open needs a letter, Han character or digit",
                "write the beginning of the word before `*`, or \\* for the mark itself",
            ));
        }
        Ok(Expression::Wildcard(Wildcard {
            pieces,
            open_end: ends_in_star,
        }))
    }
}

/// The text and the open characters of a word; from `open_until` on a question mark is text.
fn pieces(typed: &[Typed], open_until: usize) -> Vec<WildcardPiece> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    for (index, typed) in typed.iter().enumerate() {
        if typed.operator() != Some('?') || index >= open_until {
            text.push(typed.character);
            continue;
        }
        if !text.is_empty() {
            pieces.push(WildcardPiece::Text(std::mem::take(&mut text)));
        }
        pieces.push(WildcardPiece::AnyCharacter);
    }
    if !text.is_empty() {
        pieces.push(WildcardPiece::Text(text));
    }
    pieces
}
