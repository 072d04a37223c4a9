//! Merging: the sequences of several files, without their deleted documents, into one that is sorted anew.
//!
//! Symbols are translated through the union of the dictionaries, so no unit is looked at twice. The result is the same,
//! byte for byte, as if the documents that are left had been gathered afresh.

use std::ops::Range;

use super::dictionary::Dictionary;
use super::index::StringIndex;
use super::joined::Joined;
use super::sequence::Sequence;
use super::sorted::{BuildError, SortedSequence};
use super::symbol::{Symbol, SymbolLimits};

/// Merges segments, each with its documents that are alive, in ascending order; these are numbered anew from 0, segment
/// by segment. What remains of a paragraph on the two sides of a deleted piece is no longer contiguous.
///
/// # Errors
/// Those of [`SequenceBuilder::finish`](super::SequenceBuilder::finish).
pub fn merge<'i, B, A>(
    segments: impl IntoIterator<Item = (&'i StringIndex<B>, A)>,
    limits: &SymbolLimits,
) -> Result<SortedSequence, BuildError>
where
    B: AsRef<[u8]> + 'i,
    A: IntoIterator<Item = u32>,
{
    let mut document_count = 0;
    let mut sources: Vec<Source<'i, B>> = Vec::new();
    for (index, alive) in segments {
        let source = Source::new(index, alive.into_iter().collect(), document_count);
        document_count += source.alive.len() as u32;
        sources.push(source);
    }
    let dictionary = unite(&mut sources)?;
    let capacity = sources
        .iter()
        .map(|source| source.index.sequence_length() as usize)
        .sum();
    let mut sequence = Sequence::new(dictionary, limits, capacity);
    for source in &sources {
        source.append_runs(0..source.index.counts().passage_run_count, &mut sequence);
    }
    sequence.begin_notes();
    for source in &sources {
        let counts = source.index.counts();
        source.append_runs(counts.passage_run_count..counts.run_count, &mut sequence);
    }
    sequence.document_count = document_count;
    drop(sources);
    sequence.sort()
}

/// A segment that is merged.
struct Source<'i, B> {
    index: &'i StringIndex<B>,
    alive: Vec<u32>,
    /// The new number of the first document that is alive.
    first_document: u32,
    /// The new symbol of each old one. Before the dictionaries are united: 1 for those that still occur.
    new_symbols: Vec<u32>,
}

impl<'i, B: AsRef<[u8]>> Source<'i, B> {
    fn new(index: &'i StringIndex<B>, alive: Vec<u32>, first_document: u32) -> Self {
        let symbol_count = index.counts().distinct_unit_count as usize + 1;
        let all_alive = alive.len() >= index.document_count() as usize;
        let mut source = Self {
            index,
            alive,
            first_document,
            new_symbols: vec![u32::from(all_alive); symbol_count],
        };
        if !all_alive {
            source.mark_units_that_remain();
        }
        source.new_symbols[0] = Symbol::BARRIER.number();
        source
    }

    fn mark_units_that_remain(&mut self) {
        let counts = self.index.counts();
        let mut remains = std::mem::take(&mut self.new_symbols);
        for part in [0..counts.passage_run_count, counts.passage_run_count..counts.run_count] {
            for run in self.alive_runs(part) {
                let joined = self.index.joined_in(run.positions.clone()).map(|joined| joined.word);
                for symbol in self.index.symbols_at(run.positions).chain(joined) {
                    if let Some(mark) = remains.get_mut(symbol.number() as usize) {
                        *mark = 1;
                    }
                }
            }
        }
        self.new_symbols = remains;
    }

    /// The runs of a part, passages or notes, whose documents are alive.
    fn alive_runs(&self, part: Range<u32>) -> impl Iterator<Item = AliveRun> {
        let runs = self.index.runs();
        let mut alive = (self.first_document..).zip(&self.alive).peekable();
        let mut previous_end = 0;
        part.filter_map(move |run| {
            let old_document = runs.document(run);
            while alive.next_if(|(_, old)| **old < old_document).is_some() {}
            let (document, _) = *alive.peek().filter(|(_, old)| **old == old_document)?;
            // Runs that overlap, which only a damaged file has, would make the result longer than its sources.
            let Range { start, end } = runs.range(run);
            let positions = start.max(previous_end)..end;
            previous_end = end.max(previous_end);
            (!positions.is_empty()).then_some(AliveRun {
                run,
                positions,
                document,
            })
        })
    }

    /// The units that remain, with their old symbols.
    fn remaining_units(&self) -> impl Iterator<Item = (usize, &'i str)> {
        let units = self
            .index
            .units()
            .map(|(symbol, unit)| (symbol.number() as usize, unit));
        units.filter(|(symbol, _)| self.new_symbols[*symbol] != 0)
    }

    fn append_runs(&self, part: Range<u32>, sequence: &mut Sequence) {
        let runs = self.index.runs();
        let mut previous_run = None;
        for AliveRun {
            run,
            positions,
            document,
        } in self.alive_runs(part)
        {
            let follows_previous = previous_run.is_some() && previous_run == run.checked_sub(1);
            if !follows_previous || runs.follows_barrier(positions.start) {
                sequence.symbols.push(Symbol::BARRIER.number());
            }
            let start = sequence.symbols.len() as u32;
            sequence.runs.push(start as usize, document);
            for Joined { position, word } in self.index.joined_in(positions.clone()) {
                // A word without a unit is found only in a damaged file.
                let word = self
                    .new_symbols
                    .get(word.number() as usize)
                    .copied()
                    .unwrap_or_default();
                if word != Symbol::BARRIER.number() {
                    sequence.joined.push(start + (position - positions.start), word);
                }
            }
            for symbol in self.index.symbols_at(positions) {
                // A symbol without a unit is found only in a damaged file.
                let new_symbol = self.new_symbols.get(symbol.number() as usize);
                sequence
                    .symbols
                    .push(new_symbol.copied().unwrap_or(Symbol::BARRIER.number()));
            }
            previous_run = Some(run);
        }
    }
}

/// A run that is taken over.
struct AliveRun {
    run: u32,
    positions: Range<u32>,
    /// The new number of its document.
    document: u32,
}

/// The dictionary of all units that remain; gives each source its new symbols.
fn unite<B: AsRef<[u8]>>(sources: &mut [Source<'_, B>]) -> Result<Dictionary, BuildError> {
    let mut units: Vec<&str> = sources
        .iter()
        .flat_map(|source| source.remaining_units().map(|(_, unit)| unit))
        .collect();
    units.sort_unstable();
    units.dedup();
    for source in sources {
        let mut new_symbols = vec![Symbol::BARRIER.number(); source.new_symbols.len()];
        // Both lists ascend, so one walk over them finds every unit.
        let mut united = (1..).zip(&units).peekable();
        for (symbol, unit) in source.remaining_units() {
            while united.next_if(|(_, known)| **known < unit).is_some() {}
            if let Some((new_symbol, _)) = united.peek().filter(|(_, known)| **known == unit) {
                new_symbols[symbol] = *new_symbol;
            }
        }
        source.new_symbols = new_symbols;
    }
    Dictionary::of(units).ok_or(BuildError::UnitsTooLong)
}
