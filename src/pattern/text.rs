//! A folded text as the place in which patterns are looked up.

use std::convert::Infallible;

use super::{Place, Printed, Step, StringPattern, UnitSpan};
use crate::analyzer::folding::BROKEN_WORD_UNITS;
use crate::analyzer::unit_text::span_of;
use crate::analyzer::{FoldedText, UnitKind};

/// The units of a text, such as those of a paragraph or of a stage direction in it.
#[derive(Clone, Copy)]
pub struct TextPlace<'a> {
    /// The units.
    pub units: &'a FoldedText,
    /// The text that they come from, as printed.
    pub text: &'a str,
    /// The primary subtag of the language; `None` where words are not inflected.
    pub language: Option<&'a str>,
}

impl TextPlace<'_> {
    /// Where a string ends that begins at a unit: a word that a line end broke is tried as the compound, then as one word.
    fn end_of(&self, start: usize, string: &StringPattern) -> Option<usize> {
        let (mut place, mut index) = (start, 0);
        let mut other_ways: Vec<(usize, usize)> = Vec::new();
        while let Some(wanted) = string.units.get(index) {
            let is_unit = place < self.units.len() && wanted.matches(self.units.unit_text(place), self.language);
            let joined = self.units.joined_at(place);
            if joined.is_some_and(|word| wanted.matches(word, self.language)) {
                other_ways.push((place + BROKEN_WORD_UNITS, index + 1));
            }
            (place, index) = match is_unit {
                true => (place + 1, index + 1),
                false => other_ways.pop()?,
            };
        }
        let as_printed = string.printed.as_ref();
        as_printed
            .is_none_or(|printed| self.is_printed(start, place - start, printed))
            .then_some(place)
    }

    fn is_printed(&self, start: usize, length: usize, printed: &Printed) -> bool {
        let text = self.text.get(span_of(self.units, start, length).range());
        text.is_some_and(|text| match printed {
            Printed::Characters(open) => open.matches(text),
            Printed::Within(word, distance) => strsim::osa_distance(word, text) <= usize::from(*distance),
        })
    }
}

impl Place for TextPlace<'_> {
    type Error = Infallible;

    fn strings(&self, string: &StringPattern) -> Result<Vec<UnitSpan>, Infallible> {
        if string.units.is_empty() {
            return Ok(Vec::new());
        }
        let span = |start| {
            let end = self.end_of(start, string)?;
            Some(UnitSpan {
                start: start as u32,
                end: end as u32,
            })
        };
        Ok((0..self.units.len()).filter_map(span).collect())
    }

    fn step(&self, position: u32) -> Step {
        match self.units.units().get(position as usize).map(|unit| unit.kind) {
            None => Step::Barrier,
            Some(UnitKind::Mark) => Step::Mark,
            Some(_) => Step::Counted,
        }
    }
}
