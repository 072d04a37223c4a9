//! Mails as archives: a mail is a document of its own, what it brings are files in it, a mailbox holds many.

use std::io::{BufRead, Cursor};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::ingest::InputFormat;
use crate::ingest::detection::{PREFIX_BYTES, kind_of};
use crate::ingest::mail::{self, Mailbox};
use crate::ingest::record::Record;

use super::archives::Budget;
use super::jobs::{Job, Origin};
use super::production::{Producer, Stop};

impl<T> Producer<T> {
    /// Reads a mail and the files that it brings.
    pub(super) fn read_mail(
        &self,
        bytes: Vec<u8>,
        origin: &Origin,
        sidecar: Option<Arc<Record>>,
        budget: &mut Budget,
        depth: u32,
    ) -> Result<bool, Stop> {
        let (has_text, attachments) = match mail::opened(&bytes) {
            Ok(opened) => opened,
            Err(reason) => {
                self.reject(origin, None, reason)?;
                return Ok(true);
            }
        };
        if has_text || attachments.is_empty() {
            self.sink.put(Job::Document {
                origin: origin.clone(),
                format: InputFormat::Mail,
                bytes,
                sidecar: sidecar.clone(),
            })?;
        }
        for attachment in attachments {
            let origin = origin.inside(Path::new(&attachment.name));
            let mut stream: Box<dyn BufRead> = Box::new(Cursor::new(attachment.bytes));
            if !self.skips(&mut stream, &origin)? {
                // A format that is forced is that of the mail.
                let prefix = stream.fill_buf().unwrap_or_default();
                let kind = kind_of(&prefix[..prefix.len().min(PREFIX_BYTES)], &origin.relative);
                self.read_kind(kind, stream, &origin, sidecar.clone(), budget, depth + 1)?;
            }
            if self.stop.load(Ordering::Relaxed) {
                return Err(Stop);
            }
        }
        Ok(true)
    }

    /// Reads the mails of a mailbox, each as a file in it by its number.
    pub(super) fn read_mailbox(
        &self,
        stream: impl BufRead,
        origin: &Origin,
        sidecar: Option<Arc<Record>>,
        budget: &mut Budget,
        depth: u32,
    ) -> Result<bool, Stop> {
        for (index, mail) in Mailbox::new(stream).enumerate() {
            match mail {
                Ok(bytes) => {
                    let origin = origin.inside(Path::new(&format!("{:05}.eml", index + 1)));
                    self.read_mail(bytes, &origin, sidecar.clone(), budget, depth + 1)?;
                }
                Err(reason) => self.reject(origin, None, reason)?,
            }
            if self.stop.load(Ordering::Relaxed) {
                return Err(Stop);
            }
        }
        Ok(true)
    }
}
