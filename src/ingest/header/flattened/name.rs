//! Where a byline ends that runs into the text: `中华人民共和国主席 习近平尊敬的各位来宾…`.

use crate::ingest::header::chinese_names::{ends_in_office, is_name};
use crate::ingest::header::chinese_words::ADDRESS_STARTS;
use crate::text::is_han;

/// The end of a byline at the start of a text, an office with a name or a name alone; `whole` is the text in which the
/// name may stand again.
pub(super) fn byline_end(text: &str, whole: &str) -> Option<usize> {
    let start = text.len() - text.trim_start().len();
    let name_start = office_end(&text[start..]).map_or(start, |office| start + office);
    name_end(&text[name_start..], whole).map(|end| name_start + end)
}

/// Whether a text begins with a byline that is no chance: with an office, or before an address.
pub(super) fn is_certain_byline(text: &str, whole: &str) -> bool {
    let text = text.trim_start();
    byline_end(text, whole).is_some_and(|end| office_end(text).is_some() || is_address(text[end..].trim_start()))
}

fn is_address(text: &str) -> bool {
    ADDRESS_STARTS.iter().any(|start| text.starts_with(start))
}

/// The end of an office and the blanks behind it.
fn office_end(text: &str) -> Option<usize> {
    let run: String = text.chars().take(40).take_while(|c| is_han(*c) || *c == '、').collect();
    let blanks = text[run.len()..].len() - text[run.len()..].trim_start().len();
    if blanks > 0 && ends_in_office(&run) {
        return Some(run.len() + blanks);
    }
    // Without a blank the office ends before the first name that something shows to be one.
    let ends = run.char_indices().map(|(at, _)| at).skip(3);
    ends.filter(|end| ends_in_office(&run[..*end])).find(|end| {
        let rest = &text[*end..];
        name_end(rest, "").is_some_and(|name| is_sure_end(&rest[name..]))
    })
}

/// The end of the name at the start of a text: of the lengths that a name can have the one after which an address, a
/// number or a mark follows, else the one that the text names again, else the usual three characters.
fn name_end(text: &str, whole: &str) -> Option<usize> {
    if let Some(end) = foreign_name_end(text) {
        return Some(end);
    }
    let lengths = text
        .char_indices()
        .map(|(at, character)| at + character.len_utf8())
        .take(4)
        .skip(1);
    let ends: Vec<usize> = lengths.filter(|end| is_name(&text[..*end])).collect();
    let sure = ends.iter().find(|end| is_sure_end(&text[**end..]));
    let again = || {
        ends.iter()
            .rev()
            .find(|end| whole.matches(&text[..**end]).nth(1).is_some() && !begins_sentence(&text[..**end]))
    };
    let usual = || ends.iter().rev().find(|end| !begins_sentence(&text[..**end]));
    sure.or_else(again).or_else(usual).copied()
}

/// `安东尼奥·古特雷斯` before an address or a blank.
fn foreign_name_end(text: &str) -> Option<usize> {
    let ends = text.char_indices().map(|(at, _)| at).take(20).skip(3);
    let is_foreign =
        |name: &str| name.contains(['·', '•', '・']) && name.chars().all(|c| is_han(c) || "·•・".contains(c));
    ends.filter(|end| is_foreign(&text[..*end]))
        .find(|end| is_sure_end(&text[*end..]))
}

/// Whether what follows shows that a name has ended: an address, a number, a bracket, a quotation mark, a blank.
fn is_sure_end(rest: &str) -> bool {
    let is_marked = rest.starts_with(|c: char| c.is_ascii_digit() || c.is_whitespace() || "“《（(—".contains(c));
    is_marked || is_address(rest)
}

/// Whether the last character of a name of three is rather the first of a sentence.
fn begins_sentence(name: &str) -> bool {
    const FIRST: &str = "今我你他这那在党各同尊当一二三首女先全主刚现很值从大";
    name.chars().nth(2).is_some_and(|third| FIRST.contains(third))
}
