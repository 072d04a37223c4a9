//! How a text is folded and cut, for whoever wants to see it.

use serde::Serialize;

use crate::analyzer::unit_text::passage_units;
use crate::analyzer::{Analyzer, UnitKind};
use crate::text::{ByteSpan, CharSpan, char_spans};

/// How a text is folded and cut.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct Analysis {
    /// The units, in order, stage directions left out.
    pub units: Vec<AnalyzedToken>,
    /// The words that rank, in order; the shorter words inside of one follow from it.
    pub words: Vec<AnalyzedToken>,
    /// The stage directions, which are kept apart.
    pub notes: Vec<CharSpan>,
}

/// A unit or word of an analyzed text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct AnalyzedToken {
    /// Its folded form.
    pub text: String,
    /// The terms that it is found by, where they are not its folded form alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<String>,
    /// Its first code point in the text.
    pub start: usize,
    /// One past its last code point.
    pub end: usize,
    /// The unit at which it begins, from 0.
    pub position: usize,
    /// `han`, `word`, `number` or `mark`.
    pub kind: &'static str,
}

/// Analyzes a text, as it would be in a speech of a language (a primary subtag; empty where not known).
pub fn analyze(text: &str, language: &str, analyzer: &Analyzer) -> Analysis {
    let passage = passage_units(text);
    let folded = &passage.speech;
    let spans: Vec<ByteSpan> = folded.units().iter().map(|unit| unit.span).collect();
    let chars = char_spans(text, &spans);
    let token = |first: usize, count: usize, terms: Vec<String>| AnalyzedToken {
        text: (first..first + count).map(|index| folded.unit_text(index)).collect(),
        terms,
        start: chars[first].start,
        end: chars[first + count - 1].end,
        position: first,
        kind: kind_name(folded.units()[first].kind),
    };
    let units = (0..folded.len()).map(|index| token(index, 1, Vec::new())).collect();
    let mut word_terms = crate::analyzer::tokenizer::alphabetic::WordTerms::default();
    let mut words = Vec::new();
    for range in analyzer.words(folded) {
        let text: String = range.clone().map(|index| folded.unit_text(index)).collect();
        let terms = match folded.units()[range.start].kind {
            UnitKind::Word => vec![word_terms.term(&text, language)],
            UnitKind::Han if range.len() > 1 => {
                let mut indexed = Vec::new();
                analyzer
                    .han()
                    .dictionary_words(&text, |_, word| indexed.push(word.to_owned()));
                indexed
            }
            _ => Vec::new(),
        };
        let terms = if terms == [text] { Vec::new() } else { terms };
        words.push(token(range.start, range.len(), terms));
    }
    Analysis {
        units,
        words,
        notes: char_spans(text, &passage.note_spans),
    }
}

fn kind_name(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Han => "han",
        UnitKind::Word => "word",
        UnitKind::Number => "number",
        UnitKind::Mark => "mark",
    }
}
