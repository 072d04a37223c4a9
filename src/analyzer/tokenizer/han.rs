//! Han text → words by jieba's dictionary and the lexicons. The only place that knows jieba.

use std::ops::Range;
use std::sync::{Mutex, OnceLock, PoisonError};

use fst::{Map, Streamer};
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
    /// The words of the lexicons by their first character.
    lexicon: FxHashMap<char, Vec<String>>,
    needed: Mutex<NeededWords>,
    whole: OnceLock<Jieba>,
}

/// The words that queries so far can hold, loaded.
struct NeededWords {
    jieba: Jieba,
    /// The frequency of each.
    known: FxHashMap<String, usize>,
    /// Those of lexicons.
    own: FxHashSet<String>,
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
            let mut jieba = all_words();
            let mut words: Vec<&str> = self.lexicon.values().flatten().map(String::as_str).collect();
            in_order(&mut words);
            for word in words {
                jieba.add_word(word, None, None);
            }
            jieba
        })
    }

    /// Calls with a jieba that knows the words which a text can hold, and how frequent all others are together: it cuts the text
    /// as one that knows all words does.
    fn with_words_of<R>(&self, han: &str, cut: impl FnOnce(&Jieba) -> R) -> R {
        let mut of_dictionary = Vec::new();
        if let Ok(dictionary) = Map::new(DICTIONARY) {
            let starts = han.char_indices().map(|(start, _)| start);
            of_dictionary.extend(starts.flat_map(|start| prefixes(&dictionary, &han[start..])));
        }
        let mut of_lexicons: Vec<&str> = Vec::new();
        for (start, first) in han.char_indices() {
            let words = self.lexicon.get(&first).into_iter().flatten().map(String::as_str);
            of_lexicons.extend(words.filter(|word| han[start..].starts_with(word)));
        }
        in_order(&mut of_lexicons);
        let mut needed = self.needed.lock().unwrap_or_else(PoisonError::into_inner);
        for (word, frequency) in of_dictionary {
            needed.add(word, frequency);
        }
        for word in of_lexicons {
            needed.add_own(word);
        }
        cut(&needed.jieba)
    }
}

/// The order in which the words of lexicons come to be known: those that may be inside of others first.
fn in_order(words: &mut Vec<&str>) {
    words.sort_unstable_by_key(|word| (word.len(), *word));
    words.dedup();
}

impl NeededWords {
    fn none() -> Self {
        let rest = DICTIONARY_TOTAL.parse().unwrap_or_default();
        let mut jieba = Jieba::empty();
        jieba.add_word(ALL_OTHERS, Some(rest), None);
        Self {
            jieba,
            known: FxHashMap::default(),
            own: FxHashSet::default(),
            rest,
        }
    }

    /// Adds a word of the dictionary that is not known.
    fn add(&mut self, word: &str, frequency: usize) {
        if !self.known.contains_key(word) {
            self.set(word, Some(frequency));
        }
    }

    /// Adds a word of a lexicon: without a frequency it gets one that makes it win over its parts, and no existing word is harmed.
    fn add_own(&mut self, word: &str) {
        if self.own.insert(word.to_owned()) {
            self.set(word, None);
        }
    }

    /// Sets the frequency of a word. All frequencies together stay what they are, so that the order in which words come to be
    /// known changes nothing.
    fn set(&mut self, word: &str, frequency: Option<usize>) {
        let frequency = self.jieba.add_word(word, frequency, None);
        let before = self.known.insert(word.to_owned(), frequency).unwrap_or(0);
        self.rest = (self.rest + before).saturating_sub(frequency);
        self.jieba.add_word(ALL_OTHERS, Some(self.rest), None);
    }
}

/// A jieba that knows the whole dictionary. It is made of the same map as one that knows the words of a query: the program holds the
/// dictionary once. Words that are not Han characters alone are left to [`ALL_OTHERS`], for no text that is cut here has them.
fn all_words() -> Jieba {
    let mut lines = String::new();
    let mut known = 0;
    if let Ok(dictionary) = Map::new(DICTIONARY) {
        let mut words = dictionary.stream();
        while let Some((word, frequency)) = words.next() {
            lines.push_str(&String::from_utf8_lossy(word));
            lines.push_str(&format!(" {frequency}\n"));
            known += frequency;
        }
    }
    let mut jieba = Jieba::empty();
    // A line that jieba could not read would lose a word, never a text; the tests hold both dictionaries together.
    let _ = jieba.load_dict(&mut lines.as_bytes());
    let total: u64 = DICTIONARY_TOTAL.parse().unwrap_or_default();
    jieba.add_word(ALL_OTHERS, Some(total.saturating_sub(known) as usize), None);
    jieba
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
        // The dictionary has words of this lexicon, and would cut the text without it elsewhere.
        let tokenizer = HanTokenizer::new(&UserLexicon::parse("台中\n买水\n澜海精神").unwrap());
        let texts = [
            "站在台中的他去台中旅行",
            "中华人民共和国主席习近平在第二届中国中亚峰会上发表主旨发言",
            "坚持人与自然和谐共生推动构建人类命运共同体",
            "托卡耶夫总统和米尔济约耶夫总统在阿斯塔纳会见记者",
            "他来到了网易杭研大厦买水果然后结婚的和尚未结婚的",
            "互不干涉内政和平等互利",
            "弘扬澜海精神的龘靐齉",
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
    fn the_map_holds_the_dictionary_that_jieba_ships() {
        let (ours, shipped) = (all_words(), Jieba::new());
        let mut words = 0;
        let map = Map::new(DICTIONARY).unwrap();
        let mut stream = map.stream();
        while let Some((word, frequency)) = stream.next() {
            let word = std::str::from_utf8(word).unwrap();
            assert!(ours.has_word(word) && shipped.has_word(word), "{word}");
            assert_eq!(
                ours.suggest_freq(word),
                shipped.suggest_freq(word),
                "{word} {frequency}"
            );
            words += 1;
        }
        assert!(words > 300_000, "{words}");
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
