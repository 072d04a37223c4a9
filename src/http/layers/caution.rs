//! What every answer says, for the safety of those who read it.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};

use crate::http::problem::{Code, Problem};

/// What browsers are told where a handler tells them nothing else.
const SECURITY_HEADERS: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
];

/// Adds the security headers that a handler did not set.
pub(super) async fn with_security_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in SECURITY_HEADERS {
        let value = HeaderValue::from_static(value);
        headers.entry(HeaderName::from_static(name)).or_insert(value);
    }
    response
}

/// Makes a problem of an error that some layer or library answered in its own words.
pub(super) async fn as_problem(mut response: Response) -> Response {
    if let Some(code) = response.extensions().get::<Code>().copied() {
        // The compression calls a problem not acceptable too, where the client accepts no form that it has.
        *response.status_mut() = code.status();
        return response;
    }
    let status = response.status();
    let is_error = status.is_client_error() || status.is_server_error();
    if !is_error || is_page(response.headers()) {
        return response;
    }
    let code = (Code::ALL.iter().copied())
        .find(|code| code.status() == status)
        .unwrap_or(match status.is_client_error() {
            true => Code::InvalidRequest,
            false => Code::Internal,
        });
    let mut problem = Problem::new(code, code.title().to_lowercase()).into_response();
    if let Some(allowed) = response.headers().get(header::ALLOW) {
        problem.headers_mut().insert(header::ALLOW, allowed.clone());
    }
    problem
}

/// Whether an error is a page for people.
fn is_page(headers: &HeaderMap) -> bool {
    let media_type = headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    media_type.unwrap_or_default().starts_with(b"text/html")
}
