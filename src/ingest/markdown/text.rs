//! The text of a Markdown document: one block a line, with the marks taken off and the headings known.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use unicode_width::UnicodeWidthStr;

use crate::ingest::draft::Aside;
use crate::ingest::header::is_sentence;
use crate::ingest::html;
use crate::text::{ByteSpan, is_han};

/// The least width of a line, in columns, that was wrapped and not ended on purpose.
const WRAPPED_WIDTH: usize = 40;

/// A document as text.
#[derive(Debug, Default)]
pub(super) struct Rendered {
    /// The blocks, one a line.
    pub(super) text: String,
    /// Where the headings lie in the text.
    pub(super) headings: Vec<ByteSpan>,
    /// The heading of the first rank, where there is one and it is the first block.
    pub(super) title: Option<String>,
    /// Whether the source has any mark of Markdown.
    pub(super) has_marks: bool,
    /// Lines that are no part of the text: links alone on a line, marks of a template, what stands under the last rule with a
    /// link.
    pub(super) asides: Vec<Aside>,
}

/// Renders a document.
pub(super) fn render(source: &str) -> Rendered {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let events: Vec<Event<'_>> = Parser::new_ext(source, options).collect();
    let mut notes = Notes::of(&events);
    let mut writer = Writer::default();
    let mut in_note = false;
    for event in events {
        match event {
            Event::Start(Tag::FootnoteDefinition(_)) => in_note = true,
            Event::End(TagEnd::FootnoteDefinition) => in_note = false,
            _ if in_note => {}
            Event::FootnoteReference(label) => {
                writer.has_marks = true;
                writer.push(&notes.take(&label));
            }
            other => writer.take(other),
        }
    }
    for note in notes.rest() {
        writer.has_marks = true;
        writer.push(&note);
        writer.end_block();
    }
    writer.rendered()
}

/// The footnotes of a document by their labels.
struct Notes(BTreeMap<String, String>);

impl Notes {
    fn of(events: &[Event<'_>]) -> Self {
        let mut notes = BTreeMap::new();
        let mut current: Option<(String, Writer)> = None;
        for event in events {
            match event {
                Event::Start(Tag::FootnoteDefinition(label)) => current = Some((label.to_string(), Writer::of_note())),
                Event::End(TagEnd::FootnoteDefinition) => {
                    if let Some((label, mut writer)) = current.take() {
                        writer.end_block();
                        notes.insert(label, writer.text.trim().replace('\n', " "));
                    }
                }
                other => {
                    if let Some((_, writer)) = &mut current {
                        writer.take(other.clone());
                    }
                }
            }
        }
        Self(notes)
    }

    /// The note of a label between its marks; a second reference to it is left out.
    fn take(&mut self, label: &str) -> String {
        self.0.remove(label).map_or_else(String::new, |note| in_marks(&note))
    }

    /// The notes to which nothing refers.
    fn rest(self) -> impl Iterator<Item = String> {
        self.0.into_values().map(|note| in_marks(&note))
    }
}

fn in_marks(note: &str) -> String {
    if note.is_empty() {
        return String::new();
    }
    format!("⟦{note}⟧")
}

/// Gathers blocks.
#[derive(Default)]
struct Writer {
    text: String,
    block: String,
    headings: Vec<(HeadingLevel, ByteSpan)>,
    /// The block in which the first heading of the first rank stands, if it is the first.
    begins_with_title: bool,
    heading: Option<HeadingLevel>,
    numbers: Vec<Option<u64>>,
    is_verbatim: bool,
    has_marks: bool,
    /// The block of HTML that is being read.
    html: String,
    asides: Vec<Aside>,
    /// Whether all lines are kept in the text, as those of a footnote are.
    is_note: bool,
    /// Whether a link is being read.
    is_link: bool,
    /// The letters of the block under way that are links.
    linked: usize,
    /// Where the last rule stands in the text, and how many links alone on a line had been met there.
    rule: Option<(usize, usize)>,
}

impl Writer {
    fn of_note() -> Self {
        Self {
            is_note: true,
            ..Self::default()
        }
    }

