//! Changes of the corpus: a speech is put or deleted, or many are put, by those who bear the token.

use std::io::Cursor;
use std::sync::Arc;
use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::{CONTROLS, utf8_percent_encode};
use serde::Serialize;
use serde_json::{Map, Value};

use super::super::conditional::EntityTag;
use super::super::parameters::Parameters;
use super::super::problem::{Code, Problem};
use super::super::service::Service;
use super::super::upload::Upload;
use super::super::write::Ground;
use super::options::COLLECTION;
use super::speeches::{OF_PASSAGES, Resource};
use super::{JSON, check_media_type, object};
use crate::engine::{self, Answer, Engine, Outcome, OutcomeCode, SpeechOutcome};
use crate::render::json::{write_line, write_object};
use crate::search::Filters;

/// The largest body of one speech, in bytes: it is read in memory.
const SPEECH_BYTES: usize = 32 << 20;

/// The media types of many speeches, one a line.
pub(in super::super) const LINES: &[&str] = &["application/x-ndjson", "application/jsonl"];

/// What became of a speech that was put.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub(in super::super) struct PutSpeech {
    /// Its id.
    id: String,
    /// What became of it: `added`, `updated` or `unchanged`.
    result: Outcome,
}

/// Puts one speech: `PUT …/speeches/ID`.
pub(super) async fn put(State(service): State<Arc<Service>>, request: Request) -> Result<Response, Problem> {
    let start = Instant::now();
    let (head, body) = request.into_parts();
    let id = named(&head)?;
    service.writing.allow(&head.headers)?;
    Parameters::of_address(head.uri.query())?.check(&[])?;
    check_media_type(&head.headers, JSON)?;
    let most_bytes = service.limits.ingest_bytes.min(SPEECH_BYTES);
    let body = Upload::receive(body, most_bytes, service.patience()).await?.bytes()?;
    let speech = with_id(object(&body)?, &id)?;
    let (outcome, engine) = service
        .change(move |ground| {
            let read = stood_on(&head.headers, &ground, ground.engine.has(&id)?)?;
            let line = Cursor::new(Value::Object(speech).to_string());
            let outcome = engine::put(ground.index, Box::new(line), None, read)?.pop();
            outcome.ok_or_else(|| Problem::new(Code::InvalidSpeech, "the body holds no speech"))
        })
        .await?;
    let status = status_of(&outcome)?;
    let put = PutSpeech {
        id: outcome.id.unwrap_or_default(),
        result: outcome.result,
    };
    let answer = Answer {
        warnings: outcome.warnings,
        ..Answer::new(Some(engine.corpus()), put, start.elapsed())
    };
    let mut response = json(status, &answer, &engine)?;
    if status == StatusCode::CREATED
        && let Ok(place) = HeaderValue::try_from(utf8_percent_encode(head.uri.path(), CONTROLS).to_string())
    {
        response.headers_mut().insert(header::LOCATION, place);
    }
    Ok(response)
}

/// The status of an answer about a speech that was taken.
fn status_of(outcome: &SpeechOutcome) -> Result<StatusCode, Problem> {
    let reason = || outcome.reason.clone().unwrap_or_default();
    match outcome.result {
        Outcome::Added => Ok(StatusCode::CREATED),
        Outcome::Updated | Outcome::Unchanged => Ok(StatusCode::OK),
        _ if outcome.code == Some(OutcomeCode::Conflict) => Err(Problem::new(Code::Conflict, reason())),
        Outcome::Duplicate | Outcome::Rejected => Err(Problem::new(Code::InvalidSpeech, reason())),
    }
}

/// Deletes one speech: `DELETE …/speeches/ID`.
pub(super) async fn delete(State(service): State<Arc<Service>>, request: Request) -> Result<Response, Problem> {
    let start = Instant::now();
    let (head, _) = request.into_parts();
    let id = named(&head)?;
    service.writing.allow(&head.headers)?;
    Parameters::of_address(head.uri.query())?.check(&[])?;
    let (report, engine) = service
        .change(move |ground| {
            let missing = || Problem::new(Code::NotFound, format!("there is no speech `{id}`"));
            if !ground.engine.has(&id)? {
                return Err(missing());
            }
            let ids = std::slice::from_ref(&id);
            let report = match stood_on(&head.headers, &ground, true)? {
                Some(read) => engine::remove_as_read(ground.index, ids, read)?,
                None => engine::remove(ground.index, ids, &Filters::default())?,
            };
            // Another process may have been faster.
            match report.removed.is_empty() {
                true => Err(missing()),
                false => Ok(report),
            }
        })
        .await?;
    let answer = Answer::new(Some(engine.corpus()), report, start.elapsed());
    json(StatusCode::OK, &answer, &engine)
}

