//! What one leaf of a query matches in the texts: in which passages, where, and what is marked.

use std::collections::BTreeSet;

use chancery::corpus::Field;
use chancery::names::Names;
use chancery::query::expression::{FieldName, FieldQuery, FieldValue};
use chancery::query::{Expression, Keyword, Node, Phrase};
use chancery::text::{ByteSpan, Date};
use regex::{Regex, RegexBuilder};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::filters::{is_variant, is_within};
use super::matchers::Matcher;
use super::patterns::{Pattern, PatternMaker, keyword_text};
use super::texts::{ParagraphText, Sequence, Texts};

/// A leaf, ready to be looked for.
pub(crate) enum Leaf {
    /// Units, and the words of a Han keyword that match together where they all stand in a passage.
    Units { matcher: Matcher, words: Vec<Matcher> },
    /// A regular expression.
    Regex(Regex),
    /// A condition on the metadata.
    Field { name: FieldName, value: ValueTest },
}

/// What a value of a field is tested for.
pub(crate) enum ValueTest {
    /// Units that stand in it.
    Units(Matcher),
    /// A regular expression that matches in it.
    Regex(Regex),
    /// A language or a variant of it.
    Language(String),
    /// A date that lies wholly in the range.
    Dates(Option<Date>, Option<Date>),
}

/// What a leaf matches. Passages are numbers; spans count bytes of the passage's paragraph.
#[derive(Clone, Debug, Default)]
pub(crate) struct Matches {
    /// The passages in which the leaf is true.
    pub(crate) passages: BTreeSet<usize>,
    /// Every match.
    pub(crate) occurrences: BTreeSet<(usize, ByteSpan)>,
    /// What is marked.
    pub(crate) marks: BTreeSet<(usize, ByteSpan)>,
}

/// Why there is no leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoLeaf {
    /// The keyword holds nothing to search for and is left out.
    LeftOut,
    /// The query is refused.
    Refused,
}

/// How the leaves of a query are read.
#[derive(Clone, Copy)]
pub(crate) struct LeafReading<'a> {
    pub(crate) maker: PatternMaker<'a>,
    /// Whether Han keywords match by their words too.
    pub(crate) is_plain: bool,
}