    fn take(&mut self, event: Event<'_>) {
        self.has_marks |= !matches!(
            event,
            Event::Text(_) | Event::SoftBreak | Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph)
        );
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => {
                if self.is_link {
                    self.linked += letters(&text);
                }
                self.push(&text);
            }
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.push(&text),
            Event::InlineHtml(html) => self.push(if is_line_break(&html) { "\n" } else { "" }),
            Event::Html(html) => self.html.push_str(&html),
            Event::SoftBreak | Event::HardBreak => {
                self.block
                    .push(if matches!(event, Event::HardBreak) { '\r' } else { '\n' })
            }
            Event::Rule => {
                self.end_block();
                self.rule = Some((self.text.len(), self.asides.len()));
            }
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.end_block();
                self.heading = Some(level);
            }
            Tag::List(first) => {
                self.end_block();
                self.numbers.push(first);
            }
            Tag::Item => {
                self.end_block();
                if let Some(Some(number)) = self.numbers.last_mut() {
                    self.block.push_str(&format!("{number}. "));
                    *number += 1;
                }
            }
            Tag::CodeBlock(_) => {
                self.end_block();
                self.is_verbatim = true;
            }
            Tag::Image { .. } => self.block.push('⟦'),
            Tag::Link { .. } => self.is_link = true,
            Tag::BlockQuote(_) | Tag::HtmlBlock | Tag::Table(_) => self.end_block(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                self.end_block();
                self.heading = None;
            }
            TagEnd::List(_) => {
                self.end_block();
                self.numbers.pop();
            }
            TagEnd::CodeBlock => {
                self.end_block();
                self.is_verbatim = false;
            }
            TagEnd::Image => match self.block.strip_suffix('⟦').map(str::to_owned) {
                Some(before) => self.block = before,
                None => self.block.push('⟧'),
            },
            TagEnd::Link => self.is_link = false,
            TagEnd::TableCell => self.block.push('\t'),
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.html);
                for line in html::fragment(&html) {
                    self.push(&line);
                    self.end_block();
                }
            }
            TagEnd::Paragraph | TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::TableHead | TagEnd::TableRow => {
                self.end_block()
            }
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        self.block.push_str(text);
    }

    fn end_block(&mut self) {
        let block = std::mem::take(&mut self.block);
        let linked = std::mem::take(&mut self.linked);
        let is_button = !self.is_note
            && self.heading.is_none()
            && self.numbers.is_empty()
            && linked * 3 > letters(&block) * 2
            && !is_sentence(&block);
        let lines = if self.is_verbatim || self.heading.is_none() {
            lines_of(&block, self.is_verbatim)
        } else {
            vec![joined(&block)]
        };
        for line in lines {
            let line = line.trim();
            if line.is_empty() {
                continue;
            }
            if is_button || (!self.is_note && !self.is_verbatim && is_of_template(line)) {
                self.asides.push(Aside {
                    at: self.text.len(),
                    text: line.to_owned(),
                    is_continued: false,
                });
                continue;
            }
            let start = self.text.len();
            self.text.push_str(line);
            if let Some(level) = self.heading {
                self.begins_with_title |= start == 0 && level == HeadingLevel::H1;
                self.headings.push((level, ByteSpan::new(start, self.text.len())));
            }
            self.text.push('\n');
        }
    }

    fn rendered(mut self) -> Rendered {
        self.end_block();
        self.cut_below_rule();
        let firsts = self
            .headings
            .iter()
            .filter(|(level, _)| *level == HeadingLevel::H1)
            .count();
        let title = self.headings.first().filter(|_| self.begins_with_title && firsts == 1);
        Rendered {
            title: title.map(|(_, span)| self.text[span.range()].to_owned()),
            headings: self.headings.iter().map(|(_, span)| *span).collect(),
            text: self.text,
            has_marks: self.has_marks,
            asides: self.asides,
        }
    }

    /// Sets apart what stands under the last rule of a document, where it is short and has a link alone on a line: a site's own
    /// words, such as how to subscribe.
    fn cut_below_rule(&mut self) {
        let Some((at, asides)) = self.rule.filter(|(at, _)| *at > 0) else {
            return;
        };
        let below = self.text[at..].lines().count();
        let has_link = self.asides[asides..].iter().any(|aside| !is_of_template(&aside.text));
        if below == 0 || below > MOST_LINES_BELOW_RULE || !has_link {
            return;
        }
        let lines = self.text.split_off(at);
        self.headings.retain(|(_, heading)| heading.end <= at);
        let lines = lines.lines().map(|line| Aside {
            at,
            text: line.to_owned(),
            is_continued: false,
        });
        self.asides.splice(asides..asides, lines);
        for aside in &mut self.asides[asides..] {
            aside.at = at;
        }
    }
}

/// The most lines under a last rule that are no part of a text.
const MOST_LINES_BELOW_RULE: usize = 4;

/// The number of letters and digits.
fn letters(text: &str) -> usize {
    text.chars().filter(|character| character.is_alphanumeric()).count()
}

/// Whether a line is a mark of a template and nothing else: `{% raw %}`, `{: .note}`.
fn is_of_template(line: &str) -> bool {
    let is_between =
        |open: &str, close: &str| line.starts_with(open) && line.ends_with(close) && line.matches(open).count() == 1;
    is_between("{%", "%}") || is_between("{:", "}")
}

/// The lines of a block: those that were wrapped at a column are joined, those that were ended on purpose are not, as the
/// lines of a header or of an address.
fn lines_of(block: &str, is_verbatim: bool) -> Vec<String> {
    let parts = block.split('\r');
    if is_verbatim {
        return block.lines().map(str::to_owned).collect();
    }
    parts
        .flat_map(|part| {
            let lines: Vec<&str> = part.split('\n').collect();
            if is_wrapped(&lines) {
                vec![joined(part)]
            } else {
                lines.into_iter().map(str::to_owned).collect()
            }
        })
        .collect()
}

/// Whether all lines but the last are about as long as the longest.
fn is_wrapped(lines: &[&str]) -> bool {
    let Some((_, full)) = lines.split_last() else {
        return false;
    };
    let longest = lines.iter().map(|line| line.trim().width()).max().unwrap_or(0);
    longest >= WRAPPED_WIDTH && full.iter().all(|line| line.trim().width() * 10 >= longest * 7)
}

/// The lines of a text in one, with a blank between them except between Han characters.
fn joined(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for part in text.split(['\n', '\r']).map(str::trim).filter(|part| !part.is_empty()) {
        let is_wide = |character: Option<char>| {
            character.is_some_and(|c| {
                is_han(c) || ('\u{3000}'..='\u{303F}').contains(&c) || ('\u{FF00}'..='\u{FF60}').contains(&c)
            })
        };
        let is_seamless = is_wide(line.chars().next_back()) && is_wide(part.chars().next());
        if !line.is_empty() && !is_seamless {
            line.push(' ');
        }
        line.push_str(part);
    }
    line
}

fn is_line_break(tag: &str) -> bool {
    let name = tag.trim_start_matches('<').trim_end_matches(['>', '/', ' ']);
    name.eq_ignore_ascii_case("br")
}
