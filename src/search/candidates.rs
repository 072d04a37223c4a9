//! The passages outside of which several patterns cannot stand near each other: those of the paragraphs that have each of
//! them. They are cheap to tell, and the inflected forms of a word are then looked for in them alone.

use std::borrow::Cow;

use tantivy::{DocId, Term};

use super::matching::{docs_of, intersection, merged, term_counts};
use super::place::{SegmentPlace, units_counts};
use super::request::StageDirections;
use crate::error::Result;
use crate::index::{SegmentView, Snapshot};
use crate::pattern::{Pattern, StringPattern, UnitPattern};

/// The passages of a segment in whose paragraphs a pattern can match, ascending; `None` where telling takes as long as looking.
pub(super) fn candidates(
    pattern: &Pattern,
    segment: &SegmentView,
    snapshot: &Snapshot,
    directions: StageDirections,
) -> Result<Option<Vec<DocId>>> {
    let search = CandidateSearch {
        segment,
        snapshot,
        directions,
    };
    search.docs(pattern)
}

struct CandidateSearch<'a> {
    segment: &'a SegmentView,
    snapshot: &'a Snapshot,
    directions: StageDirections,
}

impl CandidateSearch<'_> {
    fn docs(&self, pattern: &Pattern) -> Result<Option<Vec<DocId>>> {
        match pattern {
            Pattern::String(string) => Ok(self.docs_with_string(string)?.map(|docs| self.whole_paragraphs(&docs))),
            Pattern::Any(parts) => {
                let mut any: Vec<DocId> = Vec::new();
                for part in parts {
                    let Some(docs) = self.docs(part)? else {
                        return Ok(None);
                    };
                    any = merged(Cow::Owned(any), Cow::Owned(docs)).into_owned();
                }
                Ok(Some(any))
            }
            Pattern::Near(near) => {
                let mut all: Option<Vec<DocId>> = None;
                for part in &near.parts {
                    if let Some(docs) = self.docs(part)? {
                        all = Some(all.map_or_else(|| docs.clone(), |all| intersection(&all, &docs)));
                    }
                }
                Ok(all)
            }
        }
    }

    fn docs_with_string(&self, string: &StringPattern) -> Result<Option<Vec<DocId>>> {
        let place = SegmentPlace::new(self.segment, self.snapshot, self.directions);
        if let [UnitPattern::Inflected { word, terms }] = string.units.as_slice() {
            let mut docs = docs_of(&units_counts(&[word], self.segment, self.directions));
            for term in terms {
                let term = Term::from_field_text(self.snapshot.fields().units, term);
                let with_term = docs_of(&term_counts(&term, self.segment)?);
                docs = merged(Cow::Owned(docs), Cow::Owned(with_term)).into_owned();
            }
            return Ok(Some(docs));
        }
        Ok(place.string_counts(string).map(|counts| docs_of(&counts)))
    }

    /// The passages of the paragraphs that have any of some passages, which ascend.
    fn whole_paragraphs(&self, docs: &[DocId]) -> Vec<DocId> {
        let mut whole: Vec<DocId> = Vec::with_capacity(docs.len());
        for &doc in docs {
            if whole.last().is_none_or(|last| *last < doc) {
                whole.extend(self.segment.strings().paragraph_of(doc));
            }
        }
        whole
    }
}
