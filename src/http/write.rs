//! Changes of the corpus: one at a time, each to its end whether or not its client waits for it, and the answers that come after
//! one know of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::http::HeaderMap;
use tokio::sync::{Mutex, RwLock};

use super::problem::{Code, Problem};
use super::service::Service;
use super::token::Token;
use crate::engine::Engine;
use crate::error::Result;

/// Who may change the corpus, and whose turn it is.
pub(super) struct Writing {
    index: PathBuf,
    /// Absent where nobody may.
    token: Option<Token>,
    /// Held by the change that is made.
    turn: Arc<Mutex<()>>,
    /// Read by every change from before it waits for its turn to its end: who can write knows that none is under way.
    under_way: Arc<RwLock<()>>,
}

/// The corpus as a change finds it.
pub(super) struct Ground<'a> {
    /// The folder of the index.
    pub(super) index: &'a Path,
    /// What it holds before the change.
    pub(super) engine: &'a Engine,
}

impl Writing {
    /// Changes of an index by those who have a token.
    ///
    /// # Errors
    /// The token is empty, or cannot stand in a header.
    pub(super) fn new(index: PathBuf, token: Option<&str>) -> Result<Self> {
        Ok(Self {
            index,
            token: token.map(Token::new).transpose()?,
            turn: Arc::default(),
            under_way: Arc::default(),
        })
    }

    /// Whether a request may change the corpus.
    ///
    /// # Errors
    /// [`Code::ReadOnly`] or [`Code::Unauthorized`].
    pub(super) fn allow(&self, headers: &HeaderMap) -> std::result::Result<(), Problem> {
        match &self.token {
            Some(token) => token.check(headers),
            None => Err(Problem::new(Code::ReadOnly, "the server was started without a token")
                .hint("start it with --token-file to let the corpus be changed")),
        }
    }

    /// Waits for the changes under way, those included whose clients have gone.
    pub(super) async fn finish(&self) {
        drop(self.under_way.write().await);
    }
}

impl Service {
    /// Makes a change, and gives with it the engine of the corpus after it. It waits for its turn, and goes on when its client has
    /// gone: it is made as a whole or not at all.
    pub(super) async fn change<T: Send + 'static>(
        self: &Arc<Self>,
        change: impl FnOnce(Ground<'_>) -> std::result::Result<T, Problem> + Send + 'static,
    ) -> std::result::Result<(T, Arc<Engine>), Problem> {
        let service = Arc::clone(self);
        let under_way = Arc::clone(&self.writing.under_way).read_owned().await;
        let made = tokio::spawn(async move {
            let _under_way = under_way;
            let turn = Arc::clone(&service.writing.turn).lock_owned().await;
            let made = tokio::task::spawn_blocking(move || {
                let _turn = turn;
                service.change_now(change)
            });
            made.await
        });
        made.await.and_then(|made| made).unwrap_or_else(|fault| {
            tracing::error!(%fault, "a change could not be made");
            let message = "the change could not be made; the log of the server says why";
            Err(Problem::new(Code::Internal, message))
        })
    }

    fn change_now<T>(
        &self,
        change: impl FnOnce(Ground<'_>) -> std::result::Result<T, Problem>,
    ) -> std::result::Result<(T, Arc<Engine>), Problem> {
        self.corpus.refresh()?;
        let made = change(Ground {
            index: &self.writing.index,
            engine: &self.corpus.engine(),
        });
        self.corpus.refresh()?;
        Ok((made?, self.corpus.engine()))
    }
}
