//! What is known about a speech: the fields of the contract, and any further field that a source brings.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::corpus::Field;
use crate::text::{Date, DateError, Language};

/// The metadata of one speech. A field that is not known is absent, never an empty string.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Metadata {
    #[serde(flatten)]
    fields: BTreeMap<Field, String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    meta: BTreeMap<String, Value>,
}

impl Metadata {
    /// Sets a field to the trimmed value; an empty value takes the field away.
    ///
    /// # Errors
    /// A date field takes only an ISO 8601 date of a year, a month or a day.
    pub fn set(&mut self, field: Field, value: &str) -> Result<(), DateError> {
        let value = value.trim();
        if value.is_empty() {
            self.fields.remove(&field);
            return Ok(());
        }
        let stored = match field {
            Field::Date | Field::Published => value.parse::<Date>()?.to_string(),
            Field::Language => Language::new(value).tag().to_owned(),
            _ => value.to_owned(),
        };
        self.fields.insert(field, stored);
        Ok(())
    }

    /// Sets a date field.
    pub fn set_date(&mut self, field: Field, date: Date) {
        self.fields.insert(field, date.to_string());
    }

    /// Lays the fields of another over these; a language that is stated takes the place of one that was detected.
    pub fn lay_over(&mut self, other: &Metadata) {
        self.fields.extend(other.fields.clone());
        self.meta.extend(other.meta.clone());
        if other.has(Field::Language) && !other.has(Field::LanguageSource) {
            self.remove(Field::LanguageSource);
        }
    }

    /// The value of a field as it is printed.
    pub fn value(&self, field: Field) -> Option<&str> {
        self.fields.get(&field).map(String::as_str)
    }

    /// Whether the field is known.
    pub fn has(&self, field: Field) -> bool {
        self.fields.contains_key(&field)
    }

    /// Takes a field away.
    pub fn remove(&mut self, field: Field) {
        self.fields.remove(&field);
    }

    /// The day of delivery.
    pub fn date(&self) -> Option<Date> {
        self.value(Field::Date).and_then(|text| text.parse().ok())
    }

    /// The language, stated or detected.
    pub fn language(&self) -> Option<Language> {
        self.value(Field::Language).map(Language::new)
    }

    /// All known fields, in output order.
    pub fn fields(&self) -> impl Iterator<Item = (Field, &str)> {
        self.fields.iter().map(|(field, value)| (*field, value.as_str()))
    }

    /// The further fields that the source brought, by name.
    pub fn meta(&self) -> &BTreeMap<String, Value> {
        &self.meta
    }

    /// Keeps a further field of the source; null takes it away.
    pub fn set_meta(&mut self, name: &str, value: Value) {
        if value.is_null() {
            self.meta.remove(name);
        } else {
            self.meta.insert(name.to_owned(), value);
        }
    }

    /// The values by which the further field `name` is filtered: one for a scalar, each element of a list, none for an object.
    pub fn meta_values(&self, name: &str) -> Vec<String> {
        self.meta.get(name).map(scalar_texts).unwrap_or_default()
    }
}

/// A scalar as text, a list as the texts of its scalars; objects and nulls have none.
pub fn scalar_texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Bool(_) | Value::Number(_) => vec![value.to_string()],
        Value::Array(elements) => elements
            .iter()
            .filter(|element| !element.is_array())
            .flat_map(scalar_texts)
            .collect(),
        Value::Null | Value::Object(_) => Vec::new(),
    }
}

/// What serde writes: each known field by its name, and the further ones under `meta`.
#[cfg(feature = "http")]
impl schemars::JsonSchema for Metadata {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Metadata".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let property = |field: &Field| {
            let schema = serde_json::json!({"type": "string", "description": field.description()});
            (field.name().to_owned(), schema)
        };
        let mut properties: serde_json::Map<String, Value> = Field::ALL.iter().map(property).collect();
        let further = "The further fields that the source brought, by name";
        let meta = serde_json::json!({"type": "object", "additionalProperties": true, "description": further});
        properties.insert("meta".to_owned(), meta);
        schemars::json_schema!({"type": "object", "properties": properties})
    }
}
