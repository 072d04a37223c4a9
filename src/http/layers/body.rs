//! Bodies of requests: no larger than a route takes, and no slower than a client is waited for.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use http_body_util::BodyExt;

use crate::http::limits::Limits;
use crate::http::problem::{Code, Problem};
use crate::http::server::Patience;
use crate::http::service::Service;

/// Routes whose bodies have at most so many bytes. A body is gathered before its handler runs.
pub(in super::super) fn with_body_of(
    routes: Router<Arc<Service>>,
    most_bytes: usize,
    limits: &Limits,
) -> Router<Arc<Service>> {
    let idle_time = limits.idle_time;
    let bounded = move |request: Request, next: Next| async move {
        let (parts, body) = request.into_parts();
        let body = gathered(body, most_bytes, Patience::new(idle_time)).await?;
        let request = Request::from_parts(parts, Body::from(body));
        Ok::<Response, Problem>(next.run(request).await)
    };
    // The limit of the extractors is another, smaller one.
    routes.layer(DefaultBodyLimit::disable()).layer(from_fn(bounded))
}

async fn gathered(mut body: Body, most_bytes: usize, mut patience: Patience) -> Result<Bytes, Problem> {
    // What a client announces is believed when it is too much, never when it is little.
    if body.size_hint().lower() > most_bytes as u64 {
        return Err(too_large(most_bytes));
    }
    let mut gathered = Vec::new();
    while let Some(frame) = patience.wait(body.frame()).await.ok_or_else(too_slow)? {
        let frame = frame.map_err(|fault| broken_off(&fault))?;
        let Ok(bytes) = frame.into_data() else { continue };
        patience.earn(bytes.len());
        if gathered.len() + bytes.len() > most_bytes {
            return Err(too_large(most_bytes));
        }
        gathered.extend_from_slice(&bytes);
    }
    Ok(Bytes::from(gathered))
}

/// The problem of a body that is larger than it may be.
pub(in super::super) fn too_large(most_bytes: usize) -> Problem {
    let message = format!("the body has more than {most_bytes} bytes");
    Problem::new(Code::BodyTooLarge, message).hint("send it in several requests")
}

/// The problem of a body that is waited for too long.
pub(in super::super) fn too_slow() -> Problem {
    Problem::new(Code::BodyTimeout, "the body of the request did not arrive in time")
}

/// The problem of a body that ends before its end.
pub(in super::super) fn broken_off(fault: &axum::Error) -> Problem {
    Problem::new(Code::InvalidBody, format!("the body breaks off: {fault}"))
}
