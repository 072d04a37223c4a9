//! A query string → tokens with spans. Knows which marks are operators; the grammar stands in the parser.

use super::expression::FieldName;
use super::words::{Typed, Word, half_width};
use crate::error::{Error, ErrorKind, Result};
use crate::text::ByteSpan;

/// The largest distance of NEAR and of a string with gaps, in units.
const LARGEST_DISTANCE: u32 = 1_000;

/// The largest weight, in thousandths.
const LARGEST_WEIGHT: u32 = 1_000_000;

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
    /// Whether white space, or the end of the query, follows.
    pub(super) space_after: bool,
}

/// Whether a character means something wherever it stands, so that a backslash must stand before it to mean itself.
pub(super) fn is_special(character: char) -> bool {
    let is_mark = matches!(character, '(' | ')' | '（' | '）' | '\\' | '^' | '＾');
    character.is_whitespace() || is_mark || (closers(character).is_some() && !is_sign(character))
}

/// Whether a character means something at the beginning of a word.
pub(super) fn is_sign(character: char) -> bool {
    // Inside of a word ‘ is a letter of its own in some languages: Oʻzbekiston is often written with it.
    matches!(character, '+' | '-' | '＋' | '－' | '−' | '‘' | '/' | '／')
}

/// The marks that close a quotation which the mark opens; `None` for a mark that opens none.
fn closers(opener: char) -> Option<&'static [char]> {
    Some(match opener {
        '"' | '＂' | '“' | '”' | '„' => &['"', '＂', '“', '”', '„'],
        '「' => &['」'],
        '『' => &['』'],
        '«' => &['»'],
        '»' => &['«'],
        '‹' => &['›'],
        '〝' => &['〞', '〟'],
        '‘' => &['’'],
        _ => return None,
    })
}

/// Whether the character closes a quotation that `"` opens.
pub(super) fn closes_double(character: char) -> bool {
    closers('"').is_some_and(|closers| closers.contains(&character))
}

/// Cuts a query into tokens, in time linear in its length.
pub(super) fn scan(query: &str) -> Result<Vec<Scanned>> {
    let mut scanner = Scanner {
        query,
        position: 0,
        tokens: Vec::new(),
    };
    while let Some(character) = scanner.peek() {
        scanner.take(character)?;
    }
    Ok(scanner.tokens)
}

