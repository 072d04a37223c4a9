//! The concordance: every occurrence on a line of its own, the occurrences below each other.

use maud::{Markup, html};

use super::address::{Address, speech_path};
use super::facets::filters_in_force;
use super::frame::{Room, Visit, page};
use super::language::{Tongue, named};
use super::paging::{Paging, paging};
use super::results::{choice, downloaded, page_sizes};
use super::text::Shown;
use super::views::{ASKED, asking, narrowing, remarks, stamp, views};
use crate::corpus::passage::place_in_speech;
use crate::engine::{Concordance, ConcordanceLine, USUAL_LINES};
use crate::index::CorpusVersion;

/// The numbers of lines a page that are offered.
const PAGE_SIZES: &[usize] = &[USUAL_LINES, 50, 100];

/// The sizes of samples that are offered.
const SAMPLES: &[u64] = &[50, 100, 500];

/// The widths of the column of occurrences, in cells of which a Han character takes two.
const WIDTHS: &[usize] = &[6, 10, 16, 24, 36];

/// A concordance to be shown.
#[derive(Debug)]
pub struct Lines<'a> {
    /// The lines and what they are of; nothing where nothing was asked.
    pub found: Option<&'a Concordance>,
    /// The corpus that was asked.
    pub corpus: &'a CorpusVersion,
    /// The primary subtags of the languages that the corpus holds.
    pub languages: &'a [String],
    /// The last line that an offset can reach.
    pub window: usize,
}

/// The page of a concordance.
pub fn concordance(visit: &Visit, lines: &Lines<'_>) -> String {
    let words = visit.interface.analytics();
    let content = html! {
        div.concordance {
            @if lines.found.is_none() { h1 { (words.lines) } p.lead { (words.concordance_lead) } }
            (asking(visit, "/concordance", lines.found.is_none()))
            (narrowing(visit, lines.languages))
            @match lines.found {
                Some(found) => (answer(visit, lines, found)),
                None => (filters_in_force(visit)),
            }
        }
    };
    let title = match lines.found {
        Some(found) => format!("{} · {}", found.query, words.concordance),
        None => words.concordance.to_owned(),
    };
    page(visit, &title, Room::Concordance, &content)
}

fn answer(visit: &Visit, lines: &Lines<'_>, found: &Concordance) -> Markup {
    let total = &found.total;
    let heading = match total.occurrences {
        0 => visit.wording().nothing_found.to_owned(),
        _ => (visit.wording().occurrences_of)(total.occurrences, total.passages, total.speeches),
    };
    html! {
        section.answer aria-labelledby="totals" {
            (views(visit, Room::Concordance))
            h1 #totals { (heading) }
            (remarks(visit, &found.warnings, found.undetermined))
            (filters_in_force(visit))
            @if total.occurrences > 0 {
                (choices(visit, found))
                (sampled(visit, found))
                (table(visit, found))
                (paging(visit, &pages(visit, lines, found)))
                (downloads(visit, lines, found))
            }
            (stamp(visit, Some(&found.interpreted), &found.circumstances, lines.corpus))
        }
    }
}

/// How much stands around, how many lines there are, how many of them on a page.
fn choices(visit: &Visit, found: &Concordance) -> Markup {
    let words = visit.interface.analytics();
    let address = visit.address.first_page();
    let context = |value: &str, name: String| {
        let address = match value {
            "30" => address.without(&["context"]),
            value => address.with("context", value),
        };
        (found.context == value, address, name)
    };
    let contexts = [
        context("15", (words.characters_around)(15)),
        context("30", (words.characters_around)(30)),
        context("60", (words.characters_around)(60)),
        context("8w", (words.words_around)(8)),
        context("sentence", words.sentence.to_owned()),
    ];
    let mut samples = vec![(
        found.sample.is_none(),
        address.without(&["sample", "seed"]),
        words.all_lines.to_owned(),
    )];
    let drawn = visit.address.value("sample").and_then(|size| size.parse().ok());
    for size in SAMPLES.iter().filter(|size| **size < found.total.occurrences) {
        let address = address.with("sample", size.to_string());
        samples.push((drawn == Some(*size), address, (words.sample_of)(*size)));
    }
    html! {
        div.choices {
            (labeled(words.context, &contexts))
            @if samples.len() > 1 { (labeled(words.sample, &samples)) }
            (page_sizes(visit, found.limit.unwrap_or(USUAL_LINES), PAGE_SIZES, USUAL_LINES))
        }
    }
}

/// Some ways to see an answer, with what they are ways of before them.
pub(super) fn labeled(label: &str, ways: &[(bool, Address, String)]) -> Markup {
    let ways: Vec<(bool, Address, &str)> = ways
        .iter()
        .map(|(is_in_force, address, name)| (*is_in_force, address.clone(), name.as_str()))
        .collect();
    html! { div.labeled { span.label aria-hidden="true" { (label) } (choice(label, &ways)) } }
}

/// That the lines are a sample, and how to draw another one.
fn sampled(visit: &Visit, found: &Concordance) -> Markup {
    let words = visit.interface.analytics();
    html! {
        @if let Some(sample) = found.sample {
            p.remark {
                ((words.is_sample)(sample.size, sample.of, sample.seed)) " "
                a href=(visit.address.first_page().with("seed", sample.seed.wrapping_add(1).to_string())) { (words.draw_again) }
            }
        }
    }
}

/// The columns: how each is sorted by, and what it is called.
fn columns(visit: &Visit) -> [(&'static str, &'static str, String); 6] {
    let (interface, words) = (visit.interface, visit.interface.analytics());
    [
        ("date", "date", interface.field("date")),
        ("speaker", "speaker", interface.field("speaker")),
        ("country", "country", interface.field("country")),
        ("before", "left", words.left.to_owned()),
        ("node", "node", words.node.to_owned()),
        ("behind", "right", words.right.to_owned()),
    ]
}

