//! Speeches → index: one writer at a time, whole speeches in one batch, everything in one commit.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::{Duration, Instant};

use tantivy::directory::error::LockError;
use tantivy::indexer::UserOperation;
use tantivy::schema::Value;
use tantivy::{IndexWriter, TantivyDocument, TantivyError, Term};

use super::catalog::{Catalog, FileRecord};
use super::documents::{Provenance, documents};
use super::faults::fault_of;
use super::manifest::{CorpusVersion, FORMAT_VERSION, Manifest, corpus_version};
use super::merge_policy::{CappedMergePolicy, capped_groups};
use super::schema::Fields;
use super::store::{Store, seal_frame};
use crate::analyzer::Analyzer;
use crate::corpus::{Field, Speech};
use crate::error::{Error, ErrorKind, Result};
use crate::ingest::FileId;

/// The memory that each indexing thread fills before it writes a segment.
pub const MEMORY_BYTES_PER_THREAD: usize = 80_000_000;

/// How often a lock that is held is tried again, and the time between.
const LOCK_TRIES: usize = 4;
const LOCK_PAUSE: Duration = Duration::from_millis(5);

/// The bytes of encoded text that may wait for the writer's threads: its own queue has no bound by size.
const MOST_WAITING_BYTES: u64 = 16 << 20;

/// How long is waited for the writer's threads while they do nothing: they may have failed, which the next call tells.
const LONGEST_STANDSTILL: Duration = Duration::from_secs(5);

/// The most indexing threads that tantivy uses.
const MOST_THREADS: usize = 8;

/// The number of threads that cut words and sort segments on this machine.
pub fn indexing_threads() -> usize {
    std::thread::available_parallelism()
        .map_or(1, usize::from)
        .min(MOST_THREADS)
}

/// What the index knows about a speech without reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerEntry {
    /// The hash of the speech as ingested.
    pub content_hash: String,
    /// The hash by which the same text is known again.
    pub text_key: String,
    /// The root that it was ingested from.
    pub root: String,
    /// The file, and line, under that root.
    pub source: String,
    /// The primary subtag of its language, empty where not known.
    pub language: String,
    /// Its collection, empty where it has none.
    pub collection: String,
}

/// A speech as documents, ready to be written. Any thread can make it.
pub struct PreparedSpeech {
    id: String,
    documents: Vec<TantivyDocument>,
    /// The bytes of its encoded texts.
    encoded_bytes: u64,
    entry: LedgerEntry,
}

impl PreparedSpeech {
    /// Makes the documents of a speech.
    pub fn new(fields: &Fields, speech: &Speech, provenance: Provenance<'_>) -> Self {
        let text = |field| speech.metadata.value(field).unwrap_or_default().to_owned();
        let language = speech.metadata.language();
        let documents = documents(fields, speech, provenance);
        let encoded = documents.iter().flat_map(|document| {
            let texts = document.get_all(fields.units).chain(document.get_all(fields.title));
            texts.filter_map(|value| value.as_str().map(str::len))
        });
        Self {
            id: speech.id.clone(),
            encoded_bytes: encoded.sum::<usize>() as u64,
            documents,
            entry: LedgerEntry {
                content_hash: provenance.content_hash.to_owned(),
                text_key: provenance.text_key.to_owned(),
                root: provenance.root.to_owned(),
                source: text(Field::Source),
                language: language
                    .map(|language| language.primary().to_owned())
                    .unwrap_or_default(),
                collection: text(Field::Collection),
            },
        }
    }
}

/// The one writer of an index.
pub struct SpeechWriter {
    store: Store,
    writer: IndexWriter,
    ledger: BTreeMap<String, LedgerEntry>,
    catalog: Catalog,
    corpus_name: String,
    is_dirty: bool,
    /// The bytes of encoded text handed to the threads.
    handed_bytes: u64,
    /// The number of speeches of the last commit.
    committed: usize,
    /// Whether it went back to the last commit, of which the ledger knows nothing.
    has_failed: bool,
}

impl SpeechWriter {
    /// Opens an index for writing; makes it where there is none.
    ///
    /// # Errors
    /// [`ErrorKind::Busy`] where another process writes; [`ErrorKind::Index`] where another analyzer made the index.
    pub fn open(directory: &Path, analyzer: Analyzer) -> Result<Self> {
        let store = Store::open_or_create(directory, analyzer)?;
        Self::with_store(store)
    }

    /// Opens an index that any analyzer made, to make it anew: every speech is to be put again before the commit.
    ///
    /// # Errors
    /// [`ErrorKind::Busy`] where another process writes.
    pub fn open_with_any_analyzer(directory: &Path, analyzer: Analyzer) -> Result<Self> {
        Self::with_store(Store::open_with_any_analyzer(directory, analyzer)?)
    }

