//! What the words of a label show: an honorific or an office, capitals, a name, a few Han characters, or those who call out.

use super::words::{
    ARTICLES, CHINESE_ENDS, CROWDS, HAN_NO_PERSONS, HONORIFICS, LABEL_STARTS, LABELS, NO_PERSONS, OFFICES, PARTICLES,
};
use crate::analyzer::folding::simplified;
use crate::ingest::header::names;
use crate::text::is_han;

/// The longest label that nothing but its place shows to be one, in characters without what stands in brackets.
pub(super) const PLAIN_CHARACTERS: usize = 60;

/// The most words of a label with an office.
pub(super) const OFFICE_WORDS: usize = 14;

/// The most words of a name.
pub(super) const NAME_WORDS: usize = 5;

/// The most Han characters of a label that names no office.
pub(super) const NAME_HAN: usize = 4;

/// What a label is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// Words that stand in labels: an honorific, an office, `Question`.
    Known,
    /// An honorific and an office without a name, as an audience is addressed: `Mr. President`.
    Vocative,
    /// Capital letters.
    Capitals,
    /// Words that begin with capital letters.
    Name,
    /// A few Han characters.
    Han,
    /// Those who call out, none of them by name.
    Crowd,
    /// Nothing but that the source marks it as a heading with a colon.
    Heading,
}

/// Whether no mark of a sentence stands in a label.
pub(super) fn is_clean(name: &str) -> bool {
    !name.is_empty()
        && !name.contains([
            '，', '。', '；', ';', '？', '?', '！', '!', '“', '”', '"', '、', '/', '=', '|', '«', '@', '<', '…',
        ])
}

/// What a label is known by; absent where it names nobody.
pub(super) fn of(name: &str, is_bracketed: bool) -> Option<Kind> {
    let simple: String = name.chars().map(simplified).collect();
    let lower = simple.to_lowercase();
    if !is_clean(name) || CROWDS.contains(&lower.as_str()) {
        return is_clean(name).then_some(Kind::Crowd);
    }
    if is_no_person(name) {
        return None;
    }
    if name.chars().any(is_han) {
        return han_kind(&simple, is_bracketed);
    }
    let is_short = name.chars().count() <= PLAIN_CHARACTERS;
    let has_comma = name.contains(',');
    if is_vocative(name) {
        return Some(Kind::Vocative);
    }
    let is_office = (has_comma || !is_short) && is_titled(name) && opens_as_label(&lower);
    if is_office || (is_short && !has_comma && is_western_speaker(name, &lower)) {
        return Some(Kind::Known);
    }
    if !is_short || has_comma || name.contains('.') && name.ends_with('.') {
        return None;
    }
    if is_capital_name(name) {
        return Some(Kind::Capitals);
    }
    is_written_as_name(name).then_some(Kind::Name)
}

pub(super) fn is_no_person(name: &str) -> bool {
    let lower = name.to_lowercase();
    NO_PERSONS.contains(&lower.trim_end_matches('.'))
}

/// Whether words open as labels do: with an honorific, or an office behind an article.
fn opens_as_label(lower: &str) -> bool {
    let mut words = lower.split_whitespace().map(|word| word.trim_end_matches([',', '.']));
    let first = words.next().unwrap_or_default();
    let office = if ARTICLES.contains(&first) {
        words.next().unwrap_or_default()
    } else {
        first
    };
    HONORIFICS.contains(&first)
        || OFFICES.contains(&office)
        || LABEL_STARTS.iter().any(|start| lower.starts_with(start))
}

/// Whether all words but small ones begin with a capital letter.
fn is_titled(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_one = |word: &&str| starts_upper(word) || PARTICLES.contains(&word.to_lowercase().as_str());
    (2..=OFFICE_WORDS).contains(&words.len()) && words.iter().all(is_one)
}

/// Whether a label is an honorific with an office, as an audience is addressed: `Mr. President`, `Señor Presidente`,
/// `Madame la Ministre`; in capitals it is a label.
fn is_vocative(name: &str) -> bool {
    let lower = name.to_lowercase();
    let mut words = lower.split_whitespace();
    let first = words.next().unwrap_or_default().trim_end_matches('.');
    let second = words.next().unwrap_or_default();
    let office = if matches!(second, "le" | "la") {
        words.next().unwrap_or_default()
    } else {
        second
    };
    let is_capital = name.split_whitespace().all(is_capital_word);
    let has_title = HONORIFICS.contains(&first) && !matches!(first, "hon" | "senator" | "sen" | "lord");
    has_title && !is_capital && OFFICES.contains(&office)
        || lower.starts_with("madame la ")
        || lower.starts_with("monsieur le ")
}

fn han_kind(label: &str, is_bracketed: bool) -> Option<Kind> {
    let length = label.chars().count();
    if is_chinese_speaker(label, is_bracketed) {
        return Some(Kind::Known);
    }
    let name = label.strip_suffix(['问', '答']).unwrap_or(label);
    let is_lead = name.starts_with(['第', '其'])
        || name.starts_with("一是")
        || name.ends_with(['们', '志', '是', '说', '曰', '道', '下', '之', '点', '者'])
        || HAN_NO_PERSONS.contains(&name)
        || name
            .chars()
            .all(|character| "一二三四五六七八九十甲乙丙丁".contains(character));
    let is_short = name.chars().all(|character| is_han(character) || character == '·')
        && (length <= NAME_HAN || name.contains('·'));
    (is_short && !is_lead).then_some(Kind::Han)
}

