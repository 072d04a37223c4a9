//! Character encodings: what is told from bytes, how often rightly, and that nothing is dropped.

#![allow(
    clippy::print_stdout,
    reason = "the table of what is told rightly is the point of a test"
)]

use std::fs;
use std::path::Path;

use chancery::ingest::encoding::{Decoded, How, decode, detect, named};
use proptest::prelude::*;

use crate::support::shared::shared_data;

/// The encodings whose every character has one way to be written.
const REVERSIBLE: &[&str] = &[
    "UTF-8",
    "GB18030",
    "Big5",
    "EUC-KR",
    "KOI8-R",
    "KOI8-U",
    "windows-1251",
    "windows-1252",
    "windows-1256",
    "IBM866",
];

const SAMPLE: &str = "Отчёт №5: «мир» — 合作共赢，一帶一路。 Côte d’Ivoire, 평화, السلام, 2025.";

/// The bytes of the characters of a text that an encoding has, and those characters.
fn encode(text: &str, name: &str) -> (Vec<u8>, String) {
    match name {
        "UTF-16LE" => {
            return (
                text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
                text.to_owned(),
            );
        }
        "UTF-16BE" => {
            return (
                text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
                text.to_owned(),
            );
        }
        _ => {}
    }
    let encoding = named(name).expect("the encoding is known");
    let (mut bytes, mut kept) = (Vec::new(), String::new());
    for character in text.chars() {
        let one = character.to_string();
        let (encoded, _, is_missing) = encoding.encode(&one);
        if !is_missing {
            bytes.extend_from_slice(&encoded);
            kept.push(character);
        }
    }
    (bytes, kept)
}

fn decoded(bytes: &[u8]) -> Decoded {
    decode(bytes, None, None).expect("the bytes are a text")
}

#[test]
fn a_forced_encoding_gives_back_what_was_encoded() {
    for name in REVERSIBLE.iter().chain(&["UTF-16LE", "UTF-16BE"]) {
        let (bytes, text) = encode(SAMPLE, name);
        let found = decode(&bytes, None, Some(named(name).unwrap())).unwrap();
        assert_eq!((found.text, found.encoding, found.undecodable), (text, *name, 0));
        assert_eq!(found.how, How::Forced);
    }
}

#[test]
fn a_mark_names_the_encoding_and_is_taken_off() {
    let text = "海港 harbor";
    let (little, _) = encode(&format!("\u{FEFF}{text}"), "UTF-16LE");
    let (big, _) = encode(&format!("\u{FEFF}{text}"), "UTF-16BE");
    let utf_8 = format!("\u{FEFF}{text}").into_bytes();
    for (bytes, name) in [(little, "UTF-16LE"), (big, "UTF-16BE"), (utf_8, "UTF-8")] {
        let found = decoded(&bytes);
        assert_eq!(
            (found.text.as_str(), found.encoding, found.how),
            (text, name, How::Mark)
        );
    }
}

#[test]
fn undecodable_sequences_are_counted_and_kept_as_such() {
    let mut bytes = "今天，我们在海港举行会议，讨论和平与发展。".repeat(3).into_bytes();
    bytes.insert(9, 0xFF);
    bytes.extend_from_slice(&[0xE4, 0xBB]);
    let found = decoded(&bytes);
    assert_eq!((found.encoding, found.undecodable), ("UTF-8", 2));
    assert_eq!(found.text.matches('\u{FFFD}').count(), 2);
    let own = decoded("a \u{FFFD} of its own".as_bytes());
    assert_eq!((own.undecodable, own.how), (0, How::Valid));
}

#[test]
fn a_declared_encoding_holds_unless_it_decodes_badly() {
    let text = "Уважаемые коллеги, сегодня мы говорим о мире и сотрудничестве между народами.";
    let (bytes, _) = encode(text, "windows-1251");
    let found = decode(&bytes, Some("cp1251"), None).unwrap();
    assert_eq!((found.text.as_str(), found.how), (text, How::Declared));
    let found = decode(&bytes, Some("Shift_JIS"), None).unwrap();
    assert_eq!((found.text.as_str(), found.how), (text, How::Detected));
    let found = decode(text.as_bytes(), Some("windows-1251"), None).unwrap();
    assert_eq!((found.text.as_str(), found.how), (text, How::Valid));
    let found = decode(&bytes, Some("no such encoding"), None).unwrap();
    assert_eq!(found.how, How::Detected);
}

