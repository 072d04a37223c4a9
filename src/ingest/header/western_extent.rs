//! Where the header of a statement ends, and the signs by which its lines are known: dates, occasions, persons.
//!
//! The extent is settled before anything is read, so that no sentence of the speech is taken for a header line.

use crate::ingest::dates;
use crate::ingest::header::lines::Line;
use crate::ingest::header::western_person;
use crate::ingest::header::western_text::{self, is_address, is_letterhead, is_noise, is_prose};
use crate::ingest::header::western_title;
use crate::ingest::header::{western_label, western_online};
use crate::text::Date;

/// The number of lines among which a header lies.
const HEAD_LINES: usize = 60;

/// The number of lines that belong to the header.
pub(super) fn body_start(lines: &[Line<'_>]) -> usize {
    let considered = &lines[..lines.len().min(HEAD_LINES)];
    let next = |index: usize| lines.get(index + 1).map(|line| line.text);
    let address = (0..considered.len()).find(|index| is_address(lines[*index].text, next(*index)));
    let prose = first_prose(considered);
    let reset = date_line_after_quotations(considered, prose);
    let (prose, from) = match reset {
        Some(after) => (first_prose(&considered[after..]).map(|at| at + after), after),
        None => (prose, 0),
    };
    let end = [address.filter(|at| *at >= from), prose]
        .into_iter()
        .flatten()
        .min()
        .unwrap_or(considered.len());
    let last_sign = (0..end).rev().find(|index| is_sign(lines[*index].text));
    match (last_sign, address == Some(end)) {
        (None, _) => (0..end).take_while(|index| is_noise(lines[*index].text)).count(),
        (Some(_), true) => end,
        (Some(last), false) => after_sign(lines, last, end),
    }
}

/// The line behind the last sign of a header and what continues or accompanies it.
fn after_sign(lines: &[Line<'_>], last: usize, end: usize) -> usize {
    let continues = |index: &usize| !lines[*index].after_blank || is_noise(lines[*index].text);
    last + 1 + (last + 1..end).take_while(continues).count()
}

/// Whether a line shows that there is a header.
pub(super) fn is_sign(line: &str) -> bool {
    let is_date = date_line(line).is_some();
    is_date
        || western_title::kind_named(line).is_some()
        || is_letterhead(line)
        || is_event(line)
        || is_person_line(line)
        || western_label::read(line).is_some()
        || western_online::publication(line).is_some()
        || western_online::name_and_office(line).is_some()
}

pub(super) fn is_person_line(line: &str) -> bool {
    let presented = western_person::of_block(&[line]);
    let is_plain = line
        .split_whitespace()
        .all(|word| western_text::starts_upper(word) || western_text::is_small_word(word));
    presented.name.is_some() && is_plain && western_text::starts_upper(line) && line.split_whitespace().count() <= 12
}

/// The first line of the first paragraph that reads as a speech.
fn first_prose(lines: &[Line<'_>]) -> Option<usize> {
    let mut start = 0;
    while start < lines.len() {
        let end = (start + 1..lines.len())
            .find(|index| lines[*index].after_blank || (lines[*index].is_indented && !lines[*index - 1].is_indented))
            .unwrap_or(lines.len());
        let block: Vec<&str> = lines[start..end].iter().map(|line| line.text).collect();
        let joined = block.join(" ");
        let is_told = is_prose(&joined) && joined.contains(". ") && joined.ends_with(['.', '!', '?']);
        let is_title = western_title::kind_named(block[0]).is_some() && joined.chars().count() < 500 && !is_told;
        let dated = block.iter().take(10).position(|line| date_line(line).is_some());
        match dated.filter(|at| is_title || !is_prose(&block[..*at].join(" "))) {
            Some(at) if at + 1 < block.len() => start += at + 1,
            _ if is_prose(&joined) && !is_title => return Some(start),
            _ => start = end,
        }
    }
    None
}

/// Behind a title, pull quotes and then a line of place and date: the header goes on to that line.
fn date_line_after_quotations(lines: &[Line<'_>], prose: Option<usize>) -> Option<usize> {
    let prose = prose?;
    let is_quotation = lines[prose].text.starts_with(['“', '"', '«']);
    let has_title = lines[..prose]
        .iter()
        .any(|line| western_title::kind_named(line.text).is_some());
    let date = (prose..lines.len()).find(|index| date_line(lines[*index].text).is_some())?;
    (is_quotation && has_title && date - prose <= 15).then_some(date + 1)
}

/// A date with at most a place, alone on a line.
pub(super) fn date_line(line: &str) -> Option<(Date, Option<String>)> {
    let found = dates::mentions(line);
    let [mention] = found[..] else {
        return None;
    };
    if western_online::publication(line).is_some() {
        return None;
    }
    let trim = |part: &str| {
        part.trim_matches(|c: char| ",.;()[]–—-|،".contains(c) || c.is_whitespace())
            .to_owned()
    };
    let before = trim(&line[..mention.span.start]);
    let after = trim(&line[mention.span.end..]);
    let parts: Vec<String> = [before, after]
        .into_iter()
        .filter(|part| !dates::says_nothing(part))
        .collect();
    let place = parts.first().map(|place| without_article(place));
    let is_place = place.is_none_or(|place| {
        let place = place.strip_prefix("г. ").unwrap_or(place);
        place.split_whitespace().count() <= 5
            && place.chars().all(|c| c.is_alphabetic() || " ,.-'’".contains(c))
            && western_text::starts_upper(place)
            && place
                .split_whitespace()
                .all(|word| western_text::starts_upper(word) || western_text::is_small_word(word))
    });
    let is_kind = place
        .is_some_and(|place| western_title::kind_named(place).is_some() || is_event_word(place) || is_noise(place));
    (parts.len() <= 1 && is_place && !is_kind && !mention.is_range).then(|| (mention.date, place.map(str::to_owned)))
}

/// `New York, le`: a place without the article of the date.
fn without_article(place: &str) -> &str {
    let stripped = [" le", " el", " on", " the", " lunes", " martes"]
        .iter()
        .find_map(|article| place.strip_suffix(article));
    stripped.unwrap_or(place).trim_end_matches([',', ' '])
}

pub(super) fn is_event_word(text: &str) -> bool {
    let lower = text.to_lowercase();
    [
        "session",
        "debate",
        "débat",
        "assembl",
        "asamblea",
        "summit",
        "sesiones",
        "speech",
        "ассамбле",
        "conference",
        "statement",
    ]
    .iter()
    .any(|word| lower.contains(word))
        && lower != "united nations"
}

/// Whether a line names the occasion of statements at the United Nations.
pub(super) fn is_event(line: &str) -> bool {
    let lower = line.to_lowercase();
    let parts = [
        "general debate",
        "débat général",
        "debate general",
        "дискусси",
        "general assembly",
        "assemblée générale",
        "asamblea general",
        "ассамбле",
        "assemblea generale",
        "assembleia geral",
        "الجمعية العامة",
        "high-level",
        "summit",
        "conference",
        "unga",
    ];
    let is_short = line.split_whitespace().count() <= 16 && !line.ends_with([',', ';', ':', '!', '?']);
    let opens = western_text::starts_upper(line) || line.starts_with(|c: char| c.is_ascii_digit());
    is_short && opens && parts.iter().any(|part| lower.contains(part))
}
