//! `chancery search --queries`: a batch of queries in one process, one JSON object a line, in order.

use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use chancery::engine::{Answer, Engine};
use chancery::error::{Error, ErrorKind, Place, Result};
use chancery::names::Names;
use chancery::render::{Format, json};
use chancery::search::{FilterField, Filters, SearchRequest, SearchResults};
use chancery::text::{CharSpan, char_spans};

use super::common::{CommonArgs, Outcome};
use super::output::cannot_write;
use super::search::answer;

/// A line of the answer: that of the query with the id.
#[derive(Serialize)]
struct Answered {
    id: String,
    #[serde(flatten)]
    answer: Answer<SearchResults>,
}

/// A line that says why there is no answer.
#[derive(Serialize)]
struct Failed {
    id: String,
    error: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    /// Where in the query, in code points.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<CharSpan>,
    #[serde(flatten)]
    frame: Answer<Nothing>,
}

/// The body of an answer that has none.
#[derive(Serialize)]
struct Nothing {}

/// A query of a batch.
#[derive(Deserialize)]
struct BatchQuery {
    id: String,
    #[serde(alias = "q", alias = "text")]
    query: String,
    #[serde(flatten)]
    fields: std::collections::BTreeMap<String, Value>,
}

/// Answers a batch; a line that is no query, or whose query fails, is answered by a line with its error.
pub(super) fn run(
    path: &Path,
    common: &CommonArgs,
    names: Arc<Names>,
    request: impl Fn(String, Filters) -> Result<SearchRequest>,
) -> Result<Outcome> {
    if matches!(common.format, Format::Csv | Format::Tsv) {
        let message = "a batch is answered in JSON, one object a line";
        return Err(Error::new(ErrorKind::Usage, message).hint("leave --format away, or give --format jsonl"));
    }
    let text = read(path)?;
    let engine = Engine::open(&common.index)?.with_names(names);
    let mut output = BufWriter::new(std::io::stdout().lock());
    let mut outcome = Outcome::NothingFound;
    for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let start = Instant::now();
        let line = match read_line(line) {
            Ok(query) => {
                let request = query
                    .filters()
                    .and_then(|filters| request(query.query.clone(), filters));
                (query.id, request.and_then(|request| engine.search(&request)))
            }
            Err(unread) => (unread.id, Err(unread.error)),
        };
        let line = match line {
            (id, Ok(results)) => {
                if results.total.passages > 0 && outcome == Outcome::NothingFound {
                    outcome = Outcome::Done;
                }
                json::value(&Answered {
                    id,
                    answer: answer(&engine, results, start),
                })
            }
            (id, Err(error)) => {
                outcome = Outcome::PartlyRejected;
                let frame = Answer::new(Some(engine.corpus()), Nothing {}, start.elapsed());
                json::value(&failed(id, &error, index + 1, frame))
            }
        };
        json::write_line(&line, &mut output).map_err(cannot_write)?;
    }
    output.flush().map_err(cannot_write)?;
    Ok(outcome)
}

/// The line for a query that failed; one without an id is named by its number.
fn failed(id: String, error: &Error, line_number: usize, frame: Answer<Nothing>) -> Failed {
    let message = match id.is_empty() {
        true => format!("line {line_number}: {error}"),
        false => error.to_string(),
    };
    let place = match error.place() {
        Some(Place::Query(query, span)) => char_spans(query, &[*span]).first().copied(),
        _ => None,
    };
    Failed {
        id,
        error: message,
        hint: error.hint_text().map(str::to_owned),
        place,
        frame,
    }
}

fn read(path: &Path) -> Result<String> {
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

/// A line that is no query: its id, as far as there is one, and why.
struct Unread {
    id: String,
    error: Error,
}

/// Reads a line `id<TAB>query` or a JSON object.
fn read_line(line: &str) -> std::result::Result<BatchQuery, Box<Unread>> {
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
    fn filters(&self) -> Result<Filters> {
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
