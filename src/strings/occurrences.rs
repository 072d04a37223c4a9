//! From an interval to where its string stands: positions, documents and counts.

use std::cell::RefCell;
use std::cmp::Ordering;

use super::index::StringIndex;
use super::interval::Interval;

/// A list of occurrences is counted in a table of all runs rather than sorted when the runs are at most so many times
/// more; measured on 361,000 passages.
const RUNS_PER_OCCURRENCE: u32 = 256;

/// Whether what stands in notes, such as stage directions, is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notes {
    /// Only passages.
    Excluded,
    /// Passages and notes alike.
    Included,
}

/// A position of the sequence, and what it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Location {
    /// The document.
    pub document: u32,
    /// The position of the first unit of the passage or note.
    pub run_start: u32,
    /// The position itself.
    pub position: u32,
    /// Whether it lies in a note.
    pub is_note: bool,
}

impl Location {
    /// The number of units before the position in its passage or note.
    pub fn offset(self) -> u32 {
        self.position - self.run_start
    }
}

impl<B: AsRef<[u8]>> StringIndex<B> {
    /// The positions at which the string of an interval starts, in the order of what follows there, not in theirs.
    pub fn positions(&self, interval: Interval) -> impl Iterator<Item = u32> {
        let array = self.array();
        let unit_count = self.counts().unit_count;
        let ranks = interval.start.min(unit_count)..interval.end.min(unit_count);
        ranks.map(move |rank| array.at(rank as usize))
    }

    /// What a position of a unit belongs to.
    pub fn locate(&self, position: u32) -> Location {
        let runs = self.runs();
        let run = runs.run_at(position);
        Location {
            document: runs.document(run),
            run_start: runs.start(run).min(position),
            position,
            is_note: position >= self.counts().note_start,
        }
    }

    /// The number of occurrences of the string of an interval.
    ///
    /// It is the interval's length, and takes no time, unless the segment has notes and they are excluded: then it takes
    /// the reading of the positions or of the notes, whichever are fewer.
    pub fn occurrence_count(&self, interval: Interval, notes: Notes) -> u64 {
        if notes == Notes::Included || !self.has_notes() || interval.is_empty() {
            return u64::from(interval.len());
        }
        let noted = self.counts().note_start..self.sequence_length();
        if interval.len() as usize <= noted.len() {
            return self.positions_in(interval, notes).count() as u64;
        }
        let (first, last) = (
            self.array().at(interval.start as usize),
            self.array().at(interval.end as usize - 1),
        );
        let is_inside = |position: &u32| {
            self.compare_suffixes(first, *position) != Ordering::Greater
                && self.compare_suffixes(*position, last) != Ordering::Greater
        };
        u64::from(interval.len()).saturating_sub(noted.filter(is_inside).count() as u64)
    }

    /// How the suffixes at two positions stand to each other.
    fn compare_suffixes(&self, left: u32, right: u32) -> Ordering {
        if left == right {
            return Ordering::Equal;
        }
        let end = self.sequence_length();
        self.symbols_at(left..end).cmp(self.symbols_at(right..end))
    }

    /// The occurrences of the string of an interval, ordered by document, then passage before notes, then position.
    ///
    /// An occurrence over the cut between two pieces of a paragraph belongs to the piece in which it starts.
    pub fn occurrences(&self, interval: Interval, notes: Notes) -> Vec<Location> {
        let mut positions: Vec<u32> = self.positions_in(interval, notes).collect();
        positions.sort_unstable();
        let mut occurrences: Vec<Location> = positions.into_iter().map(|position| self.locate(position)).collect();
        if self.has_notes() && notes == Notes::Included {
            // Notes stand behind all passages; a stable sort takes them to their documents.
            occurrences.sort_by_key(|occurrence| occurrence.document);
        }
        occurrences
    }

    /// Each document with the number of occurrences of the string of an interval that start in it, by ascending
    /// document.
    pub fn passage_counts(&self, interval: Interval, notes: Notes) -> Vec<(u32, u32)> {
        let many = interval.len() >= self.counts().run_count / RUNS_PER_OCCURRENCE;
        let mut counts = match many {
            true => self.counts_by_table(interval, notes),
            false => self.counts_by_sorting(interval, notes),
        };
        let runs = self.runs();
        for (run, _) in &mut counts {
            *run = runs.document(*run);
        }
        if self.has_notes() && notes == Notes::Included {
            counts.sort_by_key(|(document, _)| *document);
            add_up_neighbors(&mut counts);
        }
        counts
    }