fn table(visit: &Visit, found: &Concordance) -> Markup {
    let words = visit.interface.analytics();
    let is_long = found.context == "sentence" || found.lines.iter().any(|line| cells(&line.left) > 160);
    let widest = found.lines.iter().map(|line| cells(&line.node)).max().unwrap_or(0);
    let width = WIDTHS
        .iter()
        .find(|width| **width >= widest)
        .unwrap_or(&WIDTHS[WIDTHS.len() - 1]);
    html! {
        div.lines.{ "node-" (width) } .whole[is_long] role="table" aria-labelledby="totals" {
            div.head role="rowgroup" {
                div.line role="row" {
                    @for (class, key, name) in columns(visit) {
                        div.(class) role="columnheader" aria-sort=(direction(found, key)) {
                            a href=(sorted(visit, found, key)) title=(words.sort_by) {
                                (name) span.arrow aria-hidden="true" { (arrow(found, key)) }
                            }
                        }
                    }
                }
            }
            div role="rowgroup" { @for line in &found.lines { (row(visit, line)) } }
        }
    }
}

/// Whether the lines stand in the order of a column first.
fn direction(found: &Concordance, key: &str) -> &'static str {
    match found.sort.first() {
        Some(first) if *first == key => "ascending",
        Some(first) if first.strip_prefix('-') == Some(key) => "descending",
        _ => "none",
    }
}

fn arrow(found: &Concordance, key: &str) -> &'static str {
    match direction(found, key) {
        "ascending" => " ↑",
        "descending" => " ↓",
        _ => "",
    }
}

/// The address of the lines sorted by a column; dates the other way round where they are in this order.
fn sorted(visit: &Visit, found: &Concordance, key: &str) -> Address {
    let address = visit.address.first_page();
    match (key, direction(found, key)) {
        ("date", "ascending") => address.with("sort", "-date"),
        ("date", _) => address.without(&["sort"]),
        (key, _) => address.with("sort", key),
    }
}

fn row(visit: &Visit, line: &ConcordanceLine) -> Markup {
    let tongue = line.language.as_deref().map_or_else(Tongue::default, Tongue::of_tag);
    let undated = visit.wording().undated;
    let part = |class: &str, content: &Markup| html! { div.(class) role="cell" lang=[&tongue.tag] dir=[tongue.direction] { (content) } };
    let node = html! {
        a.open href=(place(visit, line)) title=(Shown(&place_name(line))) { mark { (Shown(&line.node)) } }
    };
    html! {
        div.line.hit.rtl[tongue.direction == Some("rtl")] role="row" {
            div.date role="cell" {
                @match &line.date { Some(date) => time datetime=(Shown(date)) { (Shown(date)) }, None => (undated) }
            }
            div.speaker role="cell" { @if let Some(speaker) = &line.speaker { (named(speaker)) } }
            div.country role="cell" { @if let Some(country) = &line.country { (named(country)) } }
            (part("before", &html! { bdi { (Shown(&line.left)) } }))
            (part("node", &node))
            (part("behind", &html! { bdi { (Shown(&line.right)) } }))
        }
    }
}

/// Where a line stands: title and address.
fn place_name(line: &ConcordanceLine) -> String {
    let parts = [line.title.as_deref(), Some(line.passage.as_str())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The address at which an occurrence is read, marked as it was counted.
fn place(visit: &Visit, line: &ConcordanceLine) -> Address {
    let mut asked = visit.address.only(ASKED);
    if asked.value("expand").is_none() {
        asked = asked.with("expand", "none");
    }
    asked.on(speech_path(&line.speech)).at(place_in_speech(&line.passage))
}

/// The width of a text in cells: a character of East Asia takes two.
fn cells(text: &str) -> usize {
    text.chars()
        .map(|character| 1 + usize::from(character >= '\u{2E80}'))
        .sum()
}

fn pages(visit: &Visit, lines: &Lines<'_>, found: &Concordance) -> Paging {
    let address = visit.address.first_page();
    let at = |offset: usize| match offset {
        0 => address.clone(),
        _ => address.with("offset", offset.to_string()),
    };
    let total = found.sample.map_or(found.total.occurrences, |sample| sample.size);
    let (offset, limit) = (found.offset, found.limit.unwrap_or(USUAL_LINES));
    let following = offset.saturating_add(limit);
    let can_follow = limit > 0 && (following as u64) < total && following.saturating_add(limit) <= lines.window;
    Paging {
        shown: (!found.lines.is_empty()).then_some((offset + 1, offset + found.lines.len())),
        total,
        previous: (offset > 0).then(|| at(offset.saturating_sub(limit))),
        first: None,
        next: can_follow.then(|| at(following)),
    }
}

/// The same lines as a file, as many as an offset can reach.
fn downloads(visit: &Visit, lines: &Lines<'_>, found: &Concordance) -> Markup {
    let total = found.sample.map_or(found.total.occurrences, |sample| sample.size);
    let address = visit.address.first_page().without(&["ui"]).on("/api/v1/concordance");
    let address = address.with("limit", lines.window.to_string());
    html! {
        @if total > lines.window as u64 {
            p.remark { ((visit.interface.analytics().beyond_window)(lines.window as u64)) }
        }
        p.downloads {
            (downloaded(visit, lines.window, total)) " "
            a href=(address.with("format", "csv")) download="concordance.csv" { "CSV" } " · "
            a href=(address) download="concordance.json" { "JSON" }
        }
    }
}
