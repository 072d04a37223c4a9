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
        if character.is_whitespace() || is_invisible(character) {
            continue;
        }
        let end = start + character.len_utf8();
        let grown = found
            .last_mut()
            .filter(|last| last.end == start)
            .is_some_and(|last| last.grow(character, end));
        if !grown {
            found.push(Token {
                start,
                end,
                kind: Kind::of(character),
            });
        }
    }
    found
}

impl Kind {
    /// The kind of a token that begins with the character.
    fn of(character: char) -> Self {
        match digit(character) {
            Some(value) => Self::Number { value, width: 1 },
            None if character.is_alphabetic() => Self::Word(character.to_lowercase().collect()),
            None => Self::Mark(character),
        }
    }
}

impl Token {
    /// Takes the next character in, if it is of the same kind.
    fn grow(&mut self, character: char, end: usize) -> bool {
        match (&mut self.kind, digit(character)) {
            (Kind::Number { value, width }, Some(digit)) => {
                *value = value.saturating_mul(10).saturating_add(digit);
                *width += 1;
            }
            (Kind::Word(word), None) if character.is_alphabetic() => word.extend(character.to_lowercase()),
            _ => return false,
        }
        self.end = end;
        true
    }
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

/// Articles, days of the week and parts of the day, which may stand beside a date.
#[rustfmt::skip]
pub(super) const FILLERS: &[&str] = &[
    "le", "el", "on", "the", "of", "den", "il", "in", "dated", "date", "du", "em", "r", "г", "года", "год", "م",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "lundi", "mardi", "mercredi",
    "jeudi", "vendredi", "samedi", "dimanche", "lunes", "martes", "miércoles", "miercoles", "jueves", "viernes",
    "sábado", "sabado", "domingo", "понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье",
    "lunedì", "lunedi", "martedì", "martedi", "mercoledì", "mercoledi", "giovedì", "giovedi", "venerdì", "venerdi",
    "sabato", "domenica", "segunda", "terça", "quarta", "quinta", "sexta", "feira", "الاثنين", "الثلاثاء", "الأربعاء",
    "الخميس", "الجمعة", "السبت", "الأحد", "يوم", "في", "montag", "dienstag", "mittwoch", "donnerstag", "freitag",
    "samstag", "sonntag", "上午", "下午", "晚", "晚上", "傍晚", "中午",
];
