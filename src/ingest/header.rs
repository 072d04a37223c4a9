//! Headers: what the lines before and after a speech state about it, and where the speech itself lies.
//!
//! Only what is stated is set; a field that the text leaves open stays absent. Chinese releases and statements in other
//! scripts are laid out differently, so each has its own reader; both see the same lines.

use std::borrow::Cow;

use crate::corpus::{Field, Metadata};
use crate::text::{ByteSpan, Date, is_han};

pub(crate) mod lines;

mod chinese;
mod chinese_heading;
mod chinese_lines;
pub(crate) mod chinese_names;
mod chinese_news;
mod chinese_portal;
mod chinese_report;
mod chinese_tail;
mod chinese_title;
mod chinese_words;
pub(crate) mod flattened;
mod heading;
mod occasion;
mod traditional;

mod western;
mod western_closing;
mod western_extent;
mod western_label;
mod western_online;
mod western_person;
mod western_tail;
mod western_text;
mod western_title;
mod western_words;

pub(crate) use chinese_names as names;
pub(crate) use heading::{complete, set_newsroom_apart};

/// What a header states.
#[derive(Clone, Debug)]
pub struct Header {
    /// The fields that are stated; nothing is inferred.
    pub metadata: Metadata,
    /// Where the body lies in the text: from the salutation, or the first paragraph, to the closing.
    pub body: ByteSpan,
    /// What shows that the text is a release, so that a date kept beside it may be that of the release.
    pub release: Release,
}

/// What shows that a text is the release of an agency or a newspaper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Release {
    /// Nothing.
    NotShown,
    /// An agency's dateline before the text.
    Opening,
    /// An agency's dateline or the page of a newspaper behind the text.
    Closing,
}

/// Reads the header of a text.
pub fn read(text: &str) -> Header {
    read_published(text, None)
}

/// Reads a text whose fields stand apart from it: a head is one only where it leads to an address or is place and day, and nothing
/// in it is said; an end only where nothing in it is.
///
/// Only the first and the last lines are read: the texts of records are many and long.
pub fn read_record(text: &str) -> Header {
    let start = text.len() - text.trim_start().len();
    let body = ByteSpan::new(start, text.trim_end().len().max(start));
    let all = lines::lines_of(text, body);
    let mut header = record_head(text, &all).unwrap_or_else(|| Header {
        metadata: Metadata::default(),
        body,
        release: Release::NotShown,
    });
    header.body.end = record_end(text, &all, header.body.start).unwrap_or(body.end);
    header
}

/// Whether a line of a record's text cannot stand in its head or behind its end.
fn is_said(line: &lines::Line<'_>) -> bool {
    line.text.len() > LONGEST_HEAD_LINE || is_sentence(line.text)
}