impl LeafReading<'_> {
    /// Makes a leaf ready.
    pub(crate) fn leaf(&self, node: &Node) -> Result<Leaf, NoLeaf> {
        match &node.expression {
            Expression::Regex(regex) => Ok(Leaf::Regex(self.regex(&regex.pattern)?)),
            Expression::Field(query) => self.field(query),
            Expression::Keyword(keyword) if self.is_plain => Ok(Leaf::Units {
                matcher: self.matcher(node)?,
                words: self
                    .maker
                    .words(&keyword.text)
                    .into_iter()
                    .map(Matcher::Pattern)
                    .collect(),
            }),
            _ => Ok(Leaf::Units {
                matcher: self.matcher(node)?,
                words: Vec::new(),
            }),
        }
    }

    /// Makes ready what stands in the text as units.
    fn matcher(&self, node: &Node) -> Result<Matcher, NoLeaf> {
        let string = |text: &str| self.maker.string(text).map(Matcher::Pattern).ok_or(NoLeaf::Refused);
        let all = |nodes: &[Node]| {
            nodes
                .iter()
                .map(|node| self.matcher(node))
                .collect::<Result<Vec<_>, _>>()
        };
        match &node.expression {
            Expression::Keyword(keyword) => {
                let patterns = self.maker.keyword(&keyword.text).ok_or(NoLeaf::LeftOut)?;
                Ok(any_of(patterns))
            }
            Expression::Phrase(phrase) => string(&phrase.text),
            Expression::Gapped(gapped) => {
                let parts = gapped.parts.iter().map(|part| string(part));
                Ok(Matcher::InOrder(parts.collect::<Result<_, _>>()?, gapped.distance))
            }
            Expression::Wildcard(wildcard) => Ok(Matcher::Pattern(self.maker.wildcard(wildcard))),
            Expression::Fuzzy(fuzzy) => Ok(Matcher::Pattern(self.maker.fuzzy(fuzzy))),
            Expression::Near(near) => Ok(Matcher::Near(all(&near.operands)?, near.distance)),
            Expression::Or(parts) => Ok(Matcher::Any(all(parts)?)),
            _ => Err(NoLeaf::Refused),
        }
    }

    fn regex(&self, pattern: &str) -> Result<Regex, NoLeaf> {
        let pattern: String = pattern.nfc().collect();
        let mut builder = RegexBuilder::new(&pattern);
        builder
            .case_insensitive(!self.maker.is_strict)
            .dot_matches_new_line(true);
        builder.build().map_err(|_| NoLeaf::Refused)
    }

    fn field(&self, query: &FieldQuery) -> Result<Leaf, NoLeaf> {
        let value = match &query.value {
            FieldValue::Dates(range) => ValueTest::Dates(range.from, range.to),
            FieldValue::Text(node) => match (&query.field, &node.expression) {
                (FieldName::Known(Field::Language), Expression::Keyword(tag)) => ValueTest::Language(tag.text.clone()),
                (_, Expression::Regex(regex)) => ValueTest::Regex(self.of_fields().regex(&regex.pattern)?),
                _ => ValueTest::Units(Matcher::Any(self.of_fields().value(&query.field, node)?)),
            },
        };
        Ok(Leaf::Field {
            name: query.field.clone(),
            value,
        })
    }

    /// What a value of a field must hold: what is asked for, or where that is a name, any form of it.
    fn value(&self, field: &FieldName, node: &Node) -> Result<Vec<Matcher>, NoLeaf> {
        let asked = self.matcher(node)?;
        let holds_names = matches!(
            field,
            FieldName::Known(Field::Speaker | Field::Country | Field::Organization)
        );
        let (Expression::Keyword(Keyword { text }) | Expression::Phrase(Phrase { text }), true) =
            (&node.expression, holds_names)
        else {
            return Ok(vec![asked]);
        };
        let names = Names::shipped();
        let forms = names.same_in_metadata(text).into_iter();
        let strings = forms.filter_map(|form| self.maker.string(form).map(Matcher::Pattern));
        Ok(std::iter::once(asked).chain(strings).collect())
    }

    /// The same reading for fields, whose values are compared folded even where the text is compared as printed.
    fn of_fields(&self) -> Self {
        let maker = PatternMaker {
            is_strict: false,
            ..self.maker
        };
        Self { maker, ..*self }
    }
}

fn any_of(patterns: Vec<Pattern>) -> Matcher {
    Matcher::Any(patterns.into_iter().map(Matcher::Pattern).collect())
}

impl Leaf {
    /// Whether its matches are counted: keywords and fields are not.
    pub(crate) fn matches(&self, texts: &Texts, with_notes: bool) -> Matches {
        let mut found = Matches::default();
        if let Self::Field { name, value } = self {
            for speech in &texts.speeches {
                let holds = speech.values(name).iter().any(|of_speech| value.holds(of_speech));
                let holds_for = |passage: &usize| match (&texts.passages[*passage].speaker, name) {
                    (Some((_, own)), FieldName::Known(Field::Speaker)) => value.holds(own),
                    _ => holds,
                };
                found.passages.extend(speech.passages.clone().filter(holds_for));
            }
            return found;
        }
        for paragraph in &texts.paragraphs {
            for sequence in paragraph.sequences(with_notes) {
                self.add_matches(texts, paragraph, sequence, &mut found);
            }
            if let Self::Units { words, .. } = self {
                add_words(texts, paragraph, with_notes, words, &mut found);
            }
        }
        found
    }

    fn add_matches(&self, texts: &Texts, paragraph: &ParagraphText, sequence: &Sequence, found: &mut Matches) {
        let mut add = |whole: ByteSpan, marks: &mut dyn Iterator<Item = ByteSpan>| {
            let passage = texts.passage_at(paragraph, whole.start);
            found.passages.insert(passage);
            found.occurrences.insert((passage, whole));
            found
                .marks
                .extend(marks.map(|mark| (texts.passage_at(paragraph, mark.start), mark)));
        };
        match self {
            Self::Units { matcher, .. } => {
                for found in matcher.matches(sequence) {
                    let bytes = |window: &super::patterns::Window| sequence.bytes(window.start..window.end);
                    add(bytes(&found.window), &mut found.marks.iter().map(bytes));
                }
            }
            Self::Regex(regex) => {
                for span in regex_spans(regex, sequence) {
                    add(span, &mut std::iter::once(span));
                }
            }
            Self::Field { .. } => {}
        }
    }
}

