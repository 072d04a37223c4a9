//! The stock set-up, as the documentation of tantivy and tantivy-jieba has it: one body field with positions and a stored
//! text, cut by `JiebaTokenizer::new()`, which cuts in search mode; queries as OR of terms or a phrase; tantivy's snippets.
//!
//! It holds the same passages, written by as many threads with as much memory, its store compressed by tantivy's default.
//! Its snippets panic on some texts; the panics are caught.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use chancery::corpus::passage::passages;
use chancery::index::{MEMORY_BYTES_PER_THREAD, indexing_threads};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, Query, QueryParser, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, STORED, Schema, TEXT, TextFieldIndexing, TextOptions, Value};
use tantivy::snippet::SnippetGenerator;
use tantivy::store::Compressor;
use tantivy::tokenizer::{TextAnalyzer, Token, Tokenizer};
use tantivy::{DocAddress, Index, IndexSettings, IndexWriter, Score, Searcher, TantivyDocument, Term};
use tantivy_jieba::JiebaTokenizer;

use super::built::Built;
use super::clock::Stopwatch;
use super::corpus::Corpus;

const TOKENIZER: &str = "jieba";
const HITS: usize = 10;

fn schema() -> (Schema, Field) {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(TOKENIZER)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let options: TextOptions = (TEXT | STORED).set_indexing_options(indexing);
    let mut builder = Schema::builder();
    let body = builder.add_text_field("body", options);
    (builder.build(), body)
}

fn open(index: &Index) {
    index.tokenizers().register(TOKENIZER, JiebaTokenizer::new());
}

/// Writes a corpus into an empty folder, commits and merges it.
pub(crate) fn build(directory: &Path, corpus: &Corpus) -> Built {
    let (schema, body) = schema();
    // No set-up is timed loading its dictionary.
    JiebaTokenizer::new().token_stream("的");
    let watch = Stopwatch::start();
    let settings = IndexSettings {
        // The default where no other compression is compiled in.
        docstore_compression: Compressor::Lz4,
        ..IndexSettings::default()
    };
    let index = Index::builder()
        .schema(schema)
        .settings(settings)
        .create_in_dir(directory)
        .expect("the folder is empty");
    open(&index);
    let threads = indexing_threads();
    let memory = MEMORY_BYTES_PER_THREAD * threads;
    let mut writer: IndexWriter = index
        .writer_with_num_threads(threads, memory)
        .expect("nobody else writes");
    for speech in &corpus.speeches {
        for passage in passages(speech) {
            let mut document = TantivyDocument::new();
            document.add_text(body, passage.text);
            writer.add_document(document).expect("the passage can be written");
        }
    }
    writer.commit().expect("the index can be committed");
    let to_commit = watch.took();
    let segments = index.searchable_segment_ids().expect("the index can be read");
    if segments.len() > 1 {
        writer.merge(&segments).wait().expect("the segments can be merged");
    }
    writer.garbage_collect_files().wait().expect("files can be deleted");
    writer.wait_merging_threads().expect("the segments can be merged");
    let to_merged = watch.took();
    let stock = Stock::open(directory);
    Built {
        to_commit,
        to_merged,
        bytes: bytes_on_disk(&index, directory),
        passage_count: stock.searcher.num_docs(),
        segment_counts: Some((segments.len(), stock.searcher.segment_readers().len())),
    }
}

fn bytes_on_disk(index: &Index, directory: &Path) -> u64 {
    let files = index.load_metas().expect("the index can be read").list_segment_files();
    let sizes = files
        .iter()
        .filter_map(|file| std::fs::metadata(directory.join(file)).ok());
    sizes.map(|metadata| metadata.len()).sum()
}

/// A stock index, opened.
pub(crate) struct Stock {
    searcher: Searcher,
    parser: QueryParser,
    body: Field,
}

/// What a stock search shows.
#[derive(Debug, Default)]
pub(crate) struct StockAnswer {
    /// The passages that match, where they were counted.
    pub(crate) total: Option<usize>,
    /// The snippets of the hits, best first.
    pub(crate) snippets: Vec<String>,
    /// Hits whose snippet panicked.
    pub(crate) panics: usize,
}

impl Stock {
    pub(crate) fn open(directory: &Path) -> Self {
        let index = Index::open_in_dir(directory).expect("the index can be opened");
        open(&index);
        let (_, body) = schema();
        let reader = index.reader().expect("the index can be read");
        Self {
            searcher: reader.searcher(),
            parser: QueryParser::for_index(&index, vec![body]),
            body,
        }
    }

    /// The OR of the terms that the tokenizer makes of a query; marks and white space, which it makes terms too, are left out.
    pub(crate) fn keyword_query(&self, query: &str) -> Box<dyn Query> {
        let mut tokenizer = TextAnalyzer::from(JiebaTokenizer::new());
        let mut stream = tokenizer.token_stream(query);
        let mut terms: Vec<Box<dyn Query>> = Vec::new();
        stream.process(&mut |token: &Token| {
            if token.text.chars().any(char::is_alphanumeric) {
                let term = Term::from_field_text(self.body, &token.text);
                terms.push(Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)));
            }
        });
        Box::new(BooleanQuery::union(terms))
    }

    /// The phrase that tantivy's parser makes of a quoted string.
    pub(crate) fn phrase_query(&self, string: &str) -> Option<Box<dyn Query>> {
        self.parser.parse_query(&format!("\"{string}\"")).ok()
    }

    /// The number of passages that match.
    pub(crate) fn count(&self, query: &dyn Query) -> usize {
        self.searcher.search(query, &Count).expect("the index can be searched")
    }

    /// The first ten hits with their snippets; the search looks no further than it must.
    pub(crate) fn answer(&self, query: &dyn Query) -> StockAnswer {
        let top = TopDocs::with_limit(HITS).order_by_score();
        let hits = self.searcher.search(query, &top).expect("the index can be searched");
        self.shown(query, &hits)
    }

    /// The first ten hits with their snippets, and how many there are.
    pub(crate) fn answer_and_count(&self, query: &dyn Query) -> StockAnswer {
        let top = TopDocs::with_limit(HITS).order_by_score();
        let (hits, total) = self
            .searcher
            .search(query, &(top, Count))
            .expect("the index can be searched");
        StockAnswer {
            total: Some(total),
            ..self.shown(query, &hits)
        }
    }

    fn shown(&self, query: &dyn Query, hits: &[(Score, DocAddress)]) -> StockAnswer {
        let mut answer = StockAnswer::default();
        let generator = SnippetGenerator::create(&self.searcher, query, self.body).expect("the field is text");
        for (_, address) in hits {
            let document: TantivyDocument = self.searcher.doc(*address).expect("the passage can be read");
            let text = document
                .get_first(self.body)
                .and_then(|value| value.as_str())
                .unwrap_or_default();
            match catch_unwind(AssertUnwindSafe(|| generator.snippet(text).to_html())) {
                Ok(snippet) => answer.snippets.push(snippet),
                Err(_) => answer.panics += 1,
            }
        }
        answer
    }
}
