//! Everything that changes an index: ingest, remove, optimize, reindex.

use std::collections::{BTreeSet, HashMap};
use std::num::NonZeroU64;
use std::path::Path;
use std::time::{Duration, Instant};

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::pruning::{Run, canonical_roots};
use crate::analyzer::Analyzer;
use crate::analyzer::lexicon::UserLexicon;
use crate::corpus::{Field, Speech};
use crate::error::{Error, ErrorKind, Result};
use crate::index::{Provenance, SpeechWriter, Store};
use crate::ingest::{IngestOptions, IngestedSpeech, Input, Item, Rejection, open};
use crate::search::{Filters, Sort, SpeakerReading, select_speeches};
use crate::text::hexadecimal;

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
}

/// What an ingest did. Nothing of the input is in none of the counts.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct IngestReport {
    /// Speeches that are new.
    pub added: u64,
    /// Speeches whose text or metadata changed.
    pub updated: u64,
    /// Speeches that are as they were.
    pub unchanged: u64,
    /// Speeches that were pruned.
    pub removed: u64,
    /// What was not read, with the reason.
    pub rejected: Vec<RejectedRow>,
    /// What was read but not understood, each with its source; the frame of the answer prints them.
    #[serde(skip)]
    pub warnings: Vec<String>,
}

/// A part of the input that was not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RejectedRow {
    /// The file, relative to the ingested root.
    pub source: String,
    /// The line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// Why, and the way out.
    pub reason: String,
}

impl From<Rejection> for RejectedRow {
    fn from(rejection: Rejection) -> Self {
        Self {
            source: rejection.source,
            line: rejection.line,
            reason: rejection.reason,
        }
    }
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

/// What a removal did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RemovalReport {
    /// The ids of the speeches that were removed.
    pub removed: Vec<String>,
    /// The ids asked for that no speech has.
    pub not_found: Vec<String>,
}

/// Adds and updates speeches. What is unchanged is not touched, what cannot be read is reported, and the index is committed
/// at the end and now and then before, so that an interrupted ingest loses little and a repeated one completes it.
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
    let reader = open(request.inputs, request.options)?;
    let analyzer = Analyzer::new(lexicon_for(directory, request.lexicon)?);
    let writer = SpeechWriter::open(directory, analyzer)?;
    let mut ingestion = Ingestion::new(writer, request.commit_every);
    if let Some(name) = &request.corpus_name {
        ingestion.writer.set_corpus_name(name);
    }
    let mut reader = reader;
    while let Some(item) = reader.next() {
        match item {
            Item::Speech(speech) => ingestion.take(*speech)?,
            Item::Rejected(rejection) => ingestion.report.rejected.push(rejection.into()),
        }
        let speeches = ingestion.seen.len() as u64;
        progress(IngestProgress {
            speeches,
            bytes_read: reader.bytes_read(),
            total_bytes: reader.total_bytes(),
        });
    }
    if request.prune {
        let rejected = ingestion.report.rejected.iter().map(|row| row.source.clone()).collect();
        let run = Run {
            roots,
            collection,
            seen: &ingestion.seen,
            rejected,
        };
        for id in run.gone(ingestion.writer.ledger()) {
            ingestion.report.removed += u64::from(ingestion.writer.remove(&id));
        }
    }
    ingestion.writer.commit()?;
    let report = ingestion.report;
    ingestion.writer.finish()?;
    Ok(report)
}

fn lexicon_for(directory: &Path, given: Option<UserLexicon>) -> Result<UserLexicon> {
    match given {
        Some(lexicon) => Ok(lexicon),
        None => Ok(Store::lexicon_of(directory)?.unwrap_or_default()),
    }
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
    last_commit: Instant,
    commit_every: Option<NonZeroU64>,
    uncommitted: u64,
}

impl Ingestion {
    fn new(writer: SpeechWriter, commit_every: Option<NonZeroU64>) -> Self {
        Self {
            writer,
            report: IngestReport::default(),
            seen: HashMap::new(),
            last_commit: Instant::now(),
            commit_every,
            uncommitted: 0,
        }
    }

