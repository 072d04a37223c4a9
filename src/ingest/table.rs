//! Tables: comma, tab or semicolon separated values with a header, one speech a row.
//!
//! Rows are read as they are pulled, so a table of any size streams; what is wrong with one row is told with its line
//! and the next one is read.

use std::collections::HashSet;
use std::io::{self, Cursor, Read};

use csv::{ByteRecord, ReaderBuilder};
use serde_json::{Map, Value};

use crate::ingest::mapping::{Mapping, listed};
use crate::ingest::record::part_of_text;

mod spaces;
pub(in crate::ingest) mod transcript;

/// The number of bytes in which the header must end.
const HEADER_BYTES: usize = 1 << 18;

/// The number of bytes that one row may take.
const ROW_BYTES: u64 = 16 << 20;

/// A row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The line on which the row begins, counted from 1.
    pub line: u64,
    /// The fields by the names of the header, or what is wrong with the row, in plain words.
    pub object: Result<Map<String, Value>, String>,
}

/// An iterator over the rows of a table.
pub struct Table<'a> {
    reader: csv::Reader<Bounded<'a>>,
    columns: Vec<String>,
    /// What to add to the reader's count of lines: it counts the end of a line of two characters with the next row.
    line_lag: u64,
    ended: bool,
}

impl<'a> Table<'a> {
    /// Reads the header of a table in UTF-8, with or without a byte order mark.
    ///
    /// # Errors
    /// In plain words: the stream cannot be read, there is no header, no column holds the text, or a mapped column is
    /// missing.
    pub fn new(mut stream: Box<dyn Read + 'a>, mapping: &Mapping) -> Result<Self, String> {
        let mut start = Vec::new();
        let cannot = |fault: io::Error| format!("cannot be read: {fault}");
        stream
            .by_ref()
            .take(HEADER_BYTES as u64)
            .read_to_end(&mut start)
            .map_err(cannot)?;
        let content = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&start).to_vec();
        let (named, content) = match named_delimiter(&content) {
            Some((delimiter, length)) => (Some(delimiter), content[length..].to_vec()),
            None => (None, content),
        };
        let skipped = start.len() - content.len();
        let line_lag = u64::from(ends_in_two(&content)) + u64::from(named.is_some());
        let delimiter = named
            .or_else(|| delimiter(&content))
            .ok_or("has no header: write the names of the columns on the first line")?;
        let is_spaced = spaces::stand_behind(delimiter, &content);
        let stream: Box<dyn Read + 'a> = Box::new(Cursor::new(content).chain(stream));
        let stream = match is_spaced {
            true => Box::new(spaces::Unspaced::new(stream, delimiter)),
            false => stream,
        };
        let bounded = Bounded {
            stream,
            read: skipped as u64,
            left: ROW_BYTES,
        };
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .from_reader(bounded);
        let header = reader.byte_headers().map_err(|fault| fault_in_words(&fault))?;
        let columns = names(header);
        mapping.check(columns.iter().map(String::as_str))?;
        let holds_text = |column: &String| mapping.ours(column) == "body" || part_of_text(column).is_some();
        if !columns.iter().any(holds_text) {
            return Err(format!(
                "has no column that is known to hold the text: name it with --map COLUMN=body; the columns are {}",
                listed(&columns)
            ));
        }
        Ok(Self {
            reader,
            columns,
            line_lag,
            ended: false,
        })
    }

    /// The names of the columns, in order.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The number of bytes read so far.
    pub fn bytes_read(&self) -> u64 {
        self.reader.get_ref().read
    }

    /// The fields of a row; empty ones are left out.
    fn object(&self, record: &ByteRecord) -> Result<Map<String, Value>, String> {
        if record.len() != self.columns.len() {
            return Err(format!(
                "has {} fields where the header names {}: a quotation mark or a separator may be missing",
                record.len(),
                self.columns.len()
            ));
        }
        let mut object = Map::new();
        for (column, field) in self.columns.iter().zip(record) {
            let text = std::str::from_utf8(field).map_err(|_| format!("the field `{column}` is not UTF-8"))?;
            if !text.trim().is_empty() {
                object.insert(column.clone(), Value::String(text.to_owned()));
            }
        }
        Ok(object)
    }
}

