//! What is shown beside a speech: the lines that its fields were read from, and its matter.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::corpus::passage::matter_number;
use crate::corpus::{Matter, MatterPlace, Quotation};

/// Where a field was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct FieldView {
    /// The lines or values of the source, as they stand there.
    pub quoted: Vec<String>,
}

/// Text that stood beside a speech in its source and is nobody's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct MatterView {
    /// Its number, from 1: its address is `ID#mN`.
    pub n: u32,
    /// Where it stood: before the first paragraph, between two, or behind the last.
    pub place: MatterPlace,
    /// The paragraph behind which it stood; 0 before the first.
    pub after_paragraph: u32,
    /// The text, a line for each line of the source.
    pub text: String,
}

/// All matter of a speech, or that which a paragraph number asks for; none beside a paragraph.
pub(super) fn matter_views(matter: Vec<Matter>, paragraph: Option<u32>) -> Vec<MatterView> {
    let views = matter.into_iter().zip(1..).map(|(matter, n)| MatterView {
        n,
        place: matter.place,
        after_paragraph: matter.after_paragraph,
        text: matter.text,
    });
    views
        .filter(|view| paragraph.is_none_or(|paragraph| matter_number(paragraph) == Some(view.n)))
        .collect()
}

/// What each field was read from.
pub(super) fn field_views(quoted: Vec<Quotation>) -> BTreeMap<String, FieldView> {
    let mut fields: BTreeMap<String, FieldView> = BTreeMap::new();
    for quotation in quoted {
        for field in quotation.fields {
            fields.entry(field).or_default().quoted.push(quotation.text.clone());
        }
    }
    fields
}
