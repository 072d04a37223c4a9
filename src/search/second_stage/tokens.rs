//! A passage as the second stage sees it: which unit of the query stands where.

use rustc_hash::FxHashMap;
use tantivy::DocId;

use super::weighing::{Token, WeighedWording};
use crate::analyzer::UnitKind;
use crate::analyzer::tokenizer::alphabetic::stable_beginning;
use crate::analyzer::unit_text::kind_of;
use crate::error::Result;
use crate::index::SegmentView;
use crate::pattern::{UnitPattern, with_term};
use crate::search::languages::DocLanguages;
use crate::strings::Symbol;

/// A symbol that has not been compared with the query yet.
const UNKNOWN: Token = Token::MAX;

/// The units of the query in the passages of a segment.
pub(super) struct SegmentTokens<'a> {
    segment: &'a SegmentView,
    /// The tokens of the units that stand in the query as they are.
    known: Vec<(Symbol, Token)>,
    /// Where the query has words with inflected forms.
    inflections: Option<Inflections<'a>>,
    /// The token of each symbol, by the number of the language of the passage.
    tables: FxHashMap<usize, Vec<Token>>,
    /// The tokens of the passage read last.
    tokens: Vec<Token>,
}

impl<'a> SegmentTokens<'a> {
    pub(super) fn open(wording: &WeighedWording, kin: f32, segment: &'a SegmentView) -> Result<Self> {
        let units = wording.units.iter().zip(1..);
        let known = units.filter_map(|(unit, token)| Some((segment.strings().symbol(&unit.text)?, token)));
        Ok(Self {
            segment,
            known: known.collect(),
            inflections: Inflections::open(wording, kin, segment)?,
            tables: FxHashMap::default(),
            tokens: Vec::new(),
        })
    }

    /// The tokens of a passage, one for each of its units.
    pub(super) fn of(&mut self, doc: DocId) -> Result<&[Token]> {
        let strings = self.segment.strings();
        let language = match &self.inflections {
            Some(inflections) => inflections.languages.of(doc)?,
            None => 0,
        };
        let table = self.tables.entry(language).or_insert_with(|| {
            let unread = if self.inflections.is_some() { UNKNOWN } else { 0 };
            let mut table = vec![unread; strings.distinct_unit_count() as usize + 1];
            for (symbol, token) in &self.known {
                table[symbol.number() as usize] = *token;
            }
            table
        });
        self.tokens.clear();
        for symbol in strings.symbols_at(strings.run_of_document(doc).unwrap_or_default()) {
            let Some(token) = table.get_mut(symbol.number() as usize) else {
                continue;
            };
            if *token == UNKNOWN {
                let inflections = self.inflections.as_ref();
                *token = inflections.map_or(0, |inflections| inflections.token(strings.unit(symbol), language));
            }
            self.tokens.push(*token);
        }
        Ok(&self.tokens)
    }
}

/// The words of the query that have inflected forms.
struct Inflections<'a> {
    /// Each word as what a unit must be.
    words: Vec<(Token, UnitPattern)>,
    /// The terms of those that say what is asked for.
    terms: Vec<(Token, String)>,
    /// The share of letters that makes a word kin to them.
    kin: f32,
    /// The letters with which their forms begin; `None` where any letters may.
    beginnings: Option<Vec<[char; 2]>>,
    languages: DocLanguages<'a>,
}

impl<'a> Inflections<'a> {
    fn open(wording: &WeighedWording, kin: f32, segment: &'a SegmentView) -> Result<Option<Self>> {
        let (mut words, mut own_terms, mut beginnings) = (Vec::new(), Vec::new(), Some(Vec::new()));
        for (unit, token) in wording.units.iter().zip(1..).filter(|(unit, _)| !unit.terms.is_empty()) {
            let (word, terms) = (unit.text.clone(), unit.terms.clone());
            for form in terms.iter().chain([&word]) {
                match (stable_beginning(form), &mut beginnings) {
                    (Some(beginning), Some(beginnings)) => beginnings.push(beginning),
                    _ => beginnings = None,
                }
            }
            if unit.weight > 0.0 {
                own_terms.extend(terms.iter().map(|term| (token, term.clone())));
            }
            words.push((token, UnitPattern::Inflected { word, terms }));
        }
        if words.is_empty() {
            return Ok(None);
        }
        let languages = DocLanguages::open(segment)?;
        Ok(Some(Self {
            words,
            terms: own_terms,
            kin,
            beginnings,
            languages,
        }))
    }

    /// The token of a unit that does not stand in the query as it is, in a passage of a language.
    fn token(&self, unit: &str, language: usize) -> Token {
        // Stemming every unit to compare it would take longer than all the rest.
        if let (Some(beginning), Some(beginnings)) = (stable_beginning(unit), &self.beginnings)
            && !beginnings.contains(&beginning)
        {
            return 0;
        }
        let tag = self.languages.tag(language);
        let form = self.words.iter().find(|(_, pattern)| pattern.matches(unit, Some(tag)));
        match form {
            Some((token, _)) => *token,
            None if kind_of(unit) == UnitKind::Word => with_term(unit, tag, |term| self.kin(term)),
            None => 0,
        }
    }

    /// The token of a word of the query to which a word with this term is kin.
    fn kin(&self, term: &str) -> Token {
        let kin = self.terms.iter().find(|(_, own)| is_kin(term, own, self.kin));
        kin.map_or(0, |(token, _)| *token)
    }
}

/// Whether two terms are likely of one family, as государственн and государств, or of one word with and without what is joined to
/// it, as Arabic articles and particles that stemming leaves on: they share at least five letters from the beginning and
/// this share of the longer, or where beginnings change one of at least four letters stands in the other.
fn is_kin(left: &str, right: &str, share: f32) -> bool {
    if share >= 1.0 {
        return false;
    }
    let lengths = [left, right].map(|term| term.chars().count());
    let (shorter, longer) = (lengths[0].min(lengths[1]), lengths[0].max(lengths[1]));
    if stable_beginning(right).is_none() {
        return shorter >= 4 && (left.contains(right) || right.contains(left));
    }
    let alike = left
        .chars()
        .zip(right.chars())
        .take_while(|(left, right)| left == right);
    let shared = alike.count();
    shared >= 5 && shared as f32 >= share * longer as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_of_one_family_are_kin_and_others_are_not() {
        let are_kin = |left, right| is_kin(left, right, 0.7);
        assert!(are_kin("государственн", "государств") && are_kin("интересн", "интерес"));
        assert!(are_kin("ومدرس", "مدرس") && !are_kin("من", "مدرس"));
        assert!(are_kin("national", "nation") && !are_kin("contin", "continent"));
        assert!(!are_kin("pea", "peace") && !are_kin("", "") && !are_kin("uni", "univers"));
        assert!(!is_kin("nation", "national", 1.0) && !is_kin("ومدرس", "مدرس", 1.0));
    }
}
