//! The files in which users keep their formulations.

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;

use super::{Formulation, Formulations, ListName};
use crate::analyzer::fold;
use crate::error::{Error, ErrorKind, Result};

/// What a line should look like, for whoever wrote another one.
const HINT: &str =
    "write id, formulation and variants apart by tabs, or a JSON object {\"id\", \"form\", \"variants\"} a line";

/// A line of JSON Lines.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    id: String,
    #[serde(alias = "formulation")]
    form: String,
    #[serde(default)]
    variants: Vec<String>,
    #[serde(default)]
    note: Option<String>,
}

pub(super) fn read(path: &Path) -> Result<Formulations> {
    let bytes = std::fs::read(path).map_err(|cause| {
        Error::new(ErrorKind::Io, "cannot read the list of formulations")
            .at_path(path)
            .caused_by(cause)
    })?;
    parse(&bytes, path)
}

pub(super) fn parse(bytes: &[u8], path: &Path) -> Result<Formulations> {
    let name = ListName::of(bytes, path);
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let is_json = bytes.trim_ascii_start().starts_with(b"{");
    let mut list: Vec<Formulation> = Vec::new();
    let mut lines: HashMap<String, u64> = HashMap::new();
    let mut is_first = true;
    for (index, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        let number = index as u64 + 1;
        let wrong = |message: String| Error::new(ErrorKind::Usage, message).at_line(path, number).hint(HINT);
        let line = std::str::from_utf8(line).map_err(|_| {
            Error::new(ErrorKind::Usage, "the line is not UTF-8")
                .at_line(path, number)
                .hint("save the file as UTF-8")
        })?;
        let line = line.trim_end_matches('\r');
        if line.trim().is_empty() || (!is_json && line.starts_with('#')) {
            continue;
        }
        let may_be_header = std::mem::replace(&mut is_first, false);
        if !is_json && may_be_header && is_header(line) {
            continue;
        }
        let formulation = match is_json {
            true => from_json(line),
            false => from_cells(line),
        };
        let formulation = formulation.and_then(checked).map_err(wrong)?;
        if let Some(before) = lines.insert(formulation.id.clone(), number) {
            let message = format!("the id `{}` stands in line {before} already", formulation.id);
            return Err(Error::new(ErrorKind::Usage, message)
                .at_line(path, number)
                .hint("give every formulation an id of its own; further wordings of one are its variants"));
        }
        list.push(formulation);
    }
    if list.is_empty() {
        return Err(Error::new(ErrorKind::Usage, "the list holds no formulation")
            .at_path(path)
            .hint(HINT));
    }
    Ok(Formulations { list, name })
}

/// Whether a line names the columns.
fn is_header(line: &str) -> bool {
    let mut cells = line.split('\t').map(|cell| cell.trim().to_lowercase());
    let (id, form) = (cells.next(), cells.next());
    id.as_deref() == Some("id") && matches!(form.as_deref(), Some("form" | "formulation"))
}

fn from_json(line: &str) -> std::result::Result<Formulation, String> {
    let record: Record =
        serde_json::from_str(line).map_err(|error| format!("the line is no formulation as a JSON object: {error}"))?;
    Ok(Formulation {
        id: record.id,
        form: record.form,
        variants: record.variants,
        note: record.note,
    })
}

fn from_cells(line: &str) -> std::result::Result<Formulation, String> {
    let mut cells = line.split('\t').map(str::trim);
    let id = cells.next().unwrap_or_default().to_owned();
    let Some(form) = cells.next() else {
        return Err(format!(
            "`{}` has no tab, so there is no formulation behind its id",
            line.trim()
        ));
    };
    Ok(Formulation {
        id,
        form: form.to_owned(),
        variants: cells.filter(|cell| !cell.is_empty()).map(str::to_owned).collect(),
        note: None,
    })
}

/// The formulation, white space around its parts taken off, if it can be followed.
fn checked(read: Formulation) -> std::result::Result<Formulation, String> {
    let trimmed = |text: String| text.trim().to_owned();
    let formulation = Formulation {
        id: trimmed(read.id),
        form: trimmed(read.form),
        variants: read.variants.into_iter().map(trimmed).collect(),
        note: read.note.map(trimmed).filter(|note| !note.is_empty()),
    };
    if formulation.id.is_empty() {
        return Err("the formulation has no id".to_owned());
    }
    if formulation.form.is_empty() {
        return Err(format!("the form of `{}` is empty", formulation.id));
    }
    for wording in formulation.wordings() {
        if fold(wording).is_punctuation_only() {
            return Err(format!("`{wording}` holds no letter, character or digit to search for"));
        }
    }
    Ok(formulation)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Formulations> {
        parse(text.as_bytes(), Path::new("forms.tsv"))
    }

    #[test]
    fn both_kinds_of_file_hold_the_same_list() {
        let table =
            "\u{feff}ID\tFormulation\tVariants\r\n# mine\r\n\r\nsea\t共饮一海水\t同饮一海水\t\r\nwin\t互利“共赢”\r\n";
        let json = "{\"id\": \"sea\", \"form\": \"共饮一海水\", \"variants\": [\"同饮一海水\"]}\n{\"id\": \"win\", \"formulation\": \"互利“共赢”\"}\n";
        let list = parsed(table).expect("the table can be read");
        let from_json = parsed(json).expect("the objects can be read");
        assert_eq!(list.list(), from_json.list());
        assert_eq!(list.name().name, "forms.tsv");
        assert_ne!(list.name(), from_json.name());
        let queries: Vec<String> = list.list().iter().map(Formulation::query).collect();
        assert_eq!(queries, ["\"共饮一海水\" OR \"同饮一海水\"", "\"互利\\“共赢\\”\""]);
    }

    #[test]
    fn an_error_names_file_and_line() {
        let rows = [
            ("a\t一\n\nb", "forms.tsv:3: `b` has no tab"),
            (
                "a\t一\nb\t二\na\t三",
                "forms.tsv:3: the id `a` stands in line 1 already",
            ),
            ("a\t ", "forms.tsv:1: the form of `a` is empty"),
            ("\t一", "forms.tsv:1: the formulation has no id"),
            ("a\t一\t——", "forms.tsv:1: `——` holds no letter"),
            (
                "{\"id\": \"a\"}",
                "forms.tsv:1: the line is no formulation as a JSON object: missing field `form`",
            ),
            ("{\"id\": \"a\", \"form\": \"一\", \"x\": 1}", "unknown field `x`"),
            ("# nothing\n", "forms.tsv: the list holds no formulation"),
        ];
        for (text, message) in rows {
            let error = parsed(text).expect_err(text);
            assert!(error.to_string().contains(message), "{error}");
            assert!(error.hint_text().is_some());
        }
        let error = parse(b"a\t\xff", Path::new("forms.tsv")).expect_err("not UTF-8");
        assert_eq!(error.to_string(), "forms.tsv:1: the line is not UTF-8");
    }
}
