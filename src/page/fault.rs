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
    /// What to do next, in English, if there is something.
    pub hint: Option<String>,
    /// Where in the query it lies, if it lies there.
    pub query: Option<QueryFault>,
}

/// The kinds of faults that a reader tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The query cannot be read.
    Query,
    /// Something else in the address cannot be understood.
    Address,
    /// There is nothing there.
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
    let words = visit.wording();
    let (title, advice) = match fault.kind {
        FaultKind::Query => (words.fault_query, words.advice_query),
        FaultKind::Address => (words.fault_address, words.advice_address),
        FaultKind::Nothing => (words.fault_nothing, words.advice_nothing),
        FaultKind::Busy => (words.fault_busy, words.advice_busy),
        FaultKind::Server => (words.fault_server, words.advice_server),
    };
    let content = html! {
        div #view {
            div #opening data-live {}
            (form(visit, false))
            div #results data-live {
                section.fault aria-labelledby="fault" {
                    h1 #fault { (title) }
                    @if let Some(query) = &fault.query { (marked_query(query)) }
                    p.detail lang="en" { (Shown(&fault.detail)) }
                    @if let Some(hint) = &fault.hint { p.hint lang="en" { (Shown(hint)) } }
                    p { (advice) " " a href=(visit.to("/help")) { (words.how_to_ask) } }
                }
            }
        }
    };
    page(visit, title, Room::Search, &content)
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
