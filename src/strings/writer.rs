//! Writing a file from front to back: sections with their lengths and checksums, then the footer.

use std::io::{self, Write};

use super::format::{self, Counts, MAGIC, VERSION};
use super::packed::PADDING_BYTES;

/// The bytes that are gathered before they are handed on.
const BUFFER_BYTES: usize = 1 << 16;

/// A file being written; sections come in the order of the format.
pub(super) struct FileWriter<'w, W> {
    output: &'w mut W,
    buffer: Vec<u8>,
    checksum: crc32fast::Hasher,
    section_bytes: u64,
    sections: Vec<(u64, u32)>,
}

impl<'w, W: Write> FileWriter<'w, W> {
    /// Starts a file with its header.
    pub(super) fn new(output: &'w mut W) -> io::Result<Self> {
        output.write_all(&MAGIC)?;
        output.write_all(&VERSION.to_le_bytes())?;
        let buffer = Vec::with_capacity(BUFFER_BYTES + PADDING_BYTES);
        Ok(Self {
            output,
            buffer,
            checksum: crc32fast::Hasher::new(),
            section_bytes: 0,
            sections: Vec::new(),
        })
    }

    /// Writes a section of bytes.
    pub(super) fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        for part in bytes.chunks(BUFFER_BYTES) {
            self.put(part)?;
        }
        self.end_section()
    }

    /// Writes a section of small parts.
    pub(super) fn parts<const N: usize>(&mut self, parts: impl Iterator<Item = [u8; N]>) -> io::Result<()> {
        for part in parts {
            self.put(&part)?;
        }
        self.end_section()
    }

    /// Writes a packed section; every value fits in `width` bits, of which there are at most 32.
    pub(super) fn packed(&mut self, values: impl Iterator<Item = u32>, width: u32) -> io::Result<()> {
        let (mut pending, mut pending_bits) = (0_u64, 0);
        for value in values {
            debug_assert!(u64::from(value) < 1 << width, "{value} takes more than {width} bits");
            pending |= u64::from(value) << pending_bits;
            pending_bits += width;
            if pending_bits >= 32 {
                self.put(&(pending as u32).to_le_bytes())?;
                pending >>= 32;
                pending_bits -= 32;
            }
        }
        let rest = pending.to_le_bytes();
        self.put(&rest[..pending_bits.div_ceil(8) as usize])?;
        self.put(&[0; PADDING_BYTES])?;
        self.end_section()
    }

    /// Ends the file with its footer; the length of the whole in bytes.
    pub(super) fn finish(self, counts: &Counts) -> io::Result<u64> {
        let footer = format::footer(counts, &self.sections);
        self.output.write_all(&footer)?;
        let section_bytes: u64 = self.sections.iter().map(|(length, _)| length).sum();
        Ok((MAGIC.len() + size_of_val(&VERSION) + footer.len()) as u64 + section_bytes)
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= BUFFER_BYTES {
            self.flush()
        } else {
            Ok(())
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.checksum.update(&self.buffer);
        self.section_bytes += self.buffer.len() as u64;
        self.output.write_all(&self.buffer)?;
        self.buffer.clear();
        Ok(())
    }

    fn end_section(&mut self) -> io::Result<()> {
        self.flush()?;
        let checksum = std::mem::take(&mut self.checksum).finalize();
        self.sections.push((std::mem::take(&mut self.section_bytes), checksum));
        Ok(())
    }
}
