//! The way from a figure to the passages that it counts.

use crate::engine::{Series, TimelineBin};
use crate::page::Address;
use crate::page::frame::Visit;
use crate::page::list::FIELDS;
use crate::page::views::ASKED;
use crate::tally::Period;
use crate::text::Date;

/// The address of what a series counts in a bin, or in all: the concordance, which counts in the same way and shows every
/// occurrence; of a query that has no occurrences the passages that match. Nothing where no filter says what is counted.
pub(super) fn passages(visit: &Visit, series: &Series, bin: Option<&TimelineBin>) -> Option<Address> {
    let mut address = visit
        .address
        .only(&[ASKED, &["versions"]].concat())
        .with("q", series.query.as_str());
    for (field, value) in &series.values {
        if field.parse::<Period>().is_ok() {
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
