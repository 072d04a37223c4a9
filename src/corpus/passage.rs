//! Passages: the paragraphs of a speech, the long ones divided at sentence ends, and their addresses.

use std::fmt;
use std::str::FromStr;

use crate::analyzer::notes::{NOTE_CLOSER, notes};
use crate::corpus::Speech;
use crate::corpus::heading::headings;
use crate::corpus::sentence::{closes_quotation, sentence_ends};
use crate::text::{ByteSpan, is_han};

/// The number of characters above which a paragraph is divided into pieces.
pub const LONGEST_PASSAGE_CHARS: usize = 1_000;

/// How many characters behind a window are read to tell whether its last sentence ends there.
const SEEN_BEHIND: usize = 32;

/// Behind which the paragraph numbers of matter stand: the first matter of a speech has the number after it. No speech has
/// as many paragraphs, so one order holds for both.
pub const MATTER_BASE: u32 = 1 << 31;

/// The number of matter that a paragraph number stands for, from 1; none for that of a paragraph.
pub fn matter_number(paragraph: u32) -> Option<u32> {
    paragraph.checked_sub(MATTER_BASE)
}

/// Whether a paragraph number is that of matter.
pub fn is_matter(paragraph: &u32) -> bool {
    matter_number(*paragraph).is_some()
}

/// The place in its speech that an address names: `p9`, `p9.2` or, of matter, `m2`.
pub fn place_in_speech(address: &str) -> &str {
    address.rsplit('#').next().unwrap_or_default()
}

/// The unit that is indexed: a paragraph, or a piece of a long one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage<'a> {
    /// The paragraph, counted from 1.
    pub paragraph: u32,
    /// The piece of a divided paragraph, counted from 1; absent where the paragraph is whole.
    pub piece: Option<u32>,
    /// The range of the speech's text.
    pub span: ByteSpan,
    /// The text as printed.
    pub text: &'a str,
    /// The speaker of this passage, where a transcript has turns.
    pub speaker: Option<&'a str>,
    /// Whether it is the heading of a section.
    pub is_heading: bool,
}

/// The passages of a speech in order; the pieces of one paragraph follow one another without a gap.
pub fn passages(speech: &Speech) -> Vec<Passage<'_>> {
    let mut found = Vec::with_capacity(speech.paragraphs.len());
    let texts: Vec<&str> = speech
        .paragraphs
        .iter()
        .map(|paragraph| &speech.text[paragraph.span.range()])
        .collect();
    let headings = headings(&texts);
    for (index, (paragraph, text)) in speech.paragraphs.iter().zip(&texts).enumerate() {
        let pieces = pieces(text);
        let divided = pieces.len() > 1;
        for (piece_index, piece) in pieces.iter().enumerate() {
            let start = paragraph.span.start + piece.start;
            found.push(Passage {
                paragraph: index as u32 + 1,
                piece: divided.then_some(piece_index as u32 + 1),
                span: ByteSpan::new(start, start + piece.len()),
                text: &text[piece.range()],
                speaker: paragraph.speaker.as_deref(),
                // What a speaker says in a transcript is a turn, however short.
                is_heading: paragraph.is_heading || (headings[index] && paragraph.speaker.is_none()),
            });
        }
    }
    found
}

/// Divides a paragraph into pieces of at most [`LONGEST_PASSAGE_CHARS`] characters, at sentence ends where it has them,
/// else at clause ends, else at white space, else after a Han character: never inside of a unit or a note, so that a piece
/// has the notes that the paragraph has there. A piece with a note that reaches past the limit ends with that note. The
/// pieces cover the text.
pub fn pieces(text: &str) -> Vec<ByteSpan> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut limit = byte_after_chars(text, LONGEST_PASSAGE_CHARS);
    let notes = if limit.is_some() { notes(text) } else { Vec::new() };
    while let Some(length) = limit {
        let window = ByteSpan::new(start, start + length);
        let Some(cut) = last_cut(text, window, &notes) else {
            break;
        };
        found.push(ByteSpan::new(start, cut));
        start = cut;
        limit = byte_after_chars(&text[start..], LONGEST_PASSAGE_CHARS);
    }
    if start < text.len() || found.is_empty() {
        found.push(ByteSpan::new(start, text.len()));
    }
    found
}

