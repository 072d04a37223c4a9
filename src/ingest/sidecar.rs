//! Sidecar files: `NAME.meta.json` beside a text or a JSON Lines file, with the fields that it does not state itself.
//!
//! They stand apart because a fault in a sidecar keeps its file from being read: without its metadata the file would be
//! stored as something that it is not.

use std::io;
use std::path::{Path, PathBuf};

use crate::ingest::Rejection;
use crate::ingest::json_lines;
use crate::ingest::record::Record;

/// The ending of the name of a sidecar file.
pub const ENDING: &str = ".meta.json";

/// The paths at which the sidecar of a file may lie, in the order in which they count.
pub fn candidates(path: &Path) -> [PathBuf; 2] {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    [name, stem].map(|name| path.with_file_name(format!("{name}{ENDING}")))
}

/// Reads the sidecar of a file: `a.txt.meta.json`, else `a.meta.json`; absent if there is none.
///
/// # Errors
/// The sidecar is there but cannot be read; the rejection names it and the file that is not read for it.
pub fn read(path: &Path, source: &str) -> Result<Option<Record>, Rejection> {
    for sidecar in candidates(path) {
        let reason = match std::fs::read(&sidecar) {
            Ok(bytes) => match parse(&bytes) {
                Ok(record) => return Ok(Some(record)),
                Err(reason) => reason,
            },
            // A name that is too long for a sidecar has none.
            Err(fault) if matches!(fault.kind(), io::ErrorKind::NotFound | io::ErrorKind::InvalidFilename) => continue,
            Err(fault) => format!("cannot be read: {fault}"),
        };
        let name = sidecar.file_name().unwrap_or_default();
        let sidecar_source = Path::new(source).with_file_name(name).to_string_lossy().into_owned();
        let reason = format!("{reason}; `{source}` was not read for that");
        return Err(Rejection {
            source: sidecar_source,
            line: None,
            reason,
        });
    }
    Ok(None)
}

fn parse(bytes: &[u8]) -> Result<Record, String> {
    let content = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let record = json_lines::parse_object(content).and_then(Record::read)?;
    match record.body {
        Some(_) => Err("a sidecar holds metadata only: take its `body` out".to_owned()),
        None => Ok(record),
    }
}
