//! Dates as people write them.

use crate::text::Date;

/// The date that a text is, if it is nothing else.
pub fn whole(text: &str) -> Option<Date> {
    text.trim().parse().ok()
}
