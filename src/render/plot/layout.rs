//! The parts of a chart from top to bottom: title, legend, one panel or small multiples on one scale, captions.

use super::axis::Scale;
use super::canvas::{Anchor, CAPTION, Canvas, Frame, LABEL, NOTE, TITLE};
use super::panel::{AXIS_HEIGHT, Area, MOST_SERIES, Panel, has_whiskers, hollow_sample, interval_sample, sample};
use super::sentences::{captions, description, full_name, subtitle, value_name};
use super::{PlotOptions, PlotValue};
use crate::engine::{Series, Timeline};

/// The narrowest chart.
const LEAST_WIDTH: f64 = 320.0;

/// The room at the edges.
const MARGIN: f64 = 18.0;

/// The height of a panel that is alone, and of one among several.
const ONE_HEIGHT: f64 = 300.0;
const SMALL_HEIGHT: f64 = 120.0;

/// The least width of a panel among several, and the room between panels.
const SMALL_WIDTH: f64 = 250.0;
const BETWEEN: f64 = 16.0;

/// The most panels that are drawn.
const MOST_PANELS: usize = 12;

/// The widths of a sample of a line in the legend, and between entries.
const SAMPLE: f64 = 34.0;
const ENTRY_GAP: f64 = 22.0;

/// What is drawn in one panel.
struct Division<'a> {
    /// What the panel is called; empty where it is alone.
    name: String,
    series: Vec<(usize, &'a Series)>,
}

/// Draws a timeline.
pub(super) fn draw(timeline: &Timeline, options: &PlotOptions<'_>, has_style: bool) -> String {
    let mut drawing = Drawing::new(timeline, options);
    drawing.heading();
    drawing.legend();
    drawing.panels();
    drawing.captions();
    drawing.finish(has_style)
}

/// A chart that is being drawn, from top to bottom.
struct Drawing<'a> {
    timeline: &'a Timeline,
    options: &'a PlotOptions<'a>,
    value: PlotValue,
    scale: Scale,
    divisions: Vec<Division<'a>>,
    left_out: usize,
    canvas: Canvas,
    width: f64,
    /// How far down it is drawn.
    y: f64,
}

impl<'a> Drawing<'a> {
    fn new(timeline: &'a Timeline, options: &'a PlotOptions<'a>) -> Self {
        let value = options.value.possible(timeline);
        let (divisions, left_out) = divided(timeline, options);
        Self {
            timeline,
            options,
            value,
            scale: Scale::of(
                (divisions.iter())
                    .flat_map(|division| &division.series)
                    .flat_map(|(_, series)| &series.points),
                value,
            ),
            divisions,
            left_out,
            canvas: Canvas::default(),
            width: options.width.max(LEAST_WIDTH),
            y: MARGIN,
        }
    }

    fn room(&self) -> f64 {
        self.width - 2.0 * MARGIN
    }

