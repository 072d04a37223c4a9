//! SearchRequest → SearchResults: what matches, exactly; in which order; and what it looks like.
//!
//! A segment's matches are ascending lists of passages, computed whole: totals and facets are exact, boolean operators work
//! alike on passages and on speeches, and only the hits that are shown are read.

mod boundary;
mod candidates;
pub mod cursor;
pub mod expansion;
pub mod explanation;
mod expressions;
mod facets;
mod fields;
mod filters;
mod findings;
mod grouping;
mod hits;
mod languages;
pub mod leaf;
mod matches;
mod matching;
mod nodes;
mod occurrence_reader;
mod occurrences;
mod order;
mod paragraphs;
mod partial;
mod parts;
mod place;
pub mod plan;
pub mod profile;
mod ranked;
mod ranking;
pub mod request;
pub mod results;
mod scoring;
mod second_stage;
mod speeches;
mod spelling;
mod strict;
pub mod suggestions;
mod titles;
mod two_readings;
mod values;

use crate::error::Result;
use crate::index::Snapshot;
use crate::names::Names;
pub use cursor::Cursor;
pub use expansion::Expand;
pub use explanation::{ExplainedPart, Explanation, ScorePart};
use facets::FacetCounter;
pub use filters::has_field;
pub use findings::{Findings, find};
pub use grouping::{GroupBy, GroupValue, SpeechPart, Subcorpus};
use hits::HitReader;
use matches::{Matches, SegmentMatches};
pub use nodes::{Context, InContext, LineKey, NodeOrder, NodeReader, Nodes, ReadNode, find_nodes};
pub use occurrence_reader::{OccurrenceReader, PassageOccurrences};
use order::{Candidate, Wanted, first};
use paragraphs::Around;
use partial::{Partial, PartialSearch};
use plan::Plan;
pub use profile::RankingProfile;
pub use ranked::{Ranked, RankedHit, rank};
use ranking::Ranking;
pub use request::{FilterField, Filters, HitUnit, Keywords, SearchRequest, Sort, StageDirections, Strictness};
pub use results::{FacetCounts, FacetValue, Hit, PassageHit, SearchResults, SpeechHit, Totals};
use second_stage::{Refined, SecondStage};
use speeches::speeches;
pub use suggestions::{Advice, Suggestion};

/// Answers a search on a commit; filters and facets take the forms of a name as one.
///
/// # Errors
/// The query cannot be read, the cursor to go on from is not one of this search, or the index is damaged.
pub fn search(snapshot: &Snapshot, names: &Names, asked: &SearchRequest) -> Result<SearchResults> {
    let after = asked.after.as_ref();
    after.map_or(Ok(()), |cursor| cursor.check(asked))?;
    let Found {
        request,
        context,
        plan,
        matches,
        page,
    } = Found::find(snapshot, names, asked)?;
    let request = &request;
    let reader = HitReader::new(snapshot, &plan, &matches, &page, request)?;
    let offset = after.map_or(request.offset, Cursor::rank);
    let hits = page.hits.iter().enumerate();
    let hits: Vec<Hit> = hits
        .map(|(index, candidate)| reader.hit(offset + index + 1, candidate))
        .collect::<Result<_>>()?;
    let corpus = &snapshot.manifest().corpus;
    let next = hits.last().filter(|_| page.has_more);
    let total = matches.totals(&plan, request, snapshot)?;
    let advice = match total.passages {
        0 => suggestions::advice(&plan, &matches, request, &context)?,
        _ => Advice::default(),
    };
    Ok(SearchResults {
        query: request.query.clone(),
        is_expanded: plan.interpreted != plan.tree,
        interpreted: plan.interpreted.to_string(),
        warnings: warnings(&plan, request, snapshot)?,
        relaxed: matches.relaxed,
        total,
        advice,
        offset,
        limit: request.limit,
        next: next.map(|last| Cursor::behind(last, asked, corpus)),
        corpus_changed: has_changed(request, snapshot),
        hits,
        explanation: (request.explain)
            .then(|| explanation::explain(&plan, &matches, request, &context))
            .transpose()?,
        facets: facets(&matches, request, &context)?,
    })
}

/// What queries are understood and answered with.
pub struct SearchContext<'a> {
    snapshot: &'a Snapshot,
    names: &'a Names,
    /// The primary subtags of the languages whose inflections count.
    languages: Vec<String>,
}

impl<'a> SearchContext<'a> {
    fn new(snapshot: &'a Snapshot, names: &'a Names, filters: &Filters) -> Self {
        Self {
            snapshot,
            names,
            languages: inflecting_languages(snapshot, filters),
        }
    }
}

