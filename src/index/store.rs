//! The folder of an index: opened with the right analyzer or not at all.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{Index, IndexMeta, IndexSettings, TantivyError};

use super::catalog::Catalog;
use super::commit::{Commit, META};
use super::commit_directory::CommitDirectory;
use super::faults::fault_of;
use super::manifest::{Layouts, Manifest, is_sealed};
use super::plugin::{StringsPlugin, UnitCounts};
use super::schema::{Fields, WORD_TOKENIZER, schema};
use super::snapshot::Snapshot;
use crate::analyzer::Analyzer;
use crate::analyzer::lexicon::UserLexicon;
use crate::analyzer::words::WordTokenizer;
use crate::error::{Error, ErrorKind, Result};
use crate::strings::SymbolLimits;

/// How often a commit that cannot be opened is tried again, as another process may just have merged its segments.
const SNAPSHOT_RETRIES: usize = 3;

/// What to do about an index that is damaged.
pub(super) const DAMAGE_HINT: &str =
    "restore the folder from a backup (`chancery restore FILE --index DIR`), or ingest the sources into a new one";

/// The bytes of stored text that are packed, and unpacked for a hit, together.
const STORE_BLOCK_BYTES: usize = 12_288;

/// Higher levels take more time than they save space.
const STORE_COMPRESSION_LEVEL: i32 = 1;

/// An opened index folder.
pub struct Store {
    directory: PathBuf,
    index: Index,
    fields: Fields,
    analyzer: Arc<Analyzer>,
    unit_counts: UnitCounts,
    cut_bytes: Arc<AtomicU64>,
    /// Which layouts it reads: an index that is made anew may have an older one until it is.
    layouts: Layouts,
}

impl Store {
    /// Opens an index to read, with the analyzer that made it.
    ///
    /// # Errors
    /// [`ErrorKind::Index`]: there is none, it is damaged, or this version's analyzer is not the one that made it.
    pub fn open(directory: &Path) -> Result<Self> {
        let unit_counts = UnitCounts::default();
        let index = open_existing(directory, &unit_counts)?;
        Self::of_index(directory, index, unit_counts)
    }

    /// Opens an index whose files tantivy finds elsewhere; `directory` is named in errors.
    pub(super) fn open_directory(directory: &Path, files: CommitDirectory) -> Result<Self> {
        let unit_counts = UnitCounts::default();
        let index = checked_index(directory, Index::open(files), &unit_counts)?;
        Self::of_index(directory, index, unit_counts)
    }

    fn of_index(directory: &Path, index: Index, unit_counts: UnitCounts) -> Result<Self> {
        let manifest = read_manifest(&index, directory, Layouts::Current)?;
        let lexicon = manifest
            .as_ref()
            .map(|manifest| manifest.lexicon.clone())
            .unwrap_or_default();
        let analyzer = Analyzer::new(lexicon);
        if let Some(manifest) = &manifest {
            check_analyzer(manifest, &analyzer, directory)?;
        }
        Ok(Self::new(directory, index, analyzer, unit_counts))
    }

    /// Opens an index to write with an analyzer, and makes it where there is none.
    ///
    /// # Errors
    /// [`ErrorKind::Index`]: it is damaged, or another analyzer made it. [`ErrorKind::Io`]: the folder cannot be made.
    pub fn open_or_create(directory: &Path, analyzer: Analyzer) -> Result<Self> {
        let unit_counts = UnitCounts::default();
        if !directory.join("meta.json").is_file() {
            let index = create_index(directory, &unit_counts)?;
            return Ok(Self::new(directory, index, analyzer, unit_counts));
        }
        let index = open_index(directory, &unit_counts)?;
        if let Some(manifest) = read_manifest(&index, directory, Layouts::Current)? {
            check_analyzer(&manifest, &analyzer, directory)?;
        }
        Ok(Self::new(directory, index, analyzer, unit_counts))
    }

    /// Opens an index whatever analyzer made it; what it holds must be made anew before the next commit.
    ///
    /// # Errors
    /// [`ErrorKind::Index`]: it is damaged.
    pub fn open_with_any_analyzer(directory: &Path, analyzer: Analyzer) -> Result<Self> {
        let unit_counts = UnitCounts::default();
        let index = open_index(directory, &unit_counts)?;
        let store = Self::new(directory, index, analyzer, unit_counts);
        Ok(Self {
            layouts: Layouts::Readable,
            ..store
        })
    }

    /// The lexicon that the index in a folder was made with; nothing where there is no index.
    ///
    /// # Errors
    /// The folder holds something that is not an index of this layout.
    pub fn lexicon_of(directory: &Path) -> Result<Option<UserLexicon>> {
        if !directory.join("meta.json").is_file() {
            return Ok(None);
        }
        Self::lexicon_in(directory, Layouts::Current).map(Some)
    }

    /// The lexicon that the index in a folder was made with, also of one that must be made anew.
    ///
    /// # Errors
    /// There is no index, or it is not one of a layout that can be read.
    pub fn existing_lexicon(directory: &Path) -> Result<UserLexicon> {
        Self::lexicon_in(directory, Layouts::Readable)
    }

