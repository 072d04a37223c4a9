//! The list of speeches.

use maud::{Markup, html};

use super::address::{PLACE, speech_path};
use super::facets::filters_in_force;
use super::form::{FORM, unseen};
use super::frame::{Room, Visit, page};
use super::hits::title;
use super::language::named;
use super::paging::{Paging, paging};
use super::results::{PAGE_SIZES, choice, downloaded, page_sizes};
use super::text::Shown;
use crate::corpus::{Field, Metadata};
use crate::engine::{Listing, VersionListing};
use crate::search::Sort;

/// The speeches of a page that are shown if nothing else is said.
pub const USUAL_SIZE: usize = 20;

/// The fields that the list is filtered by, beside dates.
pub(super) const FIELDS: &[&str] = &[
    "speaker",
    "country",
    "organization",
    "event",
    "genre",
    "language",
    "collection",
];

/// A page of the list.
#[derive(Debug)]
pub struct Listed<'a> {
    /// The speeches of the page, where speeches are listed.
    pub speeches: Option<&'a Listing>,
    /// The groups of versions of the page, where these are listed.
    pub versions: Option<&'a VersionListing>,
    /// The primary subtags of the languages that the corpus holds.
    pub languages: &'a [String],
    /// The most speeches of a download.
    pub window: usize,
    /// The order.
    pub sort: Sort,
    /// The speeches before the page.
    pub offset: usize,
    /// The most speeches of a page.
    pub limit: usize,
}

/// The page of the list.
pub fn list(visit: &Visit, listed: &Listed<'_>) -> String {
    let words = visit.wording();
    let total =
        listed.speeches.map_or(0, |speeches| speeches.total) + listed.versions.map_or(0, |versions| versions.total);
    let undetermined = listed.speeches.and_then(|speeches| speeches.undetermined).unwrap_or(0);
    let heading = match (listed.versions, total) {
        (Some(_), 0) => words.no_versions.to_owned(),
        (Some(_), _) => (words.groups_of_versions)(total),
        (None, 0) => words.nothing_found.to_owned(),
        (None, _) => (words.count_of_speeches)(total),
    };
    let content = html! {
        div.columns {
            (filters(visit, listed.languages))
            section.answer aria-labelledby="totals" {
                h1 #totals { (heading) }
                @if undetermined > 0 { p.remark { ((words.undetermined)(undetermined)) } }
                (filters_in_force(visit))
                (choices(visit, listed))
                @if let Some(listing) = listed.speeches {
                    ol.speeches { @for speech in &listing.speeches { li.hit { (speech_line(visit, &speech.id, &speech.metadata)) } } }
                }
                @if let Some(listing) = listed.versions { (groups(visit, listing)) }
                (paging(visit, &pages(visit, listed, total)))
                @if total > 0 { (downloads(visit, listed, total)) }
            }
        }
    };
    page(visit, words.speeches, Room::Speeches, &content)
}

/// A speech in one or two lines, the date before it.
pub(super) fn speech_line(visit: &Visit, id: &str, metadata: &Metadata) -> Markup {
    let words = visit.wording();
    let value = |field| metadata.value(field);
    html! {
        div.speech-line {
            @match value(Field::Date) {
                Some(date) => time datetime=(Shown(date)) { (Shown(date)) },
                None => span.undated { (words.undated) },
            }
            div {
                a.open href=(visit.to(&speech_path(id))) { (title(metadata, id)) }
                p.byline {
                    @for text in [value(Field::Speaker), value(Field::Place), value(Field::Event)].into_iter().flatten() { span { (named(text)) } }
                    @if let Some(tag) = value(Field::Language) { span { (Shown(&visit.interface.language_name(tag))) } }
                }
            }
        }
    }
}

