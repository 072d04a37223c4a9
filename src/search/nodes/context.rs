//! How much of the text around an occurrence is shown: so many characters or words, or the sentence. Pure text, knows no index.

use std::fmt;
use std::str::FromStr;

use unicode_segmentation::UnicodeSegmentation;

use crate::analyzer::{UnitKind, fold};
use crate::corpus::sentence::sentences;
use crate::error::{Error, ErrorKind, Result};

/// How much is shown on each side; never more than the paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// So many characters as a reader counts them: a letter with its combining marks is one, and so is a run of white space.
    Characters(usize),
    /// So many words, numbers and Han characters; punctuation between them is shown and not counted.
    Words(usize),
    /// What else stands in the sentences in which the occurrence begins and ends.
    Sentence,
}

impl Default for Context {
    /// Thirty characters, as concordances have it since CQP.
    fn default() -> Self {
        Self::Characters(30)
    }
}

impl fmt::Display for Context {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Characters(count) => write!(formatter, "{count}"),
            Self::Words(count) => write!(formatter, "{count}w"),
            Self::Sentence => formatter.write_str("sentence"),
        }
    }
}

impl FromStr for Context {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        if text == "sentence" {
            return Ok(Self::Sentence);
        }
        let (digits, context): (&str, fn(usize) -> Self) = match text.strip_suffix('w') {
            Some(digits) => (digits, Self::Words),
            None => (text.strip_suffix('c').unwrap_or(text), Self::Characters),
        };
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let count = digits.parse().ok().filter(|_| is_number);
        count.map(context).ok_or_else(|| {
            let message = format!("`{text}` is no amount of context");
            Error::new(ErrorKind::Usage, message)
                .hint("write a number of characters such as 30, of words such as 8w, or sentence")
        })
    }
}

/// An occurrence with what stands around it in its paragraph, white space made single.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InContext {
    /// What stands before it; it begins with no white space.
    pub left: String,
    /// The occurrence.
    pub node: String,
    /// What stands behind it; it ends with no white space.
    pub right: String,
    /// Whether the paragraph has more before.
    pub left_cut: bool,
    /// Whether the paragraph has more behind.
    pub right_cut: bool,
}

/// The text of a paragraph around an occurrence, as much of it as was read.
#[derive(Clone, Debug, Default)]
pub(super) struct Surroundings {
    /// What stands before the occurrence.
    pub(super) before: String,
    /// The occurrence, as printed.
    pub(super) node: String,
    /// What stands behind the occurrence.
    pub(super) after: String,
    /// Whether the paragraph has more before what was read.
    pub(super) has_more_before: bool,
    /// Whether the paragraph has more behind what was read.
    pub(super) has_more_after: bool,
}

impl Surroundings {
    /// The byte of what stands before at which the context begins; `None` where all of it belongs to the context, and what
    /// stands before that may, too.
    pub(super) fn left_start(&self, context: Context) -> Option<usize> {
        match context {
            Context::Characters(0) | Context::Words(0) => Some(self.before.len()),
            Context::Characters(count) => {
                let clusters = self.before.grapheme_indices(true).rev();
                nth_character(clusters, count).map(|(start, _)| start)
            }
            Context::Words(count) => {
                let folded = fold(&self.before);
                let mut words = folded.units().iter().rev().filter(|unit| unit.kind != UnitKind::Mark);
                words.nth(count - 1).map(|word| word.span.start)
            }
            Context::Sentence => {
                let text = [self.before.as_str(), &self.node, &self.after].concat();
                let first = sentences(&text).into_iter().rfind(|one| one.start <= self.before.len());
                first.map(|sentence| sentence.start).filter(|start| *start > 0)
            }
        }
    }

    /// The byte of what stands behind at which the context ends; `None` where all of it belongs to the context, and what
    /// stands behind that may, too.
    pub(super) fn right_end(&self, context: Context) -> Option<usize> {
        match context {
            Context::Characters(0) | Context::Words(0) => Some(0),
            Context::Characters(count) => {
                let clusters = self.after.grapheme_indices(true);
                nth_character(clusters, count).map(|(start, cluster)| start + cluster.len())
            }
            Context::Words(count) => {
                let folded = fold(&self.after);
                let mut words = folded.units().iter().filter(|unit| unit.kind != UnitKind::Mark);
                words.nth(count - 1).map(|word| word.span.end)
            }
            Context::Sentence => {
                let text = [self.before.as_str(), &self.node, &self.after].concat();
                let node_end = self.before.len() + self.node.len();
                let last = sentences(&text).into_iter().find(|one| one.end >= node_end);
                let end = last.map(|sentence| sentence.end).filter(|end| *end < text.len());
                end.map(|end| end - node_end)
            }
        }
    }

