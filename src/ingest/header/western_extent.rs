//! Where the header of a statement ends, and the signs by which its lines are known: dates, occasions, persons.
//!
//! The extent is settled before anything is read, so that no sentence of the speech is taken for a header line.

use crate::ingest::dates;
use crate::ingest::header::lines::Line;
use crate::ingest::header::western_person;
use crate::ingest::header::western_text::{self, is_address, is_letterhead, is_noise, is_prose};
use crate::ingest::header::western_title;
use crate::ingest::header::western_words::OFFICES;
use crate::ingest::header::{is_sentence, is_spoken};
use crate::ingest::header::{western_label, western_online};
use crate::ingest::turns;
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
    let spoken = first_spoken(considered).filter(|at| *at >= from);
    let end = [address.filter(|at| *at >= from), prose, spoken]
        .into_iter()
        .flatten()
        .min()
        .unwrap_or(considered.len());
    // A line that is said may hold the words of a title; alone it is none.
    let is_sure = (0..end).any(|index| is_sign(lines[index].text) && !is_spoken(lines[index].text));
    let last_sign = (0..end).rev().find(|index| is_sure && is_sign(lines[*index].text));
    let marked = marked_head(lines, address);
    let start = match (last_sign, address == Some(end)) {
        (None, true) => unknown_head(lines, end),
        (None, false) => (0..end).take_while(|index| is_noise(lines[*index].text)).count(),
        (Some(last), true) => greeting_before(lines, last, end),
        (Some(last), false) => after_sign(lines, last, end),
    };
    start.max(marked.unwrap_or(0))
}

/// How many lines at the start of a text may stand above a mark of the office.
const MARKED_LINES: usize = 8;

