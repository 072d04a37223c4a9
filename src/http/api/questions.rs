//! What corpus analytics are asked with: the parameters of counts, timelines, concordances and first uses, and the requests that
//! they make. They are named as the options of the verbs.

use super::super::limits::Limits;
use super::super::parameters::Count::{AtLeastOnce, Optional, Repeated, Required};
use super::super::parameters::{Kind, Parameter, Parameters};
use super::super::problem::{Code, Problem};
use super::options::{FORMATS_AND_PICTURE, INCLUDE_NOTES, STRICT, check_query, parameter};
use crate::engine::{ConcordanceRequest, CountRequest, End, NamedQuery, TimelineRequest, USUAL_LINES, UsesRequest};
use crate::error::Error;
use crate::render::plot::PlotValue;
use crate::search::{Expand, GroupBy, LineKey, SearchRequest, StageDirections, Strictness};
use crate::stop::Stop;
use crate::tally::{Measure, Period, VersionCounting};

/// The most queries that stand side by side.
const MOST_QUERIES: usize = 20;

/// The one query.
pub(in super::super) const QUERY: &[Parameter] = &[parameter(
    "q",
    Kind::Query,
    Required,
    "The query, in the query language; a keyword is counted as its string",
)];

/// One query or several.
pub(in super::super) const QUERIES: &[Parameter] = &[parameter(
    "q",
    Kind::Query,
    AtLeastOnce,
    "A query, in the query language; a keyword is counted as its string",
)];

/// How a query is counted.
pub(in super::super) const QUESTION: &[Parameter] = &[
    STRICT,
    INCLUDE_NOTES,
    parameter(
        "expand",
        Kind::Choice(Expand::NAMES),
        Optional,
        "Count synonyms and other forms of names too: of keywords, or of quoted strings as well; of nothing if not given",
    ),
    parameter(
        "versions",
        Kind::Choice(VersionCounting::NAMES),
        Optional,
        "How versions of one speech are counted; every one if not given",
    ),
];

const PER: Parameter = parameter(
    "per",
    Kind::Choice(Measure::NAMES),
    Optional,
    "What rates are per million of; else characters where any text is in a language written without spaces, else words",
);

/// What is counted by.
pub(in super::super) const COUNT: &[Parameter] = &[
    parameter(
        "by",
        Kind::Text,
        Repeated,
        "Count by a field, such as speaker, or by year, quarter or month; two, apart by a comma, make a table",
    ),
    PER,
];

/// How a timeline is divided and drawn.
pub(in super::super) const TIMELINE: &[Parameter] = &[
    parameter(
        "period",
        Kind::Choice(Period::NAMES),
        Optional,
        "The length of the bins; years if not given",
    ),
    parameter(
        "by",
        Kind::Text,
        Optional,
        "A field by whose values the timeline is divided, such as speaker",
    ),
    PER,
    parameter(
        "value",
        Kind::Choice(PlotValue::NAMES),
        Optional,
        "What a chart shows of each bin; the rate if not given",
    ),
];

/// The forms of an answer that can be drawn.
pub(super) const DRAWN: &[Parameter] = &[parameter(
    "format",
    Kind::Choice(FORMATS_AND_PICTURE),
    Optional,
    "The form of the answer; JSON if not given",
)];

/// The lines of a concordance, their order and their page.
pub(in super::super) const CONCORDANCE: &[Parameter] = &[
    parameter(
        "context",
        Kind::Text,
        Optional,
        "How much stands on each side: characters such as 30, words such as 8w, or sentence; 30 if not given",
    ),
    parameter(
        "sort",
        Kind::Text,
        Repeated,
        "What the lines are sorted by: date, -date, speaker, country, left, right, node, 1L to 5L, 1R to 5R, random; several \
         apart by commas; date if not given",
    ),
    parameter(
        "sample",
        Kind::Number(1),
        Optional,
        "Only so many lines, drawn by chance",
    ),
    parameter(
        "seed",
        Kind::Number(0),
        Optional,
        "What a sample, and an order by chance, are drawn with; 0 if not given",
    ),
    parameter(
        "limit",
        Kind::Window,
        Optional,
        "The most lines to return; 20 if not given",
    ),
    parameter("offset", Kind::Window, Optional, "The lines to skip"),
];

/// What first and last uses are divided by.
pub(in super::super) const USES: &[Parameter] = &[parameter(
    "by",
    Kind::Text,
    Repeated,
    "For each value of a field, such as speaker, country, event or genre; two, apart by a comma, for each pair of values",
)];

