//! Headers: what the lines before and after a speech state about it, and where the speech itself lies.

use crate::corpus::Metadata;
use crate::text::ByteSpan;

/// What a header states.
#[derive(Clone, Debug)]
pub struct Header {
    /// The fields that are stated; nothing is inferred.
    pub metadata: Metadata,
    /// Where the body lies in the text.
    pub body: ByteSpan,
}

/// Reads the header of a text.
pub fn read(text: &str) -> Header {
    let start = text.len() - text.trim_start().len();
    let end = text.trim_end().len().max(start);
    Header {
        metadata: Metadata::default(),
        body: ByteSpan::new(start, end),
    }
}
