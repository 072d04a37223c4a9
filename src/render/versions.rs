//! Versions of one speech: groups of them.

use std::io::{self, Write};

use serde_json::Value;

use super::passages::counted;
use super::style::{DETAIL, Page, Styled, TITLE, safe};
use super::{Render, json};
use crate::corpus::versions::LinkedBy;
use crate::corpus::{Field, Metadata};
use crate::engine::{Answer, ListedVersion, VersionListing};

impl Render for Answer<VersionListing> {
    fn text(&self, output: &mut dyn Write, _page: &Page) -> io::Result<()> {
        for group in &self.body.groups {
            let title = group.metadata.value(Field::Title).unwrap_or("(no title)");
            writeln!(output, "{}", Styled(TITLE, title))?;
            writeln!(output, "  {}", group_line(&group.speech, &group.metadata))?;
            for version in &group.versions {
                writeln!(output, "  {}", group_line(&version.speech, &version.metadata))?;
                writeln!(output, "    {}", Styled(DETAIL, &link_line(version)))?;
            }
        }
        let line = format!(
            "{} of {} of versions",
            self.body.groups.len(),
            counted(self.body.total, "group")
        );
        writeln!(output, "{}", Styled(DETAIL, &line))
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let mut header = super::header("leader speech similarity containment by");
        header.extend(Field::ALL.iter().map(|field| field.name().to_owned()));
        let mut rows = vec![header];
        for group in &self.body.groups {
            let own = [group.speech.as_str(), &group.speech, "", "", ""];
            rows.push(row(own, &group.metadata));
            for version in &group.versions {
                let (similarity, containment) = (version.similarity.to_string(), version.containment.to_string());
                let link = [
                    &group.speech,
                    &version.speech,
                    &similarity,
                    &containment,
                    by(version.by),
                ];
                rows.push(row(link, &version.metadata));
            }
        }
        rows
    }

    fn lines(&self) -> Vec<Value> {
        self.body.groups.iter().map(json::value).collect()
    }
}

fn row(link: [&str; 5], metadata: &Metadata) -> Vec<String> {
    let fields = Field::ALL
        .iter()
        .map(|field| metadata.value(*field).unwrap_or_default());
    link.into_iter().chain(fields).map(str::to_owned).collect()
}

/// The id, and what tells a version from the others.
fn group_line(id: &str, metadata: &Metadata) -> String {
    let date = metadata.value(Field::Date);
    let published = metadata
        .value(Field::Published)
        .filter(|published| date != Some(published));
    let mut details: Vec<String> = date.map(str::to_owned).into_iter().collect();
    details.extend(published.map(|published| format!("published {published}")));
    let others = [Field::Agency, Field::Source].map(|field| metadata.value(field));
    details.extend(others.into_iter().flatten().map(str::to_owned));
    format!("{}  {}", safe(id), Styled(DETAIL, &details.join(" · ")))
}

fn link_line(version: &ListedVersion) -> String {
    let share = |share: f64| format!("{:.0} %", share * 100.0);
    let by = match version.by {
        LinkedBy::Stated => "stated; ",
        LinkedBy::Fingerprint => "",
    };
    format!(
        "{by}{} alike, {} of the shorter text in the longer",
        share(version.similarity),
        share(version.containment)
    )
}

fn by(link: LinkedBy) -> &'static str {
    match link {
        LinkedBy::Stated => "stated",
        LinkedBy::Fingerprint => "fingerprint",
    }
}
