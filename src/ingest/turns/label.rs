//! The label of a turn: how a line names who speaks, before a colon, a dash, a full stop or blanks, or alone.

use super::kind::{
    self, Kind, NAME_HAN, NAME_WORDS, OFFICE_WORDS, PLAIN_CHARACTERS, is_capital_word, is_clean, is_han_name,
    is_no_person, starts_upper,
};
use super::words::{HONORIFICS, MANNERS, PARTICLES};
use crate::text::is_han;

/// The longest label, in characters: an office with the ministry, and the name in brackets.
const LABEL_CHARACTERS: usize = 160;

/// The label of a turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label<'a> {
    /// The label as it stands there, what sets it off left out.
    pub(super) given: &'a str,
    /// The label without brackets, in one line.
    pub(super) name: String,
    /// What it is known by.
    pub(super) kind: Kind,
    /// Whether something stands in brackets.
    pub(super) is_bracketed: bool,
    /// What follows it; empty where it stands alone.
    pub(super) rest: &'a str,
}

impl<'a> Label<'a> {
    /// The label with which a line or paragraph begins, if words follow it.
    pub(super) fn at_start(line: &'a str) -> Option<Self> {
        let line = line.trim();
        asked(line)
            .or_else(|| before_blank(line))
            .or_else(|| before_colon(line))
            .or_else(|| before_dash(line))
            .or_else(|| before_point(line))
            .filter(|label| label.rest.chars().any(char::is_alphanumeric) || label.rest.ends_with(['.', '…', '?', '!']))
    }

    /// The label that is all of a line, with a colon behind it.
    pub(super) fn alone(line: &'a str) -> Option<Self> {
        before_colon(line.trim()).filter(|label| label.rest.is_empty())
    }

    /// The label that is all of a line and has no colon: a name in capitals, or with an office.
    pub(super) fn bare(line: &'a str) -> Option<Self> {
        let given = unmarked(line);
        let ends = given.ends_with(['.', ',', ';', '!', '?', '。', '，', '：', ':', '…']);
        // Most lines are sentences: they are known by their ends before their words are looked at.
        if ends || given.split_whitespace().nth(1).is_none() {
            return None;
        }
        let label = Self::of(given, "")?;
        matches!(label.kind, Kind::Known | Kind::Capitals).then_some(label)
    }

    /// A line that the source marks as a heading and that ends in a colon, whatever its words.
    pub(super) fn heading(line: &'a str) -> Option<Self> {
        let given = unmarked(line.trim().strip_suffix([':', '：'])?);
        let (name, is_bracketed) = outside_brackets(given);
        let is_plain = is_clean(&name) && !name.chars().any(char::is_numeric);
        let words = name.split_whitespace().count();
        let is_name = starts_upper(&name) && (2..=OFFICE_WORDS).contains(&words) && !is_no_person(&name);
        (is_plain && is_name).then_some(Self {
            given,
            name,
            kind: Kind::Heading,
            is_bracketed,
            rest: "",
        })
    }

    /// Whether it is the chair's by its words, and no address: `The President`, `El señor Presidente`.
    pub(super) fn presides(&self) -> bool {
        const CHAIRS: &[&str] = &["president", "speaker", "chair", "président", "председател", "presidi"];
        let lower = self.name.to_lowercase();
        self.kind == Kind::Known && !self.is_honoured() && CHAIRS.iter().any(|chair| lower.contains(chair))
    }

    fn of(given: &'a str, rest: &'a str) -> Option<Self> {
        let (name, is_bracketed) = outside_brackets(given);
        let bare = without_manner(&name);
        let is_told = bare.len() < name.len();
        let name = bare.to_owned();
        // The record says how somebody speaks, be it a person or a part of the house.
        let kind = match kind::of(&name, is_bracketed) {
            Some(Kind::Name) if is_told => Kind::Known,
            None if is_told => Kind::Crowd,
            found => found?,
        };
        Some(Self {
            given,
            name,
            kind,
            is_bracketed,
            rest,
        })
    }

    /// Who speaks: the name in brackets behind an office, else the label without brackets and without the verb of a question.
    pub(super) fn speaker(&self) -> String {
        if let Some(name) = bracketed_name(self.given) {
            return name;
        }
        let asks = self.name.strip_suffix(['问', '答', '問']);
        match asks {
            Some(speaker) if names_somebody(speaker) => speaker.to_owned(),
            _ => self.name.clone(),
        }
    }

    /// Whether the label begins with an honorific before a name.
    pub(super) fn is_honoured(&self) -> bool {
        let first = self.name.split_whitespace().next().unwrap_or_default().to_lowercase();
        HONORIFICS.contains(&first.trim_end_matches('.'))
    }