/// The header of a record's text, if it has a head.
fn record_head(text: &str, all: &[lines::Line<'_>]) -> Option<Header> {
    let most = all.len().min(MOST_HEAD_LINES);
    let until = all[..most].iter().position(is_said).unwrap_or(most);
    let is_dated = |line: &lines::Line<'_>| western_extent::date_line(line.text).is_some();
    let may_have_head = until > 0 && address_lines(&all[..most]) == 0 && {
        let addresses = |index: &usize| is_address(&all[*index], all.get(index + 1));
        (1..most.min(until + 2)).any(|index| addresses(&index)) || is_dated(&all[0])
    };
    if !may_have_head {
        return None;
    }
    // The address may run on over some lines.
    let last = all[(most + HEAD_REST_LINES).min(all.len()) - 1];
    let header = read(&text[..last.span.end]);
    let head = lines::lines_of(
        text,
        ByteSpan::new(all[0].span.start, header.body.start.max(all[0].span.start)),
    );
    let addresses = address_lines(&lines::lines_of(text, ByteSpan::new(header.body.start, last.span.end)));
    let leads = addresses > 0 || head.iter().all(is_dated);
    (!head.is_empty() && leads && !head.iter().any(is_said)).then_some(header)
}

/// Where what is said ends in a record's text, if it ends as a release does; nothing that is said stands behind that.
fn record_end(text: &str, all: &[lines::Line<'_>], start: usize) -> Option<usize> {
    let last = all.last()?;
    if is_sentence(last.text) && !last.text.ends_with([')', '）', ']', '】', '］']) {
        return None;
    }
    let from = all.len().saturating_sub(MOST_HEAD_LINES);
    let at = all[from].span.start.max(start);
    let header = read(&text[at..]);
    let end = at + header.body.end;
    let tail = lines::lines_of(text, ByteSpan::new(end.min(last.span.end), last.span.end));
    (end > start && !tail.iter().any(is_said)).then_some(end)
}

/// The most lines of the head of a record's text.
const MOST_HEAD_LINES: usize = 24;

/// How many lines behind the head of a record's text tell where it ends.
const HEAD_REST_LINES: usize = 8;

/// The longest line of a head or an end, in bytes: 160 Han characters.
const LONGEST_HEAD_LINE: usize = 480;

/// Whether a line gives the day on which a text was put online.
pub(crate) fn is_publication(line: &str) -> bool {
    western_online::publication(line).is_some()
}

/// Reads the header of a text that was published on a known day, which tells the year of a day and month in it.
fn read_published(text: &str, published: Option<Date>) -> Header {
    if is_chinese(text) {
        return read_chinese(text, published);
    }
    let lines = lines::lines(text);
    western::read(text, &lines)
}

/// Reads the header of a text whose headings are marked, as those of a page are: what it begins with is its title.
///
/// `headings` are the marked lines, in order. `title` is where the text begins with a marked title, which the lines alone may not tell from a paragraph.
/// `published` is the day of publication that the format states, which tells the year of a day and month in the lines.
pub fn read_blocks(text: &str, headings: &[ByteSpan], title: Option<ByteSpan>, published: Option<Date>) -> Header {
    let header = read_titled(text, title, published);
    let after = title.map_or(0, |title| title.end);
    let Some(start) = last_headings(
        text,
        headings,
        ByteSpan::new(after.min(header.body.start), header.body.start),
    ) else {
        return header;
    };
    // Where the format marks no title, the heading that the lines took for it stays one.
    let told = header.metadata.value(Field::Title).unwrap_or_default();
    if title.is_none()
        && !told.is_empty()
        && text[start..header.body.start]
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .contains(told)
    {
        return header;
    }
    // Headings that stand last before the body and state nothing are those of its first section.
    let blank = |character: char| match character {
        '\n' => "\n".to_owned(),
        other => " ".repeat(other.len_utf8()),
    };
    let gap: String = text[start..header.body.start].chars().map(blank).collect();
    let without = [&text[..start], &gap, &text[header.body.start..]].concat();
    let mut again = read_titled(&without, title, published);
    let states_nothing = [Field::Speaker, Field::Role, Field::Date, Field::Published, Field::Place]
        .iter()
        .all(|field| header.metadata.value(*field) == again.metadata.value(*field));
    if !states_nothing || again.body.end < header.body.start {
        return header;
    }
    if !again.metadata.has(Field::Title) {
        set(&mut again.metadata, Field::Title, header.metadata.value(Field::Title));
    }
    again.body.start = start;
    again
}

/// Where the marked headings start that stand last in a range, with nothing behind them.
fn last_headings(text: &str, headings: &[ByteSpan], range: ByteSpan) -> Option<usize> {
    let inside = headings
        .iter()
        .rev()
        .filter(|heading| heading.start >= range.start && heading.end <= range.end);
    let mut end = range.end;
    for heading in inside {
        if !text[heading.end..end].trim().is_empty() {
            break;
        }
        end = heading.start;
    }
    (end < range.end).then_some(end)
}

/// Reads the header of a text that begins with a marked title.
fn read_titled(text: &str, title: Option<ByteSpan>, published: Option<Date>) -> Header {
    let mut header = read_published(text, published);
    let is_all = |title: &ByteSpan| text[title.end..].trim().is_empty();
    let Some(title) = title.filter(|title| !is_all(title)) else {
        return header;
    };
    if title.end > header.body.start {
        header = read_published(&text[title.end..], published);
        header.body = ByteSpan::new(title.end + header.body.start, title.end + header.body.end);
    }
    let joined: Vec<&str> = text[title.range()].split_whitespace().collect();
    let marked = joined.join(" ");
    // The lines alone may take a byline for a part of the title.
    let runs_on = |told: &str| told.strip_prefix(&marked).is_some_and(|rest| rest.starts_with(' '));
    if header.metadata.value(Field::Title).is_none_or(runs_on) {
        set(&mut header.metadata, Field::Title, Some(&marked));
    }
    header
}

/// Whether a line is a sentence: it ends as one, and has words enough not to be the mark of an office or of a page. Whatever its
/// words, such a line in the run of a speech is said.
pub(crate) fn is_sentence(line: &str) -> bool {
    const CLOSERS: &[char] = &['"', '”', '’', '»', ')', '）', '」', '』', '\'', '*', '_', ']', '】'];
    const ENDS: &[char] = &['.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।'];
    let bare = line.trim_end().trim_end_matches(CLOSERS);
    if !bare.ends_with(ENDS) {
        return false;
    }
    let han = bare.chars().filter(|character| is_han(*character)).count();
    let is_word = |word: &&str| word.chars().filter(|character| character.is_alphabetic()).count() > 1;
    let words = bare.split_whitespace().filter(is_word).count();
    let has_small = bare
        .chars()
        .any(|character| character.is_alphabetic() && !character.is_uppercase());
    han >= 4 || (words >= 3 && has_small)
}

/// Whether a line reads as said: a sentence that is mostly written small, so that it is no title with a full stop.
pub(crate) fn is_spoken(line: &str) -> bool {
    let words: Vec<&str> = line
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphabetic))
        .collect();
    let upper = words.iter().filter(|word| western_text::starts_upper(word)).count();
    let has_small = line.chars().any(char::is_lowercase);
    let is_caseless = !has_small && !line.chars().any(char::is_uppercase);
    is_sentence(line) && words.len() >= 4 && (is_caseless || (has_small && upper * 2 <= words.len()))
}

