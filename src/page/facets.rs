//! What narrows a search: the filters in force, each of which can be taken away, and the values that can be added, counted.

use maud::{Markup, html};

use super::form::FORM;
use super::frame::Visit;
use super::language::named;
use super::text::Shown;
use crate::search::{FacetCounts, FacetValue, HitUnit};

/// The values of a field that are shown at once; the others are folded.
const SHOWN: usize = 8;

/// The steps in which the bar beside a count grows.
const STEPS: u64 = 20;

/// The fields that have a parameter of their own, in the order in which filters in force are shown.
const FILTERS: &[&str] = &[
    "speaker",
    "country",
    "organization",
    "language",
    "event",
    "genre",
    "collection",
    "from",
    "to",
    "where",
];

/// The filters in force, each as a link that takes it away.
pub(super) fn filters_in_force(visit: &Visit) -> Markup {
    let words = visit.wording();
    let address = visit.address.first_page();
    let in_force: Vec<(&str, &str)> = (FILTERS.iter())
        .flat_map(|name| address.values(name).map(move |value| (*name, value)))
        .collect();
    html! {
        @if !in_force.is_empty() {
            ul.chips aria-label=(words.filters_in_force) {
                @for (name, value) in &in_force {
                    li {
                        a href=(address.without_value(name, value)) title=(words.remove_filter) {
                            span.field { (visit.interface.field(name)) } " "
                            (shown_value(visit, name, value))
                            span.cross aria-hidden="true" { "×" }
                            span.unseen { (words.remove_filter) }
                        }
                    }
                }
                @if in_force.len() > 1 { li { a.all href=(address.without(FILTERS)) { (words.remove_all_filters) } } }
            }
        }
    }
}

/// Everything that narrows: dates, fields with counts, options.
pub(super) fn facets(visit: &Visit, counts: &[FacetCounts], by: HitUnit) -> Markup {
    let words = visit.wording();
    html! {
        details.filters open {
            summary { (words.filters) }
            div.inside {
                (dates(visit))
                @for facet in counts.iter().filter(|facet| !facet.values.is_empty()) {
                    @if facet.field == "year" { (years(visit, facet, by)) } @else { (values(visit, facet, by)) }
                }
                (options(visit))
            }
        }
    }
}

/// The range of dates.
pub(super) fn dates(visit: &Visit) -> Markup {
    let words = visit.wording();
    let field = |name: &'static str, label: &'static str| {
        html! {
            label for=(name) { (label) }
            input #(name) name=(name) form=(FORM) value=(visit.address.value(name).unwrap_or_default())
                type="text" placeholder=(words.date_form) autocomplete="off";
        }
    };
    html! {
        fieldset.dates {
            legend { (words.dates) }
            (field("from", words.from)) (field("to", words.to))
            button form=(FORM) { (words.apply) }
        }
    }
}

/// The options that are seldom needed.
fn options(visit: &Visit) -> Markup {
    let words = visit.wording();
    let is_set = |name: &str| visit.address.value(name) == Some("true");
    let expand = visit.address.value("expand").unwrap_or("keywords");
    let any = ["strict", "include-notes", "partial"].iter().any(|name| is_set(name)) || expand != "keywords";
    html! {
        details.options open[any] {
            summary { (words.other_options) }
            @for (name, label) in [("strict", words.strict), ("include-notes", words.include_notes), ("partial", words.partial)] {
                label.check { input type="checkbox" name=(name) value="true" form=(FORM) checked[is_set(name)]; " " (label) }
            }
            label for="expand" { (words.expand) }
            select #expand name="expand" form=(FORM) {
                @for (value, label) in [("keywords", words.expand_keywords), ("all", words.expand_all), ("none", words.expand_none)] {
                    option value=(value) selected[expand == value] { (label) }
                }
            }
            button form=(FORM) { (words.apply) }
        }
    }
}