/// A search that was carried out, before any hit is read.
struct Found<'a> {
    /// What was asked, with the forms of a name taken as one in filters.
    request: SearchRequest,
    context: SearchContext<'a>,
    plan: Plan,
    matches: Matches,
    page: Page,
}

impl<'a> Found<'a> {
    fn find(snapshot: &'a Snapshot, names: &'a Names, asked: &SearchRequest) -> Result<Self> {
        let request = SearchRequest {
            filters: asked.filters.joined(names),
            ..asked.clone()
        };
        let context = SearchContext::new(snapshot, names, &request.filters);
        let plan = Plan::make(&request, &context)?;
        let matches = Matches::find(&plan, &request, snapshot)?;
        let page = Page::find(&plan, &matches, &request, snapshot)?;
        Ok(Self {
            request,
            context,
            plan,
            matches,
            page,
        })
    }
}

/// The hits of one page, before they are read.
#[derive(Default)]
struct Page {
    hits: Vec<Candidate>,
    /// Whether there are hits behind them.
    has_more: bool,
    /// Where hits are speeches, the scores of what matches in each segment.
    scores: Vec<Vec<f32>>,
    /// What the second stage of the ranking added to the scores of passages.
    refined: Refined,
    /// The passages that are shown behind few matches.
    partial: Partial,
}

impl Page {
    fn find(plan: &Plan, matches: &Matches, request: &SearchRequest, snapshot: &Snapshot) -> Result<Self> {
        if request.limit == 0 {
            return Ok(Self::default());
        }
        let last = request.offset.saturating_add(request.limit);
        let wanted = Wanted {
            sort: request.sort,
            // One more than is shown tells whether there are more.
            count: last.saturating_add(1),
            after: request.after.as_ref(),
        };
        request.stop.check()?;
        let ranking = Ranking::weigh(plan, matches, request, snapshot)?;
        let mut page = Self::default();
        let candidates = match (request.by, request.sort) {
            (HitUnit::Passage, Sort::Relevance) => {
                let second_stage = SecondStage::weigh(plan, request, snapshot)?;
                // Behind a cursor it can be any of them: how deep it lies is not known.
                let count = wanted
                    .after
                    .map_or(wanted.count.max(second_stage.depth()), |_| usize::MAX);
                let segments = matches.segments.iter().enumerate();
                let mut candidates = segments
                    .map(|(number, found)| ranking.best(number, &found.docs, count))
                    .collect::<Result<Vec<Vec<Candidate>>>>()?;
                page.refined = second_stage.refine(&mut candidates, &ranking)?;
                let behind = PartialSearch {
                    plan,
                    matches,
                    request,
                    snapshot,
                    ranking: &ranking,
                    second_stage: &second_stage,
                };
                page.partial = behind.add(&mut candidates, &mut page.refined)?;
                candidates
            }
            (HitUnit::Passage, _) => unscored_passages(matches),
            (HitUnit::Speech, _) => {
                page.score_all(&ranking, matches, &SecondStage::weigh(plan, request, snapshot)?)?;
                speeches(plan, matches, &page.scores, request, snapshot)?
            }
        };
        let mut hits = first(candidates, wanted, snapshot)?;
        page.has_more = hits.len() > last;
        hits.truncate(last);
        hits.drain(..request.offset.min(hits.len()));
        if request.by == HitUnit::Passage && request.sort != Sort::Relevance {
            let second_stage = SecondStage::weigh(plan, request, snapshot)?;
            page.refined = score_shown(&mut hits, matches.segments.len(), &ranking, &second_stage)?;
        }
        page.hits = hits;
        Ok(page)
    }

    /// Scores everything that matches.
    fn score_all(&mut self, ranking: &Ranking<'_>, matches: &Matches, second_stage: &SecondStage<'_>) -> Result<()> {
        for number in 0..matches.segments.len() {
            self.scores
                .push(ranking.scores(number, &matches.segments[number].docs)?);
        }
        let mut candidates = candidates(matches, |number, index| self.scores[number][index]);
        self.refined = second_stage.compare(&mut candidates)?;
        for (scores, of_segment) in self.scores.iter_mut().zip(candidates) {
            *scores = of_segment.into_iter().map(|candidate| candidate.score).collect();
        }
        Ok(())
    }
}

/// Whether a cursor is gone on from that was an answer about other speeches.
fn has_changed(request: &SearchRequest, snapshot: &Snapshot) -> bool {
    let corpus = &snapshot.manifest().corpus;
    request.after.as_ref().is_some_and(|cursor| !cursor.is_of(corpus))
}

