//! A speech as a JSON object: the fields of the contract, further fields, and the body.
//!
//! JSON Lines and sidecar files share this reading, so a field means the same in both.

use serde_json::{Map, Value};

use crate::corpus::{Field, Metadata};
use crate::ingest::{dates, ids};
use crate::text::Date;

/// What a JSON object says about a speech.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// The id, if the object gives one.
    pub id: Option<String>,
    /// The text of the speech, from `body` or `text`.
    pub body: Option<String>,
    /// The fields; those that the object sets to an empty string or to null are absent.
    pub metadata: Metadata,
    /// What was read but not understood.
    pub warnings: Vec<String>,
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
        if metadata.has(Field::Date) && !metadata.has(Field::DateSource) {
            metadata
                .set(Field::DateSource, "metadata")
                .expect("a date source is any text");
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
                further
                    .into_iter()
                    .for_each(|(name, value)| self.metadata.set_meta(&name, value));
            }
            ("meta", other) => return Err(format!("the field `meta` must be an object, not {}", kind_of(&other))),
            ("id", Value::String(id)) => self.id = Some(checked_id(id)?),
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
            other if must_be_text => {
                return Err(format!("the field `{name}` must be a string, not {}", kind_of(&other)));
            }
            other => {
                self.metadata
                    .set_meta(name.strip_prefix("meta.").unwrap_or(name), other);
                return Ok(());
            }
        };
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

    /// Takes an ISO date, or a date in words; another value is kept beside the field and reported.
    fn read_date(&mut self, field: Field, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        match text.trim().parse::<Date>().ok().or_else(|| dates::whole(text)) {
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
