//! What an index says it holds, folded paragraph by paragraph: the texts that the reference evaluator looks into.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use chancery::analyzer::folding::{fold_part, fold_without};
use chancery::analyzer::notes::notes;
use chancery::analyzer::{FoldedText, UnitKind, fold};
use chancery::corpus::passage::MATTER_BASE;
use chancery::corpus::{Field, Metadata};
use chancery::engine::{Engine, MatterView, PassageView, SpeechView};
use chancery::query::expression::FieldName;
use chancery::text::ByteSpan;

use super::vocabulary::Vocabulary;
use crate::support::indexed::all_speeches;

/// Every speech, passage and paragraph of an index.
pub(crate) struct Texts {
    pub(crate) speeches: Vec<SpeechText>,
    /// The passages of all speeches, in order.
    pub(crate) passages: Vec<PassageText>,
    pub(crate) paragraphs: Vec<ParagraphText>,
    /// Every different unit of the paragraphs and of the metadata.
    pub(crate) vocabulary: Vocabulary,
    /// The primary subtags of the languages that the index says are present.
    pub(crate) languages: Vec<String>,
}

/// A speech, without its text.
pub(crate) struct SpeechText {
    pub(crate) id: String,
    pub(crate) metadata: Metadata,
    /// The numbers of its passages.
    pub(crate) passages: Range<usize>,
    /// Each field with its values, folded.
    values: Vec<(FieldName, Vec<Sequence>)>,
}

/// A passage: a paragraph, or a piece of one.
pub(crate) struct PassageText {
    pub(crate) address: String,
    /// The number of its speech.
    pub(crate) speech: usize,
    /// The number of its paragraph.
    pub(crate) paragraph: usize,
    /// Where it lies in its paragraph.
    pub(crate) bytes: Range<usize>,
    /// Its own speaker, where a transcript has turns.
    pub(crate) speaker: Option<(String, Sequence)>,
    /// Whether it is no passage but matter beside its speech, which has nobody for a speaker.
    pub(crate) is_matter: bool,
}

/// A paragraph put together from its pieces.
pub(crate) struct ParagraphText {
    pub(crate) printed: Arc<str>,
    /// The numbers of its passages.
    pub(crate) passages: Range<usize>,
    /// Where its stage directions stand.
    pub(crate) notes: Vec<ByteSpan>,
    /// What was said: the stage directions are taken out, and units on both sides of one are neighbors.
    pub(crate) said: Sequence,
    /// Each stage direction by itself.
    pub(crate) note_texts: Vec<Sequence>,
}

/// A sequence of units; nothing matches beyond its ends.
pub(crate) struct Sequence {
    /// The text in which the spans count bytes.
    pub(crate) printed: Arc<str>,
    /// The stretches of the text that the sequence is made of.
    pub(crate) stretches: Vec<ByteSpan>,
    /// The number of the language by which words are inflected: in stage directions and metadata they are not.
    pub(crate) language: Option<usize>,
    /// The units, by their numbers in the vocabulary.
    pub(crate) units: Vec<u32>,
    /// Where each unit stands.
    pub(crate) spans: Vec<ByteSpan>,
    /// The words that three units, from this one on, may be as well, by their numbers in the vocabulary.
    pub(crate) joined: BTreeMap<usize, u32>,
    /// For each unit, and for the end, the number of units before it that are no marks.
    counted_before: Vec<u32>,
}

impl Sequence {
    fn new(printed: &Arc<str>, stretches: Vec<ByteSpan>, folded: &FoldedText, context: &mut Context<'_>) -> Self {
        let mut counted_before = vec![0];
        for unit in folded.units() {
            let counted = u32::from(unit.kind != UnitKind::Mark);
            counted_before.push(counted_before[counted_before.len() - 1] + counted);
        }
        let number = |index: usize| (folded.unit_text(index).to_owned(), folded.units()[index].kind);
        Self {
            printed: Arc::clone(printed),
            stretches,
            language: context.language,
            units: (0..folded.len())
                .map(|index| context.vocabulary.number(number(index)))
                .collect(),
            spans: folded.units().iter().map(|unit| unit.span).collect(),
            joined: folded
                .joined_words()
                .map(|(first, word)| (first, context.vocabulary.number((word.to_owned(), UnitKind::Word))))
                .collect(),
            counted_before,
        }
    }

    /// A value of a metadata field.
    fn of_value(value: &str, context: &mut Context<'_>) -> Self {
        let whole = vec![ByteSpan::new(0, value.len())];
        Self::new(&Arc::from(value), whole, &fold(value), context)
    }

    /// The number of units.
    pub(crate) fn len(&self) -> usize {
        self.units.len()
    }

    /// The number of units from one to before another that are no marks.
    pub(crate) fn counted(&self, units: Range<usize>) -> u32 {
        self.counted_before[units.end] - self.counted_before[units.start]
    }

    /// The bytes that units cover, from the start of the first to the end of the last.
    pub(crate) fn bytes(&self, units: Range<usize>) -> ByteSpan {
        ByteSpan::new(self.spans[units.start].start, self.spans[units.end - 1].end)
    }
}

