//! The elements of a chart: attributes alone make it look well on white paper, classes let a page change that. Texts are measured
//! by the cells of a terminal, which is near enough for labels not to overlap in any font.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::super::chart::escaped;
use super::super::style::safe;

/// The letters of a chart, with those that have Han, kana, Hangul and Arabic on usual systems.
const FONTS: &str = "system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, 'Noto Sans', 'DejaVu Sans', 'PingFang SC', \
    'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'Geeza Pro', 'Noto Sans Arabic', sans-serif";

/// The color of text and of what is quiet.
pub(super) const INK: &str = "#1c2430";
pub(super) const QUIET: &str = "#566072";
pub(super) const PAPER: &str = "#ffffff";

/// A file of its own is dark where its reader likes it.
pub(super) const DARK_STYLE: &str = "<style>@media (prefers-color-scheme: dark) { .plot-paper, .plot-hollow { fill: #14181f } \
    .plot text { fill: #e6eaf0 } .plot .plot-quiet { fill: #a3adbb } .plot-grid { stroke: #323a46 } .plot-axis { stroke: #7b8797 } \
    .plot-void { fill: #232a35 } .plot-series-0 { color: #6db8ec } .plot-series-1 { color: #ff9d6b } \
    .plot-series-2 { color: #4fd1a5 } .plot-series-3 { color: #ee93c9 } .plot-series-4 { color: #e3bd53 } \
    .plot-series-5 { color: #b0a8ff } .plot-series-6 { color: #c9ced6 } }</style>";

/// Where a text is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Lettering {
    /// In pixels.
    pub(super) size: f64,
    pub(super) is_bold: bool,
    pub(super) is_quiet: bool,
}

/// The title of a chart.
pub(super) const TITLE: Lettering = Lettering {
    size: 17.0,
    is_bold: true,
    is_quiet: false,
};

/// What names a series or a panel.
pub(super) const LABEL: Lettering = Lettering {
    size: 13.0,
    is_bold: false,
    is_quiet: false,
};

/// What explains: subtitles, axes.
pub(super) const NOTE: Lettering = Lettering {
    size: 12.5,
    is_bold: false,
    is_quiet: true,
};

/// Where it all comes from.
pub(super) const CAPTION: Lettering = Lettering {
    size: 11.5,
    is_bold: false,
    is_quiet: true,
};

impl Lettering {
    /// The width of a text in pixels, rather too much than too little.
    pub(super) fn width(self, text: &str) -> f64 {
        let of_a_cell = if self.is_bold { 0.62 } else { 0.57 };
        text.width() as f64 * of_a_cell * self.size
    }

    /// Text of at most so many pixels; where it is longer its end is `…`.
    pub(super) fn shortened(self, text: &str, width: f64) -> String {
        let cells = (width / self.width("x")).max(2.0) as usize;
        super::super::grid::shortened(text, cells)
    }

    /// Text in lines of at most so many pixels.
    pub(super) fn lines(self, text: &str, width: f64) -> Vec<String> {
        use super::super::style::{Marked, marked_text, wrap};

        let cells = (width / self.width("x")).max(10.0) as usize;
        let marked = marked_text(text.chars().map(|character| Marked { character, style: None }));
        let lines = wrap(&marked, cells);
        lines
            .iter()
            .map(|line| line.iter().map(|marked| marked.character).collect())
            .collect()
    }
}

/// A chart that is being drawn.
#[derive(Default)]
pub(super) struct Canvas {
    svg: String,
}

impl Canvas {
    /// Adds an element, or a part of one, as it is.
    pub(super) fn raw(&mut self, element: &str) {
        self.svg.push_str(element);
    }

    /// Adds text; `x`, `y` is its base line.
    pub(super) fn text(&mut self, [x, y]: [f64; 2], anchor: Anchor, lettering: Lettering, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let weight = if lettering.is_bold { " font-weight=\"600\"" } else { "" };
        let class = if lettering.is_quiet {
            " class=\"plot-quiet\""
        } else {
            ""
        };
        let color = if lettering.is_quiet { QUIET } else { INK };
        let _ = writeln!(
            self.svg,
            "<text x=\"{x:.1}\" y=\"{y:.1}\"{anchor}{class} font-size=\"{}\"{weight} fill=\"{color}\">{}</text>",
            lettering.size,
            plain(text)
        );
    }

    /// Adds a straight line of a class.
    pub(super) fn line(&mut self, class: &str, color: &str, [x1, y1]: [f64; 2], [x2, y2]: [f64; 2]) {
        let _ = writeln!(
            self.svg,
            "<line class=\"{class}\" stroke=\"{color}\" x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\"/>"
        );
    }

    /// Adds a filled rectangle of a class.
    pub(super) fn rectangle(&mut self, class: &str, color: &str, [x, y]: [f64; 2], [width, height]: [f64; 2]) {
        let _ = writeln!(
            self.svg,
            "<rect class=\"{class}\" fill=\"{color}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"/>"
        );
    }

    /// The chart in its frame.
    pub(super) fn finish(self, size: [f64; 2], frame: &Frame<'_>) -> String {
        let [width, height] = size;
        let role = if frame.has_links { "group" } else { "img" };
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plot\" role=\"{role}\" viewBox=\"0 0 {width:.0} {height:.0}\" \
             width=\"{width:.0}\" height=\"{height:.0}\" font-family=\"{FONTS}\">\n<title>{}</title>\n<desc>{}</desc>\n",
            plain(frame.title),
            plain(frame.description)
        );
        if frame.has_style {
            svg.push_str(DARK_STYLE);
        }
        if frame.has_paper {
            let _ = writeln!(
                svg,
                "<rect class=\"plot-paper\" fill=\"{PAPER}\" width=\"{width:.0}\" height=\"{height:.0}\"/>"
            );
        }
        svg.push_str(&self.svg);
        svg.push_str("</svg>\n");
        svg
    }
}

/// What stands around the elements of a chart.
pub(super) struct Frame<'a> {
    pub(super) title: &'a str,
    pub(super) description: &'a str,
    pub(super) has_links: bool,
    pub(super) has_style: bool,
    pub(super) has_paper: bool,
}

/// Text for XML, without what would steer its display.
pub(super) fn plain(text: &str) -> String {
    escaped(&safe(text))
}
