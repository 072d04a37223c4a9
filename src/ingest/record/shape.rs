//! Shapes in which other programs keep the fields of a speech, made plain: a text cut over numbered columns or kept as a list of
//! parts, a list of authors, a day in parts.

use serde_json::{Map, Value};

use crate::ingest::dates;
use crate::ingest::html;
use crate::ingest::json_array::is_record;
use crate::ingest::mapping::{Mapping, is_body_name};
use crate::text::Date;

mod transcript;

pub(in crate::ingest) use transcript::holds_transcript;

/// A turn of a record whose text is a list of turns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Turn {
    /// Who speaks, as the record has it.
    pub(super) speaker: Option<String>,
    /// What is said.
    pub(super) text: String,
    /// From when to when it is said, in milliseconds, where it is a part of a recording.
    time: Option<(u64, u64)>,
}

/// The names under which the text of a part or a turn stands.
const PART_TEXTS: &[&str] = &[
    "text",
    "content",
    "body",
    "paragraph",
    "speech",
    "value",
    "正文",
    "内容",
    "文本",
];

/// The names under which a part says what it is.
const PART_KINDS: &[&str] = &["type", "kind"];

/// The names under which a turn says who speaks.
const PART_SPEAKERS: &[&str] = &["speaker", "speaker_name", "name", "author", "发言人", "讲者"];

/// Names of lists that hold the text of a speech in parts.
const PART_LISTS: &[&str] = &[
    "parts",
    "paragraphs",
    "sections",
    "segments",
    "turns",
    "utterances",
    "lines",
    "speeches",
    "cues",
    "段落",
];

/// A cell that is as long as a spreadsheet lets it be was cut wherever that was, in characters.
const LONGEST_CELL: usize = 30_000;

/// An object whose fields are plain, and the turns in which its text was kept.
pub(super) fn plain(mut object: Map<String, Value>, mapping: &Mapping) -> (Map<String, Value>, Vec<Turn>) {
    let mut turns = Vec::new();
    if !mapping.chooses_body() {
        take_page(&mut object);
        transcript::take(&mut object);
        join_columns(&mut object);
        turns = join_parts(&mut object);
    }
    join_names(&mut object);
    join_day(&mut object);
    (object, turns)
}

/// The name and the number of a column that holds a part of a text: `full_text_2`.
pub(in crate::ingest) fn part_of_text(column: &str) -> Option<(&str, u32)> {
    let name = column.trim_end_matches(|character: char| character.is_ascii_digit());
    let number = column[name.len()..].parse().ok()?;
    let name = name.trim_end_matches(['_', '-', ' ', '.']);
    let ends_so = |name: &str| {
        let last_words = name
            .char_indices()
            .filter(|(_, character)| matches!(character, '_' | '-' | ' '));
        is_body_name(name) || last_words.into_iter().any(|(at, _)| is_body_name(&name[at + 1..]))
    };
    ends_so(name).then_some((name, number))
}

/// The names under which a crawler keeps a page.
const PAGES: &[&str] = &[
    "html",
    "page",
    "raw_html",
    "rawhtml",
    "page_html",
    "html_content",
    "content_html",
    "body_html",
    "html_body",
    "source_html",
    "full_html",
    "webpage",
    "page_source",
    "contenthtml",
];

/// Makes the text of a page that a crawler kept in a field, where no field holds a text.
fn take_page(object: &mut Map<String, Value>) {
    let has_text = |(name, value): (&String, &Value)| {
        let is_filled = match value {
            Value::String(text) => !text.trim().is_empty(),
            Value::Array(parts) => !parts.is_empty(),
            _ => false,
        };
        is_filled && (is_body_name(name) || part_of_text(name).is_some())
    };
    if object.iter().any(has_text) {
        return;
    }
    let is_kept_page = |(name, value): (&String, &Value)| {
        let page = value
            .as_str()
            .filter(|_| PAGES.contains(&name.to_lowercase().as_str()))?;
        (html::is_page(page) || html::value(page).is_some()).then(|| name.clone())
    };
    let found = object.iter().find_map(is_kept_page);
    if let Some(page) = found.and_then(|name| object.shift_remove(&name)) {
        object.retain(|name, _| !is_body_name(name));
        object.insert("body".to_owned(), page);
    }
}

