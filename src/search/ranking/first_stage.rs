//! The first stage: what leaves and words score in everything that matches, and the few passages among it that can be the
//! best. Lists are added up from the rarest on; once passages that are in none of those added can no longer be among the
//! best, the longer lists are only asked about the passages that still can (MaxScore, Turtle and Flood 1995). What is found
//! is the same as if everything were added up.

use std::borrow::Cow;
use std::cell::RefCell;

use tantivy::DocId;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::Bm25Weight;

use super::Ranking;
use crate::error::Result;
use crate::index::damaged;
use crate::search::matching::{DocCounts, docs_of_bits, intersection, term_counts};
use crate::search::order::Candidate;
use crate::search::scoring::{Scores, WeighedWord, WordPlaces, most, once, tie_threshold};

/// Fewer matches than these are all scored one by one.
const FEW_MATCHES: usize = 2_048;

/// The share by which a bound must stay below a score: more than additions in another order and rounding can differ.
const MARGIN: f32 = 1e-3;

/// Passages with what something scores in them.
struct ScoredList<'a> {
    places: ListPlaces<'a>,
    score: ListScore,
}

/// The passages of a list.
enum ListPlaces<'a> {
    Counts(&'a DocCounts),
    /// The passages of a word, read when they are needed.
    Word(&'a WeighedWord),
}

/// What a list scores in each of its passages.
enum ListScore {
    /// By how often it is there and how long the passage is.
    Weighed(Bm25Weight),
    /// Everywhere alike.
    Alike(f32),
}

impl ListScore {
    fn most(&self) -> f32 {
        match self {
            Self::Weighed(weight) => most(weight),
            Self::Alike(score) => *score,
        }
    }
}

impl Ranking<'_> {
    /// Of some passages of a segment, ascending, those that can be among the best `count` by leaves and words, with what these
    /// score.
    pub(in crate::search) fn best(&self, number: usize, docs: &[DocId], count: usize) -> Result<Vec<Candidate>> {
        if docs.len() <= FEW_MATCHES.max(count) {
            let mut best = Best::of(number, count);
            for (doc, score) in docs.iter().zip(self.first_stage(number, docs)?) {
                best.offer(*doc, score);
            }
            return Ok(best.candidates);
        }
        ADDED.with_borrow_mut(|added| self.best_of_many(number, docs, count, added))
    }

    fn best_of_many(&self, number: usize, docs: &[DocId], count: usize, added: &mut AddedUp) -> Result<Vec<Candidate>> {
        let segment = &self.snapshot.segments()[number];
        let lengths = segment
            .reader()
            .get_fieldnorms_reader(self.snapshot.fields().units)
            .map_err(damaged)?;
        let lists = self.lists(number)?;
        let mut best = Best::of(number, count);
        added.prepare(segment.reader().max_doc());
        for (index, list) in lists.iter().enumerate() {
            let counts = match &list.places {
                ListPlaces::Counts(counts) => Cow::Borrowed(*counts),
                ListPlaces::Word(word) => self.counts_of_word(word, number)?,
            };
            added.add(&counts, &list.score, &lengths);
            let rest = &lists[index + 1..];
            let remaining: f32 = rest.iter().map(|list| list.score.most()).sum();
            if rest.is_empty() || added.count < count || added.count > docs.len() / 2 {
                continue;
            }
            let touched = match self.adds_only(number, docs) {
                true => added.docs(),
                false => intersection(&added.docs(), docs),
            };
            let scores = touched
                .iter()
                .map(|doc| added.scores[*doc as usize])
                .collect::<Vec<f32>>();
            let Some(last) = last_of_best(&scores, count) else {
                continue;
            };
            if remaining < last * (1.0 - MARGIN) {
                // Whatever is in none of the lists so far stays below the last of the best.
                let least = (last - remaining) * (1.0 - MARGIN);
                let possible = touched.iter().zip(scores).filter(|(_, score)| *score >= least);
                let (possible, scores): (Vec<DocId>, Vec<f32>) = possible.unzip();
                added.clear();
                for (doc, score) in possible.iter().zip(self.with_lists(rest, number, &possible, scores)?) {
                    best.offer(*doc, score);
                }
                return Ok(best.candidates);
            }
        }
        for &doc in docs {
            best.offer(doc, added.scores[doc as usize]);
        }
        added.clear();
        Ok(best.candidates)
    }

    /// Whether nothing is added up in other passages than these: they are what any leaf matches, and all words stand where
    /// leaves do.
    fn adds_only(&self, number: usize, docs: &[DocId]) -> bool {
        let found = &self.matches.segments[number];
        found.is_any_leaf && docs.len() == found.docs.len() && self.same_leaves.iter().all(Option::is_some)
    }

    /// What leaves and words score in some passages of a segment, ascending.
    pub(super) fn first_stage(&self, number: usize, docs: &[DocId]) -> Result<Vec<f32>> {
        self.with_lists(&self.lists(number)?, number, docs, vec![0.0; docs.len()])
    }

    /// The scores of some passages with what lists add to them.
    fn with_lists(
        &self,
        lists: &[ScoredList<'_>],
        number: usize,
        docs: &[DocId],
        scores: Vec<f32>,
    ) -> Result<Vec<f32>> {
        let segment = &self.snapshot.segments()[number];
        let mut scores = Scores::on(docs, scores, segment, self.snapshot)?;
        for list in lists {
            match (&list.places, &list.score) {
                (ListPlaces::Counts(counts), ListScore::Weighed(weight)) => scores.add(counts, weight, 1.0),
                (ListPlaces::Counts(counts), ListScore::Alike(score)) => scores.add_alike(counts, *score),
                (ListPlaces::Word(word), _) => scores.add_word(word, number, segment, self.profile.word)?,
            }
        }
        Ok(scores.into_scores())
    }

    fn counts_of_word<'w>(&self, word: &'w WeighedWord, number: usize) -> Result<Cow<'w, DocCounts>> {
        Ok(match &word.places {
            WordPlaces::Term(term) => Cow::Owned(term_counts(term, &self.snapshot.segments()[number])?),
            WordPlaces::Counted(counts) => Cow::Borrowed(&counts[number]),
        })
    }

    /// What scores in a segment, from the shortest list on. A word that stands just where a leaf does is scored with it.
    fn lists(&self, number: usize) -> Result<Vec<ScoredList<'_>>> {
        let found = &self.matches.segments[number];
        let mut lists: Vec<(u32, ScoredList<'_>)> = Vec::with_capacity(self.leaves.len() + self.words.len());
        for (leaf, weight) in &self.leaves {
            let counts = &found.leaves[*leaf];
            let score = match self.is_field[*leaf] {
                // Metadata is the same for every passage of a speech, however long.
                true => ListScore::Alike(self.profile.string * once(weight)),
                false => ListScore::Weighed(self.weight_of_leaf(*leaf, weight)),
            };
            if score.most() > 0.0 && !counts.is_empty() {
                let places = ListPlaces::Counts(counts);
                lists.push((counts.len() as u32, ScoredList { places, score }));
            }
        }
        for (word, _) in self
            .words
            .iter()
            .zip(&self.same_leaves)
            .filter(|(_, leaf)| leaf.is_none())
        {
            let passages_with = word.passages_with(number, &self.snapshot.segments()[number])?;
            if passages_with > 0 {
                let score = ListScore::Weighed(word.weight.boost_by(self.profile.word));
                lists.push((
                    passages_with,
                    ScoredList {
                        places: ListPlaces::Word(word),
                        score,
                    },
                ));
            }
        }
        lists.sort_by_key(|(passages, _)| *passages);
        Ok(lists.into_iter().map(|(_, list)| list).collect())
    }

    /// The weight of a leaf, with those of the words that stand just where it does.
    fn weight_of_leaf(&self, leaf: usize, weight: &Bm25Weight) -> Bm25Weight {
        let words = self.words.iter().zip(&self.same_leaves);
        let same = words.filter(|(_, own)| **own == Some(leaf));
        let of_words: f32 = same.map(|(word, _)| self.profile.word * most(&word.weight)).sum();
        let of_leaf = most(weight);
        match of_leaf > 0.0 {
            true => weight.boost_by(self.profile.string + of_words / of_leaf),
            false => weight.boost_by(self.profile.string),
        }
    }
}

