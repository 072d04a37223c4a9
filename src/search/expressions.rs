//! Regular expressions over the text: the passages that can match are told by the exact index, their paragraphs are read and
//! searched, within a bound on time.

mod needs;

use std::ops::Range;
use std::time::{Duration, Instant};

use rustc_hash::FxHashMap;
use tantivy::DocId;

use super::leaf::TextExpression;
use super::matching::{DocCounts, merged};
use super::paragraphs::ParagraphReader;
use super::request::{SearchRequest, StageDirections};
use crate::error::{Error, ErrorKind, Result};
use crate::highlight::expression_spans;
use crate::index::{SegmentView, Snapshot};
use needs::Needs;

/// The longest that the paragraphs of one segment are searched, where nobody says otherwise.
const LONGEST: Duration = Duration::from_secs(20);

/// How many paragraphs are searched between two looks at the clock.
const BETWEEN_LOOKS: usize = 64;

/// The passages in which matches of an expression begin, with how many; only those of `among`, where given, are looked at.
pub(super) fn expression_counts(
    expression: &TextExpression,
    among: Option<&[DocId]>,
    segment: &SegmentView,
    snapshot: &Snapshot,
    request: &SearchRequest,
) -> Result<DocCounts> {
    let with_notes = request.stage_directions == StageDirections::Included;
    let paragraphs = candidates(expression, among, segment, request);
    let reader = ParagraphReader::new(snapshot, segment)?;
    let (start, longest) = (Instant::now(), request.stop.expression_time().unwrap_or(LONGEST));
    let mut counts = DocCounts::new();
    for (number, docs) in paragraphs.iter().enumerate() {
        if number % BETWEEN_LOOKS == 0 {
            request.stop.check()?;
            if start.elapsed() > longest {
                return Err(too_long(number, paragraphs.len(), longest));
            }
        }
        let texts = reader.texts(docs.clone())?;
        let found = expression_spans(&texts.concat(), &expression.regex, with_notes);
        let mut ends = Vec::with_capacity(texts.len());
        let mut end = 0;
        for text in &texts {
            end += text.len();
            ends.push(end);
        }
        let mut in_piece: FxHashMap<usize, u32> = FxHashMap::default();
        for span in found {
            *in_piece
                .entry(ends.partition_point(|end| *end <= span.start))
                .or_default() += 1;
        }
        let pieces = docs.clone().enumerate();
        counts.extend(pieces.filter_map(|(piece, doc)| in_piece.get(&piece).map(|count| (doc, *count))));
    }
    Ok(counts)
}

/// What must stand in a paragraph for an expression to match there, as far as the exact index can tell; `None` where that is
/// nothing.
pub(super) fn narrowed_by(expression: &TextExpression) -> Option<String> {
    let needs = Needs::of(&expression.pattern);
    (needs != Needs::Nothing).then(|| needs.to_string())
}

/// The number of paragraphs of a segment that are read for an expression, where it is looked for among some passages.
pub(super) fn paragraph_count(
    expression: &TextExpression,
    among: &[DocId],
    segment: &SegmentView,
    request: &SearchRequest,
) -> u64 {
    candidates(expression, Some(among), segment, request).len() as u64
}

fn too_long(read: usize, all: usize, longest: Duration) -> Error {
    let message = format!(
        "the regular expression takes too long: {read} of {all} paragraphs were searched in {} seconds",
        longest.as_secs_f64()
    );
    Error::new(ErrorKind::Query, message).hint(
        "put a word or some Han characters into it that must stand there, or search in fewer speeches with a filter",
    )
}

/// The paragraphs that can hold a match, as ranges of their passages, ascending.
fn candidates(
    expression: &TextExpression,
    among: Option<&[DocId]>,
    segment: &SegmentView,
    request: &SearchRequest,
) -> Vec<Range<DocId>> {
    let strings = segment.strings();
    let all = || (0..segment.reader().max_doc()).collect::<Vec<DocId>>();
    let starts = Needs::of(&expression.pattern).starts(segment, request.stage_directions);
    let among = among.map(|docs| {
        let starts = docs.iter().map(|doc| strings.paragraph_of(*doc).start);
        let mut starts: Vec<DocId> = starts.collect();
        starts.dedup();
        starts
    });
    let starts = match (starts, among) {
        (Some(left), Some(right)) => super::matching::intersection(&left, &right),
        (Some(docs), None) | (None, Some(docs)) => docs,
        (None, None) => all(),
    };
    let mut paragraphs: Vec<Range<DocId>> = Vec::with_capacity(starts.len());
    for start in starts {
        let paragraph = strings.paragraph_of(start);
        if paragraphs.last() != Some(&paragraph) {
            paragraphs.push(paragraph);
        }
    }
    paragraphs.retain(|docs| docs.clone().any(|doc| !segment.reader().is_deleted(doc)));
    paragraphs
}
