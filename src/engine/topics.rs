//! Many queries, each ranked to a depth: a run, as an evaluation needs it.

use std::collections::BTreeMap;
use std::time::Instant;

use super::documents::Documents;
use super::reading::Engine;
use crate::error::{Error, ErrorKind, Result};
use crate::evaluation::{Judgments, Run};
use crate::index::TextColumn;
use crate::query::keywords_query;
use crate::search::{self, HitUnit, Ranked, SearchRequest};
use crate::statistics::median;

/// The most ids that a warning names.
const MOST_NAMED: usize = 20;

/// A query with its id.
#[derive(Clone, Debug)]
pub struct Topic {
    /// The id.
    pub id: String,
    /// What is searched for; its limit is the depth of the run.
    pub request: SearchRequest,
}

/// How a topic was answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TopicSearch {
    /// The query that was searched for, where that is not the one given.
    pub searched_as: Option<String>,
    /// Whether no passage matched, so that passages with parts of the words were ranked.
    pub relaxed: bool,
}

/// The answers to topics.
#[derive(Clone, Debug, Default)]
pub struct RankedTopics {
    /// The documents found for each.
    pub run: Run,
    /// How each was searched for, by its id.
    pub searches: BTreeMap<String, TopicSearch>,
    /// The judged documents that the index lacks.
    pub missing_documents: usize,
    /// The median time to rank a topic, in milliseconds.
    pub median_ms: Option<f64>,
    /// What the reader of the run should know.
    pub warnings: Vec<String>,
}

/// Warnings that hold for many queries, each with the ids of the queries.
#[derive(Default)]
struct Notes(BTreeMap<String, Vec<String>>);

impl Notes {
    fn add(&mut self, message: impl Into<String>, query: &str) {
        self.0.entry(message.into()).or_default().push(query.to_owned());
    }

    fn into_warnings(self) -> impl Iterator<Item = String> {
        let warning = |(message, ids): (String, Vec<String>)| format!("{}: {message}", named(&ids));
        self.0.into_iter().map(warning)
    }
}

/// The first of some ids, and how many more there are.
pub(super) fn named(ids: &[String]) -> String {
    let first = ids.iter().take(MOST_NAMED).map(String::as_str);
    let first = first.collect::<Vec<_>>().join(", ");
    match ids.len().saturating_sub(MOST_NAMED) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}

impl Engine {
    /// Ranks topics, each to the depth that its limit says, and names what is found as the judgments do: a hit counts as the
    /// piece, the paragraph or the speech that was judged, the most specific of them, and each document counts once, at
    /// the rank of its best passage. What was not judged counts in the smallest unit that is judged anywhere.
    ///
    /// A topic whose query cannot be read is searched for by its words as plain keywords, with a warning.
    ///
    /// # Errors
    /// The index is damaged; or hits are speeches, and passages were judged.
    pub fn rank_topics(&self, topics: &[Topic], judgments: &Judgments) -> Result<RankedTopics> {
        let mut documents = Documents::new(self, judgments)?;
        if topics.iter().any(|topic| topic.request.by == HitUnit::Speech) {
            refuse_judged_passages(&documents)?;
        }
        let mut ranked_topics = RankedTopics {
            missing_documents: documents.missing().len(),
            ..RankedTopics::default()
        };
        let (mut notes, mut times) = (Notes::default(), Vec::with_capacity(topics.len()));
        for topic in topics {
            let start = Instant::now();
            let (ranked, searched_as) = self.rank_or_reread(topic, &mut notes)?;
            times.push(start.elapsed().as_secs_f64() * 1e3);
            ranked.warnings.iter().for_each(|warning| notes.add(warning, &topic.id));
            let grades = judgments.of_query(&topic.id);
            let mut ranking = Vec::with_capacity(ranked.hits.len());
            for hit in &ranked.hits {
                let document = match topic.request.by {
                    HitUnit::Passage => documents.document_of(hit, grades)?,
                    HitUnit::Speech => documents.speech_of(hit)?,
                };
                ranking.push((document, hit.score));
            }
            ranked_topics.run.set(&topic.id, ranking);
            let search = TopicSearch {
                searched_as,
                relaxed: ranked.relaxed,
            };
            ranked_topics.searches.insert(topic.id.clone(), search);
        }
        ranked_topics.median_ms = median(&mut times).map(|time| (time * 1e3).round() / 1e3);
        ranked_topics.warnings = notes.into_warnings().chain(missing_warning(&documents)).collect();
        Ok(ranked_topics)
    }

    /// Ranks a topic; where its query cannot be read, by its words, which are then returned too.
    fn rank_or_reread(&self, topic: &Topic, notes: &mut Notes) -> Result<(Ranked, Option<String>)> {
        let rank = |request: &SearchRequest| search::rank(self.snapshot(), self.names(), request);
        let error = match rank(&topic.request) {
            Err(error) if error.kind() == ErrorKind::Query => error,
            ranked => return Ok((ranked?, None)),
        };
        let keywords = keywords_query(&topic.request.query);
        let request = SearchRequest {
            query: keywords.clone(),
            ..topic.request.clone()
        };
        match rank(&request) {
            Err(again) if again.kind() == ErrorKind::Query => {
                notes.add(format!("cannot be read, finds nothing: {error}"), &topic.id);
                Ok((Ranked::default(), None))
            }
            ranked => {
                notes.add(
                    format!("cannot be read, searched for as plain keywords: {error}"),
                    &topic.id,
                );
                Ok((ranked?, Some(keywords)))
            }
        }
    }

    /// Whether the source of any speech states its language.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn states_languages(&self) -> Result<bool> {
        for segment in self.snapshot().segments() {
            let languages = TextColumn::open(segment, "printed.language")?;
            let sources = TextColumn::open(segment, "printed.language_source")?;
            let is_stated =
                |start: &u32| languages.ordinals(*start).next().is_some() && sources.ordinals(*start).next().is_none();
            if segment.starts()?.iter().any(is_stated) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn refuse_judged_passages(documents: &Documents<'_>) -> Result<()> {
    let Some(passage) = documents.passages().first() else {
        return Ok(());
    };
    let message = format!("the judged `{passage}` is a passage, and hits are to be speeches");
    Err(Error::new(ErrorKind::Usage, message).hint("judge speeches, or leave `--by speech` away"))
}

fn missing_warning(documents: &Documents<'_>) -> Option<String> {
    let missing: Vec<String> = documents.missing().iter().cloned().collect();
    let count = missing.len();
    (count > 0).then(|| {
        format!(
            "{count} judged documents are not in the index; those that are relevant count as missed: {}",
            named(&missing)
        )
    })
}
