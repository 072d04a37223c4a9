//! What the page looks like: screenshots for people, and what a narrow screen must not do.

use super::Visit;
use super::accessibility::PAGES;
use crate::support::webdriver::Scripts;

/// The narrowest screen that the page is made for, in CSS pixels.
const NARROWEST: u32 = 360;

#[test]
fn nothing_is_wider_than_a_narrow_screen() {
    let Some(mut visit) = Visit::new("zh-CN", Scripts::Run) else {
        return;
    };
    visit.meant.extend(["status of 400", "status of 404"]);
    visit.browser.resize(NARROWEST);
    let mut faults = Vec::new();
    for (name, address) in PAGES {
        visit.go(address);
        for details in ["false", "true"] {
            visit.browser.run(&format!(
                "document.querySelectorAll('details').forEach(details => {{ details.open = {details}; }})"
            ));
            // What scrolls on its own, such as a table, may be wider.
            let wider = visit.browser.run(
                "const wide = document.documentElement.scrollWidth; if (wide <= innerWidth) return null; \
                 const out = [...document.querySelectorAll('main *, header *, footer *')] \
                     .filter(element => element.getBoundingClientRect().right > innerWidth + 1); \
                 return wide + ' ' + out.slice(0, 4).map(element => element.outerHTML.slice(0, 90)).join(' | ')",
            );
            if !wider.is_null() {
                faults.push(format!("{name} (details open: {details}): {wider}"));
            }
        }
        visit
            .browser
            .run("document.querySelectorAll('details').forEach(details => { details.open = false; })");
        visit.browser.screenshot(&format!("{name}-360"));
    }
    assert!(
        faults.is_empty(),
        "wider than {NARROWEST} pixels:\n{}",
        faults.join("\n")
    );
    visit.ends();
}

#[test]
fn every_kind_of_page_has_its_picture_taken() {
    for (language, tag) in [("zh-CN", "zh"), ("en-US", "en")] {
        let Some(mut visit) = Visit::new(language, Scripts::Run) else {
            return;
        };
        visit.meant.extend(["status of 400", "status of 404"]);
        for (name, address) in PAGES {
            visit.go(address);
            for scheme in ["light", "dark"] {
                visit.browser.set_media("screen", scheme);
                visit.browser.screenshot(&format!("{name}-{tag}-{scheme}"));
            }
        }
        visit.go(PAGES
            .iter()
            .find(|(name, _)| *name == "reader")
            .expect("a page to read")
            .1);
        visit.browser.set_media("print", "light");
        visit.browser.screenshot(&format!("reader-{tag}-print"));
        visit.ends();
    }
}

#[test]
fn paper_has_the_text_and_not_the_controls() {
    let Some(visit) = Visit::new("en-US", Scripts::AreOff) else {
        return;
    };
    let browser = &visit.browser;
    visit.go("/speeches/speeches/2023-railway-phase-three?q=%E9%93%81%E8%B7%AF");
    browser.set_media("print", "light");
    for control in ["header.site nav", "#hit-bar", "a.permalink", ".walk"] {
        assert!(!browser.is_shown(control), "{control} is printed");
    }
    assert!(browser.is_shown("#p2"));
    visit.ends();
}
