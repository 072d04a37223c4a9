//! Ingesting: what is read becomes part of the index, each speech once, and the report says what became of everything.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::num::NonZeroU64;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::ingest_report::{IngestReport, add_assumption, assumptions};
use super::preparation::{Preparation, Ready, ReadySpeech};
use super::pruning::{Run, canonical_roots};
use crate::analyzer::Analyzer;
use crate::analyzer::lexicon::UserLexicon;
use crate::error::Result;
use crate::index::{Catalog, Duplicate, FileRecord, LedgerEntry, SpeechWriter, Store, file_of_source};
use crate::ingest::{Event, Events, FileEnd, FileId, IngestOptions, IngestedSpeech, Input, Rejection, check};

/// What to ingest, and how.
#[derive(Debug, Default)]
pub struct IngestRequest {
    /// Files, folders and streams.
    pub inputs: Vec<Input>,
    /// How to read them.
    pub options: IngestOptions,
    /// Whether speeches whose file is gone are removed.
    pub prune: bool,
    /// The user's own words, for a new index; an existing one keeps those it was made with.
    pub lexicon: Option<UserLexicon>,
    /// A name for the corpus.
    pub corpus_name: Option<String>,
    /// The number of new and changed speeches after which to commit, besides the commits that time asks for.
    pub commit_every: Option<NonZeroU64>,
    /// Becomes true when the user interrupts: what was read is committed, and the report says so.
    pub stop: Arc<AtomicBool>,
}

/// How far an ingest has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IngestProgress {
    /// Speeches read.
    pub speeches: u64,
    /// Bytes of the files begun.
    pub bytes_read: u64,
    /// Bytes of all files.
    pub total_bytes: u64,
}

/// Adds and updates speeches. What is unchanged is not touched, what cannot be read is reported, and the index is committed
/// at the end and now and then before, so that an interrupted ingest loses little and a repeated one completes it.
///
/// Reading, understanding and analyzing run on all cores; only the bookkeeping and the writer are on this thread.
///
/// # Errors
/// An input does not exist, the index is busy or was made with another analyzer, or it cannot be written.
pub fn ingest(
    directory: &Path,
    request: IngestRequest,
    mut progress: impl FnMut(IngestProgress),
) -> Result<IngestReport> {
    let roots = canonical_roots(&request.inputs);
    let collection = request.options.collection.clone();
    let analyzer = Analyzer::new(lexicon_for(directory, request.lexicon)?);
    check(&request.inputs, &request.options)?;
    let writer = SpeechWriter::open(directory, analyzer)?;
    let known = known_stamps(writer.catalog(), writer.ledger());
    let preparation = Preparation::of(&writer);
    let prepare = move |event| preparation.prepare(event);
    let options = IngestOptions {
        excluded: Some(directory.to_owned()),
        ..request.options
    };
    let mut events = Events::open(request.inputs, options, &known, Arc::clone(&request.stop), prepare)?;
    let mut ingestion = Ingestion::new(writer, request.commit_every, &events);
    if let Some(name) = &request.corpus_name {
        ingestion.writer.set_corpus_name(name);
    }
    while let Some(ready) = events.next() {
        let is_end = matches!(ready, Ready::Other(Event::End(_)));
        ingestion.take(ready)?;
        if is_end {
            continue;
        }
        progress(IngestProgress {
            speeches: ingestion.seen.len() as u64,
            bytes_read: events.bytes_read(),
            total_bytes: events.total_bytes(),
        });
    }
    ingestion.take_deferred()?;
    ingestion.report.interrupted = request.stop.load(Ordering::Relaxed);
    if request.prune && !ingestion.report.interrupted {
        ingestion.prune(roots, collection);
    }
    ingestion.finish()
}

fn lexicon_for(directory: &Path, given: Option<UserLexicon>) -> Result<UserLexicon> {
    match given {
        Some(lexicon) => Ok(lexicon),
        None => Ok(Store::lexicon_of(directory)?.unwrap_or_default()),
    }
}

