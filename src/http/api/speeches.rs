//! Speeches and passages as resources.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, Uri, header};
use axum::response::Response;
use axum::routing::{get, post, put};
use percent_encoding::percent_decode_str;

use crate::http;

use super::super::parameters::Parameters;
use super::super::problem::{Code, Problem};
use super::super::service::Service;
use super::commands::{COMMANDS, OF_PASSAGE, OF_SPEECH};
use super::{ROOT, answer, writing};

/// The methods of passages.
pub(super) const OF_PASSAGES: &str = "GET, HEAD";

/// The routes of speeches: an id may hold `/`, percent-encoded or not.
pub(super) fn routes() -> Router<Arc<Service>> {
    Router::new().route(&one(), get(show).fallback(other_method))
}

/// The routes of changes, which take care of their bodies themselves: nothing is read of one before its token is checked.
pub(super) fn routes_of_changes() -> Router<Arc<Service>> {
    Router::new()
        .route(&one(), put(writing::put).delete(writing::delete))
        .route(&format!("{ROOT}/speeches"), post(writing::put_all))
}

fn one() -> String {
    format!("{ROOT}/speeches/{{*path}}")
}

/// The answer to a method that a speech or passage does not take: a passage shares its route with speeches, and takes fewer.
async fn other_method(method: Method, uri: Uri) -> Response {
    let is_passage = matches!(Resource::at(uri.path()), Ok(Resource::Passage(_)));
    let mut response = http::other_method(method, uri).await;
    if is_passage {
        let allowed = HeaderValue::from_static(OF_PASSAGES);
        response.headers_mut().insert(header::ALLOW, allowed);
    }
    response
}

async fn show(State(service): State<Arc<Service>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let (speech, known) = match Resource::at(uri.path())? {
        Resource::Speech(id) => (id, OF_SPEECH),
        Resource::Passage(address) => (address, OF_PASSAGE),
    };
    let parameters = Parameters::of_address(uri.query())?;
    parameters.check(known)?;
    let parameters = parameters.with("speech", speech);
    let command = COMMANDS.iter().find(|command| command.name == "show");
    let command = command.ok_or_else(|| Problem::new(Code::Internal, "there is no command `show`"))?;
    answer(service, command, parameters, uri, headers).await
}

/// What a path names.
pub(super) enum Resource {
    /// A speech, by its id.
    Speech(String),
    /// A passage, by its address.
    Passage(String),
}

impl Resource {
    /// What a path names: `…/speeches/ID` or `…/speeches/ID/passages/N`.
    pub(super) fn at(path: &str) -> Result<Self, Problem> {
        let rest = path.split_once("/speeches/").map_or("", |(_, rest)| rest);
        let decoded = |text: &str| {
            let decoded = percent_decode_str(text).decode_utf8().map(|text| text.into_owned());
            decoded.map_err(|_| Problem::new(Code::NotFound, "the id in the path is not in UTF-8"))
        };
        let Some((id, passage)) = rest
            .rsplit_once("/passages/")
            .filter(|(_, passage)| !passage.contains('/'))
        else {
            return Ok(Self::Speech(decoded(rest)?));
        };
        // `parse` alone would take a sign.
        let is_number = |part: &str| !part.starts_with('+') && part.parse::<u32>().is_ok();
        // Matter beside the speech is named as in its address: `m2`.
        if passage.strip_prefix('m').is_some_and(is_number) {
            return Ok(Self::Passage(format!("{}#{passage}", decoded(id)?)));
        }
        match passage.split('.').all(is_number) {
            true => Ok(Self::Passage(format!("{}#p{passage}", decoded(id)?))),
            false => {
                let message = format!("`{passage}` is not the number of a passage");
                Err(Problem::new(Code::NotFound, message))
            }
        }
    }
}
