//! Work that takes a processor, off the threads that talk to clients: as much at a time as there are processors, given up when its
//! client has gone.

use std::sync::Arc;

use super::problem::{Code, Problem};
use super::service::Service;
use crate::stop::Stop;

/// Gives work up when the request that waits for it is dropped, which happens when its client has gone.
struct GivenUpWithRequest(Stop);

impl Drop for GivenUpWithRequest {
    fn drop(&mut self) {
        self.0.give_up();
    }
}

impl Service {
    /// Works something out; `work` looks at its [`Stop`] where it takes long.
    pub(super) async fn work<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(Stop) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let stop = Stop::after(self.limits.answer_time).with_expression_time(self.limits.expression_time);
        let _given_up_with_request = GivenUpWithRequest(stop.clone());
        let permit = Arc::clone(&self.processors).acquire_owned();
        let Ok(permit) = tokio::time::timeout(self.limits.answer_time, permit).await else {
            let message = "the requests before this one take all the time that an answer may take";
            return Err(Problem::new(Code::Overloaded, message).hint("ask again in a moment"));
        };
        let request = tracing::Span::current();
        let done = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let _request = request.entered();
            stop.check()?;
            work(stop)
        });
        done.await.unwrap_or_else(|fault| {
            tracing::error!(%fault, "an answer could not be worked out");
            Err(Problem::new(
                Code::Internal,
                "the answer could not be worked out; the log of the server says why",
            ))
        })
    }
}
