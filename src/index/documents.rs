//! Speeches ↔ documents: a speech becomes a block of passages, and is put together again from them.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use tantivy::TantivyDocument;
use tantivy::schema::{OwnedValue, Value};

use super::schema::Fields;
use crate::analyzer::unit_text::{Continuity, PassageUnits, encode, passage_units};
use crate::analyzer::{FoldedText, TextSize, Unit, UnitKind, fold_line};
use crate::corpus::fingerprint::Fingerprinting;
use crate::corpus::metadata::scalar_texts;
use crate::corpus::passage::{MATTER_BASE, Passage, matter_number, passages};
use crate::corpus::versions::finding_hashes;
use crate::corpus::{Field, Fingerprint, Matter, Metadata, Paragraph, Quotation, Speech};
use crate::text::ByteSpan;

/// The longest metadata value that is filtered and counted by; a longer one is stored and shown all the same.
const LONGEST_FACET_BYTES: usize = 4_096;

/// What a speech has besides its passages.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SpeechRecord {
    /// The id.
    pub id: String,
    /// What is known about the speech.
    pub metadata: Metadata,
    /// The text before the first passage: header lines, and white space.
    pub head: String,
    /// The text after the last passage.
    pub tail: String,
    /// Where the body lies in the whole text.
    pub body: ByteSpan,
    /// The number of passages.
    pub passage_count: usize,
    /// What the source holds beside the speech.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub matter: Vec<Matter>,
    /// What the source says that metadata were read from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quoted: Vec<Quotation>,
}

/// The ordinal of the first matter of a speech: it stands behind the passages in their block and is told by this number.
pub const FIRST_MATTER_ORDINAL: u64 = 1 << 32;

/// A passage as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPassage {
    /// The paragraph, from 1; matter is numbered from [`MATTER_BASE`].
    pub paragraph: u32,
    /// The piece of a divided paragraph, from 1.
    pub piece: Option<u32>,
    /// The number of code points of the body before the passage.
    pub body_start: usize,
    /// The text as printed.
    pub text: String,
    /// The text between the passage before it and this one.
    pub gap: String,
    /// The passage's own speaker, where a transcript has turns.
    pub turn: Option<String>,
    /// Whether the source marks its paragraph as a heading.
    pub is_marked_heading: bool,
}

impl StoredPassage {
    /// Whether it is no passage of the speech but matter beside it.
    pub fn is_matter(&self) -> bool {
        matter_number(self.paragraph).is_some()
    }
}

/// How a speech came into the index.
#[derive(Clone, Copy, Debug)]
pub struct Provenance<'a> {
    /// The hash of the speech as ingested.
    pub content_hash: &'a str,
    /// The hash by which the same text is known again.
    pub text_key: &'a str,
    /// The root that it was ingested from.
    pub root: &'a str,
}

