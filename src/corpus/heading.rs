//! Which paragraphs of a speech are the headings of its sections, told from the texts of the paragraphs alone.
//!
//! A heading is short, holds one sentence at most, and stands before a paragraph that it heads. One with a number
//! (`一、…`, `（一）…`, `第一章 …`, `I. …`, `2. …`, `Chapter 3`) is told by it, unless the paragraph before or after begins in the same
//! way: those are the items of a list. One without a number has no mark at its end and stands between whole paragraphs.
//! An address, the head of a page, a stage direction, a line with a date and a signature are none.

mod numbering;

use std::collections::HashMap;

use crate::corpus::sentence::ends_sentence;
use crate::text::is_han;
use numbering::{Numbering, numbering};

/// The most characters of a heading with a number: where it has Han characters, and elsewhere.
const LONGEST_NUMBERED: (usize, usize) = (40, 100);

/// The most characters of a heading without a number.
const LONGEST_PLAIN: (usize, usize) = (20, 60);

/// Beginnings of an address within a speech, in lower case, which may stand without a mark at its end.
#[rustfmt::skip]
const ADDRESSES: &[&str] = &[
    "mr.", "mr ", "mrs.", "madam", "ladies", "excellenc", "your excellenc", "distinguished", "dear ", "friends", "colleagues",
    "monsieur", "madame", "mesdames", "messieurs", "señor", "señora", "estimad", "queridos", "уважаем", "дорогие", "господин",
    "госпожа", "дамы", "president", "excelencia", "السيد", "أيها", "سيدي", "各位", "尊敬的", "女士", "先生", "朋友", "同志", "主席", "同學", "同学", "thank", "谢谢", "謝謝",
];

/// For each paragraph of a speech, in order, whether it is a heading.
pub fn headings(paragraphs: &[&str]) -> Vec<bool> {
    let numberings: Vec<Option<Numbering>> = paragraphs
        .iter()
        .map(|text| numbering(text).map(|(form, _)| form))
        .collect();
    let counts = line_counts(paragraphs);
    let is_heading = |index: usize| {
        // What stands last heads nothing.
        let Some(next) = paragraphs.get(index + 1) else {
            return false;
        };
        let before = index.checked_sub(1);
        match numberings[index] {
            Some(form) => {
                let of_before = before.and_then(|before| numberings[before]);
                let is_listed = of_before == Some(form) || numberings[index + 1] == Some(form);
                !is_listed && is_numbered_heading(paragraphs[index])
            }
            None => {
                let follows_a_whole = before.is_some_and(|before| is_whole(paragraphs[before]));
                let is_single = counts.get(paragraphs[index].trim()) == Some(&1);
                is_single && follows_a_whole && is_whole(next) && is_plain_heading(paragraphs[index])
            }
        }
    };
    (0..paragraphs.len()).map(is_heading).collect()
}

/// How often each short line stands in a text: one that stands there more than once is the head of its pages.
fn line_counts<'a>(paragraphs: &[&'a str]) -> HashMap<&'a str, usize> {
    let mut counts = HashMap::new();
    for line in paragraphs.iter().filter(|text| is_short(text, LONGEST_PLAIN)) {
        *counts.entry(line.trim()).or_default() += 1;
    }
    counts
}

fn is_numbered_heading(text: &str) -> bool {
    let Some((form, title)) = numbering(text).filter(|_| is_short(text, LONGEST_NUMBERED)) else {
        return false;
    };
    let title = title.trim();
    let names_itself = matches!(form, Numbering::HanDivision | Numbering::Division);
    let has_words = title.chars().any(char::is_alphabetic) || names_itself;
    let goes_on = title.ends_with(['，', '、', '；', '：', ',', ';', ':', '،', '؛']);
    // A Chinese heading may end in a full stop: （二）深化改革。 Elsewhere a short numbered sentence is one of a list.
    let may_end = title.is_empty() || title.contains(is_han) || !ends_in_mark(title);
    has_words && may_end && !goes_on && !holds_several_sentences(title)
}

fn is_plain_heading(text: &str) -> bool {
    let text = text.trim();
    let is_one_character = text.chars().nth(1).is_none();
    if is_one_character || !is_short(text, LONGEST_PLAIN) || ends_in_mark(text) || holds_several_sentences(text) {
        return false;
    }
    let begins_upper = text.starts_with(|first: char| first.is_alphabetic() && !first.is_lowercase());
    let is_date = text.contains('年') && text.contains('月');
    let is_other = text.contains(|character: char| character.is_numeric() || "：:/\n\r“\"《【".contains(character));
    let lower = text.to_lowercase();
    let is_address = ADDRESSES.iter().any(|address| lower.starts_with(address));
    begins_upper && !is_date && !is_other && !is_address
}

/// Whether a paragraph ends as paragraphs do, or is a heading itself: what a heading may follow or head.
fn is_whole(text: &str) -> bool {
    let last = without_closing_marks(text).chars().next_back();
    last.is_some_and(|last| "。！？!?.…؟۔：:".contains(last)) || is_numbered_heading(text)
}

fn ends_in_mark(text: &str) -> bool {
    let last = without_closing_marks(text).chars().next_back();
    last.is_none_or(|last| !last.is_alphanumeric())
}

