//! The file: its sections, its footer, and the checks that make it safe to read in place.
//!
//! All integers are little endian. A *packed* section is integers of a fixed number of bits, lowest bits first, and
//! eight zero bytes. Widths and lengths of all sections but the first follow from the counts and are checked against
//! them.
//!
//! | part | bytes | content |
//! |---|---|---|
//! | magic | 8 | `CHSTRING` |
//! | version | 4 | 2 |
//! | units | any | the different units in UTF-8, in the order of their code points, concatenated |
//! | unit offsets | 4 × (units + 1) | where each unit starts in the section before; its length |
//! | bucket starts | 4 × (units + 1) | the first rank of the suffixes that start with each unit; the number of suffixes |
//! | array | packed | the positions of all units (not of barriers) in the order of the suffixes that start there |
//! | symbols | packed | the sequence: 0 for a barrier, else 1 + the place of the unit in the dictionary |
//! | run marks | 16 a block | for each 96 positions: the runs that start before them (4), a bit for each position (12) |
//! | run starts | packed | the position at which each run starts; the notes' runs come after all others |
//! | run documents | packed | the document of each run |
//! | joined positions | packed | the positions at which three units are also one word, ascending |
//! | joined words | packed | the symbol of each such word |
//! | joined by word | packed | the places of the two tables before, by ascending symbol, then position |
//! | footer | 168 | eight counts (4 each, as in `Counts`), length (8) and CRC-32 (4) of each section, CRC-32 of all that (4) |
//!
//! The footer stands last because a file is written in one go. Suffixes that agree up to a barrier are ordered by what
//! follows it; no look-up relies on that.

use std::ops::Range;

use super::packed::{bits_for, packed_bytes};
use super::runs;

/// The first bytes of every file.
pub(super) const MAGIC: [u8; 8] = *b"CHSTRING";
/// The version of the format that this program writes and reads.
pub(super) const VERSION: u32 = 2;

const HEADER_BYTES: usize = 12;
const COUNTS_BYTES: usize = 8 * 4;
const SECTION_ENTRY_BYTES: usize = 12;
const FOOTER_BYTES: usize = COUNTS_BYTES + Section::ALL.len() * SECTION_ENTRY_BYTES + 4;

/// Why bytes cannot be read as a string index.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// The bytes do not start as a string index does.
    #[error("not a string index")]
    NotAStringIndex,
    /// The file has a version of the format that this program does not read.
    #[error("string index of format {found}, this program reads format {VERSION}")]
    Version {
        /// The version in the file.
        found: u32,
    },
    /// A part of the file contradicts itself, another part or its checksum.
    #[error("damaged string index: {part}: {reason}")]
    Damaged {
        /// The section of the file.
        part: &'static str,
        /// What is wrong with it.
        reason: &'static str,
    },
}

/// A section of the file, in the order in which they stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    Units,
    UnitOffsets,
    BucketStarts,
    Array,
    Symbols,
    RunMarks,
    RunStarts,
    RunDocuments,
    JoinedPositions,
    JoinedWords,
    JoinedByWord,
}

impl Section {
    pub(super) const ALL: [Self; 11] = [
        Self::Units,
        Self::UnitOffsets,
        Self::BucketStarts,
        Self::Array,
        Self::Symbols,
        Self::RunMarks,
        Self::RunStarts,
        Self::RunDocuments,
        Self::JoinedPositions,
        Self::JoinedWords,
        Self::JoinedByWord,
    ];

    /// The name in messages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Units => "units",
            Self::UnitOffsets => "unit offsets",
            Self::BucketStarts => "bucket starts",
            Self::Array => "array",
            Self::Symbols => "symbols",
            Self::RunMarks => "run marks",
            Self::RunStarts => "run starts",
            Self::RunDocuments => "run documents",
            Self::JoinedPositions => "joined positions",
            Self::JoinedWords => "joined words",
            Self::JoinedByWord => "joined by word",
        }
    }

    /// The error that this section is damaged.
    pub(super) fn damaged(self, reason: &'static str) -> FormatError {
        FormatError::Damaged {
            part: self.name(),
            reason,
        }
    }

    /// The length that the counts prescribe; the text of the units has none.
    fn expected_bytes(self, counts: &Counts) -> Option<u64> {
        let unit_table = (u64::from(counts.distinct_unit_count) + 1) * 4;
        match self {
            Self::Units => None,
            Self::UnitOffsets | Self::BucketStarts => Some(unit_table),
            Self::Array => Some(packed_bytes(counts.unit_count, counts.position_bits())),
            Self::Symbols => Some(packed_bytes(counts.sequence_length, counts.symbol_bits())),
            Self::RunMarks => Some(runs::mark_bytes(counts.sequence_length)),
            Self::RunStarts => Some(packed_bytes(counts.run_count, counts.position_bits())),
            Self::RunDocuments => Some(packed_bytes(counts.run_count, counts.document_bits())),
            Self::JoinedPositions => Some(packed_bytes(counts.joined_count, counts.position_bits())),
            Self::JoinedWords => Some(packed_bytes(counts.joined_count, counts.symbol_bits())),
            Self::JoinedByWord => Some(packed_bytes(counts.joined_count, counts.joined_bits())),
        }
    }
}

/// The counts from which the lengths and widths of the sections follow, in the order of the footer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counts {
    /// Units and barriers of the sequence.
    pub(super) sequence_length: u32,
    /// Units of the sequence: the length of the suffix array.
    pub(super) unit_count: u32,
    /// Different units.
    pub(super) distinct_unit_count: u32,
    /// Runs, those of notes included.
    pub(super) run_count: u32,
    /// Runs that are passages.
    pub(super) passage_run_count: u32,
    /// Documents, those without a run included.
    pub(super) document_count: u32,
    /// The position from which all is notes; the sequence's length where there are none.
    pub(super) note_start: u32,
    /// Places at which three units are also one word.
    pub(super) joined_count: u32,
}

