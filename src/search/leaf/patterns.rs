//! Nodes of a query → patterns over units.

use super::{LeafOptions, nothing_in};
use crate::analyzer::folding::joins_words;
use crate::analyzer::tokenizer::alphabetic::{WordTerms, candidate_languages};
use crate::analyzer::{FoldedText, UnitKind, fold};
use crate::error::{Error, ErrorKind, Result};
use crate::pattern::{NearPattern, OpenText, Pattern, Printed, StringPattern, UnitPattern};
use crate::query::Node;
use crate::query::expression::{Expression, Fuzzy, Wildcard, WildcardPiece};

/// The pattern of a node that has a place in the text: a keyword, string, word left open, fuzzy word, or several near each
/// other.
pub(super) fn pattern(node: &Node, options: &LeafOptions<'_>) -> Result<Pattern> {
    let at_node = |error: Error| error.in_query(options.query, node.span);
    match &node.expression {
        Expression::Keyword(keyword) if options.as_printed => {
            string_or_forms(node, &keyword.text, options).map_err(at_node)
        }
        Expression::Keyword(keyword) => {
            let units = keyword_units(&keyword.text);
            let units = units.ok_or_else(|| nothing_in(&keyword.text, options.query, node.span))?;
            let forms = options.expansion.forms(&node.expression);
            let forms = forms.iter().filter_map(|form| form_pattern(form, options.languages));
            Ok(any_of(keyword_pattern(units, options.languages), forms))
        }
        Expression::Phrase(phrase) => string_or_forms(node, &phrase.text, options).map_err(at_node),
        Expression::Gapped(gapped) => {
            let part = |part: &String| string_pattern(part, options.as_printed);
            let parts = gapped.parts.iter().map(part).collect::<Result<_>>().map_err(at_node)?;
            Ok(near(parts, gapped.distance, true))
        }
        Expression::Wildcard(wildcard) => Ok(Pattern::String(open_string(wildcard, options.as_printed))),
        Expression::Fuzzy(fuzzy) => Ok(Pattern::String(fuzzy_word(fuzzy, options.as_printed))),
        Expression::Near(nearness) => Ok(near(patterns(&nearness.operands, options)?, nearness.distance, false)),
        Expression::Or(parts) => Ok(Pattern::Any(patterns(parts, options)?)),
        _ => Err(at_node(Error::new(
            ErrorKind::Query,
            "this part of the query has no place in the text",
        ))),
    }
}

/// A string, or any of the other forms of it that are looked for.
fn string_or_forms(node: &Node, text: &str, options: &LeafOptions<'_>) -> Result<Pattern> {
    let typed = string_pattern(text, options.as_printed)?;
    let forms = options.expansion.forms(&node.expression);
    let forms = forms
        .iter()
        .filter_map(|form| string_pattern(form, options.as_printed).ok());
    Ok(any_of(typed, forms))
}

fn patterns(nodes: &[Node], options: &LeafOptions<'_>) -> Result<Vec<Pattern>> {
    nodes.iter().map(|node| pattern(node, options)).collect()
}

/// A pattern, or any of several.
pub(super) fn any_of(typed: Pattern, forms: impl IntoIterator<Item = Pattern>) -> Pattern {
    let mut any: Vec<Pattern> = std::iter::once(typed).chain(forms).collect();
    match any.len() {
        1 => any.swap_remove(0),
        _ => Pattern::Any(any),
    }
}

fn near(parts: Vec<Pattern>, distance: u32, in_order: bool) -> Pattern {
    Pattern::Near(NearPattern {
        parts,
        distance,
        in_order,
    })
}

/// The pattern of a quoted string.
///
/// # Errors
/// [`ErrorKind::Query`] for a string of punctuation or white space only.
pub fn string_pattern(text: &str, as_printed: bool) -> Result<Pattern> {
    let folded = fold(text);
    if folded.is_punctuation_only() {
        return Err(nothing_to_search_for(text));
    }
    let printed = as_printed.then(|| Printed::Characters(OpenText::of(text.trim())));
    Ok(Pattern::String(StringPattern {
        units: folded.texts().map(str::to_owned).map(UnitPattern::Exactly).collect(),
        printed,
    }))
}

