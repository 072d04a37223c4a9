//! How times are distributed, drawn as SVG: a row a kind of query, all rows on one logarithmic axis, p50 and p99 marked.

use std::fmt::Write;

use super::figures::{milliseconds, time_with_unit};
use crate::timing::{Comparison, Timing};

/// The width of a chart; its units are the pixels of a screen of usual density.
pub(super) const WIDTH: f64 = 920.0;

/// Where the plot begins and ends.
const LEFT: f64 = 150.0;
const RIGHT: f64 = 745.0;

/// Where the columns of figures end.
const P50_END: f64 = 828.0;
const P99_END: f64 = 908.0;

/// The heights of the legend, of a row, of the tallest bar in it, and of the axis.
const TOP: f64 = 40.0;
const ROW: f64 = 36.0;
const BAR: f64 = 26.0;
const AXIS: f64 = 34.0;

/// The bars of a power of ten.
const BARS_PER_DECADE: f64 = 16.0;

/// With fewer samples each is drawn as a dot by itself.
const LEAST_FOR_BARS: usize = 40;

/// The colors and letters of charts, light and dark.
pub(super) const STYLE: &str = "\
:root { color-scheme: light dark; --paper: #ffffff; --ink: #1c2430; --quiet: #5c6675; --line: #d9dee6; --bar: #7fa8d6; \
--median: #12467f; --tail: #c4501b; --old: #6b7280; }\n\
@media (prefers-color-scheme: dark) { :root { --paper: #14181f; --ink: #e6eaf0; --quiet: #9aa5b4; --line: #323a46; \
--bar: #3f6ea3; --median: #a9d0ff; --tail: #ff9d6b; --old: #9ca3af; } }\n\
.chart text { font: 13px system-ui, sans-serif; fill: var(--ink); }\n\
.chart .quiet { fill: var(--quiet); font-size: 12px; }\n\
.chart .heading { font-size: 15px; font-weight: 600; }\n\
.chart .figure { font-variant-numeric: tabular-nums; text-anchor: end; }\n\
.chart .grid { stroke: var(--line); stroke-width: 1; }\n\
.chart .bars { fill: var(--bar); }\n\
.chart .dot { fill: var(--bar); fill-opacity: 0.75; }\n\
.chart .median { stroke: var(--median); stroke-width: 2.5; }\n\
.chart .tail { stroke: var(--tail); stroke-width: 2; stroke-dasharray: 4 2.5; }\n\
.chart .old { fill: none; stroke: var(--old); stroke-width: 1.5; }\n";

/// A chart of some timings.
pub(super) struct Chart<'a> {
    /// What the chart is called.
    pub(super) title: &'a str,
    pub(super) timings: &'a [&'a Timing],
    pub(super) axis: Axis,
    /// What to mark the older figures of.
    pub(super) comparison: Option<&'a Comparison>,
}

/// A logarithmic axis of whole powers of ten.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Axis {
    /// The exponents of the first and the last power of ten, in milliseconds.
    first: f64,
    last: f64,
}

impl Axis {
    /// The axis that has room for all samples of some timings.
    pub(super) fn of<'a>(timings: impl Iterator<Item = &'a Timing>) -> Self {
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        for sample in timings.flat_map(|timing| timing.samples_us.iter().flatten()) {
            least = least.min(exponent(sample / 1e3));
            most = most.max(exponent(sample / 1e3));
        }
        if least > most {
            (least, most) = (0.0, 0.0);
        }
        let first = least.floor();
        Self {
            first,
            last: most.ceil().max(first + 1.0),
        }
    }

    fn x(self, time_ms: f64) -> f64 {
        let share = (exponent(time_ms) - self.first) / (self.last - self.first);
        LEFT + share.clamp(0.0, 1.0) * (RIGHT - LEFT)
    }

    fn decades(self) -> impl Iterator<Item = f64> {
        (self.first as i32..=self.last as i32).map(f64::from)
    }
}

/// The power of ten that a time is, in milliseconds; what is too short to measure is a tenth of a microsecond.
fn exponent(time_ms: f64) -> f64 {
    time_ms.max(1e-4).log10()
}

