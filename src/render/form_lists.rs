//! Lists of formulations: their counts, their first or last uses, and an overview of them.

use std::io::{self, Write};

use serde_json::Value;

use super::grid::{Column, Grid, Row};
use super::numbers::{FIGURE_COLUMNS, cells, counted, rate, separated, share};
use super::style::{ALERT, DETAIL, HINT, Page, Styled, TITLE, safe};
use super::uses::{COLUMNS, found_rows, found_text, line, name};
use super::{Render, json, stamp};
use crate::engine::{Answer, FormCount, FormCounts, FormListing, FormUse, FormUses, ListedForm, PlacedDate};
use crate::tally::Figures;

impl Render for Answer<FormCounts> {
    fn text(&self, output: &mut dyn Write, page: &Page) -> io::Result<()> {
        let counts = &self.body;
        notes(&self.warnings, output)?;
        let mut columns = vec![Column::names("id"), Column::names("formulation")];
        columns.extend(counts.fields.iter().map(|field| Column::names(field)));
        let headings = ["occurrences", "passages", "speeches", "share", "per million"];
        columns.extend(headings.map(Column::figures));
        let row = |form: &FormCount, values: Vec<String>, figures: &Figures| {
            let mut cells = vec![form.id.clone(), form.form.clone()];
            cells.extend(values);
            cells.extend(figure_cells(figures));
            Row::Cells(cells)
        };
        let mut rows = Vec::new();
        for form in &counts.forms {
            if counts.fields.is_empty() || form.by.is_empty() {
                rows.push(row(form, vec![String::new(); counts.fields.len()], &form.total));
            }
            for group in &form.by {
                let value = |field: &String| super::numbers::value(group, field).to_owned();
                rows.push(row(form, counts.fields.iter().map(value).collect(), &group.figures));
            }
        }
        Grid { columns, rows }.write(output, page)?;
        writeln!(output)?;
        stamp::write_line(None, &counts.circumstances, self, output, page)
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let counts = &self.body;
        let mut header = super::header("id form row");
        header.extend(counts.fields.iter().cloned());
        header.extend(super::header(FIGURE_COLUMNS));
        header.extend(stamp::header().map(str::to_owned));
        let mut rows = vec![header];
        for form in &counts.forms {
            let stamp = stamp::row(&form.query, &counts.circumstances, self);
            let mut row = |kind: &str, values: Vec<String>, figures: &Figures| {
                let first = vec![form.id.clone(), form.form.clone(), kind.to_owned()];
                rows.push([first, values, cells(figures, counts.per), stamp.to_vec()].concat());
            };
            row("total", vec![String::new(); counts.fields.len()], &form.total);
            for group in &form.by {
                let value = |field: &String| group.values.get(field).cloned().unwrap_or_default();
                row("group", counts.fields.iter().map(value).collect(), &group.figures);
            }
        }
        rows
    }

    fn lines(&self) -> Vec<Value> {
        let counts = &self.body;
        let object = |form: &FormCount| {
            let mut members = stamp::members(&form.query, &counts.circumstances, self);
            members.insert("per".to_owned(), json::value(&counts.per));
            line("formulation", json::value(form), &members)
        };
        counts.forms.iter().map(object).collect()
    }
}

fn figure_cells(figures: &Figures) -> [String; 5] {
    [
        figures.occurrences.map(separated).unwrap_or_default(),
        separated(figures.passages),
        separated(figures.speeches),
        figures.share_of_speeches.map(share).unwrap_or_default(),
        figures.per_million.map(rate).unwrap_or_default(),
    ]
}

impl Render for Answer<FormUses> {
    fn text(&self, output: &mut dyn Write, page: &Page) -> io::Result<()> {
        let uses = &self.body;
        notes(&self.warnings, output)?;
        for form in &uses.forms {
            let uncertain = match form.certain {
                Some(false) => " (could have been used before)",
                _ => "",
            };
            let heading = form_heading(&form.id, &form.form);
            writeln!(output, "{}{}", Styled(TITLE, &heading), Styled(ALERT, uncertain))?;
            found_text(&form.found, uses.end, output, page)?;
            for group in &form.by {
                writeln!(output, "{}", Styled(TITLE, &name(group, &uses.fields)))?;
                found_text(&group.found, uses.end, output, page)?;
            }
            writeln!(output)?;
        }
        if let Some(since) = &uses.new_since {
            let new = counted(uses.forms.len() as u64, "formulation");
            let before = counted(uses.used_before.unwrap_or(0), "formulation");
            stamp::write_quiet(&format!("{new} new since {since}; used before: {before}"), output, page)?;
        }
        if !uses.never_found.is_empty() {
            let line = format!("never found: {}", uses.never_found.join(", "));
            stamp::write_quiet(&line, output, page)?;
        }
        stamp::write_line(None, &uses.circumstances, self, output, page)
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let uses = &self.body;
        let mut header = super::header("id form certain row");
        header.extend(uses.fields.iter().map(|field| format!("by_{field}")));
        header.extend(super::header(COLUMNS));
        header.extend(stamp::header().map(str::to_owned));
        let mut rows = vec![header];
        for form in &uses.forms {
            let certain = form.certain.map_or(String::new(), |certain| certain.to_string());
            let first = vec![form.id.clone(), form.form.clone(), certain];
            let stamp = stamp::row(&form.query, &uses.circumstances, self).to_vec();
            for row in found_rows(&form.found, &form.by, uses.end, &uses.fields) {
                rows.push([first.clone(), row, stamp.clone()].concat());
            }
        }
        rows
    }

