//! Asking: a search typed and sent, narrowed, answered while one types, refused, or answered with nothing.

use super::{RAILWAY, RAILWAY_ENCODED, Visit, numbers};
use crate::support::webdriver::{Scripts, keys};

/// Both languages of the interface, with the name that `lang` has for each.
const LANGUAGES: [(&str, &str); 2] = [("zh-CN", "zh"), ("en-US", "en")];

/// The speaker by whom searches are narrowed.
const SPEAKER: &str = "沈怀川";

#[test]
fn a_search_is_typed_and_narrowed() {
    for (language, tag) in LANGUAGES {
        for scripts in [Scripts::Run, Scripts::AreOff] {
            let Some(visit) = Visit::new(language, scripts) else {
                return;
            };
            search_and_narrow(&visit, tag);
            visit.ends();
        }
    }
}

fn search_and_narrow(visit: &Visit, tag: &str) {
    let browser = &visit.browser;
    visit.go("/");
    assert!(
        browser.attribute("html", "lang").starts_with(tag),
        "the interface speaks the browser's language"
    );
    browser.write("#q", RAILWAY);
    browser.click("form[role=search] button[type=submit]");
    let all = visit.answer(&format!("/api/v1/search?q={RAILWAY_ENCODED}"));
    visit.shows_totals_of(&all);
    assert_eq!(browser.texts("ol.hits > li").len(), 10);
    assert_eq!(browser.attribute("#q", "value"), RAILWAY);

    let folded = "#results > details.filters";
    // Where there is room the style sheet unfolds them, and there is nothing to click on.
    if browser.is_shown(&format!("{folded} > summary")) {
        browser.unfold(folded);
    }
    browser.click(&format!("{folded} a[href*='speaker=%E6%B2%88%E6%80%80%E5%B7%9D']"));
    browser.wait_for_address("speaker=");
    let narrowed = visit.answer(&format!("/api/v1/search?q={RAILWAY_ENCODED}&speaker={SPEAKER_ENCODED}"));
    assert_ne!(narrowed["total"], all["total"]);
    visit.shows_totals_of(&narrowed);
    assert!(browser.text("ul.chips").contains(SPEAKER), "a filter in force is shown");

    // The address alone gives the same view again.
    let view = browser.text("section.answer");
    let place = visit.place();
    visit.go(&place);
    assert_eq!(browser.text("section.answer"), view);

    browser.click("ul.chips a");
    browser.wait_for_address_without("speaker=");
    visit.shows_totals_of(&all);
}

/// The speaker as it stands in an address.
const SPEAKER_ENCODED: &str = "%E6%B2%88%E6%80%80%E5%B7%9D";

#[test]
fn the_next_page_goes_on_where_the_first_ended() {
    let Some(visit) = Visit::new("en-US", Scripts::AreOff) else {
        return;
    };
    let browser = &visit.browser;
    visit.go(&format!("/?q={RAILWAY_ENCODED}"));
    let first = browser.texts("ol.hits .number");
    browser.click("nav.paging a[rel=next]");
    assert_eq!(browser.attribute("ol.hits", "start"), "11");
    assert_ne!(browser.texts("ol.hits .number"), first);
    assert!(numbers(&browser.text("nav.paging .place")).starts_with(&[11, 20]));
    browser.click("nav.paging a[rel=prev]");
    assert_eq!(browser.texts("ol.hits .number"), first);
    visit.ends();
}

#[test]
fn results_follow_the_typing() {
    let Some(visit) = Visit::new("zh-CN", Scripts::Run) else {
        return;
    };
    let browser = &visit.browser;
    visit.go("/");
    browser.run("window.sameDocument = true");
    browser.write("#q", RAILWAY);
    browser.wait_for("document.querySelectorAll('ol.hits > li').length === 10");
    visit.shows_totals_of(&visit.answer(&format!("/api/v1/search?q={RAILWAY_ENCODED}")));
    browser.wait_for("document.querySelector('#notice').textContent.trim() !== ''");
    assert!(visit.place().contains(RAILWAY_ENCODED), "the address follows");
    assert_eq!(browser.run("return window.sameDocument"), true, "no page was loaded");
    assert_eq!(browser.run("return document.activeElement.id"), "q", "the focus stays");
    browser.run("history.back()");
    browser.wait_for("document.querySelector('#opening h1') !== null && document.querySelector('#q').value === ''");
    assert_eq!(visit.place(), "/", "what was typed is one step back");
    assert_eq!(browser.run("return window.sameDocument"), true);
    visit.ends();
}

