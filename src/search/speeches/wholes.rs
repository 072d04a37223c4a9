//! What speeches score as wholes, beside their best passages.

use std::ops::Range;

use tantivy::DocId;
use tantivy::fieldnorm::FieldNormReader;

use crate::error::Result;
use crate::index::{SegmentView, Snapshot, damaged};
use crate::search::filters::{SegmentFilter, Verdict};
use crate::search::matches::{Matches, SegmentMatches};
use crate::search::matching::{DocCounts, gallop_by};
use crate::search::parts::{PartCounter, leaf_weight, part_count};
use crate::search::plan::Plan;
use crate::search::profile::RankingProfile;
use crate::search::request::SearchRequest;
use crate::search::scoring::{B, CorpusStatistics, K1, most};

/// What a part of the query adds to the score of a speech as a whole.
pub(in crate::search) struct WholeContribution {
    /// The number of the leaf; `None` for what it adds that the speech has all parts.
    pub(in crate::search) leaf: Option<usize>,
    /// How often it stands in the speech; or the number of parts.
    pub(in crate::search) count: u32,
    /// The difference that it makes to the score.
    pub(in crate::search) score: f64,
}

/// What speeches score as wholes: for each keyword or string of the query BM25, its frequency being the sum over the
/// passages that the filters let in, its length theirs, and the raise where the speech has all of them.
///
/// A keyword of frequency f in a speech of length l adds idf (k1 + 1) f / (f + k1 (1 - b + b l / m)), with m the mean length
/// of the speeches. The idf is that of passages: so wholes and passages weigh on one scale, and a word that is in every
/// speech of a small corpus still counts.
pub(in crate::search) struct WholeSpeeches<'a> {
    snapshot: &'a Snapshot,
    request: &'a SearchRequest,
    profile: RankingProfile,
    /// The leaves that count for a match, each with the most that it can score.
    keywords: Vec<(usize, f32)>,
    /// For each leaf of the plan, the part of the query that it stands for.
    parts: Vec<Option<usize>>,
    mean_length: f32,
}

impl<'a> WholeSpeeches<'a> {
    /// Weighs the parts of a plan.
    pub(in crate::search) fn weigh(
        plan: &Plan,
        matches: &Matches,
        request: &'a SearchRequest,
        snapshot: &'a Snapshot,
    ) -> Result<Self> {
        let statistics = CorpusStatistics::read(snapshot)?;
        let positive = (0..plan.leaves.len()).filter(|leaf| plan.is_positive[*leaf]);
        let keywords = positive.map(|leaf| (leaf, most(&leaf_weight(plan, leaf, matches, &statistics))));
        let mut speech_count = 0;
        for segment in snapshot.segments() {
            speech_count += segment.starts()?.len();
        }
        Ok(Self {
            snapshot,
            request,
            profile: request.profile,
            keywords: keywords.collect(),
            parts: plan.parts.clone(),
            mean_length: (statistics.tokens() as f32 / speech_count.max(1) as f32).max(1.0),
        })
    }

    /// The score of each of the speeches, which are ranges of the passages that match.
    pub(super) fn scores(
        &self,
        found: &SegmentMatches,
        speeches: &[Range<usize>],
        segment: &SegmentView,
    ) -> Result<Vec<f32>> {
        let lengths = self.lengths(found, speeches, segment)?;
        let mut scores = vec![0.0; speeches.len()];
        let mut present = PartCounter::new(&self.parts, speeches.len());
        for (leaf, most) in &self.keywords {
            let frequencies = frequencies(&found.leaves[*leaf], &found.docs, speeches);
            for (index, frequency) in frequencies.into_iter().enumerate().filter(|(_, count)| *count > 0) {
                scores[index] += self.keyword_score(*most, frequency, lengths[index]);
                present.add(*leaf, index);
            }
        }
        for index in self.with_all_parts(&present) {
            scores[index] *= 1.0 + self.profile.all_keywords;
        }
        Ok(scores)
    }

