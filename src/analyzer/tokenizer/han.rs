//! Han text → words by jieba's dictionary and the lexicons. The only place that knows jieba.

use std::ops::Range;

use tantivy_jieba::jieba_rs::Jieba;

use crate::analyzer::lexicon::{self, UserLexicon};

/// The version of jieba-rs whose dictionary and algorithm cut the words; `Cargo.toml` pins the same.
pub const JIEBA_VERSION: &str = "0.11.0";

/// The loaded dictionary. Loading takes about a tenth of a second; share one.
pub struct HanTokenizer {
    jieba: Jieba,
}

impl HanTokenizer {
    /// Loads the stock dictionary, the diplomatic lexicon and the user's own words.
    pub fn load(user: &UserLexicon) -> Self {
        let mut jieba = Jieba::new();
        // Without a frequency a word gets one that makes it win over its parts, and no existing word is harmed.
        for word in lexicon::diplomatic_words() {
            jieba.add_word(word, None, None);
        }
        for word in user.words() {
            jieba.add_word(word, None, None);
        }
        Self { jieba }
    }

    /// Cuts folded Han text into words that cover it, in order.
    pub fn words<'a>(&self, han: &'a str) -> Vec<&'a str> {
        self.jieba.cut(han, true).into_iter().map(|token| token.word).collect()
    }

    /// Hands on the words that rank folded Han text as a query: the words that cover it and the shorter words inside of them.
    pub fn words_and_parts<'a>(&self, han: &'a str, mut found: impl FnMut(&'a str)) {
        for token in self.jieba.cut_for_search(han, true) {
            found(token.word);
        }
    }

    /// Hands on what is indexed of folded Han text: every word of the dictionary and the lexicons of two or more characters, at
    /// every place where it stands, whether or not the text would be cut there. So the frequency of such a word in a passage is
    /// the number of its occurrences as a string.
    pub fn dictionary_words<'a>(&self, han: &'a str, mut found: impl FnMut(Range<usize>, &'a str)) {
        for token in self.jieba.cut_all(han) {
            if token.end - token.start > 1 {
                found(token.start..token.end, token.word);
            }
        }
    }
}

impl std::fmt::Debug for HanTokenizer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("HanTokenizer")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lexicons_make_words_and_harm_none() {
        let user = UserLexicon::parse("澜海精神").unwrap();
        let tokenizer = HanTokenizer::load(&user);
        assert_eq!(tokenizer.words("外交部弘扬澜海精神"), ["外交部", "弘扬", "澜海精神"]);
        assert_eq!(tokenizer.words("共建一带一路"), ["共建", "一带一路"]);
        let mut parts = Vec::new();
        tokenizer.words_and_parts("上海合作组织", |word| parts.push(word));
        assert!(parts.contains(&"上海合作组织") && parts.contains(&"合作"), "{parts:?}");
    }
}
