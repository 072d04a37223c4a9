//! A JSON file that is no JSON Lines: one speech as an object, or many as a list.

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::ingest::json_lines;
use crate::ingest::mapping::{is_body_name, is_heading_name};
use crate::ingest::proceedings::diet;
use crate::ingest::reader::{Row, RowContent};
use crate::ingest::record::holds_transcript;

/// What a JSON file holds.
pub(in crate::ingest) enum JsonContent {
    /// An object.
    One(Map<String, Value>),
    /// The objects of a list, each with the line on which it begins.
    Many(Vec<Row>),
}

/// Reads a JSON file.
///
/// # Errors
/// The line of the fault, and what it is in plain words.
pub(in crate::ingest) fn read(text: &str) -> Result<JsonContent, (Option<u64>, String)> {
    if !text.trim_start().starts_with('[') {
        return match serde_json::from_str(text).map_err(|fault| in_words(&fault))? {
            Value::Object(object) => Ok(records_in(object).map_or_else(JsonContent::One, JsonContent::Many)),
            _ => Err((None, "is JSON, but neither an object nor a list of objects".to_owned())),
        };
    }
    let elements: Vec<&RawValue> = serde_json::from_str(text).map_err(|fault| in_words(&fault))?;
    let mut rows = Vec::with_capacity(elements.len());
    let (mut line, mut counted_to) = (1, 0);
    for (index, element) in elements.into_iter().enumerate() {
        let start = element.get().as_ptr() as usize - text.as_ptr() as usize;
        line += text.as_bytes()[counted_to..start]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count() as u64;
        counted_to = start;
        let fields = json_lines::parse_object(element.get().as_bytes());
        rows.push(Row {
            line,
            ordinal: index as u64 + 1,
            content: fields.map_or_else(RowContent::Faulty, RowContent::Fields),
        });
    }
    Ok(JsonContent::Many(rows))
}

/// Whether a value is a speech of its own: it has a text, and a title, a day or an address.
pub(in crate::ingest) fn is_record(value: &Value) -> bool {
    let Some(fields) = value.as_object() else {
        return false;
    };
    let has_text = fields
        .iter()
        .any(|(name, value)| is_body_name(name) && value.as_str().is_some_and(|text| !text.trim().is_empty()));
    // What is said from a second to another is a part of a recording.
    let is_timed = ["start", "end"]
        .iter()
        .all(|time| fields.get(*time).is_some_and(Value::is_number));
    (has_text || holds_transcript(fields)) && !is_timed && fields.keys().any(|name| is_heading_name(name))
}

/// The records that an object holds instead of being one: the objects of its only list of records, or its values, where all are
/// records. Gives back an object that is one itself.
fn records_in(mut object: Map<String, Value>) -> Result<Vec<Row>, Map<String, Value>> {
    if object.keys().any(|name| is_body_name(name)) || diet::is_answer(&object) {
        return Err(object);
    }
    let holds_records = |value: &Value| value.as_array().is_some_and(|list| list.iter().any(is_record));
    let lists: Vec<String> = object
        .iter()
        .filter(|(_, value)| holds_records(value))
        .map(|(name, _)| name.clone())
        .collect();
    let records: Vec<Value> = match &lists[..] {
        [list] => match object.shift_remove(list) {
            Some(Value::Array(mut records)) => {
                keep_wrapper(&object, &mut records);
                records
            }
            _ => return Err(object),
        },
        [] if !object.is_empty() && object.values().all(is_record) => object.into_values().collect(),
        _ => return Err(object),
    };
    let rows = records.into_iter().zip(1..).map(|(record, ordinal)| Row {
        line: 1,
        ordinal,
        content: match record {
            Value::Object(fields) => RowContent::Fields(fields),
            _ => RowContent::Faulty("is no object".to_owned()),
        },
    });
    Ok(rows.collect())
}

/// The most bytes that the fields of a wrapper take in every one of its records.
const LARGEST_WRAPPER: usize = 2_000;

/// Keeps the fields of a wrapper as further fields of its records: of all of them, or, where they are long, of the first.
fn keep_wrapper(wrapper: &Map<String, Value>, records: &mut [Value]) {
    let mut fields: Vec<(String, Value)> = Vec::new();
    for (name, value) in wrapper.iter().filter(|(_, value)| !value.is_null()) {
        match value {
            Value::Object(inner) if name == "meta" => {
                let inner = inner.iter().filter(|(_, value)| !value.is_null());
                fields.extend(inner.map(|(name, value)| (format!("meta.{name}"), value.clone())));
            }
            value => fields.push((format!("meta.{name}"), value.clone())),
        }
    }
    let length: usize = fields.iter().map(|(_, value)| value.to_string().len()).sum();
    let count = if length > LARGEST_WRAPPER { 1 } else { records.len() };
    for record in records.iter_mut().take(count).filter_map(Value::as_object_mut) {
        for (name, value) in &fields {
            let is_own =
                record.contains_key(name) || name.strip_prefix("meta.").is_some_and(|own| record.contains_key(own));
            let name = if is_own {
                name.replacen("meta.", "meta.file_", 1)
            } else {
                name.clone()
            };
            record.insert(name, value.clone());
        }
    }
}

fn in_words(fault: &serde_json::Error) -> (Option<u64>, String) {
    let line = (fault.line() > 0).then_some(fault.line() as u64);
    (line, format!("is not JSON: {}", json_lines::fault_in_words(fault)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_objects_of_a_list_know_their_lines() {
        let Ok(JsonContent::Many(rows)) = read("[\n {\"a\": 1},\n\n {\"b\":\n 2}, 7]") else {
            panic!("it is a list");
        };
        let lines: Vec<u64> = rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [2, 4, 5]);
        assert!(matches!(rows[2].content, RowContent::Faulty(_)));
    }

    #[test]
    fn a_fault_names_its_line() {
        assert_eq!(read("{\n\"a\": }").map(|_| ()).unwrap_err().0, Some(2));
    }
}
