//! Where the closing dateline, the page of the newspaper and the end note begin in a line that holds them with the body.

use crate::ingest::header::chinese_lines::Kind;
use crate::ingest::header::{chinese_names, chinese_portal};

/// The number of bytes in which a closing line lies.
const TAIL_BYTES: usize = 600;

/// The starts of the closing lines, in ascending order.
pub(super) fn starts(line: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut end = line.len();
    while let Some(start) = last_start(line[..end].trim_end()).filter(|start| *start > 0) {
        found.push(start);
        end = start;
    }
    found.reverse();
    found
}

/// The name of the person whom the end note of a text names: `※这是林海平总书记2020年6月2日在…`.
pub(super) fn noted_name(line: &str) -> Option<String> {
    let note = &line[note_start(line)?..];
    let told = note
        .trim_start_matches(['※', '*', '＊', '（', ' '])
        .strip_prefix("这是")?;
    let ends = told
        .char_indices()
        .map(|(at, character)| at + character.len_utf8())
        .take(4);
    let names = ends.filter(|end| chinese_names::is_name(&told[..*end]));
    let titles = ["同志", "总书记", "主席", "总理", "部长", "外长"];
    names
        .filter(|end| titles.iter().any(|title| told[*end..].starts_with(title)))
        .last()
        .map(|end| told[..end].to_owned())
}

fn last_start(text: &str) -> Option<usize> {
    page_start(text)
        .or_else(|| dateline_start(text))
        .or_else(|| note_start(text))
}

/// `《 人民日报 》（ 2020年09月05日 02 版）`.
fn page_start(text: &str) -> Option<usize> {
    if !text.ends_with("版）") && !text.ends_with("版)") {
        return None;
    }
    let start = text.rfind('《')?;
    let page = &text[start..];
    let is_short = page.chars().count() <= 50 && page.contains('年');
    let before = text[..start].strip_suffix(['（', '(']);
    is_short.then(|| before.map_or(start, str::len))
}

/// `（新华社北京9月4日电）`.
fn dateline_start(text: &str) -> Option<usize> {
    if !text.ends_with("电）") && !text.ends_with("电)") {
        return None;
    }
    let start = text.rfind(['（', '('])?;
    matches!(
        chinese_portal::dateline(&text[start..]),
        Some(Kind::Dateline { rest: "", .. })
    )
    .then_some(start)
}

/// `※这是…的讲话。`
fn note_start(text: &str) -> Option<usize> {
    let text = text.trim_end();
    let mut from = text.len().saturating_sub(TAIL_BYTES);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    ["※这是", "※ 这是", "＊这是", "*这是", "※本文"]
        .iter()
        .filter_map(|mark| text[from..].rfind(mark))
        .max()
        .map(|at| from + at)
        .filter(|at| *at > 0)
}
