//! References to a speech, or to a passage of it.

use serde::Serialize;

use super::Engine;
use crate::citation::{CitationStyle, Cited, citation};
use crate::error::Result;
use crate::text::Date;

/// A reference to a speech, or to a passage of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct SpeechCitation {
    /// The id of the speech.
    pub speech: String,
    /// The address of the passage; absent where the whole speech is referred to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passage: Option<String>,
    /// The style.
    pub style: CitationStyle,
    /// The reference, ready to be copied.
    pub citation: String,
}

impl Engine {
    /// Refers to a speech by its id, or to a passage by its address; `accessed` is the day of today for whoever asks.
    ///
    /// # Errors
    /// No speech has the id, or the speech has no such paragraph.
    pub fn cite(
        &self,
        id: &str,
        paragraph: Option<u32>,
        style: CitationStyle,
        accessed: Option<Date>,
    ) -> Result<SpeechCitation> {
        let shown = self.show(id, paragraph, None)?;
        let number = match (&shown.body, shown.passages.as_slice()) {
            // The body stands there where the whole speech was asked for.
            (Some(_), _) | (None, []) => None,
            (None, [only]) => Some(match only.piece {
                Some(piece) => format!("{}.{piece}", only.paragraph),
                None => only.paragraph.to_string(),
            }),
            (None, [first, ..]) => Some(first.paragraph.to_string()),
        };
        let cited = Cited {
            id: &shown.id,
            metadata: &shown.metadata,
            passage: number.as_deref(),
            accessed,
        };
        Ok(SpeechCitation {
            citation: citation(&cited, style),
            passage: number.map(|number| format!("{}#p{number}", shown.id)),
            speech: shown.id,
            style,
        })
    }
}
