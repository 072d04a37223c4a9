//! What the score of a passage is made of, one thing after the other: it ranks the best passages, and explains hits.

use tantivy::DocId;

use super::Ranking;
use crate::error::Result;
use crate::search::matching::DocCounts;
use crate::search::order::Candidate;
use crate::search::parts::PartCounter;
use crate::search::scoring::{Scores, WordPlaces, frequency, once};

/// Something that the scores of passages are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::search) enum Component {
    /// What a leaf looks for, by its place among those that count for a match.
    Leaf(usize),
    /// A word of the query, by its place among those that the corpus has.
    Word(usize),
    /// The words of the query in the title of the speech.
    Title,
    /// The whole query, standing there as written.
    Literal,
    /// That all parts of the query are there.
    AllParts,
    /// That the passage is the heading of a section.
    Heading,
}

/// What a component adds to the score of a passage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::search) struct Contribution {
    /// The component.
    pub(in crate::search) component: Component,
    /// How often it is there: occurrences, words or parts.
    pub(in crate::search) count: u32,
    /// The difference that it makes to the score.
    pub(in crate::search) score: f64,
}

impl Component {
    /// What is looked at where a passage is looked at more closely, in the order in which it is added.
    pub(super) const REFINING: [Self; 4] = [Self::Title, Self::Literal, Self::AllParts, Self::Heading];
}

impl Ranking<'_> {
    /// Adds a component to the scores of some passages of a segment, which have some parts of the query.
    pub(super) fn add(
        &self,
        component: Component,
        number: usize,
        scores: &mut Scores<'_>,
        present: &PartCounter<'_>,
    ) -> Result<()> {
        let segment = &self.snapshot.segments()[number];
        match component {
            Component::Leaf(place) => {
                let (leaf, weight) = &self.leaves[place];
                let counts = &self.matches.segments[number].leaves[*leaf];
                match self.is_field[*leaf] {
                    // Metadata is the same for every passage of a speech, however long.
                    true => scores.add_alike(counts, self.profile.string * once(weight)),
                    false => scores.add(counts, weight, self.profile.string),
                }
            }
            Component::Word(word) => scores.add_word(&self.words[word], number, segment, self.profile.word)?,
            Component::Title => scores.add_titles(&self.titles, segment, self.profile.title)?,
            Component::Literal => scores.add(&self.literal[number], &self.literal_weight, self.profile.literal),
            Component::AllParts => {
                let part_count = self.part_count();
                if part_count > 1 {
                    let with_all = present.with_at_least(part_count);
                    with_all.for_each(|matched| scores.raise(matched, self.profile.all_keywords));
                }
            }
            Component::Heading => scores.raise_headings(segment.headings()?, self.profile.heading),
        }
        Ok(())
    }

    /// What each component adds to the score of a passage; what is not there is left out. Together they are the score.
    pub(in crate::search) fn contributions(&self, candidate: &Candidate) -> Result<Vec<Contribution>> {
        let (number, doc) = (candidate.segment as usize, candidate.doc);
        let docs = [doc];
        let mut scores = Scores::on(&docs, vec![0.0], &self.snapshot.segments()[number], self.snapshot)?;
        let present = self.parts_present(number, &docs);
        let leaves = (0..self.leaves.len()).map(Component::Leaf);
        let words = (0..self.words.len()).map(Component::Word);
        let refining = Component::REFINING.into_iter().filter(|_| candidate.is_refined);
        let mut contributions = Vec::new();
        for component in leaves.chain(words).chain(refining) {
            let before = f64::from(scores.so_far()[0]);
            self.add(component, number, &mut scores, &present)?;
            let score = f64::from(scores.so_far()[0]) - before;
            let count = self.count(component, number, doc)?;
            if score != 0.0 || (count > 0 && matches!(component, Component::Leaf(_))) {
                contributions.push(Contribution {
                    component,
                    count,
                    score,
                });
            }
        }
        Ok(contributions)
    }

    /// How often a component is in a passage.
    fn count(&self, component: Component, number: usize, doc: DocId) -> Result<u32> {
        let segment = &self.snapshot.segments()[number];
        Ok(match component {
            Component::Leaf(place) => count_in(&self.matches.segments[number].leaves[self.leaf(place)], doc),
            Component::Word(word) => match &self.words[word].places {
                WordPlaces::Term(term) => frequency(term, doc, segment)?,
                WordPlaces::Counted(counts) => count_in(&counts[number], doc),
            },
            Component::Title => self.words_in_title(number, doc)?.len() as u32,
            Component::Literal => count_in(&self.literal[number], doc),
            Component::AllParts => self.part_count() as u32,
            Component::Heading => 1,
        })
    }

    /// The words of the query in the title of the speech of a passage.
    pub(in crate::search) fn words_in_title(&self, number: usize, doc: DocId) -> Result<Vec<&str>> {
        let segment = &self.snapshot.segments()[number];
        self.titles.words_of(segment.start_of(doc)?, segment)
    }

    /// The number in the plan of a leaf that counts for a match.
    pub(in crate::search) fn leaf(&self, place: usize) -> usize {
        self.leaves[place].0
    }

    /// A word of the query, by its place among those that the corpus has.
    pub(in crate::search) fn word(&self, place: usize) -> &str {
        &self.words[place].word
    }
}

/// How often something stands in a passage.
fn count_in(counts: &DocCounts, doc: DocId) -> u32 {
    let place = counts.binary_search_by_key(&doc, |(other, _)| *other);
    place.map_or(0, |place| counts[place].1)
}
