//! Reading: a speech opened from a hit, its marks walked, cited, linked to, and the way back; speeches from right to left.

use serde_json::Value;

use super::{RAILWAY_ENCODED, Visit};
use crate::support::command::Workplace;
use crate::support::webdriver::{Scripts, keys};

/// A speech in which the query stands several times.
const SPEECH: &str = "speeches/2023-railway-phase-three";

#[test]
fn a_speech_is_opened_walked_cited_and_left() {
    for language in ["zh-CN", "en-US"] {
        for scripts in [Scripts::Run, Scripts::AreOff] {
            let Some(visit) = Visit::new(language, scripts) else {
                return;
            };
            read(&visit, scripts);
            visit.ends();
        }
    }
}

fn read(visit: &Visit, scripts: Scripts) {
    let browser = &visit.browser;
    visit.go(&format!("/?q={RAILWAY_ENCODED}&sort=-date"));
    let answer = browser.text("section.answer");
    browser.click(&format!("ol.hits h2 a[href*='{SPEECH}']"));
    assert!(
        visit.place().starts_with(&format!("/speeches/{SPEECH}?")),
        "{}",
        visit.place()
    );
    let marks = marks_of(&visit.answer(&format!("/api/v1/speeches/{SPEECH}?highlight={RAILWAY_ENCODED}")));
    assert!(marks > 2);
    assert_eq!(browser.texts(".body mark").len(), marks);
    match scripts {
        Scripts::Run => walk_by_keys(visit, marks),
        Scripts::AreOff => walk_by_links(visit, marks),
    }
    cite(visit, "");
    browser.click(".way-back a");
    assert_eq!(browser.text("section.answer"), answer, "back at the same answer");
    browser.go_back();
    browser.click("#p2 a.permalink");
    let permalink = format!("/speeches/{SPEECH}#p2");
    assert_eq!(visit.place(), permalink);
    visit.go("/help");
    visit.go(&permalink);
    browser
        .wait_for("(top => top >= 0 && top < innerHeight)(document.querySelector('#p2').getBoundingClientRect().top)");
    visit.go(&format!("/speeches/{SPEECH}?cite=2"));
    cite(visit, "/passages/2");
}

/// The marks in an answer of the interface for programs.
fn marks_of(speech: &Value) -> usize {
    let passages = speech["passages"].as_array().expect("passages");
    passages
        .iter()
        .map(|passage| passage["highlights"].as_array().map_or(0, Vec::len))
        .sum()
}

/// Walks all marks forward and one back with the keys, each step shown in the bar.
fn walk_by_keys(visit: &Visit, marks: usize) {
    let browser = &visit.browser;
    let stands_at = |number: usize| {
        browser.wait_for(&format!(
            "document.activeElement.id === 'hit-{number}' || location.hash === '#hit-{number}' || \
             document.querySelector('#hit-{number}').matches('.current, [aria-current]')"
        ));
        let bar = browser.text("#hit-bar .where");
        assert_eq!(super::numbers(&bar), [number as u64, marks as u64], "{bar}");
        comes_into_view(visit, &format!("#hit-{number}"));
    };
    visit.go(visit.place().split('#').next().expect("an address"));
    for number in 1..=marks {
        browser.press("n");
        stands_at(number);
    }
    browser.press("p");
    stands_at(marks - 1);
    browser.click("#hit-bar button.next");
    stands_at(marks);
    browser.press(keys::ESCAPE);
}

/// Walks all marks by the links beside them.
fn walk_by_links(visit: &Visit, marks: usize) {
    let browser = &visit.browser;
    browser.click("#hit-bar a.first");
    for number in 1..=marks {
        assert!(visit.place().ends_with(&format!("#hit-{number}")), "{}", visit.place());
        comes_into_view(visit, &format!("#hit-{number}"));
        if number < marks {
            browser.click(&format!("#hit-{number} + .walk a[href='#hit-{}']", number + 1));
        }
    }
}

/// Holds the page to have come to show the middle of an element, nothing lying over it.
#[track_caller]
fn comes_into_view(visit: &Visit, selector: &str) {
    visit.browser.wait_for(&format!(
        "(element => {{ const box = element.getClientRects()[0]; \
         const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2); \
         return top === element || element.contains(top); }})(document.querySelector('{selector}'))"
    ));
}

