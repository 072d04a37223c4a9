//! How long a slow client is waited for.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep_until};

/// What a client must take or send in a second to be waited for, in bytes.
const LEAST_BYTES_PER_SECOND: u64 = 4 << 10;

/// Waiting for a client uses patience up, bytes that it takes or sends bring it back. So a slow client is served as long as it needs,
/// one that stalls is not, and neither is one that takes a byte now and then.
pub(in super::super) struct Patience {
    most: Duration,
    left: Duration,
    waiting: Option<Waiting>,
}

struct Waiting {
    since: Instant,
    end: Pin<Box<Sleep>>,
}

impl Patience {
    /// Waits at most so long for a client that does nothing.
    pub(in super::super) fn new(most: Duration) -> Self {
        Self {
            most,
            left: most,
            waiting: None,
        }
    }

    /// Notes that the client has to be waited for; ready when it was waited for long enough.
    pub(super) fn poll_lost(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let left = self.left;
        let waiting = self.waiting.get_or_insert_with(|| {
            let since = Instant::now();
            Waiting {
                since,
                end: Box::pin(sleep_until(since + left)),
            }
        });
        waiting.end.as_mut().poll(context)
    }

    /// Notes that the client took or sent some bytes.
    pub(in super::super) fn earn(&mut self, bytes: usize) {
        if let Some(waiting) = self.waiting.take() {
            self.left = self.left.saturating_sub(waiting.since.elapsed());
        }
        let earned = Duration::from_micros((bytes as u64).saturating_mul(1_000_000) / LEAST_BYTES_PER_SECOND);
        self.left = self.left.saturating_add(earned).min(self.most);
    }

    /// Waits for something that the client does; `None` when it was waited for long enough.
    pub(in super::super) async fn wait<T>(&mut self, done: impl Future<Output = T>) -> Option<T> {
        let mut done = pin!(done);
        poll_fn(|context| match done.as_mut().poll(context) {
            Poll::Ready(value) => Poll::Ready(Some(value)),
            Poll::Pending => self.poll_lost(context).map(|()| None),
        })
        .await
    }
}