/// The byte at which character number `count` starts, when the text has more characters than that.
fn byte_after_chars(text: &str, count: usize) -> Option<usize> {
    if text.len() <= count {
        return None;
    }
    text.char_indices().nth(count).map(|(byte, _)| byte)
}

/// Where to cut a text that is too long: in the window after the last sentence end, else clause end, white space, or Han
/// character that lies in no note, else after the note that reaches out of the window.
fn last_cut(text: &str, window: ByteSpan, notes: &[ByteSpan]) -> Option<usize> {
    let clause_end = |_: char, character: char, next: Option<char>| match character {
        '；' | '，' | '、' | '：' | '،' | '؛' | '—' | NOTE_CLOSER => true,
        ';' | ',' | ':' => next.is_some_and(char::is_whitespace),
        _ => false,
    };
    // A hyphen before a line break may hold one word together.
    let space = |before: char, character: char, _: Option<char>| {
        character.is_whitespace() && !matches!(before, '-' | '\u{AD}' | '\u{2010}' | '\u{2011}')
    };
    let han = |_: char, character: char, next: Option<char>| is_han(character) && next.is_some_and(is_han);
    let allows = |cut: usize| note_around(window.start + cut, notes).is_none();
    let part = &text[window.range()];
    let cut = cut_after_sentence(text, window, allows)
        .or_else(|| cut_after(part, clause_end, allows))
        .or_else(|| cut_after(part, space, allows))
        .or_else(|| cut_after(part, han, allows));
    cut.map(|cut| window.start + cut)
        .or_else(|| note_around(window.end, notes).map(|note| note.end))
}

/// The note that a byte lies inside of, its edges excluded.
fn note_around(byte: usize, notes: &[ByteSpan]) -> Option<ByteSpan> {
    let next = notes.partition_point(|note| note.end <= byte);
    notes.get(next).copied().filter(|note| note.start < byte)
}

/// The allowed byte of the window after the last sentence in it, unless that would leave a piece of less than a quarter.
fn cut_after_sentence(text: &str, window: ByteSpan, allows: impl Fn(usize) -> bool) -> Option<usize> {
    // What follows a mark says whether it ends a sentence.
    let seen = byte_after_chars(&text[window.end..], SEEN_BEHIND).map_or(text.len(), |more| window.end + more);
    let ends = sentence_ends(&text[window.start..seen]).into_iter().rev();
    let mut inside = ends.skip_while(|end| *end > window.len());
    inside.find(|end| allows(*end)).filter(|cut| cut * 4 > window.len())
}

/// The allowed byte after the last end and the quotation marks that close behind it, unless that would leave a piece of
/// less than a quarter of the text.
fn cut_after(
    text: &str,
    is_end: impl Fn(char, char, Option<char>) -> bool,
    allows: impl Fn(usize) -> bool,
) -> Option<usize> {
    let mut cut = None;
    let mut before = ' ';
    let mut characters = text.char_indices().peekable();
    while let Some((byte, character)) = characters.next() {
        let ends = is_end(before, character, characters.peek().map(|(_, next)| *next));
        before = character;
        if !ends {
            continue;
        }
        let mut end = byte + character.len_utf8();
        while let Some((closer_byte, closer)) = characters.next_if(|(_, next)| closes_quotation(*next)) {
            end = closer_byte + closer.len_utf8();
        }
        if allows(end) {
            cut = Some(end);
        }
    }
    cut.filter(|cut| cut * 4 > text.len())
}

/// The address of a passage: `ID#pN`, or `ID#pN.M` for a piece, and `ID#mN` for matter. An id may itself contain `#p`; the
/// last one counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PassageAddress {
    /// The id of the speech.
    pub speech: String,
    /// The paragraph, counted from 1; the number of matter is counted from [`MATTER_BASE`].
    pub paragraph: u32,
    /// The piece of a divided paragraph, counted from 1.
    pub piece: Option<u32>,
}

impl fmt::Display for PassageAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(matter) = matter_number(self.paragraph) {
            return write!(formatter, "{}#m{matter}", self.speech);
        }
        write!(formatter, "{}#p{}", self.speech, self.paragraph)?;
        match self.piece {
            Some(piece) => write!(formatter, ".{piece}"),
            None => Ok(()),
        }
    }
}

/// The text is not the address of a passage.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not the address of a passage: write SPEECH#p9, SPEECH#p9.2 or, for matter, SPEECH#m2")]
pub struct AddressError(String);

