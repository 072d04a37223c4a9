//! The producing end of the reader: files are opened, archives unpacked and records divided, all one after another; what
//! is costly, decoding and understanding, is left to the jobs.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use encoding_rs::Encoding;

use crate::ingest::beside::{self, Skipped};
use crate::ingest::detection::{Archive, Kind, PREFIX_BYTES, kind_of};
use crate::ingest::files::{Found, SourceFile};
use crate::ingest::record::Record;
use crate::ingest::{InputFormat, Mapping, Rejection, sidecar};

use super::archives::{self, Budget, DEEPEST, LARGEST_DOCUMENT_BYTES, in_words, read_whole};
use super::jobs::{Job, Origin};
use super::pipeline::{Abandoned, JobSink};
use super::stamps::{FileState, stamp};
use super::{Event, FileEnd, FileId};

/// How often a file that changes while it is read is read again.
const READS_OF_A_CHANGING_FILE: usize = 3;

/// Something to read.
pub(super) enum Task {
    Found(Found),
    /// A file that has not changed since it was read.
    Unchanged(FileId),
    Stdin(Box<dyn Read + Send>),
    Upload(Box<dyn Read + Send>),
}

/// Makes jobs of tasks.
pub(super) struct Producer<T> {
    pub(super) sink: JobSink<Job, T>,
    pub(super) forced: Option<InputFormat>,
    /// The encoding of every text, where the caller forces one.
    pub(super) encoding: Option<&'static Encoding>,
    /// What the names of columns mean.
    pub(super) mapping: Mapping,
    /// What stamps say about the way of reading.
    pub(super) reading_hash: String,
    pub(super) bytes_read: Arc<AtomicU64>,
    pub(super) stop: Arc<AtomicBool>,
}

/// Reading stops: nobody takes what is read, or the user interrupted.
pub(super) struct Stop;

impl From<Abandoned> for Stop {
    fn from(_: Abandoned) -> Self {
        Self
    }
}

impl<T> Producer<T> {
    /// Makes the jobs of all tasks.
    pub(super) fn run(&self, tasks: impl IntoIterator<Item = Task>) {
        for task in tasks {
            let done = match task {
                Task::Found(Found::Rejected(rejection)) => self.put_events(vec![Event::Unlisted(rejection)]),
                Task::Found(Found::Aid(aid)) => self.put_events(vec![Event::Consulted(aid.consulted())]),
                Task::Found(Found::File(file)) => self.read_file(&file),
                Task::Unchanged(file) => self.put_events(vec![Event::Unchanged(file)]),
                Task::Stdin(stream) => self.read_stdin(stream),
                Task::Upload(stream) => self.read_upload(stream),
            };
            if done.is_err() || self.stop.load(Ordering::Relaxed) {
                return;
            }
        }
    }

    fn put_events(&self, events: Vec<Event>) -> Result<(), Stop> {
        Ok(self.sink.put(Job::Done(events))?)
    }

    pub(super) fn reject(&self, origin: &Origin, line: Option<u64>, reason: String) -> Result<(), Stop> {
        self.put_events(vec![Event::Rejected(Rejection {
            source: origin.source.clone(),
            line,
            reason,
        })])
    }

    fn read_stdin(&self, stream: Box<dyn Read + Send>) -> Result<(), Stop> {
        // What is not on a disk has no size; the limit is that of a large archive.
        let mut budget = Budget::of(1 << 30);
        let stream = self.counted(stream);
        self.read_stream(stream, &Origin::stdin(), None, &mut budget, 0)
            .map(|_| ())
    }

    /// Reads what a client sent: what it is was said, and is not told from its content.
    fn read_upload(&self, stream: Box<dyn Read + Send>) -> Result<(), Stop> {
        self.read_lines(self.counted(stream), &Origin::upload(), None)
            .map(|_| ())
    }

    fn counted(&self, stream: Box<dyn Read + Send>) -> impl BufRead + use<T> {
        let counted = Counted {
            stream,
            count: Arc::clone(&self.bytes_read),
            has_failed: Arc::default(),
        };
        BufReader::with_capacity(1 << 16, counted)
    }

    /// Reads a file of the disk, and says how it ended.
    fn read_file(&self, file: &SourceFile) -> Result<(), Stop> {
        let origin = Origin::of(file);
        let mut is_settled = false;
        match sidecar::read(&file.path, &origin.source) {
            Err(rejection) => self.put_events(vec![Event::Rejected(rejection)])?,
            Ok(sidecar) => is_settled = self.read_settled(file, &origin, sidecar.map(Arc::new))?,
        }
        let stamp = is_settled
            .then(|| stamp(&file.path, file.state, &self.reading_hash))
            .flatten();
        let id = FileId {
            root: file.root.clone(),
            source: origin.source,
        };
        self.put_events(vec![Event::End(FileEnd { id, stamp })])
    }

