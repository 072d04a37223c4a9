//! Jobs: what is read from one place, to be understood by any thread.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::corpus::{Field, Metadata, Speech};
use crate::ingest::debates::Debates;
use crate::ingest::draft::Draft;
use crate::ingest::files::{self, SourceFile, printed};
use crate::ingest::overrides::Overrides;
use crate::ingest::record::Record;
use crate::ingest::{IngestedSpeech, InputFormat, Rejection, formats, header, ids, json_lines, text_file};

use super::Event;
use super::production::without_packing;

/// The name under which standard input is a file, in ids and sources.
const STDIN_NAME: &str = "stdin";

/// The same for what a client sent.
const UPLOAD_NAME: &str = "upload";

/// The root of what came as a stream, from no folder.
const STREAM_ROOT: &str = "-";

/// Where a speech comes from.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    /// The canonical path of the ingested root, or `-`.
    root: String,
    /// The path under the root, that in an archive included; the id is made of it.
    pub(super) relative: PathBuf,
    /// The same as it is printed.
    pub(super) source: String,
}

impl Origin {
    pub(super) fn of(file: &SourceFile) -> Self {
        Self {
            root: file.root.clone(),
            relative: file.relative.clone(),
            source: file.source(),
        }
    }

    pub(super) fn stdin() -> Self {
        Self::stream(STDIN_NAME)
    }

    pub(super) fn upload() -> Self {
        Self::stream(UPLOAD_NAME)
    }

    fn stream(name: &str) -> Self {
        Self {
            root: STREAM_ROOT.to_owned(),
            relative: name.into(),
            source: name.to_owned(),
        }
    }

    /// A file in the archive that this is.
    pub(super) fn inside(&self, path: &Path) -> Self {
        Self {
            root: self.root.clone(),
            relative: self.relative.join(path),
            source: match path.as_os_str().is_empty() {
                true => self.source.clone(),
                false => format!("{}/{}", self.source, printed(path)),
            },
        }
    }

    /// What a packed file holds: its id does not depend on whether it is packed.
    pub(super) fn unpacked(&self) -> Self {
        Self {
            relative: without_packing(&self.relative),
            ..self.clone()
        }
    }

    /// Whether it came as a stream, from no folder.
    fn is_stream(&self) -> bool {
        self.root == STREAM_ROOT
    }

    /// Whether it comes as slowly as someone writes it.
    pub(super) fn may_be_slow(&self) -> bool {
        self.is_stream() && self.source != UPLOAD_NAME
    }

    /// Why a speech without an id cannot be taken from it.
    fn no_id(&self) -> &'static str {
        match self.source == UPLOAD_NAME {
            true => "the speech has no id: give it one in the field `id`, or name a collection",
            false => NO_ID,
        }
    }
}

/// A part of the input, to be understood.
pub(super) enum Job {
    /// Nothing is left to do.
    Done(Vec<Event>),
    /// A file that is read as a whole.
    Document {
        origin: Origin,
        format: InputFormat,
        bytes: Vec<u8>,
        sidecar: Option<Arc<Record>>,
    },
    /// Some rows of a file of many speeches.
    Rows {
        origin: Origin,
        rows: Vec<Row>,
        sidecar: Option<Arc<Record>>,
        /// The encoding that was told from the bytes.
        encoding: Option<&'static str>,
    },
}

impl Job {
    /// The file that it is about.
    pub(super) fn source(&self) -> String {
        match self {
            Self::Done(_) => String::new(),
            Self::Document { origin, .. } | Self::Rows { origin, .. } => origin.source.clone(),
        }
    }
}

/// A row of a file of many speeches.
pub(in crate::ingest) struct Row {
    /// The line, from 1.
    pub(in crate::ingest) line: u64,
    /// The number of the speech in the file, from 1.
    pub(in crate::ingest) ordinal: u64,
    pub(in crate::ingest) content: RowContent,
}

/// What stands in a row.
pub(in crate::ingest) enum RowContent {
    /// A line of JSON Lines.
    JsonLine(Vec<u8>),
    /// Fields by name.
    Fields(Map<String, Value>),
    /// Nothing that can be read, with the reason.
    Faulty(String),
}

