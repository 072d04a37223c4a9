//! One panel of a chart: its axes, the bins without text, and for each series a band, a line and points.

use std::fmt::Write;

use super::axis::{Scale, bin_labels};
use super::canvas::{Anchor, Canvas, INK, NOTE, PAPER, plain};
use super::sentences::point_sentence;
use super::{PlotOptions, PlotValue};
use crate::engine::{Series, Timeline};
use crate::tally::Figures;

/// The colors of series, apart for the color-blind too and dark enough for thin lines on white; the first is used again after
/// the last.
const COLORS: [&str; 7] = [
    "#0068a8", "#c8500a", "#007a5a", "#a63a82", "#866400", "#5548c8", "#4a4f57",
];

/// The dashes of lines, so that series can be told without color.
const DASHES: [&str; 7] = ["", "7 3", "2 3", "10 3 2 3", "14 4", "4 2", "6 2 1 2 1 2"];

/// The most series that can be told from each other in one panel.
pub(super) const MOST_SERIES: usize = COLORS.len();

/// The pixels that a series needs in a bin for a whisker that stands apart from those of others.
const LEAST_FOR_WHISKERS: f64 = 6.0;

/// The room below a panel for the labels of its bins.
pub(super) const AXIS_HEIGHT: f64 = 22.0;

/// Where a panel is, without the labels of its axes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// What is drawn in a panel.
pub(super) struct Panel<'a> {
    pub(super) timeline: &'a Timeline,
    /// The series with the number of their look.
    pub(super) series: Vec<(usize, &'a Series)>,
    pub(super) options: &'a PlotOptions<'a>,
    pub(super) value: PlotValue,
    pub(super) scale: Scale,
    pub(super) has_whiskers: bool,
    pub(super) area: Area,
}

/// A value of a bin, where it stands in the chart.
struct Point {
    place: usize,
    x: f64,
    y: f64,
    /// The lower and the upper end of the interval.
    interval: Option<[f64; 2]>,
    /// Whether the upper end is beyond the chart.
    is_cut: bool,
}

