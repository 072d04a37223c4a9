//! Character encodings: bytes to text, with what was assumed and how many characters could not be decoded.
//!
//! In this order an encoding is known: the caller forces it, a byte order mark names it, the bytes are valid UTF-8, they
//! are UTF-16 without a mark, the source declares it, or it is told from the bytes (`guess`). A declared encoding in
//! which more than one character in a hundred is undecodable gives way to the encoding that the bytes tell, if that
//! decodes more of them. Nothing is dropped: what cannot be decoded becomes U+FFFD and is counted.

use encoding_rs::{DecoderResult, Encoding, GB18030, GBK, ISO_2022_JP, KOI8_R, KOI8_U, UTF_8};

use crate::error::{Error, ErrorKind, Result};

mod guess;
mod wide;

pub use guess::detect;

/// The encodings that messages name; many more labels are understood.
const NAMED: &str = "UTF-8, UTF-16LE, UTF-16BE, GB18030, GBK, Big5, Shift_JIS, EUC-JP, ISO-2022-JP, EUC-KR, KOI8-R, KOI8-U, \
     IBM866, windows-874, windows-1250 to windows-1258, ISO-8859-2 to ISO-8859-16 or macintosh";

/// How the encoding of a text is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// By the byte order mark at the start.
    Mark,
    /// The bytes are valid UTF-8.
    Valid,
    /// The source declares it.
    Declared,
    /// It was told from the bytes.
    Detected,
    /// The caller forced it.
    Forced,
}

/// Decoded bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark and otherwise as it stood.
    pub text: String,
    /// The encoding by its usual name, such as `UTF-8`, `GB18030` or `KOI8-R`.
    pub encoding: &'static str,
    /// How it is known.
    pub how: How,
    /// The number of undecodable sequences, each of them U+FFFD in the text.
    pub undecodable: u64,
}

/// The encoding of a name as people and documents write it: `gb18030`, `cp1251`, `latin1`.
///
/// # Errors
/// The name is not that of an encoding; the hint lists names.
pub fn named(label: &str) -> Result<&'static Encoding> {
    known(label).ok_or_else(|| {
        Error::new(ErrorKind::Usage, format!("`{label}` is not a character encoding")).hint(format!("write {NAMED}"))
    })
}

/// Decodes the bytes of a text.
///
/// `declared` is the name that the source itself gives, such as the charset of a page; an unknown one is passed over.
///
/// # Errors
/// In plain words, that the bytes are no text.
pub fn decode(
    bytes: &[u8],
    declared: Option<&str>,
    forced: Option<&'static Encoding>,
) -> std::result::Result<Decoded, String> {
    let (encoding, how, start) = match (forced, Encoding::for_bom(bytes)) {
        (Some(encoding), mark) => {
            let start = mark
                .filter(|(marked, _)| *marked == encoding)
                .map_or(0, |(_, length)| length);
            (encoding, How::Forced, start)
        }
        (None, Some((encoding, length))) => (encoding, How::Mark, length),
        (None, None) => {
            let (encoding, how) = told(bytes, declared)?;
            (encoding, how, 0)
        }
    };
    let (text, undecodable) = decode_as(&bytes[start..], encoding);
    if how != How::Forced {
        refuse_binary(&text)?;
    }
    Ok(Decoded {
        text,
        encoding: usual_name(encoding, how, bytes),
        how,
        undecodable,
    })
}

