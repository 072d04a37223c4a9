//! Where output goes: results to stdout, all else to stderr.

use std::io::{self, BufWriter, Write};

use serde::Serialize;

use chancery::engine::Answer;
use chancery::error::{Error, ErrorKind, Place, Result};
use chancery::render::place::marked_line;
use chancery::render::style::{ALERT, DETAIL, HINT, Page, Styled, safe};
use chancery::render::{Render, render};

use super::common::CommonArgs;

/// What stands before the query in an error.
const INDENT: &str = "  ";

/// Writes an answer to stdout in the form asked for.
pub(super) fn print<T: Serialize>(answer: &Answer<T>, common: &CommonArgs) -> Result<()>
where
    Answer<T>: Render,
{
    print_on(answer, common, &page())
}

/// The same, with text set on another page.
pub(super) fn print_on<T: Serialize>(answer: &Answer<T>, common: &CommonArgs, page: &Page) -> Result<()>
where
    Answer<T>: Render,
{
    let mut output = BufWriter::new(anstream::stdout().lock());
    render(answer, common.format, &mut output, page)
        .and_then(|()| output.flush())
        .map_err(cannot_write)?;
    if common.verbose > 0 {
        let took = format!("{:.1} ms, index {}", answer.took_ms, common.index.display());
        // There is nobody left to tell when stderr is closed.
        let _ = writeln!(anstream::stderr(), "{}", Styled(DETAIL, &took));
    }
    Ok(())
}

/// Tells a person something beside the answer, unless they asked for less.
pub(super) fn remark(text: &str, common: &CommonArgs) {
    if common.quiet == 0 {
        // There is nobody left to tell when stderr is closed.
        let _ = writeln!(anstream::stderr(), "{}", Styled(DETAIL, text));
    }
}

/// An error of writing to stdout as ours.
pub(super) fn cannot_write(cause: io::Error) -> Error {
    Error::new(ErrorKind::Io, "cannot write the output").caused_by(cause)
}

/// Whether the reader of our output has gone away, which is no error.
pub(super) fn is_broken_pipe(error: &Error) -> bool {
    let source = std::error::Error::source(error).and_then(|source| source.downcast_ref::<io::Error>());
    source.is_some_and(|source| source.kind() == io::ErrorKind::BrokenPipe)
}

fn page() -> Page {
    let measured = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    Page {
        width: measured.unwrap_or(80).min(100),
    }
}

/// Tells a person what went wrong, where, and what to do.
pub(super) fn report_error(error: &Error) {
    let mut stderr = anstream::stderr().lock();
    // There is nobody left to tell when stderr is closed.
    let _ = write_error(error, &mut stderr);
}

fn write_error(error: &Error, output: &mut dyn Write) -> io::Result<()> {
    writeln!(output, "{} {}", Styled(ALERT, "error:"), safe(&error.to_string()))?;
    if let Some(Place::Query(query, span)) = error.place() {
        let line = marked_line(query, *span, page().width.saturating_sub(INDENT.len()));
        let marks = "^".repeat(line.length);
        writeln!(output, "{INDENT}{}", line.text)?;
        writeln!(output, "{INDENT}{}{}", " ".repeat(line.indent), Styled(ALERT, &marks))?;
    }
    if let Some(hint) = error.hint_text() {
        writeln!(output, "{} {}", Styled(HINT, "hint:"), safe(hint))?;
    }
    Ok(())
}
