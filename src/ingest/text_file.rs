//! A plain-text file: bytes to text, its header to metadata, the rest to body and paragraphs.
//!
//! It stands apart from the reader because the text of any other format ends up here too.

use crate::corpus::{Field, Matter, MatterPlace, Metadata, Paragraph, Quotation};
use crate::ingest::draft::{Draft, Layout};
use crate::ingest::header::lines::lines_of;
use crate::ingest::matter::{self, Kept};
use crate::ingest::{dates, furniture, header, language, paragraphs, turns};
use crate::text::{ByteSpan, Date};

/// What a text says about itself.
#[derive(Clone, Debug)]
pub struct ReadText {
    /// What the header, the head and the tail state, and the language.
    pub metadata: Metadata,
    /// Where the body lies in the text.
    pub body: ByteSpan,
    /// The paragraphs of the body.
    pub paragraphs: Vec<Paragraph>,
    /// What stands beside the body.
    pub matter: Vec<Matter>,
    /// What fields were read from.
    pub quoted: Vec<Quotation>,
    /// What was read but not understood.
    pub warnings: Vec<String>,
}

/// Reads the header, the body and the paragraphs of a draft, out of whose text furniture is taken first.
///
/// What the format states wins over the lines of the text; what it only suggests is left to the caller.
pub fn read(draft: &mut Draft) -> ReadText {
    if has_tabs_between_words(&draft.text) {
        // A tab and a blank are a byte each, so that every range stays where it is.
        draft.text = draft.text.replace('\t', " ");
    }
    turns::set_apart(draft);
    furniture::set_apart(draft);
    header::set_newsroom_apart(&mut draft.stated, &mut draft.quoted);
    let draft = &*draft;
    let text = &draft.text;
    let (mut metadata, mut body) = match &draft.layout {
        Layout::Lines => {
            let header = header::read(text);
            (header.metadata, header.body)
        }
        Layout::Blocks { headings, title } => {
            let published = draft.stated.value(Field::Published).and_then(|date| date.parse().ok());
            let header = header::read_blocks(text, headings, *title, published);
            (header.metadata, header.body)
        }
        Layout::Body { .. } => {
            let header = header::read_record(text);
            (header.metadata, header.body)
        }
        Layout::Marked { body, .. } => (Metadata::default(), *body),
    };
    if !matches!(draft.layout, Layout::Marked { .. }) {
        body = without_furniture(draft, body);
        body.start = turns::body_start(text, body, &draft.turns);
    }
    let read = metadata.clone();
    metadata.lay_over(&draft.stated);
    keep_day(&mut metadata, read.date());
    detect_language(&text[body.range()], &mut metadata);
    read_in_order_of_language(&mut metadata);
    let mut paragraphs = match &draft.layout {
        Layout::Lines | Layout::Body { headings: None } => paragraphs::rebuild(text, body),
        Layout::Blocks { headings, .. }
        | Layout::Body {
            headings: Some(headings),
        } => paragraphs::of_blocks(text, body, headings),
        Layout::Marked { paragraphs, .. } => paragraphs.clone(),
    };
    if paragraphs.is_empty() {
        // Lines that all look like those of a header are in doubt, and what is in doubt is said.
        body = ByteSpan::new(
            text.len() - text.trim_start().len(),
            text.trim_end().len().max(text.len() - text.trim_start().len()),
        );
        paragraphs = paragraphs::rebuild(text, body);
    }
    if !matches!(draft.layout, Layout::Marked { .. }) {
        turns::assign(text, &mut paragraphs, &draft.turns);
        turns::without_head(text, &mut paragraphs, &draft.turns);
        body.start = paragraphs.first().map_or(body.start, |first| first.span.start);
    }
    turns::name_speaker(&mut paragraphs, &metadata);
    let kept = Kept {
        text,
        body,
        paragraphs: &paragraphs,
    };
    let beside = matter::of_draft(draft, kept, &read);
    if !metadata.has(Field::Date)
        && let Some(date) = only_day(&beside.matter)
    {
        metadata.set_date(Field::Date, date);
        // The source of a date is any text.
        let _ = metadata.set(Field::DateSource, "heading");
    }
    let warnings = unread_date(&beside.matter, &mut metadata).into_iter().collect();
    ReadText {
        metadata,
        body,
        paragraphs,
        matter: beside.matter,
        quoted: beside.quoted,
        warnings,
    }
}

/// Whether a program set tabs where blanks stand between words, so that no line of the text is one of cells.
fn has_tabs_between_words(text: &str) -> bool {
    let (mut tabs, mut blanks) = (0usize, 0usize);
    for line in text.lines() {
        for character in line.trim().chars() {
            tabs += usize::from(character == '\t');
            blanks += usize::from(character == ' ');
        }
    }
    tabs > blanks
}

/// A body without the furniture at its ends, now that the header has been read from the lines around it.
fn without_furniture(draft: &Draft, body: ByteSpan) -> ByteSpan {
    let lines = lines_of(&draft.text, body);
    let leading = furniture::leading(&lines);
    let kept = &lines[leading..];
    let trailing = furniture::trailing(kept, |line| draft.layout.is_heading(line.span));
    match &kept[..kept.len() - trailing] {
        [first, .., last] => ByteSpan::new(if leading > 0 { first.span.start } else { body.start }, last.span.end),
        [only] if leading > 0 => only.span,
        _ => body,
    }
}

/// The most days from a speech to the day on which its text is posted.
const DAYS_TO_POSTING: i64 = 14;

