//! Ingesting: what is read becomes part of the index, each speech once, and the report says what became of everything.

use std::collections::{BTreeSet, HashMap};
use std::num::NonZeroU64;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

mod fate;

use super::changes::check_edition;
use super::ingest_report::{IngestReport, add_assumption, assumptions};
use super::preparation::{Preparation, Ready, ReadySpeech};
use super::reading::Engine;
use super::run_files::{FileStage, RunFiles, canonical_roots};
use super::upload::{Outcome, OutcomeCode, SpeechOutcome};
use crate::analyzer::Analyzer;
use crate::analyzer::lexicon::UserLexicon;
use crate::corpus::{Matter, Speech};
use crate::error::Result;
use crate::index::{Duplicate, FileRecord, LedgerEntry, PreparedSpeech, Provenance, SetAside, SpeechWriter, Store};
use crate::ingest::{Event, Events, FileEnd, FileId, IngestOptions, IngestedSpeech, Input, Rejection, check};
use fate::{Fate, line_of, rejection, unread};

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
pub fn ingest(directory: &Path, request: IngestRequest, progress: impl FnMut(IngestProgress)) -> Result<IngestReport> {
    let Ingested {
        mut report, changed, ..
    } = run(directory, request, Manner::Files, progress)?;
    if !changed.is_empty() {
        report.versions = Engine::open(directory)?.versions_of(&changed)?;
    }
    Ok(report)
}

/// How an ingest goes about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// There may be a great many speeches: they are committed now and then, and counted.
    Files,
    /// Someone waits for what becomes of each speech: all are committed at the end or none.
    Upload {
        /// The edition of the index without which nothing is to be done; any where there is none.
        onto: Option<String>,
    },
}

/// What an ingest did.
pub(super) struct Ingested {
    report: IngestReport,
    /// The ids of what is new or changed.
    changed: Vec<String>,
    /// What became of each speech, in order, of an upload.
    pub(super) outcomes: Vec<SpeechOutcome>,
}

/// Ingests; the versions are left out of the report.
pub(super) fn run(
    directory: &Path,
    request: IngestRequest,
    manner: Manner,
    mut progress: impl FnMut(IngestProgress),
) -> Result<Ingested> {
    let roots = canonical_roots(&request.inputs);
    let analyzer = Analyzer::new(lexicon_for(directory, request.lexicon)?);
    check(&request.inputs, &request.options)?;
    let writer = SpeechWriter::open(directory, analyzer)?;
    if let Manner::Upload { onto: Some(edition) } = &manner {
        check_edition(&writer, edition)?;
    }
    let mut files = RunFiles::new(request.options.collection.as_deref(), writer.catalog());
    let known = files.known_stamps(writer.catalog(), writer.ledger());
    let preparation = Preparation::of(&writer);
    let prepare = move |event| preparation.prepare(event);
    let options = IngestOptions {
        excluded: Some(directory.to_owned()),
        ..request.options
    };
    let mut events = Events::open(request.inputs, options, &known, Arc::clone(&request.stop), prepare)?;
    files.list(events.files(), events.unchanged());
    let mut ingestion = Ingestion::new(writer, request.commit_every, manner, files);
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
    ingestion.report.interrupted = request.stop.load(Ordering::Relaxed);
    if !ingestion.report.interrupted {
        ingestion.take_deferred()?;
        ingestion.let_go(&roots, request.prune);
    }
    ingestion.finish()
}

fn lexicon_for(directory: &Path, given: Option<UserLexicon>) -> Result<UserLexicon> {
    match given {
        Some(lexicon) => Ok(lexicon),
        None => Ok(Store::lexicon_of(directory)?.unwrap_or_default()),
    }
}

/// How long an ingest goes on before it commits what it has.
const COMMIT_INTERVAL: Duration = Duration::from_secs(20);

struct Ingestion {
    writer: SpeechWriter,
    report: IngestReport,
    files: RunFiles,
    /// Where each id of this run came from: root and source.
    seen: HashMap<String, (String, String)>,
    /// The speech that has a text.
    by_text: HashMap<String, String>,
    /// The ids of what is new or changed.
    changed: Vec<String>,
    /// Speeches on which something depends that this run has yet to read.
    deferred: Vec<ReadySpeech>,
    /// What came of the file that is being read.
    file: FileRecord,
    /// Whether another reading of that file may give something else though it has not changed.
    is_open: bool,
    last_commit: Instant,
    commit_every: Option<NonZeroU64>,
    uncommitted: u64,
    manner: Manner,
    outcomes: Vec<SpeechOutcome>,
}

