//! What is asked: strings and keywords drawn from the text itself, the same ones in every run.

use chancery::analyzer::stop_words::is_stop_word;
use chancery::analyzer::unit_text::{passage_units, span_of};
use chancery::analyzer::{Analyzer, FoldedText, UnitKind};
use chancery::corpus::Speech;

use super::corpus::Corpus;
use super::random::Random;

/// The longest string, in units.
const LONGEST_STRING: usize = 12;

/// The most keywords of a query.
const MOST_KEYWORDS: usize = 4;

/// Strings of 1 to 12 units, as many of each length, from random places: a frequent string is drawn as often as it stands.
pub(crate) fn strings(corpus: &Corpus, count: usize) -> Vec<String> {
    let mut random = Random::new(42);
    let mut drawn = Vec::with_capacity(count);
    while drawn.len() < count {
        let length = 1 + drawn.len() % LONGEST_STRING;
        let text = random_passage(corpus, &mut random);
        let folded = passage_units(text).speech;
        if folded.len() < length {
            continue;
        }
        let first = random.below(folded.len() - length + 1);
        let is_wordless = (first..first + length).all(|index| folded.units()[index].kind == UnitKind::Mark);
        let string = &text[span_of(&folded, first, length).range()];
        if !is_wordless && can_be_quoted(string) {
            drawn.push(string.to_owned());
        }
    }
    drawn
}

/// The query for a string that can be quoted.
pub(crate) fn quoted(string: &str) -> String {
    format!("\"{string}\"")
}

/// Whether a string means the same between quotation marks, here and to tantivy's parser.
pub(crate) fn can_be_quoted(string: &str) -> bool {
    !string.contains(|character: char| "\"“”„«»「」『』\\".contains(character) || character.is_control())
}

/// Queries of one to four keywords; where words are not spaced, half of them are neighbors written together.
pub(crate) fn keywords(corpus: &Corpus, analyzer: &Analyzer, count: usize) -> Vec<String> {
    let mut random = Random::new(7);
    let mut drawn = Vec::with_capacity(count);
    while drawn.len() < count {
        let wanted = 1 + drawn.len() % MOST_KEYWORDS;
        let is_joined = corpus.language == "zh" && drawn.len() % 8 < 4;
        let text = random_passage(corpus, &mut random);
        let folded = passage_units(text).speech;
        let words = content_words(text, &folded, analyzer);
        let query = match is_joined {
            true => joined_words(&words, wanted, &mut random),
            false => spaced_words(&words, wanted, &mut random),
        };
        drawn.extend(query);
    }
    drawn
}

/// The words of a passage that a query may hold, each with where it begins and ends in units.
pub(crate) fn content_words<'a>(
    text: &'a str,
    folded: &FoldedText,
    analyzer: &Analyzer,
) -> Vec<(&'a str, usize, usize)> {
    let mut words = Vec::new();
    for range in analyzer.words(folded) {
        let word: String = range.clone().map(|index| folded.unit_text(index)).collect();
        let printed = &text[span_of(folded, range.start, range.len()).range()];
        let is_plain = printed.chars().all(char::is_alphanumeric);
        if is_plain && printed.chars().count() > 1 && !is_stop_word(&word) {
            words.push((printed, range.start, range.end));
        }
    }
    words
}

fn joined_words(words: &[(&str, usize, usize)], wanted: usize, random: &mut Random) -> Option<String> {
    let neighbors: Vec<&[(&str, usize, usize)]> = words
        .windows(wanted)
        .filter(|window| window.windows(2).all(|pair| pair[0].2 == pair[1].1))
        .collect();
    if neighbors.is_empty() {
        return None;
    }
    let chosen = neighbors[random.below(neighbors.len())];
    Some(chosen.iter().map(|(word, ..)| *word).collect())
}

fn spaced_words(words: &[(&str, usize, usize)], wanted: usize, random: &mut Random) -> Option<String> {
    if words.len() < wanted {
        return None;
    }
    let chosen: Vec<&str> = (0..wanted).map(|_| words[random.below(words.len())].0).collect();
    Some(chosen.join(" "))
}

fn random_passage<'a>(corpus: &'a Corpus, random: &mut Random) -> &'a str {
    let speech = random_speech(corpus, random);
    random_passage_of(speech, random)
}

pub(crate) fn random_speech<'a>(corpus: &'a Corpus, random: &mut Random) -> &'a Speech {
    &corpus.speeches[random.below(corpus.speeches.len())]
}

pub(crate) fn random_passage_of<'a>(speech: &'a Speech, random: &mut Random) -> &'a str {
    let paragraph = &speech.paragraphs[random.below(speech.paragraphs.len())];
    let text = &speech.text[paragraph.span.range()];
    chancery::corpus::passage::pieces(text)
        .first()
        .map_or(text, |piece| &text[piece.range()])
}
