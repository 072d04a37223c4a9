//! The title block of a statement: where it starts, how far it runs over lines, and the place and date at its end.

use crate::ingest::dates;
use crate::ingest::genre;
use crate::ingest::header::western_online;
use crate::ingest::header::western_person;
use crate::ingest::header::western_text::{is_building, is_city, plain, starts_upper};
use crate::ingest::header::western_words::{CONNECTORS, EVENTS, HONORIFICS, INSTITUTIONS, LINKS, OFFICES};
use crate::text::Date;

/// A title with what was taken off its end.
#[derive(Clone, Debug, Default)]
pub(super) struct Title {
    /// The title, its lines joined by a space.
    pub(super) text: String,
    /// The lines without place and date, to look for the speaker.
    pub(super) lines: Vec<String>,
    /// The date at the end.
    pub(super) date: Option<Date>,
    /// The place before that date, or at the end.
    pub(super) place: Option<String>,
}

/// The label of the kind of speech that a line names as a title does; absent for other lines.
pub(super) fn kind_named(line: &str) -> Option<&'static str> {
    let words: Vec<&str> = line.split_whitespace().collect();
    if let Some(kind) = genre::of_western_words(line) {
        return Some(kind);
    }
    let first = words.first().and_then(|word| genre::of_western(word));
    let near = || {
        words
            .iter()
            .take(5)
            .find_map(|word| genre::of_western(word).filter(|_| starts_upper(word)))
    };
    let is_title_like = starts_upper(line) && words.len() <= 14 && !line.ends_with(['.', ';']);
    first.or_else(|| near().filter(|_| is_title_like))
}

/// Whether a title goes on from one line to the next although a blank line stands between them.
pub(super) fn goes_on(before: &[&str], next: &str) -> bool {
    let last = before.last().copied().unwrap_or_default();
    let last_word = last.split_whitespace().next_back().map(plain).unwrap_or_default();
    let first_word = next.split_whitespace().next().unwrap_or_default();
    let first = plain(first_word);
    let is_open =
        last.ends_with(',') || LINKS.contains(&last_word.as_str()) || CONNECTORS.contains(&last_word.as_str());
    let is_joined = LINKS.contains(&first.as_str())
        || CONNECTORS.contains(&first.as_str())
        || first_word.starts_with(char::is_lowercase)
        || ["l'", "d'"].iter().any(|elided| first.starts_with(elided));
    let joined = before.join(" ");
    let is_kind_alone = before.len() == 1 && last.split_whitespace().count() <= 2;
    let is_person = HONORIFICS.contains(&first.as_str())
        || OFFICES.contains(&first.as_str())
        || first_word.matches('.').count() >= 2;
    let presented = western_person::of_block(&[&joined]);
    let lacks_person = (presented.name.is_none() || presented.role.is_none()) && presented.rest.is_none();
    is_open
        || is_joined
        || (is_person && lacks_person)
        || (presented.role.is_some()
            && presented.name.is_none()
            && presented.rest.is_none()
            && is_name_alone(last, next))
        || (is_kind_alone && !next.contains('>') && kind_named(next).is_none())
}

/// Whether a line is a name and nothing else, in capitals where the line before it is.
fn is_name_alone(before: &str, line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_plain = line.chars().all(|c| c.is_alphabetic() || " .-'’".contains(c));
    let is_capital = |text: &str| !text.chars().any(char::is_lowercase);
    (2..=5).contains(&words.len())
        && is_plain
        && words.iter().all(|word| starts_upper(word))
        && is_capital(before)
        && is_capital(line)
        && !is_city(line)
        && western_person::of_block(&[line]).role.is_none()
}

/// Joins the lines of a title and takes place and date off its end.
pub(super) fn assemble(lines: &[&str]) -> Title {
    let joined = lines.join("\n");
    let (joined, _) = without_stamp(&joined);
    let mention = dates::mentions(joined)
        .into_iter()
        .rfind(|mention| dates::says_nothing(&joined[mention.span.end..]));
    let cut = mention.map_or(joined.len(), |mention| mention.span.start);
    let mut kept = trim_end(&joined[..cut]);
    if mention.is_some() {
        kept = without_dangling(without_weekday(kept));
    }
    let place = place_at_end(kept).or_else(|| mention.and_then(|_| place_before_day(kept)));
    let kept = place.map_or(kept, |(start, _)| trim_end(&kept[..start]));
    let lines: Vec<String> = kept
        .lines()
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    Title {
        text: collapsed(&lines.join(" ")),
        lines,
        date: mention.filter(|mention| !mention.is_range).map(|mention| mention.date),
        place: place.map(|(_, place)| collapsed(place)),
    }
}

