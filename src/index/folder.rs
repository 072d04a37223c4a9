//! What lies in an index's folder that no commit needs: what a writer that was killed left, and what is not ours.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use serde::Serialize;

use super::commit::{Commit, META};
use super::faults::io_error;
use crate::error::Result;

/// Files of an index's folder that its last commit does not need.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Leftovers {
    /// Those that a writer makes: one that writes now, or one that was killed.
    pub unfinished: Vec<String>,
    /// The bytes of these.
    pub unfinished_bytes: u64,
    /// Those that chancery did not make.
    pub foreign: Vec<String>,
    /// Whether another process writes to the index now.
    pub is_written: bool,
}

/// The file that a writer locks.
const WRITER_LOCK: &str = ".tantivy-writer.lock";

/// The page that explains the folder that an index is made in by default.
const PAGE: &str = "README.md";

/// Looks through the folder of a commit.
///
/// # Errors
/// The folder cannot be read.
pub fn leftovers(commit: &Commit) -> Result<Leftovers> {
    let directory = commit.directory.as_path();
    let failed = |cause| io_error(directory, "cannot read the folder of the index", cause);
    let mut found = Leftovers {
        is_written: is_written(directory),
        ..Leftovers::default()
    };
    let needed: HashSet<&str> = commit
        .files()
        .iter()
        .map(|file| file.name.as_str())
        .chain([META, PAGE])
        .collect();
    for entry in fs::read_dir(directory).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if needed.contains(name.as_str()) {
            continue;
        }
        if is_made_by_a_writer(&name) {
            found.unfinished_bytes += entry.metadata().map_or(0, |metadata| metadata.len());
            found.unfinished.push(name);
        } else if !name.starts_with('.') {
            found.foreign.push(name);
        }
    }
    found.unfinished.sort();
    found.foreign.sort();
    Ok(found)
}

/// Whether a name is one that a file of a segment, a catalog, or a file that is about to take another's place has.
fn is_made_by_a_writer(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let is_of_segment = stem.len() == 32 && stem.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_of_segment || name.starts_with("catalog-") || name.starts_with(".tmp")
}

/// Whether another process holds the writer's lock. It is asked for and given back at once; a writer that comes meanwhile asks again.
fn is_written(directory: &Path) -> bool {
    let lock = fs::File::open(directory.join(WRITER_LOCK));
    lock.is_ok_and(|file| matches!(file.try_lock_shared(), Err(fs::TryLockError::WouldBlock)))
}

/// The bytes that are free on the disk of a folder, where the system says.
#[cfg(target_os = "linux")]
pub fn free_bytes(directory: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(directory).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// The bytes that are free on the disk of a folder, where the system says.
#[cfg(not(target_os = "linux"))]
pub fn free_bytes(_directory: &Path) -> Option<u64> {
    None
}
