//! The units of one passage as one string: the form in which a passage travels from the analyzer to the index writer.
//!
//! Both indexes of a segment read it, so that a text is folded once: the word tokenizer cuts it into words, the exact
//! index takes the units. Control characters separate the parts; folded units never contain them.

use super::folding::{self, BROKEN_WORD_UNITS, FoldedText, UnitKind};
use super::notes;
use crate::text::{ByteSpan, is_han};

const AFTER_LANGUAGE: char = '\u{1D}';
const AS_ONE_WORD: char = '\u{1A}';
const CONTINUES: char = '\u{1C}';
const FOLLOWING_HAN: char = '\u{1B}';
const NOTE: char = '\u{1E}';
const AFTER_UNIT: char = '\u{1F}';

/// A passage cut into what was said and the stage directions in it, each as units with spans in the passage.
#[derive(Clone, Debug, Default)]
pub struct PassageUnits {
    /// What was said, stage directions left out.
    pub speech: FoldedText,
    /// The stage directions, each by itself.
    pub notes: Vec<FoldedText>,
    /// Where the stage directions stand in the passage, brackets included.
    pub note_spans: Vec<ByteSpan>,
}

/// Folds a passage.
pub fn passage_units(text: &str) -> PassageUnits {
    let note_spans = notes::notes(text);
    if note_spans.is_empty() {
        return PassageUnits {
            speech: folding::fold(text),
            ..PassageUnits::default()
        };
    }
    PassageUnits {
        speech: folding::fold_without(text, &note_spans),
        notes: note_spans.iter().map(|span| folding::fold_part(text, *span)).collect(),
        note_spans,
    }
}

/// Whether a passage goes on in the middle of a paragraph or begins one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Continuity {
    /// The first piece, or the whole, of a paragraph: nothing matches across its beginning.
    BeginsParagraph,
    /// A later piece: a string may begin in the piece before it.
    ContinuesParagraph,
}

/// Writes a passage's units as one string; `language` is a primary subtag, empty where it is not known. `following_han` are the
/// Han characters, folded, with which the next piece of the same paragraph goes on: a word over the cut belongs to the piece in
/// which it begins.
pub fn encode(units: &PassageUnits, language: &str, continuity: Continuity, following_han: &str) -> String {
    let mut text = String::with_capacity(units.speech.len() * 5 + 8);
    text.push_str(language);
    text.push(AFTER_LANGUAGE);
    if continuity == Continuity::ContinuesParagraph {
        text.push(CONTINUES);
    }
    if !following_han.is_empty() {
        text.push(FOLLOWING_HAN);
        text.push_str(following_han);
        text.push(FOLLOWING_HAN);
    }
    let push_all = |folded: &FoldedText, text: &mut String| {
        let mut joined = folded.joined_words().peekable();
        for (index, unit) in folded.texts().enumerate() {
            text.push_str(unit);
            text.push(AFTER_UNIT);
            if let Some((_, word)) = joined.next_if(|(first, _)| first + BROKEN_WORD_UNITS == index + 1) {
                text.push(AS_ONE_WORD);
                text.push_str(word);
                text.push(AFTER_UNIT);
            }
        }
    };
    push_all(&units.speech, &mut text);
    for note in &units.notes {
        text.push(NOTE);
        push_all(note, &mut text);
    }
    text
}

/// An encoded passage, read back.
#[derive(Clone, Copy, Debug)]
pub struct UnitText<'a> {
    /// The primary subtag of the language, empty where it is not known.
    pub language: &'a str,
    /// Whether the passage goes on in the middle of a paragraph.
    pub continuity: Continuity,
    following_han: &'a str,
    speech: &'a str,
    notes: &'a str,
}

