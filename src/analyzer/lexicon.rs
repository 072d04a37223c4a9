//! The words that the stock dictionary of the Han tokenizer lacks: the diplomatic lexicon shipped with the product, and
//! the user's own. A lexicon changes how texts are cut into words for ranking; it never changes what a string matches.

use crate::error::{Error, ErrorKind, Result};
use crate::text::is_han;

/// `word<TAB>kind<TAB>source class`; lines that begin with `#` are remarks.
const DIPLOMATIC: &str = include_str!("lexicon/diplomatic.tsv");

/// The words of the diplomatic lexicon.
pub fn diplomatic_words() -> impl Iterator<Item = &'static str> {
    words_of(DIPLOMATIC)
}

/// The whole text of the diplomatic lexicon, for the hash that identifies the dictionary.
pub(super) fn diplomatic_text() -> &'static str {
    DIPLOMATIC
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split('\t').next())
        .map(str::trim)
        .filter(|word| !word.is_empty())
}

/// The user's own words, in the order of the file, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct UserLexicon {
    words: Vec<String>,
}

impl UserLexicon {
    /// Reads a lexicon: one word a line, anything after a tab is the user's own remark, `#` begins a remark line.
    ///
    /// # Errors
    /// A word that is not all Han names its line: other scripts are cut at white space and need no lexicon.
    pub fn parse(text: &str) -> Result<Self> {
        let mut words: Vec<String> = Vec::new();
        for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let word = line.split('\t').next().unwrap_or_default().trim();
            if word.is_empty() || word.starts_with('#') {
                continue;
            }
            let folded = super::folding::fold_line(word);
            if folded.chars().count() < 2 || !folded.chars().all(is_han) {
                let message = format!(
                    "line {}: `{word}` is not a word of two or more Han characters",
                    index + 1
                );
                return Err(Error::new(ErrorKind::Usage, message)
                    .hint("a lexicon holds one Han word a line; other scripts need none"));
            }
            if !words.contains(&folded) {
                words.push(folded);
            }
        }
        Ok(Self { words })
    }

    /// The words, folded.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_lexicon_is_clean() {
        let words: Vec<&str> = diplomatic_words().collect();
        assert!(words.len() >= 300, "{}", words.len());
        for line in DIPLOMATIC.lines().filter(|line| !line.starts_with('#')) {
            assert_eq!(
                line.split('\t').filter(|column| !column.trim().is_empty()).count(),
                3,
                "{line}"
            );
        }
        let folded = super::super::folding::fold_line;
        assert!(
            words.iter().all(|word| folded(word) == *word),
            "words are stored folded"
        );
    }

    #[test]
    fn a_user_lexicon_is_folded_and_names_its_bad_line() {
        let lexicon = UserLexicon::parse("# mine\n一帶一路\t倡议\n\n一带一路\n澜海精神\n").unwrap();
        assert_eq!(lexicon.words().collect::<Vec<_>>(), ["一带一路", "澜海精神"]);
        let error = UserLexicon::parse("澜海精神\nG20\n").unwrap_err();
        assert!(error.to_string().contains("line 2"), "{error}");
    }
}