/// Adds the passages of a paragraph in which all the words of a keyword begin; they are marked where the keyword itself
/// does not stand.
fn add_words(texts: &Texts, paragraph: &ParagraphText, with_notes: bool, words: &[Matcher], found: &mut Matches) {
    if words.is_empty() {
        return;
    }
    let spans_of = |word: &Matcher| -> Vec<ByteSpan> {
        let in_sequence = |sequence| {
            let windows: Vec<_> = word.windows(sequence);
            windows
                .into_iter()
                .map(move |window| sequence.bytes(window.start..window.end))
        };
        paragraph.sequences(with_notes).flat_map(in_sequence).collect()
    };
    let of_words: Vec<Vec<ByteSpan>> = words.iter().map(spans_of).collect();
    for passage in paragraph.passages.clone() {
        let begins_in = |span: &&ByteSpan| texts.passages[passage].bytes.contains(&span.start);
        let has_all = of_words.iter().all(|spans| spans.iter().any(|span| begins_in(&span)));
        if has_all && found.passages.insert(passage) {
            let marked = of_words.iter().flatten().filter(begins_in);
            found.marks.extend(marked.map(|span| (passage, *span)));
        }
    }
}

/// The matches of an expression in the stretches of a sequence put together, as bytes of the printed text.
fn regex_spans(regex: &Regex, sequence: &Sequence) -> Vec<ByteSpan> {
    let text: String = sequence
        .stretches
        .iter()
        .map(|stretch| &sequence.printed[stretch.range()])
        .collect();
    let printed_byte = |byte: usize| {
        let mut before = 0;
        for stretch in &sequence.stretches {
            if byte < before + stretch.len() {
                return stretch.start + (byte - before);
            }
            before += stretch.len();
        }
        sequence.printed.len()
    };
    // Each character of the composed text with the bytes that it stands for.
    let (mut composed, mut starts, mut ends) = (String::new(), Vec::new(), Vec::new());
    for (start, cluster) in text.grapheme_indices(true) {
        let as_one: String = cluster.nfc().collect();
        for offset in 0..as_one.len() {
            let is_same = as_one == cluster;
            starts.push(if is_same { start + offset } else { start });
            ends.push(if is_same {
                start + offset
            } else {
                start + cluster.len() - 1
            });
        }
        composed.push_str(&as_one);
    }
    let matches = regex.find_iter(&composed).filter(|found| !found.is_empty());
    matches
        .map(|found| {
            let (first, last) = (starts[found.start()], ends[found.end() - 1]);
            ByteSpan::new(printed_byte(first), printed_byte(last) + 1)
        })
        .collect()
}

impl ValueTest {
    fn holds(&self, value: &Sequence) -> bool {
        match self {
            Self::Units(matcher) => !matcher.windows(value).is_empty(),
            Self::Regex(regex) => regex.is_match(&value.printed.nfc().collect::<String>()),
            Self::Language(wanted) => is_variant(&value.printed, wanted),
            Self::Dates(from, to) => value
                .printed
                .parse()
                .is_ok_and(|date: Date| is_within(date, *from, *to)),
        }
    }
}

/// Whether a node is a keyword that is a stop word.
pub(crate) fn is_stop_word(node: &Node) -> bool {
    let Expression::Keyword(keyword) = &node.expression else {
        return false;
    };
    keyword_text(&keyword.text).is_some_and(|text| chancery::analyzer::stop_words::is_stop_word(&text))
}

impl Texts {
    /// The number of the passage of a paragraph in which a byte lies.
    fn passage_at(&self, paragraph: &ParagraphText, byte: usize) -> usize {
        let mut passages = paragraph.passages.clone();
        let found = passages.find(|passage| self.passages[*passage].bytes.contains(&byte));
        found.expect("the passages cover their paragraph")
    }
}
