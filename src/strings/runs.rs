//! Runs: which stretch of the sequence belongs to which document.
//!
//! The marks answer "which run is this position in" in one memory access: a block of 16 bytes holds the number of runs
//! that start before it and a bit for each of its positions (rank on a bit vector, counts and bits interleaved).

use std::ops::Range;

use super::packed::PackedIntegers;
use super::symbol::Symbol;

/// The positions that a block of marks covers.
const BLOCK_POSITIONS: u32 = 96;
/// The bytes of a block: a count of four bytes, then the bits.
const BLOCK_BYTES: usize = 16;
/// The bits of a block that its count takes.
const COUNT_BITS: u32 = 32;

/// The length of the marks of a sequence.
pub(super) fn mark_bytes(sequence_length: u32) -> u64 {
    u64::from(sequence_length.div_ceil(BLOCK_POSITIONS)) * BLOCK_BYTES as u64
}

/// The blocks of marks of a sequence whose runs start at these positions, which ascend.
pub(super) fn mark_blocks(starts: &[u32], sequence_length: u32) -> impl Iterator<Item = [u8; BLOCK_BYTES]> {
    let mut run = 0;
    (0..sequence_length)
        .step_by(BLOCK_POSITIONS as usize)
        .map(move |block_start| {
            let mut block = [0; BLOCK_BYTES];
            block[..4].copy_from_slice(&(run as u32).to_le_bytes());
            while let Some(start) = starts.get(run).filter(|start| **start - block_start < BLOCK_POSITIONS) {
                let bit = COUNT_BITS + start - block_start;
                block[bit as usize / 8] |= 1 << (bit % 8);
                run += 1;
            }
            block
        })
}

/// The runs of a file. Whatever its bytes hold, every answer names an existing run.
#[derive(Clone, Copy)]
pub(super) struct Runs<'a> {
    pub(super) marks: &'a [u8],
    pub(super) starts: PackedIntegers<'a>,
    pub(super) documents: PackedIntegers<'a>,
    pub(super) symbols: PackedIntegers<'a>,
    pub(super) run_count: u32,
    pub(super) passage_run_count: u32,
    pub(super) document_count: u32,
    pub(super) sequence_length: u32,
}

impl Runs<'_> {
    /// The run that holds a position, counted from 0.
    #[inline]
    pub(super) fn run_at(&self, position: u32) -> u32 {
        self.starts_up_to(position).min(self.run_count).saturating_sub(1)
    }

    /// The number of runs that start at or before a position.
    #[inline]
    pub(super) fn starts_up_to(&self, position: u32) -> u32 {
        let (block, offset) = (position / BLOCK_POSITIONS, position % BLOCK_POSITIONS);
        let bytes = self
            .marks
            .get(block as usize * BLOCK_BYTES..)
            .and_then(|rest| rest.first_chunk::<BLOCK_BYTES>());
        let Some(bytes) = bytes else { return 0 };
        let [low, high] = [0, 1].map(|half| u64::from_le_bytes(bytes.as_chunks().0[half]));
        // The bits up to the position, chosen without a branch: positions come in no order that one could be foretold
        // by.
        let bit = COUNT_BITS + offset;
        let low_mask = u64::MAX >> 63_u32.saturating_sub(bit);
        let high_mask = if bit < 64 { 0 } else { u64::MAX >> (127 - bit) };
        let starts_before_block = low as u32;
        let starts_in_block =
            (low >> COUNT_BITS << COUNT_BITS & low_mask).count_ones() + (high & high_mask).count_ones();
        starts_before_block.wrapping_add(starts_in_block)
    }

    /// The position at which a run starts.
    pub(super) fn start(&self, run: u32) -> u32 {
        self.starts.at(run as usize)
    }

    /// The document of a run.
    pub(super) fn document(&self, run: u32) -> u32 {
        self.documents
            .at(run as usize)
            .min(self.document_count.saturating_sub(1))
    }

    /// The positions of a run, without the barrier behind it.
    pub(super) fn range(&self, run: u32) -> Range<u32> {
        let start = self.start(run).min(self.sequence_length);
        let next = if run + 1 < self.run_count {
            self.start(run + 1)
        } else {
            self.sequence_length
        };
        let before_barrier = next.saturating_sub(u32::from(next < self.sequence_length && self.follows_barrier(next)));
        start..before_barrier.clamp(start, self.sequence_length)
    }

    /// Whether a barrier stands before a position, as it does before the first one.
    pub(super) fn follows_barrier(&self, position: u32) -> bool {
        let before = position.checked_sub(1).map(|before| self.symbols.at(before as usize));
        before.unwrap_or_default() == Symbol::BARRIER.number()
    }

    /// The run of a document's passage.
    pub(super) fn passage_run(&self, document: u32) -> Option<u32> {
        let passages = self.passage_run_count as usize;
        // Where every document has a passage, the run has its number.
        if document < self.passage_run_count && self.document(document) == document {
            return Some(document);
        }
        let run = self.documents.lower_bound(0, passages, document) as u32;
        (run < self.passage_run_count && self.document(run) == document).then_some(run)
    }

    /// The runs that are notes of a document.
    pub(super) fn note_runs(&self, document: u32) -> Range<u32> {
        let (first, end) = (self.passage_run_count as usize, self.run_count as usize);
        let start = self.documents.lower_bound(first, end, document);
        let behind = document
            .checked_add(1)
            .map_or(end, |next| self.documents.lower_bound(start, end, next));
        start as u32..behind as u32
    }
}
