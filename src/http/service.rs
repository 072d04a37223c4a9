//! What all requests share: the corpus, the bounds, who may change it.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::Semaphore;

use super::limits::Limits;
use super::live::LiveCorpus;
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
    /// Who may change the corpus, and whose turn it is.
    pub(super) writing: Writing,
}

impl Service {
    /// Opens the index of a server.
    ///
    /// # Errors
    /// There is no index, it is damaged, or another analyzer made it; or the token is empty.
    pub fn open(settings: Settings) -> Result<Arc<Self>> {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Arc::new(Self {
            writing: Writing::new(settings.index.clone(), settings.token.as_deref())?,
            corpus: LiveCorpus::open(settings.index, settings.names)?,
            limits: settings.limits,
            processors: Arc::new(Semaphore::new(processors)),
        }))
    }
}
