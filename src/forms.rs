//! Which formulations does somebody follow? A list of them with their variants, and where one stands altered in a text.

mod alignment;
mod alteration;
mod reading;

use std::path::Path;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::error::Result;
use crate::query::expression::Phrase;
use crate::text::hexadecimal;
pub use alteration::{Alteration, AlteredPart, Change, Wording, alterations};

/// A formulation: an exact wording that is followed through a corpus, and other wordings of the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct Formulation {
    /// What it is called; no other of its list has it.
    pub id: String,
    /// The wording.
    pub form: String,
    /// Other wordings that are counted with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<String>,
    /// What its user noted of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Formulation {
    /// All wordings, the form itself first.
    pub fn wordings(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.form.as_str()).chain(self.variants.iter().map(String::as_str))
    }

    /// The query that finds any of the wordings as an exact string.
    pub fn query(&self) -> String {
        self.wordings().map(wording_query).collect::<Vec<_>>().join(" OR ")
    }
}

/// The query that finds one wording as an exact string.
pub fn wording_query(wording: &str) -> String {
    Phrase {
        text: wording.to_owned(),
    }
    .to_string()
}

/// A list of formulations, in the order of its file; it has at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formulations {
    list: Vec<Formulation>,
    name: ListName,
}

/// Which list of formulations it was: by this an answer tells its list from others and from other states of the same file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct ListName {
    /// The name of its file, without folders.
    pub name: String,
    /// The SHA-256 of the file's content, in hexadecimal digits.
    pub sha256: String,
}

impl ListName {
    /// The digits of the SHA-256 that stand in a line for people.
    const DIGITS: usize = 12;

    fn of(bytes: &[u8], path: &Path) -> Self {
        Self {
            name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            sha256: hexadecimal(&Sha256::digest(bytes)),
        }
    }

    /// The name with the first digits of the SHA-256: `formulations.tsv@0123456789ab`.
    pub fn line(&self) -> String {
        let digits: String = self.sha256.chars().take(Self::DIGITS).collect();
        format!("{}@{digits}", self.name)
    }
}

impl Formulations {
    /// Reads a list from a file: a line a formulation, as JSON objects `{"id", "form", "variants", "note"}` where the file begins
    /// with a brace, else as `id`, formulation and variants apart by tabs. Blank lines and, among tabs, lines that begin with `#` are
    /// passed over, and so is a first line of column names.
    ///
    /// # Errors
    /// The file cannot be read or is not UTF-8; a line lacks an id or a form, or is no JSON object of this kind; an id stands twice; a
    /// wording holds no letter, character or digit; the list is empty.
    pub fn read(path: &Path) -> Result<Self> {
        reading::read(path)
    }

    /// The list that the bytes of a file hold; errors name the path.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn parse(bytes: &[u8], path: &Path) -> Result<Self> {
        reading::parse(bytes, path)
    }

    /// The formulations, in the order of the file.
    pub fn list(&self) -> &[Formulation] {
        &self.list
    }

    /// Which list it is.
    pub fn name(&self) -> &ListName {
        &self.name
    }
}