    fn lexicon_in(directory: &Path, layouts: Layouts) -> Result<UserLexicon> {
        let index = open_existing(directory, &UnitCounts::default())?;
        Ok(read_manifest(&index, directory, layouts)?
            .map(|manifest| manifest.lexicon)
            .unwrap_or_default())
    }

    fn new(directory: &Path, index: Index, analyzer: Analyzer, unit_counts: UnitCounts) -> Self {
        let (_, fields) = schema();
        Self {
            directory: directory.to_owned(),
            index,
            fields,
            analyzer: Arc::new(analyzer),
            unit_counts,
            cut_bytes: Arc::default(),
            layouts: Layouts::Current,
        }
    }

    /// The folder.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The fields.
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// The analyzer.
    pub fn analyzer(&self) -> &Arc<Analyzer> {
        &self.analyzer
    }

    /// tantivy's index, with the word tokenizer ready to write.
    pub fn index(&self) -> &Index {
        if self.index.tokenizers().get(WORD_TOKENIZER).is_none() {
            let words = WordTokenizer::counting(Arc::clone(&self.analyzer), Arc::clone(&self.cut_bytes));
            let tokenizer = TextAnalyzer::from(words);
            self.index.tokenizers().register(WORD_TOKENIZER, tokenizer);
        }
        &self.index
    }

    /// The bytes of encoded text that the writer's threads have cut into words.
    pub(super) fn cut_bytes(&self) -> u64 {
        self.cut_bytes.load(Ordering::Relaxed)
    }

    fn manifest(&self) -> Result<Option<Manifest>> {
        read_manifest(&self.index, &self.directory, self.layouts)
    }

    pub(super) fn unit_counts(&self) -> &UnitCounts {
        &self.unit_counts
    }

    /// Whether a commit of ours is there: an index that was made and never committed to has none.
    pub(super) fn has_manifest(&self) -> Result<bool> {
        Ok(self.manifest()?.is_some())
    }

    /// The last commit, as it stands now.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn snapshot(&self) -> Result<Snapshot> {
        let mut failures = 0;
        loop {
            let manifest = self.manifest()?;
            let opened = Snapshot::open(self, &self.index, manifest.clone());
            // Another process may commit between the two reads, and take a merged segment's files away: the manifest must
            // be that of the segments, and what could not be opened is looked for in the new commit.
            if self.manifest()? != manifest {
                continue;
            }
            match opened {
                // tantivy locks a file of the folder while it opens others, which fails where nothing may be written.
                Err(error) if error.kind() == ErrorKind::Io => return self.snapshot_of_held_files(),
                Err(_) if failures < SNAPSHOT_RETRIES => failures += 1,
                opened => return opened,
            }
        }
    }

    /// The files that were read into the index, as of a commit.
    ///
    /// # Errors
    /// The catalog is not there, or damaged.
    pub fn catalog(&self, manifest: &Manifest) -> Result<Catalog> {
        let Some(name) = &manifest.catalog else {
            return Ok(Catalog::default());
        };
        Catalog::read(&self.directory, name).map_err(|cause| {
            Error::new(ErrorKind::Index, "the list of the files that were read is damaged")
                .at_path(&self.directory.join(name))
                .caused_by(cause)
                .hint("ingest the sources again, which makes it anew")
        })
    }

    /// The last commit, without a lock: its files are opened together before they are read.
    fn snapshot_of_held_files(&self) -> Result<Snapshot> {
        let held = Commit::open(&self.directory)?.store_without(&BTreeSet::new())?;
        let manifest = read_manifest(&held.index, &self.directory, self.layouts)?;
        Snapshot::open(self, &held.index, manifest)
    }

    /// The bytes of the files of the last commit.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn bytes_on_disk(&self) -> Result<u64> {
        let metas = self
            .index
            .load_metas()
            .map_err(|error| self.failed("cannot read the index", error))?;
        let files = metas.list_segment_files();
        let sizes = files
            .iter()
            .filter_map(|file| std::fs::metadata(self.directory.join(file)).ok());
        Ok(sizes.map(|metadata| metadata.len()).sum())
    }

    /// An error of tantivy as ours.
    pub(super) fn failed(&self, message: &str, error: TantivyError) -> Error {
        index_error(&self.directory, message, error)
    }
}

fn plugin(unit_counts: &UnitCounts) -> Arc<StringsPlugin> {
    let (_, fields) = schema();
    Arc::new(StringsPlugin::new(
        fields.units,
        SymbolLimits::default(),
        unit_counts.clone(),
    ))
}

