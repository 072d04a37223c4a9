//! The book in `docs`: its summary and its pages belong together, every link leads somewhere, and every page says where its text is.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use walkdir::WalkDir;

/// What stands before the sections of the README that hold the text of a page until it is moved.
const NOW_IN: &str = "Now in `README.md`, section";

fn sources() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/src")
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The pages of the book by their paths from its sources, without the summary.
pub(crate) fn pages() -> BTreeSet<PathBuf> {
    let entries = WalkDir::new(sources())
        .into_iter()
        .map(|entry| entry.expect("the book is readable"));
    let files = entries.filter(|entry| entry.file_type().is_file());
    let pages = files.map(|file| file.path().strip_prefix(sources()).expect("it is inside").to_owned());
    pages.filter(|page| page != Path::new("SUMMARY.md")).collect()
}

/// The targets of the links of a page.
fn links(page: &str) -> impl Iterator<Item = &str> {
    page.split("](").skip(1).filter_map(|rest| rest.split(')').next())
}

/// A path with its `..` taken up.
fn resolved(path: &Path) -> PathBuf {
    let mut found = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => _ = found.pop(),
            Component::CurDir => {}
            other => found.push(other),
        }
    }
    found
}

/// The anchor that a heading gets: lower case, without punctuation, hyphens for spaces.
fn anchor(heading: &str) -> String {
    let kept = heading
        .chars()
        .filter(|&sign| sign.is_alphanumeric() || " -_".contains(sign));
    kept.collect::<String>().trim().to_lowercase().replace(' ', "-")
}

fn headings(page: &str) -> impl Iterator<Item = &str> {
    let mut in_code = false;
    page.lines().filter_map(move |line| {
        in_code ^= line.starts_with("```");
        let heading = line.trim_start_matches('#').strip_prefix(' ')?;
        (!in_code && line.starts_with('#')).then_some(heading)
    })
}

#[test]
fn every_page_is_in_the_summary_once_and_every_page_of_the_summary_exists() {
    let summary = text(&sources().join("SUMMARY.md"));
    let listed: Vec<PathBuf> = links(&summary).map(PathBuf::from).collect();
    let once: BTreeSet<PathBuf> = listed.iter().cloned().collect();
    assert_eq!(listed.len(), once.len(), "a page is listed twice");
    assert_eq!(once, pages());
}

#[test]
fn every_link_of_the_book_leads_to_a_page_and_to_a_heading_of_it() {
    let (mut wrong, pages) = (Vec::new(), pages());
    for page in &pages {
        let source = text(&sources().join(page));
        for link in links(&source).filter(|link| !link.contains("://")) {
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = match file {
                "" => page.clone(),
                _ => resolved(&page.with_file_name("").join(file)),
            };
            let is_page = pages.contains(&target);
            let is_there = is_page
                && (heading.is_empty()
                    || headings(&text(&sources().join(&target))).any(|found| anchor(found) == heading));
            if !is_there {
                wrong.push(format!("{}: {link}", page.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_page_begins_with_its_title_and_names_sections_of_the_readme_that_exist() {
    let readme = text(&Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"));
    for page in pages() {
        let source = text(&sources().join(&page));
        assert!(source.starts_with("# "), "{}: begins with its title", page.display());
        for line in source.lines().filter(|line| line.starts_with(NOW_IN)) {
            for section in line.split('“').skip(1).filter_map(|rest| rest.split('”').next()) {
                assert!(
                    headings(&readme).any(|heading| heading == section),
                    "{}: the README has no section “{section}”",
                    page.display()
                );
            }
        }
    }
}