impl Counts {
    /// The width of positions in the packed sections.
    pub(super) fn position_bits(&self) -> u32 {
        bits_for(self.sequence_length.saturating_sub(1))
    }

    /// The width of symbols.
    pub(super) fn symbol_bits(&self) -> u32 {
        bits_for(self.distinct_unit_count)
    }

    /// The width of document numbers.
    pub(super) fn document_bits(&self) -> u32 {
        bits_for(self.document_count.saturating_sub(1))
    }

    /// The width of places in the tables of joined words.
    pub(super) fn joined_bits(&self) -> u32 {
        bits_for(self.joined_count.saturating_sub(1))
    }

    fn numbers(&self) -> [u32; 8] {
        [
            self.sequence_length,
            self.unit_count,
            self.distinct_unit_count,
            self.run_count,
            self.passage_run_count,
            self.document_count,
            self.note_start,
            self.joined_count,
        ]
    }

    fn agree(&self) -> bool {
        self.sequence_length <= i32::MAX as u32
            && self.unit_count <= self.sequence_length
            && self.joined_count <= self.unit_count
            && self.distinct_unit_count <= self.unit_count + self.joined_count
            && self.run_count <= self.unit_count
            && self.passage_run_count <= self.run_count
            && self.note_start <= self.sequence_length
    }
}

/// Where everything is in a file that passed the checks.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub(super) counts: Counts,
    ranges: [Range<usize>; Section::ALL.len()],
    checksums: [u32; Section::ALL.len()],
}

impl Layout {
    /// Reads and checks header and footer, and nothing between them.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, FormatError> {
        let damaged = |reason| FormatError::Damaged { part: "footer", reason };
        if !bytes.starts_with(&MAGIC) {
            return Err(FormatError::NotAStringIndex);
        }
        let found = Fields(bytes.get(MAGIC.len()..).unwrap_or_default()).next_u32();
        if found != VERSION {
            return Err(FormatError::Version { found });
        }
        let footer_start = bytes
            .len()
            .checked_sub(FOOTER_BYTES)
            .filter(|start| *start >= HEADER_BYTES);
        let footer_start = footer_start.ok_or(damaged("the file is cut off"))?;
        let (content, checksum) = bytes[footer_start..].split_at(FOOTER_BYTES - 4);
        if crc32fast::hash(content) != Fields(checksum).next_u32() {
            return Err(damaged("the checksum differs, the file is cut off or was altered"));
        }
        let mut fields = Fields(content);
        let counts = fields.counts();
        if !counts.agree() {
            return Err(damaged("the counts contradict each other"));
        }
        fields.sections(counts, footer_start)
    }

    /// The bytes of the file that a section takes.
    pub(super) fn range(&self, section: Section) -> Range<usize> {
        self.ranges[section as usize].clone()
    }

    /// The CRC-32 that a section had when it was written.
    pub(super) fn checksum(&self, section: Section) -> u32 {
        self.checksums[section as usize]
    }
}

/// The footer's bytes for a file whose sections have these lengths and checksums.
pub(super) fn footer(counts: &Counts, sections: &[(u64, u32)]) -> Vec<u8> {
    let mut bytes: Vec<u8> = counts.numbers().into_iter().flat_map(u32::to_le_bytes).collect();
    for (length, checksum) in sections {
        bytes.extend(length.to_le_bytes());
        bytes.extend(checksum.to_le_bytes());
    }
    let checksum = crc32fast::hash(&bytes);
    bytes.extend(checksum.to_le_bytes());
    bytes
}

/// Integers read one after the other; behind the end they are 0.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    fn next<const N: usize>(&mut self) -> [u8; N] {
        let (first, rest) = self.0.split_first_chunk().unwrap_or((&[0; N], &[]));
        self.0 = rest;
        *first
    }

    fn next_u32(&mut self) -> u32 {
        u32::from_le_bytes(self.next())
    }

    fn counts(&mut self) -> Counts {
        Counts {
            sequence_length: self.next_u32(),
            unit_count: self.next_u32(),
            distinct_unit_count: self.next_u32(),
            run_count: self.next_u32(),
            passage_run_count: self.next_u32(),
            document_count: self.next_u32(),
            note_start: self.next_u32(),
            joined_count: self.next_u32(),
        }
    }

    /// The section table; the sections fill the file from the header to the footer exactly.
    fn sections(&mut self, counts: Counts, footer_start: usize) -> Result<Layout, FormatError> {
        let mut ranges = [const { 0..0 }; Section::ALL.len()];
        let mut checksums = [0; Section::ALL.len()];
        let mut start = HEADER_BYTES;
        for section in Section::ALL {
            let length = u64::from_le_bytes(self.next());
            if section
                .expected_bytes(&counts)
                .is_some_and(|expected| expected != length)
            {
                return Err(section.damaged("the length contradicts the counts"));
            }
            let end = usize::try_from(length)
                .ok()
                .and_then(|length| start.checked_add(length));
            let end = end
                .filter(|end| *end <= footer_start)
                .ok_or(section.damaged("it ends outside the file"))?;
            ranges[section as usize] = start..end;
            checksums[section as usize] = self.next_u32();
            start = end;
        }
        if start != footer_start {
            return Err(FormatError::Damaged {
                part: "footer",
                reason: "the sections do not fill the file",
            });
        }
        Ok(Layout {
            counts,
            ranges,
            checksums,
        })
    }
}
