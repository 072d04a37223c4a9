//! A word of a query → what it asks for: plain text, a word left open, a fuzzy word; and the names of fields before a colon.

use super::expression::{Expression, FieldName, Fuzzy, Keyword, Wildcard, WildcardPiece};
use crate::analyzer::{UnitKind, fold};
use crate::corpus::Field;
use crate::error::{Error, ErrorKind, Result};
use crate::text::{ByteSpan, is_han};

/// A character of a word as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Typed {
    pub(super) character: char,
    /// Whether a backslash stood before it, so that it is text.
    pub(super) escaped: bool,
}

impl Typed {
    /// The operator that the character can be part of, in its half-width form; none where it was escaped.
    pub(super) fn operator(self) -> Option<char> {
        (!self.escaped).then(|| half_width(self.character))
    }
}

/// The half-width form of a full-width mark, letter or digit.
pub(super) fn half_width(character: char) -> char {
    match character {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(character as u32 - 0xFEE0).unwrap_or(character),
        '\u{301C}' => '~',
        _ => character,
    }
}

/// Whether a character can be part of an operator inside of a word.
pub(super) fn is_word_mark(character: char) -> bool {
    matches!(half_width(character), '*' | '?' | '~' | ':' | '/')
}

/// Whether a word typed without escapes is read as the text itself.
pub(super) fn is_plain_text(text: &str) -> bool {
    let typed: Vec<Typed> = text
        .chars()
        .map(|character| Typed {
            character,
            escaped: false,
        })
        .collect();
    let half: String = text.chars().map(half_width).collect();
    let is_operator = matches!(half.as_str(), "AND" | "OR" | "NOT" | "NEAR") || half.starts_with("NEAR/");
    let is_field = text.chars().any(|character| half_width(character) == ':') && before_colon(&typed).is_some();
    let word = Word {
        query: text,
        span: ByteSpan::new(0, text.len()),
        typed: &typed,
    };
    !is_operator && !is_field && !half.starts_with('/') && matches!(word.read(), Ok(Expression::Keyword(_)))
}

/// What stands before the first colon of a word, if it can be the name of a field; and the index of the colon.
fn before_colon(typed: &[Typed]) -> Option<(String, usize)> {
    let colon = typed.iter().position(|typed| typed.operator() == Some(':'))?;
    if typed[..colon].iter().any(|typed| typed.escaped) {
        // An escape inside of a further field's name stands for itself; before any other colon it makes the colon text.
        let plain: String = typed[..colon].iter().map(|typed| typed.character).collect();
        return plain.starts_with("meta.").then_some((plain, colon));
    }
    let name: String = typed[..colon].iter().map(|typed| half_width(typed.character)).collect();
    let is_name = name.len() > 1 && name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    let is_further = name.starts_with("meta.");
    let is_address = typed[colon + 1..]
        .iter()
        .take(2)
        .filter(|typed| typed.character == '/' && !typed.escaped)
        .count()
        == 2;
    if is_further {
        let printed = typed[..colon].iter().map(|typed| typed.character).collect();
        return Some((printed, colon));
    }
    (is_name && !is_address).then_some((name, colon))
}

/// A word of a query.
#[derive(Clone, Copy)]
pub(super) struct Word<'a> {
    /// The whole query, for errors.
    pub(super) query: &'a str,
    /// Where the word stands in it.
    pub(super) span: ByteSpan,
    /// Its characters.
    pub(super) typed: &'a [Typed],
}

