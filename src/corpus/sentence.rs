//! Sentences: those of a text, and the one in which something stands. All that cuts a text at sentences asks here.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::ByteSpan;

/// Abbreviations, one a line; ` #` says that one stands before a number.
const ABBREVIATIONS: &str = include_str!("sentence/abbreviations.txt");

/// The abbreviations, and whether each stands before a number.
static KNOWN: LazyLock<FxHashMap<&'static str, bool>> = LazyLock::new(|| {
    let lines = ABBREVIATIONS.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| line.strip_suffix(" #").map_or((line, false), |word| (word, true)))
        .collect()
});

/// The longest abbreviation that is looked for, in bytes.
const LONGEST_ABBREVIATION: usize = 24;

/// The sentences of a text; they cover it. A sentence ends with its marks and with what closes a quotation behind them.
pub fn sentences(text: &str) -> Vec<ByteSpan> {
    let mut found = Vec::new();
    let mut start = 0;
    for end in sentence_ends(text).into_iter().chain([text.len()]) {
        if start < end {
            found.push(ByteSpan::new(start, end));
        }
        start = end;
    }
    found
}

/// The sentence of a text in which a range stands, white space around it left out; where the range runs over several, all of
/// them.
pub fn sentence_around(text: &str, range: ByteSpan) -> ByteSpan {
    let mut start = 0;
    let mut end = text.len();
    for boundary in sentence_ends(text) {
        if boundary <= range.start {
            start = boundary;
        } else if boundary >= range.end {
            end = boundary;
            break;
        }
    }
    let sentence = &text[start..end];
    let begin = start + (sentence.len() - sentence.trim_start().len());
    ByteSpan::new(
        begin.min(range.start),
        (start + sentence.trim_end().len()).max(range.end),
    )
}

/// The bytes behind each mark that ends a sentence of a text, ascending.
pub fn sentence_ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut characters = text.char_indices().peekable();
    while let Some((byte, character)) = characters.next() {
        if !ends_sentence(text, byte, character) {
            continue;
        }
        let mut end = byte + character.len_utf8();
        while let Some((further_byte, further)) =
            characters.next_if(|(byte, next)| closes_quotation(*next) || is_final_mark(text, *byte, *next))
        {
            end = further_byte + further.len_utf8();
        }
        ends.push(end);
    }
    ends
}

/// Whether the mark at a byte of a text ends a sentence.
pub(super) fn ends_sentence(text: &str, byte: usize, character: char) -> bool {
    is_final_mark(text, byte, character) && (character != '.' || !stands_in_sentence(&text[..byte], &text[byte + 1..]))
}

/// Whether a mark may end a sentence; a full stop does before white space and what closes a quotation only, so that neither 3.5
/// nor `u.s.` is cut in the middle, and a wide one does where no number goes on.
fn is_final_mark(text: &str, byte: usize, character: char) -> bool {
    let next = || text[byte + character.len_utf8()..].chars().next();
    match character {
        '。' | '！' | '？' | '…' | '؟' | '۔' | '!' | '?' => true,
        '．' => next().is_none_or(|next| !next.is_numeric()),
        '.' => next().is_none_or(|next| next.is_whitespace() || closes_quotation(next)),
        _ => false,
    }
}

/// Whether the sentence goes on behind a full stop: with a small letter, or because the stop is that of an abbreviation, an
/// initial or a number in front of an item.
fn stands_in_sentence(before: &str, behind: &str) -> bool {
    let next = behind.trim_start();
    let Some(first) = next.chars().next() else {
        return false;
    };
    let word = last_word(before);
    if first.is_lowercase() || is_initials(word) {
        return true;
    }
    let is_item = !word.is_empty() && word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit());
    if is_item && before[..before.len() - word.len()].trim().is_empty() {
        return true;
    }
    match KNOWN.get(word.to_lowercase().as_str()) {
        Some(true) => first.is_numeric() || is_roman_number(next),
        Some(false) => true,
        None => false,
    }
}

/// What stands before a full stop, back to white space or what opens something.
fn last_word(before: &str) -> &str {
    let is_edge = |character: char| character.is_whitespace() || "(（[«“‘\"'’—–".contains(character);
    let start = before
        .char_indices()
        .rev()
        .take_while(|(byte, character)| !is_edge(*character) && before.len() - byte <= LONGEST_ABBREVIATION)
        .last();
    start.map_or("", |(byte, _)| &before[byte..])
}

