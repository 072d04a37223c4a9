//! A speech: to read, marked where a query led to it, beside another version, with its citation.

use percent_encoding::percent_decode_str;

use super::super::api::{FILTERS, SEARCH, check_query};
use super::super::parameters::Count::Optional;
use super::super::parameters::{Kind, Parameter};
use super::super::problem::{Code, Problem};
use super::asked::{Asked, Page, address};
use crate::citation::{CitationStyle, Cited, citation};
use crate::corpus::{Field, Metadata};
use crate::engine::{Engine, ListedSpeech, SpeechView};
use crate::page::{Address, Citation, Kin, Reading, Related, difference, reader, speech_path};
use crate::search::{FilterField, Filters, SearchRequest, Sort};
use crate::text::Date;

pub(super) const SPEECH_PAGE: Page = Page {
    parameters: &[SEARCH, FILTERS, READING],
    usual: &[],
    make: page,
};

/// What a speech is shown with, beside the search that led to it.
const READING: &[Parameter] = &[
    Parameter {
        name: "cite",
        kind: Kind::Text,
        count: Optional,
        description: "The paragraph to cite, such as 9 or 9.2",
    },
    Parameter {
        name: "diff",
        kind: Kind::Text,
        count: Optional,
        description: "The id of a speech to compare this one with",
    },
];

/// The most linked speeches of one kind that are shown.
const MOST_KIN: usize = 50;

fn page(asked: &Asked) -> Result<String, Problem> {
    let id = id(&asked.path)?;
    match asked.parameters.text("diff") {
        Some(other) => compared(asked, &id, other),
        None => read(asked, &id),
    }
}

/// The id that a path names.
fn id(path: &str) -> Result<String, Problem> {
    let encoded = path.strip_prefix("/speeches/").unwrap_or_default();
    let decoded = percent_decode_str(encoded).decode_utf8().map(|id| id.into_owned());
    decoded.map_err(|_| Problem::new(Code::NotFound, "the id in the path is not in UTF-8"))
}

/// Where a path leads that names a passage, such as `/speeches/ID%23p2`.
pub(super) fn passage_address(path: &str, pairs: &[(String, String)]) -> Option<Address> {
    let named = id(path).ok()?;
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((speech, number)) = named.rsplit_once("#m").filter(|(_, number)| is_number(number)) {
        return Some(address(&speech_path(speech), pairs).at(format!("m{number}")));
    }
    let (speech, number) = named.rsplit_once("#p")?;
    let is_passage = !speech.is_empty() && number.split('.').count() <= 2 && number.split('.').all(is_number);
    is_passage.then(|| address(&speech_path(speech), pairs).at(format!("p{number}")))
}

fn compared(asked: &Asked, id: &str, other: &str) -> Result<String, Problem> {
    let engine = &asked.engine;
    let found = engine.difference(id, other)?;
    let metadata = |id: &str| engine.show(id, Some(1), None).map(|speech| speech.metadata);
    Ok(difference(&asked.visit, &found, &metadata(id)?, &metadata(other)?))
}

fn read(asked: &Asked, id: &str) -> Result<String, Problem> {
    let query = asked.parameters.text("q");
    query.map_or(Ok(()), |query| check_query(query, &asked.service.limits))?;
    let request = query.map(|_| {
        asked
            .parameters
            .search_request(&asked.service.limits, asked.stop.clone())
    });
    let request: Option<SearchRequest> = request.transpose()?;
    let speech = asked.engine.show(id, None, request.as_ref())?;
    let cited = asked.parameters.text("cite").map(str::to_owned);
    if let Some(number) = &cited {
        check_cited(&speech, number)?;
    }
    let reading = Reading {
        kin: kin(&asked.engine, &speech)?,
        citations: citations(&speech, cited.as_deref()),
        speech: &speech,
        cited,
    };
    Ok(reader(&asked.visit, &reading))
}

/// Holds the number of a paragraph to one that the speech has.
fn check_cited(speech: &SpeechView, number: &str) -> Result<(), Problem> {
    let is_it = |passage: &crate::engine::PassageView| {
        let own = passage.passage.rsplit("#p").next().unwrap_or_default();
        own == number || passage.paragraph.to_string() == number
    };
    if speech.passages.iter().any(is_it) {
        return Ok(());
    }
    let last = speech.passages.last().map_or(0, |passage| passage.paragraph);
    let message = format!("`{}` has no paragraph {number}; its last is {last}", speech.id);
    Err(Problem::new(Code::NotFound, message).about("cite"))
}

/// The speech, or a paragraph of it, cited in every style.
fn citations(speech: &SpeechView, passage: Option<&str>) -> Vec<Citation> {
    let cited = Cited {
        id: &speech.id,
        metadata: &speech.metadata,
        passage,
        accessed: Date::today(),
    };
    let in_style = |style: &CitationStyle| Citation {
        style: *style,
        text: citation(&cited, *style),
    };
    CitationStyle::ALL.iter().map(in_style).collect()
}

/// The speeches that a speech is linked with.
fn kin(engine: &Engine, speech: &SpeechView) -> Result<Kin, Problem> {
    let known = |id: &String| Related {
        id: id.clone(),
        metadata: engine.show(id, Some(1), None).ok().map(|speech| speech.metadata),
    };
    let original = speech.metadata.value(Field::TranslationOf).map(str::to_owned);
    let mut versions: Vec<String> = speech.versions.iter().take(MOST_KIN).cloned().collect();
    versions.extend(speech.metadata.value(Field::VersionOf).map(str::to_owned));
    versions.sort();
    versions.dedup();
    Ok(Kin {
        versions: versions.iter().map(known).collect(),
        translations: translations(engine, &speech.id, original.as_deref())?,
        originals: original.iter().map(known).collect(),
        earlier: beside(engine, speech, Sort::DateDescending)?,
        later: beside(engine, speech, Sort::Date)?,
    })
}

/// What was translated from a speech, or from the same original.
fn translations(engine: &Engine, id: &str, original: Option<&str>) -> Result<Vec<Related>, Problem> {
    let mut filters = Filters::default();
    for original in [Some(id), original].into_iter().flatten() {
        filters.add(FilterField::Known(Field::TranslationOf), original.to_owned());
    }
    let listing = engine.list(&filters, Sort::Relevance, 0, MOST_KIN)?;
    let others = listing.speeches.into_iter().filter(|speech| speech.id != id);
    Ok(others.map(related).collect())
}

/// The nearest speech by the same speaker on one side in time.
fn beside(engine: &Engine, speech: &SpeechView, sort: Sort) -> Result<Option<Related>, Problem> {
    let (Some(speaker), Some(date)) = (speech.metadata.value(Field::Speaker), speech.metadata.date()) else {
        return Ok(None);
    };
    let mut filters = Filters::default();
    filters.add(FilterField::Known(Field::Speaker), speaker.to_owned());
    match sort {
        Sort::DateDescending => filters.to = Some(date),
        _ => filters.from = Some(date),
    }
    let listing = engine.list(&filters, sort, 0, 2)?;
    let is_other = |other: &ListedSpeech| other.id != speech.id && is_another_day(&other.metadata, &speech.metadata);
    Ok(listing.speeches.into_iter().find(is_other).map(related))
}

fn is_another_day(left: &Metadata, right: &Metadata) -> bool {
    left.value(Field::Date) != right.value(Field::Date)
}

fn related(speech: ListedSpeech) -> Related {
    Related {
        id: speech.id,
        metadata: Some(speech.metadata),
    }
}
