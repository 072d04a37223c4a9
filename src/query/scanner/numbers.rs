//! The operators that take a number: `NEAR/10`, `~5` behind a quotation, `^2`.

use super::{Scanner, Token};
use crate::error::{Error, Result};
use crate::query::marks::{half_width, is_blank};
use crate::text::ByteSpan;

/// The largest distance of NEAR and of a string with gaps, in units.
const LARGEST_DISTANCE: u32 = 1_000;

/// The largest weight, in thousandths.
const LARGEST_WEIGHT: u32 = 1_000_000;

impl Scanner<'_> {
    /// Reads `NEAR/10`; `text` is the word in half-width form.
    pub(super) fn near(&self, text: &str, end: usize) -> Result<Token> {
        text.strip_prefix("NEAR/")
            .and_then(distance)
            .map(Token::Near)
            .ok_or_else(|| {
                self.error(
                    ByteSpan::new(self.position, end),
                    format!("NEAR takes a distance from 0 to {LARGEST_DISTANCE} units"),
                    "write NEAR/10, or \\NEAR for the word itself",
                )
            })
    }

    /// Reads `~5` behind a quotation.
    pub(super) fn take_gap(&mut self, tilde: char) -> Result<()> {
        let (digits, end) = self.number(self.position + tilde.len_utf8());
        let Some(distance) = distance(&digits) else {
            let message = format!("a string with gaps takes a distance from 0 to {LARGEST_DISTANCE} units");
            let hint = "write \"one two\"~5, or a space and \\~ for the mark itself";
            return Err(self.error(ByteSpan::new(self.position, end), message, hint));
        };
        if !self.ends_operator(end) {
            return Err(self.no_space_behind("distance", end));
        }
        self.push(Token::Gap(distance), end);
        Ok(())
    }

    /// Reads `^2` behind a keyword, string or group.
    pub(super) fn take_weight(&mut self, mark: char) -> Result<()> {
        let (number, end) = self.number(self.position + mark.len_utf8());
        let span = ByteSpan::new(self.position, end);
        match self.adjacent() {
            Some(Token::Word(_) | Token::Quoted(_) | Token::Gap(_) | Token::Regex(_) | Token::Close) => {}
            Some(Token::Weight(_)) => {
                let message = "there is a weight already";
                return Err(self.error(span, message, "write one weight: ^6 in the place of ^2^3"));
            }
            _ => {
                let message = "the weight stands behind nothing";
                let hint = "write it directly behind a word, string or group, or \\^ for the mark itself";
                return Err(self.error(span, message, hint));
            }
        }
        let Some(thousandths) = thousandths(&number) else {
            let message = "a weight is a number from 0.001 to 1000, with at most three decimals";
            return Err(self.error(span, message, "write ^2 or ^0.5, or \\^ for the mark itself"));
        };
        if !self.ends_operator(end) {
            return Err(self.no_space_behind("weight", end));
        }
        self.push(Token::Weight(thousandths), end);
        Ok(())
    }

    fn no_space_behind(&self, operator: &str, end: usize) -> Error {
        let span = ByteSpan::new(self.position, end);
        let mark = &self.query[span.range()];
        let message = format!("text stands directly behind the {operator} `{mark}`");
        let hint = format!("put a space there, or a backslash before `{mark}` where it is meant as text");
        self.error(span, message, hint)
    }

    /// The digits and decimal points from a byte on, half-width, and where they end.
    fn number(&self, start: usize) -> (String, usize) {
        let digits = self.query[start..]
            .chars()
            .take_while(|character| half_width(*character).is_ascii_digit() || half_width(*character) == '.');
        let typed: String = digits.collect();
        (typed.chars().map(half_width).collect(), start + typed.len())
    }

    /// Whether an operator may end at a byte: nothing, a blank, a parenthesis or a weight follows.
    pub(super) fn ends_operator(&self, end: usize) -> bool {
        let next = self.character_at(self.visible_from(end));
        next.is_none_or(|next| is_blank(next) || matches!(half_width(next), ')' | '^'))
    }
}

/// A distance in units, of digits alone.
fn distance(digits: &str) -> Option<u32> {
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    let distance: u32 = digits.parse().ok().filter(|_| is_number)?;
    (distance <= LARGEST_DISTANCE).then_some(distance)
}

/// A number with at most three decimals, in thousandths.
fn thousandths(number: &str) -> Option<u32> {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
    if whole.is_empty() || decimals.is_empty() || decimals.len() > 3 {
        return None;
    }
    let whole: u32 = whole.parse().ok()?;
    let decimals: u32 = format!("{decimals:0<3}").parse().ok()?;
    let thousandths = whole.checked_mul(1_000)?.checked_add(decimals)?;
    (1..=LARGEST_WEIGHT).contains(&thousandths).then_some(thousandths)
}
