//! Text that would run if it were taken for anything but text: it is read, found and cited, and nothing of it runs.

use serde_json::json;

use super::Visit;
use crate::support::command::Workplace;
use crate::support::webdriver::Scripts;

/// A text that runs wherever it is taken for HTML, for an attribute or for an address.
const HOSTILE: &str = "railway <script>window.ran = 1</script> <img src=x onerror='window.ran = 1'> \
    \"onmouseover=\"window.ran=1\" </title></textarea><svg onload=window.ran=1> <a href='javascript:window.ran=1'>go</a>";

#[test]
fn nothing_in_a_speech_or_a_query_runs() {
    let record = json!({
        "id": "a\"><script>window.ran=1</script>", "title": HOSTILE, "subtitle": HOSTILE, "speaker": HOSTILE, "role": HOSTILE,
        "country": HOSTILE, "event": HOSTILE, "place": HOSTILE, "collection": HOSTILE, "url": "javascript:window.ran=1",
        "date": "2017-06-17", "language": "en", "notes": HOSTILE, "body": format!("{HOSTILE}\n\n{HOSTILE}"),
    });
    let workplace = Workplace::with_speeches(&[("a.jsonl", &record.to_string())]);
    let Some(mut visit) = Visit::to(&workplace, "en-US", Scripts::Run) else {
        return;
    };
    // What is typed last is no query.
    visit.meant.push("status of 400");
    let browser = &visit.browser;
    let is_harmless = || {
        assert_eq!(
            browser.run("return window.ran === undefined"),
            true,
            "ran at {}",
            browser.address()
        );
        let links = browser.run(
            "return document.querySelectorAll(\"[href^='javascript' i], main img, main svg, main script\").length",
        );
        assert_eq!(links, 0, "at {}", browser.address());
    };
    visit.go("/speeches");
    is_harmless();
    visit.go("/?q=railway&by=speech");
    is_harmless();
    visit.go("/?q=railway");
    is_harmless();
    browser.click("ol.hits h2 a");
    assert!(!browser.texts(".body mark").is_empty());
    is_harmless();
    browser.unfold("#cite");
    is_harmless();
    browser.go_back();
    browser.write("#q", &format!("railway {HOSTILE}"));
    browser.wait_for("document.querySelector('#notice').textContent !== ''");
    is_harmless();
    visit.go("/?q=railway&speaker=%22%3E%3Cscript%3Ewindow.ran=1%3C/script%3E&ui=%3Cscript%3E");
    is_harmless();
    visit.ends();
}
