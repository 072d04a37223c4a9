//! JSON and JSON Lines.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

/// Writes one object over several lines.
///
/// # Errors
/// The output cannot be written.
pub fn write_object<T: Serialize>(object: &T, output: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *output, object)?;
    writeln!(output)
}

/// Writes one object on one line.
///
/// # Errors
/// The output cannot be written.
pub fn write_line<T: Serialize>(object: &T, output: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *output, object)?;
    writeln!(output)
}

/// An object as a JSON value.
pub fn value<T: Serialize>(object: &T) -> Value {
    serde_json::to_value(object).expect("answers have only string keys and finite numbers")
}
