//! The search: the first page, and with a query the answer to it.

use super::super::api::{FILTERS, SEARCH};
use super::super::problem::Problem;
use super::asked::{Asked, Page};
use crate::corpus::Field;
use crate::engine::{Engine, ListedSpeech, Listing};
use crate::page::{Found, Start, results, start};
use crate::search::{FacetCounts, FilterField, Filters, SearchRequest, Sort};

pub(super) const SEARCH_PAGE: Page = Page {
    parameters: &[SEARCH, FILTERS],
    usual: &[
        ("sort", "relevance"),
        ("by", "passage"),
        ("limit", "10"),
        ("offset", "0"),
        ("expand", "keywords"),
    ],
    make: page,
};

/// The fields that hits are counted by.
const FACETS: &[FilterField] = &[
    FilterField::Known(Field::Speaker),
    FilterField::Known(Field::Country),
    FilterField::Year,
    FilterField::Known(Field::Event),
    FilterField::Known(Field::Language),
];

/// The speeches that the first page shows.
const NEWEST: usize = 6;

/// The first paragraph that says something in nearly every speech.
const BEHIND_GREETING: u32 = 3;

fn page(asked: &Asked) -> Result<String, Problem> {
    match asked.parameters.text("q") {
        Some(_) => answer(asked),
        None => first_page(asked),
    }
}

fn first_page(asked: &Asked) -> Result<String, Problem> {
    let filters = asked.parameters.filters()?;
    let figures = asked.service.figures_of(&asked.engine)?;
    let newest = asked.engine.list(&filters, Sort::DateDescending, 0, NEWEST)?;
    let examples = examples(asked, &newest)?;
    let read = |speech: &ListedSpeech| paragraph(&asked.engine, &speech.id);
    let paragraphs: Vec<String> = examples.iter().filter_map(read).collect();
    let made_of = Start {
        status: &figures.status,
        newest: &newest,
        examples: &examples,
        paragraphs: &paragraphs,
    };
    Ok(start(&asked.visit, &made_of))
}

/// The newest speeches in the language of the interface; those of all languages where it has none.
fn examples(asked: &Asked, newest: &Listing) -> Result<Vec<ListedSpeech>, Problem> {
    let mut own = Filters::default();
    own.add(
        FilterField::Known(Field::Language),
        asked.visit.interface.name().to_owned(),
    );
    let speeches = asked.engine.list(&own, Sort::DateDescending, 0, NEWEST)?.speeches;
    Ok(match speeches.is_empty() {
        true => newest.speeches.clone(),
        false => speeches,
    })
}

/// A paragraph behind the greeting of a speech.
fn paragraph(engine: &Engine, id: &str) -> Option<String> {
    let read = engine.show(id, Some(BEHIND_GREETING), None).ok()?;
    read.passages.into_iter().next().map(|passage| passage.text)
}

fn answer(asked: &Asked) -> Result<String, Problem> {
    let request = SearchRequest {
        facets: FACETS.to_vec(),
        explain: false,
        ..asked
            .parameters
            .search_request(&asked.service.limits, asked.stop.clone())?
    };
    let found = asked.service.corpus.search(&asked.engine, &request)?;
    let mut facets = Vec::with_capacity(FACETS.len());
    for (field, counted) in FACETS.iter().zip(&found.facets) {
        facets.push(match without_filter(&request, field) {
            Some(wider) => counts(&asked.engine, wider, field)?,
            None => counted.clone(),
        });
    }
    let found = Found {
        request: &request,
        results: &found,
        facets,
        window: asked.service.limits.window,
    };
    Ok(results(&asked.visit, &found))
}

/// The request without what it filters a field by; `None` where it does not.
fn without_filter(request: &SearchRequest, field: &FilterField) -> Option<SearchRequest> {
    let mut wider = request.clone();
    match field {
        FilterField::Year => {
            wider.filters.from = None;
            wider.filters.to = None;
        }
        field => wider.filters.any_of.retain(|(filtered, _)| filtered != field),
    }
    (wider.filters != request.filters).then_some(wider)
}

fn counts(engine: &Engine, wider: SearchRequest, field: &FilterField) -> Result<FacetCounts, Problem> {
    let request = SearchRequest {
        facets: vec![field.clone()],
        offset: 0,
        limit: 0,
        after: None,
        ..wider
    };
    let counted = engine.search(&request)?.facets.into_iter().next();
    Ok(counted.unwrap_or(FacetCounts {
        field: field.path(),
        values: Vec::new(),
    }))
}
