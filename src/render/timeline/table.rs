//! What the tables of timelines share: their headings, and rows that are folded.

use super::super::grid::shortened;
use super::super::numbers::unit;
use super::super::plot::PlotValue;
use super::super::style::Page;
use crate::engine::Timeline;
use crate::tally::Period;

/// The name of the bins: `year`.
pub(super) fn bin_name(timeline: &Timeline) -> &'static str {
    Period::NAMES[timeline.period as usize].0
}

/// What is shown, in words.
pub(super) fn value_name(value: PlotValue, timeline: &Timeline) -> String {
    match value {
        PlotValue::PerMillion => format!("occurrences per million {}", unit(timeline.per)),
        PlotValue::Share => "share of speeches with a hit".to_owned(),
        PlotValue::Occurrences => "occurrences".to_owned(),
    }
}

/// The title of a table: the queries, by what, from when to when.
pub(super) fn heading(queries: &[&str], timeline: &Timeline, page: &Page) -> String {
    let range = match (timeline.bins.first(), timeline.bins.last()) {
        (Some(first), Some(last)) if first.bin != last.bin => format!(", {} to {}", first.bin, last.bin),
        (Some(only), _) => format!(", {}", only.bin),
        _ => String::new(),
    };
    let rest = format!(" by {}{range}", bin_name(timeline));
    let room = page.width.saturating_sub(rest.len()).max(20);
    shortened(&queries.join(" · "), room) + &rest
}