impl Ingestion {
    fn new(writer: SpeechWriter, commit_every: Option<NonZeroU64>, manner: Manner, files: RunFiles) -> Self {
        let texts = writer.ledger().iter();
        Self {
            by_text: texts.map(|(id, entry)| (entry.text_key.clone(), id.clone())).collect(),
            writer,
            report: IngestReport::default(),
            files,
            seen: HashMap::new(),
            changed: Vec::new(),
            deferred: Vec::new(),
            file: FileRecord::default(),
            is_open: false,
            last_commit: Instant::now(),
            commit_every,
            uncommitted: 0,
            manner,
            outcomes: Vec::new(),
        }
    }

    fn take(&mut self, ready: Ready) -> Result<()> {
        match ready {
            Ready::Speech(speech) => return self.take_speech(*speech),
            Ready::Other(Event::Unlisted(rejection)) => self.take_unlisted(rejection),
            Ready::Other(Event::Rejected(rejection)) => {
                self.tell(|| unread(&rejection));
                self.reject(rejection);
            }
            Ready::Other(Event::Consulted(file)) => self.report.consulted.push(file),
            Ready::Other(Event::Skipped(file)) => {
                self.file.skipped.push(file.clone());
                self.report.skipped.push(file);
            }
            Ready::Other(Event::Unchanged(id)) => self.take_unchanged(&id),
            Ready::Other(Event::End(end)) => return self.end_file(end),
            // The reading threads have made a ready speech of it.
            Ready::Other(Event::Speech(_)) => {}
        }
        Ok(())
    }

    /// Something that is not part of a file: a folder that cannot be looked into, a lone sidecar.
    fn take_unlisted(&mut self, rejection: Rejection) {
        self.files.cannot_look_at(&rejection.source);
        self.report.rejected.push(rejection);
    }

    /// A file that is as it was: its part of the report is given again.
    fn take_unchanged(&mut self, id: &FileId) {
        if let Some(record) = self.writer.catalog().get(id, self.files.collection()) {
            self.report.add_known(record);
        }
    }

    fn end_file(&mut self, end: FileEnd) -> Result<()> {
        let record = std::mem::take(&mut self.file);
        let stamp = end.stamp.filter(|_| !self.is_open);
        self.is_open = false;
        self.files.end(end.id.clone(), record.rejected.is_empty());
        self.writer
            .set_file(end.id, self.files.collection(), FileRecord { stamp, ..record });
        self.commit_where_due()
    }

    fn take_speech(&mut self, mut ready: ReadySpeech) -> Result<()> {
        let file = self.files.file_of(&ready.ingested.root, &ready.ingested.source);
        if let Fate::Undecided = self.fate_of(&ready, &file) {
            // Its documents are made again if it is taken: many may wait.
            ready.prepared = None;
            self.is_open = true;
            self.deferred.push(ready);
            return Ok(());
        }
        self.settle(ready, &file)
    }

    /// Decides on the speeches that had to wait, now that everything was read.
    fn take_deferred(&mut self) -> Result<()> {
        let mut current: Option<FileId> = None;
        for ready in std::mem::take(&mut self.deferred) {
            let file = self.files.file_of(&ready.ingested.root, &ready.ingested.source);
            if current.as_ref() != Some(&file) {
                self.put_record_back(current.take());
                let record = self.writer.catalog().get(&file, self.files.collection());
                self.file = record.cloned().unwrap_or_default();
            }
            self.settle(ready, &file)?;
            current = Some(file);
        }
        self.put_record_back(current);
        Ok(())
    }

    fn put_record_back(&mut self, file: Option<FileId>) {
        let record = std::mem::take(&mut self.file);
        if let Some(file) = file {
            self.files.end(file.clone(), record.rejected.is_empty());
            self.writer.set_file(file, self.files.collection(), record);
        }
    }

    fn settle(&mut self, ready: ReadySpeech, file: &FileId) -> Result<()> {
        match self.fate_of(&ready, file) {
            Fate::Duplicate(id) => self.take_duplicate(ready, id),
            Fate::Refused(refusal) => {
                // The other speech may be gone the next time.
                self.is_open = true;
                self.tell(|| refusal.outcome(&ready.ingested));
                self.reject(rejection(&ready.ingested.source, refusal.to_string()));
            }
            Fate::Own | Fate::Undecided => return self.take_own(ready, file),
        }
        Ok(())
    }

