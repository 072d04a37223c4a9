//! The leaves of a query, made ready: what each looks for, as patterns over units, expressions or conditions on fields. No
//! index is needed to make one.

mod fields;
mod patterns;

use regex::{Regex, RegexBuilder};
use unicode_normalization::UnicodeNormalization;

use super::expansion::Expansion;
use crate::analyzer::stop_words::is_stop_word;
use crate::analyzer::{Analyzer, UnitKind, fold};
use crate::error::{Error, ErrorKind, Result};
use crate::highlight::{Marked, Marker};
use crate::pattern::{Pattern, StringPattern, UnitPattern};
use crate::query::Node;
use crate::query::expression::{Expression, RegexQuery};
use crate::text::ByteSpan;
pub use fields::{FieldLeaf, FieldTest};
pub use patterns::string_pattern;
pub(super) use patterns::word_terms;

/// One thing that a query looks for, made ready to be looked up and to be highlighted.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    /// What it looks for.
    pub matcher: Matcher,
    /// For a Han keyword of several words: the words that together match as well, each as units.
    pub words: Vec<Vec<String>>,
    /// Whether it is a keyword, which ranks by its words and whose occurrences are not counted.
    pub is_keyword: bool,
    /// By how much its score is multiplied.
    pub weight: f32,
    /// What was typed, where this is another form of it.
    pub expansion_of: Option<String>,
}

/// What a leaf looks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Matcher {
    /// Units of the text.
    Pattern(Pattern),
    /// A regular expression over the text.
    Expression(TextExpression),
    /// A value in a metadata field.
    Field(FieldLeaf),
}

/// A regular expression, ready to be run.
#[derive(Clone, Debug)]
pub struct TextExpression {
    /// As typed, without its slashes.
    pub pattern: String,
    /// The automaton.
    pub regex: Regex,
}

impl PartialEq for TextExpression {
    fn eq(&self, other: &Self) -> bool {
        self.regex.as_str() == other.regex.as_str()
    }
}

/// How keywords are read: side by side they match by their words too, among operators as strings only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeywordReading {
    /// As the string, or by all of their words.
    StringOrWords,
    /// As the string, outside Han in any inflected form.
    StringOnly,
}

/// What the making of leaves depends on.
#[derive(Clone, Copy)]
pub struct LeafOptions<'a> {
    /// The query, for errors.
    pub query: &'a str,
    /// The other forms that stand for keywords near each other.
    pub expansion: Expansion<'a>,
    /// How keywords are read.
    pub reading: KeywordReading,
    /// Whether strings must match as printed.
    pub as_printed: bool,
    /// The primary subtags of the languages whose inflections count.
    pub languages: &'a [String],
    /// The analyzer, which cuts Han keywords of several characters.
    pub analyzer: &'a Analyzer,
}

/// The most memory, in bytes, that a regular expression may take.
const LARGEST_EXPRESSION_BYTES: usize = 4 << 20;

impl Leaf {
    fn of(matcher: Matcher) -> Self {
        Self {
            matcher,
            words: Vec::new(),
            is_keyword: false,
            weight: 1.0,
            expansion_of: None,
        }
    }

    /// A pattern by itself.
    pub fn of_pattern(pattern: Pattern) -> Self {
        Self::of(Matcher::Pattern(pattern))
    }

    /// Makes a keyword ready; `None` where it holds nothing to search for.
    pub fn keyword(text: &str, options: &LeafOptions<'_>) -> Option<Self> {
        if options.as_printed {
            let pattern = string_pattern(text, true).ok()?;
            return Some(Self {
                is_keyword: true,
                ..Self::of(Matcher::Pattern(pattern))
            });
        }
        let units = patterns::keyword_units(text)?;
        let words = match options.reading {
            KeywordReading::StringOrWords if units.len() > 1 => han_words(&units.concat(), options.analyzer),
            _ => Vec::new(),
        };
        let pattern = patterns::keyword_pattern(units, options.languages);
        Some(Self {
            words,
            is_keyword: true,
            ..Self::of(Matcher::Pattern(pattern))
        })
    }

    /// Makes a node ready that is one thing to look up; `None` where it is a keyword that holds nothing to search for.
    ///
    /// # Errors
    /// [`ErrorKind::Query`] where a string holds nothing to search for, or an expression is too large.
    pub fn of_node(node: &Node, options: &LeafOptions<'_>) -> Result<Option<Self>> {
        match &node.expression {
            Expression::Keyword(keyword) => Ok(Self::keyword(&keyword.text, options)),
            Expression::Phrase(_) => {
                // Its other forms are leaves of their own, told apart in the hits.
                let typed = LeafOptions {
                    expansion: options.expansion.off(),
                    ..*options
                };
                Ok(Some(Self::of(Matcher::Pattern(patterns::pattern(node, &typed)?))))
            }
            Expression::Regex(regex) => {
                let expression = text_expression(regex, options.as_printed)
                    .map_err(|error| error.in_query(options.query, node.span))?;
                Ok(Some(Self::of(Matcher::Expression(expression))))
            }
            Expression::Field(query) => {
                let leaf = FieldLeaf::of(query, options)?;
                Ok(Some(Self::of(Matcher::Field(leaf))))
            }
            _ => {
                let pattern = patterns::pattern(node, options)?;
                Ok(Some(Self::of(Matcher::Pattern(pattern))))
            }
        }
    }

