//! The size of the index, looked up once for each of its states: metrics and probes ask for it all the time.

use std::sync::Arc;

use super::problem::{Code, Problem};
use super::service::Service;
use crate::engine::{Engine, Status};
use crate::error::Error;
use crate::index::manifest::CorpusVersion;

/// What an index holds in one of its states.
pub(super) struct Figures {
    edition: String,
    /// The corpus.
    pub(super) corpus: CorpusVersion,
    /// How large it is.
    pub(super) status: Status,
}

impl Figures {
    fn of(engine: &Engine) -> Result<Self, Error> {
        Ok(Self {
            edition: engine.edition(),
            corpus: engine.corpus(),
            status: engine.status()?,
        })
    }
}

impl Service {
    /// The figures of the index that answers now. They are read off the asynchronous threads and beside the searches, for a probe must
    /// not wait for these.
    pub(super) async fn figures(self: &Arc<Self>) -> Result<Arc<Figures>, Problem> {
        let service = Arc::clone(self);
        let read = tokio::task::spawn_blocking(move || service.figures_of(&service.corpus.engine())).await;
        let read = read.map_err(|fault| {
            tracing::error!(%fault, "the figures of the index could not be read");
            Problem::new(Code::Internal, "the figures of the index could not be read")
        })?;
        Ok(read?)
    }

    /// The figures of an index in one of its states, for work that takes a processor anyway.
    pub(super) fn figures_of(&self, engine: &Engine) -> Result<Arc<Figures>, Error> {
        let known = self.figures.load_full();
        if let Some(known) = known.filter(|known| known.edition == engine.edition()) {
            return Ok(known);
        }
        let figures = Arc::new(Figures::of(engine)?);
        self.figures.store(Some(Arc::clone(&figures)));
        Ok(figures)
    }
}