    fn positions_in(&self, interval: Interval, notes: Notes) -> impl Iterator<Item = u32> {
        let end = match notes {
            Notes::Excluded => self.counts().note_start,
            Notes::Included => self.sequence_length(),
        };
        self.positions(interval).filter(move |position| *position < end)
    }

    /// Each run with its number of occurrences, by ascending run: for many occurrences.
    fn counts_by_table(&self, interval: Interval, notes: Notes) -> Vec<(u32, u32)> {
        let runs = self.runs();
        let run_count = self.counts().run_count as usize;
        // A bit a run says which counts are worth reading: most are none even of a frequent string.
        let mut found_bits = vec![0_u64; run_count.div_ceil(64)];
        COUNTING.with_borrow_mut(|Counting { neighborhoods, counts }| {
            counts.resize(run_count.max(counts.len()), 0);
            let neighborhood_count = (self.sequence_length() >> NEIGHBORHOOD_BITS) as usize + 1;
            neighborhoods.resize_with(neighborhood_count.max(neighborhoods.len()), Vec::new);
            for position in self.positions_in(interval, notes) {
                if let Some(neighborhood) = neighborhoods.get_mut((position >> NEIGHBORHOOD_BITS) as usize) {
                    neighborhood.push(position);
                }
            }
            for neighborhood in neighborhoods {
                for position in neighborhood.drain(..) {
                    let run = runs.run_at(position) as usize;
                    if let (Some(count), Some(bits)) = (counts.get_mut(run), found_bits.get_mut(run / 64)) {
                        *count += 1;
                        *bits |= 1 << (run % 64);
                    }
                }
            }
            taken(counts, &found_bits)
        })
    }

    /// Each run with its number of occurrences, by ascending run: for few occurrences.
    fn counts_by_sorting(&self, interval: Interval, notes: Notes) -> Vec<(u32, u32)> {
        let runs = self.runs();
        let mut found: Vec<u32> = self
            .positions_in(interval, notes)
            .map(|position| runs.run_at(position))
            .collect();
        found.sort_unstable();
        found
            .chunk_by(|left, right| left == right)
            .map(|same| (same[0], same.len() as u32))
            .collect()
    }
}

/// The positions of a frequent string are gathered by neighborhoods of so many bits' positions before they are looked up:
/// in the order of the array each look-up would miss the caches.
const NEIGHBORHOOD_BITS: u32 = 18;

/// What counting a frequent string works in.
struct Counting {
    /// Positions by neighborhood, all empty between two countings.
    neighborhoods: Vec<Vec<u32>>,
    /// A count for each run of the largest segment that this thread has counted in, all zero between two countings.
    counts: Vec<u32>,
}

thread_local! {
    /// Kept by each thread: making and clearing these takes longer than a usual counting.
    static COUNTING: RefCell<Counting> = const { RefCell::new(Counting { neighborhoods: Vec::new(), counts: Vec::new() }) };
}

/// The counts that the bits name, with their runs; they are zero afterwards.
fn taken(counts: &mut [u32], found_bits: &[u64]) -> Vec<(u32, u32)> {
    let found_count = found_bits.iter().map(|bits| bits.count_ones() as usize).sum();
    let mut found = Vec::with_capacity(found_count);
    for (block, bits) in found_bits.iter().enumerate() {
        let mut rest = *bits;
        while rest != 0 {
            let run = block * 64 + rest.trailing_zeros() as usize;
            found.push((run as u32, std::mem::take(&mut counts[run])));
            rest &= rest - 1;
        }
    }
    found
}

/// Makes one of neighbors with the same document.
fn add_up_neighbors(counts: &mut Vec<(u32, u32)>) {
    counts.dedup_by(|(next_document, next_count), (document, count)| {
        let same = next_document == document;
        if same {
            *count += *next_count;
        }
        same
    });
}
