//! The first and the last use: a card each, with the sentence and the reference, and a line for each speaker, country or event.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::address::{Address, speech_path};
use super::concordance::labeled;
use super::facets::filters_in_force;
use super::frame::{Room, Visit, page};
use super::language::{Tongue, named};
use super::marks::Marked;
use super::text::Shown;
use super::views::{ASKED, asking, narrowing, remarks, stamp, views};
use crate::corpus::passage::place_in_speech;
use crate::engine::{End, FoundUse, OtherSpeeches, Use, Uses};
use crate::highlight::Highlight;
use crate::index::CorpusVersion;

/// What uses are divided by, as offered.
const FIELDS: &[&str] = &["speaker", "country", "event", "genre", "language"];

/// The first and the last use to be shown.
#[derive(Debug)]
pub struct BothUses<'a> {
    /// The first and the last; nothing where nothing was asked.
    pub found: Option<(&'a Uses, &'a Uses)>,
    /// The corpus that was asked.
    pub corpus: &'a CorpusVersion,
    /// The primary subtags of the languages that the corpus holds.
    pub languages: &'a [String],
}

/// The page of the first and the last use.
pub fn uses(visit: &Visit, uses: &BothUses<'_>) -> String {
    let words = visit.interface.analytics();
    let content = html! {
        div.uses {
            @if uses.found.is_none() { h1 { (words.uses) } p.lead { (words.uses_lead) } }
            (asking(visit, "/first", uses.found.is_none()))
            (narrowing(visit, uses.languages))
            @match uses.found {
                Some((first, last)) => (answer(visit, uses, first, last)),
                None => (filters_in_force(visit)),
            }
        }
    };
    let title = match uses.found {
        Some((first, _)) => format!("{} · {}", first.query, words.uses),
        None => words.uses.to_owned(),
    };
    page(visit, &title, Room::Uses, &content)
}

fn answer(visit: &Visit, uses: &BothUses<'_>, first: &Uses, last: &Uses) -> Markup {
    let words = visit.interface.analytics();
    let overall = &first.overall;
    let heading = match overall.speeches {
        0 => visit.wording().nothing_found.to_owned(),
        speeches => (words.counts)(overall.occurrences, speeches),
    };
    html! {
        section.answer aria-labelledby="totals" {
            (views(visit, Room::Uses))
            h1 #totals { (heading) }
            (remarks(visit, &first.warnings, first.undetermined))
            (filters_in_force(visit))
            div.cards {
                (card(visit, words.first, &first.overall, End::First))
                (card(visit, words.last, &last.overall, End::Last))
            }
            @if overall.speeches > 0 {
                (fields(visit, first))
                @if !first.by.is_empty() { (table(visit, first, last)) }
            }
            (downloads(visit))
            (stamp(visit, Some(&first.interpreted), &first.circumstances, uses.corpus))
        }
    }
}

/// One use: when, by whom, where, in which sentence, how it is cited, and what could change it.
fn card(visit: &Visit, name: &str, found: &FoundUse, end: End) -> Markup {
    let words = visit.interface.analytics();
    let id = match end {
        End::First => "first-use",
        End::Last => "last-use",
    };
    html! {
        section.card aria-labelledby=(id) {
            h2 #(id) { (name) @if let Some(found) = found.found() { (day(visit, found)) } }
            @match found.found() {
                Some(found) => (said(visit, found)),
                None if found.undated_speeches > 0 => p { (words.only_undated) },
                None => p { (words.never) },
            }
            (doubts(visit, found, end))
        }
    }
}

/// The date of a use, and where it came from.
fn day(visit: &Visit, found: &Use) -> Markup {
    html! {
        " " time datetime=(Shown(&found.date)) { (visit.interface.date(&found.date)) }
        @if let Some(source) = &found.date_source { " " span.reason { ((visit.wording().according_to)(source)) } }
    }
}

fn said(visit: &Visit, found: &Use) -> Markup {
    let words = visit.wording();
    let tongue = found.language.as_deref().map_or_else(Tongue::default, Tongue::of_tag);
    let marks: Vec<Highlight> = (found.start.zip(found.end))
        .map(|(start, end)| Highlight {
            start,
            end,
            expansion_of: None,
        })
        .into_iter()
        .collect();
    // An office such as the president of a state names the state.
    let is_named = |country: &&String| found.role.as_ref().is_some_and(|role| role.contains(country.as_str()));
    let country = found.country.as_ref().filter(|country| !is_named(country)).cloned();
    let byline = [&found.speaker, &found.role, &country, &found.place, &found.event];
    let title = found.title.as_deref().unwrap_or(&found.speech);
    html! {
        p.byline { @for text in byline.into_iter().flatten() { span { (named(text)) } } }
        blockquote lang=[&tongue.tag] dir=[tongue.direction] { (Marked::new(&found.text, &marks, words).extract(found.sentence)) }
        p.source {
            a.open href=(place(visit, found)) { (tongue.says(title)) } " "
            @let place = place_in_speech(&found.passage);
            span.number { @match place.strip_prefix('p') { Some(number) => { "¶ " (number) }, None => (place) } }
        }
        p.copied.cited { (Shown(&found.citation)) }
    }
}