/// A title without the day of publication that a portal put behind it: `… Publicado em 16/09/2020 19h35`.
pub(super) fn without_stamp(title: &str) -> (&str, Option<Date>) {
    let starts = title
        .char_indices()
        .map(|(at, _)| at)
        .filter(|at| *at > 0 && title[..*at].ends_with([' ', ',', '|', '-']));
    for at in starts {
        if let Some(date) = western_online::publication(title[at..].trim()) {
            return (title[..at].trim_end_matches([' ', ',', '|', '-', '–']), Some(date));
        }
    }
    (title, None)
}

/// The city that begins behind a mark at `cut`, with the street or building before it: `10 Downing Street, London`.
fn with_building(text: &str, cut: usize) -> (usize, &str) {
    let before = text[..cut].trim_end_matches([',', ' ']);
    let start = before
        .rfind([',', ':', ';', '–', '—'])
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let words = before[start..]
        .trim()
        .trim_start_matches(|c: char| c.is_ascii_digit())
        .trim();
    if start > 0 && is_building(words) {
        return (start, text[start..].trim());
    }
    (cut, without_preposition(&text[cut..]))
}

/// A place in words of names behind a comma and a preposition, right before a day: `…, en Puerto Claro, el 24 de septiembre`.
fn place_before_day(text: &str) -> Option<(usize, &str)> {
    let (cut, last) = text.rmatch_indices(',').take(2).map(|(at, _)| at + 1).find_map(|cut| {
        let place = without_preposition(&text[cut..]);
        (place.len() < text[cut..].trim().len()).then_some((cut, place))
    })?;
    let is_name = |word: &str| {
        let plain = plain(word);
        let is_other = [INSTITUTIONS, EVENTS, OFFICES]
            .iter()
            .any(|list| list.contains(&plain.as_str()));
        starts_upper(word) && !is_other && word.chars().all(|c| c.is_alphabetic() || ",.-'’".contains(c))
    };
    let words = last.split_whitespace();
    ((1..=4).contains(&words.clone().count()) && words.into_iter().all(is_name)).then_some((cut, last))
}

/// A place without the word that leads to it: `em Nova Iorque`.
fn without_preposition(place: &str) -> &str {
    let place = place.trim();
    let led = place
        .split_once(' ')
        .filter(|(first, _)| ["in", "at", "em", "en", "à", "a", "в", "in", "na", "i"].contains(first));
    led.map_or(place, |(_, rest)| rest.trim_start())
}

/// A text without the preposition that a date at its end leaves.
pub(super) fn without_dangling(text: &str) -> &str {
    let mut kept = text.trim_end_matches([',', '.', ' ', ';', ':', '-', '–', '(']);
    while let Some((before, last)) = kept.rsplit_once(' ') {
        let word = plain(last);
        let dangles = [
            "on", "am", "den", "le", "em", "el", "in", "of", "the", "at", "de", "på", "no", "dia", "día", "vom",
        ]
        .contains(&word.as_str());
        if !dangles {
            break;
        }
        kept = before.trim_end_matches([',', '.', ' ']);
    }
    kept
}

/// Whether a line cannot be the end of a title.
pub(super) fn ends_open(line: &str) -> bool {
    let last = line.split_whitespace().next_back().map(plain).unwrap_or_default();
    LINKS.contains(&last.as_str())
}

/// A text with one space for each run of white space.
pub(super) fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn trim_end(text: &str) -> &str {
    text.trim_end_matches(|c: char| ",.;:(–—- ".contains(c) || c.is_whitespace())
}

fn without_weekday(text: &str) -> &str {
    match text.rsplit_once(|c: char| c.is_whitespace() || c == ',') {
        Some((before, word)) if dates::says_nothing(word) && !word.is_empty() => trim_end(before),
        _ => text,
    }
}

/// A city at the end of a title, perhaps with its state, behind a comma or a full stop, and where it starts.
fn place_at_end(text: &str) -> Option<(usize, &str)> {
    let cuts: Vec<usize> = text
        .match_indices([',', '.', '\n'])
        .map(|(at, mark)| at + mark.len())
        .collect();
    cuts.into_iter()
        .rev()
        .take(2)
        .rev()
        .find(|cut| is_city(without_preposition(&text[*cut..])))
        .map(|cut| with_building(text, cut))
}