/// The values of a field, each a link that adds it, or takes it away where it is chosen.
fn values(visit: &Visit, facet: &FacetCounts, by: HitUnit) -> Markup {
    let item = |value: &FacetValue| {
        let chosen = chosen(visit, &facet.field, value);
        let address = visit.address.first_page();
        let address = match &chosen {
            Some(chosen) => address.without_value(&facet.field, chosen),
            None => address.adding(&facet.field, value.value.as_str()),
        };
        let others: Vec<&str> = value
            .forms
            .iter()
            .filter(|form| **form != value.value)
            .map(String::as_str)
            .collect();
        html! {
            a href=(address) .chosen[chosen.is_some()] aria-current=[chosen.as_ref().map(|_| "true")]
                title=[(!others.is_empty()).then(|| others.join(" · ")).as_deref().map(Shown)] {
                (shown_value(visit, &facet.field, &value.value))
            }
            (count(visit, value, by))
        }
    };
    let (first, rest) = facet.values.split_at(SHOWN.min(facet.values.len()));
    html! {
        section.facet {
            h2 { (visit.interface.field(&facet.field)) }
            ul { @for value in first { li { (item(value)) } } }
            @if !rest.is_empty() {
                details {
                    summary { ((visit.wording().more)(rest.len())) }
                    ul { @for value in rest { li { (item(value)) } } }
                }
            }
        }
    }
}

/// The years, the newest first, with a bar for how much each has.
fn years(visit: &Visit, facet: &FacetCounts, by: HitUnit) -> Markup {
    let mut years: Vec<&FacetValue> = facet.values.iter().collect();
    years.sort_by(|left, right| right.value.cmp(&left.value));
    let most = years.iter().map(|value| weight(value, by)).max().unwrap_or(1).max(1);
    let range = (visit.address.value("from"), visit.address.value("to"));
    let item = |value: &FacetValue| {
        let year = value.value.as_str();
        let is_chosen = range == (Some(year), Some(year));
        let others = visit.address.first_page().without(&["from", "to"]);
        let address = if is_chosen {
            others
        } else {
            others.with("from", year).with("to", year)
        };
        let share = (weight(value, by) * STEPS).div_ceil(most);
        html! {
            a href=(address) .chosen[is_chosen] aria-current=[is_chosen.then_some("true")] { (Shown(year)) }
            span.bar.{ "share-" (share) } aria-hidden="true" {}
            (count(visit, value, by))
        }
    };
    let (first, rest) = years.split_at((SHOWN + 4).min(years.len()));
    html! {
        section.facet.years {
            h2 { (visit.interface.field("year")) }
            ul { @for value in first { li { (item(value)) } } }
            @if !rest.is_empty() {
                details {
                    summary { ((visit.wording().more)(rest.len())) }
                    ul { @for value in rest { li { (item(value)) } } }
                }
            }
        }
    }
}

fn weight(value: &FacetValue, by: HitUnit) -> u64 {
    match by {
        HitUnit::Passage => value.passages,
        HitUnit::Speech => value.speeches,
    }
}

fn count(visit: &Visit, value: &FacetValue, by: HitUnit) -> Markup {
    let words = visit.wording();
    let whole = (words.passages_of_speeches)(value.passages, value.speeches);
    html! { span.count title=(whole) { (weight(value, by)) } }
}

/// What is given in the address for this value, by any of its forms.
fn chosen(visit: &Visit, field: &str, value: &FacetValue) -> Option<String> {
    let is_form = |given: &str| {
        let is_same = |form: &str| form.to_lowercase() == given.to_lowercase();
        is_same(&value.value) || value.forms.iter().any(|form| is_same(form))
    };
    visit
        .address
        .values(field)
        .find(|given| is_form(given))
        .map(str::to_owned)
}

/// A value as people read it: a language by its name, dates spelled out, everything else as it is printed.
fn shown_value(visit: &Visit, field: &str, value: &str) -> Markup {
    match field {
        "language" => html! { (Shown(&visit.interface.language_name(value))) },
        "from" | "to" => html! { (Shown(&visit.interface.date(value))) },
        "genre" => html! { (Shown(&visit.interface.genre(value))) },
        _ => named(value),
    }
}
