//! The set-up without an index: a literal scan of the folded paragraphs, in memory. What it counts is the truth about a
//! string, and what it takes is what an index is for.

use chancery::analyzer::unit_text::passage_units;
use chancery::corpus::passage::passages;
use memchr::memmem::Finder;

use super::corpus::Corpus;

/// What stands behind every unit.
pub(crate) const UNIT_END: &str = "\u{1F}";

/// What stands before every paragraph.
pub(crate) const PARAGRAPH_START: &str = "\u{1E}\u{1F}";

/// All paragraphs, folded: `#|命|运|#|` where `|` ends a unit and `#` divides paragraphs.
pub(crate) struct LiteralScan {
    units: String,
    /// Where each passage ends in the units.
    passage_ends: Vec<usize>,
}

/// What a string was counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    /// Overlapping ones included.
    pub(crate) occurrences: u64,
    /// The passages in which one begins.
    pub(crate) passages: u64,
}

impl LiteralScan {
    /// Folds all paragraphs of a corpus.
    pub(crate) fn of(corpus: &Corpus) -> Self {
        let mut units = String::with_capacity(corpus.text_bytes as usize * 2);
        let mut passage_ends = Vec::with_capacity(corpus.passage_count as usize);
        for passage in corpus.speeches.iter().flat_map(passages) {
            if passage.piece.is_none_or(|piece| piece == 1) {
                units.push_str(PARAGRAPH_START);
            }
            push_units(passage.text, &mut units);
            passage_ends.push(units.len());
        }
        Self { units, passage_ends }
    }

    /// Counts a string in one pass over everything.
    pub(crate) fn count(&self, string: &str) -> Count {
        let mut needle = UNIT_END.to_owned();
        push_units(string, &mut needle);
        let finder = Finder::new(&needle);
        let (mut count, mut passage_end, mut from) = (Count::default(), 0, 0);
        while let Some(offset) = finder.find(&self.units.as_bytes()[from..]) {
            // The needle begins with the end of the unit before.
            let start = from + offset + UNIT_END.len();
            count.occurrences += 1;
            if start >= passage_end {
                count.passages += 1;
                let passage = self.passage_ends.partition_point(|end| *end <= start);
                passage_end = self.passage_ends[passage];
            }
            from = start;
        }
        count
    }
}

/// Writes the units of a text, each with its end.
pub(crate) fn push_units(text: &str, units: &mut String) {
    for unit in passage_units(text).speech.texts() {
        units.push_str(unit);
        units.push_str(UNIT_END);
    }
}
