//! The answer to a search: totals, what was understood, filters, hits, what to try where nothing was found.

use maud::{Markup, html};

use super::facets::{facets, filters_in_force};
use super::form::form;
use super::frame::{Room, Visit, page};
use super::hits::hits;
use super::paging::{Paging, paging};
use super::text::Shown;
use super::views::views;
use crate::search::{FacetCounts, Hit, HitUnit, SearchRequest, SearchResults, Sort, Suggestion};

/// The numbers of hits a page that are offered.
pub(super) const PAGE_SIZES: &[usize] = &[10, 20, 50];

/// The most hits of a download.
const MOST_DOWNLOADED: usize = 1000;

/// A search and its answer.
#[derive(Debug)]
pub struct Found<'a> {
    /// What was asked.
    pub request: &'a SearchRequest,
    /// What was found.
    pub results: &'a SearchResults,
    /// Counts by field; those of a filtered field as without its filter, so that values can be added.
    pub facets: Vec<FacetCounts>,
    /// The last hit that an offset can reach; behind it a cursor goes on.
    pub window: usize,
}

/// The page of an answer.
pub fn results(visit: &Visit, found: &Found<'_>) -> String {
    let words = visit.wording();
    let results = found.results;
    let content = html! {
        div #view {
            div #opening data-live {}
            (form(visit, false))
            div #results.columns data-live {
                (facets(visit, &found.facets, found.request.by))
                section.answer aria-labelledby="totals" {
                    (views(visit, Room::Search))
                    h1 #totals { (totals(visit, results)) }
                    (remarks(visit, found))
                    (filters_in_force(visit))
                    @if results.hits.is_empty() {
                        (advice(visit, results))
                    } @else {
                        (choices(visit, found.request))
                        (hits(visit, &results.hits))
                        (paging(visit, &pages(visit, found)))
                        (downloads(visit, found))
                    }
                }
            }
        }
    };
    page(
        visit,
        &format!("{} · {}", results.query, words.search),
        Room::Search,
        &content,
    )
}

/// How much was found, in one line.
fn totals(visit: &Visit, results: &SearchResults) -> String {
    let words = visit.wording();
    let total = &results.total;
    match (total.passages, total.occurrences) {
        (0, _) => words.nothing_found.to_owned(),
        (passages, None) => (words.passages_of_speeches)(passages, total.speeches),
        (passages, Some(occurrences)) => (words.occurrences_of)(occurrences, passages, total.speeches),
    }
}

/// What the reader of the answer should know.
fn remarks(visit: &Visit, found: &Found<'_>) -> Markup {
    let words = visit.wording();
    let results = found.results;
    let undetermined = results.total.undetermined.unwrap_or(0);
    html! {
        @if results.relaxed { p.remark { (words.relaxed) } }
        @if results.is_expanded && results.total.passages > 0 {
            p.remark {
                (words.looked_for) " " bdi.interpreted lang="" { (Shown(&shortened(&results.interpreted))) } " "
                a href=(visit.address.first_page().with("expand", "none")) { (words.only_as_typed) }
            }
        }
        @if undetermined > 0 { p.remark { ((words.undetermined)(undetermined)) } }
        @if results.corpus_changed { p.remark { (words.corpus_changed) } }
        @for warning in &results.warnings { p.remark lang="en" { (Shown(warning)) } }
    }
}

/// The most characters of an interpreted query that are shown.
const LONGEST_INTERPRETED: usize = 240;

fn shortened(interpreted: &str) -> String {
    let mut line: String = interpreted.chars().take(LONGEST_INTERPRETED).collect();
    if line.len() < interpreted.len() {
        line.push('…');
    }
    line
}

/// The order, what a hit is, and how many are on a page.
fn choices(visit: &Visit, request: &SearchRequest) -> Markup {
    let words = visit.wording();
    let address = visit.address.first_page();
    let sort = |sort, name: &'static str, label| (request.sort == sort, address.with("sort", name), label);
    let orders = [
        (
            request.sort == Sort::Relevance,
            address.without(&["sort"]),
            words.by_relevance,
        ),
        sort(Sort::DateDescending, "-date", words.newest),
        sort(Sort::Date, "date", words.oldest),
    ];
    let units = [
        (
            request.by == HitUnit::Passage,
            address.without(&["by"]),
            words.as_passages,
        ),
        (
            request.by == HitUnit::Speech,
            address.with("by", "speech"),
            words.as_speeches,
        ),
    ];
    html! {
        div.choices {
            (choice(words.order, &orders))
            (choice(words.hit_is, &units))
            (page_sizes(visit, request.limit, PAGE_SIZES, PAGE_SIZES[0]))
        }
    }
}

