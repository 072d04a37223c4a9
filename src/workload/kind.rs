//! The kinds of queries: their names, and what a text must have to draw one of.

use crate::error::{Error, ErrorKind, Result};

/// A kind of query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One to four keywords of a passage, each in few passages.
    RareKeywords,
    /// One to four keywords of a passage, neither rare nor frequent.
    MediumKeywords,
    /// One to four keywords of a passage, each in many passages.
    FrequentKeywords,
    /// A quoted string of one unit.
    Strings1,
    /// A quoted string of 2 or 3 units.
    Strings2To3,
    /// A quoted string of 4 to 6 units.
    Strings4To6,
    /// A quoted string of 7 to 12 units.
    Strings7To12,
    /// Two keywords of a passage, both required.
    And,
    /// Two keywords of a passage, either of them.
    Or,
    /// A keyword of a passage without another one of it.
    Not,
    /// Two keywords of a passage within 10 units.
    Near,
    /// Words, or strings, by their beginning.
    Prefix,
    /// A word of letters with one edit.
    Fuzzy,
    /// A regular expression with a literal word in it.
    Regex,
    /// A keyword under a filter on speaker, year or country that its speech passes.
    Filtered,
    /// One to four keywords of a passage; the hits are speeches.
    Speech,
}

impl Kind {
    /// All kinds, in the order of reports.
    pub const ALL: [Self; 16] = [
        Self::RareKeywords,
        Self::MediumKeywords,
        Self::FrequentKeywords,
        Self::Strings1,
        Self::Strings2To3,
        Self::Strings4To6,
        Self::Strings7To12,
        Self::And,
        Self::Or,
        Self::Not,
        Self::Near,
        Self::Prefix,
        Self::Fuzzy,
        Self::Regex,
        Self::Filtered,
        Self::Speech,
    ];

    /// The name as typed and printed; what stands before the first hyphen is that of its family.
    pub fn name(self) -> &'static str {
        match self {
            Self::RareKeywords => "keywords-rare",
            Self::MediumKeywords => "keywords-medium",
            Self::FrequentKeywords => "keywords-frequent",
            Self::Strings1 => "strings-1",
            Self::Strings2To3 => "strings-2-3",
            Self::Strings4To6 => "strings-4-6",
            Self::Strings7To12 => "strings-7-12",
            Self::And => "boolean-and",
            Self::Or => "boolean-or",
            Self::Not => "boolean-not",
            Self::Near => "near",
            Self::Prefix => "prefix",
            Self::Fuzzy => "fuzzy",
            Self::Regex => "regex",
            Self::Filtered => "filtered",
            Self::Speech => "speech",
        }
    }

    /// The kinds of a name, or of a family such as `keywords`, `strings` or `boolean`.
    ///
    /// # Errors
    /// No kind is called so.
    pub fn named(name: &str) -> Result<Vec<Self>> {
        let is_meant = |kind: &Self| {
            let family = kind.name().split('-').next().unwrap_or_default();
            kind.name() == name || family == name
        };
        let kinds: Vec<Self> = Self::ALL.into_iter().filter(is_meant).collect();
        if !kinds.is_empty() {
            return Ok(kinds);
        }
        let names = Self::ALL.map(Self::name).join(", ");
        let hint = format!("name some of {names}, or a family of them: keywords, strings, boolean");
        Err(Error::new(ErrorKind::Usage, format!("`{name}` is not a kind of query")).hint(hint))
    }

    /// What a text must have for a query of this kind to be drawn from it.
    pub(super) fn needs(self) -> &'static str {
        match self {
            Self::RareKeywords => "a word that stands in few passages",
            Self::MediumKeywords => "a word that is neither rare nor frequent",
            Self::FrequentKeywords => "a word that stands in many passages",
            Self::Strings1 => "a passage of one unit",
            Self::Strings2To3 => "a passage of two units",
            Self::Strings4To6 => "a passage of four units",
            Self::Strings7To12 => "a passage of seven units",
            Self::And | Self::Or | Self::Not | Self::Near => "two different words in one passage",
            Self::Prefix => "a Han word, or a word of five letters",
            Self::Fuzzy => "a word of five letters in an alphabetic script",
            Self::Regex => "a word of two characters",
            Self::Filtered => "a speech with a speaker, a country or a date",
            Self::Speech => "a word",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_is_all_its_kinds_and_a_name_is_one() {
        let names = |name: &str| -> Vec<&str> {
            let kinds = Kind::named(name).expect("the kind exists");
            kinds.into_iter().map(Kind::name).collect()
        };
        assert_eq!(names("boolean"), ["boolean-and", "boolean-or", "boolean-not"]);
        assert_eq!(names("strings-4-6"), ["strings-4-6"]);
        assert_eq!(names("near"), ["near"]);
        let error = Kind::named("strings-9").expect_err("there is no such kind");
        assert!(error.hint_text().is_some_and(|hint| hint.contains("strings-7-12")));
    }

    #[test]
    fn no_two_kinds_share_a_name() {
        let mut names = Kind::ALL.map(Kind::name).to_vec();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Kind::ALL.len());
    }
}
