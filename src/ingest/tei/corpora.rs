//! The files of TEI corpora that say who speaks in the others: roots, and lists of persons and organizations.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::{Corpus, is_corpus_root, read_corpus};

/// The number of bytes in which the root element of a file stands.
const ROOT_BYTES: u64 = 4_096;

/// The roots and lists of an input, each with the folder whose documents it speaks of.
#[derive(Debug, Default)]
pub struct Corpora {
    /// The folder under the root, and the path to open.
    files: Vec<(PathBuf, PathBuf)>,
    /// What has been read, by folder.
    read: Mutex<HashMap<PathBuf, Arc<Corpus>>>,
}

/// Whether a file is a root or a list. Only the beginning is read of one that cannot be.
pub fn is_corpus_file(path: &Path) -> bool {
    let mut start = Vec::new();
    let Ok(mut file) = File::open(path) else {
        return false;
    };
    if file.by_ref().take(ROOT_BYTES).read_to_end(&mut start).is_err() {
        return false;
    }
    let may_be = ["<teiCorpus", "<listPerson", "<listOrg", "<taxonomy"]
        .iter()
        .any(|root| start.windows(root.len()).any(|window| window == root.as_bytes()));
    may_be && file.read_to_end(&mut start).is_ok() && is_corpus_root(&String::from_utf8_lossy(&start))
}

impl Corpora {
    /// Takes the files of an input: each as its path relative to the root, and the path to open.
    pub fn new(files: impl IntoIterator<Item = (PathBuf, PathBuf)>) -> Self {
        let of_folder =
            |(relative, path): (PathBuf, PathBuf)| (relative.parent().unwrap_or(Path::new("")).to_owned(), path);
        Self {
            files: files.into_iter().map(of_folder).collect(),
            read: Mutex::default(),
        }
    }

    /// What the files above a document, or beside it, say; nothing where there are none.
    pub fn of(&self, relative: &Path) -> Option<Arc<Corpus>> {
        let above = || self.files.iter().filter(|(folder, _)| relative.starts_with(folder));
        above().next()?;
        let folder = relative.parent().unwrap_or(Path::new("")).to_owned();
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let corpus = read.entry(folder).or_insert_with(|| {
            let mut merged = Corpus::default();
            for (_, path) in above() {
                let xml = std::fs::read(path).ok().and_then(|bytes| String::from_utf8(bytes).ok());
                if let Some(corpus) = xml.and_then(|xml| read_corpus(&xml).ok()) {
                    merged.merge(&corpus);
                }
            }
            Arc::new(merged)
        });
        Some(Arc::clone(corpus))
    }
}
