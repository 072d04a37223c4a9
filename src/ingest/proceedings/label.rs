//! Labels of turns as minutes print them: an office with a name in brackets, a name with a constituency or a party.

use super::minutes::Speaker;

/// Titles with which a name begins in minutes, in lower case and without full stops.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady", "baroness", "baron", "viscount", "viscountess", "earl",
    "hon", "honourable", "captain", "capt", "colonel", "col", "lieut", "lieutenant", "major", "general", "admiral",
    "commander", "professor", "prof", "senator", "deputy", "reverend", "rev", "marquess", "duke", "mx", "commodore",
    "brigadier", "squadron", "wing", "group", "air", "sardar", "shri", "shrimati", "dato", "datuk", "tan", "tun",
];

/// A printed label as name and role: `The Minister for Coasts (Mr. Orrin)`, `Mr. Tamsin (Cape North)`, `Mr. Tamsin:`. What
/// stands in the brackets behind a name, a place or a party, is no part of the name.
pub(super) fn speaker(label: &str) -> Option<Speaker> {
    let label = without_marks(label);
    if label.is_empty() {
        return None;
    }
    let Some((outside, inside)) = bracketed(label) else {
        return Some(Speaker {
            name: label.to_owned(),
            ..Speaker::default()
        });
    };
    let (name, role) = match is_titled(inside) && !is_titled(outside) {
        true => (inside, outside),
        false => (outside, ""),
    };
    Some(Speaker {
        name: name.to_owned(),
        role: role.to_owned(),
        ..Speaker::default()
    })
}

/// A label without the colon and dashes that close it.
pub(super) fn without_marks(label: &str) -> &str {
    label.trim().trim_end_matches([':', '：', '—', '–', '-']).trim()
}

/// What stands before the brackets at the end of a label, and in them.
pub(super) fn bracketed(label: &str) -> Option<(&str, &str)> {
    let rest = label.strip_suffix([')', '）'])?;
    let open = rest.find(['(', '（'])?;
    let inside = rest[open..].trim_start_matches(['(', '（']).trim();
    let outside = rest[..open].trim();
    (!outside.is_empty() && !inside.is_empty()).then_some((outside, inside))
}

fn is_titled(name: &str) -> bool {
    let first = name
        .split_whitespace()
        .find(|word| !matches!(*word, "The" | "the" | "Rt." | "Rt" | "Right"));
    first.is_some_and(|first| {
        let word = first.trim_end_matches(['.', ',']).to_lowercase();
        TITLES.contains(&word.as_str()) && name.split_whitespace().count() > 1
    })
}
