//! Hits: passages, and speeches with their best passages.

use maud::{Markup, html};

use super::address::{PLACE, speech_path};
use super::frame::Visit;
use super::language::{Tongue, named};
use super::marks::Marked;
use super::text::Shown;
use crate::corpus::passage::place_in_speech;
use crate::corpus::{Field, Metadata};
use crate::search::{Hit, PassageHit, SpeechHit};

/// The hits of a page, in order.
pub(super) fn hits(visit: &Visit, hits: &[Hit]) -> Markup {
    let first_partial = hits.iter().position(is_partial).unwrap_or(hits.len());
    let (matching, partial) = hits.split_at(first_partial);
    html! {
        (hit_list(visit, matching))
        @if !partial.is_empty() {
            p.remark { (visit.wording().partial_hits) }
            (hit_list(visit, partial))
        }
    }
}

/// Whether a hit fills up the page behind few matches.
fn is_partial(hit: &Hit) -> bool {
    matches!(hit, Hit::Passage(hit) if hit.partial)
}

fn hit_list(visit: &Visit, hits: &[Hit]) -> Markup {
    let start = hits.first().map(|hit| match hit {
        Hit::Passage(hit) => hit.rank,
        Hit::Speech(hit) => hit.rank,
    });
    html! {
        ol.hits start=[start] {
            @for hit in hits {
                li.hit {
                    @match hit {
                        Hit::Passage(hit) => (passage_hit(visit, hit)),
                        Hit::Speech(hit) => (speech_hit(visit, hit)),
                    }
                }
            }
        }
    }
}

fn passage_hit(visit: &Visit, hit: &PassageHit) -> Markup {
    html! {
        h2 { a.open href=(passage_address(visit, hit)) { (title(&hit.metadata, &hit.speech)) } }
        (byline(visit, &hit.metadata))
        (extract(visit, hit))
    }
}

fn speech_hit(visit: &Visit, hit: &SpeechHit) -> Markup {
    let words = visit.wording();
    let address = visit.address.without(PLACE).on(speech_path(&hit.speech));
    html! {
        h2 { a.open href=(address) { (title(&hit.metadata, &hit.speech)) } }
        (byline(visit, &hit.metadata))
        p.matching { (words.in_this_speech) " " ((words.passages)(hit.matching_passages)) }
        @for passage in &hit.passages { (extract(visit, passage)) }
    }
}

/// The extract of a passage with its marks, the section it stands in and its number.
fn extract(visit: &Visit, hit: &PassageHit) -> Markup {
    let words = visit.wording();
    let tongue = Tongue::of(&hit.metadata);
    let place = place_in_speech(&hit.passage);
    let (mark, number) = place.strip_prefix('p').map_or(("", place), |number| ("¶ ", number));
    html! {
        div.extract {
            @if let Some(section) = &hit.section { p.section { (tongue.says(section)) } }
            blockquote lang=[&tongue.tag] dir=[tongue.direction] {
                (Marked::new(&hit.text, &hit.highlights, words).extract(hit.snippet))
            }
            a.number href=(passage_address(visit, hit)) aria-label={ (words.paragraph) " " (number) } title=(Shown(&hit.passage)) { (mark) (number) }
        }
    }
}

/// The address at which a passage is read, marked, with the way back to the answer in it.
fn passage_address(visit: &Visit, hit: &PassageHit) -> String {
    visit
        .address
        .on(speech_path(&hit.speech))
        .at(place_in_speech(&hit.passage))
        .to_string()
}

/// The title of a speech; its id where it has none.
pub(super) fn title(metadata: &Metadata, id: &str) -> Markup {
    match metadata.value(Field::Title) {
        Some(title) => Tongue::of(metadata).says(title),
        None => named(id),
    }
}

/// Who spoke when, where, on which occasion.
pub(super) fn byline(visit: &Visit, metadata: &Metadata) -> Markup {
    let value = |field| metadata.value(field);
    html! {
        p.byline {
            @if let Some(speaker) = value(Field::Speaker) { span.speaker { (named(speaker)) } }
            @if let Some(date) = value(Field::Date) { span { time datetime=(Shown(date)) { (visit.interface.date(date)) } } }
            @for text in [value(Field::Place), value(Field::Event)].into_iter().flatten() { span { (named(text)) } }
        }
    }
}
