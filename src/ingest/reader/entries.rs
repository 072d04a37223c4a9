//! The files of archives: each is read as a file of its own.

use std::io::{BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::ingest::record::Record;

use super::archives::{self, Budget};
use super::jobs::Origin;
use super::production::{Producer, Stop};

impl<T> Producer<T> {
    pub(super) fn read_zip(
        &self,
        archive: impl Read + std::io::Seek,
        origin: &Origin,
        sidecar: Option<Arc<Record>>,
        budget: &mut Budget,
        depth: u32,
    ) -> Result<bool, Stop> {
        let mut visitor = self.visitor(origin, sidecar, depth);
        let read = archives::visit_zip(archive, budget, |entry, budget| visitor.visit(entry, budget));
        visitor.finish(read)
    }

    pub(super) fn read_tar(
        &self,
        archive: impl Read,
        origin: &Origin,
        sidecar: Option<Arc<Record>>,
        budget: &mut Budget,
        depth: u32,
    ) -> Result<bool, Stop> {
        let mut visitor = self.visitor(origin, sidecar, depth);
        let read = archives::visit_tar(archive, budget, |entry, budget| visitor.visit(entry, budget));
        visitor.finish(read)
    }

    fn visitor<'a>(&'a self, origin: &'a Origin, sidecar: Option<Arc<Record>>, depth: u32) -> Visitor<'a, T> {
        Visitor {
            producer: self,
            origin,
            sidecar,
            depth,
            is_stopped: false,
        }
    }
}

/// Reads the files of an archive.
struct Visitor<'a, T> {
    producer: &'a Producer<T>,
    origin: &'a Origin,
    sidecar: Option<Arc<Record>>,
    depth: u32,
    is_stopped: bool,
}

impl<T> Visitor<'_, T> {
    fn visit(&mut self, entry: archives::EntryResult<'_>, budget: &mut Budget) -> archives::Continue {
        let read = match entry {
            Ok(entry) => {
                let origin = self.origin.inside(&entry.path);
                let mut stream: Box<dyn BufRead + '_> = entry.stream;
                let producer = self.producer;
                match producer.skips(&mut stream, &origin) {
                    Ok(false) => producer
                        .read_stream(stream, &origin, self.sidecar.clone(), budget, self.depth + 1)
                        .map(|_| ()),
                    Ok(true) => Ok(()),
                    Err(stop) => Err(stop),
                }
            }
            Err((path, reason)) => self.producer.reject(&self.origin.inside(&path), None, reason),
        };
        self.is_stopped = read.is_err() || self.producer.stop.load(Ordering::Relaxed);
        !self.is_stopped
    }

    fn finish(self, read: Result<(), String>) -> Result<bool, Stop> {
        if self.is_stopped {
            return Err(Stop);
        }
        if let Err(reason) = read {
            self.producer.reject(self.origin, None, reason)?;
        }
        Ok(true)
    }
}
