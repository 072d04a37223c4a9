//! What a PDF says about itself: its title, where it is one.
//!
//! The author of the file is often whoever typed it and the date is when the file was made, so neither says who spoke
//! or when.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Endings of file names, which programs put where a title belongs.
const FILE_ENDINGS: &[&str] = &[
    ".doc", ".docx", ".pdf", ".rtf", ".txt", ".odt", ".indd", ".ppt", ".pptx", ".wpd", ".pages", ".htm", ".html",
];

/// The title, if what stands in its place reads like one.
pub(super) fn title(bytes: &[u8]) -> Option<String> {
    let text = decode(bytes)?;
    let title = text.split_whitespace().collect::<Vec<_>>().join(" ");
    is_real(&title).then_some(title)
}

/// Decodes a text string of a PDF: marked UTF-16 or UTF-8, or eight bits.
fn decode(bytes: &[u8]) -> Option<String> {
    let text = match bytes {
        [0xFE, 0xFF, rest @ ..] => UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xFF, 0xFE, rest @ ..] => UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => std::str::from_utf8(rest).ok()?.to_owned(),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            // A few letters with accents are Latin; many are another alphabet, and which one is not said.
            Err(_) if bytes.iter().filter(|byte| !byte.is_ascii()).count() * 4 > bytes.len() => return None,
            Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
        },
    };
    let is_text = !text
        .chars()
        .any(|character| character == '\u{FFFD}' || (character.is_control() && !character.is_whitespace()));
    is_text.then_some(text)
}

fn is_real(title: &str) -> bool {
    let lower = title.to_lowercase();
    let is_file = FILE_ENDINGS.iter().any(|ending| lower.ends_with(ending)) || lower.contains(['\\', '_']);
    let is_program = ["microsoft", "powerpoint", "untitled", "document", "layout 1"]
        .iter()
        .any(|name| lower.starts_with(name));
    let has_han = title
        .chars()
        .filter(|character| crate::text::is_han(*character))
        .count()
        >= 4;
    let words = title
        .split(' ')
        .filter(|word| word.chars().filter(|letter| letter.is_alphabetic()).count() > 1);
    !is_file && !is_program && title.len() <= 400 && (has_han || words.count() >= 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_taken_only_where_it_reads_like_one() {
        let check = |bytes: &[u8], expected: Option<&str>| assert_eq!(title(bytes).as_deref(), expected);
        check(
            b"Statement by the President of Utopia",
            Some("Statement by the President of Utopia"),
        );
        check(b"\xFE\xFF\x4E\x3B\x5E\x2D\x81\xF4\x8F\x9E", Some("主席致辞"));
        check(
            b"D\xE9claration de la France \xE0 Paris",
            Some("Déclaration de la France à Paris"),
        );
        check(b"Microsoft Word - my statement for the press", None);
        check(b"the speech as delivered.docx", None);
        check(b"GA79_final", None);
        check(b"Untitled document of mine", None);
        check(
            b"\xD0\xE5\xF7\xFC \xEC\xE8\xED\xE8\xF1\xF2\xF0\xE0 \xE8\xED\xEE\xF1\xF2\xF0\xE0\xED\xED\xFB\xF5",
            None,
        );
        check(b"", None);
    }
}
