//! How a query that cannot be read is refused: the error points at the place and quotes no more than can be taken in.

use crate::error::{Error, ErrorKind};
use crate::text::ByteSpan;

/// The most characters of a query that a message quotes.
const LONGEST_QUOTE: usize = 40;

/// The error of a query that cannot be read at a place, with what to write instead.
pub(super) fn refusal(query: &str, span: ByteSpan, message: impl Into<String>, hint: impl Into<String>) -> Error {
    Error::new(ErrorKind::Query, message).in_query(query, span).hint(hint)
}

/// A part of a query as a message quotes it: a long one is cut.
pub(super) fn quoted(text: &str) -> String {
    match text.char_indices().nth(LONGEST_QUOTE) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}
