//! The axes: a scale that begins at 0 and has round ticks, and bins of which as many are labeled as there is room for.

use super::super::numbers::separated;
use super::PlotValue;
use super::canvas::Lettering;
use super::value::Shown;
use crate::engine::Timeline;
use crate::tally::{Figures, Period};

/// About how many ticks a scale has.
const TICKS: f64 = 5.0;

/// Intervals are shown up to so many times the largest value.
const MOST_OVER: f64 = 1.6;

/// A scale from 0 to a round value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    step: f64,
    top: f64,
    value: PlotValue,
    /// Whether a value or an interval goes beyond it.
    pub(super) is_cut: bool,
}

impl Scale {
    /// The scale that has room for the values that are drawn, and for their intervals where those are not much wider. Rates of
    /// little text, which may be anything, have no say where there are others.
    pub(super) fn of<'a>(drawn: impl Iterator<Item = &'a Figures>, value: PlotValue) -> Self {
        let drawn: Vec<&Figures> = drawn.collect();
        let largest_of = |has_say: &dyn Fn(&Figures) -> bool| {
            let shown = drawn.iter().filter(|figures| has_say(figures));
            let values = shown.filter_map(|figures| value.of(figures));
            values.map(|shown| shown.value).fold(0.0, f64::max)
        };
        let all = largest_of(&|_| true);
        let largest = match value {
            PlotValue::PerMillion => Some(largest_of(&|figures| !figures.unreliable)).filter(|largest| *largest > 0.0),
            _ => None,
        };
        let largest = largest.unwrap_or(all);
        let intervals = drawn.iter().filter_map(|figures| value.of(figures)?.interval);
        let highest = intervals.map(|interval| interval.high).fold(all, f64::max);
        let bound = match (value, largest > 0.0) {
            (PlotValue::Share, _) => highest.min(1.0),
            (_, true) => highest.min(largest * MOST_OVER),
            (_, false) => highest,
        };
        let bound = if bound > 0.0 { bound } else { 1.0 };
        let mut step = round_step(bound / TICKS);
        if value == PlotValue::Occurrences {
            step = step.max(1.0);
        }
        let top = (bound / step - 1e-9).ceil() * step;
        Self {
            step,
            top,
            value,
            is_cut: highest > top * (1.0 + 1e-9),
        }
    }

    /// How high a value stands, from 0 to 1.
    pub(super) fn height(self, value: f64) -> f64 {
        (value / self.top).clamp(0.0, 1.0)
    }

    /// The ends of the interval of a value, within the scale.
    pub(super) fn interval(self, shown: Shown) -> Option<[f64; 2]> {
        shown
            .interval
            .map(|interval| [self.height(interval.low), self.height(interval.high)])
    }

    /// Whether a value or its interval goes beyond the scale.
    pub(super) fn cuts(self, shown: Shown) -> bool {
        let highest = shown.interval.map_or(shown.value, |interval| interval.high);
        highest.max(shown.value) > self.top * (1.0 + 1e-9)
    }

    /// The ticks with their labels.
    pub(super) fn ticks(self) -> Vec<(f64, String)> {
        let count = (self.top / self.step).round() as usize;
        let values = (0..=count).map(|number| number as f64 * self.step);
        values.map(|value| (value, self.label(value))).collect()
    }

    fn label(self, value: f64) -> String {
        if self.value == PlotValue::Share {
            let decimals = if self.step < 0.01 - 1e-12 { 1 } else { 0 };
            return format!("{:.decimals$} %", value * 100.0);
        }
        match self.step {
            1.0.. => separated(value.round() as u64),
            _ => {
                let decimals = (-self.step.log10().floor()).clamp(1.0, 9.0) as usize;
                format!("{value:.decimals$}")
            }
        }
    }
}

/// The next of 1, 2 and 5 times a power of ten.
fn round_step(least: f64) -> f64 {
    let power = 10_f64.powf(least.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .find(|factor| factor * power >= least * (1.0 - 1e-9));
    step.unwrap_or(10.0) * power
}

/// The labels of bins by their places: as many as there is room for, at round years.
pub(super) fn bin_labels(timeline: &Timeline, width_of_a_bin: f64, lettering: Lettering) -> Vec<(usize, String)> {
    let a_year = usize::from(timeline.period.a_year());
    let steps: Vec<usize> = match timeline.period {
        Period::Year => Vec::new(),
        Period::Quarter => vec![1],
        Period::Month => vec![1, 3],
    };
    let years = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000].map(|years| years * a_year);
    let widest = lettering.width("0000-00") + 8.0;
    let widest_year = lettering.width("0000") + 10.0;
    let has_room = |step: &usize| {
        let needed = if step.is_multiple_of(a_year) {
            widest_year
        } else {
            widest
        };
        *step as f64 * width_of_a_bin >= needed
    };
    let step = steps.into_iter().chain(years).find(has_room).unwrap_or(10_000 * a_year);
    let numbered = timeline.bins.iter().enumerate();
    let labels = numbered.filter_map(|(place, bin)| {
        let number = number_of(&bin.bin, timeline.period)?;
        number.is_multiple_of(step).then(|| {
            let label = match step.is_multiple_of(a_year) {
                true => bin.bin.chars().take(4).collect(),
                false => bin.bin.clone(),
            };
            (place, label)
        })
    });
    let labels: Vec<(usize, String)> = labels.collect();
    match (labels.is_empty(), timeline.bins.first()) {
        (true, Some(first)) => vec![(0, first.bin.clone())],
        _ => labels,
    }
}

/// The number of a bin, counted from year 0.
fn number_of(bin: &str, period: Period) -> Option<usize> {
    let (year, part) = bin.split_once('-').unwrap_or((bin, "1"));
    let year: usize = year.parse().ok()?;
    let part: usize = part.trim_start_matches('Q').parse().ok()?;
    Some(year * usize::from(period.a_year()) + part.checked_sub(1)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(top: f64, value: PlotValue) -> Vec<String> {
        let step = round_step(top / TICKS);
        let scale = Scale {
            step,
            top: (top / step - 1e-9).ceil() * step,
            value,
            is_cut: false,
        };
        scale.ticks().into_iter().map(|(_, label)| label).collect()
    }

    #[test]
    fn ticks_are_round_and_begin_at_nothing() {
        assert_eq!(
            scale(1640.0, PlotValue::PerMillion),
            ["0", "500", "1,000", "1,500", "2,000"]
        );
        assert_eq!(
            scale(0.9, PlotValue::PerMillion),
            ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]
        );
        assert_eq!(
            scale(1.0, PlotValue::Share),
            ["0 %", "20 %", "40 %", "60 %", "80 %", "100 %"]
        );
    }

    #[test]
    fn bins_are_numbered_through_the_years() {
        assert_eq!(number_of("2013", Period::Year), Some(2013));
        assert_eq!(number_of("2013-Q2", Period::Quarter), Some(2013 * 4 + 1));
        assert_eq!(number_of("2013-12", Period::Month), Some(2013 * 12 + 11));
    }
}
