//! What differs between two speeches: changed paragraphs with their deletions and insertions, the others counted.

use std::io::{self, Write};

use serde_json::Value;

use super::passages::counted;
use super::style::{DELETED, DETAIL, INSERTED, Marked, Page, Styled, colored, marked_text, wrap};
use super::{Render, json};
use crate::corpus::difference::PartKind;
use crate::engine::{Answer, ChangedParagraph, ChangedPart, SpeechDifference};

/// The most characters of unchanged text that a terminal shows beside a change, on either side.
const CONTEXT_CHARS: usize = 40;

impl Render for Answer<SpeechDifference> {
    fn text(&self, output: &mut dyn Write, page: &Page) -> io::Result<()> {
        let SpeechDifference { from, to, .. } = &self.body;
        writeln!(output, "{}", Styled(DETAIL, &format!("from {from}")))?;
        writeln!(output, "{}", Styled(DETAIL, &format!("to   {to}")))?;
        let mut last = 0;
        let mut counted_paragraphs = 0;
        for change in &self.body.changes {
            if let Some(paragraph) = change.to_paragraph {
                let between = (paragraph as usize).saturating_sub(last + 1);
                unchanged_text(between, output)?;
                counted_paragraphs += between;
                last = paragraph as usize;
            }
            change_text(change, output, page)?;
        }
        unchanged_text(
            self.body.unchanged_paragraphs.saturating_sub(counted_paragraphs),
            output,
        )?;
        let summary = format!(
            "{} changed; {:.0} % alike",
            counted(self.body.changes.len() as u64, "paragraph"),
            self.body.similarity * 100.0
        );
        writeln!(output, "\n{}", Styled(DETAIL, &summary))
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let mut rows = vec![super::header("from_paragraph to_paragraph from_text to_text marked")];
        for change in &self.body.changes {
            let number = |paragraph: Option<u32>| paragraph.map_or(String::new(), |number| number.to_string());
            let text_without = |left_out: PartKind| {
                let parts = change.parts.iter().filter(|part| part.kind != left_out);
                parts.map(|part| part.text.as_str()).collect::<String>()
            };
            rows.push(vec![
                number(change.from_paragraph),
                number(change.to_paragraph),
                text_without(PartKind::Insert),
                text_without(PartKind::Delete),
                change.parts.iter().map(|part| signed(part, &part.text)).collect(),
            ]);
        }
        rows
    }

    fn lines(&self) -> Vec<Value> {
        self.body.changes.iter().map(json::value).collect()
    }
}

fn unchanged_text(count: usize, output: &mut dyn Write) -> io::Result<()> {
    if count == 0 {
        return Ok(());
    }
    let line = format!("{} unchanged", counted(count as u64, "paragraph"));
    writeln!(output, "\n{}", Styled(DETAIL, &line))
}

fn change_text(change: &ChangedParagraph, output: &mut dyn Write, page: &Page) -> io::Result<()> {
    let number = |paragraph: Option<u32>| paragraph.map_or("none".to_owned(), |number| number.to_string());
    let place = format!("¶ {} → {}", number(change.from_paragraph), number(change.to_paragraph));
    writeln!(output, "\n{}", Styled(DETAIL, &place))?;
    let mut marked = Vec::new();
    for (index, part) in change.parts.iter().enumerate() {
        let style = match part.kind {
            PartKind::Equal => None,
            PartKind::Delete => Some(DELETED),
            PartKind::Insert => Some(INSERTED),
        };
        let text = match part.kind {
            PartKind::Equal => context(&part.text, index == 0, index + 1 == change.parts.len()),
            PartKind::Delete | PartKind::Insert => signed(part, &part.text),
        };
        marked.extend(text.chars().map(|character| Marked { character, style }));
    }
    let marked = marked_text(marked.into_iter());
    for line in wrap(&marked, page.width.max(20)) {
        writeln!(output, "{}", colored(line))?;
    }
    Ok(())
}

/// The text of a part between the signs of what happened to it, which tell it without colors; the white space behind it
/// stays outside.
fn signed(part: &ChangedPart, text: &str) -> String {
    let printed = text.trim_end();
    let space = &text[printed.len()..];
    match part.kind {
        PartKind::Equal => text.to_owned(),
        PartKind::Delete => format!("[-{printed}-]{space}"),
        PartKind::Insert => format!("{{+{printed}+}}{space}"),
    }
}

/// An unchanged text without what is far from any change.
fn context(text: &str, is_first: bool, is_last: bool) -> String {
    let characters: Vec<char> = text.chars().collect();
    let head = if is_first { 0 } else { CONTEXT_CHARS };
    let tail = if is_last { 0 } else { CONTEXT_CHARS };
    if characters.len() <= head + tail + 1 {
        return text.to_owned();
    }
    let before: String = characters[..head].iter().collect();
    let behind: String = characters[characters.len() - tail..].iter().collect();
    format!("{before}…{behind}")
}