/// The stamps of the files of which every speech is in the index. A file with a text that is stored from elsewhere is read
/// again, for that text may have changed there.
fn known_stamps(catalog: &Catalog, ledger: &BTreeMap<String, LedgerEntry>) -> BTreeMap<FileId, String> {
    let mut held: HashMap<(&str, &str), u64> = HashMap::new();
    for entry in ledger.values() {
        let is_file = |source: &str| catalog.get(&FileId::new(&entry.root, source)).is_some();
        *held
            .entry((&entry.root, file_of_source(&entry.source, is_file)))
            .or_default() += 1;
    }
    let is_whole = |(id, record): &(&FileId, &FileRecord)| {
        let held = held.get(&(id.root.as_str(), id.source.as_str())).copied();
        held.unwrap_or_default() == record.speeches && record.duplicates.is_empty()
    };
    let whole = catalog.files().filter(is_whole);
    whole
        .filter_map(|(id, record)| Some((id.clone(), record.stamp.clone()?)))
        .collect()
}

/// How long an ingest goes on before it commits what it has.
const COMMIT_INTERVAL: Duration = Duration::from_secs(20);

/// The longest id, in bytes.
const LONGEST_ID_BYTES: usize = 1_024;

struct Ingestion {
    writer: SpeechWriter,
    report: IngestReport,
    /// Where each id of this run came from: root and source.
    seen: HashMap<String, (String, String)>,
    /// The speech that has a text.
    by_text: HashMap<String, String>,
    /// The files that this run lists, and those of them that it need not read.
    listed: BTreeSet<FileId>,
    unchanged: BTreeSet<FileId>,
    /// Texts that the index holds from a file which this run has yet to read, and which may be other then.
    deferred: Vec<ReadySpeech>,
    /// What came of the file that is being read.
    file: FileRecord,
    last_commit: Instant,
    commit_every: Option<NonZeroU64>,
    uncommitted: u64,
}

/// What a text that the index holds means for the same text from elsewhere.
enum Original {
    /// It is the same speech.
    Certain(String),
    /// It is, if it is still the same when its own file was read.
    Undecided,
}

impl Ingestion {
    fn new(writer: SpeechWriter, commit_every: Option<NonZeroU64>, events: &Events<Ready>) -> Self {
        let texts = writer.ledger().iter();
        Self {
            by_text: texts.map(|(id, entry)| (entry.text_key.clone(), id.clone())).collect(),
            writer,
            report: IngestReport::default(),
            seen: HashMap::new(),
            listed: events.files().iter().cloned().collect(),
            unchanged: events.unchanged().iter().cloned().collect(),
            deferred: Vec::new(),
            file: FileRecord::default(),
            last_commit: Instant::now(),
            commit_every,
            uncommitted: 0,
        }
    }

    fn take(&mut self, ready: Ready) -> Result<()> {
        match ready {
            Ready::Speech(speech) => self.take_speech(*speech),
            Ready::Other(Event::Rejected(rejection)) => {
                self.reject(rejection);
                Ok(())
            }
            Ready::Other(Event::Consulted(file)) => {
                self.report.consulted.push(file);
                Ok(())
            }
            Ready::Other(Event::Unchanged(id)) => {
                self.take_unchanged(&id);
                Ok(())
            }
            Ready::Other(Event::End(end)) => self.end_file(end),
            // The reading threads have made a ready speech of it.
            Ready::Other(Event::Speech(_)) => Ok(()),
        }
    }

    /// A file that is as it was: its part of the report is given again.
    fn take_unchanged(&mut self, id: &FileId) {
        if let Some(record) = self.writer.catalog().get(id) {
            self.report.add_known(record);
        }
    }

    fn end_file(&mut self, end: FileEnd) -> Result<()> {
        let record = std::mem::take(&mut self.file);
        let stamp = end.stamp.filter(|_| !self.has_deferred_of(&end.id));
        self.writer.set_file(end.id, FileRecord { stamp, ..record });
        self.commit_where_due()
    }

