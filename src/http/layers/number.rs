//! How many requests are answered or wait for it at a time.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;

use crate::http::problem::{Code, Problem};
use crate::http::service::Service;

/// Routes that are told to come again when the server has too much to do.
pub(in super::super) fn bounded_in_number(
    routes: Router<Arc<Service>>,
    service: &Arc<Service>,
) -> Router<Arc<Service>> {
    routes.layer(from_fn_with_state(Arc::clone(service), in_a_place))
}

async fn in_a_place(State(service): State<Arc<Service>>, request: Request, next: Next) -> Result<Response, Problem> {
    let Ok(_place) = service.places.try_acquire() else {
        let message = format!("{} requests are being answered already", service.limits.requests);
        return Err(Problem::new(Code::Overloaded, message).hint("ask again in a moment"));
    };
    Ok(next.run(request).await)
}
