//! A passage as the second stage sees it: which unit of the query stands where.

use rustc_hash::FxHashMap;
use tantivy::DocId;

use super::weighing::{Token, WeighedWording};
use crate::error::Result;
use crate::index::SegmentView;
use crate::pattern::UnitPattern;
use crate::search::languages::DocLanguages;
use crate::strings::Symbol;

/// A symbol that has not been compared with the query yet.
const UNKNOWN: Token = Token::MAX;

/// The units of the query in the passages of a segment.
pub(super) struct SegmentTokens<'a> {
    segment: &'a SegmentView,
    /// The units of the query that have inflected forms, each as what a unit must be.
    inflected: Vec<(Token, UnitPattern)>,
    /// The languages of passages, where that matters.
    languages: Option<DocLanguages<'a>>,
    /// The token of each symbol, by the number of the language of the passage.
    tables: FxHashMap<usize, Vec<Token>>,
    /// The tokens of the units that are told by their symbols.
    known: Vec<(Symbol, Token)>,
    /// The tokens of the passage read last.
    tokens: Vec<Token>,
}

impl<'a> SegmentTokens<'a> {
    pub(super) fn open(wording: &WeighedWording, segment: &'a SegmentView) -> Result<Self> {
        let (mut inflected, mut known) = (Vec::new(), Vec::new());
        for (index, unit) in wording.units.iter().enumerate() {
            let token = index as Token + 1;
            known.extend(segment.strings().symbol(&unit.text).map(|symbol| (symbol, token)));
            if !unit.terms.is_empty() {
                let (word, terms) = (unit.text.clone(), unit.terms.clone());
                inflected.push((token, UnitPattern::Inflected { word, terms }));
            }
        }
        let languages = match inflected.is_empty() {
            true => None,
            false => Some(DocLanguages::open(segment)?),
        };
        Ok(Self {
            segment,
            inflected,
            languages,
            tables: FxHashMap::default(),
            known,
            tokens: Vec::new(),
        })
    }

    /// The tokens of a passage, one for each of its units.
    pub(super) fn of(&mut self, doc: DocId) -> Result<&[Token]> {
        let strings = self.segment.strings();
        let language = match &self.languages {
            Some(languages) => languages.of(doc)?,
            None => 0,
        };
        self.tokens.clear();
        let run = strings.run_of_document(doc).unwrap_or_default();
        let table = self.tables.entry(language).or_insert_with(|| {
            let unread = if self.inflected.is_empty() { 0 } else { UNKNOWN };
            let mut table = vec![unread; strings.distinct_unit_count() as usize + 1];
            for (symbol, token) in &self.known {
                table[symbol.number() as usize] = *token;
            }
            table
        });
        for symbol in strings.symbols_at(run) {
            let Some(token) = table.get_mut(symbol.number() as usize) else {
                continue;
            };
            if *token == UNKNOWN {
                let tag = self.languages.as_ref().map(|languages| languages.tag(language));
                let unit = strings.unit(symbol);
                let of_unit = self.inflected.iter().find(|(_, pattern)| pattern.matches(unit, tag));
                *token = of_unit.map_or(0, |(token, _)| *token);
            }
            self.tokens.push(*token);
        }
        Ok(&self.tokens)
    }
}
