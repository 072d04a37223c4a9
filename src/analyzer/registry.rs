//! The analyzer by name: which version made an index, by which dictionary, and the loaded parts, shared and lazy.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::folding::{self, FoldedText, UnitKind};
use super::lexicon::{self, UserLexicon};
use super::tokenizer::han::{HanTokenizer, JIEBA_VERSION};
use crate::text::hexadecimal;

/// The name of the analyzer.
const NAME: &str = "diplomatic";

/// The version of the rules: it goes up with every change after which a text could become other units or other terms.
const VERSION: u32 = 4;

/// What identifies an analyzer: two with the same identity make the same units and terms of every text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct AnalyzerIdentity {
    /// The name.
    pub name: String,
    /// The version of the rules.
    pub version: u32,
    /// SHA-256, in hexadecimal, over the dictionary's version and the words of the lexicons.
    pub dictionary_hash: String,
}

/// The analyzer; its dictionary is looked into when a word is first asked for.
#[derive(Debug)]
pub struct Analyzer {
    user_lexicon: UserLexicon,
    han: OnceLock<HanTokenizer>,
}

impl Analyzer {
    /// An analyzer with the user's own words; nothing is loaded yet.
    pub fn new(user_lexicon: UserLexicon) -> Self {
        Self {
            user_lexicon,
            han: OnceLock::new(),
        }
    }

    /// Name, version and dictionary.
    pub fn identity(&self) -> AnalyzerIdentity {
        let mut hash = Sha256::new();
        hash.update(JIEBA_VERSION);
        hash.update(lexicon::diplomatic_text());
        for word in self.user_lexicon.words() {
            hash.update(word);
            hash.update("\n");
        }
        let dictionary_hash = hexadecimal(&hash.finalize());
        AnalyzerIdentity {
            name: NAME.to_owned(),
            version: VERSION,
            dictionary_hash,
        }
    }

    /// The user's own words.
    pub fn user_lexicon(&self) -> &UserLexicon {
        &self.user_lexicon
    }

    /// The Han tokenizer; nothing is loaded before it is used.
    pub fn han(&self) -> &HanTokenizer {
        self.han.get_or_init(|| HanTokenizer::new(&self.user_lexicon))
    }

    /// The words of a folded text, as ranges of its units: Han by dictionary, every other word or number by itself, marks none.
    pub fn words(&self, folded: &FoldedText) -> Vec<std::ops::Range<usize>> {
        let mut words = Vec::new();
        let mut index = 0;
        while index < folded.len() {
            match folded.units()[index].kind {
                UnitKind::Mark => index += 1,
                UnitKind::Word | UnitKind::Number => {
                    words.push(index..index + 1);
                    index += 1;
                }
                UnitKind::Han => index = self.push_han_words(folded, index, &mut words),
            }
        }
        words
    }

    /// Adds the words of the Han run that begins at a unit; returns the unit after the run.
    fn push_han_words(&self, folded: &FoldedText, start: usize, words: &mut Vec<std::ops::Range<usize>>) -> usize {
        let run = folded.units()[start..]
            .iter()
            .take_while(|unit| unit.kind == UnitKind::Han)
            .count();
        if run == 1 {
            words.push(start..start + 1);
            return start + 1;
        }
        let text: String = (start..start + run).map(|index| folded.unit_text(index)).collect();
        let mut unit = start;
        for word in self.han().words(&text) {
            let length = folding::fold(word).len();
            words.push(unit..unit + length);
            unit += length;
        }
        start + run
    }
}
