//! What must stand in a paragraph for a regular expression to match there, as far as the exact index can tell: runs of Han
//! characters, and parts of words.
//!
//! Whatever the expression demands beyond that is left to the search of the text, so the paragraphs named are always enough
//! and sometimes too many.

use std::borrow::Cow;
use std::fmt;

use regex_syntax::hir::{Hir, HirKind};
use tantivy::DocId;

use super::merged;
use crate::analyzer::fold;
use crate::index::SegmentView;
use crate::search::matching::intersection;
use crate::search::place::interval_counts;
use crate::search::request::StageDirections;
use crate::text::is_han;

/// The shortest part of a word that is looked up, in letters: shorter ones stand in nearly every paragraph.
const SHORTEST_PART: usize = 3;

/// What must stand in a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Needs {
    /// Nothing that the index knows of.
    Nothing,
    /// These Han characters, one behind the other.
    Han(String),
    /// A word with these letters in it.
    PartOfWord(String),
    /// All of these.
    All(Vec<Needs>),
    /// Any of these.
    Any(Vec<Needs>),
}

impl Needs {
    /// What an expression needs; the case of letters is folded away.
    pub(super) fn of(pattern: &str) -> Self {
        match regex_syntax::parse(pattern) {
            Ok(parsed) => Self::of_part(&parsed),
            Err(_) => Self::Nothing,
        }
    }

    fn of_part(part: &Hir) -> Self {
        match part.kind() {
            HirKind::Literal(literal) => std::str::from_utf8(&literal.0).map_or(Self::Nothing, Self::of_text),
            HirKind::Capture(capture) => Self::of_part(&capture.sub),
            HirKind::Repetition(repetition) if repetition.min > 0 => Self::of_part(&repetition.sub),
            HirKind::Concat(parts) => Self::all(parts.iter().map(Self::of_part).collect()),
            HirKind::Alternation(parts) => {
                let parts: Vec<Self> = parts.iter().map(Self::of_part).collect();
                match parts.contains(&Self::Nothing) {
                    true => Self::Nothing,
                    false => Self::Any(parts),
                }
            }
            _ => Self::Nothing,
        }
    }

    fn all(mut parts: Vec<Self>) -> Self {
        parts.retain(|part| *part != Self::Nothing);
        match parts.len() {
            0 | 1 => parts.pop().unwrap_or(Self::Nothing),
            _ => Self::All(parts),
        }
    }

    /// What a stretch of literal text needs: each run of Han characters in it, and each run of letters without its last one,
    /// which a combining mark behind the stretch may change.
    fn of_text(text: &str) -> Self {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let same_kind: fn(char) -> bool = match first {
                _ if is_han(first) => is_han,
                _ if is_plain_letter(first) => is_plain_letter,
                _ => |character| !is_han(character) && !is_plain_letter(character),
            };
            let end = rest.find(|character| !same_kind(character)).unwrap_or(rest.len());
            let (run, behind) = rest.split_at(end);
            rest = behind;
            if is_han(first) {
                parts.push(Self::Han(run.to_owned()));
            } else if is_plain_letter(first) {
                let kept: String = run.chars().take(run.chars().count() - 1).collect();
                let folded: String = fold(&kept).texts().collect();
                if folded.chars().count() >= SHORTEST_PART {
                    parts.push(Self::PartOfWord(folded));
                }
            }
        }
        Self::all(parts)
    }

    /// The first passages of the paragraphs that have what is needed, ascending; `None` where nothing is.
    pub(super) fn starts(&self, segment: &SegmentView, directions: StageDirections) -> Option<Vec<DocId>> {
        let docs = match self {
            Self::Nothing => return None,
            Self::Han(text) => {
                let folded = fold(text);
                let units: Vec<&str> = folded.texts().collect();
                let interval = segment.strings().interval_of_strings(&units);
                let counts = interval_counts(interval, segment, directions);
                counts.into_iter().map(|(doc, _)| doc).collect()
            }
            Self::PartOfWord(part) => docs_with_part(part, segment, directions),
            Self::All(parts) => {
                let found = parts.iter().filter_map(|part| part.starts(segment, directions));
                return found.reduce(|left, right| intersection(&left, &right));
            }
            Self::Any(parts) => {
                let found: Option<Vec<Vec<DocId>>> =
                    parts.iter().map(|part| part.starts(segment, directions)).collect();
                let union =
                    |left: Vec<DocId>, right: Vec<DocId>| merged(Cow::Owned(left), Cow::Owned(right)).into_owned();
                return found.map(|found| found.into_iter().reduce(union).unwrap_or_default());
            }
        };
        let strings = segment.strings();
        let mut starts: Vec<DocId> = docs.into_iter().map(|doc| strings.paragraph_of(doc).start).collect();
        starts.dedup();
        Some(starts)
    }
}

/// Written for people: `"第" and …climat…`.
impl fmt::Display for Needs {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined = |parts: &[Self], word: &str| -> String {
            let parts: Vec<String> = parts.iter().map(Self::to_string).collect();
            parts.join(word)
        };
        match self {
            Self::Nothing => formatter.write_str("nothing"),
            Self::Han(text) => write!(formatter, "\"{text}\""),
            Self::PartOfWord(part) => write!(formatter, "…{part}…"),
            Self::All(parts) => formatter.write_str(&joined(parts, " and ")),
            Self::Any(parts) => write!(formatter, "({})", joined(parts, " or ")),
        }
    }
}

/// Letters that fold one by one and do not change what stands beside them, but for a combining mark behind the last.
fn is_plain_letter(character: char) -> bool {
    let is_common = matches!(character, 'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' | '\u{400}'..='\u{45F}');
    is_common && character.is_alphabetic()
}

/// The passages with a word that has the letters in it, ascending; and those in which a stage direction, which an expression
/// does not see, may part them.
fn docs_with_part(part: &str, segment: &SegmentView, directions: StageDirections) -> Vec<DocId> {
    let strings = segment.strings();
    let with_part = strings.units().filter(|(_, unit)| unit.contains(part));
    let lists = with_part.map(|(symbol, _)| {
        let counts = interval_counts(strings.interval(&[symbol]), segment, directions);
        counts.into_iter().map(|(doc, _)| doc).collect::<Vec<DocId>>()
    });
    let mut docs: Vec<DocId> = lists.flatten().collect();
    docs.extend(strings.documents_with_notes());
    docs.sort_unstable();
    docs.dedup();
    docs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, expected: Needs) {
        assert_eq!(Needs::of(pattern), expected, "{pattern}");
    }

    fn han(text: &str) -> Needs {
        Needs::Han(text.to_owned())
    }

    #[test]
    fn literal_text_is_needed_and_what_is_open_is_not() {
        check("第.{1,3}届", Needs::All(vec![han("第"), han("届")]));
        check("共同体?", han("共同"));
        check(
            "(命运|利益)共同体",
            Needs::All(vec![Needs::Any(vec![han("命运"), han("利益")]), han("共同体")]),
        );
        check("(命运|.)", Needs::Nothing);
        check("\\d+", Needs::Nothing);
        let word = |text: &str| Needs::PartOfWord(text.to_owned());
        check("Climate chang", Needs::All(vec![word("climat"), word("chan")]));
        check("the [Uu]nited", word("nite"));
    }

    #[test]
    fn what_is_needed_can_be_read() {
        let written = |pattern: &str| Needs::of(pattern).to_string();
        assert_eq!(written("(命运|利益)共同体"), "(\"命运\" or \"利益\") and \"共同体\"");
        assert_eq!(written("Climate"), "…climat…");
    }
}
