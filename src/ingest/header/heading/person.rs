//! The person in the words of a title: where the place of a speaker is, and the name and office in it.

use std::ops::Range;

use crate::ingest::genre;
use crate::ingest::header::western_text::{is_city, plain, starts_upper};
use crate::ingest::header::western_words::{
    AGENTS, CONJUNCTIONS, CONNECTORS, EVENT_LEADS, EVENTS, HONORIFICS, INSTITUTIONS, KINDS, NAME_STARTS, NOT_NAMES,
    OFFICES, OWNERS, PARTICLES, PLACES, QUALIFIERS, TITLE_LINKS,
};
use crate::names::is_state;

/// A word of a title.
#[derive(Clone, Debug)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) plain: String,
    /// Whether a comma, colon or dash stands behind it.
    pub(super) ends_part: bool,
}

impl Word<'_> {
    pub(super) fn is(&self, list: &[&str]) -> bool {
        list.contains(&self.plain.as_str())
    }

    fn bare(&self) -> &str {
        self.plain.rsplit('\'').next().unwrap_or_default()
    }

    fn is_office(&self) -> bool {
        self.is(OFFICES) || (self.bare().len() > 3 && OFFICES.contains(&self.bare()))
    }

    fn is_honorific(&self) -> bool {
        let is_initial = self.text.ends_with('.') && matches!(self.plain.as_str(), "m" | "d" | "s");
        is_initial || HONORIFICS.contains(&self.plain.replace('-', "").as_str())
    }

    pub(super) fn is_article(&self) -> bool {
        self.is(&[
            "the", "le", "la", "el", "o", "a", "os", "as", "der", "den", "dem", "des", "die", "il", "lo", "sang",
        ])
    }

    fn is_particle(&self) -> bool {
        self.is(PARTICLES) && self.text.chars().next().is_some_and(char::is_lowercase)
    }

    fn is_possessive(&self) -> bool {
        self.text.ends_with("'s") || self.text.ends_with("’s")
    }

    /// Whether the word is written as a part of a name and is no word of offices, houses or occasions.
    fn is_name_part(&self) -> bool {
        let has_digit = self.text.chars().any(char::is_numeric);
        starts_upper(self.text)
            && !has_digit
            && !self.is_office()
            && !self.is_honorific()
            && !self.is(INSTITUTIONS)
            && !self.is(NOT_NAMES)
            && !self.is(EVENTS)
            && !self.is(PLACES)
    }

    fn is_conjunction(&self) -> bool {
        self.is(CONJUNCTIONS)
    }

    fn leads_on(&self) -> bool {
        self.is(CONNECTORS) || self.is(EVENT_LEADS) || self.is(OWNERS) || self.is(AGENTS)
    }
}

pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let found = text.split(' ').filter(|word| !word.is_empty()).map(|text| Word {
        text,
        plain: plain(text.trim_end_matches("’s").trim_end_matches("'s")),
        ends_part: text.ends_with([',', ';', ':', '،']) || matches!(text, "-" | "–" | "—" | "|"),
    });
    found.collect()
}

/// Whether a title has no person in the place of a speaker and goes on, behind the kind of speech, with the occasion: a name that
/// follows is one of the occasion.
pub(in crate::ingest::header) fn names_another(title: &str) -> bool {
    let words = words(title);
    let Some(kind) = words.iter().take(7).position(is_kind).filter(|_| has_latin(title)) else {
        return false;
    };
    let Some(start) = person_start(&words) else {
        let leads = words.get(kind + 1).is_some_and(|word| word.is(EVENT_LEADS));
        // A title of courtesy presents who speaks wherever it stands.
        const COURTESY: &[&str] = &[
            "he",
            "hem",
            "hrh",
            "hm",
            "mr",
            "mrs",
            "ms",
            "mme",
            "sr",
            "sra",
            "señor",
            "señora",
            "excellency",
            "excellence",
            "excelencia",
            "excmo",
            "excma",
            "sem",
            "m",
            "dr",
            "hon",
            "honourable",
            "honorable",
        ];
        let is_presented = words[kind..].iter().any(|word| word.is(AGENTS) || word.is(COURTESY));
        return leads && !is_presented;
    };
    let person = person_at(&words, start);
    let leads = words
        .get(person.end)
        .is_some_and(|word| word.is(EVENT_LEADS) && !word.is(&["de", "del", "do", "da"]));
    person.role.is_some() && person.name.is_none() && leads && !person.is_of_several
}

