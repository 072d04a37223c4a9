//! Generated text, for where the real corpora are not at hand: words by rank, sentences, paragraphs, speeches.
//!
//! It exercises the same paths; its figures are not those of the targets, and the benches say so.

use chancery::analyzer::lexicon::diplomatic_words;
use chancery::corpus::{Field, Metadata, Paragraph, Speech};
use chancery::text::ByteSpan;

use super::random::Random;

const ENGLISH: &str = "the of and to in a that peace security nations united international development for we on with cooperation \
    community states global human rights law treaty dialogue climate change trade growth sustainable regional support resolution \
    council general assembly delegation president government people country conflict disarmament nuclear weapons assistance \
    economic social progress challenge future commitment multilateral partnership respect sovereignty territorial integrity mutual";

/// Speeches of about so many bytes in a language, `zh` or `en`.
pub(crate) fn speeches(language: &str, bytes: u64) -> Vec<Speech> {
    let words = vocabulary(language);
    let mut random = Random::new(20_250_617);
    let mut speeches = Vec::new();
    let mut written = 0;
    while written < bytes {
        let speech = speech(language, speeches.len(), &words, &mut random);
        written += speech.text.len() as u64;
        speeches.push(speech);
    }
    speeches
}

fn vocabulary(language: &str) -> Vec<String> {
    let mut words: Vec<String> = if language == "zh" {
        diplomatic_words().map(str::to_owned).collect()
    } else {
        ENGLISH.split_whitespace().map(str::to_owned).collect()
    };
    let mut random = Random::new(1);
    while words.len() < 20_000 {
        let word = if language == "zh" {
            let character = |random: &mut Random| char::from_u32(0x4E00 + random.rank_below(6_000) as u32);
            (0..2).filter_map(|_| character(&mut random)).collect()
        } else {
            let syllable = |random: &mut Random| ["ta", "ri", "mon", "el", "sa", "ku", "ver", "in"][random.below(8)];
            (0..2 + random.below(3)).map(|_| syllable(&mut random)).collect()
        };
        words.push(word);
    }
    words
}

fn speech(language: &str, number: usize, words: &[String], random: &mut Random) -> Speech {
    let (mut text, mut paragraphs) = (String::new(), Vec::new());
    for _ in 0..20 + random.below(60) {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        for _ in 0..1 + random.below(6) {
            push_sentence(language, words, random, &mut text);
        }
        let span = ByteSpan::new(start, text.len());
        paragraphs.push(Paragraph::new(span));
    }
    let mut metadata = Metadata::default();
    for (field, value) in [
        (Field::Language, language),
        (Field::Date, "2020-06-17"),
        (Field::Speaker, "Irvan"),
    ] {
        metadata.set(field, value).expect("the values are valid");
    }
    let body = ByteSpan::new(0, text.len());
    Speech {
        id: format!("generated/{language}-{number}"),
        metadata,
        text,
        body,
        paragraphs,
        matter: Vec::new(),
        quoted: Vec::new(),
    }
}

fn push_sentence(language: &str, words: &[String], random: &mut Random, text: &mut String) {
    let is_spaced = language != "zh";
    let count = 6 + random.below(20);
    for index in 0..count {
        if is_spaced && !text.is_empty() && !text.ends_with('\n') {
            text.push(' ');
        }
        text.push_str(&words[random.rank_below(words.len())]);
        if index + 1 < count && random.below(8) == 0 {
            text.push_str(if is_spaced { "," } else { "，" });
        }
    }
    text.push_str(if is_spaced { "." } else { "。" });
}