/// Whether a word is a letter, or letters with full stops between them of which none has more than two: J, U.N, т.е, Ph.D.
fn is_initials(word: &str) -> bool {
    let mut parts = word.split('.');
    let is_short = |part: &str, longest: usize| {
        let length = part.chars().count();
        (1..=longest).contains(&length)
            && part
                .chars()
                .all(|character| character.is_alphabetic() && !is_word_by_itself(character))
    };
    match word.contains('.') {
        true => parts.all(|part| is_short(part, 2)),
        false => is_short(word, 1),
    }
}

/// Whether a character is of a script that has no abbreviations of single letters: a Han character or kana is a word.
fn is_word_by_itself(character: char) -> bool {
    crate::text::is_han(character) || matches!(character, '\u{3041}'..='\u{30FF}')
}

fn is_roman_number(text: &str) -> bool {
    let end = text
        .find(|character: char| !character.is_alphanumeric())
        .unwrap_or(text.len());
    end > 0 && text[..end].bytes().all(|byte| b"IVXLC".contains(&byte))
}

/// Whether a mark closes a quotation or what stands in brackets: it belongs to the sentence before it.
pub(super) fn closes_quotation(character: char) -> bool {
    "”’」』》）\"')]»".contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, inside: &str, expected: &str) {
        let start = text.find(inside).unwrap();
        let sentence = sentence_around(text, ByteSpan::new(start, start + inside.len()));
        assert_eq!(&text[sentence.range()], expected, "{inside} in {text}");
    }

    fn parts(text: &str) -> Vec<&str> {
        sentences(text).iter().map(|one| text[one.range()].trim()).collect()
    }

    #[test]
    fn sentences_cover_a_text() {
        let whole =
            |text: &'static str| -> Vec<&str> { sentences(text).iter().map(|one| &text[one.range()]).collect() };
        assert_eq!(
            whole("他说：“要合作！”好。 以后"),
            ["他说：“要合作！”", "好。", " 以后"]
        );
        assert_eq!(whole("增长３．５倍？！是"), ["增长３．５倍？！", "是"]);
        assert!(whole("").is_empty());
    }

    #[test]
    fn a_sentence_ends_with_its_marks() {
        let text = "山高水长。他说：“要合作！”我们同意…… 好。";
        check(text, "山", "山高水长。");
        check(text, "合作", "他说：“要合作！”");
        check(text, "同意", "我们同意……");
        check(text, "合作！”我们", "他说：“要合作！”我们同意……");
        check("We grew 3.5 per cent. It is good. Yes", "3.5", "We grew 3.5 per cent.");
        check("We grew 3.5 per cent. It is good. Yes", "Yes", "Yes");
        check("没有标点", "标点", "没有标点");
    }

    #[test]
    fn no_sentence_ends_at_an_abbreviation() {
        for sentence in [
            "I thank Mr. Holm and Mrs. Vale for it.",
            "The U.N. Charter binds us all.",
            "Resolution No. 5 and Art. IV say so.",
            "On Sept. 11 the U.S. Congress met, i.e. both houses.",
            "Dr. J. K. Rao spoke at 5 p.m. in the hall.",
            "M. le Président, MM. Duval et Roy sont là.",
            "Voir l’art. 5, al. 2 du traité.",
            "El Sr. Gómez y la Sra. Ruiz hablan en EE. UU. mañana.",
            "Abrimos a las 3 p. m. Sr. Ruiz.",
            "В 2015 г. Россия, т.е. мы, и проф. Иванов согласились.",
            "См. ст. 5 и п. 3 договора.",
            "1. We meet in peace.",
        ] {
            assert_eq!(parts(&format!("{sentence} Yes.")), [sentence, "Yes."], "{sentence}");
        }
    }

    #[test]
    fn words_that_are_no_abbreviations_end_a_sentence() {
        assert_eq!(
            parts("Do they agree? No. They did not."),
            ["Do they agree?", "No.", "They did not."]
        );
        assert_eq!(parts("We act in May. We rest."), ["We act in May.", "We rest."]);
        assert_eq!(parts("It was 1945. We met."), ["It was 1945.", "We met."]);
        assert_eq!(parts("Мы там. Они тут."), ["Мы там.", "Они тут."]);
        assert_eq!(parts("نحن هنا. أنتم هناك."), ["نحن هنا.", "أنتم هناك."]);
        assert_eq!(parts("我们在此．你们在那"), ["我们在此．", "你们在那"]);
    }
}
