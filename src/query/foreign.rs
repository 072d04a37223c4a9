//! What users of other search tools type: refused with our own spelling where it can hardly be ordinary text, because
//! reading it as text would silently ask for something else.

use super::marks::Typed;
use crate::corpus::Field;

/// A mark of another query language.
pub(super) struct Foreign<'a> {
    /// The characters of the word that are the mark.
    pub(super) typed: &'a [Typed],
    /// What is wrong with it.
    pub(super) message: String,
    /// What to write instead.
    pub(super) hint: String,
}

/// The first mark of another query language in a word.
pub(super) fn foreign_mark(typed: &[Typed]) -> Option<Foreign<'_>> {
    bar_or_ampersands(typed)
        .or_else(|| negation(typed))
        .or_else(|| distance_alone(typed))
        .or_else(|| nearness(typed))
        .or_else(|| comparison(typed))
}

/// Finds `a|b`, `a || b` and `a && b`. The full-width ｜ divides headlines and is text.
fn bar_or_ampersands(typed: &[Typed]) -> Option<Foreign<'_>> {
    let is = |index: usize, mark: char| {
        let typed: Option<&Typed> = typed.get(index);
        typed.is_some_and(|typed| typed.character == mark && !typed.escaped)
    };
    let start = (0..typed.len()).find(|&index| is(index, '|') || (is(index, '&') && is(index + 1, '&')))?;
    let (operator, length) = match (is(start, '|'), is(start + 1, '|')) {
        (true, false) => ("OR", 1),
        (true, true) => ("OR", 2),
        (false, _) => ("AND", 2),
    };
    let mark: String = typed[start..start + length]
        .iter()
        .map(|typed| typed.character)
        .collect();
    Some(Foreign {
        typed: &typed[start..start + length],
        message: format!("`{mark}` is no operator of this language"),
        hint: format!("write {operator} with a space on each side, or put the text itself in quotation marks"),
    })
}

/// Finds `!a`.
fn negation(typed: &[Typed]) -> Option<Foreign<'_>> {
    match typed {
        [mark, next, ..] if is_exclamation(mark) && next.character.is_alphanumeric() => Some(not_with(&typed[..1])),
        _ => None,
    }
}

/// The refusal of `!` before what must not match.
pub(super) fn not_with(typed: &[Typed]) -> Foreign<'_> {
    Foreign {
        typed,
        message: "`!` negates nothing in this language".to_owned(),
        hint: "write - directly before what must not match, or \\! for the mark itself".to_owned(),
    }
}

/// Whether the character is a `!` as typed in other languages for NOT.
pub(super) fn is_exclamation(typed: &Typed) -> bool {
    typed.character == '!' && !typed.escaped
}

/// Finds `~2` apart from the word or string that it would belong to.
fn distance_alone(typed: &[Typed]) -> Option<Foreign<'_>> {
    let (tilde, digits) = typed.split_first()?;
    let is_number = |typed: &Typed| typed.operator().is_some_and(|mark| mark.is_ascii_digit());
    if tilde.operator() != Some('~') || digits.is_empty() || !digits.iter().all(is_number) {
        return None;
    }
    Some(Foreign {
        typed,
        message: "the distance stands behind nothing".to_owned(),
        hint: "write it directly behind a word or string, as in word~1 or \"one two\"~5, or \\~ for the mark itself"
            .to_owned(),
    })
}

/// Finds `near/5`, `w/5`, `within/5` and `NEAR5`.
fn nearness(typed: &[Typed]) -> Option<Foreign<'_>> {
    let marks: Option<String> = typed.iter().map(|typed| typed.operator()).collect();
    let marks = marks?;
    let name = marks.trim_end_matches(|mark: char| mark.is_ascii_digit());
    let distance = &marks[name.len()..];
    let is_name = name == "NEAR" || matches!(name.to_ascii_lowercase().as_str(), "near/" | "w/" | "within/");
    if !is_name || distance.is_empty() {
        return None;
    }
    Some(Foreign {
        typed,
        message: format!("`{marks}` is no operator of this language"),
        hint: format!("write NEAR/{distance}, or \\{marks} for the word itself"),
    })
}

/// Finds `title=text` and `date>2013`: the name of a field, and a mark of comparison.
fn comparison(typed: &[Typed]) -> Option<Foreign<'_>> {
    let is_comparison = |typed: &Typed| matches!(typed.operator(), Some('=' | '<' | '>'));
    let length = typed.iter().position(is_comparison)?;
    let name: Option<String> = typed[..length].iter().map(|typed| typed.operator()).collect();
    let field: Field = name?.to_ascii_lowercase().parse().ok()?;
    let hint = match field {
        Field::Date | Field::Published => {
            format!("write {field}:2013, {field}:2013..2017, {field}:2013.. or {field}:..2017")
        }
        _ => format!(
            "write {field}:VALUE, or \\{} for the mark itself",
            typed[length].character
        ),
    };
    Some(Foreign {
        typed: &typed[..=length],
        message: format!(
            "a field is asked for with a colon, not with `{}`",
            typed[length].character
        ),
        hint,
    })
}

/// Whether a word can be the beginning of `[2013 TO 2017]`: a bracket that is not closed in it.
pub(super) fn opens_range(typed: &[Typed]) -> bool {
    let opens = |typed: &Typed| matches!(typed.operator(), Some('[' | '{'));
    let closes = |typed: &Typed| matches!(typed.operator(), Some(']' | '}'));
    typed.first().is_some_and(opens) && !typed.iter().any(closes)
}
