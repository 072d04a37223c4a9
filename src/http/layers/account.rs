//! An account of every request: its id, a line in the log, and what the metrics count.

use std::sync::Arc;
use std::time::Instant;

use axum::body::HttpBody;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;

use crate::http::problem::Code;
use crate::http::service::Service;

/// The header that carries the id of a request.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The longest id that is taken from a client.
const LONGEST_ID: usize = 64;

/// The longest beginning of a path that is logged.
const LONGEST_PATH: usize = 200;

/// What is counted of a request whose client has gone before its answer, where the status would stand.
const GONE: u16 = 499;

/// A request while it is answered. The text of a query is what a person thinks about, so only its length is logged.
struct Account {
    service: Arc<Service>,
    id: String,
    method: &'static str,
    route: String,
    path: String,
    query_bytes: usize,
    start: Instant,
    status: u16,
    code: Option<&'static str>,
    bytes: Option<u64>,
}

/// Answers a request and keeps the account of it.
pub(super) async fn keep(State(service): State<Arc<Service>>, request: Request, next: Next) -> Response {
    let mut account = Account::open(service, &request);
    let span = tracing::info_span!("request", id = account.id);
    let mut response = next.run(request).instrument(span).await;
    if let Ok(id) = HeaderValue::from_str(&account.id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    account.status = response.status().as_u16();
    account.code = response.extensions().get::<Code>().map(|code| code.name());
    account.bytes = response.body().size_hint().exact();
    response
}

impl Account {
    fn open(service: Arc<Service>, request: &Request) -> Self {
        service.metrics.begin_request();
        let route = request.extensions().get::<MatchedPath>();
        Self {
            service,
            id: request_id(request.headers()),
            method: method_name(request.method()),
            route: route.map_or("none", |route| route.as_str()).to_owned(),
            path: request.uri().path().chars().take(LONGEST_PATH).collect(),
            query_bytes: request.uri().query().map_or(0, str::len),
            start: Instant::now(),
            status: GONE,
            code: None,
            bytes: None,
        }
    }
}

impl Drop for Account {
    /// Closes the account: with its answer, or without one when the client has gone.
    fn drop(&mut self) {
        let took = self.start.elapsed();
        let metrics = &self.service.metrics;
        metrics.end_request(self.method, &self.route, self.status, took);
        if self.code == Some(Code::TookTooLong.name()) {
            metrics.count_timeout();
        }
        // `?` writes control characters as escapes, so that no request can break a line of the log.
        tracing::info!(
            id = self.id,
            method = self.method,
            route = ?self.route,
            path = ?self.path,
            query_bytes = self.query_bytes,
            status = self.status,
            code = self.code,
            bytes = self.bytes,
            ms = took.as_micros() as f64 / 1_000.0,
            "{}", if self.status == GONE { "the client has gone" } else { "answered" }
        );
    }
}

/// The id that a client gave, where it is harmless, or one of our own.
fn request_id(headers: &HeaderMap) -> String {
    let is_harmless = |id: &&str| {
        let mut bytes = id.bytes();
        (1..=LONGEST_ID).contains(&id.len())
            && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    let given = headers.get(REQUEST_ID).and_then(|id| id.to_str().ok());
    given
        .filter(is_harmless)
        .map_or_else(|| format!("{:016x}", fastrand::u64(..)), str::to_owned)
}

/// The name of a method; those that clients make up have one together, so that they cannot fill the metrics.
fn method_name(method: &Method) -> &'static str {
    const KNOWN: &[&str] = &[
        "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT",
    ];
    let known = KNOWN.iter().find(|known| **known == method.as_str());
    known.copied().unwrap_or("other")
}
