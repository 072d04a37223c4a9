//! Notes: what stands in a text but was not said, such as `（掌声）`, `[applause]` or an editor's `⟦footnote⟧`.
//!
//! They stay in the text and are kept apart from its units, so that nothing matches in them or across their wording.
//! Whether a bracket is a note is told from the bracket alone, so a part of a text that is not cut inside of one has the
//! same notes as the whole.

mod wording;

use crate::text::ByteSpan;

/// Opens an editor's note: whatever stands up to [`NOTE_CLOSER`] was not said.
pub const NOTE_OPENER: char = '⟦';

/// Closes an editor's note.
pub const NOTE_CLOSER: char = '⟧';

/// The notes of a text with their brackets, in order and without overlap: stage directions, told by their wording, and
/// everything between `⟦` and the next `⟧`. A `⟦` that no `⟧` follows before the next `⟦` opens nothing.
pub fn notes(text: &str) -> Vec<ByteSpan> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut editorial_end = 0;
    for (byte, character) in text.char_indices() {
        if byte < editorial_end {
            continue;
        }
        if character == NOTE_OPENER {
            open = None;
            if let Some(end) = end_of_editorial(text, byte) {
                found.push(ByteSpan::new(byte, end));
                editorial_end = end;
            }
        } else if let Some(closer) = closer_of(character) {
            open = Some((byte, closer));
        } else if let Some((start, closer)) = open
            && character == closer
        {
            let end = byte + character.len_utf8();
            if wording::is_stage_direction(&text[start + closer.len_utf8()..byte]) {
                found.push(ByteSpan::new(start, end));
            }
            open = None;
        }
    }
    found
}

/// The byte after the editor's note that opens at `start`, where it is closed.
fn end_of_editorial(text: &str, start: usize) -> Option<usize> {
    let inside = start + NOTE_OPENER.len_utf8();
    let length = text[inside..].find([NOTE_OPENER, NOTE_CLOSER])?;
    let mark = inside + length;
    text[mark..]
        .starts_with(NOTE_CLOSER)
        .then(|| mark + NOTE_CLOSER.len_utf8())
}

/// The bracket that closes what a bracket opens; both are of one length in UTF-8.
fn closer_of(opener: char) -> Option<char> {
    match opener {
        '（' => Some('）'),
        '(' => Some(')'),
        '[' => Some(']'),
        '［' => Some('］'),
        '【' => Some('】'),
        '〔' => Some('〕'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = notes(text).iter().map(|span| &text[span.range()]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn chinese_stage_directions_are_told_from_other_brackets() {
        check("谢谢。（热烈掌声）我们（包括各方）要合作。", &["（热烈掌声）"]);
        check("先到这里。（现场响起掌声）", &["（现场响起掌声）"]);
        check(
            "（全场起立，长时间热烈鼓掌。）（笑声、掌声）",
            &["（全场起立，长时间热烈鼓掌。）", "（笑声、掌声）"],
        );
        check(
            "（暴风雨般的掌声）〔與會者鼓掌〕",
            &["（暴风雨般的掌声）", "〔與會者鼓掌〕"],
        );
        check(
            "（一起立法）(笑话)（代表通过）（大笑）（鼓掌通过）",
            &["（大笑）", "（鼓掌通过）"],
        );
        check("(掌声", &[]);
        check(
            "（长期以来，我们一直认为掌声不是目的，合作才是目的，这一点从来没有改变过）",
            &[],
        );
    }

    #[test]
    fn stage_directions_of_the_other_languages() {
        for text in [
            "[Applause]",
            "(laughter)",
            "[Prolonged applause, the members rising]",
            "(Applause from both sides of the House)",
            "[Inaudible.]",
            "(Pause)",
            "[Interruption.]",
            "(Аплодисменты.)",
            "(Бурные, продолжительные аплодисменты, переходящие в овацию. Все встают.)",
            "(Смех в зале)",
            "(Applaudissements.)",
            "(Vifs applaudissements sur les bancs du groupe Les Démocrates)",
            "(Rires et exclamations sur plusieurs bancs.)",
            "(Mouvements divers.)",
            "(Aplausos.)",
            "(Grandes y prolongados aplausos en los escaños del Grupo Popular)",
            "(Risas.)",
            "(تصفيق حاد)",
            "(ضحك)",
        ] {
            check(&format!("a {text} b"), &[text]);
        }
    }

    #[test]
    fn ordinary_brackets_are_speech() {
        for text in [
            "(all of us)",
            "(brisas)",
            "(a pause in the fighting)",
            "(pause of hostilities)",
            "(the interruption of supplies)",
            "(see the laughter statistics)",
            "(we heard the applause of history, and it was not for us)",
            "(в зале заседаний)",
            "(sur les bancs du groupe)",
            "(на шум и загрязнение)",
            "(en la sala)",
            "(في القاعة)",
            "()",
            "[3]",
        ] {
            check(&format!("a {text} b"), &[]);
        }
    }

    #[test]
    fn whatever_an_editor_notes_is_a_note() {
        check(
            "a ⟦see (4), [sic] and more. Ever more!⟧ b (applause)",
            &["⟦see (4), [sic] and more. Ever more!⟧", "(applause)"],
        );
        check("a ⟦b", &[]);
        check("a⟧ b", &[]);
        check("a ⟦b ⟦c⟧ d⟧", &["⟦c⟧"]);
        check("(applause ⟦1⟧)", &["⟦1⟧"]);
        check("⟦⟧", &["⟦⟧"]);
    }

    fn remark() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            Just("⟦"),
            Just("⟧"),
            Just("("),
            Just(")"),
            Just("（"),
            Just("）"),
            Just("applause"),
            Just("掌声"),
            Just(" "),
            Just("x"),
            Just("。"),
            Just("["),
            Just("]"),
        ];
        prop::collection::vec(part, 0..24).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn a_part_that_cuts_no_note_has_the_notes_of_the_whole(text in remark(), at in any::<prop::sample::Index>()) {
            let boundaries: Vec<usize> = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
            let cut = *at.get(&boundaries);
            let whole = notes(&text);
            prop_assume!(whole.iter().all(|note| cut <= note.start || note.end <= cut));
            let shifted = notes(&text[cut..]).into_iter().map(|note| ByteSpan::new(note.start + cut, note.end + cut));
            let of_parts: Vec<ByteSpan> = notes(&text[..cut]).into_iter().chain(shifted).collect();
            prop_assert_eq!(of_parts, whole);
        }
    }
}
