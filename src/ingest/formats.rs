//! The formats: bytes of a file become drafts of speeches, each format by its own reader.

use std::path::Path;

use encoding_rs::Encoding;
use serde_json::{Map, Value};

use crate::corpus::Field;
use crate::ingest::draft::Draft;
use crate::ingest::encoding::{self, Decoded, How};
use crate::ingest::reader::{Row, set};
use crate::ingest::record::Record;
use crate::ingest::tei::{self, Corpora};
use crate::ingest::{
    InputFormat, Mapping, docx, epub, html, json_array, mail, many_in_one, markdown, odt, pdf, proceedings, rtf,
    subtitles,
};

/// How files are read, the same for all of them.
#[derive(Debug, Default)]
pub struct Formats {
    /// The encoding of every text, where the caller forces one.
    pub(in crate::ingest) encoding: Option<&'static Encoding>,
    /// What the names of fields mean.
    pub(in crate::ingest) mapping: Mapping,
    /// What files of TEI corpora say about the speakers in others.
    pub(in crate::ingest) corpora: Corpora,
}

/// What a file holds.
pub(in crate::ingest) enum Content {
    /// One speech or a few.
    Speeches(Vec<Draft>),
    /// Many, each with its line.
    Rows(Vec<Row>),
}

impl Content {
    fn one(draft: Draft) -> Self {
        Self::Speeches(vec![draft])
    }
}

/// Why a file cannot be read: the line, where the fault lies in one, and the reason in plain words.
pub(in crate::ingest) type Fault = (Option<u64>, String);

impl Formats {
    /// Reads a file that is held in memory.
    ///
    /// # Errors
    /// See [`Fault`].
    pub(in crate::ingest) fn read(&self, format: InputFormat, bytes: Vec<u8>, name: &Path) -> Result<Content, Fault> {
        let whole = |reason: String| (None, reason);
        match format {
            InputFormat::Text => {
                let decoded = self.decode(&bytes, None).map_err(whole)?;
                let mut drafts = many_in_one::divided(decoded.text);
                if decoded.how == How::Detected {
                    let encoding = decoded.encoding;
                    drafts
                        .iter_mut()
                        .for_each(|draft| set(&mut draft.stated, Field::Encoding, encoding));
                }
                Ok(Content::Speeches(drafts))
            }
            InputFormat::Markdown => self.of_text(&bytes, None, |text| markdown::read(&text, &self.mapping)),
            InputFormat::Json => {
                let text = self.decode(&bytes, None).map_err(whole)?.text;
                self.json_content(json_array::read(&text)?).map_err(whole)
            }
            InputFormat::Html => {
                let declared = html::declared_encoding(&bytes);
                self.of_text(&bytes, declared.as_deref(), |page| html::read(&page))
            }
            InputFormat::Tei => {
                let declared = html::declared_encoding(&bytes);
                let xml = self.decode(&bytes, declared.as_deref()).map_err(whole)?.text;
                let drafts = tei::read(&xml, self.corpora.of(name).as_deref()).map_err(whole)?;
                Ok(Content::Speeches(drafts))
            }
            InputFormat::Proceedings => {
                let declared = html::declared_encoding(&bytes);
                let xml = self.decode(&bytes, declared.as_deref()).map_err(whole)?.text;
                proceedings::read(&xml).map(Content::Speeches).map_err(whole)
            }
            InputFormat::Odt => odt::read(&bytes).map(Content::one).map_err(whole),
            InputFormat::Rtf => rtf::read(&bytes).map(Content::one).map_err(whole),
            InputFormat::Epub => epub::read(&bytes).map(Content::one).map_err(whole),
            InputFormat::Mail => mail::read(&bytes).map(Content::one).map_err(whole),
            InputFormat::Subtitles => self.of_text(&bytes, None, |text| subtitles::read(&text)),
            InputFormat::Docx => docx::read(&bytes).map(Content::one).map_err(whole),
            InputFormat::Pdf => pdf::read(&bytes).map(Content::one).map_err(whole),
            // They are read row by row from the stream.
            InputFormat::JsonLines | InputFormat::Table => Err((None, format!("cannot be read as {format}"))),
        }
    }

    /// Reads a format that is text in some encoding.
    fn of_text(
        &self,
        bytes: &[u8],
        declared: Option<&str>,
        read: impl FnOnce(String) -> Result<Draft, String>,
    ) -> Result<Content, Fault> {
        let decoded = self.decode(bytes, declared).map_err(|reason| (None, reason))?;
        let mut draft = read(decoded.text).map_err(|reason| (None, reason))?;
        if decoded.how == How::Detected {
            set(&mut draft.stated, Field::Encoding, decoded.encoding);
        }
        Ok(Content::one(draft))
    }

    fn decode(&self, bytes: &[u8], declared: Option<&str>) -> Result<Decoded, String> {
        let decoded = encoding::decode(bytes, declared, self.encoding)?;
        match decoded.text.trim().is_empty() {
            true => Err("is empty".to_owned()),
            false => Ok(decoded),
        }
    }

    fn json_content(&self, content: json_array::JsonContent) -> Result<Content, String> {
        match content {
            json_array::JsonContent::One(object) => match proceedings::diet::of_json(&object) {
                Some(meetings) => Ok(Content::Speeches(meetings)),
                None => Ok(Content::one(self.read_record(object, true)?)),
            },
            json_array::JsonContent::Many(rows) => Ok(Content::Rows(rows)),
        }
    }

    /// Reads a record: fields by name, and the text of the speech in one of them. The first of a file is warned of where it
    /// lacks a field that the caller named.
    ///
    /// # Errors
    /// In plain words, what is wrong with it.
    pub(in crate::ingest) fn read_record(&self, object: Map<String, Value>, is_first: bool) -> Result<Draft, String> {
        let checked = self.mapping.check(object.keys().map(String::as_str));
        let mut draft = Record::read_mapped(object, &self.mapping)?.draft()?;
        if let (true, Err(warning)) = (is_first, checked) {
            draft.warnings.push(warning);
        }
        Ok(draft)
    }
}
