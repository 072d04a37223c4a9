//! The oracle of exactness: a literal scan of folded paragraphs.
//!
//! It shares nothing with the search but the folding of a text. It folds paragraphs whole, so that it knows no cut, and
//! counts a string by comparing units one after another wherever the string's rarest unit stands.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use chancery::analyzer::notes::notes;
use chancery::analyzer::{FoldedText, fold};
use chancery::engine::{Engine, PassageView};
use chancery::text::{ByteSpan, CharSpan};

use super::indexed::all_speeches;

/// Every paragraph of an index as units, and where each unit stands.
pub(crate) struct Oracle {
    pub(crate) paragraphs: Vec<FoldedParagraph>,
    numbers: HashMap<String, u32>,
    places: Vec<Vec<Place>>,
}

/// A paragraph put together from its pieces.
pub(crate) struct FoldedParagraph {
    /// The id of its speech.
    pub(crate) speech: String,
    printed: String,
    /// Its text, with white space in place of stage directions.
    pub(crate) text: String,
    /// Where its units stand in the text.
    pub(crate) spans: Vec<ByteSpan>,
    units: Vec<u32>,
    /// The words that three units may be as well, by the first of these.
    joined: BTreeMap<usize, u32>,
    /// The byte at which each piece begins, and its address.
    pieces: Vec<(usize, String)>,
}

/// A paragraph by its number, and a unit of it by its own.
type Place = (u32, u32);

/// How often a string stands where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// The occurrences in each passage that has any.
    pub(crate) by_passage: BTreeMap<String, u64>,
    /// The number of speeches.
    pub(crate) speeches: u64,
}

impl Counts {
    /// The number of occurrences.
    pub(crate) fn occurrences(&self) -> u64 {
        self.by_passage.values().sum()
    }
}

impl FoldedParagraph {
    fn of(speech: &str, passages: &[PassageView]) -> (Self, FoldedText) {
        let mut text = String::new();
        let mut pieces = Vec::new();
        for passage in passages {
            pieces.push((text.len(), passage.passage.clone()));
            text.push_str(&passage.text);
        }
        let printed = text;
        let text = without_notes(&printed);
        let folded = fold(&text);
        let paragraph = Self {
            speech: speech.to_owned(),
            spans: folded.units().iter().map(|unit| unit.span).collect(),
            units: Vec::new(),
            joined: BTreeMap::new(),
            pieces,
            text,
            printed,
        };
        (paragraph, folded)
    }

    /// The number of units.
    pub(crate) fn len(&self) -> usize {
        self.units.len()
    }

    /// The text from one unit to another, both included.
    pub(crate) fn slice(&self, first: usize, last: usize) -> &str {
        &self.text[self.spans[first].start..self.spans[last].end]
    }

    /// The first unit of each piece but the first.
    pub(crate) fn cuts(&self) -> Vec<usize> {
        let pieces = self.pieces.iter().skip(1);
        pieces
            .map(|(byte, _)| self.spans.partition_point(|span| span.start < *byte))
            .collect()
    }

    /// Where a string that begins at a unit ends, a broken word being its units or, if it may, one word.
    fn end_of(&self, string: &[u32], place: usize) -> Option<usize> {
        let Some((unit, rest)) = string.split_first() else {
            return Some(place);
        };
        let as_unit = (self.units.get(place) == Some(unit)).then(|| self.end_of(rest, place + 1));
        let as_word = (self.joined.get(&place) == Some(unit)).then(|| self.end_of(rest, place + 3));
        as_unit.flatten().or(as_word.flatten())
    }

    /// The address of the piece in which a unit begins, and the bytes that the piece covers.
    fn piece_at(&self, unit: usize) -> (&str, Range<usize>) {
        let start = self.spans[unit].start;
        let after = self.pieces.partition_point(|(byte, _)| *byte <= start);
        let end = self.pieces.get(after).map_or(self.printed.len(), |(byte, _)| *byte);
        let (start, address) = &self.pieces[after - 1];
        (address, *start..end)
    }
}

/// A text with white space, as many bytes of it, in place of its stage directions.
fn without_notes(text: &str) -> String {
    let mut blanked = text.to_owned();
    for note in notes(text) {
        blanked.replace_range(note.range(), &" ".repeat(note.len()));
    }
    blanked
}

