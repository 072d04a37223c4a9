//! A file opened for reading: what its units, runs and sequence are. Searching it and counting in it stand in files of
//! their own.

use std::ops::Range;

use super::dictionary::DictionaryView;
use super::format::{Counts, FormatError, Layout, Section};
use super::packed::PackedIntegers;
use super::runs::Runs;
use super::symbol::Symbol;

/// The string index of one segment, read in place from bytes that are usually a memory map.
///
/// On damaged bytes look-ups may answer wrongly, but they end and never panic; [`StringIndex::verify`] finds the
/// damage.
#[derive(Clone, Debug)]
pub struct StringIndex<B> {
    pub(super) bytes: B,
    pub(super) layout: Layout,
}

impl<B: AsRef<[u8]>> StringIndex<B> {
    /// Opens a file, reading only its header and footer.
    ///
    /// # Errors
    /// When the bytes are no string index, are of another version of the format, or are cut off.
    pub fn open(bytes: B) -> Result<Self, FormatError> {
        let layout = Layout::read(bytes.as_ref())?;
        Ok(Self { bytes, layout })
    }

    /// The number of units, those of notes included.
    pub fn unit_count(&self) -> u32 {
        self.counts().unit_count
    }

    /// The number of units and barriers: positions are below it.
    pub fn sequence_length(&self) -> u32 {
        self.counts().sequence_length
    }

    /// The number of documents, those without a unit included.
    pub fn document_count(&self) -> u32 {
        self.counts().document_count
    }

    /// The number of different units.
    pub fn distinct_unit_count(&self) -> u32 {
        self.counts().distinct_unit_count
    }

    /// Whether any document has notes.
    pub fn has_notes(&self) -> bool {
        self.counts().note_start < self.sequence_length()
    }

    /// The first position of the notes; everything before it is passages.
    pub fn note_start(&self) -> u32 {
        self.counts().note_start
    }

    /// The symbol of a unit, if the segment has it.
    pub fn symbol(&self, unit: &str) -> Option<Symbol> {
        self.dictionary().symbol(unit)
    }

    /// The unit of a symbol; the barrier is the empty string.
    pub fn unit(&self, symbol: Symbol) -> &str {
        self.dictionary().unit(symbol)
    }

    /// All different units with their symbols, in the order of their code points.
    pub fn units(&self) -> impl Iterator<Item = (Symbol, &str)> {
        let dictionary = self.dictionary();
        (1..=dictionary.unit_count)
            .map(Symbol::new)
            .map(move |symbol| (symbol, dictionary.unit(symbol)))
    }

    /// The symbols of the units that begin with `prefix`.
    pub fn symbols_with_prefix(&self, prefix: &str) -> Range<Symbol> {
        self.dictionary().symbols_with_prefix(prefix)
    }

    /// The positions of a document's passage; `None` where it has no unit.
    pub fn run_of_document(&self, document: u32) -> Option<Range<u32>> {
        let runs = self.runs();
        runs.passage_run(document).map(|run| runs.range(run))
    }

    /// The documents whose passages are the pieces of one paragraph with that of `document`.
    pub fn paragraph_of(&self, document: u32) -> Range<u32> {
        let continues = |document| {
            self.run_of_document(document)
                .is_some_and(|run| !self.runs().follows_barrier(run.start))
        };
        let (mut start, mut end) = (document, document.saturating_add(1));
        while start > 0 && continues(start) {
            start -= 1;
        }
        while end < self.document_count() && continues(end) {
            end += 1;
        }
        start..end
    }

    /// The positions of each note of a document, in their order; notes without a unit are missing.
    pub fn note_runs(&self, document: u32) -> impl Iterator<Item = Range<u32>> {
        let runs = self.runs();
        runs.note_runs(document).map(move |run| runs.range(run))
    }

    /// The documents that have notes, ascending.
    pub fn documents_with_notes(&self) -> Vec<u32> {
        let runs = self.runs();
        let mut documents: Vec<u32> = (runs.passage_run_count..runs.run_count)
            .map(|run| runs.document(run))
            .collect();
        documents.dedup();
        documents
    }

    /// The symbols at a range of positions, barriers included.
    pub fn symbols_at(&self, positions: Range<u32>) -> impl Iterator<Item = Symbol> {
        let symbols = self.symbols();
        let end = positions.end.min(self.sequence_length());
        (positions.start..end).map(move |position| Symbol::new(symbols.at(position as usize)))
    }

    pub(super) fn counts(&self) -> &Counts {
        &self.layout.counts
    }

    pub(super) fn section(&self, section: Section) -> &[u8] {
        self.bytes.as_ref().get(self.layout.range(section)).unwrap_or_default()
    }

    pub(super) fn dictionary(&self) -> DictionaryView<'_> {
        DictionaryView {
            text: self.section(Section::Units),
            offsets: self.section(Section::UnitOffsets),
            unit_count: self.counts().distinct_unit_count,
        }
    }

    pub(super) fn array(&self) -> PackedIntegers<'_> {
        PackedIntegers::new(self.section(Section::Array), self.counts().position_bits())
    }

    pub(super) fn symbols(&self) -> PackedIntegers<'_> {
        PackedIntegers::new(self.section(Section::Symbols), self.counts().symbol_bits())
    }

    pub(super) fn runs(&self) -> Runs<'_> {
        let counts = self.counts();
        Runs {
            marks: self.section(Section::RunMarks),
            starts: PackedIntegers::new(self.section(Section::RunStarts), counts.position_bits()),
            documents: PackedIntegers::new(self.section(Section::RunDocuments), counts.document_bits()),
            symbols: self.symbols(),
            run_count: counts.run_count,
            passage_run_count: counts.passage_run_count,
            document_count: counts.document_count,
            sequence_length: counts.sequence_length,
        }
    }
}
