//! Concordances: lines aligned on the match for people, rows and objects for everything else, all of them stamped.

use std::io::{self, Write};

use serde_json::{Map, Value};

use super::alignment::Columns;
use super::passages::{counted, left_out};
use super::style::{DETAIL, HINT, Page, Styled, colored, safe};
use super::{Format, Render, json, stamp, table};
use crate::engine::{Answer, Concordance, ConcordanceLine};

impl Render for Answer<Concordance> {
    fn text(&self, output: &mut dyn Write, page: &Page) -> io::Result<()> {
        let concordance = &self.body;
        for warning in &self.warnings {
            writeln!(output, "{} {}", Styled(HINT, "note"), safe(warning))?;
        }
        if !concordance.lines.is_empty() {
            let columns = Columns::within(page.width, &concordance.lines);
            writeln!(output, "{}", colored(&columns.header(&concordance.lines)))?;
            for line in &concordance.lines {
                writeln!(output, "{}", colored(&columns.set(line)))?;
            }
        }
        writeln!(output, "{}", Styled(DETAIL, &totals_line(concordance)))?;
        let interpreted = Some(concordance.interpreted.as_str());
        stamp::write_line(interpreted, &concordance.circumstances, self, output, page)
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let mut header = super::header("n speech passage date speaker country title left node right start end");
        header.extend(stamp::header().map(str::to_owned));
        let mut stamped = stamp::row(&self.body.query, &self.body.circumstances, self);
        let [_, filters, ..] = &mut stamped;
        *filters = asked_line(&self.body);
        let rows = self.body.lines.iter().map(|line| row(line, &stamped));
        std::iter::once(header).chain(rows).collect()
    }

    fn lines(&self) -> Vec<Value> {
        let mut members = stamp::members(&self.body.query, &self.body.circumstances, self);
        members.extend(asked_members(&self.body));
        let stamped = |line: &ConcordanceLine| {
            let mut object = json::value(line);
            if let Value::Object(object) = &mut object {
                object.extend(members.clone());
            }
            object
        };
        self.body.lines.iter().map(stamped).collect()
    }
}

/// What was asked beside the query, on one line, and of how many lines a row is one: a file that was cut is told from a whole one
/// by it.
fn asked_line(concordance: &Concordance) -> String {
    let mut parts = vec![concordance.circumstances.line()];
    parts.retain(|part| !part.is_empty());
    parts.push(format!("sort={}", concordance.sort.join(",")));
    parts.push(format!("context={}", concordance.context));
    let sample = concordance.sample;
    parts.extend(sample.map(|sample| format!("sample={} of {}", sample.size, sample.of)));
    let seed = sample.map(|sample| sample.seed).or(concordance.seed);
    parts.extend(seed.map(|seed| format!("seed={seed}")));
    parts.push(format!("lines={}", line_count(concordance)));
    parts.join("; ")
}

/// The same as members of an object, by the names that the whole answer has for them.
fn asked_members(concordance: &Concordance) -> Map<String, Value> {
    let mut members = Map::new();
    members.insert("sort".to_owned(), json::value(&concordance.sort));
    members.insert("context".to_owned(), json::value(&concordance.context));
    let sample = concordance.sample.map(|sample| json::value(&sample));
    members.extend(sample.map(|sample| ("sample".to_owned(), sample)));
    members.extend(concordance.seed.map(|seed| ("seed".to_owned(), seed.into())));
    members.insert("total".to_owned(), json::value(&concordance.total));
    members
}

/// The number of lines: all, or those of the sample.
fn line_count(concordance: &Concordance) -> u64 {
    concordance
        .sample
        .map_or(concordance.total.occurrences, |sample| sample.size)
}

/// Writes a part of the lines of a concordance as rows or JSON Lines, so that all of them need not be in memory; the first part
/// begins with the names of the columns.
///
/// # Errors
/// The output cannot be written.
pub fn write_part(
    part: &Answer<Concordance>,
    is_first: bool,
    format: Format,
    output: &mut dyn Write,
) -> io::Result<()> {
    let rows = || {
        let mut rows = part.rows();
        rows.drain(..usize::from(!is_first));
        rows
    };
    match format {
        Format::Csv => table::write_csv(&rows(), output),
        Format::Tsv => table::write_tsv(&rows(), output),
        Format::Text | Format::Json | Format::JsonLines => {
            part.lines().iter().try_for_each(|line| json::write_line(line, output))
        }
    }
}

fn row(line: &ConcordanceLine, stamp: &[String; 6]) -> Vec<String> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let mut row = vec![
        line.n.to_string(),
        line.speech.clone(),
        line.passage.clone(),
        text(&line.date),
        text(&line.speaker),
        text(&line.country),
        text(&line.title),
        line.left.clone(),
        line.node.clone(),
        line.right.clone(),
        line.start.to_string(),
        line.end.to_string(),
    ];
    row.extend_from_slice(stamp);
    row
}

/// What was found and how the lines stand, on one line.
fn totals_line(concordance: &Concordance) -> String {
    let undetermined = left_out(concordance.undetermined);
    let total = concordance.total.occurrences;
    if total == 0 {
        return "nothing found".to_owned() + &undetermined;
    }
    let mut line = format!("{}; {}", found_line(concordance), order_line(concordance));
    let shown = concordance.lines.len() as u64;
    if shown > 0 && shown < line_count(concordance) {
        let first = concordance.offset as u64 + 1;
        line.push_str(&format!("; shown: {first} to {}", first + shown - 1));
    }
    line + &undetermined
}

/// What was found, and which part of it was drawn by chance.
pub fn found_line(concordance: &Concordance) -> String {
    let total = concordance.total;
    let sample = match concordance.sample {
        Some(sample) => format!("; a sample of {} with seed {}", sample.size, sample.seed),
        None => String::new(),
    };
    format!(
        "{} in {} of {}{sample}",
        counted(total.occurrences, "occurrence"),
        counted(total.passages, "passage"),
        counted(total.speeches, "speech")
    )
}

/// How the lines stand: `sorted by right, date`.
pub fn order_line(concordance: &Concordance) -> String {
    let seed = concordance.seed.map(|seed| format!(" with seed {seed}"));
    format!("sorted by {}{}", concordance.sort.join(", "), seed.unwrap_or_default())
}
