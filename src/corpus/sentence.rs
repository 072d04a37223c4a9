//! Sentences: those of a text, and the one in which something stands.

use crate::text::ByteSpan;

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
fn sentence_ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut characters = text.char_indices().peekable();
    while let Some((byte, character)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        if !ends_sentence(character, next) {
            continue;
        }
        let mut end = byte + character.len_utf8();
        while let Some((further_byte, further)) =
            characters.next_if(|(_, next)| closes(*next) || ends_sentence(*next, None))
        {
            end = further_byte + further.len_utf8();
        }
        ends.push(end);
    }
    ends
}

/// Whether a mark ends a sentence; a full stop does before white space and what closes a quotation only, so that neither 3.5
/// nor `u.s.` is cut in the middle, and a wide one does where no number goes on.
fn ends_sentence(character: char, next: Option<char>) -> bool {
    match character {
        '。' | '！' | '？' | '…' | '؟' | '!' | '?' => true,
        '．' => next.is_none_or(|next| !next.is_numeric()),
        '.' => next.is_none_or(|next| next.is_whitespace() || closes(next)),
        _ => false,
    }
}

fn closes(character: char) -> bool {
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

    #[test]
    fn sentences_cover_a_text() {
        let parts =
            |text: &'static str| -> Vec<&str> { sentences(text).iter().map(|one| &text[one.range()]).collect() };
        assert_eq!(
            parts("他说：“要合作！”好。 以后"),
            ["他说：“要合作！”", "好。", " 以后"]
        );
        assert_eq!(parts("增长３．５倍？！是"), ["增长３．５倍？！", "是"]);
        assert!(parts("").is_empty());
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
}
