//! Counts: the totals with what they are relative to, and the figures by value or as a cross table.

mod cross;

use std::io::{self, Write};

use serde_json::Value;

use super::grid::{Column, Grid, NO_TEXT, Row, folded};
use super::numbers::{FIGURE_COLUMNS, cells, counted, rate, rates, separated, share, shares, unit, value};
use super::passages::left_out;
use super::stamp;
use super::style::{HINT, Page, Styled, TITLE, safe};
use super::{Render, json};
use crate::engine::{Answer, Count, GroupFigures};
use crate::tally::{Figures, Measure, Period};
use cross::CrossTable;

/// What marks a rate over too little text.
pub(super) const UNRELIABLE: &str = "*";

/// What the mark means.
pub(super) const UNRELIABLE_NOTE: &str = "* fewer than 50,000 characters of text: the rate is not reliable";

impl Render for Answer<Count> {
    fn text(&self, output: &mut dyn Write, page: &Page) -> io::Result<()> {
        let count = &self.body;
        for warning in &self.warnings {
            writeln!(output, "{} {}", Styled(HINT, "note"), safe(warning))?;
        }
        write_total(count, output)?;
        let quiet = |text: &str, output: &mut dyn Write| stamp::write_quiet(text, output, page);
        let shown = shown_groups(count);
        let mut is_marked = count.total.unreliable && count.total.per_million.is_some();
        if !shown.is_empty() {
            writeln!(output)?;
            is_marked |= write_groups(count, &shown, output, page)?;
            writeln!(output)?;
        }
        let without_hit = count.by.len() - shown.len();
        if without_hit > 0 {
            let noun = if count.fields.len() > 1 { "combination" } else { "value" };
            let values = counted(without_hit as u64, noun);
            quiet(&format!("{values} without a hit; --format csv lists them"), output)?;
        }
        if is_marked {
            quiet(UNRELIABLE_NOTE, output)?;
        }
        let left_out = left_out(count.undetermined);
        if !left_out.is_empty() {
            quiet(left_out.trim_start_matches("; "), output)?;
        }
        stamp::write_line(Some(&count.interpreted), &count.circumstances, self, output, page)
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let count = &self.body;
        let mut header = super::header("row");
        header.extend(count.fields.iter().cloned());
        header.extend(super::header(FIGURE_COLUMNS));
        header.extend(stamp::header().map(str::to_owned));
        let row = |kind: &str, values: Vec<String>, figures: &Figures| {
            let mut row = vec![kind.to_owned()];
            row.extend(values);
            row.extend(cells(figures, count.per));
            row.extend(stamp::row(&count.query, &count.circumstances, self));
            row
        };
        let mut rows = vec![
            header,
            row("total", vec![String::new(); count.fields.len()], &count.total),
        ];
        rows.extend(count.by.iter().map(|group| {
            let of = |field: &String| group.values.get(field).cloned().unwrap_or_default();
            row("group", count.fields.iter().map(of).collect(), &group.figures)
        }));
        rows
    }

    fn lines(&self) -> Vec<Value> {
        let count = &self.body;
        let line = |kind: &str, figures: Value| {
            let mut line = serde_json::Map::new();
            line.insert("row".to_owned(), kind.into());
            if let Value::Object(figures) = figures {
                line.extend(figures);
            }
            line.insert("per".to_owned(), json::value(&count.per));
            line.extend(stamp::members(&count.query, &count.circumstances, self));
            Value::Object(line)
        };
        let groups = count.by.iter().map(|group| line("group", json::value(group)));
        [line("total", json::value(&count.total))]
            .into_iter()
            .chain(groups)
            .collect()
    }
}

