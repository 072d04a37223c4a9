//! `/api/v1`: every reading command under its name, and speeches as resources.

mod analytics;
pub(super) mod commands;
pub(super) mod options;
mod paging;
pub(super) mod questions;
pub(super) mod reply;
mod speeches;
pub(super) mod writing;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::Value;

use super::conditional::EntityTag;
use super::parameters::Parameters;
use super::problem::{Code, Problem};
use super::service::Service;
use crate::text::Date;
use commands::{COMMANDS, Command};
pub(super) use options::{FILTERS, LIST, SEARCH, check_query, check_window};
pub(super) use questions::{CONCORDANCE, QUERIES, QUERY, QUESTION, TIMELINE, USES};
use reply::Asked;

/// Where the interface lives; another version of it would live elsewhere.
pub(super) const ROOT: &str = "/api/v1";

/// The routes of the interface.
pub(super) fn routes() -> Router<Arc<Service>> {
    let mut routes = Router::new().merge(speeches::routes());
    for command in COMMANDS {
        let asked_by_address = move |State(service): State<Arc<Service>>, uri: Uri, headers: HeaderMap| async move {
            let parameters = Parameters::of_address(uri.query())?;
            answer(service, command, parameters, uri, headers).await
        };
        let asked_by_body = move |State(service): State<Arc<Service>>, uri: Uri, headers: HeaderMap, body: Bytes| async move {
            check_media_type(&headers, JSON)?;
            let parameters = Parameters::of_object(&object(&body)?, command.parameters)?;
            // What was posted is answered whole: a condition is for what lies at an address.
            answer(service, command, parameters, uri, HeaderMap::new()).await
        };
        let path = format!("{ROOT}/{}", command.name);
        routes = routes.route(&path, get(asked_by_address).post(asked_by_body));
    }
    routes
}

/// The routes of changes.
pub(super) fn routes_of_changes() -> Router<Arc<Service>> {
    speeches::routes_of_changes()
}

/// The media types of one object.
const JSON: &[&str] = &["application/json"];

/// Holds a body to be of one of some media types, and to be sent as it is.
fn check_media_type(headers: &HeaderMap, taken: &[&str]) -> Result<(), Problem> {
    let text = |name| headers.get(name).map_or(Ok(""), HeaderValue::to_str).unwrap_or("?");
    let essence = text(header::CONTENT_TYPE).split(';').next().unwrap_or_default().trim();
    if !taken.iter().any(|media_type| essence.eq_ignore_ascii_case(media_type)) {
        let message = format!("the body is `{essence}`, which is not taken here");
        return Err(Problem::new(Code::UnsupportedMediaType, message)
            .hint(format!("send it with the header `Content-Type: {}`", taken[0])));
    }
    let encodings = headers.get_all(header::CONTENT_ENCODING).iter();
    let is_plain = |encoding: &HeaderValue| encoding.as_bytes().eq_ignore_ascii_case(b"identity");
    if !encodings.into_iter().all(is_plain) {
        let message = format!("the body is encoded as `{}`", text(header::CONTENT_ENCODING));
        return Err(Problem::new(Code::UnsupportedMediaType, message)
            .hint("send it as it is, without the header `Content-Encoding`"));
    }
    Ok(())
}

/// The JSON object of a body.
fn object(body: &[u8]) -> Result<serde_json::Map<String, Value>, Problem> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Problem::new(Code::InvalidBody, "the body is no JSON object").hint("send {\"q\": \"…\"}")),
        Err(fault) => Err(Problem::new(Code::InvalidBody, format!("the body is no JSON: {fault}"))),
    }
}

/// What an answer depends on beside the corpus: what was asked, and of a reference the day on which it was asked for.
fn variant(parameters: &Parameters) -> String {
    let day = parameters.text("cite").and_then(|_| Date::today());
    let day = day.map_or(String::new(), |day| day.to_string());
    format!("{day} {:?}", parameters.pairs().collect::<Vec<_>>())
}

/// Answers a command.
async fn answer(
    service: Arc<Service>,
    command: &'static Command,
    parameters: Parameters,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    parameters.check(command.parameters)?;
    let engine = service.corpus.engine();
    let tag = EntityTag::new(&engine, &variant(&parameters), &uri);
    if let Some(response) = tag.not_modified(&headers) {
        return Ok(response);
    }
    let of_work = Arc::clone(&service);
    let path = uri.path().to_owned();
    let reply = service
        .work(move |stop| {
            let asked = Asked {
                corpus: &of_work.corpus,
                engine: &engine,
                parameters: &parameters,
                limits: &of_work.limits,
                path: &path,
                stop,
            };
            (command.run)(&asked)
        })
        .await?;
    Ok(tag.on(reply.into_response()))
}