impl Panel<'_> {
    /// Draws it.
    pub(super) fn draw(&self, canvas: &mut Canvas) {
        self.draw_grid(canvas);
        self.draw_voids(canvas);
        self.draw_bins(canvas);
        for (order, (look, series)) in self.series.iter().enumerate() {
            let points = self.points(order, series);
            open_series(*look, canvas);
            (points.chunk_by(|left, right| left.place + 1 == right.place))
                .for_each(|run| self.draw_intervals(run, canvas));
            canvas.raw("</g>\n");
        }
        for (order, (look, series)) in self.series.iter().enumerate() {
            self.draw_series(order, *look, series, canvas);
        }
    }

    /// The width of a bin.
    fn step(&self) -> f64 {
        self.area.width / self.timeline.bins.len().max(1) as f64
    }

    fn y(&self, height: f64) -> f64 {
        self.area.top + self.area.height * (1.0 - height)
    }

    /// Marks the bins without text, and says what the mark is where it has room.
    fn draw_voids(&self, canvas: &mut Canvas) {
        let Some((_, series)) = self.series.first() else { return };
        let is_void: Vec<bool> = series.points.iter().map(|point| point.of.speeches == 0).collect();
        let mut place = 0;
        for run in is_void.chunk_by(|left, right| left == right) {
            if run[0] {
                let (left, width) = (
                    self.area.left + place as f64 * self.step(),
                    run.len() as f64 * self.step(),
                );
                canvas.rectangle("plot-void", "#e9ecf1", [left, self.area.top], [width, self.area.height]);
                let text = self.options.words.no_text;
                if NOTE.width(text) + 6.0 < width {
                    let middle = [left + width / 2.0, self.area.top + self.area.height / 2.0];
                    canvas.text(middle, Anchor::Middle, NOTE, text);
                }
            }
            place += run.len();
        }
    }

    fn draw_grid(&self, canvas: &mut Canvas) {
        let Area { left, width, .. } = self.area;
        for (value, label) in self.scale.ticks() {
            let y = self.y(self.scale.height(value));
            canvas.line("plot-grid", "#dde2ea", [left, y], [left + width, y]);
            canvas.text([left - 8.0, y + 4.0], Anchor::End, NOTE, &label);
        }
    }

    fn draw_bins(&self, canvas: &mut Canvas) {
        let Area { left, width, .. } = self.area;
        let bottom = self.y(0.0);
        canvas.line("plot-axis", "#77818f", [left, bottom], [left + width, bottom]);
        for (place, label) in bin_labels(self.timeline, self.step(), NOTE) {
            let x = left + (place as f64 + 0.5) * self.step();
            canvas.line("plot-axis", "#77818f", [x, bottom], [x, bottom + 4.0]);
            canvas.text([x, bottom + 17.0], Anchor::Middle, NOTE, &label);
        }
    }

    /// Where the values of a series stand, those of several series a little beside each other.
    fn points(&self, order: usize, series: &Series) -> Vec<Point> {
        let count = self.series.len() as f64;
        let beside = (self.step() * 0.6 / count).min(7.0);
        let shift = (order as f64 - (count - 1.0) / 2.0) * beside;
        let point = |(place, figures)| {
            let shown = self.value.of(figures)?;
            Some(Point {
                place,
                x: self.area.left + (place as f64 + 0.5) * self.step() + shift,
                y: self.y(self.scale.height(shown.value)),
                is_cut: self.scale.cuts(shown),
                interval: self.scale.interval(shown).map(|ends| ends.map(|height| self.y(height))),
            })
        };
        series.points.iter().enumerate().filter_map(point).collect()
    }

    fn draw_series(&self, order: usize, look: usize, series: &Series, canvas: &mut Canvas) {
        let points = self.points(order, series);
        let number = look % MOST_SERIES;
        open_series(look, canvas);
        let runs = points.chunk_by(|left, right| left.place + 1 == right.place);
        for run in runs.filter(|run| run.len() > 1) {
            let dash = match DASHES[number] {
                "" => String::new(),
                dash => format!(" stroke-dasharray=\"{dash}\""),
            };
            let path = path(run.iter().map(|point| [point.x, point.y]));
            canvas.raw(&format!(
                "<path class=\"plot-line\" d=\"{path}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" \
                 stroke-linejoin=\"round\"{dash}/>\n"
            ));
        }
        points
            .iter()
            .for_each(|point| self.draw_point(point, number, series, canvas));
        canvas.raw("</g>\n");
    }

    /// A band over bins that follow each other; a whisker for one alone, or for each where series stand beside each other.
    fn draw_intervals(&self, run: &[Point], canvas: &mut Canvas) {
        if run.len() == 1 || self.has_whiskers {
            run.iter().for_each(|point| draw_whisker(point, canvas));
            return;
        }
        let upper = run.iter().filter_map(|point| Some([point.x, point.interval?[1]]));
        let lower = run.iter().rev().filter_map(|point| Some([point.x, point.interval?[0]]));
        let band = path(upper.chain(lower));
        if !band.is_empty() {
            let opacity = if self.series.len() > 2 { 0.08 } else { 0.14 };
            canvas.raw(&format!(
                "<path class=\"plot-band\" d=\"{band}z\" fill=\"currentColor\" fill-opacity=\"{opacity}\"/>\n"
            ));
        }
    }

    fn draw_point(&self, point: &Point, look: usize, series: &Series, canvas: &mut Canvas) {
        let (bin, figures) = (&self.timeline.bins[point.place], &series.points[point.place]);
        let radius = (self.step() * 0.35).clamp(1.0, 4.0);
        let reach = (self.step() * 0.5).clamp(2.0, 10.0);
        let link = self.options.link.map(|link| plain(&link(series, bin)));
        let link = link.filter(|link| !link.is_empty());
        let mut group = link
            .iter()
            .fold(String::new(), |_, link| format!("<a href=\"{link}\">"));
        let _ = write!(
            group,
            "<g class=\"plot-point\"><title>{}</title><circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"{reach:.1}\" fill-opacity=\"0\"/>{}</g>",
            plain(&point_sentence(series, bin, figures, self.options.words)),
            point.x,
            point.y,
            marker(
                look,
                [point.x, point.y],
                radius,
                figures.unreliable && self.value == PlotValue::PerMillion
            )
        );
        group.push_str(if link.is_some() { "</a>\n" } else { "\n" });
        canvas.raw(&group);
    }
}

/// Whether intervals are whiskers in a panel of some width: where bands of several series would cover each other, and where many
/// bins stand alone.
pub(super) fn has_whiskers(series: &[(usize, &Series)], width: f64) -> bool {
    let Some((_, first)) = series.first() else { return false };
    let with_text = first.points.iter().filter(|point| point.of.speeches > 0).count();
    let has_text = |point: &Figures| point.of.speeches > 0;
    let runs = first.points.chunk_by(|left, right| has_text(left) == has_text(right));
    let alone = runs.filter(|run| run.len() == 1 && has_text(&run[0])).count();
    let room = width / first.points.len().max(1) as f64 / series.len() as f64;
    (series.len() > 1 && room >= LEAST_FOR_WHISKERS) || alone * 3 > with_text
}

