//! First and last uses: the sentence with what was found marked in it, the reference, and what could change the answer.

use std::io::{self, Write};

use serde_json::{Map, Value};

use super::numbers::counted;
use super::passages::{left_out, marked, passage_number};
use super::style::{ALERT, DETAIL, HINT, Page, Styled, TITLE, colored, safe, wrap};
use super::{Render, json, stamp};
use crate::engine::{Answer, DatePrecision, End, FoundUse, GroupUses, OtherSpeeches, Use, Uses};
use crate::highlight::Highlight;

/// The columns of a use.
pub(super) const COLUMNS: &str = "use date date_precision date_source passage speech paragraph title speaker role country place event \
    language text start end sentence_start sentence_end citation occurrences speeches same_day could_change undated_speeches";

impl Render for Answer<Uses> {
    fn text(&self, output: &mut dyn Write, page: &Page) -> io::Result<()> {
        let uses = &self.body;
        for warning in &self.warnings {
            writeln!(output, "{} {}", Styled(HINT, "note"), safe(warning))?;
        }
        found_text(&uses.overall, uses.end, output, page)?;
        for group in &uses.by {
            writeln!(output, "\n{}", Styled(TITLE, &name(group, &uses.fields)))?;
            found_text(&group.found, uses.end, output, page)?;
        }
        let undetermined = left_out(uses.undetermined);
        if !undetermined.is_empty() {
            writeln!(output, "\n{}", Styled(DETAIL, undetermined.trim_start_matches("; ")))?;
        }
        writeln!(output)?;
        stamp::write_line(Some(&uses.interpreted), &uses.circumstances, self, output, page)
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let uses = &self.body;
        let mut header = super::header("row");
        header.extend(uses.fields.iter().map(|field| format!("by_{field}")));
        header.extend(super::header(COLUMNS));
        header.extend(stamp::header().map(str::to_owned));
        let mut rows = vec![header];
        let stamp = stamp::row(&uses.query, &uses.circumstances, self).to_vec();
        rows.extend(
            found_rows(&uses.overall, &uses.by, uses.end, &uses.fields).map(|row| [row, stamp.clone()].concat()),
        );
        rows
    }

    fn lines(&self) -> Vec<Value> {
        let uses = &self.body;
        let members = stamp::members(&uses.query, &uses.circumstances, self);
        let groups = uses.by.iter().map(|group| line("group", json::value(group), &members));
        [line("total", json::value(&uses.overall), &members)]
            .into_iter()
            .chain(groups)
            .collect()
    }
}

/// The rows of one query: the use of all that is let in, and that of each value.
pub(super) fn found_rows<'a>(
    overall: &'a FoundUse,
    by: &'a [GroupUses],
    end: End,
    fields: &'a [String],
) -> impl Iterator<Item = Vec<String>> + 'a {
    let row = move |kind: &str, values: Vec<String>, found: &FoundUse| {
        [vec![kind.to_owned()], values, columns(found, end)].concat()
    };
    let group = move |group: &'a GroupUses| {
        let value = |field: &String| group.values.get(field).cloned().unwrap_or_default();
        row("group", fields.iter().map(value).collect(), &group.found)
    };
    let total = row("total", vec![String::new(); fields.len()], overall);
    std::iter::once(total).chain(by.iter().map(group))
}

/// An object of JSON Lines: which row it is, what it holds, and the stamp.
pub(super) fn line(kind: &str, held: Value, members: &Map<String, Value>) -> Value {
    let mut line = Map::new();
    line.insert("row".to_owned(), kind.into());
    if let Value::Object(held) = held {
        line.extend(held);
    }
    line.extend(members.clone());
    Value::Object(line)
}

/// A group by its values.
pub(super) fn name(group: &GroupUses, fields: &[String]) -> String {
    let value = |field: &String| match group.values.get(field) {
        Some(value) => value.clone(),
        None => format!("(no {field})"),
    };
    fields.iter().map(value).collect::<Vec<_>>().join(" · ")
}

/// A use for people; nothing found is said too.
pub(super) fn found_text(found: &FoundUse, end: End, output: &mut dyn Write, page: &Page) -> io::Result<()> {
    match found.found() {
        Some(shown) => use_text(shown, output, page)?,
        None if found.undated_speeches > 0 => writeln!(output, "no dated use")?,
        None => writeln!(output, "nothing found")?,
    }
    caveats(found, end)
        .iter()
        .try_for_each(|caveat| writeln!(output, "   {} {}", Styled(ALERT, "!"), safe(caveat)))
}

