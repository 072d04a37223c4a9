//! The parts that every style is put together from: fields made fit for a line, sentences that end once, and months.

use super::Cited;
use crate::corpus::Field;
use crate::text::Date;

/// The months in English.
pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The kinds of speech in English, by the names of the field; any other is a speech.
const KINDS: &[(&str, &str)] = &[
    ("keynote", "Keynote address"),
    ("statement", "Statement"),
    ("toast", "Toast"),
    ("article", "Article"),
    ("letter", "Letter"),
    ("press-conference", "Press conference"),
    ("interview", "Interview"),
    ("news", "News report"),
    ("report", "Report"),
];

impl Cited<'_> {
    /// A field as it stands in a reference; none where it holds nothing that can be read.
    pub(super) fn field(&self, field: Field) -> Option<String> {
        let text = in_one_line(self.metadata.value(field)?);
        (!text.is_empty()).then_some(text)
    }

    /// Who is responsible for the text: the speaker, else the organization.
    pub(super) fn author(&self) -> Option<String> {
        self.field(Field::Speaker).or_else(|| self.field(Field::Organization))
    }

    /// The title with the line under it; the id where there is neither.
    pub(super) fn title(&self) -> String {
        let title = self.field(Field::Title);
        match (title, self.field(Field::Subtitle)) {
            (Some(title), Some(subtitle)) => {
                let colon = if ends_in_a_mark(&title) { "" } else { ":" };
                format!("{title}{colon} {subtitle}")
            }
            (Some(title), None) => title,
            (None, Some(subtitle)) => subtitle,
            (None, None) => in_one_line(self.id),
        }
    }

    /// The kind of speech in English.
    pub(super) fn kind(&self) -> &'static str {
        let genre = self.metadata.value(Field::Genre).unwrap_or_default();
        let known = KINDS.iter().find(|(name, _)| *name == genre);
        known.map_or("Speech", |(_, kind)| kind)
    }

    /// The day of publication.
    pub(super) fn published(&self) -> Option<Date> {
        self.metadata.value(Field::Published)?.parse().ok()
    }
}

/// The name of a month in English.
pub(super) fn month_name(month: i8) -> &'static str {
    let index = usize::try_from(month).unwrap_or_default().saturating_sub(1);
    MONTHS.get(index).copied().unwrap_or_default()
}

/// A text with a full stop behind it, unless it ends a sentence already.
pub(super) fn sentence(text: &str) -> String {
    let is_ended = text.ends_with(['.', '。']) || ends_in_a_mark(text);
    let stop = if is_ended { "" } else { "." };
    format!("{text}{stop}")
}

/// Whether a text ends in a mark that a colon or a full stop does not follow.
fn ends_in_a_mark(text: &str) -> bool {
    text.ends_with(['?', '!', '？', '！', '؟', '…', ':', '：'])
}

/// A text without control characters and marks that cannot be seen, white space as single spaces.
pub(super) fn in_one_line(text: &str) -> String {
    let visible = text.chars().filter(|character| !is_invisible(*character));
    let spaced = visible.map(|character| if character.is_control() { ' ' } else { character });
    let spaced: String = spaced.collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a character only steers how others are set: marks of direction and of where a line may break.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}
