//! The files of an input: folders walked in name order, each file with its format or the reason why it has none.
//!
//! Walking stands apart from reading so that a caller knows the number of files and bytes before the first is opened.

use std::fs;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::error::{Error, ErrorKind, Result};
use crate::ingest::{InputFormat, Rejection, sidecar};
use crate::text::Date;

/// A file to read, or the reason why not.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path to open.
    pub path: PathBuf,
    /// The canonical path of the root, as text.
    pub root: String,
    /// The path relative to the root.
    pub relative: PathBuf,
    /// The size, in bytes.
    pub bytes: u64,
    /// The format.
    pub format: InputFormat,
}

impl SourceFile {
    /// The path relative to the root, as it is printed: with `/` between folders.
    pub fn source(&self) -> String {
        printed(&self.relative)
    }
}

/// A file that was found, readable or not.
#[derive(Clone, Debug)]
pub enum Found {
    /// A file in a format that can be read.
    File(SourceFile),
    /// A file that cannot be read.
    Rejected(Rejection),
}

/// Lists the files of a path: the file itself, or those of the folder in name order without hidden ones.
///
/// # Errors
/// The path does not exist or cannot be looked at.
pub fn list(path: &Path, forced: Option<InputFormat>) -> Result<Vec<Found>> {
    let canonical = fs::canonicalize(path).map_err(|cause| {
        let kind = if cause.kind() == std::io::ErrorKind::NotFound {
            ErrorKind::Usage
        } else {
            ErrorKind::Io
        };
        Error::new(kind, "cannot be read")
            .at_path(path)
            .hint("name an existing file or folder")
            .caused_by(cause)
    })?;
    if canonical.is_dir() {
        return Ok(list_folder(&canonical, forced));
    }
    let root = canonical.parent().unwrap_or(&canonical);
    let relative = canonical.strip_prefix(root).unwrap_or(&canonical).to_owned();
    let format = forced.or_else(|| format_of(&canonical)).unwrap_or(InputFormat::Text);
    let bytes = fs::metadata(&canonical).map(|metadata| metadata.len()).unwrap_or(0);
    let root = root.to_string_lossy().into_owned();
    Ok(vec![Found::File(SourceFile {
        path: canonical.clone(),
        root,
        relative,
        bytes,
        format,
    })])
}

/// The day at the start of a file's name, such as `2013-03-22_title.txt`.
pub fn date_in_name(relative: &Path) -> Option<Date> {
    let name = relative.file_name()?.to_string_lossy();
    let (date, rest) = name.split_at_checked("2013-03-22".len())?;
    let is_whole = !rest.starts_with(|character: char| character.is_ascii_digit());
    date.parse().ok().filter(|_| is_whole)
}

fn list_folder(folder: &Path, forced: Option<InputFormat>) -> Vec<Found> {
    WalkDir::new(folder)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry))
        .filter_map(|entry| found_in_folder(folder, entry, forced))
        .collect()
}

fn found_in_folder(folder: &Path, entry: walkdir::Result<DirEntry>, forced: Option<InputFormat>) -> Option<Found> {
    let entry = match entry {
        Ok(entry) => entry,
        Err(fault) => {
            let place = fault
                .path()
                .map(|path| path.strip_prefix(folder).unwrap_or(path))
                .unwrap_or(folder);
            return Some(Found::Rejected(rejection(
                place,
                format!("cannot be looked at: {fault}"),
            )));
        }
    };
    if entry.file_type().is_dir() {
        return None;
    }
    let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
    if !entry.file_type().is_file() {
        return Some(Found::Rejected(rejection(relative, "is not a regular file".to_owned())));
    }
    if is_sidecar(relative) {
        let lone = !belongs_to_a_file(entry.path());
        let reason = "no file of that name lies beside this sidecar: name it as the speech with the ending .meta.json";
        return lone.then(|| Found::Rejected(rejection(relative, reason.to_owned())));
    }
    let Some(format) = forced.or_else(|| format_of(entry.path())) else {
        return Some(Found::Rejected(rejection(relative, unsupported(entry.path()))));
    };
    let bytes = entry.metadata().map(|metadata| metadata.len()).unwrap_or(0);
    let root = folder.to_string_lossy().into_owned();
    Some(Found::File(SourceFile {
        path: entry.path().to_owned(),
        root,
        relative: relative.to_owned(),
        bytes,
        format,
    }))
}

/// The format that the extension of a name tells; a name without extension is taken for text.
fn format_of(path: &Path) -> Option<InputFormat> {
    let Some(extension) = path.extension() else {
        return Some(InputFormat::Text);
    };
    match extension.to_string_lossy().to_ascii_lowercase().as_str() {
        "txt" | "text" | "md" => Some(InputFormat::Text),
        "jsonl" | "ndjson" => Some(InputFormat::JsonLines),
        "html" | "htm" | "shtml" | "xhtml" => Some(InputFormat::Html),
        _ => None,
    }
}

fn unsupported(path: &Path) -> String {
    let extension = path
        .extension()
        .map(|extension| extension.to_string_lossy().into_owned())
        .unwrap_or_default();
    format!(
        "files of the kind `.{extension}` are not read by this version, which reads .txt, .text, .md, .html, .htm, \
         .shtml, .xhtml, .jsonl and .ndjson: name the file itself, or use --input-format, to read it all the same"
    )
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn is_sidecar(path: &Path) -> bool {
    path.to_string_lossy().ends_with(sidecar::ENDING)
}

/// Whether a file lies beside a sidecar that bears its name, with or without the file's extension.
fn belongs_to_a_file(sidecar: &Path) -> bool {
    let name = sidecar.to_string_lossy();
    let Some(stem) = name.strip_suffix(sidecar::ENDING) else {
        return false;
    };
    let endings = ["", ".txt", ".text", ".md", ".jsonl", ".ndjson"];
    endings
        .iter()
        .any(|ending| Path::new(&format!("{stem}{ending}")).is_file())
}

fn rejection(relative: &Path, reason: String) -> Rejection {
    Rejection {
        source: printed(relative),
        line: None,
        reason,
    }
}

fn printed(relative: &Path) -> String {
    let parts: Vec<_> = relative
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}
