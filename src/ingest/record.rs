//! A speech as a JSON object: the fields of the contract, further fields, and the body.
//!
//! JSON Lines, tables, front matter and sidecar files share this reading, so a field means the same in all of them.

use serde_json::{Map, Value};

use crate::corpus::metadata::scalar_texts;
use crate::corpus::{Field, Metadata};
use crate::ingest::mapping::Mapping;
use crate::ingest::{dates, ids};
use crate::text::Date;

mod body;
mod shape;

pub use body::NO_TEXT;
pub(in crate::ingest) use shape::{holds_transcript, part_of_text};

/// What a JSON object says about a speech.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// The id, if the object gives one.
    pub id: Option<String>,
    /// The text of the speech, from `body` or `text`.
    pub body: Option<String>,
    /// The fields; those that the object sets to an empty string or to null are absent.
    pub metadata: Metadata,
    /// The values of the object that fields were read from, each with the name of the field.
    pub quoted: Vec<(String, String)>,
    /// What was read but not understood.
    pub warnings: Vec<String>,
    /// The turns in which the object keeps the text, if it does.
    turns: Vec<shape::Turn>,
    /// What the date is known to mean.
    dating: Dating,
}

/// What the date of a record is known to mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Dating {
    /// The day of delivery: the record says where the date is from, has a day of publication beside it, or the user named
    /// the field.
    Settled,
    /// The day of delivery by the name of the field, `date`, unless the text says otherwise.
    #[default]
    Named,
    /// Not known: a column is called `Date`, or in another language.
    Open,
}

impl Record {
    /// Reads an object.
    ///
    /// # Errors
    /// In plain words, which field has a type or value that it cannot have.
    pub fn read(object: Map<String, Value>) -> Result<Self, String> {
        let mut record = Self::default();
        for (name, value) in object {
            record.read_field(&name, value)?;
        }
        let metadata = &mut record.metadata;
        if metadata.has(Field::DateSource) || metadata.has(Field::Published) {
            record.dating = Dating::Settled;
        }
        if metadata.has(Field::Date) && !metadata.has(Field::DateSource) {
            metadata
                .set(Field::DateSource, "metadata")
                .expect("a date source is any text");
        }
        Ok(record)
    }

    /// Reads an object whose fields have names of their own.
    ///
    /// # Errors
    /// In plain words, which field has a type or value that it cannot have.
    pub fn read_mapped(object: Map<String, Value>, mapping: &Mapping) -> Result<Self, String> {
        let (object, turns) = shape::plain(object, mapping);
        let mapped = mapping.apply(object);
        let mut record = Self::read(mapped.object)?;
        record.turns = turns;
        if mapped.chooses_date {
            record.dating = Dating::Settled;
        } else if mapped.guesses_date && record.dating == Dating::Named {
            record.dating = Dating::Open;
        }
        Ok(record)
    }

    /// Lays the fields of this record over those of `metadata`.
    pub fn lay_over(&self, metadata: &mut Metadata) {
        metadata.lay_over(&self.metadata);
    }

    fn read_field(&mut self, name: &str, value: Value) -> Result<(), String> {
        match (name, value) {
            (_, Value::Null) => {}
            ("meta", Value::Object(further)) => {
                for (name, value) in further {
                    self.quote_further(&name, &value);
                    self.metadata.set_meta(&name, value);
                }
            }
            ("meta", other) => return Err(format!("the field `meta` must be an object, not {}", kind_of(&other))),
            ("id", Value::String(id)) => self.id = Some(checked_id(id)?),
            ("id", Value::Number(id)) => self.id = Some(checked_id(id.to_string())?),
            ("body" | "text", Value::String(text)) => self.read_body(text)?,
            (name, value) => self.read_metadata(name, value)?,
        }
        Ok(())
    }

    fn read_body(&mut self, text: String) -> Result<(), String> {
        if self.body.is_some() {
            return Err("the object has both `body` and `text`: keep one".to_owned());
        }
        self.body = Some(text);
        Ok(())
    }

    fn read_metadata(&mut self, name: &str, value: Value) -> Result<(), String> {
        let field = name.parse::<Field>().ok();
        let must_be_text = field.is_some() || matches!(name, "id" | "body" | "text");
        let text = match value {
            Value::String(text) => text,
            // A year is written as a number, too.
            Value::Number(number) if matches!(field, Some(Field::Date | Field::Published)) => number.to_string(),
            other if must_be_text => {
                return Err(format!("the field `{name}` must be a string, not {}", kind_of(&other)));
            }
            other => {
                let name = name.strip_prefix("meta.").unwrap_or(name);
                self.quote_further(name, &other);
                self.metadata.set_meta(name, other);
                return Ok(());
            }
        };
        match field {
            Some(field) => self.quote(field.name().to_owned(), text.trim()),
            None => self.quote(
                format!("meta.{}", name.strip_prefix("meta.").unwrap_or(name)),
                text.trim(),
            ),
        }
        match field {
            None => self
                .metadata
                .set_meta(name.strip_prefix("meta.").unwrap_or(name), Value::String(text)),
            Some(Field::Source) => self.metadata.set_meta("source_as_given", Value::String(text)),
            Some(field @ (Field::Date | Field::Published)) => self.read_date(field, &text),
            Some(field) => self
                .metadata
                .set(field, &text)
                .expect("only date fields can be refused"),
        }
        Ok(())
    }

    /// Notes what a further field was read from.
    fn quote_further(&mut self, name: &str, value: &Value) {
        let is_nested = |element: &Value| element.is_object() || element.is_array();
        let texts = match value {
            Value::Object(_) => vec![value.to_string()],
            Value::Array(elements) if elements.iter().any(is_nested) => vec![value.to_string()],
            _ => scalar_texts(value),
        };
        for text in texts {
            self.quote(format!("meta.{name}"), &text);
        }
    }

    fn quote(&mut self, field: String, value: &str) {
        if !value.is_empty() {
            self.quoted.push((field, value.to_owned()));
        }
    }

    /// Takes an ISO date, or a date in words; another value is kept beside the field and reported.
    fn read_date(&mut self, field: Field, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        let day = without_clock(text);
        match day.parse::<Date>().ok().or_else(|| dates::whole(day)) {
            Some(date) => self.metadata.set_date(field, date),
            None => {
                self.metadata
                    .set_meta(&format!("{field}_as_given"), Value::String(text.to_owned()));
                self.warnings.push(format!(
                    "`{text}` is not understood as a {field}: kept as meta.{field}_as_given"
                ));
            }
        }
    }
}

/// A date without the time of day behind it: `2020-05-19` of `2020-05-19T08:00:00Z`.
fn without_clock(text: &str) -> &str {
    let text = text.trim();
    let has_clock = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit()) && rest.contains(':');
    text.split_once(['T', ' '])
        .filter(|(day, rest)| day.ends_with(|c: char| c.is_ascii_digit()) && has_clock(rest))
        .map_or(text, |(day, _)| day)
}

fn checked_id(id: String) -> Result<String, String> {
    ids::fault_of_given_id(&id).map_or(Ok(id), Err)
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
