//! Chinese texts whose line breaks are lost, as in the cells of a table: the lines of their header and their paragraphs.
//!
//! The text is not altered; what comes out are lines as ranges of it, so that headers, tails and paragraphs are read as
//! in any other text. Only marks that a writer sets tell where a line began: full-width blanks, a date in brackets, a
//! byline, an address, a number of a section. Where none stands, a line goes on.

use crate::ingest::header::chinese_lines;
use crate::ingest::header::lines::{Line, is_blank, lines_of};
use crate::text::ByteSpan;

mod head;
mod name;
mod tail;

/// The length from which a line may hold the lines of a header, in characters.
const HOLDS_HEADER: usize = 40;

/// The length from which a line may hold several paragraphs that are marked, in characters.
const RUN_TOGETHER: usize = 150;

/// The length from which the sections of a line are told apart, in characters: a piece of text as long as this is more
/// than one paragraph.
const SEVERAL_PARAGRAPHS: usize = 1_000;

/// The lines of a text, with those of header, body and tail told apart that were run together.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut found = Vec::new();
    let whole = lines_of(text, ByteSpan::new(0, text.len()));
    let last = whole.len().saturating_sub(1);
    for (index, line) in whole.into_iter().enumerate() {
        if !is_longer(line.text, HOLDS_HEADER) {
            found.push(line);
            continue;
        }
        let body_start = if index <= 12 { head::ends(line.text) } else { Vec::new() };
        let tail_start = if index + 4 >= last {
            tail::starts(line.text)
        } else {
            Vec::new()
        };
        let first = body_start.last().copied().unwrap_or(0);
        let end = tail_start.first().copied().unwrap_or(line.text.len()).max(first);
        let inner = breaks(&line.text[first..end]).into_iter().map(|at| first + at);
        let mut cuts: Vec<usize> = body_start
            .iter()
            .copied()
            .chain(inner)
            .chain(tail_start.iter().copied())
            .collect();
        cuts.sort_unstable();
        split(&mut found, line, &cuts);
    }
    found
}

/// The lines of a range of a text that is body, with its paragraphs told apart where they were run together.
pub(crate) fn body_lines(text: &str, range: ByteSpan) -> Vec<Line<'_>> {
    let mut found = Vec::new();
    for line in lines_of(text, range) {
        let cuts = breaks(line.text);
        split(&mut found, line, &cuts);
    }
    found
}

/// Cuts a line at places inside it, in ascending order.
fn split<'a>(found: &mut Vec<Line<'a>>, line: Line<'a>, cuts: &[usize]) {
    let mut start = 0;
    for end in cuts.iter().copied().chain([line.text.len()]) {
        let raw = &line.text[start..end];
        let content = raw.trim_matches(is_blank);
        if !content.is_empty() {
            let at = line.span.start + start + (raw.len() - raw.trim_start_matches(is_blank).len());
            found.push(Line {
                text: content,
                span: ByteSpan::new(at, at + content.len()),
                is_indented: line.is_indented,
                after_blank: line.after_blank || start > 0,
            });
        }
        start = end;
    }
}

/// Where the paragraphs of a line begin, apart from the first.
fn breaks(line: &str) -> Vec<usize> {
    if !is_longer(line, RUN_TOGETHER) {
        return Vec::new();
    }
    let address = chinese_lines::salutation(line)
        .map(str::len)
        .filter(|end| *end < line.len());
    let is_several = is_longer(line, SEVERAL_PARAGRAPHS);
    let mut found: Vec<usize> = address.into_iter().collect();
    let mut before: Option<char> = None;
    let mut blank_width = 0;
    for (at, character) in line.char_indices() {
        if is_blank(character) {
            blank_width += if character == '\u{3000}' { 2 } else { 1 };
            continue;
        }
        let is_after_sentence = before.is_some_and(ends_sentence);
        let is_marked = blank_width >= 4 && (line[..at].ends_with("\u{3000}\u{3000}") || is_after_sentence);
        let is_section = is_several && is_after_sentence && starts_section(&line[at..]);
        let is_new = at > 0 && address.is_none_or(|end| at > end) && (is_marked || is_section);
        if is_new {
            found.push(at);
        }
        before = Some(character);
        blank_width = 0;
    }
    found
}

