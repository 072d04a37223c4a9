//! The words of a query that raise the score of what matches.

use crate::analyzer::{Analyzer, FoldedText, UnitKind, fold};
use crate::index::Snapshot;
use crate::search::leaf::{Leaf, word_terms};
use crate::text::is_han;

/// The words of the positive keywords, with the shorter words inside of them; a query of strings alone has none, so it
/// needs no dictionary.
pub(super) fn scoring_words(
    leaves: &[Leaf],
    is_positive: &[bool],
    languages: &[String],
    snapshot: &Snapshot,
) -> Vec<(String, f32)> {
    let analyzer = snapshot.analyzer();
    let mut words: Vec<(String, f32)> = Vec::new();
    let keywords = leaves
        .iter()
        .zip(is_positive)
        .filter(|(leaf, positive)| **positive && leaf.is_keyword && leaf.expansion_of.is_none());
    for (leaf, _) in keywords {
        let mut of_leaf = leaf.inflections().to_vec();
        match leaf.units().unwrap_or_default().as_slice() {
            [only] if of_leaf.is_empty() => of_leaf.push((*only).to_owned()),
            [] | [_] => {}
            several => of_leaf.extend(words_and_parts(&fold(&several.join(" ")), languages, analyzer)),
        }
        words.extend(of_leaf.into_iter().map(|word| (word, leaf.weight)));
    }
    let says_much = |(word, _): &(String, f32)| !is_common_character(word, snapshot);
    if words.iter().any(says_much) {
        words.retain(says_much);
    }
    let is_content = |(word, _): &(String, f32)| !crate::analyzer::stop_words::is_stop_word(word);
    if words.iter().any(is_content) {
        words.retain(is_content);
    }
    let mut seen = std::collections::HashSet::new();
    words.retain(|(word, _)| seen.insert(word.clone()));
    words
}

/// A Han character that stands as often as in one of so many passages is common, unless it stands at a few places only.
const PASSAGES_PER_COMMON_CHARACTER: u64 = 100;
/// See [`PASSAGES_PER_COMMON_CHARACTER`].
const FEW_PLACES: u64 = 64;

/// Whether a word is a single Han character that is common: it says little, and to find all its places takes long.
fn is_common_character(word: &str, snapshot: &Snapshot) -> bool {
    let mut characters = word.chars();
    if !characters.next().is_some_and(is_han) || characters.next().is_some() {
        return false;
    }
    let segments = snapshot.segments().iter();
    let occurrences = segments.map(|segment| u64::from(segment.strings().interval_of_strings(&[word]).len()));
    let places: u64 = occurrences.sum();
    let passages = snapshot.passage_count().unwrap_or(u64::MAX);
    places > FEW_PLACES && places * PASSAGES_PER_COMMON_CHARACTER > passages
}

fn words_and_parts(folded: &FoldedText, languages: &[String], analyzer: &Analyzer) -> Vec<String> {
    let mut words = Vec::new();
    let mut run = String::new();
    for index in 0..=folded.len() {
        let unit = folded.units().get(index);
        if let Some(unit) = unit.filter(|unit| unit.kind == UnitKind::Han) {
            run.push_str(folded.text_of(unit));
            continue;
        }
        if !run.is_empty() {
            analyzer.han().words_and_parts(&run, |word| words.push(word.to_owned()));
            run.clear();
        }
        if let Some(unit) = unit.filter(|unit| unit.kind != UnitKind::Mark) {
            words.extend(word_terms(folded.text_of(unit), languages));
        }
    }
    words
}