fn create_index(directory: &Path, unit_counts: &UnitCounts) -> Result<Index> {
    let failed = |cause| {
        Error::new(ErrorKind::Io, "cannot make the index folder")
            .at_path(directory)
            .caused_by(cause)
    };
    std::fs::create_dir_all(directory).map_err(failed)?;
    let (schema, _) = schema();
    let settings = IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor {
            compression_level: Some(STORE_COMPRESSION_LEVEL),
        }),
        docstore_blocksize: STORE_BLOCK_BYTES,
        ..IndexSettings::default()
    };
    Index::builder()
        .schema(schema)
        .settings(settings)
        .register_plugin(plugin(unit_counts))
        .create_in_dir(directory)
        .map_err(|error| index_error(directory, "cannot make the index", error))
}

/// Opens the index of a folder.
fn open_index(directory: &Path, unit_counts: &UnitCounts) -> Result<Index> {
    checked_index(directory, Index::open_in_dir(directory), unit_counts)
}

/// Makes an index ready, if it is ours; the plugin must be registered at every opening.
fn checked_index(directory: &Path, opened: tantivy::Result<Index>, unit_counts: &UnitCounts) -> Result<Index> {
    let mut index = opened.map_err(|error| index_error(directory, "cannot open the index", error))?;
    index.register_plugin(plugin(unit_counts));
    // An index that was killed before its first commit has no manifest; that it is ours is told by its fields.
    if index.schema() != schema().0 {
        // One of another layout says which.
        if read_manifest(&index, directory, Layouts::Current)?.is_some() {
            return Err(damaged_meta(
                directory,
                "the index is damaged: its fields are not those of its layout",
            ));
        }
        let message = "the folder holds an index that this version of chancery did not make";
        return Err(Error::new(ErrorKind::Index, message)
            .at_path(directory)
            .hint("name another folder with `--index`, and ingest the sources into it"));
    }
    Ok(index)
}

/// Opens the index of a folder that must have one.
pub(super) fn open_existing(directory: &Path, unit_counts: &UnitCounts) -> Result<Index> {
    if directory.join("meta.json").is_file() {
        return open_index(directory, unit_counts);
    }
    Err(Error::new(ErrorKind::Index, "there is no index here")
        .at_path(directory)
        .hint("make one with `chancery ingest PATH…`, or name another folder with `--index`"))
}

fn read_manifest(index: &Index, directory: &Path, layouts: Layouts) -> Result<Option<Manifest>> {
    let metas = index
        .load_metas()
        .map_err(|error| index_error(directory, "cannot read the last commit of the index", error))?;
    manifest_of(&metas, directory, layouts)
}

/// What a commit says about itself; nothing where nothing has been committed yet.
pub(super) fn manifest_of(metas: &IndexMeta, directory: &Path, layouts: Layouts) -> Result<Option<Manifest>> {
    let Some(payload) = &metas.payload else {
        if metas.segments.is_empty() {
            return Ok(None);
        }
        return Err(damaged_meta(
            directory,
            "the index is damaged: it does not say what made it",
        ));
    };
    let manifest = Manifest::parse(payload, layouts).map_err(|error| error.at_path(&directory.join(META)))?;
    if !is_sealed(payload, &seal_frame(metas.opstamp, &metas.index_settings)) {
        return Err(damaged_meta(
            directory,
            "the index is damaged: its last commit was altered",
        ));
    }
    Ok(Some(manifest))
}

/// What a commit says besides its manifest and its segments, which no merge changes.
pub(super) fn seal_frame(opstamp: u64, settings: &IndexSettings) -> String {
    let settings = serde_json::to_string(settings).unwrap_or_default();
    format!("{opstamp} {settings}")
}

fn damaged_meta(directory: &Path, message: &str) -> Error {
    Error::new(ErrorKind::Index, message)
        .at_path(&directory.join(META))
        .hint(DAMAGE_HINT)
}

fn check_analyzer(manifest: &Manifest, analyzer: &Analyzer, directory: &Path) -> Result<()> {
    let (made_by, ours) = (&manifest.analyzer, analyzer.identity());
    if *made_by == ours {
        return Ok(());
    }
    let message = if (&made_by.name, made_by.version) != (&ours.name, ours.version) {
        let made = format!("{} {}", made_by.name, made_by.version);
        format!(
            "the index was made with the analyzer {made}, this version has {} {}",
            ours.name, ours.version
        )
    } else if manifest.lexicon != *analyzer.user_lexicon() {
        "the index was made with another lexicon".to_owned()
    } else {
        "the index was made with another dictionary".to_owned()
    };
    let hint = "run `chancery reindex`, which makes it anew from the texts it holds (add `--lexicon FILE` to change the lexicon)";
    Err(Error::new(ErrorKind::Index, message).at_path(directory).hint(hint))
}

/// An error of tantivy's about the index in a folder as ours.
pub(super) fn index_error(directory: &Path, message: &str, error: TantivyError) -> Error {
    if let Some(fault) = fault_of(&error) {
        return fault.error(directory, message);
    }
    let message = format!("{message}: {}", reason(&error));
    Error::new(ErrorKind::Index, message)
        .at_path(directory)
        .hint(DAMAGE_HINT)
}

/// What tantivy says, without the whole content of a file that it could not read.
fn reason(error: &TantivyError) -> String {
    let text = error.to_string();
    match text.find(" Content: ") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}
