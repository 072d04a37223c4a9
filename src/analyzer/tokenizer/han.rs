//! Han text → words by jieba's dictionary and the lexicons. The only place that knows jieba.

use std::borrow::Cow;
use std::fmt::Write;
use std::ops::Range;
use std::sync::OnceLock;

use fst::Map;
use tantivy_jieba::jieba_rs::Jieba;

use crate::analyzer::lexicon::{self, UserLexicon};

/// The version of jieba-rs whose dictionary and algorithm cut the words; `Cargo.toml` pins the same.
pub const JIEBA_VERSION: &str = "0.11.0";

/// The words of jieba's dictionary that are Han characters alone, with their frequencies, made by `build.rs`; read in place.
static DICTIONARY: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/dictionary.fst"));

/// The sum of the frequencies of all words of jieba's dictionary.
const DICTIONARY_TOTAL: &str = include_str!(concat!(env!("OUT_DIR"), "/dictionary_total"));

/// A word that no text has: it stands for all words of the dictionary that a text cannot hold.
const ALL_OTHERS: &str = "\u{E000}";

/// The dictionary and the lexicons.
///
/// To cut a query only the words that it can hold are loaded, which takes microseconds; to index a text all are, which takes
/// about a tenth of a second, once.
pub struct HanTokenizer {
    lexicon: Vec<String>,
    whole: OnceLock<Jieba>,
}

impl HanTokenizer {
    /// The stock dictionary with the diplomatic lexicon and the user's own words; nothing is loaded yet.
    pub fn new(user: &UserLexicon) -> Self {
        let stock = lexicon::diplomatic_words().map(str::to_owned);
        Self {
            lexicon: stock.chain(user.words().map(str::to_owned)).collect(),
            whole: OnceLock::new(),
        }
    }

    /// Cuts folded Han text into words that cover it, in order.
    pub fn words<'a>(&self, han: &'a str) -> Vec<&'a str> {
        let jieba = self.jieba_for(han);
        jieba.cut(han, true).into_iter().map(|token| token.word).collect()
    }

    /// Hands on the words that rank folded Han text as a query: the words that cover it and the shorter words inside of them.
    pub fn words_and_parts<'a>(&self, han: &'a str, mut found: impl FnMut(&'a str)) {
        for token in self.jieba_for(han).cut_for_search(han, true) {
            found(token.word);
        }
    }

    /// Hands on what is indexed of folded Han text: every word of the dictionary and the lexicons of two or more characters, at
    /// every place where it stands, whether or not the text would be cut there. So the frequency of such a word in a passage is
    /// the number of its occurrences as a string.
    pub fn dictionary_words<'a>(&self, han: &'a str, mut found: impl FnMut(Range<usize>, &'a str)) {
        for token in self.whole().cut_all(han) {
            if token.end - token.start > 1 {
                found(token.start..token.end, token.word);
            }
        }
    }

    fn whole(&self) -> &Jieba {
        self.whole.get_or_init(|| {
            let mut jieba = Jieba::new();
            add_words(&mut jieba, self.lexicon.iter());
            jieba
        })
    }

    /// A jieba that knows the words which a text can hold, and how frequent all others are together: it cuts the text as one
    /// that knows all words does.
    fn jieba_for(&self, han: &str) -> Jieba {
        let mut jieba = Jieba::empty();
        let entries = entries_of(han);
        if jieba.load_dict(&mut entries.as_bytes()).is_err() {
            return self.whole().clone();
        }
        add_words(
            &mut jieba,
            self.lexicon.iter().filter(|word| han.contains(word.as_str())),
        );
        jieba
    }
}

/// Without a frequency a word gets one that makes it win over its parts, and no existing word is harmed.
fn add_words<'w>(jieba: &mut Jieba, words: impl Iterator<Item = &'w String>) {
    for word in words {
        jieba.add_word(word, None, None);
    }
}

