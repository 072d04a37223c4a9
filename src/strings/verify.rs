//! The proof that a file is what the format says: checksums, and every invariant that look-ups rely on.

use super::dictionary::{DictionaryView, integer_at};
use super::format::{FormatError, Section};
use super::index::StringIndex;
use super::joined::{BROKEN_UNITS, Joined};
use super::symbol::Symbol;

/// Marks a position that the array does not hold; ranks are below 2³¹.
const NO_RANK: u32 = u32::MAX;

impl<B: AsRef<[u8]>> StringIndex<B> {
    /// Proves the file whole: checksums, the dictionary sorted, the array complete and sorted up to barriers, the runs
    /// consistent. Takes time in proportion to the file and four bytes a unit.
    ///
    /// # Errors
    /// The first damage found.
    pub fn verify(&self) -> Result<(), FormatError> {
        for section in Section::ALL {
            let checksum = crc32fast::hash(self.section(section));
            check(
                checksum == self.layout.checksum(section),
                section,
                "the checksum differs",
            )?;
        }
        self.verify_dictionary()?;
        self.verify_array()?;
        self.verify_runs()?;
        self.verify_joined()?;
        self.verify_marks()
    }

    fn verify_dictionary(&self) -> Result<(), FormatError> {
        let dictionary = self.dictionary();
        let DictionaryView { text, unit_count, .. } = dictionary;
        let fills_text = dictionary.offset(0) == 0 && dictionary.offset(unit_count) == text.len();
        check(fills_text, Section::UnitOffsets, "the units do not fill their section")?;
        let mut previous: &[u8] = &[];
        for index in 0..unit_count {
            let unit = dictionary.bytes(index);
            let ascends = previous < unit;
            check(ascends, Section::Units, "the units do not ascend")?;
            check(std::str::from_utf8(unit).is_ok(), Section::Units, "a unit is not UTF-8")?;
            previous = unit;
        }
        Ok(())
    }

    /// Sortedness by induction (Burkhardt and Kärkkäinen 2003): neighbors are in order when their first symbols are, or
    /// when these are equal and the suffixes behind them are in order, which their ranks say.
    fn verify_array(&self) -> Result<(), FormatError> {
        let ranks = self.ranks_by_position()?;
        let (array, symbols) = (self.array(), self.symbols());
        // Behind a barrier nothing is compared: all suffixes that start with one count as equal and least.
        let rank_behind = |position: u32| match ranks.get(position as usize + 1) {
            Some(rank) if *rank != NO_RANK => rank + 1,
            _ => 0,
        };
        let key = |rank: u32| {
            let position = array.at(rank as usize);
            (symbols.at(position as usize), rank_behind(position))
        };
        let mut previous = (0, 0);
        for rank in 0..self.counts().unit_count {
            let current = key(rank);
            check(previous <= current, Section::Array, "the suffixes are not sorted")?;
            let starts_bucket = previous.0 < current.0;
            previous = current;
            if starts_bucket {
                let start = integer_at(self.section(Section::BucketStarts), current.0 as usize - 1);
                check(start == rank, Section::BucketStarts, "a bucket starts elsewhere")?;
            }
        }
        let total = integer_at(
            self.section(Section::BucketStarts),
            self.counts().distinct_unit_count as usize,
        );
        check(
            total == self.counts().unit_count,
            Section::BucketStarts,
            "the total differs",
        )
    }

    /// The rank of each position, after the proof that the array holds every unit's position once and nothing else.
    fn ranks_by_position(&self) -> Result<Vec<u32>, FormatError> {
        let counts = self.counts();
        let (array, symbols) = (self.array(), self.symbols());
        let mut ranks = vec![NO_RANK; counts.sequence_length as usize];
        for rank in 0..counts.unit_count {
            let place = ranks.get_mut(array.at(rank as usize) as usize);
            let place = place.ok_or(Section::Array.damaged("a position lies outside the sequence"))?;
            check(*place == NO_RANK, Section::Array, "a position occurs twice")?;
            *place = rank;
        }
        let mut occurs = vec![false; counts.distinct_unit_count as usize + 1];
        for Joined { word, .. } in self.joined() {
            let seen = occurs.get_mut(word.number() as usize);
            *seen.ok_or(Section::JoinedWords.damaged("a symbol has no unit"))? = true;
        }
        for (position, rank) in ranks.iter().enumerate() {
            let symbol = symbols.at(position);
            let seen = occurs.get_mut(symbol as usize);
            *seen.ok_or(Section::Symbols.damaged("a symbol has no unit"))? = true;
            let is_barrier = symbol == Symbol::BARRIER.number();
            check(
                is_barrier == (*rank == NO_RANK),
                Section::Array,
                "a unit's position is missing",
            )?;
        }
        check(
            occurs.iter().skip(1).all(|seen| *seen),
            Section::Symbols,
            "a unit does not occur",
        )?;
        Ok(ranks)
    }

