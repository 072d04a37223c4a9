//! A folder that holds one commit and never changes: how tantivy reads files that are held open.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{DirectoryLock, FileHandle, Lock, WatchCallback, WatchHandle, WritePtr};

use super::commit::META;

/// The files of a commit by their names, and what says which segments it is made of.
#[derive(Clone, Debug)]
pub(super) struct CommitDirectory {
    meta: Arc<Vec<u8>>,
    files: Arc<HashMap<PathBuf, Arc<dyn FileHandle>>>,
}

impl CommitDirectory {
    /// A folder of these files, with this `meta.json`.
    pub(super) fn new(meta: Vec<u8>, files: HashMap<PathBuf, Arc<dyn FileHandle>>) -> Self {
        Self {
            meta: Arc::new(meta),
            files: Arc::new(files),
        }
    }
}

fn cannot_be_written() -> io::Error {
    io::Error::new(
        io::ErrorKind::ReadOnlyFilesystem,
        "a commit that is read cannot be written",
    )
}

impl Directory for CommitDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let absent = || OpenReadError::FileDoesNotExist(path.to_owned());
        self.files.get(path).cloned().ok_or_else(absent)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        Ok(self.files.contains_key(path) || path == Path::new(META))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        match path == Path::new(META) {
            true => Ok(self.meta.to_vec()),
            false => Err(OpenReadError::FileDoesNotExist(path.to_owned())),
        }
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError {
            io_error: Arc::new(cannot_be_written()),
            filepath: path.to_owned(),
        })
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(cannot_be_written(), path.to_owned()))
    }

    fn atomic_write(&self, _path: &Path, _data: &[u8]) -> io::Result<()> {
        Err(cannot_be_written())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn acquire_lock(&self, _lock: &Lock) -> Result<DirectoryLock, LockError> {
        // Nothing can take the files of a commit that is held open.
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}
