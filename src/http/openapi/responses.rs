//! What an operation is answered with: its answer, or one of the problems that it can have.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::super::api::reply::media_type;
use super::super::parameters::{Kind, Parameter};
use super::super::problem::{Code, PROBLEM_JSON, Written};
use super::schemas::Schemas;

/// The problems that any request can be answered with.
const OF_ALL: &[Code] = &[
    Code::InvalidParameter,
    Code::InvalidRequest,
    Code::InvalidHost,
    Code::NotAcceptable,
    Code::UnknownHost,
    Code::Internal,
    Code::IndexUnavailable,
    Code::Overloaded,
    Code::TookTooLong,
];

/// An answer in every form that it can be asked for, by the parameters that it takes: `json` is the schema of the one in JSON.
pub(super) fn in_all_formats(parameters: &[&[Parameter]], json: Value) -> Value {
    let mut content = Map::new();
    let formats = (parameters.iter().copied().flatten()).find_map(|parameter| match (parameter.name, parameter.kind) {
        ("format", Kind::Choice(names)) => Some(names),
        _ => None,
    });
    for (name, _) in formats.unwrap_or_default() {
        let essence = media_type(name).split(';').next().unwrap_or_default();
        let schema = match *name {
            "json" => json.clone(),
            _ => json!({"type": "string"}),
        };
        content.insert(essence.to_owned(), json!({"schema": schema}));
    }
    Value::Object(content)
}

/// The answers of an operation that reads: the one asked for, or that the client has it.
pub(super) fn reading(content: Value, has_pages: bool) -> Map<String, Value> {
    let tag = header("What tells this state of the corpus from others, for `If-None-Match` and `If-Match`");
    let mut headers = json!({
        "ETag": tag,
        "Cache-Control": header("How long it holds: until the corpus changes"),
        "X-Request-Id": request_id(),
    });
    if has_pages {
        headers["Link"] = header("The pages `first`, `prev` and `next` (RFC 8288), where there are such");
    }
    let not_modified = json!({
        "description": "The client has the answer: the corpus is as `If-None-Match` says",
        "headers": {"ETag": tag, "X-Request-Id": request_id()},
    });
    Map::from_iter([
        (
            "200".to_owned(),
            json!({"description": "The answer", "headers": headers, "content": content}),
        ),
        ("304".to_owned(), not_modified),
    ])
}

/// An answer with a body and nothing else to say.
pub(super) fn plain(description: &str, content: Value) -> Value {
    json!({"description": description, "headers": {"X-Request-Id": request_id()}, "content": content})
}

/// An answer about a change that was made.
pub(super) fn changed(status: StatusCode, description: &str, content: Value) -> Value {
    let mut answer = plain(description, content);
    answer["headers"]["ETag"] = header(
        "What tells the corpus after the change from other states of it, for the `If-Match` of the next change; it is no tag of \
         the speech that was sent",
    );
    if status == StatusCode::CREATED {
        answer["headers"]["Location"] = header("Where the speech is");
    }
    answer
}

/// The problems of an operation by their statuses, those of all requests among them.
pub(super) fn problems(own: &[Code], schemas: &mut Schemas) -> Map<String, Value> {
    let mut by_status: BTreeMap<u16, Vec<Code>> = BTreeMap::new();
    for code in Code::ALL
        .iter()
        .filter(|code| OF_ALL.contains(code) || own.contains(code))
    {
        by_status.entry(code.status().as_u16()).or_default().push(*code);
    }
    let described = |(status, codes): (u16, Vec<Code>)| (status.to_string(), problem(status, &codes, schemas));
    by_status.into_iter().map(described).collect()
}

fn problem(status: u16, codes: &[Code], schemas: &mut Schemas) -> Value {
    let meanings: Vec<String> = codes
        .iter()
        .map(|code| format!("`{}`: {}", code.name(), code.title()))
        .collect();
    let mut headers = json!({"X-Request-Id": request_id()});
    if status == StatusCode::SERVICE_UNAVAILABLE.as_u16() {
        headers["Retry-After"] = header("The seconds after which to ask again");
    }
    if status == StatusCode::UNAUTHORIZED.as_u16() {
        headers["WWW-Authenticate"] = header("`Bearer`");
    }
    json!({
        "description": meanings.join("\n\n"),
        "headers": headers,
        "content": {PROBLEM_JSON: {"schema": schemas.of::<Written<'_>>()}},
    })
}

fn request_id() -> Value {
    header("The name of the request in the log of the server")
}

fn header(description: &str) -> Value {
    json!({"description": description, "schema": {"type": "string"}})
}