fn use_text(shown: &Use, output: &mut dyn Write, page: &Page) -> io::Result<()> {
    let precision = match shown.date_precision {
        DatePrecision::Day => "",
        DatePrecision::Month => " (to the month)",
        DatePrecision::Year => " (to the year)",
    };
    let title = shown.title.as_deref().unwrap_or(&shown.speech);
    writeln!(output, "{}{precision}  {}", Styled(TITLE, &shown.date), safe(title))?;
    let who = [&shown.speaker, &shown.role, &shown.country, &shown.place, &shown.event];
    let who: Vec<&str> = who.into_iter().flatten().map(String::as_str).collect();
    let address = format!("{} {}", shown.speech, passage_number(&shown.passage));
    let details = match who.is_empty() {
        true => address,
        false => format!("{} · {address}", who.join(" · ")),
    };
    writeln!(output, "   {}", Styled(DETAIL, &details))?;
    let node: Vec<Highlight> = (shown.start.zip(shown.end))
        .map(|(start, end)| Highlight {
            start,
            end,
            expansion_of: None,
        })
        .into_iter()
        .collect();
    for line in wrap(
        &marked(&shown.text, shown.sentence, &node),
        page.width.saturating_sub(3).max(20),
    ) {
        writeln!(output, "   {}", colored(line))?;
    }
    writeln!(output, "   {}", Styled(DETAIL, &shown.citation))
}

/// What the reader of a use must know, in sentences.
pub(super) fn caveats(found: &FoundUse, end: End) -> Vec<String> {
    let (early, earlier) = match end {
        End::First => ("early", "earlier"),
        End::Last => ("late", "later"),
    };
    let mut caveats = Vec::new();
    if !found.same_day.is_empty() {
        caveats.push(format!("on the same day also in {}", named(&found.same_day)));
    }
    if !found.could_change.is_empty() {
        let speeches = named(&found.could_change);
        // Beside a use whose day is known, which is the earliest day there is, the others can but be of that day.
        let is_day = found
            .found()
            .is_some_and(|found| found.date_precision == DatePrecision::Day);
        let could_be = if is_day {
            format!("as {early}")
        } else {
            earlier.to_owned()
        };
        caveats.push(format!("could be {could_be}, for a date is imprecise: {speeches}"));
    }
    if found.undated_speeches > 0 {
        let undated = OtherSpeeches {
            total: found.undated_speeches,
            speeches: found.undated.clone(),
        };
        caveats.push(format!("could be {earlier}, for it has no date: {}", named(&undated)));
    }
    caveats
}

/// Some speeches with the ids of the first ones.
pub(super) fn named(speeches: &OtherSpeeches) -> String {
    let ids = speeches.speeches.join(", ");
    let ellipsis = match speeches.speeches.len() as u64 == speeches.total {
        true => "",
        false => ", …",
    };
    format!("{} ({ids}{ellipsis})", counted(speeches.total, "speech"))
}

/// The columns of a use in a table; those of the use itself are empty where nothing dated was found.
fn columns(found: &FoundUse, end: End) -> Vec<String> {
    let number = |number: Option<usize>| number.map_or(String::new(), |number| number.to_string());
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut columns = vec![End::NAMES[end as usize].0.to_owned()];
    match found.found() {
        Some(shown) => columns.extend([
            shown.date.clone(),
            precision(shown.date_precision).to_owned(),
            text(&shown.date_source),
            shown.passage.clone(),
            shown.speech.clone(),
            shown.paragraph.to_string(),
            text(&shown.title),
            text(&shown.speaker),
            text(&shown.role),
            text(&shown.country),
            text(&shown.place),
            text(&shown.event),
            text(&shown.language),
            shown.text.clone(),
            number(shown.start),
            number(shown.end),
            shown.sentence.start.to_string(),
            shown.sentence.end.to_string(),
            shown.citation.clone(),
        ]),
        None => columns.resize(20, String::new()),
    }
    columns.extend([
        found.occurrences.map_or(String::new(), |count| count.to_string()),
        found.speeches.to_string(),
        found.same_day.total.to_string(),
        found.could_change.total.to_string(),
        found.undated_speeches.to_string(),
    ]);
    columns
}

fn precision(precision: DatePrecision) -> &'static str {
    match precision {
        DatePrecision::Year => "year",
        DatePrecision::Month => "month",
        DatePrecision::Day => "day",
    }
}
