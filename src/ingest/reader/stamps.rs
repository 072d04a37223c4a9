//! Stamps: what a file was like when it was read, so that an unchanged one need not be read again.

use std::fs::{self, Metadata};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use sha2::{Digest, Sha256};

use crate::ingest::{IngestOptions, sidecar};
use crate::text::hexadecimal;

/// Goes up when files are read otherwise than before, so that all are read again.
const READING_VERSION: u32 = 3;

/// A file that was changed less than this before it was looked at may change again within the resolution of its time.
const SETTLING_TIME: Duration = Duration::from_secs(1);

/// What is looked at of a file: its size and its time of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest) struct FileState {
    /// Bytes.
    pub(in crate::ingest) bytes: u64,
    /// Nanoseconds since 1970; absent where the file system has none.
    modified: Option<u128>,
    /// What changes with any change, whatever times are set: the number of the file and the time of its last change of state;
    /// 0 where the system has none.
    identity: (u64, i64, i64),
}

impl FileState {
    /// The state that the file system gives.
    pub(in crate::ingest) fn of(metadata: &Metadata) -> Self {
        let since_epoch = |time: SystemTime| time.duration_since(UNIX_EPOCH).ok();
        let modified = metadata.modified().ok().and_then(since_epoch);
        Self {
            bytes: metadata.len(),
            modified: modified.map(|duration| duration.as_nanos()),
            identity: identity(metadata),
        }
    }

    /// Whether the file was left alone for long enough that a change would show.
    fn is_settled(self) -> bool {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        self.modified
            .is_some_and(|modified| modified + SETTLING_TIME.as_nanos() < now.as_nanos())
    }
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> (u64, i64, i64) {
    use std::os::unix::fs::MetadataExt;
    (metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> (u64, i64, i64) {
    (0, 0, 0)
}

/// A hash of everything besides the file that decides what is read from it.
pub(in crate::ingest) fn reading_hash(options: &IngestOptions, aids: &str) -> String {
    let reading = format!("{} {READING_VERSION} {options:?} {aids}", env!("CARGO_PKG_VERSION"));
    hexadecimal(&Sha256::digest(reading)[..8])
}

/// The stamp of a file: the same stamp means the same speeches. Absent where a change could go unseen.
pub(in crate::ingest) fn stamp(path: &Path, state: FileState, reading: &str) -> Option<String> {
    let (number, seconds, nanoseconds) = state.identity;
    let mut stamp = format!("{}-{}-{number}-{seconds}.{nanoseconds}", state.bytes, state.modified?);
    if !state.is_settled() {
        return None;
    }
    for sidecar in sidecar::candidates(path) {
        let Ok(metadata) = fs::metadata(sidecar) else { continue };
        let state = FileState::of(&metadata);
        if !state.is_settled() {
            return None;
        }
        stamp.push_str(&format!("+{}-{}", state.bytes, state.modified?));
    }
    Some(format!("{stamp}/{reading}"))
}
