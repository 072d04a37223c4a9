//! An index of a file of passages that is there for one command only.

use std::fs::File;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use chancery::engine::{IngestReport, IngestRequest, ingest};
use chancery::error::{Error, ErrorKind, Result};
use chancery::ingest::{IngestOptions, Input, InputFormat};

/// The most lines named that were not read.
const MOST_NAMED: usize = 5;

/// An index in a temporary folder, which is gone when this is dropped.
pub(super) struct PassageIndex {
    source: PathBuf,
    folder: TempDir,
    report: IngestReport,
}

impl PassageIndex {
    /// Indexes a file of JSON Lines, each with `id` and `text`, as `chancery ingest` does; compressed by gzip or not.
    ///
    /// # Errors
    /// The file cannot be read, or holds no passage; or the temporary folder cannot be written.
    pub(super) fn make(path: &Path) -> Result<Self> {
        let cannot_read = |cause| {
            Error::new(ErrorKind::Io, "cannot read the passages")
                .at_path(path)
                .caused_by(cause)
        };
        let stream = File::open(path).map_err(cannot_read)?;
        let folder = tempfile::Builder::new().prefix("chancery-passages-").tempdir();
        let folder = folder.map_err(|cause| {
            Error::new(ErrorKind::Io, "cannot make a temporary folder for the passages").caused_by(cause)
        })?;
        let request = IngestRequest {
            inputs: vec![Input::Stdin(Box::new(stream))],
            options: IngestOptions {
                input_format: Some(InputFormat::JsonLines),
                ..IngestOptions::default()
            },
            ..IngestRequest::default()
        };
        let report = ingest(folder.path(), request, |_| {})?;
        let index = Self {
            source: path.to_owned(),
            folder,
            report,
        };
        match index.report.added {
            0 => Err(index.without_passages()),
            _ => Ok(index),
        }
    }

    fn without_passages(&self) -> Error {
        let message = match self.rejections().into_iter().next() {
            Some(first) => format!("there is no passage that can be read: {first}"),
            None => "there is no passage".to_owned(),
        };
        Error::new(ErrorKind::Usage, message)
            .at_path(&self.source)
            .hint("write JSON objects with `id` and `text`, one a line")
    }

    /// The folder of the index.
    pub(super) fn directory(&self) -> &Path {
        self.folder.path()
    }

    /// Whether every line was read.
    pub(super) fn is_whole(&self) -> bool {
        self.report.rejected.is_empty()
    }

    /// What was not read.
    pub(super) fn warnings(&self) -> Vec<String> {
        let rejections = self.rejections();
        let first = rejections.iter().take(MOST_NAMED).cloned();
        let mut warnings: Vec<String> = first.collect();
        if rejections.len() > MOST_NAMED {
            warnings.push(format!("{} more lines were not read", rejections.len() - MOST_NAMED));
        }
        warnings
    }

    fn rejections(&self) -> Vec<String> {
        let rejection = |row: &chancery::ingest::Rejection| {
            let line = row.line.map(|line| format!(":{line}")).unwrap_or_default();
            format!("{}{line}: not read: {}", self.source.display(), row.reason)
        };
        self.report.rejected.iter().map(rejection).collect()
    }
}
