//! Conditional requests: an answer is the same as long as the corpus is, so a client that has it need not be sent it again.

use std::fmt;

use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use crate::engine::{Engine, TOOL_VERSION};
use crate::text::hexadecimal;

/// What tells the answer of one address in one state of the corpus from all others. It is weak: `took_ms` differs between equal answers.
///
/// It holds the address, so that nobody has a tag for an address that was never answered well: one that is shown again need not be
/// answered again. Whoever changes the corpus is asked for the state alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EntityTag {
    state: String,
    address: String,
}

impl EntityTag {
    /// The tag of what an engine answers now; `variant` tells the forms of one address apart, such as the languages of the page.
    pub(super) fn new(engine: &Engine, variant: &str, address: &Uri) -> Self {
        let address = Sha256::digest(format!("{variant} {address}"));
        Self {
            state: format!("{}-{TOOL_VERSION}", engine.edition()),
            address: hexadecimal(&address[..6]),
        }
    }

    /// The answer to a client that has this already.
    pub(super) fn not_modified(&self, headers: &HeaderMap) -> Option<Response> {
        let own = self.to_string();
        let matches = tags(headers, header::IF_NONE_MATCH).any(|tag| opaque(tag) == opaque(&own));
        matches.then(|| self.on(StatusCode::NOT_MODIFIED.into_response()))
    }

    /// Whether a change that is to be made only in some states of the corpus may be made in this one; `*` asks whether what is
    /// to be changed `is_there`.
    pub(super) fn allows_change(&self, headers: &HeaderMap, is_there: bool) -> bool {
        let is_met = |tag: &str| match tag {
            "*" => is_there,
            tag => opaque(tag).split('~').next() == Some(&self.state),
        };
        let mut wanted = tags(headers, header::IF_MATCH).peekable();
        let is_wanted = wanted.peek().is_none() || wanted.any(is_met);
        is_wanted && !tags(headers, header::IF_NONE_MATCH).any(is_met)
    }

    /// Says on a response what it is an answer of.
    pub(super) fn on(&self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        if let Ok(tag) = HeaderValue::from_str(&self.to_string()) {
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

/// A tag without its quotation marks and whether it is weak.
fn opaque(tag: &str) -> &str {
    tag.trim_start_matches("W/").trim_matches('"')
}

impl fmt::Display for EntityTag {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "W/\"{}~{}\"", self.state, self.address)
    }
}