    /// The occurrence in its context.
    pub(super) fn cut(&self, context: Context) -> InContext {
        let start = self.left_start(context).unwrap_or(0);
        let end = self.right_end(context).unwrap_or(self.after.len());
        let has_text = |text: &str| !text.trim().is_empty();
        let node = single_spaced(&self.node);
        let mut left = single_spaced(&self.before[start..]);
        let mut right = single_spaced(&self.after[..end]);
        // White space at the edge of a match belongs to it.
        if node.starts_with(' ') {
            left.truncate(left.trim_end().len());
        }
        if node.ends_with(' ') {
            right = right.trim_start().to_owned();
        }
        InContext {
            left: left.trim_start().to_owned(),
            node,
            right: right.trim_end().to_owned(),
            left_cut: self.has_more_before || has_text(&self.before[..start]),
            right_cut: self.has_more_after || has_text(&self.after[end..]),
        }
    }
}

/// The cluster with which so many characters are complete, a run of white space taken as one.
fn nth_character<'t>(clusters: impl Iterator<Item = (usize, &'t str)>, count: usize) -> Option<(usize, &'t str)> {
    let (mut counted, mut was_space) = (0, false);
    for (start, cluster) in clusters {
        let is_space = cluster.chars().all(char::is_whitespace);
        counted += usize::from(!(is_space && was_space));
        was_space = is_space;
        if counted == count {
            return Some((start, cluster));
        }
    }
    None
}

/// A text with every run of white space made one space.
pub(super) fn single_spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    let mut was_space = false;
    for character in text.chars() {
        let is_space = character.is_whitespace();
        if !is_space {
            spaced.push(character);
        } else if !was_space {
            spaced.push(' ');
        }
        was_space = is_space;
    }
    spaced
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_context(text: &str, node: &str, context: Context) -> InContext {
        let start = text.find(node).unwrap();
        let surroundings = Surroundings {
            before: text[..start].to_owned(),
            node: node.to_owned(),
            after: text[start + node.len()..].to_owned(),
            ..Surroundings::default()
        };
        surroundings.cut(context)
    }

    fn sides(text: &str, node: &str, context: &str) -> (String, String) {
        let found = in_context(text, node, context.parse().unwrap());
        (found.left, found.right)
    }

    fn pair(left: &str, right: &str) -> (String, String) {
        (left.to_owned(), right.to_owned())
    }

    #[test]
    fn characters_are_counted_as_a_reader_counts_them() {
        assert_eq!(
            sides("我们愿同各方一道，深化合作，共同发展。", "深化", "3"),
            pair("一道，", "合作，")
        );
        assert_eq!(
            sides("the  Côte\u{302} was quiet", " was", "2"),
            pair("te\u{302}", " q")
        );
        assert_eq!(sides("a \n\t b c", "b", "2"), pair("a ", " c"));
        assert_eq!(sides("合作", "合作", "30"), pair("", ""));
        assert_eq!(sides("甲合作乙", "合作", "0"), pair("", ""));
    }

    #[test]
    fn words_are_counted_without_the_punctuation_between_them() {
        assert_eq!(
            sides("One, two; the United Nations, after all, is", "United Nations", "2w"),
            pair("two; the ", ", after all")
        );
        assert_eq!(sides("深化互利合作，共同发展", "合作", "2w"), pair("互利", "，共同"));
    }

    #[test]
    fn a_sentence_is_shown_whole() {
        assert_eq!(
            sides("昨天开会。今天我们谈合作，还谈发展！明天再会。", "合作", "sentence"),
            pair("今天我们谈", "，还谈发展！")
        );
        let over_two = in_context("It begins. We meet. They go. It ends.", "meet. They", Context::Sentence);
        assert_eq!((over_two.left.as_str(), over_two.right.as_str()), ("We ", " go."));
        assert!(over_two.left_cut && over_two.right_cut);
    }

    #[test]
    fn it_is_said_whether_the_context_goes_on() {
        let cut = |context: &str| {
            let found = in_context("  one two three ", "two", context.parse().unwrap());
            (found.left_cut, found.right_cut)
        };
        assert_eq!(cut("1w"), (false, false));
        assert_eq!(cut("3"), (true, true));
    }

    #[test]
    fn an_amount_of_context_is_read_and_printed() {
        for (typed, printed) in [("30", "30"), ("30c", "30"), ("8w", "8w"), ("sentence", "sentence")] {
            assert_eq!(typed.parse::<Context>().unwrap().to_string(), printed);
        }
        for wrong in ["", "w", "-1", "+3", "8 w", "line", "99999999999999999999999"] {
            assert!(wrong.parse::<Context>().is_err(), "{wrong}");
        }
    }
}
