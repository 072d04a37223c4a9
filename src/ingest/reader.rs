//! The reader: pulls one speech or rejection after another out of the inputs.
//!
//! One thread opens files, unpacks and divides them (`production`), several understand what it found (`jobs`), and the
//! results come in the order of the input (`pipeline`), so an answer never depends on the number of threads.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::ingest::beside::Skipped;
use crate::ingest::debates::Debates;
use crate::ingest::files::{self, AidKind, Found, SourceFile};
use crate::ingest::formats::Formats;
use crate::ingest::overrides::Overrides;
use crate::ingest::tei::Corpora;
use crate::ingest::{Consulted, IngestOptions, IngestedSpeech, Input, Item, Rejection};

mod archives;
mod entries;
mod entry_names;
mod jobs;
mod mails;
mod pipeline;
mod production;
mod rows;
pub(in crate::ingest) mod stamps;

pub(in crate::ingest) use archives::in_words;
pub(in crate::ingest) use jobs::{Row, RowContent, set};
pub(in crate::ingest) use production::is_lasting;

use jobs::{Job, Worker};
use pipeline::Pipeline;
use production::{Producer, Task};

/// A file of an input: the canonical path of its root, and its path under it as it is printed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FileId {
    /// The canonical path of the ingested root.
    pub root: String,
    /// The path under the root, with `/` between folders.
    pub source: String,
}

impl FileId {
    /// A file under a root.
    pub fn new(root: &str, source: &str) -> Self {
        Self {
            root: root.to_owned(),
            source: source.to_owned(),
        }
    }
}

/// The end of a file: everything in it has been given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEnd {
    /// The file.
    pub id: FileId,
    /// What the file was like; absent where it must be read again next time.
    pub stamp: Option<String>,
}

/// What happens while inputs are read.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A speech.
    Speech(Box<IngestedSpeech>),
    /// A file that is not even opened, or a folder that cannot be looked into.
    Unlisted(Rejection),
    /// A file, a line or a part of the file that is being read, that was not read.
    Rejected(Rejection),
    /// A file that was read for what it says about others.
    Consulted(Consulted),
    /// A file that lies beside data and is no speech.
    Skipped(Skipped),
    /// A file that bears the stamp it had when it was read before: it is not read again.
    Unchanged(FileId),
    /// A file has been read.
    End(FileEnd),
}

/// Checks what can be wrong with a request before anything is opened or made.
///
/// # Errors
/// A path that does not exist, a collection without a name, an override that cannot be set.
pub fn check(inputs: &[Input], options: &IngestOptions) -> Result<()> {
    Overrides::new(&options.overrides)?;
    if options.collection.as_deref().is_some_and(|name| name.trim().is_empty()) {
        return Err(Error::new(ErrorKind::Usage, "the collection has an empty name"));
    }
    inputs.iter().try_for_each(|input| match input {
        Input::Path(path) => files::canonical(path).map(|_| ()),
        Input::Stdin(_) | Input::Upload(_) => Ok(()),
    })
}

/// Opens inputs and gives their speeches and rejections.
///
/// # Errors
/// A path that does not exist, an override that cannot be set.
pub fn open(inputs: Vec<Input>, options: IngestOptions) -> Result<Reader> {
    let events = Events::open(inputs, options, &BTreeMap::new(), Arc::default(), |event| event)?;
    Ok(Reader { events })
}

/// An iterator over the speeches and rejections of the inputs, in the order given, folders in name order.
pub struct Reader {
    events: Events<Event>,
}

impl Reader {
    /// The size of all listed files, in bytes; standard input counts nothing.
    pub fn total_bytes(&self) -> u64 {
        self.events.total_bytes()
    }

    /// The number of bytes read so far, standard input included.
    pub fn bytes_read(&self) -> u64 {
        self.events.bytes_read()
    }

    /// The number of listed files.
    pub fn total_files(&self) -> u64 {
        self.events.files.len() as u64
    }
}

impl Iterator for Reader {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        self.events.find_map(|event| match event {
            Event::Speech(speech) => Some(Item::Speech(speech)),
            Event::Rejected(rejection) | Event::Unlisted(rejection) => Some(Item::Rejected(rejection)),
            Event::Consulted(_) | Event::Skipped(_) | Event::Unchanged(_) | Event::End(_) => None,
        })
    }
}

/// An iterator over what happens while inputs are read, each event taken further by a function that runs on the reading
/// threads.
pub struct Events<T> {
    pipeline: Pipeline<Vec<T>>,
    ready: VecDeque<T>,
    finish: Arc<dyn Fn(Event) -> T + Send + Sync>,
    files: Vec<FileId>,
    unchanged: Vec<FileId>,
    total_bytes: u64,
    bytes_read: Arc<AtomicU64>,
}