impl Oracle {
    /// Folds everything that an index says it holds.
    pub(crate) fn of(engine: &Engine) -> Self {
        let mut oracle = Self {
            paragraphs: Vec::new(),
            numbers: HashMap::new(),
            places: Vec::new(),
        };
        for speech in all_speeches(engine) {
            let paragraphs = speech
                .passages
                .chunk_by(|left, right| left.paragraph == right.paragraph);
            for passages in paragraphs {
                oracle.add(FoldedParagraph::of(&speech.id, passages));
            }
        }
        oracle
    }

    fn add(&mut self, (mut paragraph, folded): (FoldedParagraph, FoldedText)) {
        let number = self.paragraphs.len() as u32;
        for (place, unit) in folded.texts().enumerate() {
            let unit = self.number(unit);
            self.places[unit as usize].push((number, place as u32));
            paragraph.units.push(unit);
        }
        for (place, word) in folded.joined_words() {
            paragraph.joined.insert(place, self.number(word));
        }
        self.paragraphs.push(paragraph);
    }

    fn number(&mut self, unit: &str) -> u32 {
        let next = self.places.len() as u32;
        let number = *self.numbers.entry(unit.to_owned()).or_insert(next);
        if number == next {
            self.places.push(Vec::new());
        }
        number
    }

    /// Counts a string as it is typed.
    pub(crate) fn count(&self, string: &str) -> Counts {
        self.numbers_of(string)
            .map(|units| self.count_units(&units))
            .unwrap_or_default()
    }

    /// The units of a string; nothing where one of them stands nowhere.
    fn numbers_of(&self, string: &str) -> Option<Vec<u32>> {
        fold(string)
            .texts()
            .map(|unit| self.numbers.get(unit).copied())
            .collect()
    }

    /// Counts the units that stand at a place, from one to another, both included.
    pub(crate) fn count_place(&self, paragraph: &FoldedParagraph, first: usize, last: usize) -> Counts {
        self.count_units(&paragraph.units[first..=last])
    }

    fn count_units(&self, string: &[u32]) -> Counts {
        let mut counts = Counts::default();
        let mut speeches = BTreeSet::new();
        for (paragraph, start, _) in self.occurrences(string) {
            let (passage, _) = paragraph.piece_at(start);
            *counts.by_passage.entry(passage.to_owned()).or_default() += 1;
            speeches.insert(&paragraph.speech);
        }
        counts.speeches = speeches.len() as u64;
        counts
    }

    /// The paragraphs in which a string of units stands, the unit at which it begins there, ascending, and the one behind it.
    fn occurrences(&self, string: &[u32]) -> Vec<(&FoldedParagraph, usize, usize)> {
        let mut found = Vec::new();
        let rarest = (0..string.len()).min_by_key(|index| self.places[string[*index] as usize].len());
        let Some(rarest) = rarest else {
            return found;
        };
        for (number, place) in &self.places[string[rarest] as usize] {
            let paragraph = &self.paragraphs[*number as usize];
            let start = (*place as usize).checked_sub(rarest);
            found.extend(
                start
                    .filter(|start| paragraph.units[*start..].starts_with(string))
                    .map(|start| (paragraph, start, start + string.len())),
            );
        }
        let with_joined = self.paragraphs.iter().filter(|paragraph| {
            let mut joined = paragraph.joined.values();
            joined.any(|word| string.contains(word))
        });
        for paragraph in with_joined {
            for start in 0..paragraph.len() {
                let end = paragraph.end_of(string, start);
                let is_found = |end: &usize| *end != start + string.len();
                found.extend(end.filter(is_found).map(|end| (paragraph, start, end)));
            }
        }
        found.sort_by_key(|(paragraph, start, _)| (std::ptr::from_ref(*paragraph), *start));
        found
    }

    /// Where a string as it is typed stands: ranges of code points of each passage in which it begins, ascending, each
    /// occurrence by itself, cut off at the end of the passage.
    pub(crate) fn spans(&self, string: &str) -> BTreeMap<String, Vec<CharSpan>> {
        let mut spans: BTreeMap<String, Vec<CharSpan>> = BTreeMap::new();
        let Some(units) = self.numbers_of(string) else {
            return spans;
        };
        for (paragraph, first, end) in self.occurrences(&units) {
            let last = end - 1;
            let (passage, piece) = paragraph.piece_at(first);
            let chars_to = |byte: usize| paragraph.printed[piece.start..byte.min(piece.end)].chars().count();
            spans.entry(passage.to_owned()).or_default().push(CharSpan {
                start: chars_to(paragraph.spans[first].start),
                end: chars_to(paragraph.spans[last].end),
            });
        }
        spans
    }

    /// Every different unit.
    pub(crate) fn units(&self) -> BTreeSet<&str> {
        self.numbers.keys().map(String::as_str).collect()
    }
}
