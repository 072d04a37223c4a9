//! What one unit must be.

use std::cell::RefCell;

use crate::analyzer::UnitKind;
use crate::analyzer::folding::joins_words;
use crate::analyzer::tokenizer::alphabetic::WordTerms;
use crate::analyzer::unit_text::kind_of;

/// What one unit must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitPattern {
    /// This unit.
    Exactly(String),
    /// A unit of these characters, some of them left open.
    Open(OpenText),
    /// A unit of one character that is no mark.
    OneCharacter,
    /// A word at most so many wrong letters away from this one: a letter missing, too many, another, or swapped with its neighbor.
    Within(String, u8),
    /// This word, or one that shares one of its terms in the language of its passage.
    Inflected {
        /// The word itself.
        word: String,
        /// The terms that its inflected forms share.
        terms: Vec<String>,
    },
}

/// Characters, some of them left open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenText {
    /// The characters; `None` stands for any one character.
    pub characters: Vec<Option<char>>,
    /// Whether anything may follow them.
    pub open_end: bool,
}

impl OpenText {
    /// The text itself, nothing left open.
    pub fn of(text: &str) -> Self {
        Self {
            characters: text.chars().map(Some).collect(),
            open_end: false,
        }
    }

    /// Whether a text is one of those meant.
    pub fn matches(&self, text: &str) -> bool {
        let mut rest = text.chars();
        for wanted in &self.characters {
            match (rest.next(), wanted) {
                (None, _) => return false,
                (Some(found), Some(wanted)) if found != *wanted => return false,
                _ => {}
            }
        }
        self.open_end || rest.next().is_none()
    }

    /// The characters before the first that is left open.
    pub fn prefix(&self) -> String {
        self.characters.iter().map_while(|character| *character).collect()
    }

    /// Whether nothing but the end is left open.
    pub fn is_prefix(&self) -> bool {
        self.open_end && self.characters.iter().all(Option::is_some)
    }
}

thread_local! {
    /// The stems of words seen before: the passages of a corpus share most of theirs, and a stem costs more than the rest.
    static WORD_TERMS: RefCell<WordTerms> = RefCell::default();
}

impl UnitPattern {
    /// The unit, where only one is meant.
    pub fn exact(&self) -> Option<&str> {
        match self {
            Self::Exactly(unit) => Some(unit),
            _ => None,
        }
    }

    /// The unit that was asked for, where none of it is left open.
    pub fn unit(&self) -> Option<&str> {
        match self {
            Self::Exactly(unit) | Self::Inflected { word: unit, .. } => Some(unit),
            _ => None,
        }
    }

    /// Whether a unit of a passage in a language (a primary subtag; `None` where words are not inflected) is one of those
    /// meant.
    pub fn matches(&self, unit: &str, language: Option<&str>) -> bool {
        match self {
            Self::Exactly(wanted) => unit == wanted,
            Self::Open(open) => open.matches(unit),
            Self::OneCharacter => is_one_character(unit),
            Self::Within(word, distance) => {
                is_alphabetic_word(unit) && strsim::osa_distance(word, unit) <= usize::from(*distance)
            }
            Self::Inflected { word, terms } => {
                unit == word || language.is_some_and(|language| shares_term(unit, language, terms))
            }
        }
    }
}

fn is_one_character(unit: &str) -> bool {
    let mut characters = unit.chars();
    characters.next().is_some() && characters.next().is_none() && kind_of(unit) != UnitKind::Mark
}

/// Whether a unit is a word that can be misspelt: not a Han character, number or mark.
pub fn is_alphabetic_word(unit: &str) -> bool {
    kind_of(unit) == UnitKind::Word && unit.chars().next().is_some_and(joins_words)
}

fn shares_term(unit: &str, language: &str, terms: &[String]) -> bool {
    kind_of(unit) == UnitKind::Word
        && WORD_TERMS
            .with_borrow_mut(|known| known.with_term(unit, language, |term| terms.iter().any(|own| own == term)))
}

/// Hands on the term of a folded word in a passage of a language (a primary subtag), as the words index has it.
pub fn with_term<R>(word: &str, language: &str, use_term: impl FnOnce(&str) -> R) -> R {
    WORD_TERMS.with_borrow_mut(|known| known.with_term(word, language, use_term))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_text_matches_character_by_character() {
        let open = |characters: &str, open_end| OpenText {
            characters: characters.chars().map(|c| (c != '?').then_some(c)).collect(),
            open_end,
        };
        assert!(open("wom?n", false).matches("women") && open("wom?n", false).matches("woman"));
        assert!(!open("wom?n", false).matches("womn") && !open("wom?n", false).matches("womens"));
        assert!(open("climat", true).matches("climat") && open("climat", true).matches("climatic"));
        assert!(open("?é", true).matches("téléphone") && !open("?é", true).matches("t"));
    }

    #[test]
    fn a_word_matches_its_inflected_forms_in_the_language_of_the_passage() {
        let nations = UnitPattern::Inflected {
            word: "nations".to_owned(),
            terms: vec!["nation".to_owned()],
        };
        assert!(nations.matches("nation", Some("en")) && nations.matches("nations", None));
        assert!(!nations.matches("nation", None) && !nations.matches("notions", Some("en")));
    }

    #[test]
    fn swapped_letters_are_one_mistake() {
        let within = UnitPattern::Within("cooperation".to_owned(), 1);
        assert!(within.matches("coopeartion", None) && within.matches("coperation", None));
        assert!(!within.matches("coprations", None) && !within.matches("合", None) && !within.matches("1", None));
    }
}
