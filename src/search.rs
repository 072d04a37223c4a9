//! SearchRequest → SearchResults: what matches, exactly; in which order; and what it looks like.
//!
//! A segment's matches are ascending lists of passages, computed whole: totals and facets are exact, boolean operators work
//! alike on passages and on speeches, and only the hits that are shown are read.

mod facets;
mod filters;
mod hits;
pub mod leaf;
mod matches;
mod matching;
mod order;
pub mod plan;
mod ranking;
pub mod request;
pub mod results;
mod scoring;
mod strict;
mod titles;

use crate::error::Result;
use crate::index::Snapshot;
use crate::names::Names;
use facets::FacetCounter;
use hits::HitReader;
use matches::{Matches, SegmentMatches};
use order::{Candidate, first};
use plan::Plan;
use ranking::Ranking;
pub use request::{FilterField, Filters, HitUnit, SearchRequest, Sort, StageDirections, Strictness};
pub use results::{FacetCounts, FacetValue, Hit, PassageHit, SearchResults, SpeechHit, Totals};
pub use scoring::RankingProfile;

/// Answers a search on a commit; filters and facets take the forms of a name as one.
///
/// # Errors
/// The query cannot be read, or the index is damaged.
pub fn search(snapshot: &Snapshot, names: &Names, asked: &SearchRequest) -> Result<SearchResults> {
    let request = &SearchRequest {
        filters: asked.filters.joined(names),
        ..asked.clone()
    };
    let languages = inflecting_languages(snapshot, &request.filters);
    let plan = Plan::make(request, &languages, snapshot.analyzer())?;
    let matches = Matches::find(&plan, request, snapshot)?;
    let wanted = request.offset.saturating_add(request.limit);
    let mut scores: Vec<Vec<f32>> = Vec::new();
    let candidates = match (request.by, request.sort) {
        (HitUnit::Passage, Sort::Relevance) => {
            let ranking = Ranking::weigh(&plan, &matches, request, snapshot)?;
            let best = (0..matches.segments.len()).map(|number| ranking.best(number, wanted));
            best.collect::<Result<_>>()?
        }
        (HitUnit::Passage, _) => unscored_passages(&matches),
        (HitUnit::Speech, _) => {
            let ranking = Ranking::weigh(&plan, &matches, request, snapshot)?;
            for (number, of_segment) in matches.segments.iter().enumerate() {
                scores.push(ranking.scores(number, &of_segment.docs)?);
            }
            speeches(&matches, &scores, snapshot)?
        }
    };
    let mut shown: Vec<Candidate> = first(candidates, wanted, request.sort, snapshot)?
        .into_iter()
        .skip(request.offset)
        .collect();
    if request.by == HitUnit::Passage && request.sort != Sort::Relevance {
        score_shown(&mut shown, &Ranking::weigh(&plan, &matches, request, snapshot)?)?;
    }
    let reader = HitReader::new(snapshot, &plan, &matches, &scores, request);
    let hits = shown
        .iter()
        .enumerate()
        .map(|(index, candidate)| reader.hit(request.offset + index + 1, candidate));
    Ok(SearchResults {
        query: request.query.clone(),
        interpreted: plan.tree.to_string(),
        warnings: warnings(&plan, request, snapshot)?,
        relaxed: matches.relaxed,
        total: matches.totals(&plan, request, snapshot)?,
        offset: request.offset,
        limit: request.limit,
        hits: hits.collect::<Result<_>>()?,
        facets: facets(&matches, request, snapshot, names)?,
    })
}

/// The occurrences of a string in what was said, in the whole corpus: where nothing is deleted, its intervals' lengths.
///
/// # Errors
/// The string holds no letter, character or digit.
pub fn occurrence_count(snapshot: &Snapshot, string: &str) -> Result<u64> {
    let units = leaf::Leaf::phrase(string, false)?.units;
    let of_segment = |segment| matching::occurrence_count(&units, segment);
    Ok(snapshot.segments().iter().map(of_segment).sum())
}

/// What was asked for and cannot be given: stop words under an operator, fields that no speech has.
fn warnings(plan: &Plan, request: &SearchRequest, snapshot: &Snapshot) -> Result<Vec<String>> {
    let left_out = plan.left_out.iter();
    let mut warnings: Vec<String> = left_out
        .map(|word| format!("`{word}` is a stop word and was left out; quote it to ask for it"))
        .collect();
    let filtered = request.filters.any_of.iter().map(|(field, _)| field);
    for field in filtered.chain(&request.facets) {
        let FilterField::Further(name) = field else { continue };
        if !filters::has_field(field, snapshot)? {
            warnings.push(format!("no speech has a field `{name}`"));
        }
    }
    Ok(warnings)
}

/// What a query marks in any passage, whether the passage matches the whole query or not.
///
/// # Errors
/// The query cannot be read.
pub fn markers_of(snapshot: &Snapshot, request: &SearchRequest) -> Result<Vec<crate::highlight::Marker>> {
    let languages = inflecting_languages(snapshot, &request.filters);
    let plan = Plan::make(request, &languages, snapshot.analyzer())?;
    Ok(hits::markers(&plan, false))
}

