//! What the title of a speech adds to the score of its passages. It never makes a passage a hit.

use tantivy::query::{Bm25StatisticsProvider, Bm25Weight};
use tantivy::{DocId, Term};

use super::matching::term_counts;
use super::scoring::{for_each_common, frequency};
use crate::error::Result;
use crate::index::{SegmentView, Snapshot, damaged};

/// The words of a query that titles of the corpus have, each with its weight among titles.
pub(super) struct TitleWords {
    words: Vec<TitleWord>,
}

struct TitleWord {
    word: String,
    term: Term,
    weight: Bm25Weight,
}

impl TitleWords {
    /// Weighs the words of a query.
    pub(super) fn weigh(words: &[String], snapshot: &Snapshot) -> Result<Self> {
        let (searcher, field) = (snapshot.searcher(), snapshot.fields().title);
        // Title words are counted against passages as all words are, so that both weigh on one scale.
        let passages = snapshot.scored_passage_count()?.max(1);
        let tokens = searcher.total_num_tokens(field).map_err(damaged)?;
        let average_length = (tokens as f32 / passages as f32).max(1.0);
        let mut weighed = Vec::new();
        for word in words {
            let term = Term::from_field_text(field, word);
            let titles_with = Bm25StatisticsProvider::doc_freq(searcher, &term).map_err(damaged)?;
            if titles_with > 0 {
                weighed.push(TitleWord {
                    word: word.clone(),
                    term,
                    weight: Bm25Weight::for_one_term(titles_with.min(passages), passages, average_length),
                });
            }
        }
        Ok(Self { words: weighed })
    }

    /// Whether no title has any of the words.
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// What the titles of some speeches of a segment score, given by the first passage of each, ascending.
    pub(super) fn scores(&self, starts: &[DocId], segment: &SegmentView) -> Result<Vec<f32>> {
        let mut scores = vec![0.0; starts.len()];
        for word in &self.words {
            let lengths = segment
                .reader()
                .get_fieldnorms_reader(word.term.field())
                .map_err(damaged)?;
            for_each_common(&term_counts(&word.term, segment)?, starts, |index, count| {
                scores[index] += word.weight.score(lengths.fieldnorm_id(starts[index]), count);
            });
        }
        Ok(scores)
    }

    /// The words that the title of the speech that begins at a passage has.
    pub(super) fn words_of(&self, start: DocId, segment: &SegmentView) -> Result<Vec<&str>> {
        let mut words = Vec::new();
        for word in &self.words {
            if frequency(&word.term, start, segment)? > 0 {
                words.push(word.word.as_str());
            }
        }
        Ok(words)
    }
}
