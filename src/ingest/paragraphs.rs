//! Paragraphs, rebuilt from lines.

use crate::corpus::Paragraph;
use crate::text::ByteSpan;

/// Rebuilds the paragraphs of the body of a text.
pub fn rebuild(text: &str, body: ByteSpan) -> Vec<Paragraph> {
    let mut start = body.start;
    let mut found = Vec::new();
    for line in text[body.range()].split_inclusive('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let from = start + (line.len() - line.trim_start().len());
            found.push(Paragraph {
                span: ByteSpan::new(from, from + trimmed.len()),
                speaker: None,
            });
        }
        start += line.len();
    }
    found
}
