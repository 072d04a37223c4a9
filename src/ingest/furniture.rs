//! Furniture: what a site, a printer or a scanner put around and between the lines of a text, whatever the format it came in.
//!
//! Only lines whose form no sentence has are taken, and most of them only where they stand before or behind all that is said;
//! the heads and feet of pages are told by what they do, which is to repeat themselves and to cut sentences in two. What is
//! taken is kept as matter.

use std::collections::HashMap;

use crate::ingest::draft::{Aside, Draft, Layout};
use crate::ingest::header::is_sentence;
use crate::ingest::header::lines::{Line, lines};
use crate::text::{ByteSpan, is_han};

mod ends;
mod forms;
mod notes;
mod running;
mod words;

pub(crate) use ends::{leading, trailing};
pub(crate) use forms::{invites, is_of_site};
pub(crate) use running::shape_of;

/// Takes furniture out of the text of a draft and keeps it as asides. What only the lines of a header can tell, such as the
/// hour of a speech, is left to whoever reads that.
pub fn set_apart(draft: &mut Draft) {
    if matches!(draft.layout, Layout::Marked { .. }) {
        return;
    }
    let taken = taken(draft);
    if taken.is_empty() {
        return;
    }
    cut(draft, &taken);
}

/// A line that is taken, and whether a sentence goes on over it.
struct Taken {
    span: ByteSpan,
    /// Where the sentence that it cuts in two goes on.
    goes_on: Option<GoesOn>,
    /// Whether the line before it is taken too.
    is_continued: bool,
}

/// The gap that a head or foot of a page made in a sentence.
struct GoesOn {
    gap: ByteSpan,
    /// What stands there instead.
    filler: &'static str,
}

fn taken(draft: &Draft) -> Vec<Taken> {
    let lines = lines(&draft.text);
    // A format that tells blocks from each other has no pages.
    let mut is_taken = match draft.layout.headings() {
        Some(_) => vec![false; lines.len()],
        None => running::heads_and_feet(&lines),
    };
    let last = lines.len() - ends::trailing(&lines, |line| draft.layout.is_heading(line.span));
    let addresses = addresses(&lines);
    for (index, line) in lines.iter().enumerate() {
        is_taken[index] |= index >= last || forms::is_file(line.text) || is_lone_address(&lines, index, &addresses);
    }
    for index in ends::controls_before(&lines[..last]) {
        is_taken[index] = true;
    }
    if is_taken.iter().all(|is_taken| *is_taken) {
        return Vec::new();
    }
    let beside = beside(&is_taken);
    let taken = (0..lines.len()).filter(|index| is_taken[*index]).map(|index| {
        let follows = index > 0 && is_taken[index - 1];
        let (before, after) = beside[index];
        let goes_on = before
            .zip(after)
            .filter(|(before, after)| !follows && running::goes_on(lines[*before].text, lines[*after].text))
            .map(|(before, after)| GoesOn {
                gap: ByteSpan::new(lines[before].span.end, lines[after].span.start),
                filler: filler(lines[before].text, lines[after].text),
            });
        Taken {
            span: lines[index].span,
            goes_on,
            is_continued: follows && !lines[index].after_blank,
        }
    });
    taken.collect()
}

/// For each line the nearest before and behind it that are not in a set of lines.
fn beside(is_in_set: &[bool]) -> Vec<(Option<usize>, Option<usize>)> {
    let mut found = vec![(None, None); is_in_set.len()];
    let mut before = None;
    for index in 0..is_in_set.len() {
        found[index].0 = before;
        before = if is_in_set[index] { before } else { Some(index) };
    }
    let mut after = None;
    for index in (0..is_in_set.len()).rev() {
        found[index].1 = after;
        after = if is_in_set[index] { after } else { Some(index) };
    }
    found
}

/// How often each address stands alone on a line.
fn addresses<'a>(lines: &[Line<'a>]) -> HashMap<&'a str, usize> {
    let mut counts = HashMap::new();
    for line in lines.iter().filter(|line| forms::is_address(line.text)) {
        *counts.entry(line.text).or_default() += 1;
    }
    counts
}

