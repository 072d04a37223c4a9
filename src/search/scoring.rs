//! The score of a passage: how rare and how frequent in it the keywords, strings and words of the query are.
//!
//! Every part is BM25 (Robertson & Zaragoza 2009; k1 = 1.2, b = 0.75 as tantivy fixes them), over units for strings and
//! over terms for words. All parts are added up; none of them decides what matches.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{Bm25StatisticsProvider, Bm25Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Term};

use super::matching::{DocCounts, gallop_by, term_counts, word_counts};
use super::titles::TitleWords;
use crate::error::Result;
use crate::index::{SegmentView, Snapshot, damaged};
use crate::text::is_han;

/// The parameters of BM25, as tantivy fixes them for passages.
pub(super) const K1: f32 = 1.2;
pub(super) const B: f32 = 0.75;

/// The numbers that BM25 needs of the whole corpus.
pub(super) struct CorpusStatistics<'a> {
    snapshot: &'a Snapshot,
    passages: u64,
    tokens: u64,
    average_length: f32,
}

impl<'a> CorpusStatistics<'a> {
    pub(super) fn read(snapshot: &'a Snapshot) -> Result<Self> {
        let searcher = snapshot.searcher();
        let passages = snapshot.scored_passage_count()?.max(1);
        let tokens = searcher.total_num_tokens(snapshot.fields().units).map_err(damaged)?;
        Ok(Self {
            snapshot,
            passages,
            tokens,
            average_length: (tokens as f32 / passages as f32).max(1.0),
        })
    }

    /// The number of words in all passages.
    pub(super) fn tokens(&self) -> u64 {
        self.tokens
    }

    /// The weight of something that stands in so many passages.
    pub(super) fn weight(&self, passages_with: u64) -> Bm25Weight {
        Bm25Weight::for_one_term(passages_with.min(self.passages), self.passages, self.average_length)
    }

    /// The words of a query that the corpus has, each with its weight.
    pub(super) fn weigh_words(&self, words: &[String]) -> Result<Vec<WeighedWord>> {
        let mut weighed = Vec::with_capacity(words.len());
        for word in words {
            let (passages_with, places) = self.places(word)?;
            if passages_with > 0 {
                weighed.push(WeighedWord {
                    word: word.clone(),
                    places,
                    weight: self.weight(passages_with),
                });
            }
        }
        Ok(weighed)
    }

    /// The number of passages with a word, and where they are listed.
    fn places(&self, word: &str) -> Result<(u64, WordPlaces)> {
        let term = Term::from_field_text(self.snapshot.fields().units, word);
        let passages_with = Bm25StatisticsProvider::doc_freq(self.snapshot.searcher(), &term).map_err(damaged)?;
        if passages_with > 0 || !word.chars().all(is_han) {
            return Ok((passages_with, WordPlaces::Term(term)));
        }
        let segments = self.snapshot.segments().iter();
        let counts = segments.map(|segment| word_counts(word, segment, self.snapshot));
        let counts: Vec<DocCounts> = counts.collect::<Result<_>>()?;
        let passages_with = counts.iter().map(|counts| counts.len() as u64).sum();
        Ok((passages_with, WordPlaces::Counted(counts)))
    }
}

/// A word of a query, with its weight in the corpus.
pub(super) struct WeighedWord {
    pub(super) word: String,
    pub(super) places: WordPlaces,
    pub(super) weight: Bm25Weight,
}

/// Where a word stands.
pub(super) enum WordPlaces {
    /// Where the words index lists this term.
    Term(Term),
    /// In these passages of each segment: a Han word that no dictionary has.
    Counted(Vec<DocCounts>),
}

/// Something that stands in so many times more passages than match is sought in each match.
const FEW: usize = 8;

/// The scores of a segment's matches, in the order of the matches.
pub(super) struct Scores<'a> {
    docs: &'a [DocId],
    scores: Vec<f32>,
    lengths: FieldNormReader,
}

impl WeighedWord {
    /// The number of passages of a segment with the word, deleted ones included.
    pub(super) fn passages_with(&self, number: usize, segment: &SegmentView) -> Result<u32> {
        match &self.places {
            WordPlaces::Counted(counts) => Ok(counts[number].len() as u32),
            WordPlaces::Term(term) => {
                let inverted = segment.reader().inverted_index(term.field()).map_err(damaged)?;
                inverted.doc_freq(term).map_err(|error| damaged(error.into()))
            }
        }
    }
}

impl<'a> Scores<'a> {
    /// Scores so far, to which more is added.
    pub(super) fn on(docs: &'a [DocId], scores: Vec<f32>, segment: &SegmentView, snapshot: &Snapshot) -> Result<Self> {
        let lengths = segment
            .reader()
            .get_fieldnorms_reader(snapshot.fields().units)
            .map_err(damaged)?;
        Ok(Self { docs, scores, lengths })
    }

    /// Adds what something scores in each passage, times a factor.
    pub(super) fn add(&mut self, counts: &DocCounts, weight: &Bm25Weight, factor: f32) {
        let Self { docs, scores, lengths } = self;
        for_each_common(counts, docs, |index, count| {
            scores[index] += factor * weight.score(lengths.fieldnorm_id(docs[index]), count);
        });
    }

    /// Adds the same to every match that something stands in.
    pub(super) fn add_alike(&mut self, counts: &DocCounts, score: f32) {
        let Self { docs, scores, .. } = self;
        for_each_common(counts, docs, |index, _| scores[index] += score);
    }

