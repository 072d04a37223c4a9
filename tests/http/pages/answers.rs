//! The page says what the interface for programs says, and its addresses lead to what they name.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{PAGES, address_of, matched, page, text_of};
use crate::support::command::{four_speeches, sample};
use crate::support::served::Routes;

/// Queries of each kind, as they stand in an address.
const QUERIES: &[&str] = &[
    "%E9%93%81%E8%B7%AF+%E5%90%88%E4%BD%9C",
    "%22%E4%BA%92%E5%88%A9%E5%85%B1%E8%B5%A2%22",
    "water+cooperation",
    "cooperat*",
    "%E5%90%88%E4%BD%9C+NEAR/10+%E5%8F%91%E5%B1%95",
    "/%E5%90%88%E4%BD%9C.%7B0,6%7D%E5%8F%91%E5%B1%95/",
    "%22%E6%8E%8C%E5%A3%B0%22&include-notes=true",
    "speaker:%E6%B2%88%E6%80%80%E5%B7%9D",
    "%D8%A7%D9%84%D9%85%D8%A7%D8%A1",
];

/// The texts of the highlights of a passage that lie in a range, white space left out.
fn highlighted(passage: &Value, from: u64, to: u64) -> Vec<String> {
    let text: Vec<char> = passage["text"].as_str().expect("a text").chars().collect();
    let spans = passage["highlights"].as_array().expect("highlights").iter();
    let edge = |span: &Value, name: &str| span[name].as_u64().expect("a number").clamp(from, to) as usize;
    spans
        .map(|span| &text[edge(span, "start")..edge(span, "end").max(edge(span, "start"))])
        .filter(|part| !part.is_empty())
        .map(|part| part.iter().collect::<String>().split_whitespace().collect())
        .collect()
}

/// The texts of the marks in a part of a page.
fn marks(html: &str) -> Vec<String> {
    matched(r"(?s)<mark[^>]*>(.*?)</mark>", html)
        .iter()
        .map(|mark| text_of(mark))
        .collect()
}

#[test]
fn every_hit_is_marked_as_the_interface_for_programs_marks_it() {
    let routes = Routes::of(sample());
    for query in QUERIES {
        let answer = routes.get(&format!("/api/v1/search?q={query}")).is(200).json();
        let html = page(&routes, &format!("/?q={query}"), "en").is(200).text();
        let extracts = matched(r"(?s)<blockquote[^>]*>(.*?)</blockquote>", &html);
        let hits = answer["hits"].as_array().expect("hits");
        assert_eq!(extracts.len(), hits.len(), "{query}");
        for (hit, extract) in hits.iter().zip(&extracts) {
            let snippet = &hit["snippet"];
            let edge = |name: &str| snippet[name].as_u64().expect("a number");
            assert_eq!(marks(extract), highlighted(hit, edge("start"), edge("end")), "{query}");
        }
    }
}

