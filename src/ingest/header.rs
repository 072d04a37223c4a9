//! Headers: what the lines before and after a speech state about it, and where the speech itself lies.
//!
//! Only what is stated is set; a field that the text leaves open stays absent. Chinese releases and statements in other
//! scripts are laid out differently, so each has its own reader; both see the same lines.

use crate::corpus::{Field, Metadata};
use crate::text::{ByteSpan, is_han};

pub(crate) mod lines;

mod chinese;
mod chinese_lines;
mod chinese_names;
mod chinese_news;
mod chinese_tail;
mod chinese_title;
mod occasion;

mod western;
mod western_label;
mod western_person;
mod western_tail;
mod western_text;
mod western_title;
mod western_words;

/// What a header states.
#[derive(Clone, Debug)]
pub struct Header {
    /// The fields that are stated; nothing is inferred.
    pub metadata: Metadata,
    /// Where the body lies in the text: from the salutation, or the first paragraph, to the closing.
    pub body: ByteSpan,
}

/// Reads the header of a text.
pub fn read(text: &str) -> Header {
    let lines = lines::lines(text);
    if is_chinese(text) {
        return chinese::read(text, &lines);
    }
    western::read(text, &lines)
}

/// Whether the first thousand letters are Han for the most part.
fn is_chinese(text: &str) -> bool {
    let letters = || text.chars().filter(|character| character.is_alphabetic()).take(1_000);
    let han = letters().filter(|character| is_han(*character)).count();
    han * 3 > letters().count()
}

/// Sets a field that is no date, if there is a value.
fn set(metadata: &mut Metadata, field: Field, value: Option<&str>) {
    if let Some(value) = value {
        metadata.set(field, value).expect("only date fields can be refused");
    }
}
