//! The name of a metadata field at the beginning of a word: `speaker:`, `meta.symbol:`.

use super::expression::FieldName;
use super::marks::{Typed, half_width};
use super::refusal::quoted;
use super::words::Word;
use crate::corpus::Field;
use crate::error::{Error, Result};

/// What the names of fields that are not of the contract begin with.
const FURTHER: &str = "meta.";

/// What stands before the first colon of a word, if it can be the name of a field; and the index of the colon.
pub(super) fn before_colon(typed: &[Typed]) -> Option<(String, usize)> {
    let colon = typed.iter().position(|typed| typed.operator() == Some(':'))?;
    let name = &typed[..colon];
    let half: String = name.iter().map(|typed| half_width(typed.character)).collect();
    // An escape inside of a further field's name stands for itself; before any other colon it makes the colon text.
    if half
        .get(..FURTHER.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(FURTHER))
    {
        let rest = name.iter().skip(FURTHER.len()).map(|typed| typed.character);
        return Some((FURTHER.chars().chain(rest).collect(), colon));
    }
    let is_name = half.len() > 1 && half.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    let is_escaped = name.iter().any(|typed| typed.escaped);
    let is_address = is_address(&typed[colon..]);
    (is_name && !is_escaped && !is_address).then_some((half, colon))
}

/// Whether the characters begin as in http://un.org from its colon on: what stands before it is no field.
pub(super) fn is_address(typed: &[Typed]) -> bool {
    let marks = typed.iter().take(3).map(|typed| (typed.character, typed.escaped));
    marks.eq([(':', false), ('/', false), ('/', false)])
}

impl Word<'_> {
    /// The field that the word begins with, and the number of characters up to and with its colon.
    ///
    /// `goes_on` says whether a quotation, group or expression follows the word directly.
    pub(super) fn field(self, goes_on: bool) -> Result<Option<(FieldName, usize)>> {
        let Some((name, colon)) = before_colon(self.typed) else {
            return Ok(None);
        };
        let length = colon + 1;
        let has_value = length < self.typed.len() || goes_on;
        let lower = name.to_ascii_lowercase();
        let field = match (lower.parse(), name.strip_prefix(FURTHER)) {
            (Ok(field), _) => FieldName::Known(field),
            (_, Some(further)) if !further.is_empty() => FieldName::Further(further.to_owned()),
            _ if lower == "year" => FieldName::Known(Field::Date),
            _ if !has_value => return Ok(None),
            _ => return Err(self.unknown_field(&self.typed[..length], &lower)),
        };
        if !has_value {
            let message = format!("the field {} has no value", quoted(&name));
            let hint = "write it directly behind the colon, as in title:VALUE, or \\: for the mark itself";
            return Err(self.error(message, hint));
        }
        Ok(Some((field, length)))
    }

    /// Refuses the name of a field in what is asked of another field.
    pub(super) fn refuse_field(self) -> Result<()> {
        let Some((name, colon)) = before_colon(self.typed) else {
            return Ok(());
        };
        if !name.starts_with(FURTHER) && name.to_ascii_lowercase().parse::<Field>().is_err() {
            return Ok(());
        }
        let hint = "join them with AND, or write \\: for the mark itself";
        Err(self.error_at(&self.typed[..=colon], "a field stands inside of another field", hint))
    }

    fn unknown_field(self, typed: &[Typed], name: &str) -> Error {
        let distance = |field: &&Field| strsim::osa_distance(field.name(), name);
        let nearest = Field::ALL
            .iter()
            .min_by_key(distance)
            .filter(|field| distance(field) <= 2);
        let way_out = "a further field is written meta.NAME; to search for the text itself, put it in quotation marks";
        let hint = match nearest {
            Some(field) => format!("did you mean `{field}:`? Or: {way_out}"),
            None => way_out.to_owned(),
        };
        self.error_at(typed, format!("there is no field {}", quoted(name)), hint)
    }
}