fn groups(visit: &Visit, listing: &VersionListing) -> Markup {
    let words = visit.wording();
    html! {
        ol.speeches {
            @for group in &listing.groups {
                li.hit {
                    (speech_line(visit, &group.speech, &group.metadata))
                    ul.versions {
                        @for version in &group.versions {
                            li {
                                a href=(visit.to(&speech_path(&version.speech))) { (title(&version.metadata, &version.speech)) } " "
                                span.reason { ((words.similar)(version.similarity)) } " "
                                a href=(visit.to(&speech_path(&group.speech)).with("diff", version.speech.as_str())) { (words.what_differs) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The fields to filter by.
fn filters(visit: &Visit, languages: &[String]) -> Markup {
    let words = visit.wording();
    let but: Vec<&str> = FIELDS
        .iter()
        .chain(["from", "to"].iter())
        .chain(PLACE)
        .copied()
        .collect();
    html! {
        details.filters open {
            summary { (words.filters) }
            form #(FORM) .inside.fields action="/speeches" method="get" {
                (fields(visit, languages))
                (super::facets::dates(visit))
                (unseen(&visit.address, &but))
            }
        }
    }
}

/// A control for each field, with what it is filtered by.
pub(super) fn fields(visit: &Visit, languages: &[String]) -> Markup {
    html! {
        @for name in FIELDS {
            @let given: Vec<&str> = visit.address.values(name).collect();
            label for=(name) { (visit.interface.field(name)) }
            @let last = given.last().copied().unwrap_or_default();
            @match values_of(visit, name, languages) {
                Some(values) => (select(visit, name, last, &values)),
                None => input #(name) name=(name) form=(FORM) value=(last) type="text" dir="auto" autocomplete="off";,
            }
            @for further in given.iter().rev().skip(1) { input type="hidden" name=(name) form=(FORM) value=(further); }
        }
    }
}

/// The values of a field that has few of them, each with its name.
fn values_of(visit: &Visit, field: &str, languages: &[String]) -> Option<Vec<(String, String)>> {
    let interface = visit.interface;
    match field {
        "language" => {
            let named = |tag: &String| (tag.clone(), interface.language_name(tag));
            Some(languages.iter().map(named).collect())
        }
        "genre" => {
            let owned = |(code, name): (&str, &str)| (code.to_owned(), name.to_owned());
            Some(interface.genres().map(owned).collect())
        }
        _ => None,
    }
}

/// A choice among values; one that is in force and is none of them stands behind them.
fn select(visit: &Visit, name: &str, chosen: &str, values: &[(String, String)]) -> Markup {
    let is_other = !chosen.is_empty() && !values.iter().any(|(value, _)| value == chosen);
    html! {
        select #(name) name=(name) form=(FORM) {
            option value="" { (visit.wording().any) }
            @for (value, shown) in values { option value=(value) selected[value == chosen] { (Shown(shown)) } }
            @if is_other { option value=(chosen) selected { (Shown(chosen)) } }
        }
    }
}

fn choices(visit: &Visit, listed: &Listed<'_>) -> Markup {
    let words = visit.wording();
    let address = visit.address.first_page();
    let orders = [
        (listed.sort == Sort::Date, address.without(&["sort"]), words.oldest),
        (
            listed.sort == Sort::DateDescending,
            address.with("sort", "-date"),
            words.newest,
        ),
        (
            listed.sort == Sort::Relevance,
            address.with("sort", "relevance"),
            words.by_id,
        ),
    ];
    let kinds = [
        (
            listed.versions.is_none(),
            address.without(&["versions"]),
            words.each_speech,
        ),
        (
            listed.versions.is_some(),
            address.with("versions", "true"),
            words.only_versions,
        ),
    ];
    html! {
        div.choices {
            (choice(words.order, &orders))
            (choice(words.hit_is, &kinds))
            (page_sizes(visit, listed.limit, PAGE_SIZES, USUAL_SIZE))
        }
    }
}

fn pages(visit: &Visit, listed: &Listed<'_>, total: u64) -> Paging {
    let address = visit.address.first_page();
    let at = |offset: usize| match offset {
        0 => address.clone(),
        _ => address.with("offset", offset.to_string()),
    };
    let count = listed.speeches.map_or(0, |listing| listing.speeches.len())
        + listed.versions.map_or(0, |listing| listing.groups.len());
    let following = listed.offset.saturating_add(listed.limit);
    Paging {
        shown: (count > 0).then_some((listed.offset + 1, listed.offset + count)),
        total,
        previous: (listed.offset > 0).then(|| at(listed.offset.saturating_sub(listed.limit))),
        first: None,
        next: (listed.limit > 0 && (following as u64) < total).then(|| at(following)),
    }
}

fn downloads(visit: &Visit, listed: &Listed<'_>, total: u64) -> Markup {
    let address = visit
        .address
        .first_page()
        .without(&["ui", "limit", "q"])
        .on("/api/v1/list");
    html! {
        p.downloads {
            (downloaded(visit, listed.window, total)) " "
            a href=(address) download="speeches.json" { "JSON" }
            @if listed.versions.is_none() { " · " a href=(address.with("format", "csv")) download="speeches.csv" { "CSV" } }
        }
    }
}
