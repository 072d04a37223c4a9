//! An index becomes a backup: the files of one commit are held open, so others may write to the index meanwhile.

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use sha2::{Digest, Sha256};
use tar::{Builder, EntryType, Header};
use tempfile::TempPath;
use zstd::stream::write::Encoder;

use super::seal::SealingWriter;
use super::{BACKUP_FORMAT, BackupReport, DESCRIPTION, DescribedFile, Description, folder_of, sync_folder, usage};
use crate::engine::TOOL_VERSION;
use crate::error::{Error, ErrorKind, Result};
use crate::index::{Commit, io_error};
use crate::text::hexadecimal;

/// The files of an index are compressed already; more than the least takes time and saves nothing.
const COMPRESSION_LEVEL: i32 = 1;

/// What to do about a file that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overwriting {
    /// It stays, and the backup fails.
    Refused,
    /// The backup takes its place when it is whole.
    Allowed,
}

/// Writes a backup of the last commit of an index to a file, which is there when it is whole and not before.
///
/// # Errors
/// [`ErrorKind::Usage`]: the file is there already. [`ErrorKind::Index`]: there is no index, nothing was committed to it, or it is
/// damaged. [`ErrorKind::Io`]: the file cannot be written.
pub fn backup(directory: &Path, file: &Path, overwriting: Overwriting) -> Result<BackupReport> {
    if overwriting == Overwriting::Refused && file.exists() {
        return Err(is_there(file));
    }
    let failed = |cause| io_error(file, "cannot write the backup", cause);
    let name = file
        .file_name()
        .ok_or_else(|| usage(format!("`{}` names no file", file.display()), "name a file"))?;
    let unfinished = format!(".{}.{}.part", name.to_string_lossy(), std::process::id());
    let path = folder_of(file).join(unfinished);
    let output = File::create(&path).map_err(failed)?;
    // It is deleted wherever this function ends before the backup is whole.
    let path = TempPath::try_from_path(path).map_err(failed)?;
    let report = write_backup(directory, BufWriter::with_capacity(1 << 18, &output), failed)?;
    output.sync_all().map_err(failed)?;
    match overwriting {
        Overwriting::Allowed => path.persist(file).map_err(|error| failed(error.error))?,
        Overwriting::Refused => path.persist_noclobber(file).map_err(|error| match error.error.kind() {
            io::ErrorKind::AlreadyExists => is_there(file),
            _ => failed(error.error),
        })?,
    }
    sync_folder(folder_of(file)).map_err(failed)?;
    Ok(report)
}

fn is_there(file: &Path) -> Error {
    usage(
        format!("`{}` is there already", file.display()),
        "name another file, or overwrite it with --force",
    )
}

/// Writes a backup of the last commit of an index to a stream.
///
/// # Errors
/// As [`backup`].
pub fn backup_to(directory: &Path, output: impl Write) -> Result<BackupReport> {
    let failed = |cause| Error::new(ErrorKind::Io, "cannot write the backup").caused_by(cause);
    write_backup(directory, output, failed)
}

fn write_backup(directory: &Path, output: impl Write, failed: impl Fn(io::Error) -> Error) -> Result<BackupReport> {
    let commit = Commit::open(directory)?;
    let Some(corpus) = commit.corpus().cloned() else {
        let message = "nothing has been committed to the index yet";
        return Err(Error::new(ErrorKind::Index, message).at_path(directory));
    };
    if let Some(damage) = commit.examine().damage.first() {
        let message = format!("the index is damaged, a backup of it would be too: {damage}");
        return Err(Error::new(ErrorKind::Index, message)
            .at_path(directory)
            .hint("`chancery verify` lists all damage"));
    }
    let contents = Contents::of(&commit);
    let description = contents.describe(corpus)?;
    let backup_bytes = contents.write(&description, output).map_err(failed)?;
    Ok(BackupReport {
        files: description.files.len() as u64,
        bytes: description.bytes(),
        backup_bytes,
        corpus: description.corpus,
    })
}

/// What a backup is made of: the files of a commit, tantivy's list of them, and last what makes them an index.
struct Contents<'a> {
    commit: &'a Commit,
    managed: Vec<u8>,
}

impl<'a> Contents<'a> {
    fn of(commit: &'a Commit) -> Self {
        Self {
            commit,
            managed: commit.managed_list(),
        }
    }

    /// Calls with the name, length and content of each file, in order.
    fn each<E>(
        &self,
        mut take: impl FnMut(&str, u64, &mut dyn Read) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E>
    where
        E: From<io::Error>,
    {
        for file in self.commit.files() {
            take(&file.name, file.bytes, &mut file.reader()?)?;
        }
        take(".managed.json", self.managed.len() as u64, &mut self.managed.as_slice())?;
        take("meta.json", self.commit.meta().len() as u64, &mut self.commit.meta())
    }

    fn describe(&self, corpus: crate::index::CorpusVersion) -> Result<Description> {
        let mut files = Vec::new();
        let described: io::Result<()> = self.each(|name, bytes, content| {
            let mut hash = Sha256::new();
            copy(content, |part| {
                hash.update(part);
                Ok(())
            })?;
            files.push(DescribedFile {
                name: name.to_owned(),
                bytes,
                sha256: hexadecimal(&hash.finalize()),
            });
            Ok(())
        });
        described.map_err(|cause| Error::new(ErrorKind::Io, "cannot read the index").caused_by(cause))?;
        Ok(Description {
            format: BACKUP_FORMAT,
            tool_version: TOOL_VERSION.to_owned(),
            corpus,
            files,
        })
    }

    /// Writes the archive; returns its bytes.
    fn write(&self, description: &Description, output: impl Write) -> io::Result<u64> {
        let encoder = Encoder::new(SealingWriter::new(output), COMPRESSION_LEVEL)?;
        let mut archive = Builder::new(encoder);
        let text = serde_json::to_vec_pretty(description)?;
        append(&mut archive, DESCRIPTION, text.len() as u64, &mut text.as_slice())?;
        self.each(|name, bytes, content| append(&mut archive, name, bytes, content))?;
        archive.into_inner()?.finish()?.finish()
    }
}

/// Adds a file that says nothing of who made it and when: a backup of one commit is always the same.
fn append(archive: &mut Builder<impl Write>, name: &str, bytes: u64, content: &mut dyn Read) -> io::Result<()> {
    let mut header = Header::new_ustar();
    header.set_entry_type(EntryType::Regular);
    header.set_size(bytes);
    header.set_mode(0o644);
    header.set_mtime(0);
    archive.append_data(&mut header, name, content)
}

/// Reads a content in parts to its end.
fn copy(content: &mut dyn Read, mut take: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
    let mut buffer = vec![0; 1 << 18];
    loop {
        match content.read(&mut buffer)? {
            0 => return Ok(()),
            count => take(&buffer[..count])?,
        }
    }
}