impl Parameters {
    /// The search whose matches are counted, for a query.
    fn counted_search(&self, query: &str, limits: &Limits, stop: Stop) -> Result<SearchRequest, Problem> {
        check_query(query, limits)?;
        let request = SearchRequest::to_count(query);
        Ok(SearchRequest {
            filters: self.filters()?,
            strictness: match self.flag("strict") {
                true => Strictness::AsPrinted,
                false => Strictness::Folded,
            },
            stage_directions: match self.flag("include-notes") {
                true => StageDirections::Included,
                false => StageDirections::Excluded,
            },
            expand: self.parsed("expand")?.unwrap_or(request.expand),
            stop,
            ..request
        })
    }

    fn counted_versions(&self) -> Result<VersionCounting, Problem> {
        Ok(self.parsed("versions")?.unwrap_or_default())
    }

    /// What is divided by, in the order given.
    fn groups(&self) -> Result<Vec<GroupBy>, Problem> {
        let names = self.texts("by").flat_map(|names| names.split(','));
        let groups = names.map(|name| name.parse::<GroupBy>()).collect::<Result<_, Error>>();
        groups.map_err(|error| Problem::from(error).about("by"))
    }

    /// The count that is asked for.
    pub(in super::super) fn count_request(&self, limits: &Limits, stop: Stop) -> Result<CountRequest, Problem> {
        Ok(CountRequest {
            search: self.counted_search(self.text("q").unwrap_or_default(), limits, stop)?,
            by: self.groups()?,
            per: self.parsed("per")?,
            versions: self.counted_versions()?,
        })
    }

    /// The timeline that is asked for.
    pub(in super::super) fn timeline_request(&self, limits: &Limits, stop: Stop) -> Result<TimelineRequest, Problem> {
        let mut queries = Vec::new();
        for query in self.texts("q") {
            check_query(query, limits)?;
            queries.push(NamedQuery {
                name: None,
                query: query.to_owned(),
            });
        }
        if queries.len() > MOST_QUERIES {
            let message = format!("{} queries are asked for; {MOST_QUERIES} are the most", queries.len());
            return Err(Problem::new(Code::InvalidParameter, message).about("q"));
        }
        Ok(TimelineRequest {
            queries,
            search: self.counted_search("", limits, stop)?,
            period: self.parsed("period")?.unwrap_or_default(),
            by: self.parsed("by")?,
            per: self.parsed("per")?,
            versions: self.counted_versions()?,
        })
    }

    /// The concordance that is asked for.
    pub(in super::super) fn concordance_request(
        &self,
        limits: &Limits,
        stop: Stop,
    ) -> Result<ConcordanceRequest, Problem> {
        let usual = ConcordanceRequest::new("");
        let offset = self.number("offset").unwrap_or(usual.offset);
        let limit = self.number("limit").or(usual.limit).unwrap_or(USUAL_LINES);
        check_lines(offset, limit, limits)?;
        let keys = self.texts("sort").flat_map(|keys| keys.split(','));
        let keys = keys
            .map(|key| key.parse::<LineKey>())
            .collect::<Result<Vec<_>, Error>>();
        let sort = keys.map_err(|error| Problem::from(error).about("sort"))?;
        Ok(ConcordanceRequest {
            search: self.counted_search(self.text("q").unwrap_or_default(), limits, stop)?,
            context: self.parsed("context")?.unwrap_or(usual.context),
            sort: if sort.is_empty() { usual.sort } else { sort },
            sample: self.number("sample"),
            seed: self.number("seed").map_or(usual.seed, |seed| seed as u64),
            versions: self.counted_versions()?,
            offset,
            limit: Some(limit),
        })
    }

    /// The first or last use that is asked for.
    pub(in super::super) fn uses_request(&self, end: End, limits: &Limits, stop: Stop) -> Result<UsesRequest, Problem> {
        Ok(UsesRequest {
            search: self.counted_search(self.text("q").unwrap_or_default(), limits, stop)?,
            end,
            by: self.groups()?,
            versions: self.counted_versions()?,
        })
    }

    /// What a chart shows.
    pub(in super::super) fn plot_value(&self) -> Result<PlotValue, Problem> {
        Ok(self.parsed("value")?.unwrap_or_default())
    }
}

/// Holds a page of lines to the window that an offset can reach.
fn check_lines(offset: usize, limit: usize, limits: &Limits) -> Result<(), Problem> {
    if offset.saturating_add(limit) <= limits.window {
        return Ok(());
    }
    let message = format!("the page ends behind the first {} lines", limits.window);
    Err(Problem::new(Code::WindowTooLarge, message)
        .hint("narrow the question, for instance by dates, or draw a sample; the command line gives all lines"))
}
