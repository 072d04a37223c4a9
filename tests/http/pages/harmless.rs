//! Nothing that comes from a corpus or an address is more than text, and no page runs or loads what does not come from here.

use std::collections::HashSet;

use regex::Regex;

use super::{FAULTS, PAGES, matched, page, tags};
use crate::support::command::{Workplace, sample};
use crate::support::served::{Reply, Routes};

/// Text that would do something if a page took it for more.
const HOSTILE: &str =
    r#"<script>alert(1)</script>"onmouseover="alert(2)" '><img src=x onerror=alert(3)>javascript:alert(4)&lt;"#;

/// Holds a page to what every page must be.
#[track_caller]
fn check(reply: &Reply, address: &str) {
    let html = reply.text();
    assert_eq!(reply.header("content-type"), "text/html; charset=utf-8", "{address}");
    let policy = reply.header("content-security-policy");
    assert!(
        policy.contains("default-src 'none'") && policy.contains("script-src 'self'"),
        "{policy}"
    );
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(
        matched("(<h1[ >])", &html).len(),
        1,
        "{address} has one heading of the first order"
    );
    let values = Regex::new(r#""[^"]*""#).expect("a pattern");
    for tag in tags(&html) {
        let lower = tag.to_lowercase();
        let names = values.replace_all(&lower, "");
        assert!(matched(r"[\s/](on[a-z]+)", &names).is_empty(), "{address}: {tag}");
        assert!(
            !names.contains(['<', '>', '\'']) || names.matches(['<', '>']).count() == 2,
            "{address}: {tag}"
        );
        assert!(!names.contains(" style="), "{address}: {tag}");
        assert!(
            !lower.starts_with("<style") && !lower.starts_with("<iframe"),
            "{address}: {tag}"
        );
        for link in matched(r#"(?:href|src|action)="([^"]*)""#, &lower) {
            let is_safe = link.starts_with('/') && !link.starts_with("//") || link.starts_with('#');
            assert!(
                is_safe || link.starts_with("http://") || link.starts_with("https://"),
                "{address}: {tag}"
            );
        }
    }
    assert_eq!(
        matched("(?i)(<script)", &html).len(),
        1,
        "{address} has only its own script"
    );
    assert_eq!(
        matched("(?i)<script[^>]*>([^<]+)", &html).len(),
        0,
        "{address} has no script in it"
    );
    let ids = matched(r#" id="([^"]*)""#, &html);
    let different: HashSet<&String> = ids.iter().collect();
    assert_eq!(ids.len(), different.len(), "{address}: {ids:?}");
    for target in matched(r##" (?:for|aria-labelledby)="([^"]*)""##, &html) {
        assert!(ids.contains(&target), "{address}: there is no {target}");
    }
}

#[test]
fn every_page_is_well_made() {
    let routes = Routes::of(sample());
    for language in ["en", "zh"] {
        for address in PAGES {
            check(&page(&routes, address, language).is(200), address);
        }
        for (address, status) in FAULTS {
            check(&page(&routes, address, language).is(*status), address);
        }
    }
}

#[test]
fn a_speech_that_is_hostile_in_every_field_is_text() {
    let id = format!("a/../{HOSTILE}");
    let text = |name: &str| (name.to_owned(), serde_json::Value::from(HOSTILE));
    let mut speech: serde_json::Map<String, serde_json::Value> = [
        "title",
        "subtitle",
        "speaker",
        "role",
        "country",
        "organization",
        "place",
        "event",
        "genre",
        "agency",
        "collection",
        "url",
        "translation_of",
        "version_of",
        "translator",
    ]
    .into_iter()
    .map(text)
    .collect();
    speech.insert("id".to_owned(), id.clone().into());
    speech.insert("date".to_owned(), "2020-02-02".into());
    speech.insert("language".to_owned(), "en\" onclick=\"alert(5)".into());
    speech.insert(
        "body".to_owned(),
        format!("Water {HOSTILE}\n\nWater again \u{202e}{HOSTILE}").into(),
    );
    let line = serde_json::Value::from(speech).to_string();
    let workplace = Workplace::with_speeches(&[("hostile.jsonl", &line)]);
    let routes = Routes::of(&workplace);
    for address in ["/", "/?q=water", "/?q=water&by=speech", "/speeches"] {
        let reply = page(&routes, address, "en").is(200);
        check(&reply, address);
        assert!(reply.text().contains("&lt;script&gt;alert(1)"), "{address} shows it");
        assert!(!reply.text().contains('\u{202e}'), "{address} is not turned around");
    }
    let html = page(&routes, "/speeches", "en").text();
    let link = matched(r#"href="(/speeches/[^"]+)""#, &html)
        .into_iter()
        .next()
        .expect("a link to the speech");
    for address in [link.clone(), format!("{link}?q=alert"), format!("{link}?cite=1")] {
        let reply = page(&routes, &address, "en").is(200);
        check(&reply, &address);
        assert!(reply.text().contains("&lt;script&gt;alert(1)"), "{address} shows it");
    }
}

#[test]
fn an_address_that_is_hostile_is_text() {
    let routes = Routes::of(sample());
    let hostile = HOSTILE.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    for address in [
        format!("/?q={hostile}"),
        format!("/?q=%22{hostile}%22&speaker={hostile}&event={hostile}&where=place%3D{hostile}"),
        format!("/?q=%D9%85%D8%A7%D8%A1&from={hostile}"),
        format!("/?{hostile}={hostile}"),
        format!("/speeches?speaker={hostile}"),
        format!("/speeches/{hostile}"),
        format!("/speeches/speeches/2017-health-ar?cite={hostile}"),
        format!("/speeches/speeches/2017-health-ar?diff={hostile}"),
        format!("/{hostile}"),
        "//example.org/x".to_owned(),
        format!("/help?ui={hostile}"),
    ] {
        for language in ["en", "zh"] {
            check(&page(&routes, &address, language), &address);
        }
    }
}

#[test]
fn what_pages_are_made_with_is_kept_for_good() {
    let routes = Routes::of(sample());
    let html = page(&routes, "/", "en").is(200).text();
    let assets = matched(r#"(?:href|src)="(/assets/[^"]+)""#, &html);
    assert_eq!(assets.len(), 3);
    for asset in assets {
        let reply = routes.get(&asset).is(200);
        assert_eq!(reply.header("cache-control"), "public, max-age=31536000, immutable");
        let text = reply.text();
        assert!(
            !text.contains("http://") || asset.ends_with(".svg"),
            "{asset} loads nothing from elsewhere"
        );
        assert!(
            !text.contains("https://") && !text.contains("@import"),
            "{asset} loads nothing from elsewhere"
        );
    }
    routes.get("/assets/page-0.css").is(404);
}

#[test]
fn an_empty_corpus_has_pages() {
    let workplace = crate::support::command::four_speeches();
    workplace.run(&["remove", "one", "two", "three", "four"]).ended(0);
    let routes = Routes::of(&workplace);
    for address in ["/", "/?q=water", "/speeches", "/speeches?versions=true", "/help"] {
        for language in ["en", "zh"] {
            check(&page(&routes, address, language).is(200), address);
        }
    }
}
