//! Everything that reads an index: search, list, show, status.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use serde::Serialize;

use super::beside::{FieldView, MatterView, field_views, matter_views};
use super::versions::Versions;
use crate::corpus::passage::matter_number;
use crate::corpus::{Field, Metadata, PassageAddress};
use crate::error::{Error, ErrorKind, Result};
use crate::highlight::{Highlight, MarkedText, highlight};
use crate::index::{CorpusVersion, Snapshot, SpeechAddress, Store, StoredPassage};
use crate::names::Names;
use crate::search::{self, Filters, SearchRequest, SearchResults, Sort, SpeakerReading, select_speeches};

/// An index, opened to read. It answers from the commit that stood when it was opened.
pub struct Engine {
    store: Store,
    snapshot: Snapshot,
    names: Arc<Names>,
    versions: OnceLock<Versions>,
    /// The further files that hold the texts of speeches, by their ids.
    further_sources: OnceLock<BTreeMap<String, Vec<String>>>,
}

/// The speeches of a subcorpus.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct Listing {
    /// The number of speeches, pages aside.
    pub total: u64,
    /// Speeches whose date is absent or too imprecise for the range asked for; absent without a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undetermined: Option<u64>,
    /// The speeches of the page.
    pub speeches: Vec<ListedSpeech>,
}

/// A speech of a listing.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct ListedSpeech {
    /// The id.
    pub id: String,
    /// What is known about it.
    #[serde(flatten)]
    pub metadata: Metadata,
    /// The number of its passages.
    pub passages: usize,
}

/// A whole speech.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct SpeechView {
    /// The id.
    pub id: String,
    /// What is known about it.
    #[serde(flatten)]
    pub metadata: Metadata,
    /// Where else the same text was found: the files, relative to their root.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also_in: Vec<String>,
    /// The body as read; absent where one paragraph was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// The ids of the speeches that are versions of it, the leader of the group first; absent where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<String>,
    /// Its passages, or those of the paragraph asked for.
    pub passages: Vec<PassageView>,
    /// What its source says that fields were read from, by field; a further one as `meta.NAME`.
    pub fields: BTreeMap<String, FieldView>,
    /// What its source holds beside it; of the matter asked for, that alone.
    pub matter: Vec<MatterView>,
    /// Whether a terminal shows the matter too.
    #[serde(skip)]
    pub shows_matter: bool,
}

/// A passage of a speech.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct PassageView {
    /// The address.
    pub passage: String,
    /// The paragraph, from 1.
    pub paragraph: u32,
    /// The piece, from 1, where the paragraph is divided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub piece: Option<u32>,
    /// The passage's own speaker, where a transcript has turns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// The code points of the body before the passage.
    pub body_start: usize,
    /// The code points of the body up to its end.
    pub body_end: usize,
    /// The heading of the section that it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Whether it is the heading of a section.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub heading: bool,
    /// The text as printed.
    pub text: String,
    /// What a query marks in it; absent without a query.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub highlights: Option<Vec<Highlight>>,
}

/// What an index holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "http", derive(schemars::JsonSchema))]
pub struct Status {
    /// Speeches.
    pub speeches: u64,
    /// Passages.
    pub passages: u64,
    /// Units of text: Han characters, words, numbers, marks; those of deleted passages included until `optimize`.
    pub units: u64,
    /// Passages that are deleted and still on the disk.
    pub deleted_passages: u64,
    /// Segments.
    pub segments: u64,
    /// Bytes on the disk.
    pub bytes: u64,
    /// The primary subtags of the languages.
    pub languages: Vec<String>,
    /// The earliest and the latest date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_date: Option<String>,
    /// See [`first_date`](Self::first_date).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_date: Option<String>,
    /// Speeches without a date.
    pub undated_speeches: u64,
    /// The analyzer that made the index.
    pub analyzer: crate::analyzer::AnalyzerIdentity,
    /// Words of the user's own lexicon.
    pub lexicon_words: u64,
}

impl Engine {
    /// Opens an index.
    ///
    /// # Errors
    /// There is none, it is damaged, or another analyzer made it.
    pub fn open(directory: &Path) -> Result<Self> {
        Self::of_store(Store::open(directory)?)
    }

    /// Answers from an opened store.
    pub(super) fn of_store(store: Store) -> Result<Self> {
        let snapshot = store.snapshot()?;
        let names = Names::shipped();
        Ok(Self {
            store,
            snapshot,
            names,
            versions: OnceLock::new(),
            further_sources: OnceLock::new(),
        })
    }

    /// The same, with names in the place of the shipped ones.
    pub fn with_names(self, names: Arc<Names>) -> Self {
        Self {
            names,
            versions: OnceLock::new(),
            ..self
        }
    }

    /// The commit that answers.
    pub(super) fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// The names that it answers with.
    pub(super) fn names(&self) -> &Names {
        &self.names
    }

