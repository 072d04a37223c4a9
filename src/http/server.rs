//! The server: it takes connections, holds each to the bounds of time and size, and ends in order.

mod patience;
mod transport;

use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};
use tower::ServiceExt;

use super::app;
use super::limits::Limits;
use super::live;
use super::service::Service;
pub(super) use patience::Patience;
use transport::{Conversation, Transport};

/// The largest head of a request, in bytes: the longest query of Han characters, percent-encoded, takes a third of it.
const HEAD_BYTES: usize = 64 << 10;

/// The most header lines of a request.
const HEADER_LINES: usize = 100;

/// How long the server waits after the system could not hand it a connection, as when there are too many open files.
const ACCEPT_AGAIN: Duration = Duration::from_millis(200);

/// Serves until `ended` is ready, then takes no more connections, finishes what runs, changes included whose clients have gone, and
/// gives up what takes longer than [`Limits::grace_time`].
///
/// What is no HTTP at all gets a bare 400, 414 or 431 before any route is looked for; every other error is a [`super::Problem`].
pub async fn serve(service: Arc<Service>, listener: TcpListener, ended: impl Future<Output = ()>) {
    let following = tokio::spawn(live::follow(Arc::clone(&service)));
    let limits = service.limits.clone();
    let end = serve_routes(app(Arc::clone(&service)), &limits, listener, ended).await;
    if timeout_at(end, service.writing.finish()).await.is_err() {
        tracing::warn!("a change that was not finished was given up");
    }
    following.abort();
}

/// Serves some routes; gives the time until which what still runs may be waited for.
async fn serve_routes(
    routes: Router,
    limits: &Limits,
    listener: TcpListener,
    ended: impl Future<Output = ()>,
) -> Instant {
    let places = Arc::new(Semaphore::new(limits.connections));
    let graceful = GracefulShutdown::new();
    // Dropping it ends the connections that are still open.
    let mut connections = JoinSet::new();
    let mut ended = pin!(ended);
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, accept(&listener).await)
        };
        tokio::select! {
            () = &mut ended => break,
            (place, stream) = next => {
                // When places run short a connection is for one request, so that idle ones do not shut others out.
                let is_kept = places.available_permits() > limits.connections / 4;
                let connection = converse(stream, routes.clone(), limits, is_kept, graceful.watcher());
                connections.spawn(async move {
                    let _place = place;
                    connection.await;
                });
            }
            Some(_) = connections.join_next() => {}
        }
    }
    drop(listener);
    let end = Instant::now() + limits.grace_time;
    if timeout_at(end, graceful.shutdown()).await.is_err() {
        tracing::warn!(connections = connections.len(), "what still ran was given up");
    }
    end
}

/// The next connection. Failures to get one are of the moment, and never the end of the server.
async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(fault) if is_of_the_client(&fault) => {}
            Err(fault) => {
                tracing::error!(%fault, "a connection could not be taken");
                tokio::time::sleep(ACCEPT_AGAIN).await;
            }
        }
    }
}

fn is_of_the_client(fault: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(fault.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// Answers the requests of a connection, one after the other.
fn converse(
    stream: TcpStream,
    routes: Router,
    limits: &Limits,
    is_kept: bool,
    watcher: Watcher,
) -> impl Future<Output = ()> + Send + use<> {
    // An answer is written at once, so there is nothing to gather.
    let _ = stream.set_nodelay(true);
    let conversation = Conversation::default();
    let transport = Transport::new(stream, conversation.clone(), limits);
    let answer = service_fn(move |request: Request<Incoming>| {
        let turn = conversation.answering();
        let answer = routes.clone().oneshot(request.map(Body::new));
        async move {
            let _turn = turn;
            answer.await
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .keep_alive(is_kept)
        .header_read_timeout(limits.idle_time)
        .max_headers(HEADER_LINES)
        .max_header_size(HEAD_BYTES)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(transport), answer);
    let watched = watcher.watch(connection);
    async move {
        if let Err(fault) = watched.await {
            tracing::debug!(%fault, "a connection ended before its time");
        }
    }
}

#[cfg(test)]
mod tests;
