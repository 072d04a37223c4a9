//! The text of a record as a draft: whether it holds a header of its own, and what the record's date then means.

use super::{Dating, Record};
use crate::corpus::{Field, Metadata};
use crate::ingest::draft::{Draft, Layout, say};
use crate::ingest::header::{self, Header, Release};
use crate::ingest::html;
use crate::text::{ByteSpan, Date, is_han};

/// Why a record without text is rejected.
pub const NO_TEXT: &str = "the speech has no text: give it as `body`, or name its field with --map FIELD=body";

impl Record {
    /// The record as a draft.
    ///
    /// A record that says neither title nor speaker may hold them in its text, as a release kept whole in a column does:
    /// where the text begins with a title and a date line or byline, or ends as a release does, it is read like a file of
    /// text. What the record says wins, but for a date that the text shows to be the day of publication.
    ///
    /// # Errors
    /// [`NO_TEXT`], where there is none.
    pub fn draft(self) -> Result<Draft, String> {
        if !self.turns.is_empty() {
            return Ok(self.transcript());
        }
        let text = self.body.filter(|text| !text.trim().is_empty()).ok_or(NO_TEXT)?;
        if html::is_page(&text)
            && let Ok(page) = html::read(&text)
        {
            let mut draft = page;
            draft.stated.lay_over(&self.metadata);
            draft.id = self.id;
            draft.quoted = self.quoted;
            draft.warnings.extend(self.warnings);
            return Ok(draft);
        }
        let (text, headings) = match html::value(&text) {
            Some(value) => (value.text, value.headings),
            None => (divided_again(text), None),
        };
        if text.trim().is_empty() {
            return Err(NO_TEXT.to_owned());
        }
        let mut stated = self.metadata;
        let mut warnings = self.warnings;
        let is_open = !stated.has(Field::Title) && !stated.has(Field::Speaker);
        let header = is_open.then(|| header::read(&text));
        if let Some(header) = &header {
            warnings.extend(settle_date(&mut stated, self.dating, header));
        }
        if self.dating == Dating::Open && stated.has(Field::Date) {
            // What the column means is not known for sure.
            let _ = stated.set(Field::DateSource, "table");
        }
        let has_header = header.is_some_and(|header| is_a_release(&header));
        let layout = match (has_header, headings) {
            (true, Some(headings)) => Layout::Blocks { headings, title: None },
            (true, None) => Layout::Lines,
            (false, headings) => Layout::Body { headings },
        };
        Ok(Draft {
            id: self.id,
            stated,
            quoted: self.quoted,
            warnings,
            ..Draft::new(text, layout)
        })
    }

    /// The record as a draft whose paragraphs are its turns.
    fn transcript(self) -> Draft {
        let mut text = String::new();
        let mut paragraphs = Vec::new();
        let mut quoted = self.quoted;
        for turn in self.turns {
            quoted.extend(
                turn.speaker
                    .iter()
                    .map(|speaker| (Field::Speaker.name().to_owned(), speaker.clone())),
            );
            let said = html::value(&turn.text).map_or(turn.text, |value| value.text);
            say(&mut text, &mut paragraphs, &said, turn.speaker.as_deref());
        }
        let body = ByteSpan::new(0, text.len());
        Draft {
            id: self.id,
            stated: self.metadata,
            quoted,
            warnings: self.warnings,
            ..Draft::new(text, Layout::Marked { body, paragraphs })
        }
    }
}

/// A text whose paragraphs a program joined by commas, as it prints a list, with its paragraphs on lines of their own again. A
/// comma behind the end of a sentence and before a capital stands in no other text, or hardly ever.
fn divided_again(text: String) -> String {
    if text.trim().contains('\n') {
        return text;
    }
    let mut joints: Vec<usize> = Vec::new();
    let mut sentences = 0;
    for (at, comma) in text.match_indices([',', '，']) {
        let rest = &text[at + comma.len()..];
        let before = &text[..at];
        let starts_anew = rest
            .trim_start()
            .starts_with(|next: char| next.is_uppercase() || is_han(next) || "“\"«¿¡".contains(next));
        if starts_anew && ends_plainly(before) {
            joints.push(at);
        }
    }
    for (at, end) in text.match_indices(['.', '!', '?', '。', '！', '？']) {
        sentences += usize::from(text[at + end.len()..].starts_with([' ', ',', '，']) || end.len() > 1);
    }
    if joints.len() < LEAST_JOINTS || joints.len() * 10 < sentences {
        return text;
    }
    let mut divided = String::with_capacity(text.len());
    let mut start = 0;
    for at in joints {
        divided.push_str(&text[start..at]);
        divided.push('\n');
        start = at + text[at..].chars().next().map_or(1, char::len_utf8);
    }
    divided.push_str(&text[start..]);
    divided.trim_start_matches([',', ' ']).to_owned()
}

/// The least commas behind sentences that show that a program joined paragraphs.
const LEAST_JOINTS: usize = 3;

/// Whether a text ends as a sentence does, and not as an abbreviation may.
fn ends_plainly(text: &str) -> bool {
    let bare = text.trim_end_matches(['"', '”', '’', '»', ')']);
    let Some(rest) = bare.strip_suffix('.') else {
        return bare.ends_with(['!', '?', '…', '。', '！', '？']);
    };
    let word = rest
        .rsplit(|character: char| !character.is_alphanumeric())
        .next()
        .unwrap_or_default();
    word.chars().count() >= 2
        && word
            .chars()
            .all(|character| character.is_lowercase() || character.is_numeric())
}

/// Whether a text has a header or an end of its own; a short first line alone may be its first sentence.
fn is_a_release(header: &Header) -> bool {
    let has = |field: Field| header.metadata.has(field);
    let is_dated = has(Field::Date) && header.metadata.value(Field::DateSource) == Some("heading");
    let opens = (has(Field::Title) || has(Field::Subtitle)) && (is_dated || has(Field::Speaker));
    opens || header.release == Release::Closing
}

/// Decides what the date of a record is, given what its text says of itself; a warning where they contradict each other.
///
/// A text that states its own day of delivery is dated by it, and a later day in the record is that of publication; so is
/// the day of a column `Date` beside a text that ends with an agency's dateline or the page of a newspaper.
fn settle_date(stated: &mut Metadata, dating: Dating, header: &Header) -> Option<String> {
    let date = stated.date()?;
    let is_open = dating == Dating::Open;
    if dating == Dating::Settled {
        return None;
    }
    let Some(in_text) = header.metadata.date() else {
        if is_open && header.release != Release::NotShown {
            become_published(stated, date);
        }
        return None;
    };
    let ((first, last), (text_first, text_last)) = (date.day_numbers(), in_text.day_numbers());
    if first > text_last || (is_open && date == in_text) {
        become_published(stated, date);
    } else if last < text_first {
        return Some(format!(
            "the record's date {date} is before the date in its text, {in_text}: kept the record's"
        ));
    } else if date != in_text && last - first > text_last - text_first {
        // The year or month of the record says no more than the day in the text.
        stated.remove(Field::Date);
        stated.remove(Field::DateSource);
    }
    None
}

fn become_published(stated: &mut Metadata, date: Date) {
    stated.remove(Field::Date);
    stated.remove(Field::DateSource);
    stated.set_date(Field::Published, date);
}