    /// The versions, once they were asked for.
    pub(super) fn known_versions(&self) -> &OnceLock<Versions> {
        &self.versions
    }

    /// The corpus that answers.
    pub fn corpus(&self) -> CorpusVersion {
        self.snapshot.manifest().corpus.clone()
    }

    /// What tells one state of the index from every other: as long as it stays the same, so do all answers.
    pub fn edition(&self) -> String {
        format!("{}{}", self.snapshot.edition(), self.names.digest())
    }

    /// Reads what lies in a file of the commit that a later one may take away, so that all answers can be given without it.
    ///
    /// # Errors
    /// The file is gone already, or damaged.
    pub fn hold(&self) -> Result<()> {
        self.further_sources().map(|_| ())
    }

    /// Answers a search.
    ///
    /// # Errors
    /// The query cannot be read, or the index is damaged.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResults> {
        search::search(&self.snapshot, &self.names, request)
    }

    /// Counts the occurrences of a string in what was said, in the whole corpus.
    ///
    /// # Errors
    /// The string holds no letter, character or digit.
    pub fn occurrence_count(&self, string: &str) -> Result<u64> {
        search::occurrence_count(&self.snapshot, string)
    }

    /// Lists speeches.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn list(&self, filters: &Filters, sort: Sort, offset: usize, limit: usize) -> Result<Listing> {
        let selection = select_speeches(
            &self.snapshot,
            &filters.joined(&self.names),
            sort,
            SpeakerReading::OwnOrTurn,
        )?;
        let page = selection.speeches.iter().skip(offset).take(limit);
        let listed = |address: &SpeechAddress| {
            let record = self.snapshot.record(*address)?;
            Ok(ListedSpeech {
                id: record.id,
                metadata: record.metadata,
                passages: record.passage_count,
            })
        };
        let has_range = filters.from.is_some() || filters.to.is_some();
        Ok(Listing {
            total: selection.speeches.len() as u64,
            undetermined: has_range.then_some(selection.undetermined),
            speeches: page.map(listed).collect::<Result<_>>()?,
        })
    }

    /// Whether a speech has this id.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn has(&self, id: &str) -> Result<bool> {
        match self.snapshot.find(id) {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Shows a speech by its id, or by the address of a passage in it; `marked_by` is a query whose matches are marked.
    ///
    /// # Errors
    /// No speech has the id, the speech has no such paragraph, or the query cannot be read.
    pub fn show(&self, id: &str, paragraph: Option<u32>, marked_by: Option<&SearchRequest>) -> Result<SpeechView> {
        let (id, part, address) = self.resolve(id, paragraph)?;
        let (mut speech, stored) = self.snapshot.speech(address)?;
        let marking = marked_by
            .map(|request| search::marking_of(&self.snapshot, &self.names, request))
            .transpose()?;
        let language = speech.metadata.language();
        let language = language.as_ref().map_or("", |language| language.primary());
        let mut passages = Vec::new();
        for (index, passage) in stored.iter().enumerate() {
            if part.is_some_and(|part| !part.holds(passage)) {
                continue;
            }
            let mut view = passage_view(&id, passage);
            let place = SpeechAddress::new(address.segment_ord, address.doc_id + index as u32);
            view.section = self.snapshot.section(place)?;
            view.heading = self.snapshot.is_heading(place)?;
            if let (Some(marking), Some(request)) = (&marking, marked_by) {
                request.stop.check()?;
                let before = match marking.following_bytes {
                    Some(_) => String::new(),
                    None => text_before(&stored[..index], passage),
                };
                let continuation = continuation_of(&stored[index + 1..], marking.following_bytes);
                let text = MarkedText {
                    before: &before,
                    text: &passage.text,
                    continuation: &continuation,
                    language,
                    with_notes: false,
                };
                view.highlights = Some(highlight(text, &marking.markers).highlights);
            }
            passages.push(view);
        }
        let matter = matter_views(std::mem::take(&mut speech.matter), part.map(|part| part.paragraph));
        if let (Some(part), true) = (part, passages.is_empty() && matter.is_empty()) {
            if let Some(number) = matter_number(part.paragraph) {
                return Err(Error::new(
                    ErrorKind::NotFound,
                    format!("`{id}` has no matter {number}"),
                ));
            }
            let last = stored.last().map_or(0, |passage| passage.paragraph);
            let message = format!("`{id}` has no paragraph {part}; its last is {last}");
            return Err(Error::new(ErrorKind::NotFound, message));
        }
        let body = part.is_none().then(|| speech.body_text().to_owned());
        let also_in = self.further_sources()?.get(&id).cloned().unwrap_or_default();
        Ok(SpeechView {
            also_in,
            id,
            metadata: speech.metadata,
            body,
            versions: self.versions_beside(address)?,
            passages,
            fields: field_views(std::mem::take(&mut speech.quoted)),
            shows_matter: part.is_some_and(Part::is_matter),
            matter,
        })
    }

    fn further_sources(&self) -> Result<&BTreeMap<String, Vec<String>>> {
        if let Some(known) = self.further_sources.get() {
            return Ok(known);
        }
        let read = self.store.catalog(self.snapshot.manifest())?.further_sources();
        Ok(self.further_sources.get_or_init(|| read))
    }

    fn resolve(&self, id: &str, paragraph: Option<u32>) -> Result<(String, Option<Part>, SpeechAddress)> {
        let error = match self.snapshot.find(id) {
            Ok(address) => {
                let part = paragraph.map(|paragraph| Part { paragraph, piece: None });
                return Ok((id.to_owned(), part, address));
            }
            Err(error) => error,
        };
        let Ok(passage) = id.parse::<PassageAddress>() else {
            return Err(error);
        };
        let address = self.snapshot.find(&passage.speech).map_err(|_| error)?;
        let addressed = Part {
            paragraph: passage.paragraph,
            piece: passage.piece,
        };
        let part = paragraph.map_or(addressed, |paragraph| Part { paragraph, piece: None });
        Ok((passage.speech, Some(part), address))
    }

    /// What the index holds.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn status(&self) -> Result<Status> {
        let everything = select_speeches(&self.snapshot, &Filters::default(), Sort::Date, SpeakerReading::Own)?;
        let dates = |addresses: &mut dyn Iterator<Item = &SpeechAddress>| -> Result<Option<String>> {
            let first = addresses
                .next()
                .map(|address| self.snapshot.record(*address))
                .transpose()?;
            Ok(first.and_then(|record| record.metadata.value(Field::Date).map(str::to_owned)))
        };
        let undated = self.snapshot.undated_speech_count()?;
        let dated = everything.speeches.len() - undated as usize;
        let segments = self.snapshot.segments();
        let manifest = self.snapshot.manifest();
        Ok(Status {
            speeches: everything.speeches.len() as u64,
            passages: self.snapshot.passage_count()?,
            units: segments
                .iter()
                .map(|segment| u64::from(segment.strings().unit_count()))
                .sum(),
            deleted_passages: segments
                .iter()
                .map(|segment| u64::from(segment.reader().num_deleted_docs()))
                .sum(),
            segments: segments.len() as u64,
            bytes: self.store.bytes_on_disk()?,
            languages: manifest.languages.clone(),
            first_date: dates(&mut everything.speeches[..dated].iter())?,
            last_date: dates(&mut everything.speeches[..dated].iter().rev())?,
            undated_speeches: undated,
            analyzer: manifest.analyzer.clone(),
            lexicon_words: manifest.lexicon.words().count() as u64,
        })
    }
}

