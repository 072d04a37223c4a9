//! Pages of answers, and the links between them; lists without pages; parameters of passages.

use std::collections::BTreeMap;

use chancery::http::{Limits, Settings};
use serde_json::Value;

use crate::support::command::sample;
use crate::support::served::{Reply, Routes};

/// The links of a reply, by their relations.
fn links(reply: &Reply) -> BTreeMap<String, String> {
    let read = |link: &str| {
        let (address, relation) = link.split_once(">; rel=\"").expect("an address and a relation");
        (
            relation.trim_end_matches('"').to_owned(),
            address.trim_start_matches('<').to_owned(),
        )
    };
    let links = reply.header("link").split(", ").filter(|link| !link.is_empty());
    links.map(read).collect()
}

fn ids(reply: &Reply) -> Vec<String> {
    let answer = reply.json();
    let listed = answer["speeches"]
        .as_array()
        .or(answer["hits"].as_array())
        .expect("a list");
    let id = |shown: &Value| {
        shown
            .get("passage")
            .or(shown.get("id"))
            .and_then(Value::as_str)
            .map(str::to_owned)
    };
    listed.iter().map(|shown| id(shown).expect("an id")).collect()
}

/// What stands on the pages from one back to the first, the first page first.
fn walked_back(routes: &Routes, from: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut address = Some(from.to_owned());
    while let Some(here) = address {
        let page = routes.get(&here).is(200);
        all.splice(0..0, ids(&page));
        address = links(&page).get("prev").cloned();
        assert_ne!(address.as_ref(), Some(&here));
    }
    all
}

#[test]
fn the_pages_before_one_show_everything_before_it_once() {
    let routes = Routes::of(sample());
    for (root, most) in [
        ("/api/v1/list?sort=date", 1_000),
        ("/api/v1/search?q=%E5%90%88%E4%BD%9C", 1_000),
    ] {
        let all = ids(&routes.get(&format!("{root}&limit={most}")).is(200));
        assert!(all.len() > 5, "{root}");
        for (offset, limit) in [(0, 5), (5, 5), (7, 5), (3, 5), (11, 3)] {
            let walked = walked_back(&routes, &format!("{root}&limit={limit}&offset={offset}"));
            assert_eq!(
                walked,
                all[..(offset + limit).min(all.len())],
                "{root} {offset} {limit}"
            );
        }
        for offset in [9_000, 9_003] {
            assert_eq!(
                walked_back(&routes, &format!("{root}&limit=5&offset={offset}")),
                all,
                "{root} {offset}"
            );
        }
    }
}

#[test]
fn a_page_without_room_leads_nowhere() {
    let routes = Routes::of(sample());
    for address in [
        "/api/v1/list?limit=0&offset=3",
        "/api/v1/search?q=water&limit=0&offset=3",
        "/api/v1/list",
    ] {
        assert_eq!(routes.get(address).is(200).header("link"), "", "{address}");
    }
}

#[test]
fn a_page_behind_a_cursor_knows_the_first_one() {
    let routes = Routes::of(sample());
    let first = "/api/v1/search?q=water&limit=3";
    let page = routes.get(first).is(200);
    let cursor = page.json()["next"].as_str().expect("a cursor").to_owned();
    let behind = links(&routes.get(&format!("{first}&after={cursor}")).is(200));
    assert!(
        behind.contains_key("next") && !behind.contains_key("prev"),
        "{behind:?}"
    );
    assert_eq!(ids(&routes.get(&behind["first"]).is(200)), ids(&page));
}

#[test]
fn a_list_without_a_limit_is_whole_as_on_the_command_line() {
    let routes = Routes::with(Settings {
        limits: Limits {
            window: 2,
            ..Limits::default()
        },
        ..Settings::new(sample().path().join("index"))
    });
    for (arguments, address) in [
        (&["list"][..], "/api/v1/list"),
        (&["list", "--limit", "7"], "/api/v1/list?limit=7"),
    ] {
        let without_time = |mut answer: Value| {
            answer["took_ms"] = Value::Null;
            answer
        };
        let over_http = without_time(routes.get(address).is(200).json());
        assert_eq!(over_http, without_time(sample().json(arguments)), "{address}");
    }
}

#[test]
fn a_passage_takes_no_parameter_that_names_another_one() {
    let routes = Routes::of(sample());
    let listed = ids(&routes.get("/api/v1/list?limit=1").is(200));
    let speech = format!("/api/v1/speeches/{}", listed[0].replace('/', "%2F"));
    let passage = format!("{speech}/passages/1");
    routes.get(&passage).is(200);
    routes.get(&format!("{speech}?paragraph=1")).is(200);
    for (address, parameter) in [
        (format!("{passage}?paragraph=2"), "paragraph"),
        (format!("{passage}?speech=other"), "speech"),
        (format!("{speech}?speech=other"), "speech"),
    ] {
        let problem = routes.get(&address).is(400).json();
        assert_eq!(
            (&problem["code"], &problem["parameter"]),
            (&"invalid_parameter".into(), &parameter.into())
        );
        assert!(
            problem["detail"]
                .as_str()
                .is_some_and(|detail| detail.contains("is not a parameter"))
        );
    }
    for number in ["+1", "%2B1", "-1", "", "1.", ".1", "x", "99999999999"] {
        assert_eq!(
            routes.get(&format!("{speech}/passages/{number}")).status,
            404,
            "{number}"
        );
    }
}