/// The address at which a use is read, marked as it was counted.
fn place(visit: &Visit, found: &Use) -> Address {
    let mut asked = visit.address.only(ASKED);
    if asked.value("expand").is_none() {
        asked = asked.with("expand", "none");
    }
    asked.on(speech_path(&found.speech)).at(place_in_speech(&found.passage))
}

/// What could change the answer.
fn doubts(visit: &Visit, found: &FoundUse, end: End) -> Markup {
    let words = visit.interface.analytics();
    let could_be = match end {
        End::First => words.could_be_earlier,
        End::Last => words.could_be_later,
    };
    let undated = OtherSpeeches {
        total: found.undated_speeches,
        speeches: found.undated.clone(),
    };
    let kinds = [
        (words.same_day, &found.same_day),
        (could_be, &found.could_change),
        (words.undated_speeches, &undated),
    ];
    html! {
        @for (said, others) in kinds {
            @if !others.is_empty() {
                p.remark {
                    (said(others.total))
                    @for (index, id) in others.speeches.iter().enumerate() {
                        @if index > 0 { (visit.wording().list_comma) }
                        a href=(visit.address.only(ASKED).on(speech_path(id))) { (named(id)) }
                    }
                    @let left_out = others.total - others.speeches.len() as u64;
                    @if left_out > 0 { " " ((words.and_others)(left_out)) }
                }
            }
        }
    }
}

/// What the uses are divided by.
fn fields(visit: &Visit, found: &Uses) -> Markup {
    let words = visit.interface.analytics();
    let mut ways = vec![(
        found.fields.is_empty(),
        visit.address.without(&["by"]),
        words.whole.to_owned(),
    )];
    for name in FIELDS {
        let is_in_force = found.fields.first().is_some_and(|field| field == name);
        ways.push((
            is_in_force,
            visit.address.with("by", *name),
            visit.interface.field(name),
        ));
    }
    html! { div.choices { (labeled(words.by_value, &ways)) } }
}

/// A line for each value: its first and its last use.
fn table(visit: &Visit, first: &Uses, last: &Uses) -> Markup {
    let words = visit.interface.analytics();
    let lasts: BTreeMap<&BTreeMap<String, String>, &FoundUse> =
        last.by.iter().map(|group| (&group.values, &group.found)).collect();
    html! {
        div.scroll tabindex="0" role="group" aria-labelledby="totals" {
            table.figures.by-value {
                thead {
                    tr {
                        @for field in &first.fields { th scope="col" { (visit.interface.field(field)) } }
                        th scope="col" { (words.first) } th scope="col" { (words.last) }
                        th scope="col" { (words.occurrences) } th scope="col" { (words.speeches) }
                    }
                }
                tbody {
                    @for group in &first.by {
                        tr {
                            @for field in &first.fields {
                                th scope="row" { @match group.values.get(field) { Some(value) => (value_of(visit, field, value)), None => (words.no_value) } }
                            }
                            td { (dated(visit, Some(&group.found))) }
                            td { (dated(visit, lasts.get(&group.values).copied())) }
                            td { @if let Some(occurrences) = group.found.occurrences { (super::wording::analytics::number(occurrences)) } }
                            td { (super::wording::analytics::number(group.found.speeches)) }
                        }
                    }
                }
            }
        }
    }
}

/// A value as people read it.
fn value_of(visit: &Visit, field: &str, value: &str) -> Markup {
    match field {
        "language" => html! { (Shown(&visit.interface.language_name(value))) },
        "genre" => html! { (Shown(&visit.interface.genre(value))) },
        _ => named(value),
    }
}

fn dated(visit: &Visit, found: Option<&FoundUse>) -> Markup {
    match found.and_then(FoundUse::found) {
        Some(found) => {
            html! { a href=(place(visit, found)) title=[found.title.as_deref().map(Shown)] { time { (Shown(&found.date)) } } }
        }
        None => html! { (visit.wording().undated) },
    }
}

/// The same as files.
fn downloads(visit: &Visit) -> Markup {
    let words = visit.interface.analytics();
    let address = |name: &str| visit.address.without(&["ui"]).on(format!("/api/v1/{name}"));
    html! {
        p.downloads {
            (visit.wording().download) " "
            @for (name, label) in [("first", words.first), ("last", words.last)] {
                span { (label) " "
                    a href=(address(name).with("format", "csv")) download={ (name) ".csv" } { "CSV" } " · "
                    a href=(address(name)) download={ (name) ".json" } { "JSON" } " "
                }
            }
        }
    }
}
