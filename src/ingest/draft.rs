//! A draft: what a format gives of a speech, before headers are read and an id is found.
//!
//! Every format ends here, so that header lines, turns, dates and languages are understood alike wherever a text came from.

use crate::corpus::{Metadata, Paragraph};
use crate::text::ByteSpan;

/// A speech as its format gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The id that the source states.
    pub id: Option<String>,
    /// What fields of the format state; it wins over what is read from the lines of the text.
    pub stated: Metadata,
    /// What the format only suggests, such as the title of a browser window; it is used where the lines state nothing.
    pub suggested: Metadata,
    /// The text to be stored, with the marks of the format taken off. Notes of an editor stand in it between `⟦` and `⟧`.
    pub text: String,
    /// How body and paragraphs are found in the text.
    pub layout: Layout,
    /// What the format tells apart from the text: running heads, menus, tables of contents. In the order of the source.
    pub asides: Vec<Aside>,
    /// The turns of a transcript whose labels stood on lines of their own, in order.
    pub turns: Vec<Turn>,
    /// The values of the source that fields were read from, each with the name of the field.
    pub quoted: Vec<(String, String)>,
    /// The bytes of navigation and the like that the markup of a page calls so; they are left out.
    pub chrome_bytes: u64,
    /// What was read but not understood, in plain words.
    pub warnings: Vec<String>,
}

/// A part of a source that is no part of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// The byte of the text before which it stood.
    pub at: usize,
    /// Its lines.
    pub text: String,
    /// Whether it stood together with the aside before it.
    pub is_continued: bool,
}

impl Aside {
    /// Lines that stood together before a byte of the text, without those that are blank.
    pub(in crate::ingest) fn together<T: AsRef<str> + Into<String>>(
        lines: impl IntoIterator<Item = T>,
        at: usize,
    ) -> impl Iterator<Item = Self> {
        let shown = lines.into_iter().filter(|line| !line.as_ref().trim().is_empty());
        shown.enumerate().map(move |(index, line)| Self {
            at,
            text: line.into(),
            is_continued: index > 0,
        })
    }
}

/// Writes what a speaker says behind the text of a transcript: each line that is not blank is a paragraph.
pub(in crate::ingest) fn say(text: &mut String, paragraphs: &mut Vec<Paragraph>, said: &str, speaker: Option<&str>) {
    for line in said.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(line);
        paragraphs.push(Paragraph {
            speaker: speaker.map(str::to_owned),
            ..Paragraph::new(ByteSpan::new(start, text.len()))
        });
    }
}

/// Where a turn of a transcript begins whose label is no part of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The byte of the text before which the label stood.
    pub at: usize,
    /// Who speaks; absent where the label names nobody.
    pub speaker: Option<String>,
}

/// How body and paragraphs lie in the text of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Lines as in a text file: header lines may be among them, and lines may be wrapped at a column.
    Lines,
    /// Every line that is not blank is a block of the format, such as a paragraph of a page; header lines may be among
    /// them, and no line goes on in the next.
    Blocks {
        /// The lines that the format marks as headings, as ranges of the text, in order.
        headings: Vec<ByteSpan>,
        /// Where the title lies that the format marks, if the text begins with it.
        title: Option<ByteSpan>,
    },
    /// The text is body, as in a record whose fields stand apart, but for a head that leads to an address, and for furniture.
    Body {
        /// Where every line that is not blank is a block of the format: the lines that it marks as headings, as ranges of the
        /// text, in order. Absent where lines may be wrapped.
        headings: Option<Vec<ByteSpan>>,
    },
    /// The format knows it all.
    Marked {
        /// Where the body lies.
        body: ByteSpan,
        /// The paragraphs in it, with their speakers.
        paragraphs: Vec<Paragraph>,
    },
}

impl Layout {
    /// The lines that the format marks as headings; absent where it tells no lines from each other.
    pub fn headings(&self) -> Option<&Vec<ByteSpan>> {
        match self {
            Self::Blocks { headings, .. } => Some(headings),
            Self::Body { headings } => headings.as_ref(),
            Self::Lines | Self::Marked { .. } => None,
        }
    }

    /// The same, to be changed.
    pub fn headings_mut(&mut self) -> Option<&mut Vec<ByteSpan>> {
        match self {
            Self::Blocks { headings, .. } => Some(headings),
            Self::Body { headings } => headings.as_mut(),
            Self::Lines | Self::Marked { .. } => None,
        }
    }

    /// Whether a span of the text stands in a line that the format marks as a heading.
    pub fn is_heading(&self, span: ByteSpan) -> bool {
        self.headings().is_some_and(|headings| is_in(span, headings))
    }
}

/// Whether a span lies in one of some spans in ascending order.
pub(in crate::ingest) fn is_in(span: ByteSpan, spans: &[ByteSpan]) -> bool {
    let after = spans.partition_point(|other| other.start <= span.start);
    after > 0 && span.end <= spans[after - 1].end
}

impl Draft {
    /// A draft of which nothing but the text is known.
    pub fn new(text: String, layout: Layout) -> Self {
        Self {
            id: None,
            stated: Metadata::default(),
            suggested: Metadata::default(),
            text,
            layout,
            asides: Vec::new(),
            turns: Vec::new(),
            quoted: Vec::new(),
            chrome_bytes: 0,
            warnings: Vec::new(),
        }
    }

    /// Cuts ranges out of the text, in ascending order, with what stands there instead. Headings, asides and turns move with it; a
    /// heading that is cut out is none any more.
    pub fn cut(&mut self, removals: &[(ByteSpan, &'static str)]) -> Moved {
        let moved = Moved::by(removals);
        for aside in &mut self.asides {
            aside.at = moved.place_of(aside.at);
        }
        for turn in &mut self.turns {
            turn.at = moved.place_of(turn.at);
        }
        let is_kept = |span: &ByteSpan| !is_in(*span, &moved.spans);
        let moved_span = |span: ByteSpan| ByteSpan::new(moved.place_of(span.start), moved.place_of(span.end));
        if let Some(headings) = self.layout.headings_mut() {
            headings.retain(is_kept);
            for heading in headings {
                *heading = moved_span(*heading);
            }
        }
        if let Layout::Blocks { title, .. } = &mut self.layout {
            *title = title.filter(is_kept).map(moved_span);
        }
        let mut text = String::with_capacity(self.text.len());
        let mut at = 0;
        for (span, filler) in removals {
            text.push_str(&self.text[at..span.start]);
            text.push_str(filler);
            at = span.end;
        }
        text.push_str(&self.text[at..]);
        self.text = text;
        moved
    }
}

/// Where the places of a text lie after ranges were cut out of it.
#[derive(Debug)]
pub struct Moved {
    spans: Vec<ByteSpan>,
    /// By how much what stands behind each range moves.
    shifts: Vec<isize>,
}

impl Moved {
    fn by(removals: &[(ByteSpan, &'static str)]) -> Self {
        let shift = |sum: &mut isize, (span, filler): &(ByteSpan, &'static str)| {
            *sum += filler.len() as isize - span.len() as isize;
            Some(*sum)
        };
        Self {
            spans: removals.iter().map(|(span, _)| *span).collect(),
            shifts: removals.iter().scan(0, shift).collect(),
        }
    }

    /// Where a byte of the text as it was lies now; one that was cut out, where the text goes on.
    pub fn place_of(&self, at: usize) -> usize {
        let Some(last) = self.spans.partition_point(|span| span.start < at).checked_sub(1) else {
            return at;
        };
        let still_there = self.spans[last].end.saturating_sub(at);
        at.saturating_add_signed(self.shifts[last] + still_there as isize)
    }
}
