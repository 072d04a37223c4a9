//! Strings as queries: quoted as the query language wants it, and typed in other ways that mean the same.

use chancery::text::is_han;

use super::random::Random;

/// A query for exactly this string.
pub(crate) fn quoted(string: &str) -> String {
    let mut query = String::from("\"");
    for character in string.chars() {
        if matches!(character, '\\' | '"' | '＂' | '“' | '”' | '„') {
            query.push('\\');
        }
        query.push(character);
    }
    query.push('"');
    query
}

/// Types a string in another way that folds to the same units.
pub(crate) fn retyped(string: &str, random: &mut Random) -> String {
    let typist = *random.pick(TYPISTS);
    typist(string)
}

type Typist = fn(&str) -> String;

const TYPISTS: &[Typist] = &[
    traditional,
    simplified,
    full_width,
    other_quotation_marks,
    upper_case,
    spaced_han,
    other_dashes,
];

/// Characters whose traditional form has this one simplified form, and none of which has another meaning.
const PAIRS: &[(char, char)] = &[
    ('国', '國'),
    ('际', '際'),
    ('论', '論'),
    ('坛', '壇'),
    ('会', '會'),
    ('们', '們'),
    ('经', '經'),
    ('济', '濟'),
    ('发', '發'),
    ('展', '展'),
    ('为', '為'),
    ('动', '動'),
    ('关', '關'),
    ('进', '進'),
    ('设', '設'),
    ('对', '對'),
    ('开', '開'),
    ('业', '業'),
    ('产', '產'),
    ('义', '義'),
    ('实', '實'),
    ('现', '現'),
    ('时', '時'),
    ('这', '這'),
    ('来', '來'),
    ('与', '與'),
    ('协', '協'),
    ('边', '邊'),
    ('运', '運'),
    ('华', '華'),
    ('澜', '瀾'),
    ('铁', '鐵'),
];

fn traditional(string: &str) -> String {
    let other = |character| PAIRS.iter().find(|(simplified, _)| *simplified == character);
    string
        .chars()
        .map(|character| other(character).map_or(character, |(_, traditional)| *traditional))
        .collect()
}

fn simplified(string: &str) -> String {
    let other = |character| PAIRS.iter().find(|(_, traditional)| *traditional == character);
    string
        .chars()
        .map(|character| other(character).map_or(character, |(simplified, _)| *simplified))
        .collect()
}

/// Digits and Latin letters as wide as Han characters.
fn full_width(string: &str) -> String {
    let wide = |character: char| match character {
        '0'..='9' | 'A'..='Z' | 'a'..='z' | '%' => char::from_u32(character as u32 + 0xFEE0).unwrap_or(character),
        _ => character,
    };
    string.chars().map(wide).collect()
}

fn other_quotation_marks(string: &str) -> String {
    let other = |character| match character {
        '“' | '「' => '«',
        '”' | '」' => '»',
        '"' => '”',
        '’' => '\'',
        '\'' => '’',
        _ => character,
    };
    string.chars().map(other).collect()
}

/// Capital letters, where the small ones come back: `ı` becomes `I`, which is another letter.
fn upper_case(string: &str) -> String {
    if string.contains('ı') {
        return string.to_owned();
    }
    string.to_uppercase()
}

fn spaced_han(string: &str) -> String {
    let mut spaced = String::with_capacity(string.len() * 2);
    let mut after_han = false;
    for character in string.chars() {
        if after_han && is_han(character) {
            spaced.push(if spaced.len().is_multiple_of(2) {
                ' '
            } else {
                '\u{3000}'
            });
        }
        after_han = is_han(character);
        spaced.push(character);
    }
    spaced
}

fn other_dashes(string: &str) -> String {
    let other = |character| match character {
        '—' | '－' => '―',
        '–' => '—',
        _ => character,
    };
    string.chars().map(other).collect()
}