    fn lines(&self) -> Vec<Value> {
        let uses = &self.body;
        let object = |form: &FormUse| {
            let members = stamp::members(&form.query, &uses.circumstances, self);
            line("formulation", json::value(form), &members)
        };
        uses.forms.iter().map(object).collect()
    }
}

impl Render for Answer<FormListing> {
    fn text(&self, output: &mut dyn Write, page: &Page) -> io::Result<()> {
        notes(&self.warnings, output)?;
        let mut columns = ["id", "formulation", "first", "last"].map(Column::names).to_vec();
        columns.extend(["occurrences", "speeches"].map(Column::figures));
        let mut rows = Vec::new();
        for form in &self.body.forms {
            let date =
                |placed: &Option<PlacedDate>| placed.as_ref().map_or(String::new(), |placed| placed.date.clone());
            let wording = &form.formulation.form;
            rows.push(Row::Cells(vec![
                form.formulation.id.clone(),
                wording.clone(),
                date(&form.first),
                date(&form.last),
                separated(form.occurrences),
                separated(form.speeches),
            ]));
            for counted in form.wordings.iter().filter(|counted| counted.wording != *wording) {
                rows.push(Row::Cells(vec![
                    String::new(),
                    format!("· {}", counted.wording),
                    String::new(),
                    String::new(),
                    separated(counted.occurrences),
                    separated(counted.speeches),
                ]));
            }
        }
        Grid { columns, rows }.write(output, page)?;
        writeln!(output)?;
        stamp::write_line(None, &self.body.circumstances, self, output, page)
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let mut header = super::header(
            "id form variants note occurrences passages speeches first_date first_speech last_date last_speech \
            undated_speeches wordings",
        );
        header.extend(stamp::header().map(str::to_owned));
        let mut rows = vec![header];
        for form in &self.body.forms {
            let stamp = stamp::row(&form.query, &self.body.circumstances, self);
            rows.push([listed_cells(form), stamp.to_vec()].concat());
        }
        rows
    }

    fn lines(&self) -> Vec<Value> {
        let object = |form: &ListedForm| {
            let members = stamp::members(&form.query, &self.body.circumstances, self);
            line("formulation", json::value(form), &members)
        };
        self.body.forms.iter().map(object).collect()
    }
}

fn listed_cells(form: &ListedForm) -> Vec<String> {
    let placed = |placed: &Option<PlacedDate>| match placed {
        Some(placed) => [placed.date.clone(), placed.speech.clone()],
        None => [String::new(), String::new()],
    };
    let wordings: Vec<String> = (form.wordings.iter())
        .map(|counted| format!("{}: {}", counted.wording, counted.occurrences))
        .collect();
    let formulation = &form.formulation;
    let mut cells = vec![
        formulation.id.clone(),
        formulation.form.clone(),
        formulation.variants.join(" | "),
        formulation.note.clone().unwrap_or_default(),
        form.occurrences.to_string(),
        form.passages.to_string(),
        form.speeches.to_string(),
    ];
    cells.extend(placed(&form.first));
    cells.extend(placed(&form.last));
    cells.extend([form.undated_speeches.to_string(), wordings.join(" | ")]);
    cells
}

/// A formulation with its id.
pub(super) fn form_heading(id: &str, form: &str) -> String {
    match id == form {
        true => form.to_owned(),
        false => format!("{form} ({id})"),
    }
}

/// What the reader should know.
pub(super) fn notes(warnings: &[String], output: &mut dyn Write) -> io::Result<()> {
    warnings
        .iter()
        .try_for_each(|warning| writeln!(output, "{} {}", Styled(HINT, "note"), Styled(DETAIL, &safe(warning))))
}
