//! The seal of a backup: the SHA-256 of all bytes before it, in a frame that readers of Zstandard skip.

use std::io::{self, Read, Write};

use sha2::{Digest, Sha256};

/// The mark of a frame that is skipped, and the length of what it holds (RFC 8878, 3.1.2).
const FRAME_START: [u8; 8] = [0x50, 0x2A, 0x4D, 0x18, 32, 0, 0, 0];

/// The length of the frame.
const SEAL_BYTES: usize = FRAME_START.len() + 32;

/// The bytes that are read at once.
const CHUNK_BYTES: usize = 1 << 16;

/// Passes bytes on, and writes the seal when they end.
pub(super) struct SealingWriter<W> {
    output: W,
    hash: Sha256,
    written: u64,
}

impl<W: Write> SealingWriter<W> {
    pub(super) fn new(output: W) -> Self {
        Self {
            output,
            hash: Sha256::new(),
            written: 0,
        }
    }

    /// Writes the seal; returns the number of all bytes written.
    pub(super) fn finish(mut self) -> io::Result<u64> {
        self.output.write_all(&seal(self.hash))?;
        self.output.flush()?;
        Ok(self.written + SEAL_BYTES as u64)
    }
}

impl<W: Write> Write for SealingWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.output.write(bytes)?;
        self.hash.update(&bytes[..count]);
        self.written += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}

/// Reads what stands before a seal, and fails at its end if the seal is not that of what was read.
pub(super) struct SealedReader<R> {
    input: R,
    hash: Sha256,
    /// What was read ahead: the last bytes of the input are the seal.
    held: Vec<u8>,
    given: usize,
    has_ended: bool,
    is_whole: bool,
}

impl<R: Read> SealedReader<R> {
    pub(super) fn new(input: R) -> Self {
        Self {
            input,
            hash: Sha256::new(),
            held: Vec::new(),
            given: 0,
            has_ended: false,
            is_whole: false,
        }
    }

    /// Whether everything was read and the seal is right.
    pub(super) fn is_whole(&self) -> bool {
        self.is_whole
    }

    fn fill(&mut self) -> io::Result<()> {
        self.held.drain(..self.given);
        self.given = 0;
        while !self.has_ended && self.held.len() <= SEAL_BYTES {
            let start = self.held.len();
            self.held.resize(start + CHUNK_BYTES, 0);
            let read = self.input.read(&mut self.held[start..]);
            self.held.truncate(start + *read.as_ref().unwrap_or(&0));
            self.has_ended = read? == 0;
        }
        Ok(())
    }
}

impl<R: Read> Read for SealedReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.held.len() - self.given <= SEAL_BYTES {
            self.fill()?;
        }
        let ahead = &self.held[self.given..];
        let count = ahead.len().saturating_sub(SEAL_BYTES).min(buffer.len());
        if count > 0 {
            buffer[..count].copy_from_slice(&ahead[..count]);
            self.hash.update(&ahead[..count]);
            self.given += count;
            return Ok(count);
        }
        if !buffer.is_empty() {
            self.is_whole = ahead == seal(self.hash.clone());
            if !self.is_whole {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    "the seal is missing or broken",
                ));
            }
        }
        Ok(0)
    }
}

fn seal(hash: Sha256) -> Vec<u8> {
    [FRAME_START.as_slice(), hash.finalize().as_slice()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(bytes: &[u8]) -> Vec<u8> {
        let mut file = Vec::new();
        let mut writer = SealingWriter::new(&mut file);
        writer.write_all(bytes).unwrap();
        assert_eq!(writer.finish().unwrap(), bytes.len() as u64 + SEAL_BYTES as u64);
        file
    }

    fn read(file: &[u8]) -> io::Result<Vec<u8>> {
        let mut reader = SealedReader::new(file);
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes)?;
        assert!(reader.is_whole());
        Ok(bytes)
    }

    #[test]
    fn what_was_sealed_is_read_back_and_nothing_else() {
        for length in [0, 1, SEAL_BYTES, CHUNK_BYTES - 1, CHUNK_BYTES, 3 * CHUNK_BYTES + 7] {
            let bytes: Vec<u8> = (0..length).map(|index| (index * 31 % 251) as u8).collect();
            let file = sealed(&bytes);
            assert_eq!(read(&file).unwrap(), bytes);
            for place in [0, file.len() / 2, file.len() - SEAL_BYTES, file.len() - 1] {
                let mut flipped = file.clone();
                flipped[place] ^= 4;
                assert!(read(&flipped).is_err(), "{place} of {}", file.len());
                assert!(read(&file[..place]).is_err(), "cut at {place}");
            }
            assert!(read(&[file.as_slice(), b"x"].concat()).is_err());
        }
    }
}