    /// Whether texts of a file wait for a decision, so that it is not known yet what came of it.
    fn has_deferred_of(&self, file: &FileId) -> bool {
        let mut waiting = self.deferred.iter().map(|ready| &ready.ingested);
        waiting.any(|ingested| ingested.root == file.root && ingested.source.starts_with(&file.source))
    }

    fn take_speech(&mut self, ready: ReadySpeech) -> Result<()> {
        match self.original_of(&ready) {
            Some(Original::Certain(id)) => {
                self.take_duplicate(ready, id);
                Ok(())
            }
            Some(Original::Undecided) => {
                self.deferred.push(ready);
                Ok(())
            }
            None => self.take_own(ready),
        }
    }

    /// Decides on the texts that had to wait, now that everything was read.
    fn take_deferred(&mut self) -> Result<()> {
        for ready in std::mem::take(&mut self.deferred) {
            let IngestedSpeech { root, source, .. } = &ready.ingested;
            let file = self.file_id(root, source);
            self.file = self.writer.catalog().get(&file).cloned().unwrap_or_default();
            match self
                .by_text
                .get(&ready.text_key)
                .filter(|id| **id != ready.ingested.speech.id)
            {
                Some(id) => {
                    let id = id.clone();
                    self.take_duplicate(ready, id);
                }
                None => self.take_own(ready)?,
            }
            let record = std::mem::take(&mut self.file);
            self.writer.set_file(file, record);
        }
        Ok(())
    }

    /// The other speech that has the same text, where the id of this one was made of a path: ids that a source gives are
    /// kept, each with its speech.
    fn original_of(&self, ready: &ReadySpeech) -> Option<Original> {
        let speech = &ready.ingested.speech;
        if ready.ingested.has_given_id {
            return None;
        }
        let original = self.by_text.get(&ready.text_key).filter(|id| **id != speech.id)?;
        if self.seen.contains_key(original) {
            return Some(Original::Certain(original.clone()));
        }
        let entry = self.writer.ledger().get(original)?;
        let file = self.file_id(&entry.root, &entry.source);
        if self.unchanged.contains(&file) {
            return Some(Original::Certain(original.clone()));
        }
        if self.listed.contains(&file) {
            return Some(Original::Undecided);
        }
        // A file that is gone leaves its speech to the one that is there.
        let is_there = entry.root == "-" || Path::new(&file.root).join(&file.source).exists();
        is_there.then(|| Original::Certain(original.clone()))
    }

    /// The file that a source lies in, of those that this run lists.
    fn file_id(&self, root: &str, source: &str) -> FileId {
        let is_listed = |file: &str| self.listed.contains(&FileId::new(root, file));
        FileId::new(root, file_of_source(source, is_listed))
    }

    fn take_duplicate(&mut self, ready: ReadySpeech, original: String) {
        let duplicate = Duplicate {
            source: ready.ingested.source,
            speech: original.clone(),
        };
        if let Some(entry) = self.writer.ledger().get(&original) {
            let place = (entry.root.clone(), entry.source.clone());
            self.seen.entry(original).or_insert(place);
        }
        self.file.duplicates.push(duplicate.clone());
        self.report.duplicates.push(duplicate);
    }