    fn take_duplicate(&mut self, ready: ReadySpeech, original: String) {
        self.tell(|| SpeechOutcome {
            id: Some(original.clone()),
            code: Some(OutcomeCode::Duplicate),
            reason: Some(format!("its text is that of the speech `{original}`")),
            ..SpeechOutcome::new(line_of(&ready.ingested.source), Outcome::Duplicate)
        });
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

    fn take_own(&mut self, ready: ReadySpeech, file: &FileId) -> Result<()> {
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
            chrome_bytes,
            ..
        } = ingested;
        self.note(&speech, &source, &warnings);
        self.set_aside(&speech, chrome_bytes);
        let line = line_of(&source);
        let known = self.writer.ledger().get(&speech.id);
        let is_unchanged = known.is_some_and(|entry| {
            let is_where_it_was = self.files.owner_of(&speech.id, entry) == *file;
            entry.content_hash == content_hash && is_where_it_was
        });
        let outcome = match known {
            _ if is_unchanged => Outcome::Unchanged,
            Some(_) => Outcome::Updated,
            None => Outcome::Added,
        };
        if let Some(before) = known.filter(|entry| entry.text_key != text_key)
            && self.by_text.get(&before.text_key) == Some(&speech.id)
        {
            self.by_text.remove(&before.text_key);
        }
        self.by_text.insert(text_key.clone(), speech.id.clone());
        self.files.own(&speech.id, file);
        self.file.ids.push(speech.id.clone());
        self.seen.insert(speech.id.clone(), (root.clone(), source));
        self.tell(|| SpeechOutcome {
            id: Some(speech.id.clone()),
            warnings,
            ..SpeechOutcome::new(line, outcome)
        });
        if is_unchanged {
            self.report.unchanged += 1;
            return Ok(());
        }
        let prepared = prepared.unwrap_or_else(|| {
            let provenance = Provenance {
                content_hash: &content_hash,
                text_key: &text_key,
                root: &root,
            };
            PreparedSpeech::new(self.writer.store().fields(), &speech, provenance)
        });
        self.writer.put_prepared(prepared)?;
        self.changed.push(speech.id);
        match outcome {
            Outcome::Updated => self.report.updated += 1,
            _ => self.report.added += 1,
        }
        self.uncommitted += 1;
        self.commit_where_due()
    }

    /// Notes what was read of a speech but not understood, and what was assumed about it.
    fn note(&mut self, speech: &Speech, source: &str, warnings: &[String]) {
        let warnings: Vec<String> = warnings.iter().map(|warning| format!("{source}: {warning}")).collect();
        self.report.warnings.extend(warnings.iter().cloned());
        self.file.warnings.extend(warnings);
        for assumption in assumptions(&speech.metadata, source) {
            add_assumption(&mut self.report.assumed, assumption.clone());
            add_assumption(&mut self.file.assumed, assumption);
        }
    }

    /// Counts what stands beside a speech.
    fn set_aside(&mut self, speech: &Speech, chrome_bytes: u64) {
        let lines: usize = speech.matter.iter().map(Matter::line_count).sum();
        let set_aside = SetAside {
            lines: lines as u64,
            speeches: u64::from(lines > 0),
            chrome_bytes,
        };
        self.report.set_aside.add(set_aside);
        self.file.set_aside.add(set_aside);
    }

    /// Commits what an interruption should not cost any more.
    fn commit_where_due(&mut self) -> Result<()> {
        let are_enough = self.commit_every.is_some_and(|count| self.uncommitted >= count.get());
        let is_time =
            self.manner == Manner::Files && self.uncommitted > 0 && self.last_commit.elapsed() > COMMIT_INTERVAL;
        if are_enough || is_time {
            self.writer.commit()?;
            self.last_commit = Instant::now();
            self.uncommitted = 0;
        }
        Ok(())
    }

    /// Says what became of a speech, where someone waits for it.
    fn tell(&mut self, outcome: impl FnOnce() -> SpeechOutcome) {
        if self.manner != Manner::Files {
            self.outcomes.push(outcome());
        }
    }

    fn reject(&mut self, rejection: Rejection) {
        self.file.rejected.push(rejection.clone());
        self.report.rejected.push(rejection);
    }

    /// Removes the speeches that are no longer in their files, or says how many there are.
    fn let_go(&mut self, roots: &BTreeSet<String>, prune: bool) {
        let is_lost = |(id, entry): &(&String, &LedgerEntry)| {
            roots.contains(&entry.root) && !self.seen.contains_key(*id) && self.files.has_lost(id, entry)
        };
        let lost: Vec<String> = self
            .writer
            .ledger()
            .iter()
            .filter(is_lost)
            .map(|(id, _)| id.clone())
            .collect();
        if !prune {
            if !lost.is_empty() {
                let speeches = if lost.len() == 1 {
                    "1 speech is"
                } else {
                    &format!("{} speeches are", lost.len())
                };
                let warning = format!("{speeches} no longer in the files that gave them: --prune removes them");
                self.report.warnings.push(warning);
            }
        } else {
            for id in &lost {
                self.report.removed += u64::from(self.writer.remove(id));
            }
        }
        let files = &self.files;
        self.writer.retain_files(|file, record| {
            let is_gone = roots.contains(&file.root) && files.stage(file) == FileStage::Gone;
            !is_gone || (!prune && !record.ids.is_empty())
        });
    }

    /// Commits, and says what was done.
    fn finish(mut self) -> Result<Ingested> {
        self.writer.commit()?;
        self.writer.finish()?;
        Ok(Ingested {
            report: self.report,
            changed: self.changed,
            outcomes: self.outcomes,
        })
    }
}
