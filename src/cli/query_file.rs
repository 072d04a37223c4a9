//! Files of queries: a line `id<TAB>query`, or a JSON object with `id`, `q` and filters.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use chancery::error::{Error, ErrorKind, Result};
use chancery::search::{FilterField, Filters};

/// A query of a file.
#[derive(Deserialize)]
pub(super) struct BatchQuery {
    pub(super) id: String,
    #[serde(alias = "q", alias = "text")]
    pub(super) query: String,
    #[serde(flatten)]
    fields: BTreeMap<String, Value>,
}

/// The text of a file, or of standard input where the path is `-`.
pub(super) fn read(path: &Path) -> Result<String> {
    let text = match path.as_os_str() == "-" {
        true => std::io::read_to_string(std::io::stdin()),
        false => std::fs::read_to_string(path),
    };
    text.map_err(|cause| {
        Error::new(ErrorKind::Io, "cannot read the queries")
            .at_path(path)
            .caused_by(cause)
    })
}

/// The lines that are not empty, with their numbers from 1.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (u64, &str)> {
    let numbered = (1..).zip(text.trim_start_matches('\u{feff}').lines());
    numbered.filter(|(_, line)| !line.trim().is_empty())
}

/// A line that is no query: its id, as far as there is one, and why.
pub(super) struct Unread {
    pub(super) id: String,
    pub(super) error: Error,
}

/// Reads a line `id<TAB>query` or a JSON object.
pub(super) fn read_line(line: &str) -> std::result::Result<BatchQuery, Box<Unread>> {
    if !line.trim_start().starts_with('{') {
        let (id, query) = line.split_once('\t').ok_or_else(|| {
            let error = Error::new(ErrorKind::Usage, "there is no tab between an id and a query");
            Box::new(Unread {
                id: String::new(),
                error,
            })
        })?;
        return Ok(BatchQuery {
            id: id.trim().to_owned(),
            query: query.to_owned(),
            fields: Default::default(),
        });
    }
    serde_json::from_str(line).map_err(|cause| {
        let id = serde_json::from_str::<Value>(line)
            .ok()
            .and_then(|object| object.get("id").map(Value::to_string));
        let error = Error::new(ErrorKind::Usage, "this is not a query {\"id\": \"…\", \"q\": \"…\"}").caused_by(cause);
        Box::new(Unread {
            id: id.unwrap_or_default(),
            error,
        })
    })
}

impl BatchQuery {
    /// The query's own filters.
    pub(super) fn filters(&self) -> Result<Filters> {
        let mut filters = Filters::default();
        for (name, value) in &self.fields {
            let texts = chancery::corpus::metadata::scalar_texts(value);
            let date = || texts.first().map(|text| text.parse()).transpose();
            let invalid = |error: chancery::text::DateError| Error::new(ErrorKind::Usage, error.to_string());
            match name.as_str() {
                "from" => filters.from = date().map_err(invalid)?,
                "to" => filters.to = date().map_err(invalid)?,
                _ => {
                    let field: FilterField = name.parse()?;
                    if matches!(field, FilterField::Further(_)) && !name.starts_with("meta.") {
                        return Err(Error::new(
                            ErrorKind::Usage,
                            format!("`{name}` is neither `id`, `q` nor a filter"),
                        ));
                    }
                    texts.into_iter().for_each(|text| filters.add(field.clone(), text));
                }
            }
        }
        Ok(filters)
    }
}
