//! Conditional requests: an answer is the same as long as the corpus is, so a client that has it need not be sent it again.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::engine::{Engine, TOOL_VERSION};

/// What tells the answers of one state of the corpus from those of another. It is weak: `took_ms` differs between equal answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EntityTag(String);

impl EntityTag {
    /// The tag of what an engine answers now; `variant` tells forms of one address apart, such as languages of the page.
    pub(super) fn new(engine: &Engine, variant: &str) -> Self {
        let dash = if variant.is_empty() { "" } else { "-" };
        Self(format!("W/\"{}-{TOOL_VERSION}{dash}{variant}\"", engine.edition()))
    }

    /// The answer to a client that has this already.
    pub(super) fn not_modified(&self, headers: &HeaderMap) -> Option<Response> {
        let matches = tags(headers, header::IF_NONE_MATCH).any(|tag| tag == "*" || is_same(tag, &self.0));
        matches.then(|| self.on(StatusCode::NOT_MODIFIED.into_response()))
    }

    /// Whether a change that is to be made only in some states of the corpus may be made in this one; `*` asks whether what is
    /// to be changed `is_there`.
    pub(super) fn allows_change(&self, headers: &HeaderMap, is_there: bool) -> bool {
        let is_met = |tag: &str| match tag {
            "*" => is_there,
            tag => is_same(tag, &self.0),
        };
        let mut wanted = tags(headers, header::IF_MATCH).peekable();
        let is_wanted = wanted.peek().is_none() || wanted.any(is_met);
        is_wanted && !tags(headers, header::IF_NONE_MATCH).any(is_met)
    }

    /// Says on a response what it is an answer of.
    pub(super) fn on(&self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        if let Ok(tag) = HeaderValue::from_str(&self.0) {
            headers.insert(header::ETAG, tag);
        }
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        response
    }
}

/// The tags of a header, which may stand in several lines.
fn tags(headers: &HeaderMap, name: header::HeaderName) -> impl Iterator<Item = &str> {
    let lines = headers
        .get_all(name)
        .into_iter()
        .filter_map(|value| value.to_str().ok());
    lines
        .flat_map(|line| line.split(','))
        .map(str::trim)
        .filter(|tag| !tag.is_empty())
}

/// Whether two tags are the same but for their weakness.
fn is_same(left: &str, right: &str) -> bool {
    let opaque = |tag: &str| tag.trim_start_matches("W/").to_owned();
    opaque(left) == opaque(right)
}
