//! `chancery search --queries`: a batch of queries in one process, one JSON object a line, in order.

use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use serde::Serialize;

use chancery::engine::{Answer, Engine};
use chancery::error::{Error, ErrorKind, Place, Result};
use chancery::names::Names;
use chancery::render::{Format, json};
use chancery::search::{Filters, SearchRequest, SearchResults};
use chancery::text::{CharSpan, char_spans};

use super::common::{CommonArgs, Outcome};
use super::output::cannot_write;
use super::queries;

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
    let text = queries::read(path)?;
    let engine = Engine::open(&common.index)?.with_names(names);
    let mut output = BufWriter::new(std::io::stdout().lock());
    let mut outcome = Outcome::NothingFound;
    for (number, line) in queries::lines(&text) {
        let start = Instant::now();
        let line = match queries::read_line(line) {
            Ok(query) => {
                let request = query
                    .filters(queries::refuse_field)
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
                    answer: Answer::of_search(engine.corpus(), results, start.elapsed()),
                })
            }
            (id, Err(error)) => {
                outcome = Outcome::PartlyRejected;
                let frame = Answer::new(Some(engine.corpus()), Nothing {}, start.elapsed());
                json::value(&failed(id, &error, number, frame))
            }
        };
        json::write_line(&line, &mut output).map_err(cannot_write)?;
    }
    output.flush().map_err(cannot_write)?;
    Ok(outcome)
}

/// The line for a query that failed; one without an id is named by its number.
fn failed(id: String, error: &Error, line_number: u64, frame: Answer<Nothing>) -> Failed {
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
