//! The interface speaks the language that the browser asks for, or the one that was chosen; a fault is a page for people only.

use axum::http::Method;
use chancery::http::Settings;

use super::{FAULTS, PAGES, matched, page};
use crate::support::command::sample;
use crate::support::served::Routes;

#[test]
fn the_interface_speaks_the_language_that_is_asked_for() {
    let routes = Routes::of(sample());
    for (address, language, expected) in [
        ("/", "zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("/", "en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("/", "fr", "en"),
        ("/?ui=en", "zh", "en"),
        ("/?ui=zh", "en", "zh-Hans"),
        ("/nowhere?ui=zh", "en", "zh-Hans"),
    ] {
        let reply = page(&routes, address, language);
        assert_eq!(
            matched(r#"<html lang="([^"]*)""#, &reply.text()),
            [expected],
            "{address} {language}"
        );
        assert!(
            reply.header("vary").to_lowercase().contains("accept-language"),
            "{address}"
        );
    }
}

#[test]
fn a_chosen_language_stays_chosen() {
    let routes = Routes::of(sample());
    for address in PAGES {
        let with = format!("{address}{}ui=zh", if address.contains('?') { "&" } else { "?" });
        let html = page(&routes, &with, "en").is(200).text();
        let links = matched(
            r#"href="(/(?:speeches|help|concordance|timeline|first|\?)[^"]*)""#,
            &html,
        );
        let outside = |link: &&String| !link.contains("ui=") && !link.contains("#p") && !link.contains("/speeches/");
        let without: Vec<&String> = links.iter().filter(outside).collect();
        assert!(without.is_empty(), "{with}: {without:?}");
    }
}

#[test]
fn each_language_has_its_own_tag_and_an_unchanged_page_is_not_sent_again() {
    let routes = Routes::of(sample());
    let english = page(&routes, "/help", "en").is(200).header("etag").to_owned();
    let chinese = page(&routes, "/help", "zh").is(200).header("etag").to_owned();
    assert_ne!(english, chinese);
    let ask = |language: &str| {
        routes.send(
            Method::GET,
            "/help",
            &[("accept-language", language), ("if-none-match", &english)],
            "",
        )
    };
    let unchanged = ask("en").is(304);
    assert_eq!(unchanged.body.len(), 0);
    let policy = page(&routes, "/help", "en")
        .header("content-security-policy")
        .to_owned();
    assert_eq!(
        unchanged.header("content-security-policy"),
        policy,
        "the browser keeps the policy of the page"
    );
    ask("zh").is(200);
}

#[test]
fn people_are_told_of_faults_in_a_page_and_programs_in_json() {
    let routes = Routes::of(sample());
    for (address, status) in FAULTS {
        let reply = page(&routes, address, "zh").is(*status);
        assert!(reply.text().contains("id=\"fault\""), "{address}");
    }
    let query = page(&routes, "/?q=railway+AND+(", "en").is(400).text();
    assert_eq!(
        matched(r#"<mark class="wrong">([^<]*)</mark>"#, &query).len(),
        1,
        "the place is marked"
    );
    assert!(query.contains("value=\"railway AND (\""), "what was typed is kept");
    for address in ["/api/v1/nothing", "/api/v1/search?q=a+AND", "/health/nothing"] {
        let reply = page(&routes, address, "en");
        assert_eq!(reply.header("content-type"), "application/problem+json", "{address}");
    }
    let posted = routes.send(Method::POST, "/help", &[], "");
    assert_eq!(posted.header("content-type"), "application/problem+json");
}

#[test]
fn a_fault_is_said_in_the_language_of_the_interface() {
    let routes = Routes::of(sample());
    for (address, headline) in [
        ("/speeches/no/such/speech", "找不到这篇讲话"),
        ("/speeches/speeches/2017-health-ar?cite=99", "这篇讲话没有这一段"),
        ("/?q=a&from=soon", "日期有误"),
        ("/?q=a&from=2020&to=2010", "日期有误"),
        ("/?q=railway+AND+(", "检索式有误"),
    ] {
        let html = page(&routes, address, "zh").text();
        assert_eq!(matched(r#"<h1 id="fault">([^<]*)"#, &html), [headline], "{address}");
        assert!(!html.contains("chancery list") && !html.contains("`--"), "{address}");
    }
    let query = page(&routes, "/?q=railway+AND+(", "zh").text();
    assert_eq!(matched(r#"<p class="detail">([^<]*)"#, &query).len(), 1, "{query}");
}

#[test]
fn another_host_is_told_nothing_of_the_corpus() {
    let routes = Routes::with(Settings {
        hosts: vec!["localhost".to_owned()],
        ..Settings::new(sample().path().join("index"))
    });
    let reply = page(&routes, "http://evil.example/", "en").is(421);
    assert_eq!(reply.header("content-type"), "application/problem+json");
    assert_eq!(reply.json()["code"], "unknown_host");
}
