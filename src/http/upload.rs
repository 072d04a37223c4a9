//! Large bodies: what a client sends is kept in memory while it is small and else in a temporary file, which nobody else can
//! open and which is gone with its last reader.

use std::fs::File;
use std::io::{Cursor, Read, Seek, Write};

use axum::body::{Body, HttpBody};
use http_body_util::BodyExt;

use super::layers::body;
use super::problem::{Code, Problem};
use super::server::Patience;

/// What is kept in memory of a body, in bytes.
const IN_MEMORY_BYTES: usize = 1 << 20;

/// A body that has arrived.
#[derive(Default)]
pub(super) struct Upload {
    file: Option<File>,
    /// What is not in the file, and comes behind it.
    rest: Vec<u8>,
}

impl Upload {
    /// Takes a body of at most so many bytes.
    ///
    /// # Errors
    /// [`Code::BodyTooLarge`]; [`Code::InvalidBody`] where it breaks off; [`Code::BodyTimeout`] where it is waited for too long.
    pub(super) async fn receive(mut body: Body, most_bytes: usize, mut patience: Patience) -> Result<Self, Problem> {
        // What a client announces is believed when it is too much, never when it is little.
        if body.size_hint().lower() > most_bytes as u64 {
            return Err(body::too_large(most_bytes));
        }
        let mut upload = Self::default();
        let mut received = 0;
        while let Some(frame) = patience.wait(body.frame()).await.ok_or_else(body::too_slow)? {
            let frame = frame.map_err(|fault| body::broken_off(&fault))?;
            let Ok(data) = frame.into_data() else { continue };
            patience.earn(data.len());
            received += data.len();
            if received > most_bytes {
                return Err(body::too_large(most_bytes));
            }
            upload.rest.extend_from_slice(&data);
            if upload.rest.len() > IN_MEMORY_BYTES {
                upload = upload.written_out().await?;
            }
        }
        Ok(upload)
    }

    /// The same with everything in the file.
    async fn written_out(mut self) -> Result<Self, Problem> {
        let written = tokio::task::spawn_blocking(move || {
            let mut file = match self.file {
                Some(file) => file,
                None => tempfile::tempfile()?,
            };
            file.write_all(&self.rest)?;
            self.rest.clear();
            Ok(Self {
                file: Some(file),
                rest: self.rest,
            })
        });
        written.await.unwrap_or_else(|fault| Err(fault.into())).map_err(no_room)
    }

    /// What was sent.
    ///
    /// # Errors
    /// [`Code::Internal`]: the temporary file cannot be read.
    pub(super) fn reader(self) -> Result<Box<dyn Read + Send>, Problem> {
        let rest = Cursor::new(self.rest);
        let Some(mut file) = self.file else {
            return Ok(Box::new(rest));
        };
        file.rewind().map_err(no_room)?;
        Ok(Box::new(file.chain(rest)))
    }

    /// What was sent, as bytes.
    ///
    /// # Errors
    /// As [`reader`](Self::reader).
    pub(super) fn bytes(self) -> Result<Vec<u8>, Problem> {
        let mut bytes = Vec::new();
        self.reader()?.read_to_end(&mut bytes).map_err(no_room)?;
        Ok(bytes)
    }
}

fn no_room(fault: std::io::Error) -> Problem {
    tracing::error!(%fault, "the body of a request could not be kept");
    Problem::new(
        Code::Internal,
        "the body could not be kept; the log of the server says why",
    )
}
