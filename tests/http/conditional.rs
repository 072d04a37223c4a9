//! Conditional requests: what a client has already is not sent again, and nothing else is taken for it.

use chancery::http::Settings;
use chancery::names::Names;

use crate::support::command::{Workplace, four_speeches};
use crate::support::served::Routes;

use axum::http::Method;

const SEARCH: &str = "/api/v1/search?q=cooperation&facet=speaker";

fn tag(routes: &Routes, address: &str) -> String {
    routes.get(address).is(200).header("etag").to_owned()
}

fn asked_again(routes: &Routes, address: &str, tag: &str) -> u16 {
    let reply = routes.send(Method::GET, address, &[("if-none-match", tag)], "");
    reply.status.as_u16()
}

#[test]
fn what_a_client_has_is_not_sent_again() {
    let workplace = four_speeches();
    let routes = Routes::of(&workplace);
    for address in [
        SEARCH,
        "/api/v1/list",
        "/api/v1/speeches/one",
        "/?q=cooperation&ui=en",
        "/speeches/one?ui=zh",
    ] {
        let tag = tag(&routes, address);
        assert_eq!(asked_again(&routes, address, &tag), 304, "{address}");
        assert_eq!(
            asked_again(&routes, address, &format!("\"other\", {tag}")),
            304,
            "{address}"
        );
        assert_eq!(asked_again(&routes, address, "W/\"other\""), 200, "{address}");
    }
}

#[test]
fn a_tag_is_of_one_address_and_of_nothing_that_is_not_there() {
    let workplace = four_speeches();
    let routes = Routes::of(&workplace);
    let tag = tag(&routes, SEARCH);
    assert_eq!(asked_again(&routes, "/api/v1/search?q=water", &tag), 200);
    for wanted in [tag.as_str(), "*"] {
        assert_eq!(asked_again(&routes, "/api/v1/speeches/nope", wanted), 404);
        assert_eq!(asked_again(&routes, "/api/v1/search?q=%22", wanted), 400);
    }
    let json = [("content-type", "application/json"), ("if-none-match", "*")];
    let posted = routes.send(Method::POST, "/api/v1/search", &json, "{\"q\": \"water\"}");
    posted.is(200);
}

#[test]
fn other_names_and_other_speeches_have_other_tags() {
    let workplace = four_speeches();
    let before = tag(&Routes::of(&workplace), SEARCH);
    workplace.write("names.tsv", "沈怀川\tSHEN X\n");
    let names = Names::with_files(Some(&workplace.path().join("names.tsv")), None).expect("names");
    let settings = Settings {
        names: names.into(),
        ..Settings::new(workplace.path().join("index"))
    };
    assert_ne!(tag(&Routes::with(settings), SEARCH), before);
    assert_eq!(tag(&Routes::of(&workplace), SEARCH), before);
    add_one(&workplace);
    assert_ne!(tag(&Routes::of(&workplace), SEARCH), before);
}

fn add_one(workplace: &Workplace) {
    workplace.write(
        "more/a.jsonl",
        "{\"id\": \"five\", \"language\": \"en\", \"body\": \"One more.\"}",
    );
    workplace.run(&["ingest", "more"]).ended(0);
}