/// Joins the columns over which a text is cut, in the order of their numbers; of several such texts the first in the table.
fn join_columns(object: &mut Map<String, Value>) {
    if object
        .iter()
        .any(|(name, value)| is_body_name(name) && value.is_string())
    {
        return;
    }
    let Some(name) = object
        .keys()
        .find_map(|column| part_of_text(column))
        .map(|(name, _)| name.to_owned())
    else {
        return;
    };
    let mut parts: Vec<(u32, String)> = object
        .keys()
        .filter_map(|column| {
            part_of_text(column)
                .filter(|(own, _)| *own == name)
                .map(|(_, number)| (number, column.clone()))
        })
        .collect();
    parts.sort();
    let mut text = String::new();
    let mut is_cut = false;
    for (_, column) in parts {
        let Some(Value::String(part)) = object.shift_remove(&column) else {
            continue;
        };
        if part.trim().is_empty() {
            continue;
        }
        if ends_sentence(&text) {
            text.push_str("\n\n");
        } else if !text.is_empty() && !is_cut {
            text.push(' ');
        }
        text.push_str(&part);
        is_cut = part.chars().count() >= LONGEST_CELL;
    }
    object.insert("body".to_owned(), Value::String(text));
}

fn ends_sentence(text: &str) -> bool {
    let ends = ['.', '!', '?', '…', '"', '”', '»', '。', '！', '？'];
    text.trim_end().ends_with(ends)
}

/// Joins a text that is kept as a list of paragraphs, of parts or of turns; the turns, where parts have speakers.
fn join_parts(object: &mut Map<String, Value>) -> Vec<Turn> {
    if object
        .iter()
        .any(|(name, value)| is_body_name(name) && value.as_str().is_some_and(|text| !text.trim().is_empty()))
    {
        return Vec::new();
    }
    // Our own names hold what the contract says, a text.
    let may_hold = |name: &str| {
        let is_own = matches!(name, "body" | "text");
        !is_own && (is_body_name(name) || PART_LISTS.contains(&name.to_lowercase().as_str()))
    };
    let found = object
        .iter()
        .filter(|(name, _)| may_hold(name))
        .find_map(|(name, value)| {
            let parts = parts_of(value).filter(|parts| !parts.is_empty())?;
            Some((name.clone(), parts))
        });
    let Some((name, parts)) = found else {
        return Vec::new();
    };
    object.shift_remove(&name);
    let title = object
        .get("title")
        .and_then(Value::as_str)
        .map(|title| title.trim().to_owned());
    let (mut said, mut beside) = (Vec::new(), Vec::new());
    for part in parts {
        let is_title = part.is_title && title.as_deref().is_none_or(|title| title == part.turn.text.trim());
        if is_title {
            beside.push(Value::String(part.turn.text));
        } else {
            said.push(part.turn);
        }
        if !part.rest.is_empty() {
            beside.push(Value::Object(part.rest));
        }
    }
    let said = transcript::joined(said);
    let texts: Vec<&str> = said.iter().map(|turn: &Turn| turn.text.trim()).collect();
    object.insert("body".to_owned(), Value::String(texts.join("\n\n")));
    // What else the parts say is kept under the name of the list.
    if !beside.is_empty() {
        object.insert(format!("meta.{name}"), Value::Array(beside));
    }
    if said.iter().any(|turn| turn.speaker.is_some()) {
        said
    } else {
        Vec::new()
    }
}

struct Part {
    turn: Turn,
    is_title: bool,
    /// The fields of the part that are neither its text, its speaker nor its kind.
    rest: Map<String, Value>,
}

/// The parts of a list of texts, or of objects that each hold one; none of another list.
fn parts_of(value: &Value) -> Option<Vec<Part>> {
    let parts = value.as_array()?.iter().map(|part| match part {
        Value::String(text) => Some(Part {
            turn: Turn {
                speaker: None,
                text: text.clone(),
                time: None,
            },
            is_title: false,
            rest: Map::new(),
        }),
        Value::Object(_) if is_record(part) => None,
        Value::Object(fields) => {
            let get = |names: &[&str]| names.iter().find_map(|name| fields.get(*name)?.as_str());
            let known = [PART_TEXTS, PART_SPEAKERS, PART_KINDS];
            let is_known = |name: &str| known.iter().any(|names| names.contains(&name));
            Some(Part {
                turn: Turn {
                    speaker: get(PART_SPEAKERS)
                        .map(str::trim)
                        .filter(|name| !name.is_empty())
                        .map(str::to_owned),
                    text: get(PART_TEXTS)?.to_owned(),
                    time: transcript::time(fields),
                },
                is_title: get(PART_KINDS).is_some_and(|kind| kind.eq_ignore_ascii_case("title")),
                rest: fields
                    .iter()
                    .filter(|(name, value)| !is_known(name) && !value.is_null())
                    .map(|(name, value)| (name.clone(), value.clone()))
                    .collect(),
            })
        }
        _ => None,
    });
    let parts: Option<Vec<Part>> = parts.collect();
    parts.map(|parts| {
        parts
            .into_iter()
            .filter(|part| !part.turn.text.trim().is_empty())
            .collect()
    })
}

