//! JSON Lines: one speech a line, read line by line so that a file may be larger than memory.
//!
//! A line that cannot be read is reported with its number; the next line is read all the same.

use std::io::{self, BufRead, Read};

use serde_json::{Map, Value};

/// The longest line that is read, in bytes; a longer one is rejected, so that a broken file cannot exhaust memory.
const LONGEST_LINE_BYTES: u64 = 256 << 20;

/// A line of a JSON Lines file that is not blank.
#[derive(Debug)]
pub struct JsonLine {
    /// The line, counted from 1.
    pub number: u64,
    /// The object, or in plain words what is wrong.
    pub object: Result<Map<String, Value>, String>,
}

/// The lines of a stream.
pub struct JsonLines {
    stream: Box<dyn BufRead + Send>,
    number: u64,
    bytes_read: u64,
    ended: bool,
}

impl JsonLines {
    /// The lines of a stream, which may start with a byte order mark.
    pub fn new(stream: Box<dyn BufRead + Send>) -> Self {
        Self {
            stream,
            number: 0,
            bytes_read: 0,
            ended: false,
        }
    }

    /// The number of bytes read so far.
    pub fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    /// Reads the next line, at most [`LONGEST_LINE_BYTES`] of it; absent at the end of the stream.
    fn read_line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let count = self
            .stream
            .by_ref()
            .take(LONGEST_LINE_BYTES)
            .read_until(b'\n', &mut line)? as u64;
        self.bytes_read += count;
        Ok((count > 0).then_some(line))
    }

    fn skip_rest_of_line(&mut self) -> io::Result<()> {
        while let Some(part) = self.read_line()? {
            if part.ends_with(b"\n") {
                break;
            }
        }
        Ok(())
    }

    fn read_object(&mut self, line: &[u8]) -> Result<Map<String, Value>, String> {
        if line.len() as u64 == LONGEST_LINE_BYTES && !line.ends_with(b"\n") {
            self.skip_rest_of_line().map_err(|fault| fault.to_string())?;
            return Err(format!("the line is longer than {} MiB", LONGEST_LINE_BYTES >> 20));
        }
        parse_object(line)
    }
}

impl Iterator for JsonLines {
    type Item = JsonLine;

    fn next(&mut self) -> Option<JsonLine> {
        while !self.ended {
            self.number += 1;
            let line = match self.read_line() {
                Ok(Some(line)) => line,
                Ok(None) => break,
                Err(fault) => {
                    self.ended = true;
                    return Some(JsonLine {
                        number: self.number,
                        object: Err(format!("cannot be read: {fault}")),
                    });
                }
            };
            let content = if self.number == 1 {
                line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line)
            } else {
                &line
            };
            if !content.trim_ascii().is_empty() {
                return Some(JsonLine {
                    number: self.number,
                    object: self.read_object(content),
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
fn fault_in_words(fault: &serde_json::Error) -> String {
    let message = fault.to_string();
    let without_place = message.split(" at line ").next().unwrap_or(&message);
    format!("{without_place} (column {})", fault.column())
}
