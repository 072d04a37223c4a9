//! What all requests share: the corpus, the bounds, who may change it.

use std::path::PathBuf;
use std::sync::Arc;

use arc_swap::ArcSwapOption;
use tokio::sync::Semaphore;
use tower_http::cors::CorsLayer;

use super::figures::Figures;
use super::layers::{ANSWER_ROOM, KnownHosts, origins};
use super::limits::Limits;
use super::live::LiveCorpus;
use super::metrics::Metrics;
use super::server::Patience;
use super::write::Writing;
use crate::error::Result;
use crate::names::Names;

/// How a server is started.
pub struct Settings {
    /// The folder of the index.
    pub index: PathBuf,
    /// The names that it answers with.
    pub names: Arc<Names>,
    /// The bounds of requests.
    pub limits: Limits,
    /// What a client must show to change the corpus; without it nothing can be changed.
    pub token: Option<String>,
    /// The host names that it answers for; all where none is given.
    pub hosts: Vec<String>,
    /// The origins of other pages that may read its answers.
    pub origins: Vec<String>,
}

impl Settings {
    /// A server that answers for an index and changes nothing.
    pub fn new(index: PathBuf) -> Self {
        Self {
            index,
            names: Names::shipped(),
            limits: Limits::default(),
            token: None,
            hosts: Vec::new(),
            origins: Vec::new(),
        }
    }
}

/// The state of a server.
pub struct Service {
    pub(super) corpus: LiveCorpus,
    pub(super) limits: Limits,
    /// One permit for each answer that may be worked out at the same time.
    pub(super) processors: Arc<Semaphore>,
    /// One permit for each request that may be answered or wait for it.
    pub(super) places: Arc<Semaphore>,
    /// One permit for each kilobyte of large answers that may be under way.
    pub(super) answer_room: Arc<Semaphore>,
    pub(super) hosts: KnownHosts,
    pub(super) origins: Option<CorsLayer>,
    pub(super) metrics: Metrics,
    /// The size of the index when it was last asked for.
    pub(super) figures: ArcSwapOption<Figures>,
    /// Who may change the corpus, and whose turn it is.
    pub(super) writing: Writing,
}

impl Service {
    /// Opens the index of a server.
    ///
    /// # Errors
    /// There is no index, it is damaged, or another analyzer made it; what is named as an origin is none; the token is empty.
    pub fn open(settings: Settings) -> Result<Arc<Self>> {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let corpus = LiveCorpus::open(settings.index.clone(), settings.names)?;
        Ok(Arc::new(Self {
            places: Arc::new(Semaphore::new(settings.limits.requests)),
            answer_room: Arc::new(Semaphore::new(ANSWER_ROOM)),
            writing: Writing::new(settings.index, settings.token.as_deref())?,
            limits: settings.limits,
            processors: Arc::new(Semaphore::new(processors)),
            hosts: KnownHosts::new(&settings.hosts),
            origins: origins(&settings.origins)?,
            metrics: Metrics::new(&corpus.commits),
            corpus,
            figures: ArcSwapOption::empty(),
        }))
    }

    /// How long the body of a request is waited for.
    pub(super) fn patience(&self) -> Patience {
        Patience::new(self.limits.idle_time)
    }
}