    /// Whether it is written in capitals, small words and honorifics aside.
    pub(super) fn is_in_capitals(&self) -> bool {
        self.kind == Kind::Capitals || self.name.split_whitespace().any(is_capital_word)
    }
}

/// `Q    Thank you.`: blanks set the letter off.
fn asked(line: &str) -> Option<Label<'_>> {
    let rest = line.strip_prefix('Q').or_else(|| line.strip_prefix('A'))?;
    let gap = rest.len() - rest.trim_start().len();
    let is_wide = rest[..gap].chars().count() >= 2 || rest[..gap].contains(['\t', '\u{A0}', '\u{2003}']);
    let rest = rest.trim_start();
    let goes_on = rest.starts_with(|next: char| next.is_uppercase() || "“\"‘'(—–…[".contains(next));
    // `A` is a word too.
    let is_letter = is_wide || (line.starts_with('Q') && gap > 0);
    (is_letter && goes_on).then(|| Label {
        given: &line[..1],
        name: line[..1].to_owned(),
        kind: Kind::Known,
        is_bracketed: false,
        rest,
    })
}

/// What stands before the first colon outside of brackets.
fn before_colon(line: &str) -> Option<Label<'_>> {
    let mut depth = 0_usize;
    let (end, colon) = line.char_indices().take(LABEL_CHARACTERS).find(|(_, character)| {
        match character {
            '(' | '（' | '[' | '［' => depth += 1,
            ')' | '）' | ']' | '］' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(character, ':' | '：')
    })?;
    let rest = line[end + colon.len_utf8()..]
        .trim_start_matches(['*', '_', ':', '：'])
        .trim();
    // An hour and an address of a page have a colon too.
    let is_cut = rest.starts_with("//")
        || line[..end].ends_with(|last: char| last.is_ascii_digit())
            && !line[end + colon.len_utf8()..].starts_with([' ', '*']);
    if is_cut && line[..end].chars().count() > 3 {
        return None;
    }
    Label::of(unmarked(&line[..end]), rest)
}

/// `PRESIDENTA.- …`, `M. Ferrand - …`, `问——…`.
fn before_dash(line: &str) -> Option<Label<'_>> {
    const DASHES: &[&str] = &[
        ".- ", ".-", ".–", ".—", ". - ", ". – ", ". — ", " - ", " – ", " — ", "——", "——", "－－",
    ];
    // A dash inside of brackets stands between a party and a state.
    let closed = line.find(['(', '（']).zip(line.find([')', '）']));
    let from = closed
        .filter(|(open, _)| *open <= PLAIN_CHARACTERS)
        .map_or(0, |(open, close)| open.max(close));
    let head_end = line[from..]
        .char_indices()
        .nth(PLAIN_CHARACTERS)
        .map_or(line.len(), |(at, _)| from + at);
    let head = &line[from..head_end];
    let (at, dash) = DASHES
        .iter()
        .filter_map(|dash| head.find(dash).map(|at| (from + at, *dash)))
        .min_by_key(|(at, dash)| (*at, usize::MAX - dash.len()))?;
    let rest = line[at + dash.len()..].trim();
    let goes_on = rest.starts_with(|next: char| {
        next.is_uppercase() || next.is_numeric() || is_han(next) || "“\"«¿¡(…[".contains(next)
    });
    let label = Label::of(unmarked(&line[..at]), rest).filter(|_| goes_on)?;
    let most_words = if label.is_in_capitals() { 8 } else { 4 };
    let is_short = label.name.split_whitespace().count() <= most_words;
    let is_one = match label.kind {
        Kind::Known => is_short && (!dash.contains("——") || label.name.ends_with(['问', '答', '問'])),
        Kind::Han => label.name.ends_with(['问', '答', '問']),
        Kind::Capitals => is_short && dash.starts_with('.'),
        _ => false,
    };
    is_one.then_some(label)
}

