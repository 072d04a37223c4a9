//! The reading commands: which parameters each takes, and how it is answered.

use std::time::Instant;

use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::super::parameters::Parameter;
use super::super::problem::{Code, Problem};
use super::analytics;
use super::options::{ANALYZE, COMMON, FILTERS, LIST, PARAGRAPH, SEARCH, SHOW, SPEECH, check_query};
use super::paging::{Page, link_first};
use super::questions::{CONCORDANCE, COUNT, DRAWN, QUERIES, QUERY, QUESTION, TIMELINE, USES};
use super::reply::{Asked, Reply};
use crate::analyzer::Analyzer;
use crate::citation::CitationStyle;
use crate::engine::{
    Analysis, Answer, Concordance, Count, Listing, SpeechCitation, SpeechDifference, SpeechView, Status, Timeline,
    Uses, VersionListing, analyze,
};
use crate::search::{HitUnit, SearchRequest, SearchResults, Sort};
use crate::text::Date;

/// A reading command.
pub(in super::super) struct Command {
    /// Its name on the command line and in the path.
    pub(in super::super) name: &'static str,
    /// What it does.
    pub(in super::super) summary: &'static str,
    /// The parameters that it takes.
    pub(in super::super) parameters: &'static [&'static [Parameter]],
    /// The problems that it can be answered with, besides those of every request.
    pub(in super::super) problems: &'static [Code],
    /// What its JSON is: one of these.
    pub(in super::super) answers: &'static [fn(&mut SchemaGenerator) -> Schema],
    /// Answers it.
    pub(super) run: fn(&Asked<'_>) -> Result<Reply, Problem>,
}

/// The parameters of a speech that is named in the path.
pub(in super::super) const OF_SPEECH: &[&[Parameter]] = &[PARAGRAPH, SHOW, COMMON];

/// The parameters of a passage that is named in the path.
pub(in super::super) const OF_PASSAGE: &[&[Parameter]] = &[SHOW, COMMON];

/// The problems that questions of corpus analytics can be answered with.
const OF_QUESTION: &[Code] = &[Code::InvalidQuery, Code::QueryTooLong];

/// All of them.
pub(in super::super) const COMMANDS: &[Command] = &[
    Command {
        name: "search",
        summary: "Find ranked passages with highlights",
        parameters: &[SEARCH, FILTERS, COMMON],
        problems: &[Code::InvalidQuery, Code::QueryTooLong, Code::WindowTooLarge],
        answers: &[answer_with::<SearchResults>],
        run: search,
    },
    Command {
        name: "list",
        summary: "List the speeches, filtered and sorted",
        parameters: &[LIST, FILTERS, COMMON],
        problems: &[],
        answers: &[answer_with::<Listing>, answer_with::<VersionListing>],
        run: list,
    },
    Command {
        name: "show",
        summary: "Show one speech with its metadata",
        parameters: &[SPEECH, PARAGRAPH, SHOW, COMMON],
        problems: &[Code::InvalidQuery, Code::QueryTooLong, Code::NotFound],
        answers: &[
            answer_with::<SpeechView>,
            answer_with::<SpeechDifference>,
            answer_with::<SpeechCitation>,
        ],
        run: show,
    },
    Command {
        name: "count",
        summary: "Count what a query finds: occurrences, passages and speeches, with rates and shares",
        parameters: &[QUERY, COUNT, QUESTION, FILTERS, COMMON],
        problems: OF_QUESTION,
        answers: &[answer_with::<Count>],
        run: analytics::count,
    },
    Command {
        name: "timeline",
        summary: "Follow queries through time: figures by year, quarter or month, or a chart of them",
        parameters: &[QUERIES, TIMELINE, QUESTION, FILTERS, DRAWN],
        problems: OF_QUESTION,
        answers: &[answer_with::<Timeline>],
        run: analytics::timeline,
    },
    Command {
        name: "concordance",
        summary: "Show every occurrence of what a query finds in its context, in one column",
        parameters: &[QUERY, CONCORDANCE, QUESTION, FILTERS, COMMON],
        problems: &[Code::InvalidQuery, Code::QueryTooLong, Code::WindowTooLarge],
        answers: &[answer_with::<Concordance>],
        run: analytics::concordance,
    },
    Command {
        name: "first",
        summary: "Show the earliest dated use of what a query finds, and what could change the answer",
        parameters: &[QUERY, USES, QUESTION, FILTERS, COMMON],
        problems: OF_QUESTION,
        answers: &[answer_with::<Uses>],
        run: analytics::first,
    },
    Command {
        name: "last",
        summary: "Show the latest dated use of what a query finds, and what could change the answer",
        parameters: &[QUERY, USES, QUESTION, FILTERS, COMMON],
        problems: OF_QUESTION,
        answers: &[answer_with::<Uses>],
        run: analytics::last,
    },
    Command {
        name: "analyze",
        summary: "Show how a text is folded and cut, with spans and positions",
        parameters: &[ANALYZE, COMMON],
        problems: &[Code::TextTooLong],
        answers: &[answer_with::<Analysis>],
        run: analyze_text,
    },
    Command {
        name: "status",
        summary: "Say what the index holds",
        parameters: &[COMMON],
        problems: &[],
        answers: &[answer_with::<Status>],
        run: status,
    },
];

/// The schema of an answer in its frame.
pub(in super::super) fn answer_with<T: JsonSchema>(schemas: &mut SchemaGenerator) -> Schema {
    schemas.subschema_for::<Answer<T>>()
}

