//! What to try where nothing was found, for a terminal.

use std::io::{self, Write};

use super::passages::counted;
use super::style::{DETAIL, HINT, Styled, safe};
use crate::search::{Advice, Suggestion};

/// Prints the parts that stand nowhere, and a line for each search that finds something.
pub(super) fn advice_text(advice: &Advice, output: &mut dyn Write) -> io::Result<()> {
    for part in &advice.found_nowhere {
        writeln!(output, "   no passage of the corpus has {}", safe(part))?;
    }
    for suggestion in &advice.suggestions {
        let found = format!("{}: {}", suggestion.reason, counted(suggestion.passages, "passage"));
        let search = safe(&search_of(suggestion));
        writeln!(
            output,
            "   {} {search}  {}",
            Styled(HINT, "try"),
            Styled(DETAIL, &found)
        )?;
    }
    Ok(())
}

/// The query, with the options to add and those to leave out.
fn search_of(suggestion: &Suggestion) -> String {
    let with = suggestion.with.iter().map(|option| format!(" --{option}"));
    let without = suggestion.without.iter().map(|option| format!(" (without --{option})"));
    let options: String = with.chain(without).collect();
    format!("{}{options}", suggestion.query)
}
