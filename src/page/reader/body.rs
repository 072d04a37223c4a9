//! The text of a speech: its paragraphs, whole where they are kept in pieces, each with its number.

use maud::{Markup, html};

use super::super::address::speech_path;
use super::super::frame::Visit;
use super::super::language::{Tongue, named};
use super::super::marks::{Marked, Numbering};
use super::super::text::Shown;
use crate::engine::{PassageView, SpeechView};

/// The text; `marks` is the number of what is marked in it.
pub(super) fn body(visit: &Visit, speech: &SpeechView, tongue: &Tongue, marks: usize) -> Markup {
    let mut numbering = Numbering::new(marks);
    let mut speaker: Option<&str> = None;
    let paragraphs: Vec<&[PassageView]> = (speech.passages)
        .chunk_by(|left, right| left.paragraph == right.paragraph)
        .collect();
    html! {
        div.body lang=[&tongue.tag] dir=[tongue.direction] {
            @for (index, pieces) in paragraphs.iter().enumerate() {
                @let before = index.checked_sub(1).and_then(|index| paragraphs[index].last());
                @if let Some(turn) = new_speaker(&mut speaker, pieces, before) { p.turn { (named(turn)) } }
                (paragraph(visit, &speech.id, pieces, &mut numbering))
            }
        }
        (matter(visit, speech, tongue))
    }
}

/// What stood beside the speech in its source, folded up below it.
fn matter(visit: &Visit, speech: &SpeechView, tongue: &Tongue) -> Markup {
    let words = visit.wording();
    html! {
        @if !speech.matter.is_empty() {
            details.matter {
                summary { (words.matter) }
                p.reason { (words.matter_explained) }
                div lang=[&tongue.tag] dir=[tongue.direction] {
                    @for matter in &speech.matter {
                        p #{ "m" (matter.n) } {
                            @for (index, line) in matter.text.lines().enumerate() { @if index > 0 { br; } (Shown(line)) }
                        }
                    }
                }
            }
        }
    }
}

/// The speaker of a paragraph, where another one spoke before and neither the paragraph nor the one before it says so.
fn new_speaker<'a>(
    speaker: &mut Option<&'a str>,
    pieces: &'a [PassageView],
    before: Option<&PassageView>,
) -> Option<&'a str> {
    let first = pieces.first()?;
    let own = first.speaker.as_deref();
    let is_new = own != *speaker;
    *speaker = own;
    let before = before.map_or("", |piece| piece.text.as_str());
    own.filter(|own| is_new && !announces(&first.text, own) && !(ends_in_colon(before) && announces(before, own)))
}

/// Whether a text begins with a name and a colon; the name may stand there shorter, or with an office before it.
fn announces(text: &str, name: &str) -> bool {
    let Some((opening, _)) = text.split_once([':', '：']) else {
        return false;
    };
    let plain = |text: &str| -> String { text.chars().filter(|character| !character.is_whitespace()).collect() };
    let (opening, name) = (plain(opening), plain(name));
    !opening.is_empty() && (opening.contains(&name) || name.contains(&opening))
}

fn ends_in_colon(text: &str) -> bool {
    text.trim_end().ends_with([':', '：'])
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