impl RowContent {
    /// About how much memory it takes.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::JsonLine(line) => line.len(),
            Self::Fields(fields) => fields
                .iter()
                .map(|(name, value)| name.len() + value.as_str().map_or(8, str::len))
                .sum(),
            Self::Faulty(reason) => reason.len(),
        }
    }
}

/// Does jobs: what stays the same for all of them.
pub(super) struct Worker {
    pub(super) collection: Option<String>,
    pub(super) overrides: Overrides,
    pub(super) formats: formats::Formats,
    pub(super) debates: Debates,
}

const NO_ID: &str =
    "a speech from standard input has no path to take an id from: give it an id, or use --collection NAME";

impl Worker {
    /// What a job gives, in order.
    pub(super) fn events(&self, job: Job) -> Vec<Event> {
        match job {
            Job::Done(events) => events,
            Job::Document {
                origin,
                format,
                bytes,
                sidecar,
            } => self.document_events(&origin, format, bytes, sidecar.as_deref()),
            Job::Rows {
                origin,
                rows,
                sidecar,
                encoding,
            } => rows
                .into_iter()
                .map(|row| self.row_event(row, &origin, sidecar.as_deref(), encoding))
                .collect(),
        }
    }

    fn document_events(
        &self,
        origin: &Origin,
        format: InputFormat,
        bytes: Vec<u8>,
        sidecar: Option<&Record>,
    ) -> Vec<Event> {
        let content = match self.formats.read(format, bytes, &origin.relative) {
            Ok(content) => content,
            Err((line, reason)) => return vec![rejected(&origin.source, line, reason)],
        };
        match content {
            formats::Content::Speeches(drafts) => {
                let is_one = drafts.len() == 1;
                let events = drafts.into_iter().zip(1..).map(|(draft, ordinal)| {
                    let derived = match is_one {
                        true => ids::derived_id(self.collection.as_deref(), &origin.relative),
                        false => ids::derived_record_id(self.collection.as_deref(), &origin.relative, ordinal),
                    };
                    let event = self.speech_event(draft, origin, derived, origin.source.clone(), sidecar);
                    event.unwrap_or_else(|reason| rejected(&origin.source, None, reason))
                });
                events.collect()
            }
            formats::Content::Rows(rows) => rows
                .into_iter()
                .map(|row| self.row_event(row, origin, sidecar, None))
                .collect(),
        }
    }

    fn row_event(&self, row: Row, origin: &Origin, sidecar: Option<&Record>, encoding: Option<&str>) -> Event {
        let line = row.line;
        self.read_row(row, origin, sidecar, encoding)
            .unwrap_or_else(|reason| rejected(&origin.source, Some(line), reason))
    }

    fn read_row(
        &self,
        row: Row,
        origin: &Origin,
        sidecar: Option<&Record>,
        encoding: Option<&str>,
    ) -> Result<Event, String> {
        let object = match row.content {
            RowContent::JsonLine(line) => json_lines::parse_object(&line)?,
            RowContent::Fields(fields) => fields,
            RowContent::Faulty(reason) => return Err(reason),
        };
        let mut draft = self.formats.read_record(object, row.ordinal == 1)?;
        if let Some(encoding) = encoding {
            set(&mut draft.stated, Field::Encoding, encoding);
        }
        let derived = ids::derived_record_id(self.collection.as_deref(), &origin.relative, row.ordinal);
        let source = format!("{}:{}", origin.source, row.line);
        self.speech_event(draft, origin, derived, source, sidecar)
    }

