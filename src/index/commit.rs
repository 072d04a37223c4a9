//! The files of one commit, held open together: another process may commit and merge meanwhile, and what it takes away stays
//! readable here.

use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::OpenReadError;
use tantivy::directory::{FileHandle, MmapDirectory};
use tantivy::index::{SegmentComponent, SegmentId};
use tantivy::{Directory, IndexMeta, SegmentMeta};

use super::commit_directory::CommitDirectory;
use super::manifest::{CorpusVersion, Layouts, Manifest};
use super::plugin::EXTENSION;
use super::store::{Store, manifest_of, open_existing};
use crate::error::{Error, ErrorKind, Result};

/// The file that says which segments a commit is made of.
pub(super) const META: &str = "meta.json";

/// The file in which tantivy lists what it has made.
pub(super) const MANAGED: &str = ".managed.json";

/// One commit with all of its files open.
pub struct Commit {
    pub(super) directory: PathBuf,
    pub(super) meta: Vec<u8>,
    pub(super) metas: IndexMeta,
    pub(super) manifest: Option<Manifest>,
    /// The list of what tantivy has made, as it stood with the commit; absent where it cannot be read.
    pub(super) managed: Option<Vec<u8>>,
    pub(super) files: Vec<CommitFile>,
    /// The files that the commit names and that cannot be opened.
    pub(super) absent: Vec<AbsentFile>,
}

/// A file of a commit.
pub struct CommitFile {
    /// The name in the folder.
    pub name: String,
    /// The length.
    pub bytes: u64,
    /// The segment that it is a part of; absent for a file that the manifest names.
    pub(super) segment: Option<SegmentId>,
    file: File,
    mapped: Option<Arc<dyn FileHandle>>,
}

/// A file that a commit names and that cannot be opened.
pub(super) struct AbsentFile {
    pub(super) name: String,
    pub(super) segment: Option<SegmentId>,
    pub(super) cause: io::Error,
}

impl CommitFile {
    /// A reader of the whole file, from its beginning.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn reader(&self) -> io::Result<impl io::Read + '_> {
        Ok(FileReader {
            file: self,
            position: 0,
        })
    }

    /// Bytes of the file, as far as it has them.
    pub(super) fn read_at(&self, start: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        let mut reader = FileReader {
            file: self,
            position: start,
        };
        let mut filled = 0;
        while filled < length {
            match io::Read::read(&mut reader, &mut bytes[filled..])? {
                0 => break,
                count => filled += count,
            }
        }
        bytes.truncate(filled);
        Ok(bytes)
    }
}

/// Reads a file without moving the place that others read at.
struct FileReader<'a> {
    file: &'a CommitFile,
    position: u64,
}

impl io::Read for FileReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = read_at(&self.file.file, self.position, buffer)?;
        self.position += count as u64;
        Ok(count)
    }
}

#[cfg(unix)]
fn read_at(file: &File, position: u64, buffer: &mut [u8]) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, position)
}

#[cfg(windows)]
fn read_at(file: &File, position: u64, buffer: &mut [u8]) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, position)
}

impl Commit {
    /// Opens the last commit of an index with all of its files.
    ///
    /// # Errors
    /// [`ErrorKind::Index`]: there is no index, or what says which files it is made of is damaged. A file that is missing or cannot be
    /// opened is no error here: [`Commit::examine`] reports it.
    pub fn open(directory: &Path) -> Result<Self> {
        loop {
            let commit = Self::open_once(directory)?;
            // Another process may commit meanwhile, and take a merged segment's files away: then what was opened is looked for in the
            // new commit.
            if read_meta(directory)? == commit.meta {
                return Ok(commit);
            }
        }
    }

    fn open_once(directory: &Path) -> Result<Self> {
        let index = open_existing(directory, &Default::default())?;
        let meta = read_meta(directory)?;
        let metas = index
            .load_metas()
            .map_err(|error| super::store::index_error(directory, "cannot read the last commit of the index", error))?;
        let manifest = manifest_of(&metas, directory, Layouts::Current)?;
        let mut commit = Self {
            directory: directory.to_owned(),
            meta,
            managed: None,
            manifest,
            files: Vec::new(),
            absent: Vec::new(),
            metas,
        };
        commit.open_files()?;
        commit.managed = std::fs::read(directory.join(MANAGED)).ok();
        Ok(commit)
    }

