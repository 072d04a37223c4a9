//! Conditions on metadata fields, made ready.

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use super::{LeafOptions, patterns, text_expression};
use crate::analyzer::fold;
use crate::corpus::Field;
use crate::error::Result;
use crate::pattern::Pattern;
use crate::query::Node;
use crate::query::expression::{Expression, FieldName, FieldQuery, FieldValue, Keyword, Phrase};
use crate::search::request::FilterField;
use crate::text::Language;

/// A condition on a metadata field.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldLeaf {
    /// The field.
    pub field: FilterField,
    /// What a value must be.
    pub test: FieldTest,
}

/// What a value of a field must be.
#[derive(Clone, Debug)]
pub enum FieldTest {
    /// The pattern stands in it.
    Holds(Pattern),
    /// The expression matches in it.
    Matches(Regex),
    /// It is the tag of this language or of a variant of it.
    Language(Language),
    /// It is a date that lies wholly within these days, numbered as [`Date::day_numbers`](crate::text::Date::day_numbers) does.
    Days(i64, i64),
}

impl PartialEq for FieldTest {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Holds(left), Self::Holds(right)) => left == right,
            (Self::Matches(left), Self::Matches(right)) => left.as_str() == right.as_str(),
            (Self::Language(left), Self::Language(right)) => left == right,
            (Self::Days(from, to), Self::Days(other_from, other_to)) => (from, to) == (other_from, other_to),
            _ => false,
        }
    }
}

impl FieldLeaf {
    /// Makes a condition ready.
    ///
    /// # Errors
    /// The value holds nothing to search for.
    pub fn of(query: &FieldQuery, options: &LeafOptions<'_>) -> Result<Self> {
        let field = match &query.field {
            FieldName::Known(field) => FilterField::Known(*field),
            FieldName::Further(name) => FilterField::Further(name.clone()),
        };
        let test = match &query.value {
            FieldValue::Dates(range) => FieldTest::Days(
                range.from.map_or(i64::MIN, |date| date.day_numbers().0),
                range.to.map_or(i64::MAX, |date| date.day_numbers().1),
            ),
            FieldValue::Text(node) => match (&node.expression, &query.field) {
                (Expression::Keyword(keyword), FieldName::Known(Field::Language)) => {
                    FieldTest::Language(Language::new(&keyword.text))
                }
                (Expression::Regex(regex), _) => {
                    let expression = text_expression(regex, false);
                    FieldTest::Matches(
                        expression
                            .map_err(|error| error.in_query(options.query, node.span))?
                            .regex,
                    )
                }
                _ => {
                    // What stands in a field is a name, not running text: its words are not inflected.
                    let uninflected = LeafOptions {
                        languages: &[],
                        as_printed: false,
                        expansion: options.expansion.off(),
                        ..*options
                    };
                    let pattern = patterns::pattern(node, &uninflected)?;
                    FieldTest::Holds(patterns::any_of(pattern, other_names(&field, node, options)))
                }
            },
        };
        Ok(Self { field, test })
    }

    /// Whether a value, as printed, passes the test; dates are tested by their days instead.
    pub fn admits(&self, value: &str) -> bool {
        match &self.test {
            FieldTest::Holds(pattern) => {
                let units = fold(value);
                let place = crate::pattern::TextPlace {
                    units: &units,
                    text: value,
                    language: None,
                };
                let Ok(found) = crate::pattern::matches(pattern, &place);
                !found.is_empty()
            }
            FieldTest::Matches(regex) => regex.is_match(&value.nfc().collect::<String>()),
            FieldTest::Language(language) => language.covers(value),
            FieldTest::Days(from, to) => value.parse::<crate::text::Date>().is_ok_and(|date| {
                let (first, last) = date.day_numbers();
                *from <= first && last <= *to
            }),
        }
    }
}

/// The other forms of a name, where the field holds names and the value is one.
fn other_names(field: &FilterField, node: &Node, options: &LeafOptions<'_>) -> Vec<Pattern> {
    let (Expression::Keyword(Keyword { text }) | Expression::Phrase(Phrase { text })) = &node.expression else {
        return Vec::new();
    };
    let forms = match field.holds_names() {
        true => options.expansion.names.same_in_metadata(text),
        false => Vec::new(),
    };
    forms
        .into_iter()
        .filter_map(|form| patterns::string_pattern(form, false).ok())
        .collect()
}
