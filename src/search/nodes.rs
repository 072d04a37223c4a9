//! Where what was asked for stands: every occurrence, to be sorted and shown in its context. Nothing is ranked, and no text is
//! read but where a regular expression or a string as printed is looked for.

mod context;
mod order;
mod reading;

use std::cmp::Reverse;

use tantivy::DocId;
use tantivy::columnar::Column;

use super::SearchContext;
use super::findings::counting_warnings;
use super::languages::DocLanguages;
use super::leaf::{Leaf, Matcher};
use super::matches::{Matches, SegmentMatches};
use super::occurrences::{counted_leaves, text_ranges, unit_ranges};
use super::paragraphs::{Around, ParagraphReader};
use super::plan::Plan;
use super::request::SearchRequest;
use crate::error::{Error, ErrorKind, Result};
use crate::highlight::Paragraph;
use crate::index::{SegmentView, Snapshot, SpeechAddress, TextColumn, damaged};
use crate::names::Names;
use crate::pattern::UnitSpan;
use crate::tally::Counts;
use crate::text::ByteSpan;
pub use context::{Context, InContext};
pub use order::{LineKey, NodeOrder};
pub use reading::{NodeReader, ReadNode};

/// An occurrence before it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Node {
    /// The number of its speech.
    speech: u32,
    /// The passage in which it begins.
    doc: DocId,
    /// The positions, in the sequence of the segment, of the units that it covers or touches: the context lies outside.
    units: UnitSpan,
    /// Its bytes of the passage's text, where they are known: a match in the text need not cover whole units.
    bytes: Option<Bytes>,
}

/// A range of the text of a passage, in few bytes, for there may be millions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Bytes {
    start: u32,
    end: u32,
}

/// The days of a date: the undated last, of dates with the same first day the less precise first.
type Days = (bool, Option<(i64, Reverse<i64>)>);

/// A speech with occurrences.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct NodeSpeech {
    days: Days,
    id: String,
    address: SpeechAddress,
}

/// The occurrences of a query: by date, speech and place, which is how ties are broken in every other order, whatever the
/// segments.
#[derive(Clone, Debug)]
pub struct Nodes {
    list: Vec<Node>,
    /// The speeches in their order; an occurrence knows its own by number.
    speeches: Vec<NodeSpeech>,
    /// How many occurrences, passages and speeches there are.
    pub totals: Counts,
    /// The query as it was understood.
    pub interpreted: String,
    /// Speeches that match but whose date is absent or too imprecise for the range asked for; absent without a range.
    pub undetermined: Option<u64>,
    /// What the reader should know.
    pub warnings: Vec<String>,
}

impl Nodes {
    /// The number of occurrences.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

/// Finds every occurrence of what a query asks for in the passages that match it: as many as are counted. A speech that is not
/// counted, such as another version of one that is, is left out.
///
/// # Errors
/// The query cannot be read, nothing in it stands in the text, or the index is damaged.
pub fn find_nodes(
    snapshot: &Snapshot,
    names: &Names,
    asked: &SearchRequest,
    is_counted: &dyn Fn(SpeechAddress) -> bool,
) -> Result<Nodes> {
    let request = &SearchRequest {
        filters: asked.filters.joined(names),
        ..asked.clone()
    };
    let context = SearchContext::new(snapshot, names, &request.filters);
    let plan = Plan::make(request, &context)?;
    let leaves: Vec<&Leaf> = counted_leaves(&plan)
        .into_iter()
        .map(|index| &plan.leaves[index])
        .collect();
    if leaves.is_empty() {
        return Err(nothing_stands_in_the_text(request));
    }
    let matches = Matches::find(&plan, request, snapshot)?;
    let mut gathering = Gathering::default();
    for (ordinal, (found, segment)) in matches.segments.iter().zip(snapshot.segments()).enumerate() {
        let search = SegmentSearch {
            leaves: &leaves,
            segment,
            snapshot,
            request,
        };
        gathering.add_segment(ordinal as u32, found, &search, is_counted)?;
    }
    let (list, speeches) = gathering.ordered();
    Ok(Nodes {
        totals: Counts {
            occurrences: list.len() as u64,
            passages: gathering.passages,
            speeches: speeches.len() as u64,
        },
        list,
        speeches,
        interpreted: plan.interpreted.to_string(),
        undetermined: matches.undetermined(request),
        warnings: counting_warnings(&plan, request, snapshot)?,
    })
}

fn nothing_stands_in_the_text(request: &SearchRequest) -> Error {
    Error::new(
        ErrorKind::Query,
        "nothing in the query stands in the text, so there is nothing to show in its context",
    )
    .in_query(&request.query, ByteSpan::new(0, request.query.len()))
    .hint("add a keyword or a \"quoted string\"; `chancery search` shows the passages that match")
}

/// What was found so far.
#[derive(Default)]
struct Gathering {
    list: Vec<Node>,
    speeches: Vec<NodeSpeech>,
    passages: u64,
}

impl Gathering {
    /// Adds the occurrences of a segment in the speeches that are counted.
    fn add_segment(
        &mut self,
        ordinal: u32,
        found: &SegmentMatches,
        search: &SegmentSearch<'_>,
        is_counted: &dyn Fn(SpeechAddress) -> bool,
    ) -> Result<()> {
        let mut docs: Vec<DocId> = Vec::with_capacity(found.docs.len());
        let mut speech_numbers: Vec<u32> = Vec::with_capacity(found.docs.len());
        let ranges = found.speeches(search.segment)?;
        let mut dates = Dates::open(search.segment, ranges.len())?;
        for range in ranges {
            let start = search.segment.start_of(found.docs[range.start])?;
            let address = SpeechAddress::new(ordinal, start);
            if !is_counted(address) {
                continue;
            }
            let number = self.speeches.len() as u32;
            speech_numbers.extend(range.clone().map(|_| number));
            docs.extend_from_slice(&found.docs[range]);
            self.speeches.push(dates.speech(address)?);
        }
        self.passages += docs.len() as u64;
        let nodes = search.nodes(&docs)?;
        self.list.extend(nodes.into_iter().map(|(place, node)| Node {
            speech: speech_numbers[place],
            ..node
        }));
        Ok(())
    }

