//! A form of a name, and the files that hold groups of them, one a line.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use unicode_normalization::UnicodeNormalization;

use crate::analyzer::fold_line;
use crate::error::{Error, ErrorKind, Result};

/// What a line should look like, for whoever wrote another one.
const HINT: &str = "write the forms of one name on a line, apart by tabs or by ` = `, such as: 上合组织 = SCO";

/// A form of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Form {
    /// As written in the file.
    pub(super) text: Cow<'static, str>,
    /// Whether it is never searched for on behalf of the other forms.
    pub(super) is_read_only: bool,
}

impl Form {
    /// The form as it is spelled where diacritics are left away, as in capitals of French and Spanish headers; `None` where
    /// there are none.
    pub(super) fn without_diacritics(&self) -> Option<Self> {
        let bare: String = self.text.chars().filter_map(bare_letter).collect();
        (bare != self.text).then_some(Self {
            text: Cow::Owned(bare),
            is_read_only: self.is_read_only,
        })
    }

    /// Whether what was typed, which folds like this form, has its letter case too.
    pub(super) fn has_letter_case_of(&self, typed: &str) -> bool {
        letter_cases(&self.text).eq(letter_cases(typed))
    }
}

/// A letter without its diacritics, in the scripts where they are often left away; `None` for a mark that is one.
fn bare_letter(letter: char) -> Option<char> {
    match letter {
        '\u{00C0}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}' => std::iter::once(letter).nfd().next(),
        'Ё' => Some('Е'),
        'ё' => Some('е'),
        'أ' | 'إ' | 'آ' => Some('ا'),
        '\u{064B}'..='\u{0652}' => None,
        _ => Some(letter),
    }
}

/// For each letter whether it is a capital; characters without case have none.
fn letter_cases(text: &str) -> impl Iterator<Item = bool> {
    let cased = text
        .chars()
        .filter(|letter| letter.is_uppercase() || letter.is_lowercase());
    cased.map(char::is_uppercase)
}

/// The groups of a shipped table, which the tests hold to the rules.
pub(super) fn shipped_groups(text: &'static str) -> impl Iterator<Item = Vec<Form>> {
    let group = |line| forms(line).map(|text| form(Cow::Borrowed(text))).collect();
    text.lines().filter(|line| !is_remark(line)).map(group)
}

/// Reads the groups of a user's file.
///
/// # Errors
/// The file cannot be read or is not UTF-8; a line has fewer than two different forms, or a form without a letter or digit.
pub(super) fn read_groups(path: &Path) -> Result<Vec<Vec<Form>>> {
    let bytes = std::fs::read(path).map_err(|cause| {
        Error::new(ErrorKind::Io, "cannot read the file of names")
            .at_path(path)
            .caused_by(cause)
    })?;
    let mut groups = Vec::new();
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    for (index, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        let number = index as u64 + 1;
        let Ok(line) = std::str::from_utf8(line) else {
            let error = Error::new(ErrorKind::Usage, "the line is not UTF-8").at_line(path, number);
            return Err(error.hint("save the file as UTF-8"));
        };
        if !is_remark(line) {
            groups.push(read_group(line).map_err(|error| error.at_line(path, number).hint(HINT))?);
        }
    }
    Ok(groups)
}

fn read_group(line: &str) -> Result<Vec<Form>> {
    let group: Vec<Form> = forms(line).map(|text| form(Cow::Owned(text.to_owned()))).collect();
    for form in &group {
        if !form.text.chars().any(char::is_alphanumeric) {
            let message = format!("the form `{}` has neither a letter nor a digit", form.text);
            return Err(Error::new(ErrorKind::Usage, message));
        }
    }
    let different: BTreeSet<String> = group.iter().map(|form| fold_line(&form.text)).collect();
    match (group.as_slice(), different.len()) {
        ([only], _) => {
            let message = format!("`{}` stands alone; a line needs two forms or more", only.text);
            Err(Error::new(ErrorKind::Usage, message))
        }
        ([first, ..], 1) => {
            let message = format!("all forms of the line are one after folding: `{}`", first.text);
            Err(Error::new(ErrorKind::Usage, message))
        }
        _ => Ok(group),
    }
}

fn is_remark(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#')
}

fn forms(line: &str) -> impl Iterator<Item = &str> {
    let parts = line.split('\t').flat_map(|part| part.split(" = "));
    parts.map(str::trim).filter(|form| !form.is_empty())
}

fn form(written: Cow<'static, str>) -> Form {
    let text = match &written {
        Cow::Borrowed(text) => text.strip_prefix('<').map(|rest| Cow::Borrowed(rest.trim_start())),
        Cow::Owned(text) => text
            .strip_prefix('<')
            .map(|rest| Cow::Owned(rest.trim_start().to_owned())),
    };
    Form {
        is_read_only: text.is_some(),
        text: text.unwrap_or(written),
    }
}
