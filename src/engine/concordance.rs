//! Every occurrence of what is asked for in its context: a page of the lines, or all of them, found once and put into one order
//! after the other.

use serde::Serialize;

use super::Engine;
use super::question::Circumstances;
use crate::corpus::Field;
use crate::corpus::passage::is_matter;
use crate::error::Result;
use crate::search::{Context, LineKey, NodeOrder, NodeReader, Nodes, ReadNode, SearchRequest, find_nodes};
use crate::tally::VersionCounting;

/// The lines of a page where it is not said how many.
pub const USUAL_LINES: usize = 20;

/// A question for the lines of a concordance.
#[derive(Clone, Debug, PartialEq)]
pub struct ConcordanceRequest {
    /// The query, the subcorpus and how strings match; see [`SearchRequest::to_count`]. Its order and page are not looked at.
    pub search: SearchRequest,
    /// How much of the text around is shown.
    pub context: Context,
    /// What the lines are sorted by, the first of them first; date, speech and place decide where all are equal.
    pub sort: Vec<LineKey>,
    /// The most lines, drawn by chance from all; all where it is absent.
    pub sample: Option<usize>,
    /// What the sample, and an order by chance, are drawn with.
    pub seed: u64,
    /// How versions of one speech are counted.
    pub versions: VersionCounting,
    /// The lines to skip.
    pub offset: usize,
    /// The most lines to return; all where it is absent.
    pub limit: Option<usize>,
}

impl ConcordanceRequest {
    /// A question for the first lines of the whole corpus, the oldest first.
    pub fn new(query: impl Into<String>) -> Self {
        Self {
            search: SearchRequest::to_count(query),
            context: Context::default(),
            sort: vec![LineKey::Date],
            sample: None,
            seed: 0,
            versions: VersionCounting::default(),
            offset: 0,
            limit: Some(USUAL_LINES),
        }
    }
}

/// The lines of a concordance.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct Concordance {
    /// The query as typed.
    pub query: String,
    /// The query as it was understood.
    pub interpreted: String,
    /// What else was asked.
    #[serde(flatten)]
    pub circumstances: Circumstances,
    /// How much of the text around is shown: characters such as `30`, words such as `8w`, or `sentence`.
    pub context: String,
    /// What the lines are sorted by, as typed.
    pub sort: Vec<&'static str>,
    /// What an order by chance is drawn with; absent in other orders.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// The sample that was drawn; absent where all lines are there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sample: Option<Sample>,
    /// How much was found, samples and pages aside.
    pub total: LineTotal,
    /// Speeches that match but whose date is absent or too imprecise for the range asked for; absent without a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undetermined: Option<u64>,
    /// The lines before the first one.
    pub offset: usize,
    /// The most lines that were asked for; absent where all were.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<usize>,
    /// The lines of the page.
    pub lines: Vec<ConcordanceLine>,
    /// What the reader should know; the frame of the answer prints it.
    #[serde(skip)]
    pub warnings: Vec<String>,
}

/// Lines drawn by chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct Sample {
    /// The number of lines that were drawn.
    pub size: u64,
    /// What they were drawn with: the same seed draws the same lines of the same corpus, whatever they are sorted by.
    pub seed: u64,
    /// The number of lines that they were drawn from.
    pub of: u64,
}

/// How much was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct LineTotal {
    /// Distinct ranges of text that match: a line each.
    pub occurrences: u64,
    /// Passages that match.
    pub passages: u64,
    /// Speeches with such a passage.
    pub speeches: u64,
}

/// An occurrence in its context. White space is single; `start` and `end` count code points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct ConcordanceLine {
    /// The place in the order, from 1.
    pub n: u64,
    /// The id of the speech.
    pub speech: String,
    /// The address of the passage in which the occurrence begins.
    pub passage: String,
    /// The paragraph, from 1; absent where the occurrence is in matter.
    #[serde(skip_serializing_if = "is_matter")]
    pub paragraph: u32,
    /// The first code point of the passage's text.
    pub start: usize,
    /// One past the last code point; behind the end of the passage where the occurrence runs on into the next piece of the
    /// paragraph.
    pub end: usize,
    /// The title of the speech.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The day of delivery, with the precision that its source states.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Where the date came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_source: Option<String>,
    /// Who speaks: in a transcript the speaker of the turn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// The state that the speaker of the speech speaks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Where the speech was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The occasion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// The language as a BCP-47 tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// What stands before the occurrence in its paragraph.
    pub left: String,
    /// The occurrence as printed.
    pub node: String,
    /// What stands behind the occurrence in its paragraph.
    pub right: String,
    /// Whether the paragraph has more before `left`.
    pub left_cut: bool,
    /// Whether the paragraph has more behind `right`.
    pub right_cut: bool,
}

/// All lines of a concordance, found and not yet read: they are put into one order after the other without being looked for
/// again.
pub struct FoundLines<'a> {
    engine: &'a Engine,
    request: ConcordanceRequest,
    nodes: Nodes,
    /// The numbers of the occurrences that are shown: all, or those of the sample.
    shown: Vec<u32>,
}

