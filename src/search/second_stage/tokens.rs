//! A passage as the second stage sees it: which unit of the query stands where.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::DocId;

use super::kin::is_kin;
use super::weighing::{Token, WeighedWording};
use crate::analyzer::tokenizer::alphabetic::WordTerms;
use crate::error::Result;
use crate::index::{NO_TERM, SegmentView, SymbolTerms, term_number};
use crate::search::languages::DocLanguages;

/// The units of the query in the passages of a segment.
pub(super) struct SegmentTokens<'a> {
    segment: &'a SegmentView,
    /// The tokens of units as typed, by the number of their symbol.
    typed: FxHashMap<u32, Token>,
    /// The tokens of inflected words, by the numbers of their terms: few, so that a list is quickest.
    inflected: Vec<(u32, Token)>,
    /// The terms of the words that say what is asked for, and how alike a term must be to be kin to one.
    own_terms: Vec<(String, Token)>,
    kin: f32,
    /// The tokens of terms that are not those of the query, by their numbers: as far as they have been compared with it.
    compared: FxHashMap<u32, Token>,
    /// The languages of passages, where that matters.
    languages: Option<DocLanguages<'a>>,
    /// The terms of symbols, by the number of the language of the passage.
    terms: FxHashMap<usize, Arc<SymbolTerms>>,
    words: WordTerms,
    /// The tokens of the passage read last.
    tokens: Vec<Token>,
}

impl<'a> SegmentTokens<'a> {
    pub(super) fn open(wording: &WeighedWording, kin: f32, segment: &'a SegmentView) -> Result<Self> {
        let (mut inflected, mut own_terms, mut typed) = (Vec::new(), Vec::new(), FxHashMap::default());
        for (index, unit) in wording.units.iter().enumerate() {
            let token = index as Token + 1;
            if let Some(symbol) = segment.strings().symbol(&unit.text) {
                typed.insert(symbol.number(), token);
            }
            inflected.extend(unit.terms.iter().map(|term| (term_number(term), token)));
            if unit.weight > 0.0 && kin < 1.0 {
                own_terms.extend(unit.terms.iter().map(|term| (term.clone(), token)));
            }
        }
        let languages = match inflected.is_empty() {
            true => None,
            false => Some(DocLanguages::open(segment)?),
        };
        Ok(Self {
            segment,
            typed,
            inflected,
            own_terms,
            kin,
            compared: FxHashMap::default(),
            languages,
            terms: FxHashMap::default(),
            words: WordTerms::default(),
            tokens: Vec::new(),
        })
    }

    /// The tokens of a passage, one for each of its units.
    pub(super) fn of(&mut self, doc: DocId) -> Result<&[Token]> {
        let strings = self.segment.strings();
        let run = strings.run_of_document(doc).unwrap_or_default();
        self.tokens.clear();
        let typed = |number: u32| self.typed.get(&number).copied().unwrap_or(0);
        let Some(languages) = &self.languages else {
            self.tokens
                .extend(strings.symbols_at(run).map(|symbol| typed(symbol.number())));
            return Ok(&self.tokens);
        };
        let language = languages.of(doc)?;
        let terms = self
            .terms
            .entry(language)
            .or_insert_with(|| self.segment.symbol_terms(languages.tag(language)));
        for symbol in strings.symbols_at(run) {
            let mut token = typed(symbol.number());
            if token == 0 {
                let term = terms.number(symbol, strings, &mut self.words);
                let of_term = self.inflected.iter().find(|(number, _)| *number == term);
                token = match of_term {
                    Some((_, token)) => *token,
                    None if term == NO_TERM || self.own_terms.is_empty() => 0,
                    None => *self.compared.entry(term).or_insert_with(|| {
                        let tag = languages.tag(language);
                        let kin_of = |term: &str| kin_token(term, &self.own_terms, self.kin);
                        self.words.with_term(strings.unit(symbol), tag, kin_of)
                    }),
                };
            }
            self.tokens.push(token);
        }
        Ok(&self.tokens)
    }
}

/// The token of the first word of the query to which a word with a term is kin, else 0.
fn kin_token(term: &str, own_terms: &[(String, Token)], share: f32) -> Token {
    let kin = own_terms.iter().find(|(own, _)| is_kin(term, own, share));
    kin.map_or(0, |(_, token)| *token)
}
