//! Every different unit of the texts: what a unit of a pattern matches is asked of each of them once, not at every place.

use std::collections::HashMap;

use chancery::analyzer::UnitKind;
use chancery::analyzer::tokenizer::alphabetic::WordTerms;

/// The different units, by number, and the languages of the texts.
#[derive(Default)]
pub(crate) struct Vocabulary {
    units: Vec<(String, UnitKind)>,
    numbers: HashMap<(String, UnitKind), u32>,
    languages: Vec<String>,
    /// For each language, the term of each unit that is a word.
    terms: Vec<Vec<String>>,
}

/// The units that a unit of a pattern matches: a yes or no for each unit of the vocabulary.
#[derive(Clone, Debug)]
pub(crate) enum UnitSet {
    /// In every language the same.
    InAll(Vec<bool>),
    /// For each language by its number.
    ByLanguage(Vec<Vec<bool>>),
}

impl UnitSet {
    /// The set in a text of a language; none where it is empty, as no word is inflected without a language.
    pub(crate) fn in_language(&self, language: Option<usize>) -> Option<&[bool]> {
        match self {
            Self::InAll(units) => Some(units),
            Self::ByLanguage(languages) => language.map(|language| languages[language].as_slice()),
        }
    }
}

impl Vocabulary {
    /// The number of a unit; it gets one if it has none.
    pub(crate) fn number(&mut self, unit: (String, UnitKind)) -> u32 {
        let next = self.units.len() as u32;
        let number = *self.numbers.entry(unit.clone()).or_insert(next);
        if number == next {
            self.units.push(unit);
        }
        number
    }

    /// The number of a language; it gets one if it has none.
    pub(crate) fn language(&mut self, language: &str) -> usize {
        let known = self.languages.iter().position(|other| other == language);
        known.unwrap_or_else(|| {
            self.languages.push(language.to_owned());
            self.languages.len() - 1
        })
    }

    /// Makes the terms of all words; to be called when every unit has its number.
    pub(crate) fn make_terms(&mut self) {
        let mut word_terms = WordTerms::default();
        for language in &self.languages {
            let mut term = |(unit, kind): &(String, UnitKind)| match kind {
                UnitKind::Word => word_terms.term(unit, language),
                _ => String::new(),
            };
            self.terms.push(self.units.iter().map(&mut term).collect());
        }
    }

    /// The units that are just this one.
    pub(crate) fn just(&self, unit: &str) -> UnitSet {
        let mut set = vec![false; self.units.len()];
        for kind in [UnitKind::Han, UnitKind::Word, UnitKind::Number, UnitKind::Mark] {
            if let Some(number) = self.numbers.get(&(unit.to_owned(), kind)) {
                set[*number as usize] = true;
            }
        }
        UnitSet::InAll(set)
    }

    /// The units for which something holds.
    pub(crate) fn all_that(&self, holds: impl Fn(&str, UnitKind) -> bool) -> UnitSet {
        UnitSet::InAll(self.units.iter().map(|(unit, kind)| holds(unit, *kind)).collect())
    }

    /// The words that have one of the terms in the language of their text.
    pub(crate) fn with_term(&self, terms: &[String]) -> UnitSet {
        let is_one = |term: &String| !term.is_empty() && terms.contains(term);
        let of_language = |own: &Vec<String>| own.iter().map(is_one).collect();
        UnitSet::ByLanguage(self.terms.iter().map(of_language).collect())
    }
}