pub(super) fn nothing_to_search_for(text: &str) -> Error {
    let message = format!("`{text}` holds no letter, character or digit to search for");
    Error::new(ErrorKind::Query, message).hint("put a word or a Han character between the marks")
}

/// The pattern of a keyword; one that is a single word has its inflected forms too.
pub(super) fn keyword_pattern(mut units: Vec<String>, languages: &[String]) -> Pattern {
    let terms = match units.as_slice() {
        [only] => inflections(only, languages),
        _ => Vec::new(),
    };
    if terms.is_empty() {
        return Pattern::string(&units);
    }
    let word = units.swap_remove(0);
    Pattern::String(StringPattern {
        units: vec![UnitPattern::Inflected { word, terms }],
        printed: None,
    })
}

/// The pattern of another form of a keyword. A name is inflected by endings only: a stem shorter than the name itself would
/// find other words.
pub(super) fn form_pattern(form: &str, languages: &[String]) -> Option<Pattern> {
    let units = keyword_units(form)?;
    let [name] = units.as_slice() else {
        return Some(Pattern::string(&units));
    };
    let is_latin = name.chars().all(|letter| (letter as u32) < 0x250);
    let mut terms = inflections(name, languages);
    terms.retain(|term| !is_latin || term.chars().count() >= name.chars().count());
    match terms.is_empty() {
        true => Some(Pattern::string(&units)),
        false => Some(Pattern::String(StringPattern {
            units: vec![UnitPattern::Inflected {
                word: name.clone(),
                terms,
            }],
            printed: None,
        })),
    }
}

/// The units of a keyword; punctuation at its ends was not meant: `气候变化？` asks for 气候变化.
pub(super) fn keyword_units(text: &str) -> Option<Vec<String>> {
    let folded = fold(text);
    let is_mark = |index: &usize| folded.units()[*index].kind == UnitKind::Mark;
    let kept = |index: &usize| !is_mark(index) || !"?,.;:!。、…\"《》〈〉".contains(folded.unit_text(*index));
    let first = (0..folded.len()).find(kept)?;
    let last = (0..folded.len()).rev().find(kept)?;
    if (first..=last).all(|index| is_mark(&index)) {
        return None;
    }
    Some((first..=last).map(|index| folded.unit_text(index).to_owned()).collect())
}

/// The terms of a word in the words index: those of its inflected forms in each language, or itself.
pub(in crate::search) fn word_terms(word: &str, languages: &[String]) -> Vec<String> {
    let terms = inflections(word, languages);
    if terms.is_empty() { vec![word.to_owned()] } else { terms }
}

fn inflections(word: &str, languages: &[String]) -> Vec<String> {
    let mut word_terms = WordTerms::default();
    let candidates = candidate_languages(word, languages.iter().map(String::as_str));
    let mut terms: Vec<String> = candidates
        .iter()
        .map(|language| word_terms.term(word, language))
        .collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}

fn fuzzy_word(fuzzy: &Fuzzy, as_printed: bool) -> StringPattern {
    let word = fold(&fuzzy.word).texts().collect::<String>();
    StringPattern {
        units: vec![UnitPattern::Within(word, fuzzy.distance)],
        printed: as_printed.then(|| Printed::Within(fuzzy.word.clone(), fuzzy.distance)),
    }
}

/// A part of a word left open, on the way to units.
enum Part {
    /// A unit of a text piece; whether it is a word or number, and whether characters left open behind it belong to it.
    Unit {
        characters: Vec<Option<char>>,
        is_open: bool,
        is_word: bool,
        joins: bool,
    },
    /// Any one character by itself.
    OneCharacter,
}

