//! The ways to look at what a query finds, each an address with the same query and the same filters.

use maud::{Markup, html};

use super::address::Address;
use super::facets::dates;
use super::form::{FORM, unseen};
use super::frame::{Room, Visit};
use super::list::{FIELDS, fields};
use super::text::Shown;
use crate::engine::Circumstances;
use crate::index::CorpusVersion;

/// The parameters that say what is asked and in which subcorpus, whatever way it is looked at.
pub(super) const ASKED: &[&str] = &[
    "q",
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
    "strict",
    "include-notes",
    "expand",
    "ui",
];

/// The digits of a corpus version that tell it from others for people.
const VERSION_DIGITS: usize = 12;

/// The way from one view of the answer to the others.
pub(super) fn views(visit: &Visit, here: Room) -> Markup {
    let words = visit.interface.analytics();
    let ways = [
        (Room::Search, "/", words.passages),
        (Room::Concordance, "/concordance", words.concordance),
        (Room::Timeline, "/timeline", words.timeline),
        (Room::Uses, "/first", words.uses),
    ];
    html! {
        nav.views aria-label=(words.views) {
            @for (room, path, name) in ways {
                a href=(viewed(visit, here, room).on(path)) aria-current=[(room == here).then_some("page")] { (name) }
            }
        }
    }
}

/// The address of another view: of several queries the first, where only one can be looked at.
fn viewed(visit: &Visit, here: Room, room: Room) -> Address {
    if room == here {
        return visit.address.first_page();
    }
    let mut asked = visit.address.only(ASKED);
    let is_analytics = |room: Room| room != Room::Search;
    if is_analytics(room) && is_analytics(here) {
        asked = visit.address.only(&[ASKED, &["versions"]].concat());
    }
    match (room, asked.value("q").map(str::to_owned)) {
        (Room::Timeline, _) | (_, None) => asked,
        (_, Some(query)) => asked.with("q", query),
    }
}

/// The parameters that the controls of [`narrowing`] are for.
const NARROWING: &[&str] = &["from", "to", "strict", "include-notes", "expand", "versions"];

/// The parameters of an address that no control of a room's form is for, and that go along unseen.
pub(super) fn others(visit: &Visit) -> Markup {
    unseen(&visit.address, &[FIELDS, NARROWING, &["q", "offset"]].concat())
}

/// What narrows a question of corpus analytics: fields, dates, how it is counted.
pub(super) fn narrowing(visit: &Visit, languages: &[String]) -> Markup {
    let (words, analytics) = (visit.wording(), visit.interface.analytics());
    let value = |name: &str| visit.address.value(name);
    html! {
        details.narrowing {
            summary { (words.filters) }
            div.inside {
                div.fields { (fields(visit, languages)) }
                (dates(visit))
                div.options {
                    @for (name, label) in [("strict", words.strict), ("include-notes", words.include_notes)] {
                        label.check { input type="checkbox" name=(name) value="true" form=(FORM) checked[value(name) == Some("true")]; " " (label) }
                    }
                    (one_of(words.expand, "expand", value("expand").unwrap_or("none"),
                        &[("none", words.expand_none), ("keywords", words.expand_keywords), ("all", words.expand_all)]))
                    (one_of(analytics.counted_versions, "versions", value("versions").unwrap_or("every"),
                        &[("every", analytics.every_version), ("once", analytics.one_version)]))
                    button form=(FORM) { (words.apply) }
                }
            }
        }
    }
}

fn one_of(label: &str, name: &str, chosen: &str, values: &[(&str, &str)]) -> Markup {
    html! {
        label for=(name) { (label) }
        select #(name) name=(name) form=(FORM) {
            @for (value, shown) in values { option value=(value) selected[*value == chosen] { (shown) } }
        }
    }
}

/// The box that one query is typed into, in a room of its own.
pub(super) fn asking(visit: &Visit, path: &str, is_focused: bool) -> Markup {
    let words = visit.wording();
    let query = visit.address.value("q").unwrap_or_default();
    html! {
        form #(FORM) role="search" action=(path) method="get" {
            label for="q" { (words.search_label) }
            div.box {
                input #q name="q" type="search" value=(query) dir="auto" autocomplete="off" autocapitalize="none"
                    spellcheck="false" enterkeyhint="search" autofocus[is_focused];
                button type="submit" { (visit.interface.analytics().show) }
            }
            (others(visit))
        }
    }
}

/// What the engine remarks on an answer, in the language of the interface where it can be said in it.
pub(super) fn remarks(visit: &Visit, warnings: &[String], undetermined: Option<u64>) -> Markup {
    let undetermined = undetermined.unwrap_or(0);
    html! {
        @if undetermined > 0 { p.remark { ((visit.wording().undetermined)(undetermined)) } }
        @for warning in warnings {
            @match visit.interface.remark(warning) {
                Some(remark) => p.remark { (Shown(&remark)) },
                None => p.remark lang="en" { (Shown(warning)) },
            }
        }
    }
}

/// What an answer is one to, so that it can be traced when it was printed or copied.
pub(super) fn stamp(
    visit: &Visit,
    interpreted: Option<&str>,
    circumstances: &Circumstances,
    corpus: &CorpusVersion,
) -> Markup {
    let digits: String = corpus.version.chars().take(VERSION_DIGITS).collect();
    let mut parts: Vec<String> = interpreted.map(str::to_owned).into_iter().collect();
    let line = circumstances.line();
    parts.extend((!line.is_empty()).then_some(line));
    let versions = crate::tally::VersionCounting::NAMES[circumstances.versions as usize].0;
    parts.push(format!("versions={versions}"));
    parts.push(format!("{} {digits}", corpus.name).trim_start().to_owned());
    parts.push(format!("chancery {}", crate::engine::TOOL_VERSION));
    html! {
        p.stamp { (visit.interface.analytics().stamp) " " bdi lang="" { (Shown(&parts.join(" · "))) } }
    }
}