fn without_closing_marks(text: &str) -> &str {
    text.trim_end_matches(|character: char| character.is_whitespace() || "”’」』）》\"')»]".contains(character))
}

fn is_short(text: &str, (of_han, of_letters): (usize, usize)) -> bool {
    let length = text.trim().chars().take(of_letters + 1).count();
    length <= of_han || (length <= of_letters && !text.contains(is_han))
}

/// Whether a sentence or clause ends before the end of the text.
fn holds_several_sentences(text: &str) -> bool {
    let text = without_closing_marks(text);
    text.char_indices().any(|(byte, character)| {
        let next = text[byte + character.len_utf8()..].chars().next();
        match character {
            '；' | ';' | '؛' => next.is_some(),
            '.' => next.is_some_and(char::is_whitespace) && ends_sentence(text, byte, character),
            '…' => false,
            _ => next.is_some() && ends_sentence(text, byte, character),
        }
    })
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    const SENTENCE: &str = "我们走过了漫长的路，还要一起走下去。";

    /// Checks which of some paragraphs are headings, by their numbers from 0.
    #[track_caller]
    fn check(paragraphs: &[&str], expected: &[usize]) {
        let found = headings(paragraphs);
        let places: Vec<usize> = (0..found.len()).filter(|place| found[*place]).collect();
        assert_eq!(places, expected, "{paragraphs:?}");
    }

    /// Checks whether a line between two paragraphs is a heading.
    #[track_caller]
    fn check_line(line: &str, is_heading: bool) {
        let expected: &[usize] = if is_heading { &[1] } else { &[] };
        check(&[SENTENCE, line, SENTENCE], expected);
    }

    #[test]
    fn a_short_line_with_the_number_of_a_section_is_a_heading() {
        for line in [
            "一、2024年工作回顾",
            "（一）稳定和完善宏观经济政策",
            "（二）深化国有企业改革。",
            "十一、坚持“一国两制”，推进祖国统一",
            "第一章 总则",
            "第三部分",
            "1. 关于工业生产",
            "２、关于农业生产",
            "I. Peace and security",
            "IV. Le développement",
            "3. Climate change",
            "2.1 Water",
            "(2) The road ahead",
            "Chapter 3",
            "Part II: The road ahead",
            "Глава 2",
        ] {
            check_line(line, true);
            check(&[line, SENTENCE], &[0]);
        }
    }

    #[test]
    fn a_paragraph_that_only_begins_with_a_number_is_no_heading() {
        for line in [
            "（一）推进绿色发展。加快建立绿色生产和消费的法律制度。",
            "一、维护世界和平是我国对外政策的主要目标，我们要坚持不懈地为缓和国际紧张局势、停止军备竞赛、促进实现裁军而努力",
            "二、",
            "（三）",
            "四、所有项目一律实行以下办法：",
            "1. We must act now.",
            "14. Bolivia recognizes the international community as one of its partners, and asks it to stand by those who are in need",
            "15亿人民走上了这条路",
            "3.5%",
            "第一，",
        ] {
            check_line(line, false);
        }
    }

    #[test]
    fn items_of_a_list_are_no_headings() {
        check(&[SENTENCE, "一、修路", "二、架桥", "三、种树", SENTENCE], &[]);
        check(&["1. Roads", "2. Bridges", SENTENCE], &[]);
        check(
            &["一、道路", "（一）公路", SENTENCE, "（二）铁路", SENTENCE],
            &[0, 1, 3],
        );
    }

    #[test]
    fn a_short_line_without_a_mark_between_paragraphs_is_a_heading() {
        check_line("结束语", true);
        check_line("关于工资制度问题", true);
        check_line("Detener el capital fósil", true);
        check_line("Climate and the sea", true);
        check(&[SENTENCE, "道路", "一、公路", SENTENCE], &[1, 2]);
    }

    #[test]
    fn what_is_not_said_under_it_is_no_heading() {
        for line in [
            "各位同事：",
            "Mr. President,",
            "Mr. President",
            "Ladies and gentlemen",
            "女士们、先生们",
            "Señora Presidenta:",
            "谢谢大家",
            "（掌声）",
            "记者：请问",
            "2013年10月17日",
            "一九五六年九月十五日",
            "17 October 2013",
            "A/70/PV.19",
            "a line that was broken off",
            "但是，",
            "我同意。",
            "*",
        ] {
            check_line(line, false);
        }
        check(&["道路", SENTENCE], &[]);
        check(&[SENTENCE, "外交部长", "北京"], &[]);
        check(&[SENTENCE, "结束语"], &[]);
        check(&["这一段没有写完", "社会主义", SENTENCE], &[]);
        check(&[SENTENCE, "OFFICIAL", SENTENCE, "OFFICIAL", SENTENCE], &[]);
        check(&[], &[]);
    }

    proptest! {
        #[test]
        fn any_paragraphs_are_judged_one_by_one(paragraphs in vec("[一二、（）().1IVa-c第章 。,\n]{0,12}|\\PC{0,40}", 0..8)) {
            let texts: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
            let found = headings(&texts);
            prop_assert_eq!(found.len(), texts.len());
            prop_assert_ne!(found.last(), Some(&true));
        }
    }
}