    /// Reads a file; says whether reading it again would give the same.
    fn read_settled(&self, file: &SourceFile, origin: &Origin, sidecar: Option<Arc<Record>>) -> Result<bool, Stop> {
        let before = self.bytes_read.load(Ordering::Relaxed);
        let opened = File::open(&file.path);
        let stream = match opened {
            Ok(stream) => stream,
            Err(fault) => {
                self.reject(origin, None, format!("cannot be opened: {fault}"))?;
                return Ok(false);
            }
        };
        let has_failed: Arc<AtomicBool> = Arc::default();
        let counted = |stream: File| Counted {
            stream,
            count: Arc::clone(&self.bytes_read),
            has_failed: Arc::clone(&has_failed),
        };
        let mut stream = BufReader::with_capacity(1 << 16, counted(stream));
        let kind = match self.kind(&mut stream, &origin.relative) {
            Ok(kind) => kind,
            Err(fault) => {
                self.reject(origin, None, in_words(&fault))?;
                return Ok(false);
            }
        };
        if !file.is_named && self.skips(&mut stream, origin)? {
            self.bytes_read.store(before + file.state.bytes, Ordering::Relaxed);
            // Whoever names it later has it read.
            return Ok(false);
        }
        let is_settled = match kind {
            Kind::Format(format) if !is_streamed(format) => {
                drop(stream);
                self.bytes_read.store(before + file.state.bytes, Ordering::Relaxed);
                return self.read_whole_file(file, origin, format, sidecar);
            }
            Kind::Archive(Archive::Zip) => {
                let mut budget = Budget::of(file.state.bytes);
                drop(stream);
                match File::open(&file.path) {
                    Ok(archive) => self.read_zip(BufReader::new(archive), origin, sidecar, &mut budget, 0)?,
                    Err(fault) => {
                        self.reject(origin, None, format!("cannot be opened: {fault}"))?;
                        false
                    }
                }
            }
            kind => {
                let mut budget = Budget::of(file.state.bytes);
                self.read_kind(kind, stream, origin, sidecar, &mut budget, 0)?
            }
        };
        self.bytes_read.store(before + file.state.bytes, Ordering::Relaxed);
        if self.is_as_listed(file) {
            return Ok(is_settled && !has_failed.load(Ordering::Relaxed));
        }
        let reason = "changed while it was read, so what was read of it may be of either state: ingest it again";
        self.reject(origin, None, reason.to_owned())?;
        Ok(false)
    }

    /// Whether a file is as it was when it was listed.
    fn is_as_listed(&self, file: &SourceFile) -> bool {
        std::fs::metadata(&file.path).is_ok_and(|metadata| FileState::of(&metadata) == file.state)
    }

    /// Reads a file that is one document; one that changes meanwhile is read again.
    fn read_whole_file(
        &self,
        file: &SourceFile,
        origin: &Origin,
        format: InputFormat,
        sidecar: Option<Arc<Record>>,
    ) -> Result<bool, Stop> {
        let mut state = file.state;
        for _ in 0..READS_OF_A_CHANGING_FILE {
            let bytes = match File::open(&file.path)
                .map_err(|fault| in_words(&fault))
                .and_then(read_whole)
            {
                Ok(bytes) => bytes,
                Err(reason) => {
                    self.reject(origin, None, reason)?;
                    return Ok(false);
                }
            };
            let now = std::fs::metadata(&file.path)
                .map(|metadata| FileState::of(&metadata))
                .ok();
            let is_whole = bytes.len() as u64 == state.bytes && now == Some(state);
            if is_whole {
                self.sink.put(Job::Document {
                    origin: origin.clone(),
                    format,
                    bytes,
                    sidecar,
                })?;
                return Ok(state == file.state);
            }
            match now {
                Some(now) => state = now,
                None => break,
            }
        }
        self.reject(
            origin,
            None,
            "changes while it is read: ingest it again when it is whole".to_owned(),
        )?;
        Ok(false)
    }

    /// What a stream is, told without taking anything from it.
    fn kind(&self, stream: &mut impl BufRead, name: &Path) -> std::io::Result<Kind> {
        let prefix = stream.fill_buf()?;
        if let Some(format) = self.forced {
            // A forced format is that of what is packed, too.
            let is_packed = match kind_of(prefix, name) {
                Kind::Archive(Archive::Mail | Archive::Mailbox) => format == InputFormat::Mail,
                Kind::Archive(_) => !matches!(format, InputFormat::Docx | InputFormat::Odt | InputFormat::Epub),
                _ => false,
            };
            if !is_packed {
                return Ok(Kind::Format(format));
            }
        }
        Ok(kind_of(&prefix[..prefix.len().min(PREFIX_BYTES)], name))
    }

