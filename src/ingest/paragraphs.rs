//! Paragraphs, rebuilt from lines before anything is cut: a blank line, an indented new line or a short last line
//! ends one, and the lines that a source wrapped at a column are joined.
//!
//! Whether a text is wrapped is told from its lines: wrapped ones break in mid-sentence at about the same length. One
//! doubt is inherent: where a paragraph's last line fills the column and neither a blank line nor an indent follows,
//! nothing tells that it ended, and it runs on into the next. That joins two paragraphs; it never breaks a phrase. And a
//! text without blank lines of which hardly a line breaks inside a sentence cannot be known to be wrapped.

use crate::corpus::Paragraph;
use crate::ingest::draft::is_in;
use crate::ingest::header::flattened::body_lines;
use crate::ingest::header::lines::{Line, lines_of};
use crate::ingest::{header, turns};
use crate::text::{ByteSpan, is_han};

/// The longest line, in characters, of a text that counts as wrapped.
const WIDEST_COLUMN: usize = 140;

/// Rebuilds the paragraphs of the body of a text; the lines of address at its start are the first.
pub fn rebuild(text: &str, body: ByteSpan) -> Vec<Paragraph> {
    let lines = body_lines(text, body);
    let address_lines = header::address_lines(&lines);
    let wrap = Wrap::of(&lines[address_lines..]);
    let mut spans: Vec<ByteSpan> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let is_address = (1..address_lines).contains(&index);
        let continues = index != address_lines && index > 0 && wrap.joins(&lines[index - 1], line);
        match spans.last_mut().filter(|_| is_address || continues) {
            Some(paragraph) => paragraph.end = line.span.end,
            None => spans.push(line.span),
        }
    }
    spans.into_iter().map(Paragraph::new).collect()
}

/// The paragraphs of the body of a text of blocks: every line that is not blank is one, and those of `headings` (ranges of
/// the text, in order) are marked as headings. The lines of address at its start are the first paragraph, as ever.
pub fn of_blocks(text: &str, body: ByteSpan, headings: &[ByteSpan]) -> Vec<Paragraph> {
    let lines = lines_of(text, body);
    let address_lines = header::address_lines(&lines);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        match paragraphs.last_mut().filter(|_| (1..address_lines).contains(&index)) {
            Some(address) => address.span.end = line.span.end,
            None => paragraphs.push(Paragraph {
                is_heading: is_in(line.span, headings),
                ..Paragraph::new(line.span)
            }),
        }
    }
    paragraphs
}

/// How a text is wrapped.
#[derive(Clone, Copy, Debug)]
struct Wrap {
    /// The column, in characters; absent where a line is a paragraph.
    column: Option<usize>,
    /// Whether every line is as full as its next word allows, as in type of one width.
    is_exact: bool,
    /// Whether most lines are indented, so that an indent tells nothing.
    is_indented: bool,
}

