//! Where the formulations of a list stand in a speech, exactly and altered.

use super::{AlteredForm, FormOccurrence, FormPart};
use crate::analyzer::unit_text::passage_units;
use crate::corpus::passage::{Passage, passages};
use crate::corpus::{PassageAddress, Speech};
use crate::error::Result;
use crate::forms::{Alteration, Formulation, Formulations, Wording, alterations};
use crate::highlight::{MarkedText, Paragraph};
use crate::pattern::Pattern;
use crate::search::leaf::string_pattern;
use crate::search::{SearchRequest, StageDirections, Strictness};
use crate::text::{ByteSpan, CharSpan, char_spans};

/// Where formulations stand.
pub(super) struct Places {
    /// For each formulation where it stands exactly, in the order of the text; different wordings at the same range are one.
    pub(super) exact: Vec<Vec<FormOccurrence>>,
    /// Where one stands altered, in the order of the text.
    pub(super) altered: Vec<AlteredForm>,
    /// The formulations of which no wording is long enough to be told when altered.
    pub(super) too_short: u64,
}

/// The wordings of a list, made ready.
struct Sought<'a> {
    /// The number of the formulation, the wording and its pattern.
    wordings: Vec<(usize, &'a str, Pattern)>,
    /// The same wordings to be known again.
    altered: Vec<Wording>,
    list: &'a [Formulation],
}

pub(super) fn places(speech: &Speech, forms: &Formulations, search: &SearchRequest) -> Result<Places> {
    let sought = Sought::new(forms, search.strictness)?;
    let passages = passages(speech);
    let language = speech.metadata.language();
    let mut places = Places {
        exact: vec![Vec::new(); forms.list().len()],
        altered: Vec::new(),
        too_short: sought.too_short(),
    };
    for (index, paragraph) in speech.paragraphs.iter().enumerate() {
        search.stop.check()?;
        let text = &speech.text[paragraph.span.range()];
        let read = Paragraph::read(MarkedText {
            before: "",
            text,
            continuation: "",
            language: language.as_ref().map_or("", |language| language.primary()),
            with_notes: search.stage_directions == StageDirections::Included,
        });
        let within = InParagraph {
            speech,
            number: index as u32 + 1,
            span: paragraph.span,
            passages: &passages,
        };
        let exact = sought.exact(&read);
        let ranges: Vec<ByteSpan> = exact.iter().map(|(span, ..)| *span).collect();
        for ((_, form, wording), place) in exact.iter().zip(within.places(&ranges)) {
            places.exact[*form].push(FormOccurrence {
                wording: (*wording).to_owned(),
                passage: place.passage,
                paragraph: within.number,
                start: place.span.start,
                end: place.span.end,
                text: place.text,
            });
        }
        let altered = alterations(&passage_units(text).speech, &sought.altered, &ranges);
        let ranges: Vec<ByteSpan> = altered.iter().map(|alteration| alteration.span).collect();
        for (alteration, place) in altered.iter().zip(within.places(&ranges)) {
            places
                .altered
                .push(sought.altered_form(alteration, text, within.number, place));
        }
    }
    Ok(places)
}

impl<'a> Sought<'a> {
    fn new(forms: &'a Formulations, strictness: Strictness) -> Result<Self> {
        let mut sought = Self {
            wordings: Vec::new(),
            altered: Vec::new(),
            list: forms.list(),
        };
        for (number, formulation) in forms.list().iter().enumerate() {
            for wording in formulation.wordings() {
                let pattern = string_pattern(wording, strictness == Strictness::AsPrinted)?;
                sought.wordings.push((number, wording, pattern));
                sought.altered.push(Wording::new(wording));
            }
        }
        Ok(sought)
    }

    fn too_short(&self) -> u64 {
        let wordings = || self.wordings.iter().zip(&self.altered);
        let is_short = |number: &usize| wordings().all(|((of, ..), wording)| of != number || wording.is_too_short());
        (0..self.list.len()).filter(is_short).count() as u64
    }

    /// The ranges of a paragraph at which formulations stand, ascending, each with the number of the formulation and the wording.
    fn exact(&self, paragraph: &Paragraph<'_>) -> Vec<(ByteSpan, usize, &'a str)> {
        let mut found = Vec::new();
        for (number, wording, pattern) in &self.wordings {
            let spans = paragraph.matches(pattern);
            found.extend(spans.into_iter().map(|span| (span, *number, *wording)));
        }
        // The sort is stable, so of the wordings at one range the first of the list is kept.
        found.sort_by_key(|(span, number, _)| (*span, *number));
        found.dedup_by_key(|(span, number, _)| (*span, *number));
        found
    }

    fn altered_form(&self, alteration: &Alteration, text: &str, paragraph: u32, place: Place) -> AlteredForm {
        let (number, wording, _) = &self.wordings[alteration.wording];
        let part = |part: &crate::forms::AlteredPart| FormPart {
            change: part.change,
            form: wording[part.form.range()].to_owned(),
            text: text[part.text.range()].to_owned(),
        };
        AlteredForm {
            id: self.list[*number].id.clone(),
            form: (*wording).to_owned(),
            changes: alteration.changes,
            passage: place.passage,
            paragraph,
            start: place.span.start,
            end: place.span.end,
            text: place.text,
            parts: alteration.parts.iter().map(part).collect(),
        }
    }
}

/// A paragraph of a speech.
struct InParagraph<'a> {
    speech: &'a Speech,
    number: u32,
    span: ByteSpan,
    passages: &'a [Passage<'a>],
}

/// A range of a speech as it is shown.
struct Place {
    passage: String,
    /// In code points of the body.
    span: CharSpan,
    text: String,
}

impl InParagraph<'_> {
    /// Ranges of the paragraph as they are shown.
    fn places(&self, ranges: &[ByteSpan]) -> Vec<Place> {
        if ranges.is_empty() {
            return Vec::new();
        }
        let offset = self.span.start - self.speech.body.start;
        let in_body: Vec<ByteSpan> = (ranges.iter())
            .map(|range| ByteSpan::new(range.start + offset, range.end + offset))
            .collect();
        let body = self.speech.body_text();
        let spans = char_spans(body, &in_body);
        (in_body.iter().zip(spans))
            .map(|(range, span)| Place {
                passage: self.address_of(range.start + self.speech.body.start),
                span,
                text: body[range.range()].to_owned(),
            })
            .collect()
    }

    /// The address of the passage in which a byte of the speech's text stands.
    fn address_of(&self, byte: usize) -> String {
        let after = self.passages.partition_point(|passage| passage.span.start <= byte);
        let piece = after.checked_sub(1).and_then(|index| self.passages[index].piece);
        let address = PassageAddress {
            speech: self.speech.id.clone(),
            paragraph: self.number,
            piece,
        };
        address.to_string()
    }
}
