//! A speech laid out for reading: its paragraphs with their numbers, what a query marks in them, what is known about it, how to cite it.

mod aside;
mod body;

use maud::{Markup, html};

use super::address::speech_path;
use super::form::unseen;
use super::frame::{Room, Visit, page};
use super::hits::title;
use super::language::{Tongue, named};
use super::text::{Shown, shown};
use crate::citation::CitationStyle;
use crate::corpus::{Field, Metadata};
use crate::engine::SpeechView;

/// A speech to read.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The speech, marked where a query was given.
    pub speech: &'a SpeechView,
    /// The speeches around it.
    pub kin: Kin,
    /// How it is cited.
    pub citations: Vec<Citation>,
    /// The number of the paragraph that is cited, such as `9` or `9.2`; the whole speech where there is none.
    pub cited: Option<String>,
}

/// A citation in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The style.
    pub style: CitationStyle,
    /// The citation.
    pub text: String,
}

/// The speeches that a speech is linked with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kin {
    /// Versions of the same text.
    pub versions: Vec<Related>,
    /// What it was translated from.
    pub originals: Vec<Related>,
    /// What was translated from it, or from the same original.
    pub translations: Vec<Related>,
    /// The speech before, by the same speaker.
    pub earlier: Option<Related>,
    /// The speech after, by the same speaker.
    pub later: Option<Related>,
}

/// A speech that another one is linked with.
#[derive(Clone, Debug, PartialEq)]
pub struct Related {
    /// Its id.
    pub id: String,
    /// What is known about it; nothing where the index does not hold it.
    pub metadata: Option<Metadata>,
}

/// The page of a speech.
pub fn reader(visit: &Visit, reading: &Reading<'_>) -> String {
    let speech = reading.speech;
    let tongue = Tongue::of(&speech.metadata);
    let marks = speech
        .passages
        .iter()
        .filter_map(|passage| passage.highlights.as_ref())
        .map(Vec::len)
        .sum();
    let name = speech.metadata.value(Field::Title).unwrap_or(&speech.id);
    let content = html! {
        (way_back(visit))
        article.speech {
            (heading(visit, speech, &tongue))
            (find_inside(visit))
            (aside::aside(visit, reading))
            (body::body(visit, speech, &tongue, marks))
        }
        @if visit.address.value("q").is_some() { (hit_bar(visit, marks)) }
        (beside(visit, &reading.kin))
    };
    page(visit, &shown(name), Room::Elsewhere, &content)
}

/// Back to the answer that led here.
fn way_back(visit: &Visit) -> Markup {
    let words = visit.wording();
    let query = visit.address.value("q");
    html! {
        @if let Some(query) = query {
            p.way-back {
                a href=(visit.address.without(&["cite", "diff"]).on("/")) rel="up" { "← " (words.back_to) " " bdi.interpreted lang="" { (Shown(query)) } }
            }
        }
    }
}

fn heading(visit: &Visit, speech: &SpeechView, tongue: &Tongue) -> Markup {
    let value = |field| speech.metadata.value(field);
    html! {
        header.speech lang=[&tongue.tag] dir=[tongue.direction] {
            h1 { (title(&speech.metadata, &speech.id)) }
            @if let Some(subtitle) = value(Field::Subtitle) { p.subtitle { (Shown(subtitle)) } }
            p.byline {
                @if let Some(speaker) = value(Field::Speaker) {
                    span.speaker { @if let Some(role) = value(Field::Role) { span.role { (named(role)) } " " } (named(speaker)) }
                }
                @if let Some(date) = value(Field::Date) {
                    // The separator stands before the element, in the direction of the line.
                    span { time lang=(visit.wording().tag) dir="ltr" datetime=(Shown(date)) { (visit.interface.date(date)) } }
                }
                @if let Some(place) = value(Field::Place) { span { (named(place)) } }
            }
        }
    }
}

/// A box for what to mark in this speech.
fn find_inside(visit: &Visit) -> Markup {
    let words = visit.wording();
    html! {
        form.find-inside role="search" action=(visit.address.path()) method="get" {
            label for="q" { (words.find_in_speech) }
            input #q name="q" type="search" value=(visit.address.value("q").unwrap_or_default()) dir="auto" autocomplete="off"
                autocapitalize="none" spellcheck="false" enterkeyhint="search";
            (unseen(&visit.address, &["q", "cite", "diff", "offset", "after"]))
            button { (words.find) }
        }
    }
}

/// How many marks there are, and the way from one to the next.
fn hit_bar(visit: &Visit, marks: usize) -> Markup {
    let words = visit.wording();
    html! {
        nav #hit-bar aria-label=(words.hits) data-count=(marks) data-pattern=(words.hit_of) {
            span.where role="status" {
                @if marks == 0 { (words.none_in_speech) } @else { ((words.count_of_hits)(marks)) }
            }
            @if marks == 0 {
                a href=(visit.address.without(&["cite", "diff"]).on("/")) { (words.search_all) }
            } @else {
                a.first href="#hit-1" { (words.to_first_hit) }
                button.previous type="button" hidden title=(words.previous_hit) aria-label=(words.previous_hit) { "↑" }
                button.next type="button" hidden title=(words.next_hit) aria-label=(words.next_hit) { "↓" }
            }
            a.unmark href=(visit.to(visit.address.path())) { (words.without_marks) }
        }
    }
}

/// The speeches before and after by the same speaker.
fn beside(visit: &Visit, kin: &Kin) -> Markup {
    let words = visit.wording();
    let link = |related: &Related, label: &str, relation: &str| {
        html! {
            a href=(visit.to(&speech_path(&related.id))) rel=(relation) {
                span.label { (label) }
                (related.title())
                @if let Some(date) = related.value(Field::Date) { " " time datetime=(Shown(date)) { (visit.interface.date(date)) } }
            }
        }
    };
    html! {
        @if kin.earlier.is_some() || kin.later.is_some() {
            nav.beside aria-label=(words.same_speaker) {
                @if let Some(earlier) = &kin.earlier { (link(earlier, words.earlier, "prev")) }
                @if let Some(later) = &kin.later { (link(later, words.later, "next")) }
            }
        }
    }
}

impl Related {
    /// Its title; its id where that is all that is known.
    fn title(&self) -> Markup {
        self.metadata
            .as_ref()
            .map_or_else(|| named(&self.id), |metadata| title(metadata, &self.id))
    }

    fn value(&self, field: Field) -> Option<&str> {
        self.metadata.as_ref()?.value(field)
    }
}