    /// Another form of what was typed, made ready; `None` where it holds nothing to search for.
    pub fn form(form: &str, of: &str, is_keyword: bool, options: &LeafOptions<'_>) -> Option<Self> {
        let pattern = match is_keyword && !options.as_printed {
            true => patterns::form_pattern(form, options.languages),
            false => string_pattern(form, options.as_printed).ok(),
        };
        Some(Self {
            is_keyword,
            expansion_of: Some(of.to_owned()),
            ..Self::of(Matcher::Pattern(pattern?))
        })
    }

    /// The pattern, where it looks for one.
    pub fn pattern(&self) -> Option<&Pattern> {
        match &self.matcher {
            Matcher::Pattern(pattern) => Some(pattern),
            _ => None,
        }
    }

    /// Whether it looks at metadata instead of the text.
    pub fn is_field(&self) -> bool {
        matches!(self.matcher, Matcher::Field(_))
    }

    /// Whether its occurrences count: those of strings and other patterns do, those of keywords and fields do not.
    pub fn is_counted(&self) -> bool {
        !self.is_keyword && !matches!(self.matcher, Matcher::Field(_))
    }

    /// The units of a keyword or string, where it leaves nothing open; for an inflected word the word itself.
    pub fn units(&self) -> Option<Vec<&str>> {
        let Some(Pattern::String(StringPattern { units, printed: None })) = self.pattern() else {
            return None;
        };
        units.iter().map(UnitPattern::unit).collect()
    }

    /// The terms that the inflected forms of a one-word keyword share.
    pub fn inflections(&self) -> &[String] {
        match self.pattern() {
            Some(Pattern::String(StringPattern { units, .. })) => match units.as_slice() {
                [UnitPattern::Inflected { terms, .. }] => terms,
                _ => &[],
            },
            _ => &[],
        }
    }

    /// Whether the keyword is a stop word by itself.
    pub fn is_stop_word(&self) -> bool {
        self.is_keyword && self.units().is_some_and(|units| is_stop_word(&units.concat()))
    }

    /// What the leaf marks in a passage; a field marks nothing.
    pub fn marker(&self) -> Option<Marker> {
        let marked = match &self.matcher {
            Matcher::Field(_) => return None,
            Matcher::Expression(expression) => Marked::Expression(expression.regex.clone()),
            Matcher::Pattern(pattern) if self.words.is_empty() => Marked::Pattern(pattern.clone()),
            Matcher::Pattern(pattern) => Marked::StringOrWords {
                string: pattern.clone(),
                words: self.words.iter().map(|word| Pattern::string(word)).collect(),
            },
        };
        Some(Marker {
            marked,
            expansion_of: self.expansion_of.clone(),
        })
    }
}

fn text_expression(query: &RegexQuery, as_printed: bool) -> Result<TextExpression> {
    // The text is seen composed, and so must the expression be.
    let pattern: String = query.pattern.nfc().collect();
    let regex = RegexBuilder::new(&pattern)
        .case_insensitive(!as_printed)
        .dot_matches_new_line(true)
        .size_limit(LARGEST_EXPRESSION_BYTES)
        .dfa_size_limit(LARGEST_EXPRESSION_BYTES)
        .build();
    let regex = regex.map_err(|error| {
        let message = match error {
            regex::Error::CompiledTooBig(_) => "the regular expression is too large".to_owned(),
            error => format!("the regular expression cannot be read: {error}"),
        };
        Error::new(ErrorKind::Query, message).hint("use smaller numbers of repetition, or fewer alternatives")
    })?;
    Ok(TextExpression { pattern, regex })
}

/// The words of a Han keyword when it has several that are not stop words; else none.
fn han_words(keyword: &str, analyzer: &Analyzer) -> Vec<Vec<String>> {
    let folded = fold(keyword);
    if folded.units().iter().any(|unit| unit.kind != UnitKind::Han) {
        return Vec::new();
    }
    let ranges = analyzer.words(&folded);
    if ranges.len() < 2 {
        return Vec::new();
    }
    let units = |range: std::ops::Range<usize>| -> Vec<String> {
        range.map(|index| folded.unit_text(index).to_owned()).collect()
    };
    let words: Vec<Vec<String>> = ranges.into_iter().map(units).collect();
    let content: Vec<Vec<String>> = words
        .iter()
        .filter(|word| !is_stop_word(&word.concat()))
        .cloned()
        .collect();
    if content.is_empty() { words } else { content }
}

/// The error for a part of a query that holds nothing to search for.
fn nothing_in(text: &str, query: &str, span: ByteSpan) -> Error {
    patterns::nothing_to_search_for(text).in_query(query, span)
}
