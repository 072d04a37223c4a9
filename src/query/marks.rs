//! The characters that mean something in a query: signs, brackets, quotation marks, and what separates words.

use crate::text::ByteSpan;

/// A character of a word as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Typed {
    /// The character.
    pub(super) character: char,
    /// Whether a backslash stood before it, so that it is text.
    pub(super) escaped: bool,
    /// Where it stands in the query, with its backslash.
    pub(super) span: ByteSpan,
}

impl Typed {
    /// The mark that the character can be, in its half-width form; none where it was escaped.
    pub(super) fn operator(self) -> Option<char> {
        (!self.escaped).then(|| half_width(self.character))
    }
}

/// The half-width form of a full-width mark, letter or digit.
pub(super) fn half_width(character: char) -> char {
    match character {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(character as u32 - 0xFEE0).unwrap_or(character),
        '\u{301C}' => '~',
        _ => character,
    }
}

/// Whether a character separates words: white space, and control characters, which the folding takes for white space.
pub(super) fn is_blank(character: char) -> bool {
    character.is_whitespace() || character.is_control()
}

/// Whether a character outside of quotation marks is passed over: it is never seen, comes along when text is copied from
/// a page, and takes no part in matching.
pub(super) fn is_passed_over(character: char) -> bool {
    matches!(character,
        '\u{00AD}' | '\u{061C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}')
}

/// Whether a character ends a word wherever it stands, so that a backslash must stand before it to mean itself.
pub(super) fn ends_word(character: char) -> bool {
    let is_mark = character == '\\' || matches!(half_width(character), '(' | ')' | '^');
    is_blank(character) || is_mark || (closers(character).is_some() && !is_sign(character))
}

/// Whether a character means something at the beginning of a word.
pub(super) fn is_sign(character: char) -> bool {
    // Inside of a word ‘ is a letter of its own in some languages: Oʻzbekiston is often written with it.
    let is_single_quote = matches!(character, '‘' | '‛' | '‚');
    matches!(half_width(character), '+' | '-' | '−' | '/') || is_single_quote
}

/// Whether a character can mean something at the beginning of a word, in this language or in another that is refused.
pub(super) fn is_leading_mark(character: char) -> bool {
    is_sign(character) || matches!(half_width(character), '!' | '[' | '{')
}

/// Whether a character can mean something inside of a word.
pub(super) fn is_word_mark(character: char) -> bool {
    matches!(
        half_width(character),
        '*' | '?' | '~' | ':' | '/' | '|' | '&' | '=' | '<' | '>'
    )
}

/// The marks that close a quotation which the mark opens, the usual one first; `None` for a mark that opens none.
pub(super) fn closers(opener: char) -> Option<&'static [char]> {
    Some(match opener {
        '"' | '‟' => &['"', '”', '“', '„', '‟', '＂'],
        '“' | '”' => &['”', '“', '"', '„', '‟', '＂'],
        '„' => &['“', '”', '"', '„', '‟', '＂'],
        '＂' => &['＂', '"', '”', '“', '„', '‟'],
        '「' => &['」', '｣'],
        '｢' => &['｣', '」'],
        '『' => &['』'],
        '﹁' => &['﹂'],
        '﹃' => &['﹄'],
        '«' => &['»'],
        '»' => &['«'],
        '‹' => &['›'],
        '〝' => &['〞', '〟'],
        '‘' | '‛' => &['’'],
        '‚' => &['‘', '’'],
        _ => return None,
    })
}

/// Whether the character closes a quotation that `"` opens.
pub(super) fn closes_double(character: char) -> bool {
    closers('"').is_some_and(|closers| closers.contains(&character))
}
