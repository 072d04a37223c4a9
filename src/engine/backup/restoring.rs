//! A backup becomes an index: unpacked beside its place, held against its description, and put there when it is whole.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write};
use std::path::Path;

use sha2::{Digest, Sha256};
use tar::{Archive, Entries, Entry, EntryType};
use zstd::stream::read::Decoder;

use super::seal::SealedReader;
use super::{
    BACKUP_FORMAT, DESCRIPTION, DescribedFile, Description, RestoreReport, folder_of, is_plain_name, sync_folder, usage,
};
use crate::error::{Error, ErrorKind, Result};
use crate::index::{Commit, io_error};
use crate::text::hexadecimal;

/// The longest description that is read.
const LONGEST_DESCRIPTION_BYTES: u64 = 64 << 20;

/// The most that may stand between the last file of an archive and its end.
const MOST_PADDING_BYTES: u64 = 1 << 20;

/// Makes an index of a backup in a folder that is empty or not there; `name` is the backup in errors.
///
/// # Errors
/// [`ErrorKind::Usage`]: the folder holds something. [`ErrorKind::Io`]: the backup is none, is damaged or was written by a newer version,
/// or the folder cannot be written. [`ErrorKind::Index`]: what it holds is not the index that it describes.
pub fn restore(backup: impl Read, name: &Path, directory: &Path) -> Result<RestoreReport> {
    check_target(directory)?;
    let folder = folder_of(directory);
    let failed = |cause| io_error(directory, "cannot make the index folder", cause);
    fs::create_dir_all(folder).map_err(failed)?;
    // It is deleted wherever this function ends; what is whole has been moved out of it by then.
    let workplace = tempfile::Builder::new()
        .prefix(".chancery-restore-")
        .tempdir_in(folder)
        .map_err(failed)?;
    let unpacked = workplace.path().join("index");
    fs::create_dir(&unpacked).map_err(failed)?;
    let description = unpack(backup, name, &unpacked)?;
    check_index(&unpacked, &description, name)?;
    sync_folder(&unpacked).map_err(failed)?;
    if directory.is_dir() {
        fs::remove_dir(directory).map_err(failed)?;
    }
    fs::rename(&unpacked, directory).map_err(failed)?;
    sync_folder(folder).map_err(failed)?;
    Ok(RestoreReport {
        files: description.files.len() as u64,
        bytes: description.bytes(),
        made_with: description.tool_version,
        corpus: description.corpus,
    })
}

fn check_target(directory: &Path) -> Result<()> {
    let is_empty = match fs::read_dir(directory) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => true,
        Err(cause) => return Err(io_error(directory, "cannot read the folder", cause)),
    };
    if is_empty {
        return Ok(());
    }
    let message = format!(
        "`{}` is not empty; a backup is restored into a folder of its own",
        directory.display()
    );
    Err(usage(
        message,
        "name another folder with `--index`, one that is not there yet",
    ))
}

/// Unpacks a backup into a folder and reads it to its end, seal included.
fn unpack(backup: impl Read, name: &Path, folder: &Path) -> Result<Description> {
    let damaged = |cause: io::Error| damaged(name, cause);
    let sealed = BufReader::new(SealedReader::new(backup));
    let decoder = Decoder::with_buffer(sealed).map_err(|_| no_backup(name))?;
    let mut archive = Archive::new(decoder);
    let mut entries = archive.entries().map_err(damaged)?;
    let description = read_description(&mut entries, name)?;
    for file in &description.files {
        let entry = next_entry(&mut entries, name)?;
        let entry = entry.ok_or_else(|| unlike(name, &format!("`{}` is missing", file.name)))?;
        unpack_file(entry, file, name, folder)?;
    }
    if next_entry(&mut entries, name)?.is_some() {
        return Err(unlike(name, "it holds a file more"));
    }
    let mut decoder = archive.into_inner();
    let padding = io::copy(&mut (&mut decoder).take(MOST_PADDING_BYTES), &mut io::sink()).map_err(damaged)?;
    if padding == MOST_PADDING_BYTES || !decoder.finish().into_inner().is_whole() {
        return Err(unlike(name, "something stands behind its files"));
    }
    Ok(description)
}

