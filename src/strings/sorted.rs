//! The suffix array itself: the sort, by libsais, and the writing of its result.
//!
//! The sort is libsais (Grebnov; induced sorting, Nong, Zhang and Chan 2009), linear in time and without further
//! memory.

use std::io::{self, Write};

use libsais::SuffixArrayConstruction;

use super::format::Counts;
use super::runs::mark_blocks;
use super::sequence::{Sequence, SymbolSequence};
use super::symbol::Symbol;
use super::writer::FileWriter;

/// Why a sequence cannot be sorted.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The sequence is longer than positions can say.
    #[error("a segment of {units} units is too long: at most {} fit", i32::MAX)]
    TooLong {
        /// Units and barriers of the sequence.
        units: usize,
    },
    /// The different units together are longer than 4 GiB.
    #[error("the different units of a segment are together longer than 4 GiB")]
    UnitsTooLong,
    /// The sort failed.
    #[error("the suffixes of {units} units could not be sorted: {reason}")]
    Sort {
        /// Units and barriers of the sequence.
        units: usize,
        /// What libsais says.
        reason: String,
    },
}

/// A segment's sequence with its suffixes sorted, ready to be written.
#[derive(Debug)]
pub struct SortedSequence {
    sequence: Sequence,
    /// The positions of all suffixes; those that start with a barrier are the first.
    array: Vec<i32>,
    /// The rank of the first suffix that starts with each unit, and the number of suffixes; barriers are not counted.
    bucket_starts: Vec<u32>,
}

impl Sequence {
    /// Sorts the suffixes.
    pub(super) fn sort(self) -> Result<SortedSequence, BuildError> {
        let mut sequence = self;
        let units = sequence.symbols.len();
        if i32::try_from(units).is_err() {
            return Err(BuildError::TooLong { units });
        }
        let bucket_starts = bucket_starts(&sequence.symbols, sequence.dictionary.unit_count());
        let array = if units == 0 {
            Vec::new()
        } else {
            suffix_array(&mut sequence.symbols)?
        };
        Ok(SortedSequence {
            sequence,
            array,
            bucket_starts,
        })
    }
}

impl SortedSequence {
    /// The number of units, those of notes included.
    pub fn unit_count(&self) -> u32 {
        self.bucket_starts.last().copied().unwrap_or_default()
    }

    /// Writes the file from front to back, and says how many bytes it has.
    ///
    /// # Errors
    /// Those of the output.
    pub fn write_to(&self, output: &mut impl Write) -> io::Result<u64> {
        let counts = self.counts();
        let Sequence {
            dictionary,
            symbols,
            runs,
            joined,
            ..
        } = &self.sequence;
        let barrier_count = self.array.len() - counts.unit_count as usize;
        let mut file = FileWriter::new(output)?;
        file.bytes(dictionary.text.as_bytes())?;
        file.parts(dictionary.offsets.iter().map(|offset| offset.to_le_bytes()))?;
        file.parts(self.bucket_starts.iter().map(|start| start.to_le_bytes()))?;
        file.packed(
            self.array[barrier_count..].iter().map(|position| *position as u32),
            counts.position_bits(),
        )?;
        match symbols {
            SymbolSequence::Sixteen(symbols) => {
                file.packed(symbols.iter().map(|symbol| u32::from(*symbol)), counts.symbol_bits())?;
            }
            SymbolSequence::ThirtyTwo(symbols) => {
                file.packed(symbols.iter().map(|symbol| *symbol as u32), counts.symbol_bits())?;
            }
        }
        file.parts(mark_blocks(&runs.starts, counts.sequence_length))?;
        file.packed(runs.starts.iter().copied(), counts.position_bits())?;
        file.packed(runs.documents.iter().copied(), counts.document_bits())?;
        file.packed(joined.positions.iter().copied(), counts.position_bits())?;
        file.packed(joined.words.iter().copied(), counts.symbol_bits())?;
        file.packed(joined.by_word().into_iter(), counts.joined_bits())?;
        file.finish(&counts)
    }

    fn counts(&self) -> Counts {
        Counts {
            sequence_length: self.array.len() as u32,
            unit_count: self.unit_count(),
            distinct_unit_count: self.sequence.dictionary.unit_count(),
            run_count: self.sequence.runs.starts.len() as u32,
            passage_run_count: self.sequence.passage_run_count,
            document_count: self.sequence.document_count,
            note_start: self.sequence.note_start,
            joined_count: self.sequence.joined.len(),
        }
    }
}

fn suffix_array(symbols: &mut SymbolSequence) -> Result<Vec<i32>, BuildError> {
    let units = symbols.len();
    let sorted = match symbols {
        SymbolSequence::Sixteen(symbols) => {
            let sort = SuffixArrayConstruction::for_text(symbols)
                .in_owned_buffer32()
                .single_threaded();
            sort.run().map(|sorted| sorted.into_vec())
        }
        // The sort alters the text while it works and puts it back.
        SymbolSequence::ThirtyTwo(symbols) => {
            let sort = SuffixArrayConstruction::for_text_mut(symbols)
                .in_owned_buffer32()
                .single_threaded();
            sort.run().map(|sorted| sorted.into_vec())
        }
    };
    sorted.map_err(|error| BuildError::Sort {
        units,
        reason: error.to_string(),
    })
}

/// The rank at which the suffixes of each unit start, with the total at the end.
fn bucket_starts(symbols: &SymbolSequence, unit_count: u32) -> Vec<u32> {
    let mut frequencies = vec![0; unit_count as usize + 1];
    match symbols {
        SymbolSequence::Sixteen(symbols) => symbols.iter().for_each(|symbol| frequencies[usize::from(*symbol)] += 1),
        SymbolSequence::ThirtyTwo(symbols) => symbols.iter().for_each(|symbol| frequencies[*symbol as usize] += 1),
    }
    frequencies[Symbol::BARRIER.number() as usize] = 0;
    let mut total = 0;
    let totals = frequencies.iter().map(|frequency| {
        total += frequency;
        total
    });
    totals.collect()
}