/// The entries of the dictionary that a text can hold, as jieba reads them: a word and its frequency a line.
fn entries_of(han: &str) -> String {
    let total: u64 = DICTIONARY_TOTAL.parse().unwrap_or_default();
    let mut entries: Vec<(&str, u64)> = Vec::new();
    if let Ok(dictionary) = Map::new(Cow::Borrowed(DICTIONARY)) {
        for (start, _) in han.char_indices() {
            push_prefixes(&dictionary, &han[start..], &mut entries);
        }
    }
    entries.sort_unstable();
    entries.dedup();
    let known: u64 = entries.iter().map(|(_, frequency)| frequency).sum();
    let mut text = format!("{ALL_OTHERS} {}\n", total.saturating_sub(known));
    for (word, frequency) in entries {
        // Nothing can go wrong in writing to a string.
        let _ = writeln!(text, "{word} {frequency}");
    }
    text
}

/// Adds the words of the dictionary with which a text begins.
fn push_prefixes<'a>(dictionary: &Map<Cow<'_, [u8]>>, text: &'a str, entries: &mut Vec<(&'a str, u64)>) {
    let words = dictionary.as_fst();
    let (mut node, mut frequency) = (words.root(), 0);
    for (index, byte) in text.bytes().enumerate() {
        let Some(step) = node.find_input(byte) else { return };
        let transition = node.transition(step);
        frequency += transition.out.value();
        node = words.node(transition.addr);
        if node.is_final() {
            entries.push((&text[..=index], frequency + node.final_output().value()));
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
        let tokenizer = HanTokenizer::new(&user);
        assert_eq!(tokenizer.words("外交部弘扬澜海精神"), ["外交部", "弘扬", "澜海精神"]);
        assert_eq!(tokenizer.words("共建一带一路"), ["共建", "一带一路"]);
        let mut parts = Vec::new();
        tokenizer.words_and_parts("上海合作组织", |word| parts.push(word));
        assert!(parts.contains(&"上海合作组织") && parts.contains(&"合作"), "{parts:?}");
    }

    #[test]
    fn the_words_of_a_text_cut_it_as_all_words_do() {
        let tokenizer = HanTokenizer::new(&UserLexicon::default());
        let texts = [
            "中华人民共和国主席习近平在第二届中国中亚峰会上发表主旨发言",
            "坚持人与自然和谐共生推动构建人类命运共同体",
            "托卡耶夫总统和米尔济约耶夫总统在阿斯塔纳会见记者",
            "他来到了网易杭研大厦买水果然后结婚的和尚未结婚的",
            "互不干涉内政和平等互利",
            "龘靐齉",
            "我",
        ];
        for text in texts {
            let of_whole: Vec<&str> = tokenizer
                .whole()
                .cut(text, true)
                .into_iter()
                .map(|token| token.word)
                .collect();
            assert_eq!(tokenizer.words(text), of_whole);
            let mut parts = Vec::new();
            tokenizer.words_and_parts(text, |word| parts.push(word));
            let of_whole = tokenizer.whole().cut_for_search(text, true);
            assert_eq!(parts, of_whole.into_iter().map(|token| token.word).collect::<Vec<_>>());
        }
    }

    #[test]
    fn every_occurrence_of_a_word_is_handed_on_wherever_a_text_would_be_cut() {
        let tokenizer = HanTokenizer::new(&UserLexicon::default());
        let text = "互不干涉内政和平等互利国家主权和平和平";
        let mut found: Vec<(usize, &str)> = Vec::new();
        tokenizer.dictionary_words(text, |place, word| found.push((place.start, word)));
        let characters: Vec<(usize, char)> = text.char_indices().collect();
        for (first, (byte, _)) in characters.iter().enumerate() {
            for end in first + 2..=characters.len() {
                let end = characters.get(end).map_or(text.len(), |(byte, _)| *byte);
                let word = &text[*byte..end];
                assert_eq!(
                    found.contains(&(first, word)),
                    tokenizer.whole().has_word(word),
                    "{word} at {first}"
                );
            }
        }
    }
}
