//! How is a speech referred to? References to a speech, or to a passage of it, in the styles that papers are written in.
//!
//! A reference is made from metadata alone. What is not known is left out, and nothing is guessed: names stand as they are
//! printed, for which part of a name is the surname is not known of most names.

mod apa;
mod bibtex;
mod gbt7714;
pub(crate) mod parts;
#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::corpus::Metadata;
use crate::error::{Error, ErrorKind};
use crate::text::Date;

/// A style of references.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema), schemars(rename_all = "lowercase"))]
pub enum CitationStyle {
    /// GB/T 7714—2015, the Chinese standard for references.
    GbT7714,
    /// The style of the American Psychological Association, 7th edition; titles stand between asterisks.
    Apa,
    /// An entry of a BibTeX file.
    Bibtex,
}

/// What a reference refers to.
#[derive(Clone, Copy, Debug)]
pub struct Cited<'a> {
    /// The id of the speech; it names a speech without a title, and makes the key of an entry.
    pub id: &'a str,
    /// What is known about the speech.
    pub metadata: &'a Metadata,
    /// The number of the passage that is referred to, such as `9` or `9.2`; none for the whole speech.
    pub passage: Option<&'a str>,
    /// The day on which the published text was looked at; it counts only where the address of that text is known.
    pub accessed: Option<Date>,
}

/// A reference: one line, or the lines of an entry in BibTeX, without a line break at the end.
///
/// - GB/T 7714: `[EB/OL]` or `[R/OL]` where the address of the text is known, else `[Z]` or `[R]`.
/// - APA: the date of delivery, months in English, `n.d.` without one.
/// - BibTeX: `@misc`; a key is the same whenever the same passage of the same speech is referred to, and no other has it.
pub fn citation(cited: &Cited<'_>, style: CitationStyle) -> String {
    match style {
        CitationStyle::GbT7714 => gbt7714::reference(cited),
        CitationStyle::Apa => apa::reference(cited),
        CitationStyle::Bibtex => bibtex::entry(cited),
    }
}

impl CitationStyle {
    /// All styles.
    pub const ALL: &'static [CitationStyle] = &[Self::GbT7714, Self::Apa, Self::Bibtex];

    /// The names as typed, each with what it means.
    pub const NAMES: &'static [(&'static str, &'static str)] = &[
        ("gbt7714", "GB/T 7714—2015"),
        ("apa", "APA, 7th edition"),
        ("bibtex", "An entry of a BibTeX file"),
    ];

    /// The name as typed.
    pub fn name(self) -> &'static str {
        match self {
            Self::GbT7714 => "gbt7714",
            Self::Apa => "apa",
            Self::Bibtex => "bibtex",
        }
    }
}

impl FromStr for CitationStyle {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.iter().copied().find(|style| style.name() == name);
        found.ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.iter().map(|style| style.name()).collect();
            Error::new(ErrorKind::Usage, format!("`{name}` is not a style of references"))
                .hint(format!("write one of {}", names.join(", ")))
        })
    }
}

impl fmt::Display for CitationStyle {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl Serialize for CitationStyle {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
