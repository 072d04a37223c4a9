//! Speeches and passages as resources.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use axum::routing::get;
use percent_encoding::percent_decode_str;

use super::super::parameters::Parameters;
use super::super::problem::{Code, Problem};
use super::super::service::Service;
use super::commands::COMMANDS;
use super::{ROOT, answer};

/// The routes of speeches: an id may hold `/`, percent-encoded or not.
pub(super) fn routes() -> Router<Arc<Service>> {
    Router::new().route(&format!("{ROOT}/speeches/{{*path}}"), get(show))
}

async fn show(State(service): State<Arc<Service>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let address = address(uri.path())?;
    let parameters = Parameters::of_address(uri.query())?.with("speech", address);
    let command = COMMANDS.iter().find(|command| command.name == "show");
    let command = command.ok_or_else(|| Problem::new(Code::Internal, "there is no command `show`"))?;
    answer(service, command, parameters, uri, headers).await
}

/// The id of the speech that a path names, or the address of the passage: `…/speeches/ID/passages/N`.
fn address(path: &str) -> Result<String, Problem> {
    let rest = path.split_once("/speeches/").map_or("", |(_, rest)| rest);
    let decoded = |text: &str| {
        let decoded = percent_decode_str(text).decode_utf8().map(|text| text.into_owned());
        decoded.map_err(|_| Problem::new(Code::NotFound, "the id in the path is not in UTF-8"))
    };
    match rest.rsplit_once("/passages/") {
        Some((id, passage)) if !passage.contains('/') => {
            let is_number = passage.split('.').all(|part| part.parse::<u32>().is_ok());
            match is_number {
                true => Ok(format!("{}#p{passage}", decoded(id)?)),
                false => Err(Problem::new(
                    Code::NotFound,
                    format!("`{passage}` is not the number of a passage"),
                )),
            }
        }
        _ => decoded(rest),
    }
}