/// The addresses of the first passages of the speeches that the filters let in, oldest first or in another order.
///
/// # Errors
/// The index is damaged.
pub fn select_speeches(
    snapshot: &Snapshot,
    filters: &Filters,
    sort: Sort,
    speakers: SpeakerReading,
) -> Result<Selection> {
    let (mut candidates, mut undetermined, mut total) = (Vec::new(), 0, 0);
    for (number, segment) in snapshot.segments().iter().enumerate() {
        let judged = filters::SegmentFilter::judge(filters, segment, snapshot.fields())?;
        let mut of_segment = Vec::new();
        for &start in segment
            .starts()?
            .iter()
            .filter(|start| !segment.reader().is_deleted(**start))
        {
            match judged
                .as_ref()
                .map_or(filters::Verdict::In, |filter| filter.speech_verdict(start, speakers))
            {
                filters::Verdict::In => of_segment.push(Candidate {
                    segment: number as u32,
                    doc: start,
                    score: 0.0,
                }),
                filters::Verdict::Undetermined => undetermined += 1,
                filters::Verdict::Out => {}
            }
        }
        total += of_segment.len();
        candidates.push(of_segment);
    }
    let ordered = first(candidates, total, sort, snapshot)?;
    let address = |candidate: Candidate| tantivy::DocAddress::new(candidate.segment, candidate.doc);
    Ok(Selection {
        speeches: ordered.into_iter().map(address).collect(),
        undetermined,
    })
}

/// Whom a filter on speakers means where whole speeches are selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpeakerReading {
    /// The speaker of the speech.
    Own,
    /// The speaker of the speech, or of any turn in it.
    OwnOrTurn,
}

/// The speeches of a subcorpus.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// The address of the first passage of each, in order.
    pub speeches: Vec<tantivy::DocAddress>,
    /// The number of speeches whose date is absent or too imprecise to tell whether they belong.
    pub undetermined: u64,
}

/// The languages whose inflections a keyword is looked up in: those filtered by, else those present.
fn inflecting_languages(snapshot: &Snapshot, filters: &Filters) -> Vec<String> {
    let by_language = FilterField::Known(crate::corpus::Field::Language);
    match filters.any_of.iter().find(|(field, _)| *field == by_language) {
        Some((_, tags)) => tags
            .iter()
            .map(|tag| crate::text::Language::new(tag).primary().to_owned())
            .collect(),
        None => snapshot.manifest().languages.clone(),
    }
}

/// Scores hits that are ordered by something else.
fn score_shown(shown: &mut [Candidate], ranking: &Ranking<'_>) -> Result<()> {
    for candidate in shown {
        let scores = ranking.scores(candidate.segment as usize, &[candidate.doc])?;
        candidate.score = scores[0];
    }
    Ok(())
}

fn unscored_passages(matches: &Matches) -> Vec<Vec<Candidate>> {
    let of_segment = |(number, matches): (usize, &SegmentMatches)| {
        let hits = matches.docs.iter();
        hits.map(|doc| Candidate {
            segment: number as u32,
            doc: *doc,
            score: 0.0,
        })
        .collect()
    };
    matches.segments.iter().enumerate().map(of_segment).collect()
}

/// How much the second-best and third-best passages of a speech add to its score beside the best.
const FURTHER_PASSAGES: [f32; 3] = [1.0, 0.3, 0.1];

fn speeches(matches: &Matches, scores: &[Vec<f32>], snapshot: &Snapshot) -> Result<Vec<Vec<Candidate>>> {
    let mut candidates = Vec::with_capacity(scores.len());
    for (number, (of_segment, scores)) in matches.segments.iter().zip(scores).enumerate() {
        let mut found = Vec::new();
        for range in of_segment.speeches(&snapshot.segments()[number])? {
            let doc = snapshot.segments()[number].start_of(of_segment.docs[range.start])?;
            let mut best: Vec<f32> = scores[range].to_vec();
            best.sort_unstable_by(|left, right| right.total_cmp(left));
            let score = best
                .iter()
                .zip(FURTHER_PASSAGES)
                .map(|(score, share)| score * share)
                .sum();
            found.push(Candidate {
                segment: number as u32,
                doc,
                score,
            });
        }
        candidates.push(found);
    }
    Ok(candidates)
}

fn facets(matches: &Matches, request: &SearchRequest, snapshot: &Snapshot, names: &Names) -> Result<Vec<FacetCounts>> {
    let mut counted = Vec::with_capacity(request.facets.len());
    for field in &request.facets {
        let mut counter = FacetCounter::new(field.clone(), names);
        for (of_segment, segment) in matches.segments.iter().zip(snapshot.segments()) {
            counter.count(&of_segment.docs, segment)?;
        }
        counted.push(counter.finish(request.by));
    }
    Ok(counted)
}
