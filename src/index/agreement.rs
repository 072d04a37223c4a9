//! Whether what the indexes of a segment hold of a speech is what its stored text makes: the text is analyzed once more.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHasher;
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{DocAddress, DocId, DocSet, TERMINATED, TantivyDocument};

use super::documents::{Provenance, StoredPassage, documents, stored_passage};
use super::schema::Fields;
use super::segment_view::SegmentView;
use super::snapshot::{Snapshot, damaged};
use crate::analyzer::Analyzer;
use crate::analyzer::unit_text::{Said, UnitText};
use crate::analyzer::words::WordTokenizer;
use crate::corpus::Speech;
use crate::corpus::passage::matter_number;
use crate::error::Result;
use crate::strings::BROKEN_UNITS;

/// The longest term that tantivy indexes, in bytes.
const LONGEST_TERM_BYTES: usize = u16::MAX as usize - 5;

/// How many units the passages of a speech have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SpeechUnits {
    /// Units of what was said.
    pub speech: u64,
    /// Units of stage directions.
    pub notes: u64,
}

/// What the word indexes of all segments hold of each passage, to hold stored speeches against.
///
/// Of each passage the terms are kept as one number: the sum of their hashes, each as often as the term stands there. So the index is
/// read once, from its beginning to its end, and terms that are missing, too many or elsewhere change the number.
pub struct Agreement {
    /// By segment and field.
    sums: Vec<BTreeMap<Field, Vec<u64>>>,
}

impl Agreement {
    /// Reads the word indexes.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn read(snapshot: &Snapshot) -> Result<Self> {
        let fields = snapshot.fields();
        let of_segment = |segment: &SegmentView| {
            [fields.speech, fields.units, fields.title]
                .into_iter()
                .map(|field| Ok((field, indexed_sums(segment, field)?)))
                .collect::<Result<BTreeMap<_, _>>>()
        };
        let sums = snapshot.segments().iter().map(of_segment).collect::<Result<_>>()?;
        Ok(Self { sums })
    }

    /// Holds the indexes against a speech that begins at a passage: everything in which they differ, and the units that the speech
    /// has. The speech must be well formed.
    pub fn differences(
        &self,
        snapshot: &Snapshot,
        start: DocAddress,
        speech: &Speech,
        stored: &[StoredPassage],
    ) -> (Vec<String>, SpeechUnits) {
        let provenance = Provenance {
            content_hash: "",
            text_key: "",
            root: "",
        };
        let expected = documents(snapshot.fields(), speech, provenance);
        let mut units = SpeechUnits::default();
        if expected.len() != stored.len() {
            let what = format!("it has {} passages; its text makes {}", stored.len(), expected.len());
            return (vec![what], units);
        }
        let mut found = Vec::new();
        let segment = &snapshot.segments()[start.segment_ord as usize];
        let mut terms = ExpectedTerms::new(snapshot.fields(), snapshot.analyzer_shared());
        for (offset, (document, passage)) in expected.iter().zip(stored).enumerate() {
            let doc = start.doc_id + offset as DocId;
            let place = match matter_number(passage.paragraph) {
                Some(number) => format!("matter {number}"),
                None => format!("paragraph {}", passage.paragraph),
            };
            if stored_passage(snapshot.fields(), document) != *passage {
                found.push(format!("{place} is not stored as its text makes it"));
            }
            let encoded = text_of(document, snapshot.fields().units);
            if !strings_agree(segment, doc, &UnitText::decode(encoded), &mut units) {
                found.push(format!("the exact index holds something else of {place}"));
            }
            let sums = &self.sums[start.segment_ord as usize];
            if terms.sums(document) != sums.iter().map(|(field, sums)| (*field, sum_at(sums, doc))).collect() {
                found.push(format!("the index of words holds something else of {place}"));
            }
        }
        (found, units)
    }
}

fn sum_at(sums: &[u64], doc: DocId) -> u64 {
    sums.get(doc as usize).copied().unwrap_or_default()
}