impl Iterator for Table<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        if self.ended {
            return None;
        }
        self.reader.get_mut().left = ROW_BYTES;
        let line = self.reader.position().line() + self.line_lag;
        let mut record = ByteRecord::new();
        match self.reader.read_byte_record(&mut record) {
            Ok(true) => Some(Row {
                line: record
                    .position()
                    .map_or(line, |position| position.line() + self.line_lag),
                object: self.object(&record),
            }),
            Ok(false) => {
                self.ended = true;
                None
            }
            Err(fault) => {
                self.ended = true;
                let object = Err(fault_in_words(&fault));
                Some(Row { line, object })
            }
        }
    }
}

/// A stream that counts its bytes and ends a row that goes on without end.
struct Bounded<'a> {
    stream: Box<dyn Read + 'a>,
    read: u64,
    left: u64,
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::Error::other(format!(
                "a row is longer than {} MiB, as where a quotation mark is not closed",
                ROW_BYTES >> 20
            )));
        }
        let count = self.stream.read(buffer)?;
        self.read += count as u64;
        self.left = self.left.saturating_sub(count as u64);
        Ok(count)
    }
}

/// The separator that the first line that is not blank uses most, outside of quotation marks; a comma where there is one
/// column. Absent where there is no such line.
fn delimiter(start: &[u8]) -> Option<u8> {
    const DELIMITERS: &[u8] = b",\t;|";
    let mut counts = [0_usize; DELIMITERS.len()];
    let (mut is_quoted, mut is_blank) = (false, true);
    for byte in start {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' | b'\r' if !is_quoted && !is_blank => break,
            _ => {}
        }
        is_blank &= byte.is_ascii_whitespace();
        if let Some(index) = DELIMITERS.iter().position(|delimiter| delimiter == byte && !is_quoted) {
            counts[index] += 1;
        }
    }
    // Of equal counts the first in the list is taken.
    let best = (0..counts.len()).rev().max_by_key(|index| counts[*index])?;
    (!is_blank).then(|| DELIMITERS[best])
}

/// The separator that a first line names for spreadsheets, `sep=;`, and the length of that line.
fn named_delimiter(start: &[u8]) -> Option<(u8, usize)> {
    let end = start.iter().position(|byte| matches!(byte, b'\n' | b'\r'))?;
    let line = start[..end].trim_ascii().to_ascii_lowercase();
    let line = line
        .strip_prefix(b"\"")
        .and_then(|line| line.strip_suffix(b"\""))
        .unwrap_or(&line);
    let delimiter = match line.strip_prefix(b"sep=")? {
        [delimiter] => *delimiter,
        // A tab at the end of the line.
        [] if start[..end].ends_with(b"\t") => b'\t',
        _ => return None,
    };
    let is_pair = start[end..].starts_with(b"\r\n");
    Some((delimiter, end + 1 + usize::from(is_pair)))
}

/// Whether the first line ends in a carriage return and a line feed.
fn ends_in_two(start: &[u8]) -> bool {
    let end = start.iter().position(|byte| *byte == b'\n');
    end.is_some_and(|end| end > 0 && start[end - 1] == b'\r')
}

/// The names of the columns: one without a name is called by its number, and a second one of the same name gets a number.
fn names(header: &ByteRecord) -> Vec<String> {
    let (mut found, mut seen): (Vec<String>, HashSet<String>) = Default::default();
    for (index, field) in header.iter().enumerate() {
        let name = String::from_utf8_lossy(field).trim().to_owned();
        let name = if name.is_empty() {
            format!("column_{}", index + 1)
        } else {
            name
        };
        let is_second = !seen.insert(name.clone());
        found.push(if is_second {
            format!("{name}_{}", index + 1)
        } else {
            name
        });
    }
    found
}

fn fault_in_words(fault: &csv::Error) -> String {
    match fault.kind() {
        csv::ErrorKind::Io(fault) => format!("cannot be read: {fault}"),
        _ => format!("is no table: {fault}"),
    }
}
