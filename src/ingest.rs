//! How speeches come in: files, folders and standard input, as plain text or JSON Lines, with their headers understood.
//!
//! This room turns bytes into [`Speech`]es and knows no index: whoever stores them pulls [`Item`]s from a [`Reader`].
//! What cannot be read becomes a [`Rejection`] with its place and its reason; the rest goes on.

use std::fmt;
use std::io::Read;
use std::path::PathBuf;
use std::str::FromStr;

use encoding_rs::Encoding;
use serde::{Deserialize, Serialize};

use crate::corpus::Speech;
use crate::error::{Error, ErrorKind};

pub mod reader;

pub mod beside;
pub mod detection;
pub mod draft;
pub mod files;
pub mod ids;
pub mod mapping;
pub mod matter;
pub mod overrides;
pub mod record;
pub mod sidecar;

pub mod debates;
pub mod docx;
pub mod editorial;
pub mod encoding;
pub mod epub;
pub mod formats;
pub mod furniture;
pub mod html;
pub mod json_array;
pub mod json_lines;
pub mod mail;
mod many_in_one;
pub mod markdown;
pub mod odt;
mod office;
pub mod pdf;
pub mod proceedings;
pub mod rtf;
pub mod subtitles;
pub mod table;
pub mod tei;
pub mod text_file;
mod xml;

pub mod dates;
pub mod genre;
pub mod header;
pub mod language;
pub mod paragraphs;
pub mod turns;

pub use mapping::Mapping;
pub use reader::{Event, Events, FileEnd, FileId, Reader, check, open};

/// Something that the caller asks to ingest.
pub enum Input {
    /// A file or a folder; an explicitly named file is read whatever its extension.
    Path(PathBuf),
    /// An open stream, such as standard input; the caller hands it in. Its format is told from its content. Its ids are derived as of a file `stdin`: `COLLECTION/stdin`, `COLLECTION/stdin:N`.
    Stdin(Box<dyn Read + Send>),
    /// JSON Lines in UTF-8 that a client sent. Its ids are derived as of a file `upload`: `COLLECTION/upload:N`.
    Upload(Box<dyn Read + Send>),
}

impl fmt::Debug for Input {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => formatter.debug_tuple("Path").field(path).finish(),
            Self::Stdin(_) => formatter.write_str("Stdin"),
            Self::Upload(_) => formatter.write_str("Upload"),
        }
    }
}

/// A format that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputFormat {
    /// One speech a file, with its header lines.
    Text,
    /// One speech a file, in Markdown; fields stand in YAML between lines of three dashes.
    Markdown,
    /// One speech as a JSON object, or many in a list.
    Json,
    /// One speech a line, as a JSON object.
    JsonLines,
    /// One speech a row: comma-, tab- or semicolon-separated values under a row of names.
    Table,
    /// A web page.
    Html,
    /// A PDF with a text layer.
    Pdf,
    /// A Word document.
    Docx,
    /// TEI, such as the ParlaMint corpora.
    Tei,
    /// Minutes of a parliament in the XML of its publisher: Akoma Ntoso, Bundestag, Hansard, publicwhip, the Diet.
    Proceedings,
    /// An OpenDocument text.
    Odt,
    /// Rich text.
    Rtf,
    /// An electronic book.
    Epub,
    /// Subtitles of a recording: WebVTT or SubRip.
    Subtitles,
    /// A mail, or many in a mailbox.
    Mail,
}

impl InputFormat {
    /// All formats.
    pub const ALL: &'static [InputFormat] = &[
        Self::Text,
        Self::Markdown,
        Self::Json,
        Self::JsonLines,
        Self::Table,
        Self::Html,
        Self::Pdf,
        Self::Docx,
        Self::Tei,
        Self::Proceedings,
        Self::Odt,
        Self::Rtf,
        Self::Epub,
        Self::Subtitles,
        Self::Mail,
    ];

    /// The name as typed on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Json => "json",
            Self::JsonLines => "jsonl",
            Self::Table => "csv",
            Self::Html => "html",
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Tei => "tei",
            Self::Proceedings => "proceedings",
            Self::Odt => "odt",
            Self::Rtf => "rtf",
            Self::Epub => "epub",
            Self::Subtitles => "subtitles",
            Self::Mail => "mail",
        }
    }
}

impl fmt::Display for InputFormat {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for InputFormat {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .iter()
            .copied()
            .find(|format| format.name() == name)
            .ok_or_else(|| {
                let names: Vec<&str> = Self::ALL.iter().map(|format| format.name()).collect();
                Error::new(ErrorKind::Usage, format!("`{name}` is not an input format"))
                    .hint(format!("write one of {}", names.join(", ")))
            })
    }
}

/// How to read the inputs.
#[derive(Clone, Debug, Default)]
pub struct IngestOptions {
    /// Reads every file in this format instead of telling the format from its content.
    pub input_format: Option<InputFormat>,
    /// The namespace of derived ids; also set as the field `collection`.
    pub collection: Option<String>,
    /// Decodes every text in this encoding instead of telling it from the bytes.
    pub encoding: Option<&'static Encoding>,
    /// What the names of fields in records and tables mean.
    pub mapping: Mapping,
    /// A folder that is passed over, such as that of the index.
    pub excluded: Option<PathBuf>,
    /// Fields to set on every speech, as name and value; they win over everything that the source says.
    pub overrides: Vec<(String, String)>,
}

/// A speech and where it came from.
#[derive(Clone, Debug, PartialEq)]
pub struct IngestedSpeech {
    /// The speech.
    pub speech: Speech,
    /// The canonical path of the ingested root (the folder of a single file), or `-` for what came as a stream.
    pub root: String,
    /// The file, and the line of a JSON Lines file, relative to the root: `a.txt`, `b.jsonl:12`.
    pub source: String,
    /// Whether the id was given, by the source or the caller, and not made of the path.
    pub has_given_id: bool,
    /// What was read but not understood, in plain words.
    pub warnings: Vec<String>,
    /// The bytes of a web page that its markup calls navigation, header, footer, aside, script or style: they are left out.
    pub chrome_bytes: u64,
}

/// A file that was read for what it says about others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consulted {
    /// The file, relative to the root.
    pub source: String,
    /// What it holds, in plain words.
    pub holds: String,
}

/// A part of the input that was not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejection {
    /// The file, relative to the root.
    pub source: String,
    /// The line of the file, counted from 1, where the fault lies in one line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// Why, and what to do.
    pub reason: String,
}

/// What a [`Reader`] yields.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A speech.
    Speech(Box<IngestedSpeech>),
    /// A file or line that was not read.
    Rejected(Rejection),
}