/// Where the person stands whose speech a title announces.
pub(super) fn person_start(words: &[Word<'_>]) -> Option<usize> {
    let owner = words.iter().position(Word::is_possessive);
    if let Some(owner) = owner.filter(|at| {
        words
            .get(at + 1..(at + 4).min(words.len()))
            .is_some_and(|rest| rest.iter().any(is_kind))
    }) {
        // `Prime Minister Thornvik's speech`: the person is all that stands before.
        return (owner < 8).then_some(0);
    }
    let kind = words.iter().take(7).position(is_kind)?;
    let last_kind = (kind..words.len().min(kind + 4))
        .take_while(|at| !words[*at].is(OWNERS))
        .filter(|at| is_kind(&words[*at]))
        .last()?;
    let is_caseless = !words[kind].text.chars().any(|c| c.is_ascii_alphabetic());
    if is_caseless {
        return Some(last_kind + 1);
    }
    let agent = (last_kind + 1..words.len().min(last_kind + 5)).find(|at| words[*at].is(AGENTS));
    let owner = Some(last_kind + 1).filter(|at| {
        words
            .get(*at)
            .is_some_and(|word| word.is(OWNERS) || word.plain.starts_with("d'"))
    });
    let start = agent.or(owner)?;
    let elided = words[start].plain.starts_with("d'");
    Some(if elided { start } else { start + 1 })
}

fn is_kind(word: &Word<'_>) -> bool {
    genre::of_western(&word.plain).is_some() || word.is(KINDS)
}

/// A person at a place in a title.
#[derive(Debug, Default)]
pub(super) struct Person {
    pub(super) name: Option<Range<usize>>,
    pub(super) role: Option<Range<usize>>,
    /// Whether another person follows.
    pub(super) is_of_several: bool,
    /// Where the words on the person end.
    pub(super) end: usize,
}

/// Reads the person that stands at `start`: office and name, name and office, or a name behind titles of honor.
pub(super) fn person_at(words: &[Word<'_>], start: usize) -> Person {
    let is_agent = start.checked_sub(1).is_some_and(|at| words[at].is(AGENTS));
    let (at, has_honor) = skip_honor(words, start);
    let mut person = Person {
        end: at,
        ..Person::default()
    };
    let mut name_at = at;
    if words.get(at).is_some_and(Word::is_office) {
        let end = office_end(words, at);
        person.role = Some(at..end);
        (name_at, _) = skip_honor(words, end);
        person.end = end;
    }
    let has_office = person.role.is_some();
    let Some(name) = name_from(words, name_at) else {
        return person;
    };
    let joined = joined_words(&words[name.clone()]);
    let is_enough = has_office || has_honor || name.len() >= 2 && (is_agent || words[name.start].is(NAME_STARTS));
    if !is_enough || is_state(&joined) || is_city(&joined) {
        return person;
    }
    person.end = name.end;
    if is_followed_by_another(words, name.end) {
        // Two speak: the first alone would be taken for the only one.
        person.is_of_several = true;
        person.role = None;
        return person;
    }
    if !has_office {
        person.role = office_behind(words, &name);
        person.end = person.role.as_ref().map_or(name.end, |role| role.end);
    }
    // A qualifier alone, as `First` before `Lady`, is no office.
    let is_office = |role: &Range<usize>| {
        words[role.clone()]
            .iter()
            .any(|word| word.is_office() && !word.is(QUALIFIERS))
    };
    if has_office && !person.role.as_ref().is_some_and(is_office) {
        person.role = None;
        return person;
    }
    person.name = Some(name);
    person
}

/// The words behind articles and titles of honor, and whether there are such titles.
fn skip_honor(words: &[Word<'_>], start: usize) -> (usize, bool) {
    let (mut at, mut has_honor) = (start, false);
    while let Some(word) = words.get(at) {
        let is_link = has_honor && word.is(TITLE_LINKS) && !word.is_office();
        let is_possessive = word.is(&["his", "her", "su", "son", "sua", "seine", "ihre"]);
        if word.is_honorific() {
            has_honor = true;
        } else if !(word.is_article() || is_link || is_possessive || word.text == "-") {
            break;
        }
        at += 1;
    }
    (at, has_honor)
}

/// Where the office ends that begins at `start`.
fn office_end(words: &[Word<'_>], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(word) = words.get(at) {
        if words[at - 1].ends_part {
            break;
        }
        let is_lower = word.text.chars().next().is_some_and(char::is_lowercase);
        let joins = word.is_conjunction()
            && words
                .get(at + 1)
                .is_some_and(|next| next.is_office() || next.is(INSTITUTIONS) || !starts_upper(next.text));
        if word.is_office() || word.is(INSTITUTIONS) || joins {
            at += 1;
        } else if word.is(OFFICE_LINKS) || word.plain.starts_with("d'") || word.plain.starts_with("l'") {
            let elided = word.plain.contains('\'');
            let mut noun = if elided { at } else { at + 1 };
            while words.get(noun).is_some_and(Word::is_article) {
                noun += 1;
            }
            if noun >= words.len() {
                break;
            }
            at = state_end(words, noun).unwrap_or(noun + 1);
        } else if is_lower && !word.leads_on() && !word.is_honorific() {
            at += 1;
        } else {
            break;
        }
    }
    at
}

/// Words that lead on inside of an office.
const OFFICE_LINKS: &[&str] = &[
    "of", "for", "de", "du", "des", "del", "da", "do", "dos", "das", "der", "für", "av", "af", "di", "della", "dello",
    "to", "van", "chargé", "chargée", "aux",
];

/// Where the name of a state ends that begins at `start`, the longest of those that fit.
fn state_end(words: &[Word<'_>], start: usize) -> Option<usize> {
    let most = words.len().min(start + 6);
    (start + 1..=most).rev().find(|end| {
        let name = joined_words(&words[start..*end]);
        is_state(
            name.trim_start_matches("l'")
                .trim_start_matches("d'")
                .trim_start_matches("l’")
                .trim_start_matches("d’"),
        )
    })
}

/// The name that begins at `start`: words written as names up to a comma, a word that leads on, or the end.
fn name_from(words: &[Word<'_>], start: usize) -> Option<Range<usize>> {
    let mut end = start;
    while end < words.len() && end - start < 7 {
        let word = &words[end];
        let next_is_part = words.get(end + 1).is_some_and(Word::is_name_part);
        let begins_so = end == start && word.is(&["von", "van", "zu", "ter", "ten", "al", "el"]) && next_is_part;
        let is_inner =
            end > start && word.is(PARTICLES) && (next_is_part || words.get(end + 1).is_some_and(Word::is_particle));
        let goes_on = (word.is_name_part() && !(word.leads_on() || word.is_conjunction())) || begins_so || is_inner;
        if !goes_on {
            break;
        }
        end += 1;
        if word.ends_part || word.is_possessive() || word.text.ends_with(')') {
            break;
        }
    }
    let is_closed = end == words.len() || words[end - usize::from(end > start)].ends_part || {
        let next = &words[end];
        let is_lower = next
            .text
            .chars()
            .next()
            .is_some_and(|c| c.is_lowercase() || !c.is_alphabetic());
        is_lower
            || next.leads_on()
            || next.is_conjunction()
            || words[end.saturating_sub(1)].text.ends_with('s')
                && words[end.saturating_sub(1)].text.contains(['\'', '’'])
    };
    (end > start && is_closed).then_some(start..end)
}

/// Whether another person follows behind a name: `and Prime Minister Thornvik`, `, Ada Flint and Ilo Marant`.
fn is_followed_by_another(words: &[Word<'_>], at: usize) -> bool {
    let is_person = |at: usize| {
        let (name_at, has_honor) = skip_honor(words, at);
        let is_office = words.get(name_at).is_some_and(Word::is_office);
        has_honor || is_office || name_from(words, name_at).is_some_and(|name| name.len() >= 2)
    };
    // The state may stand behind the name: `Ada Flint of Velmora and …`.
    let state = words
        .get(at)
        .filter(|word| word.is(&["of", "de", "du", "del", "da", "do"]))
        .map_or(0, |_| {
            let names = words[at + 1..]
                .iter()
                .take(4)
                .take_while(|word| word.is_name_part() && !word.is_conjunction());
            1 + names.count()
        });
    let at = at + state;
    match words.get(at) {
        Some(word) if word.is_conjunction() => is_person(at + 1),
        Some(_) if words[at - 1].ends_part => {
            let (name_at, _) = skip_honor(words, at);
            let is_name = name_from(words, name_at)
                .is_some_and(|name| name.len() >= 2 && words.get(name.end).is_some_and(Word::is_conjunction));
            is_name && !words.get(name_at).is_some_and(Word::is_office)
        }
        _ => false,
    }
}

/// The office behind a name and a comma.
fn office_behind(words: &[Word<'_>], name: &Range<usize>) -> Option<Range<usize>> {
    let is_apart = words[name.end - 1].ends_part || words.get(name.end).is_some_and(|word| word.text.starts_with('('));
    let at = name.end + usize::from(words.get(name.end).is_some_and(Word::is_article));
    let starts = is_apart && words.get(at).is_some_and(Word::is_office);
    let mut end = starts.then(|| office_end(words, at))?;
    // Further offices of the same person.
    while words[end - 1].ends_part && words.get(end).is_some_and(Word::is_office) {
        end = office_end(words, end);
    }
    Some(at..end)
}

/// The name with a title of honor that ends a title: `Lock debate - Mr Odo Kern`.
pub(super) fn honored_at_end(words: &[Word<'_>]) -> Option<String> {
    let dash = words
        .iter()
        .rposition(|word| matches!(word.text, "-" | "–" | "—" | "|") || word.text.ends_with(':'))?;
    let (at, has_honor) = skip_honor(words, dash + 1);
    let name = name_from(words, at).filter(|name| has_honor && name.end == words.len())?;
    Some(name_of(&words[name]))
}

pub(super) fn joined_words(words: &[Word<'_>]) -> String {
    let joined = words.iter().map(|word| word.text).collect::<Vec<_>>().join(" ");
    joined.trim_matches(|c: char| ",;:()–—-|، ".contains(c)).to_owned()
}

pub(super) fn name_of(words: &[Word<'_>]) -> String {
    let joined = joined_words(words);
    let bare = joined
        .strip_suffix("’s")
        .or_else(|| joined.strip_suffix("'s"))
        .unwrap_or(&joined);
    bare.to_owned()
}

pub(super) fn has_latin(text: &str) -> bool {
    text.chars().any(|c| c.is_alphabetic() && c.is_ascii())
}