    fn open_files(&mut self) -> Result<()> {
        let mapping = MmapDirectory::open(&self.directory)
            .map_err(|error| super::store::index_error(&self.directory, "cannot open the index", error.into()))?;
        let mut names: Vec<(String, Option<SegmentId>)> = Vec::new();
        for segment in &self.metas.segments {
            names.extend(segment_files(segment).map(|name| (name, Some(segment.id()))));
        }
        let named = self.manifest.iter().flat_map(Manifest::files);
        names.extend(named.map(|name| (name.to_owned(), None)));
        for (name, segment) in names {
            match open_file(&self.directory, &mapping, &name, segment) {
                Ok(file) => self.files.push(file),
                Err(cause) => self.absent.push(AbsentFile { name, segment, cause }),
            }
        }
        Ok(())
    }

    /// The files, those of each segment together.
    pub fn files(&self) -> &[CommitFile] {
        &self.files
    }

    /// The bytes of the file that says which segments the commit is made of.
    pub fn meta(&self) -> &[u8] {
        &self.meta
    }

    /// The corpus; absent where nothing has been committed yet.
    pub fn corpus(&self) -> Option<&CorpusVersion> {
        self.manifest.as_ref().map(|manifest| &manifest.corpus)
    }

    /// The list, as tantivy keeps it, of the files that are the commit.
    pub fn managed_list(&self) -> Vec<u8> {
        let segment_files = self.files.iter().filter(|file| file.segment.is_some());
        let names: BTreeSet<&str> = segment_files.map(|file| file.name.as_str()).chain([META]).collect();
        let mut list = serde_json::to_vec(&names).unwrap_or_default();
        list.push(b'\n');
        list
    }

    /// Opens the commit to read, without some of its segments.
    ///
    /// # Errors
    /// Another analyzer made the index, or it is damaged.
    pub(super) fn store_without(&self, segments: &BTreeSet<SegmentId>) -> Result<Store> {
        let mut meta: serde_json::Value = serde_json::from_slice(&self.meta)
            .map_err(|cause| Error::new(ErrorKind::Index, "`meta.json` is damaged").caused_by(cause))?;
        if let Some(list) = meta.get_mut("segments").and_then(serde_json::Value::as_array_mut) {
            let mut ids = self.metas.segments.iter().map(SegmentMeta::id);
            list.retain(|_| ids.next().is_none_or(|id| !segments.contains(&id)));
        }
        let mapped = |file: &CommitFile| Some((PathBuf::from(&file.name), Arc::clone(file.mapped.as_ref()?)));
        let files: HashMap<PathBuf, Arc<dyn FileHandle>> = self.files.iter().filter_map(mapped).collect();
        let directory = CommitDirectory::new(meta.to_string().into_bytes(), files);
        Store::open_directory(&self.directory, directory)
    }
}

impl CommitFile {
    /// The file as mapped, where it is part of a segment.
    pub(super) fn mapped(&self) -> Option<&Arc<dyn FileHandle>> {
        self.mapped.as_ref()
    }
}

/// The names of the files that a segment must have.
fn segment_files(segment: &SegmentMeta) -> impl Iterator<Item = String> {
    let mut components = vec![
        SegmentComponent::Postings,
        SegmentComponent::Positions,
        SegmentComponent::Terms,
        SegmentComponent::Store,
        SegmentComponent::FastFields,
        SegmentComponent::FieldNorms,
        SegmentComponent::Custom(EXTENSION.to_owned()),
    ];
    if segment.has_deletes() {
        components.push(SegmentComponent::Delete);
    }
    let path = |component| segment.relative_path(component).to_string_lossy().into_owned();
    components.into_iter().map(path)
}

fn open_file(
    directory: &Path,
    mapping: &MmapDirectory,
    name: &str,
    segment: Option<SegmentId>,
) -> io::Result<CommitFile> {
    let file = File::open(directory.join(name))?;
    let bytes = file.metadata()?.len();
    let mapped = segment
        .map(|_| mapping.get_file_handle(Path::new(name)))
        .transpose()
        .map_err(|error| match error {
            OpenReadError::IoError { io_error, .. } => io::Error::new(io_error.kind(), io_error.to_string()),
            other => io::Error::new(io::ErrorKind::NotFound, other.to_string()),
        })?;
    Ok(CommitFile {
        name: name.to_owned(),
        bytes,
        segment,
        file,
        mapped,
    })
}

fn read_meta(directory: &Path) -> Result<Vec<u8>> {
    std::fs::read(directory.join(META)).map_err(|cause| {
        Error::new(ErrorKind::Index, "cannot read the last commit of the index")
            .at_path(&directory.join(META))
            .caused_by(cause)
    })
}
