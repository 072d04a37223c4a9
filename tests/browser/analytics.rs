//! Following a formulation: the lines of a concordance sorted, a point of a timeline read and followed, a query set beside
//! another, the first use.

use super::{RAILWAY, RAILWAY_ENCODED, Visit, numbers};
use crate::support::webdriver::{Scripts, keys};

const ARROW_RIGHT: &str = "\u{E014}";

/// A point of the chart that has occurrences: its number among all, from 1, and what it tells.
fn telling_point(visit: &Visit) -> (usize, String) {
    let points = visit.browser.run(
        "return [...document.querySelectorAll('.plot a')].map(point => point.getAttribute('aria-label') ?? point.textContent)",
    );
    let points: Vec<&str> = points
        .as_array()
        .expect("points")
        .iter()
        .filter_map(|told| told.as_str())
        .collect();
    let place = points
        .iter()
        .position(|told| told_occurrences(told) > 1)
        .expect("a point");
    (place + 1, points[place].to_owned())
}

/// The occurrences that a point tells.
fn told_occurrences(told: &str) -> u64 {
    let behind = told.split("occurrences: ").nth(1).expect("occurrences");
    numbers(behind)[0]
}

#[test]
fn a_column_sorts_the_lines() {
    for scripts in [Scripts::Run, Scripts::AreOff] {
        for language in ["zh-CN", "en-US"] {
            let Some(visit) = Visit::new(language, scripts) else {
                return;
            };
            let browser = &visit.browser;
            visit.go("/");
            browser.write("#q", RAILWAY);
            browser.press(keys::ENTER);
            browser.click(".views a[href^='/concordance']");
            browser.wait_for_address("/concordance");
            browser.click(".lines .head .behind a");
            browser.wait_for_address("sort=right");
            assert_eq!(browser.attribute(".lines .head .behind", "aria-sort"), "ascending");
            let answer = visit.answer(&format!("/api/v1/concordance?q={RAILWAY_ENCODED}&sort=right"));
            let lines = answer["lines"].as_array().expect("lines");
            let shown = browser.texts(".line.hit > .behind");
            assert_eq!(shown.len(), lines.len());
            for (shown, line) in shown.iter().zip(lines) {
                assert_eq!(shown.trim(), line["right"].as_str().expect("a text").trim());
            }
            browser.click(".line.hit > .node a");
            browser.wait_for_address("/speeches/");
            assert!(browser.is_shown("mark"));
            visit.ends();
        }
    }
}

#[test]
fn a_point_leads_to_its_passages_by_mouse() {
    let Some(visit) = Visit::new("en-US", Scripts::Run) else {
        return;
    };
    let browser = &visit.browser;
    visit.go(&format!("/timeline?q={RAILWAY_ENCODED}"));
    let (number, told) = telling_point(&visit);
    browser.run(&format!(
        "document.querySelectorAll('.plot a')[{}].id = 'point'",
        number - 1
    ));
    assert!(!browser.is_shown("#tooltip"));
    browser.point_at("#point");
    browser.wait_for("!document.querySelector('#tooltip').hidden");
    let tooltip = browser.text("#tooltip");
    assert!(tooltip.starts_with(&told), "{tooltip}");
    browser.screenshot("timeline-tooltip");
    browser.click("#point");
    browser.wait_for_address("/concordance");
    assert_eq!(numbers(&browser.text("#totals"))[0], told_occurrences(&told));
    visit.ends();
}

#[test]
fn a_point_leads_to_its_passages_by_keys() {
    let Some(visit) = Visit::new("en-US", Scripts::Run) else {
        return;
    };
    let browser = &visit.browser;
    visit.go(&format!("/timeline?q={RAILWAY_ENCODED}"));
    let (number, told) = telling_point(&visit);
    assert_eq!(
        browser.run("return document.querySelectorAll('.plot a[tabindex=\"0\"]').length"),
        1,
        "the chart is one stop of the tabulator"
    );
    browser.run("document.querySelector('.plot a[tabindex=\"0\"]').focus()");
    browser.press(&ARROW_RIGHT.repeat(number - 1));
    browser.wait_for("!document.querySelector('#tooltip').hidden");
    assert!(browser.text("#tooltip").starts_with(&told));
    browser.press(keys::ESCAPE);
    assert!(!browser.is_shown("#tooltip"));
    browser.press(keys::ENTER);
    browser.wait_for_address("/concordance");
    assert_eq!(numbers(&browser.text("#totals"))[0], told_occurrences(&told));
    visit.ends();
}

#[test]
fn another_query_stands_beside_the_first_without_scripts() {
    let Some(visit) = Visit::new("en-US", Scripts::AreOff) else {
        return;
    };
    let browser = &visit.browser;
    visit.go("/timeline");
    browser.write("#q", RAILWAY);
    browser.press(keys::ENTER);
    browser.write("#q-1", "water");
    browser.press(keys::ENTER);
    browser.wait_for_address("q=water");
    assert_eq!(browser.texts("ul.legend li").len(), 2);
    browser.click("a.remove");
    browser.wait_for_address_without(RAILWAY_ENCODED);
    assert_eq!(browser.texts("ul.legend li").len(), 1);
    visit.ends();
}

#[test]
fn the_first_use_leads_to_its_sentence() {
    let Some(visit) = Visit::new("zh-CN", Scripts::AreOff) else {
        return;
    };
    let browser = &visit.browser;
    visit.go(&format!("/first?q={RAILWAY_ENCODED}"));
    let answer = visit.answer(&format!("/api/v1/first?q={RAILWAY_ENCODED}"));
    assert_eq!(browser.text(".card mark"), RAILWAY);
    assert_eq!(
        browser.attribute(".card time", "datetime"),
        answer["first"]["date"].as_str().expect("a date")
    );
    browser.click(".card a.open");
    browser.wait_for_address("/speeches/");
    assert!(visit.place().ends_with(&format!("#p{}", answer["first"]["paragraph"])));
    visit.ends();
}
