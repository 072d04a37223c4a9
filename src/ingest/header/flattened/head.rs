//! Where the lines of a header end in a line that holds it together with the body.

use crate::ingest::genre;
use crate::ingest::header::chinese_lines::{self, Kind};
use crate::ingest::header::chinese_portal;
use crate::ingest::header::flattened::{name, tail};

/// The number of characters in which a header lies.
const HEAD_CHARACTERS: usize = 320;

/// The number of characters of the longest title with its subtitle.
const TITLE_CHARACTERS: usize = 110;

/// The ends of the header's lines, in ascending order; the body begins at the last. Empty where no header is told.
pub(super) fn ends(line: &str) -> Vec<usize> {
    let mut cuts = Vec::new();
    let mut at = dateline_end(line).unwrap_or(0);
    if let Some(lead) = lead_end(&line[at..]) {
        return [at, at + lead].into_iter().filter(|cut| *cut > 0).collect();
    }
    cuts.extend((at > 0).then_some(at));
    if let Some(heading) = letter_heading(&line[at..]) {
        cuts.push(at + heading);
        return cuts;
    }
    let Some(title) = Title::of(&line[at..], line) else {
        // An agency's line before a text without a header is still no part of the text.
        return cuts;
    };
    cuts.extend(title.subtitle.map(|dash| at + dash));
    at += title.end;
    cuts.push(at);
    if let Some(date) = date_line_end(&line[at..]) {
        at += date;
        cuts.push(at);
    }
    if let Some(byline) = name::byline_end(&line[at..], line) {
        at += byline;
        cuts.push(at);
        if let Some(caption) = caption_end(&line[at..]) {
            at += caption;
            cuts.push(at);
        }
    }
    cuts
}

/// A title at the start of a text: where it ends, and where its subtitle begins.
struct Title {
    end: usize,
    subtitle: Option<usize>,
}

impl Title {
    /// A title is what stands before a date line in brackets, before the mark of an end note, or before the byline of the
    /// person whom the end note names; or what has the form of `在…上的讲话` and is followed by a byline and an address.
    fn of(text: &str, line: &str) -> Option<Self> {
        let end = before_date_line(text)
            .or_else(|| before_note_mark(text))
            .or_else(|| before_noted_person(text, line))
            .or_else(|| occasion_end(text))?;
        let title = &text[..end];
        let is_title = (2..=TITLE_CHARACTERS).contains(&title.chars().count()) && !title.contains(['。', '；', '\n']);
        let subtitle = title.find("——").filter(|dash| {
            *dash > 0 && genre::at_end_of_chinese(title[*dash..].trim_end_matches(['※', '*'])).is_some()
        });
        is_title.then_some(Self { end, subtitle })
    }
}

/// A date in a running sentence has brackets too: the title before it says what kind of text it is, or a byline with an
/// office or before an address follows.
fn before_date_line(text: &str) -> Option<usize> {
    let head = first(text, HEAD_CHARACTERS);
    let mut opens = head.match_indices(['（', '(']).map(|(open, _)| open);
    let (open, end) = opens.find_map(|open| Some((open, open + date_line_end(&text[open..])?)))?;
    let has_kind = genre::at_end_of_chinese(text[..open].trim_end()).is_some();
    let follows = || name::is_certain_byline(&text[end..], text);
    (open > 0 && (has_kind || follows())).then_some(open)
}

/// `标题※`, to which an end note belongs.
fn before_note_mark(text: &str) -> Option<usize> {
    let mark = first(text, TITLE_CHARACTERS).find('※').filter(|mark| *mark > 0)? + '※'.len_utf8();
    name::byline_end(&text[mark..], text).map(|_| mark)
}

/// The byline of the person of the end note, before the first mark of punctuation that is none of a title's.
fn before_noted_person(text: &str, line: &str) -> Option<usize> {
    const GOES_ON: &[&str] = &[
        "总书记",
        "主席",
        "总理",
        "同志",
        "新时代",
        "在",
        "关于",
        "的",
        "外交",
        "对",
        "同",
        "与",
        "和",
    ];
    let person = tail::noted_name(line)?;
    let head = first(text, TITLE_CHARACTERS);
    let head = &head[..head.find(['，', '。', '！', '：']).unwrap_or(head.len())];
    let at = head.rfind(&person).filter(|at| *at > 0)?;
    let rest = &text[at + person.len()..];
    (!GOES_ON.iter().any(|word| rest.starts_with(word))).then_some(at)
}

/// `在…上的讲话`, followed by a byline and an address.
fn occasion_end(text: &str) -> Option<usize> {
    let head = first(text, TITLE_CHARACTERS);
    let ends = head.char_indices().map(|(at, character)| at + character.len_utf8());
    ends.filter(|end| genre::at_end_of_chinese(&head[..*end]).is_some() && head[..*end].contains('在'))
        .find(|end| name::is_certain_byline(&text[*end..], text))
}

/// The end of a date line in brackets at the start of a text.
fn date_line_end(text: &str) -> Option<usize> {
    let inner = text.trim_start();
    let skipped = text.len() - inner.len();
    if !inner.starts_with(['（', '(']) {
        return None;
    }
    let close = inner.find(['）', ')'])?;
    let end = close + inner[close..].chars().next().map_or(0, char::len_utf8);
    matches!(chinese_lines::tell(&inner[..end], false), Kind::DateLine { .. }).then_some(skipped + end)
}

/// The end of an agency's dateline at the start of a text.
fn dateline_end(text: &str) -> Option<usize> {
    let head = first(text, 60).trim_end();
    let Some(Kind::Dateline { rest, .. }) = chinese_portal::dateline(head) else {
        return None;
    };
    Some(head.len() - rest.len())
}

/// The end of the sentence that announces a text: `…回信全文如下：`.
fn lead_end(text: &str) -> Option<usize> {
    let head = first(text, 260);
    let end = head.find("如下：").map(|at| at + "如下：".len())?;
    matches!(chinese_lines::tell(&head[..end], false), Kind::Lead).then_some(end)
}

/// The end of the heading of a letter that runs into its first words: `贺信值此…之际`, `回信同学们：`.
fn letter_heading(text: &str) -> Option<usize> {
    const HEADINGS: &[&str] = &["贺信", "回信", "贺电", "唁电", "慰问信", "慰问电"];
    let end = HEADINGS.iter().find(|heading| text.starts_with(**heading))?.len();
    let goes_on = |character: char| character.is_alphanumeric() || "“《".contains(character);
    let first: String = text[end..].chars().take(40).collect();
    let begins = first.starts_with("值此") || first.contains('：') || first.contains("来信");
    (text[end..].starts_with(goes_on) && begins).then_some(end)
}

/// The end of a picture's caption, which ends in its author: `新华社记者 某某 摄`.
fn caption_end(text: &str) -> Option<usize> {
    let head = first(text, 240);
    let credit = head.find("记者")?;
    let end = credit
        + head[credit..]
            .find('摄')
            .filter(|at| head[credit..credit + at].chars().count() <= 16)?
        + '摄'.len_utf8();
    Some(
        end + text[end..]
            .find(|character: char| !"）)。".contains(character))
            .unwrap_or(0),
    )
}

/// The first characters of a text.
fn first(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(end, _)| &text[..end])
}
