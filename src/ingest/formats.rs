//! The formats: bytes of a file become drafts of speeches, each format by its own reader.

use std::path::Path;

use serde_json::{Map, Value};

use crate::corpus::Metadata;
use crate::ingest::draft::{Draft, Layout};
use crate::ingest::reader::{Row, RowContent};
use crate::ingest::record::Record;
use crate::ingest::{InputFormat, json_array, text_file};

/// How files are read, the same for all of them.
#[derive(Clone, Debug, Default)]
pub struct Formats {}

/// What a file holds.
pub(in crate::ingest) enum Content {
    /// One speech.
    Speech(Box<Draft>),
    /// Many, each with its line.
    Rows(Vec<Row>),
}

/// Why a file cannot be read: the line, where the fault lies in one, and the reason in plain words.
pub(in crate::ingest) type Fault = (Option<u64>, String);

impl Formats {
    /// Reads a file that is held in memory.
    ///
    /// # Errors
    /// See [`Fault`].
    pub(in crate::ingest) fn read(&self, format: InputFormat, bytes: Vec<u8>, _name: &Path) -> Result<Content, Fault> {
        let draft = match format {
            InputFormat::Text | InputFormat::Markdown => Draft::new(text_file::decode(bytes)?, Layout::Lines),
            InputFormat::Json => {
                let text = text_file::decode(bytes)?;
                return json_array::read(&text).map(|content| self.json_content(content));
            }
            InputFormat::JsonLines | InputFormat::Table | InputFormat::Html | InputFormat::Pdf | InputFormat::Docx | InputFormat::Tei => {
                return Err((None, format!("the format {format} is not read yet")));
            }
        };
        Ok(Content::Speech(Box::new(draft)))
    }

    fn json_content(&self, content: json_array::JsonContent) -> Content {
        match content {
            json_array::JsonContent::One(object) => match self.read_record(object) {
                Ok(draft) => Content::Speech(Box::new(draft)),
                Err(reason) => Content::Rows(vec![Row {
                    line: 1,
                    ordinal: 1,
                    content: RowContent::Faulty(reason),
                }]),
            },
            json_array::JsonContent::Many(rows) => Content::Rows(rows),
        }
    }

    /// Reads a record: fields by name, and the text of the speech in one of them.
    ///
    /// # Errors
    /// In plain words, what is wrong with it.
    pub(in crate::ingest) fn read_record(&self, object: Map<String, Value>) -> Result<Draft, String> {
        let record = Record::read(object)?;
        let mut stated = Metadata::default();
        record.lay_over(&mut stated);
        let text = record.body.filter(|body| !body.trim().is_empty());
        Ok(Draft {
            id: record.id,
            stated,
            warnings: record.warnings,
            ..Draft::new(text.ok_or("the speech has no text: give it as `body`")?, Layout::Body)
        })
    }
}
