//! Which encoding bytes are in that say nothing about it.
//!
//! chardetng tells the older encodings apart; it was made for whole pages, so short Western texts get a second look, and
//! a UTF-8 text that is damaged in a few places stays UTF-8.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, WINDOWS_1252};

use super::wide;

/// Words of Western European languages that stand in every text of some length.
#[rustfmt::skip]
const WESTERN_WORDS: &[&str] = &[
    "de", "la", "le", "les", "des", "et", "que", "el", "los", "las", "en", "un", "une", "une", "du", "pour", "dans", "y",
    "por", "con", "para", "do", "da", "os", "em", "und", "der", "die", "den", "das", "the", "of", "and", "to", "il", "di",
    "che", "per", "nous", "est", "del", "se", "com",
];

/// The letters and marks beyond ASCII of those languages, as windows-1252 has them.
const WESTERN_LETTERS: &str =
    "àâäáãåçèéêëìíîïñòóôöõøùúûüýÿæœßÀÂÄÁÃÅÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØÙÚÛÜÝŸÆŒ¿¡«»“”‘’„–—…°ºª€£§·•©\u{A0}";

/// The encoding of bytes, told from their beginning: UTF-8 where they are valid but for a character cut at the end or a
/// few damaged ones, UTF-16 without a mark, else the most plausible of the older encodings.
pub fn detect(prefix: &[u8]) -> &'static Encoding {
    if is_almost_utf_8(prefix) {
        return UTF_8;
    }
    if let Some(encoding) = wide::detect(prefix) {
        return encoding;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // The bytes may go on, so a character cut at the end is no fault.
    detector.feed(prefix, false);
    let guessed = detector.guess(None, Utf8Detection::Deny);
    if guessed != WINDOWS_1252 && is_western(prefix) {
        return WINDOWS_1252;
    }
    if guessed == GBK {
        return GB18030;
    }
    // One damaged byte is enough for chardetng to give an encoding up.
    match guessed.is_single_byte() {
        true => damaged_chinese(prefix).unwrap_or(guessed),
        false => guessed,
    }
}

/// The most frequent characters of Chinese texts.
const FREQUENT_HAN: &str = "的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就";

/// The Chinese encoding in which bytes are a text but for a few damaged places.
fn damaged_chinese(bytes: &[u8]) -> Option<&'static Encoding> {
    [GB18030, BIG5].into_iter().find(|encoding| {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        let (mut characters, mut damaged, mut frequent) = (0, 0, 0);
        for character in text.chars().filter(|character| !character.is_ascii()) {
            characters += 1;
            damaged += usize::from(character == char::REPLACEMENT_CHARACTER);
            frequent += usize::from(FREQUENT_HAN.contains(character));
        }
        characters >= 20 && damaged * 50 <= characters && frequent * 20 >= characters
    })
}

/// Whether all but a few characters are valid, and enough of them are beyond ASCII to tell.
fn is_almost_utf_8(bytes: &[u8]) -> bool {
    let (mut valid, mut invalid, mut is_cut) = (0, 0, false);
    let mut chunks = bytes.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        valid += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        is_cut = chunks.peek().is_none() && chunk.invalid().first().is_some_and(|byte| *byte >= 0xC2);
        invalid += usize::from(!chunk.invalid().is_empty() && !is_cut);
    }
    (invalid == 0 && (valid > 0 || !is_cut)) || (valid >= 10 && invalid * 20 <= valid)
}

/// Whether bytes are a Western European text: most are ASCII letters, those beyond stand alone among them and are
/// letters of these languages, and their frequent words occur.
fn is_western(bytes: &[u8]) -> bool {
    let beyond = bytes.iter().filter(|byte| **byte >= 0x80).count();
    let letters = bytes.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    let pairs = bytes
        .windows(2)
        .filter(|pair| pair[0] >= 0x80 && pair[1] >= 0x80)
        .count();
    if letters < beyond * 5 || pairs * 4 > beyond {
        return false;
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    let is_known = |character: char| character.is_ascii() || WESTERN_LETTERS.contains(character);
    let mut found: Vec<String> = text
        .split(|character: char| !character.is_alphabetic())
        .map(str::to_lowercase)
        .filter(|word| WESTERN_WORDS.contains(&word.as_str()))
        .collect();
    found.sort();
    found.dedup();
    text.chars().all(is_known) && found.len() >= 3
}
