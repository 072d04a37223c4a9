//! `/openapi.json`: the interface, described for programs. Nothing in it is written down twice: parameters are read from the tables
//! by which requests are checked, schemas are derived from the types that are serialized, problems come from the list of codes.

mod operations;
mod parameters;
mod responses;
mod schemas;

use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use serde_json::{Map, Value, json};

use super::limits::Limits;
use super::service::Service;
use crate::engine::TOOL_VERSION;
use operations::operations;
use schemas::Schemas;

/// Where the description lies.
pub(super) const PATH: &str = "/openapi.json";

/// The route of the description, which is made when it is first asked for.
pub(super) fn routes(limits: Limits) -> Router<Arc<Service>> {
    let made: Arc<OnceLock<String>> = Arc::default();
    let answer = move || async move {
        let document = made.get_or_init(|| document(&limits).to_string()).clone();
        let headers = [
            (header::CONTENT_TYPE, "application/json"),
            (header::CACHE_CONTROL, "no-cache"),
        ];
        (headers, document).into_response()
    };
    Router::new().route(PATH, get(answer))
}

/// The description of a server with these bounds.
fn document(limits: &Limits) -> Value {
    let mut schemas = Schemas::default();
    let mut paths: Map<String, Value> = Map::new();
    for operation in operations() {
        let described = operation.describe(limits, &mut schemas);
        let path = paths.entry(operation.path.clone()).or_insert_with(|| json!({}));
        path[operation.method] = described;
    }
    let token = json!({
        "type": "http",
        "scheme": "bearer",
        "description": "The token in the file that the server was started with (--token-file)",
    });
    json!({
        "openapi": "3.1.1",
        "info": {
            "title": "Chancery",
            "version": TOOL_VERSION,
            "summary": "Full-text search over corpora of diplomatic speech",
            "description": "The commands of the command line by their names and with the names of their options, and speeches as \
                resources. All `start` and `end` count Unicode code points. Objects may get further members in later versions.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": schemas.into_map(),
            "securitySchemes": {"token": token},
        },
    })
}
