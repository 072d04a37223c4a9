//! What differs between two speeches, paragraph by paragraph.

use maud::{Markup, html};

use super::address::speech_path;
use super::frame::{Room, Visit, page};
use super::hits::{byline, title};
use super::language::Tongue;
use super::text::Shown;
use crate::corpus::Metadata;
use crate::corpus::difference::PartKind;
use crate::engine::{ChangedParagraph, ChangedPart, SpeechDifference};

/// The page of a difference; `from` and `to` are what is known about the two speeches.
pub fn difference(visit: &Visit, difference: &SpeechDifference, from: &Metadata, to: &Metadata) -> String {
    let words = visit.wording();
    let side = |label: &str, id: &str, metadata: &Metadata| {
        html! {
            div.side {
                p.label { (label) }
                h2 { a href=(visit.to(&speech_path(id))) { (title(metadata, id)) } }
                (byline(visit, metadata))
            }
        }
    };
    let content = html! {
        article.difference {
            h1 { (words.what_differs) }
            div.sides {
                (side(words.first_text, &difference.from, from))
                (side(words.second_text, &difference.to, to))
            }
            p.remark {
                ((words.similar)(difference.similarity)) " · " ((words.unchanged)(difference.unchanged_paragraphs)) " · "
                span.gone { (words.only_in_first) } " " span.new { (words.only_in_second) }
            }
            @if difference.changes.is_empty() { p { (words.no_difference) } }
            div.body {
                @for change in &difference.changes { (paragraph(visit, change, &Tongue::of(from), &Tongue::of(to))) }
            }
        }
    };
    page(visit, words.what_differs, Room::Elsewhere, &content)
}

fn paragraph(visit: &Visit, change: &ChangedParagraph, from: &Tongue, to: &Tongue) -> Markup {
    let words = visit.wording();
    let tongue = if change.to_paragraph.is_some() { to } else { from };
    let number = |paragraph: Option<u32>| paragraph.map_or("–".to_owned(), |paragraph| paragraph.to_string());
    html! {
        p.change lang=[&tongue.tag] dir=[tongue.direction] {
            span.numbers lang=(words.tag) dir="ltr" { "¶ " (number(change.from_paragraph)) " → " (number(change.to_paragraph)) }
            @for part in &change.parts { (part_text(part)) }
        }
    }
}

fn part_text(part: &ChangedPart) -> Markup {
    match part.kind {
        PartKind::Equal => html! { (Shown(&part.text)) },
        PartKind::Delete => html! { del { (Shown(&part.text)) } },
        PartKind::Insert => html! { ins { (Shown(&part.text)) } },
    }
}
