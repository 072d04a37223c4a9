//! An occurrence is read: the place of its units in the text, and as much of its paragraph as its context takes.

use std::sync::Arc;

use tantivy::{DocAddress, DocId};

use super::context::{Context, InContext, Surroundings};
use super::{Node, Nodes};
use crate::analyzer::FoldedText;
use crate::analyzer::unit_text::{PassageUnits, passage_units, span_of};
use crate::corpus::PassageAddress;
use crate::error::{Error, ErrorKind, Result};
use crate::index::{SegmentView, Snapshot, SpeechAddress, SpeechRecord, StoredPassage};
use crate::pattern::UnitSpan;
use crate::search::paragraphs::PassageInParagraph;
use crate::text::{ByteSpan, CharSpan};

/// Reads occurrences.
#[derive(Clone, Copy)]
pub struct NodeReader<'a> {
    /// The commit.
    pub snapshot: &'a Snapshot,
    /// How much of the text around is read.
    pub context: Context,
}

/// An occurrence that was read.
#[derive(Clone, Debug)]
pub struct ReadNode {
    /// What is known about its speech.
    pub record: Arc<SpeechRecord>,
    /// The passage in which it begins.
    pub passage: PassageAddress,
    /// The passage's own speaker, where a transcript has turns.
    pub turn: Option<String>,
    /// Where it stands in the text of the passage; where it runs on into the next piece of the paragraph, it ends behind the
    /// passage.
    pub span: CharSpan,
    /// The occurrence in its context.
    pub text: InContext,
}

impl NodeReader<'_> {
    /// Reads an occurrence by its number.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn read(&self, nodes: &Nodes, number: u32) -> Result<ReadNode> {
        let node = &nodes.list[number as usize];
        let start = nodes.speeches[node.speech as usize].address;
        let record = self.snapshot.remembered_record(start)?;
        let segment = &self.snapshot.segments()[start.segment_ord as usize];
        let mut pieces = Pieces::open(self.snapshot, segment, start, node.doc)?;
        let own = pieces.passage.text.clone();
        let (text, span) = located(node, own, &mut pieces, segment)?;
        let before = &text[..span.start];
        let chars = before.chars().count();
        let read = &text[span.range()];
        let mut around = Surroundings {
            before: before.to_owned(),
            node: read.to_owned(),
            after: text[span.end..].to_owned(),
            has_more_before: pieces.has_before(),
            has_more_after: pieces.has_after()?,
        };
        self.widen(&mut around, &mut pieces)?;
        Ok(ReadNode {
            passage: PassageAddress {
                speech: record.id.clone(),
                paragraph: pieces.passage.paragraph,
                piece: pieces.passage.piece,
            },
            record,
            turn: pieces.passage.turn.clone(),
            span: CharSpan {
                start: chars,
                end: chars + read.chars().count(),
            },
            text: around.cut(self.context),
        })
    }

    /// Reads on in the paragraph as far as the context goes.
    fn widen(&self, around: &mut Surroundings, pieces: &mut Pieces<'_>) -> Result<()> {
        while around.has_more_before && around.left_start(self.context).is_none() {
            around.before.insert_str(0, &pieces.before()?);
            around.has_more_before = pieces.has_before();
        }
        while around.has_more_after && around.right_end(self.context).is_none() {
            around.after.push_str(&pieces.after()?);
            around.has_more_after = pieces.has_after()?;
        }
        Ok(())
    }
}

/// Where an occurrence stands: its bytes of the text of its passage, with as many of the pieces that follow as it runs into.
fn located(node: &Node, own: String, pieces: &mut Pieces<'_>, segment: &SegmentView) -> Result<(String, ByteSpan)> {
    let mut text = own;
    if let Some(bytes) = node.bytes {
        let span = ByteSpan::new(bytes.start as usize, bytes.end as usize);
        while text.len() < span.end && pieces.has_after()? {
            text.push_str(&pieces.after()?);
        }
        return checked(text, span);
    }
    let place = segment.strings().locate(node.units.start);
    let first = place.offset() as usize;
    let count = (node.units.end - node.units.start) as usize;
    if place.is_note {
        let mut runs = segment.strings().note_runs(node.doc);
        let note = runs.position(|run| run.start == place.run_start).unwrap_or_default();
        let units = passage_units(&text);
        let span = units.notes.get(note).and_then(|note| covered(note, first, count));
        return checked(text, span.ok_or_else(not_there)?);
    }
    loop {
        let units = passage_units(&text);
        match covered(&units.speech, first, count) {
            Some(span) => return checked(text, span),
            None if pieces.has_after()? => text.push_str(&pieces.after()?),
            None => return Err(not_there()),
        }
    }
}