    fn with_store(store: Store) -> Result<Self> {
        let threads = indexing_threads();
        let memory = MEMORY_BYTES_PER_THREAD * threads;
        let writer = locked_writer(&store, threads, memory)?;
        // A writer that was killed leaves files behind; the next one would give some of their names again, and fail.
        writer
            .garbage_collect_files()
            .wait()
            .map_err(|error| store.failed("cannot clear what an interrupted writer left", error))?;
        writer.set_merge_policy(Box::new(CappedMergePolicy::new(store.unit_counts().clone())));
        let snapshot = store.snapshot()?;
        let ledger = snapshot.ledger()?;
        let manifest = snapshot.manifest();
        let corpus_name = manifest.corpus.name.clone();
        // A catalog that cannot be read costs only that all files are read again.
        let catalog = manifest
            .catalog
            .as_deref()
            .map(|name| Catalog::read(store.directory(), name));
        let catalog = catalog.and_then(std::io::Result::ok).unwrap_or_default();
        Ok(Self {
            committed: ledger.len(),
            store,
            writer,
            ledger,
            catalog,
            corpus_name,
            is_dirty: false,
            handed_bytes: 0,
            has_failed: false,
        })
    }

    /// The speeches in the index and those added since, by id.
    pub fn ledger(&self) -> &BTreeMap<String, LedgerEntry> {
        &self.ledger
    }

    /// The store that is written to.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Names the corpus, from the next commit on.
    pub fn set_corpus_name(&mut self, name: &str) {
        self.is_dirty |= self.corpus_name != name;
        self.corpus_name = name.to_owned();
    }

    /// Adds a speech, in place of the one with its id.
    ///
    /// # Errors
    /// The writer has failed before, as on a full disk.
    pub fn put(&mut self, speech: &Speech, provenance: Provenance<'_>) -> Result<()> {
        self.put_prepared(PreparedSpeech::new(self.store.fields(), speech, provenance))
    }

    /// Adds a speech that another thread has prepared, in place of the one with its id.
    ///
    /// # Errors
    /// As [`put`](Self::put).
    pub fn put_prepared(&mut self, prepared: PreparedSpeech) -> Result<()> {
        let PreparedSpeech {
            id,
            documents,
            encoded_bytes,
            entry,
        } = prepared;
        self.wait_for_threads();
        self.handed_bytes += encoded_bytes;
        let mut operations: Vec<UserOperation<TantivyDocument>> = Vec::with_capacity(documents.len() + 1);
        if self.ledger.contains_key(&id) {
            operations.push(UserOperation::Delete(self.term(&id)));
        }
        operations.extend(documents.into_iter().map(UserOperation::Add));
        if let Err(error) = self.writer.run(operations) {
            return Err(self.give_up("cannot write to the index", error));
        }
        self.ledger.insert(id, entry);
        self.is_dirty = true;
        Ok(())
    }

    /// Waits until the writer's threads have cut most of what was handed to them, so that memory stays bounded.
    fn wait_for_threads(&self) {
        let (mut cut, mut since) = (self.store.cut_bytes(), Instant::now());
        while self.handed_bytes.saturating_sub(cut) > MOST_WAITING_BYTES && since.elapsed() < LONGEST_STANDSTILL {
            std::thread::sleep(Duration::from_millis(1));
            let now = self.store.cut_bytes();
            if now != cut {
                (cut, since) = (now, Instant::now());
            }
        }
    }

    /// The files that were read into the index.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// Takes over what came of all files, as of the next commit.
    pub(super) fn set_catalog(&mut self, catalog: Catalog) {
        self.catalog = catalog;
        self.is_dirty = true;
    }

    /// Notes what came of a file, as of the next commit.
    pub fn set_file(&mut self, id: FileId, collection: &str, record: FileRecord) {
        self.is_dirty |= self.catalog.set(id, collection, record);
    }

    /// Forgets the files that are not wanted, as of the next commit.
    pub fn retain_files(&mut self, is_wanted: impl FnMut(&FileId, &FileRecord) -> bool) {
        self.is_dirty |= self.catalog.retain(is_wanted);
    }

    /// Removes a speech; says whether it was there.
    pub fn remove(&mut self, id: &str) -> bool {
        let was_there = self.ledger.remove(id).is_some();
        if was_there {
            self.writer.delete_term(self.term(id));
            self.is_dirty = true;
        }
        was_there
    }

    /// Commits everything since the last commit, if there is anything.
    ///
    /// # Errors
    /// The disk is full or cannot be written; the last commit stays as it is.
    pub fn commit(&mut self) -> Result<()> {
        if !self.is_dirty && self.store.has_manifest()? {
            return Ok(());
        }
        self.commit_always()
    }

