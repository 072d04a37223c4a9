//! The text of a TEI document: what was said, paragraph by paragraph with its speaker, and the notes in it.

use roxmltree::Node;

use super::corpus::{Corpus, Occasion};
use crate::corpus::Paragraph;
use crate::ingest::draft::Aside;
use crate::ingest::editorial;
use crate::ingest::xml::markup::{children, in_language, name, plain_text};
use crate::ingest::xml::writer::{Gap, Writer};

mod elements;

use elements::{Kind, kind};

/// The depth of elements below which only their text is read.
const DEEPEST: usize = 200;

/// The text of a document.
pub(super) struct Said {
    pub(super) text: String,
    pub(super) paragraphs: Vec<Paragraph>,
    /// The identifiers of the speakers, in the order of their first words.
    pub(super) speakers: Vec<String>,
    /// Running heads of pages, and readings that the text does not follow.
    pub(super) asides: Vec<Aside>,
}

/// Reads a `text` element.
pub(super) fn read(text: Node, occasion: &Occasion, corpus: &Corpus) -> Said {
    let mut reader = Reader {
        occasion,
        corpus,
        writer: Writer::default(),
        speakers: Vec::new(),
        asides: Vec::new(),
        label: None,
        tokens: false,
    };
    reader.read_children(text, 0);
    let (text, paragraphs) = reader.writer.finish();
    Said {
        text,
        paragraphs,
        speakers: reader.speakers,
        asides: reader.asides,
    }
}

struct Reader<'a> {
    occasion: &'a Occasion,
    corpus: &'a Corpus,
    writer: Writer,
    speakers: Vec<String>,
    asides: Vec<Aside>,
    /// Who speaks next by the words of the minutes, for utterances that name nobody.
    label: Option<String>,
    /// Whether words are marked up, so that white space between them is only that of the markup.
    tokens: bool,
}

