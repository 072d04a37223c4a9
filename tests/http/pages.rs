//! The page for people, without a browser: it says what the interface for programs says, everything in it leads somewhere, and
//! nothing that comes from a corpus or an address is more than text.

mod analytics;
mod answers;
mod harmless;
mod languages;

use regex::Regex;

use crate::support::served::{Reply, Routes};

/// Every kind of page of the sample corpus.
const PAGES: &[&str] = &[
    "/",
    "/?q=%E9%93%81%E8%B7%AF",
    "/?q=%22%E4%BA%92%E5%88%A9%E5%85%B1%E8%B5%A2%22&speaker=%E6%B2%88%E6%80%80%E5%B7%9D&from=2013&to=2016&strict=true",
    "/?q=water+cooperation&by=speech&sort=-date&limit=20&language=en",
    "/?q=raiway",
    "/speeches",
    "/speeches?sort=-date&offset=20&language=zh",
    "/speeches?versions=true",
    "/speeches/speeches/2023-railway-phase-three?q=%E9%93%81%E8%B7%AF",
    "/speeches/speeches/2017-health-ar?cite=2",
    "/speeches/press/2019-foreign-minister",
    "/speeches/speeches/2021-ai-forum?diff=statements%2F2021-ai-initiative",
    "/concordance",
    "/concordance?q=%E9%93%81%E8%B7%AF&speaker=%E6%B2%88%E6%80%80%E5%B7%9D&sort=right&context=sentence&limit=50",
    "/concordance?q=%E5%90%88%E4%BD%9C+OR+%D8%A7%D9%84%D9%85%D8%A7%D8%A1&sample=5&sort=-date&offset=2&versions=once",
    "/timeline",
    "/timeline?q=%E9%93%81%E8%B7%AF&q=%22%E4%BA%92%E5%88%A9%E5%85%B1%E8%B5%A2%22&from=2014-03&to=2021",
    "/timeline?q=water&by=speaker&period=quarter&value=share&language=en",
    "/first",
    "/first?q=%E9%93%81%E8%B7%AF&by=speaker",
    "/help",
];

/// Pages that are errors.
const FAULTS: &[(&str, u16)] = &[
    ("/?q=railway+AND+(", 400),
    ("/?nothing=known", 400),
    ("/?q=a&from=2020&to=2010", 400),
    ("/speeches/no/such/speech", 404),
    ("/speeches/speeches/2017-health-ar?cite=99", 404),
    ("/nowhere", 404),
    ("/concordance?q=speaker:%E6%B2%88%E6%80%80%E5%B7%9D", 400),
    ("/concordance?q=water&sort=color", 400),
    ("/timeline?q=water&q=%22water", 400),
    ("/first?q=water&by=speaker,country,event", 400),
];

/// A page in a language of the interface.
fn page(routes: &Routes, address: &str, language: &str) -> Reply {
    routes.send(
        axum::http::Method::GET,
        address,
        &[("accept-language", language), ("accept", "text/html")],
        "",
    )
}

/// The parts of a text that the first group of a pattern matches.
fn matched(pattern: &str, text: &str) -> Vec<String> {
    let pattern = Regex::new(pattern).expect("a pattern");
    pattern.captures_iter(text).map(|found| found[1].to_owned()).collect()
}

/// The start tags of a page.
fn tags(html: &str) -> Vec<String> {
    matched(r"(<[a-zA-Z][^>]*>)", html)
}

/// HTML as it is read: without tags, entities as their characters, white space left out.
fn text_of(html: &str) -> String {
    let plain = Regex::new("<[^>]*>").expect("a pattern").replace_all(html, "");
    let read = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")]
        .iter()
        .fold(plain.into_owned(), |text, (entity, character)| {
            text.replace(entity, character)
        });
    read.split_whitespace().collect()
}

/// A path and query as a link of a page has them.
fn address_of(link: &str) -> String {
    link.replace("&amp;", "&")
        .split('#')
        .next()
        .unwrap_or_default()
        .to_owned()
}
