//! The end of every file of tantivy's: which version wrote it, and the checksum of what stands before.

use std::io::{self, Read};
use std::path::Path;
use std::thread;

use serde::Deserialize;

use super::commit::CommitFile;
use super::writer::indexing_threads;

/// The version that wrote a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub(super) struct Version {
    major: u32,
    minor: u32,
    patch: u32,
    index_format_version: u32,
}

/// What tantivy writes at the end of each file, as JSON, with its length and a mark behind it.
#[derive(Deserialize)]
struct WrittenFooter {
    version: Version,
    crc: u32,
}

/// The end of a file, as read.
pub(super) struct Footer {
    pub(super) version: Version,
    checksum: u32,
    pub(super) content_bytes: u64,
}

/// The mark at the end of every file.
const FOOTER_MARK: u32 = 1_337;

/// Length and mark.
const FOOTER_END_BYTES: u64 = 8;

/// The longest footer that is read.
const LONGEST_FOOTER_BYTES: u64 = 4_096;

const CUT_OFF: &str = "it is cut off or was altered at its end";

/// Reads the end of a file; says what is wrong with it.
pub(super) fn read_footer(file: &CommitFile) -> Result<Footer, String> {
    let unreadable = |error: io::Error| format!("it cannot be read: {error}");
    let end = file.bytes.checked_sub(FOOTER_END_BYTES).ok_or(CUT_OFF)?;
    let numbers = file.read_at(end, FOOTER_END_BYTES as usize).map_err(unreadable)?;
    let (length, mark) = numbers.split_first_chunk::<4>().ok_or(CUT_OFF)?;
    let length = u64::from(u32::from_le_bytes(*length));
    let start = end.checked_sub(length).ok_or(CUT_OFF)?;
    if mark != FOOTER_MARK.to_le_bytes() || length > LONGEST_FOOTER_BYTES {
        return Err(CUT_OFF.to_owned());
    }
    let text = file.read_at(start, length as usize).map_err(unreadable)?;
    let written: WrittenFooter = serde_json::from_slice(&text).map_err(|_| CUT_OFF)?;
    Ok(Footer {
        version: written.version,
        checksum: written.crc,
        content_bytes: start,
    })
}

/// Reads a file whole and holds it against its checksum.
fn check_file(file: &CommitFile) -> Result<Footer, String> {
    let footer = read_footer(file)?;
    let unreadable = |error: io::Error| format!("it cannot be read: {error}");
    let mut content = file.reader().map_err(unreadable)?.take(footer.content_bytes);
    let mut hash = crc32fast::Hasher::new();
    let mut buffer = vec![0; 1 << 18];
    loop {
        match content.read(&mut buffer).map_err(unreadable)? {
            0 => break,
            count => hash.update(&buffer[..count]),
        }
    }
    if hash.finalize() == footer.checksum {
        return Ok(footer);
    }
    Err("its checksum differs: it was altered after it was written".to_owned())
}

/// Checks files side by side; the results stand in their order.
pub(super) fn read_footers(files: &[&CommitFile]) -> Vec<Result<Footer, String>> {
    let share = files.len().div_ceil(indexing_threads()).max(1);
    thread::scope(|scope| {
        let check = |part: &[&CommitFile]| part.iter().map(|file| check_file(file)).collect::<Vec<_>>();
        let parts: Vec<_> = files
            .chunks(share)
            .map(|part| scope.spawn(move || check(part)))
            .collect();
        let failed = |count| (0..count).map(|_| Err("it could not be checked".to_owned())).collect();
        let lengths = files.chunks(share).map(<[_]>::len);
        parts
            .into_iter()
            .zip(lengths)
            .flat_map(|(part, length)| part.join().unwrap_or_else(|_| failed(length)))
            .collect()
    })
}

/// The files whose version is not that of their segment: all but the deletions are written together, and these may be newer.
pub(super) fn odd_ones<'a>(files: &[(&'a str, Version)]) -> Vec<&'a str> {
    let count = |version: Version| files.iter().filter(|(_, other)| *other == version).count();
    let common = files
        .iter()
        .map(|(_, version)| *version)
        .max_by_key(|version| count(*version));
    let running = serde_json::to_value(tantivy::version())
        .and_then(serde_json::from_value::<Version>)
        .ok();
    let is_odd = |name: &str, version: Version| {
        let is_deletions = Path::new(name).extension().is_some_and(|extension| extension == "del");
        let is_possible = is_deletions && Some(version) >= common && Some(version) <= running;
        Some(version) != common && !is_possible
    };
    let odd = files.iter().filter(|(name, version)| is_odd(name, *version));
    odd.map(|(name, _)| *name).collect()
}
