//! The HTTP layer: the answers of the command line under `/api/v1`, and a page for people.
//!
//! [`app`] is the whole of it as one router, which tests call without a socket. It asks the engine what the command line asks it and
//! renders the answer in the same way, so both print the same bytes; status codes live here only.

mod api;
mod conditional;
mod limits;
mod live;
mod openapi;
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
use axum::http::Uri;

pub use limits::Limits;
pub use problem::{Code, Problem};
pub use server::serve;
pub use service::{Service, Settings};

/// All routes, with everything that holds for each of them.
pub fn app(service: Arc<Service>) -> Router {
    Router::new()
        .merge(api::routes())
        .merge(openapi::routes(service.limits.clone()))
        .fallback(nothing_here)
        .method_not_allowed_fallback(other_method)
        .with_state(service)
}

async fn nothing_here(uri: Uri) -> Problem {
    Problem::new(Code::NoSuchResource, format!("there is nothing at `{}`", uri.path()))
        .hint("`/openapi.json` lists what there is")
}

async fn other_method(uri: Uri) -> Problem {
    Problem::new(
        Code::MethodNotAllowed,
        format!("`{}` does not take this method", uri.path()),
    )
    .hint("the header `Allow` names those it takes")
}