#[test]
fn nothing_is_asked_while_characters_are_composed() {
    let Some(visit) = Visit::new("zh-CN", Scripts::Run) else {
        return;
    };
    let browser = &visit.browser;
    visit.go("/");
    browser.click("#q");
    browser.compose("tielu");
    // Longer than the page waits for the next letter.
    browser.wait_for("(window.since ??= performance.now()) + 600 < performance.now()");
    browser.put_in(RAILWAY);
    browser.wait_for("document.querySelectorAll('ol.hits > li').length === 10");
    let asked = browser.requested();
    assert!(asked.iter().all(|address| !address.contains("tielu")), "{asked:?}");
    visit.go("/help");
    visit.ends();
}

#[test]
fn a_reader_gets_about_with_keys_alone() {
    let Some(visit) = Visit::new("en-US", Scripts::Run) else {
        return;
    };
    let browser = &visit.browser;
    visit.go(&format!("/?q={RAILWAY_ENCODED}"));
    browser.press("/");
    assert_eq!(browser.run("return document.activeElement.id"), "q");
    browser.press(keys::ESCAPE);
    assert_ne!(browser.run("return document.activeElement.id"), "q");
    let focused_hit =
        "return [...document.querySelectorAll('ol.hits > li')].findIndex(hit => hit.contains(document.activeElement))";
    browser.press("jj");
    assert_eq!(browser.run(focused_hit), 1);
    browser.press("k");
    assert_eq!(browser.run(focused_hit), 0);
    browser.press("?");
    assert!(browser.is_shown("#keys"));
    browser.press(keys::ESCAPE);
    assert!(!browser.is_shown("#keys"));
    browser.press("j");
    browser.press(keys::ENTER);
    browser.wait_for("location.pathname.startsWith('/speeches/')");
    visit.ends();
}

#[test]
fn the_first_stop_of_the_tabulator_leads_past_the_head() {
    let Some(visit) = Visit::new("en-US", Scripts::AreOff) else {
        return;
    };
    let browser = &visit.browser;
    visit.go("/help");
    browser.press(keys::TAB);
    assert!(browser.is_shown("a.skip"));
    browser.press(keys::ENTER);
    assert!(visit.place().ends_with("#main"));
    visit.ends();
}

#[test]
fn a_query_that_cannot_be_read_shows_its_place() {
    for scripts in [Scripts::Run, Scripts::AreOff] {
        let Some(mut visit) = Visit::new("en-US", scripts) else {
            return;
        };
        visit.meant.push("status of 400");
        let browser = &visit.browser;
        visit.go("/");
        browser.write("#q", "railway AND (");
        browser.press(keys::ENTER);
        browser.texts("#fault");
        assert!(browser.text("p.query").contains("railway AND ("));
        assert!(browser.is_shown("p.query mark.wrong"));
        assert!(!browser.text("p.detail").is_empty());
        assert_eq!(browser.attribute("#q", "value"), "railway AND (");
        visit.ends();
    }
}

#[test]
fn nothing_found_leads_to_something() {
    let Some(visit) = Visit::new("en-US", Scripts::AreOff) else {
        return;
    };
    let browser = &visit.browser;
    // One letter too few.
    visit.go("/?q=raiway");
    let advice = visit.answer("/api/v1/search?q=raiway");
    assert_eq!(advice["total"]["passages"], 0);
    browser.click(".advice a");
    assert!(!browser.texts("ol.hits > li").is_empty());
    visit.ends();
}
