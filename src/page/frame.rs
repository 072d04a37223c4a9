//! What all pages have: the head, the way to the other pages, the footer.

use maud::{DOCTYPE, Markup, html};

use super::address::Address;
use super::assets::ASSETS;
use super::text::{Shown, shown};
use super::wording::{Interface, Wording};

/// Who asks for which page: in which language of the interface, at which address, of which corpus.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The language of the interface.
    pub interface: Interface,
    /// The address that was asked for.
    pub address: Address,
    /// The name of the corpus.
    pub corpus: String,
}

/// The rooms that the navigation leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Room {
    /// The search.
    Search,
    /// Every occurrence in its context.
    Concordance,
    /// Queries through time.
    Timeline,
    /// The first and the last use.
    Uses,
    /// The list of speeches.
    Speeches,
    /// How to ask.
    Help,
    /// None of them.
    Elsewhere,
}

impl Visit {
    /// The texts of the interface.
    pub(super) fn wording(&self) -> &'static Wording {
        self.interface.wording()
    }

    /// The address of another page, in the same language of the interface where that was chosen.
    pub(super) fn to(&self, path: &str) -> Address {
        self.address.only(&["ui"]).on(path)
    }
}

/// A whole page.
pub(super) fn page(visit: &Visit, title: &str, room: Room, content: &Markup) -> String {
    let words = visit.wording();
    let [style, script, icon] = &*ASSETS;
    let page = html! {
        (DOCTYPE)
        html lang=(words.tag) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title_of(title)) }
                link rel="icon" type="image/svg+xml" href=(icon.path);
                link rel="stylesheet" href=(style.path);
                script src=(script.path) defer {}
            }
            body {
                a.skip href="#main" { (words.skip) }
                (header(visit, room))
                main #main tabindex="-1" { (content) }
                footer.site {
                    p { (words.about_chancery) " " a href=(visit.to("/help")) { (words.help) } " · " a href="/openapi.json" { (words.interface_for_programs) } }
                }
                (keys(words))
            }
        }
    };
    page.into_string()
}

fn title_of(title: &str) -> String {
    match title.is_empty() {
        true => "Chancery".to_owned(),
        false => format!("{} · Chancery", shown(title)),
    }
}

fn header(visit: &Visit, room: Room) -> Markup {
    let (words, analytics) = (visit.wording(), visit.interface.analytics());
    let rooms = [
        (Room::Search, "/", words.search),
        (Room::Concordance, "/concordance", analytics.concordance),
        (Room::Timeline, "/timeline", analytics.timeline),
        (Room::Uses, "/first", analytics.uses),
        (Room::Speeches, "/speeches", words.speeches),
        (Room::Help, "/help", words.help),
    ];
    let other = visit.interface.other();
    let switched = visit.address.with("ui", other.name());
    html! {
        header.site {
            a.brand href=(visit.to("/")) { "Chancery" }
            @if !visit.corpus.is_empty() { span.corpus { (Shown(&visit.corpus)) } }
            nav #rooms aria-label=(words.rooms) data-live {
                @for (place, path, name) in rooms {
                    a href=(visit.to(path)) aria-current=[(place == room).then_some("page")] { (name) }
                }
                a.other-language href=(switched) lang=(other.wording().tag) hreflang=(other.wording().tag) rel="alternate" {
                    (other.wording().own_name)
                }
            }
        }
    }
}

/// The keys, shown when one asks for them.
fn keys(words: &Wording) -> Markup {
    html! {
        dialog #keys aria-labelledby="keys-title" {
            h2 #keys-title { (words.keys) }
            (key_list(words))
            form method="dialog" { button { (words.close) } }
        }
    }
}

/// Each key with what it does.
pub(super) fn key_list(words: &Wording) -> Markup {
    html! {
        dl.keys {
            @for (keys, meaning) in words.key_meanings {
                div {
                    dt { @for key in keys.split(' ') { kbd { (key) } " " } }
                    dd { (meaning) }
                }
            }
        }
    }
}
