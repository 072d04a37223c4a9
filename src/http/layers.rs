//! What holds for every request, whatever it asks for: who may ask, how much at a time, and what every answer says.

mod account;
pub(super) mod body;
mod caution;
mod host;
mod number;
mod origin;

use std::any::Any;
use std::sync::Arc;

use axum::Router;
use axum::body::HttpBody;
use axum::middleware::{from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};

use super::pages;
use super::problem::{Code, Problem};
use super::service::Service;
pub(super) use body::with_body_of;
pub(super) use host::KnownHosts;
pub(super) use number::{ANSWER_ROOM, bounded_in_number};
pub(super) use origin::origins;

/// The smallest answer that is compressed, in bytes; a smaller one fits into one packet as it is.
const COMPRESSED_FROM: u64 = 1_024;

/// The largest answer that is compressed, in bytes: it is done on the threads that talk to clients.
const COMPRESSED_TO: u64 = 4 << 20;

/// Adds them to all routes. The first here is the nearest to the routes.
pub(super) fn around(routes: Router<Arc<Service>>, service: &Arc<Service>) -> Router<Arc<Service>> {
    let worth_it = SizeAbove::new(COMPRESSED_FROM)
        .and(NotForContentType::IMAGES)
        .and(SizeUpTo(COMPRESSED_TO));
    let mut routes = routes.layer(CompressionLayer::new().compress_when(worth_it));
    if let Some(origins) = &service.origins {
        routes = routes.layer(origins.clone());
    }
    routes
        .layer(from_fn_with_state(Arc::clone(service), host::check))
        .layer(map_response(caution::as_problem))
        .layer(CatchPanicLayer::custom(after_panic))
        .layer(from_fn_with_state(Arc::clone(service), pages::faults_as_pages))
        .layer(map_response(caution::with_security_headers))
        .layer(from_fn_with_state(Arc::clone(service), account::keep))
}

/// Answers of at most so many bytes.
#[derive(Clone, Copy)]
struct SizeUpTo(u64);

impl Predicate for SizeUpTo {
    fn should_compress<B: HttpBody>(&self, response: &axum::http::Response<B>) -> bool {
        response.body().size_hint().lower() <= self.0
    }
}

/// The answer of a request whose handler panicked.
fn after_panic(panic: Box<dyn Any + Send>) -> Response {
    let message = (panic.downcast_ref::<String>().map(String::as_str))
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    tracing::error!(message, "a request failed by a fault of the program");
    Problem::new(Code::Internal, "the request failed by a fault of the program")
        .hint("the log of the server says more, under the id in `X-Request-Id`")
        .into_response()
}
