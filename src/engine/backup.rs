//! A backup: the files of one commit in one file, and an index made of it again.
//!
//! The file is a tar archive, compressed with Zstandard. Its first entry, `DESCRIPTION`, says which files follow, in their order, with
//! their lengths and SHA-256; the last of them is `meta.json`. Behind the compressed data stands a seal over all of it, in a frame that
//! other programs skip, so `tar --zstd` reads a backup too.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};
use crate::index::CorpusVersion;

mod restoring;
mod seal;
mod writing;

pub use restoring::restore;
pub use writing::{Overwriting, backup, backup_to};

/// The name of the first entry.
const DESCRIPTION: &str = "chancery-backup.json";

/// The version of the form of a backup.
const BACKUP_FORMAT: u32 = 1;

/// What a backup says about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Description {
    /// The version of the form.
    format: u32,
    /// The version of the tool that wrote it.
    tool_version: String,
    /// The corpus that it holds.
    corpus: CorpusVersion,
    /// The files, in the order in which they follow.
    files: Vec<DescribedFile>,
}

/// A file of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct DescribedFile {
    name: String,
    bytes: u64,
    sha256: String,
}

impl Description {
    /// The bytes of all files.
    fn bytes(&self) -> u64 {
        self.files.iter().fold(0, |sum, file| sum.saturating_add(file.bytes))
    }
}

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BackupReport {
    /// The files of the index.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// The bytes of the backup.
    pub backup_bytes: u64,
    /// The corpus; the frame of the answer prints it.
    #[serde(skip)]
    pub corpus: CorpusVersion,
}

/// What was made of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RestoreReport {
    /// The files of the index.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// The version of the tool that wrote the backup.
    pub made_with: String,
    /// The corpus; the frame of the answer prints it.
    #[serde(skip)]
    pub corpus: CorpusVersion,
}

/// Whether a name is that of a file and of no other place.
fn is_plain_name(name: &str) -> bool {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "._-".contains(character);
    !name.is_empty() && name.len() <= 100 && name.chars().all(is_plain) && !matches!(name, "." | "..")
}

/// Makes the names of a folder's files last.
#[cfg(unix)]
fn sync_folder(path: &Path) -> std::io::Result<()> {
    std::fs::File::open(path)?.sync_all()
}

/// Makes the names of a folder's files last.
#[cfg(not(unix))]
fn sync_folder(_path: &Path) -> std::io::Result<()> {
    Ok(())
}

/// The folder that a file or folder lies in.
fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

fn usage(message: String, hint: &str) -> Error {
    Error::new(ErrorKind::Usage, message).hint(hint)
}
