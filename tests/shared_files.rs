//! What becomes of every file of the shared data: read, with the metadata that it states, or listed with a reason that a person
//! understands. The snapshot is the account.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use serde_json::Value;

use crate::output::check_snapshot;
use crate::support::command::Workplace;
use crate::support::shared::shared_data;

/// The fields whose presence is counted.
const COUNTED: &[&str] = &[
    "title",
    "speaker",
    "date",
    "published",
    "place",
    "country",
    "event",
    "language",
];

#[test]
fn every_shared_file_is_read_or_listed_with_its_reason() {
    let Some(data) = shared_data() else {
        return;
    };
    let mut account = String::new();
    for folder in ["formats", "speeches"] {
        let workplace = Workplace::new();
        // Reasons name canonical paths, and the shared data may be reached through a link.
        let path = data.join(folder).canonicalize().expect("the folder is there");
        let path = path.to_str().expect("the path is UTF-8");
        let report = workplace.run(&["ingest", path, "--format", "json"]);
        let report: Value = serde_json::from_str(&report.stdout).expect("a report");
        let listing = workplace.json(&["list"]);
        describe(&mut account, folder, &report, &listing, path);
        check_that_all_are_accounted_for(&data.join(folder), &report, &listing);
    }
    check_snapshot("shared_files.txt", &account);
}

fn describe(account: &mut String, folder: &str, report: &Value, listing: &Value, root: &str) {
    let mut line = |text: String| writeln!(account, "{text}").expect("a text can be written");
    line(format!("{folder}: {} speeches", report["added"]));
    let rows = |name: &str| report[name].as_array().cloned().unwrap_or_default();
    let text = |row: &Value, name: &str| row[name].as_str().unwrap_or_default().replace(root, folder);
    for row in rows("rejected") {
        line(format!("  rejected {}: {}", text(&row, "source"), text(&row, "reason")));
    }
    for row in rows("duplicates") {
        line(format!("  again {}: {}", text(&row, "source"), text(&row, "speech")));
    }
    for row in rows("consulted") {
        line(format!("  consulted {}: {}", text(&row, "source"), text(&row, "holds")));
    }
    for row in rows("assumed") {
        line(format!(
            "  assumed {} from {}: {}",
            text(&row, "field"),
            text(&row, "from"),
            row["speeches"]
        ));
    }
    let mut groups: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
    for speech in listing["speeches"].as_array().expect("a list") {
        let source = speech["source"].as_str().expect("every speech has a source");
        let group = source.split(['/', ':']).next().unwrap_or_default().to_owned();
        let counts = groups.entry(group).or_default();
        *counts.entry("speeches").or_default() += 1;
        for field in COUNTED.iter().filter(|field| speech.get(**field).is_some()) {
            *counts.entry(field).or_default() += 1;
        }
    }
    for (group, counts) in groups {
        let fields = COUNTED
            .iter()
            .map(|field| format!("{field} {}", counts.get(field).unwrap_or(&0)));
        let fields: Vec<String> = fields.collect();
        line(format!(
            "  {group}: {} speeches, {}",
            counts["speeches"],
            fields.join(", ")
        ));
    }
}

/// No file is in none of the lists.
fn check_that_all_are_accounted_for(folder: &Path, report: &Value, listing: &Value) {
    let mut named: Vec<String> = Vec::new();
    let mut add = |rows: &Value| {
        let sources = rows
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|row| row["source"].as_str());
        named.extend(sources.map(str::to_owned));
    };
    ["rejected", "skipped", "duplicates", "consulted"]
        .iter()
        .for_each(|name| add(&report[name]));
    add(&listing["speeches"]);
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.expect("the folder is readable");
        let relative = entry.path().strip_prefix(folder).expect("it lies in the folder");
        let relative = relative.to_str().expect("the path is UTF-8");
        let is_named = named
            .iter()
            .any(|source| source == relative || source.starts_with(&format!("{relative}:")));
        assert!(entry.file_type().is_dir() || is_named, "{relative} is in no list");
    }
}