    /// The occurrences and the speeches in their order.
    fn ordered(&mut self) -> (Vec<Node>, Vec<NodeSpeech>) {
        let mut order: Vec<u32> = (0..self.speeches.len() as u32).collect();
        order.sort_unstable_by(|left, right| self.speeches[*left as usize].cmp(&self.speeches[*right as usize]));
        let mut numbers = vec![0; order.len()];
        for (number, &before) in (0..).zip(&order) {
            numbers[before as usize] = number;
        }
        let mut list = std::mem::take(&mut self.list);
        for node in &mut list {
            node.speech = numbers[node.speech as usize];
        }
        list.sort_unstable();
        let speeches = order.iter().map(|before| self.speeches[*before as usize].clone());
        (list, speeches.collect())
    }
}

/// What the speeches of a segment are ordered by.
struct Dates {
    ids: TextColumn,
    first_days: Column<i64>,
    last_days: Column<i64>,
}

/// The ids of a segment are read in one go where more than one in so many is wanted.
const READ_ONE_BY_ONE: usize = 16;

impl Dates {
    fn open(segment: &SegmentView, speech_count: usize) -> Result<Self> {
        let columns = segment.reader().fast_fields();
        let mut ids = TextColumn::open(segment, "id")?;
        if speech_count > ids.value_count() / READ_ONE_BY_ONE {
            ids.read_all()?;
        }
        Ok(Self {
            ids,
            first_days: columns.i64("first_day").map_err(damaged)?,
            last_days: columns.i64("last_day").map_err(damaged)?,
        })
    }

    fn speech(&mut self, address: SpeechAddress) -> Result<NodeSpeech> {
        let start = address.doc_id;
        let days = || Some((self.first_days.first(start)?, Reverse(self.last_days.first(start)?)));
        let days = days();
        Ok(NodeSpeech {
            days: (days.is_none(), days),
            id: self.ids.value(start)?.unwrap_or_default(),
            address,
        })
    }
}

/// What is looked for in a segment.
struct SegmentSearch<'a> {
    leaves: &'a [&'a Leaf],
    segment: &'a SegmentView,
    snapshot: &'a Snapshot,
    request: &'a SearchRequest,
}

impl SegmentSearch<'_> {
    /// The occurrences in some passages, each with the place of its passage among them.
    fn nodes(&self, docs: &[DocId]) -> Result<Vec<(usize, Node)>> {
        let is_folded = |leaf: &&Leaf| match &leaf.matcher {
            Matcher::Pattern(pattern) => !pattern.is_printed(),
            _ => false,
        };
        match self.leaves.iter().all(is_folded) {
            _ if docs.is_empty() => Ok(Vec::new()),
            true => self.nodes_of_units(docs),
            false => self.nodes_of_texts(docs),
        }
    }

    fn nodes_of_units(&self, docs: &[DocId]) -> Result<Vec<(usize, Node)>> {
        let ranges = unit_ranges(self.leaves, self.segment, self.snapshot, self.request)?;
        let node = |units: UnitSpan| {
            let doc = self.segment.strings().locate(units.start).document;
            let place = docs.binary_search(&doc).ok()?;
            let node = Node {
                speech: 0,
                doc,
                units,
                bytes: None,
            };
            Some((place, node))
        };
        Ok(ranges.into_iter().filter_map(node).collect())
    }

    fn nodes_of_texts(&self, docs: &[DocId]) -> Result<Vec<(usize, Node)>> {
        let reader = ParagraphReader::new(self.snapshot, self.segment)?;
        let languages = DocLanguages::open(self.segment)?;
        let mut nodes = Vec::new();
        for (place, &doc) in docs.iter().enumerate() {
            self.request.stop.check()?;
            let read = reader.read(doc, Around::Everything)?;
            let text = read.marked_text(languages.tag(languages.of(doc)?), self.request.stage_directions);
            let ranges = text_ranges(self.leaves, &Paragraph::read(text));
            if ranges.is_empty() {
                continue;
            }
            let positions = reading::Positions::of(&read, doc, self.segment);
            nodes.extend(ranges.into_iter().map(|range| {
                let node = Node {
                    speech: 0,
                    doc,
                    units: positions.touched(range),
                    bytes: Some(Bytes {
                        start: range.start as u32,
                        end: range.end as u32,
                    }),
                };
                (place, node)
            }));
        }
        Ok(nodes)
    }
}
