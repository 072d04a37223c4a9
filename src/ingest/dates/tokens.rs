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

/// How many tokens at the start are an hour, such as `17:21`, `18h28`, `17.30 Uhr` or `2:00 P.M. CET`; none if they are none.
pub(super) fn clock(tokens: &[Token]) -> usize {
    let value =
        |at: usize, most: u32, widths: std::ops::RangeInclusive<usize>| match tokens.get(at).map(|token| &token.kind) {
            Some(Kind::Number { value, width }) => *value <= most && widths.contains(width),
            _ => false,
        };
    let is = |at: usize, words: &[&str]| match tokens.get(at).map(|token| &token.kind) {
        Some(Kind::Word(word)) => words.contains(&word.as_str()),
        Some(Kind::Mark(mark)) => words.iter().any(|word| word.chars().eq([*mark])),
        _ => false,
    };
    let joins = is(1, &[":", "h", ".", "："]);
    if !value(0, 24, 1..=2) || !joins || !value(2, 59, 2..=2) {
        return 0;
    }
    let has_dot = is(1, &["."]);
    let mut length = 3;
    while is(length, &[":"]) && value(length + 1, 59, 2..=2) {
        length += 2;
    }
    let marked = length;
    while is(length, HOURS) || (length > marked && is(length, &["."])) {
        length += 1;
    }
    // Two numbers with a full stop are an hour only where a word says so.
    if has_dot && length == marked { 0 } else { length }
}

/// Words behind an hour.
const HOURS: &[&str] = &[
    "a",
    "p",
    "m",
    "am",
    "pm",
    "h",
    "hrs",
    "hours",
    "uhr",
    "heures",
    "horas",
    "ч",
    "часов",
    "local",
    "time",
    "gmt",
    "utc",
    "cet",
    "cest",
    "est",
    "edt",
    "et",
    "bst",
    "msk",
    "мск",
    "wib",
];

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
    "samstag", "sonntag", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag", "mandag", "tirsdag", "lørdag",
    "søndag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag", "poniedziałek", "wtorek", "środa",
    "czwartek", "piątek", "sobota", "niedziela", "pazartesi", "salı", "çarşamba", "perşembe", "cuma", "cumartesi", "pazar",
    "понеділок", "вівторок", "середа", "четвер", "п'ятниця", "субота", "неділя", "senin", "selasa", "rabu", "kamis", "jumat",
    "sabtu", "minggu", "الإثنين", "الاحد", "الاربعاء", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun",
    "星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日", "星期天", "周一", "周二", "周三", "周四", "周五", "周六", "周日",
    "礼拜一", "礼拜二", "礼拜三", "礼拜四", "礼拜五", "礼拜六", "礼拜天", "上午", "下午", "晚", "晚上", "傍晚", "中午",
];