/// `Mr. PELL of Ohio. Mr. Speaker, I move`, `PRESIDENTE. La seduta è aperta`: the name stands in capitals before a full stop.
fn before_point(line: &str) -> Option<Label<'_>> {
    let head_end = line
        .char_indices()
        .nth(PLAIN_CHARACTERS)
        .map_or(line.len(), |(at, _)| at);
    let end = line[..head_end]
        .match_indices(". ")
        .map(|(at, _)| at)
        .find(|at| !is_honorific(line[..*at].split_whitespace().next_back().unwrap_or_default()))?;
    let given = line[..end].trim();
    // The state or the office behind the name is written small.
    let behind = [" of ", ", "].iter().filter_map(|mark| given.find(mark)).min();
    let (name, suffix) = given.split_at(behind.unwrap_or(given.len()));
    let words: Vec<&str> = name.split_whitespace().collect();
    let (first, others) = words.split_first()?;
    let is_name = |words: &[&str]| {
        words
            .iter()
            .all(|word| is_capital_word(word) || PARTICLES.contains(word))
    };
    let is_titled = (is_honorific(first) || *first == "The") && others.iter().any(|word| is_capital_word(word));
    let is_person = (is_titled && is_name(others)) || (is_name(&words) && !first.contains('.'));
    let is_state = suffix
        .split_whitespace()
        .all(|word| starts_upper(word) || word == "," || PARTICLES.contains(&word));
    let rest = line[end + 1..].trim();
    let label = Label::of(name, rest).filter(|label| matches!(label.kind, Kind::Known | Kind::Capitals))?;
    let is_long = label.kind == Kind::Known || label.name.contains(' ');
    (is_person && is_state && is_long && starts_upper(rest)).then_some(label)
}

fn is_honorific(word: &str) -> bool {
    HONORIFICS.contains(&word.to_lowercase().trim_end_matches('.'))
}

/// `○国務大臣（波野渡君）　お答えいたします。`: a circle stands before the name, a wide blank behind it.
fn before_blank(line: &str) -> Option<Label<'_>> {
    let label = line.strip_prefix(['○', '〇', '◯'])?;
    let end = label.find(['\u{3000}', '\t'])?;
    let rest = label[end..].trim();
    let given = label[..end].trim();
    let (name, is_bracketed) = outside_brackets(given);
    let is_one = is_clean(&name) && given.chars().count() <= PLAIN_CHARACTERS;
    is_one.then_some(Label {
        given,
        name: without_suffix(&name).to_owned(),
        kind: Kind::Known,
        is_bracketed,
        rest,
    })
}

/// A name without the form of address that Japanese records put behind it.
fn without_suffix(name: &str) -> &str {
    name.strip_suffix('君')
        .filter(|name| name.chars().count() >= 2)
        .unwrap_or(name)
}

/// A label without the marks and blanks around it.
fn unmarked(label: &str) -> &str {
    label.trim_matches(|c: char| "*_#>—–-`".contains(c) || c.is_whitespace())
}

/// A label in one line without what stands in brackets: the state, the constituency, the language, the office.
fn outside_brackets(given: &str) -> (String, bool) {
    let mut outside = String::new();
    let mut depth = 0_usize;
    let mut is_bracketed = false;
    for character in given.chars() {
        match character {
            '(' | '（' | '[' | '［' => {
                depth += 1;
                is_bracketed = true;
            }
            ')' | '）' | ']' | '］' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(character),
            _ => {}
        }
    }
    let words: Vec<&str> = outside.split_whitespace().collect();
    (
        words.join(" ").trim_matches(|c: char| "*_, ".contains(c)).to_owned(),
        is_bracketed,
    )
}

/// The name behind an office: `The PRESIDENT OF MIRAVELLE (Mr L Ferrand)`.
fn bracketed_name(given: &str) -> Option<String> {
    let (_, inside) = given.split_once(['(', '（', '['])?;
    let inside = inside.split([')', '）', ']']).next().unwrap_or_default().trim();
    let words: Vec<&str> = inside.split_whitespace().collect();
    let honorific = words.first()?.to_lowercase();
    // `M.N Ferrand` lacks a blank.
    let first = honorific.split_once('.').map_or(honorific.as_str(), |(first, _)| first);
    let is_name =
        HONORIFICS.contains(&first) && (inside.contains('.') || words.len() >= 2) && !inside.contains([',', ';']);
    if let Some(name) = inside.strip_suffix('君').filter(|name| !name.is_empty()) {
        return Some(name.to_owned());
    }
    let is_han =
        inside.chars().all(is_han) && is_han_name(inside) && outside_brackets(given).0.chars().count() > NAME_HAN - 2;
    ((is_name && words.len() <= 1 + NAME_WORDS) || is_han).then(|| words.join(" "))
}

/// `Mr. Dorn interrupts` without the verb.
fn without_manner(name: &str) -> &str {
    MANNERS
        .iter()
        .find_map(|manner| name.strip_suffix(manner))
        .unwrap_or(name)
}

/// Whether what stands before the verb of a question names one person, or an office.
fn names_somebody(speaker: &str) -> bool {
    !speaker.is_empty()
        && !matches!(
            speaker,
            "合" | "齐" | "同" | "共" | "众" | "追" | "反" | "又" | "再" | "有人" | "回"
        )
}