    /// Passes over a file that lies beside data, of which a folder or an archive holds many; says whether it did.
    pub(super) fn skips(&self, stream: &mut impl BufRead, origin: &Origin) -> Result<bool, Stop> {
        if self.forced.is_some() {
            return Ok(false);
        }
        // A fault of reading shows again when the file is read.
        let prefix = stream.fill_buf().unwrap_or_default();
        let Some(kind) = beside::kind(&origin.relative, &prefix[..prefix.len().min(PREFIX_BYTES)]) else {
            return Ok(false);
        };
        self.put_events(vec![Event::Skipped(Skipped {
            source: origin.source.clone(),
            kind: kind.to_owned(),
        })])?;
        Ok(true)
    }

    /// Reads a stream of any kind; says whether reading it again would give the same.
    pub(super) fn read_stream(
        &self,
        mut stream: impl BufRead,
        origin: &Origin,
        sidecar: Option<Arc<Record>>,
        budget: &mut Budget,
        depth: u32,
    ) -> Result<bool, Stop> {
        match self.kind(&mut stream, &origin.relative) {
            Ok(kind) => self.read_kind(kind, stream, origin, sidecar, budget, depth),
            Err(fault) => {
                self.reject(origin, None, in_words(&fault))?;
                Ok(is_lasting(&fault))
            }
        }
    }

    pub(super) fn read_kind(
        &self,
        kind: Kind,
        stream: impl BufRead,
        origin: &Origin,
        sidecar: Option<Arc<Record>>,
        budget: &mut Budget,
        depth: u32,
    ) -> Result<bool, Stop> {
        match kind {
            Kind::Unreadable(reason) => {
                self.reject(origin, None, reason)?;
                Ok(true)
            }
            Kind::Format(InputFormat::JsonLines) => self.read_lines(stream, origin, sidecar),
            Kind::Format(InputFormat::Table) => self.read_table(stream, origin, sidecar),
            Kind::Format(format) => match read_whole(stream) {
                Ok(bytes) => {
                    self.sink.put(Job::Document {
                        origin: origin.clone(),
                        format,
                        bytes,
                        sidecar,
                    })?;
                    Ok(true)
                }
                Err(reason) => {
                    self.reject(origin, None, reason)?;
                    Ok(true)
                }
            },
            Kind::Archive(_) if depth >= DEEPEST => {
                self.reject(
                    origin,
                    None,
                    "lies too deep in other archives: unpack it first".to_owned(),
                )?;
                Ok(true)
            }
            Kind::Archive(Archive::Mail) => match read_whole(stream) {
                Ok(bytes) => self.read_mail(bytes, origin, sidecar, budget, depth),
                Err(reason) => {
                    self.reject(origin, None, reason)?;
                    Ok(true)
                }
            },
            Kind::Archive(Archive::Mailbox) => self.read_mailbox(stream, origin, sidecar, budget, depth),
            Kind::Archive(Archive::Gzip) => {
                let origin = origin.unpacked();
                // Boxed, for the kind of stream would grow with every archive inside of another.
                let mut inner = Budget::of(LARGEST_DOCUMENT_BYTES);
                let unpacked = archives::unpacked(stream, budget);
                self.read_stream(unpacked, &origin, sidecar, &mut inner, depth + 1)
            }
            Kind::Archive(Archive::Tar) => self.read_tar(stream, origin, sidecar, budget, depth),
            Kind::Archive(Archive::Zip) => match read_whole(stream) {
                Ok(bytes) => self.read_zip(archives::seekable(bytes), origin, sidecar, budget, depth),
                Err(reason) => {
                    self.reject(origin, None, reason)?;
                    Ok(true)
                }
            },
        }
    }
}

/// Formats that are read row by row, so that they may be larger than memory.
fn is_streamed(format: InputFormat) -> bool {
    matches!(format, InputFormat::JsonLines | InputFormat::Table)
}

/// Whether a fault lies in the file and not in the moment.
pub(in crate::ingest) fn is_lasting(fault: &std::io::Error) -> bool {
    use std::io::ErrorKind::{InvalidData, InvalidInput, Other, UnexpectedEof};
    matches!(fault.kind(), InvalidData | InvalidInput | Other | UnexpectedEof)
}

/// A stream whose bytes are counted for the progress.
struct Counted<R> {
    stream: R,
    count: Arc<AtomicU64>,
    /// Becomes true with a fault that lies in the moment.
    has_failed: Arc<AtomicBool>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.stream.read(buffer).inspect_err(|fault| {
            if !is_lasting(fault) && fault.kind() != std::io::ErrorKind::Interrupted {
                self.has_failed.store(true, Ordering::Relaxed);
            }
        })?;
        self.count.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// The path of a file without the ending of its packing: `a.jsonl.gz` is read as `a.jsonl`, `a.tgz` as `a.tar`.
pub(super) fn without_packing(path: &Path) -> PathBuf {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some(extension) if extension.eq_ignore_ascii_case("gz") => path.with_extension(""),
        Some(extension) if extension.eq_ignore_ascii_case("tgz") => path.with_extension("tar"),
        _ => path.to_owned(),
    }
}