/// Some ways to see an answer, of which one is in force.
pub(super) fn choice(label: &str, ways: &[(bool, super::Address, &str)]) -> Markup {
    html! {
        ul.choice aria-label=(label) {
            @for (is_in_force, address, name) in ways {
                li { a href=(address) aria-current=[is_in_force.then_some("true")] { (name) } }
            }
        }
    }
}

/// How many are on a page.
pub(super) fn page_sizes(visit: &Visit, limit: usize, sizes: &[usize], usual: usize) -> Markup {
    let words = visit.wording();
    let address = visit.address.first_page();
    html! {
        ul.choice.sizes aria-label=(words.per_page) {
            @for &size in sizes {
                @let address = if size == usual { address.without(&["limit"]) } else { address.with("limit", size.to_string()) };
                li { a href=(address) aria-current=[(size == limit).then_some("true")] title=(words.per_page) { (size) } }
            }
        }
    }
}

fn pages(visit: &Visit, found: &Found<'_>) -> Paging {
    let (request, results) = (found.request, found.results);
    let rank = |hit: &Hit| match hit {
        Hit::Passage(hit) => hit.rank,
        Hit::Speech(hit) => hit.rank,
    };
    let (offset, limit) = (request.offset, request.limit);
    let address = visit.address.first_page();
    let at = |offset: usize| match offset {
        0 => address.clone(),
        _ => address.with("offset", offset.to_string()),
    };
    let following = offset.saturating_add(limit);
    let next = results.next.as_ref().map(|cursor| {
        match request.after.is_none() && following.saturating_add(limit) <= found.window {
            true => at(following),
            false => address.with("after", cursor.to_string()),
        }
    });
    Paging {
        shown: results
            .hits
            .first()
            .zip(results.hits.last())
            .map(|(first, last)| (rank(first), rank(last))),
        total: match request.by {
            HitUnit::Passage => results.total.passages,
            HitUnit::Speech => results.total.speeches,
        },
        previous: (request.after.is_none() && offset > 0).then(|| at(offset.saturating_sub(limit))),
        first: request.after.is_some().then(|| at(0)),
        next,
    }
}

/// The same answer as a file, as much of it as an offset can reach.
fn downloads(visit: &Visit, found: &Found<'_>) -> Markup {
    let most = MOST_DOWNLOADED.min(found.window);
    let total = match found.request.by {
        HitUnit::Passage => found.results.total.passages,
        HitUnit::Speech => found.results.total.speeches,
    };
    let address = visit
        .address
        .first_page()
        .without(&["ui", "cite", "diff"])
        .on("/api/v1/search");
    let address = address.with("limit", most.to_string());
    html! {
        p.downloads {
            (downloaded(visit, most, total)) " "
            a href=(address) download="search.json" { "JSON" } " · "
            a href=(address.with("format", "csv")) download="search.csv" { "CSV" }
        }
    }
}

/// What a download holds: all, or the first of more.
pub(super) fn downloaded(visit: &Visit, most: usize, total: u64) -> String {
    let words = visit.wording();
    match total > most as u64 {
        true => (words.download_first)(most as u64, total),
        false => words.download.to_owned(),
    }
}

/// What to try where nothing was found.
fn advice(visit: &Visit, results: &SearchResults) -> Markup {
    let words = visit.wording();
    html! {
        div.advice {
            @for part in &results.advice.found_nowhere {
                p { (words.found_nowhere) " " bdi.interpreted lang="" { (Shown(part)) } }
            }
            @if !results.advice.suggestions.is_empty() {
                p { (words.try_instead) }
                ul {
                    @for suggestion in &results.advice.suggestions {
                        li {
                            a href=(suggested(visit, suggestion)) lang="" { (Shown(&suggestion.query)) }
                            " " span.reason { (reason(visit, &suggestion.reason)) " · " ((words.passages)(suggestion.passages)) }
                        }
                    }
                }
            } @else if results.advice.found_nowhere.is_empty() {
                p { (words.nothing_to_try) }
            }
        }
    }
}

/// How a suggested search differs, in the language of the interface where that can be said in it.
fn reason(visit: &Visit, english: &str) -> Markup {
    match visit.interface.reason(english) {
        Some(reason) => html! { (Shown(&reason)) },
        None => html! { span lang="en" { (Shown(english)) } },
    }
}

/// The address of a search that finds something.
fn suggested(visit: &Visit, suggestion: &Suggestion) -> super::Address {
    let mut address = visit.address.first_page().with("q", suggestion.query.as_str());
    for name in &suggestion.without {
        let condition = format!("{name}=");
        let further = name.strip_prefix("meta.").map(|name| format!("{name}="));
        address = address.kept(|given, value| {
            let is_condition =
                value.starts_with(&condition) || further.as_ref().is_some_and(|further| value.starts_with(further));
            given != name && !(given == "where" && is_condition)
        });
    }
    for option in &suggestion.with {
        let value = if option == "expand" { "all" } else { "true" };
        address = address.with(option, value);
    }
    address
}
