//! The reader: pulls one speech or rejection after another out of the inputs.
//!
//! It alone opens files; what it reads it hands to the rooms for text, JSON Lines and sidecars.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;

use crate::corpus::{Field, Metadata, Speech};
use crate::error::{Error, ErrorKind, Result};
use crate::ingest::files::{self, Found, SourceFile};
use crate::ingest::html;
use crate::ingest::json_lines::{JsonLine, JsonLines};
use crate::ingest::overrides::Overrides;
use crate::ingest::record::Record;
use crate::ingest::sidecar;
use crate::ingest::text_file;
use crate::ingest::{IngestOptions, IngestedSpeech, Input, InputFormat, Item, Rejection, ids};
use crate::text::ByteSpan;

/// The name under which standard input is a file, in ids and sources.
const STDIN_NAME: &str = "stdin";

/// Opens inputs; files are read as the reader is pulled.
///
/// # Errors
/// A path that does not exist, an override that cannot be set.
pub fn open(inputs: Vec<Input>, options: IngestOptions) -> Result<Reader> {
    let overrides = Overrides::new(&options.overrides)?;
    if options.collection.as_deref().is_some_and(|name| name.trim().is_empty()) {
        return Err(Error::new(ErrorKind::Usage, "the collection has an empty name"));
    }
    let mut waiting = VecDeque::new();
    for input in inputs {
        match input {
            Input::Path(path) => waiting.extend(files::list(&path, options.input_format)?.into_iter().map(Task::Found)),
            Input::Stdin(stream) => waiting.push_back(Task::Stdin(stream)),
        }
    }
    let listed = waiting.iter().filter_map(Task::file);
    let (total_files, total_bytes) = listed.fold((0, 0), |(files, bytes), file| (files + 1, bytes + file.bytes));
    let seen_sources = waiting
        .iter()
        .filter_map(Task::file)
        .map(|file| (file.root.clone(), file.source()))
        .collect();
    Ok(Reader {
        waiting,
        current: None,
        collection: options.collection,
        overrides,
        total_files,
        total_bytes,
        bytes_done: 0,
        seen_sources,
        input_format: options.input_format,
    })
}

/// An iterator over the speeches and rejections of the inputs, in the order given, folders in name order.
pub struct Reader {
    waiting: VecDeque<Task>,
    current: Option<OpenLines>,
    collection: Option<String>,
    overrides: Overrides,
    input_format: Option<InputFormat>,
    total_files: u64,
    total_bytes: u64,
    bytes_done: u64,
    seen_sources: Vec<(String, String)>,
}

enum Task {
    Found(Found),
    Stdin(Box<dyn Read + Send>),
}

impl Task {
    fn file(&self) -> Option<&SourceFile> {
        match self {
            Self::Found(Found::File(file)) => Some(file),
            _ => None,
        }
    }
}

/// A JSON Lines file that is being read.
struct OpenLines {
    lines: JsonLines,
    origin: Origin,
    sidecar: Option<Record>,
    records: u64,
}

/// Where a speech comes from.
#[derive(Clone)]
struct Origin {
    root: String,
    relative: PathBuf,
    source: String,
}

impl Reader {
    /// The size of all listed files, in bytes; standard input counts nothing.
    pub fn total_bytes(&self) -> u64 {
        self.total_bytes
    }

    /// The number of bytes read so far, standard input included.
    pub fn bytes_read(&self) -> u64 {
        self.bytes_done + self.current.as_ref().map_or(0, |open| open.lines.bytes_read())
    }

    /// The number of listed files in a format that can be read.
    pub fn total_files(&self) -> u64 {
        self.total_files
    }

    /// All listed files, each as its root and its path under it, in reading order; a file that is rejected later is
    /// among them, because it is there.
    pub fn seen_sources(&self) -> &[(String, String)] {
        &self.seen_sources
    }

    fn start(&mut self, task: Task) -> Option<Item> {
        match task {
            Task::Found(Found::Rejected(rejection)) => Some(Item::Rejected(rejection)),
            Task::Found(Found::File(file)) => self.start_file(&file),
            Task::Stdin(stream) => self.start_stdin(stream),
        }
    }

