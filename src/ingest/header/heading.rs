//! What a title states of the speech under it: who speaks and in which office, on what occasion, where and when.
//!
//! A title names a speaker only in the place of one: behind the kind of speech and a word such as “by”, as its owner before the
//! kind, or with a title of honor at its end. A name anywhere else is somebody that the speech is about. Where two speak, or where
//! the words do not tell a name from a thing, nothing is said.

use std::ops::Range;

use crate::corpus::{Field, Metadata};
use crate::ingest::dates;
use crate::ingest::genre;
use crate::ingest::header::western_person;
use crate::ingest::header::western_text::{is_city, plain, starts_upper};
use crate::ingest::header::western_title;
use crate::ingest::header::western_words::{
    AGENTS, CONJUNCTIONS, EVENT_LEADS, EVENTS, HONORIFICS, INSTITUTIONS, KINDS, NAME_STARTS, NOT_NAMES, OFFICES,
    OWNERS, PARTICLES, PLACES, QUALIFIERS, TITLE_LINKS,
};
use crate::ingest::header::{chinese_heading, is_chinese};
use crate::names::is_state;
use crate::text::Date;

/// What a title states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Stated {
    /// The one who speaks, without titles of honor; absent where several do.
    pub(super) speaker: Option<String>,
    /// The office, as written.
    pub(super) role: Option<String>,
    /// The occasion.
    pub(super) event: Option<String>,
    /// Where it was.
    pub(super) place: Option<String>,
    /// When.
    pub(super) date: Option<Date>,
    /// The day of publication that stands behind the title.
    pub(super) published: Option<Date>,
    /// Whether several speak, so that none of them is the speaker.
    pub(super) is_of_several: bool,
}

/// Sets what the title, the subtitle and the heading over the text state and nothing else does.
pub(crate) fn complete(metadata: &mut Metadata, over_text: Option<&str>) {
    let titles: Vec<String> = [Field::Title, Field::Subtitle]
        .into_iter()
        .filter_map(|field| metadata.value(field).map(str::to_owned))
        .collect();
    let is_of_kind = |heading: &&str| western_title::kind_named(heading).is_some();
    for title in titles.iter().map(String::as_str).chain(over_text.filter(is_of_kind)) {
        fill(metadata, read(title), "title");
    }
}

/// Sets what is stated and nothing else has set; `source` is where it stands.
pub(super) fn fill(metadata: &mut Metadata, stated: Stated, source: &str) {
    let fill = |metadata: &mut Metadata, field: Field, value: Option<&str>| {
        let value = value.filter(|_| !metadata.has(field));
        super::set(metadata, field, value);
        value.is_some()
    };
    if stated.is_of_several {
        return;
    }
    if fill(metadata, Field::Speaker, stated.speaker.as_deref()) {
        super::set(metadata, Field::SpeakerSource, Some(source));
    }
    let is_the_speaker = metadata.value(Field::Speaker) == stated.speaker.as_deref();
    if is_the_speaker {
        fill(metadata, Field::Role, stated.role.as_deref());
    }
    if fill(metadata, Field::Event, stated.event.as_deref()) {
        super::set(metadata, Field::EventSource, Some(source));
    }
    fill(metadata, Field::Place, stated.place.as_deref());
    for (field, date) in [(Field::Date, stated.date), (Field::Published, stated.published)] {
        if let Some(date) = date.filter(|_| !metadata.has(field)) {
            metadata.set_date(field, date);
            if field == Field::Date {
                super::set(metadata, Field::DateSource, Some("heading"));
            }
        }
    }
}

