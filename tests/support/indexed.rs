//! An index in a temporary folder, and what goes into it.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use chancery::engine::{Engine, IngestReport, IngestRequest, SpeechView, Verification, ingest, verify};
use chancery::error::{ErrorKind, Result};
use chancery::ingest::{IngestOptions, Input};
use chancery::search::{Filters, Sort};
use tempfile::TempDir;

/// A folder with an index; it is gone when this is dropped.
pub(crate) struct TestIndex {
    folder: TempDir,
}

impl TestIndex {
    /// A folder in which nothing has been indexed yet.
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a temporary folder can be made"),
        }
    }

    /// An index of files and folders, of which every speech must have been read.
    pub(crate) fn of(paths: &[PathBuf]) -> Self {
        let index = Self::new();
        let report = index.ingest(paths);
        assert_eq!(report.rejected, [], "everything is read");
        index
    }

    /// The folder of the index.
    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    /// Adds files and folders in one commit.
    pub(crate) fn ingest(&self, paths: &[PathBuf]) -> IngestReport {
        self.ingest_with(paths, &IngestOptions::default())
    }

    /// Adds files and folders under a collection, which keeps their ids apart from those of other roots.
    pub(crate) fn ingest_collection(&self, name: &str, paths: &[PathBuf]) -> IngestReport {
        let options = IngestOptions {
            collection: Some(name.to_owned()),
            ..IngestOptions::default()
        };
        self.ingest_with(paths, &options)
    }

    fn ingest_with(&self, paths: &[PathBuf], options: &IngestOptions) -> IngestReport {
        let request = || IngestRequest {
            inputs: paths.iter().cloned().map(Input::Path).collect(),
            options: options.clone(),
            ..IngestRequest::default()
        };
        unhindered(|| ingest(&self.path(), request(), |_| {}))
    }

    /// The index as it stands now.
    pub(crate) fn engine(&self) -> Engine {
        Engine::open(&self.path()).expect("there is an index")
    }
}

/// What a change of an index in this process results in, tried again while the index is busy.
///
/// A process that a test beside this one starts has, from its fork to its exec, a copy of every lock that this process
/// holds: for that moment a lock that was given back still looks taken.
pub(crate) fn unhindered<T>(mut change: impl FnMut() -> Result<T>) -> T {
    for _ in 0..100_000 {
        match change() {
            Err(error) if error.kind() == ErrorKind::Busy => thread::yield_now(),
            result => return result.expect("the index can be written"),
        }
    }
    panic!("the index stays busy");
}

/// The sample corpus of the repository.
pub(crate) fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/sample")
}

/// The files of a folder, in name order.
pub(crate) fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("the folder is readable").path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    files
}

/// Every speech of an index, whole.
pub(crate) fn all_speeches(engine: &Engine) -> Vec<SpeechView> {
    let listing = engine
        .list(&Filters::default(), Sort::Date, 0, usize::MAX)
        .expect("the speeches can be listed");
    let show = |id: &str| engine.show(id, None, None).expect("a listed speech can be shown");
    listing.speeches.iter().map(|speech| show(&speech.id)).collect()
}

/// Holds an index to be sound in every way that `verify` knows.
#[track_caller]
pub(crate) fn check_sound(directory: &Path) -> Verification {
    let found = verify(directory).expect("there is an index");
    assert!(found.sound && found.damage.is_empty(), "{:#?}", found.damage);
    found
}
