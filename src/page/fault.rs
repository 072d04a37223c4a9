//! What could not be answered, and what to do next.

use maud::{Markup, html};

use super::form::form;
use super::frame::{Room, Visit, page};
use super::text::{Shown, shown_character};
use crate::text::CharSpan;

/// Why a page could not be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What kind of fault it is.
    pub kind: FaultKind,
    /// What is wrong, in English.
    pub detail: String,
    /// What to write instead, in English, if that can be said to whoever reads a page.
    pub hint: Option<String>,
    /// Where in the query it lies, if it lies there.
    pub query: Option<QueryFault>,
}

/// The kinds of faults that a reader tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The query cannot be read.
    Query,
    /// The query is too long.
    LongQuery,
    /// A date of a range cannot be read, or the range ends before it begins.
    Dates,
    /// The page lies behind what can be reached.
    Window,
    /// Something else in the address cannot be understood.
    Address,
    /// There is no such speech.
    Speech,
    /// The speech is there, the paragraph is not.
    Paragraph,
    /// There is nothing at the path.
    Nothing,
    /// The server has too much to do, or the answer takes too long.
    Busy,
    /// The server failed.
    Server,
}

/// A place in a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryFault {
    /// The query.
    pub query: String,
    /// The code points at fault.
    pub place: CharSpan,
}

/// The page of a fault.
pub fn fault(visit: &Visit, fault: &Fault) -> String {
    let text = visit.interface.fault(fault.kind);
    let content = html! {
        div #view {
            div #opening data-live {}
            (form(visit, false))
            div #results data-live {
                section.fault aria-labelledby="fault" {
                    h1 #fault { (text.headline) }
                    @if let Some(query) = &fault.query { (marked_query(query)) }
                    (reason(visit, fault))
                    p { @if fault.query.is_some() { (visit.wording().place_is_marked) " " } (text.advice) " " (way_on(visit, fault.kind)) }
                }
            }
        }
    };
    page(visit, text.headline, Room::Search, &content)
}

/// What is wrong: in the language of the interface where it can be said in it, else as the engine says it.
fn reason(visit: &Visit, fault: &Fault) -> Markup {
    match visit
        .interface
        .query_fault(&fault.detail)
        .filter(|_| fault.query.is_some())
    {
        Some(sentence) => html! { p.detail { (Shown(&sentence)) } },
        None => html! {
            p.detail lang="en" { (Shown(&fault.detail)) }
            @if let Some(hint) = &fault.hint { p.hint lang="en" { (Shown(hint)) } }
        },
    }
}

/// Where to go from here.
fn way_on(visit: &Visit, kind: FaultKind) -> Markup {
    let words = visit.wording();
    match kind {
        FaultKind::Speech => html! { a href=(visit.to("/speeches")) { (words.speeches) } },
        FaultKind::Paragraph => html! { a href=(visit.address.without(&["cite"])) { (words.whole_speech) } },
        _ => html! { a href=(visit.to("/help")) { (words.how_to_ask) } },
    }
}

/// The query with the place marked; an empty place is marked where it lies.
fn marked_query(fault: &QueryFault) -> Markup {
    let part = |start: usize, end: usize| -> String {
        let characters = fault.query.chars().skip(start).take(end.saturating_sub(start));
        characters.filter_map(shown_character).collect()
    };
    let CharSpan { start, end } = fault.place;
    let marked = part(start, end);
    html! {
        p.query lang="" {
            bdi {
                (Shown(&part(0, start)))
                mark.wrong { @if marked.trim().is_empty() { "␣" } @else { (Shown(&marked)) } }
                (Shown(&part(end, usize::MAX)))
            }
        }
    }
}
