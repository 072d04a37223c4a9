//! The page: which address shows what. What it looks like is the business of [`crate::page`].

mod analytics;
mod asked;
mod dates;
mod faults;
mod interface;
mod search;
mod speech;
mod speeches;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::conditional::EntityTag;
use super::problem::{Code, Problem};
use super::service::Service;
use crate::page::{ASSETS, Address, help};
use crate::text::Date;
use asked::{Asked, Page};
pub(super) use faults::faults_as_pages;
use interface::of_request;

/// What a browser may load and run for a page: what comes from here, and nothing that stands in the page itself.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The routes of the page.
pub(super) fn routes() -> Router<Arc<Service>> {
    Router::new()
        .route(
            "/",
            get(|state, uri, headers| answer(&search::SEARCH_PAGE, state, uri, headers)),
        )
        .route(
            "/concordance",
            get(|state, uri, headers| answer(&analytics::CONCORDANCE_PAGE, state, uri, headers)),
        )
        .route(
            "/timeline",
            get(|state, uri, headers| answer(&analytics::TIMELINE_PAGE, state, uri, headers)),
        )
        .route(
            "/first",
            get(|state, uri, headers| answer(&analytics::USES_PAGE, state, uri, headers)),
        )
        .route(
            "/speeches",
            get(|state, uri, headers| answer(&speeches::LIST_PAGE, state, uri, headers)),
        )
        .route("/speeches/{*id}", get(speech))
        .route(
            "/help",
            get(|state, uri, headers| answer(&HELP_PAGE, state, uri, headers)),
        )
}

/// The routes of what pages are made with, which cost nothing to answer.
pub(super) fn assets() -> Router<Arc<Service>> {
    Router::new().route("/assets/{name}", get(asset))
}

/// How to ask.
const HELP_PAGE: Page = Page {
    parameters: &[],
    usual: &[],
    make: |asked| Ok(help(&asked.visit)),
};

/// Answers with a page.
async fn answer(
    page: &'static Page,
    State(service): State<Arc<Service>>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let given = asked::given(uri.query())?;
    let (parameters, is_plain) = page.plain(&given);
    if !is_plain {
        return Ok(redirect(uri.path(), &parameters));
    }
    page.check(&parameters)?;
    let engine = service.corpus.engine();
    let interface = of_request(&parameters, &headers);
    let tag = EntityTag::new(&engine, &variant(interface), &uri);
    if let Some(response) = tag.not_modified(&headers) {
        return Ok(with_page_headers(response));
    }
    let mut asked = Asked::new(engine, parameters, interface, uri.path(), Arc::clone(&service));
    let made = service.work(move |stop| {
        asked.stop = stop;
        (page.make)(&asked)
    });
    Ok(tag.on(html(StatusCode::OK, made.await?)))
}

/// Answers with a speech. The address of a passage, `ID#p2`, as a path is that place in the speech.
async fn speech(state: State<Arc<Service>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let pairs = asked::given(uri.query())?;
    match speech::passage_address(uri.path(), &pairs) {
        Some(address) => Ok(redirect_to(&address)),
        None => answer(&speech::SPEECH_PAGE, state, uri, headers).await,
    }
}

/// What tells the page's forms of one answer apart: the language, how it is made up, and the day, which citations name.
fn variant(interface: crate::page::Interface) -> String {
    let [style, script, _] = &*ASSETS;
    let made_up: String = [style, script]
        .iter()
        .flat_map(|asset| asset.path.chars().skip(13).take(6))
        .collect();
    let day = Date::today().map_or(String::new(), |day| day.to_string());
    format!("{}-{made_up}-{day}", interface.name())
}

/// Sends the browser to the address that says the same without what chooses nothing.
fn redirect(path: &str, parameters: &[(String, String)]) -> Response {
    redirect_to(&asked::address(path, parameters))
}

fn redirect_to(address: &Address) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(address) = HeaderValue::from_str(&address.to_string()) {
        response.headers_mut().insert(header::LOCATION, address);
    }
    response
}

/// A page with what holds for every page.
fn html(status: StatusCode, page: String) -> Response {
    let mut response = (status, page).into_response();
    let media_type = HeaderValue::from_static("text/html; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, media_type);
    with_page_headers(response)
}

/// Adds what holds for every page. An answer that a page is unchanged says it too, for its headers take the place of those kept.
fn with_page_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let mut set = |name, value| headers.insert(name, HeaderValue::from_static(value));
    set(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY);
    set(header::VARY, "Accept-Language");
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "no-referrer");
    response
}

/// A file that pages refer to. Its name changes with what it holds, so it may be kept for good.
async fn asset(uri: Uri) -> Result<Response, Problem> {
    let found = ASSETS.iter().find(|asset| asset.path == uri.path());
    let asset =
        found.ok_or_else(|| Problem::new(Code::NoSuchResource, format!("there is nothing at `{}`", uri.path())))?;
    let mut response = asset.content.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.media_type));
    let for_good = HeaderValue::from_static("public, max-age=31536000, immutable");
    headers.insert(header::CACHE_CONTROL, for_good);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Ok(response)
}
