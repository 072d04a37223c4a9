//! An index of an older layout: its texts and metadata are read so that it can be made anew. Nothing is looked up in it.
//!
//! Only what is stored is read, by the names of its fields, so neither the schema nor the exact index of today has to fit. The new
//! index is made in a folder inside of the old one's and takes its place with one renaming, so a run that is ended leaves what
//! was there.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use tantivy::columnar::StrColumn;
use tantivy::directory::{DirectoryLock, INDEX_WRITER_LOCK};
use tantivy::schema::{Field, Schema, Value};
use tantivy::{Directory, Index, SegmentReader, TantivyDocument, TantivyError};

use super::catalog::Catalog;
use super::commit::META;
use super::documents::{Provenance, SpeechRecord, StoredPassage, assemble};
use super::faults::io_error;
use super::manifest::{FORMAT_VERSION, OLDEST_REBUILT};
use super::snapshot::damaged;
use super::store::index_error;
use super::writer::SpeechWriter;
use crate::analyzer::Analyzer;
use crate::analyzer::lexicon::UserLexicon;
use crate::corpus::Speech;
use crate::error::{Error, ErrorKind, Result};

/// The folder in which the new index is made.
const WORKSHOP: &str = ".rebuilt";

/// The list of the files that are the writer's to delete.
const MANAGED: &str = ".managed.json";

/// The passages of a store that are kept unpacked while it is read from front to back.
const CACHED_BLOCKS: usize = 1;

/// What an older commit says about itself, as far as it is taken over.
#[derive(Deserialize)]
struct OlderManifest {
    format: u32,
    #[serde(default)]
    lexicon: UserLexicon,
    corpus: OlderCorpus,
    #[serde(default)]
    catalog: Option<String>,
}

#[derive(Deserialize)]
struct OlderCorpus {
    name: String,
}

/// An index of an older layout, open to be made anew.
pub struct OlderIndex {
    directory: PathBuf,
    index: Index,
    manifest: OlderManifest,
    /// Held until the new index is in place.
    lock: DirectoryLock,
}

/// A speech of an older index, with how it came there.
struct OlderSpeech {
    speech: Speech,
    text_key: String,
    root: String,
}

impl OlderIndex {
    /// Opens the index of a folder if it is of an older layout whose texts are read; nothing where it is of today's.
    ///
    /// # Errors
    /// There is no index that can be read, or another process writes to it.
    pub fn open(directory: &Path) -> Result<Option<Self>> {
        let payload =
            Index::open_in_dir(directory).and_then(|index| index.load_metas().map(|metas| (index, metas.payload)));
        let Ok((index, Some(payload))) = payload else {
            // What is wrong is said where an index of today is opened.
            return Ok(None);
        };
        let line = payload.lines().next().unwrap_or_default();
        let Ok(manifest) = serde_json::from_str::<OlderManifest>(line) else {
            return Ok(None);
        };
        if !(OLDEST_REBUILT..FORMAT_VERSION).contains(&manifest.format) {
            return Ok(None);
        }
        let lock = index.directory().acquire_lock(&INDEX_WRITER_LOCK).map_err(|_| {
            Error::new(ErrorKind::Busy, "another process is writing to this index")
                .at_path(directory)
                .hint("wait until it has ended")
        })?;
        Ok(Some(Self {
            directory: directory.to_owned(),
            index,
            manifest,
            lock,
        }))
    }

    /// Makes the index anew with the present analyzer and layout, with its own lexicon or another; returns the number of speeches.
    /// `amend` makes of a speech what today's reading makes of it, and returns the hash of its content. Until it is done the folder
    /// holds the old index.
    ///
    /// # Errors
    /// The old index is damaged, or the folder cannot be written.
    pub fn rebuild(
        self,
        lexicon: Option<UserLexicon>,
        amend: impl Fn(&mut Speech) -> String,
        mut progress: impl FnMut(u64, u64),
    ) -> Result<u64> {
        let workshop = self.directory.join(WORKSHOP);
        let failed = |cause| io_error(&self.directory, "cannot make the index anew", cause);
        remove_folder(&workshop).map_err(failed)?;
        let analyzer = Analyzer::new(lexicon.unwrap_or_else(|| self.manifest.lexicon.clone()));
        let lexicon = analyzer.user_lexicon().clone();
        let mut writer = SpeechWriter::open(&workshop, analyzer)?;
        writer.set_corpus_name(&self.manifest.corpus.name);
        let catalog = self.manifest.catalog.as_deref();
        // A catalog that cannot be read costs only that all files are read again.
        let catalog = catalog.and_then(|name| Catalog::read(&self.directory, name).ok());
        writer.set_catalog(catalog.unwrap_or_default());
        let count = self.copy_speeches(&mut writer, &amend, &mut progress)?;
        writer.commit_always()?;
        writer.optimize()?;
        self.take_over(&workshop).map_err(failed)?;
        let Self { directory, lock, .. } = self;
        drop(lock);
        // Opening it to write takes the old files away.
        SpeechWriter::open(&directory, Analyzer::new(lexicon))?.finish()?;
        Ok(count)
    }

    fn copy_speeches(
        &self,
        writer: &mut SpeechWriter,
        amend: &impl Fn(&mut Speech) -> String,
        progress: &mut impl FnMut(u64, u64),
    ) -> Result<u64> {
        let reader = self.index.reader().map_err(|error| self.failed(error))?;
        let searcher = reader.searcher();
        let names = StoredNames::of(&self.index.schema());
        let total = searcher
            .segment_readers()
            .iter()
            .map(|segment| names.speech_count(segment));
        let total = total.sum::<tantivy::Result<u64>>().map_err(damaged)?;
        let mut done = 0;
        for segment in searcher.segment_readers() {
            names.for_each_speech(segment, &mut |mut older| {
                let content_hash = amend(&mut older.speech);
                writer.put(
                    &older.speech,
                    Provenance {
                        content_hash: &content_hash,
                        text_key: &older.text_key,
                        root: &older.root,
                    },
                )?;
                done += 1;
                progress(done, total);
                Ok(())
            })?;
        }
        Ok(done)
    }