/// The documents of a speech, in order: its passages, then its matter; none if it has no passage.
pub fn documents(fields: &Fields, speech: &Speech, provenance: Provenance<'_>) -> Vec<TantivyDocument> {
    debug_assert!(
        speech.is_well_formed(),
        "{}: paragraphs out of order or outside of the body",
        speech.id
    );
    let passages = passages(speech);
    let language = speech
        .metadata
        .language()
        .map(|language| language.primary().to_owned())
        .unwrap_or_default();
    let mut documents: Vec<TantivyDocument> = Vec::with_capacity(passages.len());
    let mut fingerprinting = Fingerprinting::default();
    let (mut end_of_last, mut body_chars, mut counted_to) = (0, 0, speech.body.start);
    for (ordinal, passage) in passages.iter().enumerate() {
        body_chars += speech.text[counted_to..passage.span.start].chars().count();
        counted_to = passage.span.start;
        let units = passage_units(passage.text);
        fingerprinting.add(&units.speech);
        let following_han = following_han(&units, &passages[ordinal + 1..]);
        let mut document = passage_document(fields, speech, passage);
        document.add_text(
            fields.units,
            encode(&units, &language, continuity(passage), &following_han),
        );
        document.add_u64(fields.ordinal, ordinal as u64);
        let size = units.speech.size();
        document.add_u64(fields.characters, size.characters);
        document.add_u64(fields.words, size.words);
        let notes = units.notes.iter().map(FoldedText::size);
        if let Some(noted) = notes.reduce(TextSize::and) {
            document.add_u64(fields.noted_characters, noted.characters);
            document.add_u64(fields.noted_words, noted.words);
        }
        document.add_u64(fields.body_start, body_chars as u64);
        let gap = &speech.text[end_of_last..passage.span.start];
        if ordinal == 0 {
            add_title(fields, &mut document, speech, &language);
            add_speech_fields(fields, &mut document, speech, &passages, provenance);
        } else if gap != "\n" {
            document.add_text(fields.gap, gap);
        }
        end_of_last = passage.span.end;
        documents.push(document);
    }
    if let Some(first) = documents.first_mut() {
        add_fingerprint(fields, first, &fingerprinting.finish());
        let matter = speech.matter.iter().zip(1..);
        documents.extend(matter.map(|(matter, number)| matter_document(fields, speech, matter, number)));
    }
    documents
}

/// Matter as a document without a size: whoever counts text counts nothing of it.
fn matter_document(fields: &Fields, speech: &Speech, matter: &Matter, number: u32) -> TantivyDocument {
    let mut document = TantivyDocument::new();
    let text = matter.as_note();
    let language = speech.metadata.language();
    let language = language.as_ref().map_or("", |language| language.primary());
    let units = passage_units(&text);
    document.add_text(fields.units, encode(&units, language, Continuity::BeginsParagraph, ""));
    document.add_text(fields.speech, &speech.id);
    document.add_text(fields.text, text);
    document.add_u64(fields.paragraph, u64::from(MATTER_BASE + number));
    document.add_u64(fields.ordinal, FIRST_MATTER_ORDINAL + u64::from(number - 1));
    for field in [fields.characters, fields.words, fields.body_start] {
        document.add_u64(field, 0);
    }
    document
}

fn add_fingerprint(fields: &Fields, document: &mut TantivyDocument, fingerprint: &Fingerprint) {
    document.add_bytes(fields.fingerprint, &fingerprint.to_bytes());
    for hash in finding_hashes(fingerprint) {
        document.add_u64(fields.shingle, u64::from(*hash));
    }
}

fn continuity(passage: &Passage<'_>) -> Continuity {
    match passage.piece {
        Some(piece) if piece > 1 => Continuity::ContinuesParagraph,
        _ => Continuity::BeginsParagraph,
    }
}

fn passage_document(fields: &Fields, speech: &Speech, passage: &Passage<'_>) -> TantivyDocument {
    let mut document = TantivyDocument::new();
    document.add_text(fields.speech, &speech.id);
    document.add_text(fields.text, passage.text);
    document.add_u64(fields.paragraph, u64::from(passage.paragraph));
    if let Some(piece) = passage.piece {
        document.add_u64(fields.piece, u64::from(piece));
    }
    if let Some(speaker) = passage.speaker {
        document.add_text(fields.turn, speaker);
        document.add_text(fields.turn_folded, fold_line(speaker));
    }
    if passage.is_heading {
        document.add_bool(fields.heading, true);
    }
    if speech.paragraphs[passage.paragraph as usize - 1].is_heading {
        document.add_bool(fields.marked_heading, true);
    }
    document
}

