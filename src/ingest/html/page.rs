//! A page as a list of blocks: what its markup shows a reader, line by line, each with the element that it stands in.
//!
//! html5ever cuts the markup into tags and texts. The nesting is kept here in one flat list and no deeper than
//! [`DEEPEST`], so that a page of any shape is read in time and memory proportional to its length; the tree builder of
//! the standard looks through all open elements at every tag.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use crate::ingest::html::block::{Block, Break, Writer};
use crate::ingest::html::element::{Element, Kind};

/// How many elements may stand in one another; tags that go deeper are passed over, their text is kept.
const DEEPEST: usize = 512;

/// How many elements a page may have; of what follows only the text is kept.
const MOST_ELEMENTS: usize = 500_000;

/// What a page holds.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// The elements in the order of their start tags; the first is the page itself, and each stands behind its parent.
    pub(super) elements: Vec<Element>,
    /// The texts that a reader sees, in order.
    pub(super) blocks: Vec<Block>,
    /// The name and content of each `<meta>`, and the `rel` and `href` of each `<link>` in the head as `link:rel`.
    pub(super) claims: Vec<(String, String)>,
    /// The text of `<title>`.
    pub(super) title: String,
    /// The texts of scripts of structured data.
    pub(super) structured: Vec<String>,
    /// Texts that belong to no block: labels of buttons, hidden parts of a line.
    pub(super) apart: Vec<Apart>,
    /// The bytes of scripts and styles.
    pub(super) script_bytes: usize,
}

/// A text of the page that is no text of a block.
#[derive(Debug)]
pub(super) struct Apart {
    /// The block before which it stands, or in which.
    pub(super) block: usize,
    /// The element that it stands in.
    pub(super) element: usize,
    pub(super) text: String,
}

/// Reads a page.
pub(super) fn read(text: &str) -> Page {
    let reader = Reader::default();
    let tokenizer = Tokenizer::new(reader, TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(text));
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    tokenizer.sink.into_page()
}

/// What the page is made from while its tags come in.
struct Reader(RefCell<State>);

#[derive(Default)]
struct State {
    page: Page,
    open: Vec<usize>,
    writer: Writer,
    raw: Option<Raw>,
}

/// A text that is no markup and that no reader sees.
enum Raw {
    Title,
    Structured,
    Script,
    /// Shown as it is written.
    Shown,
    Other,
}

impl Default for Reader {
    fn default() -> Self {
        let mut state = State::default();
        state.page.elements.push(Element::root());
        state.open.push(0);
        Self(RefCell::new(state))
    }
}

impl Reader {
    fn into_page(self) -> Page {
        let mut state = self.0.into_inner();
        state.finish_block(Break::Paragraph);
        state.page
    }
}

