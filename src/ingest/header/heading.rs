//! What a title states of the speech under it: who speaks and in which office, on what occasion, where and when.
//!
//! A title names a speaker only in the place of one: behind the kind of speech and a word such as “by”, as its owner before the
//! kind, or with a title of honor at its end. A name anywhere else is somebody that the speech is about. Where two speak, or where
//! the words do not tell a name from a thing, nothing is said.

use crate::corpus::{Field, Metadata, Quotation};
use crate::ingest::dates;
use crate::ingest::header::western_person;
use crate::ingest::header::western_text::{is_city, is_small_word, plain, starts_upper};
use crate::ingest::header::western_title;
use crate::ingest::header::western_words::{EVENT_LEADS, EVENTS, OWNERS, PLACES};
use crate::ingest::header::{chinese_heading, is_chinese};
use crate::text::Date;
use person::{Word, has_latin, honored_at_end, joined_words, name_of, person_at, person_start, words};

mod person;

pub(super) use person::names_another;

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
///
/// What quotes a title in `quoted` quotes those fields too.
pub(crate) fn complete(metadata: &mut Metadata, over_text: Option<&str>, quoted: &mut [Quotation]) {
    let titles: Vec<String> = [Field::Title, Field::Subtitle]
        .into_iter()
        .filter_map(|field| metadata.value(field).map(str::to_owned))
        .collect();
    let is_of_kind = |heading: &&str| western_title::kind_named(heading).is_some();
    for title in titles.iter().map(String::as_str).chain(over_text.filter(is_of_kind)) {
        let set = fill(metadata, read(title));
        let is_title = |quotation: &&mut Quotation| quotation.text.split_whitespace().eq(title.split_whitespace());
        if let Some(quotation) = quoted.iter_mut().find(is_title) {
            quotation.fields.extend(set.iter().map(|field| field.name().to_owned()));
        }
    }
}

/// Sets what is stated and nothing else has set; the fields that it set.
pub(super) fn fill(metadata: &mut Metadata, stated: Stated) -> Vec<Field> {
    let mut set = Vec::new();
    if stated.is_of_several {
        return set;
    }
    let mut fill = |metadata: &mut Metadata, field: Field, value: Option<&str>| {
        if let Some(value) = value.filter(|_| !metadata.has(field)) {
            super::set(metadata, field, Some(value));
            set.push(field);
        }
    };
    fill(metadata, Field::Speaker, stated.speaker.as_deref());
    let is_the_speaker = stated.speaker.is_some() && metadata.value(Field::Speaker) == stated.speaker.as_deref();
    if is_the_speaker {
        fill(metadata, Field::Role, stated.role.as_deref());
    }
    fill(metadata, Field::Event, stated.event.as_deref());
    fill(metadata, Field::Place, stated.place.as_deref());
    for (field, date) in [(Field::Date, stated.date), (Field::Published, stated.published)] {
        if let Some(date) = date.filter(|_| !metadata.has(field)) {
            metadata.set_date(field, date);
            set.push(field);
            if field == Field::Date {
                super::set(metadata, Field::DateSource, Some("heading"));
            }
        }
    }
    set
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
        place: segment.map_or(assembled.place, |place| Some(place.to_owned())),
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
    stated.speaker = person.name.map(|name| name_of(&words[name]));
    stated.role = person.role.map(|role| joined_words(&words[role]));
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
        && text.split(' ').all(|word| starts_upper(word) || is_small_word(word))
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
            (
                "Remarks by President of South Africa",
                None,
                Some("President of South Africa"),
                None,
                None,
            ),
            // Two speak.
            (
                "JOINT PRESS REMARKS by President Ada Flint Roa of Altacosta and Foreign Minister Maud Pelleray of Velmora",
                None,
                None,
                None,
                None,
            ),
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
