//! What a command is asked with, and the answer in the form asked for: the bytes that the command line prints.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::super::limits::Limits;
use super::super::live::LiveCorpus;
use super::super::parameters::Parameters;
use super::super::problem::{Code, Problem};
use crate::engine::{Answer, Engine};
use crate::render::style::Page;
use crate::render::{Format, Render, render};
use crate::stop::Stop;

/// The form of an answer that is a picture.
pub(super) const SVG: &str = "svg";

/// What a browser may do for a picture that is opened by itself: show it, with the styles that stand in it.
const OF_PICTURES: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

/// A request as a command sees it.
pub(super) struct Asked<'a> {
    pub(super) corpus: &'a LiveCorpus,
    /// The engine of the corpus when the request came.
    pub(super) engine: &'a Engine,
    pub(super) parameters: &'a Parameters,
    pub(super) limits: &'a Limits,
    /// The path of the request, for links to other pages of the answer.
    pub(super) path: &'a str,
    pub(super) stop: Stop,
}

/// An answer, rendered.
pub(super) struct Reply {
    body: Vec<u8>,
    media_type: &'static str,
    links: Vec<String>,
}

impl Asked<'_> {
    /// Renders an answer in the form asked for.
    pub(super) fn reply<T: Serialize>(&self, answer: &Answer<T>) -> Result<Reply, Problem>
    where
        Answer<T>: Render,
    {
        let format = self.parameters.format()?;
        let mut body = Vec::new();
        render(answer, format, &mut body, &Page::default()).map_err(|fault| {
            tracing::error!(%fault, "an answer could not be rendered");
            Problem::new(Code::Internal, "the answer could not be rendered")
        })?;
        if format == Format::Text {
            body = anstream::adapter::strip_bytes(&body).into_vec();
        }
        Ok(Reply {
            body,
            media_type: media_type(self.parameters.text("format").unwrap_or_default()),
            links: Vec::new(),
        })
    }

    /// A picture, where one was asked for; else nothing.
    pub(super) fn picture(&self, draw: impl FnOnce() -> String) -> Option<Reply> {
        (self.parameters.text("format") == Some(SVG)).then(|| Reply {
            body: draw().into_bytes(),
            media_type: media_type(SVG),
            links: Vec::new(),
        })
    }

    /// The address of this request with other values for some parameters; `None` takes one away.
    pub(super) fn address_with(&self, changes: &[(&str, Option<String>)]) -> String {
        let kept = (self.parameters.pairs()).filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(kept);
        for (name, value) in changes {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        }
        format!("{}?{}", self.path, query.finish())
    }
}

impl Reply {
    /// Adds a link to another page of the answer (RFC 8288).
    pub(super) fn link(mut self, relation: &str, address: Option<String>) -> Self {
        if let Some(address) = address {
            self.links.push(format!("<{address}>; rel=\"{relation}\""));
        }
        self
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let mut response = self.body.into_response();
        let headers = response.headers_mut();
        if self.media_type == media_type(SVG) {
            headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(OF_PICTURES));
        }
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.media_type));
        if let Ok(links) = HeaderValue::from_str(&self.links.join(", "))
            && !self.links.is_empty()
        {
            headers.insert(header::LINK, links);
        }
        response
    }
}

/// The media type of a form of an answer, by the name of the form.
pub(in super::super) fn media_type(format: &str) -> &'static str {
    match format {
        "jsonl" => "application/x-ndjson",
        "csv" => "text/csv; charset=utf-8",
        "tsv" => "text/tab-separated-values; charset=utf-8",
        "text" => "text/plain; charset=utf-8",
        SVG => "image/svg+xml",
        _ => "application/json",
    }
}
