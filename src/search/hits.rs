//! The hits that are shown: read from the store, marked, put into the shape of the contract.

use tantivy::DocAddress;

use super::Page;
use super::explanation::ScoreExplainer;
use super::leaf::{Leaf, Matcher};
use super::matches::Matches;
use super::order::Candidate;
use super::paragraphs::{Around, ParagraphReader};
use super::plan::Plan;
use super::request::{HitUnit, SearchRequest};
use super::results::{Hit, PassageHit, SpeechHit};
use super::scoring::rounded;
use super::speeches::shown_passages;
use crate::analyzer::fold;
use crate::corpus::passage::matter_number;
use crate::corpus::{Field, PassageAddress};
use crate::error::Result;
use crate::highlight::{Marked, Marker, highlight};
use crate::index::{Snapshot, SpeechRecord};
use crate::pattern::{Pattern, StringPattern, UnitPattern};
use crate::text::is_han;

/// Reads hits.
pub(super) struct HitReader<'a> {
    snapshot: &'a Snapshot,
    matches: &'a Matches,
    page: &'a Page,
    request: &'a SearchRequest,
    markers: Vec<Marker>,
    /// What marks passages with a part of the words.
    partial_markers: Vec<Marker>,
    around: Around,
    /// The leaves that count for a match.
    positive: Vec<usize>,
    explainer: Option<ScoreExplainer<'a>>,
}

/// What marks a passage, by the leaves of a plan that count for a match.
pub(crate) fn markers(plan: &Plan, relaxed: bool) -> Vec<Marker> {
    if relaxed {
        return plan.scoring_words.iter().map(|word| part_marker(word)).collect();
    }
    plan.positive_leaves().filter_map(Leaf::marker).collect()
}

/// What marks a word of the words index: a Han word as the string, any other in all of its forms.
fn part_marker(word: &str) -> Marker {
    let pattern = match word.chars().all(is_han) {
        true => Pattern::string(&fold(word).texts().map(str::to_owned).collect::<Vec<String>>()),
        false => Pattern::String(StringPattern {
            units: vec![UnitPattern::Inflected {
                word: word.to_owned(),
                terms: vec![word.to_owned()],
            }],
            printed: None,
        }),
    };
    Marker {
        marked: Marked::Pattern(pattern),
        expansion_of: None,
    }
}

/// How much of a paragraph the marks of a passage depend on: a string runs on for as long as it is, other patterns and
/// expressions as far as they like.
pub(super) fn around(plan: &Plan) -> Around {
    let mut longest = 0;
    for leaf in plan.positive_leaves() {
        match leaf.units() {
            Some(units) => longest = longest.max(units.concat().len()),
            None if matches!(leaf.matcher, Matcher::Field(_)) => {}
            None => return Around::Everything,
        }
    }
    Around::Following(longest * 4 + 64)
}

impl<'a> HitReader<'a> {
    pub(super) fn new(
        snapshot: &'a Snapshot,
        plan: &'a Plan,
        matches: &'a Matches,
        page: &'a Page,
        request: &'a SearchRequest,
    ) -> Result<Self> {
        let explainer = (request.explain)
            .then(|| ScoreExplainer::new(plan, matches, request, snapshot))
            .transpose()?;
        Ok(Self {
            snapshot,
            matches,
            page,
            request,
            markers: markers(plan, matches.relaxed),
            partial_markers: markers(plan, true),
            around: around(plan),
            positive: (0..plan.leaves.len()).filter(|leaf| plan.is_positive[*leaf]).collect(),
            explainer,
        })
    }

    pub(super) fn hit(&self, rank: usize, candidate: &Candidate) -> Result<Hit> {
        self.request.stop.check()?;
        let segment = &self.snapshot.segments()[candidate.segment as usize];
        let start = segment.start_of(candidate.doc)?;
        let record = self
            .snapshot
            .remembered_record(DocAddress::new(candidate.segment, start))?;
        match self.request.by {
            HitUnit::Passage => Ok(Hit::Passage(self.passage(rank, candidate, &record)?)),
            HitUnit::Speech => Ok(Hit::Speech(self.speech(rank, candidate, &record)?)),
        }
    }

    fn passage(&self, rank: usize, candidate: &Candidate, record: &SpeechRecord) -> Result<PassageHit> {
        let segment = &self.snapshot.segments()[candidate.segment as usize];
        let reader = ParagraphReader::new(self.snapshot, segment)?;
        let read = reader.read(candidate.doc, self.around)?;
        let language = record.metadata.language();
        let text = read.marked_text(
            language.as_ref().map_or("", |language| language.primary()),
            self.request.stage_directions,
        );
        let scale = self.page.partial.scale_of(candidate.segment, candidate.doc);
        let highlights = match scale {
            Some(_) => highlight(text, &self.partial_markers),
            None => highlight(text, &self.markers),
        };
        let stored = read.passage;
        let mut metadata = record.metadata.clone();
        metadata.remove(Field::Salutation);
        if let Some(speaker) = &stored.turn {
            metadata.remove(Field::Role);
            metadata.set(Field::Speaker, speaker).expect("only dates are refused");
        }
        if stored.is_matter() {
            metadata.remove(Field::Role);
            metadata.remove(Field::Speaker);
        }
        let address = PassageAddress {
            speech: record.id.clone(),
            paragraph: stored.paragraph,
            piece: stored.piece,
        };
        let explainer = self.explainer.as_ref();
        let likeness = self.page.refined.likeness(candidate.segment, candidate.doc);
        let explanation = explainer
            .map(|explainer| explainer.passage(candidate, likeness, scale.unwrap_or(1.0)))
            .transpose()?;
        Ok(PassageHit {
            rank,
            score: rounded(candidate.score),
            partial: scale.is_some(),
            passage: address.to_string(),
            speech: record.id.clone(),
            paragraph: stored.paragraph,
            matter: matter_number(stored.paragraph),
            piece: stored.piece,
            body_start: stored.body_start,
            section: self
                .snapshot
                .section(DocAddress::new(candidate.segment, candidate.doc))?,
            metadata,
            text: stored.text,
            highlights: highlights.highlights,
            snippet: highlights.snippet,
            explanation,
        })
    }

    fn speech(&self, rank: usize, candidate: &Candidate, record: &SpeechRecord) -> Result<SpeechHit> {
        let segment = &self.snapshot.segments()[candidate.segment as usize];
        let block = segment.block_of(candidate.doc)?;
        let docs = &self.matches.segments[candidate.segment as usize].docs;
        let first = docs.partition_point(|doc| *doc < block.start);
        let last = docs.partition_point(|doc| *doc < block.end);
        let scores = &self.page.scores[candidate.segment as usize];
        let found = &self.matches.segments[candidate.segment as usize];
        let best = shown_passages(found, first..last, scores, &self.positive);
        let mut passages = Vec::with_capacity(best.len());
        for (index, (score, doc)) in best.into_iter().enumerate() {
            let passage = Candidate {
                segment: candidate.segment,
                doc,
                score,
                is_refined: true,
            };
            passages.push(self.passage(index + 1, &passage, record)?);
        }
        let explainer = self.explainer.as_ref();
        let explanation = explainer
            .map(|explainer| explainer.speech(candidate, first..last, scores))
            .transpose()?;
        let mut metadata = record.metadata.clone();
        metadata.remove(Field::Salutation);
        Ok(SpeechHit {
            rank,
            score: rounded(candidate.score),
            speech: record.id.clone(),
            metadata,
            passages,
            matching_passages: (last - first) as u64,
            explanation,
        })
    }
}
