//! The archive that a document is, within limits on what its parts unpack to.

use std::io::{Cursor, ErrorKind, Read};

use zip::ZipArchive;
use zip::result::ZipError;

/// The most bytes that one part may unpack to; a book of 1,000 pages has about 10 MB.
const LARGEST_PART_BYTES: u64 = 100_000_000;

/// The most bytes that all parts of a document may unpack to.
const LARGEST_DOCUMENT_BYTES: u64 = 256 << 20;

/// An open archive.
pub(in crate::ingest) struct Packed<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// What the document is, as in `a Word document`.
    kind: &'static str,
    read_bytes: u64,
}

impl<'a> Packed<'a> {
    /// Opens the archive of a document of some kind.
    pub(in crate::ingest) fn open(bytes: &'a [u8], kind: &'static str) -> Result<Self, String> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|fault| format!("is {}: {fault}", damaged(kind)))?;
        Ok(Self {
            archive,
            kind,
            read_bytes: 0,
        })
    }

    /// Whether it holds a file.
    pub(in crate::ingest) fn holds(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// Whether it holds files in a folder.
    pub(in crate::ingest) fn holds_folder(&self, folder: &str) -> bool {
        let mut names = self.archive.file_names().flatten();
        names.any(|name| name.starts_with(folder))
    }

    /// The text of a file of the archive, if it is there.
    pub(in crate::ingest) fn read(&mut self, name: &str) -> Result<Option<String>, String> {
        let kind = self.kind;
        let is_damaged = |fault: &dyn std::fmt::Display| format!("is {}: {fault}", damaged(kind));
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(fault) => return Err(is_damaged(&fault)),
        };
        let mut bytes = Vec::new();
        let unpacked = file.take(LARGEST_PART_BYTES + 1).read_to_end(&mut bytes);
        unpacked.map_err(|fault| is_damaged(&fault))?;
        self.read_bytes += bytes.len() as u64;
        if bytes.len() as u64 > LARGEST_PART_BYTES {
            return Err(format!(
                "holds more than {} MB in one part: divide it",
                LARGEST_PART_BYTES / 1_000_000
            ));
        }
        if self.read_bytes > LARGEST_DOCUMENT_BYTES {
            return Err(format!(
                "holds more than {} MiB of text: divide it",
                LARGEST_DOCUMENT_BYTES >> 20
            ));
        }
        decode(bytes).map(Some).map_err(|fault| is_damaged(&fault))
    }
}

/// A kind of document with the word that it is damaged: `a damaged Word document`.
fn damaged(kind: &str) -> String {
    let bare = kind
        .strip_prefix("an ")
        .or_else(|| kind.strip_prefix("a "))
        .unwrap_or(kind);
    format!("a damaged {bare}")
}

/// The text of a part: UTF-8, or UTF-16 with its mark.
fn decode(bytes: Vec<u8>) -> std::io::Result<String> {
    let invalid = || std::io::Error::new(ErrorKind::InvalidData, "a part is neither UTF-8 nor UTF-16");
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        let (text, _, has_faults) = encoding_rs::UTF_16LE.decode(&bytes);
        return if has_faults {
            Err(invalid())
        } else {
            Ok(text.into_owned())
        };
    }
    let mut text = String::from_utf8(bytes).map_err(|_| invalid())?;
    if text.starts_with('\u{FEFF}') {
        text.drain(..'\u{FEFF}'.len_utf8());
    }
    Ok(text)
}
