//! Problems as pages: whoever reads the page is told in its form what a program is told in JSON.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, Uri, header};
use axum::middleware::Next;
use axum::response::Response;

use super::super::problem::{Code, Problem};
use super::super::service::Service;
use super::interface::of_request;
use super::{asked, html};
use crate::page::{Fault, FaultKind, QueryFault, Visit, fault};
use crate::text::CharSpan;

/// The paths that programs ask for: they are told of problems in JSON.
const FOR_PROGRAMS: &[&str] = &["/api", "/health", "/metrics", "/openapi.json"];

/// Turns the problems of addresses that people ask for into pages.
pub(in super::super) async fn faults_as_pages(
    State(service): State<Arc<Service>>,
    request: Request,
    next: Next,
) -> Response {
    let (method, uri, headers) = (
        request.method().clone(),
        request.uri().clone(),
        request.headers().clone(),
    );
    let mut response = next.run(request).await;
    if !is_for_people(&method, uri.path()) {
        return response;
    }
    // Whoever asks for another host, as a page of another site may do, learns nothing of the corpus, not even its name.
    let is_told = |problem: &Problem| problem.code() != Code::UnknownHost;
    let Some(problem) = response.extensions_mut().remove::<Problem>().filter(is_told) else {
        return response;
    };
    let corpus = service.corpus.engine().corpus().name;
    let mut page = html(problem.code().status(), page_of(&problem, &uri, &headers, corpus));
    page.extensions_mut().insert(problem.code());
    for name in [header::CACHE_CONTROL, header::RETRY_AFTER, header::ALLOW] {
        if let Some(value) = response.headers_mut().remove(&name) {
            page.headers_mut().insert(name, value);
        }
    }
    page
}

fn is_for_people(method: &Method, path: &str) -> bool {
    let is_under = |root: &&str| {
        path.strip_prefix(*root)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let is_read = *method == Method::GET || *method == Method::HEAD;
    is_read && !FOR_PROGRAMS.iter().any(is_under)
}

fn page_of(problem: &Problem, uri: &Uri, headers: &HeaderMap, corpus: String) -> String {
    let pairs = asked::given(uri.query()).unwrap_or_default();
    let visit = Visit {
        interface: of_request(&pairs, headers),
        address: asked::address(uri.path(), &pairs),
        corpus,
    };
    let query = problem.place().map(|place| QueryFault {
        query: place.query.clone(),
        place: CharSpan {
            start: place.start,
            end: place.end,
        },
    });
    // Other hints are for whoever types commands: they name verbs and options.
    let hint = problem.hint_text().filter(|_| problem.code() == Code::InvalidQuery);
    let shown = Fault {
        kind: kind(problem),
        detail: problem.detail().to_owned(),
        hint: hint.map(str::to_owned),
        query,
    };
    fault(&visit, &shown)
}

fn kind(problem: &Problem) -> FaultKind {
    match (problem.code(), problem.parameter()) {
        (Code::InvalidQuery, _) => FaultKind::Query,
        (Code::QueryTooLong, _) => FaultKind::LongQuery,
        (Code::WindowTooLarge, _) => FaultKind::Window,
        (Code::InvalidParameter, Some("from" | "to")) => FaultKind::Dates,
        (Code::NotFound, Some("cite")) => FaultKind::Paragraph,
        (Code::NotFound, _) => FaultKind::Speech,
        (Code::NoSuchResource, _) => FaultKind::Nothing,
        (Code::Overloaded | Code::TookTooLong | Code::IndexBusy | Code::NotReady, _) => FaultKind::Busy,
        (code, _) if code.status().is_server_error() => FaultKind::Server,
        _ => FaultKind::Address,
    }
}
