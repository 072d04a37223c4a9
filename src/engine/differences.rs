//! What differs between two speeches, by paragraphs.

use std::time::Duration;

use serde::Serialize;

use super::reading::Engine;
use super::versions::two_decimals;
use crate::analyzer::unit_text::passage_units;
use crate::corpus::Speech;
use crate::corpus::difference::{ParagraphPair, Part, PartKind, difference};
use crate::corpus::fingerprint::{Fingerprint, Fingerprinting};
use crate::error::Result;
use crate::text::{ByteSpan, CharSpan, char_spans};

/// How long two speeches are compared, at most; texts of 300,000 characters take a tenth of it.
const PATIENCE: Duration = Duration::from_secs(1);

/// What differs between two speeches.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct SpeechDifference {
    /// The id of the first speech.
    pub from: String,
    /// The id of the second speech.
    pub to: String,
    /// The share of the word sequences of either text that both have, from 0 to 1, to two decimals; an estimate.
    pub similarity: f64,
    /// The share of the word sequences of the shorter text that the longer one has, in the same way.
    pub containment: f64,
    /// The paragraphs that differ, in order.
    pub changes: Vec<ChangedParagraph>,
    /// The paragraphs of the second speech in which nothing differs.
    pub unchanged_paragraphs: usize,
}

/// A paragraph of the first speech beside the one of the second that it became, or a part of one where it was divided.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct ChangedParagraph {
    /// The paragraph of the first speech, from 1; absent where the paragraph is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_paragraph: Option<u32>,
    /// The paragraph of the second speech, from 1; absent where the paragraph is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_paragraph: Option<u32>,
    /// Its parts, in order.
    pub parts: Vec<ChangedPart>,
}

/// A part of a paragraph.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct ChangedPart {
    /// Whether it stands in both texts or in which.
    pub kind: PartKind,
    /// The text as printed: of a deleted part in the first speech, else in the second.
    pub text: String,
    /// The code points of that speech's body before it.
    pub start: usize,
    /// The code points of that body up to its end.
    pub end: usize,
}

impl Engine {
    /// What differs between two speeches, by their ids.
    ///
    /// # Errors
    /// No speech has one of the ids.
    pub fn difference(&self, from: &str, to: &str) -> Result<SpeechDifference> {
        let (from, _) = self.snapshot().speech(self.snapshot().find(from)?)?;
        let (to, _) = self.snapshot().speech(self.snapshot().find(to)?)?;
        let pairs = difference(&from, &to, PATIENCE);
        let (changed, unchanged): (Vec<ParagraphPair>, Vec<ParagraphPair>) =
            pairs.into_iter().partition(ParagraphPair::is_changed);
        let is_changed = |pair: &ParagraphPair| changed.iter().any(|other| other.to == pair.to);
        let mut unchanged_paragraphs: Vec<Option<u32>> = unchanged
            .iter()
            .filter(|pair| !is_changed(pair))
            .map(|pair| pair.to)
            .collect();
        unchanged_paragraphs.dedup();
        let likeness = fingerprint(&from).likeness(&fingerprint(&to));
        Ok(SpeechDifference {
            similarity: two_decimals(likeness.similarity),
            containment: two_decimals(likeness.containment),
            changes: changed_paragraphs(&changed, &from, &to),
            unchanged_paragraphs: unchanged_paragraphs.len(),
            from: from.id,
            to: to.id,
        })
    }
}

/// The fingerprint of a speech, the same as the index holds.
fn fingerprint(speech: &Speech) -> Fingerprint {
    let mut fingerprinting = Fingerprinting::default();
    for passage in crate::corpus::passage::passages(speech) {
        fingerprinting.add(&passage_units(passage.text).speech);
    }
    fingerprinting.finish()
}

fn changed_paragraphs(pairs: &[ParagraphPair], from: &Speech, to: &Speech) -> Vec<ChangedParagraph> {
    let parts = || pairs.iter().flat_map(|pair| &pair.parts);
    let mut of_from = body_spans(from, parts().filter(|part| part.kind == PartKind::Delete)).into_iter();
    let mut of_to = body_spans(to, parts().filter(|part| part.kind != PartKind::Delete)).into_iter();
    let mut changed_part = |part: &Part| {
        let (speech, spans) = match part.kind {
            PartKind::Delete => (from, &mut of_from),
            PartKind::Equal | PartKind::Insert => (to, &mut of_to),
        };
        let span = spans.next().unwrap_or(CharSpan { start: 0, end: 0 });
        ChangedPart {
            kind: part.kind,
            text: speech.text[part.span.range()].to_owned(),
            start: span.start,
            end: span.end,
        }
    };
    let mut changed = Vec::with_capacity(pairs.len());
    for pair in pairs {
        changed.push(ChangedParagraph {
            from_paragraph: pair.from,
            to_paragraph: pair.to,
            parts: pair.parts.iter().map(&mut changed_part).collect(),
        });
    }
    changed
}

/// Where parts stand in the body of their speech, in code points.
fn body_spans<'a>(speech: &Speech, parts: impl Iterator<Item = &'a Part>) -> Vec<CharSpan> {
    let start = speech.body.start;
    let spans: Vec<ByteSpan> = parts
        .map(|part| ByteSpan::new(part.span.start - start, part.span.end - start))
        .collect();
    char_spans(speech.body_text(), &spans)
}
