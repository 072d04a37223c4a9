//! The corpus as it stands: the engine that answers now, and how it is taken anew when somebody has committed.
//!
//! The new engine is opened and made warm beside the one that answers, and takes its place when it is ready: no request waits for it.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use arc_swap::ArcSwap;

use super::commits::Commits;
use super::service::Service;
use crate::engine::Engine;
use crate::error::Result;
use crate::names::Names;
use crate::search::{SearchRequest, SearchResults};
use crate::stop::Stop;

/// How often it is looked whether there is another commit.
const BETWEEN_LOOKS: Duration = Duration::from_millis(500);

/// The searches that a new engine is made warm with.
const REMEMBERED_SEARCHES: usize = 32;

/// A search that took longer is not asked again for warmth alone.
const LONGEST_REMEMBERED: Duration = Duration::from_millis(50);

/// The longest that a new engine is made warm.
const LONGEST_WARMING: Duration = Duration::from_millis(500);

/// How often an index is opened anew where another commit comes in between.
const TRIES: usize = 10;

/// An index that is served. A request takes the engine of its beginning and keeps it to its end.
pub(super) struct LiveCorpus {
    directory: PathBuf,
    names: Arc<Names>,
    current: ArcSwap<Engine>,
    /// The last searches, the latest last.
    searches: Mutex<VecDeque<SearchRequest>>,
    /// Held while a commit is taken.
    taking: Mutex<Taken>,
    /// What came of the commits since the start.
    pub(super) commits: Commits,
}

/// Which commit was taken last, as its file looked before.
#[derive(Default)]
struct Taken(Option<Stamp>);

type Stamp = (SystemTime, u64);

impl LiveCorpus {
    /// Opens an index.
    pub(super) fn open(directory: PathBuf, names: Arc<Names>) -> Result<Self> {
        let stamp = stamp(&directory);
        let engine = opened(&directory, &names)?;
        Ok(Self {
            directory,
            names,
            current: ArcSwap::from_pointee(engine),
            searches: Mutex::default(),
            taking: Mutex::new(Taken(stamp)),
            commits: Commits::default(),
        })
    }

    /// The engine that answers now.
    pub(super) fn engine(&self) -> Arc<Engine> {
        self.current.load_full()
    }

    /// Answers a search on an engine of this corpus, and remembers it.
    pub(super) fn search(&self, engine: &Engine, request: &SearchRequest) -> Result<SearchResults> {
        let start = Instant::now();
        let results = engine.search(request)?;
        if start.elapsed() <= LONGEST_REMEMBERED {
            self.remember(request);
        }
        Ok(results)
    }

    fn remember(&self, request: &SearchRequest) {
        let mut searches = lock(&self.searches);
        if searches.iter().any(|known| known == request) {
            return;
        }
        if searches.len() == REMEMBERED_SEARCHES {
            searches.pop_front();
        }
        searches.push_back(SearchRequest {
            stop: Stop::default(),
            ..request.clone()
        });
    }

    /// Takes the last commit at once, where it is another one than that which answers.
    pub(super) fn refresh(&self) -> Result<()> {
        self.take(|_| {})
    }

    /// Takes the last commit when it is as warm as the one that answers.
    fn refresh_warm(&self) -> Result<()> {
        self.take(|engine| self.warm(engine))
    }

    fn take(&self, prepare: impl FnOnce(&Engine)) -> Result<()> {
        let mut taken = lock(&self.taking);
        // Where it cannot be taken now, it is looked at again.
        taken.0 = None;
        let stamp = stamp(&self.directory);
        let engine = opened(&self.directory, &self.names);
        let engine = engine.inspect_err(|error| self.commits.note_failed(error))?;
        taken.0 = stamp;
        self.commits.note_sound();
        if engine.edition() != self.engine().edition() {
            prepare(&engine);
            tracing::info!(version = engine.corpus().version, "took a commit");
            self.current.store(Arc::new(engine));
            self.commits.note_taken();
        }
        Ok(())
    }

    /// Asks an engine the last searches, so that the next ones find it warm.
    fn warm(&self, engine: &Engine) {
        let searches: Vec<SearchRequest> = lock(&self.searches).iter().cloned().collect();
        let stop = Stop::after(LONGEST_WARMING);
        for request in searches.into_iter().rev() {
            let request = SearchRequest {
                stop: stop.clone(),
                ..request
            };
            // What fails now fails again when it is asked, and says so then.
            let _ = engine.search(&request);
        }
    }

    fn has_changed(&self) -> bool {
        lock(&self.taking).0 != stamp(&self.directory)
    }
}

/// Takes every commit soon after it was made, for as long as it is waited for.
pub(super) async fn follow(service: Arc<Service>) {
    loop {
        tokio::time::sleep(BETWEEN_LOOKS).await;
        let service = Arc::clone(&service);
        let taken = tokio::task::spawn_blocking(move || {
            if service.corpus.has_changed() {
                // Why it failed is kept in the state and in the log.
                let _ = service.corpus.refresh_warm();
            }
        });
        if let Err(fault) = taken.await {
            tracing::error!(%fault, "a commit could not be taken");
        }
    }
}

/// An engine that needs no file which a later commit takes away.
fn opened(directory: &Path, names: &Arc<Names>) -> Result<Engine> {
    let held = || {
        let engine = Engine::open(directory)?.with_names(Arc::clone(names));
        engine.hold().map(|()| engine)
    };
    let tries = (1..TRIES).map(|_| held()).find(Result::is_ok);
    tries.unwrap_or_else(held)
}

/// What the file that names the last commit looks like; every commit writes it anew.
fn stamp(directory: &Path) -> Option<Stamp> {
    let metadata = directory.join("meta.json").metadata().ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
