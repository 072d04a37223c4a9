//! Random query trees of every operator, over strings that are drawn from the texts so that they find something.

use chancery::corpus::Field;
use chancery::query::expression::{DateRange, FieldName, FieldQuery, FieldValue, Gapped, Near, RegexQuery, Weighted};
use chancery::query::{Clause, Expression, Keyword, Node, Occur, Phrase};
use chancery::text::{ByteSpan, Date};

use super::strings::{Place, fuzzy, has_content, pattern, unspaced, wildcard};
use crate::support::random::Random;
use crate::support::reference::{Sequence, Texts};
use crate::support::strings::retyped;

/// Writes queries about the texts of an index.
pub(crate) struct QueryWriter<'a> {
    texts: &'a Texts,
    /// The paragraphs that hold something.
    paragraphs: Vec<usize>,
    random: Random,
    /// The paragraph that the query is about, and the unit around which strings are drawn.
    focus: (usize, usize),
}

/// How deep operators are nested.
const DEEPEST: usize = 3;

impl<'a> QueryWriter<'a> {
    pub(crate) fn new(texts: &'a Texts, seed: u64) -> Self {
        let holds_something = |index: &usize| texts.paragraphs[*index].said.len() > 0;
        Self {
            texts,
            paragraphs: (0..texts.paragraphs.len()).filter(holds_something).collect(),
            random: Random::new(seed),
            focus: (0, 0),
        }
    }

    /// A query.
    pub(crate) fn query(&mut self) -> Node {
        self.look_elsewhere();
        match self.random.below(100) {
            0..25 => node(self.leaf()),
            25..40 => self.plain(),
            40..55 => node(self.near(1)),
            _ => self.tree(DEEPEST),
        }
    }

    /// The random choices behind the queries.
    pub(crate) fn random(&mut self) -> &mut Random {
        &mut self.random
    }

    fn look_elsewhere(&mut self) {
        let paragraph = *self.random.pick(&self.paragraphs);
        let unit = self.random.below(self.texts.paragraphs[paragraph].said.len());
        self.focus = (paragraph, unit);
    }

    /// Keywords and strings side by side.
    fn plain(&mut self) -> Node {
        let mut clauses = Vec::new();
        for _ in 0..self.random.between(2, 4) {
            let leaf = match self.random.below(10) {
                0..7 => self.keyword(),
                _ => self.phrase(),
            };
            let is_weighted = self.random.happens(10);
            let node = if is_weighted { self.weighted(leaf) } else { node(leaf) };
            let occur = Occur::Should;
            clauses.push(Clause { occur, node });
        }
        node(Expression::Clauses(clauses))
    }

    fn tree(&mut self, depth: usize) -> Node {
        if depth == 0 || self.random.happens(15) {
            return node(self.leaf());
        }
        let parts = |writer: &mut Self| {
            let count = writer.random.between(2, 3);
            (0..count).map(|_| writer.tree(depth - 1)).collect()
        };
        match self.random.below(10) {
            0..3 => self.clauses(depth),
            3..5 => node(Expression::And(parts(self))),
            5..7 => node(Expression::Or(parts(self))),
            7 => node(Expression::Not(Box::new(self.tree(depth - 1)))),
            8 => node(self.near(depth - 1)),
            _ => {
                let part = self.tree(depth - 1);
                self.weighted(part.expression)
            }
        }
    }

    fn clauses(&mut self, depth: usize) -> Node {
        let mut clauses = Vec::new();
        for _ in 0..self.random.between(2, 4) {
            clauses.push(Clause {
                occur: *self
                    .random
                    .pick(&[Occur::Should, Occur::Should, Occur::Must, Occur::MustNot]),
                node: self.tree(depth - 1),
            });
        }
        node(Expression::Clauses(clauses))
    }

    fn weighted(&mut self, part: Expression) -> Node {
        node(Expression::Weighted(Weighted {
            node: Box::new(node(part)),
            thousandths: *self.random.pick(&[1, 500, 1_250, 2_000, 10_000]),
        }))
    }

    fn leaf(&mut self) -> Expression {
        if self.random.happens(10) {
            self.look_elsewhere();
        }
        match self.random.below(100) {
            0..26 => self.keyword(),
            26..46 => self.phrase(),
            46..59 => self.wildcard(),
            59..68 => self.fuzzy(),
            68..78 => self.gapped(),
            78..86 => self.regex(),
            _ => self.field(),
        }
    }

