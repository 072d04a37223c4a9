//! The way from one page of an answer to the next.

use maud::{Markup, html};

use super::address::Address;
use super::frame::Visit;

/// Where a page of an answer stands, and what stands beside it.
#[derive(Clone, Debug, Default)]
pub(super) struct Paging {
    /// The places of the first and the last that is shown, from 1.
    pub(super) shown: Option<(usize, usize)>,
    /// How many there are on all pages.
    pub(super) total: u64,
    /// The page before.
    pub(super) previous: Option<Address>,
    /// The first page, where the one before cannot be gone to.
    pub(super) first: Option<Address>,
    /// The page behind.
    pub(super) next: Option<Address>,
}

/// The links to the pages beside; nothing where all is on one page.
pub(super) fn paging(visit: &Visit, paging: &Paging) -> Markup {
    let words = visit.wording();
    let Some((first, last)) = paging.shown else {
        return html! {};
    };
    if paging.previous.is_none() && paging.first.is_none() && paging.next.is_none() {
        return html! {};
    }
    html! {
        nav.paging aria-label=(words.pages) {
            @if let Some(address) = &paging.first { a href=(address) rel="first" { (words.first_page) } }
            @if let Some(address) = &paging.previous { a href=(address) rel="prev" { "← " (words.previous) } }
            span.place { ((words.positions)(first, last, paging.total)) }
            @if let Some(address) = &paging.next { a href=(address) rel="next" { (words.next) " →" } }
        }
    }
}
