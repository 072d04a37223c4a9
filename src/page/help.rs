//! How to ask: the query language, the keys, the addresses.

use maud::html;

use super::form::query_language;
use super::frame::{Room, Visit, key_list, page};

/// The page that explains.
pub fn help(visit: &Visit) -> String {
    let words = visit.wording();
    let content = html! {
        div.help {
            h1 { (words.how_to_ask) }
            p.lead { (words.help_query) }
            (query_language(visit))
            @for paragraph in words.help_details { p { (paragraph) } }
            p { (visit.interface.analytics().help) }
            h2 { (words.keys) }
            p { (words.help_keys) }
            (key_list(words))
            h2 { (words.addresses) }
            p { (words.help_addresses) }
        }
    };
    page(visit, words.help, Room::Help, &content)
}
