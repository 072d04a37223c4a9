//! Units of text as types: spans that name what they count, languages, and dates that keep their precision.
//!
//! These stand apart because every room speaks them; none of them knows what a speech is.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use jiff::civil;
use serde::{Deserialize, Serialize};

/// A range of bytes of one text, on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ByteSpan {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl ByteSpan {
    /// A span from `start` to `end`, which must not lie before `start`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span ends before it starts: {start}..{end}");
        Self { start, end }
    }

    /// The number of bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The span as a range, to slice a text with.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Whether the two spans share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// A range of Unicode code points of one text: what the JSON contract prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct CharSpan {
    /// The first code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
}

/// Translates byte spans of one text into spans of code points, in one pass for spans in ascending order of start.
pub fn char_spans(text: &str, spans: &[ByteSpan]) -> Vec<CharSpan> {
    let mut edges: Vec<usize> = spans.iter().flat_map(|span| [span.start, span.end]).collect();
    edges.sort_unstable();
    edges.dedup();
    let mut counted = Vec::with_capacity(edges.len());
    let (mut byte, mut chars) = (0, 0);
    for &edge in &edges {
        chars += text[byte..edge].chars().count();
        byte = edge;
        counted.push(chars);
    }
    let chars_before = |byte: usize| {
        let index = edges
            .binary_search(&byte)
            .expect("every edge of a span was collected above");
        counted[index]
    };
    spans
        .iter()
        .map(|span| CharSpan {
            start: chars_before(span.start),
            end: chars_before(span.end),
        })
        .collect()
}

