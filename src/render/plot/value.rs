//! What a chart shows of a bin: a value, and how far chance can account for it.

use super::PlotValue;
use crate::engine::Timeline;
use crate::statistics::Interval;
use crate::tally::Figures;

/// A value that is shown, with its interval where it has one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Shown {
    pub(crate) value: f64,
    pub(crate) interval: Option<Interval>,
}

impl PlotValue {
    /// What can be shown of a timeline: where nothing in the queries stands in the text, shares in the place of rates.
    pub(crate) fn possible(self, timeline: &Timeline) -> Self {
        let has_occurrences = timeline.series.iter().any(|series| series.total.occurrences.is_some());
        match has_occurrences {
            true => self,
            false => Self::Share,
        }
    }

    /// The value of some figures; `None` where there is no text, or nothing to count.
    pub(crate) fn of(self, figures: &Figures) -> Option<Shown> {
        if figures.of.speeches == 0 {
            return None;
        }
        let (value, interval) = match self {
            Self::PerMillion => (figures.per_million, figures.per_million_interval),
            Self::Share => (figures.share_of_speeches, figures.share_interval),
            Self::Occurrences => (figures.occurrences.map(|count| count as f64), None),
        };
        value.map(|value| Shown { value, interval })
    }
}

/// The largest value of a timeline; 0 where there is none.
pub(crate) fn largest(timeline: &Timeline, value: PlotValue) -> f64 {
    let points = timeline.series.iter().flat_map(|series| &series.points);
    let shown = points.filter_map(|point| value.of(point));
    shown.map(|shown| shown.value).fold(0.0, f64::max)
}
