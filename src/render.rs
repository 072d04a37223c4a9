//! Results → bytes: the view for a terminal, JSON and JSON Lines, CSV and TSV. Knows no engine beyond its plain data.

pub mod alignment;
pub mod concordance;
pub mod json;
pub mod place;
pub mod plot;
pub mod reading;
pub mod style;
pub mod table;
pub mod timeline;
pub mod timing_report;

mod advice;
mod chart;
mod citations;
mod counts;
mod differences;
mod evaluation;
mod explanation;
mod figures;
mod form_lists;
mod form_report;
mod grid;
mod numbers;
mod passages;
mod reports;
mod speeches;
mod stamp;
mod timings;
mod uses;
mod versions;

use std::io::{self, Write};
use std::str::FromStr;

use crate::error::{Error, ErrorKind};

/// The form of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Text,
    /// One JSON object.
    Json,
    /// One JSON object a line, one line a hit.
    JsonLines,
    /// Comma-separated values with a header.
    Csv,
    /// Tab-separated values with a header.
    Tsv,
}

impl Format {
    /// The names as typed.
    pub const NAMES: [&'static str; 5] = ["text", "json", "jsonl", "csv", "tsv"];
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Ok(match name {
            "text" => Self::Text,
            "json" => Self::Json,
            "jsonl" => Self::JsonLines,
            "csv" => Self::Csv,
            "tsv" => Self::Tsv,
            _ => {
                let message = format!("`{name}` is not an output format");
                return Err(
                    Error::new(ErrorKind::Usage, message).hint(format!("write one of {}", Self::NAMES.join(", ")))
                );
            }
        })
    }
}

/// Something that can be written in every form.
pub trait Render {
    /// Writes it for people.
    ///
    /// # Errors
    /// The output cannot be written.
    fn text(&self, output: &mut dyn Write, page: &style::Page) -> io::Result<()>;

    /// The rows of a table, the first its header.
    fn rows(&self) -> Vec<Vec<String>>;

    /// The objects of JSON Lines.
    fn lines(&self) -> Vec<serde_json::Value>;
}

/// Writes an answer in a form.
///
/// # Errors
/// The output cannot be written.
pub fn render<T: Render + serde::Serialize>(
    answer: &T,
    format: Format,
    output: &mut dyn Write,
    page: &style::Page,
) -> io::Result<()> {
    match format {
        Format::Text => answer.text(output, page),
        Format::Json => json::write_object(answer, output),
        Format::JsonLines => answer
            .lines()
            .iter()
            .try_for_each(|line| json::write_line(line, output)),
        Format::Csv => table::write_csv(&answer.rows(), output),
        Format::Tsv => table::write_tsv(&answer.rows(), output),
    }
}

/// The header row of a table, its names apart by spaces.
fn header(names: &str) -> Vec<String> {
    names.split(' ').map(str::to_owned).collect()
}
