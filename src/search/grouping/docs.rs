//! Passages of a speech: all of them, or some.

use tantivy::DocId;

use crate::search::matching::DocCounts;

/// Passages, ascending.
pub(super) enum Docs {
    Range(std::ops::Range<DocId>),
    List(Vec<DocId>),
}

impl Docs {
    /// The passages, one by one.
    pub(super) fn list(&self) -> Vec<DocId> {
        match self {
            Self::Range(range) => range.clone().collect(),
            Self::List(docs) => docs.clone(),
        }
    }

    /// Of the passages of a segment that match those among these.
    pub(super) fn hits(&self, of_segment: &DocCounts) -> DocCounts {
        let (first, last) = match self {
            Self::Range(range) => (range.start, range.end),
            Self::List(docs) => match (docs.first(), docs.last()) {
                (Some(first), Some(last)) => (*first, *last + 1),
                _ => return DocCounts::new(),
            },
        };
        let from = of_segment.partition_point(|(doc, _)| *doc < first);
        let within = of_segment[from..].iter().take_while(|(doc, _)| *doc < last);
        match self {
            Self::Range(_) => within.copied().collect(),
            Self::List(docs) => within
                .filter(|(doc, _)| docs.binary_search(doc).is_ok())
                .copied()
                .collect(),
        }
    }
}
