//! The sequence of a segment: as it is gathered unit by unit, and as symbols ready to be sorted.

use super::dictionary::Dictionary;
use super::interner::{self, Interner};
use super::joined::{BROKEN_UNITS, JoinedTable};
use super::sorted::{BuildError, SortedSequence};
use super::symbol::{Symbol, SymbolLimits};

/// Gathers the text of a segment in memory, unit by unit, at four bytes each.
///
/// Open a run, then push its units. Documents come in ascending order; each has one passage, which may be empty, and
/// any number of notes after it.
pub struct SequenceBuilder {
    interner: Interner,
    passages: Part,
    notes: Part,
    in_note: bool,
    document_count: u32,
}

impl Default for SequenceBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl SequenceBuilder {
    /// A sequence without a unit.
    pub fn new() -> Self {
        let (passages, notes) = (Part::new(), Part::new());
        Self {
            interner: Interner::new(),
            passages,
            notes,
            in_note: false,
            document_count: 0,
        }
    }

    /// Opens the passage of a document, whose number must be greater than those before it.
    ///
    /// With `continues_paragraph` the passage is the next piece of the same paragraph as the passage before: a string
    /// may stand across the cut and belongs to the piece in which it starts.
    pub fn begin_passage(&mut self, document: u32, continues_paragraph: bool) {
        debug_assert!(
            document >= self.document_count,
            "document {document} comes after one of a greater number"
        );
        self.document_count = document.saturating_add(1);
        self.in_note = false;
        self.passages.open(document, !continues_paragraph);
    }

    /// Opens a note of the document whose passage was opened last: units that are found only on request.
    ///
    /// All notes stand behind all passages, so nothing matches across the edge of a note, and the units of a passage on
    /// both sides of one are neighbors.
    pub fn begin_note(&mut self, document: u32) {
        debug_assert!(
            document + 1 == self.document_count,
            "the note of document {document} stands before its passage"
        );
        self.in_note = true;
        self.notes.open(document, true);
    }

    /// Adds a unit, which is not the empty string, to the run that was opened last.
    #[inline]
    pub fn push(&mut self, unit: &str) {
        debug_assert!(!unit.is_empty(), "the empty string is no unit");
        debug_assert!(self.document_count > 0, "`{unit}` stands outside any run");
        let number = self.interner.number(unit);
        let part = if self.in_note {
            &mut self.notes
        } else {
            &mut self.passages
        };
        part.push(number);
    }

    /// Says that the last [`BROKEN_UNITS`] units of the run are also this one word: it is found where they stand.
    pub fn push_joined(&mut self, word: &str) {
        debug_assert!(!word.is_empty(), "the empty string is no unit");
        let number = self.interner.number(word);
        let part = if self.in_note {
            &mut self.notes
        } else {
            &mut self.passages
        };
        part.join(number);
    }

    /// The number of units so far, those of notes included.
    pub fn unit_count(&self) -> usize {
        self.passages.unit_count() + self.notes.unit_count()
    }

    /// The number of different units so far.
    pub fn distinct_unit_count(&self) -> usize {
        self.interner.unit_count()
    }

    /// The memory that the sequence takes, in bytes.
    pub fn memory_bytes(&self) -> usize {
        self.interner.memory_bytes() + self.passages.memory_bytes() + self.notes.memory_bytes()
    }

    /// Sorts the suffixes. Memory peaks at 6 to 8 bytes a unit, this sequence included.
    ///
    /// # Errors
    /// When the sequence has 2³¹ units or more, its different units have 4 GiB, or memory runs out.
    pub fn finish(self, limits: &SymbolLimits) -> Result<SortedSequence, BuildError> {
        self.into_sequence(limits)?.sort()
    }

    fn into_sequence(self, limits: &SymbolLimits) -> Result<Sequence, BuildError> {
        let length = self.passages.numbers.len() + self.notes.numbers.len();
        let units = self.interner.into_sorted_units();
        let dictionary = Dictionary::of(units.iter().map(|(unit, _)| &**unit)).ok_or(BuildError::UnitsTooLong)?;
        let mut symbols_by_number = vec![Symbol::BARRIER.number(); units.len() + 1];
        for (symbol, (_, number)) in (1..).zip(&units) {
            symbols_by_number[*number as usize] = symbol;
        }
        let mut sequence = Sequence::new(dictionary, limits, length);
        sequence.add(self.passages, &symbols_by_number);
        sequence.begin_notes();
        sequence.add(self.notes, &symbols_by_number);
        sequence.document_count = self.document_count;
        Ok(sequence)
    }
}