/// The encoding of a stream of which only the beginning is at hand. One that is UTF-8 but for a few bytes is UTF-8: its
/// faults are those of single lines.
pub fn of_stream(start: &[u8], forced: Option<&'static Encoding>) -> &'static Encoding {
    if let Some(encoding) = forced.or_else(|| Encoding::for_bom(start).map(|(encoding, _)| encoding)) {
        return encoding;
    }
    if let Some(encoding) = wide::detect(&start[..start.len() / 4 * 4]) {
        return encoding;
    }
    let (text, undecodable) = decode_as(start, UTF_8);
    let decoded = text.chars().filter(|character| !character.is_ascii()).count() as u64 - undecodable;
    // The last character may be cut.
    if undecodable <= 1 || undecodable * 4 < decoded {
        return UTF_8;
    }
    detect(start)
}

/// The encoding of bytes without a mark.
fn told(bytes: &[u8], declared: Option<&str>) -> std::result::Result<(&'static Encoding, How), String> {
    let declared = declared.and_then(known);
    let is_utf_8 = std::str::from_utf8(bytes).is_ok();
    // A declared encoding of seven bits, such as ISO-2022-JP, looks like ASCII.
    if let Some(encoding) = declared.filter(|encoding| is_utf_8 && *encoding == ISO_2022_JP) {
        return Ok((encoding, How::Declared));
    }
    if is_utf_8 && !bytes.contains(&0) {
        return Ok((UTF_8, How::Valid));
    }
    if let Some(encoding) = wide::detect(bytes) {
        return Ok((encoding, How::Detected));
    }
    if bytes.contains(&0) {
        return Err(BINARY.to_owned());
    }
    let Some(declared) = declared else {
        return Ok((detect(bytes), How::Detected));
    };
    let faults = |encoding| {
        let (text, undecodable) = decode_as(bytes, encoding);
        (undecodable, text.chars().count() as u64)
    };
    let (undecodable, length) = faults(declared);
    if undecodable * 100 > length {
        let detected = detect(bytes);
        if faults(detected).0 < undecodable {
            return Ok((detected, How::Detected));
        }
    }
    Ok((declared, How::Declared))
}

const BINARY: &str = "is a binary file, not a text: it holds zero bytes";

/// Refuses what decodes into many control characters, as no text does.
fn refuse_binary(text: &str) -> std::result::Result<(), String> {
    let (mut characters, mut controls) = (0_usize, 0_usize);
    for character in text.chars() {
        characters += 1;
        let is_control = character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\u{0C}' | '\u{85}');
        controls += usize::from(is_control);
    }
    if controls * 50 > characters {
        return Err(format!(
            "is a binary file, not a text: {controls} of its {characters} characters are control characters"
        ));
    }
    Ok(())
}

/// The text and the number of undecodable sequences in it.
pub(crate) fn decode_as(bytes: &[u8], encoding: &'static Encoding) -> (String, u64) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2);
    let mut undecodable = 0;
    let mut rest = bytes;
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        rest = &rest[read..];
        match result {
            DecoderResult::InputEmpty => return (text, undecodable),
            DecoderResult::OutputFull => text.reserve(rest.len() * 3 + 16),
            DecoderResult::Malformed(..) => {
                undecodable += 1;
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
    }
}

/// The encoding of a label; that of GBK is read as GB18030, which holds it.
fn known(label: &str) -> Option<&'static Encoding> {
    const OTHER_NAMES: &[(&str, &str)] = &[
        ("utf16", "utf-16le"),
        ("utf16le", "utf-16le"),
        ("utf16be", "utf-16be"),
        ("koi8r", "koi8-r"),
        ("koi8u", "koi8-u"),
        ("windows1251", "windows-1251"),
        ("cp936", "gbk"),
        ("cp949", "euc-kr"),
        ("cp950", "big5"),
        ("cp932", "shift_jis"),
        ("cp866", "ibm866"),
        ("gb-18030", "gb18030"),
        ("big-5", "big5"),
        ("shift-jis", "shift_jis"),
    ];
    let lower = label.trim().to_ascii_lowercase();
    let standard = OTHER_NAMES
        .iter()
        .find(|(name, _)| *name == lower)
        .map_or(lower.as_str(), |(_, standard)| standard);
    let encoding = Encoding::for_label_no_replacement(standard.as_bytes())?;
    Some(if encoding == GBK { GB18030 } else { encoding })
}

/// The name that users know: of a detected KOI8-U the more common KOI8-R, unless letters stand in it that only Ukrainian has.
fn usual_name(encoding: &'static Encoding, how: How, bytes: &[u8]) -> &'static str {
    const UKRAINIAN: &[u8] = &[0xA4, 0xA6, 0xA7, 0xAD, 0xAE, 0xB4, 0xB6, 0xB7, 0xBD, 0xBE];
    if encoding == GBK || encoding == GB18030 {
        "GB18030"
    } else if encoding == KOI8_U && how == How::Detected && !bytes.iter().any(|byte| UKRAINIAN.contains(byte)) {
        KOI8_R.name()
    } else {
        encoding.name()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_as_people_write_them() {
        for (label, name) in [
            ("gbk", "gb18030"),
            ("GB2312", "gb18030"),
            ("cp1251", "windows-1251"),
            ("KOI8R", "KOI8-R"),
            ("latin1", "windows-1252"),
            ("utf16", "UTF-16LE"),
            ("Shift-JIS", "Shift_JIS"),
        ] {
            assert_eq!(known(label).map(Encoding::name), Some(name), "{label}");
        }
        let error = named("klingon").unwrap_err();
        assert!(error.hint_text().is_some_and(|hint| hint.contains("GB18030")));
    }
}
