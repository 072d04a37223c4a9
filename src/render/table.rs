//! CSV and TSV.

use std::io::{self, Write};

/// Writes rows as CSV; fields that need it are quoted.
///
/// # Errors
/// The output cannot be written.
pub fn write_csv(rows: &[Vec<String>], output: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(output);
    for row in rows {
        writer.write_record(row).map_err(io::Error::other)?;
    }
    writer.flush()
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