/// What a sequence is made in: the vocabulary that it adds to, and the language that it is in.
struct Context<'a> {
    vocabulary: &'a mut Vocabulary,
    language: Option<usize>,
}

impl Texts {
    /// Reads everything that an index says it holds.
    pub(crate) fn of(engine: &Engine) -> Self {
        let mut texts = Self {
            speeches: Vec::new(),
            passages: Vec::new(),
            paragraphs: Vec::new(),
            vocabulary: Vocabulary::default(),
            languages: engine.status().expect("the index is sound").languages,
        };
        for speech in all_speeches(engine) {
            texts.add(speech);
        }
        texts.vocabulary.make_terms();
        texts
    }

    fn add(&mut self, speech: SpeechView) {
        let language = speech.metadata.language();
        let language = language.as_ref().map_or("", |language| language.primary());
        let language = self.vocabulary.language(language);
        let first = self.passages.len();
        for pieces in speech
            .passages
            .chunk_by(|left, right| left.paragraph == right.paragraph)
        {
            self.add_paragraph(pieces, language);
        }
        let first_matter = self.passages.len();
        for matter in &speech.matter {
            self.add_paragraph(&[note_of(&speech.id, matter)], language);
        }
        for passage in &mut self.passages[first_matter..] {
            passage.is_matter = true;
        }
        let mut context = Context {
            vocabulary: &mut self.vocabulary,
            language: None,
        };
        self.speeches.push(SpeechText {
            values: field_values(&speech.metadata, &mut context),
            id: speech.id,
            metadata: speech.metadata,
            passages: first..self.passages.len(),
        });
    }

    fn add_paragraph(&mut self, pieces: &[PassageView], language: usize) {
        let first = self.passages.len();
        let mut printed = String::new();
        let mut context = Context {
            vocabulary: &mut self.vocabulary,
            language: None,
        };
        for piece in pieces {
            let start = printed.len();
            printed.push_str(&piece.text);
            let speaker = piece.speaker.as_ref();
            self.passages.push(PassageText {
                address: piece.passage.clone(),
                speech: self.speeches.len(),
                paragraph: self.paragraphs.len(),
                bytes: start..printed.len(),
                speaker: speaker.map(|name| (name.clone(), Sequence::of_value(name, &mut context))),
                is_matter: false,
            });
        }
        let notes = notes(&printed);
        let printed: Arc<str> = Arc::from(printed);
        let of_note = |span: &ByteSpan| Sequence::new(&printed, vec![*span], &fold_part(&printed, *span), &mut context);
        let note_texts = notes.iter().map(of_note).collect();
        let folded = fold_without(&printed, &notes);
        context.language = Some(language);
        self.paragraphs.push(ParagraphText {
            said: Sequence::new(&printed, around(&notes, printed.len()), &folded, &mut context),
            note_texts,
            passages: first..self.passages.len(),
            notes,
            printed,
        });
    }
}

/// Matter as a paragraph that is one note and that nobody speaks.
fn note_of(speech: &str, matter: &MatterView) -> PassageView {
    let plain = matter.text.replace('⟦', "[").replace('⟧', "]");
    PassageView {
        passage: format!("{speech}#m{}", matter.n),
        paragraph: MATTER_BASE + matter.n,
        piece: None,
        speaker: Some(String::new()),
        body_start: 0,
        body_end: 0,
        section: None,
        heading: false,
        text: format!("⟦{plain}⟧"),
        highlights: None,
    }
}

impl SpeechText {
    /// The values of a field, folded.
    pub(crate) fn values(&self, field: &FieldName) -> &[Sequence] {
        let found = self.values.iter().find(|(name, _)| name == field);
        found.map_or(&[], |(_, values)| values)
    }

    /// The names of the fields that the speech has.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &FieldName> {
        self.values.iter().map(|(name, _)| name)
    }
}

fn field_values(metadata: &Metadata, context: &mut Context<'_>) -> Vec<(FieldName, Vec<Sequence>)> {
    let known: Vec<(Field, &str)> = metadata.fields().collect();
    let mut values = Vec::new();
    for (field, value) in known {
        values.push((FieldName::Known(field), vec![Sequence::of_value(value, context)]));
    }
    for name in metadata.meta().keys() {
        let of_name = metadata.meta_values(name);
        let folded = of_name.iter().map(|value| Sequence::of_value(value, context)).collect();
        values.push((FieldName::Further(name.clone()), folded));
    }
    values
}

/// What lies around spans of a text of so many bytes.
fn around(spans: &[ByteSpan], length: usize) -> Vec<ByteSpan> {
    let starts = [0].into_iter().chain(spans.iter().map(|span| span.end));
    let ends = spans.iter().map(|span| span.start).chain([length]);
    starts.zip(ends).map(|(start, end)| ByteSpan::new(start, end)).collect()
}

impl ParagraphText {
    /// The sequences in which a query is looked for.
    pub(crate) fn sequences(&self, with_notes: bool) -> impl Iterator<Item = &Sequence> {
        let notes = if with_notes { &self.note_texts[..] } else { &[] };
        std::iter::once(&self.said).chain(notes)
    }
}
