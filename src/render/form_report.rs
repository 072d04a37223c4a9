//! The formulations of one speech, held against what was said before.

use std::io::{self, Write};

use serde_json::Value;

use super::form_lists::{form_heading, notes};
use super::numbers::{counted, separated};
use super::passages::passage_number;
use super::style::{DELETED, DETAIL, INSERTED, Marked, Page, Styled, TITLE, colored, marked_text, safe, wrap};
use super::uses::{line, named};
use super::{Render, json, stamp};
use crate::engine::{
    AbsentForm, AlteredForm, Answer, Custom, CustomOf, FormOccurrence, FormPart, FormReport, NewForm, PresentForm,
};
use crate::forms::Change;

impl Render for Answer<FormReport> {
    fn text(&self, output: &mut dyn Write, page: &Page) -> io::Result<()> {
        let report = &self.body;
        notes(&self.warnings, output)?;
        let title = report.title.as_deref().unwrap_or(&report.speech);
        writeln!(output, "{}", Styled(TITLE, title))?;
        let details = [
            &report.speaker,
            &report.date,
            &report.event,
            &Some(report.speech.clone()),
        ];
        let details: Vec<&str> = details.into_iter().flatten().map(String::as_str).collect();
        writeln!(output, "{}", Styled(DETAIL, &details.join(" · ")))?;
        section("first time", report.first_time.len(), output)?;
        report.first_time.iter().try_for_each(|form| new_text(form, output))?;
        section("first time by this speaker", report.first_time_by_speaker.len(), output)?;
        (report.first_time_by_speaker.iter()).try_for_each(|form| new_text(form, output))?;
        section("altered", report.altered.len(), output)?;
        report
            .altered
            .iter()
            .try_for_each(|form| altered_text(form, output, page))?;
        section("absent though usual", report.absent.len(), output)?;
        report.absent.iter().try_for_each(|form| absent_text(form, output))?;
        section("present", report.present.len(), output)?;
        report.present.iter().try_for_each(|form| present_text(form, output))?;
        let compared = format!("held against {} before", counted(report.earlier_speeches, "speech"));
        writeln!(output)?;
        stamp::write_quiet(&compared, output, page)?;
        if report.too_short > 0 {
            let be = if report.too_short == 1 { "is" } else { "are" };
            let short = counted(report.too_short, "formulation");
            stamp::write_quiet(&format!("{short} {be} too short to be told when altered"), output, page)?;
        }
        stamp::write_line(None, &report.circumstances, self, output, page)
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let report = &self.body;
        let mut header =
            super::header("finding id form passage paragraph start end text difference changes usual earlier_speeches");
        header.extend(stamp::header().map(str::to_owned));
        let stamp = stamp::row(&report.speech, &report.circumstances, self).to_vec();
        let mut rows = vec![header];
        rows.extend(
            cells(report)
                .into_iter()
                .map(|row| [row.to_vec(), stamp.clone()].concat()),
        );
        rows
    }

    fn lines(&self) -> Vec<Value> {
        let report = &self.body;
        let mut members = stamp::members("", &report.circumstances, self);
        members.remove("query");
        members.insert("speech".to_owned(), report.speech.clone().into());
        let values = |kind: &'static str, values: Vec<Value>| values.into_iter().map(move |value| (kind, value));
        let all = |forms: &[NewForm]| forms.iter().map(json::value).collect::<Vec<_>>();
        let lines = values("first_time", all(&report.first_time))
            .chain(values("first_time_by_speaker", all(&report.first_time_by_speaker)))
            .chain(values("altered", report.altered.iter().map(json::value).collect()))
            .chain(values("absent", report.absent.iter().map(json::value).collect()))
            .chain(values("present", report.present.iter().map(json::value).collect()));
        lines.map(|(kind, value)| line(kind, value, &members)).collect()
    }
}

fn section(title: &str, count: usize, output: &mut dyn Write) -> io::Result<()> {
    match count {
        0 => Ok(()),
        _ => writeln!(
            output,
            "\n{}",
            Styled(TITLE, &format!("{title}: {}", separated(count as u64)))
        ),
    }
}

fn new_text(form: &NewForm, output: &mut dyn Write) -> io::Result<()> {
    writeln!(output, "  {}", safe(&form_heading(&form.id, &form.form)))?;
    let caveats = [
        ("the same day or an imprecise date", &form.could_change),
        ("no date", &form.undated),
    ];
    for (why, speeches) in caveats.into_iter().filter(|(_, speeches)| !speeches.is_empty()) {
        let line = format!("could be earlier, {why}: {}", named(speeches));
        writeln!(output, "    {}", Styled(DETAIL, &line))?;
    }
    Ok(())
}

fn altered_text(form: &AlteredForm, output: &mut dyn Write, page: &Page) -> io::Result<()> {
    let heading = format!(
        "{}  {}",
        form_heading(&form.id, &form.form),
        passage_number(&form.passage)
    );
    writeln!(output, "  {}", safe(&heading))?;
    let mut marked = Vec::new();
    for part in &form.parts {
        let texts = match part.change {
            Change::Same => vec![(part.text.clone(), None)],
            _ => signed(part)
                .into_iter()
                .map(|(text, style)| (text, Some(style)))
                .collect(),
        };
        for (text, style) in texts {
            marked.extend(text.chars().map(|character| Marked { character, style }));
        }
    }
    let marked = marked_text(marked.into_iter());
    for line in wrap(&marked, page.width.saturating_sub(4).max(20)) {
        writeln!(output, "    {}", colored(line))?;
    }
    Ok(())
}

