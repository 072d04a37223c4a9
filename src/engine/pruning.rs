//! Which speeches an ingest prunes: those that came from its roots and whose file, or record, is gone.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use crate::index::{LedgerEntry, file_of_source};
use crate::ingest::{FileId, Input};

/// What an ingest read.
pub(super) struct Run<'a> {
    /// The roots, as stored with each speech.
    pub(super) roots: BTreeSet<String>,
    /// The collection that the run added to.
    pub(super) collection: Option<String>,
    /// The root and source of each speech read, by id.
    pub(super) seen: &'a HashMap<String, (String, String)>,
    /// The files that the run lists.
    pub(super) listed: &'a BTreeSet<FileId>,
    /// Those of them that were not read, as they have not changed.
    pub(super) unchanged: &'a BTreeSet<FileId>,
    /// The files of which something was rejected.
    pub(super) rejected: BTreeSet<String>,
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

impl Run<'_> {
    /// The ids of the speeches that are gone.
    pub(super) fn gone(&self, ledger: &BTreeMap<String, LedgerEntry>) -> Vec<String> {
        let own_file = |root: &str, source: &str| {
            let is_file = |source: &str| self.listed.contains(&FileId::new(root, source));
            FileId::new(root, file_of_source(source, is_file))
        };
        let read: BTreeSet<FileId> = self
            .seen
            .values()
            .map(|(root, source)| own_file(root, source))
            .collect();
        let is_gone = |(id, entry): &(&String, &LedgerEntry)| {
            let file = own_file(&entry.root, &entry.source);
            let is_there = self.seen.contains_key(*id) || self.unchanged.contains(&file);
            self.roots.contains(&entry.root) && !is_there && self.has_lost(entry, &file, &read)
        };
        ledger.iter().filter(is_gone).map(|(id, _)| id.clone()).collect()
    }

    /// Whether the file of a speech is gone; or whether its file was read whole, for the same collection, without the record.
    fn has_lost(&self, entry: &LedgerEntry, file: &FileId, read: &BTreeSet<FileId>) -> bool {
        let is_record = file.source.len() < entry.source.len();
        let same_collection = entry.collection == self.collection.as_deref().unwrap_or_default();
        let is_rejected = |source: &String| source.starts_with(&file.source);
        let was_read_whole = read.contains(file) && !self.rejected.iter().any(is_rejected);
        !Path::new(&entry.root).join(&file.source).exists() || (is_record && same_collection && was_read_whole)
    }
}