/// The best candidates of a segment so far, and those that may tie with the last of them.
struct Best {
    segment: u32,
    count: usize,
    candidates: Vec<Candidate>,
    /// Below this nothing can be among the best.
    threshold: f32,
    /// With as many candidates, those below the last of the best are let go.
    full: usize,
}

impl Best {
    fn of(segment: usize, count: usize) -> Self {
        Self {
            segment: segment as u32,
            count,
            candidates: Vec::new(),
            threshold: f32::MIN,
            full: count.saturating_mul(2).saturating_add(64),
        }
    }

    fn offer(&mut self, doc: DocId, score: f32) {
        if score < self.threshold {
            return;
        }
        self.candidates.push(Candidate {
            segment: self.segment,
            doc,
            score,
            is_refined: false,
        });
        if self.candidates.len() >= self.full {
            let scores: Vec<f32> = self.candidates.iter().map(|candidate| candidate.score).collect();
            if let Some(last) = last_of_best(&scores, self.count) {
                self.threshold = tie_threshold(last);
                let threshold = self.threshold;
                self.candidates.retain(|candidate| candidate.score >= threshold);
            }
            self.full = self.full.max(self.candidates.len() * 2);
        }
    }
}

/// What lists add up to, by passage.
#[derive(Default)]
struct AddedUp {
    scores: Vec<f32>,
    /// A bit for each passage that a list has.
    touched: Vec<u64>,
    /// The number of these passages.
    count: usize,
}