impl Word<'_> {
    /// The field that the word begins with, and the number of characters up to and with its colon.
    ///
    /// `goes_on` says whether a quotation, group or expression follows the word directly.
    pub(super) fn field(self, goes_on: bool) -> Result<Option<(FieldName, usize)>> {
        let Some((name, colon)) = before_colon(self.typed) else {
            return Ok(None);
        };
        let has_value = colon + 1 < self.typed.len() || goes_on;
        let lower = name.to_ascii_lowercase();
        let field = match (lower.parse(), name.strip_prefix("meta.")) {
            (Ok(field), _) => FieldName::Known(field),
            (_, Some(further)) if !further.is_empty() => FieldName::Further(further.to_owned()),
            _ if lower == "year" => FieldName::Known(Field::Date),
            _ if !has_value => return Ok(None),
            _ => return Err(self.unknown_field(&lower)),
        };
        if !has_value {
            let message = format!("the field `{name}` has no value");
            let hint = format!("write it directly behind the colon, as in {name}:VALUE, or \\: for the mark itself");
            return Err(self.error(message, &hint));
        }
        Ok(Some((field, colon + 1)))
    }

    fn unknown_field(self, name: &str) -> Error {
        let distance = |field: &&Field| strsim::osa_distance(field.name(), name);
        let nearest = Field::ALL
            .iter()
            .min_by_key(distance)
            .filter(|field| distance(field) <= 2);
        let way_out = "a further field is written meta.NAME; to search for the text itself, put it in quotation marks";
        let hint = match nearest {
            Some(field) => format!("did you mean `{field}:`? Or: {way_out}"),
            None => way_out.to_owned(),
        };
        self.error(format!("there is no field `{name}`"), &hint)
    }

    fn error(self, message: String, hint: &str) -> Error {
        Error::new(ErrorKind::Query, message)
            .in_query(self.query, self.span)
            .hint(hint)
    }

    /// What the word asks for, where it is neither an operator nor the name of a field.
    pub(super) fn read(self) -> Result<Expression> {
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
        let word: String = before.iter().map(|typed| typed.character).collect();
        let number: String = after.iter().map(|typed| half_width(typed.character)).collect();
        let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
        let follows_letter = word.chars().last().is_some_and(char::is_alphabetic);
        if !is_number || !follows_letter {
            return Ok(None);
        }
        let folded = fold(&word);
        let is_word = folded.len() == 1 && folded.units()[0].kind == UnitKind::Word;
        if !is_word || word.chars().any(is_han) || self.has_wildcard(before) {
            let message = format!("`{word}` is not one alphabetic word, and only such a word is fuzzy");
            let hint =
                "leave single characters open with `?`, as in 命?共同体, or put the text itself in quotation marks";
            return Err(self.error(message, hint));
        }
        let distance = match number.as_str() {
            "1" => 1,
            "2" => 2,
            _ => {
                let message = "a fuzzy word takes a distance of 1 or 2".to_owned();
                return Err(self.error(message, "write word~1 or word~2, or \\~ for the mark itself"));
            }
        };
        Ok(Some(Fuzzy { word, distance }))
    }

    fn has_wildcard(self, typed: &[Typed]) -> bool {
        typed.iter().any(|typed| matches!(typed.operator(), Some('?' | '*')))
    }

    /// Reads `wom?n`, `cooperat*` or plain text. Question marks with nothing but marks behind them are punctuation.
    fn wildcard(self) -> Result<Expression> {
        let stars = self.typed.iter().filter(|typed| typed.operator() == Some('*')).count();
        let ends_in_star = self.typed.last().is_some_and(|typed| typed.operator() == Some('*'));
        if stars > usize::from(ends_in_star) {
            let message = "`*` stands only at the end of a word".to_owned();
            let hint = "leave single characters open with `?`, use /…/ for more, or write \\* for the mark itself";
            return Err(self.error(message, hint));
        }
        let typed = &self.typed[..self.typed.len() - stars];
        let behind_last_text = typed
            .iter()
            .rposition(|typed| typed.character.is_alphanumeric())
            .map_or(0, |index| index + 1);
        let mut pieces = Vec::new();
        let mut text = String::new();
        for (index, typed) in typed.iter().enumerate() {
            let is_open = typed.operator() == Some('?') && (ends_in_star || index < behind_last_text);
            if !is_open {
                text.push(typed.character);
                continue;
            }
            if !text.is_empty() {
                pieces.push(WildcardPiece::Text(std::mem::take(&mut text)));
            }
            pieces.push(WildcardPiece::AnyCharacter);
        }
        if pieces.is_empty() && !ends_in_star {
            return Ok(Expression::Keyword(Keyword { text }));
        }
        if !text.is_empty() {
            pieces.push(WildcardPiece::Text(text));
        }
        if behind_last_text == 0 {
            let message = "a word that is left open needs a letter, Han character or digit".to_owned();
            return Err(self.error(
                message,
                "write the beginning of the word before `*`, or \\* for the mark itself",
            ));
        }
        Ok(Expression::Wildcard(Wildcard {
            pieces,
            open_end: ends_in_star,
        }))
    }
}