/// Puts many speeches, one a line: `POST …/speeches`.
pub(super) async fn put_all(State(service): State<Arc<Service>>, request: Request) -> Result<Response, Problem> {
    let (head, body) = request.into_parts();
    service.writing.allow(&head.headers)?;
    let parameters = Parameters::of_address(head.uri.query())?;
    parameters.check(&[COLLECTION])?;
    let collection = parameters.text("collection").map(str::to_owned);
    check_media_type(&head.headers, LINES)?;
    let upload = Upload::receive(body, service.limits.ingest_bytes, service.patience()).await?;
    let lines = upload.reader()?;
    let (outcomes, engine) = service
        .change(move |ground| {
            let read = stood_on(&head.headers, &ground, true)?;
            Ok(engine::put(ground.index, lines, collection, read)?)
        })
        .await?;
    if let [outcome] = outcomes.as_slice()
        && outcome.line.is_none()
    {
        let reason = outcome.reason.clone().unwrap_or_default();
        return Err(Problem::new(Code::InvalidBody, reason).hint("send one speech a line"));
    }
    let mut lines = Vec::new();
    for outcome in &outcomes {
        write_line(outcome, &mut lines).map_err(not_written)?;
    }
    Ok(written(StatusCode::OK, LINES[0], lines, &engine))
}

/// The id that a path names; a passage is a part of its speech and changes with it alone.
fn named(head: &Parts) -> Result<String, Problem> {
    match Resource::at(head.uri.path())? {
        Resource::Speech(id) => Ok(id),
        Resource::Passage(_) => Err(
            Problem::new(Code::MethodNotAllowed, "a passage cannot be changed by itself")
                .hint("put the whole speech")
                .allow(OF_PASSAGES),
        ),
    }
}

/// A speech with the id that the path names.
fn with_id(mut speech: Map<String, Value>, id: &str) -> Result<Map<String, Value>, Problem> {
    match speech.get("id") {
        None | Some(Value::Null) => {}
        Some(Value::String(given)) if given == id => {}
        Some(given) => {
            let message = format!("the id in the body, {given}, is not `{id}`, which the path names");
            return Err(Problem::new(Code::InvalidSpeech, message).hint("leave it out of the body"));
        }
    }
    speech.insert("id".to_owned(), Value::String(id.to_owned()));
    Ok(speech)
}

/// The state that a request stands on, which the corpus is held to; none where the request sets no condition.
fn stood_on<'a>(headers: &HeaderMap, ground: &Ground<'a>, is_there: bool) -> Result<Option<&'a Engine>, Problem> {
    if !tag_of(ground.engine).allows_change(headers, is_there) {
        return Err(Problem::new(
            Code::PreconditionFailed,
            "the corpus is not in the state that `If-Match` or `If-None-Match` asks for",
        )
        .hint("read what is there now, and send the change with its `ETag`"));
    }
    let has_condition = headers.contains_key(header::IF_MATCH) || headers.contains_key(header::IF_NONE_MATCH);
    Ok(has_condition.then_some(ground.engine))
}

/// The tag of a state of the corpus, whatever the address.
fn tag_of(engine: &Engine) -> EntityTag {
    EntityTag::new(engine, "", &Uri::default())
}

fn json<T: Serialize>(status: StatusCode, answer: &Answer<T>, after: &Engine) -> Result<Response, Problem> {
    let mut body = Vec::new();
    write_object(answer, &mut body).map_err(not_written)?;
    Ok(written(status, JSON[0], body, after))
}

/// An answer about a change, with the tag of the corpus after it.
fn written(status: StatusCode, media_type: &'static str, body: Vec<u8>, after: &Engine) -> Response {
    let mut response = tag_of(after).on((status, body).into_response());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn not_written(fault: std::io::Error) -> Problem {
    tracing::error!(%fault, "an answer could not be rendered");
    Problem::new(
        Code::Internal,
        "the change was made, but the answer could not be rendered",
    )
}