thread_local! {
    /// Kept by each thread, all zero between two searches: to make it anew takes longer than to clear it.
    static ADDED: RefCell<AddedUp> = RefCell::default();
}

impl AddedUp {
    fn prepare(&mut self, passages: DocId) {
        self.clear();
        let passages = passages as usize;
        if self.scores.len() < passages {
            self.scores.resize(passages, 0.0);
            self.touched.resize(passages.div_ceil(64), 0);
        }
    }

    fn add(&mut self, counts: &DocCounts, score: &ListScore, lengths: &FieldNormReader) {
        let Self { scores, touched, count } = self;
        for &(doc, frequency) in counts {
            let place = doc as usize;
            scores[place] += match score {
                ListScore::Weighed(weight) => weight.score(lengths.fieldnorm_id(doc), frequency),
                ListScore::Alike(score) => *score,
            };
            let bit = 1 << (place % 64);
            let bits = &mut touched[place / 64];
            *count += usize::from(*bits & bit == 0);
            *bits |= bit;
        }
    }

    /// The passages that a list has, ascending.
    fn docs(&self) -> Vec<DocId> {
        docs_of_bits(&self.touched)
    }

    fn clear(&mut self) {
        if self.count == 0 {
            return;
        }
        for (block, bits) in self.touched.iter_mut().enumerate() {
            if *bits != 0 {
                self.scores[block * 64..]
                    .iter_mut()
                    .take(64)
                    .for_each(|score| *score = 0.0);
                *bits = 0;
            }
        }
        self.count = 0;
    }
}

/// The last of the best `count` scores, where there are as many.
fn last_of_best(scores: &[f32], count: usize) -> Option<f32> {
    let index = count.checked_sub(1).filter(|index| *index < scores.len())?;
    let mut scores = scores.to_vec();
    let (_, last, _) = scores.select_nth_unstable_by(index, |left, right| right.total_cmp(left));
    Some(*last)
}
