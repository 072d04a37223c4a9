//! Errors as `application/problem+json` (RFC 9457): a status, a stable code, what to do, and of a query the place.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::error::{Error, ErrorKind, Place};
use crate::text::{CharSpan, char_spans};

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $variant:ident => $name:literal $status:ident $title:literal,)*) => {
        /// What went wrong, by a name that stays the same: programs decide by it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Code {
            $($(#[doc = $doc])* $variant,)*
        }

        impl Code {
            /// All codes.
            pub const ALL: &'static [Code] = &[$(Code::$variant),*];

            /// The name in the member `code`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The status that goes with it.
            pub fn status(self) -> StatusCode {
                match self { $(Self::$variant => StatusCode::$status,)* }
            }

            /// What it means, in the member `title`.
            pub fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }
        }
    };
}

codes! {
    /// The query cannot be read.
    InvalidQuery => "invalid_query" BAD_REQUEST "The query cannot be read",
    /// A parameter is unknown, missing, given twice or has a value that it cannot have.
    InvalidParameter => "invalid_parameter" BAD_REQUEST "A parameter cannot be understood",
    /// The body is not what it is said to be.
    InvalidBody => "invalid_body" BAD_REQUEST "The body of the request cannot be read",
    /// A speech that is put cannot be read.
    InvalidSpeech => "invalid_speech" UNPROCESSABLE_ENTITY "The speech cannot be taken",
    /// The query is too long.
    QueryTooLong => "query_too_long" BAD_REQUEST "The query is too long",
    /// The text to analyze is too long.
    TextTooLong => "text_too_long" BAD_REQUEST "The text is too long",
    /// The page lies behind what an offset can reach.
    WindowTooLarge => "window_too_large" BAD_REQUEST "The page lies too far behind the first hit",
    /// No token was given, or not the right one.
    Unauthorized => "unauthorized" UNAUTHORIZED "A bearer token is needed",
    /// The server was started without a token, so nothing can be changed.
    ReadOnly => "read_only" FORBIDDEN "This server changes nothing",
    /// There is no such speech or passage.
    NotFound => "not_found" NOT_FOUND "There is no such speech or passage",
    /// There is nothing at this path.
    NoSuchResource => "no_such_resource" NOT_FOUND "There is nothing at this path",
    /// The path does not take this method.
    MethodNotAllowed => "method_not_allowed" METHOD_NOT_ALLOWED "The method is not allowed here",
    /// The request is not what this server takes, in a way that has no code of its own.
    InvalidRequest => "invalid_request" BAD_REQUEST "The request cannot be understood",
    /// The header `Host` is missing, doubled or no host.
    InvalidHost => "invalid_host" BAD_REQUEST "The host of the request cannot be understood",
    /// No form of the answer is one that the client takes.
    NotAcceptable => "not_acceptable" NOT_ACCEPTABLE "No form of the answer is acceptable",
    /// The corpus is not in the state that the request stands on.
    PreconditionFailed => "precondition_failed" PRECONDITION_FAILED "The corpus has changed",
    /// Another speech has the id, and this one may not take its place.
    Conflict => "conflict" CONFLICT "Another speech has this id",
    /// The client waited too long with its body.
    BodyTimeout => "body_timeout" REQUEST_TIMEOUT "The body of the request did not arrive",
    /// The body is too large.
    BodyTooLarge => "body_too_large" PAYLOAD_TOO_LARGE "The body of the request is too large",
    /// The body is of a media type that is not understood here.
    UnsupportedMediaType => "unsupported_media_type" UNSUPPORTED_MEDIA_TYPE "The media type is not supported",
    /// The server does not answer for this host name.
    UnknownHost => "unknown_host" MISDIRECTED_REQUEST "This server does not answer for this host",
    /// Something went wrong that the client has no part in.
    Internal => "internal" INTERNAL_SERVER_ERROR "The server failed",
    /// The index cannot be read.
    IndexUnavailable => "index_unavailable" INTERNAL_SERVER_ERROR "The index cannot be read",
    /// Another process is writing to the index.
    IndexBusy => "index_busy" SERVICE_UNAVAILABLE "Another process is writing to the index",
    /// The index cannot be searched at the moment.
    NotReady => "not_ready" SERVICE_UNAVAILABLE "The index cannot be searched",
    /// The server has too much to do.
    Overloaded => "overloaded" SERVICE_UNAVAILABLE "The server has too much to do",
    /// The answer takes too long.
    TookTooLong => "took_too_long" SERVICE_UNAVAILABLE "The answer takes too long",
}

