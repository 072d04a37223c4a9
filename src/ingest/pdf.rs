//! PDF files: the text layer as lines, with a blank line between paragraphs.
//!
//! A library interprets the drawing instructions of each page (`glyphs`); what the places of its characters mean is
//! told here: lines and columns, heads and feet, paragraphs.

use std::thread;

use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};

use crate::corpus::Field;
use crate::ingest::draft::{Draft, Layout};

mod assembly;
mod characters;
mod furniture;
mod glyphs;
mod information;
mod lines;

use lines::Line;

/// The stack of the thread that reads a file, in bytes: objects and drawings may be nested deep.
const STACK_BYTES: usize = 64 << 20;
/// The most text of one file, in bytes; a speech of a day has half a million.
const MOST_TEXT_BYTES: usize = 64 << 20;

/// Reads the text layer of a PDF: its lines in reading order, heads, feet and numbers of pages set aside, with a blank
/// line between paragraphs and footnotes between `⟦` and `⟧`. A title that the file states is suggested.
///
/// # Errors
/// In plain words, why there is no text: the file is encrypted, damaged or a scan.
pub fn read(bytes: &[u8]) -> Result<Draft, String> {
    // The library may panic on a hostile file, or nest deeper than a usual stack holds. A thread of its own is the one
    // wall around it: its end in a panic is an error like any other.
    thread::scope(|scope| {
        thread::Builder::new()
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, || read_behind_wall(bytes))
            .map_err(|fault| format!("could not be read: {fault}"))?
            .join()
            .unwrap_or_else(|_| Err(damaged()))
    })
}

fn damaged() -> String {
    "is a damaged PDF: open it in a viewer and save or print it anew as PDF".to_owned()
}

fn read_behind_wall(bytes: &[u8]) -> Result<Draft, String> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|fault| match fault {
        LoadPdfError::Decryption(_) => "is encrypted: save a copy without its password and ingest that".to_owned(),
        LoadPdfError::Invalid => damaged(),
    })?;
    let mut seen = Seen::default();
    glyphs::each_page(&pdf, |page| seen.add(page));
    seen.check()?;
    furniture::mark(&mut seen.pages);
    let assembled = assembly::assemble(&seen.pages, &seen.tilted_texts);
    // Letters of one length take the place of others, so the asides keep their places.
    let text = characters::with_arabic_letters(assembled.text);
    let mut draft = Draft {
        asides: assembled.asides,
        ..Draft::new(text, Layout::Lines)
    };
    draft.warnings = seen.warnings();
    if let Some(title) = pdf.metadata().title.as_deref().and_then(information::title) {
        draft
            .suggested
            .set(Field::Title, &title)
            .map_err(|fault| fault.to_string())?;
    }
    Ok(draft)
}

/// What was seen on the pages so far.
#[derive(Default)]
struct Seen {
    pages: Vec<Vec<Line>>,
    text_bytes: usize,
    letters: usize,
    unknown: usize,
    tilted: usize,
    /// What stands at an angle on each page.
    tilted_texts: Vec<String>,
    images: usize,
    without_text: Vec<usize>,
}

impl Seen {
    fn add(&mut self, page: glyphs::PageGlyphs) {
        self.tilted += page.tilted;
        self.tilted_texts.push(page.tilted_text);
        self.images += usize::from(page.has_image);
        let lines = if self.text_bytes < MOST_TEXT_BYTES {
            lines::lines(page.glyphs)
        } else {
            Vec::new()
        };
        let characters = || {
            lines
                .iter()
                .flat_map(|line| line.text.chars())
                .filter(|character| *character != ' ')
        };
        self.text_bytes += lines.iter().map(|line| line.text.len()).sum::<usize>();
        self.letters += characters().count();
        self.unknown += characters().filter(|character| *character == '\u{FFFD}').count();
        self.pages.push(lines);
        if page.has_image && self.pages.last().is_some_and(Vec::is_empty) {
            self.without_text.push(self.pages.len());
        }
    }

    /// Whether there is text to be read at all.
    fn check(&self) -> Result<(), String> {
        let pages = count(self.pages.len(), "page");
        if self.pages.is_empty() {
            return Err(damaged());
        }
        if self.letters == 0 && self.images > 0 {
            return Err(format!(
                "has no text layer: its {pages} {} images; run OCR (for example ocrmypdf) and ingest the result",
                if self.pages.len() == 1 { "is made of" } else { "are" }
            ));
        }
        if self.letters == 0 {
            return Err(format!("has no text on its {pages}"));
        }
        if self.unknown * 2 > self.letters {
            return Err(format!(
                "has no text layer: its {pages} are drawn with shapes that stand for no letters; run OCR (for example ocrmypdf --force-ocr) and ingest the result"
            ));
        }
        Ok(())
    }

    fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        if self.unknown > 0 {
            warnings.push(format!(
                "{} of the PDF stand for no known character (U+FFFD in the text)",
                count(self.unknown, "glyph")
            ));
        }
        if self.tilted > 0 {
            warnings.push(format!(
                "{} at an angle, such as a watermark, set aside",
                count(self.tilted, "character")
            ));
        }
        if !self.without_text.is_empty() {
            let pages: Vec<String> = self.without_text.iter().map(usize::to_string).collect();
            warnings.push(format!("no text on page {}, only images", pages.join(", ")));
        }
        if self.text_bytes >= MOST_TEXT_BYTES {
            warnings.push(format!("text after the first {} MiB left out", MOST_TEXT_BYTES >> 20));
        }
        warnings
    }
}

/// A number with its noun.
fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