fn ends_sentence(character: char) -> bool {
    matches!(character, '。' | '！' | '？' | '…' | '”' | '）' | '：')
}

/// `二、`, `（二）`, `第二，`, or an address to the audience between two parts of a speech.
fn starts_section(rest: &str) -> bool {
    let numerals = |text: &str| {
        text.chars()
            .take_while(|c| "一二三四五六七八九十".contains(*c))
            .map(char::len_utf8)
            .sum()
    };
    let numbered = |text: &str, ends: &[char]| {
        let length: usize = numerals(text);
        (1..=9).contains(&length) && text[length..].starts_with(ends)
    };
    let is_item = numbered(rest, &['、'])
        || rest.strip_prefix('（').is_some_and(|inner| numbered(inner, &['）']))
        || rest.strip_prefix('第').is_some_and(|inner| numbered(inner, &['，']));
    is_item || {
        let start: String = rest.chars().take(40).collect();
        chinese_lines::salutation(&start)
            .is_some_and(|address| address.len() < start.len() && address.ends_with(['！', '：']))
    }
}

/// Whether a text has more characters than a bound, without counting them all.
fn is_longer(text: &str, bound: usize) -> bool {
    text.chars().nth(bound).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let text = text.replace('…', &"我们要坚持开放合作，推动共同发展。".repeat(12));
        let found: Vec<String> = lines(&text)
            .iter()
            .map(|line| line.text.replace(&"我们要坚持开放合作，推动共同发展。".repeat(12), "…"))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_header_of_a_release_is_told_apart() {
        check(
            "海港社西港11月19日电共建新港　共享未来——在第三届海港论坛上的主旨演讲（2020年11月19日，西港）海港联邦总理 林海尊敬的各位来宾，女士们，先生们：今天很高兴。…（海港社西港11月19日电）《 海港日报 》（ 2020年11月20日 02 版）",
            &[
                "海港社西港11月19日电",
                "共建新港　共享未来",
                "——在第三届海港论坛上的主旨演讲",
                "（2020年11月19日，西港）",
                "海港联邦总理 林海",
                "尊敬的各位来宾，女士们，先生们：",
                "今天很高兴。…",
                "（海港社西港11月19日电）",
                "《 海港日报 》（ 2020年11月20日 02 版）",
            ],
        );
    }

    #[test]
    fn a_byline_ends_where_the_first_sentence_begins() {
        for (byline, body) in [
            ("林海平", "2018年1月，我在班上讲过。…"),
            ("林海平", "同志们：今天开会。…"),
            ("李强", "各位代表：现在报告工作。…"),
        ] {
            let text =
                format!("在表彰大会上的讲话（2020年1月8日）{byline}{body}").replace('…', &"我们要努力。".repeat(40));
            let found: Vec<&str> = lines(&text).iter().map(|line| line.text).collect();
            assert_eq!(found[..3], ["在表彰大会上的讲话", "（2020年1月8日）", byline], "{text}");
        }
    }

    #[test]
    fn an_end_note_names_the_person_of_the_byline() {
        check(
            "建设新的海港※林海平今天，我们学习海港的历史。…※这是林海平主席2020年9月28日在学习会上的讲话。",
            &[
                "建设新的海港※",
                "林海平",
                "今天，我们学习海港的历史。…",
                "※这是林海平主席2020年9月28日在学习会上的讲话。",
            ],
        );
    }

    #[test]
    fn full_width_blanks_part_paragraphs_and_a_plain_text_is_left_alone() {
        check(
            "今天很高兴。\u{3000}\u{3000}…\u{3000}\u{3000}谢谢大家。",
            &["今天很高兴。", "…", "谢谢大家。"],
        );
        check("今天（2020年1月8日）我们开会。…", &["今天（2020年1月8日）我们开会。…"]);
        check(
            "国务院总理\u{3000}\u{3000}李\u{3000}强",
            &["国务院总理\u{3000}\u{3000}李\u{3000}强"],
        );
    }
}
