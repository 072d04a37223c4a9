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
    /// The value, folded where it is a name.
    Value(String),
}

impl Counted {
    /// What a printed value of a field is counted as.
    pub(super) fn of(value: &str, field: &FilterField, names: &Names) -> Self {
        if !field.holds_names() {
            return Self::Value(value.to_owned());
        }
        let group = names.group_in_metadata(value);
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