fn next_entry<'a, R: Read>(entries: &mut Entries<'a, R>, name: &Path) -> Result<Option<Entry<'a, R>>> {
    entries.next().transpose().map_err(|cause| damaged(name, cause))
}

fn read_description<R: Read>(entries: &mut Entries<'_, R>, name: &Path) -> Result<Description> {
    #[derive(serde::Deserialize)]
    struct Format {
        format: u32,
    }
    let Some(Ok(mut entry)) = entries.next() else {
        return Err(no_backup(name));
    };
    if entry.path_bytes().as_ref() != DESCRIPTION.as_bytes() || entry.size() > LONGEST_DESCRIPTION_BYTES {
        return Err(no_backup(name));
    }
    let mut text = Vec::new();
    entry.read_to_end(&mut text).map_err(|cause| damaged(name, cause))?;
    let unreadable = |cause: serde_json::Error| damaged(name, cause.into());
    let Format { format } = serde_json::from_slice(&text).map_err(unreadable)?;
    if format != BACKUP_FORMAT {
        let message = format!("the backup has form {format}; this version of chancery reads form {BACKUP_FORMAT}");
        return Err(Error::new(ErrorKind::Io, message)
            .at_path(name)
            .hint("restore it with the version that wrote it"));
    }
    let description: Description = serde_json::from_slice(&text).map_err(unreadable)?;
    match description.files.iter().find(|file| !is_plain_name(&file.name)) {
        Some(file) => Err(unlike(
            name,
            &format!("`{}` is no name of a file of an index", file.name),
        )),
        None => Ok(description),
    }
}

/// Unpacks a file, which must be the one described.
fn unpack_file(mut entry: Entry<'_, impl Read>, file: &DescribedFile, name: &Path, folder: &Path) -> Result<()> {
    let is_expected = entry.header().entry_type() == EntryType::Regular
        && entry.path_bytes().as_ref() == file.name.as_bytes()
        && entry.size() == file.bytes;
    if !is_expected {
        let found = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        return Err(unlike(
            name,
            &format!("it holds `{found}` where `{}` should stand", file.name),
        ));
    }
    let path = folder.join(&file.name);
    let failed = |cause| io_error(folder, "cannot write the index", cause);
    let mut output = File::create_new(&path).map_err(failed)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 18];
    loop {
        let count = entry.read(&mut buffer).map_err(|cause| damaged(name, cause))?;
        if count == 0 {
            break;
        }
        hash.update(&buffer[..count]);
        output.write_all(&buffer[..count]).map_err(failed)?;
    }
    output.sync_all().map_err(failed)?;
    if hexadecimal(&hash.finalize()) == file.sha256 {
        return Ok(());
    }
    Err(unlike(name, &format!("`{}` is not as it was written", file.name)))
}

/// Opens what was unpacked: it must be the index that the description names.
fn check_index(folder: &Path, description: &Description, name: &Path) -> Result<()> {
    let commit = Commit::open(folder).map_err(|error| unlike(name, &error.to_string()))?;
    if let Some(damage) = commit.examine().damage.first() {
        return Err(unlike(name, &damage.to_string()));
    }
    if commit.corpus() != Some(&description.corpus) {
        return Err(unlike(name, "its corpus is not the one that it names"));
    }
    Ok(())
}

fn no_backup(name: &Path) -> Error {
    Error::new(ErrorKind::Io, "the file is no backup of chancery's, or is damaged")
        .at_path(name)
        .hint("`chancery backup FILE` writes backups")
}

fn damaged(name: &Path, cause: io::Error) -> Error {
    Error::new(ErrorKind::Io, "the backup is damaged or cut off; nothing was restored")
        .at_path(name)
        .caused_by(cause)
        .hint("restore from another copy of it")
}

fn unlike(name: &Path, what: &str) -> Error {
    Error::new(
        ErrorKind::Io,
        format!("the backup is damaged; nothing was restored: {what}"),
    )
    .at_path(name)
    .hint("restore from another copy of it")
}