    /// The queries, each once.
    fn queries(&self) -> Vec<&'a str> {
        let mut queries: Vec<&str> = Vec::new();
        for series in &self.timeline.series {
            let name = super::super::timeline::called(series);
            if !queries.contains(&name) {
                queries.push(name);
            }
        }
        queries
    }

    fn heading(&mut self) {
        let title = TITLE.shortened(&self.queries().join("  ·  "), self.room() * 2.0);
        for line in TITLE.lines(&title, self.room()) {
            self.y += 20.0;
            self.canvas.text([MARGIN, self.y], Anchor::Start, TITLE, &line);
        }
        self.y += 20.0;
        let subtitle = subtitle(self.timeline, self.value, self.options.words);
        self.canvas.text([MARGIN, self.y], Anchor::Start, NOTE, &subtitle);
        self.y += 8.0;
    }

    /// The series by their looks, and what bands, gray bins and hollow points are.
    fn legend(&mut self) {
        let mut x = MARGIN;
        self.y += 16.0;
        let mut looks: Vec<(usize, &Series)> = Vec::new();
        for (look, series) in self.divisions.iter().flat_map(|division| &division.series) {
            if looks.iter().all(|(known, _)| known != look) {
                looks.push((*look, *series));
            }
        }
        let is_alone = looks.len() < 2;
        for (look, series) in looks.into_iter().filter(|_| !is_alone) {
            let name = LABEL.shortened(&labeled(series), self.room() - SAMPLE);
            let place = self.entry(&mut x, SAMPLE + LABEL.width(&name));
            self.canvas.raw(&sample(look, [place, self.y - 4.0], SAMPLE - 8.0));
            self.canvas.text([place + SAMPLE, self.y], Anchor::Start, LABEL, &name);
        }
        if !is_alone {
            (x, self.y) = (MARGIN, self.y + 20.0);
        }
        self.keys(x);
        self.y += 12.0;
    }

    fn keys(&mut self, mut x: f64) {
        let words = self.options.words;
        let drawn = || self.divisions.iter().flat_map(|division| &division.series);
        let points = || drawn().flat_map(|(_, series)| &series.points);
        let has_void = points().any(|point| point.of.speeches == 0);
        let has_interval = points().any(|point| self.value.of(point).is_some_and(|shown| shown.interval.is_some()));
        let is_rate = self.value == PlotValue::PerMillion;
        let has_hollow = is_rate && points().any(|point| point.unreliable && self.value.of(point).is_some());
        if has_interval {
            let place = self.entry(&mut x, 22.0 + NOTE.width(words.interval));
            self.canvas.raw(&interval_sample([place, self.y - 10.0]));
            self.canvas
                .text([place + 22.0, self.y], Anchor::Start, NOTE, words.interval);
        }
        if has_hollow {
            let place = self.entry(&mut x, 16.0 + NOTE.width(words.unreliable));
            self.canvas.raw(&hollow_sample([place + 5.0, self.y - 4.0]));
            self.canvas
                .text([place + 16.0, self.y], Anchor::Start, NOTE, words.unreliable);
        }
        if has_void {
            let place = self.entry(&mut x, 22.0 + NOTE.width(words.no_text));
            self.canvas
                .rectangle("plot-void", "#e9ecf1", [place, self.y - 10.0], [16.0, 11.0]);
            self.canvas
                .text([place + 22.0, self.y], Anchor::Start, NOTE, words.no_text);
        }
    }

    /// The place of an entry of so many pixels, on a new line where the old one is full.
    fn entry(&mut self, x: &mut f64, width: f64) -> f64 {
        if *x > MARGIN && *x + width > self.width - MARGIN {
            *x = MARGIN;
            self.y += 20.0;
        }
        let place = *x;
        *x += width + ENTRY_GAP;
        place
    }

    fn panels(&mut self) {
        let ticks = self.scale.ticks();
        let widest = ticks.iter().map(|(_, label)| NOTE.width(label)).fold(0.0, f64::max);
        let axis = widest + 10.0;
        if self.timeline.bins.is_empty() {
            self.y += 40.0;
            let middle = [self.width / 2.0, self.y];
            self.canvas
                .text(middle, Anchor::Middle, LABEL, self.options.words.nothing);
            self.y += 30.0;
            return;
        }
        let is_alone = self.divisions.len() == 1 && self.divisions[0].name.is_empty();
        let beside = match is_alone {
            true => 1,
            false => {
                (((self.room() + BETWEEN) / (SMALL_WIDTH + BETWEEN)) as usize).clamp(1, self.divisions.len().max(1))
            }
        };
        let cell = (self.room() + BETWEEN) / beside as f64;
        let height = if is_alone { ONE_HEIGHT } else { SMALL_HEIGHT };
        let name_height = if is_alone { 8.0 } else { 26.0 };
        let divisions = std::mem::take(&mut self.divisions);
        for row in divisions.chunks(beside) {
            for (place, division) in row.iter().enumerate() {
                let left = MARGIN + place as f64 * cell;
                let name = LABEL.shortened(&division.name, cell - BETWEEN);
                let bold = super::canvas::Lettering { is_bold: true, ..LABEL };
                self.canvas.text([left, self.y + 16.0], Anchor::Start, bold, &name);
                let area = Area {
                    left: left + axis,
                    top: self.y + name_height,
                    width: cell - BETWEEN - axis,
                    height,
                };
                self.panel(division, area);
            }
            self.y += name_height + height + AXIS_HEIGHT + 6.0;
        }
        self.divisions = divisions;
    }

    fn panel(&mut self, division: &Division<'a>, area: Area) {
        let panel = Panel {
            timeline: self.timeline,
            series: division.series.clone(),
            options: self.options,
            value: self.value,
            scale: self.scale,
            has_whiskers: has_whiskers(&division.series, area.width),
            area,
        };
        panel.draw(&mut self.canvas);
    }

    fn captions(&mut self) {
        self.y += 8.0;
        for caption in captions(self.timeline, self.left_out, self.scale.is_cut, self.options) {
            for line in CAPTION.lines(&caption, self.room()) {
                self.y += 15.0;
                self.canvas.text([MARGIN, self.y], Anchor::Start, CAPTION, &line);
            }
        }
        self.y += MARGIN;
    }

    fn finish(self, has_style: bool) -> String {
        let drawn: Vec<&Series> = (self.divisions.iter())
            .flat_map(|division| division.series.iter().map(|(_, series)| *series))
            .collect();
        let words = self.options.words;
        let title = self.queries().join(" · ");
        let names: Vec<String> = drawn
            .iter()
            .map(|series| full_name(series, self.timeline, words))
            .collect();
        let described = description(self.timeline, &drawn, self.value, words);
        let frame = Frame {
            title: &title,
            description: &format!("{}. {described}", names.join(", ")),
            has_links: self.options.link.is_some(),
            has_style,
            has_paper: self.options.standalone,
        };
        self.canvas.finish([self.width, self.y], &frame)
    }
}

/// The name of a query with the query, where it has one.
fn labeled(series: &Series) -> String {
    match &series.name {
        Some(name) => format!("{name}: {}", series.query),
        None => series.query.clone(),
    }
}

/// What is drawn in which panel, and the number of panels that are left out: a panel a value that has a hit; where the timeline is
/// not divided all in one, or a panel a query where they are too many to be told apart.
fn divided<'a>(timeline: &'a Timeline, options: &PlotOptions<'_>) -> (Vec<Division<'a>>, usize) {
    let all = &timeline.series;
    let mut divisions: Vec<Division<'a>> = match &timeline.field {
        None if all.len() <= MOST_SERIES => {
            let series = all.iter().enumerate().collect();
            return (
                vec![Division {
                    name: String::new(),
                    series,
                }],
                0,
            );
        }
        None => (all.iter())
            .map(|series| Division {
                name: labeled(series),
                series: vec![(0, series)],
            })
            .collect(),
        Some(field) => (all.chunk_by(|left, right| left.values == right.values))
            .map(|panel| Division {
                name: value_name(&panel[0], field, options.words).to_owned(),
                series: panel.iter().enumerate().take(MOST_SERIES).collect(),
            })
            .collect(),
    };
    let all = divisions.len();
    divisions.retain(|division| division.series.iter().any(|(_, series)| series.total.passages > 0));
    divisions.truncate(MOST_PANELS);
    let left_out = all - divisions.len();
    (divisions, left_out)
}
