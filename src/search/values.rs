//! The values of a field: the column they stand in, and which of them are one.

use super::filters::escaped;
use super::request::FilterField;
use crate::analyzer::fold_line;
use crate::names::{GroupId, Names};

/// What printed values are counted as.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Counted {
    /// The person, state or organization that they name.
    Name(GroupId),
    /// The value, folded as filters compare it.
    Value(String),
}

impl Counted {
    /// What a printed value of a field is counted as.
    pub(super) fn of(value: &str, field: &FilterField, names: &Names) -> Self {
        let group = match field.holds_names() {
            true => names.group_in_metadata(value),
            false => None,
        };
        group.map_or_else(|| Self::Value(fold_line(value)), Self::Name)
    }
}

/// The column in which the index keeps the printed values of a field.
pub(super) fn column_of(field: &FilterField) -> String {
    match field {
        FilterField::Year => "printed.date".to_owned(),
        field => format!("printed.{}", escaped(&field.path())),
    }
}
