//! The leaves of a query, made ready: a keyword or string as units, terms and words. No index is needed to make one.

use crate::analyzer::stop_words::is_stop_word;
use crate::analyzer::tokenizer::alphabetic::{WordTerms, candidate_languages};
use crate::analyzer::{Analyzer, FoldedText, UnitKind, fold};
use crate::error::{Error, ErrorKind, Result};
use crate::query::{Expression, Node};

/// A keyword or string, made ready to be looked up and to be highlighted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// Whether it was written in quotation marks: then only the string counts.
    pub is_phrase: bool,
    /// The units of the string.
    pub units: Vec<String>,
    /// The text as typed, where strings must match as printed.
    pub printed: Option<String>,
    /// For one alphabetic word: the terms that its inflected forms share.
    pub inflections: Vec<String>,
    /// For a Han keyword of several words: the words that together match as well, each as units.
    pub words: Vec<Vec<String>>,
}

/// How keywords are read: side by side they match by their words too, among operators as strings only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeywordReading {
    /// As the string, or by all of their words.
    StringOrWords,
    /// As the string, outside Han in any inflected form.
    StringOnly,
}

impl Leaf {
    /// Makes a quoted string ready.
    ///
    /// # Errors
    /// [`ErrorKind::Query`] for a string of punctuation or white space only.
    pub fn phrase(text: &str, as_printed: bool) -> Result<Self> {
        let folded = fold(text);
        if folded.is_punctuation_only() {
            let message = format!("`{text}` holds no letter, character or digit to search for");
            return Err(Error::new(ErrorKind::Query, message).hint("put a word or a Han character between the marks"));
        }
        let printed = as_printed.then(|| text.trim().to_owned());
        Ok(Self {
            is_phrase: true,
            units: owned_units(&folded),
            printed,
            inflections: Vec::new(),
            words: Vec::new(),
        })
    }

    /// Makes a keyword ready; `None` where it holds nothing to search for.
    pub fn keyword(text: &str, reading: KeywordReading, languages: &[String], analyzer: &Analyzer) -> Option<Self> {
        let folded = without_outer_marks(fold(text));
        if folded.is_empty() {
            return None;
        }
        let units = folded.clone();
        let mut leaf = Self {
            is_phrase: false,
            units,
            printed: None,
            inflections: Vec::new(),
            words: Vec::new(),
        };
        match folded.len() {
            1 => leaf.inflections = inflections(&leaf.units[0], languages),
            _ if reading == KeywordReading::StringOrWords => leaf.words = han_words(&folded.join(""), analyzer),
            _ => {}
        }
        Some(leaf)
    }

    /// Whether the keyword is a stop word by itself.
    pub fn is_stop_word(&self) -> bool {
        !self.is_phrase && is_stop_word(&self.units.join(""))
    }
}

fn owned_units(folded: &FoldedText) -> Vec<String> {
    folded.texts().map(str::to_owned).collect()
}

/// The units of a keyword; punctuation at its ends was not meant: `气候变化？` asks for 气候变化.
fn without_outer_marks(folded: FoldedText) -> Vec<String> {
    let is_mark = |index: &usize| folded.units()[*index].kind == UnitKind::Mark;
    let kept = |index: &usize| !is_mark(index) || !"?,.;:!。、…\"《》〈〉".contains(folded.unit_text(*index));
    let first = (0..folded.len()).find(kept);
    let last = (0..folded.len()).rev().find(kept);
    match (first, last) {
        (Some(first), Some(last)) => {
            let all_marks = (first..=last).all(|index| is_mark(&index));
            if all_marks {
                Vec::new()
            } else {
                (first..=last).map(|index| folded.unit_text(index).to_owned()).collect()
            }
        }
        _ => Vec::new(),
    }
}

fn inflections(word: &str, languages: &[String]) -> Vec<String> {
    let mut word_terms = WordTerms::default();
    let candidates = candidate_languages(word, languages.iter().map(String::as_str));
    let mut terms: Vec<String> = candidates
        .iter()
        .map(|language| word_terms.term(word, language))
        .collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// The words of a Han keyword when it has several that are not stop words; else none.
fn han_words(keyword: &str, analyzer: &Analyzer) -> Vec<Vec<String>> {
    let folded = fold(keyword);
    if folded.units().iter().any(|unit| unit.kind != UnitKind::Han) {
        return Vec::new();
    }
    let ranges = analyzer.words(&folded);
    if ranges.len() < 2 {
        return Vec::new();
    }
    let units = |range: std::ops::Range<usize>| -> Vec<String> {
        range.map(|index| folded.unit_text(index).to_owned()).collect()
    };
    let words: Vec<Vec<String>> = ranges.into_iter().map(units).collect();
    let content: Vec<Vec<String>> = words
        .iter()
        .filter(|word| !is_stop_word(&word.concat()))
        .cloned()
        .collect();
    if content.is_empty() { words } else { content }
}

/// The leaves of a query that count for a match, with the nodes they come from, in the order of the query.
///
/// Stop words are left out unless the query has nothing else.
///
/// # Errors
/// [`ErrorKind::Query`] where a string, or the whole query, holds nothing to search for.
pub fn leaf_of(node: &Node, options: &LeafOptions<'_>) -> Result<Option<Leaf>> {
    match &node.expression {
        Expression::Phrase(phrase) => {
            let leaf = Leaf::phrase(&phrase.text, options.as_printed);
            leaf.map(Some).map_err(|error| error.in_query(options.query, node.span))
        }
        Expression::Keyword(keyword) if options.as_printed => Ok(Leaf::phrase(&keyword.text, true).ok()),
        Expression::Keyword(keyword) => Ok(Leaf::keyword(
            &keyword.text,
            options.reading,
            options.languages,
            options.analyzer,
        )),
        _ => Ok(None),
    }
}

/// What the making of leaves depends on.
#[derive(Clone, Copy)]
pub struct LeafOptions<'a> {
    /// The query, for errors.
    pub query: &'a str,
    /// How keywords are read.
    pub reading: KeywordReading,
    /// Whether strings must match as printed.
    pub as_printed: bool,
    /// The primary subtags of the languages whose inflections count.
    pub languages: &'a [String],
    /// The analyzer; its dictionary is loaded only for Han keywords of several characters.
    pub analyzer: &'a Analyzer,
}
