//! The lines of judgments and runs: fields apart by white space, an error for a line with another number of them.

use std::path::Path;

use crate::error::{Error, ErrorKind, Result};

/// Reads a file of lines whole.
pub(super) fn read(path: &Path, what: &str) -> Result<String> {
    std::fs::read_to_string(path).map_err(|cause| {
        Error::new(ErrorKind::Io, format!("cannot read the {what}"))
            .at_path(path)
            .caused_by(cause)
    })
}

/// The lines of a text that are not blank, each cut into `COUNT` fields, with its number from 1. Fields are cut at tabs where
/// there are as many of them, so that an id may hold a space, and else at white space.
pub(super) fn fields<'a, const COUNT: usize>(
    text: &'a str,
    path: &'a Path,
    form: &'a str,
) -> impl Iterator<Item = Result<(u64, [&'a str; COUNT])>> {
    let text = text.trim_start_matches('\u{feff}');
    let numbered = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    numbered.map(move |(index, line)| {
        let number = index as u64 + 1;
        let fields =
            cut(line.trim_end_matches('\r').split('\t').map(str::trim)).or_else(|| cut(line.split_whitespace()));
        let fields = fields.ok_or_else(|| {
            let message = format!(
                "there are {} fields in this line, not {COUNT}",
                line.split_whitespace().count()
            );
            fault(path, number, message, form)
        })?;
        Ok((number, fields))
    })
}

/// As many fields as are asked for, none of them empty.
fn cut<'a, const COUNT: usize>(fields: impl Iterator<Item = &'a str>) -> Option<[&'a str; COUNT]> {
    let fields: Vec<&str> = fields.collect();
    let fields: [&str; COUNT] = fields.try_into().ok()?;
    fields.iter().all(|field| !field.is_empty()).then_some(fields)
}

/// The error of a line, with the form that it should have.
pub(super) fn fault(path: &Path, line: u64, message: impl Into<String>, form: &str) -> Error {
    Error::new(ErrorKind::Usage, message)
        .at_line(path, line)
        .hint(format!("write {form}"))
}