/// Where a record states a year or a month and the text a day in it, the day says more; where the text states a day some days before
/// that of the record, the record's is the day of posting.
fn keep_day(metadata: &mut Metadata, in_text: Option<Date>) {
    let Some((stated, day)) = metadata.date().zip(in_text) else {
        return;
    };
    let ((first, last), (day_first, day_last)) = (stated.day_numbers(), day.day_numbers());
    let are_days = first == last && day_first == day_last;
    let is_posting = are_days && (1..=DAYS_TO_POSTING).contains(&(first - day_first));
    if is_posting
        && metadata
            .value(Field::Published)
            .is_none_or(|published| published == stated.to_string())
    {
        metadata.set_date(Field::Published, stated);
        metadata.set_date(Field::Date, day);
        // The source of a date is any text.
        let _ = metadata.set(Field::DateSource, "heading");
    } else if first <= day_first && day_last <= last && day_last - day_first < last - first {
        metadata.set_date(Field::Date, day);
        // The source of a date is any text.
        let _ = metadata.set(Field::DateSource, "heading");
    }
}

/// Reads a date in numbers that do not tell day from month in the order of the language, where that puts the day first.
fn read_in_order_of_language(metadata: &mut Metadata) {
    const MONTH_FIRST: &[&str] = &["en", "zh", "ja", "ko"];
    let language = metadata.value(Field::Language).unwrap_or("en");
    let is_day_first = !MONTH_FIRST.contains(&language.split('-').next().unwrap_or_default());
    for (field, given) in [(Field::Date, "date_as_given"), (Field::Published, "published_as_given")] {
        let text = metadata.meta().get(given).and_then(serde_json::Value::as_str);
        let date = text.filter(|_| is_day_first).and_then(dates::whole_day_first);
        if let Some(date) = date.filter(|_| !metadata.has(field)) {
            metadata.set_date(field, date);
            if field == Field::Date {
                // The source of a date is any text.
                let _ = metadata.set(Field::DateSource, "metadata");
            }
        }
    }
}

/// The most characters of a line that is a date and no sentence.
const LONGEST_DATE_LINE: usize = 60;

/// The most characters of a heading that states a day.
const LONGEST_HEADING: usize = 120;

/// The one day in brackets that the lines right above a speech state, as `Sitting 20, first day (16-10-2024)`; where they state
/// several, nothing tells which is meant.
fn only_day(matter: &[Matter]) -> Option<Date> {
    let front = matter.iter().rfind(|matter| matter.place == MatterPlace::Front)?;
    let lines = front
        .text
        .lines()
        .filter(|line| line.chars().count() <= LONGEST_HEADING);
    let days: Vec<Date> = lines
        .flat_map(|line| {
            dates::mentions(line)
                .into_iter()
                .filter(|mention| {
                    let is_bracketed = line[..mention.span.start].trim_end().ends_with(['(', '（', '['])
                        && line[mention.span.end..].trim_start().starts_with([')', '）', ']']);
                    is_bracketed && !mention.is_range
                })
                .map(|mention| mention.date)
                .collect::<Vec<_>>()
        })
        .collect();
    match days[..] {
        [only] => Some(only),
        _ => None,
    }
}

/// Where no date was understood, keeps the line above the speech that seems to state one, with a warning.
fn unread_date(matter: &[Matter], metadata: &mut Metadata) -> Option<String> {
    if metadata.has(Field::Date) || metadata.meta().contains_key("date_as_given") {
        return None;
    }
    let front = matter.iter().filter(|matter| matter.place == MatterPlace::Front);
    let line = front
        .flat_map(|matter| matter.text.lines())
        .find(|line| seems_dated(line))?;
    metadata.set_meta("date_as_given", serde_json::Value::String(line.to_owned()));
    Some(format!(
        "`{line}` is not understood as a date: kept as meta.date_as_given"
    ))
}

/// Whether a line seems to be a date: short, with a label of one, or with a year and another number and few other words.
fn seems_dated(line: &str) -> bool {
    const LABELS: &[&str] = &[
        "date",
        "fecha",
        "дата",
        "datum",
        "data",
        "日期",
        "时间",
        "時間",
        "التاريخ",
    ];
    let lower = line.to_lowercase();
    let has_digit = line.chars().any(char::is_numeric);
    let is_labelled = LABELS.iter().any(|label| {
        let rest = lower.strip_prefix(label).map(str::trim_start);
        rest.is_some_and(|rest| rest.starts_with([':', '：']))
    });
    let numbers: Vec<&str> = line
        .split(|character: char| !character.is_ascii_digit())
        .filter(|number| !number.is_empty())
        .collect();
    let is_year = |number: &&str| number.len() == 4 && ('1'..'3').contains(&number.chars().next().unwrap_or('0'));
    let has_year = numbers.iter().any(is_year);
    let has_day = numbers.iter().any(|number| number.len() <= 2);
    let is_short = line.chars().count() <= LONGEST_DATE_LINE && line.split_whitespace().count() <= 6;
    is_short && has_digit && (is_labelled || (has_year && has_day && !line.contains(['/', ':', '@'])))
}

/// Sets the detected language unless one is stated.
pub fn detect_language(body: &str, metadata: &mut Metadata) {
    if metadata.has(Field::Language) {
        return;
    }
    if let Some(found) = language::detect(body) {
        metadata
            .set(Field::Language, found.tag())
            .expect("only date fields can be refused");
        metadata
            .set(Field::LanguageSource, "detected")
            .expect("only date fields can be refused");
    }
}