/// The interval of a point as a line with caps, with an arrow where it goes beyond the chart.
fn draw_whisker(point: &Point, canvas: &mut Canvas) {
    let (x, left) = (point.x, point.x - 2.5);
    let Some([low, high]) = point.interval else { return };
    let end = match point.is_cut {
        true => format!("M{left:.1} {:.1}L{x:.1} {high:.1}L{:.1} {0:.1}", high + 4.0, x + 2.5),
        false => format!("M{left:.1} {high:.1}h5"),
    };
    canvas.raw(&format!(
        "<path class=\"plot-whisker\" d=\"M{x:.1} {low:.1}V{high:.1}M{left:.1} {low:.1}h5{end}\" fill=\"none\" \
         stroke=\"currentColor\" stroke-width=\"1.2\" stroke-opacity=\"0.55\"/>\n"
    ));
}

/// Opens the group in which a series, or a part of it, is drawn.
fn open_series(look: usize, canvas: &mut Canvas) {
    let number = look % MOST_SERIES;
    canvas.raw(&format!(
        "<g class=\"plot-series-{number}\" color=\"{}\">\n",
        COLORS[number]
    ));
}

/// The mark of a series at a place; hollow where the value is not reliable.
pub(super) fn marker(look: usize, [x, y]: [f64; 2], radius: f64, is_hollow: bool) -> String {
    let fill = match is_hollow {
        true => format!("class=\"plot-hollow\" fill=\"{PAPER}\""),
        false => "fill=\"currentColor\"".to_owned(),
    };
    let paint = format!("{fill} stroke=\"currentColor\" stroke-width=\"1.5\"");
    let (r, wide) = (radius, radius * 1.25);
    match look % MOST_SERIES {
        0 => format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{r:.1}\" {paint}/>"),
        1 => format!(
            "<path d=\"M{:.1} {:.1}h{2:.1}v{2:.1}h-{2:.1}z\" {paint}/>",
            x - r,
            y - r,
            2.0 * r
        ),
        2 => format!(
            "<path d=\"M{x:.1} {:.1}L{:.1} {2:.1}H{3:.1}z\" {paint}/>",
            y - wide,
            x + wide,
            y + r,
            x - wide
        ),
        3 => format!(
            "<path d=\"M{x:.1} {:.1}L{:.1} {y:.1}L{x:.1} {:.1}L{:.1} {y:.1}z\" {paint}/>",
            y - wide,
            x + wide,
            y + wide,
            x - wide
        ),
        4 => format!(
            "<path d=\"M{x:.1} {:.1}L{:.1} {2:.1}H{3:.1}z\" {paint}/>",
            y + wide,
            x + wide,
            y - r,
            x - wide
        ),
        5 => format!(
            "<path d=\"M{:.1} {y:.1}h{1:.1}M{x:.1} {2:.1}v{1:.1}\" {paint}/>",
            x - wide,
            2.0 * wide,
            y - wide
        ),
        _ => format!(
            "<path d=\"M{:.1} {:.1}l{2:.1} {2:.1}m0 -{2:.1}l-{2:.1} {2:.1}\" {paint}/>",
            x - r,
            y - r,
            2.0 * r
        ),
    }
}

/// A short piece of the line of a series with its mark, for a legend; its left end is at `x`, its height at `y`.
pub(super) fn sample(look: usize, [x, y]: [f64; 2], width: f64) -> String {
    let number = look % MOST_SERIES;
    let dash = DASHES[number];
    format!(
        "<g class=\"plot-series-{number}\" color=\"{}\"><path class=\"plot-line\" d=\"M{x:.1} {y:.1}h{width:.1}\" fill=\"none\" \
         stroke=\"currentColor\" stroke-width=\"2\"{}/>{}</g>\n",
        COLORS[number],
        if dash.is_empty() {
            String::new()
        } else {
            format!(" stroke-dasharray=\"{dash}\"")
        },
        marker(number, [x + width / 2.0, y], 4.0, false)
    )
}

/// A path through places.
fn path(places: impl Iterator<Item = [f64; 2]>) -> String {
    let mut path = String::new();
    for (number, [x, y]) in places.enumerate() {
        let _ = write!(path, "{}{x:.1} {y:.1}", if number == 0 { 'M' } else { 'L' });
    }
    path
}

/// The mark of hollow points, for a legend.
pub(super) fn hollow_sample(place: [f64; 2]) -> String {
    format!("<g color=\"{INK}\">{}</g>\n", marker(0, place, 4.0, true))
}

/// A piece of a band with a whisker, for a legend; its upper left corner is at a place.
pub(super) fn interval_sample([x, y]: [f64; 2]) -> String {
    format!(
        "<g class=\"plot-series-0\" color=\"{}\"><rect class=\"plot-band\" fill=\"currentColor\" fill-opacity=\"0.18\" \
         x=\"{x:.1}\" y=\"{y:.1}\" width=\"16\" height=\"11\"/><path class=\"plot-whisker\" d=\"M{:.1} {y:.1}h5m-2.5 0v11m-2.5 0h5\" \
         fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.2\" stroke-opacity=\"0.55\"/></g>\n",
        COLORS[0],
        x + 5.5
    )
}