/// Whether a line is the address of a page and stands apart, or comes again: one that a wrapped sentence goes on over is its own.
fn is_lone_address(lines: &[Line<'_>], index: usize, addresses: &HashMap<&str, usize>) -> bool {
    let line = &lines[index];
    let before = index.checked_sub(1).map(|before| &lines[before]);
    let is_apart = || line.after_blank || before.is_none_or(|before| is_sentence(before.text));
    addresses.get(line.text).is_some_and(|count| *count > 1 || is_apart())
}

/// What stands between the two parts of a sentence that a page cut in two.
fn filler(before: &str, after: &str) -> &'static str {
    let last = before.chars().next_back();
    let is_seamless = last.is_some_and(|last| is_han(last) || "，、；：".contains(last)) && after.starts_with(is_han);
    match last {
        // A hyphen is read over the end of a line only.
        Some('-' | '\u{AD}' | '\u{2010}') => "\n",
        _ if is_seamless => "",
        _ => " ",
    }
}

/// Cuts lines out of the text and keeps them as asides.
fn cut(draft: &mut Draft, taken: &[Taken]) {
    let texts: Vec<String> = taken
        .iter()
        .map(|line| draft.text[line.span.range()].to_owned())
        .collect();
    let mut removals: Vec<(ByteSpan, &'static str)> = Vec::new();
    for line in taken {
        let end_of_last = removals.last().map_or(0, |(span, _)| span.end);
        if let Some(goes_on) = &line.goes_on {
            removals.push((goes_on.gap, goes_on.filler));
        } else if line.span.start >= end_of_last {
            let line_end = usize::from(draft.text[line.span.end..].starts_with('\n'));
            removals.push((ByteSpan::new(line.span.start, line.span.end + line_end), ""));
        }
    }
    let moved = draft.cut(&removals);
    draft.asides.extend(taken.iter().zip(texts).map(|(line, text)| Aside {
        at: moved.place_of(line.span.start),
        text,
        is_continued: line.is_continued,
    }));
    draft.asides.sort_by_key(|aside| aside.at);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text that is left of one, and what is set apart.
    fn left(text: &str) -> (String, Vec<String>) {
        let mut draft = Draft::new(text.to_owned(), Layout::Lines);
        set_apart(&mut draft);
        (draft.text, draft.asides.into_iter().map(|aside| aside.text).collect())
    }

    #[test]
    fn a_sentence_goes_on_over_the_foot_of_a_page() {
        let text = "Mr Dorn: We shall open the quay when the ice has gone from\n\nInquiries: (01) 5550 1234 1\n\nthe upper basin.\n\nJournalist: And the ferries run the whole day as well as at\n\nInquiries: (01) 5550 1234 2\n\nnight?\n";
        let (left, asides) = left(text);
        assert_eq!(
            left,
            "Mr Dorn: We shall open the quay when the ice has gone from the upper basin.\n\nJournalist: And the ferries run the whole day as well as at night?\n"
        );
        assert_eq!(asides, ["Inquiries: (01) 5550 1234 1", "Inquiries: (01) 5550 1234 2"]);
    }

    #[test]
    fn a_han_sentence_goes_on_without_a_blank() {
        let text = "海港议会　3月7日\n913\n\n主席：渡轮何时复航？政府曾说过年内会有安排，但居民至今\n海港议会　3月7日\n914\n没有收到任何消息，请局长说明。\n\n局长：四月。\n";
        let (left, asides) = left(text);
        assert!(left.contains("但居民至今没有收到任何消息"), "{left}");
        assert_eq!(asides, ["海港议会　3月7日", "913", "海港议会　3月7日", "914"]);
    }

    #[test]
    fn numbered_headings_are_no_feet_of_pages() {
        let text =
            "Article 1\n\nThe harbour is open.\n\nArticle 2\n\nThe lamp is lit.\n\nArticle 3\n\nThe fees are halved.\n";
        assert_eq!(left(text), (text.to_owned(), Vec::new()));
    }

    #[test]
    fn spans_move_with_the_text() {
        let text = "打印\n标题一\n\n灯塔已经点亮了。\n相关报道：\n";
        let heading = ByteSpan::new("打印\n".len(), "打印\n标题一".len());
        let mut draft = Draft::new(
            text.to_owned(),
            Layout::Blocks {
                headings: vec![heading],
                title: Some(heading),
            },
        );
        set_apart(&mut draft);
        let Layout::Blocks { headings, title } = &draft.layout else {
            panic!("the layout stays");
        };
        assert_eq!(&draft.text[headings[0].range()], "标题一");
        assert_eq!(*title, Some(headings[0]));
        let asides: Vec<&str> = draft.asides.iter().map(|aside| aside.text.as_str()).collect();
        assert_eq!(asides, ["打印", "相关报道："]);
    }
}
