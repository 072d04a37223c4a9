//! The parameters of the commands, and the requests that they make.

use super::super::limits::Limits;
use super::super::parameters::Count::{Optional, Repeated, Required};
use super::super::parameters::{Count, Kind, Parameter, Parameters};
use super::super::problem::{Code, Problem};
use super::reply::SVG;
use crate::citation::CitationStyle;
use crate::corpus::Field;
use crate::error::Error;
use crate::render::Format;
use crate::search::{
    Expand, FilterField, Filters, HitUnit, RankingProfile, SearchRequest, Sort, StageDirections, Strictness,
};
use crate::stop::Stop;
use crate::text::Date;

pub(super) const fn parameter(name: &'static str, kind: Kind, count: Count, description: &'static str) -> Parameter {
    Parameter {
        name,
        kind,
        count,
        description,
    }
}

/// The forms of an answer, each with what it is; the last is for answers that can be drawn.
pub(super) const FORMATS_AND_PICTURE: &[(&str, &str)] = &[
    ("json", "One object"),
    ("jsonl", "One object a line, one line a hit"),
    ("csv", "Comma-separated values with a header"),
    ("tsv", "Tab-separated values with a header"),
    ("text", "For people"),
    (SVG, "A chart"),
];

/// The forms of an answer that cannot be drawn.
const FORMATS: &[(&str, &str)] = FORMATS_AND_PICTURE.split_at(FORMATS_AND_PICTURE.len() - 1).0;

/// What every command takes.
pub(in super::super) const COMMON: &[Parameter] = &[parameter(
    "format",
    Kind::Choice(FORMATS),
    Optional,
    "The form of the answer; JSON if not given",
)];

/// The subcorpus.
pub(in super::super) const FILTERS: &[Parameter] = &[
    parameter(
        "speaker",
        Kind::Text,
        Repeated,
        "Only this speaker, by any form of the name that is known",
    ),
    parameter(
        "country",
        Kind::Text,
        Repeated,
        "Only this country, by any form of its name",
    ),
    parameter(
        "organization",
        Kind::Text,
        Repeated,
        "Only this organization, by any form of its name",
    ),
    parameter(
        "language",
        Kind::Text,
        Repeated,
        "Only this language: zh, zh-Hant, en, fr, ru, es, ar …",
    ),
    parameter("event", Kind::Text, Repeated, "Only this event"),
    parameter(
        "genre",
        Kind::Text,
        Repeated,
        "Only this genre: keynote, speech, statement, toast, press-conference …",
    ),
    parameter("collection", Kind::Text, Repeated, "Only this collection"),
    parameter(
        "from",
        Kind::Date,
        Optional,
        "Not before this date: 2013, 2013-03 or 2013-03-22",
    ),
    parameter("to", Kind::Date, Optional, "Not after this date, inclusive"),
    parameter(
        "where",
        Kind::Assignment,
        Repeated,
        "Only speeches with this value in any other field: FIELD=VALUE, such as place=Geneva",
    ),
];

/// Whether strings match as printed.
pub(super) const STRICT: Parameter = parameter(
    "strict",
    Kind::Flag,
    Optional,
    "Match strings as printed: case, width, script and white space count",
);

/// Whether stage directions are searched too.
pub(super) const INCLUDE_NOTES: Parameter = parameter(
    "include-notes",
    Kind::Flag,
    Optional,
    "Search stage directions such as （掌声） and the notes of editors too",
);

/// The order and the page of a search.
pub(in super::super) const SEARCH: &[Parameter] = &[
    parameter("q", Kind::Query, Required, "The query, in the query language"),
    parameter("sort", Kind::Choice(Sort::NAMES), Optional, "The order of the hits"),
    parameter("by", Kind::Choice(HitUnit::NAMES), Optional, "What a hit is"),
    parameter(
        "limit",
        Kind::Window,
        Optional,
        "The most hits to return; 10 if not given",
    ),
    parameter("offset", Kind::Window, Optional, "The hits to skip"),
    parameter(
        "after",
        Kind::Text,
        Optional,
        "Go on behind the page that gave this cursor as `next`, with the same query, filters and order",
    ),
    parameter(
        "facet",
        Kind::Text,
        Repeated,
        "Count what matches by a field, such as speaker or year; several apart by commas",
    ),
    STRICT,
    INCLUDE_NOTES,
    parameter(
        "expand",
        Kind::Choice(Expand::NAMES),
        Optional,
        "Look for synonyms and other forms of names too: of keywords, or of quoted strings as well",
    ),
    parameter(
        "partial",
        Kind::Flag,
        Optional,
        "Where few passages match, show those behind them that have a part of the query's words",
    ),
    parameter(
        "explain",
        Kind::Flag,
        Optional,
        "Show how the query was understood and what the score of each hit is made of",
    ),
    parameter(
        "weight",
        Kind::Assignment,
        Repeated,
        "Rank with another weight than the profile's, such as nearness=1",
    ),
];

/// The order and the page of a list.
pub(in super::super) const LIST: &[Parameter] = &[
    parameter(
        "sort",
        Kind::Choice(Sort::NAMES),
        Optional,
        "The order: by id (relevance), date or -date; by date if not given",
    ),
    parameter(
        "limit",
        Kind::Number(0),
        Optional,
        "The most speeches to return; all if not given",
    ),
    parameter("offset", Kind::Number(0), Optional, "The speeches to skip"),
    parameter(
        "versions",
        Kind::Flag,
        Optional,
        "List the groups of speeches that are versions of one another",
    ),
];

