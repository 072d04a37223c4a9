//! Where the lines of a source go that are no part of the speech: a field of the metadata quotes them, or they are matter.
//!
//! It stands apart from the formats because the rule is one for all: nothing that a source shows is lost.

use unicode_normalization::UnicodeNormalization;

use crate::corpus::{Field, Matter, MatterPlace, Metadata, Paragraph, Quotation, Speech};
use crate::ingest::dates;
use crate::ingest::draft::{Aside, Draft};
use crate::ingest::header::lines::{Line, lines_of};
use crate::text::{ByteSpan, Date};

/// What stands beside a speech.
#[derive(Debug, Default)]
pub struct Beside {
    /// What no field quotes.
    pub matter: Vec<Matter>,
    /// What fields were read from.
    pub quoted: Vec<Quotation>,
}

/// The text of a draft around which lines are set apart: the text, its body and the paragraphs in that.
#[derive(Clone, Copy, Debug)]
pub struct Kept<'a> {
    /// The text.
    pub text: &'a str,
    /// Where the body lies in it.
    pub body: ByteSpan,
    /// The paragraphs of the body.
    pub paragraphs: &'a [Paragraph],
}

/// Sets apart what a draft holds beside its body; `read` is what its lines state.
pub fn of_draft(draft: &Draft, kept: Kept<'_>, read: &Metadata) -> Beside {
    let around = [&kept.text[..kept.body.start], &kept.text[kept.body.end..]];
    let mut beside = Beside::default();
    if !draft.asides.is_empty() || around.iter().any(|text| !text.trim().is_empty()) {
        let mut values = Values::of(read);
        values.add(&draft.stated);
        values.add(&draft.suggested);
        beside = set_apart(kept, &values, &draft.asides);
    }
    // Two values that say the same are two, as two lines are.
    beside
        .quoted
        .extend(draft.quoted.iter().map(|(field, value)| Quotation {
            text: value.clone(),
            fields: vec![field.clone()],
        }));
    beside
}

/// Sets apart what stands around the body of a speech that was stored before matter was known.
pub fn set_apart_again(speech: &mut Speech) {
    let kept = Kept {
        text: &speech.text,
        body: speech.body,
        paragraphs: &speech.paragraphs,
    };
    let beside = set_apart(kept, &Values::of(&speech.metadata), &[]);
    speech.matter = beside.matter;
    speech.quoted = beside.quoted;
}

/// A piece of a source that is neither body nor quoted.
struct Piece<'a> {
    at: usize,
    text: &'a str,
    is_continued: bool,
}

fn set_apart(kept: Kept<'_>, values: &Values, asides: &[Aside]) -> Beside {
    let mut quoted: Vec<Quotation> = Vec::new();
    let mut pieces: Vec<Piece<'_>> = asides
        .iter()
        .map(|aside| Piece {
            at: aside.at,
            text: &aside.text,
            is_continued: aside.is_continued,
        })
        .collect();
    let around = [
        ByteSpan::new(0, kept.body.start),
        ByteSpan::new(kept.body.end, kept.text.len()),
    ];
    let mut follows = false;
    for line in around.into_iter().flat_map(|span| lines_of(kept.text, span)) {
        let fields = values.quoting(&line);
        if fields.is_empty() {
            pieces.push(Piece {
                at: line.span.start,
                text: line.text,
                is_continued: follows && !line.after_blank,
            });
            follows = true;
            continue;
        }
        follows = false;
        quoted.push(Quotation {
            text: line.text.to_owned(),
            fields,
        });
    }
    pieces.sort_by_key(|piece| piece.at);
    Beside {
        matter: gathered(&pieces, kept),
        quoted,
    }
}

