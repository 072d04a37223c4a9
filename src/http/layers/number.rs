//! How many requests are answered or wait for it at a time.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use hyper::body::{Frame, SizeHint};
use tokio::sync::OwnedSemaphorePermit;

use crate::http::problem::{Code, Problem};
use crate::http::service::Service;

/// Answers up to this size are sent whatever else is under way.
const SMALL_KILOBYTES: u32 = 256;

/// The kilobytes of larger answers that may be under way to clients.
pub(in super::super) const ANSWER_ROOM: usize = 256 << 10;

/// Routes that are told to come again when the server has too much to do.
pub(in super::super) fn bounded_in_number(
    routes: Router<Arc<Service>>,
    service: &Arc<Service>,
) -> Router<Arc<Service>> {
    routes.layer(from_fn_with_state(Arc::clone(service), in_a_place))
}

async fn in_a_place(State(service): State<Arc<Service>>, request: Request, next: Next) -> Result<Response, Problem> {
    let Ok(place) = Arc::clone(&service.places).try_acquire_owned() else {
        return Err(overloaded(format!(
            "{} requests are being answered already",
            service.limits.requests
        )));
    };
    let (parts, body) = next.run(request).await.into_parts();
    let kilobytes = u32::try_from(body.size_hint().lower() >> 10).unwrap_or(u32::MAX);
    let room = match kilobytes {
        0..=SMALL_KILOBYTES => None,
        _ => {
            let room = Arc::clone(&service.answer_room).try_acquire_many_owned(kilobytes);
            Some(room.map_err(|_| overloaded("large answers are waited for by too many clients".to_owned()))?)
        }
    };
    let held = HeldBody {
        body,
        _held: (place, room),
    };
    Ok(Response::from_parts(parts, Body::new(held)))
}

fn overloaded(message: String) -> Problem {
    Problem::new(Code::Overloaded, message).hint("ask again in a moment")
}

/// The body of an answer, which has its place until it is sent or given up.
struct HeldBody {
    body: Body,
    _held: (OwnedSemaphorePermit, Option<OwnedSemaphorePermit>),
}

impl HttpBody for HeldBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