    /// What each keyword or string of the query adds to the score of a speech as a whole, and at last what it adds that the
    /// speech has all of them.
    pub(in crate::search) fn contributions(
        &self,
        found: &SegmentMatches,
        speech: Range<usize>,
        segment: &SegmentView,
    ) -> Result<Vec<WholeContribution>> {
        let speeches = [speech];
        let lengths = self.lengths(found, &speeches, segment)?;
        let mut present = PartCounter::new(&self.parts, speeches.len());
        let mut contributions = Vec::new();
        let mut of_keywords = 0.0;
        for (leaf, most) in &self.keywords {
            let frequency = frequencies(&found.leaves[*leaf], &found.docs, &speeches)[0];
            if frequency == 0 {
                continue;
            }
            let score = self.keyword_score(*most, frequency, lengths[0]);
            of_keywords += score;
            present.add(*leaf, 0);
            contributions.push(WholeContribution {
                leaf: Some(*leaf),
                count: frequency,
                score: f64::from(score),
            });
        }
        if !self.with_all_parts(&present).is_empty() {
            contributions.push(WholeContribution {
                leaf: None,
                count: self.part_count() as u32,
                score: f64::from(self.profile.all_keywords * of_keywords),
            });
        }
        Ok(contributions)
    }

    /// What a keyword that can score `most` adds to the score of a speech in which it stands so often.
    fn keyword_score(&self, most: f32, frequency: u32, length: f32) -> f32 {
        self.profile.speech * most * self.saturation(frequency as f32, length)
    }

    /// The speeches that have all of several parts of the query.
    fn with_all_parts(&self, present: &PartCounter<'_>) -> Vec<usize> {
        match self.part_count() {
            0 | 1 => Vec::new(),
            part_count => present.with_at_least(part_count).collect(),
        }
    }

    /// The number of parts of the query that a speech can have.
    fn part_count(&self) -> usize {
        part_count(&self.parts, self.keywords.iter().map(|(leaf, _)| *leaf))
    }

    fn saturation(&self, frequency: f32, length: f32) -> f32 {
        frequency / (frequency + K1 * (1.0 - B + B * length / self.mean_length))
    }

    /// The number of words in what the filters let in of each speech.
    fn lengths(&self, found: &SegmentMatches, speeches: &[Range<usize>], segment: &SegmentView) -> Result<Vec<f32>> {
        let fields = self.snapshot.fields();
        let words: FieldNormReader = segment.reader().get_fieldnorms_reader(fields.units).map_err(damaged)?;
        let filter = SegmentFilter::judge(&self.request.filters, segment, fields)?;
        let is_in = |doc: &DocId| filter.as_ref().is_none_or(|filter| filter.verdict(*doc) == Verdict::In);
        let mut lengths = Vec::with_capacity(speeches.len());
        for speech in speeches {
            let block = segment.block_of(segment.start_of(found.docs[speech.start])?)?;
            let length: u64 = block.filter(is_in).map(|doc| u64::from(words.fieldnorm(doc))).sum();
            lengths.push(length as f32);
        }
        Ok(lengths)
    }
}

/// How often something stands in each of the speeches, which are ranges of `docs`, in the passages of `docs` alone.
fn frequencies(counts: &DocCounts, docs: &[DocId], speeches: &[Range<usize>]) -> Vec<u32> {
    let mut rest = &counts[..];
    let mut frequency_in = |speech: &Range<usize>| {
        let mut frequency: u32 = 0;
        for &doc in &docs[speech.clone()] {
            if rest.first().is_some_and(|(other, _)| *other < doc) {
                rest = &rest[gallop_by(rest, |(other, _)| *other < doc)..];
            }
            if let Some(&(other, count)) = rest.first()
                && other == doc
            {
                frequency = frequency.saturating_add(count);
                rest = &rest[1..];
            }
        }
        frequency
    };
    speeches.iter().map(&mut frequency_in).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn something_is_counted_in_the_passages_that_match_alone() {
        let counts: DocCounts = vec![(1, 2), (2, 5), (4, 1), (9, 3), (12, 7)];
        assert_eq!(frequencies(&counts, &[1, 3, 4, 9, 10], &[0..3, 3..5]), [3, 3]);
        assert_eq!(frequencies(&Vec::new(), &[1, 3], &[0..1, 1..2]), [0, 0]);
    }
}
