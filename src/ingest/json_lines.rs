//! JSON Lines: one speech a line, read line by line so that a file may be larger than memory.
//!
//! A line that cannot be read is reported with its number; the next line is read all the same.

use std::io::{self, BufRead, Read};

use serde_json::{Map, Value};

use crate::ingest::reader::{in_words, is_lasting};

/// The longest line that is read, in bytes; a longer one is rejected, so that a broken file cannot exhaust memory.
const LONGEST_LINE_BYTES: u64 = 64 << 20;

/// A line of a JSON Lines file that is not blank.
#[derive(Debug)]
pub struct JsonLine {
    /// The line, counted from 1.
    pub number: u64,
    /// The bytes of the line, or why there are none.
    pub content: Result<Vec<u8>, LineFault>,
}

/// Why a line cannot be read.
#[derive(Debug)]
pub struct LineFault {
    /// In plain words.
    pub reason: String,
    /// Whether the fault lies in the file: reading it again gives the same.
    pub is_lasting: bool,
}

/// The lines of a stream.
pub struct JsonLines<R> {
    stream: R,
    number: u64,
    ended: bool,
}

impl<R: BufRead> JsonLines<R> {
    /// The lines of a stream, which may start with a byte order mark.
    pub fn new(stream: R) -> Self {
        Self {
            stream,
            number: 0,
            ended: false,
        }
    }

    /// Reads the next line, at most [`LONGEST_LINE_BYTES`] of it; absent at the end of the stream.
    fn read_line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let count = self
            .stream
            .by_ref()
            .take(LONGEST_LINE_BYTES)
            .read_until(b'\n', &mut line)?;
        Ok((count > 0).then_some(line))
    }

    /// A line without the mark at the start of the stream; of one that is too long the rest is passed over.
    fn checked(&mut self, mut line: Vec<u8>) -> Result<Vec<u8>, LineFault> {
        if line.len() as u64 == LONGEST_LINE_BYTES && !line.ends_with(b"\n") {
            self.skip_rest_of_line().map_err(|fault| line_fault(&fault))?;
            return Err(LineFault {
                reason: format!("the line is longer than {} MiB", LONGEST_LINE_BYTES >> 20),
                is_lasting: true,
            });
        }
        if self.number == 1 && line.starts_with(b"\xEF\xBB\xBF") {
            line.drain(..3);
        }
        Ok(line)
    }

    fn skip_rest_of_line(&mut self) -> io::Result<()> {
        loop {
            let buffer = self.stream.fill_buf()?;
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let count = end.map_or(buffer.len(), |end| end + 1);
            self.stream.consume(count);
            if count == 0 || end.is_some() {
                return Ok(());
            }
        }
    }
}

fn line_fault(fault: &io::Error) -> LineFault {
    LineFault {
        reason: in_words(fault),
        is_lasting: is_lasting(fault),
    }
}

impl<R: BufRead> Iterator for JsonLines<R> {
    type Item = JsonLine;

    fn next(&mut self) -> Option<JsonLine> {
        while !self.ended {
            self.number += 1;
            let content = match self.read_line() {
                Ok(Some(line)) => self.checked(line),
                Ok(None) => break,
                Err(fault) => {
                    self.ended = true;
                    Err(line_fault(&fault))
                }
            };
            if !content.as_ref().is_ok_and(|line| line.trim_ascii().is_empty()) {
                return Some(JsonLine {
                    number: self.number,
                    content,
                });
            }
        }
        self.ended = true;
        None
    }
}

/// Parses one object.
///
/// # Errors
/// In plain words, what is wrong with the JSON.
pub fn parse_object(json: &[u8]) -> Result<Map<String, Value>, String> {
    let text = std::str::from_utf8(json)
        .map_err(|fault| format!("is not UTF-8 (byte {} of the line)", fault.valid_up_to() + 1))?;
    match serde_json::from_str(text) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err("is not a JSON object: write one speech a line as {\"body\": …}".to_owned()),
        Err(fault) => Err(format!("is not JSON: {}", fault_in_words(&fault))),
    }
}

/// The parser's message without its line, which the report gives.
pub(in crate::ingest) fn fault_in_words(fault: &serde_json::Error) -> String {
    let message = fault.to_string();
    let without_place = message.split(" at line ").next().unwrap_or(&message);
    format!("{without_place} (column {})", fault.column())
}
