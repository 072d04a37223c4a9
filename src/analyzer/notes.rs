//! Stage directions: what stands in a text but was not said, such as `（掌声）` or `[applause]`.
//!
//! They stay in the text and are kept apart from its units, so that nothing matches in them or across their wording.

use crate::text::{ByteSpan, is_han};

/// The longest stage direction, in characters between its brackets.
const LONGEST_NOTE_CHARS: usize = 24;

/// What a Chinese stage direction is made of; the bracket holds nothing else.
const HAN_PARTS: &[&str] = &[
    "掌声",
    "掌聲",
    "鼓掌",
    "笑声",
    "笑聲",
    "欢呼",
    "歡呼",
    "起立",
    "全场",
    "全場",
    "现场",
    "現場",
    "会场",
    "會場",
    "全体",
    "全體",
    "现场",
    "現場",
    "场内",
    "場內",
    "台下",
    "臺下",
    "热烈",
    "熱烈",
    "长时间",
    "長時間",
    "经久不息",
    "經久不息",
    "响起",
    "響起",
    "雷动",
    "雷動",
    "再次",
    "众",
    "眾",
    "大",
    "笑",
    "的",
    "、",
    "，",
    "。",
    "！",
    " ",
];

/// The words of which a Chinese stage direction has at least one.
const HAN_SIGNS: &[&str] = &["掌声", "掌聲", "鼓掌", "笑", "欢呼", "歡呼", "起立"];

/// Words that make a bracketed remark in another script a stage direction.
const SIGNS: &[&str] = &[
    "applause",
    "laughter",
    "laughs",
    "cheers",
    "cheering",
    "applaudissements",
    "rires",
    "аплодисменты",
    "смех",
    "aplausos",
    "risas",
    "applausi",
    "aplauso",
    "تصفيق",
    "ضحك",
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
    let mut inner = bracketed.chars();
    inner.next();
    inner.next_back();
    let inner = inner.as_str().trim();
    if inner.chars().count() > LONGEST_NOTE_CHARS {
        return false;
    }
    if inner.chars().any(is_han) {
        return HAN_SIGNS.iter().any(|sign| inner.contains(sign)) && is_made_of_parts(inner);
    }
    let lower = inner.to_lowercase();
    lower
        .split(|character: char| !character.is_alphanumeric())
        .any(|word| SIGNS.contains(&word))
}

/// Whether a remark is nothing but the parts of Chinese stage directions.
fn is_made_of_parts(remark: &str) -> bool {
    let mut rest = remark;
    while !rest.is_empty() {
        let Some(after) = HAN_PARTS.iter().find_map(|part| rest.strip_prefix(part)) else {
            return false;
        };
        rest = after;
    }
    true
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
        check("先到这里。（现场响起掌声）", &["（现场响起掌声）"]);
        check(
            "Thank you. [Applause] We (all of us) agree (laughter).",
            &["[Applause]", "(laughter)"],
        );
        check("Спасибо. (Аплодисменты.)", &["(Аплодисменты.)"]);
        check(
            "（全场起立，长时间热烈鼓掌。）（笑声、掌声）",
            &["（全场起立，长时间热烈鼓掌。）", "（笑声、掌声）"],
        );
        check("（一起立法）(brisas) (笑话) （大笑）", &["（大笑）"]);
        check("(掌声", &[]);
        check(
            "（长期以来，我们一直认为掌声不是目的，合作才是目的，这一点从来没有改变过）",
            &[],
        );
    }
}
