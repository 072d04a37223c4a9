//! The word tokenizer as tantivy calls it: an encoded passage in, its terms out.
//!
//! Terms carry no offsets or positions: highlights come from the query and the units, never from these tokens.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::folding::{BROKEN_WORD_UNITS, UnitKind};
use super::registry::Analyzer;
use super::tokenizer::alphabetic::WordTerms;
use super::unit_text::{Said, UnitText, kind_of};

/// Cuts [encoded passages](super::unit_text) into terms.
pub struct WordTokenizer {
    analyzer: Arc<Analyzer>,
    word_terms: WordTerms,
    terms: TermList,
    token: Token,
    /// The bytes of encoded text that this tokenizer and its clones have cut.
    cut_bytes: Arc<AtomicU64>,
}

/// Terms one after the other in one buffer.
#[derive(Default)]
struct TermList {
    buffer: String,
    ends: Vec<usize>,
}

impl TermList {
    fn push(&mut self, term: &str) {
        self.buffer.push_str(term);
        self.ends.push(self.buffer.len());
    }

    fn clear(&mut self) {
        self.buffer.clear();
        self.ends.clear();
    }

    fn term(&self, index: usize) -> &str {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.buffer[start..self.ends[index]]
    }
}

impl WordTokenizer {
    /// A tokenizer that shares the analyzer's dictionary, which is loaded whole when the first Han text comes.
    pub fn new(analyzer: Arc<Analyzer>) -> Self {
        Self::counting(analyzer, Arc::default())
    }

    /// The same, counting the bytes of encoded text that it and its clones cut, so that one who hands texts over can see
    /// how many wait.
    pub fn counting(analyzer: Arc<Analyzer>, cut_bytes: Arc<AtomicU64>) -> Self {
        Self {
            cut_bytes,
            analyzer,
            word_terms: WordTerms::default(),
            terms: TermList::default(),
            token: Token::default(),
        }
    }

    /// The terms of an encoded passage, by where they begin.
    pub fn terms(&mut self, encoded: &str) -> Vec<String> {
        self.collect_terms(encoded);
        (0..self.terms.ends.len())
            .map(|index| self.terms.term(index).to_owned())
            .collect()
    }

    fn collect_terms(&mut self, encoded: &str) {
        self.terms.clear();
        let text = UnitText::decode(encoded);
        let mut han_run = String::new();
        // The last units, the latest behind: a word that is a form of one term in both readings has it once.
        let mut last = [""; BROKEN_WORD_UNITS];
        for said in text.speech() {
            let unit = match said {
                Said::Unit(unit) => unit,
                Said::AsOneWord(word) => {
                    let of_compound = self.word_terms.term(last[0], text.language);
                    let terms = &mut self.terms;
                    let push = |term: &str| (term != of_compound).then(|| terms.push(term));
                    self.word_terms.with_term(word, text.language, push);
                    continue;
                }
            };
            last.rotate_left(1);
            last[BROKEN_WORD_UNITS - 1] = unit;
            let kind = kind_of(unit);
            if kind == UnitKind::Han {
                han_run.push_str(unit);
                continue;
            }
            self.collect_han(&mut han_run);
            match kind {
                UnitKind::Word => {
                    let terms = &mut self.terms;
                    self.word_terms.with_term(unit, text.language, |term| terms.push(term));
                }
                UnitKind::Number => self.terms.push(unit),
                UnitKind::Han | UnitKind::Mark => {}
            }
        }
        let own_length = han_run.chars().count();
        if own_length > 0 {
            han_run.extend(text.following_han());
        }
        self.push_han(&han_run, own_length);
    }

    fn collect_han(&mut self, run: &mut String) {
        self.push_han(run, usize::MAX);
        run.clear();
    }

    /// Adds the words of a run of Han characters that begin in its first so many.
    fn push_han(&mut self, run: &str, own_length: usize) {
        // A single character is no word: it is found through the exact index.
        if run.chars().nth(1).is_none() {
            return;
        }
        let terms = &mut self.terms;
        let add = |place: std::ops::Range<usize>, word: &str| {
            if place.start < own_length {
                terms.push(word);
            }
        };
        self.analyzer.han().dictionary_words(run, add);
    }
}

impl Clone for WordTokenizer {
    fn clone(&self) -> Self {
        Self::counting(Arc::clone(&self.analyzer), Arc::clone(&self.cut_bytes))
    }
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.collect_terms(text);
        self.cut_bytes.fetch_add(text.len() as u64, Ordering::Relaxed);
        self.token.position = usize::MAX;
        WordStream {
            terms: &self.terms,
            token: &mut self.token,
            next: 0,
        }
    }
}

/// The terms of one passage.
pub struct WordStream<'a> {
    terms: &'a TermList,
    token: &'a mut Token,
    next: usize,
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        if self.next == self.terms.ends.len() {
            return false;
        }
        self.token.text.clear();
        self.token.text.push_str(self.terms.term(self.next));
        self.token.position = self.next;
        self.next += 1;
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
