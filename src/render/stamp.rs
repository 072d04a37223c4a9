//! What is stamped on every figure of corpus analytics: the query, the subcorpus, the corpus and the tool, so that a figure that
//! was taken out of its answer can be traced and got again.

use std::io::{self, Write};

use serde_json::{Map, Value, json};
use unicode_width::UnicodeWidthStr;

use super::style::{DETAIL, Marked, Page, Styled, marked_text, wrap};
use crate::engine::{Answer, Circumstances};
use crate::tally::VersionCounting;

/// The digits of a corpus version that tell it from others for people.
const VERSION_DIGITS: usize = 12;

/// The last columns of every row.
pub(super) fn header() -> [&'static str; 6] {
    [
        "query",
        "filters",
        "versions",
        "corpus",
        "corpus_version",
        "tool_version",
    ]
}

/// What stands in the last columns of a row: of one query of an answer.
pub(super) fn row<T>(query: &str, circumstances: &Circumstances, answer: &Answer<T>) -> [String; 6] {
    let corpus = answer.corpus.as_ref();
    let (name, version) = corpus
        .map(|corpus| (corpus.name.clone(), corpus.version.clone()))
        .unwrap_or_default();
    [
        query.to_owned(),
        circumstances.line(),
        versions(circumstances).to_owned(),
        name,
        version,
        answer.tool_version.to_owned(),
    ]
}

/// The last members of every object of JSON Lines: what [`row`] says, as JSON has it.
pub(super) fn members<T>(query: &str, circumstances: &Circumstances, answer: &Answer<T>) -> Map<String, Value> {
    let mut members = Map::new();
    members.insert("query".to_owned(), query.into());
    if let Value::Object(asked) = super::json::value(circumstances) {
        members.extend(asked);
    }
    if let Some(corpus) = &answer.corpus {
        members.insert(
            "corpus".to_owned(),
            json!({"name": corpus.name, "version": corpus.version}),
        );
    }
    members.insert("tool_version".to_owned(), answer.tool_version.into());
    members
}

/// What stands between the parts of a stamp.
const BETWEEN: &str = " · ";

/// The parts of the stamp for people: the query as understood, where there is one for all, and the rest.
fn parts<T>(interpreted: Option<&str>, circumstances: &Circumstances, answer: &Answer<T>) -> Vec<String> {
    let mut parts: Vec<String> = interpreted.map(|query| format!("query {query}")).into_iter().collect();
    let asked = circumstances.line();
    if !asked.is_empty() {
        parts.push(asked);
    }
    if circumstances.versions != VersionCounting::Every {
        parts.push(format!("versions {}", versions(circumstances)));
    }
    if let Some(corpus) = &answer.corpus {
        let digits: String = corpus.version.chars().take(VERSION_DIGITS).collect();
        let name = if corpus.name.is_empty() { "corpus" } else { &corpus.name };
        parts.push(format!("{name} {digits}"));
    }
    parts.push(format!("chancery {}", answer.tool_version));
    parts
}

/// Writes the stamp for people; lines are broken between its parts where that is possible.
pub(super) fn write_line<T>(
    interpreted: Option<&str>,
    circumstances: &Circumstances,
    answer: &Answer<T>,
    output: &mut dyn Write,
    page: &Page,
) -> io::Result<()> {
    let mut line = String::new();
    for part in parts(interpreted, circumstances, answer) {
        let width = line.width() + BETWEEN.width() + part.width();
        if !line.is_empty() && width > page.width {
            write_quiet(&line, output, page)?;
            line.clear();
        }
        if !line.is_empty() {
            line.push_str(BETWEEN);
        }
        line.push_str(&part);
    }
    write_quiet(&line, output, page)
}

/// Writes a remark in quiet letters, set on the page.
pub(super) fn write_quiet(text: &str, output: &mut dyn Write, page: &Page) -> io::Result<()> {
    let marked = marked_text(text.chars().map(|character| Marked { character, style: None }));
    for line in wrap(&marked, page.width.max(20)) {
        let line: String = line.iter().map(|marked| marked.character).collect();
        writeln!(output, "{}", Styled(DETAIL, &line))?;
    }
    Ok(())
}

fn versions(circumstances: &Circumstances) -> &'static str {
    VersionCounting::NAMES[circumstances.versions as usize].0
}
