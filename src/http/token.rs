//! The token by which a client shows that it may change the corpus.

use axum::http::{HeaderMap, header};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::problem::{Code, Problem};
use crate::error::{Error, ErrorKind, Result};

/// A token. Only its hash is kept: comparing hashes takes the same time whatever was sent, its length included.
pub(super) struct Token([u8; 32]);

impl Token {
    /// The token of a server.
    ///
    /// # Errors
    /// It is empty, so everyone would have it, or holds something that cannot stand in a header.
    pub(super) fn new(text: &str) -> Result<Self> {
        let is_visible = |byte: u8| byte.is_ascii_graphic();
        if text.is_empty() || !text.bytes().all(is_visible) {
            let message = "the token is empty, or not made of visible ASCII characters only";
            return Err(Error::new(ErrorKind::Usage, message)
                .hint("make one with `openssl rand -hex 32`, and write it into the file of --token-file"));
        }
        Ok(Self(hash(text)))
    }

    /// Whether a request bears this token.
    ///
    /// # Errors
    /// [`Code::Unauthorized`].
    pub(super) fn check(&self, headers: &HeaderMap) -> std::result::Result<(), Problem> {
        let Some(given) = bearer(headers) else {
            return Err(unauthorized("the request bears no token"));
        };
        match bool::from(hash(given).ct_eq(&self.0)) {
            true => Ok(()),
            false => Err(unauthorized("the token is another one")),
        }
    }
}

fn hash(text: &str) -> [u8; 32] {
    Sha256::digest(text).into()
}

/// The token in the header `Authorization`.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut lines = headers.get_all(header::AUTHORIZATION).iter();
    let line = lines.next().filter(|_| lines.next().is_none())?;
    let (scheme, token) = line.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("Bearer").then_some(token.trim())
}

fn unauthorized(message: &str) -> Problem {
    Problem::new(Code::Unauthorized, message).hint("send the header `Authorization: Bearer TOKEN`")
}