    fn start_file(&mut self, file: &SourceFile) -> Option<Item> {
        let origin = Origin {
            root: file.root.clone(),
            relative: file.relative.clone(),
            source: file.source(),
        };
        let stream = match File::open(&file.path) {
            Ok(stream) => stream,
            Err(fault) => return Some(rejected(&origin.source, None, format!("cannot be opened: {fault}"))),
        };
        let sidecar = match sidecar::read(&file.path, &origin.source) {
            Ok(sidecar) => sidecar,
            Err(rejection) => return Some(Item::Rejected(rejection)),
        };
        match file.format {
            InputFormat::Text => Some(self.read_text(Box::new(stream), &origin, sidecar)),
            InputFormat::Html => Some(self.read_page(Box::new(stream), &origin, sidecar)),
            InputFormat::JsonLines => {
                let lines = JsonLines::new(Box::new(BufReader::with_capacity(1 << 16, stream)));
                self.current = Some(OpenLines {
                    lines,
                    origin,
                    sidecar,
                    records: 0,
                });
                None
            }
        }
    }

    fn start_stdin(&mut self, stream: Box<dyn Read + Send>) -> Option<Item> {
        let origin = Origin {
            root: "-".to_owned(),
            relative: STDIN_NAME.into(),
            source: STDIN_NAME.to_owned(),
        };
        let mut buffered = BufReader::new(stream);
        let format = self.input_format.unwrap_or_else(|| format_by_content(&mut buffered));
        if format == InputFormat::JsonLines {
            let lines = JsonLines::new(Box::new(buffered));
            self.current = Some(OpenLines {
                lines,
                origin,
                sidecar: None,
                records: 0,
            });
            return None;
        }
        Some(self.read_text(Box::new(buffered), &origin, None))
    }

    fn read_text(&mut self, mut stream: Box<dyn Read + Send>, origin: &Origin, sidecar: Option<Record>) -> Item {
        let mut bytes = Vec::new();
        if let Err(fault) = stream.read_to_end(&mut bytes) {
            return rejected(&origin.source, None, format!("cannot be read: {fault}"));
        }
        self.bytes_done += bytes.len() as u64;
        let text = match text_file::decode(bytes) {
            Ok(text) => text,
            Err((line, reason)) => return rejected(&origin.source, line, reason),
        };
        let given_id = sidecar.as_ref().and_then(|sidecar| sidecar.id.clone());
        let derived = ids::derived_id(self.collection.as_deref(), &origin.relative);
        let Some(id) = self.id(given_id, origin, derived) else {
            return rejected(&origin.source, None, NO_ID.to_owned());
        };
        let read = text_file::read(&text);
        let mut metadata = read.metadata;
        let mut warnings = Vec::new();
        if let Some(sidecar) = sidecar {
            sidecar.lay_over(&mut metadata);
            warnings.extend(sidecar.warnings);
        }
        if !metadata.has(Field::Date)
            && let Some(date) = files::date_in_name(&origin.relative)
        {
            metadata.set_date(Field::Date, date);
            metadata
                .set(Field::DateSource, "file name")
                .expect("only date fields can be refused");
        }
        self.complete(&mut metadata, &origin.source);
        let speech = Speech {
            id,
            metadata,
            text,
            body: read.body,
            paragraphs: read.paragraphs,
        };
        ingested(speech, origin, origin.source.clone(), warnings)
    }

    fn read_page(&mut self, mut stream: Box<dyn Read + Send>, origin: &Origin, sidecar: Option<Record>) -> Item {
        let mut bytes = Vec::new();
        if let Err(fault) = stream.read_to_end(&mut bytes) {
            return rejected(&origin.source, None, format!("cannot be read: {fault}"));
        }
        self.bytes_done += bytes.len() as u64;
        let declared = html::declared_encoding(&bytes);
        let encoding = declared.and_then(|name| encoding_rs::Encoding::for_label(name.as_bytes()));
        let (page, ..) = encoding.unwrap_or(encoding_rs::UTF_8).decode(&bytes);
        let draft = match html::read(&page) {
            Ok(draft) => draft,
            Err(reason) => return rejected(&origin.source, None, reason),
        };
        let given_id = sidecar.as_ref().and_then(|sidecar| sidecar.id.clone());
        let derived = ids::derived_id(self.collection.as_deref(), &origin.relative);
        let Some(id) = self.id(given_id, origin, derived) else {
            return rejected(&origin.source, None, NO_ID.to_owned());
        };
        let read = text_file::read_draft(&draft);
        let mut metadata = read.metadata;
        let mut warnings = draft.warnings;
        if let Some(sidecar) = sidecar {
            sidecar.lay_over(&mut metadata);
            warnings.extend(sidecar.warnings);
        }
        self.complete(&mut metadata, &origin.source);
        let speech = Speech {
            id,
            metadata,
            text: draft.text,
            body: read.body,
            paragraphs: read.paragraphs,
        };
        ingested(speech, origin, origin.source.clone(), warnings)
    }