/// Where speeches are put that come many at a time.
pub(in super::super) const COLLECTION: &[Parameter] = &[parameter(
    "collection",
    Kind::Name,
    Optional,
    "The collection of the speeches; those without an id get one in it",
)];

/// Which speech is shown.
pub(in super::super) const SPEECH: &[Parameter] = &[parameter(
    "speech",
    Kind::Text,
    Required,
    "The id of the speech, or the address of a passage",
)];

/// Which paragraph of a speech is shown.
pub(in super::super) const PARAGRAPH: &[Parameter] = &[parameter(
    "paragraph",
    Kind::Number(1),
    Optional,
    "Only this paragraph, from 1",
)];

/// How a speech or passage is shown.
pub(in super::super) const SHOW: &[Parameter] = &[
    parameter("highlight", Kind::Query, Optional, "Mark what this query matches"),
    parameter(
        "diff",
        Kind::Text,
        Optional,
        "Show what differs in this speech from another one",
    ),
    parameter(
        "cite",
        Kind::Choice(CitationStyle::NAMES),
        Optional,
        "Give a reference to the speech or the paragraph in this style, and not its text",
    ),
];

/// What is analyzed.
pub(in super::super) const ANALYZE: &[Parameter] = &[
    parameter("text", Kind::Text, Required, "The text"),
    parameter(
        "language",
        Kind::Text,
        Optional,
        "The language by whose rules words are stemmed, as a primary subtag",
    ),
];

impl Parameters {
    /// The form of the answer.
    pub(super) fn format(&self) -> Result<Format, Problem> {
        Ok(self.parsed("format")?.unwrap_or(Format::Json))
    }

    /// The subcorpus.
    pub(in super::super) fn filters(&self) -> Result<Filters, Problem> {
        let mut filters = Filters {
            from: self.date("from")?,
            to: self.date("to")?,
            ..Filters::default()
        };
        let fields = [
            Field::Speaker,
            Field::Country,
            Field::Organization,
            Field::Language,
            Field::Event,
            Field::Genre,
            Field::Collection,
        ];
        for field in fields {
            for value in self.texts(field.name()) {
                filters.add(FilterField::Known(field), value.to_owned());
            }
        }
        for condition in self.texts("where") {
            let added = filters.add_condition(condition);
            added.map_err(|error| Problem::from(error).about("where"))?;
        }
        let range = filters.check_range();
        range.map_err(|error| Problem::from(error).about("from"))?;
        Ok(filters)
    }

    fn date(&self, name: &str) -> Result<Option<Date>, Problem> {
        let parsed = self.text(name).map(str::parse::<Date>).transpose();
        parsed.map_err(|error| Problem::new(Code::InvalidParameter, error.to_string()).about(name))
    }

    /// The search that is asked for.
    pub(in super::super) fn search_request(&self, limits: &Limits, stop: Stop) -> Result<SearchRequest, Problem> {
        let query = self.text("q").unwrap_or_default();
        check_query(query, limits)?;
        let request = SearchRequest::new(query);
        let limit = self.number("limit").unwrap_or(request.limit);
        let offset = self.number("offset").unwrap_or(0);
        check_window(offset, limit, limits)?;
        let after = self.text("after").map(str::parse).transpose();
        let after = after.map_err(|error: Error| Problem::from(error).about("after"))?;
        let facets = self.texts("facet").flat_map(|names| names.split(','));
        let facets = facets
            .map(|name| name.parse::<FilterField>())
            .collect::<Result<_, Error>>();
        let profile = RankingProfile::default().with(self.texts("weight"));
        Ok(SearchRequest {
            filters: self.filters()?,
            sort: self.parsed("sort")?.unwrap_or(request.sort),
            by: self.parsed("by")?.unwrap_or(request.by),
            strictness: match self.flag("strict") {
                true => Strictness::AsPrinted,
                false => Strictness::Folded,
            },
            stage_directions: match self.flag("include-notes") {
                true => StageDirections::Included,
                false => StageDirections::Excluded,
            },
            expand: self.parsed("expand")?.unwrap_or(request.expand),
            offset,
            limit,
            facets: facets.map_err(|error| Problem::from(error).about("facet"))?,
            after,
            partial: self.flag("partial"),
            profile: profile.map_err(|error| Problem::from(error).about("weight"))?,
            explain: self.flag("explain"),
            stop,
            ..request
        })
    }
}

/// Holds a query to the longest that is answered.
pub(in super::super) fn check_query(query: &str, limits: &Limits) -> Result<(), Problem> {
    let most = limits.query_characters;
    if query.chars().nth(most).is_none() {
        return Ok(());
    }
    let message = format!("the query has more than {most} characters");
    Err(Problem::new(Code::QueryTooLong, message).hint("ask in several queries"))
}

/// Holds a page to the window that an offset can reach.
pub(in super::super) fn check_window(offset: usize, limit: usize, limits: &Limits) -> Result<(), Problem> {
    if offset.saturating_add(limit) <= limits.window {
        return Ok(());
    }
    let message = format!("the page ends behind the first {} hits", limits.window);
    Err(Problem::new(Code::WindowTooLarge, message).hint("go on with `after` and the cursor `next` of the page before"))
}