#[test]
fn binary_data_is_refused_in_words() {
    let image: Vec<u8> = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR"
        .iter()
        .copied()
        .chain((0..=255).cycle().take(4_000))
        .collect();
    let controls: Vec<u8> = (0..2_000).map(|index| if index % 5 == 0 { 1 } else { b'a' }).collect();
    for bytes in [image, controls] {
        let reason = decode(&bytes, None, None).unwrap_err();
        assert!(reason.contains("binary"), "{reason}");
    }
}

#[test]
fn encodings_of_real_texts_are_told_from_few_bytes() {
    let Some(data) = shared_data() else {
        return;
    };
    let lengths = [50, 100, 200, 500, 1000, 2000];
    println!(
        "{:<9} {:<13} right of a hundred at {lengths:?} bytes",
        "language", "encoding"
    );
    for (language, file, names) in [
        (
            "zh",
            "seed/000_58dc039e6809e679.txt",
            &["GB18030", "UTF-16LE", "UTF-16BE"][..],
        ),
        (
            "zh-Hant",
            "formats/encodings/big5.txt",
            &["Big5", "GB18030", "UTF-16BE"],
        ),
        (
            "ru",
            "formats/pdf/ru_ru.txt",
            &["windows-1251", "KOI8-R", "IBM866", "ISO-8859-5", "UTF-16LE"],
        ),
        ("fr", "formats/pdf/ad_fr.txt", &["windows-1252", "UTF-16LE"]),
        ("es", "formats/pdf/bo_es.txt", &["windows-1252"]),
        ("en", "formats/pdf/ba_en.txt", &["windows-1252", "UTF-16BE"]),
        ("ar", "retrieval/xquad-ar/passages.jsonl", &["windows-1256", "UTF-16LE"]),
    ] {
        let text = sample(&data.join(file));
        for name in names {
            let shares: Vec<Option<usize>> = lengths.iter().map(|length| share_told(&text, name, *length)).collect();
            println!("{language:<9} {name:<13} {shares:?}");
            for (share, length) in shares.iter().zip(lengths) {
                let least = if length < 200 { 90 } else { 99 };
                assert!(
                    share.is_none_or(|share| share >= least),
                    "{language} in {name}, {length} bytes"
                );
            }
        }
    }
}

fn sample(path: &Path) -> String {
    let text = decoded(&fs::read(path).expect("the text is readable")).text;
    text.chars()
        .take(20_000)
        .filter(|character| !"{}\"".contains(*character))
        .collect()
}

/// How many of a hundred stretches of so many bytes are decoded rightly; absent where the text is too short.
fn share_told(text: &str, name: &str, length: usize) -> Option<usize> {
    let pieces: Vec<Vec<char>> = text
        .split_inclusive(['。', '.', '\n'])
        .map(|piece| piece.chars().collect())
        .collect();
    let (mut count, mut right) = (0, 0);
    for start in (0..pieces.len()).step_by(pieces.len().div_ceil(40)) {
        let mut kept = String::new();
        let mut size = 0;
        for character in pieces[start..].iter().flatten() {
            size += encode(&character.to_string(), name).0.len();
            if size > length {
                break;
            }
            kept.push(*character);
        }
        let (bytes, kept) = encode(&kept, name);
        if bytes.len() * 10 >= length * 9 {
            count += 1;
            right += usize::from(decode(&bytes, None, None).is_ok_and(|found| found.text == kept));
        }
    }
    (right * 100).checked_div(count)
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic_and_valid_utf_8_stays_what_it_is(bytes in prop::collection::vec(any::<u8>(), 0..400), text in "\\PC{0,80}") {
        let _ = decode(&bytes, Some("gbk"), None);
        let _ = decode(&bytes, None, named("utf-16").ok());
        detect(&bytes);
        let found = decode(text.as_bytes(), Some("big5"), None).unwrap();
        prop_assert_eq!(found.text.trim_start_matches('\u{FEFF}'), text.trim_start_matches('\u{FEFF}'));
    }

    #[test]
    fn what_can_be_encoded_comes_back(text in "[а-яА-Яa-zA-Z 一-龥。，é]{0,120}", index in 0..REVERSIBLE.len()) {
        let (bytes, kept) = encode(&text, REVERSIBLE[index]);
        let found = decode(&bytes, None, named(REVERSIBLE[index]).ok()).unwrap();
        prop_assert_eq!(found.text, kept);
    }
}