fn text_of(document: &TantivyDocument, field: Field) -> &str {
    let value = document.get_first(field);
    value.and_then(|value| value.as_str()).unwrap_or_default()
}

/// The sum of the hashes of the terms of each passage, as indexed.
fn indexed_sums(segment: &SegmentView, field: Field) -> Result<Vec<u64>> {
    let reader = segment.reader();
    let mut sums = vec![0_u64; reader.max_doc() as usize];
    let index = reader.inverted_index(field).map_err(damaged)?;
    let failed = |error: std::io::Error| damaged(error.into());
    let mut terms = index.terms().stream().map_err(failed)?;
    while terms.advance() {
        let hash = hash_of(terms.key());
        let mut postings = index
            .read_postings_from_terminfo(terms.value(), IndexRecordOption::WithFreqs)
            .map_err(failed)?;
        while postings.doc() != TERMINATED {
            let count = u64::from(tantivy::postings::Postings::term_freq(&postings));
            if let Some(sum) = sums.get_mut(postings.doc() as usize) {
                *sum = sum.wrapping_add(hash.wrapping_mul(count));
            }
            postings.advance();
        }
    }
    Ok(sums)
}

fn hash_of(term: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    term.hash(&mut hasher);
    hasher.finish()
}

/// Cuts the texts of a document into terms as the writer does.
struct ExpectedTerms<'a> {
    fields: &'a Fields,
    tokenizer: WordTokenizer,
}

impl<'a> ExpectedTerms<'a> {
    fn new(fields: &'a Fields, analyzer: &Arc<Analyzer>) -> Self {
        Self {
            fields,
            tokenizer: WordTokenizer::new(Arc::clone(analyzer)),
        }
    }

    fn sums(&mut self, document: &TantivyDocument) -> BTreeMap<Field, u64> {
        let mut sum_of = |field| {
            let mut sum = 0_u64;
            for value in document.get_all(field) {
                for term in self.tokenizer.terms(value.as_str().unwrap_or_default()) {
                    if term.len() <= LONGEST_TERM_BYTES {
                        sum = sum.wrapping_add(hash_of(term.as_bytes()));
                    }
                }
            }
            (field, sum)
        };
        let words = [sum_of(self.fields.units), sum_of(self.fields.title)];
        let id = hash_of(text_of(document, self.fields.speech).as_bytes());
        words.into_iter().chain([(self.fields.speech, id)]).collect()
    }
}

/// Whether the exact index has the units of a passage and of each of its stage directions.
fn strings_agree(segment: &SegmentView, doc: DocId, text: &UnitText<'_>, units: &mut SpeechUnits) -> bool {
    let strings = segment.strings();
    let indexed = |run: Range<u32>| -> Vec<Said<'_>> {
        let mut read = Vec::with_capacity(run.len());
        for (position, symbol) in run.clone().zip(strings.symbols_at(run)) {
            read.push(Said::Unit(strings.unit(symbol)));
            let broken = (position + 1).checked_sub(BROKEN_UNITS);
            if let Some(word) = broken.and_then(|first| strings.joined_at(first)) {
                read.push(Said::AsOneWord(strings.unit(word)));
            }
        }
        read
    };
    let count = |said: &[Said<'_>]| said.iter().filter(|said| matches!(said, Said::Unit(_))).count() as u64;
    let said: Vec<Said<'_>> = text.speech().collect();
    units.speech += count(&said);
    let notes = text.notes().map(|note| note.collect::<Vec<Said<'_>>>());
    let notes: Vec<Vec<Said<'_>>> = notes.filter(|note| !note.is_empty()).collect();
    units.notes += notes.iter().map(|note| count(note)).sum::<u64>();
    let indexed_notes = strings.note_runs(doc).map(indexed);
    let run = strings.run_of_document(doc).unwrap_or_default();
    indexed(run) == said && indexed_notes.eq(notes)
}