    /// Makes a speech of a draft. Of several values of a field counts, in this order: what the caller set, the sidecar, what the
    /// format states, the lines of the text, what the format suggests, and last the name of the file.
    fn speech_event(
        &self,
        mut draft: Draft,
        origin: &Origin,
        derived_id: String,
        source: String,
        sidecar: Option<&Record>,
    ) -> Result<Event, String> {
        let read = text_file::read(&mut draft);
        let mut warnings = draft.warnings;
        warnings.extend(read.warnings);
        let undecodable = draft.text.matches(char::REPLACEMENT_CHARACTER).count();
        if undecodable > 0 {
            let characters = if undecodable == 1 { "character" } else { "characters" };
            warnings.push(format!(
                "{undecodable} {characters} could not be decoded, shown as U+FFFD"
            ));
        }
        let mut metadata = read.metadata;
        fill(&mut metadata, &draft.suggested);
        if let Some(sidecar) = sidecar {
            sidecar.lay_over(&mut metadata);
            warnings.extend(sidecar.warnings.iter().cloned());
        }
        self.debates.complete(&origin.relative, &mut metadata);
        if !metadata.has(Field::Date)
            && let Some(date) = files::date_in_name(&origin.relative)
        {
            metadata.set_date(Field::Date, date);
            set(&mut metadata, Field::DateSource, "file name");
        }
        let mut quoted = read.quoted;
        let over_text = read.paragraphs.iter().take(2).find(|paragraph| paragraph.is_heading);
        header::complete(
            &mut metadata,
            over_text.map(|paragraph| &draft.text[paragraph.span.range()]),
            &mut quoted,
        );
        if let Some(collection) = &self.collection {
            set(&mut metadata, Field::Collection, collection);
        }
        self.overrides.apply(&mut metadata);
        set(&mut metadata, Field::Source, &source);
        // The id of a sidecar is that of one speech; a file of many keeps its own ids.
        let of_sidecar = sidecar
            .filter(|_| source == origin.source)
            .and_then(|sidecar| sidecar.id.clone());
        let given_id = of_sidecar.or(draft.id);
        let has_given_id = self.overrides.id().is_some() || given_id.is_some();
        let id = self.id(given_id, origin, derived_id).ok_or_else(|| origin.no_id())?;
        let speech = Speech {
            id,
            metadata,
            text: draft.text,
            body: read.body,
            paragraphs: read.paragraphs,
            matter: read.matter,
            quoted,
        };
        debug_assert!(speech.is_well_formed(), "{source}");
        Ok(Event::Speech(Box::new(IngestedSpeech {
            speech,
            root: origin.root.clone(),
            source,
            has_given_id,
            warnings,
            chrome_bytes: draft.chrome_bytes,
        })))
    }

    /// The id of a speech: set by the caller, given by the source, or derived; a stream has none to derive from
    /// unless there is a collection.
    fn id(&self, given: Option<String>, origin: &Origin, derived: String) -> Option<String> {
        let set = self.overrides.id().map(str::to_owned).or(given);
        set.or_else(|| (!origin.is_stream() || self.collection.is_some()).then_some(derived))
    }
}

/// Sets fields that are not known from others.
fn fill(metadata: &mut Metadata, suggested: &Metadata) {
    // Where a value came from goes with the value alone.
    const SOURCES: &[(Field, Field)] = &[
        (Field::DateSource, Field::Date),
        (Field::TitleSource, Field::Title),
        (Field::SpeakerSource, Field::Speaker),
        (Field::CountrySource, Field::Country),
        (Field::EventSource, Field::Event),
        (Field::LanguageSource, Field::Language),
    ];
    let known: Vec<Field> = metadata.fields().map(|(field, _)| field).collect();
    for (field, value) in suggested.fields() {
        let of = SOURCES
            .iter()
            .find(|(source, _)| *source == field)
            .map_or(field, |(_, of)| *of);
        if !known.contains(&field) && !known.contains(&of) {
            set(metadata, field, value);
        }
    }
    for (name, value) in suggested.meta() {
        if !metadata.meta().contains_key(name) {
            metadata.set_meta(name, value.clone());
        }
    }
}

pub(in crate::ingest) fn set(metadata: &mut Metadata, field: Field, value: &str) {
    // A value that a date field cannot have stays out; its source reports it where it is read.
    let _ = metadata.set(field, value);
}

fn rejected(source: &str, line: Option<u64>, reason: String) -> Event {
    Event::Rejected(Rejection {
        source: source.to_owned(),
        line,
        reason,
    })
}
