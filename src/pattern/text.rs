//! A folded text as the place in which patterns are looked up.

use std::convert::Infallible;

use super::{Place, Printed, Step, StringPattern, UnitSpan};
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
    fn stands_at(&self, start: usize, string: &StringPattern) -> bool {
        let mut units = string.units.iter().enumerate();
        units.all(|(offset, unit)| unit.matches(self.units.unit_text(start + offset), self.language))
            && string
                .printed
                .as_ref()
                .is_none_or(|printed| self.is_printed(start, string.units.len(), printed))
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
        let length = string.units.len();
        let Some(last_start) = self.units.len().checked_sub(length).filter(|_| length > 0) else {
            return Ok(Vec::new());
        };
        let starts = (0..=last_start).filter(|start| self.stands_at(*start, string));
        Ok(starts
            .map(|start| UnitSpan {
                start: start as u32,
                end: (start + length) as u32,
            })
            .collect())
    }

    fn step(&self, position: u32) -> Step {
        match self.units.units().get(position as usize).map(|unit| unit.kind) {
            None => Step::Barrier,
            Some(UnitKind::Mark) => Step::Mark,
            Some(_) => Step::Counted,
        }
    }
}
