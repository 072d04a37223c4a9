//! A passage of the index, with the words that a query may hold: where queries are drawn from.

use std::ops::Range;
use std::sync::Arc;

use crate::analyzer::stop_words::is_stop_word;
use crate::analyzer::tokenizer::alphabetic::WordTerms;
use crate::analyzer::unit_text::{passage_units, span_of};
use crate::analyzer::{Analyzer, FoldedText, UnitKind};
use crate::error::Result;
use crate::index::{Snapshot, SpeechAddress, SpeechRecord};
use crate::text::ByteSpan;

/// A passage, read.
pub(super) struct Place {
    /// What is known about its speech.
    pub(super) record: Arc<SpeechRecord>,
    /// The words that a keyword query may hold, in order.
    pub(super) words: Vec<Word>,
    text: String,
    units: FoldedText,
    /// The stage directions in the text, which no string may run across.
    notes: Vec<ByteSpan>,
}

/// A word of a passage.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// The word as printed.
    pub(super) printed: String,
    /// The term under which the index of words has it.
    pub(super) term: String,
    /// Whether it is written in Han characters, in letters or in digits.
    pub(super) kind: UnitKind,
}

impl Place {
    /// Reads a passage of the speech that begins at an address.
    pub(super) fn read(snapshot: &Snapshot, speech: SpeechAddress, passage: SpeechAddress) -> Result<Self> {
        let record = snapshot.remembered_record(speech)?;
        let text = snapshot.passage(passage)?.text;
        let language = record.metadata.language();
        let language = language.as_ref().map_or("", |language| language.primary());
        let folded = passage_units(&text);
        let words = content_words(&text, &folded.speech, language, snapshot.analyzer());
        Ok(Self {
            record,
            words,
            text,
            units: folded.speech,
            notes: folded.note_spans,
        })
    }

    /// The number of units.
    pub(super) fn unit_count(&self) -> usize {
        self.units.len()
    }

    /// The text of some units, where it means the same between quotation marks.
    pub(super) fn quotable(&self, units: Range<usize>) -> Option<&str> {
        let is_wordless = units
            .clone()
            .all(|unit| self.units.units()[unit].kind == UnitKind::Mark);
        let span = span_of(&self.units, units.start, units.len());
        let has_note = self.notes.iter().any(|note| note.overlaps(span));
        let text = &self.text[span.range()];
        (!is_wordless && !has_note && can_be_quoted(text)).then_some(text)
    }
}

/// Whether a string means the same between quotation marks.
pub(super) fn can_be_quoted(string: &str) -> bool {
    !string.contains(|character: char| "\"“”„‟«»‹›「」『』〝〞〟‘’\\".contains(character) || character.is_control())
}

/// The words of a text that a query may hold: of two characters and more, no stop words, no operators.
fn content_words(text: &str, units: &FoldedText, language: &str, analyzer: &Analyzer) -> Vec<Word> {
    let mut word_terms = WordTerms::default();
    let mut words = Vec::new();
    for range in analyzer.words(units) {
        let printed = &text[span_of(units, range.start, range.len()).range()];
        let folded: String = range.clone().map(|unit| units.unit_text(unit)).collect();
        let is_plain = printed.chars().all(char::is_alphanumeric) && printed.chars().count() > 1;
        if !is_plain || is_stop_word(&folded) || folded == "near" {
            continue;
        }
        let kind = units.units()[range.start].kind;
        words.push(Word {
            printed: printed.to_owned(),
            term: match kind {
                UnitKind::Word => word_terms.term(&folded, language),
                _ => folded,
            },
            kind,
        });
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyzer::lexicon::UserLexicon;

    fn words(text: &str, language: &str) -> Vec<(String, String)> {
        let analyzer = Analyzer::new(UserLexicon::default());
        let words = content_words(text, &passage_units(text).speech, language, &analyzer);
        words.into_iter().map(|word| (word.printed, word.term)).collect()
    }

    #[test]
    fn operators_stop_words_and_single_characters_are_no_keywords() {
        let printed =
            |text: &str| -> Vec<String> { words(text, "en").into_iter().map(|(printed, _)| printed).collect() };
        assert_eq!(printed("Bridges NEAR the sea AND x"), ["Bridges", "sea"]);
        assert_eq!(printed("我们的 铁路, 2019"), ["铁路", "2019"]);
        assert!(printed("").is_empty());
    }

    #[test]
    fn a_word_is_known_by_the_term_of_the_index() {
        let found = words("Cooperation", "en");
        assert_eq!(found.len(), 1);
        assert_ne!(found[0].0, found[0].1);
    }
}
