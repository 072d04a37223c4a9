//! What the machine refuses, in plain words: no room, no permission. tantivy wraps it many times over.

use std::io;
use std::path::Path;

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

use crate::error::{Error, ErrorKind};

/// Why the machine did not write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// There is no room on the disk.
    Full,
    /// The user's share of the disk is used up, or the longest file that is allowed.
    Limited,
    /// The user may not.
    Denied,
    /// Nobody may: the disk is mounted to be read.
    ReadOnly,
}

impl Fault {
    fn of(error: &io::Error) -> Option<Self> {
        match error.kind() {
            io::ErrorKind::StorageFull => Some(Self::Full),
            io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => Some(Self::Limited),
            io::ErrorKind::PermissionDenied => Some(Self::Denied),
            io::ErrorKind::ReadOnlyFilesystem => Some(Self::ReadOnly),
            // What was passed on as another kind of error says which one it was.
            _ if error.raw_os_error().is_none() => Self::of_text(&error.to_string()),
            _ => None,
        }
    }

    /// What passed through a thread or was wrapped as an error of another kind is left as a text, with the number of the system's error.
    fn of_text(text: &str) -> Option<Self> {
        let number = text
            .split("os error ")
            .nth(1)
            .or_else(|| text.split("Os { code: ").nth(1));
        let digits: String = number?.chars().take_while(char::is_ascii_digit).collect();
        let code = digits.parse().ok()?;
        Self::of(&io::Error::from_raw_os_error(code))
    }

    fn message(self) -> &'static str {
        match self {
            Self::Full => "the disk is full",
            Self::Limited => "the limit on the size of files is reached",
            Self::Denied => "permission to write was refused",
            Self::ReadOnly => "the disk is mounted read-only",
        }
    }

    fn way_out(self) -> &'static str {
        match self {
            Self::Full => "free space",
            Self::Limited => "raise the limit",
            Self::Denied | Self::ReadOnly => "make the folder writable",
        }
    }

    /// The error of something that failed by it.
    pub(super) fn error(self, path: &Path, failed: &str) -> Error {
        Error::new(ErrorKind::Io, format!("{failed}: {}", self.message()))
            .at_path(path)
            .hint(format!("{} and run the same command again", self.way_out()))
    }

    /// The error of a writer that went back to its last commit.
    pub(super) fn error_after_commit(self, directory: &Path, speeches: usize) -> Error {
        let stands = match speeches {
            0 => "nothing has been committed to the index yet".to_owned(),
            1 => "the index stands as of its last commit, 1 speech".to_owned(),
            count => format!("the index stands as of its last commit, {count} speeches"),
        };
        Error::new(ErrorKind::Io, format!("{}: {stands}", self.message()))
            .at_path(directory)
            .hint(format!(
                "{} and run the same command again: it goes on where this one stopped",
                self.way_out()
            ))
    }
}

/// The fault behind an error of tantivy's, if there is one.
pub(super) fn fault_of(error: &TantivyError) -> Option<Fault> {
    match error {
        TantivyError::IoError(error) => Fault::of(error),
        TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, .. })
        | TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. })
        | TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error, .. })
        | TantivyError::OpenDirectoryError(OpenDirectoryError::FailedToCreateTempDir(io_error))
        | TantivyError::LockFailure(LockError::IoError(io_error), _) => Fault::of(io_error),
        other => Fault::of_text(&other.to_string()),
    }
}

/// An error of reading or writing a file as ours: in plain words where they are known, with its cause elsewhere.
pub fn io_error(path: &Path, failed: &str, cause: io::Error) -> Error {
    match Fault::of(&cause) {
        Some(fault) => fault.error(path, failed),
        None => Error::new(ErrorKind::Io, failed).at_path(path).caused_by(cause),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn the_fault_is_found_however_deep_it_lies() {
        let full = || io::Error::from_raw_os_error(28);
        let errors = [
            TantivyError::from(full()),
            TantivyError::from(io::Error::other(full())),
            OpenWriteError::wrap_io_error(full(), "a.idx".into()).into(),
            TantivyError::InternalError(full().to_string()),
            TantivyError::ErrorInThread(format!("{:?}", full())),
        ];
        for error in errors {
            assert_eq!(fault_of(&error), Some(Fault::Full), "{error}");
        }
        assert_eq!(fault_of(&TantivyError::Poisoned), None);
        assert_eq!(fault_of(&TantivyError::from(io::Error::from_raw_os_error(5))), None);
    }
}