/// The part of a speech to show: a paragraph, or a piece of one.
#[derive(Clone, Copy)]
struct Part {
    paragraph: u32,
    piece: Option<u32>,
}

impl Part {
    fn is_matter(self) -> bool {
        matter_number(self.paragraph).is_some()
    }

    fn holds(self, passage: &StoredPassage) -> bool {
        passage.paragraph == self.paragraph && (self.piece.is_none() || passage.piece == self.piece)
    }
}

impl std::fmt::Display for Part {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}", self.paragraph)?;
        self.piece.map_or(Ok(()), |piece| write!(formatter, ".{piece}"))
    }
}

fn passage_view(id: &str, passage: &StoredPassage) -> PassageView {
    let address = PassageAddress {
        speech: id.to_owned(),
        paragraph: passage.paragraph,
        piece: passage.piece,
    };
    PassageView {
        passage: address.to_string(),
        paragraph: passage.paragraph,
        piece: passage.piece,
        speaker: passage.turn.clone(),
        body_start: passage.body_start,
        body_end: passage.body_start + passage.text.chars().count(),
        section: None,
        heading: false,
        text: passage.text.clone(),
        highlights: None,
    }
}

/// The text of the pieces of the same paragraph that come before a passage.
fn text_before(preceding: &[StoredPassage], passage: &StoredPassage) -> String {
    let count = passage.piece.map_or(0, |piece| piece as usize - 1);
    let first = preceding.len().saturating_sub(count);
    preceding[first..].iter().map(|passage| passage.text.as_str()).collect()
}

/// The text of the pieces of the same paragraph that follow a passage, up to about so many bytes.
fn continuation_of(following: &[StoredPassage], most_bytes: Option<usize>) -> String {
    let mut text = String::new();
    for passage in following {
        let is_same_paragraph = passage.piece.is_some_and(|piece| piece > 1);
        if !is_same_paragraph || most_bytes.is_some_and(|most| text.len() > most) {
            break;
        }
        text.push_str(&passage.text);
    }
    text
}