    /// Commits, even where no speech has changed.
    ///
    /// # Errors
    /// As [`commit`](Self::commit).
    pub fn commit_always(&mut self) -> Result<()> {
        if self.has_failed {
            let message = "the writer of the index has failed before; open the index again";
            return Err(Error::new(ErrorKind::Io, message).at_path(self.store.directory()));
        }
        let failure = "cannot commit to the index";
        let catalog = match self.catalog.write(self.store.directory()) {
            Ok(name) => name,
            Err(fault) => return Err(self.give_up(failure, TantivyError::from(fault))),
        };
        let manifest = self.manifest(catalog.clone());
        if let Err(error) = commit_with(&mut self.writer, &manifest) {
            return Err(self.give_up(failure, error));
        }
        Catalog::remove_others(self.store.directory(), catalog.as_deref());
        self.is_dirty = false;
        self.committed = self.ledger.len();
        Ok(())
    }

    /// Goes back to the last commit, takes what was written since off the disk, and says what happened. A thread's failure comes to
    /// light where the threads are waited for.
    fn give_up(&mut self, message: &str, error: TantivyError) -> Error {
        let cause = match &error {
            TantivyError::ErrorInThread(_) => self.writer.prepare_commit().err(),
            _ => None,
        };
        let cause = cause.unwrap_or(error);
        self.has_failed = true;
        // What fails here has failed already; the next writer clears up.
        if self.writer.rollback().is_ok() {
            let _ = self.writer.garbage_collect_files().wait();
        }
        match fault_of(&cause) {
            Some(fault) => fault.error_after_commit(self.store.directory(), self.committed),
            None => self.store.failed(message, cause),
        }
    }

    fn manifest(&self, catalog: Option<String>) -> Manifest {
        let identity = self.store.analyzer().identity();
        let hashes = self
            .ledger
            .iter()
            .map(|(id, entry)| (id.as_str(), entry.content_hash.as_str()));
        let version = corpus_version(&identity, hashes);
        let languages: BTreeSet<&str> = self.ledger.values().map(|entry| entry.language.as_str()).collect();
        Manifest {
            format: FORMAT_VERSION,
            analyzer: identity,
            lexicon: self.store.analyzer().user_lexicon().clone(),
            corpus: CorpusVersion {
                name: self.corpus_name.clone(),
                version,
            },
            languages: languages
                .into_iter()
                .filter(|tag| !tag.is_empty())
                .map(str::to_owned)
                .collect(),
            catalog,
        }
    }

    /// Commits, and merges segments as far as the cap on a merge allows; what was deleted is gone from the disk afterwards.
    ///
    /// # Errors
    /// As [`commit`](Self::commit).
    pub fn optimize(mut self) -> Result<()> {
        self.commit()?;
        let failed = |error| self.store.failed("cannot merge the segments of the index", error);
        let snapshot = self.store.snapshot()?;
        let (mut ids, mut with_deletions) = (Vec::new(), BTreeSet::new());
        for segment in snapshot.segments() {
            let reader = segment.reader();
            ids.push(reader.segment_id());
            if reader.has_deletes() {
                with_deletions.insert(reader.segment_id());
            }
        }
        drop(snapshot);
        for group in capped_groups(ids, self.store.unit_counts()) {
            if group.len() > 1 || with_deletions.contains(&group[0]) {
                self.writer.merge(&group).wait().map_err(failed)?;
            }
        }
        self.writer.garbage_collect_files().wait().map_err(failed)?;
        self.finish()
    }

    /// Waits until merges in the background have ended.
    ///
    /// # Errors
    /// A merge failed.
    pub fn finish(self) -> Result<()> {
        let store = self.store;
        self.writer
            .wait_merging_threads()
            .map_err(|error| store.failed("cannot merge the segments of the index", error))
    }

    fn term(&self, id: &str) -> Term {
        Term::from_field_text(self.store.fields().speech, id)
    }
}

/// Commits with a manifest that is sealed.
fn commit_with(writer: &mut IndexWriter, manifest: &Manifest) -> tantivy::Result<()> {
    let settings = writer.index().settings().clone();
    let mut prepared = writer.prepare_commit()?;
    let frame = seal_frame(prepared.opstamp(), &settings);
    prepared.set_payload(&manifest.to_payload(&frame));
    prepared.commit()?;
    Ok(())
}

/// Takes the one writer's place. Who only looks whether somebody writes holds the lock for a moment, so it is tried more than once.
fn locked_writer(store: &Store, threads: usize, memory_bytes: usize) -> Result<IndexWriter> {
    let mut tries = 0;
    loop {
        match store.index().writer_with_num_threads(threads, memory_bytes) {
            Ok(writer) => return Ok(writer),
            Err(TantivyError::LockFailure(LockError::LockBusy, _)) if tries < LOCK_TRIES => tries += 1,
            Err(TantivyError::LockFailure(LockError::LockBusy, _)) => {
                return Err(Error::new(ErrorKind::Busy, "another process is writing to this index")
                    .at_path(store.directory())
                    .hint("wait until it has ended; searching goes on meanwhile"));
            }
            Err(other) => return Err(store.failed("cannot write to the index", other)),
        }
        std::thread::sleep(LOCK_PAUSE);
    }
}