    /// Adds what the titles of their speeches score, times a factor.
    pub(super) fn add_titles(&mut self, titles: &TitleWords, segment: &SegmentView, factor: f32) -> Result<()> {
        if titles.is_empty() {
            return Ok(());
        }
        let starts: Vec<DocId> = self
            .docs
            .iter()
            .map(|doc| segment.start_of(*doc))
            .collect::<Result<_>>()?;
        let mut speeches = starts.clone();
        speeches.dedup();
        let of_speeches = titles.scores(&speeches, segment)?;
        let mut speech = 0;
        for (start, score) in starts.iter().zip(&mut self.scores) {
            while speeches[speech] < *start {
                speech += 1;
            }
            *score += factor * of_speeches[speech];
        }
        Ok(())
    }

    /// Adds a word by seeking each match in its postings.
    fn add_postings(&mut self, mut postings: SegmentPostings, weight: &Bm25Weight, factor: f32) {
        for (index, &doc) in self.docs.iter().enumerate() {
            if postings.doc() < doc {
                postings.seek(doc);
            }
            if postings.doc() == doc {
                self.scores[index] += factor * weight.score(self.lengths.fieldnorm_id(doc), postings.term_freq());
            }
        }
    }

    /// Raises the headings of sections, an ascending list, by a share of their scores.
    pub(super) fn raise_headings(&mut self, headings: &[DocId], share: f32) {
        if headings.len() > self.docs.len() {
            let is_heading = |index: &usize| headings.binary_search(&self.docs[*index]).is_ok();
            let matched: Vec<usize> = (0..self.docs.len()).filter(is_heading).collect();
            return matched.into_iter().for_each(|index| self.raise(index, share));
        }
        for heading in headings {
            if let Ok(index) = self.docs.binary_search(heading) {
                self.raise(index, share);
            }
        }
    }

    /// Adds a share of a match's score to it.
    pub(super) fn raise(&mut self, index: usize, share: f32) {
        self.scores[index] *= 1.0 + share;
    }

    /// Adds a word of the query, which raises the score of what matches and makes nothing match.
    /// `number` is that of the segment.
    pub(super) fn add_word(
        &mut self,
        word: &WeighedWord,
        number: usize,
        segment: &SegmentView,
        factor: f32,
    ) -> Result<()> {
        let term = match &word.places {
            WordPlaces::Term(term) => term,
            WordPlaces::Counted(counts) => {
                self.add(&counts[number], &word.weight, factor);
                return Ok(());
            }
        };
        let Some(postings) = postings(term, segment)? else {
            return Ok(());
        };
        if postings.size_hint() as usize / FEW > self.docs.len() {
            self.add_postings(postings, &word.weight, factor);
        } else {
            self.add(&term_counts(term, segment)?, &word.weight, factor);
        }
        Ok(())
    }

    /// The scores so far.
    pub(super) fn so_far(&self) -> &[f32] {
        &self.scores
    }

    pub(super) fn into_scores(self) -> Vec<f32> {
        self.scores
    }
}

/// Hands on each place of an ascending list of passages that something stands in, with how often.
pub(super) fn for_each_common(counts: &DocCounts, docs: &[DocId], mut found: impl FnMut(usize, u32)) {
    let mut rest = &counts[..];
    if counts.len() / FEW > docs.len() {
        for (index, &doc) in docs.iter().enumerate() {
            rest = &rest[gallop_by(rest, |(other, _)| *other < doc)..];
            match rest.first() {
                None => return,
                Some(&(other, count)) if other == doc => found(index, count),
                Some(_) => {}
            }
        }
        return;
    }
    let mut index = 0;
    for &(doc, count) in counts {
        while docs.get(index).is_some_and(|matched| *matched < doc) {
            index += 1;
        }
        match docs.get(index) {
            None => return,
            Some(matched) if *matched == doc => found(index, count),
            Some(_) => {}
        }
    }
}

fn postings(term: &Term, segment: &SegmentView) -> Result<Option<SegmentPostings>> {
    let inverted = segment.reader().inverted_index(term.field()).map_err(damaged)?;
    let postings = inverted.read_postings(term, IndexRecordOption::WithFreqs);
    postings.map_err(|error| damaged(error.into()))
}

/// How often a term stands in a passage.
pub(super) fn frequency(term: &Term, doc: DocId, segment: &SegmentView) -> Result<u32> {
    let Some(mut postings) = postings(term, segment)? else {
        return Ok(0);
    };
    if postings.doc() < doc {
        postings.seek(doc);
    }
    Ok(if postings.doc() == doc { postings.term_freq() } else { 0 })
}

/// The most that a weight can make of any frequency in a passage of any length.
pub(super) fn most(weight: &Bm25Weight) -> f32 {
    weight.score(0, u32::MAX)
}

/// How rare something is: the inverse document frequency in a weight, with whatever the weight was multiplied by.
pub(super) fn rarity(weight: &Bm25Weight) -> f32 {
    most(weight) / (K1 + 1.0)
}

/// What a weight makes of something that stands once in the shortest passage.
pub(super) fn once(weight: &Bm25Weight) -> f32 {
    weight.score(0, 1)
}

/// What is below it does not tie with a score, rounded as scores are.
pub(super) fn tie_threshold(score: f32) -> f32 {
    score * (1.0 - 1e-5)
}

/// A score to six significant digits: what is compared and printed.
pub(super) fn rounded(score: f32) -> f64 {
    if score <= 0.0 || !score.is_finite() {
        return 0.0;
    }
    let value = f64::from(score);
    let scale = 10f64.powi(5 - value.log10().floor() as i32);
    (value * scale).round() / scale
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_compared_to_six_significant_digits() {
        assert_eq!(rounded(9.312_345_6), 9.31235);
        assert_eq!(rounded(0.001_234_567_8), 0.001_234_57);
        assert_eq!(rounded(123_456.7), 123_457.0);
        assert_eq!(rounded(0.0), 0.0);
    }
}