#[test]
fn a_speech_is_marked_and_numbered_as_the_interface_for_programs_marks_it() {
    let routes = Routes::of(sample());
    let query = "%E5%90%88%E4%BD%9C+water";
    let listed = routes.get("/api/v1/list").is(200).json();
    for speech in listed["speeches"].as_array().expect("a list").iter().step_by(4) {
        let id = speech["id"].as_str().expect("an id");
        let shown = routes
            .get(&format!("/api/v1/speeches/{id}?highlight={query}"))
            .is(200)
            .json();
        let html = page(&routes, &format!("/speeches/{id}?q={query}"), "en").is(200).text();
        let passages = shown["passages"].as_array().expect("passages");
        let expected: Vec<String> = passages
            .iter()
            .flat_map(|passage| highlighted(passage, 0, u64::MAX))
            .collect();
        assert_eq!(marks(&html), expected, "{id}");
        let numbers: Vec<String> = (1..=expected.len()).map(|number| format!("hit-{number}")).collect();
        assert_eq!(matched(r#"<mark[^>]* id="(hit-\d+)""#, &html), numbers, "{id}");
        for passage in passages {
            let number = passage["passage"]
                .as_str()
                .and_then(|address| address.rsplit("#p").next())
                .expect("a number");
            assert!(
                html.contains(&format!("id=\"p{number}\"")),
                "{id} has no place p{number}"
            );
        }
    }
}

#[test]
fn every_link_leads_somewhere() {
    for workplace in [sample(), &four_speeches()] {
        let routes = Routes::of(workplace);
        let is_sample = std::ptr::eq(workplace, sample());
        let mut links = BTreeSet::new();
        for address in PAGES.iter().take(if is_sample { PAGES.len() } else { 1 }) {
            let html = page(&routes, address, "en").is(200).text();
            let own = matched(r#"(?:href|src)="(/[^"]*)""#, &html);
            links.extend(own.iter().map(|link| address_of(link)));
        }
        assert!(links.len() > 20, "{links:?}");
        for link in links.iter().filter(|link| *link != "/openapi.json") {
            let reply = routes.get(link);
            assert_eq!(reply.status.as_u16(), 200, "{link}: {}", reply.text());
        }
    }
}

#[test]
fn a_form_leads_to_the_address_without_what_chooses_nothing() {
    let routes = Routes::of(sample());
    let sent = "/?q=%E9%93%81%E8%B7%AF&from=&to=2020&speaker=&expand=keywords&limit=10&strict=";
    let reply = routes.get(sent).is(303);
    let address = reply.header("location").to_owned();
    assert_eq!(address, "/?q=%E9%93%81%E8%B7%AF&to=2020&strict=true");
    let first = page(&routes, &address, "en").is(200).text();
    assert_eq!(
        first,
        page(&routes, &address, "en").is(200).text(),
        "an address gives the same view again"
    );
}

#[test]
fn pages_of_an_answer_follow_one_another_without_a_gap() {
    let routes = Routes::of(sample());
    let mut address = "/?q=%E5%90%88%E4%BD%9C".to_owned();
    let mut places = Vec::new();
    loop {
        let html = page(&routes, &address, "en").is(200).text();
        places.extend(matched(r##"<a class="number"[^>]*title="([^"]*)""##, &html));
        match matched(r#"href="([^"]*)" rel="next""#, &html).first() {
            Some(next) => address = address_of(next),
            None => break,
        }
    }
    assert!(places.len() > 20, "there are several pages");
    let answer = routes
        .get("/api/v1/search?q=%E5%90%88%E4%BD%9C&limit=1000")
        .is(200)
        .json();
    let hits = answer["hits"].as_array().expect("hits").iter();
    let expected: Vec<&str> = hits.map(|hit| hit["passage"].as_str().expect("an address")).collect();
    assert_eq!(places, expected);
}

#[test]
fn a_value_of_a_filtered_field_can_be_added() {
    let routes = Routes::of(sample());
    let html = page(&routes, "/?q=%E9%93%81%E8%B7%AF&language=ar", "en").is(200).text();
    assert!(html.contains("language=ar&amp;language=zh"), "{html}");
    let both = page(&routes, "/?q=%E9%93%81%E8%B7%AF&language=en&language=zh", "en")
        .is(200)
        .text();
    assert!(
        both.contains("href=\"/?q=%E9%93%81%E8%B7%AF&amp;language=zh\""),
        "each can be taken away"
    );
}

#[test]
fn the_box_holds_the_query_to_the_last_character() {
    let routes = Routes::of(sample());
    let html = page(&routes, "/?q=%E9%93%81%E8%B7%AF%E2%80%AE++%22+a%22+", "en")
        .is(200)
        .text();
    assert!(html.contains("value=\"铁路\u{202E}  &quot; a&quot; \""), "{html}");
    assert!(!html.contains("maxlength"), "the server says what is too long");
}

#[test]
fn dates_are_taken_as_they_are_typed() {
    let routes = Routes::of(sample());
    let sent = "/?q=water&from=2013%E5%B9%B45%E6%9C%88&to=2016%2F05%2F3";
    let reply = routes.get(sent).is(303);
    assert_eq!(reply.header("location"), "/?q=water&from=2013-05&to=2016-05-03");
}

#[test]
fn the_address_of_a_passage_as_a_path_leads_to_its_place() {
    let routes = Routes::of(sample());
    for (path, place) in [
        (
            "/speeches/speeches/2017-health-ar%23p2",
            "/speeches/speeches/2017-health-ar#p2",
        ),
        (
            "/speeches/speeches%2F2017-health-ar%23p2.1?q=x",
            "/speeches/speeches/2017-health-ar?q=x#p2.1",
        ),
    ] {
        assert_eq!(routes.get(path).is(303).header("location"), place);
    }
    routes.get("/speeches/speeches/2017-health-ar%23px").is(404);
}

#[test]
fn a_speech_has_a_box_of_its_own() {
    let routes = Routes::of(sample());
    for address in [
        "/speeches/speeches/2017-health-ar",
        "/speeches/speeches/2017-health-ar?q=zzzz",
    ] {
        let html = page(&routes, address, "en").is(200).text();
        let form = matched(r#"(<form class="find-inside"[^>]*>)"#, &html);
        assert!(
            form[0].contains("action=\"/speeches/speeches/2017-health-ar\""),
            "{form:?}"
        );
        assert_eq!(matched(r#"(<input id="q" name="q")"#, &html).len(), 1, "{address}");
    }
}

#[test]
fn a_reference_has_italics_and_no_asterisks() {
    let routes = Routes::of(sample());
    let html = page(&routes, "/speeches/speeches/2017-health-ar", "en").is(200).text();
    let reference = &matched(r#"(?s)<p[^>]* id="cite-apa"[^>]*>(.*?)</p>"#, &html)[0];
    assert!(reference.contains("<i>") && !reference.contains('*'), "{reference}");
}

#[test]
fn examples_of_the_first_page_find_something() {
    let routes = Routes::of(sample());
    for (language, letter) in [("zh", r"\p{Han}"), ("en", "[a-z]")] {
        let html = page(&routes, "/", language).is(200).text();
        let examples = &matched(r#"(?s)<p class="examples">(.*?)</p>"#, &html)[0];
        let links = matched(r#"href="([^"]*)""#, examples);
        assert!(
            !matched(&format!("(&quot;{letter}[^&]*&quot;)"), examples).is_empty(),
            "one is a string in quotation marks: {examples}"
        );
        for link in links {
            let found = page(&routes, &address_of(&link), language).is(200).text();
            assert!(found.contains("class=\"hits\""), "{link} finds something");
        }
    }
}
