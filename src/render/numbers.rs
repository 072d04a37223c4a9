//! Figures of corpus analytics as people read them: thousands apart, and no rounding that makes something of nothing, nothing of
//! something or all of nearly all.

use crate::engine::GroupFigures;
use crate::statistics::Interval;
use crate::tally::{Figures, Measure};

/// A count with its thousands apart: `1,234,567`.
pub(super) fn separated(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count with its noun: `1 speech`, `1,234 speeches`.
pub(super) fn counted(count: u64, noun: &str) -> String {
    let ending = match (count, noun) {
        (1, _) => "",
        (_, "speech") => "es",
        _ => "s",
    };
    format!("{} {noun}{ending}", separated(count))
}

/// A rate: two digits behind the point below ten, one below a thousand; what is less than those can show is `< 0.01`.
pub(super) fn rate(rate: f64) -> String {
    match rate {
        0.0 => "0".to_owned(),
        ..0.01 => "< 0.01".to_owned(),
        ..10.0 => format!("{rate:.2}"),
        ..1000.0 => format!("{rate:.1}"),
        _ => separated(rate.round() as u64),
    }
}

/// A share, from 0 to 1, as a percentage; what is not 0 is never shown as 0, what is not all never as 100.
pub(super) fn share(share: f64) -> String {
    let percentage = share * 100.0;
    match percentage {
        0.0 => "0 %".to_owned(),
        100.0 => "100 %".to_owned(),
        ..0.1 => "< 0.1 %".to_owned(),
        99.9.. => "> 99.9 %".to_owned(),
        _ => format!("{percentage:.1} %"),
    }
}

/// The interval of a rate.
pub(super) fn rates(interval: Interval) -> String {
    format!("{}–{}", rate(interval.low), rate(interval.high))
}

/// The interval of a share, with one sign of percent.
pub(super) fn shares(interval: Interval) -> String {
    let low = share(interval.low);
    format!("{}–{}", low.trim_end_matches(" %"), share(interval.high))
}

/// What a rate is per million of, in words.
pub(super) fn unit(per: Measure) -> &'static str {
    Measure::NAMES[per as usize].0
}

/// The cells of a table that figures take, after their names; what a selection without text does not have is empty.
pub(super) const FIGURE_COLUMNS: &str = "occurrences passages speeches per per_million per_million_low per_million_high \
    share_of_speeches share_low share_high unreliable of_speeches of_passages of_characters of_words";

/// The figures as cells of CSV, in the order of [`FIGURE_COLUMNS`].
pub(super) fn cells(figures: &Figures, per: Measure) -> Vec<String> {
    let optional = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let ends = |interval: Option<Interval>| {
        let low = optional(interval.map(|interval| interval.low));
        [low, optional(interval.map(|interval| interval.high))]
    };
    let of = figures.of;
    let mut cells = vec![
        figures.occurrences.map(|count| count.to_string()).unwrap_or_default(),
        figures.passages.to_string(),
        figures.speeches.to_string(),
        unit(per).to_owned(),
        optional(figures.per_million),
    ];
    cells.extend(ends(figures.per_million_interval));
    cells.push(optional(figures.share_of_speeches));
    cells.extend(ends(figures.share_interval));
    cells.push(figures.unreliable.to_string());
    cells.extend([of.speeches, of.passages, of.characters, of.words].map(|count| count.to_string()));
    cells
}

/// What is counted first: occurrences, or passages where nothing in the query stands in the text.
pub(super) fn main_count(figures: &Figures) -> u64 {
    figures.occurrences.unwrap_or(figures.passages)
}

/// What stands for the value of a field that speeches lack.
pub(super) const NO_VALUE: &str = "(none)";

/// The value of a group by a field, as shown.
pub(super) fn value<'a>(group: &'a GroupFigures, field: &str) -> &'a str {
    group.values.get(field).map_or(NO_VALUE, String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        let shown = [0, 999, 1_000, 12_345, 1_234_567].map(separated);
        assert_eq!(shown, ["0", "999", "1,000", "12,345", "1,234,567"]);
        assert_eq!([1, 2].map(|count| counted(count, "speech")), ["1 speech", "2 speeches"]);
    }

    #[test]
    fn a_rate_is_never_rounded_to_nothing() {
        let shown = [0.0, 1e-9, 0.0099, 0.01, 3.146, 99.96, 1234.5].map(rate);
        assert_eq!(shown, ["0", "< 0.01", "< 0.01", "0.01", "3.15", "100.0", "1,235"]);
    }

    #[test]
    fn a_share_is_never_rounded_to_nothing_or_all() {
        let shown = [0.0, 0.0004, 0.5, 0.42857, 0.9994, 1.0].map(share);
        assert_eq!(shown, ["0 %", "< 0.1 %", "50.0 %", "42.9 %", "> 99.9 %", "100 %"]);
        let interval = Interval { low: 0.25, high: 1.0 };
        assert_eq!(shares(interval), "25.0–100 %");
    }
}
