//! Files of many speeches, read row by row, so that they may be larger than memory.

use std::io::{BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use encoding_rs::Encoding;
use encoding_rs_io::DecodeReaderBytesBuilder;

use crate::ingest::encoding;
use crate::ingest::json_lines::JsonLines;
use crate::ingest::record::Record;
use crate::ingest::table::{self, Table, transcript};

use super::jobs::{Job, Origin, Row, RowContent};
use super::production::{Producer, Stop};

/// Rows are handed out together until they are so many, or so many bytes.
const ROWS_PER_JOB: usize = 256;
const BYTES_PER_JOB: usize = 1 << 20;

impl<T> Producer<T> {
    /// Reads JSON Lines, which may be larger than memory, in batches of rows.
    pub(super) fn read_lines(
        &self,
        mut stream: impl BufRead,
        origin: &Origin,
        sidecar: Option<Arc<Record>>,
    ) -> Result<bool, Stop> {
        let encoding = self.stream_encoding(&mut stream);
        let mut is_settled = true;
        let lines = JsonLines::new(BufReader::new(transcoded(stream, encoding)));
        let rows = lines.zip(1..).map(|(line, ordinal)| Row {
            line: line.number,
            ordinal,
            content: line.content.map_or_else(
                |fault| {
                    is_settled &= fault.is_lasting;
                    RowContent::Faulty(fault.reason)
                },
                RowContent::JsonLine,
            ),
        });
        self.put_rows(rows, origin, sidecar, encoding)?;
        Ok(is_settled)
    }

    /// Reads a table, which may be larger than memory, in batches of rows.
    pub(super) fn read_table(
        &self,
        mut stream: impl BufRead,
        origin: &Origin,
        sidecar: Option<Arc<Record>>,
    ) -> Result<bool, Stop> {
        let encoding = self.stream_encoding(&mut stream);
        match Table::new(Box::new(transcoded(stream, encoding)), &self.mapping) {
            Ok(mut table) => {
                let held = self.held(&mut table);
                let rows = held.into_iter().chain(table).zip(1..).map(|(row, ordinal)| Row {
                    line: row.line,
                    ordinal,
                    content: row.object.map_or_else(RowContent::Faulty, RowContent::Fields),
                });
                self.put_rows(rows, origin, sidecar, encoding)?;
            }
            Err(reason) => self.reject(origin, None, reason)?,
        }
        Ok(true)
    }

    /// The rows of a table that had to be read to know what they are: one for all where they are the turns of a talk.
    fn held(&self, table: &mut Table<'_>) -> Vec<table::Row> {
        if !transcript::has_columns_of_turns(table.columns(), &self.mapping) {
            return Vec::new();
        }
        let rows: Vec<table::Row> = table.by_ref().take(transcript::MOST_TURNS).collect();
        if rows.len() == transcript::MOST_TURNS {
            return rows;
        }
        transcript::joined(rows, &self.mapping).map_or_else(|rows| rows, |row| vec![row])
    }

    /// The encoding of a stream of rows; a fault of reading shows again when it is read on.
    fn stream_encoding(&self, stream: &mut impl BufRead) -> &'static Encoding {
        encoding::of_stream(stream.fill_buf().unwrap_or_default(), self.encoding)
    }

    /// Hands rows out in batches; a file without any is rejected.
    fn put_rows(
        &self,
        mut rows: impl Iterator<Item = Row>,
        origin: &Origin,
        sidecar: Option<Arc<Record>>,
        encoding: &'static Encoding,
    ) -> Result<(), Stop> {
        let mut has_rows = false;
        let is_assumed = encoding != encoding_rs::UTF_8 && self.encoding.is_none();
        // What comes through a pipe may come slowly: each row is handed on when it is there.
        let rows_per_job = if origin.may_be_slow() { 1 } else { ROWS_PER_JOB };
        while let Some(first) = rows.next() {
            has_rows = true;
            let mut batch = Batch::default();
            batch.add(first);
            while batch.rows.len() < rows_per_job && batch.bytes < BYTES_PER_JOB {
                let Some(row) = rows.next() else { break };
                batch.add(row);
            }
            self.sink.put(Job::Rows {
                origin: origin.clone(),
                rows: batch.rows,
                sidecar: sidecar.clone(),
                encoding: is_assumed.then(|| encoding.name()),
            })?;
            if self.stop.load(Ordering::Relaxed) {
                return Err(Stop);
            }
        }
        match has_rows {
            true => Ok(()),
            false => self.reject(origin, None, "holds no speech: it has no rows".to_owned()),
        }
    }
}

/// A stream in UTF-8, whatever its encoding. One in UTF-8 stays as it is: a fault in it is that of a line.
fn transcoded<'a>(stream: impl Read + 'a, encoding: &'static Encoding) -> Box<dyn Read + 'a> {
    if encoding == encoding_rs::UTF_8 {
        return Box::new(stream);
    }
    Box::new(DecodeReaderBytesBuilder::new().encoding(Some(encoding)).build(stream))
}

/// Rows that are handed out together.
#[derive(Default)]
struct Batch {
    rows: Vec<Row>,
    bytes: usize,
}

impl Batch {
    fn add(&mut self, row: Row) {
        self.bytes += row.content.bytes();
        self.rows.push(row);
    }
}
