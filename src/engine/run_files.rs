//! The files of an ingest: which it lists, how far each has come, and which speech came from which.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use crate::index::{Catalog, FileRecord, LedgerEntry, file_of_source};
use crate::ingest::{FileId, Input};

/// How far a file has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileStage {
    /// It is listed and not yet read to its end.
    Coming,
    /// It was read, and every part of it could be.
    Read,
    /// It was read, but for some of its parts.
    PartlyRead,
    /// It is as it was when it was read before.
    Unchanged,
    /// The run does not list it, and it is there.
    Elsewhere,
    /// It is not there.
    Gone,
}

/// The files of a run.
pub(super) struct RunFiles {
    /// The collection that the run adds to, empty for none.
    collection: String,
    listed: BTreeSet<FileId>,
    unchanged: BTreeSet<FileId>,
    /// The files read to their ends, and whether everything in them could be read.
    ended: BTreeMap<FileId, bool>,
    /// The file that gave a speech.
    owners: HashMap<String, FileId>,
    /// Files and folders that could not be looked at: what lies in them may well be there.
    unknown: BTreeSet<String>,
}

impl RunFiles {
    pub(super) fn new(collection: Option<&str>, catalog: &Catalog) -> Self {
        let mut owners = HashMap::new();
        for (file, _, record) in catalog.files() {
            owners.extend(record.ids.iter().map(|id| (id.clone(), file.clone())));
        }
        Self {
            collection: collection.unwrap_or_default().to_owned(),
            listed: BTreeSet::new(),
            unchanged: BTreeSet::new(),
            ended: BTreeMap::new(),
            owners,
            unknown: BTreeSet::new(),
        }
    }

    /// The collection that the run adds to, empty for none.
    pub(super) fn collection(&self) -> &str {
        &self.collection
    }

    /// Takes note of what is listed, and of what need not be read.
    pub(super) fn list(&mut self, listed: &[FileId], unchanged: &[FileId]) {
        self.listed = listed.iter().cloned().collect();
        self.unchanged = unchanged.iter().cloned().collect();
    }

    /// Takes note of the end of a file.
    pub(super) fn end(&mut self, file: FileId, is_whole: bool) {
        self.ended.insert(file, is_whole);
    }

    /// Takes note of something that could not be looked at.
    pub(super) fn cannot_look_at(&mut self, source: &str) {
        self.unknown.insert(source.to_owned());
    }

    /// The stamps of the files whose speeches are all in the index. A file with a text that is stored from elsewhere is read
    /// again, for that text may have changed there.
    pub(super) fn known_stamps(
        &self,
        catalog: &Catalog,
        ledger: &BTreeMap<String, LedgerEntry>,
    ) -> BTreeMap<FileId, String> {
        let is_held = |file: &FileId, id: &String| {
            let is_there = ledger.get(id).is_some_and(|entry| entry.root == file.root);
            is_there && self.owners.get(id) == Some(file)
        };
        let is_whole = |file: &FileId, record: &FileRecord| {
            record.duplicates.is_empty() && record.ids.iter().all(|id| is_held(file, id))
        };
        let of_collection = catalog
            .files()
            .filter(|(_, collection, _)| *collection == self.collection);
        let whole = of_collection.filter(|(file, _, record)| is_whole(file, record));
        whole
            .filter_map(|(file, _, record)| Some((file.clone(), record.stamp.clone()?)))
            .collect()
    }

    /// The file that a source of this run lies in.
    pub(super) fn file_of(&self, root: &str, source: &str) -> FileId {
        let is_file = |file: &str| self.listed.contains(&FileId::new(root, file));
        FileId::new(root, file_of_source(source, is_file))
    }

    /// The file that gave a speech of the index.
    pub(super) fn owner_of(&self, id: &str, entry: &LedgerEntry) -> FileId {
        let of_source = || {
            let is_file = |file: &str| {
                self.listed.contains(&FileId::new(&entry.root, file)) || Path::new(&entry.root).join(file).is_file()
            };
            FileId::new(&entry.root, file_of_source(&entry.source, is_file))
        };
        self.owners.get(id).cloned().unwrap_or_else(of_source)
    }

    /// Notes that a file gives a speech.
    pub(super) fn own(&mut self, id: &str, file: &FileId) {
        self.owners.insert(id.to_owned(), file.clone());
    }

    /// How far a file has come.
    pub(super) fn stage(&self, file: &FileId) -> FileStage {
        match self.ended.get(file) {
            Some(true) => return FileStage::Read,
            Some(false) => return FileStage::PartlyRead,
            None => {}
        }
        if self.unchanged.contains(file) {
            return FileStage::Unchanged;
        }
        if self.listed.contains(file) {
            return FileStage::Coming;
        }
        // What cannot be looked at may be there.
        let is_gone = matches!(Path::new(&file.root).join(&file.source).try_exists(), Ok(false));
        let is_unknown = self.unknown.iter().any(|unknown| is_in(file, unknown));
        match file.root != "-" && is_gone && !is_unknown {
            true => FileStage::Gone,
            false => FileStage::Elsewhere,
        }
    }

    /// Whether a speech that this run has not seen is no longer in its file: the file is gone, or was read whole without it.
    pub(super) fn has_lost(&self, id: &str, entry: &LedgerEntry) -> bool {
        match self.stage(&self.owner_of(id, entry)) {
            FileStage::Gone => true,
            FileStage::Read => entry.collection == self.collection,
            FileStage::PartlyRead | FileStage::Coming | FileStage::Unchanged | FileStage::Elsewhere => false,
        }
    }
}

/// Whether a file is another, or lies in it.
fn is_in(file: &FileId, folder: &str) -> bool {
    let rest = file.source.strip_prefix(folder);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || folder.is_empty())
}

/// The canonical roots of inputs: a folder itself, the folder of a file. Standard input has none.
pub(super) fn canonical_roots(inputs: &[Input]) -> BTreeSet<String> {
    let root = |input: &Input| {
        let Input::Path(path) = input else { return None };
        let path = path.canonicalize().ok()?;
        let folder = if path.is_dir() {
            Some(path.as_path())
        } else {
            path.parent()
        };
        folder.map(|folder| folder.to_string_lossy().into_owned())
    };
    inputs.iter().filter_map(root).collect()
}