/// Keeps the author of an article as `meta.author` where it is a newsroom, a site or an office of the press, which is no speaker;
/// the name of the field that quotes it changes with it.
pub(crate) fn set_newsroom_apart(metadata: &mut Metadata, quoted: &mut [(String, String)]) {
    #[rustfmt::skip]
    const MARKS: &[&str] = &[
        "記者", "记者", "新聞", "新闻", "編輯", "编辑", "轉載", "转载", "通訊社", "通讯社", "日報", "日报", "网站", "網站", "newsroom", "news desk",
        "press office", "editorial", "editor", "staff", "redacción", "redação", "rédaction", "redaktion", "редакция", "webmaster",
        "admin", "communications", "media team", "التحرير",
    ];
    let Some(author) = metadata.value(Field::Speaker).map(str::to_owned) else {
        return;
    };
    let lower = author.to_lowercase();
    if MARKS.iter().any(|mark| lower.contains(mark)) {
        metadata.remove(Field::Speaker);
        metadata.remove(Field::SpeakerSource);
        for (field, _) in quoted
            .iter_mut()
            .filter(|(field, value)| field == Field::Speaker.name() && *value == author)
        {
            "meta.author".clone_into(field);
        }
        metadata.set_meta("author", serde_json::Value::String(author));
    }
}

/// Reads a title.
pub(super) fn read(title: &str) -> Stated {
    let joined = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if is_chinese(&joined) {
        return chinese_heading::read(&joined);
    }
    let (text, published) = western_title::without_stamp(&joined);
    let assembled = western_title::assemble(&[text]);
    let (text, segment) = without_place(&assembled.text);
    let only_date = || match dates::mentions(text)[..] {
        [only] if !only.is_range => Some(only.date),
        _ => None,
    };
    let mut stated = Stated {
        date: assembled.date.or_else(only_date),
        place: segment.map(str::to_owned).or(assembled.place.clone()),
        published,
        ..Stated::default()
    };
    let words = words(text);
    let Some(start) = person_start(&words) else {
        stated.speaker = honored_at_end(&words);
        return stated;
    };
    if !has_latin(text) {
        let presented = western_person::of_block(&[text]);
        stated.speaker = presented.name;
        stated.role = presented.role.filter(|_| stated.speaker.is_some());
        return stated;
    }
    let person = person_at(&words, start);
    stated.is_of_several = person.is_of_several;
    if let Some(name) = &person.name {
        stated.speaker = Some(name_of(&words[name.clone()]));
        stated.role = person.role.as_ref().map(|role| joined_words(&words[role.clone()]));
    }
    stated.event = event_in(&words[person.end..]);
    stated
}

/// Dashes between the parts of a title.
const DASHES: &[&str] = &[" - ", " – ", " — "];

/// A title without the building or city behind its last dash.
fn without_place(title: &str) -> (&str, Option<&str>) {
    let Some((at, dash)) = DASHES.iter().filter_map(|dash| Some((title.rfind(dash)?, *dash))).max() else {
        return (title, None);
    };
    let place = title[at + dash.len()..].trim().trim_end_matches(['.', ',']);
    let is_place = is_city(place)
        || (is_written_as_name(place) && place.split(' ').any(|word| PLACES.contains(&plain(word).as_str())));
    if is_place {
        (&title[..at], Some(place))
    } else {
        (title, None)
    }
}

fn is_written_as_name(text: &str) -> bool {
    text.split(' ').count() <= 8
        && starts_upper(text)
        && text
            .split(' ')
            .all(|word| starts_upper(word) || super::western_text::is_small_word(word))
}

fn has_latin(text: &str) -> bool {
    text.chars().any(|c| c.is_alphabetic() && c.is_ascii())
}

/// A word of a title.
#[derive(Clone, Debug)]
struct Word<'a> {
    text: &'a str,
    plain: String,
    /// Whether a comma, colon or dash stands behind it.
    ends_part: bool,
}

impl Word<'_> {
    fn is(&self, list: &[&str]) -> bool {
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

    fn is_article(&self) -> bool {
        self.is(&[
            "the", "le", "la", "el", "o", "a", "os", "as", "der", "den", "dem", "des", "die", "il", "lo", "os", "sang",
            "the",
        ])
    }

    fn is_particle(&self) -> bool {
        self.is(PARTICLES) && self.text.chars().next().is_some_and(char::is_lowercase)
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
        self.is(super::western_words::CONNECTORS) || self.is(EVENT_LEADS) || self.is(OWNERS) || self.is(AGENTS)
    }
}

