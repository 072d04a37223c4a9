//! For which host names the server answers.
//!
//! A page of another site can give its own name the address of this machine (DNS rebinding) and then read what only this machine may
//! ask for; but it cannot change the name that the browser sends along.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Uri, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::http::problem::{Code, Problem};
use crate::http::service::Service;

/// The names that a server answers for; all of them where there is none.
pub(in super::super) struct KnownHosts(Vec<String>);

impl KnownHosts {
    /// Names without ports, in any case.
    pub(in super::super) fn new(names: &[String]) -> Self {
        Self(names.iter().map(|name| plain(name)).collect())
    }

    fn has(&self, host: &str) -> bool {
        self.0.is_empty() || self.0.contains(&plain(host))
    }
}

/// A name in the one way that it is compared.
fn plain(name: &str) -> String {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    name.trim_start_matches('[').trim_end_matches(']').to_owned()
}

/// Lets a request through that names a known host.
pub(super) async fn check(
    State(service): State<Arc<Service>>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let host = named_host(request.headers(), request.uri())?;
    if !service.hosts.has(host.host()) {
        let message = format!("this server does not answer for `{}`", host.host());
        return Err(Problem::new(Code::UnknownHost, message).hint("start it with `--host NAME` to let it"));
    }
    Ok(next.run(request).await)
}

/// The host that a request names: in its target, where that is a whole address, else in the header `Host`, of which there must be
/// one in any case.
fn named_host(headers: &HeaderMap, uri: &Uri) -> Result<Authority, Problem> {
    let invalid = |message: &str| Problem::new(Code::InvalidHost, message);
    let mut lines = headers.get_all(header::HOST).into_iter();
    let (Some(line), None) = (lines.next(), lines.next()) else {
        return Err(invalid("there must be one header `Host`"));
    };
    let named = Authority::try_from(line.as_bytes()).ok();
    let is_plain = |named: &Authority| !named.as_str().contains('@') && !named.host().is_empty();
    let named = named.filter(is_plain);
    let named = named.ok_or_else(|| invalid("the header `Host` names no host"))?;
    match uri.authority() {
        Some(target) if !is_plain(target) => Err(invalid("the target of the request names no host")),
        Some(target) => Ok(target.clone()),
        None => Ok(named),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_in_any_case_with_and_without_port_and_final_dot() {
        let known = KnownHosts::new(&["Speeches.example".to_owned(), "[::1]".to_owned()]);
        let has = |host: &str| {
            let authority: Authority = host.parse().expect("a host");
            known.has(authority.host())
        };
        for host in [
            "speeches.example",
            "SPEECHES.example:7700",
            "speeches.example.",
            "[::1]:80",
        ] {
            assert!(has(host), "{host}");
        }
        for host in ["example", "speeches.example.evil.org", "127.0.0.1", "[::2]"] {
            assert!(!has(host), "{host}");
        }
        assert!(KnownHosts::new(&[]).has("anything"));
    }
}
