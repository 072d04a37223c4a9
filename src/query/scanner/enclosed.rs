//! What stands between two marks: quotations and regular expressions.

use super::{Scanner, Token};
use crate::error::Result;
use crate::query::marks::half_width;
use crate::text::ByteSpan;

impl Scanner<'_> {
    /// Reads `/…/`; a backslash before a slash makes it part of the expression.
    pub(super) fn take_regex(&mut self, slash: char) -> Result<()> {
        let open = ByteSpan::new(self.position, self.position + slash.len_utf8());
        let mut pattern = String::new();
        let mut end = open.end;
        let mut characters = self.query[end..].chars();
        while let Some(character) = characters.next() {
            end += character.len_utf8();
            if character == slash {
                return self.push_regex(pattern, ByteSpan::new(open.start, end));
            }
            let escaped = if character == '\\' { characters.next() } else { None };
            end += escaped.map_or(0, char::len_utf8);
            match escaped {
                Some(escaped) if half_width(escaped) == '/' => pattern.push(escaped),
                _ => pattern.extend([character].into_iter().chain(escaped)),
            }
        }
        Err(self.error(
            open,
            "the regular expression is never closed",
            format!("close it with {slash}, or write \\{slash} for the mark itself"),
        ))
    }

    fn push_regex(&mut self, pattern: String, span: ByteSpan) -> Result<()> {
        if !self.ends_operator(span.end) {
            let message = "something stands directly behind the regular expression";
            let hint = "put a space there; (?-i) inside of it makes it mind the case; \\/ is the mark itself";
            return Err(self.error(span, message, hint));
        }
        if pattern.starts_with(char::is_whitespace) {
            let message = "a space stands behind the slash, so this may be no regular expression";
            let hint = "write \\/ for the mark itself, or [ ] for a space that the expression begins with";
            return Err(self.error(span, message, hint));
        }
        self.push(Token::Regex(pattern), span.end);
        Ok(())
    }

    /// Reads what stands in quotation marks; a backslash takes the character behind it as text.
    pub(super) fn take_quoted(&mut self, opener: char, closers: &[char]) -> Result<()> {
        let mut text = String::new();
        let mut end = self.position + opener.len_utf8();
        let mut characters = self.query[end..].chars();
        while let Some(character) = characters.next() {
            end += character.len_utf8();
            if closers.contains(&character) {
                self.push(Token::Quoted(text), end);
                return Ok(());
            }
            let escaped = if character == '\\' { characters.next() } else { None };
            end += escaped.map_or(0, char::len_utf8);
            text.push(escaped.unwrap_or(character));
        }
        let span = ByteSpan::new(self.position, self.position + opener.len_utf8());
        let message = format!("the quotation mark {opener} is never closed");
        let hint = format!("close it with {}, or write \\{opener} for the mark itself", closers[0]);
        Err(self.error(span, message, hint))
    }
}