impl Chart<'_> {
    /// The height.
    pub(super) fn height(&self) -> f64 {
        TOP + ROW * self.timings.len() as f64 + AXIS
    }

    /// The chart in words, for those who do not see it.
    pub(super) fn description(&self) -> String {
        let from = time_with_unit(10_f64.powf(self.axis.first));
        let to = time_with_unit(10_f64.powf(self.axis.last));
        let mut text = format!("Times on a logarithmic axis from {from} to {to}, a row a kind of query.");
        for timing in self.timings {
            let [p50, p99] = [timing.p50_ms, timing.p99_ms].map(milliseconds);
            let _ = write!(text, " {}: p50 {p50} ms, p99 {p99} ms.", timing.kind);
        }
        text
    }

    /// The elements of the chart, its upper left corner at 0, 0.
    pub(super) fn elements(&self) -> String {
        let mut svg = String::new();
        self.push_legend(&mut svg);
        self.push_axis(&mut svg);
        for (row, timing) in self.timings.iter().enumerate() {
            self.push_row(TOP + ROW * (row as f64 + 1.0), timing, &mut svg);
        }
        svg
    }

    fn push_legend(&self, svg: &mut String) {
        let mut x = LEFT;
        let mut entry = |mark: &str, text: &str, width: f64| {
            let _ = writeln!(
                svg,
                "<g transform=\"translate({x:.0} 8)\">{mark}<text class=\"quiet\" x=\"12\" y=\"12\">{text}</text></g>"
            );
            x += width;
        };
        entry(
            "<line class=\"median\" x1=\"4\" y1=\"0\" x2=\"4\" y2=\"16\"/>",
            "p50",
            60.0,
        );
        entry(
            "<line class=\"tail\" x1=\"4\" y1=\"0\" x2=\"4\" y2=\"16\"/>",
            "p99",
            60.0,
        );
        if self.comparison.is_some() {
            entry(
                "<circle class=\"old\" cx=\"4\" cy=\"8\" r=\"4\"/>",
                "p50 and p99 of the older measurement",
                60.0,
            );
        }
        for (end, text) in [(P50_END, "p50 ms"), (P99_END, "p99 ms")] {
            let _ = writeln!(svg, "<text class=\"quiet figure\" x=\"{end}\" y=\"20\">{text}</text>");
        }
    }

    fn push_axis(&self, svg: &mut String) {
        let bottom = self.height() - AXIS;
        for decade in self.axis.decades() {
            let time = 10_f64.powf(decade);
            let x = self.axis.x(time);
            let _ = writeln!(
                svg,
                "<line class=\"grid\" x1=\"{x:.1}\" y1=\"{TOP}\" x2=\"{x:.1}\" y2=\"{bottom}\"/><text class=\"quiet\" x=\"{x:.1}\" \
                 y=\"{:.0}\" text-anchor=\"middle\">{}</text>",
                bottom + 18.0,
                time_with_unit(time)
            );
        }
    }

    /// A row that stands on a line.
    fn push_row(&self, y: f64, timing: &Timing, svg: &mut String) {
        let text_y = y - 9.0;
        let [p50, p99] = [timing.p50_ms, timing.p99_ms];
        let _ = writeln!(
            svg,
            "<text x=\"0\" y=\"{text_y}\">{}</text><line class=\"grid\" x1=\"{LEFT}\" y1=\"{y}\" x2=\"{RIGHT}\" y2=\"{y}\"/>",
            escaped(&timing.kind)
        );
        self.push_samples(y, timing, svg);
        for (class, time, end) in [("median", p50, P50_END), ("tail", p99, P99_END)] {
            let x = self.axis.x(time);
            let _ = writeln!(
                svg,
                "<line class=\"{class}\" x1=\"{x:.1}\" y1=\"{:.1}\" x2=\"{x:.1}\" y2=\"{y}\"/><text class=\"figure\" x=\"{end}\" \
                 y=\"{text_y}\">{}</text>",
                y - BAR - 3.0,
                milliseconds(time)
            );
        }
        let changes = self.comparison.iter().flat_map(|comparison| &comparison.changes);
        let same = changes.filter(|change| {
            (&change.kind, change.start, change.threads) == (&timing.kind, timing.start, timing.threads)
        });
        for time in same.flat_map(|change| [change.p50.old_ms, change.p99.old_ms]) {
            let x = self.axis.x(time);
            let _ = writeln!(svg, "<circle class=\"old\" cx=\"{x:.1}\" cy=\"{y}\" r=\"4\"/>");
        }
    }

    fn push_samples(&self, y: f64, timing: &Timing, svg: &mut String) {
        let samples = || timing.samples_us.iter().flatten().map(|sample| sample / 1e3);
        if samples().count() < LEAST_FOR_BARS {
            for time in samples() {
                let x = self.axis.x(time);
                let _ = write!(
                    svg,
                    "<circle class=\"dot\" cx=\"{x:.1}\" cy=\"{:.1}\" r=\"4\"/>",
                    y - BAR / 2.0
                );
            }
            svg.push('\n');
            return;
        }
        let bar_count = ((self.axis.last - self.axis.first) * BARS_PER_DECADE) as usize;
        let width = (RIGHT - LEFT) / bar_count as f64;
        let mut counts = vec![0_usize; bar_count];
        for time in samples() {
            let bar = ((self.axis.x(time) - LEFT) / width) as usize;
            counts[bar.min(bar_count - 1)] += 1;
        }
        let tallest = counts.iter().copied().max().unwrap_or(1).max(1) as f64;
        let mut path = String::new();
        for (bar, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            // What is there at all can be seen.
            let height = (*count as f64 / tallest * BAR).max(1.0);
            let x = LEFT + bar as f64 * width;
            let _ = write!(path, "M{x:.1} {y}v-{height:.1}h{:.1}v{height:.1}z", width - 0.8);
        }
        let _ = writeln!(svg, "<path class=\"bars\" d=\"{path}\"/>");
    }
}

/// Text for XML: marks of its own are named, what it cannot hold is left out.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{FFFE}' | '\u{FFFF}' => {}
            _ if character.is_control() => escaped.push(' '),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_has_whole_decades_and_room_for_every_time() {
        let axis = Axis { first: -1.0, last: 2.0 };
        assert_eq!(axis.decades().collect::<Vec<_>>(), [-1.0, 0.0, 1.0, 2.0]);
        assert_eq!((axis.x(0.1), axis.x(100.0)), (LEFT, RIGHT));
        assert_eq!((axis.x(0.0), axis.x(1e9)), (LEFT, RIGHT));
        let empty = Axis::of(std::iter::empty());
        assert_eq!(empty.decades().count(), 2);
    }

    #[test]
    fn a_text_cannot_end_its_element() {
        assert_eq!(escaped("a<b> & \"c\"\u{7}"), "a&lt;b&gt; &amp; &quot;c&quot; ");
    }
}
