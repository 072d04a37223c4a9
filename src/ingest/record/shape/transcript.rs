//! Transcripts of recordings in records: a list of segments with their times, perhaps in an object of its own.

use serde_json::{Map, Value};

use super::{Turn, parts_of};
use crate::ingest::mapping::is_body_name;
use crate::ingest::subtitles::{self, Said};

/// The names under which records keep what programs heard in a recording.
const TRANSCRIPTS: &[&str] = &[
    "transcript",
    "transcripts",
    "transcription",
    "subtitles",
    "captions",
    "asr",
];

/// Whether a record keeps a transcript in an object of its own.
pub(in crate::ingest) fn holds_transcript(fields: &Map<String, Value>) -> bool {
    fields.iter().any(|(name, value)| list_in(name, value).is_some())
}

/// The name of the list of segments in an object that holds a transcript.
fn list_in<'a>(name: &str, value: &'a Value) -> Option<&'a String> {
    let lower = name.to_lowercase();
    let inner = value
        .as_object()
        .filter(|_| TRANSCRIPTS.contains(&lower.as_str()) || is_body_name(name))?;
    let has_words = |value: &Value| parts_of(value).is_some_and(|parts| !parts.is_empty());
    inner.iter().find(|(_, value)| has_words(value)).map(|(name, _)| name)
}

/// Takes the segments of a transcript out of its object, as the list `segments`; what else the object holds stays.
pub(super) fn take(object: &mut Map<String, Value>) {
    let has_text = object
        .iter()
        .any(|(name, value)| is_body_name(name) && value.as_str().is_some_and(|text| !text.trim().is_empty()));
    if has_text || object.contains_key("segments") {
        return;
    }
    let found = object
        .iter()
        .find_map(|(name, value)| Some((name.clone(), list_in(name, value)?.clone())));
    let Some((outer, list)) = found else { return };
    let segments = object
        .get_mut(&outer)
        .and_then(Value::as_object_mut)
        .and_then(|inner| inner.shift_remove(&list));
    if let Some(segments) = segments {
        object.insert("segments".to_owned(), segments);
    }
}

/// From when to when a segment is said.
pub(super) fn time(fields: &Map<String, Value>) -> Option<(u64, u64)> {
    let milliseconds = |name: &str| {
        let seconds = fields
            .get(name)?
            .as_f64()
            .filter(|seconds| (0.0..1e9).contains(seconds))?;
        Some((seconds * 1_000.0) as u64)
    };
    milliseconds("start").zip(milliseconds("end"))
}

/// Segments joined to paragraphs, as the cues of subtitles are; turns that are no segments stay as they are.
pub(super) fn joined(turns: Vec<Turn>) -> Vec<Turn> {
    let timed: Option<Vec<Said>> = turns
        .iter()
        .map(|turn| {
            let (start, end) = turn.time?;
            Some(Said {
                start,
                end,
                speaker: turn.speaker.clone(),
                text: turn.text.split_whitespace().collect::<Vec<_>>().join(" "),
            })
        })
        .collect();
    let Some(timed) = timed.filter(|timed| timed.len() > 1) else {
        return turns;
    };
    let paragraphs = subtitles::paragraphs(timed);
    let turn = |(speaker, text): (Option<String>, String)| Turn {
        speaker,
        text,
        time: None,
    };
    paragraphs.into_iter().map(turn).collect()
}
