//! Which passages the filters of a search let in.

use chancery::analyzer::fold_line;
use chancery::corpus::Field;
use chancery::names::Names;
use chancery::query::expression::FieldName;
use chancery::search::{FilterField, Filters};

use super::leaves::{is_variant, is_within};
use super::texts::{PassageText, Texts};

/// Whether all filters let a passage in.
pub(crate) fn lets_in(filters: &Filters, texts: &Texts, passage: &PassageText) -> bool {
    let metadata = &texts.speeches[passage.speech].metadata;
    let has_range = filters.from.is_some() || filters.to.is_some();
    let is_in_range = || {
        metadata
            .date()
            .is_some_and(|date| is_within(date, filters.from, filters.to))
    };
    let has_any = |(field, wanted): &(FilterField, Vec<String>)| has_any_of(field, wanted, texts, passage);
    filters.any_of.iter().all(has_any) && (!has_range || is_in_range())
}

/// Whether the values of a field are names, all forms of which mean the same.
fn is_name_field(field: &FilterField) -> bool {
    matches!(
        field,
        FilterField::Known(Field::Speaker | Field::Country | Field::Organization)
    )
}

/// Whether a passage has any of the values of a field.
fn has_any_of(field: &FilterField, wanted: &[String], texts: &Texts, passage: &PassageText) -> bool {
    let speech = &texts.speeches[passage.speech];
    let names = Names::shipped();
    let is_name = is_name_field(field);
    let other_forms = wanted
        .iter()
        .filter(|_| is_name)
        .flat_map(|value| names.same_in_metadata(value));
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).chain(other_forms).collect();
    let is_wanted = |value: &str| match field {
        FilterField::Year => wanted.iter().any(|year| value.starts_with(year)),
        FilterField::Known(Field::Language) => wanted.iter().any(|language| is_variant(value, language)),
        _ => wanted.iter().any(|other| fold_line(other) == fold_line(value)),
    };
    let name = match field {
        FilterField::Known(field) => FieldName::Known(*field),
        FilterField::Further(name) => FieldName::Further(name.clone()),
        FilterField::Year => FieldName::Known(Field::Date),
    };
    match (&passage.speaker, &name) {
        (Some((own, _)), FieldName::Known(Field::Speaker)) => is_wanted(own),
        _ => speech.values(&name).iter().any(|value| is_wanted(&value.printed)),
    }
}
