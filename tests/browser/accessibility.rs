//! Whether everybody can use the page: axe-core looks at every kind of page, in light and in dark.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{RAILWAY_ENCODED, Visit};
use crate::support::webdriver::{Scripts, skipped_without};

/// Every kind of page, by name and address.
pub(super) const PAGES: &[(&str, &str)] = &[
    ("start", "/"),
    ("results", "/?q=%E9%93%81%E8%B7%AF&speaker=%E6%B2%88%E6%80%80%E5%B7%9D"),
    ("results-by-speech", "/?q=water+cooperation&by=speech&from=2014&to=2022"),
    ("zero-hits", "/?q=raiway"),
    ("query-error", "/?q=railway+AND+("),
    ("list", "/speeches"),
    ("versions", "/speeches?versions=true"),
    (
        "reader",
        "/speeches/speeches/2023-railway-phase-three?q=%E9%93%81%E8%B7%AF",
    ),
    (
        "reader-arabic",
        "/speeches/speeches/2017-health-ar?q=%D8%A7%D9%84%D8%B5%D8%AD%D8%A9&cite=2",
    ),
    ("transcript", "/speeches/press/2019-foreign-minister"),
    (
        "difference",
        "/speeches/speeches/2021-ai-forum?diff=statements/2021-ai-initiative",
    ),
    ("concordance-start", "/concordance"),
    ("concordance", "/concordance?q=%E9%93%81%E8%B7%AF&sort=right"),
    (
        "concordance-scripts",
        "/concordance?q=%E5%90%88%E4%BD%9C+OR+%D8%A7%D9%84%D9%85%D8%A7%D8%A1+OR+water&sort=-date&sample=50",
    ),
    ("concordance-sentence", "/concordance?q=water&context=sentence"),
    ("timeline-start", "/timeline"),
    (
        "timeline",
        "/timeline?q=%E9%93%81%E8%B7%AF&q=%E5%90%88%E4%BD%9C&q=%22%E4%BA%92%E5%88%A9%E5%85%B1%E8%B5%A2%22",
    ),
    ("timeline-one", "/timeline?q=water&language=en&value=share"),
    (
        "timeline-by-speaker",
        "/timeline?q=%E9%93%81%E8%B7%AF&by=speaker&value=occurrences",
    ),
    ("first-use", "/first?q=%E9%93%81%E8%B7%AF&by=speaker"),
    ("first-use-start", "/first"),
    ("help", "/help"),
    ("nothing-there", "/speeches/no/such/speech"),
];

/// axe-core: where `CHANCERY_AXE` says, or where `.ci/run` puts it.
fn axe() -> Option<String> {
    let installed = || Path::new(env!("CARGO_MANIFEST_DIR")).join("target/browser/node_modules/axe-core/axe.min.js");
    let path = env::var_os("CHANCERY_AXE").map_or_else(installed, PathBuf::from);
    let script = fs::read_to_string(&path).ok();
    if script.is_none() {
        skipped_without("axe-core");
    }
    script
}

#[test]
fn axe_finds_nothing_on_any_kind_of_page() {
    let Some(axe) = axe() else { return };
    let mut faults = Vec::new();
    for language in ["zh-CN", "en-US"] {
        let Some(mut visit) = Visit::new(language, Scripts::Run) else {
            return;
        };
        visit.meant.extend(["status of 400", "status of 404"]);
        for (name, address) in PAGES {
            visit.go(address);
            visit.browser.run(&axe);
            // What is folded is looked at as well.
            visit
                .browser
                .run("document.querySelectorAll('details').forEach(details => { details.open = true; })");
            for scheme in ["light", "dark"] {
                visit.browser.set_media("screen", scheme);
                let found = visit.browser.run_until_done(
                    "axe.run(document, {resultTypes: ['violations']}).then(results => done(results.violations), fault => done(String(fault)))",
                );
                faults.extend(
                    described(&found)
                        .into_iter()
                        .map(|fault| format!("{name} {language} {scheme}: {fault}")),
                );
            }
        }
        visit.ends();
    }
    assert!(faults.is_empty(), "{} violations:\n{}", faults.len(), faults.join("\n"));
}

/// A line for each violation: the rule, the elements, what is wrong with the first.
fn described(found: &Value) -> Vec<String> {
    let violations = found.as_array().unwrap_or_else(|| panic!("axe failed: {found}"));
    let line = |violation: &Value| {
        let nodes = violation["nodes"].as_array().cloned().unwrap_or_default();
        let targets: Vec<String> = nodes.iter().take(3).map(|node| node["target"].to_string()).collect();
        let summary = nodes.first().map(|node| node["failureSummary"].to_string());
        format!(
            "{} ({} times) {} {}",
            violation["id"],
            nodes.len(),
            targets.join(" "),
            summary.unwrap_or_default()
        )
    };
    violations.iter().map(line).collect()
}

#[test]
fn marks_and_answers_are_announced() {
    let Some(visit) = Visit::new("en-US", Scripts::AreOff) else {
        return;
    };
    let browser = &visit.browser;
    visit.go(&format!("/?q={RAILWAY_ENCODED}"));
    assert_eq!(browser.attribute("#notice", "role"), "status");
    assert_eq!(browser.texts("h1").len(), 1);
    assert_eq!(browser.attribute("ol.hits blockquote", "lang"), "zh");
    visit.ends();
}
