//! The text of a Markdown document: one block a line, with the marks taken off and the headings known.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::ingest::draft::Aside;
use crate::ingest::header::is_sentence;
use crate::ingest::{furniture, html};
use crate::text::ByteSpan;

mod wrap;

use wrap::{joined, lines_of};

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
    /// Where the rules stand in the text, each with how many asides had been met there.
    rules: Vec<(usize, usize)>,
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
                self.rules.push((self.text.len(), self.asides.len()));
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
                    self.linked = if line.is_linked { letters(&line.text) } else { 0 };
                    self.push(&line.text);
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
        let block = if block.contains("]{") && !self.is_verbatim {
            let (plain, lists) = without_spans(&block);
            for list in lists {
                self.set_apart(list);
            }
            plain
        } else {
            block
        };
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
            let (line, attributes) = without_attributes(line.trim());
            if !attributes.is_empty() {
                self.set_apart(attributes);
            }
            if line.is_empty() {
                continue;
            }
            if is_button || (!self.is_note && !self.is_verbatim && is_of_template(line)) {
                self.set_apart(line);
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

    /// Keeps a line that is no part of the text.
    fn set_apart(&mut self, line: &str) {
        self.asides.push(Aside {
            at: self.text.len(),
            text: line.to_owned(),
            is_continued: false,
        });
    }

    fn rendered(mut self) -> Rendered {
        self.end_block();
        while self.cut_below_rule() {}
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

    /// Sets apart what stands under the last rule of a document, where it is short and a site's own words: with a link alone on a
    /// line, or a line that asks to subscribe. Tells whether there was such a rule.
    fn cut_below_rule(&mut self) -> bool {
        let Some((at, asides)) = self.rules.pop().filter(|(at, _)| *at > 0) else {
            return false;
        };
        let below = self.text[at..].lines().count();
        if below == 0 {
            return true;
        }
        let has_link = self.asides[asides..].iter().any(|aside| !is_of_template(&aside.text));
        let is_of_site = || {
            self.text[at..]
                .lines()
                .any(|line| furniture::is_of_site(line) || furniture::invites(line))
        };
        let is_piped = || {
            self.text[at..]
                .lines()
                .all(|line| line.contains('|') && !is_sentence(line))
        };
        if below > MOST_LINES_BELOW_RULE || !(has_link || is_of_site() || is_piped()) {
            return false;
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
        true
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
    is_between("{%", "%}") || is_between("{:", "}") || is_between("{{", "}}") || line.starts_with(":::")
}

/// A line without the list of attributes that Pandoc and Kramdown let stand behind a heading or a paragraph, and that list:
/// `{ .place }`, `{#id key="value"}`, `{: .note}`.
fn without_attributes(line: &str) -> (&str, &str) {
    let list = line.ends_with('}').then(|| line.rfind('{')).flatten();
    let Some(at) = list.filter(|at| *at == 0 || line[..*at].ends_with(char::is_whitespace)) else {
        return (line, "");
    };
    if are_attributes(&line[at + 1..line.len() - 1]) {
        (line[..at].trim_end(), &line[at..])
    } else {
        (line, "")
    }
}

/// A text without the lists of attributes right behind brackets, `[lamp]{.smallcaps}`, and these lists.
fn without_spans(text: &str) -> (String, Vec<&str>) {
    let (mut plain, mut lists) = (String::with_capacity(text.len()), Vec::new());
    let mut rest = text;
    while let Some(at) = rest.find("]{") {
        let end = rest[at..].find('}').map(|end| at + end);
        let open = rest[..at].rfind('[');
        match (open, end) {
            (Some(open), Some(end)) if are_attributes(&rest[at + 2..end]) => {
                plain.push_str(&rest[..open]);
                plain.push_str(&rest[open + 1..at]);
                lists.push(&rest[at + 1..=end]);
                rest = &rest[end + 1..];
            }
            _ => {
                plain.push_str(&rest[..at + 2]);
                rest = &rest[at + 2..];
            }
        }
    }
    plain.push_str(rest);
    (plain, lists)
}

/// Whether what stands between braces is a list of attributes.
fn are_attributes(inner: &str) -> bool {
    let inner = inner.trim().trim_start_matches(':').trim();
    let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_:".contains(c));
    let is_attribute = |part: &str| match part.strip_prefix(['.', '#']) {
        Some(name) => is_name(name),
        None => part.split_once('=').is_some_and(|(name, _)| is_name(name)),
    };
    inner.len() <= 200 && inner.split_whitespace().next().is_some_and(is_attribute)
}

fn is_line_break(tag: &str) -> bool {
    let name = tag.trim_start_matches('<').trim_end_matches(['>', '/', ' ']);
    name.eq_ignore_ascii_case("br")
}