/// Reads a Chinese header; a traditional one as if it were simplified, with the values as written.
fn read_chinese(text: &str, published: Option<Date>) -> Header {
    let simplified = traditional::simplified(text);
    let mut header = chinese::read(&simplified, &flattened::lines(&simplified), published);
    if let Cow::Owned(simplified) = &simplified {
        let read: Vec<(Field, String)> = header
            .metadata
            .fields()
            .map(|(field, value)| (field, value.to_owned()))
            .collect();
        let texts = read
            .iter()
            .filter(|(field, _)| !matches!(field, Field::Date | Field::Published | Field::DateSource | Field::Genre));
        for (field, value) in texts {
            set(
                &mut header.metadata,
                *field,
                Some(&traditional::as_written(value, simplified, text)),
            );
        }
    }
    header
}

/// Whether the first thousand letters are Han for the most part.
fn is_chinese(text: &str) -> bool {
    let letters = || text.chars().filter(|character| character.is_alphabetic()).take(1_000);
    let han = letters().filter(|character| is_han(*character)).count();
    han * 3 > letters().count()
}

/// Sets a field that is no date, if there is a value.
fn set(metadata: &mut Metadata, field: Field, value: Option<&str>) {
    if let Some(value) = value {
        metadata.set(field, value).expect("only date fields can be refused");
    }
}

/// How many of the lines at the start of a body address the audience: up to the one that ends in a colon, else up to
/// the last; a line that ends in an exclamation mark is followed by no address but the next in line.
pub(crate) fn address_lines(lines: &[lines::Line<'_>]) -> usize {
    let mut count = leading_addresses(lines);
    for (index, line) in lines.iter().enumerate().take(16).skip(count) {
        let next = lines.get(index + 1);
        let continues = count > 0 && ends_an_address(lines, index);
        if !(continues || is_address(line, next)) {
            break;
        }
        count = index + 1;
        let goes_on = next.is_some_and(|next| !next.after_blank && !is_chinese(next.text) && is_address(next, None));
        if line.text.ends_with(['：', ':', '！', '!']) && !goes_on {
            break;
        }
    }
    count
}

/// How many lines at the start of a body lead to the first that is known to address the audience: names that no table has, in one
/// block with it and ending as it does.
pub(crate) fn leading_addresses(lines: &[lines::Line<'_>]) -> usize {
    let known = (0..lines.len().min(8)).find(|index| is_address(&lines[*index], lines.get(index + 1)));
    let leads = |index: usize| {
        let line = &lines[index];
        let is_short = line.text.chars().count() <= 90;
        is_short && line.text.ends_with([',', '،']) && !is_chinese(line.text) && !lines[index + 1].after_blank
    };
    known.filter(|known| (0..*known).all(leads)).unwrap_or(0)
}

fn is_address(line: &lines::Line<'_>, next: Option<&lines::Line<'_>>) -> bool {
    let simplified = traditional::simplified(line.text);
    let is_whole_line = chinese_lines::salutation(&simplified).is_some_and(|address| address.len() == line.text.len());
    is_whole_line || western_text::is_address(line.text, next.map(|next| next.text))
}

/// Whether a line goes on with the address of the lines before it: it was wrapped there, or it closes the block.
fn ends_an_address(lines: &[lines::Line<'_>], index: usize) -> bool {
    let line = &lines[index];
    let is_last = lines.get(index + 1).is_some_and(|next| next.after_blank);
    let was_wrapped = !western_text::ends_open(lines[index - 1].text);
    let is_short = line.text.chars().count() <= 90 && !western_text::is_prose(line.text);
    let closes = western_text::ends_open(line.text) && (was_wrapped || (is_last && !line.text.ends_with('.')));
    !line.after_blank && is_short && closes && !is_chinese(line.text)
}