fn search(asked: &Asked<'_>) -> Result<Reply, Problem> {
    let start = Instant::now();
    let request = asked.parameters.search_request(asked.limits, asked.stop.clone())?;
    let results = asked.corpus.search(asked.engine, &request)?;
    let (offset, limit, next) = (request.offset, request.limit, results.next.clone());
    let page = Page {
        offset,
        limit,
        is_empty: results.hits.is_empty(),
        total: match request.by {
            HitUnit::Passage => results.total.passages,
            HitUnit::Speech => results.total.speeches,
        },
    };
    let answer = Answer::of_search(asked.engine.corpus(), results, start.elapsed());
    let following = offset + limit;
    let next = next.map(
        |cursor| match request.after.is_none() && following + limit <= asked.limits.window {
            true => asked.address_with(&[("offset", Some(following.to_string()))]),
            false => asked.address_with(&[("offset", None), ("after", Some(cursor.to_string()))]),
        },
    );
    let reply = asked.reply(&answer)?;
    let reply = match request.after.is_some() {
        true => link_first(reply, asked),
        false => page.link_back(reply, asked),
    };
    Ok(reply.link("next", next))
}

fn list(asked: &Asked<'_>) -> Result<Reply, Problem> {
    let start = Instant::now();
    let parameters = asked.parameters;
    let filters = parameters.filters()?;
    let sort = parameters.parsed("sort")?.unwrap_or(Sort::Date);
    let offset = parameters.number("offset").unwrap_or(0);
    let limit = parameters.number("limit").unwrap_or(usize::MAX);
    let engine = asked.engine;
    let corpus = Some(engine.corpus());
    let (reply, count, total) = if parameters.flag("versions") {
        let listing = engine.list_versions(&filters, sort, offset, limit)?;
        let (count, total) = (listing.groups.len(), listing.total);
        let answer = Answer::new(corpus, listing, start.elapsed());
        (asked.reply(&answer)?, count, total)
    } else {
        let listing = engine.list(&filters, sort, offset, limit)?;
        let (count, total) = (listing.speeches.len(), listing.total);
        let answer = Answer::new(corpus, listing, start.elapsed());
        (asked.reply(&answer)?, count, total)
    };
    let following = offset.saturating_add(limit);
    let has_more = limit > 0 && (following as u64) < total;
    let next = has_more.then(|| asked.address_with(&[("offset", Some(following.to_string()))]));
    let page = Page {
        offset,
        limit,
        is_empty: count == 0,
        total,
    };
    Ok(page.link_back(reply, asked).link("next", next))
}

fn show(asked: &Asked<'_>) -> Result<Reply, Problem> {
    let start = Instant::now();
    let parameters = asked.parameters;
    let speech = parameters.text("speech").unwrap_or_default();
    let engine = asked.engine;
    if let Some(other) = parameters.text("diff") {
        refuse_beside("diff", &["paragraph", "highlight", "cite"], asked)?;
        let difference = engine.difference(speech, other)?;
        return asked.reply(&Answer::new(Some(engine.corpus()), difference, start.elapsed()));
    }
    let paragraph = parameters
        .number("paragraph")
        .map(|number| u32::try_from(number).unwrap_or(u32::MAX));
    if let Some(style) = parameters.parsed::<CitationStyle>("cite")? {
        refuse_beside("cite", &["highlight"], asked)?;
        let citation = engine.cite(speech, paragraph, style, Date::today())?;
        return asked.reply(&Answer::new(Some(engine.corpus()), citation, start.elapsed()));
    }
    let query = parameters.text("highlight");
    query.map_or(Ok(()), |query| check_query(query, asked.limits))?;
    let marked_by = query.map(|query| SearchRequest {
        stop: asked.stop.clone(),
        ..SearchRequest::new(query)
    });
    let view = engine.show(speech, paragraph, marked_by.as_ref())?;
    asked.reply(&Answer::new(Some(engine.corpus()), view, start.elapsed()))
}

/// Refuses parameters that cannot be given together with another one.
fn refuse_beside(given: &str, refused: &[&'static str], asked: &Asked<'_>) -> Result<(), Problem> {
    let refused = refused.iter().find(|name| asked.parameters.text(name).is_some());
    refused.map_or(Ok(()), |name| {
        let message = format!("`{name}` cannot be given together with `{given}`");
        Err(Problem::new(Code::InvalidParameter, message).about(*name))
    })
}

fn analyze_text(asked: &Asked<'_>) -> Result<Reply, Problem> {
    let start = Instant::now();
    let parameters = asked.parameters;
    let text = parameters.text("text").unwrap_or_default();
    let most = asked.limits.text_characters;
    if text.chars().nth(most).is_some() {
        let message = format!("the text has more than {most} characters");
        return Err(Problem::new(Code::TextTooLong, message)
            .about("text")
            .hint("analyze it in parts"));
    }
    let analysis = analyze(
        text,
        parameters.text("language").unwrap_or_default(),
        &Analyzer::new(Default::default()),
    );
    asked.reply(&Answer::new(None, analysis, start.elapsed()))
}

fn status(asked: &Asked<'_>) -> Result<Reply, Problem> {
    let start = Instant::now();
    let engine = asked.engine;
    asked.reply(&Answer::new(Some(engine.corpus()), engine.status()?, start.elapsed()))
}