/// Where a text begins below a mark that offices put under the lines of a head: `Check against delivery`, the hour at which it
/// was given, a rule of dashes. What stands above such a mark is no speech, understood or not.
fn marked_head(lines: &[Line<'_>], address: Option<usize>) -> Option<usize> {
    let most = MARKED_LINES
        .min(lines.len().saturating_sub(1))
        .min(address.unwrap_or(MARKED_LINES));
    let mark = (0..most).rev().find(|index| {
        let line = lines[*index].text;
        let is_rule = line.chars().count() >= 3 && !line.chars().any(char::is_alphanumeric);
        let above = &lines[..*index];
        let is_said = above
            .iter()
            .any(|line| is_address(line.text, None) || line.text.chars().count() > 300);
        let is_plain = above.iter().all(|line| !is_sentence(line.text));
        !is_said && (western_text::is_head_mark(line) || (is_rule && is_plain && !above.is_empty()))
    })?;
    Some(mark + 1)
}

/// The line behind the last sign of a header and what continues or accompanies it.
fn after_sign(lines: &[Line<'_>], last: usize, end: usize) -> usize {
    let continues = |index: &usize| {
        let line = &lines[*index];
        (!line.after_blank || is_noise(line.text)) && !is_sentence(line.text)
    };
    last + 1 + (last + 1..end).take_while(continues).count()
}

/// The first line that is said, and no part of a title or of a letterhead that is written as a sentence.
fn first_spoken(lines: &[Line<'_>]) -> Option<usize> {
    (0..lines.len()).find(|index| {
        let line = &lines[*index];
        let before = index.checked_sub(1).map(|before| lines[before].text);
        let stands_apart =
            line.after_blank || before.is_none_or(|before| is_sentence(before) || date_line(before).is_some());
        let is_head_line = western_title::kind_named(line.text).is_some()
            || is_letterhead(line.text)
            || is_noise(line.text)
            || date_line(line.text).is_some()
            || (is_event(line.text) && line.text.chars().any(|c| c.is_ascii_digit()))
            || western_label::read(line.text).is_some()
            || line.text.starts_with(['(', '[', '“', '"', '«']);
        stands_apart && is_spoken(line.text) && !is_head_line
    })
}

/// Where a speech begins that is known to address its audience at line `end`: with the lines above that are said too, as a
/// greeting in a form that is not known. They stand apart from the header and end as an address or a sentence does.
fn greeting_before(lines: &[Line<'_>], last_sign: usize, end: usize) -> usize {
    let is_said = |line: &Line<'_>| {
        let first = line
            .text
            .split_whitespace()
            .next()
            .map(western_text::plain)
            .unwrap_or_default();
        ends_as_said(line)
            && !OFFICES.contains(&first.as_str())
            && !western_text::is_city(line.text)
            && !is_noise(line.text)
            && !line.text.starts_with(['(', '['])
    };
    // All that stands between place and day and the address is said, if all of it ends as such.
    let dated = (0..end).rev().find(|index| date_line(lines[*index].text).is_some());
    if let Some(dated) = dated.filter(|dated| lines[dated + 1..end].iter().all(ends_as_said)) {
        return dated + 1;
    }
    let run = (last_sign + 1..end).rev().take_while(|index| is_said(&lines[*index]));
    let starts = run.filter(|index| {
        lines[*index].after_blank || *index == last_sign + 1 && date_line(lines[last_sign].text).is_some()
    });
    starts.last().unwrap_or(end)
}

/// The most characters of a line of a head that nothing in it shows to be one.
const LONGEST_UNKNOWN: usize = 120;

/// The most lines of such a head.
const MOST_UNKNOWN: usize = 15;

/// Where a speech begins that addresses its audience at line `end`, under lines that no rule knows: they are its head where none of
/// them is said, those excepted that end as an address does and stand right above it.
fn unknown_head(lines: &[Line<'_>], end: usize) -> usize {
    let said = lines[..end].iter().rev().take_while(|line| ends_as_said(line)).count();
    let head = &lines[..end - said];
    let is_plain = |line: &Line<'_>| {
        let is_short = line.text.chars().count() <= LONGEST_UNKNOWN;
        is_short
            && western_text::starts_upper(line.text)
            && !is_sentence(line.text)
            && !western_text::thanks(line.text)
            && turns::label(line.text).is_none()
    };
    if head.len() <= MOST_UNKNOWN && head.iter().all(is_plain) {
        head.len()
    } else {
        head.iter().take_while(|line| is_noise(line.text)).count()
    }
}

/// Whether a line ends as an address or a sentence does.
fn ends_as_said(line: &Line<'_>) -> bool {
    line.text.ends_with([',', '!', ':', '.', '?', '…', '،', '؟'])
}

/// Whether a line shows that there is a header.
pub(super) fn is_sign(line: &str) -> bool {
    let is_date = date_line(line).is_some();
    if is_spoken(line) && western_title::kind_named(line).is_none() && !is_letterhead(line) {
        return is_date;
    }
    is_date
        || western_title::kind_named(line).is_some()
        || is_letterhead(line)
        || is_event(line)
        || is_person_line(line)
        || western_label::read(line).is_some()
        || western_online::publication(line).is_some()
        || western_online::name_and_office(line).is_some()
        || western_text::is_building(line)
}

pub(super) fn is_person_line(line: &str) -> bool {
    let presented = western_person::of_block(&[line]);
    let is_plain = line
        .split_whitespace()
        .all(|word| western_text::starts_upper(word) || western_text::is_small_word(word));
    presented.name.is_some()
        && !western_text::is_building(line)
        && is_plain
        && western_text::starts_upper(line)
        && line.split_whitespace().count() <= 12
}

/// The first line of the first paragraph that reads as a speech.
fn first_prose(lines: &[Line<'_>]) -> Option<usize> {
    let mut start = 0;
    while start < lines.len() {
        if western_label::read(lines[start].text).is_some() {
            start += 1;
            continue;
        }
        let end = (start + 1..lines.len())
            .find(|index| {
                let is_indented = lines[*index].is_indented && !lines[*index - 1].is_indented;
                lines[*index].after_blank || is_indented || western_label::read(lines[*index].text).is_some()
            })
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
    let line = western_text::without_mark(line);
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
    let after = trim(without_kind(&line[mention.span.end..]));
    let parts: Vec<String> = [before, after]
        .into_iter()
        .filter(|part| !dates::says_nothing(part))
        .collect();
    let place = parts.first().map(|place| without_article(place));
    let is_place = place.is_none_or(|place| {
        let place = place.strip_prefix("г. ").unwrap_or(place);
        place.split_whitespace().count() <= 5
            && !western_online::is_label(place)
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

/// What stands behind a date, without the one word behind a dash that says what the text is: ` — Aussendung`.
fn without_kind(after: &str) -> &str {
    let kind = after.trim_start().strip_prefix(['–', '—']).map(str::trim);
    let is_kind = kind.is_some_and(|kind| !kind.is_empty() && !kind.contains(' ') && western_text::starts_upper(kind));
    if is_kind { "" } else { after }
}

/// `New York, le`: a place without the article of the date.
fn without_article(place: &str) -> &str {
    let stripped = [" le", " el", " on", " the", " den", " am", " lunes", " martes"]
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
