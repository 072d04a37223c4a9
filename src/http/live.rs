//! The corpus as it stands: the engine that answers now, taken anew when another process has committed.

use std::path::PathBuf;
use std::sync::Arc;

use arc_swap::ArcSwap;

use crate::engine::Engine;
use crate::error::Result;
use crate::names::Names;

/// An index that is served. A request takes the engine of its beginning and keeps it to its end.
pub(super) struct LiveCorpus {
    directory: PathBuf,
    names: Arc<Names>,
    current: ArcSwap<Engine>,
}

impl LiveCorpus {
    /// Opens an index.
    pub(super) fn open(directory: PathBuf, names: Arc<Names>) -> Result<Self> {
        let engine = Engine::open(&directory)?.with_names(Arc::clone(&names));
        Ok(Self {
            directory,
            names,
            current: ArcSwap::from_pointee(engine),
        })
    }

    /// The engine that answers now.
    pub(super) fn engine(&self) -> Arc<Engine> {
        self.current.load_full()
    }

    /// Takes the last commit, where it is another one.
    pub(super) fn refresh(&self) -> Result<()> {
        let engine = Engine::open(&self.directory)?.with_names(Arc::clone(&self.names));
        if engine.edition() != self.engine().edition() {
            self.current.store(Arc::new(engine));
        }
        Ok(())
    }
}
