//! A plain-text file: bytes to text, its header to metadata, the rest to body and paragraphs.
//!
//! It stands apart from the reader because the text of any other format ends up here too.

use crate::corpus::{Field, Metadata, Paragraph};
use crate::ingest::draft::{Draft, Layout};
use crate::ingest::{header, language, paragraphs, turns};
use crate::text::ByteSpan;

/// What a text says about itself.
#[derive(Clone, Debug)]
pub struct ReadText {
    /// What the header, the head and the tail state, and the language.
    pub metadata: Metadata,
    /// Where the body lies in the text.
    pub body: ByteSpan,
    /// The paragraphs of the body.
    pub paragraphs: Vec<Paragraph>,
}

/// Decodes the bytes of a file; a UTF-8 byte order mark is taken off, nothing else is changed.
///
/// # Errors
/// In plain words, why the bytes are no text, with the line where one is at fault.
pub fn decode(bytes: Vec<u8>) -> Result<String, (Option<u64>, String)> {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Err((None, "is UTF-16: convert it to UTF-8".to_owned()));
    }
    if let Some(position) = bytes.iter().position(|byte| *byte == 0) {
        return Err((
            Some(line_of(&bytes, position)),
            "is a binary file: it holds a zero byte".to_owned(),
        ));
    }
    let mut text = String::from_utf8(bytes).map_err(|fault| {
        let position = fault.utf8_error().valid_up_to();
        let line = line_of(fault.as_bytes(), position);
        (
            Some(line),
            "is not UTF-8: convert it, for example with iconv -f GB18030 -t UTF-8".to_owned(),
        )
    })?;
    if text.starts_with('\u{FEFF}') {
        text.drain(..'\u{FEFF}'.len_utf8());
    }
    if text.trim().is_empty() {
        return Err((None, "is empty".to_owned()));
    }
    Ok(text)
}

/// Reads the header, the body and the paragraphs of a text.
pub fn read(text: &str) -> ReadText {
    let header = header::read(text);
    let mut metadata = header.metadata;
    detect_language(&text[header.body.range()], &mut metadata);
    let mut paragraphs = paragraphs::rebuild(text, header.body);
    turns::name_speaker(&mut paragraphs, &metadata);
    ReadText {
        metadata,
        body: header.body,
        paragraphs,
    }
}

/// Reads the header, the body and the paragraphs of a draft whose lines are blocks.
pub fn read_draft(draft: &Draft) -> ReadText {
    let Layout::Blocks { headings } = &draft.layout else {
        let mut read = read(&draft.text);
        merge(&mut read.metadata, draft);
        return read;
    };
    let text = &draft.text;
    let published = draft.stated.value(Field::Published).and_then(|date| date.parse().ok());
    let header = header::read_blocks(text, headings, published);
    let mut metadata = header.metadata;
    merge(&mut metadata, draft);
    detect_language(&text[header.body.range()], &mut metadata);
    let lines = header::lines::lines_of(text, header.body);
    let address_lines = header::address_lines(&lines);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        match paragraphs.last_mut().filter(|_| (1..address_lines).contains(&index)) {
            Some(address) => address.span.end = line.span.end,
            None => paragraphs.push(Paragraph {
                is_heading: headings.contains(&line.span),
                ..Paragraph::new(line.span)
            }),
        }
    }
    turns::assign(text, &mut paragraphs);
    turns::name_speaker(&mut paragraphs, &metadata);
    ReadText {
        metadata,
        body: header.body,
        paragraphs,
    }
}

/// Lays what a format states over what the lines state, and fills in what it suggests.
fn merge(metadata: &mut Metadata, draft: &Draft) {
    let suggested: Vec<(Field, &str)> = draft
        .suggested
        .fields()
        .filter(|(field, _)| !metadata.has(*field))
        .collect();
    let has = |field: Field| suggested.iter().any(|(other, _)| *other == field);
    for (field, value) in &suggested {
        let is_of_other = matches!(field, Field::TitleSource if !has(Field::Title))
            || matches!(field, Field::SpeakerSource if !has(Field::Speaker));
        if !is_of_other {
            let _ = metadata.set(*field, value);
        }
    }
    for (field, value) in draft.stated.fields() {
        let _ = metadata.set(field, value);
    }
}

/// Sets the detected language unless one is stated.
pub fn detect_language(body: &str, metadata: &mut Metadata) {
    if metadata.has(Field::Language) {
        return;
    }
    if let Some(found) = language::detect(body) {
        metadata
            .set(Field::Language, found.tag())
            .expect("only date fields can be refused");
        metadata
            .set(Field::LanguageSource, "detected")
            .expect("only date fields can be refused");
    }
}

fn line_of(bytes: &[u8], position: usize) -> u64 {
    bytes[..position].iter().filter(|byte| **byte == b'\n').count() as u64 + 1
}