/// Pieces that stood together as one matter each.
fn gathered(pieces: &[Piece<'_>], kept: Kept<'_>) -> Vec<Matter> {
    let mut matter: Vec<Matter> = Vec::new();
    for piece in pieces.iter().filter(|piece| !piece.text.trim().is_empty()) {
        let after = kept
            .paragraphs
            .partition_point(|paragraph| paragraph.span.start < piece.at);
        let last = kept.paragraphs.last().map_or(0, |paragraph| paragraph.span.end);
        let place = match after {
            0 => MatterPlace::Front,
            _ if piece.at >= last => MatterPlace::End,
            _ => MatterPlace::Between,
        };
        let after_paragraph = after as u32;
        match matter.last_mut() {
            Some(last) if piece.is_continued && (last.place, last.after_paragraph) == (place, after_paragraph) => {
                last.text.push('\n');
                last.text.push_str(piece.text.trim());
            }
            _ => matter.push(Matter {
                place,
                after_paragraph,
                text: piece.text.trim().to_owned(),
            }),
        }
    }
    matter
}

/// The fields that say where another came from, or what a program told from the text: no line states them.
#[rustfmt::skip]
const NOT_READ: &[Field] = &[
    Field::DateSource, Field::LanguageSource, Field::TitleSource, Field::SpeakerSource, Field::CountrySource,
    Field::EventSource, Field::Source, Field::Collection, Field::Encoding, Field::Genre, Field::Language,
    Field::Salutation,
];

/// The least letters of a line that a longer value holds, as a title does that runs over several lines.
const LEAST_PART: usize = 2;

/// The share of the letters of a line that the values of its fields must come to, as a fraction.
const LEAST_COVERED: (usize, usize) = (2, 5);

/// The values of fields, in the form in which lines are held against them.
#[derive(Default)]
struct Values {
    texts: Vec<(Field, String)>,
    dates: Vec<(Field, Date)>,
}

impl Values {
    fn of(metadata: &Metadata) -> Self {
        let mut values = Self::default();
        values.add(metadata);
        values
    }

    fn add(&mut self, metadata: &Metadata) {
        for (field, value) in metadata.fields().filter(|(field, _)| !NOT_READ.contains(field)) {
            match field {
                Field::Date | Field::Published => self.dates.extend(value.parse().ok().map(|date| (field, date))),
                _ => self
                    .texts
                    .extend(Some((field, key(value))).filter(|(_, key)| !key.is_empty())),
            }
        }
    }

    /// The names of the fields that a line was read into. One that says much more than its fields hold was not understood, and
    /// nothing quotes it: whoever looks for the rest of it finds it as matter.
    fn quoting(&self, line: &Line<'_>) -> Vec<String> {
        let key = key(line.text);
        let length = key.chars().count();
        let (mut fields, mut covered): (Vec<Field>, usize) = (Vec::new(), 0);
        for (field, value) in &self.texts {
            if length >= LEAST_PART && value.contains(&key) {
                covered = length;
            } else if key.contains(value) {
                covered += value.chars().count();
            } else {
                continue;
            }
            fields.push(*field);
        }
        if !self.dates.is_empty() && line.text.chars().any(char::is_numeric) {
            let stated = stated_days(line.text);
            for (field, date) in &self.dates {
                if let Some((letters, _)) = stated.iter().find(|(_, day)| day.is(*date)) {
                    covered += letters;
                    fields.push(*field);
                }
            }
        }
        if covered * LEAST_COVERED.1 < length * LEAST_COVERED.0 {
            return Vec::new();
        }
        fields.sort_unstable();
        fields.dedup();
        fields.into_iter().map(|field| field.name().to_owned()).collect()
    }
}

/// A day as a line states it.
enum Stated {
    Date(Date),
    /// A month and a day, as in the dateline of an agency.
    Day(i8, i8),
}

impl Stated {
    fn is(&self, date: Date) -> bool {
        let first = date.first_day();
        match self {
            Self::Date(stated) => *stated == date,
            Self::Day(month, day) => (first.month(), first.day()) == (*month, *day),
        }
    }
}

/// The days that a line states, each with the letters and digits that it takes.
fn stated_days(line: &str) -> Vec<(usize, Stated)> {
    let letters = |span: ByteSpan| key(&line[span.range()]).chars().count();
    let dates = dates::mentions(line);
    let mut found: Vec<(usize, Stated)> = dates
        .iter()
        .map(|mention| (letters(mention.span), Stated::Date(mention.date)))
        .collect();
    found.extend(dates::month_and_day(line).map(|(span, month, day)| (letters(span), Stated::Day(month, day))));
    found
}

/// The letters and digits of a text, whatever their width and case.
fn key(text: &str) -> String {
    text.nfkc()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
