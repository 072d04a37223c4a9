//! Which forms name the same person, state, organization or initiative? Tables shipped inside the program, and the user's
//! own files beside them.
//!
//! An *authority* joins the forms of a name in filters and facets; *synonyms* are forms to search for beside the one typed.
//! The two are apart because metadata say what a name stands for, and running text does not.

mod form;
mod table;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::{Arc, LazyLock};

use sha2::{Digest, Sha256};

use crate::error::Result;
use crate::text::hexadecimal;
pub use table::GroupId;
use table::{Spelling, Table};

const PEOPLE: &str = include_str!("names/people.tsv");
const STATES: &str = include_str!("names/states.tsv");
const ORGANIZATIONS: &str = include_str!("names/organizations.tsv");
const INITIATIVES: &str = include_str!("names/initiatives.tsv");

/// The tables that join names in metadata.
const AUTHORITY: &[&str] = &[PEOPLE, STATES, ORGANIZATIONS];

/// The tables of forms to search for.
const SYNONYMS: &[&str] = &[STATES, ORGANIZATIONS, INITIATIVES];

static SHIPPED: LazyLock<Arc<Names>> = LazyLock::new(|| {
    Arc::new(Names {
        authority: Table::new(AUTHORITY, Vec::new(), Spelling::OrWithoutDiacritics),
        synonyms: Table::new(SYNONYMS, Vec::new(), Spelling::AsWritten),
        digest: String::new(),
    })
});

static STATE_NAMES: LazyLock<Table> =
    LazyLock::new(|| Table::new(&[STATES], Vec::new(), Spelling::OrWithoutDiacritics));

/// Whether a text is the name of a state, short or full, in one of the languages of the tables.
pub fn is_state(text: &str) -> bool {
    STATE_NAMES.group(text).is_some()
}

/// The groups of forms that name the same. Forms are compared after folding: letter case, width and script do not matter.
///
/// Nothing is read of the shipped tables until the first name is looked up.
#[derive(Debug)]
pub struct Names {
    authority: Table,
    synonyms: Table,
    /// What tells the user's files from others: the beginning of a SHA-256, in hexadecimal; empty where there are none.
    digest: String,
}

impl Names {
    /// The shipped names.
    pub fn shipped() -> Arc<Self> {
        Arc::clone(&SHIPPED)
    }

    /// The shipped names, joined with those of the user's files: one group a line, its forms apart by tabs or by ` = `; lines
    /// that begin with `#` are remarks. A line that shares a form with another group is joined to it. A leading `<` makes a
    /// form read-only, see [`expansions`](Self::expansions).
    ///
    /// # Errors
    /// A file cannot be read or is not UTF-8; a line has fewer than two different forms, or a form without a letter or digit.
    pub fn with_files(authority: Option<&Path>, synonyms: Option<&Path>) -> Result<Self> {
        let groups = |file: Option<&Path>| file.map_or(Ok(Vec::new()), form::read_groups);
        let (authority, synonyms) = (groups(authority)?, groups(synonyms)?);
        let hash = Sha256::digest(format!("{authority:?}{synonyms:?}"));
        Ok(Self {
            digest: hexadecimal(&hash[..6]),
            authority: Table::new(AUTHORITY, authority, Spelling::OrWithoutDiacritics),
            synonyms: Table::new(SYNONYMS, synonyms, Spelling::AsWritten),
        })
    }

    /// What tells the user's names from others; empty where only the shipped ones are known.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The forms, the given one included, of the person, state or organization that a metadata value names: shipped forms
    /// first, in the order of the files, and each also without its diacritics. Empty where the value is in no group.
    pub fn same_in_metadata(&self, value: &str) -> Vec<&str> {
        self.authority.forms_like(value)
    }

    /// The group that a metadata value belongs to: two values of one group name the same.
    pub fn group_in_metadata(&self, value: &str) -> Option<GroupId> {
        self.authority.group(value)
    }

    /// The other forms to search for, in the order of the files, for a keyword or string as typed; empty where there are none.
    ///
    /// The typed form is not among them, nor what folds like it. A *read-only* form is never among them either: it is also
    /// an ordinary word, such as “WHO” folded, and would find what was not meant. Typed in the very letter case of the file it
    /// stands for the other forms; typed otherwise it is taken for the ordinary word.
    pub fn expansions(&self, typed: &str) -> Vec<&str> {
        self.synonyms.searched_beside(typed)
    }
}
