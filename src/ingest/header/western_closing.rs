//! The place and the day that a statement states after its last paragraph: `Geneva, 5 March 2019`, on one line or two.

use crate::ingest::header::heading::{self, Stated};
use crate::ingest::header::lines::Line;
use crate::ingest::header::western_extent::date_line;
use crate::ingest::header::western_online;
use crate::ingest::header::western_text::{is_city, is_small_word, starts_upper};
use crate::ingest::header::western_title;
use crate::text::Date;

/// The closing lines of a statement.
#[derive(Debug, PartialEq)]
pub(super) struct Closing {
    /// How many of the lines they are, counted from the last.
    pub(super) line_count: usize,
    /// The day.
    pub(super) date: Date,
    /// The place.
    pub(super) place: Option<String>,
}

/// The most words of a signature.
const SIGNATURE_WORDS: usize = 16;

/// The name and the office of the person who signs a body behind its last sentence: `Mary Okonjo, Ambassador`.
pub(super) fn signature<'a>(body: &[Line<'a>]) -> Option<(&'a str, &'a str)> {
    let (last, before) = body.split_last()?;
    let follows_sentence = before.last().is_some_and(|line| ends_speech(line.text));
    let is_short = last.text.split_whitespace().count() <= SIGNATURE_WORDS;
    western_online::name_and_office(last.text).filter(|_| follows_sentence && is_short)
}

/// Whether a line can be the last of what is said.
fn ends_speech(line: &str) -> bool {
    line.ends_with(['.', '!', '?', '”', '"', '»', '…'])
}

/// The most lines of a closing note.
const NOTE_LINES: usize = 8;

/// What a note behind the last sentence states of the whole speech, as `Discurso pronunciado por …, por ocasião da …, no dia …`, and
/// how many lines it takes.
pub(super) fn note(body: &[Line<'_>]) -> Option<(Stated, usize)> {
    let from = body.len().saturating_sub(NOTE_LINES).max(1);
    (from..body.len()).find_map(|start| {
        let names_kind = western_title::kind_named(body[start].text).is_some();
        if !names_kind || !starts_upper(body[start].text) || !ends_speech(body[start - 1].text) {
            return None;
        }
        let joined: Vec<&str> = body[start..].iter().map(|line| line.text).collect();
        let stated = heading::read(&joined.join(" "));
        let is_whole = stated.speaker.is_some() && stated.date.is_some() && joined.join(" ").chars().count() <= 600;
        is_whole.then_some((stated, body.len() - start))
    })
}

/// Reads the closing lines of a body; none where it ends with a sentence.
pub(super) fn read(body: &[Line<'_>]) -> Option<Closing> {
    let (last, before) = body.split_last()?;
    let ends_speech = |line: Option<&Line<'_>>| line.is_some_and(|line| ends_speech(line.text));
    let (date, place) = date_line(last.text).filter(|_| last.text.chars().count() <= 60)?;
    if place.is_some() {
        return ends_speech(before.last()).then_some(Closing {
            line_count: 1,
            date,
            place,
        });
    }
    let (city, speech) = before.split_last()?;
    if is_place(city.text) && ends_speech(speech.last()) {
        return Some(Closing {
            line_count: 2,
            date,
            place: Some(city.text.trim_end_matches([',', ' ']).to_owned()),
        });
    }
    ends_speech(before.last()).then_some(Closing {
        line_count: 1,
        date,
        place: None,
    })
}

/// Whether a line before a date can be a place: a city of conferences, or one or two names alone.
fn is_place(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_named = words.iter().all(|word| starts_upper(word) || is_small_word(word));
    let is_plain = text.chars().all(|c| c.is_alphabetic() || " ,.-'’".contains(c));
    is_city(text) || ((1..=3).contains(&words.len()) && is_named && is_plain && !text.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::header::lines::lines;

    #[track_caller]
    fn check(text: &str, closing: Option<(usize, &str, Option<&str>)>) {
        let expected = closing.map(|(line_count, date, place)| Closing {
            line_count,
            date: date.parse().unwrap(),
            place: place.map(str::to_owned),
        });
        assert_eq!(read(&lines(text)), expected, "{text}");
    }

    #[test]
    fn place_and_day_close_a_statement() {
        let speech = "We thank the hosts and hope to meet again.";
        check(
            &format!("{speech}\nMarch 5, 2019, Geneva"),
            Some((1, "2019-03-05", Some("Geneva"))),
        );
        check(
            &format!("{speech}\n\nNAIROBI\n\n5 MARCH 2019"),
            Some((2, "2019-03-05", Some("NAIROBI"))),
        );
        check(&format!("{speech}\n5 March 2019"), Some((1, "2019-03-05", None)));
    }

    #[test]
    fn a_person_signs_behind_the_last_sentence() {
        let signed = lines("We thank you.\n\nMary Okonjo, Ambassador, Permanent Representative");
        assert_eq!(
            signature(&signed),
            Some(("Mary Okonjo", "Ambassador, Permanent Representative"))
        );
        assert_eq!(signature(&lines("We thank\nMary Okonjo, Ambassador")), None);
    }

    #[test]
    fn a_sentence_closes_nothing() {
        check("We thank the hosts.\nWe met here on 5 March 2019.", None);
        check("We met first in the law of 5 March 2019", None);
        check("5 March 2019", None);
    }
}