impl<T: Send + 'static> Events<T> {
    /// Opens inputs. `known` are the stamps of files that were read before, `stop` ends reading early when it becomes true, and
    /// `finish` runs on the reading threads.
    ///
    /// # Errors
    /// As [`open`].
    pub fn open(
        inputs: Vec<Input>,
        options: IngestOptions,
        known: &BTreeMap<FileId, String>,
        stop: Arc<AtomicBool>,
        finish: impl Fn(Event) -> T + Send + Sync + 'static,
    ) -> Result<Self> {
        check(&inputs, &options)?;
        let overrides = Overrides::new(&options.overrides)?;
        let excluded = options.excluded.as_deref().and_then(|path| path.canonicalize().ok());
        let mut tasks = Vec::new();
        for input in inputs {
            match input {
                Input::Path(path) => {
                    tasks.extend(files::list(&path, excluded.as_deref())?.into_iter().map(Task::Found))
                }
                Input::Stdin(stream) => tasks.push(Task::Stdin(stream)),
                Input::Upload(stream) => tasks.push(Task::Upload(stream)),
            }
        }
        let mut named = BTreeSet::new();
        tasks.retain(|task| file_of(task).is_none_or(|file| named.insert(file.id())));
        let aids = Aids::of(&tasks);
        let reading_hash = stamps::reading_hash(&options, &aids.stamps);
        let files: Vec<FileId> = tasks.iter().filter_map(file_of).map(SourceFile::id).collect();
        let mut unchanged = Vec::new();
        for task in &mut tasks {
            if let Some(file) = file_of(task).filter(|file| is_known(file, known, &reading_hash)) {
                unchanged.push(file.id());
                *task = Task::Unchanged(file.id());
            }
        }
        let total_bytes = tasks.iter().filter_map(file_of).map(|file| file.state.bytes).sum();
        let bytes_read = Arc::new(AtomicU64::new(0));
        let worker = Worker {
            collection: options.collection,
            overrides,
            formats: Formats {
                encoding: options.encoding,
                mapping: options.mapping.clone(),
                corpora: Corpora::new(aids.tei_corpora),
            },
            debates: Debates::new(aids.speaker_tables),
        };
        let finish: Arc<dyn Fn(Event) -> T + Send + Sync> = Arc::new(finish);
        let (count, finish_on_threads) = (Arc::clone(&bytes_read), Arc::clone(&finish));
        let stop_of_producer = Arc::clone(&stop);
        let produce = move |sink| {
            let producer = Producer {
                sink,
                forced: options.input_format,
                encoding: options.encoding,
                mapping: options.mapping,
                reading_hash,
                bytes_read: count,
                stop: stop_of_producer,
            };
            producer.run(tasks);
        };
        let work = move |job| {
            worker
                .events(job)
                .into_iter()
                .map(|event| finish_on_threads(event))
                .collect()
        };
        Ok(Self {
            pipeline: Pipeline::start(thread_count(), Arc::clone(&stop), Job::source, produce, work),
            ready: VecDeque::new(),
            finish,
            files,
            unchanged,
            total_bytes,
            bytes_read,
        })
    }

    /// The size of the files to be read, in bytes; standard input counts nothing.
    pub fn total_bytes(&self) -> u64 {
        self.total_bytes
    }

    /// The number of bytes read so far, standard input included.
    pub fn bytes_read(&self) -> u64 {
        self.bytes_read.load(Ordering::Relaxed)
    }

    /// All listed files, in reading order; one that is rejected later is among them, because it is there.
    pub fn files(&self) -> &[FileId] {
        &self.files
    }

    /// The files that will not be read, as they have not changed.
    pub fn unchanged(&self) -> &[FileId] {
        &self.unchanged
    }
}

impl<T: Send + 'static> Iterator for Events<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                return Some(ready);
            }
            match self.pipeline.next()? {
                Ok(results) => self.ready.extend(results),
                Err(failed) => {
                    let rejection = Rejection {
                        source: failed.name,
                        line: None,
                        reason: "could not be read because of a fault in this program: please report it".to_owned(),
                    };
                    return Some((self.finish)(Event::Rejected(rejection)));
                }
            }
        }
    }
}

fn thread_count() -> usize {
    std::thread::available_parallelism().map_or(2, usize::from)
}

fn file_of(task: &Task) -> Option<&SourceFile> {
    match task {
        Task::Found(Found::File(file)) => Some(file),
        _ => None,
    }
}

fn is_known(file: &SourceFile, known: &BTreeMap<FileId, String>, reading_hash: &str) -> bool {
    let before = known.get(&file.id());
    before.is_some() && before == stamps::stamp(&file.path, file.state, reading_hash).as_ref()
}

/// The files that say something about others.
#[derive(Default)]
struct Aids {
    speaker_tables: Vec<(PathBuf, PathBuf)>,
    tei_corpora: Vec<(PathBuf, PathBuf)>,
    /// Changes with any of the files, so that those that they speak of are read again.
    stamps: String,
}

impl Aids {
    fn of(tasks: &[Task]) -> Self {
        let mut aids = Self::default();
        for task in tasks {
            let Task::Found(Found::Aid(aid)) = task else { continue };
            aids.stamps
                .push_str(&format!("{} {:?}\n", aid.path.display(), aid.state));
            let files = match aid.kind {
                AidKind::SpeakerTable => &mut aids.speaker_tables,
                AidKind::TeiCorpus => &mut aids.tei_corpora,
            };
            files.push((aid.relative.clone(), aid.path.clone()));
        }
        aids
    }
}
