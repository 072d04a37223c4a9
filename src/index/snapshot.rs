//! One commit, to read: its segments with their exact indexes, its speeches and passages.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use sha2::{Digest, Sha256};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, Index, ReloadPolicy, Searcher, TERMINATED, TantivyDocument, TantivyError, Term};

use super::documents::{SpeechRecord, StoredPassage, assemble, speech_record, stored_passage};
use super::manifest::{CorpusVersion, FORMAT_VERSION, Manifest, corpus_version};
use super::schema::Fields;
use super::segment_view::SegmentView;
use super::store::Store;
use super::text_column::TextColumn;
use super::writer::LedgerEntry;
use crate::analyzer::Analyzer;
use crate::corpus::Speech;
use crate::error::{Error, ErrorKind, Result};
use crate::text::hexadecimal;

/// The blocks of stored text that each segment keeps unpacked, of 12 KB each: 96 MB at most.
const CACHED_BLOCKS: usize = 8_192;

/// The records of speeches that are remembered; with more, all are forgotten.
const REMEMBERED_RECORDS: usize = 16_384;

/// A commit, opened. It stays as it is while others write.
pub struct Snapshot {
    searcher: Searcher,
    segments: Vec<SegmentView>,
    fields: Fields,
    analyzer: Arc<Analyzer>,
    manifest: Manifest,
    records: Mutex<HashMap<DocAddress, Arc<SpeechRecord>>>,
    edition: OnceLock<String>,
}

/// tantivy found the index damaged.
pub fn damaged(error: TantivyError) -> Error {
    Error::new(ErrorKind::Index, "the index is damaged")
        .caused_by(error)
        .hint("ingest the sources into a new folder, or restore the folder from a copy")
}

impl Snapshot {
    pub(super) fn open(store: &Store, index: &Index, manifest: Option<Manifest>) -> Result<Self> {
        let open = || -> tantivy::Result<(Searcher, Vec<SegmentView>)> {
            let reader = index
                .reader_builder()
                .reload_policy(ReloadPolicy::Manual)
                .num_warming_threads(0)
                .doc_store_cache_num_blocks(CACHED_BLOCKS)
                .try_into()?;
            let searcher = reader.searcher();
            let segments = searcher
                .segment_readers()
                .iter()
                .map(SegmentView::open)
                .collect::<tantivy::Result<_>>()?;
            Ok((searcher, segments))
        };
        let (searcher, segments) = open().map_err(|error| store.failed("cannot open the index", error))?;
        for segment in &segments {
            store
                .unit_counts()
                .insert(segment.reader.segment_id(), segment.strings.unit_count() as u64);
        }
        let analyzer = Arc::clone(store.analyzer());
        let manifest = manifest.unwrap_or_else(|| empty_manifest(&analyzer));
        Ok(Self {
            searcher,
            segments,
            fields: store.fields().clone(),
            analyzer,
            manifest,
            records: Mutex::default(),
            edition: OnceLock::new(),
        })
    }

    /// tantivy's searcher.
    pub fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// The segments, in order.
    pub fn segments(&self) -> &[SegmentView] {
        &self.segments
    }

    /// The fields.
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// The analyzer.
    pub fn analyzer(&self) -> &Analyzer {
        &self.analyzer
    }

    /// The analyzer, to share.
    pub(super) fn analyzer_shared(&self) -> &Arc<Analyzer> {
        &self.analyzer
    }

    /// What the commit says about itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// What tells this commit and its segments from every other: the beginning of a SHA-256, in hexadecimal.
    pub fn edition(&self) -> &str {
        self.edition.get_or_init(|| self.read_edition())
    }

    fn read_edition(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(serde_json::to_vec(&self.manifest).unwrap_or_default());
        for segment in &self.segments {
            hash.update(segment.reader.segment_id().uuid_string());
            hash.update(segment.reader.num_deleted_docs().to_le_bytes());
        }
        hexadecimal(&hash.finalize()[..12])
    }