/// Lines in an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineOrder(Vec<u32>);

impl LineOrder {
    /// The number of lines.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Engine {
    /// Every occurrence of what a query asks for in its context: a page of the lines.
    ///
    /// # Errors
    /// The query cannot be read, nothing in it stands in the text, or the index is damaged.
    pub fn concordance(&self, request: &ConcordanceRequest) -> Result<Concordance> {
        let found = self.find_lines(request)?;
        let order = found.order(&request.sort, found.last_wanted())?;
        let lines = (request.offset..order.len()).map(|place| found.line(&order, place));
        let lines = lines.collect::<Result<_>>()?;
        Ok(Concordance { lines, ..found.frame() })
    }

    /// The same, found and neither put into an order nor read.
    ///
    /// # Errors
    /// As [`concordance`](Self::concordance).
    pub fn find_lines(&self, request: &ConcordanceRequest) -> Result<FoundLines<'_>> {
        let is_counted = self.counted_speeches(request.versions, &request.search.filters.joined(self.names()))?;
        let nodes = find_nodes(self.snapshot(), self.names(), &request.search, &*is_counted)?;
        let shown = nodes.sample(request.sample.unwrap_or(usize::MAX), request.seed);
        Ok(FoundLines {
            engine: self,
            request: request.clone(),
            nodes,
            shown,
        })
    }
}

impl FoundLines<'_> {
    /// The number of lines: all, or those of the sample.
    pub fn len(&self) -> usize {
        self.shown.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// One past the last line of the page that was asked for.
    pub fn last_wanted(&self) -> usize {
        let limit = self.request.limit.unwrap_or(usize::MAX);
        self.request.offset.saturating_add(limit)
    }

    /// The first `wanted` lines in an order.
    ///
    /// # Errors
    /// The index is damaged, or the work is given up.
    pub fn order(&self, keys: &[LineKey], wanted: usize) -> Result<LineOrder> {
        let order = NodeOrder {
            snapshot: self.engine.snapshot(),
            names: self.engine.names(),
            keys,
            seed: self.request.seed,
            stop: &self.request.search.stop,
        };
        self.nodes.order(self.shown.clone(), wanted, &order).map(LineOrder)
    }

    /// Reads the line at a place of an order, from 0.
    ///
    /// # Errors
    /// The index is damaged, or the work is given up.
    pub fn line(&self, order: &LineOrder, place: usize) -> Result<ConcordanceLine> {
        self.request.search.stop.check()?;
        let reader = NodeReader {
            snapshot: self.engine.snapshot(),
            context: self.request.context,
        };
        let read = reader.read(&self.nodes, order.0[place])?;
        Ok(line(place as u64 + 1, read))
    }

    /// The answer without its lines.
    pub fn frame(&self) -> Concordance {
        self.frame_in(&self.request.sort)
    }

    /// The same, where the lines stand in another order than was asked for at first.
    pub fn frame_in(&self, sort: &[LineKey]) -> Concordance {
        let request = &self.request;
        let totals = self.nodes.totals;
        let is_by_chance = sort.contains(&LineKey::Random);
        Concordance {
            query: request.search.query.clone(),
            interpreted: self.nodes.interpreted.clone(),
            circumstances: Circumstances::of(&request.search, request.versions),
            context: request.context.to_string(),
            sort: sort.iter().map(|key| key.name()).collect(),
            seed: is_by_chance.then_some(request.seed),
            sample: request.sample.map(|_| Sample {
                size: self.shown.len() as u64,
                seed: request.seed,
                of: totals.occurrences,
            }),
            total: LineTotal {
                occurrences: totals.occurrences,
                passages: totals.passages,
                speeches: totals.speeches,
            },
            undetermined: self.nodes.undetermined,
            offset: request.offset,
            limit: request.limit,
            lines: Vec::new(),
            warnings: self.nodes.warnings.clone(),
        }
    }
}

fn line(n: u64, read: ReadNode) -> ConcordanceLine {
    let field = |field| read.record.metadata.value(field).map(str::to_owned);
    ConcordanceLine {
        n,
        speech: read.record.id.clone(),
        passage: read.passage.to_string(),
        paragraph: read.passage.paragraph,
        start: read.span.start,
        end: read.span.end,
        title: field(Field::Title),
        date: field(Field::Date),
        date_source: field(Field::DateSource),
        country: field(Field::Country),
        place: field(Field::Place),
        event: field(Field::Event),
        language: field(Field::Language),
        speaker: read
            .turn
            .or_else(|| read.record.metadata.value(Field::Speaker).map(str::to_owned))
            .filter(|_| !is_matter(&read.passage.paragraph)),
        left: read.text.left,
        node: read.text.node,
        right: read.text.right,
        left_cut: read.text.left_cut,
        right_cut: read.text.right_cut,
    }
}
