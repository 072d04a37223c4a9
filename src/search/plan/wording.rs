//! The wording of a query: its units in the order typed, and the words that they make up. The second stage of the ranking
//! compares passages with it.

use std::ops::Range;

use crate::analyzer::stop_words::is_stop_word;
use crate::analyzer::{Analyzer, FoldedText, UnitKind, fold};
use crate::query::expression::{Expression, Node, Occur};
use crate::search::leaf::word_terms;

/// What a query asks for, unit by unit; what is negated, left open or about the metadata is no part of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wording {
    /// The units, marks left out.
    pub units: Vec<WordingUnit>,
    /// The words that say what is asked for, as ranges of the units. A quoted string is one word.
    pub words: Vec<Range<usize>>,
}

/// A unit of a query.
#[derive(Clone, Debug, PartialEq)]
pub struct WordingUnit {
    /// The unit, folded.
    pub text: String,
    /// The terms that its inflected forms share; empty where it has none.
    pub terms: Vec<String>,
    /// Whether it says what is asked for by itself: it is in a word that is no stop word.
    pub is_content: bool,
    /// Whether it is part of a quoted string.
    pub is_quoted: bool,
    /// Whether it stands right behind the unit before it.
    pub follows: bool,
    /// By how much the query multiplies what it scores.
    pub weight: f32,
}

impl Wording {
    /// The wording of a tree, its words inflected as in these languages.
    pub(super) fn of(tree: &Node, languages: &[String], analyzer: &Analyzer) -> Self {
        let mut writer = Writer {
            wording: Self::default(),
            runs_on: tree.is_plain(),
            weight: 1.0,
            languages,
            analyzer,
        };
        writer.add(tree);
        writer.wording.finished(tree.is_plain())
    }

    /// The wording with units told apart by whether they say what is asked for; where none does, all of them do. Those of quoted
    /// strings say it by themselves only beside keywords: a passage without the string may then match, and best with most of it.
    fn finished(mut self, is_plain: bool) -> Self {
        let is_word = |range: &Range<usize>| !is_stop_word(&self.text_of(range));
        if self.words.iter().any(is_word) {
            let kept = self.words.iter().filter(|range| is_word(range)).cloned().collect();
            self.words = kept;
        }
        let has_parts = is_plain && self.units.iter().any(|unit| !unit.is_quoted);
        for unit in self.words.iter().cloned().flatten() {
            self.units[unit].is_content = has_parts || !self.units[unit].is_quoted;
        }
        for unit in self.units.iter_mut().filter(|unit| unit.is_quoted) {
            unit.follows &= has_parts;
        }
        self
    }

    fn text_of(&self, range: &Range<usize>) -> String {
        let units = self.units[range.clone()].iter();
        units.map(|unit| unit.text.as_str()).collect()
    }
}

/// Whether a text stands in quotation marks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quoted {
    Yes,
    No,
}

struct Writer<'a> {
    wording: Wording,
    /// Whether keywords side by side are read as one text.
    runs_on: bool,
    weight: f32,
    languages: &'a [String],
    analyzer: &'a Analyzer,
}

impl Writer<'_> {
    fn add(&mut self, node: &Node) {
        match &node.expression {
            Expression::Keyword(keyword) => {
                let folded = fold(&keyword.text);
                let words = match folded.len() {
                    1 => std::iter::once(0..1).collect(),
                    _ => self.analyzer.words(&folded),
                };
                self.add_text(&folded, &words, Quoted::No);
            }
            Expression::Phrase(phrase) => self.add_string(&phrase.text),
            Expression::Gapped(gapped) => gapped.parts.iter().for_each(|part| self.add_string(part)),
            Expression::Near(near) => near.operands.iter().for_each(|part| self.add(part)),
            Expression::And(parts) | Expression::Or(parts) => parts.iter().for_each(|part| self.add(part)),
            Expression::Clauses(clauses) => {
                let wanted = clauses.iter().filter(|clause| clause.occur != Occur::MustNot);
                wanted.for_each(|clause| self.add(&clause.node));
            }
            Expression::Weighted(weighted) => {
                let outer = self.weight;
                self.weight *= weighted.factor();
                self.add(&weighted.node);
                self.weight = outer;
            }
            Expression::Wildcard(_)
            | Expression::Fuzzy(_)
            | Expression::Regex(_)
            | Expression::Field(_)
            | Expression::Not(_) => {}
        }
    }

    /// Adds a string, which is found as it is: its words are not inflected, and no dictionary is needed.
    fn add_string(&mut self, string: &str) {
        let folded = fold(string);
        let whole = 0..folded.len();
        self.add_text(&folded, &[whole], Quoted::Yes);
    }

    fn add_text(&mut self, folded: &FoldedText, words: &[Range<usize>], quoted: Quoted) {
        let is_quoted = quoted == Quoted::Yes;
        let last = self.wording.units.last();
        let mut follows = self.runs_on && !is_quoted && last.is_some_and(|unit| !unit.is_quoted);
        // Where each unit of the text stands in the wording; a mark stands where the next unit does.
        let mut places = Vec::with_capacity(folded.len() + 1);
        for (unit, text) in folded.units().iter().zip(folded.texts()) {
            places.push(self.wording.units.len());
            if unit.kind == UnitKind::Mark {
                follows = false;
                continue;
            }
            let terms = match unit.kind {
                UnitKind::Word if !is_quoted => word_terms(text, self.languages),
                _ => Vec::new(),
            };
            self.wording.units.push(WordingUnit {
                text: text.to_owned(),
                terms,
                is_content: false,
                is_quoted,
                follows,
                weight: self.weight,
            });
            follows = true;
        }
        places.push(self.wording.units.len());
        let ranges = words.iter().map(|word| places[word.start]..places[word.end]);
        self.wording.words.extend(ranges.filter(|range| !range.is_empty()));
    }
}