    /// The number of passages, deleted ones left out.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn passage_count(&self) -> Result<u64> {
        self.segments.iter().map(SegmentView::passage_count).sum()
    }

    /// The number of passages, deleted ones included until they are merged away: what scores count against.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn scored_passage_count(&self) -> Result<u64> {
        let of_segment = |segment: &SegmentView| -> Result<u64> {
            Ok(u64::from(segment.reader.max_doc()) - segment.matter()?.len() as u64)
        };
        self.segments.iter().map(of_segment).sum()
    }

    /// The heading of the section that a passage stands in, as printed.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn section(&self, address: DocAddress) -> Result<Option<String>> {
        let segment = &self.segments[address.segment_ord as usize];
        let Some(heading) = segment.heading_above(address.doc_id)? else {
            return Ok(None);
        };
        let heading = self.passage(DocAddress::new(address.segment_ord, heading))?;
        Ok(Some(heading.text.split_whitespace().collect::<Vec<_>>().join(" ")))
    }

    /// Whether a passage is the heading of a section.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn is_heading(&self, address: DocAddress) -> Result<bool> {
        let headings = self.segments[address.segment_ord as usize].headings()?;
        Ok(headings.binary_search(&address.doc_id).is_ok())
    }

    /// Reads a passage.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn passage(&self, address: DocAddress) -> Result<StoredPassage> {
        Ok(stored_passage(&self.fields, &self.document(address)?))
    }

    /// Reads what is known about the speech that begins at a passage.
    ///
    /// # Errors
    /// The index is damaged, or the passage is not the first of a speech.
    pub fn record(&self, start: DocAddress) -> Result<SpeechRecord> {
        speech_record(&self.fields, &self.document(start)?)
            .ok_or_else(|| Error::new(ErrorKind::Index, "the index is damaged: a speech has no record"))
    }

    /// The same, remembered: the hits of one search, and of the next, come from few speeches.
    ///
    /// # Errors
    /// As [`record`](Self::record).
    pub fn remembered_record(&self, start: DocAddress) -> Result<Arc<SpeechRecord>> {
        let known = self
            .records
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&start)
            .cloned();
        if let Some(record) = known {
            return Ok(record);
        }
        let record = Arc::new(self.record(start)?);
        let mut records = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        if records.len() >= REMEMBERED_RECORDS {
            records.clear();
        }
        records.insert(start, Arc::clone(&record));
        Ok(record)
    }

    /// Reads a whole speech by the address of its first passage, with its passages.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn speech(&self, start: DocAddress) -> Result<(Speech, Vec<StoredPassage>)> {
        let (speech, mut passages) = self.whole_speech(start)?;
        passages.retain(|passage| !passage.is_matter());
        Ok((speech, passages))
    }

    /// The same, with its matter behind its passages.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn whole_speech(&self, start: DocAddress) -> Result<(Speech, Vec<StoredPassage>)> {
        let record = self.record(start)?;
        let block = self.segments[start.segment_ord as usize].block_of(start.doc_id)?;
        let address = |doc| DocAddress::new(start.segment_ord, doc);
        let stored: Vec<StoredPassage> = block.map(|doc| self.passage(address(doc))).collect::<Result<_>>()?;
        Ok((assemble(&record, &stored), stored))
    }

    /// The hash of a speech as ingested, by the address of its first passage.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn content_hash(&self, start: DocAddress) -> Result<String> {
        let mut hashes = TextColumn::open(&self.segments[start.segment_ord as usize], "content_hash")?;
        Ok(hashes.value(start.doc_id)?.unwrap_or_default())
    }

    /// The address of the first passage of a speech.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] where no speech has the id.
    pub fn find(&self, id: &str) -> Result<DocAddress> {
        let term = Term::from_field_text(self.fields.speech, id);
        for (ordinal, segment) in self.segments.iter().enumerate() {
            let postings = segment.reader.inverted_index(self.fields.speech).map_err(damaged)?;
            let postings = postings
                .read_postings(&term, IndexRecordOption::Basic)
                .map_err(|error| damaged(error.into()))?;
            let Some(mut postings) = postings else { continue };
            while postings.doc() != TERMINATED {
                if !segment.reader.is_deleted(postings.doc()) {
                    let start = segment.start_of(postings.doc())?;
                    return Ok(DocAddress::new(ordinal as u32, start));
                }
                postings.advance();
            }
        }
        Err(Error::new(ErrorKind::NotFound, format!("there is no speech `{id}`"))
            .hint("`chancery list` prints the ids"))
    }

    /// The address and id of every speech, in the order of the index.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn speeches(&self) -> Result<Vec<(DocAddress, String)>> {
        let mut found = Vec::new();
        for (ordinal, segment) in self.segments.iter().enumerate() {
            let mut ids = TextColumn::open(segment, "id")?;
            for &start in segment.starts()? {
                if !segment.reader.is_deleted(start) {
                    let address = DocAddress::new(ordinal as u32, start);
                    found.push((address, ids.value(start)?.unwrap_or_default()));
                }
            }
        }
        Ok(found)
    }

    /// What the index knows about every speech without reading it, by id.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn ledger(&self) -> Result<BTreeMap<String, LedgerEntry>> {
        let mut ledger = BTreeMap::new();
        for segment in &self.segments {
            let names = [
                "id",
                "content_hash",
                "root",
                "source",
                "printed.language",
                "printed.collection",
                "text_key",
            ];
            let mut columns: Vec<TextColumn> = names
                .iter()
                .map(|name| TextColumn::open(segment, name))
                .collect::<Result<_>>()?;
            columns.iter_mut().try_for_each(TextColumn::read_all)?;
            for &start in segment.starts()? {
                if segment.reader.is_deleted(start) {
                    continue;
                }
                let mut value = |index: usize| columns[index].value(start).map(Option::unwrap_or_default);
                let tag = value(4)?;
                let entry = LedgerEntry {
                    content_hash: value(1)?,
                    root: value(2)?,
                    source: value(3)?,
                    collection: value(5)?,
                    text_key: value(6)?,
                    language: tag.split('-').next().unwrap_or_default().to_owned(),
                };
                ledger.insert(value(0)?, entry);
            }
        }
        Ok(ledger)
    }

    /// The number of passages that have a word, by its term; deleted ones are counted until they are merged away.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn passages_with_term(&self, term: &str) -> Result<u64> {
        let term = Term::from_field_text(self.fields.units, term);
        self.searcher.doc_freq(&term).map_err(damaged)
    }

    /// The number of speeches without a date.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn undated_speech_count(&self) -> Result<u64> {
        let mut undated = 0;
        for segment in &self.segments {
            let days = segment.reader.fast_fields().i64("first_day").map_err(damaged)?;
            let alive = segment
                .starts()?
                .iter()
                .filter(|start| !segment.reader.is_deleted(**start));
            undated += alive.filter(|start| days.first(**start).is_none()).count() as u64;
        }
        Ok(undated)
    }

    fn document(&self, address: DocAddress) -> Result<TantivyDocument> {
        self.searcher.doc(address).map_err(damaged)
    }
}

fn empty_manifest(analyzer: &Analyzer) -> Manifest {
    let identity = analyzer.identity();
    let version = corpus_version(&identity, std::iter::empty());
    Manifest {
        format: FORMAT_VERSION,
        analyzer: identity,
        lexicon: analyzer.user_lexicon().clone(),
        corpus: CorpusVersion {
            name: DEFAULT_CORPUS_NAME.to_owned(),
            version,
        },
        languages: Vec::new(),
        catalog: None,
    }
}

/// The name of a corpus that was given none.
const DEFAULT_CORPUS_NAME: &str = "corpus";