    /// Some units of the paragraph in focus, or of a stage direction in it.
    fn place(&mut self, longest: usize) -> Place<'a> {
        let paragraph = &self.texts.paragraphs[self.focus.0];
        if !paragraph.note_texts.is_empty() && self.random.happens(10) {
            let note = self.random.pick(&paragraph.note_texts);
            return Place::any(note, longest, &mut self.random);
        }
        Place::around(&paragraph.said, self.focus.1, longest, &mut self.random)
    }

    /// A text of some units that are not all punctuation.
    fn text(&mut self, longest: usize) -> String {
        for _ in 0..10 {
            let text = self.place(longest).text();
            if has_content(&text) {
                return text;
            }
        }
        "合作".to_owned()
    }

    fn keyword(&mut self) -> Expression {
        let text = unspaced(&self.text(4), &mut self.random);
        let text = match self.random.below(12) {
            0 => text.to_uppercase(),
            1 => format!("{text}s"),
            2 => retyped(&text, &mut self.random),
            _ => text,
        };
        Expression::Keyword(Keyword { text })
    }

    fn phrase(&mut self) -> Expression {
        let text = self.text(4);
        let is_retyped = self.random.happens(20);
        let text = if is_retyped {
            retyped(&text, &mut self.random)
        } else {
            text
        };
        Expression::Phrase(Phrase { text })
    }

    fn wildcard(&mut self) -> Expression {
        let text = unspaced(&self.text(3), &mut self.random);
        Expression::Wildcard(wildcard(&text, &mut self.random))
    }

    fn fuzzy(&mut self) -> Expression {
        let text = self.text(1);
        Expression::Fuzzy(fuzzy(&text, &mut self.random))
    }

    /// Strings that stand one after the other in the paragraph, or so but for their order.
    fn gapped(&mut self) -> Expression {
        let mut parts = Vec::new();
        for _ in 0..self.random.between(2, 3) {
            let part: String = self.text(2).split_whitespace().collect();
            parts.push(part);
        }
        Expression::Gapped(Gapped {
            parts,
            distance: self.distance(),
        })
    }

    fn distance(&mut self) -> u32 {
        let most = *self.random.pick(&[1, 3, 6, 12]);
        self.random.below(most + 1) as u32
    }

    fn regex(&mut self) -> Expression {
        let text = self.text(4);
        Expression::Regex(RegexQuery {
            pattern: pattern(&text, &mut self.random),
        })
    }

    fn near(&mut self, depth: usize) -> Expression {
        let count = self.random.between(2, 3);
        Expression::Near(Near {
            operands: (0..count).map(|_| node(self.operand(depth))).collect(),
            distance: self.distance(),
        })
    }

    fn operand(&mut self, depth: usize) -> Expression {
        match self.random.below(20) {
            0..7 => self.keyword(),
            7..11 => self.phrase(),
            11..13 => self.wildcard(),
            13 => self.fuzzy(),
            14 => self.gapped(),
            15 | 16 if depth > 0 => self.near(depth - 1),
            17..20 if depth > 0 => {
                let parts = vec![node(self.operand(depth - 1)), node(self.operand(depth - 1))];
                Expression::Or(parts)
            }
            _ => self.keyword(),
        }
    }

    /// A condition that the speech in focus fulfils, or nearly.
    fn field(&mut self) -> Expression {
        let first = self.texts.paragraphs[self.focus.0].passages.start;
        let passage = &self.texts.passages[first];
        let speech = &self.texts.speeches[passage.speech];
        let fields: Vec<&FieldName> = speech.fields().collect();
        let field = (*self.random.pick(&fields)).clone();
        let value = match (&passage.speaker, &field) {
            (Some((_, turn)), FieldName::Known(Field::Speaker)) => Some(turn),
            _ => speech.values(&field).first(),
        };
        let value = match (&field, value) {
            (FieldName::Known(Field::Date | Field::Published), Some(value)) => self.dates(&value.printed),
            (FieldName::Known(Field::Language), Some(value)) => self.language(&value.printed),
            (_, Some(value)) if has_content(&value.printed) => FieldValue::Text(Box::new(node(self.value(value)))),
            _ => FieldValue::Text(Box::new(node(self.keyword()))),
        };
        Expression::Field(FieldQuery { field, value })
    }

    fn dates(&mut self, printed: &str) -> FieldValue {
        let mut date = |shift: i16| -> Option<Date> {
            let date: Date = printed.parse().ok()?;
            match self.random.below(3) {
                0 => Some(date),
                1 => Date::year(date.calendar_year() + shift),
                _ => Date::month(date.calendar_year() + shift, self.random.between(1, 12) as i8),
            }
        };
        let (from, to) = (date(-1), date(1));
        let range = match self.random.below(5) {
            0 => DateRange { from, to: None },
            1 => DateRange { from: None, to },
            2 => DateRange { from, to: from },
            _ => DateRange { from, to },
        };
        let is_ordered = |(from, to): (Date, Date)| from.first_day() <= to.last_day();
        let is_right = range.from.zip(range.to).is_none_or(is_ordered);
        FieldValue::Dates(if is_right { range } else { DateRange { from, to: None } })
    }

    fn language(&mut self, tag: &str) -> FieldValue {
        let primary = tag.split('-').next().unwrap_or_default();
        let text = self.random.pick(&[tag, primary, "zh", "fr"]).to_string();
        FieldValue::Text(Box::new(node(match self.random.happens(20) {
            true => Expression::Phrase(Phrase { text }),
            false => Expression::Keyword(Keyword { text }),
        })))
    }

    /// A part of a value of a field, asked for in any way.
    fn value(&mut self, value: &Sequence) -> Expression {
        let mut text = String::new();
        while !has_content(&text) {
            text = Place::any(value, 4, &mut self.random).text();
        }
        let keyword = Keyword {
            text: unspaced(&text, &mut self.random),
        };
        match self.random.below(10) {
            0..5 => Expression::Keyword(keyword),
            5 | 6 => Expression::Phrase(Phrase { text }),
            7 => Expression::Wildcard(wildcard(&keyword.text, &mut self.random)),
            8 => Expression::Fuzzy(fuzzy(&text, &mut self.random)),
            _ => Expression::Regex(RegexQuery {
                pattern: pattern(&text, &mut self.random),
            }),
        }
    }
}

/// A node that stands nowhere yet.
pub(crate) fn node(expression: Expression) -> Node {
    Node {
        expression,
        span: ByteSpan::new(0, 0),
    }
}