/// A changed part: what the formulation has, and what stands there, between signs that tell them without colors; the white space
/// behind stays outside.
fn signed(part: &FormPart) -> Vec<(String, anstyle::Style)> {
    let mut shown = Vec::new();
    let space = |text: &str| text[text.trim_end().len()..].to_owned();
    if !part.form.is_empty() {
        let space = if part.text.is_empty() {
            space(&part.form)
        } else {
            String::new()
        };
        shown.push((format!("[-{}-]{space}", part.form.trim_end()), DELETED));
    }
    if !part.text.is_empty() {
        shown.push((format!("{{+{}+}}{}", part.text.trim_end(), space(&part.text)), INSERTED));
    }
    shown
}

/// The difference as one text: `互利共[-赢-]{+享+}`.
fn difference(parts: &[FormPart]) -> String {
    let text = |part: &FormPart| match part.change {
        Change::Same => part.text.clone(),
        _ => signed(part).into_iter().map(|(text, _)| text).collect(),
    };
    parts.iter().map(text).collect()
}

fn absent_text(form: &AbsentForm, output: &mut dyn Write) -> io::Result<()> {
    let usual = form.usual.iter().map(custom).collect::<Vec<_>>().join("; ");
    let heading = form_heading(&form.id, &form.form);
    writeln!(output, "  {}  {}", safe(&heading), Styled(DETAIL, &usual))
}

fn custom(custom: &Custom) -> String {
    let whose = match custom.of {
        CustomOf::Speaker => "by",
        CustomOf::Event => "at",
    };
    let (speeches, all) = (separated(custom.speeches), separated(custom.of_speeches));
    format!("in {speeches} of {all} speeches {whose} {}", custom.value)
}

fn present_text(form: &PresentForm, output: &mut dyn Write) -> io::Result<()> {
    let details = format!(
        "{} ({}); {} before",
        counted(form.occurrences.len() as u64, "occurrence"),
        places_text(form),
        counted(form.earlier_speeches, "speech")
    );
    let heading = form_heading(&form.id, &form.form);
    writeln!(output, "  {}  {}", safe(&heading), Styled(DETAIL, &details))
}

/// Where a formulation stands: the form itself, then each variant with its wording: `¶ 3, ¶ 5; as 共同命运体 ¶ 2`.
fn places_text(form: &PresentForm) -> String {
    let mut by_wording: Vec<(&str, Vec<String>)> = vec![(&form.form, Vec::new())];
    for occurrence in &form.occurrences {
        let place = passage_number(&occurrence.passage);
        match by_wording
            .iter_mut()
            .find(|(wording, _)| *wording == occurrence.wording)
        {
            Some((_, places)) => places.push(place),
            None => by_wording.push((&occurrence.wording, vec![place])),
        }
    }
    let shown = by_wording.iter().filter(|(_, places)| !places.is_empty());
    let shown = shown.map(|(wording, places)| match *wording == form.form {
        true => places.join(", "),
        false => format!("as {wording} {}", places.join(", ")),
    });
    shown.collect::<Vec<_>>().join("; ")
}

/// The rows of a table: a row an occurrence or other finding.
fn cells(report: &FormReport) -> Vec<[String; 12]> {
    let mut rows = Vec::new();
    let row = |finding: &str, id: &str, form: &str| {
        let mut row: [String; 12] = Default::default();
        (row[0], row[1], row[2]) = (finding.to_owned(), id.to_owned(), form.to_owned());
        row
    };
    let new = [
        ("first_time", &report.first_time),
        ("first_time_by_speaker", &report.first_time_by_speaker),
    ];
    for (finding, forms) in new {
        rows.extend(forms.iter().map(|form| row(finding, &form.id, &form.form)));
    }
    for form in &report.altered {
        let mut row = row("altered", &form.id, &form.form);
        place(
            &mut row,
            (&form.passage, form.paragraph),
            (form.start, form.end),
            &form.text,
        );
        (row[8], row[9]) = (difference(&form.parts), form.changes.to_string());
        rows.push(row);
    }
    for form in &report.absent {
        let mut row = row("absent", &form.id, &form.form);
        row[10] = form.usual.iter().map(custom).collect::<Vec<_>>().join("; ");
        rows.push(row);
    }
    for form in &report.present {
        for occurrence in &form.occurrences {
            let FormOccurrence { passage, text, .. } = occurrence;
            let mut row = row("present", &form.id, &occurrence.wording);
            place(
                &mut row,
                (passage, occurrence.paragraph),
                (occurrence.start, occurrence.end),
                text,
            );
            row[11] = form.earlier_speeches.to_string();
            rows.push(row);
        }
    }
    rows
}

fn place(row: &mut [String; 12], (passage, paragraph): (&str, u32), (start, end): (usize, usize), text: &str) {
    row[3] = passage.to_owned();
    row[4] = paragraph.to_string();
    (row[5], row[6]) = (start.to_string(), end.to_string());
    row[7] = text.to_owned();
}
