//! Ids that are derived from where a speech lies, and the check of ids that a source gives.
//!
//! They stand apart because ids are a promise: links to passages last only while the rule here does not change.

use std::ffi::OsStr;
use std::fmt::Write;
use std::path::{Component, Path};

/// Derives the id of a speech from its path under the ingested root: the path without its extension, with everything
/// but letters, digits and `-._~/` percent-encoded, behind the collection where there is one.
pub fn derived_id(collection: Option<&str>, relative: &Path) -> String {
    let mut id = String::new();
    if let Some(name) = collection {
        encode(OsStr::new(name), &mut id);
        id.push('/');
    }
    let without_extension = relative.with_extension("");
    let parts = without_extension.components().filter_map(|component| match component {
        Component::Normal(part) => Some(part),
        _ => None,
    });
    for (index, part) in parts.enumerate() {
        if index > 0 {
            id.push('/');
        }
        encode(part, &mut id);
    }
    id
}

/// Derives the id of record number `record`, counted from 1, of a file of many speeches.
pub fn derived_record_id(collection: Option<&str>, relative: &Path, record: u64) -> String {
    format!("{}:{record}", derived_id(collection, relative))
}

/// Says why an id that a source gives cannot be kept, if it cannot.
pub fn fault_of_given_id(id: &str) -> Option<String> {
    if id.trim().is_empty() {
        return Some("the id is empty: give one or leave the field out".to_owned());
    }
    if id.chars().any(char::is_control) {
        return Some(format!("the id {id:?} holds a control character: take it out"));
    }
    if id.trim() != id {
        return Some(format!("the id {id:?} begins or ends with white space: take it off"));
    }
    let unseen = id.chars().find(|character| is_unseen(*character))?;
    Some(format!(
        "the id {id:?} holds U+{:04X}, which cannot be seen and lets two ids look the same: take it out",
        u32::from(unseen)
    ))
}

/// Whether a character only says how others are shown, as marks of direction do: the format characters of Unicode that have no
/// form of their own, the separators of lines and paragraphs, and the selectors of variants.
fn is_unseen(character: char) -> bool {
    matches!(character,
        '\u{AD}' | '\u{61C}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
        | '\u{13430}'..='\u{1343F}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Appends a name with everything but letters, digits and `-._~/` as upper-case hexadecimal bytes; bytes that are not
/// UTF-8 are encoded one by one.
fn encode(name: &OsStr, id: &mut String) {
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        for character in chunk.valid().chars() {
            if character.is_alphanumeric() || "-._~/".contains(character) {
                id.push(character);
            } else {
                encode_bytes(character.encode_utf8(&mut [0; 4]).as_bytes(), id);
            }
        }
        encode_bytes(chunk.invalid(), id);
    }
}

fn encode_bytes(bytes: &[u8], id: &mut String) {
    for byte in bytes {
        write!(id, "%{byte:02X}").expect("writing to a string cannot fail");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_the_path_without_its_extension() {
        for (path, id) in [
            ("a.txt", "a"),
            ("summit/astana-2025.txt", "summit/astana-2025"),
            ("report.2013.txt", "report.2013"),
            ("讲话/2013年.txt", "讲话/2013年"),
            ("речь ё.txt", "речь%20ё"),
            ("“a”:b#p1.txt", "%E2%80%9Ca%E2%80%9D%3Ab%23p1"),
            (
                "Session 60 - 2005/JPN_60_2005.txt",
                "Session%2060%20-%202005/JPN_60_2005",
            ),
        ] {
            assert_eq!(derived_id(None, Path::new(path)), id, "{path}");
        }
    }

    #[test]
    fn a_collection_and_a_record_number_frame_the_path() {
        assert_eq!(derived_id(Some("UN GA"), Path::new("a.txt")), "UN%20GA/a");
        assert_eq!(derived_record_id(Some("un"), Path::new("b.jsonl"), 12), "un/b:12");
    }

    #[test]
    fn a_given_id_is_kept_unless_a_part_of_it_cannot_be_seen() {
        for id in ["任意 #p1 ✓", "речь/é", "خطاب", "हिन्दी"] {
            assert_eq!(fault_of_given_id(id), None, "{id}");
        }
        for (id, named) in [
            ("", "is empty"),
            (" ", "is empty"),
            ("a\nb", "a control character"),
            (" a", "begins or ends with white space"),
            ("a\u{3000}", "begins or ends with white space"),
            ("a\u{202E}b", "U+202E"),
            ("a\u{2067}b", "U+2067"),
            ("a\u{200B}b", "U+200B"),
            ("a\u{AD}b", "U+00AD"),
            ("\u{FEFF}a", "U+FEFF"),
            ("a\u{E0041}", "U+E0041"),
        ] {
            let fault = fault_of_given_id(id).unwrap_or_default();
            assert!(fault.contains(named), "{id:?}: {fault}");
        }
    }
}