fn covered(units: &FoldedText, first: usize, count: usize) -> Option<ByteSpan> {
    (count > 0 && first + count <= units.len()).then(|| span_of(units, first, count))
}

/// Holds a span to lie in its text.
fn checked(text: String, span: ByteSpan) -> Result<(String, ByteSpan)> {
    match text.get(span.range()) {
        Some(_) => Ok((text, span)),
        None => Err(not_there()),
    }
}

fn not_there() -> Error {
    Error::new(
        ErrorKind::Index,
        "the index is damaged: an occurrence is not in its passage",
    )
    .hint("`chancery verify` tells what is wrong")
}

/// A passage, and the other pieces of its paragraph, read one by one to either side.
struct Pieces<'a> {
    snapshot: &'a Snapshot,
    segment_ord: u32,
    passage: StoredPassage,
    /// The first piece that was read, and the first of the paragraph.
    first: DocId,
    first_of_paragraph: DocId,
    /// One past the last piece that was read, and the end of the speech.
    next: DocId,
    end_of_speech: DocId,
    /// The piece behind, once it was looked at.
    following: Option<Option<String>>,
}

impl<'a> Pieces<'a> {
    fn open(snapshot: &'a Snapshot, segment: &SegmentView, start: SpeechAddress, doc: DocId) -> Result<Self> {
        let passage = snapshot.passage(DocAddress::new(start.segment_ord, doc))?;
        let pieces_before = passage.piece.map_or(0, |piece| piece.saturating_sub(1));
        Ok(Self {
            snapshot,
            segment_ord: start.segment_ord,
            first: doc,
            first_of_paragraph: doc.saturating_sub(pieces_before).max(start.doc_id),
            next: doc + 1,
            end_of_speech: segment.block_of(start.doc_id)?.end,
            // The next passage of a paragraph that is not divided is another paragraph.
            following: passage.piece.is_none().then_some(None),
            passage,
        })
    }

    fn has_before(&self) -> bool {
        self.first > self.first_of_paragraph
    }

    /// The piece before those that were read.
    fn before(&mut self) -> Result<String> {
        self.first -= 1;
        let passage = self.snapshot.passage(DocAddress::new(self.segment_ord, self.first))?;
        Ok(passage.text)
    }

    fn has_after(&mut self) -> Result<bool> {
        if let Some(following) = &self.following {
            return Ok(following.is_some());
        }
        let mut following = None;
        if self.next < self.end_of_speech {
            let passage = self.snapshot.passage(DocAddress::new(self.segment_ord, self.next))?;
            following = passage.piece.is_some_and(|piece| piece > 1).then_some(passage.text);
        }
        let has_one = following.is_some();
        self.following = Some(following);
        Ok(has_one)
    }

    /// The piece behind those that were read; empty where there is none.
    fn after(&mut self) -> Result<String> {
        self.has_after()?;
        self.next += 1;
        Ok(self.following.take().flatten().unwrap_or_default())
    }
}

/// The positions of the units of a passage and of what follows it in its paragraph.
pub(super) struct Positions {
    /// The first position of the passage; of one without a unit none, so that nothing is found there.
    start: u32,
    units: PassageUnits,
    /// The first position of each of its notes.
    notes: Vec<u32>,
}

impl Positions {
    pub(super) fn of(read: &PassageInParagraph, doc: DocId, segment: &SegmentView) -> Self {
        let strings = segment.strings();
        let text = [read.passage.text.as_str(), &read.continuation].concat();
        let start = strings.run_of_document(doc).map(|run| run.start);
        Self {
            start: start.unwrap_or(strings.sequence_length()),
            units: passage_units(&text),
            notes: strings.note_runs(doc).map(|run| run.start).collect(),
        }
    }

    /// The units that a range of the text covers or touches.
    pub(super) fn touched(&self, range: ByteSpan) -> UnitSpan {
        let spans = &self.units.note_spans;
        let in_note = spans
            .iter()
            .position(|note| note.start <= range.start && range.end <= note.end);
        match in_note.and_then(|number| Some((&self.units.notes[number], *self.notes.get(number)?))) {
            Some((note, start)) if !range.is_empty() => touched(note, start, range),
            _ => touched(&self.units.speech, self.start, range),
        }
    }
}

fn touched(units: &FoldedText, start: u32, range: ByteSpan) -> UnitSpan {
    let before = units.units().partition_point(|unit| unit.span.end <= range.start);
    let behind = units.units().partition_point(|unit| unit.span.start < range.end);
    UnitSpan {
        start: start + before as u32,
        end: start + behind.max(before) as u32,
    }
}
