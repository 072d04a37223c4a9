//! The HTTP layer: the answers of the command line under `/api/v1`, and a page for people.
//!
//! [`app`] is the whole of it as one router, which tests call without a socket. It asks the engine what the command line asks it and
//! renders the answer in the same way, so both print the same bytes; status codes live here only.

mod api;
mod commits;
mod conditional;
mod figures;
mod health;
mod layers;
mod limits;
mod live;
mod metrics;
mod openapi;
mod pages;
mod parameters;
mod problem;
mod server;
mod service;
mod token;
mod upload;
mod work;
mod write;

use std::sync::Arc;

use axum::Router;
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};

pub use limits::Limits;
pub use problem::{Code, Problem};
pub use server::serve;
pub use service::{Service, Settings};

/// All routes, with everything that holds for each of them.
pub fn app(service: Arc<Service>) -> Router {
    let limits = &service.limits;
    let answers = layers::with_body_of(api::routes(), limits.body_bytes, limits)
        .merge(api::routes_of_changes())
        .merge(layers::with_body_of(pages::routes(), 0, limits));
    let routes = Router::new()
        .merge(layers::bounded_in_number(answers, &service))
        .merge(layers::with_body_of(openapi::routes(limits.clone()), 0, limits))
        .merge(layers::with_body_of(pages::assets(), 0, limits))
        .merge(layers::with_body_of(health::routes(), 0, limits))
        .merge(layers::with_body_of(metrics::routes(), 0, limits))
        .fallback(nothing_here)
        .method_not_allowed_fallback(other_method);
    layers::around(routes, &service).with_state(service)
}

async fn nothing_here(uri: Uri) -> Problem {
    Problem::new(Code::NoSuchResource, format!("there is nothing at `{}`", uri.path()))
        .hint("`/openapi.json` lists what there is")
}

/// The answer to a method that a path does not take. axum adds the header `Allow`, which is the answer to `OPTIONS`.
async fn other_method(method: Method, uri: Uri) -> Response {
    if method == Method::OPTIONS {
        return StatusCode::NO_CONTENT.into_response();
    }
    Problem::new(
        Code::MethodNotAllowed,
        format!("`{}` does not take this method", uri.path()),
    )
    .hint("the header `Allow` names those it takes")
    .into_response()
}
