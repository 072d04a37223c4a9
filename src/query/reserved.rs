//! Words that look like operators of the query language which this version does not have: they are refused, never searched
//! for as if they were text.

use crate::corpus::Field;

/// What a refused word looks like, and what to write instead.
pub(super) struct Reserved {
    pub(super) what: &'static str,
    pub(super) way_out: &'static str,
}

const QUOTE_IT: &str = "to search for the text itself, put it in quotation marks";

/// What a word without escapes is read as; `None` for a plain word.
pub(super) fn reserved(word: &str, touches_quotation: bool) -> Option<Reserved> {
    let reserved = |what| {
        Some(Reserved {
            what,
            way_out: QUOTE_IT,
        })
    };
    if word == "NEAR"
        || word
            .strip_prefix("NEAR/")
            .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
    {
        return reserved("a distance operator");
    }
    if touches_quotation && (word.starts_with('~') || word.starts_with('^')) {
        return reserved("a distance or weight behind a string");
    }
    if ends_in_number_behind(word, '~') {
        return reserved("a fuzzy word");
    }
    if ends_in_number_behind(word, '^') {
        return reserved("a weight");
    }
    if word.len() > 1 && word.ends_with(['*', '＊']) {
        return reserved("a prefix");
    }
    if word.len() > 2 && word.starts_with('/') && word.ends_with('/') {
        return reserved("a regular expression");
    }
    if has_wildcard(word) {
        return reserved("a wildcard");
    }
    let (name, value) = word.split_once([':', '：'])?;
    let is_field = name.parse::<Field>().is_ok() || name.starts_with("meta.");
    let way_out = "use a filter such as --speaker NAME or --where FIELD=VALUE; to search for the text itself, quote it";
    (is_field && !value.is_empty()).then_some(Reserved {
        what: "a field query",
        way_out,
    })
}

fn ends_in_number_behind(word: &str, mark: char) -> bool {
    let Some((before, number)) = word.rsplit_once(mark) else {
        return false;
    };
    !before.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// Whether a question mark stands between letters of an alphabet; at the end of a word it is punctuation.
fn has_wildcard(word: &str) -> bool {
    let characters: Vec<char> = word.chars().collect();
    characters
        .windows(3)
        .any(|three| three[1] == '?' && three[0].is_ascii_alphanumeric() && three[2].is_ascii_alphanumeric())
}

/// Whether a keyword must be written with an escape to be read as text.
pub(super) fn needs_escape(keyword: &str) -> bool {
    matches!(keyword, "AND" | "OR" | "NOT") || reserved(keyword, true).is_some()
}
