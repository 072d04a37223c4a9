//! What the score of a hit is made of.

use std::ops::Range;

use super::{ScoreKind, ScorePart};
use crate::error::Result;
use crate::index::Snapshot;
use crate::search::matches::Matches;
use crate::search::order::Candidate;
use crate::search::plan::{Plan, plain_text};
use crate::search::ranking::{Component, Contribution, Ranking};
use crate::search::request::{HitUnit, SearchRequest};
use crate::search::scoring::rounded;
use crate::search::second_stage::Likeness;
use crate::search::speeches::{WholeSpeeches, best_passage_count, of_best_heading, of_best_passages};

/// Explains the scores of hits.
pub(in crate::search) struct ScoreExplainer<'a> {
    plan: &'a Plan,
    matches: &'a Matches,
    snapshot: &'a Snapshot,
    ranking: Ranking<'a>,
    /// How much a heading adds to the score of a speech.
    heading: f32,
    /// Where hits are speeches.
    wholes: Option<WholeSpeeches<'a>>,
}

impl<'a> ScoreExplainer<'a> {
    pub(in crate::search) fn new(
        plan: &'a Plan,
        matches: &'a Matches,
        request: &'a SearchRequest,
        snapshot: &'a Snapshot,
    ) -> Result<Self> {
        let wholes = match request.by {
            HitUnit::Speech => Some(WholeSpeeches::weigh(plan, matches, request, snapshot)?),
            HitUnit::Passage => None,
        };
        Ok(Self {
            plan,
            matches,
            snapshot,
            ranking: Ranking::weigh(plan, matches, request, snapshot)?,
            heading: request.profile.title,
            wholes,
        })
    }

    /// The parts of the score of a passage, to which the second stage of the ranking added what it has in common with the
    /// query, and which was then multiplied by `scale`.
    pub(in crate::search) fn passage(
        &self,
        passage: &Candidate,
        likeness: Option<Likeness>,
        scale: f32,
    ) -> Result<Vec<ScorePart>> {
        let contributions = self.ranking.contributions(passage)?;
        let parts = contributions
            .into_iter()
            .map(|contribution| self.of_component(contribution, passage));
        let mut parts: Vec<Part> = parts.collect::<Result<_>>()?;
        if let Some(likeness) = likeness {
            match parts.iter_mut().find(|part| part.what == ScoreKind::Heading) {
                Some(heading) => heading.score += f64::from(likeness.heading),
                None => parts.extend(part_of_likeness(ScoreKind::Heading, 1, likeness.heading)),
            }
            parts.extend(part_of_likeness(ScoreKind::Units, likeness.unit_count, likeness.units));
            parts.extend(part_of_likeness(ScoreKind::Pairs, likeness.pair_count, likeness.pairs));
            parts.extend(part_of_likeness(
                ScoreKind::Nearness,
                likeness.word_count,
                likeness.nearness,
            ));
        }
        parts.iter_mut().for_each(|part| part.score *= f64::from(scale));
        Ok(largest_first(parts))
    }

    fn of_component(&self, contribution: Contribution, passage: &Candidate) -> Result<Part> {
        let Contribution {
            component,
            count,
            score,
        } = contribution;
        let part = |what, text: Option<String>| Part {
            what,
            text,
            expansion_of: None,
            count: u64::from(count),
            score,
        };
        Ok(match component {
            Component::Leaf(place) => {
                let leaf = self.ranking.leaf(place);
                let what = match self.plan.leaves[leaf].is_field() {
                    true => ScoreKind::Field,
                    false => ScoreKind::String,
                };
                self.of_leaf(what, leaf, count, score)
            }
            Component::Word(place) => part(ScoreKind::Word, Some(self.ranking.word(place).to_owned())),
            Component::Title => {
                let words = self.ranking.words_in_title(passage.segment as usize, passage.doc)?;
                part(ScoreKind::Title, Some(words.join(" ")))
            }
            Component::Literal => part(ScoreKind::Literal, Some(plain_text(&self.plan.tree))),
            Component::AllParts => part(ScoreKind::AllKeywords, None),
            Component::Heading => part(ScoreKind::Heading, None),
        })
    }

    fn of_leaf(&self, what: ScoreKind, leaf: usize, count: u32, score: f64) -> Part {
        Part {
            what,
            text: Some(self.plan.texts[leaf].clone()),
            expansion_of: self.plan.leaves[leaf].expansion_of.clone(),
            count: u64::from(count),
            score,
        }
    }

    /// The parts of the score of a speech, which is a range of the passages of its segment that match; `scores` are theirs.
    pub(in crate::search) fn speech(
        &self,
        candidate: &Candidate,
        speech: Range<usize>,
        scores: &[f32],
    ) -> Result<Vec<ScorePart>> {
        let number = candidate.segment as usize;
        let (found, segment) = (&self.matches.segments[number], &self.snapshot.segments()[number]);
        let of_whole = match &self.wholes {
            Some(wholes) => wholes.contributions(found, speech.clone(), segment)?,
            None => Vec::new(),
        };
        let mut parts: Vec<Part> = Vec::new();
        for contribution in of_whole {
            parts.push(match contribution.leaf {
                Some(leaf) => self.of_leaf(ScoreKind::WholeSpeech, leaf, contribution.count, contribution.score),
                None => Part::without_text(ScoreKind::AllKeywords, contribution.count as usize, contribution.score),
            });
        }
        let (docs, scores) = (&found.docs[speech.clone()], &scores[speech]);
        let of_passages = f64::from(of_best_passages(scores));
        let of_heading = f64::from(self.heading * of_best_heading(docs, scores, segment.headings()?));
        let passage_count = best_passage_count(docs.len());
        parts.push(Part::without_text(ScoreKind::BestPassages, passage_count, of_passages));
        if of_heading > 0.0 {
            parts.push(Part::without_text(ScoreKind::Heading, 1, of_heading));
        }
        Ok(largest_first(parts))
    }
}

/// A part of a score whose share is not known yet.
struct Part {
    what: ScoreKind,
    text: Option<String>,
    expansion_of: Option<String>,
    count: u64,
    score: f64,
}

impl Part {
    fn without_text(what: ScoreKind, count: usize, score: f64) -> Self {
        Self {
            what,
            text: None,
            expansion_of: None,
            count: count as u64,
            score,
        }
    }
}

/// A part of what the second stage of the ranking added to a score, where it added any.
fn part_of_likeness(what: ScoreKind, count: u32, score: f32) -> Option<Part> {
    (score > 0.0).then(|| Part::without_text(what, count as usize, f64::from(score)))
}

/// The parts of a score with their shares of it, the largest first.
fn largest_first(mut parts: Vec<Part>) -> Vec<ScorePart> {
    parts.sort_by(|left, right| right.score.total_cmp(&left.score));
    let total: f64 = parts.iter().map(|part| part.score).sum();
    let share = |score: f64| if total > 0.0 { score / total } else { 0.0 };
    let explained = parts.into_iter().map(|part| ScorePart {
        what: part.what,
        part: part.text,
        expansion_of: part.expansion_of,
        count: part.count,
        score: rounded(part.score as f32),
        share: rounded(share(part.score) as f32),
    });
    explained.collect()
}