impl Reader<'_> {
    fn read_children(&mut self, node: Node, depth: usize) {
        for child in node.children() {
            if child.is_text() {
                let text = child.text().unwrap_or_default();
                if !(self.tokens && text.trim().is_empty()) {
                    self.writer.push(text);
                }
            } else if child.is_element() && depth >= DEEPEST {
                self.writer.push(&plain_text(child));
            } else if child.is_element() {
                self.read_element(child, depth + 1);
            }
        }
    }

    fn read_element(&mut self, node: Node, depth: usize) {
        match kind(node) {
            Kind::Left => {}
            Kind::Aside => self.asides.push(Aside {
                at: self.writer.length(),
                text: plain_text(node),
                is_continued: false,
            }),
            Kind::Inline => self.read_children(node, depth),
            Kind::LineBreak | Kind::PageBreak if node.attribute("break") == Some("no") => self.writer.break_word(),
            Kind::LineBreak => self.writer.space(Gap::Line),
            Kind::PageBreak => self.writer.break_page(),
            Kind::Note => self.read_note(node),
            Kind::Block => self.read_block(node, depth),
            Kind::Heading => {
                self.writer.end_paragraph();
                let speaker = self.writer.set_speaker(None);
                self.writer.set_heading(true);
                self.read_children(node, depth);
                self.writer.end_paragraph();
                self.writer.set_heading(false);
                self.writer.set_speaker(speaker);
            }
            Kind::Cell => {
                self.writer.separate_cells();
                self.read_children(node, depth);
            }
            Kind::Turn => self.read_turn(node, depth),
            Kind::Sentence => self.read_sentence(node, depth),
            Kind::Token => self.read_token(node),
        }
    }

    fn read_block(&mut self, node: Node, depth: usize) {
        self.writer.end_paragraph();
        self.read_children(node, depth);
        self.writer.end_paragraph();
    }

    /// An utterance or a speech of a play.
    fn read_turn(&mut self, node: Node, depth: usize) {
        self.writer.end_paragraph();
        let speaker = self.speaker(node);
        let before = self.writer.set_speaker(speaker);
        self.read_block(node, depth);
        self.writer.set_speaker(before);
    }

    /// Whether `who` is one name in plain words: pointers have a sign or a scheme, or are known, and names do not begin small.
    fn is_name(&self, who: &str) -> bool {
        let words: Vec<&str> = who.split_whitespace().collect();
        let is_pointer =
            |word: &&str| word.contains(['#', ':', '_']) || self.corpus.name(word, self.occasion).is_some();
        let begins_large = |word: &str| word.starts_with(|first: char| first.is_alphabetic() && !first.is_lowercase());
        words.len() >= 2
            && !words.iter().any(is_pointer)
            && begins_large(words[0])
            && begins_large(words[words.len() - 1])
            && !who.chars().any(|character| character.is_ascii_digit())
    }

    fn speaker(&mut self, turn: Node) -> Option<String> {
        let who = turn.attribute("who").unwrap_or_default().trim();
        let ids: Vec<&str> = if self.is_name(who) {
            vec![who]
        } else {
            who.split_whitespace()
                .map(|id| id.rsplit('#').next().unwrap_or(id))
                .filter(|id| !id.is_empty())
                .collect()
        };
        if ids.is_empty() {
            let own = children(turn, "speaker")
                .map(plain_text)
                .map(|label| without_colon(&label));
            return own
                .into_iter()
                .find(|label| !label.is_empty())
                .or_else(|| self.label.clone());
        }
        self.label = None;
        for id in &ids {
            if !self.speakers.iter().any(|known| known == id) {
                self.speakers.push((*id).to_owned());
            }
        }
        let name = |id: &&str| self.corpus.name(id, self.occasion).unwrap_or_else(|| (*id).to_owned());
        Some(ids.iter().map(name).collect::<Vec<_>>().join("; "))
    }

    /// A note stands in the paragraph that it interrupts; between paragraphs it is one of its own, without a speaker.
    fn read_note(&mut self, node: Node) {
        let words = self.words_of_note(node);
        if node.attribute("type") == Some("speaker") {
            self.label = Some(without_colon(&words)).filter(|label| !label.is_empty());
        }
        let marked = editorial::note(&words);
        if marked.is_empty() {
            return;
        }
        if elements::interrupts(node) {
            if self.tokens {
                self.writer.space(Gap::Space);
            }
            self.writer.push_note(&marked);
            if self.tokens {
                self.writer.space(Gap::Space);
            }
            return;
        }
        self.writer.end_paragraph();
        let speaker = self.writer.set_speaker(None);
        self.writer.push_note(&marked);
        self.writer.end_paragraph();
        self.writer.set_speaker(speaker);
    }

    /// The words of a note, of several descriptions those in the language of the text; else the kind of what is noted.
    fn words_of_note(&self, node: Node) -> String {
        let descriptions: Vec<Node> = children(node, "desc").collect();
        if !descriptions.is_empty() {
            let chosen = in_language(&descriptions, &self.occasion.language);
            return chosen
                .iter()
                .map(|node| plain_text(*node))
                .collect::<Vec<_>>()
                .join(" ");
        }
        let words = plain_text(node);
        if !words.is_empty() || name(node) == "note" {
            return words;
        }
        let kind = node.attribute("reason").or_else(|| node.attribute("type"));
        kind.unwrap_or_default().to_owned()
    }

    fn read_sentence(&mut self, node: Node, depth: usize) {
        self.writer.space(Gap::Space);
        let before = std::mem::replace(&mut self.tokens, elements::is_tokenized(node));
        self.read_children(node, depth);
        self.tokens = before;
        self.writer.space(Gap::Space);
    }

    /// A word or mark; in a sentence that holds nothing else white space follows, unless it is joined.
    fn read_token(&mut self, node: Node) {
        let join = node.attribute("join").unwrap_or_default();
        if self.tokens && matches!(join, "left" | "both") {
            self.writer.join();
        }
        self.writer.push(&plain_text(node));
        if self.tokens && !matches!(join, "right" | "both") {
            self.writer.space(Gap::Space);
        }
    }
}

fn without_colon(label: &str) -> String {
    label.trim().trim_end_matches([':', '：', '.', '—']).trim().to_owned()
}