impl Wrap {
    /// Judges the lines of a text.
    fn of(lines: &[Line<'_>]) -> Self {
        let is_indented = lines.iter().filter(|line| line.is_indented).count() * 2 > lines.len();
        let pairs: Vec<(&Line<'_>, &Line<'_>)> = lines
            .iter()
            .zip(lines.iter().skip(1))
            .filter(|(_, next)| !next.after_blank)
            .collect();
        let column = column(lines);
        let near = column * 85 / 100;
        let fills = |limit: usize| move |(line, next): &&(&Line<'_>, &Line<'_>)| is_full(line.text, next.text, limit);
        let is_open = |(line, _): &&(&Line<'_>, &Line<'_>)| !ends_sentence(line.text);
        let full = pairs.iter().filter(fills(near)).count();
        let open = pairs.iter().filter(is_open).count();
        let open_and_full = pairs.iter().filter(fills(near)).filter(is_open).count();
        let exactly_full = pairs.iter().filter(is_open).filter(fills(column)).count();
        let breaks_inside = open_and_full > 0 && open_and_full * 2 >= full && open_and_full * 10 >= open * 6;
        let certain = open_and_full >= 3 || pairs.iter().filter(is_open).any(|(_, next)| starts_lower(next.text));
        // Lines that all fill the column between blank lines are wrapped even if each happens to end a sentence.
        let has_blanks = lines.iter().skip(1).any(|line| line.after_blank);
        let is_typeset = has_blanks && pairs.len() >= 2 && pairs.iter().filter(fills(column)).count() == pairs.len();
        let is_wrapped = column <= WIDEST_COLUMN && ((breaks_inside && certain) || is_typeset);
        Self {
            column: is_wrapped.then_some(column),
            is_exact: exactly_full * 100 >= open * 97,
            is_indented,
        }
    }

    /// Whether `next` goes on with the paragraph of `line`.
    fn joins(&self, line: &Line<'_>, next: &Line<'_>) -> bool {
        let runs_over = !ends_sentence(line.text) && starts_lower(next.text);
        let Some(column) = self.column else {
            let goes_on = runs_over || breaks_off(line.text);
            return goes_on && !next.after_blank && !next.is_indented && turns::label(next.text).is_none();
        };
        let is_new = (next.is_indented && !self.is_indented) || turns::label(next.text).is_some();
        if next.after_blank || is_new {
            return next.after_blank && runs_over && !is_new && length(line.text) * 10 >= column * 6;
        }
        if line.text.ends_with(['-', '\u{AD}', '\u{2010}']) || runs_over {
            return true;
        }
        let limit = if self.is_exact { column } else { column * 85 / 100 };
        let is_short = !is_full(line.text, next.text, limit);
        let is_heading = is_short && length(line.text) * 2 < column;
        let is_last = is_short && ends_sentence(line.text);
        !(is_last || is_heading)
    }
}

/// The longest line, apart from outliers: page heads and addresses of pages run over the column.
fn column(lines: &[Line<'_>]) -> usize {
    let mut lengths: Vec<usize> = lines.iter().map(|line| length(line.text)).collect();
    lengths.sort_unstable();
    let Some(typical) = lengths.get(lengths.len() * 9 / 10).copied() else {
        return 0;
    };
    lengths
        .into_iter()
        .rev()
        .find(|length| *length * 100 <= typical * 115)
        .unwrap_or(typical)
}

fn length(text: &str) -> usize {
    text.chars().count()
}

/// Whether the first word of the next line would not have fitted on this one.
fn is_full(line: &str, next: &str, column: usize) -> bool {
    let is_han_text = next.chars().next().is_some_and(is_han);
    let first_word = if is_han_text {
        2
    } else {
        length(next.split(char::is_whitespace).next().unwrap_or_default())
    };
    let hyphen_part = next
        .split('-')
        .next()
        .filter(|part| part.len() < next.len())
        .map_or(first_word, |part| first_word.min(length(part) + 1));
    length(line) + usize::from(!is_han_text) + hyphen_part > column
}

/// Whether a line ends as a sentence or a member of a list does.
fn ends_sentence(line: &str) -> bool {
    let bare = line.trim_end_matches(['"', '”', '’', '»', ')', '）', '」', '』', '*', '_', '›', '\'']);
    bare.ends_with([
        '.', '!', '?', '…', ':', ';', '。', '！', '？', '：', '；', '؟', '؛', '۔',
    ])
}

/// Whether a long line stops in mid-sentence, as at the end of a page; headings are shorter or in capitals.
fn breaks_off(line: &str) -> bool {
    let last = line.chars().next_back();
    let is_open = last.is_some_and(|last| (last.is_alphabetic() && !is_han(last)) || last == ',');
    is_open && length(line) >= 60 && line.chars().any(char::is_lowercase)
}

fn starts_lower(line: &str) -> bool {
    line.chars().next().is_some_and(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The paragraphs of a text that is all body, with the line breaks of a wrap as spaces.
    fn rebuilt(text: &str) -> Vec<String> {
        let paragraphs = rebuild(text, ByteSpan::new(0, text.len()));
        paragraphs
            .iter()
            .map(|paragraph| unwrapped(&text[paragraph.span.range()]))
            .collect()
    }

    fn unwrapped(text: &str) -> String {
        text.split_whitespace().collect::<Vec<_>>().join(" ").replace("- ", "-")
    }

    #[track_caller]
    fn check(text: &str, paragraphs: &[&str]) {
        assert_eq!(rebuilt(text), paragraphs, "{text}");
    }

    #[test]
    fn a_line_is_a_paragraph_where_lines_are_not_wrapped() {
        check(
            "今天天气很好。\n我们开会。\n谢谢大家。",
            &["今天天气很好。", "我们开会。", "谢谢大家。"],
        );
        check("Short.\n\nAlso short.", &["Short.", "Also short."]);
    }

    #[test]
    fn wrapped_lines_are_joined_up_to_a_short_last_line() {
        check(
            "The harbour city has been a meeting place of\nsailors for a thousand years, and it will be\none again.\nNobody doubts that the river and the sea\nbelong together.",
            &[
                "The harbour city has been a meeting place of sailors for a thousand years, and it will be one again.",
                "Nobody doubts that the river and the sea belong together.",
            ],
        );
    }

    #[test]
    fn the_lines_of_address_are_one_paragraph() {
        check(
            "尊敬的主席先生，\n各位同事：\n今天很高兴。\n谢谢。",
            &["尊敬的主席先生， 各位同事：", "今天很高兴。", "谢谢。"],
        );
        check(
            "Mr. President,\nExcellencies,\n\nWe meet again.",
            &["Mr. President, Excellencies,", "We meet again."],
        );
    }

    #[test]
    fn an_indent_starts_a_paragraph() {
        check(
            "   The first of the lines is indented and goes on\nfor a while until it has filled the column, as one\n   The second paragraph is indented too and goes on\nto its end.",
            &[
                "The first of the lines is indented and goes on for a while until it has filled the column, as one",
                "The second paragraph is indented too and goes on to its end.",
            ],
        );
    }

    /// A word as in running text.
    fn word() -> impl Strategy<Value = String> {
        "[a-z]{1,11}"
    }

    /// A paragraph of sentences, each with a capital and a full stop.
    fn paragraph() -> impl Strategy<Value = String> {
        let sentence = prop::collection::vec(word(), 4..22).prop_map(|words| {
            let text = words.join(" ");
            format!("{}{}.", text[..1].to_uppercase(), &text[1..])
        });
        prop::collection::vec(sentence, 2..6).prop_map(|sentences| sentences.join(" "))
    }

    /// Wraps a paragraph at a width as a typesetter does, breaking words of eight letters and more where asked.
    fn wrap(paragraph: &str, width: usize, hyphenates: bool) -> Vec<String> {
        let mut lines = vec![String::new()];
        for word in paragraph.split(' ') {
            let line = lines.last_mut().expect("there is always a line");
            let room = width.saturating_sub(line.len() + usize::from(!line.is_empty()));
            let separator = if line.is_empty() { "" } else { " " };
            if word.len() <= room {
                line.push_str(separator);
                line.push_str(word);
            } else if hyphenates && word.len() >= 8 && room >= 5 {
                let cut = (room - 1).min(word.len() - 3);
                line.push_str(&format!("{separator}{}-", &word[..cut]));
                lines.push(word[cut..].to_owned());
            } else {
                lines.push(word.to_owned());
            }
        }
        lines
    }

    fn joined(text: &str) -> String {
        text.replace("-\n", "")
            .replace("- ", "")
            .replace('-', "")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    proptest! {
        #[test]
        fn wrapped_paragraphs_between_blank_lines_are_found_again(paragraphs in prop::collection::vec(paragraph(), 3..9), width in 40usize..=80, hyphenates: bool) {
            let wrapped: Vec<String> = paragraphs.iter().map(|paragraph| wrap(paragraph, width, hyphenates).join("\n")).collect();
            let text = wrapped.join("\n\n");
            let found: Vec<String> = rebuild(&text, ByteSpan::new(0, text.len())).iter().map(|p| joined(&text[p.span.range()])).collect();
            prop_assert_eq!(found, paragraphs);
        }

        /// Without blank lines only a short last line ends a paragraph, so a paragraph whose last line has no room
        /// for the next word may run on; nothing is ever broken apart.
        #[test]
        fn wrapped_paragraphs_without_blank_lines_end_at_short_lines(paragraphs in prop::collection::vec(paragraph(), 3..9), width in 40usize..=80, hyphenates: bool) {
            let wrapped: Vec<Vec<String>> = paragraphs.iter().map(|paragraph| wrap(paragraph, width, hyphenates)).collect();
            // A text of which hardly a line breaks inside a sentence cannot be known to be wrapped.
            prop_assume!(wrapped.iter().flatten().filter(|line| !ends_sentence(line)).count() >= 3);
            let column = wrapped.iter().flatten().map(String::len).max().unwrap_or(0);
            let mut expected: Vec<String> = Vec::new();
            let mut runs_on = false;
            for (lines, paragraph) in wrapped.iter().zip(&paragraphs) {
                match expected.last_mut().filter(|_| runs_on) {
                    Some(last) => last.push_str(&format!(" {paragraph}")),
                    None => expected.push(paragraph.clone()),
                }
                let next_index = wrapped.iter().position(|other| std::ptr::eq(other, lines)).unwrap_or(0) + 1;
                let next = wrapped.get(next_index).map_or("", |lines| lines[0].as_str());
                runs_on = is_full(lines.last().map_or("", String::as_str), next, column);
            }
            let text = wrapped.iter().map(|lines| lines.join("\n")).collect::<Vec<_>>().join("\n");
            let found: Vec<String> = rebuild(&text, ByteSpan::new(0, text.len())).iter().map(|p| joined(&text[p.span.range()])).collect();
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn paragraphs_are_well_formed_and_cover_every_letter(text in "[a-zA-Z。：，.\\-甲乙 \n\r\t\u{3000}]{0,300}") {
            let paragraphs = rebuild(&text, ByteSpan::new(0, text.len()));
            let covered: String = paragraphs.iter().map(|p| &text[p.span.range()]).collect();
            let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(bare(&covered), bare(&text));
            prop_assert!(paragraphs.iter().all(|p| !p.span.is_empty()));
        }
    }
}