fn write_total(count: &Count, output: &mut dyn Write) -> io::Result<()> {
    let total = &count.total;
    let speeches = counted(total.speeches, "speech");
    let passages = counted(total.passages, "passage");
    let line = match total.occurrences {
        Some(occurrences) => format!("{} in {passages} of {speeches}", counted(occurrences, "occurrence")),
        None => format!("{passages} of {speeches}"),
    };
    writeln!(output, "{}", Styled(TITLE, &line))?;
    if let (Some(per_million), Some(interval)) = (total.per_million, total.per_million_interval) {
        let (what, size) = (unit(count.per), separated(total.of.by(count.per)));
        let mark = if total.unreliable { UNRELIABLE } else { "" };
        writeln!(
            output,
            "{}{mark} per million {what} (95 % interval {}), of {size} {what}",
            rate(per_million),
            rates(interval)
        )?;
    }
    if let (Some(of_all), Some(interval)) = (total.share_of_speeches, total.share_interval) {
        writeln!(
            output,
            "{} of speeches (95 % interval {}): {} of {}",
            share(of_all),
            shares(interval),
            separated(total.speeches),
            separated(total.of.speeches)
        )?;
    }
    Ok(())
}

/// Whether values of a field are periods, which are shown with or without a hit.
fn is_period(field: &str) -> bool {
    Period::NAMES.iter().any(|(name, _)| *name == field)
}

/// The groups that text shows: those with a hit, and periods.
fn shown_groups(count: &Count) -> Vec<&GroupFigures> {
    let are_periods = matches!(count.fields.as_slice(), [field] if is_period(field));
    let is_shown = |group: &&GroupFigures| {
        let is_dated = count.fields.iter().all(|field| group.values.contains_key(field));
        (are_periods && is_dated) || group.figures.passages > 0
    };
    count.by.iter().filter(is_shown).collect()
}

/// Writes the groups, two fields as a cross table where it has room; returns whether a rate is marked as unreliable.
fn write_groups(count: &Count, shown: &[&GroupFigures], output: &mut dyn Write, page: &Page) -> io::Result<bool> {
    if let [rows, columns] = count.fields.as_slice() {
        let table = CrossTable::new(rows, columns, shown, count);
        if table.fits(page) {
            table.write(output, page)?;
            return Ok(false);
        }
    }
    list(count, shown).write(output, page)?;
    Ok(shown
        .iter()
        .any(|group| group.figures.unreliable && group.figures.per_million.is_some()))
}

/// The groups one below the other.
fn list(count: &Count, shown: &[&GroupFigures]) -> Grid {
    let mut columns: Vec<Column> = count.fields.iter().map(|field| Column::names(field)).collect();
    let has_occurrences = count.total.occurrences.is_some();
    let mut headings = vec!["passages", "speeches", "share"];
    if has_occurrences {
        headings.insert(0, "occurrences");
        headings.push(match count.per {
            Measure::Characters => "per million",
            Measure::Words => "per million words",
        });
        headings.push("95 % interval");
    }
    columns.extend(headings.into_iter().map(Column::figures));
    let row = |group: &&GroupFigures| {
        let names = count.fields.iter().map(|field| value(group, field).to_owned());
        match group.figures.of.speeches {
            0 => Row::Remark(names.collect::<Vec<_>>().join("  "), NO_TEXT.to_owned()),
            _ => Row::Cells(names.chain(figure_cells(&group.figures)).collect()),
        }
    };
    let rows = folded(shown.iter().map(row).collect());
    Grid { columns, rows }
}

fn figure_cells(figures: &Figures) -> Vec<String> {
    let mut cells: Vec<String> = figures.occurrences.map(separated).into_iter().collect();
    cells.push(separated(figures.passages));
    cells.push(format!(
        "{} of {}",
        separated(figures.speeches),
        separated(figures.of.speeches)
    ));
    cells.push(figures.share_of_speeches.map(share).unwrap_or_default());
    if figures.occurrences.is_some() {
        cells.push(marked_rate(figures));
        cells.push(figures.per_million_interval.map(rates).unwrap_or_default());
    }
    cells
}

/// A rate with its mark, or room for one, so that points stand in line.
pub(super) fn marked_rate(figures: &Figures) -> String {
    let mark = if figures.unreliable { UNRELIABLE } else { " " };
    figures
        .per_million
        .map(|per_million| rate(per_million) + mark)
        .unwrap_or_default()
}