/// One of the two halves of the sequence under construction.
struct Part {
    /// The provisional numbers of the units, barriers between.
    numbers: Vec<u32>,
    barrier_count: usize,
    runs: RunTable,
    /// The document of the run that was opened and has no unit yet: a run without units leaves no trace.
    opened: Option<u32>,
    /// Whether a barrier has to stand before the next unit.
    barrier_due: bool,
    /// The positions at which units are also one word, with the provisional number of that word.
    joined: Vec<(u32, u32)>,
}

impl Part {
    fn new() -> Self {
        Self {
            numbers: Vec::new(),
            barrier_count: 0,
            runs: RunTable::default(),
            opened: None,
            barrier_due: true,
            joined: Vec::new(),
        }
    }

    fn open(&mut self, document: u32, after_barrier: bool) {
        self.opened = Some(document);
        self.barrier_due |= after_barrier;
    }

    #[inline]
    fn push(&mut self, number: u32) {
        if let Some(document) = self.opened.take() {
            self.begin_run(document);
        }
        self.numbers.push(number);
    }

    fn join(&mut self, word: u32) {
        if let Some(first) = self.numbers.len().checked_sub(BROKEN_UNITS as usize) {
            self.joined.push((first as u32, word));
        }
    }

    fn begin_run(&mut self, document: u32) {
        if std::mem::take(&mut self.barrier_due) {
            self.numbers.push(interner::BARRIER);
            self.barrier_count += 1;
        }
        self.runs.push(self.numbers.len(), document);
    }

    fn unit_count(&self) -> usize {
        self.numbers.len() - self.barrier_count
    }

    fn memory_bytes(&self) -> usize {
        let runs = self.runs.starts.capacity() + self.runs.documents.capacity();
        (self.numbers.capacity() + runs + 2 * self.joined.capacity()) * size_of::<u32>()
    }
}

/// Where runs start, and the documents that they belong to.
#[derive(Debug, Default)]
pub(super) struct RunTable {
    pub(super) starts: Vec<u32>,
    pub(super) documents: Vec<u32>,
}

impl RunTable {
    /// Adds a run; a start beyond 32 bits is in a sequence that is too long to be sorted.
    pub(super) fn push(&mut self, start: usize, document: u32) {
        self.starts.push(start as u32);
        self.documents.push(document);
    }
}

/// A sequence in the smallest integers that hold its symbols and that the sort takes.
#[derive(Debug)]
pub(super) enum SymbolSequence {
    Sixteen(Vec<u16>),
    ThirtyTwo(Vec<i32>),
}

impl SymbolSequence {
    #[inline]
    pub(super) fn push(&mut self, symbol: u32) {
        match self {
            Self::Sixteen(symbols) => symbols.push(symbol as u16),
            Self::ThirtyTwo(symbols) => symbols.push(symbol as i32),
        }
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::Sixteen(symbols) => symbols.len(),
            Self::ThirtyTwo(symbols) => symbols.len(),
        }
    }
}

/// A whole sequence in symbols: all passages, then all notes.
#[derive(Debug)]
pub(super) struct Sequence {
    pub(super) dictionary: Dictionary,
    pub(super) symbols: SymbolSequence,
    pub(super) runs: RunTable,
    pub(super) joined: JoinedTable,
    pub(super) passage_run_count: u32,
    pub(super) note_start: u32,
    pub(super) document_count: u32,
}

impl Sequence {
    /// A sequence without a unit yet, with room for `capacity` units and barriers.
    pub(super) fn new(dictionary: Dictionary, limits: &SymbolLimits, capacity: usize) -> Self {
        let symbols = if limits.fits_sixteen_bits(dictionary.unit_count() as usize + 1) {
            SymbolSequence::Sixteen(Vec::with_capacity(capacity))
        } else {
            SymbolSequence::ThirtyTwo(Vec::with_capacity(capacity))
        };
        let runs = RunTable::default();
        Self {
            dictionary,
            symbols,
            runs,
            joined: JoinedTable::default(),
            passage_run_count: 0,
            note_start: 0,
            document_count: 0,
        }
    }

    /// Ends the passages: all runs from here on are notes.
    pub(super) fn begin_notes(&mut self) {
        self.passage_run_count = self.runs.starts.len() as u32;
        self.note_start = self.symbols.len() as u32;
    }

    fn add(&mut self, part: Part, symbols_by_number: &[u32]) {
        let offset = self.symbols.len() as u32;
        for number in part.numbers {
            self.symbols.push(symbols_by_number[number as usize]);
        }
        self.runs
            .starts
            .extend(part.runs.starts.iter().map(|start| offset.wrapping_add(*start)));
        self.runs.documents.extend(part.runs.documents);
        for (position, word) in part.joined {
            self.joined
                .push(offset.wrapping_add(position), symbols_by_number[word as usize]);
        }
    }
}
