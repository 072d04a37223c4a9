//! Han text → words by jieba's dictionary and the lexicons. The only place that knows jieba.

use std::ops::Range;
use std::sync::{Mutex, OnceLock, PoisonError};

use fst::Map;
use rustc_hash::{FxHashMap, FxHashSet};
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
    /// The words of the lexicons by their first character, shorter ones first.
    lexicon: FxHashMap<char, Vec<String>>,
    needed: Mutex<NeededWords>,
    whole: OnceLock<Jieba>,
}

/// The words that queries so far can hold, loaded.
struct NeededWords {
    jieba: Jieba,
    known: FxHashSet<String>,
    /// The sum of the frequencies of all other words of the dictionary.
    rest: usize,
}

impl HanTokenizer {
    /// The stock dictionary with the diplomatic lexicon and the user's own words; nothing is loaded yet.
    pub fn new(user: &UserLexicon) -> Self {
        let mut lexicon: FxHashMap<char, Vec<String>> = FxHashMap::default();
        let stock = lexicon::diplomatic_words().map(str::to_owned);
        for word in stock.chain(user.words().map(str::to_owned)) {
            if let Some(first) = word.chars().next() {
                lexicon.entry(first).or_default().push(word);
            }
        }
        lexicon.values_mut().for_each(|words| words.sort_by_key(String::len));
        Self {
            lexicon,
            needed: Mutex::new(NeededWords::none()),
            whole: OnceLock::new(),
        }
    }

    /// Cuts folded Han text into words that cover it, in order.
    pub fn words<'a>(&self, han: &'a str) -> Vec<&'a str> {
        self.with_words_of(han, |jieba| {
            jieba.cut(han, true).into_iter().map(|token| token.word).collect()
        })
    }

    /// Hands on the words that rank folded Han text as a query: the words that cover it and the shorter words inside of them.
    pub fn words_and_parts<'a>(&self, han: &'a str, mut found: impl FnMut(&'a str)) {
        for token in self.with_words_of(han, |jieba| jieba.cut_for_search(han, true)) {
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
            for word in self.lexicon.values().flatten() {
                jieba.add_word(word, None, None);
            }
            jieba
        })
    }

    /// Calls with a jieba that knows the words which a text can hold, and how frequent all others are together: it cuts the text
    /// as one that knows all words does.
    fn with_words_of<R>(&self, han: &str, cut: impl FnOnce(&Jieba) -> R) -> R {
        let mut needed = self.needed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Ok(dictionary) = Map::new(DICTIONARY) {
            for (start, _) in han.char_indices() {
                for (word, frequency) in prefixes(&dictionary, &han[start..]) {
                    needed.add(word, Some(frequency));
                }
            }
        }
        for (start, first) in han.char_indices() {
            let words = self.lexicon.get(&first).into_iter().flatten();
            for word in words.filter(|word| han[start..].starts_with(word.as_str())) {
                // Without a frequency a word gets one that makes it win over its parts, and no existing word is harmed.
                needed.add(word, None);
            }
        }
        cut(&needed.jieba)
    }
}

impl NeededWords {
    fn none() -> Self {
        let rest = DICTIONARY_TOTAL.parse().unwrap_or_default();
        let mut jieba = Jieba::empty();
        jieba.add_word(ALL_OTHERS, Some(rest), None);
        Self {
            jieba,
            known: FxHashSet::default(),
            rest,
        }
    }

    /// Adds a word that is not known. All frequencies together stay what they are, so that the order in which words come to be
    /// known changes nothing.
    fn add(&mut self, word: &str, frequency: Option<usize>) {
        if self.known.contains(word) {
            return;
        }
        self.known.insert(word.to_owned());
        let frequency = self.jieba.add_word(word, frequency, None);
        self.rest = self.rest.saturating_sub(frequency);
        self.jieba.add_word(ALL_OTHERS, Some(self.rest), None);
    }
}

/// The words of the dictionary with which a text begins, with their frequencies.
fn prefixes<'a>(dictionary: &Map<&[u8]>, text: &'a str) -> Vec<(&'a str, usize)> {
    let words = dictionary.as_fst();
    let mut found = Vec::new();
    let (mut node, mut frequency) = (words.root(), 0);
    for (index, byte) in text.bytes().enumerate() {
        let Some(step) = node.find_input(byte) else { break };
        let transition = node.transition(step);
        frequency += transition.out.value();
        node = words.node(transition.addr);
        if node.is_final() {
            let all = frequency + node.final_output().value();
            found.push((&text[..=index], all as usize));
        }
    }
    found
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