/// Opens the citations: they are those of the interface for programs, of the speech or one of its passages.
fn cite(visit: &Visit, passage: &str) {
    let browser = &visit.browser;
    browser.unfold("#cite");
    let shown = browser.texts("#cite .citation .copied");
    for style in ["gbt7714", "apa", "bibtex"] {
        let answer = visit.answer(&format!("/api/v1/speeches/{SPEECH}{passage}?cite={style}"));
        // What stands between asterisks is in italics on the page.
        let citation = answer["citation"].as_str().expect("a citation").replace('*', "");
        let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            shown.iter().any(|text| flat(text) == flat(&citation)),
            "{citation} in {shown:#?}"
        );
    }
}

#[test]
fn a_citation_is_copied() {
    let Some(visit) = Visit::new("en-US", Scripts::Run) else {
        return;
    };
    let browser = &visit.browser;
    visit.go(&format!("/speeches/{SPEECH}"));
    browser.unfold("#cite");
    // A page without a secure address, or a browser that asks first, would show nothing here.
    browser.run(
        "window.copied = []; navigator.clipboard.writeText = async text => { copied.push(text); }; \
         navigator.clipboard.write = async ([item]) => { \
             window.html = await (await item.getType('text/html')).text(); \
             copied.push(await (await item.getType('text/plain')).text()); };",
    );
    for (index, id) in ["cite-gb-t-7714", "cite-apa", "cite-bibtex"].iter().enumerate() {
        browser.click(&format!("#cite button[data-copy='{id}']"));
        browser.wait_for(&format!("copied.length === {}", index + 1));
    }
    browser.wait_for("html.includes('<i>')");
    let copied = browser.run("return copied");
    for (style, text) in ["gbt7714", "apa", "bibtex"]
        .into_iter()
        .zip(copied.as_array().expect("texts"))
    {
        let answer = visit.answer(&format!("/api/v1/speeches/{SPEECH}?cite={style}"));
        assert_eq!(*text, answer["citation"].as_str().expect("a citation").replace('*', ""));
    }
    visit.ends();
}

#[test]
fn arabic_is_set_from_right_to_left() {
    let Some(visit) = Visit::new("en-US", Scripts::AreOff) else {
        return;
    };
    let browser = &visit.browser;
    visit.go("/speeches/speeches/2017-health-ar");
    assert_eq!(browser.attribute("article .body", "dir"), "rtl");
    assert_eq!(browser.attribute("article .body", "lang"), "ar");
    let starts_right = "const body = document.querySelector('article .body').getBoundingClientRect(); \
        const range = document.createRange(); range.selectNodeContents(document.querySelector('#p1').firstChild); \
        const first = range.getClientRects()[0]; return body.right - first.right < first.left - body.left";
    assert_eq!(browser.run(starts_right), true);
    visit.ends();
}

#[test]
fn two_versions_are_compared() {
    let paragraphs = |year: &str| {
        let lines = (1..=12).map(|number| {
            format!("Paragraph {number} says what was agreed about rivers, rails and harbors in {year}.")
        });
        lines.collect::<Vec<_>>().join("\n\n")
    };
    let said = format!("The treaty\n\nDear friends,\n\n{}\n\nThank you.", paragraphs("2015"));
    let printed = said.replace("Paragraph 7 says", "Paragraph seven tells");
    let workplace = Workplace::with_speeches(&[("said.txt", &said), ("printed.txt", &printed)]);
    let Some(visit) = Visit::to(&workplace, "en-US", Scripts::AreOff) else {
        return;
    };
    let browser = &visit.browser;
    visit.go("/speeches/said");
    browser.click("aside a[href*='diff=printed']");
    assert_eq!(
        browser
            .texts(".change del")
            .concat()
            .split_whitespace()
            .collect::<Vec<_>>(),
        ["7", "says"]
    );
    assert_eq!(
        browser
            .texts(".change ins")
            .concat()
            .split_whitespace()
            .collect::<Vec<_>>(),
        ["seven", "tells"]
    );
    visit.ends();
}
