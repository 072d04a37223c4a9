//! One reader for the minutes of all schemas: it walks the elements in order, asks the schema what each is, and writes turns,
//! headings and notes as the reader of TEI does.

use roxmltree::Node;

use crate::corpus::{Field, Metadata};
use crate::ingest::draft::{Aside, Draft, Layout};
use crate::ingest::editorial;
use crate::ingest::xml::markup::plain_text;
use crate::ingest::xml::speakers::{self, Person};
use crate::ingest::xml::writer::{Gap, Writer};
use crate::text::ByteSpan;

/// The depth of elements below which only their text is read.
const DEEPEST: usize = 200;

/// What an element is to the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Not shown, or read into fields already.
    Left,
    /// Shown, but neither said nor noted: a list of contents, numbers of columns.
    Aside,
    /// Part of the text around it.
    Inline,
    /// The end of a line.
    LineBreak,
    /// What a clerk says of the sitting.
    Note,
    /// Begins and ends a paragraph, or holds several.
    Block,
    /// Names a section.
    Heading,
    /// A cell of the row of a table.
    Cell,
    /// What one speaker says, or a paragraph whose speaker the schema tells: [`Schema::speaker`].
    Turn,
    /// Names who speaks from here on, and is no part of what is said: [`Schema::named`].
    Label,
    /// Names who speaks in this turn, whom the schema knows without it.
    From,
    /// What is said, behind a label: its first marks may be those that close the label.
    Said,
}

/// A speaker as a schema tells one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Speaker {
    pub(super) name: String,
    pub(super) role: String,
    pub(super) party: String,
}

/// A schema: what its elements are.
pub(super) trait Schema {
    /// What an element is.
    fn kind(&self, node: Node) -> Kind;

    /// Who speaks in a turn; `current` is who was named last.
    fn speaker(&self, turn: Node, current: Option<&Speaker>) -> Option<Speaker>;

    /// Whom a label names.
    fn named(&self, label: Node) -> Option<Speaker>;
}

/// Minutes under way.
pub(super) struct Minutes<'a, S> {
    schema: &'a S,
    writer: Writer,
    asides: Vec<Aside>,
    quoted: Vec<(String, String)>,
    persons: Vec<Person>,
    current: Option<Speaker>,
    /// Whether the next letters may be preceded by the mark that closes a label.
    closes_label: bool,
    /// Whether a label stands before what is said next.
    is_labelled: bool,
    in_cell: bool,
}

impl<'a, S: Schema> Minutes<'a, S> {
    pub(super) fn new(schema: &'a S) -> Self {
        Self {
            schema,
            writer: Writer::default(),
            asides: Vec::new(),
            quoted: Vec::new(),
            persons: Vec::new(),
            current: None,
            closes_label: false,
            is_labelled: false,
            in_cell: false,
        }
    }

    /// Keeps lines that are no part of the minutes.
    pub(super) fn set_apart(&mut self, lines: impl IntoIterator<Item = String>) {
        self.asides.extend(Aside::together(lines, self.writer.length()));
    }

    /// Reads what stands in an element.
    pub(super) fn read(&mut self, node: Node) {
        self.read_children(node, 0);
        self.writer.end_paragraph();
    }

    /// The sitting as a draft; none where nothing is said in it. Every value of the fields is one of the document.
    pub(super) fn finish(self, stated: Metadata) -> Option<Draft> {
        let (text, paragraphs) = self.writer.finish();
        if paragraphs.is_empty() {
            return None;
        }
        let body = ByteSpan::new(0, text.len());
        let mut draft = Draft::new(text, Layout::Marked { body, paragraphs });
        let values = stated.fields();
        draft.quoted = values
            .filter(|(field, _)| *field != Field::DateSource)
            .map(|(field, value)| (field.name().to_owned(), value.to_owned()))
            .collect();
        draft.quoted.extend(self.quoted);
        draft.stated = stated;
        draft.asides = self.asides;
        speakers::state(&mut draft.stated, &self.persons);
        Some(draft)
    }

    /// Notes the words of a field that stand in the document in another form.
    pub(super) fn quote(&mut self, field: Field, words: &str) {
        if !words.is_empty() {
            self.quoted.push((field.name().to_owned(), words.to_owned()));
        }
    }

    fn read_children(&mut self, node: Node, depth: usize) {
        for child in node.children() {
            if child.is_text() {
                self.push(child.text().unwrap_or_default());
            } else if child.is_element() && depth >= DEEPEST {
                self.push(&plain_text(child));
            } else if child.is_element() {
                self.read_element(child, depth + 1);
            }
        }
    }