/// The media type of problems.
pub(super) const PROBLEM_JSON: &str = "application/problem+json";

/// A place in a query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct QueryPlace {
    /// The query as it was typed.
    pub query: String,
    /// The first code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
}

/// A request that cannot be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    code: Code,
    detail: String,
    hint: Option<String>,
    parameter: Option<String>,
    place: Option<Box<QueryPlace>>,
    methods: Option<&'static str>,
}

/// A request that could not be answered (RFC 9457).
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "Problem")]
pub(super) struct Written<'a> {
    /// What kind of problem it is; the same as `code`, as a URI.
    r#type: String,
    /// What kind of problem it is, in words.
    title: &'static str,
    /// The status of the answer.
    status: u16,
    /// What is wrong in this request.
    detail: &'a str,
    /// What kind of problem it is, by a name that stays the same.
    #[schemars(schema_with = "names_of_codes")]
    code: &'static str,
    /// What to do next.
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'a str>,
    /// The parameter that is at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<&'a str>,
    /// Where in the query it lies.
    #[serde(flatten)]
    place: Option<&'a QueryPlace>,
}

fn names_of_codes(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    let names: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    schemars::json_schema!({"type": "string", "enum": names})
}

impl Problem {
    /// A problem with a sentence that says what is wrong in this request.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
            hint: None,
            parameter: None,
            place: None,
            methods: None,
        }
    }

    /// Says which methods are allowed, where the path alone does not tell.
    pub(super) fn allow(self, methods: &'static str) -> Self {
        Self {
            methods: Some(methods),
            ..self
        }
    }

    /// Adds what to do next.
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self {
            hint: Some(hint.into()),
            ..self
        }
    }

    /// Adds the name of the parameter that is at fault.
    pub fn about(self, parameter: impl Into<String>) -> Self {
        Self {
            parameter: Some(parameter.into()),
            ..self
        }
    }

    /// The code.
    pub fn code(&self) -> Code {
        self.code
    }

    /// What is wrong in this request.
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// What to do next, if there is something.
    pub fn hint_text(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// The parameter that is at fault, if it is one.
    pub(super) fn parameter(&self) -> Option<&str> {
        self.parameter.as_deref()
    }

    /// Where in the query it lies.
    pub fn place(&self) -> Option<&QueryPlace> {
        self.place.as_deref()
    }
}

impl From<Error> for Problem {
    /// The problem that an error of the engine is. Paths of the server's disk are for its log, not for its clients.
    fn from(error: Error) -> Self {
        let code = match error.kind() {
            ErrorKind::Usage => Code::InvalidParameter,
            ErrorKind::Query => Code::InvalidQuery,
            ErrorKind::Index | ErrorKind::Io => Code::IndexUnavailable,
            ErrorKind::Busy => Code::IndexBusy,
            ErrorKind::NotFound => Code::NotFound,
            ErrorKind::Stopped => Code::TookTooLong,
            ErrorKind::Changed => Code::PreconditionFailed,
        };
        if code == Code::IndexUnavailable {
            tracing::error!(%error, "the index cannot be read");
            return Self::new(code, "the index cannot be read; the log of the server says why");
        }
        let place = match error.place() {
            Some(Place::Query(query, span)) => char_spans(query, &[*span]).first().map(|span: &CharSpan| {
                Box::new(QueryPlace {
                    query: query.clone(),
                    start: span.start,
                    end: span.end,
                })
            }),
            _ => None,
        };
        Self {
            code,
            detail: error.message().to_owned(),
            hint: error.hint_text().map(str::to_owned),
            parameter: None,
            place,
            methods: None,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.code.status();
        let written = Written {
            r#type: format!("urn:chancery:problem:{}", self.code.name()),
            title: self.code.title(),
            status: status.as_u16(),
            detail: &self.detail,
            code: self.code.name(),
            hint: self.hint.as_deref(),
            parameter: self.parameter.as_deref(),
            place: self.place.as_deref(),
        };
        let body = serde_json::to_vec(&written).unwrap_or_default();
        let mut response = (status, body).into_response();
        response.extensions_mut().insert(self.code);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        if let Some(methods) = self.methods {
            headers.insert(header::ALLOW, HeaderValue::from_static(methods));
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        // For the page, which says the same to people.
        response.extensions_mut().insert(self);
        response
    }
}
