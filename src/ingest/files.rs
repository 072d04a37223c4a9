//! The files of an input: folders walked in name order, each with its size and time of change.
//!
//! Walking stands apart from reading so that a caller knows the number of files and bytes before the first is opened.

use std::fs;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::error::{Error, ErrorKind, Result};
use crate::ingest::reader::FileId;
use crate::ingest::reader::stamps::FileState;
use crate::ingest::{Consulted, Rejection, debates, sidecar, tei};
use crate::text::Date;

/// A file to read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path to open.
    pub path: PathBuf,
    /// The canonical path of the root, as text.
    pub root: String,
    /// The path relative to the root.
    pub relative: PathBuf,
    /// Its size and time of change when it was listed.
    pub(in crate::ingest) state: FileState,
    /// Whether the caller named it, and not a folder in which it lies.
    pub(in crate::ingest) is_named: bool,
}

impl SourceFile {
    /// The path relative to the root, as it is printed: with `/` between folders.
    pub fn source(&self) -> String {
        printed(&self.relative)
    }

    /// What it is known by.
    pub fn id(&self) -> FileId {
        FileId {
            root: self.root.clone(),
            source: self.source(),
        }
    }
}

/// A file that is read for what it says about others.
#[derive(Clone, Debug)]
pub struct Aid {
    /// The path to open.
    pub path: PathBuf,
    /// The path relative to the root.
    pub relative: PathBuf,
    /// Its size and time of change when it was listed.
    pub(in crate::ingest) state: FileState,
    /// What it says.
    pub kind: AidKind,
}

impl Aid {
    /// What is reported of it.
    pub fn consulted(&self) -> Consulted {
        let holds = match self.kind {
            AidKind::SpeakerTable => "the speakers and posts of the UN General Debate Corpus",
            AidKind::TeiCorpus => "the speakers and organizations of a TEI corpus",
        };
        Consulted {
            source: printed(&self.relative),
            holds: holds.to_owned(),
        }
    }
}

/// What a file says about others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AidKind {
    /// The speakers of the UN General Debate Corpus.
    SpeakerTable,
    /// The speakers of a TEI corpus.
    TeiCorpus,
}

/// A file that was found, readable or not.
#[derive(Clone, Debug)]
pub enum Found {
    /// A file to read.
    File(SourceFile),
    /// A file that says something about others.
    Aid(Aid),
    /// A file that cannot be read.
    Rejected(Rejection),
}

/// Lists the files of a path: the file itself, or those of the folder in name order, without hidden ones and those of a
/// folder that is excluded.
///
/// # Errors
/// The path does not exist or cannot be looked at.
pub fn list(path: &Path, excluded: Option<&Path>) -> Result<Vec<Found>> {
    let canonical = canonical(path)?;
    if canonical.is_dir() {
        return Ok(list_folder(&canonical, excluded));
    }
    let root = canonical.parent().unwrap_or(&canonical);
    let relative = canonical.strip_prefix(root).unwrap_or(&canonical).to_owned();
    let found = match fs::metadata(&canonical) {
        Ok(metadata) if metadata.is_file() => Found::File(SourceFile {
            path: canonical.clone(),
            root: root.to_string_lossy().into_owned(),
            relative,
            state: FileState::of(&metadata),
            is_named: true,
        }),
        Ok(_) => Found::Rejected(rejection(&relative, "is not a regular file".to_owned())),
        Err(fault) => Found::Rejected(rejection(&relative, format!("cannot be looked at: {fault}"))),
    };
    Ok(vec![found])
}

/// The canonical path of an input.
///
/// # Errors
/// The path does not exist or cannot be looked at.
pub(in crate::ingest) fn canonical(path: &Path) -> Result<PathBuf> {
    fs::canonicalize(path).map_err(|cause| {
        let kind = if cause.kind() == std::io::ErrorKind::NotFound {
            ErrorKind::Usage
        } else {
            ErrorKind::Io
        };
        Error::new(kind, "cannot be read")
            .at_path(path)
            .hint("name an existing file or folder")
            .caused_by(cause)
    })
}

/// The day at the start of a file's name, such as `2013-03-22_title.txt`.
pub fn date_in_name(relative: &Path) -> Option<Date> {
    let name = relative.file_name()?.to_string_lossy();
    let (date, rest) = name.split_at_checked("2013-03-22".len())?;
    let is_whole = !rest.starts_with(|character: char| character.is_ascii_digit());
    date.parse().ok().filter(|_| is_whole)
}

fn list_folder(folder: &Path, excluded: Option<&Path>) -> Vec<Found> {
    WalkDir::new(folder)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !(is_hidden(entry) || excluded == Some(entry.path())))
        .filter_map(|entry| found_in_folder(folder, entry))
        .collect()
}

fn found_in_folder(folder: &Path, entry: walkdir::Result<DirEntry>) -> Option<Found> {
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
    let state = match entry.metadata() {
        Ok(metadata) => FileState::of(&metadata),
        Err(fault) => {
            return Some(Found::Rejected(rejection(
                relative,
                format!("cannot be looked at: {fault}"),
            )));
        }
    };
    let (path, relative) = (entry.path().to_owned(), relative.to_owned());
    let is_xml = relative
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("xml"));
    let kind = match () {
        () if debates::is_speaker_table(&relative) => Some(AidKind::SpeakerTable),
        () if is_xml && tei::is_corpus_file(&path) => Some(AidKind::TeiCorpus),
        () => None,
    };
    if let Some(kind) = kind {
        return Some(Found::Aid(Aid {
            path,
            relative,
            state,
            kind,
        }));
    }
    let root = folder.to_string_lossy().into_owned();
    Some(Found::File(SourceFile {
        path,
        root,
        relative,
        state,
        is_named: false,
    }))
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn is_sidecar(path: &Path) -> bool {
    path.to_string_lossy().ends_with(sidecar::ENDING)
}

/// Whether a file lies beside a sidecar that bears its name, with or without the file's extension.
fn belongs_to_a_file(sidecar: &Path) -> bool {
    let name = sidecar.file_name().unwrap_or_default().to_string_lossy();
    let Some(stem) = name.strip_suffix(sidecar::ENDING) else {
        return false;
    };
    if sidecar.with_file_name(stem).is_file() {
        return true;
    }
    let beside = sidecar.parent().and_then(|folder| fs::read_dir(folder).ok());
    let is_its_file = |path: PathBuf| !is_sidecar(&path) && path.file_stem() == Some(stem.as_ref()) && path.is_file();
    beside.is_some_and(|entries| entries.flatten().any(|entry| is_its_file(entry.path())))
}

fn rejection(relative: &Path, reason: String) -> Rejection {
    Rejection {
        source: printed(relative),
        line: None,
        reason,
    }
}

/// A path with `/` between folders.
pub(in crate::ingest) fn printed(relative: &Path) -> String {
    let parts: Vec<_> = relative
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}
