//! The words of a query that raise the score of what matches.

use crate::analyzer::{Analyzer, FoldedText, UnitKind, fold};
use crate::search::leaf::{Leaf, word_terms};
use crate::text::is_han;

/// The words of the positive keywords, with the shorter words inside of them; a query of strings alone has none, so it
/// needs no dictionary.
pub(super) fn scoring_words(
    leaves: &[Leaf],
    is_positive: &[bool],
    languages: &[String],
    analyzer: &Analyzer,
) -> Vec<(String, f32)> {
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
    // A single character says little, and a longer word says it too.
    let is_character = |word: &str| {
        let mut characters = word.chars();
        characters.next().is_some_and(is_han) && characters.next().is_none()
    };
    if words.iter().any(|(word, _)| !is_character(word)) {
        words.retain(|(word, _)| !is_character(word));
    }
    let is_content = |(word, _): &(String, f32)| !crate::analyzer::stop_words::is_stop_word(word);
    if words.iter().any(is_content) {
        words.retain(is_content);
    }
    let mut seen = std::collections::HashSet::new();
    words.retain(|(word, _)| seen.insert(word.clone()));
    words
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
