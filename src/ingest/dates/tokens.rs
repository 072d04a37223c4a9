//! Numbers, words and marks of a text, the raw material of Western and Arabic dates.
//!
//! Digits of any script count; a word keeps its lower-case form only.

/// A number, a word or a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number { value: u32, width: usize },
    Word(String),
    Mark(char),
}

/// A token and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
}

/// The value of a decimal digit: ASCII, full-width, Arabic-Indic or Persian.
pub(super) fn digit(character: char) -> Option<u32> {
    let zero = match character {
        '0'..='9' => '0',
        '０'..='９' => '０',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        _ => return None,
    };
    Some(character as u32 - zero as u32)
}

/// The tokens of a text; white space is none.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    for (start, character) in text.char_indices() {
        let end = start + character.len_utf8();
        if character.is_whitespace() || is_invisible(character) {
            continue;
        }
        let adjacent = found.last_mut().filter(|last| last.end == start);
        match (digit(character), adjacent) {
            (
                Some(digit),
                Some(Token {
                    end: last_end,
                    kind: Kind::Number { value, width },
                    ..
                }),
            ) => {
                *value = value.saturating_mul(10).saturating_add(digit);
                *width += 1;
                *last_end = end;
            }
            (Some(value), _) => found.push(Token {
                start,
                end,
                kind: Kind::Number { value, width: 1 },
            }),
            (
                None,
                Some(Token {
                    end: last_end,
                    kind: Kind::Word(word),
                    ..
                }),
            ) if character.is_alphabetic() => {
                word.extend(character.to_lowercase());
                *last_end = end;
            }
            (None, _) if character.is_alphabetic() => {
                found.push(Token {
                    start,
                    end,
                    kind: Kind::Word(character.to_lowercase().collect()),
                });
            }
            (None, _) => found.push(Token {
                start,
                end,
                kind: Kind::Mark(character),
            }),
        }
    }
    found
}

/// The words and numbers of a text, in lower case.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    tokens(text).into_iter().filter_map(|token| match token.kind {
        Kind::Word(word) => Some(word),
        Kind::Number { value, .. } => Some(value.to_string()),
        Kind::Mark(_) => None,
    })
}

/// Direction marks and other characters without a shape.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{640}')
}
