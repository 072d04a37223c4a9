//! The form that a search is typed into, and the query language explained beside it.

use maud::{Markup, html};

use super::address::Address;
use super::frame::Visit;
use super::wording::QUERY_LANGUAGE;

/// The parameters that the form has controls of its own for; all others go along unseen.
const CONTROLS: &[&str] = &[
    "q",
    "from",
    "to",
    "strict",
    "include-notes",
    "partial",
    "expand",
    "offset",
    "after",
    "cite",
    "diff",
];

/// The id of the form, which controls elsewhere on the page belong to.
pub(super) const FORM: &str = "search";

/// The box to type a query into.
pub(super) fn form(visit: &Visit, is_focused: bool) -> Markup {
    let words = visit.wording();
    let query = visit.address.value("q").unwrap_or_default();
    html! {
        form #(FORM) role="search" action="/" method="get" {
            label for="q" { (words.search_label) }
            div.box {
                input #q name="q" type="search" value=(query) dir="auto" autocomplete="off" autocapitalize="none"
                    spellcheck="false" enterkeyhint="search" autofocus[is_focused];
                button type="submit" { (words.search) }
            }
            (unseen(&visit.address, CONTROLS))
            p #notice role="status" aria-live="polite" {}
        }
        details.language-table {
            summary { (words.how_to_ask) }
            (query_language(visit))
        }
    }
}

/// The parameters of an address as fields that are not shown, but for some.
pub(super) fn unseen(address: &Address, but: &[&str]) -> Markup {
    html! {
        @for (name, value) in address.pairs().filter(|(name, _)| !but.contains(name)) {
            input type="hidden" name=(name) value=(value);
        }
    }
}

/// The query language: what is typed, and what it means.
pub(super) fn query_language(visit: &Visit) -> Markup {
    let words = visit.wording();
    html! {
        table.query-language {
            thead { tr { th scope="col" { (words.typed) } th scope="col" { (words.meaning) } } }
            tbody {
                @for row in QUERY_LANGUAGE {
                    tr {
                        td { a href=(visit.to("/").with("q", row.typed)) data-insert=(row.typed) lang="" { code { (row.typed) } } }
                        td { (visit.interface.of(row.english, row.chinese)) }
                    }
                }
            }
        }
    }
}