    fn failed(&self, error: TantivyError) -> Error {
        index_error(&self.directory, "cannot read the index", error)
    }

    /// Moves the new index into the place of the old one: its files, then the list of what may be deleted, then what says which
    /// files are the index.
    fn take_over(&self, workshop: &Path) -> io::Result<()> {
        let managed = [&self.directory, &workshop.to_owned()].map(|folder| managed_files(folder));
        let [old, new] = managed;
        let managed: BTreeSet<String> = old?.into_iter().chain(new?).collect();
        for entry in fs::read_dir(workshop)? {
            let entry = entry?;
            let name = entry.file_name();
            if name != META && !name.to_string_lossy().starts_with('.') {
                fs::rename(entry.path(), self.directory.join(&name))?;
            }
        }
        let mut list = tempfile::NamedTempFile::new_in(&self.directory)?;
        list.write_all(&serde_json::to_vec(&managed)?)?;
        list.as_file().sync_all()?;
        list.persist(self.directory.join(MANAGED))?;
        fs::rename(workshop.join(META), self.directory.join(META))?;
        remove_folder(workshop)
    }
}

fn managed_files(folder: &Path) -> io::Result<Vec<String>> {
    match fs::read(folder.join(MANAGED)) {
        Ok(list) => Ok(serde_json::from_slice(&list)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

fn remove_folder(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The stored fields of layouts from 4 on, as far as a schema has them.
struct StoredNames {
    record: Option<Field>,
    text: Option<Field>,
    paragraph: Option<Field>,
    piece: Option<Field>,
    body_start: Option<Field>,
    gap: Option<Field>,
    turn: Option<Field>,
    marked_heading: Option<Field>,
}

impl StoredNames {
    fn of(schema: &Schema) -> Self {
        let field = |name| schema.get_field(name).ok();
        Self {
            record: field("record"),
            text: field("text"),
            paragraph: field("paragraph"),
            piece: field("piece"),
            body_start: field("body_start"),
            gap: field("gap"),
            turn: field("turn"),
            marked_heading: field("marked_heading"),
        }
    }

    fn speech_count(&self, segment: &SegmentReader) -> tantivy::Result<u64> {
        let ids = segment.fast_fields().str("id")?;
        let has_one = |doc: &u32| ids.as_ref().is_some_and(|ids| ids.term_ords(*doc).next().is_some());
        Ok(segment.doc_ids_alive().filter(has_one).count() as u64)
    }

    /// Reads the speeches of a segment: each is a block of passages, of which the first has the record.
    fn for_each_speech(&self, segment: &SegmentReader, found: &mut dyn FnMut(OlderSpeech) -> Result<()>) -> Result<()> {
        let store = segment
            .get_store_reader(CACHED_BLOCKS)
            .map_err(|error| damaged(error.into()))?;
        let column = |name: &str| segment.fast_fields().str(name).map_err(damaged);
        let columns = [column("text_key")?, column("root")?];
        let mut open: Option<(u32, SpeechRecord, Vec<StoredPassage>)> = None;
        let mut close = |open: Option<(u32, SpeechRecord, Vec<StoredPassage>)>| -> Result<()> {
            let Some((start, record, passages)) = open else {
                return Ok(());
            };
            let [text_key, root] = columns.each_ref().map(|column| value_of(column.as_ref(), start));
            found(OlderSpeech {
                speech: assemble(&record, &passages),
                text_key: text_key?,
                root: root?,
            })
        };
        for doc in segment.doc_ids_alive() {
            let document: TantivyDocument = store.get(doc).map_err(damaged)?;
            if let Some(record) = text_of(&document, self.record) {
                let record = serde_json::from_str(&record).map_err(|cause| {
                    Error::new(
                        ErrorKind::Index,
                        "the index is damaged: what it says of a speech cannot be read",
                    )
                    .caused_by(cause)
                })?;
                close(open.replace((doc, record, Vec::new())))?;
            }
            if let Some((_, _, passages)) = &mut open {
                passages.push(self.passage(&document));
            }
        }
        close(open)
    }

    fn passage(&self, document: &TantivyDocument) -> StoredPassage {
        let number = |field: Option<Field>| document.get_first(field?).and_then(|value| value.as_u64());
        StoredPassage {
            paragraph: number(self.paragraph).unwrap_or_default() as u32,
            piece: number(self.piece).map(|piece| piece as u32),
            body_start: number(self.body_start).unwrap_or_default() as usize,
            text: text_of(document, self.text).unwrap_or_default(),
            gap: text_of(document, self.gap).unwrap_or_else(|| "\n".to_owned()),
            turn: text_of(document, self.turn),
            is_marked_heading: self
                .marked_heading
                .is_some_and(|field| document.get_first(field).is_some()),
        }
    }
}

fn text_of(document: &TantivyDocument, field: Option<Field>) -> Option<String> {
    let value = document.get_first(field?)?;
    value.as_str().map(str::to_owned)
}

fn value_of(column: Option<&StrColumn>, doc: u32) -> Result<String> {
    let mut value = String::new();
    if let Some(column) = column
        && let Some(number) = column.term_ords(doc).next()
    {
        column
            .ord_to_str(number, &mut value)
            .map_err(|error| damaged(error.into()))?;
    }
    Ok(value)
}