    /// The joined words ascend, stand in one run each and apart from each other, and both orders name the same.
    fn verify_joined(&self) -> Result<(), FormatError> {
        let (runs, count) = (self.runs(), self.joined_count());
        let mut free_from = 0;
        for Joined { position, word } in self.joined() {
            let run = runs.range(runs.run_at(position));
            let fits = position >= free_from && run.contains(&position) && position + BROKEN_UNITS <= run.end;
            check(fits, Section::JoinedPositions, "a word does not stand in one run")?;
            check(word != Symbol::BARRIER, Section::JoinedWords, "a word is missing")?;
            free_from = position + BROKEN_UNITS;
        }
        let key = |rank: u32| {
            let place = self.joined_by_word().at(rank as usize);
            (self.joined_place(place).word, place)
        };
        for rank in 0..count {
            let ascends = rank == 0 || key(rank - 1) < key(rank);
            check(
                ascends && key(rank).1 < count,
                Section::JoinedByWord,
                "the words do not ascend",
            )?;
        }
        Ok(())
    }

    fn verify_runs(&self) -> Result<(), FormatError> {
        let (counts, runs) = (self.counts(), self.runs());
        let mut previous_start = None;
        for run in 0..counts.run_count {
            let start = runs.start(run);
            check(
                previous_start < Some(start),
                Section::RunStarts,
                "the starts do not ascend",
            )?;
            let on_unit = self.symbols().at(start as usize) != Symbol::BARRIER.number();
            check(on_unit, Section::RunStarts, "a run does not start at a unit")?;
            let is_note = run >= counts.passage_run_count;
            check(
                is_note == (start >= counts.note_start),
                Section::RunStarts,
                "passages and notes are mixed",
            )?;
            let apart = !is_note || runs.follows_barrier(start);
            check(apart, Section::RunStarts, "a note does not follow a barrier")?;
            previous_start = Some(start);
        }
        for run in 0..counts.run_count {
            let document = runs.documents.at(run as usize);
            check(
                document < counts.document_count,
                Section::RunDocuments,
                "a document does not exist",
            )?;
            if run > 0 && run != counts.passage_run_count {
                let previous = runs.documents.at(run as usize - 1);
                let is_note = run > counts.passage_run_count;
                let ascends = previous < document || is_note && previous == document;
                check(ascends, Section::RunDocuments, "the documents do not ascend")?;
            }
        }
        Ok(())
    }

    /// The marks agree with the starts, and a run starts behind every barrier.
    fn verify_marks(&self) -> Result<(), FormatError> {
        let (runs, symbols) = (self.runs(), self.symbols());
        let mut started = 0;
        let mut after_barrier = true;
        for position in 0..self.sequence_length() {
            let is_barrier = symbols.at(position as usize) == Symbol::BARRIER.number();
            let starts_here = started < runs.run_count && runs.start(started) == position;
            started += u32::from(starts_here);
            check(
                runs.starts_up_to(position) == started,
                Section::RunMarks,
                "they contradict the run starts",
            )?;
            let bounded = is_barrier || starts_here || !after_barrier;
            check(bounded, Section::RunStarts, "no run starts behind a barrier")?;
            after_barrier = is_barrier;
        }
        check(
            started == runs.run_count,
            Section::RunStarts,
            "a run starts outside the sequence",
        )
    }
}

fn check(holds: bool, section: Section, reason: &'static str) -> Result<(), FormatError> {
    if holds { Ok(()) } else { Err(section.damaged(reason)) }
}
