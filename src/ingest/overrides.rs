//! Fields that the caller sets on every speech (`--set field=value`), checked once before anything is read.
//!
//! They stand apart because they win over the sidecar, over JSON fields and over the header.

use serde_json::Value;

use crate::corpus::{Field, Metadata};
use crate::error::{Error, ErrorKind, Result};

/// The names that no caller may set, with the reason.
#[rustfmt::skip]
const NOT_SETTABLE: &[&str] = &[
    "body", "text", "source", "meta", "date_source", "language_source", "title_source", "speaker_source", "country_source",
    "event_source", "encoding",
];

/// The fields to set, known to be valid.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    fields: Vec<(Field, String)>,
    meta: Vec<(String, String)>,
    id: Option<String>,
}

impl Overrides {
    /// Checks the assignments.
    ///
    /// # Errors
    /// A usage error for a name that cannot be set, an id that cannot be kept, or a date that is not ISO 8601.
    pub fn new(assignments: &[(String, String)]) -> Result<Self> {
        let mut overrides = Self::default();
        for (name, value) in assignments {
            overrides.add(name.trim(), value)?;
        }
        Ok(overrides)
    }

    fn add(&mut self, name: &str, value: &str) -> Result<()> {
        if name.is_empty() || NOT_SETTABLE.contains(&name) {
            return Err(Error::new(ErrorKind::Usage, format!("`{name}` cannot be set"))
                .hint("set a metadata field such as speaker or event, or a name of your own"));
        }
        if name == "id" {
            if let Some(fault) = super::ids::fault_of_given_id(value) {
                return Err(Error::new(ErrorKind::Usage, fault));
            }
            self.id = Some(value.to_owned());
            return Ok(());
        }
        let Ok(field) = name.parse::<Field>() else {
            self.meta
                .push((name.strip_prefix("meta.").unwrap_or(name).to_owned(), value.to_owned()));
            return Ok(());
        };
        Metadata::default().set(field, value).map_err(|fault| {
            Error::new(ErrorKind::Usage, format!("`{name}={value}` cannot be set")).caused_by(fault)
        })?;
        self.fields.push((field, value.to_owned()));
        Ok(())
    }

    /// The id to give, if the caller sets one.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// Sets the fields on the metadata of one speech.
    pub fn apply(&self, metadata: &mut Metadata) {
        for (field, value) in &self.fields {
            metadata.set(*field, value).expect("every value was checked in `add`");
            match field {
                Field::Date if value.trim().is_empty() => metadata.remove(Field::DateSource),
                Field::Date => metadata
                    .set(Field::DateSource, "metadata")
                    .expect("a date source is any text"),
                Field::Language => metadata.remove(Field::LanguageSource),
                _ => {}
            }
        }
        for (name, value) in &self.meta {
            let value = if value.is_empty() {
                Value::Null
            } else {
                Value::String(value.clone())
            };
            metadata.set_meta(name, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overrides(name: &str, value: &str) -> Result<Overrides> {
        Overrides::new(&[(name.to_owned(), value.to_owned())])
    }

    #[test]
    fn a_date_must_be_iso() {
        assert_eq!(overrides("date", "21 June 2013").unwrap_err().kind(), ErrorKind::Usage);
        let mut metadata = Metadata::default();
        overrides("date", "2013-06").unwrap().apply(&mut metadata);
        assert_eq!(metadata.value(Field::Date), Some("2013-06"));
        assert_eq!(metadata.value(Field::DateSource), Some("metadata"));
    }

    #[test]
    fn any_other_name_is_a_further_field_and_an_empty_value_takes_a_field_away() {
        let mut metadata = Metadata::default();
        metadata.set(Field::Title, "旧题").unwrap();
        overrides("title", "").unwrap().apply(&mut metadata);
        overrides("topic", "气候").unwrap().apply(&mut metadata);
        assert!(!metadata.has(Field::Title));
        assert_eq!(metadata.meta_values("topic"), ["气候"]);
        assert!(overrides("body", "x").is_err());
    }
}