    fn next_record(&mut self) -> Option<Item> {
        let mut open = self.current.take()?;
        let Some(line) = open.lines.next() else {
            self.bytes_done += open.lines.bytes_read();
            return None;
        };
        open.records += 1;
        let number = line.number;
        let item = self
            .read_record(line, &open)
            .unwrap_or_else(|reason| rejected(&open.origin.source, Some(number), reason));
        self.current = Some(open);
        Some(item)
    }

    fn read_record(&self, line: JsonLine, open: &OpenLines) -> std::result::Result<Item, String> {
        let record = Record::read(line.object?)?;
        let origin = &open.origin;
        let text = record.body.clone().filter(|body| !body.trim().is_empty());
        let text = text.ok_or("the speech has no text: give it as `body`")?;
        let derived = ids::derived_record_id(self.collection.as_deref(), &origin.relative, open.records);
        let id = self.id(record.id.clone(), origin, derived).ok_or(NO_ID)?;
        let mut metadata = Metadata::default();
        record.lay_over(&mut metadata);
        let mut warnings = record.warnings;
        if let Some(sidecar) = &open.sidecar {
            sidecar.lay_over(&mut metadata);
            warnings.extend(sidecar.warnings.iter().cloned());
        }
        let body = ByteSpan::new(text.len() - text.trim_start().len(), text.trim_end().len());
        text_file::detect_language(&text[body.range()], &mut metadata);
        let source = format!("{}:{}", origin.source, line.number);
        self.complete(&mut metadata, &source);
        let paragraphs = crate::ingest::paragraphs::rebuild(&text, body);
        let speech = Speech {
            id,
            metadata,
            text,
            body,
            paragraphs,
        };
        Ok(ingested(speech, origin, source, warnings))
    }

    /// The id of a speech: set by the caller, given by the source, or derived; standard input has none to derive from
    /// unless there is a collection.
    fn id(&self, given: Option<String>, origin: &Origin, derived: String) -> Option<String> {
        let set = self.overrides.id().map(str::to_owned).or(given);
        set.or_else(|| (origin.root != "-" || self.collection.is_some()).then_some(derived))
    }

    fn complete(&self, metadata: &mut Metadata, source: &str) {
        if let Some(collection) = &self.collection {
            metadata
                .set(Field::Collection, collection)
                .expect("only date fields can be refused");
        }
        self.overrides.apply(metadata);
        metadata
            .set(Field::Source, source)
            .expect("only date fields can be refused");
    }
}

const NO_ID: &str =
    "a speech from standard input has no path to take an id from: give it an id, or use --collection NAME";

impl Iterator for Reader {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.next_record() {
                return Some(item);
            }
            let task = self.waiting.pop_front()?;
            if let Some(item) = self.start(task) {
                return Some(item);
            }
        }
    }
}

fn ingested(speech: Speech, origin: &Origin, source: String, warnings: Vec<String>) -> Item {
    debug_assert!(speech.is_well_formed(), "{source}");
    Item::Speech(Box::new(IngestedSpeech {
        speech,
        root: origin.root.clone(),
        source,
        warnings,
    }))
}

fn rejected(source: &str, line: Option<u64>, reason: String) -> Item {
    Item::Rejected(Rejection {
        source: source.to_owned(),
        line,
        reason,
    })
}

/// JSON Lines if the stream starts with an object, else text.
fn format_by_content(stream: &mut BufReader<Box<dyn Read + Send>>) -> InputFormat {
    let start = stream.fill_buf().unwrap_or_default();
    let content = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
    if content.starts_with(b"{") {
        InputFormat::JsonLines
    } else {
        InputFormat::Text
    }
}