/// The pattern of a word or string of which some characters are left open.
///
/// A `?` that touches a letter or digit of an alphabet belongs to that unit; any other one is a unit by itself.
fn open_string(wildcard: &Wildcard, as_printed: bool) -> StringPattern {
    let mut parts: Vec<Part> = Vec::new();
    // Characters left open that wait for what follows them.
    let mut waiting = 0;
    for piece in &wildcard.pieces {
        match piece {
            WildcardPiece::AnyCharacter => match parts.last_mut() {
                Some(Part::Unit {
                    characters,
                    is_open,
                    joins: true,
                    ..
                }) => {
                    characters.push(None);
                    *is_open = true;
                }
                _ => waiting += 1,
            },
            WildcardPiece::Text(text) => {
                push_text(text, waiting, &mut parts);
                waiting = 0;
            }
        }
    }
    parts.extend((0..waiting).map(|_| Part::OneCharacter));
    let last = parts.len().saturating_sub(1);
    let unit = |(index, part): (usize, Part)| match part {
        Part::OneCharacter => UnitPattern::OneCharacter,
        Part::Unit {
            characters,
            is_open,
            is_word,
            ..
        } => {
            let open_end = wildcard.open_end && is_word && index == last;
            match is_open || open_end {
                true => UnitPattern::Open(OpenText { characters, open_end }),
                false => UnitPattern::Exactly(characters.into_iter().flatten().collect()),
            }
        }
    };
    let units: Vec<UnitPattern> = parts.into_iter().enumerate().map(unit).collect();
    let open_end = matches!(units.last(), Some(UnitPattern::Open(open)) if open.open_end);
    StringPattern {
        units,
        printed: as_printed.then(|| Printed::Characters(as_typed(wildcard, open_end))),
    }
}

/// Adds the units of a piece of text; `waiting` characters are left open before it.
fn push_text(text: &str, waiting: usize, parts: &mut Vec<Part>) {
    let folded = fold(text);
    let touches_first = !text.starts_with(char::is_whitespace) && is_word(&folded, 0);
    let touches_last = !text.ends_with(char::is_whitespace);
    let joins_before = matches!(
        parts.last(),
        Some(Part::Unit {
            is_open: true,
            joins: true,
            ..
        })
    );
    if !touches_first {
        parts.extend((0..waiting).map(|_| Part::OneCharacter));
    }
    // White space parts what stands on both sides of it.
    if folded.is_empty()
        && let Some(Part::Unit { joins, .. }) = parts.last_mut()
    {
        *joins = false;
    }
    for index in 0..folded.len() {
        let own = folded.unit_text(index).chars().map(Some);
        let is_word = is_word(&folded, index);
        let joins = index + 1 == folded.len() && touches_last && is_word;
        match parts.last_mut() {
            Some(Part::Unit {
                characters,
                joins: joins_next,
                ..
            }) if index == 0 && touches_first && joins_before => {
                characters.extend(own);
                *joins_next = joins;
            }
            _ => {
                let open = if index == 0 && touches_first { waiting } else { 0 };
                parts.push(Part::Unit {
                    characters: (0..open).map(|_| None).chain(own).collect(),
                    is_open: open > 0,
                    is_word,
                    joins,
                });
            }
        }
    }
}

/// Whether a unit is a number, or a word of a script that writes spaces between words: not a Han character or kana.
fn is_word(folded: &FoldedText, index: usize) -> bool {
    let Some(unit) = folded.units().get(index) else {
        return false;
    };
    let first = folded.text_of(unit).chars().next();
    matches!(unit.kind, UnitKind::Word | UnitKind::Number) && first.is_some_and(joins_words)
}

fn as_typed(wildcard: &Wildcard, open_end: bool) -> OpenText {
    let mut characters = Vec::new();
    for piece in &wildcard.pieces {
        match piece {
            WildcardPiece::AnyCharacter => characters.push(None),
            WildcardPiece::Text(text) => characters.extend(text.chars().map(Some)),
        }
    }
    OpenText { characters, open_end }
}
