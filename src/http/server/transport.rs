//! The bytes of a connection, with bounds on how long a client may take to send the head of a request and to take its answer.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep_until};

use super::patience::Patience;
use crate::http::limits::Limits;

/// How long a client that still sends is listened to after its answer, so that it comes to reading it.
const LINGER: Duration = Duration::from_secs(1);

/// Whose turn it is on a connection.
#[derive(Clone, Default)]
pub(super) struct Conversation(Arc<AtomicUsize>);

/// The server's turn: it lasts from the head of a request to the head of its answer.
pub(super) struct Turn(Conversation);

impl Conversation {
    /// The server's turn begins.
    pub(super) fn answering(&self) -> Turn {
        self.0.fetch_add(1, Ordering::Relaxed);
        Turn(self.clone())
    }

    fn is_answering(&self) -> bool {
        self.0.load(Ordering::Relaxed) > 0
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A connection.
pub(super) struct Transport {
    stream: TcpStream,
    conversation: Conversation,
    header_time: Duration,
    /// When the head that is arriving must be there.
    head: Option<Deadline>,
    /// How long the client is waited for to take its answer.
    patience: Patience,
    /// How long the client is listened to after the end.
    lingering: Option<Deadline>,
}

impl Transport {
    /// A connection whose client has not said anything yet.
    pub(super) fn new(stream: TcpStream, conversation: Conversation, limits: &Limits) -> Self {
        Self {
            stream,
            conversation,
            header_time: limits.header_time,
            head: Some(Deadline::after(limits.header_time)),
            patience: Patience::new(limits.idle_time),
            lingering: None,
        }
    }

    /// What a write came to, where it did not take too long.
    fn written(&mut self, context: &mut Context<'_>, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        match written {
            Poll::Pending => self.patience.poll_lost(context).map(|()| Err(too_slow())),
            Poll::Ready(Ok(bytes)) => {
                self.patience.earn(bytes);
                written
            }
            Poll::Ready(Err(_)) => written,
        }
    }
}

impl AsyncRead for Transport {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let filled = buffer.filled().len();
        let read = Pin::new(&mut this.stream).poll_read(context, buffer);
        if this.conversation.is_answering() {
            this.head = None;
            return read;
        }
        match read {
            Poll::Pending => match &mut this.head {
                Some(head) => head.poll_over(context).map(|()| Err(too_slow())),
                None => Poll::Pending,
            },
            Poll::Ready(Ok(())) if buffer.filled().len() > filled => {
                this.head.get_or_insert_with(|| Deadline::after(this.header_time));
                read
            }
            Poll::Ready(_) => read,
        }
    }
}

impl AsyncWrite for Transport {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write(context, bytes);
        this.written(context, written)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write_vectored(context, parts);
        this.written(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    /// Says that nothing more comes. To close while bytes of the client lie unread would tell it that the connection broke, and take
    /// the answer from it; so a client that still sends is listened to for a while.
    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.lingering.is_none() {
            ready!(Pin::new(&mut this.stream).poll_shutdown(context))?;
        }
        let mut unread = [0; 4_096];
        loop {
            let mut buffer = ReadBuf::new(&mut unread);
            match Pin::new(&mut this.stream).poll_read(context, &mut buffer) {
                Poll::Ready(Ok(())) if !buffer.filled().is_empty() => {
                    let lingering = this.lingering.get_or_insert_with(|| Deadline::after(LINGER));
                    if lingering.at <= Instant::now() {
                        return Poll::Ready(Ok(()));
                    }
                }
                Poll::Ready(_) => return Poll::Ready(Ok(())),
                Poll::Pending => {
                    return match &mut this.lingering {
                        Some(lingering) => lingering.poll_over(context).map(Ok),
                        None => Poll::Ready(Ok(())),
                    };
                }
            }
        }
    }
}

/// A moment to wait for, with a timer only where it is waited for.
struct Deadline {
    at: Instant,
    sleep: Option<Pin<Box<Sleep>>>,
}

impl Deadline {
    fn after(time: Duration) -> Self {
        Self {
            at: Instant::now() + time,
            sleep: None,
        }
    }

    fn poll_over(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let at = self.at;
        let sleep = self.sleep.get_or_insert_with(|| Box::pin(sleep_until(at)));
        sleep.as_mut().poll(context)
    }
}

fn too_slow() -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, "the client is too slow")
}
