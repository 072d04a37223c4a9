//! The set-up without an index: the folded text of every paragraph in memory, with the year of its speech, read from end to end
//! for every question.

use std::collections::BTreeMap;

use chancery::corpus::passage::passages;
use memchr::memmem::Finder;

use crate::support::corpus::Corpus;
use crate::support::scan::{PARAGRAPH_START, UNIT_END, push_units};

/// How many bytes of its right context an occurrence is sorted by.
const CONTEXT_BYTES: usize = 60;

/// All paragraphs, folded, speech by speech.
pub(crate) struct Scanned {
    units: String,
    /// Where each speech ends in the units, with its year; none where it has no date.
    speech_ends: Vec<(usize, Option<String>)>,
}

impl Scanned {
    /// Folds a corpus.
    pub(crate) fn of(corpus: &Corpus) -> Self {
        let mut scanned = Self {
            units: String::with_capacity(corpus.text_bytes as usize * 2),
            speech_ends: Vec::with_capacity(corpus.speeches.len()),
        };
        for speech in &corpus.speeches {
            for passage in passages(speech) {
                if passage.piece.is_none_or(|piece| piece == 1) {
                    scanned.units.push_str(PARAGRAPH_START);
                }
                push_units(passage.text, &mut scanned.units);
            }
            let year = speech
                .metadata
                .date()
                .map(|date| format!("{:04}", date.calendar_year()));
            scanned.speech_ends.push((scanned.units.len(), year));
        }
        scanned
    }

    /// The printed text, a paragraph or a piece of one a line.
    pub(crate) fn printed(&self, corpus: &Corpus) -> String {
        let mut text = String::with_capacity(corpus.text_bytes as usize);
        for passage in corpus.speeches.iter().flat_map(passages) {
            text.push_str(&passage.text.replace('\n', " "));
            text.push('\n');
        }
        text
    }

    /// Where a string stands: where its first unit begins, ascending.
    fn places(&self, string: &str) -> Vec<usize> {
        let mut needle = UNIT_END.to_owned();
        push_units(string, &mut needle);
        let finder = Finder::new(&needle);
        let (mut places, mut from) = (Vec::new(), 0);
        while let Some(offset) = finder.find(&self.units.as_bytes()[from..]) {
            // The needle begins with the end of the unit before.
            from += offset + UNIT_END.len();
            places.push(from);
        }
        places
    }

    /// The occurrences of a string.
    pub(crate) fn count(&self, string: &str) -> u64 {
        self.places(string).len() as u64
    }

    /// The occurrences of a string by year; those without a year under nothing.
    pub(crate) fn by_year(&self, string: &str) -> BTreeMap<String, u64> {
        let mut by_year: BTreeMap<String, u64> = BTreeMap::new();
        let mut speech = 0;
        for place in self.places(string) {
            while self.speech_ends[speech].0 <= place {
                speech += 1;
            }
            *by_year
                .entry(self.speech_ends[speech].1.clone().unwrap_or_default())
                .or_default() += 1;
        }
        by_year
    }

    /// The right contexts of a string, sorted.
    pub(crate) fn sorted_contexts(&self, string: &str) -> Vec<&[u8]> {
        let text = self.units.as_bytes();
        let context = |place: usize| &text[place..(place + CONTEXT_BYTES).min(text.len())];
        let mut contexts: Vec<&[u8]> = self.places(string).into_iter().map(context).collect();
        contexts.sort_unstable();
        contexts
    }
}