/// The occurrences of a string in what was said, in the whole corpus: where nothing is deleted, its intervals' lengths.
///
/// # Errors
/// The string holds no letter, character or digit.
pub fn occurrence_count(snapshot: &Snapshot, string: &str) -> Result<u64> {
    let pattern = leaf::string_pattern(string, false)?;
    let units = pattern.exact_units().unwrap_or_default();
    let of_segment = |segment| matching::occurrence_count(&units, segment);
    Ok(snapshot.segments().iter().map(of_segment).sum())
}

/// What the reader of an answer should know: stop words under an operator that were left out, fields that no speech has, a
/// corpus that changed between two pages.
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
    for (field, values) in &request.filters.any_of {
        if filters::has_field(field, snapshot)? && !filters::has_value(field, values, snapshot)? {
            let value = values.first().map_or("", String::as_str);
            warnings.push(format!("no speech has the value `{value}` in `{}`", field.path()));
        }
    }
    if has_changed(request, snapshot) {
        warnings.push(
            "the corpus has changed since the page before: totals are of now, and hits may have changed places"
                .to_owned(),
        );
    }
    Ok(warnings)
}

/// What a query marks in any passage, whether the passage matches the whole query or not.
pub struct Marking {
    /// The marks.
    pub markers: Vec<crate::highlight::Marker>,
    /// The bytes behind a passage that its marks depend on; absent where they depend on the whole paragraph.
    pub following_bytes: Option<usize>,
}

/// What a query marks.
///
/// # Errors
/// The query cannot be read.
pub fn marking_of(snapshot: &Snapshot, names: &Names, request: &SearchRequest) -> Result<Marking> {
    let plan = Plan::make(request, &SearchContext::new(snapshot, names, &request.filters))?;
    Ok(Marking {
        markers: hits::markers(&plan, false),
        following_bytes: match hits::around(&plan) {
            Around::Following(bytes) => Some(bytes),
            Around::Everything => None,
        },
    })
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
                    is_refined: false,
                }),
                filters::Verdict::Undetermined => undetermined += 1,
                filters::Verdict::Out => {}
            }
        }
        total += of_segment.len();
        candidates.push(of_segment);
    }
    let everything = Wanted {
        sort,
        count: total,
        after: None,
    };
    let ordered = first(candidates, everything, snapshot)?;
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

/// Scores hits that are ordered by something else; says what the second stage added to which.
fn score_shown(
    shown: &mut [Candidate],
    segment_count: usize,
    ranking: &Ranking<'_>,
    second_stage: &SecondStage<'_>,
) -> Result<Refined> {
    let mut by_segment: Vec<Vec<Candidate>> = vec![Vec::new(); segment_count];
    for candidate in shown.iter() {
        by_segment[candidate.segment as usize].push(*candidate);
    }
    for (number, of_segment) in by_segment.iter_mut().enumerate() {
        of_segment.sort_unstable_by_key(|candidate| candidate.doc);
        let docs: Vec<_> = of_segment.iter().map(|candidate| candidate.doc).collect();
        for (candidate, score) in of_segment.iter_mut().zip(ranking.scores(number, &docs)?) {
            candidate.score = score;
            candidate.is_refined = true;
        }
    }
    let refined = second_stage.compare_all(&mut by_segment)?;
    for candidate in shown {
        let of_segment = &by_segment[candidate.segment as usize];
        if let Ok(place) = of_segment.binary_search_by_key(&candidate.doc, |scored| scored.doc) {
            *candidate = of_segment[place];
        }
    }
    Ok(refined)
}

fn unscored_passages(matches: &Matches) -> Vec<Vec<Candidate>> {
    candidates(matches, |_, _| 0.0)
}

/// Everything that matches, by segment, each with a score told by the number of its segment and its place among the matches.
fn candidates(matches: &Matches, score: impl Fn(usize, usize) -> f32) -> Vec<Vec<Candidate>> {
    let of_segment = |(number, matches): (usize, &SegmentMatches)| {
        let hits = matches.docs.iter().enumerate();
        hits.map(|(index, doc)| Candidate {
            segment: number as u32,
            doc: *doc,
            score: score(number, index),
            is_refined: false,
        })
        .collect()
    };
    matches.segments.iter().enumerate().map(of_segment).collect()
}

fn facets(matches: &Matches, request: &SearchRequest, context: &SearchContext<'_>) -> Result<Vec<FacetCounts>> {
    let mut counted = Vec::with_capacity(request.facets.len());
    for field in &request.facets {
        request.stop.check()?;
        let mut counter = FacetCounter::new(field.clone(), context.names);
        for (of_segment, segment) in matches.segments.iter().zip(context.snapshot.segments()) {
            counter.count(&of_segment.docs, segment)?;
        }
        counted.push(counter.finish(request.by));
    }
    Ok(counted)
}
