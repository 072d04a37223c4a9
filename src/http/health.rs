//! `/health`: what those who keep a server running ask it.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use schemars::JsonSchema;
use serde::Serialize;

use super::problem::{Code, Problem};
use super::service::Service;
use crate::index::manifest::CorpusVersion;
use crate::search::{Filters, Sort};

/// That a server runs, or is ready to answer.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Health {
    /// `live` or `ready`.
    status: &'static str,
    /// The corpus that answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    corpus: Option<CorpusVersion>,
    /// Why the last commit of another process was not taken, so that an older one answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    trouble: Option<&'static str>,
}

/// The routes.
pub(super) fn routes() -> Router<Arc<Service>> {
    Router::new()
        .route("/health/live", get(live))
        .route("/health/ready", get(ready))
}

/// Says that the server runs.
async fn live() -> Response {
    said(Health {
        status: "live",
        corpus: None,
        trouble: None,
    })
}

/// Says whether the index can be searched: a speech is read from it.
async fn ready(State(service): State<Arc<Service>>) -> Result<Response, Problem> {
    let engine = service.corpus.engine();
    let corpus = engine.corpus();
    let read = move || engine.list(&Filters::default(), Sort::Relevance, 0, 1);
    match tokio::task::spawn_blocking(read).await {
        Ok(Ok(_)) => Ok(said(Health {
            status: "ready",
            corpus: Some(corpus),
            trouble: service.corpus.commits.trouble(),
        })),
        _ => Err(Problem::new(
            Code::NotReady,
            "the index cannot be read; the log of the server says why",
        )),
    }
}

fn said(health: Health) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    let body = serde_json::to_vec(&health).unwrap_or_default();
    (headers, body).into_response()
}