/// Whether a character is Han: a unit of its own, between two of which white space means nothing.
pub fn is_han(character: char) -> bool {
    matches!(character,
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{2FA1F}' | '\u{30000}'..='\u{323AF}' | '々' | '〇')
}

/// Bytes as lower-case hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A language as a BCP-47 tag, such as `zh`, `zh-Hant` or `fr`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Language(String);

impl Language {
    /// The language of a tag; the case of its letters is put right, its subtags are not checked against a registry.
    pub fn new(tag: &str) -> Self {
        let mut subtags = tag.trim().split(['-', '_']);
        let mut normalized = subtags.next().unwrap_or_default().to_ascii_lowercase();
        for subtag in subtags {
            normalized.push('-');
            match subtag.len() {
                4 => {
                    let mut letters = subtag.chars();
                    normalized.extend(letters.next().map(|first| first.to_ascii_uppercase()));
                    normalized.extend(letters.map(|letter| letter.to_ascii_lowercase()));
                }
                2 => normalized.push_str(&subtag.to_ascii_uppercase()),
                _ => normalized.push_str(&subtag.to_ascii_lowercase()),
            }
        }
        Self(normalized)
    }

    /// The whole tag.
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// Whether a tag is that of this language or of a variant of it: `zh` covers `zh-Hant`.
    pub fn covers(&self, tag: &str) -> bool {
        let rest = tag.strip_prefix(self.tag());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    }

    /// The primary subtag: `zh` of `zh-Hant`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A date with the precision that its source states: a year, a month of a year, or a day.
///
/// Dates order by their first day, the less precise first: 2013 < 2013-01 < 2013-01-01 < 2013-02.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

impl Date {
    /// A year.
    pub fn year(year: i16) -> Option<Self> {
        civil::Date::new(year, 1, 1).ok()?;
        Some(Self {
            year,
            month: None,
            day: None,
        })
    }

    /// A month of a year.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        civil::Date::new(year, month, 1).ok()?;
        Some(Self {
            year,
            month: Some(month),
            day: None,
        })
    }

    /// A day, if the calendar has it.
    pub fn day(year: i16, month: i8, day: i8) -> Option<Self> {
        civil::Date::new(year, month, day).ok()?;
        Some(Self {
            year,
            month: Some(month),
            day: Some(day),
        })
    }

    /// The present day, in UTC.
    pub fn today() -> Option<Self> {
        let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
        Self::day(today.year(), today.month(), today.day())
    }

    /// The year.
    pub fn calendar_year(self) -> i16 {
        self.year
    }

    /// The month, from 1, where it is known.
    pub fn calendar_month(self) -> Option<i8> {
        self.month
    }

    /// The day of the month, from 1, where it is known.
    pub fn calendar_day(self) -> Option<i8> {
        self.day
    }

    /// The first day that the date can mean.
    pub fn first_day(self) -> civil::Date {
        civil::date(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The last day that the date can mean.
    pub fn last_day(self) -> civil::Date {
        match (self.month, self.day) {
            (None, _) => civil::date(self.year, 12, 31),
            (Some(_), None) => self.first_day().last_of_month(),
            (Some(_), Some(_)) => self.first_day(),
        }
    }

    /// The first and the last day as days since 1970-01-01, the form that the index stores.
    pub fn day_numbers(self) -> (i64, i64) {
        (day_number(self.first_day()), day_number(self.last_day()))
    }

    fn precision(self) -> u8 {
        u8::from(self.month.is_some()) + u8::from(self.day.is_some())
    }
}

fn day_number(date: civil::Date) -> i64 {
    let epoch = civil::date(1970, 1, 1);
    i64::from((date - epoch).get_days())
}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Date {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.first_day(), self.precision()).cmp(&(other.first_day(), other.precision()))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(formatter, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(formatter, "-{day:02}")?;
        }
        Ok(())
    }
}

/// Why a text is not an ISO 8601 date of a year, a month or a day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date: write 2013, 2013-03 or 2013-03-22")]
pub struct DateError(String);

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || DateError(text.to_owned());
        let parts: Vec<&str> = text.trim().split('-').collect();
        let widths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        let digits_only = parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
        if !digits_only || !matches!(widths[..], [4] | [4, 2] | [4, 2, 2]) {
            return Err(wrong());
        }
        let year = parts[0].parse().map_err(|_| wrong())?;
        let number = |index: usize| {
            parts
                .get(index)
                .map(|part| part.parse::<i8>())
                .transpose()
                .map_err(|_| wrong())
        };
        match (number(1)?, number(2)?) {
            (None, _) => Self::year(year),
            (Some(month), None) => Self::month(year, month),
            (Some(month), Some(day)) => Self::day(year, month, day),
        }
        .ok_or_else(wrong)
    }
}

impl Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_keeps_its_precision() {
        for text in ["2013", "2013-03", "2013-03-22"] {
            assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
        }
        for text in [
            "",
            "13",
            "2013-3",
            "2013-13",
            "2013-02-30",
            "2013-03-22T00:00",
            "2013/03/22",
            "-2013",
        ] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_date_is_an_interval_of_its_precision() {
        let last = |text: &str| text.parse::<Date>().unwrap().last_day().to_string();
        assert_eq!(last("2016"), "2016-12-31");
        assert_eq!(last("2016-02"), "2016-02-29");
        assert_eq!(last("2016-02-03"), "2016-02-03");
        assert_eq!("1970-01-02".parse::<Date>().unwrap().day_numbers(), (1, 1));
    }

    #[test]
    fn spans_are_translated_to_code_points() {
        let text = "a中🙂b";
        let spans = [ByteSpan::new(0, 4), ByteSpan::new(1, 8), ByteSpan::new(8, 9)];
        let chars: Vec<(usize, usize)> = char_spans(text, &spans)
            .iter()
            .map(|span| (span.start, span.end))
            .collect();
        assert_eq!(chars, [(0, 2), (1, 3), (3, 4)]);
    }

    #[test]
    fn a_language_tag_is_put_in_its_usual_case() {
        assert_eq!(Language::new("ZH_hant-tw").tag(), "zh-Hant-TW");
        assert_eq!(Language::new("zh-Hant").primary(), "zh");
    }
}
