//! Headers of statements in European languages and Arabic: title, speaker, office, event, place and date.
//!
//! The header ends where the audience is addressed or the first paragraph begins. Without a sign of a header there is
//! none, and nothing is set: verbatim records begin with the speech itself.

use crate::corpus::{Field, Metadata};
use crate::ingest::dates;
use crate::ingest::header::lines::Line;
use crate::ingest::header::western_closing::{self, Closing};
use crate::ingest::header::western_extent::{body_start, date_line, is_event, is_event_word, is_person_line, is_sign};
use crate::ingest::header::western_label;
use crate::ingest::header::western_person::{self, Presented};
use crate::ingest::header::western_text::{self, is_address, is_city, is_letterhead, is_noise, letterhead_state};
use crate::ingest::header::western_title::{self, Title};
use crate::ingest::header::western_words::LEADS;
use crate::ingest::header::{Header, Release, heading, leading_addresses, set, western_online, western_tail};
use crate::text::{ByteSpan, Date};

/// Reads the header of a text that is not Chinese.
pub(super) fn read(text: &str, lines: &[Line<'_>]) -> Header {
    let start = Some(body_start(lines))
        .filter(|start| *start < lines.len())
        .unwrap_or(0);
    let (head, rest) = lines.split_at(start);
    let mut metadata = if head.is_empty() {
        Metadata::default()
    } else {
        decide(head)
    };
    let mut body_lines = western_tail::body_lines(rest, head);
    if let Some((stated, line_count)) = western_closing::note(&rest[..body_lines]) {
        body_lines -= line_count;
        heading::fill(&mut metadata, stated);
    }
    // The person and the day may close a statement in either order.
    for _ in 0..2 {
        if let Some((name, office)) = western_closing::signature(&rest[..body_lines]) {
            body_lines -= 1;
            if !metadata.has(Field::Speaker) {
                set(&mut metadata, Field::Speaker, Some(name));
                set(&mut metadata, Field::Role, Some(office));
            }
        }
        let says_more = |closing: &Closing| {
            let date = metadata.date();
            date.is_none_or(|date| date == closing.date || closing.place.is_some())
        };
        if let Some(closing) = western_closing::read(&rest[..body_lines]).filter(says_more) {
            body_lines -= closing.line_count;
            close(&mut metadata, closing);
        }
    }
    let body_start = rest.first().map_or(text.len(), |line| {
        line.span.start + western_text::misread_bullet(line.text)
    });
    let body_end = body_lines.checked_sub(1).map_or(body_start, |last| rest[last].span.end);
    set(&mut metadata, Field::Salutation, salutation(rest).as_deref());
    Header {
        release: Release::NotShown,
        metadata,
        body: ByteSpan::new(body_start, body_end),
    }
}

/// Sets what the closing lines state.
fn close(metadata: &mut Metadata, closing: Closing) {
    let stated = metadata.date();
    if stated.is_none() {
        metadata.set_date(Field::Date, closing.date);
        set(metadata, Field::DateSource, Some("heading"));
    }
    if !metadata.has(Field::Place) && stated.is_none_or(|date| date == closing.date) {
        set(metadata, Field::Place, closing.place.as_deref());
    }
}

/// The first address, its wrapped lines joined, with the names that lead to it.
fn salutation(lines: &[Line<'_>]) -> Option<String> {
    let (leading, lines) = lines.split_at(leading_addresses(lines));
    let address = known_address(lines)?;
    let mut parts: Vec<&str> = leading
        .iter()
        .map(|line| western_text::undecorated(line.text))
        .collect();
    parts.push(&address);
    Some(parts.join(" "))
}

/// The address at the start of lines, its wrapped lines joined.
fn known_address(lines: &[Line<'_>]) -> Option<String> {
    let first = lines.first()?;
    if !is_address(first.text, lines.get(1).map(|line| line.text)) {
        return None;
    }
    let mut parts = vec![western_text::undecorated(first.text)];
    for line in lines[1..].iter().take(2) {
        let is_closed = parts
            .last()
            .is_none_or(|part| part.ends_with([',', '،', ':', ';', '!', '.', '…', '—', '–']));
        if is_closed || line.after_blank || is_address(line.text, None) {
            break;
        }
        parts.push(line.text);
    }
    let joined = parts.join(" ");
    // A wrapped paragraph may begin with the address and go on with its first sentence.
    let is_sentence = parts.len() > 1 && western_text::runs_on(&joined.to_lowercase());
    (!is_sentence).then_some(joined)
}

/// Decides what the lines of a header state.
fn decide(head: &[Line<'_>]) -> Metadata {
    let mut metadata = Metadata::default();
    let (mut title, kind, used) = find_title(head);
    let block: Vec<&str> = title.lines.iter().map(String::as_str).collect();
    let mut presented = western_person::of_block(&block);
    let anchored = heading::read(&title.text);
    if heading::names_another(&title.text) {
        // Somebody in whose honor or memory it was: what the occasion names is not who speaks.
        (presented.name, presented.role) = (None, anchored.role.clone());
    }
    if let Some(speaker) = anchored.speaker {
        // In the place of the speaker stands somebody else than the words alone tell, or the office took the name or the kind of
        // speech in.
        let is_another = presented
            .name
            .as_deref()
            .is_none_or(|name| !shares_word(name, &speaker));
        let is_heap = presented.role.as_deref().is_some_and(|role| {
            let has_more = anchored
                .role
                .as_deref()
                .is_some_and(|own| role.len() > own.len() && role.ends_with(own));
            role.contains(&speaker) || has_more
        });
        if is_another {
            presented.name = Some(speaker);
        }
        if is_another || is_heap {
            presented.role = anchored.role;
        }
    }
    if anchored.is_of_several {
        (presented.name, presented.role) = (None, None);
    }
    if presented.name.is_none()
        && !anchored.is_of_several
        && let Some(second) = second_block(head, used.end)
    {
        presented = western_person::of_block(&second.lines.iter().map(String::as_str).collect::<Vec<_>>());
        set(&mut metadata, Field::Subtitle, Some(&second.text));
    }
    if presented.name.is_none() && !anchored.is_of_several {
        complete_from_lines(&mut presented, head, used.clone());
    }
    let office = presented.role.clone();
    if presented.name.is_none() && office.as_deref().is_some_and(is_body) {
        presented.role = None;
    }
    let lone_event = lone_event(head, used.clone());
    if let Some(motto) = motto(head, used.start) {
        set(&mut metadata, Field::Subtitle, Some(&title.text));
        title.text = motto;
    }
    let title_text = Some(title.text.as_str())
        .filter(|text| !text.is_empty())
        .or(lone_event.as_deref());
    set(&mut metadata, Field::Title, title_text);
    set(&mut metadata, Field::Genre, kind);
    set(&mut metadata, Field::Speaker, presented.name.as_deref());
    set(&mut metadata, Field::Role, presented.role.as_deref());
    set(
        &mut metadata,
        Field::Event,
        event_of(&presented, &block)
            .or(anchored.event)
            .or(lone_event.clone())
            .as_deref(),
    );
    decide_bodies(&mut metadata, head, office.as_deref());
    decide_date(&mut metadata, head, &title);
    western_label::apply(&mut metadata, head.iter().map(|line| line.text));
    metadata
}

/// Whether two names have a word in common.
fn shares_word(left: &str, right: &str) -> bool {
    left.split_whitespace()
        .any(|word| right.split_whitespace().any(|other| other == word))
}

/// Whether what stands in the place of an office is a body, which has no speaker.
fn is_body(office: &str) -> bool {
    let lower = office.to_lowercase();
    let words = [
        "ministry",
        "government",
        "ministère",
        "gouvernement",
        "ministerio",
        "gobierno",
        "министерств",
        "وزارة",
    ];
    words.iter().any(|word| lower.contains(word)) && !lower.contains("minister ") && !lower.contains("ministre ")
}

/// The title block: from the line that names the kind of speech as far as it goes on; the lines that it takes.
fn find_title(head: &[Line<'_>]) -> (Title, Option<&'static str>, std::ops::Range<usize>) {
    let starts = (0..head.len())
        .filter(|index| !is_noise(head[*index].text) && western_title::kind_named(head[*index].text).is_some());
    let mut alone = None;
    for start in starts {
        let kind = western_title::kind_named(head[start].text);
        let end = title_end(head, start);
        let lines: Vec<&str> = head[start..end].iter().map(|line| line.text).collect();
        let title = western_title::assemble(&lines);
        // A running head, or the title for short, over the whole of it.
        let is_repeated = || {
            let later = head.get(end..(end + 3).min(head.len())).unwrap_or_default();
            later
                .iter()
                .any(|line| line.text.len() > title.text.len() && line.text.starts_with(&title.text))
        };
        if title.text.split_whitespace().count() > 1 && !is_repeated() {
            return (title, kind, start..end);
        }
        alone.get_or_insert((title, kind, start..end));
    }
    alone.unwrap_or_default()
}

/// The speech's own heading over the block that presents the speaker: the first lines of the text, plain words in a head
/// without letterhead.
fn motto(head: &[Line<'_>], block_start: usize) -> Option<String> {
    let lines: Vec<&str> = head[..block_start].iter().map(|line| line.text).collect();
    let is_plain = |line: &&str| {
        let is_sign = is_sign(line) || is_noise(line) || is_city(line) || letterhead_state(line).is_some();
        let has_office = western_person::of_block(&[line]).role.is_some();
        !is_sign && !has_office && line.chars().all(|c| c.is_alphabetic() || " ,.'’:-!?“”".contains(c))
    };
    let word_count: usize = lines.iter().map(|line| line.split_whitespace().count()).sum();
    let has_letterhead = head
        .iter()
        .any(|line| is_letterhead(line.text) || letterhead_state(line.text).is_some());
    let is_motto = (1..=2).contains(&lines.len())
        && (3..=20).contains(&word_count)
        && lines.iter().all(is_plain)
        && !has_letterhead;
    is_motto.then(|| lines.join(" "))
}

/// A second line that names the kind of speech and a speaker, under a title that names none.
fn second_block(head: &[Line<'_>], from: usize) -> Option<Title> {
    let start = (from..head.len())
        .find(|index| western_title::kind_named(head[*index].text).is_some() && !is_noise(head[*index].text))?;
    let lines: Vec<&str> = head[start..title_end(head, start)]
        .iter()
        .map(|line| line.text)
        .collect();
    let title = western_title::assemble(&lines);
    western_person::of_block(&lines).name.is_some().then_some(title)
}

fn title_end(head: &[Line<'_>], start: usize) -> usize {
    let mut taken = vec![head[start].text];
    let mut end = start + 1;
    let mut has_full_date = ends_in_date(head[start].text);
    while let Some(line) = head.get(end) {
        let stops = has_full_date
            || is_noise(line.text)
            || is_letterhead(line.text)
            || date_line(line.text).is_some()
            || is_city(line.text);
        let brings_date = ends_in_date(line.text);
        let is_apart = line.after_blank && !brings_date && !western_title::goes_on(&taken, line.text);
        if stops || is_apart || western_label::read(line.text).is_some() {
            break;
        }
        taken.push(line.text);
        has_full_date = brings_date;
        end += 1;
    }
    end
}

fn ends_in_date(line: &str) -> bool {
    dates::mentions(line)
        .iter()
        .any(|mention| dates::says_nothing(&line[mention.span.end..]))
}

/// A speaker on lines of his own, with the office on the line before or behind.
fn complete_from_lines(presented: &mut Presented, head: &[Line<'_>], title: std::ops::Range<usize>) {
    for index in (0..head.len()).filter(|index| !title.contains(index)) {
        let line = head[index].text;
        if is_noise(line)
            || is_letterhead(line)
            || is_event(line)
            || date_line(line).is_some()
            || letterhead_state(line).is_some()
            || western_label::read(line).is_some()
        {
            continue;
        }
        if let Some((name, office)) = western_online::name_and_office(line) {
            presented.name = Some(name.to_owned());
            presented.role = Some(office.to_owned());
            return;
        }
        let found = if is_person_line(line) {
            western_person::of_block(&[line])
        } else {
            Presented::default()
        };
        let neighbours = [index.checked_sub(1), Some(index + 1)]
            .into_iter()
            .flatten()
            .filter_map(|at| head.get(at));
        let office = neighbours
            .filter_map(|line| western_person::of_block(&[line.text]).role)
            .next();
        let bare = found.name.is_none() && is_bare_name(line) && office.is_some();
        let name = found
            .name
            .or_else(|| bare.then(|| line.trim_matches([',', '.']).to_owned()));
        if name.is_some() {
            presented.name = name;
            presented.role = found.role.or(office).or(presented.role.take());
            return;
        }
    }
}

/// Two to five words that are all written like parts of a name.
fn is_bare_name(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let like_names = words
        .iter()
        .all(|word| western_text::starts_upper(word) && word.chars().all(|c| c.is_alphabetic() || ".-'’,".contains(c)));
    (2..=5).contains(&words.len())
        && like_names
        && !is_city(line)
        && western_person::of_block(&[line]).role.is_none()
        && letterhead_state(line).is_none()
}

/// The line of an occasion apart from the title, with the lines that it runs on to.
fn lone_event(head: &[Line<'_>], title: std::ops::Range<usize>) -> Option<String> {
    let start = (0..head.len()).find(|index| {
        !title.contains(index) && is_event(head[*index].text) && date_line(head[*index].text).is_none()
    })?;
    let mut parts = vec![head[start].text];
    for line in head[start + 1..].iter().take(2) {
        let is_open = parts.last().is_some_and(|part| western_title::ends_open(part));
        if (line.after_blank && !is_open)
            || is_noise(line.text)
            || date_line(line.text).is_some()
            || western_title::kind_named(line.text).is_some()
        {
            break;
        }
        parts.push(line.text);
    }
    let title = western_title::assemble(&parts).text;
    Some(without_leads(&title).to_owned()).filter(|text| !text.is_empty())
}

fn event_of(presented: &Presented, block: &[&str]) -> Option<String> {
    let rest = presented.rest.clone()?;
    let event = without_leads(rest.trim());
    (!event.is_empty() && !block.is_empty()).then(|| event.trim_end_matches(['.', ',']).to_owned())
}

/// An occasion without the words that lead to it.
fn without_leads(occasion: &str) -> &str {
    let mut event = occasion;
    while let Some((first, tail)) = event.split_once(' ') {
        let lower = first.to_lowercase();
        if !LEADS.contains(&lower.as_str()) {
            break;
        }
        event = tail.trim_start();
    }
    event
}

/// The state and the body of the letterhead; the state of the office comes first.
fn decide_bodies(metadata: &mut Metadata, head: &[Line<'_>], role: Option<&str>) {
    let in_role = role.and_then(western_label::state_in_role);
    let follows_mission = |index: usize| index > 0 && is_letterhead(head[index - 1].text);
    let in_letterhead = (0..head.len())
        .filter(|index| !follows_mission(*index))
        .find_map(|index| letterhead_state(head[index].text));
    set(metadata, Field::Country, in_letterhead.as_deref().or(in_role));
    let organization = head
        .iter()
        .position(|line| is_letterhead(line.text))
        .map(|at| western_label::organization(&head[at..]));
    set(metadata, Field::Organization, organization.as_deref());
}

/// The date of delivery and the place beside it; the last line of date and place before the speech is the nearest.
fn decide_date(metadata: &mut Metadata, head: &[Line<'_>], title: &Title) {
    let date_lines: Vec<(Date, Option<String>)> = head.iter().filter_map(|line| date_line(line.text)).collect();
    let placed = date_lines
        .iter()
        .find(|(_, place)| place.is_some())
        .or(date_lines.first());
    let in_other_line = || {
        head.iter().find_map(|line| {
            dates::mentions(line.text)
                .first()
                .copied()
                .filter(|mention| !mention.is_range && is_event_word(line.text))
                .map(|mention| mention.date)
        })
    };
    let stamp =
        |line: &Line<'_>| western_online::publication(line.text).or_else(|| western_title::without_stamp(line.text).1);
    if let Some(date) = head.iter().find_map(stamp) {
        metadata.set_date(Field::Published, date);
    }
    let is_time_stamp =
        |line: &Line<'_>| line.text.contains(':') && line.text.chars().filter(char::is_ascii_digit).count() > 10;
    if let Some(stamp) = head
        .iter()
        .find(|line| is_time_stamp(line))
        .and_then(|line| dates::mentions(line.text).first().copied())
    {
        metadata.set_date(Field::Published, stamp.date);
    }
    if let Some(date) = placed.map(|(date, _)| *date).or(title.date).or_else(in_other_line) {
        metadata.set_date(Field::Date, date);
        set(metadata, Field::DateSource, Some("heading"));
    }
    let lone_city = head
        .iter()
        .find(|line| (is_city(line.text) || western_text::is_building(line.text)) && !follows_letterhead(head, line))
        .map(|line| line.text.trim_end_matches(['.', ',']).to_owned());
    let place = placed
        .and_then(|(_, place)| place.clone())
        .or(title.place.clone())
        .or(lone_city);
    set(metadata, Field::Place, place.as_deref());
}

/// Whether a city belongs to the letterhead before it.
fn follows_letterhead(head: &[Line<'_>], city: &Line<'_>) -> bool {
    let at = head.iter().position(|line| line.span == city.span).unwrap_or(0);
    head[at.saturating_sub(3)..at].iter().any(|line| {
        is_letterhead(line.text)
            || line.text.to_lowercase().contains("united nations") && line.text.to_uppercase() == line.text
    })
}