    fn take(&mut self, ingested: IngestedSpeech) -> Result<()> {
        if let Some(reason) = self.conflict(&ingested) {
            self.reject(&ingested.source, reason);
            return Ok(());
        }
        let IngestedSpeech {
            speech,
            root,
            source,
            warnings,
        } = ingested;
        self.report
            .warnings
            .extend(warnings.iter().map(|warning| format!("{source}: {warning}")));
        let content_hash = content_hash(&speech);
        let known = self.writer.ledger().get(&speech.id);
        let is_update = known.is_some();
        self.seen.insert(speech.id.clone(), (root.clone(), source));
        if known.is_some_and(|entry| entry.content_hash == content_hash) {
            self.report.unchanged += 1;
            return Ok(());
        }
        self.writer.put(
            &speech,
            Provenance {
                content_hash: &content_hash,
                root: &root,
            },
        )?;
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
        if are_enough || self.last_commit.elapsed() > COMMIT_INTERVAL {
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
        if let Some((root, source)) = self.seen.get(id) {
            let other = place(root, source);
            return Some(format!(
                "the id `{id}` is that of {other} too; give one of them another id"
            ));
        }
        let entry = self
            .writer
            .ledger()
            .get(id)
            .filter(|entry| entry.root != ingested.root)?;
        let other = place(&entry.root, &entry.source);
        Some(format!(
            "the id `{id}` is that of {other}, which was ingested from another folder; \
             use `--collection NAME`, or remove the other one first"
        ))
    }

    fn reject(&mut self, source: &str, reason: String) {
        let (source, line) = match source.rsplit_once(':') {
            Some((file, line)) if line.parse::<u64>().is_ok() => (file.to_owned(), line.parse().ok()),
            _ => (source.to_owned(), None),
        };
        self.report.rejected.push(RejectedRow { source, line, reason });
    }
}

fn place(root: &str, source: &str) -> String {
    if root == "-" {
        format!("standard input ({source})")
    } else {
        format!("{root}/{source}")
    }
}

/// The hash of everything that is stored of a speech but where it came from: one with the same hash is not written again,
/// and a record that only moves to another line is unchanged.
pub fn content_hash(speech: &Speech) -> String {
    let mut metadata = speech.metadata.clone();
    metadata.remove(Field::Source);
    let hashed = (&speech.id, &metadata, &speech.text, speech.body, &speech.paragraphs);
    let serialized = serde_json::to_vec(&hashed).expect("a speech has only string keys");
    hexadecimal(&Sha256::digest(&serialized)[..16])
}

/// Opens an index for a change that must not make one.
fn open_existing(directory: &Path) -> Result<SpeechWriter> {
    let store = Store::open(directory)?;
    let analyzer = Analyzer::new(store.analyzer().user_lexicon().clone());
    drop(store);
    SpeechWriter::open(directory, analyzer)
}

/// Removes speeches by id, and those that filters let in, and commits.
///
/// # Errors
/// There is no index, or it is busy or cannot be written.
pub fn remove(directory: &Path, ids: &[String], filters: &Filters) -> Result<RemovalReport> {
    let mut writer = open_existing(directory)?;
    let mut report = RemovalReport::default();
    let mut wanted: BTreeSet<String> = ids.iter().cloned().collect();
    if !filters.is_empty() {
        let snapshot = writer.store().snapshot()?;
        for address in select_speeches(&snapshot, filters, Sort::Date, SpeakerReading::Own)?.speeches {
            wanted.insert(snapshot.record(address)?.id);
        }
    }
    for id in wanted {
        if writer.remove(&id) {
            report.removed.push(id);
        } else {
            report.not_found.push(id);
        }
    }
    writer.commit()?;
    writer.finish()?;
    Ok(report)
}

/// Merges segments and takes deleted text off the disk.
///
/// # Errors
/// There is no index, or it is busy or cannot be written.
pub fn optimize(directory: &Path) -> Result<()> {
    open_existing(directory)?.optimize()
}

/// Makes the index anew, from the texts that it holds, with this version's analyzer; returns the number of speeches.
///
/// Until the commit at its end the index stays as it was.
///
/// # Errors
/// There is no index, or its layout is another version's, or it is busy or cannot be written.
pub fn reindex(directory: &Path, lexicon: Option<UserLexicon>, mut progress: impl FnMut(u64, u64)) -> Result<u64> {
    let made_with = Store::existing_lexicon(directory)?;
    let analyzer = Analyzer::new(lexicon.unwrap_or(made_with));
    let mut writer = SpeechWriter::open_with_any_analyzer(directory, analyzer)?;
    let snapshot = writer.store().snapshot()?;
    let speeches = snapshot.speeches()?;
    let ledger = writer.ledger().clone();
    for (done, (address, id)) in speeches.iter().enumerate() {
        let (speech, _) = snapshot.speech(*address)?;
        let entry = ledger.get(id).ok_or_else(|| {
            Error::new(
                ErrorKind::Index,
                format!("the index is damaged: the speech `{id}` is not in its ledger"),
            )
        })?;
        writer.put(
            &speech,
            Provenance {
                content_hash: &entry.content_hash,
                root: &entry.root,
            },
        )?;
        progress(done as u64 + 1, speeches.len() as u64);
    }
    drop(snapshot);
    writer.commit_always()?;
    writer.optimize()?;
    Ok(speeches.len() as u64)
}
