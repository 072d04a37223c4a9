//! A query string → tokens with spans. Knows which marks are operators; the grammar stands in the parser.

use super::reserved;
use crate::error::{Error, ErrorKind, Result};
use crate::text::ByteSpan;

/// A token of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A run of text without operators, escapes taken out.
    Word(String),
    /// What stands between quotation marks, escapes taken out.
    Quoted(String),
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
    let is_mark = matches!(character, '(' | ')' | '（' | '）' | '\\');
    character.is_whitespace() || is_mark || (closers(character).is_some() && !is_sign(character))
}

/// Whether a character means something at the beginning of a word.
pub(super) fn is_sign(character: char) -> bool {
    // Inside of a word ‘ is a letter of its own in some languages: Oʻzbekiston is often written with it.
    matches!(character, '+' | '-' | '＋' | '－' | '−' | '‘')
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

    fn take(&mut self, character: char) -> Result<()> {
        let width = character.len_utf8();
        if character.is_whitespace() {
            self.position += width;
            return Ok(());
        }
        if let Some(closers) = closers(character) {
            return self.take_quoted(character, closers);
        }
        match character {
            '(' | '（' => self.push(Token::Open, self.position + width),
            ')' | '）' => self.push(Token::Close, self.position + width),
            '+' | '＋' => self.push(Token::Plus, self.position + width),
            '-' | '－' | '−' => self.push(Token::Minus, self.position + width),
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

    fn take_word(&mut self) -> Result<()> {
        let mut text = String::new();
        let mut end = self.position;
        let mut escaped_any = false;
        let mut characters = self.query[self.position..].chars();
        while let Some(character) = characters.next() {
            if character == '\\' {
                let span = ByteSpan::new(end, end + 1);
                let escaped = characters.next().ok_or_else(|| {
                    Error::new(ErrorKind::Query, "a backslash at the end escapes nothing")
                        .in_query(self.query, span)
                        .hint("write `\\\\` for a backslash itself")
                })?;
                text.push(escaped);
                escaped_any = true;
                end += 1 + escaped.len_utf8();
                continue;
            }
            // A quotation mark inside of a word opens a quotation of its own, but an apostrophe-like mark does not.
            if is_special(character) {
                break;
            }
            text.push(character);
            end += character.len_utf8();
        }
        if !escaped_any {
            self.refuse_reserved(&text, end)?;
        }
        let token = match text.as_str() {
            "AND" if !escaped_any => Token::And,
            "OR" if !escaped_any => Token::Or,
            "NOT" if !escaped_any => Token::Not,
            _ => Token::Word(text),
        };
        self.push(token, end);
        Ok(())
    }

    /// Refuses what is an operator to come, so that it never silently means something else.
    fn refuse_reserved(&self, text: &str, end: usize) -> Result<()> {
        let touches_quotation = self
            .tokens
            .last()
            .is_some_and(|last| matches!(last.token, Token::Quoted(_)) && last.span.end == self.position);
        let Some(reserved) = reserved::reserved(text, touches_quotation) else {
            return Ok(());
        };
        let span = ByteSpan::new(self.position, end);
        let message = format!(
            "`{text}` is read as {}, which this version does not have",
            reserved.what
        );
        Err(Error::new(ErrorKind::Query, message)
            .in_query(self.query, span)
            .hint(reserved.way_out))
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
        Err(
            Error::new(ErrorKind::Query, format!("the quotation mark {opener} is never closed"))
                .in_query(self.query, span)
                .hint(format!(
                    "close it with {}, or write \\{opener} for the mark itself",
                    closers[0]
                )),
        )
    }
}
