//! Stage directions: what stands in a text but was not said, such as `（掌声）` or `[applause]`.
//!
//! They stay in the text and are kept apart from its units, so that nothing matches in them or across their wording.

use crate::text::ByteSpan;

/// The longest stage direction, in characters between its brackets.
const LONGEST_NOTE_CHARS: usize = 24;

/// Folded words that make a bracketed remark a stage direction.
const SIGNS: &[&str] = &[
    "掌声",
    "掌聲",
    "鼓掌",
    "笑声",
    "笑聲",
    "欢呼",
    "歡呼",
    "起立",
    "热烈的掌",
    "applause",
    "laughter",
    "laughs",
    "cheers",
    "applaudissements",
    "rires",
    "аплодисменты",
    "смех",
    "aplausos",
    "risas",
    "تصفيق",
    "ضحك",
    "applausi",
    "aplauso",
];

/// The stage directions of a text with their brackets, in order.
pub fn notes(text: &str) -> Vec<ByteSpan> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (byte, character) in text.char_indices() {
        if let Some(closer) = closer_of(character) {
            open = Some((byte, closer));
        } else if let Some((start, closer)) = open
            && character == closer
        {
            let end = byte + character.len_utf8();
            if is_stage_direction(&text[start..end]) {
                found.push(ByteSpan::new(start, end));
            }
            open = None;
        }
    }
    found
}

fn closer_of(opener: char) -> Option<char> {
    match opener {
        '（' => Some('）'),
        '(' => Some(')'),
        '[' => Some(']'),
        '［' => Some('］'),
        '【' => Some('】'),
        _ => None,
    }
}

fn is_stage_direction(bracketed: &str) -> bool {
    if bracketed.chars().count() > LONGEST_NOTE_CHARS + 2 {
        return false;
    }
    let lower = bracketed.to_lowercase();
    SIGNS.iter().any(|sign| lower.contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = notes(text).iter().map(|span| &text[span.range()]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn stage_directions_are_told_from_other_brackets() {
        check("谢谢。（热烈掌声）我们（包括各方）要合作。", &["（热烈掌声）"]);
        check(
            "Thank you. [Applause] We (all of us) agree (laughter).",
            &["[Applause]", "(laughter)"],
        );
        check("Спасибо. (Аплодисменты.)", &["(Аплодисменты.)"]);
        check("(掌声", &[]);
        check(
            "（长期以来，我们一直认为掌声不是目的，合作才是目的，这一点从来没有改变过）",
            &[],
        );
    }
}