fn words(text: &str) -> Vec<Word<'_>> {
    let found = text.split(' ').filter(|word| !word.is_empty()).map(|text| Word {
        text,
        plain: plain(text.trim_end_matches("’s").trim_end_matches("'s")),
        ends_part: text.ends_with([',', ';', ':', '،']) || matches!(text, "-" | "–" | "—" | "|"),
    });
    found.collect()
}

/// Where the person stands whose speech a title announces.
fn person_start(words: &[Word<'_>]) -> Option<usize> {
    let owner = words
        .iter()
        .position(|word| word.text.ends_with("'s") || word.text.ends_with("’s"));
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
struct Person {
    name: Option<Range<usize>>,
    role: Option<Range<usize>>,
    /// Whether another person follows.
    is_of_several: bool,
    /// Where the words on the person end.
    end: usize,
}

/// Reads the person that stands at `start`: office and name, name and office, or a name behind titles of honor.
fn person_at(words: &[Word<'_>], start: usize) -> Person {
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
    let is_enough = has_office
        || has_honor
        || (name.len() >= 2 && is_agent)
        || name.len() >= 2 && words[name.start].is(NAME_STARTS);
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
    "to", "van", "chargé", "chargée", "aux", "à",
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
            end > start && word.is_particle() && (next_is_part || words.get(end + 1).is_some_and(Word::is_particle));
        let goes_on = (word.is_name_part() && !(word.leads_on() || word.is_conjunction())) || begins_so || is_inner;
        if !goes_on {
            break;
        }
        end += 1;
        if word.ends_part || word.text.ends_with("'s") || word.text.ends_with("’s") || word.text.ends_with(')') {
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
    let (at, _) = if words.get(name.end).is_some_and(Word::is_article) {
        (name.end + 1, true)
    } else {
        (name.end, false)
    };
    let starts = is_apart && words.get(at).is_some_and(Word::is_office);
    starts.then(|| at..office_end(words, at))
}

/// The name with a title of honor that ends a title: `Lock debate - Mr Odo Kern`.
fn honored_at_end(words: &[Word<'_>]) -> Option<String> {
    let dash = words
        .iter()
        .rposition(|word| matches!(word.text, "-" | "–" | "—" | "|") || word.text.ends_with(':'))?;
    let (at, has_honor) = skip_honor(words, dash + 1);
    let name = name_from(words, at).filter(|name| has_honor && name.end == words.len())?;
    Some(name_of(&words[name]))
}

/// The occasion that the words behind a person lead to.
fn event_in(words: &[Word<'_>]) -> Option<String> {
    let lead = words.iter().take(4).position(|word| word.is(EVENT_LEADS))?;
    let mut at = lead;
    while words.get(at).is_some_and(|word| {
        word.is(EVENT_LEADS)
            || word.is_article()
            || word.is(OWNERS)
            || matches!(
                word.plain.as_str(),
                "occasion" | "l'occasion" | "ocasião" | "motivo" | "rahmen" | "margins"
            )
    }) {
        at += 1;
    }
    let event = joined_words(&words[at..]);
    let event = western_title::without_dangling(&event);
    let names_one = event.split([' ', '-']).take(8).any(|word| {
        let word = plain(word);
        EVENTS.contains(&word.as_str())
            || EVENT_ENDS
                .iter()
                .any(|end| word.ends_with(end) && word.len() > end.len())
    });
    let is_short = event.split(' ').count() <= 30 && event.chars().count() > 3;
    (names_one && is_short).then(|| event.to_owned())
}

/// Ends of German compounds that name occasions.
const EVENT_ENDS: &[&str] = &[
    "konvent",
    "konferenz",
    "treffen",
    "gipfel",
    "tagung",
    "feier",
    "forum",
    "versammlung",
    "konferensen",
    "mötet",
    "debatt",
];

fn joined_words(words: &[Word<'_>]) -> String {
    let joined = words.iter().map(|word| word.text).collect::<Vec<_>>().join(" ");
    joined.trim_matches(|c: char| ",;:()–—-|، ".contains(c)).to_owned()
}

fn name_of(words: &[Word<'_>]) -> String {
    let joined = joined_words(words);
    let bare = joined
        .strip_suffix("’s")
        .or_else(|| joined.strip_suffix("'s"))
        .unwrap_or(&joined);
    bare.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(title: &str) -> [Option<String>; 4] {
        let stated = read(title);
        [stated.speaker, stated.role, stated.event, stated.place]
    }

    #[test]
    fn a_title_names_who_speaks_in_the_place_of_a_speaker() {
        for (title, speaker, role, event, place) in [
            (
                "Address by President of Costa Rica Rodrigo Vega Luna at the Summit of the Two Coasts",
                Some("Rodrigo Vega Luna"),
                Some("President of Costa Rica"),
                Some("Summit of the Two Coasts"),
                None,
            ),
            (
                "Déclaration de M. Luc Ferrand, secrétaire d'État aux affaires maritimes, sur les phares, à Port-Clair",
                Some("Luc Ferrand"),
                Some("secrétaire d'État aux affaires maritimes"),
                None,
                None,
            ),
            (
                "Rede von Bundespräsident Ilo Marant beim Brückenkonvent der Landesparlamente",
                Some("Ilo Marant"),
                Some("Bundespräsident"),
                Some("Brückenkonvent der Landesparlamente"),
                None,
            ),
            (
                "Discurso da Presidente da República, Renata Olmedo, durante a Cerimônia de Posse do senhor Tomás Brandão - Palácio do Farol",
                Some("Renata Olmedo"),
                Some("Presidente da República"),
                Some("Cerimônia de Posse do senhor Tomás Brandão"),
                Some("Palácio do Farol"),
            ),
            (
                "Anförande av ambassadör Nils Ek vid öppen debatt i säkerhetsrådet",
                Some("Nils Ek"),
                Some("ambassadör"),
                Some("öppen debatt i säkerhetsrådet"),
                None,
            ),
            (
                "Prime Minister Thornvik’s speech at the quay",
                Some("Thornvik"),
                Some("Prime Minister"),
                None,
                None,
            ),
            (
                "Press Briefing by Press Secretary Maud Pelleray, March 15, 2022",
                Some("Maud Pelleray"),
                Some("Press Secretary"),
                None,
                None,
            ),
            ("Lock debate - Mr Odo Kern", Some("Odo Kern"), None, None, None),
            (
                "Remarks by First Lady Adela Thornvik",
                Some("Adela Thornvik"),
                Some("First Lady"),
                None,
                None,
            ),
            (
                "Speech by Ursula von der Linden at the Forum",
                Some("Ursula von der Linden"),
                None,
                Some("Forum"),
                None,
            ),
            // A thing, a body or somebody the speech is about.
            ("State Dining Room", None, None, None, None),
            ("Second Reading", None, None, None, None),
            (
                "Background Press Call by Senior Administration Officials on the Harbour Fund",
                None,
                None,
                None,
                None,
            ),
            ("Remarks on the death of President Thornvik", None, None, None, None),
            ("Discurso de Año Nuevo", None, None, None, None),
            ("Statement by the European Union", None, None, None, None),
            ("Remarks by President of South Africa", None, None, None, None),
            // Two speak.
            (
                "Remarks by Secretary of State Ada B. Flint and Prime Minister Luc Ferrand After Their Meeting",
                None,
                None,
                None,
                None,
            ),
        ] {
            let expected = [speaker, role, event, place].map(|part| part.map(str::to_owned));
            assert_eq!(parts(title), expected, "{title}");
        }
    }

    #[test]
    fn a_day_in_a_title_is_that_of_the_speech_but_behind_the_word_of_a_portal() {
        let stated = read("Discurso do Presidente da República, Ilo Marant Publicado em 16/09/2020 19h35");
        assert_eq!(
            stated.published.map(|date| date.to_string()).as_deref(),
            Some("2020-09-16")
        );
        assert_eq!((stated.date, stated.speaker.as_deref()), (None, Some("Ilo Marant")));
        let stated = read("MENSAJE PRESIDENCIAL 21 DE MAYO 2006");
        assert_eq!(stated.date.map(|date| date.to_string()).as_deref(), Some("2006-05-21"));
    }
}