/// Makes one value of a list of authors or speakers.
fn join_names(object: &mut Map<String, Value>) {
    const LISTS: &[&str] = &["authors", "author", "speakers", "orators"];
    for name in LISTS {
        let names: Option<Vec<String>> = object.get(*name).and_then(Value::as_array).map(|names| {
            let name = |value: &Value| {
                value
                    .as_str()
                    .or_else(|| value.get("name")?.as_str())
                    .map(str::to_owned)
            };
            names.iter().filter_map(name).collect()
        });
        if let Some(names) = names.filter(|names| !names.is_empty()) {
            object.insert((*name).to_owned(), Value::String(names.join("; ")));
        }
    }
}

/// Makes one date of a day in parts: an object or the first of a list of them with `year`, `month` and `day`, three fields, or a
/// year beside `5.18`.
fn join_day(object: &mut Map<String, Value>) {
    const HOLDERS: &[&str] = &["date", "dates", "header"];
    for name in HOLDERS {
        let holder = object.get(*name).and_then(|value| match value {
            Value::Array(values) => values.first(),
            other => Some(other),
        });
        if let Some(day) = holder.and_then(Value::as_object).and_then(day_of) {
            state_day(object, day);
            return;
        }
    }
    if let Some(day) = day_of(object) {
        state_day(object, day);
        return;
    }
    let day = number_or_text(object.get("year")).zip(number_or_text(object.get("date")));
    if let Some(day) = day.and_then(|(year, rest)| {
        month_and_day(&rest).and_then(|(month, day)| Date::day(year.parse().ok()?, month, day))
    }) {
        state_day(object, day);
    }
}

/// States a day. What stood in its place is kept, as all parts of it are.
fn state_day(object: &mut Map<String, Value>, day: Date) {
    if let Some(given) = object.insert("date".to_owned(), Value::String(day.to_string())) {
        object.insert("meta.date_as_given".to_owned(), given);
    }
}

fn day_of(fields: &Map<String, Value>) -> Option<Date> {
    let part = |name: &str| number_or_text(fields.get(name));
    let (year, month, day) = (part("year")?, part("month")?, part("day")?);
    match month.parse() {
        Ok(month) => Date::day(year.parse().ok()?, month, day.parse().ok()?),
        Err(_) => dates::whole(&format!("{day} {month} {year}")),
    }
}

fn number_or_text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.trim().to_owned()),
        _ => None,
    }
}

/// Month and day of `5.18` or `18.5`; where either could be the month, none.
fn month_and_day(text: &str) -> Option<(i8, i8)> {
    let (first, second) = text.split_once(['.', '/', '-'])?;
    let (first, second): (i8, i8) = (first.trim().parse().ok()?, second.trim().parse().ok()?);
    match (first <= 12, second <= 12) {
        (true, false) => Some((first, second)),
        (false, true) => Some((second, first)),
        (true, true) if first == second => Some((first, second)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(object: Value, expected: Value) {
        let Value::Object(object) = object else {
            panic!("an object")
        };
        assert_eq!(Value::Object(plain(object, &Mapping::default()).0), expected);
    }

    #[test]
    fn a_text_over_numbered_columns_is_one() {
        check(
            json!({"title": "x", "full_text_2": "Then the fares.", "full_text_10": "Thank you.", "full_text_1": "First the ferry."}),
            json!({"title": "x", "body": "First the ferry.\n\nThen the fares.\n\nThank you."}),
        );
        check(
            json!({"column_1": "a", "text": "b"}),
            json!({"column_1": "a", "text": "b"}),
        );
    }

    #[test]
    fn a_list_of_parts_is_a_text() {
        check(
            json!({"title": "On lamps", "authors": ["Ada"], "dates": [{"year": 1961, "month": 5, "day": 3}],
                   "parts": [{"type": "title", "text": "On lamps"}, {"type": "paragraph", "text": "They are lit."}]}),
            json!({"title": "On lamps", "authors": "Ada", "dates": [{"year": 1961, "month": 5, "day": 3}], "date": "1961-05-03",
                   "body": "They are lit.", "meta.parts": ["On lamps"]}),
        );
    }

    #[test]
    fn turns_keep_their_speakers() {
        let object = json!({"content": [{"speaker": "Mr. Pell", "text": "I move."}, {"speaker": "The Speaker", "text": "So ordered."}]});
        let Value::Object(object) = object else {
            panic!("an object")
        };
        let (_, turns) = plain(object, &Mapping::default());
        assert_eq!(turns[1].speaker.as_deref(), Some("The Speaker"));
    }

    #[test]
    fn a_day_beside_its_year_is_read_where_only_one_reading_is_a_day() {
        check(
            json!({"year": "1999", "date": "5.18"}),
            json!({"year": "1999", "date": "1999-05-18", "meta.date_as_given": "5.18"}),
        );
        check(
            json!({"year": "1999", "date": "5.8"}),
            json!({"year": "1999", "date": "5.8"}),
        );
        check(
            json!({"header": {"day": "20", "month": "July", "year": "2005"}}),
            json!({"header": {"day": "20", "month": "July", "year": "2005"}, "date": "2005-07-20"}),
        );
    }
}
