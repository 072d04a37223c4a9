//! The way from a figure to the passages that it counts.

use std::collections::{HashMap, HashSet};

use crate::analyzer::fold_line;
use crate::engine::{Series, Timeline, TimelineBin};
use crate::page::Address;
use crate::page::frame::Visit;
use crate::page::list::FIELDS;
use crate::page::views::ASKED;
use crate::tally::Period;
use crate::text::Date;

/// The ways from the figures of a timeline.
pub(super) struct Passages<'a> {
    visit: &'a Visit,
    /// Whether each series is of one value.
    is_divided: bool,
    /// The values that a filter does not tell from others.
    mixed: HashSet<&'a str>,
}

impl<'a> Passages<'a> {
    /// Those from a timeline that was asked for at an address.
    pub(super) fn new(visit: &'a Visit, found: &'a Timeline) -> Self {
        let values = found.series.iter().flat_map(|series| series.values.iter());
        let values: HashSet<(&str, &str)> = values.map(|(field, value)| (field.as_str(), value.as_str())).collect();
        let mut by_form: HashMap<String, Vec<&str>> = HashMap::new();
        for (field, value) in values {
            by_form.entry(form(field, value)).or_default().push(value);
        }
        let mixed = by_form.into_values().filter(|values| values.len() > 1).flatten();
        Self {
            visit,
            is_divided: found.field.is_some(),
            mixed: mixed.collect(),
        }
    }

    /// The address of what a series counts in a bin, or in all: the concordance, which counts in the same way and shows every
    /// occurrence; of a query that has no occurrences the passages that match. Nothing where no filter says what is counted.
    pub(super) fn of(&self, series: &Series, bin: Option<&TimelineBin>) -> Option<Address> {
        if self.is_divided && series.values.is_empty() {
            return None;
        }
        let asked = self.visit.address.only(&[ASKED, &["versions"]].concat());
        let mut address = asked.with("q", series.query.as_str());
        for (field, value) in &series.values {
            if field.parse::<Period>().is_ok() || self.mixed.contains(value.as_str()) {
                return None;
            }
            address = match FIELDS.contains(&field.as_str()) {
                true => address.with(field, value.as_str()),
                false => address.adding("where", format!("{field}={value}")),
            };
        }
        if let Some(bin) = bin {
            address = between(address, bin);
        }
        Some(match series.total.occurrences {
            Some(_) => address.on("/concordance"),
            None => address.without(&["versions"]).on("/"),
        })
    }
}

/// What a filter makes of a value: the same of values that it does not tell apart.
fn form(field: &str, value: &str) -> String {
    match field {
        "language" => value.split('-').next().unwrap_or_default().to_lowercase(),
        _ => fold_line(value),
    }
}

/// The same within the days of a bin, and within those that were asked for.
fn between(address: Address, bin: &TimelineBin) -> Address {
    let date = |text: &str| text.parse::<Date>().ok();
    let given = |name: &str| address.value(name).map(str::to_owned);
    let from = match given("from") {
        Some(given) if date(&given).map(Date::first_day) > date(&bin.from).map(Date::first_day) => given,
        _ => bin.from.clone(),
    };
    let to = match given("to") {
        Some(given) if date(&given).map(Date::last_day) < date(&bin.to).map(Date::last_day) => given,
        _ => bin.to.clone(),
    };
    address.with("from", from).with("to", to)
}