/// The Han characters with which the following pieces of the same paragraph go on, where a passage ends in one.
fn following_han(units: &PassageUnits, following: &[Passage<'_>]) -> String {
    let is_han = |unit: &&Unit| unit.kind == UnitKind::Han;
    let mut han = String::new();
    if !units.speech.units().last().as_ref().is_some_and(is_han) {
        return han;
    }
    let pieces = following
        .iter()
        .take_while(|next| next.piece.is_some_and(|piece| piece > 1));
    for piece in pieces {
        let speech = passage_units(piece.text).speech;
        let run = speech.units().iter().take_while(is_han);
        han.extend(run.clone().map(|unit| speech.text_of(unit)));
        // A piece of stage directions alone is run over, as any that is Han to its end.
        if run.count() < speech.len() {
            break;
        }
    }
    han
}

fn add_title(fields: &Fields, document: &mut TantivyDocument, speech: &Speech, language: &str) {
    for field in [Field::Title, Field::Subtitle] {
        if let Some(title) = speech.metadata.value(field) {
            let units = passage_units(title);
            document.add_text(fields.title, encode(&units, language, Continuity::BeginsParagraph, ""));
        }
    }
}

fn add_speech_fields(
    fields: &Fields,
    document: &mut TantivyDocument,
    speech: &Speech,
    passages: &[Passage<'_>],
    provenance: Provenance<'_>,
) {
    let (first, last) = (&passages[0], &passages[passages.len() - 1]);
    let record = SpeechRecord {
        id: speech.id.clone(),
        metadata: speech.metadata.clone(),
        head: speech.text[..first.span.start].to_owned(),
        tail: speech.text[last.span.end..].to_owned(),
        body: speech.body,
        passage_count: passages.len(),
        matter: speech.matter.clone(),
        quoted: speech.quoted.clone(),
    };
    let record = serde_json::to_string(&record).expect("a record has only string keys");
    document.add_text(fields.record, record);
    document.add_text(fields.id, &speech.id);
    document.add_text(fields.content_hash, provenance.content_hash);
    document.add_text(fields.text_key, provenance.text_key);
    document.add_text(fields.root, provenance.root);
    document.add_text(fields.source, speech.metadata.value(Field::Source).unwrap_or_default());
    if let Some(date) = speech.metadata.date() {
        let (first_day, last_day) = date.day_numbers();
        document.add_i64(fields.first_day, first_day);
        document.add_i64(fields.last_day, last_day);
    }
    let printed = facet_values(&speech.metadata, str::to_owned);
    let folded = facet_values(&speech.metadata, fold_line);
    document.add_field_value(fields.printed, &OwnedValue::from(Json::Object(printed)));
    document.add_field_value(fields.folded, &OwnedValue::from(Json::Object(folded)));
}

/// The metadata as one object a speech: fields by name, the further ones as `meta.NAME`, each with the list of its values.
fn facet_values(metadata: &Metadata, form: impl Fn(&str) -> String) -> Map<String, Json> {
    let mut object = Map::new();
    let mut add = |name: String, values: Vec<String>| {
        let short = values.iter().filter(|value| value.len() <= LONGEST_FACET_BYTES);
        let formed: Vec<Json> = short.map(|value| Json::String(form(value))).collect();
        if !formed.is_empty() {
            object.insert(name, Json::Array(formed));
        }
    };
    for (field, value) in metadata.fields() {
        add(field.name().to_owned(), vec![value.to_owned()]);
    }
    for (name, value) in metadata.meta() {
        add(format!("meta.{name}"), scalar_texts(value));
    }
    object
}

/// Reads a passage back from its document.
pub fn stored_passage(fields: &Fields, document: &TantivyDocument) -> StoredPassage {
    let text = |field| {
        document
            .get_first(field)
            .and_then(|value| value.as_str())
            .map(str::to_owned)
    };
    let number = |field| document.get_first(field).and_then(|value| value.as_u64());
    StoredPassage {
        paragraph: number(fields.paragraph).unwrap_or_default() as u32,
        piece: number(fields.piece).map(|piece| piece as u32),
        body_start: number(fields.body_start).unwrap_or_default() as usize,
        text: text(fields.text).unwrap_or_default(),
        gap: text(fields.gap).unwrap_or_else(|| "\n".to_owned()),
        turn: text(fields.turn),
        is_marked_heading: document.get_first(fields.marked_heading).is_some(),
    }
}

/// Reads what the first passage of a speech says about the speech.
pub fn speech_record(fields: &Fields, document: &TantivyDocument) -> Option<SpeechRecord> {
    let record = document.get_first(fields.record).and_then(|value| value.as_str())?;
    serde_json::from_str(record).ok()
}

/// Puts a speech together again from its record and its passages in order.
pub fn assemble(record: &SpeechRecord, passages: &[StoredPassage]) -> Speech {
    let mut text = record.head.clone();
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for (index, passage) in passages.iter().filter(|passage| !passage.is_matter()).enumerate() {
        if index > 0 {
            text.push_str(&passage.gap);
        }
        let start = text.len();
        text.push_str(&passage.text);
        match paragraphs.last_mut() {
            Some(paragraph) if passage.piece.is_some_and(|piece| piece > 1) => paragraph.span.end = text.len(),
            _ => paragraphs.push(Paragraph {
                span: ByteSpan::new(start, text.len()),
                speaker: passage.turn.clone(),
                is_heading: passage.is_marked_heading,
            }),
        }
    }
    text.push_str(&record.tail);
    Speech {
        id: record.id.clone(),
        metadata: record.metadata.clone(),
        text,
        body: record.body,
        paragraphs,
        matter: record.matter.clone(),
        quoted: record.quoted.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::schema::schema;
    use super::*;

    #[test]
    fn a_speech_is_put_together_from_its_passages() {
        let sentence = "我们要加强合作，共同发展。";
        let long = sentence.repeat(100);
        let text = format!("澜海社6月17日电\n\n  各位同事：\n{long}\n\n\t谢谢。\n(责任编辑：某某)\n");
        let span = |part: &str| {
            let start = text.find(part).unwrap();
            ByteSpan::new(start, start + part.len())
        };
        let paragraphs = ["各位同事：", &long, "谢谢。"];
        let mut paragraphs = paragraphs.map(|part| Paragraph::new(span(part)));
        paragraphs[2].is_heading = true;
        let body = ByteSpan::new(paragraphs[0].span.start, paragraphs[2].span.end);
        let mut metadata = Metadata::default();
        metadata.set(Field::Title, "标题").unwrap();
        metadata.set_meta("a.b", serde_json::json!(["x", 2]));
        let speech = Speech {
            id: "a".into(),
            metadata,
            text: text.clone(),
            body,
            paragraphs: paragraphs.into(),
            matter: vec![Matter {
                place: crate::corpus::MatterPlace::End,
                after_paragraph: 3,
                text: "(责任编辑：⟦某某⟧)".into(),
            }],
            quoted: vec![Quotation {
                text: "澜海社6月17日电".into(),
                fields: vec!["agency".into()],
            }],
        };
        let (_, fields) = schema();
        let documents = documents(
            &fields,
            &speech,
            Provenance {
                content_hash: "h",
                text_key: "k",
                root: "r",
            },
        );
        assert!(documents.len() > 3, "the long paragraph is divided");
        let record = speech_record(&fields, &documents[0]).unwrap();
        let stored: Vec<StoredPassage> = documents
            .iter()
            .map(|document| stored_passage(&fields, document))
            .collect();
        assert_eq!(assemble(&record, &stored), speech);
        assert_eq!(record.passage_count + 1, documents.len());
        let body = speech.body_text();
        let (matter, stored) = stored.split_last().unwrap();
        assert!(
            matter.is_matter() && matter.text == "⟦(责任编辑：[某某])⟧",
            "{matter:?}"
        );
        for passage in stored {
            let from_start: String = body.chars().skip(passage.body_start).collect();
            assert!(from_start.starts_with(&passage.text));
        }
    }
}
