//! What a source holds beside a speech: front, between and end matter, such as letterheads, credits and page furniture, and
//! the lines that became metadata. It stands apart from the speech because it is nobody's words.

use serde::{Deserialize, Serialize};

use crate::analyzer::notes::{NOTE_CLOSER, NOTE_OPENER};

/// Where matter stood in its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub enum MatterPlace {
    /// Before the first paragraph.
    Front,
    /// Between two paragraphs, or inside of one that runs over it.
    Between,
    /// Behind the last paragraph.
    End,
}

impl MatterPlace {
    /// The name as printed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Front => "front",
            Self::Between => "between",
            Self::End => "end",
        }
    }
}

/// Lines of a source that are no part of the speech; those that stood together are one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Matter {
    /// Where it stood.
    pub place: MatterPlace,
    /// The paragraph behind which it stood, from 1; 0 before the first.
    pub after_paragraph: u32,
    /// The lines, divided by line feeds.
    pub text: String,
}

impl Matter {
    /// The number of its lines.
    pub fn line_count(&self) -> usize {
        self.text.lines().count()
    }

    /// The text as it is indexed: one note, so that it is found only by who asks for notes too.
    pub fn as_note(&self) -> String {
        let plain = |character| match character {
            NOTE_OPENER => '[',
            NOTE_CLOSER => ']',
            other => other,
        };
        let mut note = String::with_capacity(self.text.len() + 6);
        note.push(NOTE_OPENER);
        note.extend(self.text.chars().map(plain));
        note.push(NOTE_CLOSER);
        note
    }
}

/// A line or value of a source that metadata were read from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Quotation {
    /// The line or value as it stood there.
    pub text: String,
    /// The fields that were read from it, by name; a further one as `meta.NAME`.
    pub fields: Vec<String>,
}