    fn push(&mut self, text: &str) {
        if !self.closes_label {
            return self.writer.push(text);
        }
        let said = text.trim_start_matches(|mark: char| mark.is_whitespace() || matches!(mark, ':' | '：'));
        // The mark stays with the label.
        let mark = text[..text.len() - said.len()].trim();
        if let Some((_, label)) = self.quoted.last_mut() {
            label.push_str(mark);
        }
        if !said.is_empty() {
            self.closes_label = false;
            self.writer.push(said);
        }
    }

    fn read_element(&mut self, node: Node, depth: usize) {
        match self.schema.kind(node) {
            Kind::Left => {}
            Kind::Aside => self.set_apart([plain_text(node)]),
            Kind::Inline => self.read_children(node, depth),
            Kind::LineBreak => self.writer.space(Gap::Line),
            Kind::Note => self.read_note(node),
            Kind::Block | Kind::Turn if self.in_cell => {
                self.writer.space(Gap::Space);
                self.read_children(node, depth);
                self.writer.space(Gap::Space);
            }
            Kind::Block => self.read_block(node, depth),
            Kind::Heading => self.read_heading(node, depth),
            Kind::Cell => {
                self.writer.separate_cells();
                let before = std::mem::replace(&mut self.in_cell, true);
                self.read_children(node, depth);
                self.in_cell = before;
            }
            Kind::Turn => self.read_turn(node, depth),
            Kind::Label => self.read_label(node),
            Kind::From => {
                self.quote(Field::Speaker, &plain_text(node));
                self.is_labelled = true;
            }
            Kind::Said => {
                self.closes_label = std::mem::take(&mut self.is_labelled);
                self.read_children(node, depth);
                self.closes_label = false;
            }
        }
    }

    fn read_block(&mut self, node: Node, depth: usize) {
        self.writer.end_paragraph();
        self.read_children(node, depth);
        self.writer.end_paragraph();
    }

    fn read_heading(&mut self, node: Node, depth: usize) {
        self.writer.end_paragraph();
        let speaker = self.writer.set_speaker(None);
        self.writer.set_heading(true);
        self.read_children(node, depth);
        self.writer.end_paragraph();
        self.writer.set_heading(false);
        self.writer.set_speaker(speaker);
    }

    fn read_turn(&mut self, node: Node, depth: usize) {
        self.writer.end_paragraph();
        let speaker = self.schema.speaker(node, self.current.as_ref());
        let name = speaker.as_ref().map(|speaker| speaker.name.clone());
        if let Some(speaker) = speaker {
            self.take_speaker(speaker);
        }
        let before = self.writer.set_speaker(name);
        self.read_block(node, depth);
        self.writer.set_speaker(before);
    }

    /// A label ends the paragraph before it. Its words are the value of a field, not words of the sitting.
    fn read_label(&mut self, node: Node) {
        self.writer.end_paragraph();
        let words = plain_text(node);
        if let Some(speaker) = self.schema.named(node) {
            self.writer.set_speaker(Some(speaker.name.clone()));
            self.take_speaker(speaker);
        }
        self.quote(Field::Speaker, &words);
    }

    fn take_speaker(&mut self, speaker: Speaker) {
        let known = self.persons.iter().position(|person| person.name == speaker.name);
        let index = known.unwrap_or_else(|| {
            self.persons.push(Person {
                name: speaker.name.clone(),
                ..Person::default()
            });
            self.persons.len() - 1
        });
        let person = &mut self.persons[index];
        for (values, value) in [
            (&mut person.roles, &speaker.role),
            (&mut person.parties, &speaker.party),
        ] {
            if !value.is_empty() && !values.contains(value) {
                values.push(value.clone());
            }
        }
        self.current = Some(speaker);
    }

    /// A note in the run of a paragraph stands there; between paragraphs it is one of its own, without a speaker.
    fn read_note(&mut self, node: Node) {
        let marked = editorial::note(&plain_text(node));
        if marked.is_empty() {
            return;
        }
        if interrupts(self.schema, node) {
            self.writer.push_note(&marked);
            return;
        }
        self.writer.end_paragraph();
        let speaker = self.writer.set_speaker(None);
        self.writer.push_note(&marked);
        self.writer.end_paragraph();
        self.writer.set_speaker(speaker);
    }
}

/// Whether a note stands among the words of its parent.
fn interrupts(schema: &impl Schema, note: Node) -> bool {
    let Some(parent) = note.parent() else {
        return false;
    };
    let is_word = |node: Node| match node.is_text() {
        true => !node.text().unwrap_or_default().trim().is_empty(),
        false => node.is_element() && matches!(schema.kind(node), Kind::Inline | Kind::Said),
    };
    parent.children().any(is_word)
}