impl<'a> UnitText<'a> {
    /// Reads what [`encode`] wrote; any other text is read as units without a language.
    pub fn decode(text: &'a str) -> Self {
        let (language, rest) = text.split_once(AFTER_LANGUAGE).unwrap_or(("", text));
        let (continuity, rest) = match rest.strip_prefix(CONTINUES) {
            Some(rest) => (Continuity::ContinuesParagraph, rest),
            None => (Continuity::BeginsParagraph, rest),
        };
        let following = rest.strip_prefix(FOLLOWING_HAN);
        let (following_han, rest) = following
            .and_then(|rest| rest.split_once(FOLLOWING_HAN))
            .unwrap_or(("", rest));
        let (speech, notes) = rest.split_once(NOTE).unwrap_or((rest, ""));
        Self {
            language,
            continuity,
            following_han,
            speech,
            notes,
        }
    }

    /// The Han characters with which the next piece of the same paragraph goes on.
    pub fn following_han(&self) -> std::str::Chars<'a> {
        self.following_han.chars()
    }

    /// What was said.
    pub fn speech(&self) -> impl Iterator<Item = Said<'a>> + use<'a> {
        said(self.speech)
    }

    /// Each stage direction.
    pub fn notes(&self) -> impl Iterator<Item = impl Iterator<Item = Said<'a>> + use<'a>> + use<'a> {
        self.notes.split_terminator(NOTE).map(said)
    }
}

/// A step of what was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said<'a> {
    /// A unit.
    Unit(&'a str),
    /// The last [`BROKEN_WORD_UNITS`] units once more, as the one word that they may also be.
    AsOneWord(&'a str),
}

fn said(encoded: &str) -> impl Iterator<Item = Said<'_>> {
    let parts = encoded.split_terminator(AFTER_UNIT);
    parts.map(|part| part.strip_prefix(AS_ONE_WORD).map_or(Said::Unit(part), Said::AsOneWord))
}

/// The kind of a unit, told from its folded form.
pub fn kind_of(unit: &str) -> UnitKind {
    let first = unit.chars().next().unwrap_or(' ');
    if is_han(first) {
        UnitKind::Han
    } else if first.is_alphabetic() {
        UnitKind::Word
    } else if unit
        .chars()
        .all(|character| character.is_numeric() || matches!(character, '.' | ','))
        && first.is_numeric()
    {
        UnitKind::Number
    } else if unit.chars().any(char::is_alphanumeric) {
        UnitKind::Word
    } else {
        UnitKind::Mark
    }
}

/// The span in the passage that a run of units covers, from the start of the first to the end of the last.
pub fn span_of(folded: &FoldedText, first: usize, count: usize) -> ByteSpan {
    let units = folded.units();
    ByteSpan::new(units[first].span.start, units[first + count - 1].span.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written<'a>(said: impl Iterator<Item = Said<'a>>) -> String {
        let step = |step: Said<'_>| match step {
            Said::Unit(unit) => unit.to_owned(),
            Said::AsOneWord(word) => format!("={word}"),
        };
        said.map(step).collect::<Vec<String>>().join(" ")
    }

    #[test]
    fn what_is_encoded_is_read_back() {
        let units = passage_units("共建“一带一路”。（掌声）Thank you (applause)! Peace-\nkeeping.");
        let text = encode(&units, "zh", Continuity::ContinuesParagraph, "倡议");
        let read = UnitText::decode(&text);
        assert_eq!(read.language, "zh");
        assert_eq!(read.following_han().as_str(), "倡议");
        assert_eq!(read.continuity, Continuity::ContinuesParagraph);
        assert_eq!(
            written(read.speech()),
            "共 建 \" 一 带 一 路 \" 。 thank you ! peace - keeping =peacekeeping ."
        );
        let notes: Vec<String> = read.notes().map(written).collect();
        assert_eq!(notes, ["( 掌 声 )", "( applause )"]);
        let empty = encode(&passage_units(""), "", Continuity::BeginsParagraph, "");
        assert_eq!(UnitText::decode(&empty).speech().count(), 0);
    }
}
