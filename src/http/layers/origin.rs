//! Which other pages may read the answers (CORS).

use axum::http::{HeaderName, HeaderValue, Method, Uri, header};
use tower_http::cors::{AllowOrigin, Any, CorsLayer};

use crate::error::{Error, ErrorKind, Result};

/// The layer that lets pages of some origins read the answers, `*` for all; none where none is named.
///
/// # Errors
/// A name is no origin.
pub(in super::super) fn origins(names: &[String]) -> Result<Option<CorsLayer>> {
    if names.is_empty() {
        return Ok(None);
    }
    let layer = CorsLayer::new()
        .allow_methods([Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::IF_MATCH,
            header::IF_NONE_MATCH,
        ])
        .expose_headers([
            header::ETAG,
            header::LINK,
            header::RETRY_AFTER,
            HeaderName::from_static("x-request-id"),
        ]);
    if names.iter().any(|name| name == "*") {
        return Ok(Some(layer.allow_origin(Any)));
    }
    let origins: Result<Vec<HeaderValue>> = names.iter().map(|name| origin(name)).collect();
    Ok(Some(layer.allow_origin(AllowOrigin::list(origins?))))
}

/// An origin as browsers send it: scheme, host and port, nothing behind.
fn origin(name: &str) -> Result<HeaderValue> {
    let invalid = || {
        Error::new(ErrorKind::Usage, format!("`{name}` is no origin"))
            .hint("write scheme, host and port alone, such as https://example.org, or `*` for all")
    };
    let address: Uri = name.parse().map_err(|_| invalid())?;
    let parts = address.scheme().zip(address.authority());
    let is_whole = parts.is_some_and(|(scheme, authority)| format!("{scheme}://{authority}") == name);
    let value = HeaderValue::from_str(name).map_err(|_| invalid())?;
    is_whole.then_some(value).ok_or_else(invalid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        for name in ["https://example.org", "http://localhost:5173", "*"] {
            assert!(origins(&[name.to_owned()]).is_ok(), "{name}");
        }
        for name in [
            "example.org",
            "https://example.org/",
            "https://example.org/page",
            "null",
            "",
        ] {
            assert!(origins(&[name.to_owned()]).is_err(), "{name}");
        }
    }
}
