//! End notes: what an editor explains behind a text. They are kept apart from it, for they are nobody's words.

use std::collections::HashMap;

use super::forms::in_simplified;
use crate::ingest::header::lines::Line;

/// What stands over end notes, in simplified characters and lower case, without white space.
#[rustfmt::skip]
const HEADS: &[&str] = &[
    "注释", "注", "注解", "附注", "脚注", "尾注", "名词解释", "参考文献", "参考资料", "注释与参考文献", "notes", "endnotes", "footnotes", "references",
    "bibliography", "notes and references", "notas", "notas al pie", "notas de rodapé", "referencias", "referências", "bibliografía", "bibliografia", "remarques",
    "références", "notes de bas de page", "bibliographie", "примечания", "сноски", "литература", "anmerkungen", "fußnoten", "literatur", "note", "riferimenti",
    "الهوامش", "ملاحظات", "المراجع", "脚註", "注記", "参考",
];

/// No head is longer, in bytes.
const LONGEST_HEAD_BYTES: usize = 42;

/// The brackets in which the number of a note may stand.
const BRACKETS: &[(char, char)] = &[('[', ']'), ('［', '］'), ('〔', '〕'), ('【', '】')];

/// Where the end notes start that some lines end with, if they end with any: a head over numbered lines, or lines that are
/// numbered in brackets as places in the text are.
pub(super) fn start(lines: &[Line<'_>]) -> Option<usize> {
    let under_head = (1.min(lines.len())..lines.len().saturating_sub(1)).rev().find(|index| {
        is_head(lines[*index].text) && number(lines[index + 1].text) == Some(1) && runs_to_end(lines, index + 1)
    });
    let bracketed = || {
        // For each mark the first line that refers to it.
        let mut references: HashMap<&str, Option<usize>> = HashMap::new();
        (1..lines.len()).rev().find(|index| {
            let Some((1, mark)) = bracketed(lines[*index].text) else {
                return false;
            };
            let refers = |line: &Line<'_>| line.text.find(mark).is_some_and(|at| at > 0);
            let first = *references.entry(mark).or_insert_with(|| lines.iter().position(refers));
            first.is_some_and(|first| first < *index) && runs_to_end(lines, *index)
        })
    };
    let start = under_head.or_else(bracketed)?;
    // The head over bracketed notes need not be known to be one.
    let is_headed = under_head.is_none() && is_head(lines[start - 1].text);
    Some(start - usize::from(is_headed && start > 1)).filter(|start| *start > 0)
}

/// The most lines that one note has.
const LONGEST_NOTE_LINES: usize = 6;

/// Whether the lines from one on are numbered to the end, each note with the lines that it goes on in.
fn runs_to_end(lines: &[Line<'_>], from: usize) -> bool {
    let mut expected = 1;
    let mut since = 0;
    for line in &lines[from..] {
        if number(line.text) == Some(expected) {
            expected += 1;
            since = 0;
        } else {
            since += 1;
        }
        if since > LONGEST_NOTE_LINES {
            return false;
        }
    }
    expected > 1
}

/// Whether a line stands over end notes and says nothing else.
pub(super) fn is_head(line: &str) -> bool {
    if line.len() > LONGEST_HEAD_BYTES {
        return false;
    }
    let simple = in_simplified(line);
    let bare = simple
        .trim_matches(|character: char| !character.is_alphanumeric())
        .to_lowercase();
    let close: String = bare.split_whitespace().collect();
    let has_blanks = |head: &&&str| head.contains(' ');
    HEADS.contains(&close.as_str()) || HEADS.iter().filter(has_blanks).any(|head| *head == bare)
}

/// The number with which a note begins.
fn number(line: &str) -> Option<u32> {
    if let Some((number, _)) = bracketed(line) {
        return Some(number);
    }
    let first = line.chars().next()?;
    if ('①'..='⑳').contains(&first) {
        return Some(first as u32 - '①' as u32 + 1);
    }
    let rest = line.trim_start_matches(|character: char| character.is_ascii_digit());
    let digits = &line[..line.len() - rest.len()];
    let is_number = (1..=3).contains(&digits.len()) && rest.starts_with(['.', ')', '、', '．', ' ', '\t', '）']);
    is_number.then(|| digits.parse().ok()).flatten()
}

/// The number in brackets with which a line begins, and that with its brackets.
fn bracketed(line: &str) -> Option<(u32, &str)> {
    let open = line.chars().next()?;
    let (_, close) = BRACKETS.iter().find(|(known, _)| *known == open)?;
    let end = line.find(*close)?;
    let number = line[open.len_utf8()..end].trim();
    let is_number = (1..=3).contains(&number.chars().count()) && number.chars().all(|c| c.is_ascii_digit());
    is_number
        .then(|| number.parse().ok())
        .flatten()
        .map(|number| (number, &line[..end + close.len_utf8()]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::header::lines::lines;

    fn check(text: &str, first: Option<&str>) {
        let lines = lines(text);
        assert_eq!(start(&lines).map(|index| lines[index].text), first, "{text}");
    }

    #[test]
    fn numbered_lines_under_a_head_are_notes() {
        check(
            "灯塔亮了。\n注　　释\n〔1〕欧文，记者。\n〔2〕港口，旧称渡口。",
            Some("注　　释"),
        );
        check(
            "The lamp is lit.\nNotes\n1. A lamp of the old kind.\nIt burns oil.\n2) A quay.",
            Some("Notes"),
        );
        check(
            "Notes\n1. The lamp is lit.\nWe thank you.\nWe do.\nWe must.\nWe shall.\nWe will.\nWe can.\nWe may.",
            None,
        );
    }

    #[test]
    fn bracketed_lines_are_notes_where_the_text_refers_to_them() {
        check(
            "一降三减［1］已经完成。\n［1］一降三减：\n港口的费用。\n［2］四库：\n四座仓库。",
            Some("［1］一降三减："),
        );
        check("We open it today.\n[1] The lamp is lit.", None);
    }
}
