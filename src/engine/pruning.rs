//! Which speeches an ingest prunes: those that came from its roots and whose file, or record, is gone.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use crate::index::LedgerEntry;
use crate::ingest::Input;

/// What an ingest read.
pub(super) struct Run<'a> {
    /// The roots, as stored with each speech.
    pub(super) roots: BTreeSet<String>,
    /// The collection that the run added to.
    pub(super) collection: Option<String>,
    /// The root and source of each speech read, by id.
    pub(super) seen: &'a HashMap<String, (String, String)>,
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
        let read_files: BTreeSet<(&str, &str)> = self
            .seen
            .values()
            .map(|(root, source)| (root.as_str(), file_of(source)))
            .collect();
        let is_gone = |(id, entry): &(&String, &LedgerEntry)| {
            self.roots.contains(&entry.root) && !self.seen.contains_key(*id) && self.has_lost(entry, &read_files)
        };
        ledger.iter().filter(is_gone).map(|(id, _)| id.clone()).collect()
    }

    /// Whether the file of a speech is gone; or whether its file was read whole, for the same collection, without the record.
    fn has_lost(&self, entry: &LedgerEntry, read_files: &BTreeSet<(&str, &str)>) -> bool {
        let file = file_of(&entry.source);
        let is_record = file.len() < entry.source.len();
        let same_collection = entry.collection == self.collection.as_deref().unwrap_or_default();
        let was_read_whole = read_files.contains(&(entry.root.as_str(), file)) && !self.rejected.contains(file);
        !Path::new(&entry.root).join(file).exists() || (is_record && same_collection && was_read_whole)
    }
}

/// The file of a source: a record of a file is written `file:line`.
fn file_of(source: &str) -> &str {
    match source.rsplit_once(':') {
        Some((file, line)) if !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit()) => file,
        _ => source,
    }
}