struct Scanner<'a> {
    query: &'a str,
    position: usize,
    tokens: Vec<Scanned>,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<char> {
        self.query[self.position..].chars().next()
    }

    /// The token that ends where the next one begins.
    fn adjacent(&self) -> Option<&Token> {
        let last = self.tokens.last().filter(|last| last.span.end == self.position);
        last.map(|last| &last.token)
    }

    fn error(&self, span: ByteSpan, message: &str, hint: &str) -> Error {
        Error::new(ErrorKind::Query, message)
            .in_query(self.query, span)
            .hint(hint)
    }

    fn take(&mut self, character: char) -> Result<()> {
        let width = character.len_utf8();
        if character.is_whitespace() {
            self.position += width;
            return Ok(());
        }
        if let Some(closers) = closers(character) {
            return self.take_quoted(character, closers);
        }
        match half_width(character) {
            '(' => self.push(Token::Open, self.position + width),
            ')' => self.push(Token::Close, self.position + width),
            '+' => self.push(Token::Plus, self.position + width),
            '-' | '−' => self.push(Token::Minus, self.position + width),
            '/' => self.take_regex(character)?,
            '^' => self.take_weight(character)?,
            '~' if matches!(self.adjacent(), Some(Token::Quoted(_))) => self.take_gap(character)?,
            _ => self.take_word()?,
        }
        Ok(())
    }

    fn push(&mut self, token: Token, end: usize) {
        let span = ByteSpan::new(self.position, end);
        self.position = end;
        let space_after = self.peek().is_none_or(char::is_whitespace);
        self.tokens.push(Scanned {
            token,
            span,
            space_after,
        });
    }

    /// The characters of a word, and where it ends.
    fn typed_word(&self) -> Result<(Vec<Typed>, usize)> {
        let mut typed = Vec::new();
        let mut end = self.position;
        let mut characters = self.query[self.position..].chars();
        while let Some(character) = characters.next() {
            if character == '\\' {
                let span = ByteSpan::new(end, end + 1);
                let Some(escaped) = characters.next() else {
                    let message = "a backslash at the end escapes nothing";
                    return Err(self.error(span, message, "write `\\\\` for a backslash itself"));
                };
                typed.push(Typed {
                    character: escaped,
                    escaped: true,
                });
                end += 1 + escaped.len_utf8();
                continue;
            }
            // A quotation mark inside of a word opens a quotation of its own, but an apostrophe-like mark does not.
            if is_special(character) {
                break;
            }
            typed.push(Typed {
                character,
                escaped: false,
            });
            end += character.len_utf8();
        }
        Ok((typed, end))
    }

    fn take_word(&mut self) -> Result<()> {
        let (typed, end) = self.typed_word()?;
        if matches!(self.adjacent(), Some(Token::Field(_))) {
            self.push(Token::Word(typed), end);
            return Ok(());
        }
        let escaped_any = typed.iter().any(|typed| typed.escaped);
        let text: String = typed.iter().map(|typed| half_width(typed.character)).collect();
        let token = match text.as_str() {
            "AND" if !escaped_any => Token::And,
            "OR" if !escaped_any => Token::Or,
            "NOT" if !escaped_any => Token::Not,
            near if !escaped_any && (near == "NEAR" || near.starts_with("NEAR/")) => self.near(near, end)?,
            _ => return self.take_field_or_word(typed, end),
        };
        self.push(token, end);
        Ok(())
    }

    fn take_field_or_word(&mut self, typed: Vec<Typed>, end: usize) -> Result<()> {
        let next = self.query[end..].chars().next();
        let word = Word {
            query: self.query,
            span: ByteSpan::new(self.position, end),
            typed: &typed,
        };
        let opens_value = |next: char| matches!(next, '(' | '（') || closers(next).is_some();
        match word.field(next.is_some_and(opens_value))? {
            None => self.push(Token::Word(typed), end),
            Some((name, length)) => {
                let width = |typed: &Typed| usize::from(typed.escaped) + typed.character.len_utf8();
                let name_end = self.position + typed[..length].iter().map(width).sum::<usize>();
                self.push(Token::Field(name), name_end);
            }
        }
        Ok(())
    }

    /// Reads `NEAR/10`.
    fn near(&self, text: &str, end: usize) -> Result<Token> {
        let distance = text.strip_prefix("NEAR/").and_then(|number| number.parse().ok());
        match distance.filter(|distance| *distance <= LARGEST_DISTANCE) {
            Some(distance) => Ok(Token::Near(distance)),
            None => Err(self.error(
                ByteSpan::new(self.position, end),
                &format!("NEAR takes a distance from 0 to {LARGEST_DISTANCE} units"),
                "write NEAR/10, or \\NEAR for the word itself",
            )),
        }
    }

    /// Reads `~5` behind a quotation.
    fn take_gap(&mut self, tilde: char) -> Result<()> {
        let (digits, end) = self.number(self.position + tilde.len_utf8());
        let distance = digits.parse().ok().filter(|distance| *distance <= LARGEST_DISTANCE);
        match distance.filter(|_| self.ends_operator(end)) {
            Some(distance) => self.push(Token::Gap(distance), end),
            None => {
                let message = format!("a string with gaps takes a distance from 0 to {LARGEST_DISTANCE} units");
                let span = ByteSpan::new(self.position, end);
                return Err(self.error(
                    span,
                    &message,
                    "write \"one two\"~5, or put a space before the mark itself",
                ));
            }
        }
        Ok(())
    }

    /// Reads `^2` behind a keyword, string or group.
    fn take_weight(&mut self, mark: char) -> Result<()> {
        let (number, end) = self.number(self.position + mark.len_utf8());
        let span = ByteSpan::new(self.position, end);
        let behind = self.adjacent();
        let weighs = |token: &Token| {
            matches!(
                token,
                Token::Word(_) | Token::Quoted(_) | Token::Gap(_) | Token::Regex(_) | Token::Close
            )
        };
        if !behind.is_some_and(weighs) {
            let message = "the weight stands behind nothing";
            return Err(self.error(
                span,
                message,
                "write it directly behind a word, string or group, or \\^ for the mark itself",
            ));
        }
        match thousandths(&number).filter(|_| self.ends_operator(end)) {
            Some(thousandths) => self.push(Token::Weight(thousandths), end),
            None => {
                let message = "a weight is a number from 0.001 to 1000";
                return Err(self.error(span, message, "write ^2 or ^0.5, or \\^ for the mark itself"));
            }
        }
        Ok(())
    }

    /// The digits and decimal points from a byte on, half-width, and where they end.
    fn number(&self, start: usize) -> (String, usize) {
        let digits = self.query[start..]
            .chars()
            .take_while(|character| half_width(*character).is_ascii_digit() || half_width(*character) == '.');
        let typed: String = digits.collect();
        (typed.chars().map(half_width).collect(), start + typed.len())
    }

    /// Whether an operator may end at a byte: nothing, white space, a parenthesis or a weight follows.
    fn ends_operator(&self, end: usize) -> bool {
        let next = self.query[end..].chars().next();
        next.is_none_or(|next| next.is_whitespace() || matches!(half_width(next), ')' | '^'))
    }

    /// Reads `/…/`; a backslash before a slash makes it part of the expression.
    fn take_regex(&mut self, slash: char) -> Result<()> {
        let mut pattern = String::new();
        let open = ByteSpan::new(self.position, self.position + slash.len_utf8());
        let mut end = open.end;
        let mut characters = self.query[end..].chars();
        while let Some(character) = characters.next() {
            end += character.len_utf8();
            if character == slash {
                if !self.ends_operator(end) {
                    let message = "something stands behind the regular expression";
                    let hint = "put a space there; (?-i) inside of it makes it mind the case; \\/ is the mark itself";
                    return Err(self.error(ByteSpan::new(open.start, end), message, hint));
                }
                self.push(Token::Regex(pattern), end);
                return Ok(());
            }
            pattern.push(character);
            if character == '\\' {
                let escaped = characters.next();
                end += escaped.map_or(0, char::len_utf8);
                if escaped == Some(slash) {
                    pattern.pop();
                }
                pattern.extend(escaped);
            }
        }
        Err(self.error(
            open,
            "the regular expression is never closed",
            "close it with /, or write \\/ for the mark itself",
        ))
    }

    fn take_quoted(&mut self, opener: char, closers: &[char]) -> Result<()> {
        let mut text = String::new();
        let mut end = self.position + opener.len_utf8();
        let mut characters = self.query[end..].chars();
        while let Some(character) = characters.next() {
            end += character.len_utf8();
            if closers.contains(&character) {
                self.push(Token::Quoted(text), end);
                return Ok(());
            }
            match character {
                '\\' => {
                    let escaped = characters.next();
                    end += escaped.map_or(0, char::len_utf8);
                    text.push(escaped.unwrap_or('\\'));
                }
                _ => text.push(character),
            }
        }
        let span = ByteSpan::new(self.position, self.position + opener.len_utf8());
        let message = format!("the quotation mark {opener} is never closed");
        let hint = format!("close it with {}, or write \\{opener} for the mark itself", closers[0]);
        Err(self.error(span, &message, &hint))
    }
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
