//! The text of a speech: its paragraphs, whole where they are kept in pieces, each with its number.

use maud::{Markup, html};

use super::super::address::speech_path;
use super::super::frame::Visit;
use super::super::language::{Tongue, named};
use super::super::marks::{Marked, Numbering};
use crate::engine::{PassageView, SpeechView};

/// The text; `marks` is the number of what is marked in it.
pub(super) fn body(visit: &Visit, speech: &SpeechView, tongue: &Tongue, marks: usize) -> Markup {
    let mut numbering = Numbering::new(marks);
    let mut speaker: Option<&str> = None;
    html! {
        div.body lang=[&tongue.tag] dir=[tongue.direction] {
            @for pieces in speech.passages.chunk_by(|left, right| left.paragraph == right.paragraph) {
                @if let Some(turn) = new_speaker(&mut speaker, pieces) { p.turn { (named(turn)) } }
                (paragraph(visit, &speech.id, pieces, &mut numbering))
            }
        }
    }
}

/// The speaker of a paragraph, where another one spoke before and the text does not say it itself.
fn new_speaker<'a>(speaker: &mut Option<&'a str>, pieces: &'a [PassageView]) -> Option<&'a str> {
    let first = pieces.first()?;
    let own = first.speaker.as_deref();
    let is_new = own != *speaker;
    *speaker = own;
    let opening = first.text.split([':', '：']).next().unwrap_or_default();
    own.filter(|own| is_new && !opening.contains(own))
}

fn paragraph(visit: &Visit, id: &str, pieces: &[PassageView], numbering: &mut Numbering) -> Markup {
    let Some(first) = pieces.first() else {
        return html! {};
    };
    let number = first.paragraph;
    let text = html! {
        @for piece in pieces {
            @match piece.piece {
                Some(part) => span #{ "p" (number) "." (part) } { (text(visit, piece, numbering)) },
                None => (text(visit, piece, numbering)),
            }
        }
        (permalink(visit, id, number))
    };
    match first.heading {
        true => html! { h2 #{ "p" (number) } { (text) } },
        false => html! { p #{ "p" (number) } { (text) } },
    }
}

fn text(visit: &Visit, piece: &PassageView, numbering: &mut Numbering) -> Markup {
    let highlights = piece.highlights.as_deref().unwrap_or_default();
    Marked::new(&piece.text, highlights, visit.wording()).whole(numbering)
}

fn permalink(visit: &Visit, id: &str, number: u32) -> Markup {
    let words = visit.wording();
    let address = visit.to(&speech_path(id)).without(&["ui"]).at(format!("p{number}"));
    html! {
        a.permalink href=(address) lang=(words.tag) dir="ltr" title=(words.permalink) aria-label={ (words.permalink) " " (number) } { "¶ " (number) }
    }
}
