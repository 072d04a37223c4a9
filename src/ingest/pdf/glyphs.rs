//! Glyphs of a page: each character with its place, as the interpreter of the page's drawing instructions meets it.
//!
//! Only this file knows the library that reads PDF; everything after it is lines and places.

use std::panic::resume_unwind;

use hayro_interpret::font::{Glyph as FontGlyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Vec2};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, RenderContent, SoftMask, interpret_page,
};

/// The most instructions that a page may draw; a newspaper page draws some hundred thousand.
const MOST_INSTRUCTIONS: usize = 5_000_000;
/// The most characters of a page.
const MOST_GLYPHS: usize = 1_000_000;
/// Stands for a glyph of which the file does not say what character it is.
const UNKNOWN: &str = "\u{FFFD}";

/// A character and where it stands; lengths are points, and heights grow downward.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    /// Its left edge.
    pub(super) left: f64,
    /// Its right edge.
    pub(super) right: f64,
    /// The line on which it stands.
    pub(super) baseline: f64,
    /// The size of its type.
    pub(super) size: f64,
    /// One character, or the several of a ligature.
    pub(super) text: String,
}

/// What was drawn on a page.
#[derive(Debug, Default)]
pub(super) struct PageGlyphs {
    /// The characters of upright lines, in the order of drawing.
    pub(super) glyphs: Vec<Glyph>,
    /// How many characters stand at an angle, as a stamp or a watermark does.
    pub(super) tilted: usize,
    /// These characters, in the order of drawing, a space between runs of them.
    pub(super) tilted_text: String,
    /// Whether an image was drawn.
    pub(super) has_image: bool,
    instructions: usize,
}

/// Draws the pages of a file one by one and hands over each.
pub(super) fn each_page(pdf: &Pdf, mut take: impl FnMut(PageGlyphs)) {
    let settings = InterpreterSettings {
        render_content: RenderContent::PAGE,
        ..InterpreterSettings::default()
    };
    let cache = InterpreterCache::new();
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let mut context = Context::new(upright(page), bounds, &cache, pdf.xref(), settings.clone());
        let mut drawn = PageGlyphs::default();
        interpret_page(page, &mut context, &mut drawn);
        take(drawn);
    }
}

/// Turns a page the way a reader sees it, with the origin at the upper left.
fn upright(page: &Page<'_>) -> Affine {
    Affine::new(page.initial_transform(true).as_coeffs())
}

impl PageGlyphs {
    /// Counts an instruction and gives the file up where a page has too many, as one that was made to keep a reader
    /// busy. The interpreter has no other way to be stopped; the wall around it catches this as it does a panic.
    fn count(&mut self) {
        self.instructions += 1;
        if self.instructions > MOST_INSTRUCTIONS || self.glyphs.len() > MOST_GLYPHS {
            resume_unwind(Box::new("too many instructions"));
        }
    }

    fn add(&mut self, glyph: &FontGlyph<'_>, place: Affine) {
        let origin = place * Point::ZERO;
        let end = place * Point::new(advance(glyph), 0.0);
        let up = place * Point::new(0.0, 1_000.0) - origin;
        let along = place * Point::new(1_000.0, 0.0) - origin;
        if ![origin.x, origin.y, end.x, up.x, up.y]
            .iter()
            .all(|number| number.is_finite())
        {
            return;
        }
        if is_tilted(along) {
            self.tilted += 1;
            self.tilted_text.push_str(&character(glyph));
            return;
        }
        self.glyphs.push(Glyph {
            left: origin.x.min(end.x),
            right: origin.x.max(end.x),
            baseline: origin.y,
            size: match glyph {
                FontGlyph::Outline(_) => up.hypot(),
                // The space of such a font has a scale of its own; its width tells about its size.
                FontGlyph::Type3(_) => ((end.x - origin.x).abs() * 2.0).max(1.0),
            },
            text: character(glyph),
        });
    }
}

/// Whether a line that runs this way is far from level.
fn is_tilted(along: Vec2) -> bool {
    along.y.abs() > along.x.abs() * 0.2
}

fn advance(glyph: &FontGlyph<'_>) -> f64 {
    let advance = match glyph {
        FontGlyph::Outline(glyph) => glyph.advance_width(),
        FontGlyph::Type3(glyph) => glyph.advance_width(),
    };
    f64::from(advance.unwrap_or(500.0))
}

fn character(glyph: &FontGlyph<'_>) -> String {
    match glyph.as_unicode() {
        Some(BfString::Char(character)) => character.to_string(),
        Some(BfString::String(characters)) => characters,
        None => UNKNOWN.to_owned(),
    }
}

impl Device<'_> for PageGlyphs {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {
        self.count();
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.count();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {
        self.count();
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        self.count();
        for glyph in run.glyphs() {
            self.add(glyph, props.transform * glyph.transform());
        }
        if !self.tilted_text.is_empty() && !self.tilted_text.ends_with(' ') {
            self.tilted_text.push(' ');
        }
    }

    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {
        self.count();
        self.has_image = true;
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
