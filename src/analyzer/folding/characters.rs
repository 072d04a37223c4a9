//! The character tables of folding: which marks are one mark, which characters extend the one before, and traditional
//! Han characters to simplified ones. Tables alone; the algorithm stands in the parent module.

use std::sync::LazyLock;

/// The pairs of traditional and simplified characters.
const TRADITIONAL: &str = include_str!("traditional.txt");

/// The first code point that the dense part of the table covers.
const DENSE_START: u32 = 0x3400;
/// One past the last code point that the dense part of the table covers.
const DENSE_END: u32 = 0xA000;

struct SimplifiedTable {
    dense: Vec<char>,
    sparse: rustc_hash::FxHashMap<char, char>,
}

static SIMPLIFIED: LazyLock<SimplifiedTable> = LazyLock::new(|| {
    let identity = |code: u32| char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
    let mut dense: Vec<char> = (DENSE_START..DENSE_END).map(identity).collect();
    let mut sparse = rustc_hash::FxHashMap::default();
    for line in TRADITIONAL.lines().filter(|line| !line.starts_with('#')) {
        let mut pair = line.chars();
        let (Some(traditional), Some(simplified)) = (pair.next(), pair.next()) else {
            continue;
        };
        match dense.get_mut((traditional as u32).wrapping_sub(DENSE_START) as usize) {
            Some(slot) => *slot = simplified,
            None => drop(sparse.insert(traditional, simplified)),
        }
    }
    SimplifiedTable { dense, sparse }
});

/// Folds a traditional Han character to the simplified one; every other character stays as it is.
pub fn simplified(character: char) -> char {
    match SIMPLIFIED
        .dense
        .get((character as u32).wrapping_sub(DENSE_START) as usize)
    {
        Some(folded) => *folded,
        None if (character as u32) < DENSE_START => character,
        None => SIMPLIFIED.sparse.get(&character).copied().unwrap_or(character),
    }
}

/// Whether the character is a quotation mark whatever stands around it. Single marks, which may be apostrophes, are not here.
pub(super) fn is_double_quotation_mark(character: char) -> bool {
    matches!(
        character,
        '"' | '“'
            | '”'
            | '„'
            | '‟'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '「'
            | '」'
            | '『'
            | '』'
            | '〝'
            | '〞'
            | '〟'
            | '＂'
            | '｢'
            | '｣'
            | '﹁'
            | '﹂'
            | '﹃'
            | '﹄'
    )
}

/// Whether the character is an apostrophe between letters and a quotation mark elsewhere.
pub(super) fn is_single_quotation_mark(character: char) -> bool {
    matches!(character, '\'' | '‘' | '’' | '‚' | '‛' | 'ʼ' | '＇' | '`' | '´' | '′')
}

/// Whether the character is a dash or a hyphen.
pub(super) fn is_dash(character: char) -> bool {
    matches!(
        character,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}'
    )
}

/// Whether the character is a hyphen, with which a line may end inside of a word; a dash stands between words.
pub(super) fn is_hyphen(character: char) -> bool {
    matches!(character, '-' | '\u{2010}' | '\u{2011}')
}

/// Whether a line or a page ends with the character.
pub(super) fn is_line_break(character: char) -> bool {
    matches!(character, '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether the character is never seen: it takes no part in matching and separates nothing.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{0640}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}'
        | '\u{E0100}'..='\u{E01EF}')
}

/// Whether the character, unseen in words, makes one symbol of several, or another of one: an emoji of a family, a flag.
pub(super) fn binds_symbols(character: char) -> bool {
    matches!(character, '\u{200D}' | '\u{E0020}'..='\u{E007F}')
}

/// The ASCII form of the digits that Arabic and Persian are written with, and of the marks between them.
pub(super) fn ascii_digit(character: char) -> Option<char> {
    let digit = |zero: u32| char::from_digit(character as u32 - zero, 10);
    match character {
        '\u{660}'..='\u{669}' => digit(0x660),
        '\u{6F0}'..='\u{6F9}' => digit(0x6F0),
        '\u{66A}' => Some('%'),
        '\u{66B}' => Some('.'),
        '\u{66C}' => Some(','),
        _ => None,
    }
}

/// Whether the character may join the one before it into one visible character, so that the quick way must not be taken.
pub(super) fn may_extend(character: char) -> bool {
    matches!(character,
        '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0489}' | '\u{0591}'..='\u{05C7}' | '\u{0610}'..='\u{061C}'
        | '\u{064B}'..='\u{065F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{200C}' | '\u{200D}'
        | '\u{20D0}'..='\u{20FF}' | '\u{302A}'..='\u{302F}' | '\u{3099}' | '\u{309A}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FE20}'..='\u{FE2F}' | '\u{FF9E}' | '\u{FF9F}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0020}'..='\u{E007F}'
        | '\u{E0100}'..='\u{E01EF}')
}

/// Whether the script writes no spaces between words, so that each character cluster is a unit: kana, Thai, Lao, Khmer, Myanmar.
pub(super) fn is_cluster_script(character: char) -> bool {
    matches!(character,
        '\u{3041}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9F}' | '\u{0E01}'..='\u{0E4E}'
        | '\u{0E80}'..='\u{0EFF}' | '\u{1780}'..='\u{17D3}' | '\u{17DC}' | '\u{1000}'..='\u{109F}' | '\u{AA60}'..='\u{AA7F}')
}

/// Whether the character is punctuation: a mark between words, and no symbol.
pub(super) fn is_punctuation(character: char) -> bool {
    matches!(character,
        '!'..='#' | '%'..='*' | ','..='/' | ':' | ';' | '?' | '@' | '['..=']' | '_' | '{' | '}' | '¡' | '§' | '«' | '¶' | '·' | '»' | '¿'
        | '\u{055A}'..='\u{058A}' | '\u{060C}' | '\u{060D}' | '\u{061B}'..='\u{061F}' | '\u{066A}'..='\u{066D}' | '\u{06D4}'
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}'
        | '\u{3014}'..='\u{301F}' | '\u{3030}' | '\u{30FB}' | '\u{FE10}'..='\u{FE19}' | '\u{FE30}'..='\u{FE61}')
}

/// The folded form of the marks that Chinese texts are full of, so that they take the quick way.
pub(super) fn quick_mark(character: char) -> Option<char> {
    Some(match character {
        '，' => ',',
        '：' => ':',
        '；' => ';',
        '！' => '!',
        '？' => '?',
        '（' => '(',
        '）' => ')',
        '“' | '”' | '「' | '」' | '『' | '』' => '"',
        '—' => '-',
        '。' | '、' | '《' | '》' | '·' => character,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_ascending_and_covers_the_usual_characters() {
        let lines: Vec<&str> = TRADITIONAL.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(lines.len() > 4_000);
        assert!(
            lines
                .windows(2)
                .all(|pair| pair[0].chars().next() < pair[1].chars().next())
        );
        let folded: String = "國際論壇後發麵".chars().map(simplified).collect();
        assert_eq!(folded, "国际论坛后发面");
        assert_eq!(simplified('a'), 'a');
        assert_eq!(simplified('中'), '中');
    }
}
