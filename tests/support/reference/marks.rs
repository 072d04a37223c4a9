//! Matches → highlights: cut to the passage, without the stage directions inside of them, overlapping ones made one.

use chancery::text::{ByteSpan, CharSpan};

use super::texts::Texts;

/// What is marked in a passage, as ranges of its code points; `marks` count bytes of its paragraph.
pub(crate) fn marked_chars(texts: &Texts, passage: usize, marks: Vec<ByteSpan>) -> Vec<CharSpan> {
    let passage = &texts.passages[passage];
    let paragraph = &texts.paragraphs[passage.paragraph];
    let mut is_marked = Vec::new();
    let mut spans: Vec<ByteSpan> = marks
        .into_iter()
        .flat_map(|mark| without(mark, &paragraph.notes))
        .map(|mark| ByteSpan::new(mark.start.min(passage.bytes.end), mark.end.min(passage.bytes.end)))
        .filter(|mark| !mark.is_empty())
        .collect();
    spans.sort_unstable();
    for span in spans {
        match is_marked.last_mut() {
            Some(ByteSpan { end, .. }) if span.start < *end => *end = span.end.max(*end),
            _ => is_marked.push(span),
        }
    }
    let chars_to = |byte: usize| paragraph.printed[passage.bytes.start..byte].chars().count();
    let in_chars = |span: ByteSpan| CharSpan {
        start: chars_to(span.start),
        end: chars_to(span.end),
    };
    is_marked.into_iter().map(in_chars).collect()
}

/// A match without the stage directions that lie inside of it.
fn without(mark: ByteSpan, notes: &[ByteSpan]) -> Vec<ByteSpan> {
    let mut parts = Vec::new();
    let mut start = mark.start;
    for note in notes
        .iter()
        .filter(|note| mark.start < note.start && note.end < mark.end)
    {
        parts.push(ByteSpan::new(start, note.start));
        start = note.end;
    }
    parts.push(ByteSpan::new(start, mark.end));
    parts
}