fn is_chinese_speaker(label: &str, is_bracketed: bool) -> bool {
    let is_paper = label.starts_with('《') && label.ends_with("记者");
    if label.chars().count() > 16 || label.ends_with('们') || (label.contains('《') && !is_paper) {
        return false;
    }
    // `记者问：` and `外长答：` say who speaks and what the turn is.
    let asks = label.strip_suffix(['问', '答']);
    if asks.is_some_and(|speaker| speaker.is_empty() || is_chinese_speaker(speaker, false)) {
        return true;
    }
    // `王毅先生（中国）：` is a speaker, `主席先生：` an address.
    let titled = label.strip_suffix("先生").or_else(|| label.strip_suffix("女士"));
    if let Some(name) = titled {
        return (names::is_name(name) || is_bracketed) && !names::ends_in_office(name);
    }
    let is_person = is_han_name(label)
        || names::byline(label).is_some_and(|person| person.role.is_some())
        || names::ends_in_office(label);
    is_person || CHINESE_ENDS.iter().any(|part| label.ends_with(part))
}

pub(super) fn is_han_name(label: &str) -> bool {
    names::is_name(label) && !HAN_NO_PERSONS.contains(&label)
}

fn is_western_speaker(name: &str, lower: &str) -> bool {
    let unnumbered = lower.trim_end_matches(|c: char| c.is_numeric() || c == '.').trim_end();
    let word_count = name.split_whitespace().count();
    let is_short = word_count <= 6 || is_titled(name);
    let has_initials =
        name.split('.').count() >= 3 && name.chars().any(|c| ('А'..='я').contains(&c)) || is_initialed(name);
    // `Miravelle - Minister Luc Ferrand`: the state stands before the office.
    let behind_dash = lower.split_once(" - ").or_else(|| lower.split_once(" – "));
    let of_state =
        behind_dash.is_some_and(|(_, office)| is_titled(name.replace(['-', '–'], "").trim()) && opens_as_label(office));
    let opens = LABEL_STARTS.iter().any(|start| lower.starts_with(start));
    LABELS.contains(&unnumbered) || (is_short && (opens || has_initials || of_state))
}

/// `В.Портов`, `А. Морев`: an initial and a family name.
fn is_initialed(name: &str) -> bool {
    let Some((initial, family)) = name.split_once('.') else {
        return false;
    };
    let family = family.trim();
    let is_initial = initial.chars().count() == 1 && initial.chars().all(char::is_uppercase);
    let is_family = family.starts_with(char::is_uppercase) && family.chars().count() >= 3;
    is_initial && is_family && family.chars().all(|c| c.is_alphabetic() || c == '-')
}

pub(super) fn starts_upper(text: &str) -> bool {
    text.chars()
        .next()
        .is_some_and(|first| !first.is_lowercase() && first.is_alphabetic())
        || text.starts_with(['“', '"', '«', '¿', '¡', '(', '['])
}

/// Whether a word is in capitals: two letters at least, or an initial with a point.
pub(super) fn is_capital_word(word: &str) -> bool {
    let letters: Vec<char> = word.chars().filter(|character| character.is_alphabetic()).collect();
    let bare = word
        .strip_prefix("Mc")
        .or_else(|| word.strip_prefix("Mac"))
        .unwrap_or(word);
    !letters.is_empty()
        && bare.chars().all(|character| !character.is_lowercase())
        && letters.iter().any(|letter| letter.is_uppercase())
}

/// Whether a label is a name in capitals: `BLITZER`, `JEAN-PAUL CHAPEL`, `MARTIN van der OSTER`.
fn is_capital_name(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let letters = name.chars().filter(|character| character.is_alphabetic()).count();
    let is_plain = name.chars().all(|c| c.is_alphabetic() || " .-’'–".contains(c));
    let is_one = |word: &&str| is_capital_word(word) || PARTICLES.contains(word);
    is_plain && letters >= 2 && words.len() <= NAME_WORDS + 1 && words.iter().all(is_one) && is_capital_word(words[0])
}

/// Whether a label is one to five words that begin with a capital letter, particles of names aside.
pub(super) fn is_written_as_name(name: &str) -> bool {
    let is_plain = name.chars().all(|c| c.is_alphabetic() || " .-’'".contains(c));
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_one = |word: &&str| word.starts_with(char::is_uppercase) || is_name_particle(word);
    is_plain
        && (1..=NAME_WORDS).contains(&words.len())
        && words.iter().all(is_one)
        && words[0].starts_with(char::is_uppercase)
}

fn is_name_particle(word: &str) -> bool {
    const NAMES: &[&str] = &[
        "van", "von", "der", "den", "de", "del", "della", "di", "da", "do", "dos", "la", "bin", "ibn", "bint", "al",
        "el", "ter", "ten", "zu", "du",
    ];
    NAMES.contains(&word)
        || word.starts_with("al-")
        || word.starts_with("el-")
        || word.starts_with("d’")
        || word.starts_with("d'")
}