impl FromStr for PassageAddress {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || AddressError(text.to_owned());
        if let Some(address) = matter_address(text) {
            return Ok(address);
        }
        let (speech, numbers) = text.rsplit_once("#p").ok_or_else(wrong)?;
        let (paragraph, piece) = match numbers.split_once('.') {
            Some((paragraph, piece)) => (paragraph, Some(piece.parse().map_err(|_| wrong())?)),
            None => (numbers, None),
        };
        let paragraph = paragraph.parse().map_err(|_| wrong())?;
        Ok(Self {
            speech: speech.to_owned(),
            paragraph,
            piece,
        })
    }
}

/// The address of matter, if the text is one: `ID#mN`.
fn matter_address(text: &str) -> Option<PassageAddress> {
    let (speech, number) = text.rsplit_once("#m")?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let number: u32 = number.parse().ok().filter(|_| is_number)?;
    Some(PassageAddress {
        speech: speech.to_owned(),
        paragraph: MATTER_BASE.checked_add(number)?,
        piece: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_paragraph_is_one_passage() {
        assert_eq!(pieces("很高兴来到这里。"), [ByteSpan::new(0, "很高兴来到这里。".len())]);
        assert_eq!(pieces(&"字".repeat(1000)).len(), 1);
    }

    #[test]
    fn a_long_paragraph_is_cut_at_sentence_ends_and_nothing_is_lost() {
        let sentence = "我们要加强合作，共同发展，“携手前行。”";
        let text = sentence.repeat(120);
        let cut = pieces(&text);
        assert!(cut.len() > 1);
        let joined: String = cut.iter().map(|piece| &text[piece.range()]).collect();
        assert_eq!(joined, text);
        for piece in &cut {
            let part = &text[piece.range()];
            assert!(part.chars().count() <= LONGEST_PASSAGE_CHARS);
            assert!(part.ends_with('”'), "{part}");
        }
    }

    #[test]
    fn a_text_without_any_end_is_cut_between_characters() {
        let cut = pieces(&"山".repeat(2500));
        assert_eq!(
            cut.iter().map(|piece| piece.len() / 3).collect::<Vec<_>>(),
            [999, 999, 502]
        );
    }

    #[test]
    fn no_note_is_cut_in_two() {
        let note = format!("⟦{}⟧", "An aside. And one more, at length. ".repeat(20));
        let text = format!("{}{note}{}", "What was said. ".repeat(40), " It goes on.".repeat(80));
        let cut = pieces(&text);
        assert!(cut.len() > 2);
        let whole: Vec<&str> = cut
            .iter()
            .map(|piece| &text[piece.range()])
            .filter(|piece| piece.contains(&note))
            .collect();
        assert_eq!(whole.len(), 1, "{cut:?}");
        let of_pieces: usize = cut.iter().map(|piece| notes(&text[piece.range()]).len()).sum();
        assert_eq!(of_pieces, notes(&text).len());
    }

    #[test]
    fn a_note_longer_than_a_passage_stays_whole() {
        let note = format!("⟦{}⟧", "An aside. ".repeat(300));
        assert_eq!(pieces(&note).len(), 1);
        let text = format!("{note} {}", "What was said. ".repeat(100));
        let cut = pieces(&text);
        assert_eq!(cut[0].len(), note.len());
        assert!(text[cut[1].range()].starts_with(" What"));
    }

    #[test]
    fn no_unit_is_cut_in_two() {
        assert_eq!(pieces(&"x".repeat(2500)).len(), 1);
        let numbers = "1,000".repeat(300);
        assert_eq!(pieces(&numbers).len(), 1);
    }

    #[test]
    fn an_address_is_read_from_its_last_mark() {
        let address: PassageAddress = "a#p1#p12.3".parse().unwrap();
        assert_eq!(
            (address.speech.as_str(), address.paragraph, address.piece),
            ("a#p1", 12, Some(3))
        );
        assert_eq!(address.to_string(), "a#p1#p12.3");
        let address: PassageAddress = "a#p1#m2".parse().unwrap();
        assert_eq!(
            (address.speech.as_str(), matter_number(address.paragraph)),
            ("a#p1", Some(2))
        );
        assert_eq!(address.to_string(), "a#p1#m2");
        assert_eq!("a#m2#p3".parse::<PassageAddress>().unwrap().speech, "a#m2");
        assert!("summit/astana".parse::<PassageAddress>().is_err());
    }
}
