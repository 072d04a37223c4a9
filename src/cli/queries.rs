//! Files of queries: lines `id<TAB>query`, or JSON objects with `id`, `q` and further fields, among them filters.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use chancery::corpus::metadata::scalar_texts;
use chancery::error::{Error, ErrorKind, Result};
use chancery::search::{FilterField, Filters};

/// A query of a file.
#[derive(Deserialize)]
pub(super) struct GivenQuery {
    pub(super) id: String,
    #[serde(alias = "q", alias = "text")]
    pub(super) query: String,
    #[serde(flatten)]
    pub(super) fields: BTreeMap<String, Value>,
}

/// A line that is no query: its id, as far as there is one, and why.
pub(super) struct Unread {
    pub(super) id: String,
    pub(super) error: Error,
}

/// The text of a file of queries; `-` is standard input.
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

/// The lines of a file of queries that are not blank, with their numbers from 1.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (u64, &str)> {
    let numbered = text.trim_start_matches('\u{feff}').lines().zip(1..);
    numbered
        .filter(|(line, _)| !line.trim().is_empty())
        .map(|(line, number)| (number, line))
}

/// Reads a file of queries, of which every line must be one.
pub(super) fn read_all(path: &Path) -> Result<Vec<GivenQuery>> {
    let text = read(path)?;
    let mut given: Vec<GivenQuery> = Vec::new();
    let mut lines_of_ids = BTreeMap::new();
    for (number, line) in lines(&text) {
        let query = read_line(line).map_err(|unread| {
            let error = unread.error.at_line(path, number);
            error.hint("write `id<TAB>query`, or a JSON object with `id` and `q`")
        })?;
        query.filters(|_| Ok(())).map_err(|error| error.at_line(path, number))?;
        if let Some(first) = lines_of_ids.insert(query.id.clone(), number) {
            let message = format!("the id `{}` is that of the query in line {first} too", query.id);
            return Err(Error::new(ErrorKind::Usage, message)
                .at_line(path, number)
                .hint("give every query an id of its own"));
        }
        given.push(query);
    }
    if given.is_empty() {
        let error = Error::new(ErrorKind::Usage, "there is no query").at_path(path);
        return Err(error.hint("write lines `id<TAB>query`"));
    }
    Ok(given)
}

/// Reads a line `id<TAB>query` or a JSON object.
pub(super) fn read_line(line: &str) -> std::result::Result<GivenQuery, Box<Unread>> {
    if !line.trim_start().starts_with('{') {
        let (id, query) = line.split_once('\t').ok_or_else(|| {
            let error = Error::new(ErrorKind::Usage, "there is no tab between an id and a query");
            Box::new(Unread {
                id: String::new(),
                error,
            })
        })?;
        return Ok(GivenQuery {
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

impl GivenQuery {
    /// The query's own filters; the names of fields that speeches are not filtered by are handed on.
    pub(super) fn filters(&self, mut other: impl FnMut(&str) -> Result<()>) -> Result<Filters> {
        let mut filters = Filters::default();
        for (name, value) in &self.fields {
            let texts = scalar_texts(value);
            let date = || texts.first().map(|text| text.parse()).transpose();
            let invalid = |error: chancery::text::DateError| Error::new(ErrorKind::Usage, error.to_string());
            match name.as_str() {
                "from" => filters.from = date().map_err(invalid)?,
                "to" => filters.to = date().map_err(invalid)?,
                _ => {
                    let field: FilterField = name.parse()?;
                    if matches!(field, FilterField::Further(_)) && !name.starts_with("meta.") {
                        other(name)?;
                        continue;
                    }
                    texts.into_iter().for_each(|text| filters.add(field.clone(), text));
                }
            }
        }
        Ok(filters)
    }
}