    fn take_own(&mut self, ready: ReadySpeech) -> Result<()> {
        if let Some(reason) = self.conflict(&ready.ingested) {
            self.reject(rejection(&ready.ingested.source, reason));
            return Ok(());
        }
        let ReadySpeech {
            ingested,
            content_hash,
            text_key,
            prepared,
        } = ready;
        let IngestedSpeech {
            speech,
            root,
            source,
            warnings,
            ..
        } = ingested;
        let warnings: Vec<String> = warnings.iter().map(|warning| format!("{source}: {warning}")).collect();
        self.report.warnings.extend(warnings.iter().cloned());
        self.file.warnings.extend(warnings);
        for assumption in assumptions(&speech.metadata, &source) {
            add_assumption(&mut self.report.assumed, assumption.clone());
            add_assumption(&mut self.file.assumed, assumption);
        }
        self.file.speeches += 1;
        let known = self.writer.ledger().get(&speech.id);
        let is_update = known.is_some();
        let is_unchanged = known.is_some_and(|entry| entry.content_hash == content_hash);
        if let Some(before) = known.filter(|entry| entry.text_key != text_key) {
            self.by_text.remove(&before.text_key);
        }
        self.by_text.entry(text_key).or_insert_with(|| speech.id.clone());
        self.seen.insert(speech.id.clone(), (root, source));
        let Some(prepared) = prepared.filter(|_| !is_unchanged) else {
            self.report.unchanged += 1;
            return Ok(());
        };
        self.writer.put_prepared(prepared)?;
        if is_update {
            self.report.updated += 1;
        } else {
            self.report.added += 1;
        }
        self.uncommitted += 1;
        self.commit_where_due()
    }

    /// Commits what an interruption should not cost any more.
    fn commit_where_due(&mut self) -> Result<()> {
        let are_enough = self.commit_every.is_some_and(|count| self.uncommitted >= count.get());
        let is_time = self.uncommitted > 0 && self.last_commit.elapsed() > COMMIT_INTERVAL;
        if are_enough || is_time {
            self.writer.commit()?;
            self.last_commit = Instant::now();
            self.uncommitted = 0;
        }
        Ok(())
    }

    /// Why a speech cannot be taken, where another one has its id.
    fn conflict(&self, ingested: &IngestedSpeech) -> Option<String> {
        let id = &ingested.speech.id;
        if id.len() > LONGEST_ID_BYTES {
            return Some(format!(
                "its id is {} bytes long; {LONGEST_ID_BYTES} is the most",
                id.len()
            ));
        }
        if ingested.speech.paragraphs.is_empty() {
            return Some("there is no text to search in it".to_owned());
        }
        let twice = |root: &str, source: &str| {
            let other = place(root, source);
            Some(format!(
                "the id `{id}` is that of {other} too: rename one of the files, or give one of them another id"
            ))
        };
        if let Some((root, source)) = self.seen.get(id) {
            return twice(root, source);
        }
        let entry = self.writer.ledger().get(id)?;
        if entry.root == ingested.root {
            let is_held = self.unchanged.contains(&self.file_id(&entry.root, &entry.source));
            return is_held.then(|| twice(&entry.root, &entry.source)).flatten();
        }
        let other = place(&entry.root, &entry.source);
        Some(format!(
            "the id `{id}` is that of {other}, which was ingested from another folder; \
             use `--collection NAME`, or remove the other one first"
        ))
    }

    fn reject(&mut self, rejection: Rejection) {
        self.file.rejected.push(rejection.clone());
        self.report.rejected.push(rejection);
    }

    /// Removes the speeches whose file, or record, is gone.
    fn prune(&mut self, roots: BTreeSet<String>, collection: Option<String>) {
        let rejected = self.report.rejected.iter().map(|row| row.source.clone()).collect();
        let run = Run {
            roots,
            collection,
            seen: &self.seen,
            listed: &self.listed,
            unchanged: &self.unchanged,
            rejected,
        };
        for id in run.gone(self.writer.ledger()) {
            self.report.removed += u64::from(self.writer.remove(&id));
        }
    }

    fn finish(mut self) -> Result<IngestReport> {
        self.writer.commit()?;
        self.writer.finish()?;
        Ok(self.report)
    }
}

fn rejection(source: &str, reason: String) -> Rejection {
    let (source, line) = match source.rsplit_once(':') {
        Some((file, line)) if line.parse::<u64>().is_ok() => (file.to_owned(), line.parse().ok()),
        _ => (source.to_owned(), None),
    };
    Rejection { source, line, reason }
}

fn place(root: &str, source: &str) -> String {
    if root == "-" {
        format!("standard input ({source})")
    } else {
        format!("{root}/{source}")
    }
}
