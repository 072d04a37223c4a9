//! A timeline, drawn as SVG: one renderer for files and for the page. It stands alone with attributes only, and its classes let
//! a page color it.

mod axis;
mod canvas;
mod layout;
mod panel;
#[cfg(feature = "png")]
mod png;
mod sentences;
pub(super) mod value;
mod words;

use crate::engine::{Series, Timeline, TimelineBin};
use crate::error::{Error, Result, choices};
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

/// Draws a timeline as SVG.
///
/// The classes: `plot` (the whole), `plot-paper` (the background of a file of its own), `plot-quiet` (letters of axes and
/// captions), `plot-grid`, `plot-axis`, `plot-void` (bins without text), `plot-hollow` (a mark of a rate that is not reliable,
/// filled as the background) and `plot-series-0` to `plot-series-6` (all of a series, drawn with `currentColor`); in these
/// `plot-band`, `plot-whisker`, `plot-line` and `plot-point`, a point with its `title`.
pub fn svg(timeline: &Timeline, options: &PlotOptions<'_>) -> String {
    layout::draw(timeline, options, options.standalone)
}

/// Draws a timeline as PNG, two pixels for each of the SVG.
///
/// # Errors
/// This build has no feature `png`; no font of this machine has a character of the chart; or the chart is too large.
#[cfg(feature = "png")]
pub fn png(timeline: &Timeline, options: &PlotOptions<'_>) -> Result<Vec<u8>> {
    let options = PlotOptions {
        standalone: true,
        link: None,
        ..*options
    };
    png::rendered(&layout::draw(timeline, &options, false))
}

/// Says that this build draws no PNG.
///
/// # Errors
/// Always: this build has no feature `png`.
#[cfg(not(feature = "png"))]
pub fn png(_: &Timeline, _: &PlotOptions<'_>) -> Result<Vec<u8>> {
    png_is_built_in().map(|()| Vec::new())
}

/// Whether this build draws charts as PNG, to be asked before the work.
///
/// # Errors
/// It does not.
pub fn png_is_built_in() -> Result<()> {
    match cfg!(feature = "png") {
        true => Ok(()),
        false => Err(Error::not_built_in("write charts as PNG", "write .svg")),
    }
}
