//! What came of the commits of other processes: how many were taken, and why the last one was not.

use std::sync::{Mutex, MutexGuard, PoisonError};

use prometheus_client::metrics::counter::Counter;
use prometheus_client::registry::Registry;

use crate::error::{Error, ErrorKind};

/// The account of the commits that a server came by.
#[derive(Default)]
pub(super) struct Commits {
    taken: Counter,
    failed: Counter,
    trouble: Mutex<Option<&'static str>>,
}

impl Commits {
    /// Notes that another commit answers from now on.
    pub(super) fn note_taken(&self) {
        self.taken.inc();
    }

    /// Notes that the last commit can be read.
    pub(super) fn note_sound(&self) {
        *self.lock() = None;
    }

    /// Notes that the last commit cannot be taken. The error itself is for the log, for it names paths.
    pub(super) fn note_failed(&self, error: &Error) {
        let now = match error.kind() {
            ErrorKind::NotFound => "there is no index any more",
            ErrorKind::Busy => "another process holds the index",
            ErrorKind::Io => "the files of the index cannot be read",
            _ => "there is no index, it is damaged, or another version made it",
        };
        self.failed.inc();
        // It is tried again and again: the log says it once.
        if self.lock().replace(now) != Some(now) {
            tracing::error!(%error, "the last commit cannot be taken; the one before goes on answering");
        }
    }

    /// Why the last commit was not taken, in general words; none where it was.
    pub(super) fn trouble(&self) -> Option<&'static str> {
        *self.lock()
    }

    /// Lets the metrics show the numbers.
    pub(super) fn register(&self, registry: &mut Registry) {
        let taken = self.taken.clone();
        registry.register("chancery_commits_taken", "Commits that were taken while serving", taken);
        let failed = self.failed.clone();
        registry.register("chancery_commits_failed", "Commits that could not be taken", failed);
    }

    fn lock(&self) -> MutexGuard<'_, Option<&'static str>> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