impl TokenSink for Reader {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => return state.take_tag(&tag),
            Token::CharacterTokens(text) => state.take_text(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl State {
    fn take_tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let kind = Kind::of(&tag.name);
        match tag.kind {
            TagKind::EndTag => {
                self.raw = None;
                self.close(&tag.name, kind);
                TokenSinkResult::Continue
            }
            TagKind::StartTag => self.start(tag, kind),
        }
    }

    fn start(&mut self, tag: &Tag, kind: Kind) -> TokenSinkResult<()> {
        match kind {
            Kind::Break => self.break_line(),
            Kind::Rule => self.finish_block(Break::Paragraph),
            Kind::Meta => self.page.claims.extend(claim(tag)),
            Kind::Void => self.writer.gap(),
            Kind::Raw(raw) => return self.start_raw(tag, raw),
            _ => self.open(tag, kind),
        }
        TokenSinkResult::Continue
    }

    /// Starts an element whose content is no markup.
    fn start_raw(&mut self, tag: &Tag, raw: RawKind) -> TokenSinkResult<()> {
        let is_structured = &*tag.name == "script"
            && attribute(tag, "type").is_some_and(|value| value.trim().eq_ignore_ascii_case("application/ld+json"));
        if &*tag.name == "iframe" {
            self.note_player();
        }
        self.raw = Some(match &*tag.name {
            "title" if self.page.title.is_empty() => Raw::Title,
            _ if is_structured => {
                self.page.structured.push(String::new());
                Raw::Structured
            }
            "script" | "style" => Raw::Script,
            "textarea" | "xmp" => Raw::Shown,
            _ => Raw::Other,
        });
        TokenSinkResult::RawData(raw)
    }

    /// Notes that a player stands in the innermost element.
    fn note_player(&mut self) {
        let innermost = self.innermost();
        self.page.elements[innermost].holds_player = true;
    }

    fn open(&mut self, tag: &Tag, kind: Kind) {
        if matches!(&*tag.name, "video" | "audio" | "object") {
            self.note_player();
        }
        if &*tag.name == "html" {
            let language = attribute(tag, "lang").or_else(|| attribute(tag, "xml:lang"));
            self.page
                .claims
                .extend(language.map(|tag| ("html:lang".to_owned(), tag.to_owned())));
        }
        self.close_implied(&tag.name, kind);
        // A term and its explanation, such as `Location:` and a city, stand on one line.
        if &*tag.name == "dd" && !self.writer.is_empty() {
            self.writer.space();
        } else if kind.ends_block() {
            self.finish_block(kind.break_before());
        }
        match kind {
            Kind::Cell => self.writer.cell(),
            _ if &*tag.name == "time" => self.writer.space(),
            _ => {}
        }
        if self.open.len() >= DEEPEST || self.page.elements.len() >= MOST_ELEMENTS {
            return;
        }
        let parent = self.innermost();
        let index = self.page.elements.len();
        let element = Element::new(tag, kind, (index, parent), &self.page.elements[parent]);
        self.page.elements.push(element);
        self.open.push(index);
    }

    /// Closes what the start of an element ends without an end tag: a paragraph at the next, an item at the next.
    fn close_implied(&mut self, name: &str, kind: Kind) {
        let ended = |state: &Self| {
            let from_top = state.open.iter().enumerate().skip(1).rev();
            let mut found = None;
            for (at, index) in from_top {
                let element = &state.page.elements[*index];
                if kind.ends(name, element) {
                    found = Some(at);
                } else if kind.is_bounded_by(element) {
                    break;
                }
            }
            found
        };
        if kind.can_end_others(name)
            && let Some(at) = ended(self)
        {
            if kind.ends_block() && name != "dd" {
                self.finish_block(kind.break_before());
            }
            self.open.truncate(at);
        }
    }

    fn close(&mut self, name: &str, kind: Kind) {
        match kind {
            Kind::Break => return self.break_line(),
            Kind::Void | Kind::Meta | Kind::Rule | Kind::Raw(_) => return,
            _ => {}
        }
        if kind.ends_block() && name != "dt" {
            self.finish_block(kind.break_before());
        }
        // Pages set a time apart from its neighbors by style alone.
        if name == "time" {
            self.writer.space();
        }
        let is_of_table = kind.is_of_table();
        for at in (1..self.open.len()).rev() {
            let element = &self.page.elements[self.open[at]];
            if element.name == *name {
                self.open.truncate(at);
                return;
            }
            let holds_in = !is_of_table && element.kind == Kind::Cell;
            if holds_in || (!kind.ends_block() && element.kind.ends_block()) {
                return;
            }
        }
    }

    fn take_text(&mut self, text: &str) {
        match self.raw {
            Some(Raw::Title) => self.page.title.push_str(text),
            Some(Raw::Script) => self.page.script_bytes += text.len(),
            Some(Raw::Shown) => self.set_apart(text, self.innermost()),
            Some(Raw::Structured) => {
                self.page.script_bytes += text.len();
                if let Some(last) = self.page.structured.last_mut() {
                    last.push_str(text);
                }
            }
            Some(Raw::Other) => {}
            None => self.write(text),
        }
    }

    fn write(&mut self, text: &str) {
        let innermost = self.innermost();
        let element = &self.page.elements[innermost];
        if element.is_unseen {
            self.set_apart(text, innermost);
            return;
        }
        if !element.is_preformatted {
            if let Some(hidden) = self.writer.write(text, innermost, element) {
                self.set_apart(&hidden, innermost);
            }
            return;
        }
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.break_line();
            }
            if let Some(hidden) = self.writer.write(line, innermost, &self.page.elements[innermost]) {
                self.set_apart(&hidden, innermost);
            }
        }
    }

    /// Keeps a text that belongs to no block.
    fn set_apart(&mut self, text: &str, element: usize) {
        let block = self.page.blocks.len();
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.is_empty() {
            return;
        }
        let text = words.join(" ");
        match self
            .page
            .apart
            .last_mut()
            .filter(|last| (last.block, last.element) == (block, element))
        {
            Some(last) => {
                last.text.push(' ');
                last.text.push_str(&text);
            }
            None => self.page.apart.push(Apart { block, element, text }),
        }
    }

    /// Ends a line within a paragraph; a second end in a row ends the paragraph.
    fn break_line(&mut self) {
        let next = if self.writer.is_empty() {
            Break::Paragraph
        } else {
            Break::Line
        };
        self.finish_block(next);
    }

    fn finish_block(&mut self, next: Break) {
        let elements = &self.page.elements;
        self.page.blocks.extend(self.writer.finish(next, elements));
    }

    fn innermost(&self) -> usize {
        self.open.last().copied().unwrap_or(0)
    }
}

/// What a `<meta>` or a `<link>` claims.
fn claim(tag: &Tag) -> Option<(String, String)> {
    let (name, value) = if &*tag.name == "link" {
        let relation = attribute(tag, "rel")?.trim().to_ascii_lowercase();
        (format!("link:{relation}"), attribute(tag, "href")?)
    } else {
        let name = ["property", "name", "itemprop"]
            .iter()
            .find_map(|name| attribute(tag, name))?;
        (name.trim().to_ascii_lowercase(), attribute(tag, "content")?)
    };
    Some((name, value.to_owned()))
}

/// The value of an attribute of a tag.
pub(super) fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    let found = tag.attrs.iter().find(|attribute| &*attribute.name.local == name);
    found.map(|attribute| &*attribute.value)
}
