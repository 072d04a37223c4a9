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
    let without = suggestion
        .without
        .iter()
        .map(|name| format!(" (without {})", option(name)));
    let options: String = with.chain(without).collect();
    format!("{}{options}", suggestion.query)
}

/// The option that a filter or `strict` was given by: fields without one of their own are given by `--where`.
fn option(name: &str) -> String {
    const OWN: [&str; 10] = [
        "speaker",
        "country",
        "organization",
        "language",
        "event",
        "genre",
        "collection",
        "from",
        "to",
        "strict",
    ];
    match OWN.contains(&name) {
        true => format!("--{name}"),
        false => format!("--where {name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_to_leave_out_is_named_by_its_option() {
        let suggestion = Suggestion {
            reason: String::new(),
            query: "铁路".to_owned(),
            without: vec!["speaker".to_owned(), "meta.session".to_owned()],
            with: vec!["expand".to_owned()],
            passages: 1,
        };
        let search = search_of(&suggestion);
        assert_eq!(
            search,
            "铁路 --expand (without --speaker) (without --where meta.session)"
        );
    }
}
