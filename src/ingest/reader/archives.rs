//! Archives: the files in a `.zip` or `.tar`, and what a `.gz` holds, within limits that keep a hostile one from filling
//! memory or running for ever.

use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::{Component, Path, PathBuf};

use flate2::bufread::MultiGzDecoder;

use super::entry_names;

/// The most files that are taken out of one archive, those in archives inside of it included.
const MOST_ENTRIES: u64 = 200_000;

/// How many archives may lie in one another.
pub(super) const DEEPEST: u32 = 3;

/// How often the size of an archive its content may be, besides [`FREE_BYTES`]; real text packs to a third or a tenth.
const LARGEST_RATIO: u64 = 200;

/// The expanded bytes that every archive may have.
const FREE_BYTES: u64 = 16 << 20;

/// The largest file that is held in memory whole, in bytes; files of records are read piece by piece and may be larger.
pub(super) const LARGEST_DOCUMENT_BYTES: u64 = 256 << 20;

/// What may still be taken out of an archive.
pub(super) struct Budget {
    entries: u64,
    bytes: u64,
}

impl Budget {
    /// The budget of a file of a size in bytes.
    pub(super) fn of(packed_bytes: u64) -> Self {
        Self {
            entries: MOST_ENTRIES,
            bytes: FREE_BYTES.saturating_add(packed_bytes.saturating_mul(LARGEST_RATIO)),
        }
    }

    /// Takes one file.
    fn take_entry(&mut self) -> Result<(), String> {
        self.entries = self
            .entries
            .checked_sub(1)
            .ok_or_else(|| format!("holds more than {MOST_ENTRIES} files: the rest is not read; divide it"))?;
        Ok(())
    }
}

/// A stream that may give only as many bytes as are left in a budget.
struct Budgeted<'a, R> {
    stream: R,
    budget: &'a mut Budget,
}

impl<R: Read> Read for Budgeted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.stream.read(buffer)?;
        match self.budget.bytes.checked_sub(count as u64) {
            Some(left) => self.budget.bytes = left,
            None => {
                let message = format!("expands to more than {LARGEST_RATIO} times its size: the rest is not read");
                return Err(io::Error::other(message));
            }
        }
        Ok(count)
    }
}

/// A file in an archive.
pub(super) struct Entry<'a> {
    /// Its path in the archive, known to stay inside of it.
    pub(super) path: PathBuf,
    /// Its bytes.
    pub(super) stream: Box<dyn BufRead + 'a>,
}

/// What an archive gives: a file, or the reason why one at a path is not read.
pub(super) type EntryResult<'a> = Result<Entry<'a>, (PathBuf, String)>;

/// Whether to go on with the next file.
pub(super) type Continue = bool;

/// Visits the files of a ZIP archive in the order of their names.
///
/// # Errors
/// In plain words, what is wrong with the archive as a whole.
pub(super) fn visit_zip(
    mut archive: impl Read + Seek,
    budget: &mut Budget,
    mut visit: impl FnMut(EntryResult<'_>, &mut Budget) -> Continue,
) -> Result<(), String> {
    let stated = stated_entry_count(&mut archive);
    let mut archive = zip::ZipArchive::new(archive).map_err(|fault| format!("is not a whole ZIP archive: {fault}"))?;
    let mut entries: Vec<(Vec<u8>, bool)> = Vec::with_capacity(archive.len());
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index);
        entries.push(
            entry
                .map(|entry| (entry.name_raw().to_vec(), entry.encrypted()))
                .unwrap_or_default(),
        );
    }
    let (raw, encrypted): (Vec<Vec<u8>>, Vec<bool>) = entries.into_iter().unzip();
    let decoded = entry_names::decode(&raw).into_iter().zip(encrypted);
    let mut names: Vec<(String, bool, usize)> = decoded
        .enumerate()
        .map(|(index, (name, is_encrypted))| (name, is_encrypted, index))
        .collect();
    if names.is_empty() {
        return Err("holds no files".to_owned());
    }
    names.sort();
    // The library keeps the last of several files with one name.
    let lost = stated.unwrap_or_default().saturating_sub(names.len());
    if lost > 0 {
        let reason = format!("holds {lost} more files under names that others in it have: unpack it and rename them");
        visit(Err((PathBuf::new(), reason)), budget);
    }
    for (name, is_encrypted, index) in names {
        budget.take_entry()?;
        let goes_on = match (archive.by_index(index), path_inside(&name)) {
            (Ok(entry), _) if entry.is_dir() => true,
            (Ok(entry), Some(path)) => give(path, entry, budget, &mut visit),
            (Ok(_), None) => visit(Err((PathBuf::from(&name), ESCAPES.to_owned())), budget),
            (Err(_), _) if is_encrypted => visit(Err((PathBuf::from(name), PROTECTED.to_owned())), budget),
            (Err(fault), _) => visit(
                Err((PathBuf::from(name), format!("cannot be unpacked: {fault}"))),
                budget,
            ),
        };
        if !goes_on {
            return Ok(());
        }
    }
    Ok(())
}

