//! Tables with a space behind every separator: a quotation mark behind it opens a field all the same.

use std::io::{self, Read};

/// Whether a space stands behind every separator of the first line.
pub(super) fn stand_behind(delimiter: u8, start: &[u8]) -> bool {
    let lines = start.split(|byte| matches!(byte, b'\n' | b'\r'));
    let Some(line) = lines.into_iter().find(|line| !line.trim_ascii().is_empty()) else {
        return false;
    };
    let mut columns = line.split(|byte| *byte == delimiter).skip(1).peekable();
    columns.peek().is_some() && columns.all(|column| column.starts_with(b" "))
}

/// A stream without the spaces between a separator and the quotation mark that opens a field.
pub(super) struct Unspaced<R> {
    stream: R,
    delimiter: u8,
    is_quoted: bool,
    at_start: bool,
    /// Spaces at the start of a field, which may stand before a quotation mark.
    spaces: usize,
    ready: Vec<u8>,
    given: usize,
}

impl<R> Unspaced<R> {
    pub(super) fn new(stream: R, delimiter: u8) -> Self {
        Self {
            stream,
            delimiter,
            is_quoted: false,
            at_start: true,
            spaces: 0,
            ready: Vec::new(),
            given: 0,
        }
    }

    fn take(&mut self, byte: u8) {
        if self.at_start && !self.is_quoted && byte == b' ' {
            self.spaces += 1;
            return;
        }
        let opens = self.at_start && byte == b'"';
        let spaces = std::mem::take(&mut self.spaces);
        if !opens {
            self.ready.extend(std::iter::repeat_n(b' ', spaces));
        }
        if opens || (self.is_quoted && byte == b'"') {
            self.is_quoted = !self.is_quoted;
        }
        let ends_field = byte == self.delimiter || matches!(byte, b'\n' | b'\r');
        self.at_start = !self.is_quoted && ends_field;
        self.ready.push(byte);
    }
}

impl<R: Read> Read for Unspaced<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() {
            self.ready.clear();
            self.given = 0;
            let count = self.stream.read(buffer)?;
            if count == 0 {
                let spaces = std::mem::take(&mut self.spaces);
                self.ready.extend(std::iter::repeat_n(b' ', spaces));
                if spaces == 0 {
                    return Ok(0);
                }
            }
            for byte in &buffer[..count] {
                self.take(*byte);
            }
        }
        let rest = &self.ready[self.given..];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_before_quotation_marks_are_taken_out() {
        let table = "a, b, c\n1,  \"x, \"\"y\"\"\",   z\n";
        assert!(stand_behind(b',', table.as_bytes()));
        assert!(!stand_behind(b',', b"a, b,c\n"));
        let mut text = String::new();
        let read = Unspaced::new(table.as_bytes(), b',').read_to_string(&mut text);
        assert!(read.is_ok());
        assert_eq!(text, "a, b, c\n1,\"x, \"\"y\"\"\",   z\n");
    }
}
