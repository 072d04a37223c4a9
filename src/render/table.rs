//! CSV and TSV.

use std::io::{self, Write};

/// Writes rows as CSV; fields that need it are quoted.
///
/// # Errors
/// The output cannot be written.
pub fn write_csv(rows: &[Vec<String>], output: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(output);
    for row in rows {
        writer.write_record(row).map_err(unwrapped)?;
    }
    writer.flush()
}

/// What kept a row from being written, of its own kind: a reader that has gone away is told from a full disk by it.
fn unwrapped(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(cause) => cause,
        kind => io::Error::other(format!("{kind:?}")),
    }
}

/// Writes rows as TSV. Its readers know no quotes, so tabs and line breaks in a field become spaces.
///
/// # Errors
/// The output cannot be written.
pub fn write_tsv(rows: &[Vec<String>], output: &mut dyn Write) -> io::Result<()> {
    for row in rows {
        let fields: Vec<String> = row.iter().map(|field| field.replace(['\t', '\n', '\r'], " ")).collect();
        writeln!(output, "{}", fields.join("\t"))?;
    }
    Ok(())
}