/// The number of files that the end of a ZIP archive states; absent where it is not said there, as in very large ones.
fn stated_entry_count(archive: &mut (impl Read + Seek)) -> Option<usize> {
    const END_BYTES: u64 = 22;
    let length = archive.seek(SeekFrom::End(0)).ok()?;
    archive.seek(SeekFrom::Start(length.checked_sub(END_BYTES)?)).ok()?;
    let mut end = [0; END_BYTES as usize];
    let read = archive.read_exact(&mut end);
    archive.seek(SeekFrom::Start(0)).ok()?;
    read.ok()?;
    let count = u16::from_le_bytes([end[10], end[11]]);
    (end.starts_with(b"PK\x05\x06") && count < u16::MAX).then_some(usize::from(count))
}

/// Visits the files of a tar archive in the order in which they stand.
///
/// # Errors
/// In plain words, where the archive is damaged.
pub(super) fn visit_tar(
    archive: impl Read,
    budget: &mut Budget,
    mut visit: impl FnMut(EntryResult<'_>, &mut Budget) -> Continue,
) -> Result<(), String> {
    let damaged = |fault: io::Error| format!("is damaged or cut off: {fault}; what stands before was read");
    let mut archive = tar::Archive::new(archive);
    for entry in archive.entries().map_err(damaged)? {
        let entry = entry.map_err(damaged)?;
        budget.take_entry()?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let goes_on = match (entry.header().entry_type(), path_inside(&name)) {
            (tar::EntryType::Directory | tar::EntryType::XGlobalHeader, _) => true,
            (tar::EntryType::Regular | tar::EntryType::Continuous, Some(path)) => give(path, entry, budget, &mut visit),
            (_, None) => visit(Err((PathBuf::from(&name), ESCAPES.to_owned())), budget),
            (_, Some(path)) => visit(Err((path, "is not a regular file".to_owned())), budget),
        };
        if !goes_on {
            return Ok(());
        }
    }
    Ok(())
}

const PROTECTED: &str = "is protected by a password: unpack it first";

const ESCAPES: &str = "its path leads out of the archive";

/// Hands an entry to the visitor. The visitor may open what it finds inside, so the budget of its bytes is settled after.
fn give(
    path: PathBuf,
    stream: impl Read,
    budget: &mut Budget,
    visit: &mut impl FnMut(EntryResult<'_>, &mut Budget) -> Continue,
) -> Continue {
    let is_system_file = path.components().any(|part| {
        let name = part.as_os_str().as_encoded_bytes();
        name.starts_with(b".") || name == b"__MACOSX"
    });
    if is_system_file {
        return true;
    }
    // The bytes of archives inside count for their own expansion.
    let mut inner = Budget {
        entries: budget.entries,
        bytes: budget.bytes,
    };
    let stream = BufReader::with_capacity(1 << 16, Budgeted { stream, budget });
    let goes_on = visit(
        Ok(Entry {
            path,
            stream: Box::new(stream),
        }),
        &mut inner,
    );
    budget.entries = inner.entries;
    budget.bytes = budget.bytes.min(inner.bytes);
    goes_on
}

/// What a gzip file holds.
pub(super) fn unpacked<'a>(stream: impl BufRead + 'a, budget: &'a mut Budget) -> Box<dyn BufRead + 'a> {
    let stream = MultiGzDecoder::new(stream);
    Box::new(BufReader::with_capacity(1 << 16, Budgeted { stream, budget }))
}

/// Reads a file of an archive whole, within the limits.
///
/// # Errors
/// In plain words, why it cannot be read.
pub(super) fn read_whole(stream: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = stream.take(LARGEST_DOCUMENT_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|fault| in_words(&fault))?;
    if bytes.len() as u64 > LARGEST_DOCUMENT_BYTES {
        return Err(format!(
            "is larger than {} MiB: divide it, or bring it as JSON Lines, which are read line by line",
            LARGEST_DOCUMENT_BYTES >> 20
        ));
    }
    Ok(bytes)
}

/// A fault of reading, in words that name what is wrong with the file.
pub(in crate::ingest) fn in_words(fault: &io::Error) -> String {
    match fault.kind() {
        io::ErrorKind::UnexpectedEof => "is cut off: its end is missing; fetch it again".to_owned(),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => format!("is damaged: {fault}; fetch it again"),
        io::ErrorKind::Other => fault.to_string(),
        _ => format!("cannot be read: {fault}"),
    }
}

/// A ZIP archive can only be read where one can jump in it.
pub(super) fn seekable(bytes: Vec<u8>) -> Cursor<Vec<u8>> {
    Cursor::new(bytes)
}

/// The path of an entry, if it stays inside of the archive.
fn path_inside(name: &str) -> Option<PathBuf> {
    let name = name.replace('\\', "/");
    let mut inside = PathBuf::new();
    for part in Path::new(&name).components() {
        match part {
            Component::Normal(part) => inside.push(part),
            Component::CurDir => {}
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    (!inside.as_os_str().is_empty() && !name.contains('\0')).then_some(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_lead_out_are_none() {
        for name in ["../a", "a/../../b", "/etc/passwd", "..\\a", ""] {
            assert_eq!(path_inside(name), None, "{name}");
        }
        assert_eq!(path_inside("./讲话/a.txt"), Some(PathBuf::from("讲话/a.txt")));
    }

    #[test]
    fn a_stream_ends_with_its_budget() {
        let mut budget = Budget { entries: 1, bytes: 100 };
        let mut stream = Budgeted {
            stream: io::repeat(0),
            budget: &mut budget,
        };
        let read = io::copy(&mut stream, &mut io::sink());
        assert!(read.is_err_and(|fault| fault.to_string().contains("200 times")));
    }
}
