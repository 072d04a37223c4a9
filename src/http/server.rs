//! The server: it takes connections and ends in order.

use std::sync::Arc;

use tokio::net::TcpListener;

use super::app;
use super::live;
use super::service::Service;
use crate::error::{Error, ErrorKind, Result};

/// Serves until `ended` is ready, then finishes what runs.
///
/// # Errors
/// The listener fails.
pub async fn serve(
    service: Arc<Service>,
    listener: TcpListener,
    ended: impl Future<Output = ()> + Send + 'static,
) -> Result<()> {
    let following = tokio::spawn(live::follow(Arc::clone(&service)));
    let served = axum::serve(listener, app(service)).with_graceful_shutdown(ended).await;
    following.abort();
    served.map_err(|fault| Error::new(ErrorKind::Io, "the server failed").caused_by(fault))
}
